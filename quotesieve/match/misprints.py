"""Words that are one another's misprint, where two aligned statements differ.

Letters lost, doubled, turned or misread; words written together. A number is never a misprint of
another, a name only by one letter or so, a negation only with the same letters or where it is a
misprint that is no other word ("n0t").
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match import verify
from quotesieve.match.chunk import ChunkWords, Rows, Stretches
from quotesieve.match.fingerprints import NEGATIVE, NUMERIC
from quotesieve.match.guards import opposed, same_name, same_negation
from quotesieve.match.normalise import I64, Bools, running
from quotesieve.match.vocabulary import NAME, PLAIN

F64 = npt.NDArray[np.float64]

MISPRINT = 70.0  # ratio of two words at which the one is the other misprinted
RUN_TOGETHER = 85.0  # the same of several words written together
TURNED = 90.0  # what two words with the same letters in another order count, at least
MAX_STRETCH = 8  # words on a side up to which misprints are looked for


@dataclass(frozen=True, slots=True)
class Softened:
    """What is a misprint: rows of each side that have a counterpart, and the weight lost by it."""

    small: Bools
    large: Bools
    lost: F64  # a stretch, both sides
    lost_words: F64
    opposed: I64  # stretches with a word and its opposite


def soften(words: ChunkWords, stretches: Stretches, small: Rows, large: Rows) -> Softened:
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
    return Softened(ours, theirs, lost, lost_words, against)


def _first_of(values: I64) -> I64:
    """Indexes of the first occurrence of each value, in order."""
    return np.sort(np.unique(values, return_index=True)[1])


def _row_pairs(stretches: Stretches, small: Rows, large: Rows, done: Bools) -> tuple[I64, I64]:
    """Every word of the one side with every word of the other, in stretches that are not too long."""
    many_i, many_j = stretches.i1 - stretches.i0, stretches.j1 - stretches.j0
    fit = (many_i <= MAX_STRETCH) & (many_j <= MAX_STRETCH) & (many_j > 0)
    first_j = running(many_j)
    left = np.flatnonzero(fit[small.stretch] & ~done)
    stretch = small.stretch[left]
    count = many_j[stretch]
    before = running(count)
    right = np.repeat(first_j[stretch] - before[:-1], count) + np.arange(before[-1])
    return np.repeat(left, count), right


def _likeness(words: ChunkWords, left: I64, right: I64) -> tuple[F64, Bools]:
    """0-1 for each two words, 0 unless one may be the other misprinted; and whether they are opposed."""
    pair = (words.numbers[left] << 32) | words.numbers[right]
    distinct, inverse = np.unique(pair, return_inverse=True)
    lefts = [words.words[number] for number in (distinct >> 32).tolist()]
    rights = [words.words[number] for number in (distinct & 0xFFFFFFFF).tolist()]
    ratio = verify.ratios(lefts, rights)
    traits_left, traits_right = words.traits[left], words.traits[right]
    either = traits_left | traits_right
    named = ((either & NAME) > 0) & ((either & PLAIN) == 0)
    negative = (either & NEGATIVE) > 0
    near = ratio >= 50
    plain, against = _as_words(lefts, rights, ratio, np.flatnonzero(near))
    name, negation = np.zeros(len(ratio)), np.zeros(len(ratio), np.bool_)
    for at in np.flatnonzero(near & _some(inverse[named], len(ratio))).tolist():
        if same_name(lefts[at], rights[at]):
            name[at] = plain[at]
    for at in np.flatnonzero(near & _some(inverse[negative], len(ratio))).tolist():
        one, other = lefts[at], rights[at]
        negation[at] = same_negation(one, other) or same_negation(other, one)
    equal = ratio == 100
    name[equal] = 100
    likeness = np.where(named, name[inverse], plain[inverse])
    likeness[((either & NUMERIC) > 0) & ~equal[inverse]] = 0
    misprinted = negative & negation[inverse] & ((either & NAME) == 0)
    misprinted &= (traits_left & traits_right & NEGATIVE) == 0
    likeness[negative & (likeness < TURNED)] = 0
    likeness[misprinted] = np.maximum(likeness[misprinted], TURNED)
    return likeness / 100, against[inverse]


def _as_words(left: list[str], right: list[str], ratio: F64, near: I64) -> tuple[F64, Bools]:
    """What pairs of words that are no names count as misprints, 0-100, and which are opposed."""
    plain, against = np.where(ratio >= MISPRINT, ratio, 0.0), np.zeros(len(ratio), np.bool_)
    for at in near.tolist():
        one, other = left[at], right[at]
        if len(one) != len(other):
            if opposed(one, other):
                plain[at], against[at] = 0.0, True
        elif len(one) > 2 and sorted(one) == sorted(other):
            plain[at] = max(plain[at], TURNED)
    return plain, against


def _some(at: I64, count: int) -> Bools:
    """True at some places of so many."""
    found = np.zeros(count, np.bool_)
    found[at] = True
    return found


def _written_together(words: ChunkWords, stretches: Stretches) -> tuple[I64, F64]:
    """Stretches where the one side writes together what the other writes apart, and how alike they are.

    Not where that touches a number, a name or a negation, unless the letters are the same.
    """
    many_i, many_j = stretches.i1 - stretches.i0, stretches.j1 - stretches.j0
    candidates = np.flatnonzero((many_i > 0) & (many_j > 0) & (many_i != many_j) & (many_i + many_j <= 5))
    ours, theirs, noteworthy = [], [], []
    for at in candidates.tolist():
        i0, i1, j0, j1 = (
            int(column[at]) for column in (stretches.i0, stretches.i1, stretches.j0, stretches.j1)
        )
        ours.append(words.text(i0, i1))
        theirs.append(words.text(j0, j1))
        traits = np.bitwise_or.reduce(words.traits[i0:i1]) | np.bitwise_or.reduce(words.traits[j0:j1])
        noteworthy.append(bool(traits & (NUMERIC | NAME | NEGATIVE)))
    ratio = verify.ratios(ours, theirs)
    fine = ratio >= np.where(np.array(noteworthy, np.bool_), 100.0, RUN_TOGETHER)
    return candidates[fine], ratio[fine] / 100
