"""Laws of cleaning and extraction over any text: spans, conservation, idempotence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotesieve as qs
from quotesieve.model import Article, Metadata, RawArticle
from quotesieve.stages.clean import assemble, clean, judge_all
from quotesieve.stages.extract import extract_mentions, paragraphs

PIECES = [
    "“We will open in May,” said Ada Bell, the mayor.",
    "‘Not yet,’ he said.",
    "Skip advert",
    "Advertisement",
    "The board met on Monday evening to discuss the figures of the year.",
    'She added: "It is not over &amp; done."',
    "donâ€™t look back, the report said: “never”",
    "",
    "   ",
    "\ufeffBOM",
    "Sign up for our newsletter",
    "„Wir öffnen im Mai“, sagte Ada Bell.",
    "line\u2028separator and \x0b vertical",
    "日本語の記事です。「はい」と彼は言った。",
]
TEXTS = st.lists(
    st.tuples(st.sampled_from(PIECES) | st.text(max_size=40), st.sampled_from(["\n", "\r\n", "\r", "\n\n"])),
    max_size=14,
).map(lambda pairs: "".join(a + b for a, b in pairs))


def raw_article(payload: bytes, encoding: str) -> RawArticle:
    return RawArticle(
        raw_path="x.txt",
        record=None,
        format="txt",
        kind="text",
        payload=payload,
        encoding=encoding,
        encoding_from="declared",
        metadata=Metadata(),
        digest="",
    )


def check(article: Article, payload: bytes) -> None:
    assert (
        b"".join(
            line.raw_text.encode(article.encoding) if line.raw_bytes is None else line.raw_bytes
            for line in article.lines
        )
        == payload
    )
    position = 0
    for number, line in enumerate(article.lines, 1):
        assert line.number == number
        assert (line.role is None) != (line.reason is None)
        assert line.raw_start == position
        position = line.raw_end or 0
    assert position == len(payload)
    fields = {"body": article.text, "title": article.title or "", "standfirst": article.standfirst or ""}
    for mention in extract_mentions(article):
        assert fields[mention.field][mention.char_start : mention.char_end] == mention.text
        assert mention.raw_start is not None
        assert mention.raw_end is not None
        assert 0 <= mention.raw_start < mention.raw_end <= len(payload)
    for paragraph in paragraphs(article):
        assert article.text[paragraph.char_start : paragraph.char_end] == paragraph.text


@settings(max_examples=150, deadline=None)
@given(TEXTS.filter(lambda text: text.encode("utf-8", "ignore").decode() == text))
def test_laws_hold_for_any_text(text: str) -> None:
    payload = text.encode()
    check(clean(raw_article(payload, "utf-8")), payload)


@pytest.mark.parametrize("encoding", ["utf-16-le", "cp1252", "shift_jis", "gb18030", "iso2022_jp"])
def test_laws_hold_in_other_encodings(encoding: str) -> None:
    text = 'Title of the day\r\n\r\n"We will open in May," said Ada Bell.\r\nAdvertisement\r\n'
    payload = text.encode(encoding)
    check(clean(raw_article(payload, encoding)), payload)


@settings(max_examples=20, deadline=None)
@given(st.lists(TEXTS, max_size=4))
def test_articles_judged_together_are_as_each_by_itself(texts: list[str]) -> None:
    raw = [raw_article(text.encode("utf-8", "replace"), "utf-8") for text in texts]
    assert [assemble(judged) for judged in judge_all(raw)] == [clean(one) for one in raw]


def test_bytes_that_do_not_come_back_are_kept_beside_the_text() -> None:
    # NEC's and IBM's code for the same character: encoding gives back only one of them.
    payload = b'"We open in May," said Ada Bell.\n\xfa\x5c\nThe end of the story.\n'
    article = clean(raw_article(payload, "cp932"))
    assert article.lines[1].raw_bytes == b"\xfa\x5c\n"
    check(article, payload)


def test_an_unchanged_span_points_at_the_printed_bytes() -> None:
    payload = "Zürich\n\n“Grüezi mitenand, wir öffnen im Mai,” said Ada Bell.\n".encode()
    [mention] = extract_mentions(clean(raw_article(payload, "utf-8")))
    assert payload[mention.raw_start : mention.raw_end].decode() == mention.text


def test_a_repaired_span_covers_the_bytes_it_came_from() -> None:
    payload = "He stood up. “We donâ€™t open in May,” said Ada Bell of the board.\n".encode()
    [mention] = extract_mentions(clean(raw_article(payload, "utf-8")))
    assert mention.text.rstrip(",") == "We don’t open in May"
    assert payload[mention.raw_start : mention.raw_end].decode().rstrip(",") == "We donâ€™t open in May"


def test_extract_quotes_of_a_text_counts_in_that_text() -> None:
    text = "Intro line.\n\n“We will open in May, not before,” said Ada Bell."
    [mention] = qs.extract_quotes(text)
    assert text[mention.char_start : mention.char_end] == mention.text
    assert (mention.speaker, mention.attribution_method) == ("Ada Bell", "explicit")


def test_the_cut_off_hides_the_speaker_and_keeps_the_guess() -> None:
    from quotesieve.settings import SpeakerSettings

    article = qs.clean_text("“We will open in May, not before,” said Ada Bell.\n")
    [mention] = extract_mentions(article, SpeakerSettings(min_confidence=1.0))
    assert (mention.speaker, mention.speaker_id, mention.speaker_candidate) == (None, None, "Ada Bell")


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    lines = [
        "The harbour board agreed on Monday evening to raise the tolls for all",
        "ships by a tenth from the first of April, and nobody in the room was",
        "pleased about it, least of all the owners of the small fishing boats",
        "who had come in from the islands to hear what would become of them.",
        "",
        "“Nobody likes to pay more, but the quays will not repair themselves in",
        "the end, and somebody has to do it before the winter,” said Ada Bell,",
        "the chair of the board, when the long meeting was over at last.",
    ]
    article = qs.clean_text("\n".join(lines))
    assert len(article.text.split("\n")) == 2
    [mention] = qs.extract_quotes(article)
    assert "themselves in the end" in mention.text


def test_a_quote_in_the_title_is_whose_it_is_in_the_body() -> None:
    article = qs.clean_text(
        "Quays ‘will not repair themselves’, ships told\n\n"
        "The harbour board agreed on Monday evening to raise the tolls for all ships by a tenth.\n\n"
        "“The quays will not repair themselves in the end,” said Ada Bell, the chair of the board.\n\n"
        "“Nobody asked the ships,” said Tom Quist, who owns three of them.\n"
    )
    assert article.title
    title, *body = extract_mentions(article)
    assert (title.field, title.text) == ("title", "will not repair themselves")
    assert (title.speaker, title.attribution_method, title.evidence_start) == ("Ada Bell", "carried", None)
    assert [mention.speaker for mention in body] == ["Ada Bell", "Tom Quist"]


def test_a_word_in_the_title_is_not_of_everybody_who_uses_it() -> None:
    article = qs.clean_text(
        "Anger in the harbour over ‘tolls’\n\n"
        "The harbour board agreed on Monday evening to raise what all ships must pay by a tenth.\n\n"
        "“These tolls will sink us before the winter does,” said Tom Quist, who owns three of them.\n"
    )
    title, _ = extract_mentions(article)
    assert (title.field, title.text, title.speaker) == ("title", "tolls", None)
