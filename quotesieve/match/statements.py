"""The distinct statements of a run, block by block: what stays in memory of all the texts.

A statement's words are kept as numbers and flags, five bytes a word; its text is not. Statements
that agree in words and in flags are one unit: nothing could tell them apart. Units of equal words
have equal `wording`; they are identical, however they were printed.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.candidates import Corpus
from quotesieve.match.entries import I32, U32, Entries, Prefix, make_entries, signatures, window_for
from quotesieve.match.hashtable import HashTable
from quotesieve.match.normalise import BRACKETED, GAP, I64, U8, U64, Bools, mix, tokenise
from quotesieve.match.vocabulary import MONEY, NAME, NEGATION, NUMBER, PLAIN, Vocabulary, Words, encode

Block = Callable[[], "pa.Array | pa.ChunkedArray | Sequence[str]"]

# Traits of a word in its statement, as `verify` sees them: the four flags, and two kinds.
NUMERIC, NEGATIVE = 16, 32
assert (NAME | PLAIN | GAP | BRACKETED) < NUMERIC

_BATCH = 2048
_NOBODY = 1 << 31
_COLUMNS: dict[str, type] = {
    "unit_of": np.int32,
    "blemished": np.bool_,
    "sizes": np.int32,
    "counts": np.int32,
    "numbers": np.uint32,
    "traits": np.uint8,
    "wording": np.uint64,
    "content": np.uint64,
    "speaker": np.int64,
    "bits": np.uint64,
    "entry_keys": np.uint32,
    "entry_units": np.int32,
    "entry_at": np.int32,
}
_SALTS = np.array([0x5851F42D4C957F2D, 0x14057B7EF767814F, 0x2545F4914F6CDD1D], np.uint64)


@dataclass(frozen=True, slots=True)
class Statements:
    """All statements as units. `first[u]` and `first[u + 1]` bound the words of unit u."""

    unit_of: I32  # one a statement
    blemished: Bools  # one a statement
    sizes: I32  # words, one a statement
    first: I64
    numbers: U32  # in the vocabulary
    traits: U8
    wording: U64  # equal for units of equal words (and speaker, where that counts)
    content: U64  # distinct for distinct units, and the same in every run
    speaker: I64  # of a short unit; -1 of no account, _NOBODY and above unknown
    bits: U64  # see `entries.signatures`
    vocabulary: Vocabulary

    def __len__(self) -> int:
        return len(self.first) - 1

    def corpus(self) -> Corpus:
        """What the index needs to know."""
        hashes = self.vocabulary.arrays().hashes
        return Corpus(self.first, self.numbers, hashes, self.bits, self.wording, self.content)


def collect(blocks: Sequence[Block], speakers: I32 | None, short_words: int) -> tuple[Statements, Entries]:
    """Read every block once; keep its distinct statements, and what they are entered under.

    With `speakers`, a statement of up to `short_words` words is one with another only if both
    have the same known speaker; without, only if the words are the same.
    """
    collector = _Collector(speakers, short_words)
    for block in blocks:
        texts = block()
        for begin in range(0, len(texts), _BATCH):
            batch = texts[begin : begin + _BATCH]
            collector.add(batch.to_pylist() if isinstance(batch, pa.Array | pa.ChunkedArray) else batch)
    return collector.result()


class _Column:
    """An array that grows at its end.

    One large array, doubled when it is full: lists of small ones, joined in the end, would be in
    memory twice. What is not written yet takes none.
    """

    def __init__(self, kind: type) -> None:
        self._array: npt.NDArray[Any] = np.empty(1 << 12, kind)
        self._used = 0

    def extend(self, values: npt.NDArray[Any]) -> None:
        """Add values at the end."""
        end = self._used + len(values)
        if end > len(self._array):
            larger = np.empty(max(end, 2 * len(self._array)), self._array.dtype)
            larger[: self._used] = self._array[: self._used]
            self._array = larger
        self._array[self._used : end] = values
        self._used = end

    def values(self) -> npt.NDArray[Any]:
        """What was added, without a copy."""
        return self._array[: self._used]


class _Collector:
    """Takes batches of texts and keeps what is new."""

    def __init__(self, speakers: I32 | None, short_words: int) -> None:
        self._speakers = speakers
        self._short_words = short_words
        self._short_may_link = speakers is not None
        self._window = window_for(2 if self._short_may_link else short_words + 1)
        self._vocabulary = Vocabulary()
        self._known = HashTable()
        self._statements = 0
        self._units = 0
        self._columns = {name: _Column(kind) for name, kind in _COLUMNS.items()}

    def add(self, texts: Sequence[str]) -> None:
        """Take the next statements."""
        words = encode(tokenise(texts), self._vocabulary)
        arrays = self._vocabulary.arrays()
        kinds = arrays.kinds[words.numbers]
        traits = words.flags | ((kinds & (NUMBER | MONEY)) > 0) * np.uint8(NUMERIC)
        traits |= ((kinds & NEGATION) > 0) * np.uint8(NEGATIVE)
        hashes = arrays.hashes[words.numbers]
        sizes = np.diff(words.first)
        speaker = self._speaker_of(sizes)
        salt = mix((speaker + 2).astype(np.uint64) * _SALTS[0])
        wording = mix(Prefix(hashes).runs(words.first[:-1], words.first[1:]) + salt)
        content = Prefix(hashes + traits * _SALTS[1]).runs(words.first[:-1], words.first[1:]) + salt
        content = mix(content ^ wording * _SALTS[2])
        numbers = self._known.find(content)
        fresh = np.flatnonzero(numbers < 0)
        _, at = np.unique(content[fresh], return_index=True)
        fresh = fresh[np.sort(at)]
        self._known.add(content[fresh], self._units + np.arange(len(fresh)))
        missing = numbers < 0
        numbers[missing] = self._known.find(content[missing])
        self._keep("unit_of", numbers.astype(np.int32))
        self._keep("blemished", words.blemished)
        self._keep("sizes", sizes.astype(np.int32))
        self._keep_units(words, fresh, hashes, traits)
        self._keep("wording", wording[fresh])
        self._keep("content", content[fresh])
        self._keep("speaker", speaker[fresh])
        self._statements += len(texts)
        self._units += len(fresh)

    def _speaker_of(self, sizes: I64) -> I64:
        """What a short statement's speaker adds to its identity: -1 nothing.

        Each short statement of an unknown speaker is a speaker's of its own.
        """
        if self._speakers is None:
            return np.full(len(sizes), -1, np.int64)
        own = np.arange(self._statements, self._statements + len(sizes))
        given = self._speakers[own].astype(np.int64)
        apart = np.where(given >= 0, given, _NOBODY + own)
        return np.where(sizes <= self._short_words, apart, -1)

    def _keep(self, name: str, values: npt.NDArray[Any]) -> None:
        self._columns[name].extend(values)

    def _keep_units(self, words: Words, fresh: I64, hashes: U64, traits: U8) -> None:
        """The words of the new units, and their index entries."""
        count = np.diff(words.first)[fresh]
        first = np.zeros(len(fresh) + 1, np.int64)
        np.cumsum(count, out=first[1:])
        at = np.repeat(words.first[fresh] - first[:-1], count) + np.arange(first[-1])
        self._keep("counts", count.astype(np.int32))
        self._keep("numbers", words.numbers[at].astype(np.uint32))
        self._keep("traits", traits[at])
        letters = self._vocabulary.arrays().letters[words.numbers[at]]
        units = np.arange(self._units, self._units + len(fresh), dtype=np.int32)
        entries = make_entries(first, hashes[at], letters, units, self._window)
        if not self._short_may_link:
            entries = entries.where(count[entries.units - self._units] > self._short_words)
        self._keep("bits", signatures(first, hashes[at]).ravel())
        self._keep("entry_keys", entries.keys)
        self._keep("entry_units", entries.units)
        self._keep("entry_at", entries.at)

    def result(self) -> tuple[Statements, Entries]:
        """Everything added, in one."""
        columns = {name: column.values() for name, column in self._columns.items()}
        columns["bits"] = columns["bits"].reshape(-1, 4)
        first = np.zeros(self._units + 1, np.int64)
        np.cumsum(columns.pop("counts"), out=first[1:])
        entries = Entries(columns.pop("entry_keys"), columns.pop("entry_units"), columns.pop("entry_at"))
        return Statements(first=first, vocabulary=self._vocabulary, **columns), entries
