"""All statements of a run as units: those that agree in words and traits are one.

Units of equal words have equal `wording`, and equal `kin` unless they are short and said by
different people; units of equal kin are identical, however they were printed. What stays in memory is
about forty bytes a statement: no text, no words, no index entries.

Statements lie in rows: those of an archive, which are units already, then those of the new batches.
Units are numbered as their first rows come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from quotesieve.match.archive import EMPTY, Archive, identity_of, offsets_of, salt_of
from quotesieve.match.entries import I32, KEYS, U32, Entries
from quotesieve.match.fingerprints import Batch, Fingerprints, signatures, texts_of, words_of
from quotesieve.match.normalise import I64, U64, Bools, joined, mix

SPEAKER_WORDS = 7  # statements of so many words or fewer are not one if different people said them
NAMED_WORDS = 3  # and so many are a statement only of a known speaker: anybody says them
NOBODY = -2  # and below: the speakers of so short ones that nobody is known to have said


@dataclass(frozen=True, slots=True)
class Statements:
    """The statements of an archive and of some batches, as units."""

    archive: Archive
    batches: Sequence[Batch]  # the segments of the archive, then the new ones
    offsets: I64  # of the batches, in rows
    unit_of_row: I32  # -1: a row of the archive that no statement has any more
    founder: I32  # the first row of each unit; ascending
    fresh: int  # units from here on are not in the archive
    alive: Bools  # of each unit: a statement has it
    unit_of: I32  # of each statement: those that the archive keeps, then the new ones
    blemished: Bools  # one a statement
    size: I32  # words of each unit
    wording: U64  # equal for units of equal words
    content: U64  # of the words and traits alone: the same in every run
    speaker: I64  # of a short unit; -1 unknown, or of no account; NOBODY and below of one statement each
    serial: int  # see Archive

    def __len__(self) -> int:
        return len(self.founder)

    @property
    def sizes(self) -> I32:
        """Words of each statement."""
        return self.size[self.unit_of]

    @property
    def kin(self) -> U64:
        """Equal for units that are identical: of the same words, and speaker where that counts."""
        return mix(self.wording + salt_of(self.speaker))

    @property
    def identity(self) -> U64:
        """Of each unit: equal for equal units, in whichever run."""
        return identity_of(self.content, self.speaker)

    def entries(self, part: int, parts: int) -> Entries:
        """The index entries of the units in one of so many ranges of keys."""
        low, high = KEYS * part // parts, KEYS * (part + 1) // parts
        return Entries.concatenated([self._entries_of(i, low, high) for i in range(len(self.batches))])

    def fresh_entries(self, low: int = 0, high: int = KEYS) -> Entries:
        """The index entries of the units that are not in the archive, in a range of keys."""
        new = range(len(self.archive.segments), len(self.batches))
        return Entries.concatenated([self._entries_of(i, low, high) for i in new])

    def known_entries(self, keys: U32) -> Entries:
        """The index entries of the archive's units under some keys, which are ascending and distinct."""
        entries = self.archive.under(keys)
        units = self.unit_of_row[entries.units]
        return Entries(entries.keys, units, entries.at).where(units >= 0)

    def archived_entries(self, units: Bools) -> Entries:
        """The index entries of some of the archive's units."""
        rows, number = np.zeros(self.archive.rows, np.bool_), self.unit_of_row
        rows[self.founder[: self.fresh]] = units[: self.fresh]
        entries = self.archive.entries_of(rows)
        return Entries(entries.keys, number[entries.units], entries.at)

    def _entries_of(self, batch: int, low: int, high: int) -> Entries:
        entries = self.batches[batch].entries(low, high)
        row = entries.units + self.offsets[batch]
        units = self.unit_of_row[row]
        return Entries(entries.keys, units, entries.at).where(self.founder[units] == row)

    def texts(self, units: I32) -> list[str]:
        """The texts of some units, ascending."""
        return texts_of(self.batches, self.offsets, self.founder[units])

    def words(self, units: I32) -> tuple[I64, U32]:
        """The words of some units, ascending, and their bounds."""
        return words_of(self.batches, self.offsets, self.founder[units])

    def living(self) -> "Statements":
        """The same without the units that no statement has any more."""
        alive = self.alive
        number = np.cumsum(alive, dtype=np.int32) - np.int32(1)
        moved = np.where(alive, number, np.int32(-1))
        return replace(
            self,
            unit_of_row=np.where(self.unit_of_row >= 0, moved[self.unit_of_row], np.int32(-1)),
            founder=self.founder[alive],
            fresh=int(alive[: self.fresh].sum()),
            alive=alive[alive],
            unit_of=number[self.unit_of],
            size=self.size[alive],
            wording=self.wording[alive],
            content=self.content[alive],
            speaker=self.speaker[alive],
        )


def collect(
    batches: Sequence[Batch], speakers: I64 | I32 | None, short_words: int, archive: Archive = EMPTY
) -> tuple[Statements, U64]:
    """Read the fingerprints of every batch once and tell the distinct statements; of each unit also the
    signature (see `fingerprints.signatures`), which is large and needed for candidates only.

    With `speakers`, a statement of up to `short_words` words, and of SPEAKER_WORDS in any case, is a
    unit of its own for each known speaker, and one for all whose speaker is unknown (see NAMED_WORDS).
    Units of the archive that no statement has any more are among them, and not `alive`.
    """
    found = [_slim(batch.fingerprints()) for batch in batches]
    sizes = joined([own.sizes for own in found], np.int32)
    wording = joined([own.wording for own in found], np.uint64)
    content = joined([own.content for own in found], np.uint64)
    new_speakers = None if speakers is None else speakers[len(archive.unit_of) :]
    speaker = speaker_of(sizes, new_speakers, short_words, archive.serial)
    identity = identity_of(content, speaker)
    known = archive.find(identity)
    missing = np.flatnonzero(known < 0)
    _, first, inverse = np.unique(identity[missing], return_index=True, return_inverse=True)
    order = np.argsort(first)
    number = np.empty(len(first), np.int32)
    number[order] = np.arange(len(first), dtype=np.int32)
    founders = missing[first[order]]
    rows, kept = archive.rows, np.flatnonzero(archive.in_use)
    unit_of_row = np.full(rows + len(sizes), -1, np.int32)
    unit_of_row[kept] = np.arange(len(kept))
    unit_of_row[rows:] = unit_of_row[known]
    unit_of_row[rows + missing] = len(kept) + number[inverse]
    unit_of = np.concatenate((unit_of_row[archive.unit_of], unit_of_row[rows:]))
    old = _Units.of(archive)
    everything = [*archive.segments, *batches]
    statements = Statements(
        archive=archive,
        batches=everything,
        offsets=np.concatenate((archive.offsets[:-1], rows + offsets_of([own.sizes for own in found]))),
        unit_of_row=unit_of_row,
        founder=np.concatenate((kept, rows + founders)).astype(np.int32),
        fresh=len(kept),
        alive=np.bincount(unit_of, minlength=len(kept) + len(founders)) > 0,
        unit_of=unit_of,
        blemished=joined([archive.blemished, *(own.blemished for own in found)], np.bool_),
        size=np.concatenate((old.size, sizes[founders])),
        wording=np.concatenate((old.wording, wording[founders])),
        content=np.concatenate((old.content, content[founders])),
        speaker=np.concatenate((old.speaker, speaker[founders])),
        serial=archive.serial + len(sizes),
    )
    return statements, np.concatenate((old.bits, _chosen([own.bits for own in found], founders)))


@dataclass(frozen=True, slots=True)
class _Units:
    """What an archive says of its units in use."""

    size: I32
    wording: U64
    content: U64
    speaker: I64
    bits: U64

    @classmethod
    def of(cls, archive: Archive) -> "_Units":
        segments = archive.segments
        sizes = joined([np.diff(s.first) for s in segments], np.int64).astype(np.int32)
        wording = joined([s.wording for s in segments], np.uint64)
        content = joined([s.content for s in segments], np.uint64)
        speaker = joined([s.speaker for s in segments], np.int64)
        bits = np.concatenate([s.bits for s in segments] or [np.empty((0, 4), np.uint64)])
        use = archive.in_use
        if use.all():
            return cls(sizes, wording, content, speaker, bits)
        return cls(sizes[use], wording[use], content[use], speaker[use], bits[use])


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


def _chosen(parts: list[U64], rows: I64) -> U64:
    """Some rows (ascending) of arrays laid end to end, without laying them so."""
    offsets = offsets_of(parts)
    bounds = np.searchsorted(rows, offsets)
    chosen = [part[rows[bounds[i] : bounds[i + 1]] - offsets[i]] for i, part in enumerate(parts)]
    return np.concatenate(chosen) if chosen else np.empty((0, 4), np.uint64)


def speaker_of(sizes: I32, speakers: I64 | I32 | None, short_words: int, serial: int) -> I64:
    """What a short statement's speaker adds to its identity: -1 nothing.

    Each very short statement of an unknown speaker is a speaker's of its own, numbered through all runs.
    """
    if speakers is None:
        return np.full(len(sizes), -1, np.int64)
    apart = np.where(sizes <= named_limit(short_words), NOBODY - serial - np.arange(len(sizes)), -1)
    return np.where(sizes <= short_limit(short_words), np.where(speakers >= 0, speakers, apart), -1)


def short_limit(short_words: int) -> int:
    """Words up to which it counts who said a statement."""
    return max(short_words, SPEAKER_WORDS)


def named_limit(short_words: int) -> int:
    """Words up to which a statement must be known to be of the same speaker."""
    return min(short_words, NAMED_WORDS)


def said_alike(archive: Archive, speakers: I64 | I32, short_words: int) -> bool:
    """Whether the statements that an archive keeps were archived with these speakers, which come first."""
    sizes, own = archive.known()
    now = speaker_of(sizes, speakers[: len(sizes)], short_words, 0)
    return bool(np.array_equal(np.maximum(own, NOBODY), np.maximum(now, NOBODY)))
