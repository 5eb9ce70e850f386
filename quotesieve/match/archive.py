"""What earlier runs found out about statements: units, their index entries, the pairs that were judged.

An archive consists of segments, one a run, which never change: what a run adds is a segment more. They
hold a row for each unit; a row whose statements have all left stays, and counts for nothing. Arrays may
be memory maps: what is not looked at is not read. Opens nothing itself; files are `store.index`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from quotesieve.match.entries import I32, U32, Entries
from quotesieve.match.fingerprints import Fingerprints, entries_between
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, U64, Bools, joined, mix, running

MERGE_RATIO = 4  # a segment that is not so many times as large as what follows is merged with that
MOST_DEAD = 0.2  # of the rows: with more the archive is written anew without them
_SALT = np.uint64(0x5851F42D4C957F2D)


def salt_of(speaker: I64) -> U64:
    """What a short statement's speaker adds to the hashes of its words."""
    return mix((speaker + 2).astype(np.uint64) * _SALT)


def identity_of(content: U64, speaker: I64) -> U64:
    """Equal for statements that are one unit, in whichever run."""
    return mix(content + salt_of(speaker))


@dataclass(frozen=True, slots=True)
class Segment:
    """Some units, each with one of its texts: a `Batch` whose statements they are."""

    first: I64  # bounds of the words
    words: U32
    wording: U64
    content: U64
    speaker: I64
    bits: U64  # shape (units, 4): see `fingerprints.signatures`
    sorted_identity: U64
    by_identity: I32
    sorted_entries: Entries  # by key
    printed: pa.LargeStringArray
    judged: Judged  # pairs of its units with one another and with earlier ones, by rows of the archive

    def __len__(self) -> int:
        return len(self.wording)

    def fingerprints(self) -> Fingerprints:
        return Fingerprints(self.first, self.words, self.wording, self.content, np.zeros(len(self), np.bool_))

    def entries(self, low: int, high: int) -> Entries:
        return entries_between(self.sorted_entries, low, high)

    def texts(self, at: I64) -> Sequence[str]:
        found: list[str] = self.printed.take(pa.array(at)).to_pylist()
        return found

    def under(self, keys: U32) -> Entries:
        """The entries under some keys, which are ascending and distinct."""
        own = self.sorted_entries
        start, end = np.searchsorted(own.keys, keys), np.searchsorted(own.keys, keys, "right")
        return own.where(spread(start, end - start))

    def find(self, identity: U64, is_known: Bools) -> I64:
        """The unit of each identity, among those that are known; -1 where there is none."""
        among = self.by_identity
        table = self.sorted_identity
        if not is_known.all():
            left = is_known[among]
            table, among = table[left], among[left]
        if not len(table):
            return np.full(len(identity), -1, np.int64)
        at = np.minimum(np.searchsorted(table, identity), len(table) - 1)
        return np.where(table[at] == identity, among[at], -1).astype(np.int64)


def spread(start: I64, count: I64) -> I64:
    """The numbers from each start, so many.

    >>> spread(np.array([5, 0]), np.array([2, 1])).tolist()
    [5, 6, 0]
    """
    before = running(count)
    return np.arange(before[-1]) + np.repeat(start - before[:-1], count)


@dataclass(frozen=True, slots=True)
class Archive:
    """Statements that were compared with one another, as units in segments laid end to end."""

    segments: Sequence[Segment]
    unit_of: I32  # the row of each statement that is kept
    blemished: Bools  # of each statement that is kept
    in_use: Bools  # of each row: it had statements when the archive was made
    dropped: Bools  # of each judged pair: lists are too long by now for it to be proposed
    serial: int  # the next number of a speaker who is nobody

    @property
    def offsets(self) -> I64:
        """Where the rows of each segment begin; one longer than they."""
        return running(np.array([len(segment) for segment in self.segments], np.int64))

    @property
    def rows(self) -> int:
        """How many units there are, those without statements included."""
        return len(self.in_use)

    @property
    def judged(self) -> Judged:
        """All pairs that were judged, dropped ones included."""
        return Judged.concatenated([segment.judged for segment in self.segments])

    def find(self, identity: U64) -> I64:
        """The row of each identity; -1 where it is new."""
        found = np.full(len(identity), -1, np.int64)
        for segment, offset in zip(self.segments, self.offsets.tolist(), strict=False):
            left = np.flatnonzero(found < 0)
            at = segment.find(identity[left], self.in_use[offset : offset + len(segment)])
            found[left] = np.where(at >= 0, at + offset, -1)
        return found

    def under(self, keys: U32) -> Entries:
        """The entries under some keys, which are ascending and distinct, by rows of the archive."""
        parts = [
            Entries(own.keys, own.units + np.int32(offset), own.at)
            for segment, offset in zip(self.segments, self.offsets.tolist(), strict=False)
            for own in [segment.under(keys)]
        ]
        return Entries.concatenated(parts)

    def keys_of(self, rows: Bools) -> U32:
        """The keys that some rows are entered under; a look at all entries."""
        parts = [
            segment.sorted_entries.keys[rows[offset + segment.sorted_entries.units]]
            for segment, offset in zip(self.segments, self.offsets.tolist(), strict=False)
        ]
        return np.unique(joined(parts, np.uint32))

    def entries_of(self, rows: Bools) -> Entries:
        """The entries of some rows; a look at all entries."""
        parts = []
        for segment, offset in zip(self.segments, self.offsets.tolist(), strict=False):
            own = segment.sorted_entries
            own = own.where(np.flatnonzero(rows[offset : offset + len(segment)][own.units]))
            parts.append(Entries(own.keys, own.units + np.int32(offset), own.at))
        return Entries.concatenated(parts)

    def keeping(self, which: Bools | I64) -> "Archive":
        """The archive with some of its statements; the others have left."""
        return replace(self, unit_of=self.unit_of[which], blemished=self.blemished[which])

    def known(self) -> tuple[I32, I64]:
        """Words and speaker of the unit of each statement that is kept."""
        sizes = joined([np.diff(segment.first) for segment in self.segments], np.int64).astype(np.int32)
        speaker = joined([segment.speaker for segment in self.segments], np.int64)
        return sizes[self.unit_of], speaker[self.unit_of]


_NONE = np.empty(0, np.bool_)
EMPTY = Archive((), np.empty(0, np.int32), _NONE, _NONE, _NONE, serial=0)


# --- housekeeping -----------------------------------------------------------------------------


def tidied(archive: Archive, *, without_dead: bool = False) -> Archive:
    """The archive with small segments merged, and written anew if it holds much that is dead.

    With `without_dead` nothing of a statement that left stays behind.
    """
    dead = ~archive.in_use
    if dead.sum() > (0 if without_dead else MOST_DEAD * archive.rows):
        return _compacted(archive)
    segments = list(archive.segments)
    while len(segments) > 1 and len(segments[-2]) < MERGE_RATIO * len(segments[-1]):
        segments[-2:] = [merged(segments[-2:])]
    return replace(archive, segments=segments)


def merged(segments: Sequence[Segment]) -> Segment:
    """Some segments that follow one another as one."""
    bases = running(np.array([len(segment) for segment in segments], np.int64)).tolist()
    based = list(zip(segments, bases, strict=False))
    identity = joined([s.sorted_identity for s in segments], np.uint64)
    by_identity = joined([s.by_identity + np.int32(base) for s, base in based], np.int32)
    order = np.argsort(identity, kind="stable")
    entries = Entries.concatenated(
        [
            Entries(s.sorted_entries.keys, s.sorted_entries.units + np.int32(base), s.sorted_entries.at)
            for s, base in based
        ]
    )
    return Segment(
        running(joined([np.diff(s.first) for s in segments], np.int64)),
        joined([s.words for s in segments], np.uint32),
        joined([s.wording for s in segments], np.uint64),
        joined([s.content for s in segments], np.uint64),
        joined([s.speaker for s in segments], np.int64),
        np.concatenate([s.bits for s in segments]),
        identity[order],
        by_identity[order],
        entries.where(np.argsort(entries.keys, kind="stable")),
        pa.chunked_array([s.printed for s in segments], pa.large_string()).combine_chunks(),
        Judged.concatenated([s.judged for s in segments]),
    )


def _compacted(archive: Archive) -> Archive:
    """The archive as one segment of the rows in use."""
    whole, use = merged(archive.segments), archive.in_use
    number = np.cumsum(use, dtype=np.int32) - np.int32(1)
    known = use[whole.by_identity]
    listed = use[whole.sorted_entries.units]
    entries = whole.sorted_entries.where(listed)
    both = use[whole.judged.small] & use[whole.judged.large] & ~archive.dropped
    judged = whole.judged.where(both).renumbered(number)
    sizes = np.diff(whole.first)
    segment = Segment(
        running(sizes[use]),
        whole.words[np.repeat(use, sizes)],
        whole.wording[use],
        whole.content[use],
        whole.speaker[use],
        whole.bits[use],
        whole.sorted_identity[known],
        number[whole.by_identity[known]],
        replace(entries, units=number[entries.units]),
        whole.printed.filter(pa.array(use)),
        judged,
    )
    return replace(
        archive,
        segments=(segment,),
        unit_of=number[archive.unit_of],
        in_use=np.ones(len(segment), np.bool_),
        dropped=np.zeros(len(judged), np.bool_),
    )
