"""Which lines make up one paragraph: in most articles each does, in hard-wrapped ones several.

Holds the test for hard wrapping and the grouping; nothing about what a paragraph is for.
"""

from collections.abc import Sequence
from itertools import groupby

# Mail clients and wire services break at 65-80 columns. Real one-line paragraphs vary far more.
_NARROWEST, _WIDEST = 40, 100
_SPREAD = 16  # columns below the longest line that a full line may stay: about one long word
_FULL_SHARE = 0.75
_MIN_LINES = 4


def blocks(lines: Sequence[str]) -> list[list[int]]:
    """Indexes of the lines between blank ones, block by block; blank lines are in none.

    >>> blocks(["a", "b", "", "c"])
    [[0, 1], [3]]
    """
    runs = groupby(range(len(lines)), key=lambda i: bool(lines[i].strip()))
    return [list(run) for has_words, run in runs if has_words]


def is_hard_wrapped(lines: Sequence[str]) -> bool:
    """True where lines were broken at a fixed width, so that a paragraph runs over several.

    Within a block every line but the last is full then: nearly as long as the longest.

    >>> is_hard_wrapped(["Ten words of text that go on to the", "edge of the page and then over it.", ""])
    False
    """
    inner = [len(lines[i].rstrip()) for block in blocks(lines) for i in block[:-1]]
    if len(inner) < _MIN_LINES:
        return False
    width = max(len(line.rstrip()) for line in lines)
    if not _NARROWEST <= width <= _WIDEST:
        return False
    full = sum(length >= width - _SPREAD for length in inner)
    return full >= _FULL_SHARE * len(inner)


def paragraph_lines(lines: Sequence[str]) -> list[list[int]]:
    """Indexes of the lines of each paragraph, in order; a blank line is a paragraph of its own.

    >>> paragraph_lines(["a", "", "b", "c"])
    [[0], [1], [2], [3]]
    """
    if not is_hard_wrapped(lines):
        return [[i] for i in range(len(lines))]
    groups: list[list[int]] = []
    for has_words, run in groupby(range(len(lines)), key=lambda i: bool(lines[i].strip())):
        own = list(run)
        groups += [own] if has_words else [[i] for i in own]
    return groups
