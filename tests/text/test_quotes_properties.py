"""Laws of quoted segments and their speakers, on any text at all."""

import time
from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quotesieve as qs
from quotesieve.model import ATTRIBUTION_METHODS, QUOTE_TYPES
from quotesieve.text.quotes import find_segments
from quotesieve.text.speakers import extract

MARKS = "\"'“”„‘’‚«»‹›「」『』`"
PIECES = st.sampled_from(
    [*MARKS, "''", "``", " ", "\n", ", ", ". ", ": ", "? ", " — ", "(", ")"]
    + "said told who and to say Ada Quist Mr. he she it they the judge".split()
    + "according as saying was called 30 a".split()
    + [
        "Ada Quist ",
        "said ",
        " said",
        "’s ",
        "n’t",
        "sagte ",
        "a-t-il ",
        "QUIST: ",
        "\nQUIST: ",
        "\n– ",
        "\n> ",
        " – ",
        "\u00a0",
        "…",
        "𝔘",
        "é",
    ]
)
PROSE = st.lists(PIECES, max_size=60).map("".join)


@given(st.one_of(PROSE, st.text()))
@settings(max_examples=300, deadline=None)
def test_segments_are_words_inside_one_paragraph(text: str) -> None:
    lines = text.split("\n")
    end = 0
    for s in find_segments(text):
        inside = text[s.start : s.end]
        assert inside == inside.strip()
        assert any(map(str.isalnum, inside))
        assert "\n" not in inside
        assert end <= s.outer_start <= s.start < s.end <= s.outer_end
        assert text.count("\n", 0, s.start) == s.paragraph_no
        assert inside in lines[s.paragraph_no]
        end = s.outer_end


def _may_be_unmarked(line: str) -> bool:
    return line.strip()[:1] in tuple("–—―->") or ":" in line


@given(st.one_of(PROSE, st.text()), st.sampled_from([None, "en", "de", "fr", "es", "ja", "xx"]))
@settings(max_examples=300, deadline=None)
def test_quotes_keep_the_contract(text: str, language: str | None) -> None:
    quotes = extract(text, title="Ada Quist speaks", language=language)
    marked = {(s.start, s.end) for s in find_segments(text)}
    lines = text.split("\n")
    for q in quotes:
        assert (q.start, q.end) in marked or _may_be_unmarked(lines[q.paragraph_no])
    assert all(one.end <= other.start for one, other in pairwise(quotes))
    if not any(map(_may_be_unmarked, lines)):
        assert len(quotes) == len(marked)
    last = (-1, 0)
    for q in quotes:
        assert text[q.start : q.end] == q.text
        assert 0.0 <= q.confidence <= 1.0
        assert q.method in ATTRIBUTION_METHODS
        assert q.quote_type in QUOTE_TYPES
        assert (q.method == "none") == (q.speaker_as_printed is None)
        if q.method == "none":
            assert q.speaker is None
            assert q.confidence == 0.0
        assert (q.evidence is None) == (q.method == "none")
        if q.evidence is not None:
            first, end = q.evidence
            assert 0 <= first < end <= len(text)
            assert (q.speaker_as_printed or "") in text[first:end]
            assert "\n" not in text[first:end]
        assert (q.utterance, q.segment_no) in ((last[0] + 1, 0), (last[0], last[1] + 1))
        last = (q.utterance, q.segment_no)


@given(PROSE)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_quotes(text: str) -> None:
    assert extract(text) == extract(text)


@given(
    st.lists(
        st.sampled_from(["We will stay", "It’s the end", "‘Never’ is long", "A 30-inch wall"]), min_size=1
    )
)
def test_every_well_formed_quote_is_found(statements: list[str]) -> None:
    text = "\n".join(f"“{words},” Ada Quist said." for words in statements)
    quotes = extract(text)
    assert [q.text for q in quotes] == [f"{words}," for words in statements]
    assert {q.speaker for q in quotes} == {"Ada Quist"}


HUGE = {
    "marks only, 5 MB": '"' * 5_000_000,
    "short quotes on one line, 5 MB": "“a” " * 1_250_000,
    "opening marks, never closed": "“a " * 100_000,
    "opening marks, a line each": "“a\n" * 50_000,
    "apostrophes": "'a " * 100_000,
    "commas before a quote": ", " * 500_000 + "“a” " * 2_000,
    "one long conjunction": ("and said " * 2_000 + "“yes” ") * 3,
    "capitals": "A " * 300_000 + "“b” said C",
    "brackets": "(" * 50_000 + ")" * 50_000 + " said “x”",
    "one word, 5 MB": "a" * 5_000_000 + " “yes,” said Ada Quist",
    "pronouns": "“Yes,” they said. It rained. " * 5_000,
    "dialogue lines": "– We stay, said Ada Quist. “No.”\n" * 5_000,
    "dashes on one line": "– a – b, said Ada " * 100_000,
    "labels": "".join(f"Ada Quist{n}: We stay.\n" for n in range(40_000)),
    "labelled lines": "QUIST: We “will” stay.\n" * 10_000,
    "block quotations": "> We stay.\n" * 10_000,
    "roles": "“Yes,” the judge said.\n" * 10_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_time_grows_with_length_only(name: str) -> None:
    # Seconds for what takes hours if anything looks back over the whole text for every mark.
    begun = time.process_time()
    extract(HUGE[name], language="en")
    assert time.process_time() - begun < 20


def test_twice_the_text_takes_about_twice_the_time() -> None:
    # Best of three at each length; four times for twice the length would be a quadratic loop.
    paragraph = (
        "“We will stay as long as we can,” Ada Quist told the Gazette. He called it “a joke”, she said.\n"
    )

    def seconds(copies: int) -> float:
        times = []
        for _ in range(3):
            begun = time.process_time()
            extract(paragraph * copies, language="en")
            times.append(time.process_time() - begun)
        return min(times)

    assert seconds(1600) < 3 * seconds(800) + 0.05


_KANJI = "青赤白黒金銀銅鉄石木林森川山田井上下中大"
# Languages with loops of their own: (language, text).
HUGE_ELSEWHERE = {
    "pronouns on lines": ("en", "“Yes,” she said.\n" * 25_000),
    "pronouns on one German line": ("de", "„Ja“, seufzte sie im Haus. " * 4_000),
    "Japanese names": (
        "ja",
        "".join(f"{''.join(n)}郎社長は「続ける」と述べた。\n" for n in product(_KANJI, repeat=3)),
    ),
}


@pytest.mark.parametrize("name", HUGE_ELSEWHERE)
def test_time_grows_with_length_only_elsewhere(name: str) -> None:
    language, text = HUGE_ELSEWHERE[name]

    def seconds(share: int) -> float:
        begun = time.process_time()
        extract(text[: len(text) // share], language=language)
        return time.process_time() - begun

    assert seconds(1) < 12 * seconds(4) + 1  # with the square it would be 16 times


@pytest.mark.parametrize("char", ["\ue000", "\uf8ff", "\U0010fffd", "\x1f", "\u2028"])
def test_any_character_may_stand_beside_a_quote(char: str) -> None:
    [quote] = extract(
        f"“We will open in May,” said Ada Bell, the mayor, on Friday. {char} That was all.\n{char}"
    )
    assert quote.speaker == "Ada Bell"


def test_marks_for_players_are_no_transcript() -> None:
    ratings = (
        "Oxley beat Vale on Friday.\nJohn Marsh was good.\nJOHN MARSH: Made two fine saves.\n"
        "PETER HALE: Rarely troubled.\nMARK DUNN: Scored twice and looked fit.\n"
    )
    assert qs.extract_quotes(ratings) == []
    talk = "ANNA BELL: I did it.\nPETER HALE: Nobody saw you.\nANNA BELL: No, never.\nAnna Bell was in court."
    assert [m.speaker for m in qs.extract_quotes(talk)] == ["ANNA BELL", "PETER HALE", "ANNA BELL"]
