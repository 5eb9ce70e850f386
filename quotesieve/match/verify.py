"""How alike two statements are, and what the one is to the other. The only user of rapidfuzz.

Statements become strings of one character a word, so that rapidfuzz aligns words. A pair is
aligned by its longest common subsequence of words (bit-parallel: Hyyrö 2004, as rapidfuzz has it).
What differs is then looked at: words that are one another's misprint count as nearly equal; words
in [brackets] and what an ellipsis left out count as nothing; another number or name in the same
place, or a negation on one side alone, forbids the link.

Thousands of pairs go through each step together; a stretch is a place where an aligned pair
differs: words i0..i1 of the smaller statement stand for words j0..j1 of the larger.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from rapidfuzz.distance import LCSseq

from quotesieve.match.candidates import I32, Pairs
from quotesieve.match.guards import opposed, same_name
from quotesieve.match.normalise import BRACKETED, GAP, I64, U8, Bools
from quotesieve.match.statements import NEGATIVE, NUMERIC, Statements
from quotesieve.match.vocabulary import NAME, PLAIN

F64 = npt.NDArray[np.float64]
I8 = npt.NDArray[np.int8]

MISPRINT = 70.0  # rapidfuzz ratio of two words at which the one is the other misprinted
RUN_TOGETHER = 85.0  # the same of several words written together
TURNED = 90.0  # what two words with the same letters in another order count, at least
MIN_SHARED = 0.5  # of the words of the smaller statement, in order; pairs below are not looked at
SLACK_WORDS, SLACK_SHARE = 2, 0.25  # how far around its place the smaller statement is looked for
MAX_STRETCH = 8  # words on a side up to which misprints are looked for

NO_REASON, NEGATION_DIFFERS, NUMBER_DIFFERS, NAME_DIFFERS = range(4)

_CHUNK = 40_000  # pairs whose words are in memory together
_POINTS = 1_100_000


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs that share enough words, and what was found. `small` is the one of fewer words.

    `score` is 0-100 over the stretch of the larger statement that the smaller one covers, `whole`
    the same with what lies outside that stretch counted as lost. `poorer` is -1 where the smaller
    lacks a number or a name that the larger has, 1 in the reverse case, 0 where neither lacks any.
    """

    small: I32
    large: I32
    score: F64
    whole: F64
    start: I32  # the stretch, in words of the larger statement
    end: I32
    reason: I8
    poorer: I8

    def __len__(self) -> int:
        return len(self.small)

    @classmethod
    def none(cls) -> "Judged":
        """No pairs."""
        return cls(**{name: np.empty(0, kind) for name, kind in _JUDGED.items()})


def judge(statements: Statements, pairs: Pairs) -> Judged:
    """Align and weigh all pairs that share enough words."""
    placed = _place(statements, pairs)
    parts = [
        _judge_chunk(statements, _take(placed, slice(begin, begin + _CHUNK)))
        for begin in range(0, len(pairs), _CHUNK)
    ]
    if not parts:
        return Judged.none()
    return Judged(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in _JUDGED})


_JUDGED: dict[str, type] = {
    "small": np.int32,
    "large": np.int32,
    "score": np.float64,
    "whole": np.float64,
    "start": np.int32,
    "end": np.int32,
    "reason": np.int8,
    "poorer": np.int8,
}


@dataclass(frozen=True, slots=True)
class _Placed:
    """Pairs with the smaller statement first, and where in the larger one to look for it."""

    small: I64
    large: I64
    low: I64
    high: I64


def _take(placed: _Placed, which: slice | Bools | I64) -> _Placed:
    return _Placed(placed.small[which], placed.large[which], placed.low[which], placed.high[which])


def _place(statements: Statements, pairs: Pairs) -> _Placed:
    """Order each pair by size, then by content, and find the window by the runs they share."""
    left, right = pairs.left.astype(np.int64), pairs.right.astype(np.int64)
    size = np.diff(statements.first)
    swap = (size[left] > size[right]) | (
        (size[left] == size[right]) & (statements.content[left] > statements.content[right])
    )
    small, large = np.where(swap, right, left), np.where(swap, left, right)
    low = np.where(swap, -pairs.high, pairs.low).astype(np.int64)
    high = np.where(swap, -pairs.low, pairs.high).astype(np.int64)
    slack = SLACK_WORDS + (SLACK_SHARE * size[small]).astype(np.int64)
    low = np.clip(low - slack, 0, size[large])
    high = np.clip(high + size[small] + slack, 0, size[large])
    return _Placed(small, large, np.minimum(low, high), high)


class _Words:
    """The words of the statements of a chunk, and running sums of what is counted of them."""

    def __init__(self, statements: Statements, placed: _Placed) -> None:
        units, inverse = np.unique(np.concatenate((placed.small, placed.large)), return_inverse=True)
        count = np.diff(statements.first)[units]
        first = np.zeros(len(units) + 1, np.int64)
        np.cumsum(count, out=first[1:])
        at = np.repeat(statements.first[units] - first[:-1], count) + np.arange(first[-1])
        self.small = inverse[: len(placed.small)]
        self.large = inverse[len(placed.small) :]
        self.first = first
        self.size = count
        self.numbers = statements.numbers[at].astype(np.int64)
        self.traits: U8 = statements.traits[at]
        arrays = statements.vocabulary.arrays()
        self.weights = arrays.letters[self.numbers].astype(np.int64) + 1
        self.words = statements.vocabulary.words
        # A word's character follows from the word alone; two of a million share one.
        points = (arrays.hashes % np.uint64(_POINTS)).astype(np.uint32) + np.uint32(0x100)
        points[points >= 0xD800] += np.uint32(0x800)
        self.code = points[self.numbers].astype("<u4").tobytes().decode("utf-32-le")
        self.weight_sum = _running(self.weights)
        self.magnitudes = arrays.magnitudes[self.numbers]
        self.figures = arrays.figures[self.numbers]

    def count(self, trait: int) -> I64:
        """A running count of the words with any of the traits."""
        return _running((self.traits & trait) > 0)


def _running(values: npt.NDArray[Any]) -> I64:
    result = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=result[1:])
    return result


def _between(running: I64, start: I64, end: I64) -> I64:
    """What a running sum grows by from start to end."""
    return running[end] - running[start]


def _judge_chunk(statements: Statements, placed: _Placed) -> Judged:
    words = _Words(statements, placed)
    blocks, kept = _blocks(words, placed)
    small, large = words.small[kept], words.large[kept]
    stretches, start, end = _stretches(blocks, words, small, large)
    cost = _costs(words, stretches)
    pairs = len(kept)

    def total(values: npt.NDArray[Any]) -> F64:
        return np.bincount(stretches.pair, weights=values, minlength=pairs).astype(np.float64)

    covered = words.weight_sum[words.first[large] + end] - words.weight_sum[words.first[large] + start]
    whole_large = words.weight_sum[words.first[large + 1]] - words.weight_sum[words.first[large]]
    own = words.weight_sum[words.first[small + 1]] - words.weight_sum[words.first[small]]
    by_letter = _shares(total(cost.lost), own + covered - total(cost.free), whole_large - covered)
    sizes = words.size[small] + (end - start) - total(cost.free_words)
    by_word = _shares(total(cost.lost_words), sizes, words.size[large] - (end - start))
    special = words.count(NUMERIC | NAME)
    beyond = _between(special, words.first[large], words.first[large + 1]) - _between(
        special, words.first[large] + start, words.first[large] + end
    )
    lacking = total(cost.special_small) - total(cost.special_large) - beyond
    lacking[(lacking == 0) & (total(cost.special_small) > 0)] = -1
    reason = np.zeros(pairs, np.int8)
    for code in (NAME_DIFFERS, NUMBER_DIFFERS, NEGATION_DIFFERS):  # the last written wins
        reason[stretches.pair[cost.reason == code]] = code
    return Judged(
        placed.small[kept].astype(np.int32),
        placed.large[kept].astype(np.int32),
        np.maximum(by_letter[0], by_word[0]),
        np.maximum(by_letter[1], by_word[1]),
        start.astype(np.int32),
        end.astype(np.int32),
        reason,
        np.sign(lacking).astype(np.int8),
    )


def _shares(lost: F64, total: F64, outside: F64) -> tuple[F64, F64]:
    """Percent not lost of the total, and of the total with what lies outside."""
    some: F64 = np.maximum(total, 1.0)
    return 100 * (1 - lost / some), 100 * (1 - (lost + outside) / (some + outside))


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Equal runs of words: `size` words at `i` of the smaller and at `j` of the larger statement."""

    pair: I64
    i: I64
    j: I64
    size: I64


def _blocks(words: _Words, placed: _Placed) -> tuple[_Blocks, I64]:
    """The aligned runs of the pairs that share enough words, and which pairs those are."""
    code = words.code
    begin = words.first[words.small]
    offset = words.first[words.large]
    size = words.size[words.small]
    smalls = [code[a:b] for a, b in zip(begin.tolist(), (begin + size).tolist(), strict=True)]
    larges = [
        code[a:b]
        for a, b in zip((offset + placed.low).tolist(), (offset + placed.high).tolist(), strict=True)
    ]
    shared = process.cpdist(smalls, larges, scorer=LCSseq.similarity, dtype=np.int32, workers=-1)
    kept = np.flatnonzero(shared >= np.maximum(MIN_SHARED * size, 1))
    flat: list[int] = []
    for row, pair in enumerate(kept.tolist()):
        for i, j, length in runs(smalls[pair], larges[pair]):
            flat += (row, i, j, length)
    table = np.array(flat, np.int64).reshape(-1, 4)
    number = table[:, 0]
    return _Blocks(number, table[:, 1], table[:, 2] + placed.low[kept][number], table[:, 3]), kept


def runs(small: str, large: str) -> list[tuple[int, int, int]]:
    """(i, j, length) of the equal runs of two aligned strings.

    What stands whole in the other is taken as it stands: a common subsequence may pick its first
    word further ahead. So may that of an edited one: a first or last run that is shorter than
    the words skipped beside it is left out.
    """
    at = large.find(small)
    if at >= 0:
        return [(0, at, len(small))]
    found = [(block.a, block.b, block.size) for block in LCSseq.editops(small, large).as_matching_blocks()]
    del found[-1]  # the end mark
    while len(found) > 1 and _strays(found[0], found[1]):
        del found[0]
    while len(found) > 1 and _strays(found[-1], found[-2]):
        del found[-1]
    return found


def alike(left: str, right: str) -> float:
    """How alike two strings are, 0-100 (normalised insertions and deletions)."""
    return fuzz.ratio(left, right)


def _strays(outer: tuple[int, int, int], inner: tuple[int, int, int]) -> bool:
    first, second = (outer, inner) if outer < inner else (inner, outer)
    skipped = second[1] - first[1] - first[2]
    return skipped > 2 * outer[2] + (second[0] - first[0] - first[2])


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Where aligned pairs differ; places count in the words of the chunk."""

    pair: I64
    i0: I64
    i1: I64
    j0: I64
    j1: I64
    i_edge: I64  # one further than i1, if the statement is: an ellipsis stands before a word
    j_edge: I64

    def __len__(self) -> int:
        return len(self.pair)


def _stretches(blocks: _Blocks, words: _Words, small: I64, large: I64) -> tuple[_Stretches, I64, I64]:
    """The stretches of the pairs, and the span of each larger statement that is covered.

    Before the first equal run as many words of the larger statement are covered as the smaller
    has there, and so after the last.
    """
    pair = blocks.pair
    is_first = np.ones(len(pair), np.bool_)
    is_first[1:] = pair[1:] != pair[:-1]
    is_last = np.append(is_first[1:], True) if len(pair) else is_first
    i_end, j_end = blocks.i + blocks.size, blocks.j + blocks.size
    start = np.maximum(blocks.j[is_first] - blocks.i[is_first], 0)
    size_small, size_large = words.size[small], words.size[large]
    end = np.minimum(j_end[is_last] + size_small - i_end[is_last], size_large)
    before_i, before_j = np.roll(i_end, 1), np.roll(j_end, 1)
    before_i[is_first], before_j[is_first] = 0, start
    rows = [
        np.concatenate((before, at_last[is_last]))
        for before, at_last in ((pair, pair), (before_i, i_end), (before_j, j_end))
    ]
    ends_i = np.concatenate((blocks.i, size_small))
    ends_j = np.concatenate((blocks.j, end))
    some = (ends_i > rows[1]) | (ends_j > rows[2])
    of, i0, j0, i1, j1 = rows[0][some], rows[1][some], rows[2][some], ends_i[some], ends_j[some]
    base_i, base_j = words.first[small][of], words.first[large][of]
    return (
        _Stretches(
            of,
            base_i + i0,
            base_i + i1,
            base_j + j0,
            base_j + j1,
            base_i + np.minimum(i1 + 1, size_small[of]),
            base_j + np.minimum(j1 + 1, size_large[of]),
        ),
        start,
        end,
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Words in stretches on one side: the stretch and the place of each."""

    stretch: I64
    place: I64

    @classmethod
    def between(cls, start: I64, end: I64) -> "_Rows":
        """All words from start to before end of each stretch."""
        count = end - start
        before = _running(count)
        stretch = np.repeat(np.arange(len(start)), count)
        return cls(stretch, np.arange(before[-1]) + np.repeat(start - before[:-1], count))

    def where(self, which: Bools | I64) -> "_Rows":
        """Some of the rows."""
        return _Rows(self.stretch[which], self.place[which])


@dataclass(frozen=True, slots=True)
class _Costs:
    """What each stretch adds to its pair."""

    lost: F64  # weight without a counterpart, of both sides
    lost_words: F64
    free: F64  # weight of no account: what an ellipsis left out, what brackets explain
    free_words: F64
    special_small: F64  # numbers and names without a counterpart
    special_large: F64
    reason: I8


def _costs(words: _Words, stretches: _Stretches) -> _Costs:
    count = len(stretches)
    small = _Rows.between(stretches.i0, stretches.i1)
    large = _Rows.between(stretches.j0, stretches.j1)
    softened = _soften(words, stretches, small, large)
    small, large = small.where(~softened.small), large.where(~softened.large)
    free_small, free_large = _freed(words, stretches, small, large)
    reason = _reasons(
        words, count, small.where(~free_small[small.stretch]), large.where(~free_large[large.stretch])
    )
    reason[softened.opposed] = NEGATION_DIFFERS

    def tally(rows: _Rows, free: Bools, values: npt.NDArray[Any]) -> tuple[F64, F64]:
        all_ = np.bincount(rows.stretch, weights=values[rows.place], minlength=count)
        return np.where(free, 0, all_), np.where(free, all_, 0)

    ones = np.ones(len(words.traits), np.int64)
    special = ((words.traits & (NUMERIC | NAME)) > 0).astype(np.int64)
    weights = [tally(small, free_small, words.weights), tally(large, free_large, words.weights)]
    numbers = [tally(small, free_small, ones), tally(large, free_large, ones)]
    return _Costs(
        weights[0][0] + weights[1][0] + softened.lost,
        numbers[0][0] + numbers[1][0] + softened.lost_words,
        weights[0][1] + weights[1][1],
        numbers[0][1] + numbers[1][1],
        tally(small, free_small, special)[0],
        tally(large, free_large, special)[0],
        reason,
    )


def _freed(words: _Words, stretches: _Stretches, small: _Rows, large: _Rows) -> tuple[Bools, Bools]:
    """Stretches whose words on the one and on the other side are of no account.

    An ellipsis of the one statement excuses what the other has more there; words in brackets
    stand for whatever the other has.
    """
    count = len(stretches)

    def any_of(rows: _Rows, trait: int) -> Bools:
        found = np.zeros(count, np.bool_)
        found[rows.stretch[(words.traits[rows.place] & trait) > 0]] = True
        return found

    if not (words.traits & (GAP | BRACKETED)).any():
        none = np.zeros(count, np.bool_)
        return none, none
    bracketed = any_of(small, BRACKETED) | any_of(large, BRACKETED)
    gap_small = any_of(_Rows.between(stretches.i0, stretches.i_edge), GAP)
    gap_large = any_of(_Rows.between(stretches.j0, stretches.j_edge), GAP)
    return bracketed | gap_large, bracketed | gap_small


def _reasons(words: _Words, count: int, small: _Rows, large: _Rows) -> I8:
    """Why the words left on the two sides of each stretch cannot stand for one another.

    A name counts against a name, and against what may be one: the first word of a sentence, any
    word of a statement that is all in one case.
    """
    reason = np.zeros(count, np.int8)

    def tally(rows: _Rows, mask: Bools) -> I64:
        return np.bincount(rows.stretch[mask[rows.place]], minlength=count)

    traits = words.traits
    name = (traits & NAME) > 0
    maybe = (traits & (PLAIN | NUMERIC)) == 0
    names, others = (tally(small, name), tally(large, name)), (tally(small, maybe), tally(large, maybe))
    reason[((names[0] > 0) & (others[1] > 0)) | ((names[1] > 0) & (others[0] > 0))] = NAME_DIFFERS
    numeric = (traits & NUMERIC) > 0
    sides = []
    for rows in (small, large):
        own = rows.where(numeric[rows.place])
        figures = words.figures[own.place]
        sides.append(
            (
                np.bincount(own.stretch, minlength=count),
                np.bincount(own.stretch, weights=figures, minlength=count),
                np.bincount(own.stretch, weights=words.magnitudes[own.place], minlength=count),
            )
        )
    (some, figures, size), (some_other, figures_other, size_other) = sides
    same = (figures <= 1) & (figures_other <= 1) & (np.abs(size - size_other) < 1e-9)
    reason[(some > 0) & (some_other > 0) & ~same] = NUMBER_DIFFERS
    negative = (traits & NEGATIVE) > 0
    reason[tally(small, negative) != tally(large, negative)] = NEGATION_DIFFERS
    return reason


@dataclass(frozen=True, slots=True)
class _Softened:
    """What is a misprint: rows of each side that have a counterpart, and the weight lost by it."""

    small: Bools
    large: Bools
    lost: F64  # a stretch, both sides
    lost_words: F64
    opposed: I64  # stretches with a word and its opposite


def _soften(words: _Words, stretches: _Stretches, small: _Rows, large: _Rows) -> _Softened:
    """Find the words of each stretch that are one another misprinted, or written together."""
    count = len(stretches)
    ours, theirs = np.zeros(len(small.place), np.bool_), np.zeros(len(large.place), np.bool_)
    lost, lost_words = np.zeros(count), np.zeros(count)
    together, share = _written_together(words, stretches)
    for found, part in zip(together.tolist(), share.tolist(), strict=True):
        weight = words.weight_sum[stretches.i1[found]] - words.weight_sum[stretches.i0[found]]
        lost[found] = 2 * (1 - part) * weight
        lost_words[found] = 2 * (1 - part) * (stretches.i1[found] - stretches.i0[found])
    ours |= np.isin(small.stretch, together)
    theirs |= np.isin(large.stretch, together)
    left, right = _row_pairs(stretches, small, large, ours)
    likeness, opposed = _likeness(words, small.place[left], large.place[right])
    against = np.unique(small.stretch[left[opposed]])
    alike = np.flatnonzero(likeness)
    alike = alike[np.lexsort((right[alike], left[alike], -likeness[alike]))]
    alike = alike[_first_of(left[alike])]
    alike = alike[_first_of(right[alike])]
    ours[left[alike]] = theirs[right[alike]] = True
    stretch = small.stretch[left[alike]]
    less = 1 - likeness[alike]
    weight = words.weights[small.place[left[alike]]] + words.weights[large.place[right[alike]]]
    lost += np.bincount(stretch, weights=less * weight, minlength=count)
    lost_words += np.bincount(stretch, weights=2 * less, minlength=count)
    return _Softened(ours, theirs, lost, lost_words, against)


def _first_of(values: I64) -> I64:
    """Indexes of the first occurrence of each value, in order."""
    return np.sort(np.unique(values, return_index=True)[1])


def _row_pairs(stretches: _Stretches, small: _Rows, large: _Rows, done: Bools) -> tuple[I64, I64]:
    """Every word of the one side with every word of the other, in stretches that are not too long."""
    many_i, many_j = stretches.i1 - stretches.i0, stretches.j1 - stretches.j0
    fit = (many_i <= MAX_STRETCH) & (many_j <= MAX_STRETCH) & (many_j > 0)
    first_j = _running(many_j)
    left = np.flatnonzero(fit[small.stretch] & ~done)
    stretch = small.stretch[left]
    count = many_j[stretch]
    before = _running(count)
    right = np.repeat(first_j[stretch] - before[:-1], count) + np.arange(before[-1])
    return np.repeat(left, count), right


def _likeness(words: _Words, left: I64, right: I64) -> tuple[F64, Bools]:
    """0-1 for each two words, 0 unless one may be the other misprinted; and whether they are opposed."""
    pair = (words.numbers[left] << 32) | words.numbers[right]
    distinct, inverse = np.unique(pair, return_inverse=True)
    lefts = [words.words[number] for number in (distinct >> 32).tolist()]
    rights = [words.words[number] for number in (distinct & 0xFFFFFFFF).tolist()]
    ratio = process.cpdist(lefts, rights, scorer=fuzz.ratio, dtype=np.float64) if lefts else np.empty(0)
    plain = np.where(ratio >= MISPRINT, ratio, 0.0)
    name = np.zeros(len(ratio))
    against = np.zeros(len(ratio), np.bool_)
    for at in np.flatnonzero(ratio >= 50).tolist():
        one, other = lefts[at], rights[at]
        if len(one) == len(other) > 2 and sorted(one) == sorted(other):
            plain[at] = max(plain[at], TURNED)
        if opposed(one, other):
            plain[at], against[at] = 0.0, True
        elif same_name(one, other):
            name[at] = plain[at]
    equal = ratio == 100
    name[equal] = 100
    traits_left, traits_right = words.traits[left], words.traits[right]
    either = traits_left | traits_right
    named = ((either & NAME) > 0) & ((either & PLAIN) == 0)
    likeness = np.where(named, name[inverse], plain[inverse])
    likeness[((either & NUMERIC) > 0) & ~equal[inverse]] = 0
    likeness[((either & NEGATIVE) > 0) & (likeness < TURNED)] = 0
    return likeness / 100, against[inverse]


def _written_together(words: _Words, stretches: _Stretches) -> tuple[I64, F64]:
    """Stretches where the one side writes together what the other writes apart, and how alike they are.

    Not where that touches a number, a name or a negation, unless the letters are the same.
    """
    many_i, many_j = stretches.i1 - stretches.i0, stretches.j1 - stretches.j0
    candidates = np.flatnonzero((many_i > 0) & (many_j > 0) & (many_i != many_j) & (many_i + many_j <= 5))
    texts: list[tuple[str, str]] = []
    noteworthy = []
    for at in candidates.tolist():
        i, j = slice(stretches.i0[at], stretches.i1[at]), slice(stretches.j0[at], stretches.j1[at])
        texts.append(
            (
                "".join(words.words[n] for n in words.numbers[i].tolist()),
                "".join(words.words[n] for n in words.numbers[j].tolist()),
            )
        )
        traits = np.bitwise_or.reduce(words.traits[i]) | np.bitwise_or.reduce(words.traits[j])
        noteworthy.append(bool(traits & (NUMERIC | NAME | NEGATIVE)))
    if not texts:
        return candidates, np.empty(0)
    ratio = process.cpdist([a for a, _ in texts], [b for _, b in texts], scorer=fuzz.ratio, dtype=np.float64)
    fine = ratio >= np.where(noteworthy, 100.0, RUN_TOGETHER)
    return candidates[fine], ratio[fine] / 100
