"""What the differences of aligned statements weigh, and which of them forbid a link.

A stretch is a place where an aligned pair differs. What an ellipsis left out and what stands in
[brackets] counts as nothing, misprints (`misprints`) for nearly nothing; another number or name
in the same place, or a negation on one side alone, forbids the link. Another modal verb ("must",
"should") does not, but is told. All stretches of a chunk go through each step together.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from quotesieve.match.chunk import ChunkWords, Rows, Stretches
from quotesieve.match.fingerprints import NEGATIVE, NUMERIC
from quotesieve.match.misprints import soften
from quotesieve.match.normalise import BRACKETED, GAP, I64, Bools
from quotesieve.match.vocabulary import NAME, PLAIN

F64 = npt.NDArray[np.float64]
I8 = npt.NDArray[np.int8]

TELLING = NUMERIC | NAME | NEGATIVE  # traits of words that tell a statement from its variants

NO_REASON, NAME_DIFFERS, NUMBER_DIFFERS, NEGATION_DIFFERS = range(4)


@dataclass(frozen=True, slots=True)
class Costs:
    """What each stretch adds to its pair."""

    lost: F64  # weight without a counterpart, of both sides
    lost_words: F64
    free: F64  # weight of no account: what an ellipsis left out, what brackets explain
    free_words: F64
    telling_small: F64  # numbers, names and negations without a counterpart
    telling_large: F64
    reason: I8
    modal: Bools  # another modal verb stands in the same place


def weigh(words: ChunkWords, stretches: Stretches) -> Costs:
    """Weigh every stretch."""
    count = len(stretches)
    small = Rows.between(stretches.i0, stretches.i1)
    large = Rows.between(stretches.j0, stretches.j1)
    modal = _other_modals(words, count, small, large)
    softened = soften(words, stretches, small, large)
    small, large = small.where(~softened.small), large.where(~softened.large)
    small, large, other = _compare_numbers(words, count, small, large)
    free_small, free_large = _freed(words, stretches, small, large)
    reason = _reasons(
        words, count, small.where(~free_small[small.stretch]), large.where(~free_large[large.stretch])
    )
    free = free_small & free_large
    reason[other & ~free & (reason != NEGATION_DIFFERS)] = NUMBER_DIFFERS
    reason[softened.opposed] = NEGATION_DIFFERS

    def tally(rows: Rows, free: Bools, values: npt.NDArray[Any]) -> tuple[F64, F64]:
        all_ = np.bincount(rows.stretch, weights=values[rows.place], minlength=count)
        return np.where(free, 0, all_), np.where(free, all_, 0)

    ones = np.ones(len(words.traits), np.int64)
    # What an ellipsis left out is lacking all the same: it may have been another number.
    telling = ((words.traits & TELLING) > 0) & ((words.traits & BRACKETED) == 0)
    unsure = _perhaps_names(words, count, small, large)
    weights = [tally(small, free_small, words.weights), tally(large, free_large, words.weights)]
    numbers = [tally(small, free_small, ones), tally(large, free_large, ones)]
    return Costs(
        weights[0][0] + weights[1][0] + softened.lost,
        numbers[0][0] + numbers[1][0] + softened.lost_words,
        weights[0][1] + weights[1][1],
        numbers[0][1] + numbers[1][1],
        np.bincount(small.stretch, weights=telling[small.place], minlength=count) + unsure,
        np.bincount(large.stretch, weights=telling[large.place], minlength=count) + unsure,
        reason,
        modal & ~free,
    )


def _other_modals(words: ChunkWords, count: int, small: Rows, large: Rows) -> Bools:
    """Stretches with a modal verb on both sides that say nothing alike. A name is none ("in May")."""
    sides = []
    for rows in (small, large):
        own = np.zeros(count, np.uint8)
        modal = np.where((words.traits[rows.place] & NAME) > 0, 0, words.modalities[rows.place])
        some = np.flatnonzero(modal)
        np.bitwise_or.at(own, rows.stretch[some], modal[some].astype(np.uint8))
        sides.append(own)
    found: Bools = (sides[0] > 0) & (sides[1] > 0) & ((sides[0] & sides[1]) == 0)
    return found


def _perhaps_names(words: ChunkWords, count: int, small: Rows, large: Rows) -> F64:
    """1 for stretches where both sides have a word that may be a name: two statements all in one case may
    name two people, and must not tie what is known of either."""
    maybe = (words.traits & (PLAIN | NUMERIC | NAME | BRACKETED)) == 0
    sides = [np.bincount(rows.stretch[maybe[rows.place]], minlength=count) > 0 for rows in (small, large)]
    found: F64 = (sides[0] & sides[1]).astype(np.float64)
    return found


def _freed(words: ChunkWords, stretches: Stretches, small: Rows, large: Rows) -> tuple[Bools, Bools]:
    """Stretches whose words on the one and on the other side are of no account.

    An ellipsis of the one statement excuses what the other has more there; words in brackets
    stand for whatever the other has.
    """
    count = len(stretches)

    def any_of(rows: Rows, trait: int) -> Bools:
        found = np.zeros(count, np.bool_)
        found[rows.stretch[(words.traits[rows.place] & trait) > 0]] = True
        return found

    if not (words.traits & (GAP | BRACKETED)).any():
        none = np.zeros(count, np.bool_)
        return none, none
    bracketed = any_of(small, BRACKETED) | any_of(large, BRACKETED)
    gap_small = any_of(Rows.between(stretches.i0, stretches.i_edge), GAP)
    gap_large = any_of(Rows.between(stretches.j0, stretches.j_edge), GAP)
    return bracketed | gap_large, bracketed | gap_small


def _reasons(words: ChunkWords, count: int, small: Rows, large: Rows) -> I8:
    """Why the words left on the two sides of each stretch cannot stand for one another.

    A name counts against a name, and against what may be one: the first word of a sentence, any
    word of a statement that is all in one case.
    """
    reason = np.zeros(count, np.int8)

    def tally(rows: Rows, mask: Bools) -> I64:
        return np.bincount(rows.stretch[mask[rows.place]], minlength=count)

    traits = words.traits
    name = (traits & NAME) > 0
    maybe = (traits & (PLAIN | NUMERIC)) == 0
    names, others = (tally(small, name), tally(large, name)), (tally(small, maybe), tally(large, maybe))
    reason[((names[0] > 0) & (others[1] > 0)) | ((names[1] > 0) & (others[0] > 0))] = NAME_DIFFERS
    negative = (traits & NEGATIVE) > 0
    reason[tally(small, negative) != tally(large, negative)] = NEGATION_DIFFERS
    return reason


def _compare_numbers(words: ChunkWords, count: int, small: Rows, large: Rows) -> tuple[Rows, Rows, Bools]:
    """The rows without numbers that say the same on both sides, and the stretches where they don't.

    Equal figures have found one another before. What is left on a side is read as one number if
    it has one figure at most ("1.2", "million"), and as several otherwise.
    """
    sides = []
    for rows in (small, large):
        own = rows.where((words.traits[rows.place] & NUMERIC) > 0)
        sides.append(
            [
                np.bincount(own.stretch, weights=values, minlength=count)
                for values in (None, words.figures[own.place], words.magnitudes[own.place])
            ]
        )
    (some, figures, size), (some_other, figures_other, size_other) = sides
    both = (some > 0) & (some_other > 0)
    same = both & (figures <= 1) & (figures_other <= 1) & (np.abs(size - size_other) < 1e-9)
    same &= (figures > 0) | (size != 0)  # two signs of currencies say nothing that could be equal
    left = [
        rows.where(((words.traits[rows.place] & NUMERIC) == 0) | ~same[rows.stretch])
        for rows in (small, large)
    ]
    return left[0], left[1], both & ~same
