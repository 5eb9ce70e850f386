"""Quoted segments: where the quotation marks of a text open and close.

Holds the reading of marks only; who speaks is `speakers`. One pass over the marks of each
paragraph, in order, with a look at the next two marks at most: linear in the length of the text.
Nothing here raises on any text: a mark that never closes ends with its paragraph.

Families of marks don't mix: “ ” „ " '' `` ＂ close each other (writers and repair mix them), « » ‹ ›
close each other, 「 」 『 』 close each other, ‘ ’ ' pair among themselves, since ’ and ' are
apostrophes too. Inside an open quote the marks of every other family are nested and belong to it.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

# One mark: a plain character class first, so that the search runs at full speed; then the second
# (and third) ' or ` of the wire styles '' and ``. Not an apostrophe between two letters or digits.
_MARK = re.compile(r"[\"“”„‟«»‹›「」『』＂‘‚’‛'`](?:(?<=')'{1,2}|(?<=`)`)?(?!(?<=[^\W_]['’‛])[^\W_])")
_NEXT_CHARACTER = re.compile(r"\s*(\S)")
_ALL_MARKS = "\"“”„‟«»‹›「」『』＂‘‚’‛'`"
_MAX_MARKS = 100_000  # a line with more of them is no prose: nothing is read in it
_DOUBLE = frozenset(["“", "”", "„", "‟", '"', "＂", "''", "``"])
_ANGLE = frozenset("«»‹›")
_CORNER = frozenset("「」『』")
_OPENERS = frozenset(["“", "„", "‟", "``", "「", "『", "‘", "‚"])
_CLOSERS = frozenset(["”", "」", "』"])

_OPENS_AFTER = frozenset(" \t\u00a0\u202f\u2009\u3000([{—–-/>…¿¡\"“‘'«")
_BEFORE_WORD_ONLY = frozenset(",:;")  # said,"Yes": a mark glued to a comma still opens
_CLOSES_BEFORE = frozenset(" \t\u00a0\u202f\u2009\u3000)]}—–-/,.;:!?…<\"”’'»")
_STRONG_END = frozenset('.,?!…—–-;:”"»)')
# Words that lost their head: an apostrophe, not a mark. ’80s and '05 are caught by the digit.
_CLIPPED = re.compile(
    r"(?:\d0s?\b|\d\d\b(?!\s*(?:per|%|years|people))|(?:tis|twas|twere|til|till|cause|em|bout|round|n|cept|neath|ere|tude|net|hood"
    r"|burbs|kay)\b)",
    re.IGNORECASE,
)


class Segment(NamedTuple):
    """One quoted segment of one paragraph. `text[start:end]` are the words inside the marks."""

    start: int
    end: int
    outer_start: int  # with its marks
    outer_end: int
    paragraph_no: int
    closed: bool
    continued: bool  # goes on from the paragraph before, whose quote was not closed


class _Mark(NamedTuple):
    start: int
    end: int
    kind: str  # the mark as printed
    family: str  # double | angle | corner | single
    opens: bool  # what stands beside it lets it open
    closes: bool


def find_segments(text: str) -> list[Segment]:
    """All quoted segments of `text`, in order, never overlapping, each within one line.

    Nested quotes belong to the outer one. Segments without a letter or digit are left out.

    >>> [text[s.start:s.end] for text in ["‘It’s the James’ book,’ he said. ‘Take it.’"]
    ...  for s in find_segments(text)]
    ['It’s the James’ book,', 'Take it.']
    >>> find_segments("Rock ’n’ roll of the ’80s on a 30\\" screen: 5'10\\" tall.")
    []
    """
    out: list[Segment] = []
    pending, last_end = "", 0  # the family of a quote left open by the paragraph before, and its end
    for number, start, end, marks in _paragraphs(text):
        if pending and not _is_blank(text, last_end, start):
            pending = ""
        found, pending = _paragraph(text, number, start, end, marks, pending)
        out += found
        last_end = end
    return out


def _is_blank(text: str, start: int, end: int) -> bool:
    return end <= start or text[start:end].isspace()


def _paragraphs(text: str) -> Iterator[tuple[int, int, int, list[_Mark]]]:
    """Number, start, end and marks of each paragraph that has a mark."""
    reversed_angles = _angles_point_inwards(text)
    number = start = 0
    end = -1
    marks: list[_Mark] = []
    prose = True
    for found in _MARK.finditer(text):
        at = found.start()
        if at > end:
            if marks:
                yield number, start, end, marks
                marks = []
            line = text.rfind("\n", start, at) + 1
            number += text.count("\n", start, at)
            start = max(line, start)
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            prose = end - start < _MAX_MARKS or _count_marks(text[start:end]) < _MAX_MARKS
        if not prose:
            continue
        mark = _read_mark(text, at, found.end(), start, end, reversed_angles)
        if mark is not None:
            marks.append(mark)
    if marks:
        yield number, start, end, marks


def _count_marks(line: str) -> int:
    return sum(map(line.count, _ALL_MARKS))


def _angles_point_inwards(text: str) -> bool:
    """Whether »this« is the text's style (German, Danish) rather than «this»."""
    if "»" not in text:
        return False
    inwards = len(re.findall(r"(?:^|[\s(])»(?=\w)", text))
    return inwards > len(re.findall(r"(?:^|[\s(’'])«", text))


def _read_mark(text: str, a: int, b: int, start: int, end: int, reversed_angles: bool) -> _Mark | None:
    """The mark at [a, b) of the paragraph [start, end) with what its neighbours let it do, or None.

    A lone ` is no mark, nor one in the middle of a word.
    """
    kind = text[a:b]
    if b - a == 3:  # '' and ' in the order that lets the outer one stand outside
        kind = "''"
        a, b = (a, b - 1) if b < end and text[b].isalnum() else (a + 1, b)
    left = text[a - 1] if a > start else " "
    right = text[b] if b < end else " "
    if kind == "`":
        return None
    opens = left in _OPENS_AFTER and not right.isspace()
    closes = not left.isspace() and right in _CLOSES_BEFORE
    if kind in _DOUBLE:
        if not opens and left in _BEFORE_WORD_ONLY and right.isalnum():
            opens = True
        return _Mark(a, b, kind, "double", opens, closes)
    if kind in _ANGLE:
        opening = (kind in "«‹") != reversed_angles
        return _Mark(a, b, kind, "angle", opening, not opening)
    if kind in _CORNER:
        return _Mark(a, b, kind, "corner", kind in _OPENERS, kind in _CLOSERS)
    return _Mark(a, b, kind, "single", opens, closes or (not left.isspace() and not right.isalnum()))


def _paragraph(
    text: str, number: int, start: int, end: int, marks: list[_Mark], pending: str
) -> tuple[list[Segment], str]:
    """The segments of one paragraph, and the family of a quote that it leaves open ("" if none)."""
    pairs = _pair_singles(text, marks, start, end)
    out: list[Segment] = []
    i, left_open = 0, ""
    if pending and marks and not _reopens(text, start, marks[0], pending):
        closing = _first_closer(marks, pending)
        if closing >= 0:  # no mark at the start, but the open quote closes here
            _add(out, text, (start, start), (marks[closing].start, marks[closing].end), number, True, True)
            i = closing + 1
    while i < len(marks):
        mark = marks[i]
        close = _closing_index(text, marks, i, pairs)
        if close is None:
            i += 1
            continue
        continued = (
            bool(pending) and not out and mark.family == pending and not text[start : mark.start].strip()
        )
        if close < 0:  # never closed: to the next opening mark, or the end of the paragraph
            stop = marks[-close].start if -close < len(marks) else end
            _add(out, text, (mark.start, mark.end), (stop, stop), number, False, continued)
            left_open = mark.family if stop == end else ""
            i = -close
        else:
            closer = marks[close]
            _add(out, text, (mark.start, mark.end), (closer.start, closer.end), number, True, continued)
            i = close + 1
    return out, left_open


def _reopens(text: str, start: int, mark: _Mark, family: str) -> bool:
    """Whether the paragraph begins with a mark of the family that stands open."""
    return mark.family == family and not text[start : mark.start].strip()


def _first_closer(marks: list[_Mark], family: str) -> int:
    """Index of the first mark of `family` if it can only close, else -1."""
    for i, mark in enumerate(marks):
        if mark.family == family:
            return i if mark.closes and not mark.opens and mark.kind not in _OPENERS else -1
    return -1


def _add(
    out: list[Segment],
    text: str,
    opening: tuple[int, int],
    closing: tuple[int, int],
    number: int,
    closed: bool,
    continued: bool,
) -> None:
    """Append the segment between two marks, trimmed of space, if there is a word in it."""
    start, end = opening[1], closing[0]
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    end -= len(inner) - len(inner.rstrip())
    if end > start and any(map(str.isalnum, text[start:end])):
        out.append(Segment(start, end, opening[0], closing[1], number, closed, continued))


def _closing_index(text: str, marks: list[_Mark], i: int, pairs: dict[int, int]) -> int | None:
    """Where the quote that mark `i` opens is closed.

    None if it opens nothing; the index of the closing mark; or -n, never closed, n being the index
    of the mark at which reading goes on (`len(marks)` if none is left).
    """
    mark = marks[i]
    if mark.family == "single":
        return pairs.get(i)
    if not _opens_quote(text, marks, i):
        return None
    j = i + 1
    while j < len(marks):
        other = marks[j]
        if other.family != mark.family:
            j += 1
            continue
        verdict = _inside(text, marks, i, j)
        if verdict == "close":
            return j
        if verdict == "reopen":
            return -j
        j = _next_same(marks, j) + 1 if verdict == "nested" else j + 1
    return -len(marks)


def _opens_quote(text: str, marks: list[_Mark], i: int) -> bool:
    """Whether mark `i`, met outside any quote, opens one."""
    mark = marks[i]
    if mark.family != "double":
        return mark.opens
    left = text[mark.start - 1] if mark.start else " "
    if left == "=":
        return False  # <a href="…">
    if mark.kind in ('"', "＂", "''", "``") or mark.kind in _OPENERS:
        if mark.kind not in _OPENERS and left.isdigit():
            return False  # 30" is inches
        if mark.closes and not mark.opens:
            return False  # a closing mark whose opening one is missing
        return mark.opens or mark.kind in _OPENERS or left.isspace()
    return mark.opens and not mark.closes  # ” as an opening mark: ”Så är det”


def _inside(text: str, marks: list[_Mark], i: int, j: int) -> str:
    """What mark `j` does to the quote that mark `i` opened: close | nested | reopen | skip."""
    opener, mark = marks[i], marks[j]
    if mark.family != "double":
        if mark.closes or (mark.kind == opener.kind and not mark.opens):
            return "close"
        return _reopening(marks, j)
    if mark.kind in _CLOSERS:
        return "close"
    if mark.opens and not mark.closes:
        return _reopening(marks, j)
    if mark.kind in _OPENERS and not mark.closes and opener.kind not in "„‟":
        return _reopening(marks, j)
    if mark.kind in ('"', "''") and text[mark.start - 1].isdigit() and _inches(marks, j):
        return "skip"
    return "close"


def _inches(marks: list[_Mark], j: int) -> bool:
    """Whether the quote closes later: then "a 30" screen," keeps its inches."""
    after = _next_same(marks, j)
    return after < len(marks) and marks[after].closes and not marks[after].opens


def _reopening(marks: list[_Mark], j: int) -> str:
    """An opening mark inside an open quote: nested if two closing marks follow, else a new quote."""
    first = _next_same(marks, j)
    second = _next_same(marks, first)
    for k in (first, second):
        if k >= len(marks) or not _only_closes(marks[k]):
            return "reopen"
    return "nested"


def _only_closes(mark: _Mark) -> bool:
    return mark.kind in _CLOSERS or (mark.closes and not mark.opens)


def _next_same(marks: list[_Mark], j: int) -> int:
    """Index of the next mark of the same family, looking at most 8 marks ahead; else len(marks)."""
    if j >= len(marks):
        return len(marks)
    for k in range(j + 1, min(j + 9, len(marks))):
        if marks[k].family == marks[j].family:
            return k
    return len(marks)


def _pair_singles(text: str, marks: list[_Mark], start: int, end: int) -> dict[int, int]:
    """Opening -> closing index of ‘…’ and '…' pairs; an unclosed one at a clear start maps to -len(marks).

    A pair that would cut a double quote in two is none: the marks inside must pair among themselves.
    """
    singles = [i for i, mark in enumerate(marks) if mark.family == "single"]
    if not singles:
        return {}
    doubles = list(accumulate((mark.family == "double" for mark in marks), initial=0))
    ends_ahead = _clear_ends(text, [marks[i] for i in singles], end)
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for position, i in enumerate(singles):
        mark = marks[i]
        if _opens_single(text, mark, end):
            stack.append(i)
        elif (
            stack
            and mark.kind in "’'‛"
            and mark.closes
            and not _is_apostrophe(text, mark, ends_ahead[position], end)
        ):
            opening = stack.pop()
            if (doubles[i] - doubles[opening]) % 2 == 0:
                pairs[opening] = i
    if stack and stack[0] == singles[0] and _may_stay_open(text, marks[stack[0]], start, end):
        pairs[stack[0]] = -len(marks)
    return pairs


def _may_stay_open(text: str, mark: _Mark, start: int, end: int) -> bool:
    """Whether a single mark that never closes is a quote all the same.

    ‘ at the start or after "said," is; ‘Abd, a name, is not. ' only where the next paragraph reopens.
    """
    before = text[start : mark.start].rstrip()[-1:]
    if mark.kind == "‘":
        return before in ("", ",", ":")
    following = _NEXT_CHARACTER.match(text, end)
    return before == "" and following is not None and following.group(1) in "'‘"


def _opens_single(text: str, mark: _Mark, end: int) -> bool:
    """‘ or ' at the start of a word that is not a clipped one."""
    if mark.kind == "’" or not mark.opens:
        return False
    right = text[mark.end] if mark.end < end else " "
    if not (right.isalnum() or right in '“"[(…¿¡$£€-—.'):
        return False
    return _CLIPPED.match(text, mark.end, end) is None


def _clear_ends(text: str, singles: list[_Mark], end: int) -> list[bool]:
    """For each single mark: whether a clear closing mark (,’ or .’) follows before the next opening one."""
    out = [False] * len(singles)
    for position in range(len(singles) - 2, -1, -1):
        following = singles[position + 1]
        if _opens_single(text, following, end):
            continue
        clear = following.closes and text[following.start - 1] in _STRONG_END
        out[position] = clear or out[position + 1]
    return out


def _is_apostrophe(text: str, mark: _Mark, end_ahead: bool, end: int) -> bool:
    """Whether ’ after a word is a possessive or a clipped end rather than the closing mark.

    workers’ rights, goin’ home: if a clear end comes before the next opening mark. rock ’n’ roll always.
    """
    before = text[mark.start - 1]
    if before in "'’" or text[mark.start - 2 : mark.start] in ("'n", "’n"):
        return True
    if not end_ahead or before in _STRONG_END or not before.isalnum():
        return False
    after = text[mark.end : mark.end + 2]
    if mark.end >= end or not (after[:1] == " " and after[1:].isalnum()):
        return False
    return before in "sSzZxX" or text[mark.start - 2 : mark.start] == "in"
