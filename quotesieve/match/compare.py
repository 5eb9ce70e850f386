"""Candidate pairs -> verdicts: the pairs cut into chunks that any process can judge.

Pairs that hang together by their statements go into one chunk, so that a statement is read into
words about once, however many pairs it is in. What a pair is worth decides `judge`.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import starmap
from typing import Any

import numpy as np

from quotesieve.match.candidates import Pairs
from quotesieve.match.cluster import components
from quotesieve.match.judge import Judged, Placed, judge
from quotesieve.match.normalise import I64
from quotesieve.match.statements import Statements

SLACK_WORDS, SLACK_SHARE = 2, 0.25  # how far around its place the smaller statement is looked for
CHUNK_PAIRS = 20_000
WAVE_PAIRS = 8 * CHUNK_PAIRS  # whose texts are in memory together: each wave reads every batch once

# How calls are made: f(*arguments) for each of them, the results in their order.
Runner = Callable[[Callable[..., Any], Iterable[tuple[Any, ...]]], Iterable[Any]]


def compare(statements: Statements, pairs: Pairs, min_shared: float, runner: Runner = starmap) -> Judged:
    """The verdicts on all pairs that share enough words, in the order of their statements."""
    placed = _place(statements, pairs)
    units = np.unique(np.concatenate((placed.small, placed.large)))
    placed = _renumbered(placed, units)
    order = np.argsort(components(len(units), placed.small, placed.large)[placed.small], kind="stable")
    owners: deque[I64] = deque()  # the statements of each chunk that is under way

    def calls() -> Iterator[tuple[list[str], Placed, float]]:
        for begin in range(0, len(order), WAVE_PAIRS):
            wave, in_wave = _local(placed.where(order[begin : begin + WAVE_PAIRS]))
            texts = statements.texts(units[wave])
            for start in range(0, len(in_wave), CHUNK_PAIRS):
                own, task = _local(in_wave.where(slice(start, start + CHUNK_PAIRS)))
                owners.append(units[wave[own]])
                yield [texts[i] for i in own.tolist()], task, min_shared

    judged = Judged.concatenated([_moved(found, owners.popleft()) for found in runner(judge, calls())])
    return judged.where(np.lexsort((judged.large, judged.small)))


def _place(statements: Statements, pairs: Pairs) -> Placed:
    """Order each pair by size, then by content, and find the window by the runs they share."""
    size, content = statements.size, statements.content
    left, right = pairs.left.astype(np.int64), pairs.right.astype(np.int64)
    swap = (size[left] > size[right]) | ((size[left] == size[right]) & (content[left] > content[right]))
    small, large = np.where(swap, right, left), np.where(swap, left, right)
    low = np.where(swap, -pairs.high, pairs.low).astype(np.int64)
    high = np.where(swap, -pairs.low, pairs.high).astype(np.int64)
    inside = (low == high) & (low >= 0) & (low + size[small] <= size[large])
    slack = SLACK_WORDS + (SLACK_SHARE * size[small]).astype(np.int64)
    first = np.clip(low - slack, 0, size[large])
    last = np.clip(high + size[small] + slack, 0, size[large])
    return Placed(small, large, np.minimum(first, last), last, np.where(inside, low, -1))


def _renumbered(placed: Placed, units: I64) -> Placed:
    """The pairs with their statements numbered by their places in `units`."""
    small, large = np.searchsorted(units, placed.small), np.searchsorted(units, placed.large)
    return Placed(small, large, placed.low, placed.high, placed.shift)


def _local(placed: Placed) -> tuple[I64, Placed]:
    """The statements of some pairs, and the pairs by places among those."""
    own = np.unique(np.concatenate((placed.small, placed.large)))
    return own, _renumbered(placed, own)


def _moved(found: Judged, units: I64) -> Judged:
    """Verdicts whose statements are numbered as all statements are."""
    columns = {name: getattr(found, name) for name in Judged.COLUMNS}
    columns["small"] = units[found.small].astype(np.int32)
    columns["large"] = units[found.large].astype(np.int32)
    return Judged(**columns)
