"""What is kept of a statement to find others like it: hashes and index entries, never its text.

A fingerprint depends on the statement alone, so those of a batch can be made in any process, put
away, and read again. Statements lie in batches, end to end; a `Batch` knows where.
"""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np

from quotesieve.match.entries import I32, U32, Entries, Prefix, make_entries, window_for
from quotesieve.match.normalise import BRACKETED, GAP, I64, U8, U64, Bools, joined, mix, running, tokenise
from quotesieve.match.vocabulary import MONEY, NAME, NEGATION, NUMBER, PLAIN, Vocabulary, encode

# Traits of a word in its statement, as `verify` sees them: the four flags, and two kinds.
NUMERIC, NEGATIVE = 16, 32
assert (NAME | PLAIN | GAP | BRACKETED) < NUMERIC

BATCH_STATEMENTS = 16_384  # of texts in memory
_TOGETHER = 1 << 17  # characters that are read at once: their arrays stay in the processor's cache
_MOST_WORDS = 80_000  # a vocabulary of more is begun anew, to bound its memory (about 25 MB)
_SALTS = np.array([0x14057B7EF767814F, 0x2545F4914F6CDD1D], np.uint64)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Of some statements: `first[i]` and `first[i + 1]` bound the words of statement i."""

    first: I64
    words: U32  # of each word the upper half of its hash
    wording: U64  # equal for equal words
    content: U64  # equal for equal words with equal traits: nothing tells such statements apart
    blemished: Bools

    def __len__(self) -> int:
        return len(self.first) - 1


class Batch(Protocol):
    """Some statements, wherever they lie. Asked more than once, and not for everything at once."""

    def fingerprints(self) -> Fingerprints:
        """Those of all its statements."""

    def entries(self, low: int, high: int) -> Entries:
        """Its index entries whose keys are from `low` to before `high`."""

    def texts(self, at: I64) -> Sequence[str]:
        """The texts of some statements, by their places (ascending) in the batch."""


class InMemory:
    """A batch of texts that are in memory."""

    def __init__(self, texts: Sequence[str], shortest: int) -> None:
        self._texts = texts
        self._found, self._entries = fingerprint(texts, shortest)

    def fingerprints(self) -> Fingerprints:
        return self._found

    def entries(self, low: int, high: int) -> Entries:
        return entries_between(self._entries, low, high)

    def texts(self, at: I64) -> Sequence[str]:
        return [self._texts[i] for i in at.tolist()]


def in_memory(texts: Sequence[str], shortest: int) -> list[Batch]:
    """Texts as batches; those of fewer than `shortest` words are never candidates."""
    return [
        InMemory(texts[i : i + BATCH_STATEMENTS], shortest) for i in range(0, len(texts), BATCH_STATEMENTS)
    ]


def entries_between(entries: Entries, low: int, high: int) -> Entries:
    """Those of some sorted entries whose keys are from `low` to before `high`."""
    # In 64 bits, as 2**32 is a bound too.
    start, end = np.searchsorted(entries.keys, np.array([low, high], np.int64))
    return Entries(entries.keys[start:end], entries.units[start:end], entries.at[start:end])


@dataclass(frozen=True, slots=True)
class Reading:
    """Texts as the words that are compared: their numbers in the vocabulary and their traits."""

    vocabulary: Vocabulary
    first: I64
    numbers: I64
    traits: U8
    blemished: Bools


def read(texts: Sequence[str]) -> Reading:
    """Read texts into words."""
    vocabulary = _vocabulary()
    parts = [encode(tokenise(texts[own]), vocabulary) for own in _runs(texts)]
    numbers = joined([part.numbers for part in parts], np.int64)
    kinds = vocabulary.arrays().kinds[numbers]
    traits = joined([part.flags for part in parts], np.uint8)
    traits |= ((kinds & (NUMBER | MONEY)) > 0) * np.uint8(NUMERIC)
    traits |= ((kinds & NEGATION) > 0) * np.uint8(NEGATIVE)
    first = running(joined([np.diff(part.first) for part in parts], np.int64))
    return Reading(vocabulary, first, numbers, traits, joined([part.blemished for part in parts], np.bool_))


def _runs(texts: Sequence[str]) -> Iterator[slice]:
    """Texts in order, so many that they have _TOGETHER characters, but one at least."""
    ends = np.cumsum(np.fromiter(map(len, texts), np.int64, len(texts)))
    begin = 0
    while begin < len(texts):
        before = int(ends[begin - 1]) if begin else 0
        end = max(int(np.searchsorted(ends, before + _TOGETHER, "right")), begin + 1)
        yield slice(begin, end)
        begin = end


_own = threading.local()  # a vocabulary for each thread; it only remembers: no answer depends on its state


def _vocabulary() -> Vocabulary:
    known: Vocabulary | None = getattr(_own, "vocabulary", None)
    if known is None or len(known) > _MOST_WORDS:
        known = _own.vocabulary = Vocabulary()
    return known


def fingerprint(texts: Sequence[str], shortest: int) -> tuple[Fingerprints, Entries]:
    """The fingerprints of some texts and their index entries, sorted by key.

    The units of the entries are places in `texts`. Texts of fewer than `shortest` words have none.

    >>> found, _ = fingerprint(["We will build it in Oslo.", "“we will build it in Oslo”", "No."], 2)
    >>> found.first.tolist(), bool(found.wording[0] == found.wording[1])
    ([0, 6, 12, 13], True)
    """
    parts = list(_parts(texts, shortest))
    found = [part for part, _ in parts]
    entries = Entries.concatenated([own for _, own in parts])
    return (
        Fingerprints(
            running(joined([np.diff(part.first) for part in found], np.int64)),
            joined([part.words for part in found], np.uint32),
            joined([part.wording for part in found], np.uint64),
            joined([part.content for part in found], np.uint64),
            joined([part.blemished for part in found], np.bool_),
        ),
        entries.by_key(),
    )


def _parts(texts: Sequence[str], shortest: int) -> Iterator[tuple[Fingerprints, Entries]]:
    """The fingerprints, a few texts at a time; entries count through, in the order of the texts."""
    window = window_for(shortest)
    for own in _runs(texts):
        words, begin = read(texts[own]), own.start
        arrays = words.vocabulary.arrays()
        hashes = arrays.hashes[words.numbers]
        sizes = np.diff(words.first)
        units = np.arange(begin, begin + len(sizes), dtype=np.int32)
        entries = make_entries(words.first, hashes, arrays.letters[words.numbers], units, window)
        wording = Prefix(hashes).runs(words.first[:-1], words.first[1:])
        content = Prefix(hashes + words.traits * _SALTS[0]).runs(words.first[:-1], words.first[1:])
        found = Fingerprints(
            words.first,
            (hashes >> np.uint64(32)).astype(np.uint32),
            wording,
            mix(content ^ wording * _SALTS[1]),
            words.blemished,
        )
        yield found, entries.where(sizes[entries.units - begin] >= shortest)


def signatures(first: I64, words: U32) -> U64:
    """256 bits a statement, shape (statements, 4): one for each distinct word, by its hash."""
    count = np.diff(first)
    bits = np.zeros(len(count) * 4, np.uint64)
    owner = np.repeat(np.arange(len(count)), count)
    bit = (words >> np.uint32(7)).astype(np.uint64) & np.uint64(255)
    np.bitwise_or.at(
        bits, owner * 4 + (bit >> np.uint64(6)).astype(np.int64), np.uint64(1) << (bit & np.uint64(63))
    )
    return bits.reshape(-1, 4)


def places(offsets: I64, at: I32 | I64) -> Iterator[tuple[int, I64]]:
    """Which of some statements (ascending) lie in which batch, and their places in it."""
    bounds = np.searchsorted(at, offsets)
    for batch, (start, end) in enumerate(pairwise(bounds.tolist())):
        if end > start:
            yield batch, at[start:end] - offsets[batch]


def texts_of(batches: Sequence[Batch], offsets: I64, at: I32 | I64) -> list[str]:
    """The texts of some statements (ascending)."""
    return [text for batch, local in places(offsets, at) for text in batches[batch].texts(local)]


def words_of(batches: Sequence[Batch], offsets: I64, at: I32) -> tuple[I64, U32]:
    """The words of some statements (ascending), and the bounds of each."""
    sizes, words = [], []
    for batch, local in places(offsets, at):
        found = batches[batch].fingerprints()
        count = np.diff(found.first)[local]
        before = running(count)
        sizes.append(count)
        words.append(found.words[np.repeat(found.first[local] - before[:-1], count) + np.arange(before[-1])])
    return running(joined(sizes, np.int64)), joined(words, np.uint32)
