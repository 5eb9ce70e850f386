"""The words of the statements of some pairs, and where aligned pairs differ.

Holds no rule: what differences weigh stands in `differences` and `misprints`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotesieve.match.entries import I32
from quotesieve.match.fingerprints import NEGATIVE, NUMERIC, read
from quotesieve.match.normalise import I64, U8, Bools, running
from quotesieve.match.vocabulary import NAME

_POINTS = 1_100_000  # code points that words are mapped to


class ChunkWords:
    """The words of the statements of some pairs, side by side, and running sums over them.

    `small` and `large` are the pairs, as places in `texts`; `first` bounds their words.
    """

    def __init__(self, texts: Sequence[str], small: I32, large: I32) -> None:
        reading = read(texts)
        self.small, self.large = small, large
        self.first = reading.first
        self.size = np.diff(self.first)
        self.numbers = reading.numbers
        self.traits: U8 = reading.traits
        arrays = reading.vocabulary.arrays()
        self.hashes = arrays.hashes[self.numbers]
        self.weights = arrays.letters[self.numbers].astype(np.int64) + 1
        self.magnitudes = arrays.magnitudes[self.numbers]
        self.figures = arrays.figures[self.numbers]
        self.modalities = arrays.modalities[self.numbers]
        self.weight_sum = running(self.weights)
        self.telling_sum = running((self.traits & (NUMERIC | NAME | NEGATIVE)) > 0)
        self.words = reading.vocabulary.words
        # A word's character follows from the word alone; two of a million share one.
        points = (self.hashes % np.uint64(_POINTS)).astype(np.uint32) + np.uint32(0x100)
        points[points >= 0xD800] += np.uint32(0x800)
        self.code = points.astype("<u4").tobytes().decode("utf-32-le")

    def text(self, start: int, end: int) -> str:
        """Some words written together."""
        return "".join([self.words[number] for number in self.numbers[start:end].tolist()])


@dataclass(frozen=True, slots=True)
class Stretches:
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


@dataclass(frozen=True, slots=True)
class Rows:
    """Words in stretches on one side: the stretch and the place of each."""

    stretch: I64
    place: I64

    @classmethod
    def between(cls, start: I64, end: I64) -> "Rows":
        """All words from start to before end of each stretch."""
        count = end - start
        before = running(count)
        stretch = np.repeat(np.arange(len(start)), count)
        return cls(stretch, np.arange(before[-1]) + np.repeat(start - before[:-1], count))

    def where(self, which: Bools | I64) -> "Rows":
        """Some of the rows."""
        return Rows(self.stretch[which], self.place[which])
