"""All statements of a run as units: those that agree in words and traits are one.

Units of equal words have equal `wording`; they are identical, however they were printed. What
stays in memory is about forty bytes a statement: no text, no words, no index entries.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quotesieve.match.entries import I32, U32, Entries
from quotesieve.match.fingerprints import Batch, Fingerprints, signatures, texts_of, words_of
from quotesieve.match.normalise import I64, U64, Bools, joined, mix, running

_NOBODY = 1 << 31
_SALT = np.uint64(0x5851F42D4C957F2D)
KEYS = 1 << 32  # index keys are below


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of some batches, as units."""

    batches: Sequence[Batch]
    offsets: I64  # of the batches
    unit_of: I32  # one a statement
    blemished: Bools  # one a statement
    sizes: I32  # words, one a statement
    founder: I32  # the first statement of each unit; ascending, so that units are numbered as they come
    size: I32  # words of each unit
    wording: U64  # equal for units of equal words (and speaker, where that counts)
    content: U64  # of the words and traits alone: the same in every run
    speaker: I64  # of a short unit; -1 of no account, _NOBODY and above unknown

    def __len__(self) -> int:
        return len(self.founder)

    def entries(self, part: int, parts: int) -> Entries:
        """The index entries of the units in one of so many ranges of keys."""
        low, high = KEYS * part // parts, KEYS * (part + 1) // parts
        return Entries.concatenated([self._entries_of(i, low, high) for i in range(len(self.batches))])

    def _entries_of(self, batch: int, low: int, high: int) -> Entries:
        entries = self.batches[batch].entries(low, high)
        statement = entries.units + self.offsets[batch]
        units = self.unit_of[statement]
        return Entries(entries.keys, units, entries.at).where(self.founder[units] == statement)

    def texts(self, units: I32) -> list[str]:
        """The texts of some units, ascending."""
        return texts_of(self.batches, self.offsets, self.founder[units])

    def words(self, units: I32) -> tuple[I64, U32]:
        """The words of some units, ascending, and their bounds."""
        return words_of(self.batches, self.offsets, self.founder[units])


def collect(batches: Sequence[Batch], speakers: I32 | None, short_words: int) -> tuple[Statements, U64]:
    """Read the fingerprints of every batch once and tell the distinct statements; of each unit also the
    signature (see `fingerprints.signatures`), which is large and needed for candidates only.

    With `speakers`, a statement of up to `short_words` words is one with another only if both
    have the same known speaker; without, only if the words are the same.
    """
    found = [_slim(batch.fingerprints()) for batch in batches]
    sizes = joined([own.sizes for own in found], np.int32)
    blemished = joined([own.blemished for own in found], np.bool_)
    wording = joined([own.wording for own in found], np.uint64)
    content = joined([own.content for own in found], np.uint64)
    speaker = _speaker_of(sizes, speakers, short_words)
    salt = mix((speaker + 2).astype(np.uint64) * _SALT)
    # The salt is by the number of a speaker, which another run may count otherwise: it tells units
    # apart, but what settles ties must not depend on it.
    _, first, inverse = np.unique(mix(content + salt), return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(first), np.int32)
    number[order] = np.arange(len(first), dtype=np.int32)
    founder = first[order].astype(np.int32)
    statements = Statements(
        batches,
        running(np.array([len(own.sizes) for own in found], np.int64)),
        number[inverse],
        blemished,
        sizes,
        founder,
        sizes[founder],
        mix(wording[founder] + salt[founder]),
        content[founder],
        speaker[founder],
    )
    return statements, _chosen([own.bits for own in found], founder)


@dataclass(frozen=True, slots=True)
class _Slim:
    """What is kept of the fingerprints of a batch."""

    sizes: I32
    wording: U64
    content: U64
    blemished: Bools
    bits: U64


def _slim(found: Fingerprints) -> _Slim:
    bits = signatures(found.first, found.words)
    return _Slim(np.diff(found.first).astype(np.int32), found.wording, found.content, found.blemished, bits)


def _chosen(parts: list[U64], rows: I32) -> U64:
    """Some rows of arrays laid end to end, without laying them so."""
    offsets = running(np.array([len(part) for part in parts], np.int64))
    bounds = np.searchsorted(rows, offsets)
    chosen = [part[rows[bounds[i] : bounds[i + 1]] - offsets[i]] for i, part in enumerate(parts)]
    return np.concatenate(chosen) if chosen else np.empty((0, 4), np.uint64)


def _speaker_of(sizes: I32, speakers: I32 | None, short_words: int) -> I64:
    """What a short statement's speaker adds to its identity: -1 nothing.

    Each short statement of an unknown speaker is a speaker's of its own.
    """
    if speakers is None:
        return np.full(len(sizes), -1, np.int64)
    given = speakers.astype(np.int64)
    apart = np.where(given >= 0, given, _NOBODY + np.arange(len(sizes)))
    return np.where(sizes <= short_words, apart, -1)
