"""Repair: the same as ftfy on the whole text, line by line; and the way back to the raw line."""

import ftfy
import pytest
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from quotesieve.text.repair import _MAY_BE_BAD, CONFIG, raw_span, repair_lines, split_lines

# Letters, marks, entities and pieces of mojibake that ftfy treats in ways of their own.
_PIECES = st.sampled_from(
    "a|word |the | |“|”|‘|’|–|…|é|ñ|Ł|ß|Ж|ф|漢|は|한|ﬁ|Ａ|＆|\u3000|\xa0|\ufeff|\u200b|\u0301|\x85"
    "|\u2028|\x00|\x1b[1m|\x0c|\t|&|&amp;|&lt;|&#10;|&eacute;|&nope;|<|>|<b>|â€™|â€œ|Ã©|Â£|â\x80\x9c|Ð¿Ñ€|ï¿½|�|Ã|€|™|\ud800|😀".split(
        "|"
    )
)
_LINES = st.lists(_PIECES, max_size=12).map("".join)
_TEXTS = st.lists(st.tuples(_LINES, st.sampled_from(["\n", "\r\n", "\r", ""])), max_size=6).map(
    lambda pairs: "".join(line + end for line, end in pairs)
)


@given(st.text() | _TEXTS)
def test_lines_joined_are_the_text(text: str) -> None:
    lines = split_lines(text)
    assert "".join(lines) == text
    assert all(line.rstrip("\r\n") + line[len(line.rstrip("\r\n")) :] == line for line in lines)
    assert not any("\n" in line.rstrip("\r\n") or "\r" in line.rstrip("\r\n") for line in lines)


@given(_TEXTS)
def test_repair_is_ftfy_on_the_whole_text_but_for_line_breaks_it_makes(text: str) -> None:
    lines = [line.rstrip("\r\n") for line in split_lines(text)]
    expected = []
    config = CONFIG
    for line in lines:  # what ftfy.fix_text does, with each segment's own line breaks made spaces
        expected.append(ftfy.fix_text(line, config).replace("\n", " "))
        if "<" in line:
            config = config._replace(unescape_html=False)
    assert repair_lines(split_lines(text)) == expected
    whole = ftfy.fix_text("".join(f"{line}\n" for line in lines), CONFIG)
    if whole.count("\n") == len(lines):
        assert "".join(f"{line}\n" for line in expected) == whole


@given(_LINES.map(lambda line: line.replace("\x85", "").replace("\r", "")), st.data())
def test_spans_lie_in_the_line_grow_with_what_they_cover_and_touch_nothing_unchanged(
    raw: str, data: st.DataObject
) -> None:
    (repaired,) = repair_lines([raw])
    start = data.draw(st.integers(0, len(repaired)))
    end = data.draw(st.integers(start, len(repaired)))
    first, last = raw_span(raw, repaired, start, end)
    assert 0 <= first <= last <= len(raw)
    wide_first, wide_last = raw_span(raw, repaired, 0, len(repaired))
    assert wide_first <= first or start == end
    assert last <= wide_last or start == end
    if raw == repaired:
        assert (first, last) == (start, end)
    assert raw_span(raw, repaired, start, end) == (first, last)


@pytest.mark.parametrize(
    ("raw", "words", "expected"),
    [
        ("He said â€œno wayâ€\x9d.", "no way", "no way"),
        ("He said â€œno wayâ€\x9d.", "“no way”", "â€œno wayâ€\x9d"),
        ("Fish &amp; chips &mdash; ok", "chips — ok", "chips &mdash; ok"),
        ("\ufeffThe first words", "The first", "The first"),
        ("one\u2028two", "one two", "one\u2028two"),
        ("eﬃcient oﬃce", "office", "oﬃce"),
        ("ＬＯＵＤ noise", "LOUD", "ＬＯＵＤ"),
        ("Cafe\u0301 noir", "Café", "Cafe\u0301"),
        ("\x1b[1mBold\x1b[0m text", "Bold", "Bold"),
        ("It costs Â£5 and dÃ©jÃ\xa0 vu", "£5", "Â£5"),
        ("It costs Â£5 and dÃ©jÃ\xa0 vu", "déjà vu", "dÃ©jÃ\xa0 vu"),
        ("ﬁ Ã©ﬂ ﬁ Ã©ﬂ ﬁ Ã©ﬂ last", "last", "last"),
        ("&lt;&eacute;é Ã© &lt;&eacute;é Ã© end", "éé é end", "&eacute;é Ã© end"),
        ("&amp;&amp;&amp;ﬁ Ã©", "fi", "ﬁ"),
        ("Ti\u1ebf\u0301ng Vi\u1ec7t no\u0301i".replace("\u1ebf", "e\u0302"), "nói", "no\u0301i"),
        ("e\u0301e\u0301e\u0301 e\u0301", "é", "e\u0301"),
        ("\x93hi\x94 ж \x93ho\x94 ж", "“ho”", "\x93ho\x94"),
        ("“plain”", "plain", "plain"),
    ],
)
def test_the_raw_words_behind_repaired_ones(raw: str, words: str, expected: str) -> None:
    (repaired,) = repair_lines([raw])
    start = repaired.index(words)
    first, last = raw_span(raw, repaired, start, start + len(words))
    assert raw[first:last] == expected


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("Привет, мир, как дела?", "latin-1"),
        ("Ελλάδα και ο κόσμος", "latin-1"),
        ("Ελλάδα και ο κόσμος", "mac-roman"),
        ("“Señor” – l’été à Łódź", "latin-1"),
        ("Der Bürgermeister fährt über die Straße", "cp1252"),
    ],
)
def test_every_word_of_a_line_in_another_script_has_a_span_of_its_own(text: str, codec: str) -> None:
    raw = text.encode().decode(codec)
    (repaired,) = repair_lines([raw])
    assert repaired == text
    position = 0
    for word in text.split():
        start = repaired.index(word, position)
        position = start + len(word)
        first, last = raw_span(raw, repaired, start, position)
        assert raw[first:last] == word.encode().decode(codec)


BEYOND_ASCII = [chr(point) for point in (*range(0x80, 0x500), *range(0x2000, 0x2300), *range(0x2500, 0x25A0))]


@pytest.mark.parametrize("frame", ["a{}b", " {} ", "{}", "A{}9", ".{}!", "x{}y{}z"])
def test_one_character_between_ascii_is_bad_only_where_we_ask_ftfy(frame: str) -> None:
    for char in BEYOND_ASCII:
        line = frame.replace("{}", char)
        assert _MAY_BE_BAD.search(line) or not is_bad(line), ascii(line)


@given(st.text(st.one_of(st.sampled_from("aAzZ 9.,'\"$"), st.sampled_from(BEYOND_ASCII)), max_size=30))
def test_ftfy_is_asked_about_every_bad_line(line: str) -> None:
    assert _MAY_BE_BAD.search(line) or not is_bad(line)


def test_curly_quotes_stay_curly() -> None:
    assert repair_lines(["“It’s done,” ‘he’ said…\n"]) == ["“It’s done,” ‘he’ said…"]


def test_a_tag_stops_the_unescaping_of_all_later_lines_and_of_none_before() -> None:
    assert repair_lines(["a &amp; b", "x < y", "c &amp; d"]) == ["a & b", "x < y", "c &amp; d"]


@pytest.mark.parametrize(
    "line",
    [
        "&" + "amp;" * 300_000,
        "&amp;" * 200_000,
        "â€œ" * 150_000,
        "“" * 2_000_000,
        "e\u0301" * 200_000,
        "\x1b[" * 300_000,
        "Ð¿Ñ€Ð¸" * 60_000,
    ],
)
def test_long_lines_take_seconds_at_most(line: str) -> None:
    (repaired,) = repair_lines([line])
    first, last = raw_span(line, repaired, len(repaired) // 2, len(repaired) // 2 + 1)
    assert 0 <= first <= last <= len(line)
