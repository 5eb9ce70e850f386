"""Candidate pairs -> verdicts: the pairs cut into chunks that any process can judge.

Pairs of statements that are near one another go into one chunk, so that a statement is read into
words a few times at most, however many pairs it is in. What a pair is worth decides `judge`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import pairwise, starmap
from typing import Any

import numpy as np

from quotesieve.match.candidates import Pairs
from quotesieve.match.entries import I32
from quotesieve.match.judge import Judged, Placed, judge
from quotesieve.match.normalise import running
from quotesieve.match.statements import Statements

SLACK_WORDS, SLACK_SHARE = 2, 0.25  # how far around its place the smaller statement is looked for
CHUNK_WORDS = 100_000  # of the pairs that are judged in one call
WAVE_CHUNKS = 40  # whose texts are in memory together: each wave reads every batch once

# How calls are made: f(*arguments) for each of them, the results in their order.
Runner = Callable[[Callable[..., Any], Iterable[tuple[Any, ...]]], Iterable[Any]]


def compare(
    statements: Statements,
    placed: Placed,
    min_shared: float,
    keep: Callable[[Judged], Judged],
    runner: Runner = starmap,
) -> Judged:
    """The verdicts on all pairs that share enough words, as far as `keep` keeps them."""
    units, placed = _local(placed)
    near = _neighbourhoods(len(units), placed.small, placed.large)
    order = np.lexsort((near[placed.small], near[placed.large]))
    owners: deque[I32] = deque()  # the statements of each chunk that is under way

    def calls() -> Iterator[tuple[list[str], Placed, float]]:
        size = statements.size[units]
        bounds = _chunk_bounds(size[placed.small[order]] + size[placed.large[order]])
        for i in range(0, len(bounds) - 1, WAVE_CHUNKS):
            wave = bounds[i : i + WAVE_CHUNKS + 1]
            together, in_wave = _local(placed.where(order[wave[0] : wave[-1]]))
            texts = statements.texts(units[together])
            for start, end in pairwise(wave):
                own, task = _local(in_wave.where(slice(start - wave[0], end - wave[0])))
                owners.append(units[together[own]])
                yield [texts[i] for i in own.tolist()], task, min_shared

    found = (judged.renumbered(owners.popleft()) for judged in runner(judge, calls()))
    return Judged.concatenated([keep(judged) for judged in found])


def _neighbourhoods(count: int, one: I32, other: I32) -> I32:
    """The lowest statement within two pairs of each. All that hang together could be nearly everything."""
    lowest = np.arange(count, dtype=np.int32)
    for _ in range(2):
        of_pair = np.minimum(lowest[one], lowest[other])
        np.minimum.at(lowest, one, of_pair)
        np.minimum.at(lowest, other, of_pair)
    return lowest


def _chunk_bounds(words: I32) -> list[int]:
    """Where chunks begin and end among pairs of so many words each.

    >>> _chunk_bounds(np.full(5, CHUNK_WORDS // 2, np.int32))
    [0, 2, 4, 5]
    """
    before = running(words)
    marks = np.searchsorted(before, np.arange(0, int(before[-1]), CHUNK_WORDS))
    bounds: list[int] = np.unique(np.append(marks, len(words))).tolist()
    return bounds


def place(statements: Statements, pairs: Pairs) -> Placed:
    """Order each pair by size, content and speaker, and find the window by the runs they share."""
    size, left, right = statements.size, pairs.left, pairs.right
    swap = size[left] > size[right]
    same = size[left] == size[right]
    for values in (statements.content, statements.speaker):
        swap |= same & (values[left] > values[right])
        same &= values[left] == values[right]
    small, large = np.where(swap, right, left), np.where(swap, left, right)
    low, high = np.where(swap, -pairs.high, pairs.low), np.where(swap, -pairs.low, pairs.high)
    own, whole = size[small], size[large]
    inside = (low == high) & (low >= 0) & (low + own <= whole)
    slack = SLACK_WORDS + (SLACK_SHARE * own).astype(np.int32)
    first = np.clip(low - slack, 0, whole)
    last = np.clip(high + own + slack, 0, whole)
    return Placed(small, large, np.minimum(first, last), last, np.where(inside, low, np.int32(-1)))


def _local(placed: Placed) -> tuple[I32, Placed]:
    """The statements of some pairs, ascending, and the pairs by places among those."""
    highest = max(int(placed.small.max(initial=-1)), int(placed.large.max(initial=-1)))
    there = np.zeros(highest + 1, np.bool_)
    there[placed.small] = there[placed.large] = True
    number = np.cumsum(there, dtype=np.int32) - np.int32(1)
    small, large = number[placed.small], number[placed.large]
    return np.flatnonzero(there).astype(np.int32), replace(placed, small=small, large=large)
