"""The scores: everything that is measured with rapidfuzz, which no other module imports.

Statements come as strings of one character a word, so that rapidfuzz aligns words: by the longest
common subsequence (bit-parallel: Hyyrö 2004, as rapidfuzz has it).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

# An equal run of two aligned strings: at i of the one, at j of the other, so many characters.
Run = tuple[int, int, int]


def shared(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.int32]:
    """The length of the longest common subsequence of each pair of strings."""
    if not left:
        return np.empty(0, np.int32)
    return process.cpdist(left, right, scorer=LCSseq.similarity, dtype=np.int32, workers=-1)


def ratios(left: Sequence[str], right: Sequence[str]) -> npt.NDArray[np.float64]:
    """How alike the strings of each pair are, 0-100 (normalised insertions and deletions)."""
    if not left:
        return np.empty(0, np.float64)
    return process.cpdist(left, right, scorer=fuzz.ratio, dtype=np.float64)


def ratio(left: str, right: str) -> float:
    """The same of one pair."""
    return fuzz.ratio(left, right)


def runs(small: str, large: str) -> list[Run]:
    """The equal runs of two aligned strings, in order.

    What stands whole in the other is taken as it stands: a common subsequence may pick its first
    word further ahead. So may that of an edited one: a first or last run that is shorter than
    half the words skipped beside it is left out.

    >>> runs("bcd", "abxbcd"), runs("axyz", "abcdefxyz")
    ([(0, 3, 3)], [(1, 6, 3)])
    """
    at = large.find(small)
    if at >= 0:
        return [(0, at, len(small))] if small else []
    found = blocks(small, large)
    while len(found) > 1 and _strays(found[0], found[0], found[1]):
        del found[0]
    while len(found) > 1 and _strays(found[-1], found[-2], found[-1]):
        del found[-1]
    return found


def blocks(left: str, right: str) -> list[Run]:
    """The equal runs of a longest common subsequence of two strings, in order.

    >>> blocks("abxd", "abcd")
    [(0, 0, 2), (3, 3, 1)]
    """
    found = [(block.a, block.b, block.size) for block in LCSseq.editops(left, right).as_matching_blocks()]
    return found[:-1]  # without the end mark


def _strays(outer: Run, first: Run, second: Run) -> bool:
    """Whether a run at the edge lies too far from the next: more is skipped in one string than fits."""
    skipped = second[1] - first[1] - first[2]
    return skipped > 2 * outer[2] + (second[0] - first[0] - first[2])
