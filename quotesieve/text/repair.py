"""Line splitting and ftfy: raw lines to repaired lines, and offsets back again.

Holds the one configuration of ftfy that the project uses. Does not judge lines and knows
nothing of bytes; `stages` turns code points into byte offsets.
"""

import io
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache

import ftfy
import numpy as np
from ftfy.badness import is_bad
from ftfy.fixes import fix_c1_controls, fix_character_width, fix_latin_ligatures, unescape_html

# Keep quotes curly: “ and ” say which end is which, and a story that opens every paragraph with
# “ but closes only the last cannot be parsed once they are straight. An explicit config object,
# because ftfy ignores part of the keyword options without one.
CONFIG = ftfy.TextFixerConfig(uncurl_quotes=False, explain=False)
_NO_UNESCAPE = CONFIG._replace(unescape_html=False)

_TERMINATORS = "\r\n"

# Characters of which ftfy changes none and no combination (entities apart): printable ASCII, the dashes,
# quotes and ellipsis of typeset text. None of the dashes and quotes maps to a UTF-8 lead byte
# with a continuation among the others in any of ftfy's encodings.
_UNTOUCHED = r"\t\x20-\x7e–—‘’“”…"
# Characters that only the mojibake fix would change, and that only where `is_bad` says so:
# Latin letters and punctuation (less the ligatures Ĳ ĳ ŉ), Greek, Cyrillic, kana, Han and Hangul
# letters that are their own NFC form, and the minus. No combining marks: with them NFC joins neighbours.
_UNMIXED = r"\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u30fc\u4e00-\u9fff\uac00-\ud7a3"  # kana, Han, Hangul
_SMALL = r"\xdf-\xf6\xf8-\xff\u0410-\u044f"  # small letters of Western Europe, and Russian ones
_LETTERS = (
    r"\xa0-\u0131\u0134-\u0148\u014a-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u2039\u203a\u20ac\u2122\u2212"
    rf"\u0391-\u03a1\u03a3-\u03ce\u0400-\u0482\u048a-\u04ff{_UNMIXED}"
)
_NEEDS_FTFY = re.compile(f"[^{_UNTOUCHED}{_LETTERS}]")
# What `is_bad` objects to is characters side by side, none of them ASCII, or one of these few beside
# ASCII; so it need not look at a line of German or French prose. Kana, Han and Hangul it never objects
# to, nor to two of those letters beside each other (ftfy 6.3; a test holds it to that).
_MAY_BE_BAD = re.compile(
    rf"[^\x00-\x7f{_UNMIXED}][^\x00-\x7f{_UNMIXED}{_SMALL}]"
    rf"|[^\x00-\x7f{_UNMIXED}{_SMALL}][^\x00-\x7f{_UNMIXED}]|[\x80-\x9fÂÃŒœ]"
)
_FIRST_PRINTABLE, _LAST_PRINTABLE = 0x20, 0x7E  # of ASCII
_HALF = 32  # bits of each of two code points in a number
_ENTITY = re.compile(r"&#?[0-9A-Za-z]{1,24};")  # as in ftfy.chardata; a bare "&" stays

# "&amp;amp;amp;…": ftfy unescapes one level a pass until nothing changes, which is quadratic in
# the number of levels. Nobody escapes six times by accident, so such a line keeps its entities.
_DEEP_ESCAPE = re.compile(r"[&＆](?:(?:amp|#0*38|#x0*26);){6}", re.IGNORECASE)


def split_lines(text: str) -> list[str]:
    r"""Lines with their terminators: \r\n, \n or \r and nothing else, so joined they are `text`.

    >>> split_lines("a\r\nb\rc\n\nd")
    ['a\r\n', 'b\r', 'c\n', '\n', 'd']
    >>> split_lines("a\u2028b\x0cc")   # str.splitlines would cut here
    ['a\u2028b\x0cc']
    """
    return list(io.StringIO(text, newline=""))


def repair_lines(lines: Sequence[str]) -> list[str]:
    r"""The lines as ftfy repairs them, without terminators; as many as came in.

    The same as ftfy on the whole text with "\n" as its terminators, but that line breaks which
    the repair makes (from U+2028 or "&#10;") become spaces. As in ftfy, a line that holds "<"
    switches HTML unescaping off for itself and all later lines: the text may be HTML source.

    >>> repair_lines(["\ufeffFish &amp; chips\r\n", "donâ€™t\n"])
    ['Fish & chips', 'don’t']
    >>> repair_lines(["“Stay,” she said.", "a <b> &amp; c", "d &amp; e"])
    ['“Stay,” she said.', 'a <b> &amp; c', 'd &amp; e']
    """
    repaired = [line.rstrip(_TERMINATORS) for line in lines]
    doubtful = _doubtful(repaired)
    config = CONFIG
    for i, line in enumerate(repaired):
        if doubtful[i]:
            repaired[i] = _repair(line, config)
        if config is CONFIG and "<" in line:  # ftfy unescapes the segments before the "<"
            config = _NO_UNESCAPE
    return repaired


def _repair(line: str, config: ftfy.TextFixerConfig) -> str:
    """One line without its terminator, repaired; line breaks that this makes become spaces."""
    if "&" in line and _DEEP_ESCAPE.search(line):
        config = _NO_UNESCAPE
    return ftfy.fix_text(line, config).replace("\n", " ").replace("\r", " ")


def _doubtful(lines: Sequence[str]) -> Sequence[bool]:
    """Whether ftfy could change each line: skipping the others is several times faster.

    Looks at all lines at once, for an article has few different characters beyond ASCII.
    """
    source = " ".join([*lines, ""])
    points = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), np.uint32)
    beyond = np.flatnonzero((points < _FIRST_PRINTABLE) | (points > _LAST_PRINTABLE))
    after = points[beyond + 1]
    pairs = points[beyond].astype(np.int64) << _HALF | np.where(after > _LAST_PRINTABLE, after, ord(" "))
    suspects = [pair for pair in set(pairs.tolist()) if _is_suspect(pair)]
    doubtful = np.zeros(len(lines), np.bool_)
    if suspects:
        ends = np.cumsum([len(line) + 1 for line in lines])
        doubtful[np.searchsorted(ends, beyond[np.isin(pairs, suspects)], "right")] = True
        for i in np.flatnonzero(doubtful).tolist():
            doubtful[i] = _NEEDS_FTFY.search(lines[i]) is not None or is_bad(lines[i])
    if "&" in source:
        doubtful |= [_ENTITY.search(line) is not None for line in lines]
    return doubtful.tolist()


@lru_cache(maxsize=4096)
def _is_suspect(pair: int) -> bool:
    """Whether ftfy could do something about a character, or about two side by side, given as one number."""
    first, second = chr(pair >> _HALF), chr(pair & ((1 << _HALF) - 1))
    return _NEEDS_FTFY.search(first) is not None or _MAY_BE_BAD.search(first + second) is not None


def raw_span(raw: str, repaired: str, start: int, end: int) -> tuple[int, int]:
    """The smallest span of code points in `raw` whose image covers `repaired[start:end]`.

    `raw` is one line as it was decoded (its terminator may be there), `repaired` the same line
    from `repair_lines`. Depends on the two strings only, so it can be repeated at any time.

    >>> raw_span("donâ€™t go", "don’t go", 0, 5)
    (0, 7)
    >>> raw_span("no change", "no change", 3, 9)
    (3, 9)
    """
    raw = raw.rstrip(_TERMINATORS)
    if raw == repaired:
        return start, end
    hunks = _hunks(raw, repaired)
    first = _raw_start(hunks, start)
    return first, max(first, _raw_end(hunks, end)) if end > start else first


# raw start, raw end, repaired start, repaired end of a stretch that the repair changed
_Hunk = tuple[int, int, int, int]


def _raw_start(hunks: Sequence[_Hunk], position: int) -> int:
    """Where the image of the repaired character at `position` begins."""
    index = bisect_right(hunks, position, key=lambda hunk: hunk[3])  # hunks before it end at or before
    if index < len(hunks) and hunks[index][2] <= position:
        return hunks[index][0]
    return position if index == 0 else hunks[index - 1][1] + position - hunks[index - 1][3]


def _raw_end(hunks: Sequence[_Hunk], position: int) -> int:
    """Where the image of the repaired character before `position` ends."""
    index = bisect_left(hunks, position, key=lambda hunk: hunk[3])
    if index < len(hunks) and hunks[index][2] < position:
        return hunks[index][1]
    return position if index == 0 else hunks[index - 1][1] + position - hunks[index - 1][3]


_STRIDE = 256  # characters compared at once
_WINDOW = 48  # how far ahead the texts are searched for the place where they agree again
_ANCHOR = 3  # so many equal characters count as agreement


@lru_cache(maxsize=8)  # the mentions of a line come one after the other
def _hunks(raw: str, repaired: str) -> list[_Hunk]:
    """The changed stretches, in order; between them both texts are equal.

    One pass: ftfy changes text in small places, so where the texts part they are together again
    a few characters on. Linear in the length, unlike a longest common subsequence.
    """
    found: list[_Hunk] = []
    at_raw = at_repaired = 0
    while True:
        same = _common_prefix(raw, repaired, at_raw, at_repaired)
        at_raw, at_repaired = at_raw + same, at_repaired + same
        if at_raw == len(raw) and at_repaired == len(repaired):
            return found
        taken, given = _next_agreement(raw, repaired, at_raw, at_repaired)
        found.append((at_raw, at_raw + taken, at_repaired, at_repaired + given))
        at_raw, at_repaired = at_raw + taken, at_repaired + given


def _common_prefix(left: str, right: str, at_left: int, at_right: int) -> int:
    """How many characters agree from the two positions on."""
    same = 0
    while True:
        a = left[at_left + same : at_left + same + _STRIDE]
        b = right[at_right + same : at_right + same + _STRIDE]
        if a == b and len(a) == _STRIDE:
            same += _STRIDE
            continue
        return same + next(
            (i for i, pair in enumerate(zip(a, b, strict=False)) if pair[0] != pair[1]), min(len(a), len(b))
        )


def _next_agreement(raw: str, repaired: str, at_raw: int, at_repaired: int) -> tuple[int, int]:
    """Lengths of the stretches to pass over, in raw and in repaired, until the texts agree."""
    known = _known_change(raw, repaired, at_raw, at_repaired)
    if known:
        return known
    for taken, given in _STEPS:
        if _agree(raw, repaired, at_raw + taken, at_repaired + given):
            return taken, given
    return len(raw) - at_raw, len(repaired) - at_repaired


def _agree(raw: str, repaired: str, at_raw: int, at_repaired: int) -> bool:
    if at_raw > len(raw) or at_repaired > len(repaired):
        return False
    rest = raw[at_raw : at_raw + _ANCHOR]
    if rest == repaired[at_repaired : at_repaired + _ANCHOR]:
        return len(rest) == _ANCHOR or at_raw + len(rest) == len(raw)
    return _known_change(raw, repaired, at_raw, at_repaired) is not None


def _known_change(raw: str, repaired: str, at_raw: int, at_repaired: int) -> tuple[int, int] | None:
    """Lengths of one change of a kind that can be told by itself, without equal text after it."""
    if at_repaired < len(repaired):
        broken = _mojibake_at(raw, at_raw, repaired[at_repaired])
        if broken:
            return broken, 1
    entity = _ENTITY.match(raw, at_raw)
    before = entity[0] if entity else _letter_at(raw, at_raw)
    became = unescape_html(before) if entity else _letter_forms(before)
    if became != before and repaired.startswith(became, at_repaired):
        return len(before), len(became)
    rest = _ENTITY.match(raw, at_raw - 1) if at_raw else None
    if rest and unescape_html(rest[0]) == "&":  # its "&" was equal to the one it became
        return len(rest[0]) - 1, 0
    return None


def _letter_at(raw: str, at: int) -> str:
    """The character there with the combining marks after it."""
    end = at + 1
    while end < len(raw) and end < at + _WINDOW and unicodedata.combining(raw[end]):
        end += 1
    return raw[at:end]


def _letter_forms(letter: str) -> str:
    """What a ligature, a full-width form, a C1 control or a letter with marks becomes."""
    plain = fix_character_width(fix_latin_ligatures(fix_c1_controls(letter)))
    return unicodedata.normalize("NFC", plain)


def _steps() -> Iterator[tuple[int, int]]:
    """Pairs of lengths, the shortest in all first: of equals the one that takes more of raw."""
    for total in range(1, _WINDOW + 1):
        for given in range(total + 1):
            yield total - given, given


_STEPS = tuple(_steps())

# How UTF-8 looks when it is read as something else, most frequent first (ftfy's list).
_WRONG_CODECS = (
    "sloppy-windows-1252",
    "latin-1",
    "sloppy-windows-1251",
    "sloppy-windows-1250",
    "sloppy-windows-1253",
    "sloppy-windows-1254",
    "sloppy-windows-1257",
    "iso-8859-2",
    "macroman",
    "cp437",
)


@lru_cache(maxsize=4096)
def _mojibake_of(char: str) -> tuple[str, ...]:
    """The character's UTF-8 in each wrong codec, once and twice over."""
    if char.isascii():
        return ()
    once = [_misread(char, codec) for codec in _WRONG_CODECS]
    twice = [_misread(text, codec) for text, codec in zip(once, _WRONG_CODECS, strict=True)]
    return tuple(dict.fromkeys(once + twice))


def _misread(text: str, codec: str) -> str:
    return text.encode("utf-8", "surrogatepass").decode(codec, "replace")


def _mojibake_at(raw: str, at: int, char: str) -> int:
    """The length of the mojibake of `char` that stands in `raw` at this place, 0 if none does."""
    return next((len(text) for text in _mojibake_of(char) if raw.startswith(text, at)), 0)
