"""What two statements are to one another, for the pairs of one chunk.

A pair is aligned word by word (`verify`), and what differs is weighed (`differences`). The verdict
depends on the two texts alone. Holds nothing of how pairs come into chunks: see `compare`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from quotesieve.match import verify
from quotesieve.match.chunk import ChunkWords, Stretches
from quotesieve.match.differences import (
    F64,
    I8,
    NEGATION_DIFFERS,
    NO_REASON,
    NUMBER_DIFFERS,
    Costs,
    weigh,
)
from quotesieve.match.entries import I32, Prefix
from quotesieve.match.fingerprints import NUMERIC
from quotesieve.match.misprints import RUN_TOGETHER
from quotesieve.match.normalise import I64, Bools, running
from quotesieve.match.vocabulary import NAME, PLAIN


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that share enough words, and what was found. `small` is the one of fewer words.

    `score` is 0-100 over the stretch of the larger statement that the smaller one covers, `whole`
    the same with what lies outside that stretch counted as lost. `poorer` is -1 where the smaller
    lacks a number or a name that the larger has, 1 in the reverse case, 0 where neither lacks any.
    `modal`: another modal verb stands in the same place.
    """

    small: I32
    large: I32
    score: F64
    whole: F64
    start: I32  # the stretch, in words of the larger statement
    end: I32
    reason: I8
    poorer: I8
    modal: Bools

    COLUMNS: ClassVar[dict[str, type]] = {
        "small": np.int32,
        "large": np.int32,
        "score": np.float64,
        "whole": np.float64,
        "start": np.int32,
        "end": np.int32,
        "reason": np.int8,
        "poorer": np.int8,
        "modal": np.bool_,
    }

    def __len__(self) -> int:
        return len(self.small)

    @classmethod
    def concatenated(cls, parts: "list[Judged]") -> "Judged":
        """All pairs of the parts."""
        empty: dict[str, Any] = {name: np.empty(0, kind) for name, kind in cls.COLUMNS.items()}
        if not parts:
            return cls(**empty)
        return cls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in cls.COLUMNS})

    def where(self, which: Bools | I64) -> "Judged":
        """Some of the pairs."""
        return Judged(**{name: getattr(self, name)[which] for name in self.COLUMNS})

    def renumbered(self, number: I32) -> "Judged":
        """The pairs with other numbers for their statements."""
        return replace(self, small=number[self.small], large=number[self.large])


@dataclass(frozen=True, slots=True)
class Placed:
    """Pairs with the smaller statement first, and where in the larger one to look for it.

    The window is the words from `low` to before `high`; `shift` is the one place that the runs
    which both share tell of, -1 if they tell of several.
    """

    small: I32
    large: I32
    low: I32
    high: I32
    shift: I32

    def __len__(self) -> int:
        return len(self.small)

    def where(self, which: Bools | I64 | slice) -> "Placed":
        """Some of the pairs."""
        return Placed(
            self.small[which], self.large[which], self.low[which], self.high[which], self.shift[which]
        )


def judge(texts: Sequence[str], placed: Placed, min_shared: float) -> Judged:
    """Align and weigh the pairs that share enough words: `min_shared` of the smaller statement's.

    `placed` numbers the statements by their places in `texts`, and so does the result. Pairs that
    need no alignment are taken as they stand.
    """
    words = ChunkWords(texts, placed.small, placed.large)
    whole, other = _in_place(words, placed)
    left = np.flatnonzero(~whole & ~other)
    runs, kept = _aligned(words, placed.where(left), words.small[left], words.large[left], min_shared)
    rows = np.flatnonzero(whole)
    plain = _Runs(
        np.arange(len(rows)),
        np.zeros(len(rows), np.int64),
        placed.shift[rows].astype(np.int64),
        words.size[words.small[rows]],
    )
    parts = [
        _weighed(words, placed.where(rows), words.small[rows], words.large[rows], plain),
        _weighed(words, placed.where(left[kept]), words.small[left[kept]], words.large[left[kept]], runs),
        _other_numbers(words, placed, np.flatnonzero(other)),
    ]
    return Judged.concatenated(parts)


def _in_place(words: ChunkWords, placed: Placed) -> tuple[Bools, Bools]:
    """Pairs of which the smaller stands word for word in the larger, at its place; and pairs that
    agree there in all words but for numbers and what may be names, with another number.

    The second are what templates make by the million ("Shares of X rose N percent on Monday").
    """
    there = placed.shift >= 0
    begin = words.first[words.small]
    size = words.size[words.small]
    beside = words.first[words.large] + np.maximum(placed.shift, 0)
    beside = np.minimum(beside, words.first[words.large + 1] - size)

    def equal(hashes: npt.NDArray[np.uint64]) -> Bools:
        prefix = Prefix(hashes)
        same: Bools = prefix.runs(begin, begin + size) == prefix.runs(beside, beside + size)
        return same

    numeric = (words.traits & NUMERIC) > 0
    open_ = numeric | ((words.traits & NAME) > 0) | ((words.traits & PLAIN) == 0)
    zero, one = np.uint64(0), np.uint64(1)
    whole = there & equal(words.hashes)
    frame = there & ~whole & equal(np.where(open_, np.where(numeric, one, zero), words.hashes))
    sums = np.concatenate(([0.0], np.cumsum(words.magnitudes)))
    ours, theirs = sums[begin + size] - sums[begin], sums[beside + size] - sums[beside]
    # Equal sums may be "1.2 million" and "1200 thousand", or the same figures in another order.
    return whole, frame & (np.abs(ours - theirs) > 1e-6)


def _other_numbers(words: ChunkWords, placed: Placed, rows: I64) -> Judged:
    """The verdict on pairs that agree but for another number and perhaps names."""
    small, large = words.small[rows], words.large[rows]
    size, shift = words.size[small], placed.shift[rows]
    before = running(size)
    pair = np.repeat(np.arange(len(rows)), size)
    within = np.arange(before[-1]) - before[:-1][pair]
    ours = words.numbers[words.first[small][pair] + within]
    theirs = words.numbers[words.first[large][pair] + shift[pair] + within]
    lost = np.bincount(pair[ours != theirs], minlength=len(rows)).astype(np.float64) * 2
    score, whole = shares(lost, 2.0 * size, (words.size[large] - size).astype(np.float64))
    return Judged(
        placed.small[rows],
        placed.large[rows],
        score,
        whole,
        shift.astype(np.int32),
        (shift + size).astype(np.int32),
        np.full(len(rows), NUMBER_DIFFERS, np.int8),
        np.full(len(rows), -1, np.int8),
        np.zeros(len(rows), np.bool_),
    )


@dataclass(frozen=True, slots=True)
class _Runs:
    """Equal runs of words: `size` words at `i` of the smaller and at `j` of the larger statement."""

    pair: I64
    i: I64
    j: I64
    size: I64


def _aligned(
    words: ChunkWords, placed: Placed, small: I32, large: I32, min_shared: float
) -> tuple[_Runs, I64]:
    """The equal runs of the pairs that share enough words, and which pairs those are."""
    code = words.code
    begin, offset = words.first[small], words.first[large]
    end, low, high = begin + words.size[small], offset + placed.low, offset + placed.high
    smalls = [code[a:b] for a, b in zip(begin.tolist(), end.tolist(), strict=True)]
    larges = [code[a:b] for a, b in zip(low.tolist(), high.tolist(), strict=True)]
    enough = np.maximum(min_shared * words.size[small], 1)
    kept = np.flatnonzero(verify.shared(smalls, larges) >= enough)
    flat: list[int] = []
    for row, pair in enumerate(kept.tolist()):
        for i, j, size in verify.runs(smalls[pair], larges[pair]):
            flat += (row, i, j, size)
    table = np.array(flat, np.int64).reshape(-1, 4)
    return _Runs(table[:, 0], table[:, 1], table[:, 2] + placed.low[kept][table[:, 0]], table[:, 3]), kept


def _weighed(words: ChunkWords, placed: Placed, small: I32, large: I32, runs: _Runs) -> Judged:
    """Scores and reasons of aligned pairs."""
    stretches, start, end = _stretches(runs, words, small, large)
    costs = weigh(words, stretches)
    pairs = len(small)

    def total(values: npt.NDArray[Any]) -> F64:
        return np.bincount(stretches.pair, weights=values, minlength=pairs).astype(np.float64)

    base, begin, stop = words.first[large], words.first[large] + start, words.first[large] + end
    weight, telling = words.weight_sum, words.telling_sum
    covered = weight[stop] - weight[begin]
    beyond = (telling[words.first[large + 1]] - telling[base]) - (telling[stop] - telling[begin])
    own = weight[words.first[small + 1]] - weight[words.first[small]]
    outside = weight[words.first[large + 1]] - weight[base] - covered
    by_letter = shares(total(costs.lost), own + covered - total(costs.free), outside)
    sizes = words.size[small] + (end - start) - total(costs.free_words)
    by_word = shares(total(costs.lost_words), sizes, words.size[large] - (end - start))
    return Judged(
        placed.small,
        placed.large,
        np.maximum(by_letter[0], by_word[0]),
        np.maximum(by_letter[1], by_word[1]),
        start.astype(np.int32),
        end.astype(np.int32),
        _worst(stretches, costs, pairs),
        _poorer(total(costs.telling_small), total(costs.telling_large) + beyond),
        total(costs.modal) > 0,
    )


def shares(lost: F64, total: npt.NDArray[Any], outside: npt.NDArray[Any]) -> tuple[F64, F64]:
    """Percent not lost of the total, and of the total with what lies outside."""
    some: F64 = np.maximum(total, 1.0)
    return 100 * (1 - lost / some), 100 * (1 - (lost + outside) / (some + outside))


def _worst(stretches: Stretches, costs: Costs, pairs: int) -> I8:
    """One reason a pair: negation before number before name."""
    reason = np.zeros(pairs, np.int8)
    for code in range(NO_REASON + 1, NEGATION_DIFFERS + 1):
        reason[stretches.pair[costs.reason == code]] = code
    return reason


def _poorer(of_small: F64, of_large: F64) -> I8:
    """Which side lacks numbers and names of the other; the smaller if each has some of its own."""
    lacking = np.sign(of_small - of_large)
    lacking[(lacking == 0) & (of_small > 0)] = -1
    return lacking.astype(np.int8)


def _stretches(runs: _Runs, words: ChunkWords, small: I32, large: I32) -> tuple[Stretches, I64, I64]:
    """Where aligned pairs differ, and the span of each larger statement that is covered.

    Before the first equal run as many words of the larger statement are covered as the smaller
    has there, and so after the last.
    """
    pair = runs.pair
    is_first = np.ones(len(pair), np.bool_)
    is_first[1:] = pair[1:] != pair[:-1]
    is_last = np.append(is_first[1:], len(pair) > 0)[: len(pair)]
    i_end, j_end = runs.i + runs.size, runs.j + runs.size
    size_small, size_large = words.size[small], words.size[large]
    head_i, head_j, tail_i, tail_j = runs.i[is_first], runs.j[is_first], i_end[is_last], j_end[is_last]
    start = np.maximum(head_j - head_i, 0)
    end = np.minimum(tail_j + size_small - tail_i, size_large)
    base_i, base_j = words.first[small], words.first[large]
    start -= _longer_edge(
        words, base_i, base_i + head_i, base_j + start, base_j + head_j, base_j + start - 1, start > 0
    )
    end += _longer_edge(
        words,
        base_i + tail_i,
        base_i + size_small,
        base_j + tail_j,
        base_j + end,
        base_j + end,
        end < size_large,
    )
    before_i, before_j = np.roll(i_end, 1), np.roll(j_end, 1)
    before_i[is_first], before_j[is_first] = 0, start
    of = np.concatenate((pair, np.arange(len(small))))
    i0, i1 = np.concatenate((before_i, tail_i)), np.concatenate((runs.i, size_small))
    j0, j1 = np.concatenate((before_j, tail_j)), np.concatenate((runs.j, end))
    some = (i1 > i0) | (j1 > j0)
    of, i0, i1, j0, j1 = of[some], i0[some], i1[some], j0[some], j1[some]
    i_edge, j_edge = np.minimum(i1 + 1, size_small[of]), np.minimum(j1 + 1, size_large[of])
    ours, theirs = base_i[of], base_j[of]
    return (
        Stretches(of, ours + i0, ours + i1, theirs + j0, theirs + j1, ours + i_edge, theirs + j_edge),
        start,
        end,
    )


def _longer_edge(words: ChunkWords, i0: I64, i1: I64, j0: I64, j1: I64, extra: I64, there: Bools) -> I64:
    """1 where the smaller statement writes together, at its edge, what the larger writes apart.

    Words i0..i1 stand at the edge for j0..j1; `extra` is the word beyond, if it is `there`.
    """
    result = np.zeros(len(i0), np.int64)
    rows = np.flatnonzero(there & (i1 > i0) & (i1 - i0 <= 2))
    ours, with_it, without = [], [], []
    for row in rows.tolist():
        low, high, more = int(j0[row]), int(j1[row]), int(extra[row])
        ours.append(words.text(int(i0[row]), int(i1[row])))
        without.append(words.text(low, high))
        with_it.append(words.text(min(low, more), max(high, more + 1)))
    longer = verify.ratios(ours, with_it)
    result[rows[(longer >= RUN_TOGETHER) & (longer > verify.ratios(ours, without))]] = 1
    return result
