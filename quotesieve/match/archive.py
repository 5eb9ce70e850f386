"""What earlier runs found out about statements: units, their index entries, the pairs that were judged.

An archive consists of segments, one a run, which never change: what a run adds is a segment more. They
hold a row for each unit; a row whose statements have all left stays, and counts for nothing. The large
columns of a segment go, block by block, where a `Keep` puts them: into memory, or into files that are
mapped, so that what is not looked at is not read. Opens nothing itself; files are `store.index`'s.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.entries import I32, KEYS, U32, Entries
from quotesieve.match.fingerprints import Fingerprints, entries_between, places, texts_of
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, U64, Bools, joined, mix, running

MERGE_RATIO = 4  # a segment that is not so many times as large as what follows is merged with that
MOST_DEAD = 0.2  # of the rows: with more the archive is written anew without them
COLUMNS = {"words": np.uint32, "bits": np.uint64, "keys": np.uint32, "units": np.int32, "at": np.int32}
_UNITS_AT_ONCE = 50_000  # in a block; as Python's strings texts take far more memory than as Arrow's
_ENTRIES_AT_ONCE = 1_000_000
_SALT = np.uint64(0x5851F42D4C957F2D)


def salt_of(speaker: I64) -> U64:
    """What a short statement's speaker adds to the hashes of its words."""
    return mix((speaker + 2).astype(np.uint64) * _SALT)


def identity_of(content: U64, speaker: I64) -> U64:
    """Equal for statements that are one unit, in whichever run."""
    return mix(content + salt_of(speaker))


Block = Mapping[str, npt.NDArray[Any]]  # some of a few COLUMNS, which need not be equally long
Texts = Sequence[pa.LargeStringArray]  # end to end


class Keep(Protocol):
    """Takes the large columns of one new segment, and has them for it."""

    @property
    def name(self) -> str:
        """Of the segment."""

    def columns(self, names: Sequence[str], blocks: Iterable[Block]) -> dict[str, npt.NDArray[Any]]:
        """These columns, of whose blocks each is dropped before the next is made."""

    def texts(self, blocks: Iterable[pa.LargeStringArray]) -> Texts:
        """The texts."""


class KeepInMemory:
    """Has them in memory."""

    name = ""

    def columns(self, names: Sequence[str], blocks: Iterable[Block]) -> dict[str, npt.NDArray[Any]]:
        listed = list(blocks)
        return {name: joined([block[name] for block in listed], COLUMNS[name]) for name in names}

    def texts(self, blocks: Iterable[pa.LargeStringArray]) -> Texts:
        return list(blocks)


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
    printed: Texts
    judged: Judged  # pairs of its units with one another and with earlier ones, by rows of the archive
    name: str  # as its `Keep` called it

    def __len__(self) -> int:
        return len(self.wording)

    def fingerprints(self) -> Fingerprints:
        return Fingerprints(self.first, self.words, self.wording, self.content, np.zeros(len(self), np.bool_))

    def entries(self, low: int, high: int) -> Entries:
        return entries_between(self.sorted_entries, low, high)

    def texts(self, at: I64) -> Sequence[str]:
        found: list[str] = []
        for part, local in places(offsets_of(self.printed), at):
            found += self.printed[part].take(pa.array(local)).to_pylist()
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


def offsets_of(parts: Sequence[Sized]) -> I64:
    """Where each of some parts begins, end to end; one longer than they."""
    return running(np.array([len(part) for part in parts], np.int64))


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
        return offsets_of(self.segments)

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


# --- new segments -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Contents:
    """What a new segment is made of; the large columns in blocks."""

    size: I32  # words of each unit
    wording: U64
    content: U64
    speaker: I64
    words: Iterable[Block]  # words and bits
    entries: Iterable[Entries]  # each sorted by key, range by range of the keys
    printed: Iterable[pa.LargeStringArray]
    judged: Judged


def make_segment(contents: Contents, keep: Keep) -> Segment:
    """The segment of some units."""
    identity = identity_of(contents.content, contents.speaker)
    order = np.argsort(identity, kind="stable")
    words = keep.columns(("words", "bits"), contents.words)
    blocks = ({"keys": own.keys, "units": own.units, "at": own.at} for own in contents.entries)
    return Segment(
        running(contents.size),
        words["words"],
        contents.wording,
        contents.content,
        contents.speaker,
        words["bits"].reshape(-1, 4),
        identity[order],
        order.astype(np.int32),
        Entries(**keep.columns(("keys", "units", "at"), blocks)),
        keep.texts(contents.printed),
        contents.judged,
        keep.name,
    )


def unit_blocks(count: int) -> Iterator[slice]:
    """So many units, some thousand at a time."""
    return (slice(begin, begin + _UNITS_AT_ONCE) for begin in range(0, count, _UNITS_AT_ONCE))


def key_ranges(entries: int) -> Iterator[tuple[int, int]]:
    """Ranges of keys with a block of so many entries each, about."""
    parts = 1 << (entries // _ENTRIES_AT_ONCE).bit_length()  # batches lie by ranges of such a number
    return pairwise(KEYS * part // parts for part in range(parts + 1))


# --- housekeeping -----------------------------------------------------------------------------


def tidied(
    archive: Archive, keep: Callable[[], Keep] = KeepInMemory, *, without_dead: bool = False
) -> Archive:
    """The archive with small segments merged, and written anew if it holds much that is dead.

    With `without_dead` nothing of a statement that left stays behind. `keep` is called for every new
    segment.
    """
    dead = ~archive.in_use
    if dead.sum() > (0 if without_dead else MOST_DEAD * archive.rows):
        return _compacted(archive, keep())
    segments = list(archive.segments)
    while len(segments) > 1 and len(segments[-2]) < MERGE_RATIO * len(segments[-1]):
        last = _Rows.of(segments[-2:])
        judged = Judged.concatenated([own.judged for own in segments[-2:]])
        segments[-2:] = [make_segment(last.contents(judged), keep())]
    return replace(archive, segments=segments)


def _compacted(archive: Archive, keep: Keep) -> Archive:
    """The archive as one segment of the rows in use."""
    use, judged = archive.in_use, archive.judged
    number = np.cumsum(use, dtype=np.int32) - np.int32(1)
    both = use[judged.small] & use[judged.large] & ~archive.dropped
    judged = judged.where(both).renumbered(number)
    segment = make_segment(_Rows.of(archive.segments, use).contents(judged), keep)
    return replace(
        archive,
        segments=(segment,),
        unit_of=number[archive.unit_of],
        in_use=np.ones(len(segment), np.bool_),
        dropped=np.zeros(len(judged), np.bool_),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """Some rows of segments that follow one another."""

    segments: Sequence[Segment]
    offsets: I64  # of the segments
    rows: I64  # ascending

    @classmethod
    def of(cls, segments: Sequence[Segment], which: Bools | None = None) -> "_Rows":
        """All rows, or some."""
        offsets = offsets_of(segments)
        return cls(segments, offsets, np.arange(offsets[-1]) if which is None else np.flatnonzero(which))

    def contents(self, judged: Judged) -> Contents:
        """What a segment of these rows is made of."""
        return Contents(
            self._joined([np.diff(own.first) for own in self.segments], np.int32),
            self._joined([own.wording for own in self.segments], np.uint64),
            self._joined([own.content for own in self.segments], np.uint64),
            self._joined([own.speaker for own in self.segments], np.int64),
            self._words(),
            self._entries(),
            self._printed(),
            judged,
        )

    def _joined(self, columns: Sequence[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
        return joined(columns, kind)[self.rows]

    def _words(self) -> Iterator[Block]:
        for block in unit_blocks(len(self.rows)):
            for part, local in places(self.offsets, self.rows[block]):
                own = self.segments[part]
                words = own.words[spread(own.first[local], own.first[local + 1] - own.first[local])]
                yield {"words": words, "bits": own.bits[local].ravel()}

    def _entries(self) -> Iterator[Entries]:
        number = np.full(self.offsets[-1], -1, np.int32)
        number[self.rows] = np.arange(len(self.rows), dtype=np.int32)
        for low, high in key_ranges(sum(len(own.sorted_entries.keys) for own in self.segments)):
            parts = []
            for own, offset in zip(self.segments, self.offsets.tolist(), strict=False):
                found = own.entries(low, high)
                units = number[found.units + offset]
                parts.append(Entries(found.keys, units, found.at).where(units >= 0))
            yield Entries.concatenated(parts).by_key()

    def _printed(self) -> Iterator[pa.LargeStringArray]:
        for block in unit_blocks(len(self.rows)):
            yield pa.array(texts_of(self.segments, self.offsets, self.rows[block]), pa.large_string())
