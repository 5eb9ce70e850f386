"""What was done with each input record: the project's own account, by which a re-run goes.

One row a record, in one part file a shard, published and superseded with the snapshot. Holds
the rows, which content is current among several of one article, and nothing about how a
record is processed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from quotesieve.store.parquet import read_parts
from quotesieve.store.tables import Column, Table

LEDGER = Table(
    "ledger",
    "One row an input record: what it was and what became of it. Internal; not for readers",
    (
        Column("raw_path", pa.string(), "File, relative to the input folder"),
        Column("record", pa.int64(), "Line, row or record, from 1; null if the file is the record", True),
        Column("digest", pa.string(), "Of payload, encoding and metadata, or of what was refused"),
        Column("file_digest", pa.string(), "Of the file, for files that are one record", True),
        Column("article_id", pa.string(), "The article it became; null if it was rejected", True),
        Column("outlet", pa.string(), "The article's outlet", True, few=True),
        Column("fetched_at", pa.timestamp("us", tz="UTC"), "Fetch time, which orders versions", True),
        Column("replaced", pa.int32(), "Earlier contents of this record that later ones replaced"),
    ),
    key=("raw_path", "record"),
)


class Key(NamedTuple):
    """Which record: its file and, in a container, its number from 1 (0 for a whole file)."""

    raw_path: str
    record: int

    @classmethod
    def of(cls, raw_path: str, record: int | None) -> "Key":
        """The key of a record as the tables write it, with None for a whole file."""
        return cls(raw_path, record or 0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One ledger row, and the shard whose part files hold what it became."""

    key: Key
    digest: str
    file_digest: str | None
    article_id: str | None
    outlet: str | None
    fetched_at: datetime | None
    replaced: int
    shard: str = ""


def to_table(entries: Iterable[Entry]) -> pa.Table:
    """Ledger entries as rows."""
    listed = list(entries)
    columns = [
        [e.key.raw_path for e in listed],
        [e.key.record or None for e in listed],
        [e.digest for e in listed],
        [e.file_digest for e in listed],
        [e.article_id for e in listed],
        [e.outlet for e in listed],
        [e.fetched_at for e in listed],
        [e.replaced for e in listed],
    ]
    arrays = [pa.array(v, c.type) for v, c in zip(columns, LEDGER.columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=LEDGER.schema)


def from_table(rows: pa.Table, shard: str) -> list[Entry]:
    """Rows as ledger entries of one shard."""
    values = [rows.column(c.name).to_pylist() for c in LEDGER.columns]
    return [
        Entry(Key.of(path, record), digest, file_digest, article_id, outlet, fetched, replaced, shard)
        for path, record, digest, file_digest, article_id, outlet, fetched, replaced in zip(
            *values, strict=True
        )
    ]


def shard_of(path: str) -> str:
    """The shard that a part file belongs to.

    >>> shard_of("snapshots/00002-ab/mentions/part-00001-0003.parquet")
    '00001-0003'
    """
    return Path(path).stem.removeprefix("part-")


def read(part_files: Sequence[Path]) -> dict[Key, Entry]:
    """All entries of a snapshot's ledger parts, by key. Raises SnapshotError on a damaged part."""
    entries: dict[Key, Entry] = {}
    for path in part_files:
        rows = read_parts([path], LEDGER)
        entries.update((entry.key, entry) for entry in from_table(rows, shard_of(path.name)))
    return entries


@dataclass(frozen=True, slots=True)
class Version:
    """Where a record stands among the contents of its article."""

    version: int  # from 1
    is_latest: bool


def versions(entries: Iterable[Entry]) -> Mapping[Key, Version]:
    """Version and currency of every article record: by fetch time, then path, then record.

    A record whose content changed counts on from what it replaced, so a version number is
    never used twice. The result does not depend on the order of `entries`.
    """
    contents: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.article_id is not None:
            contents.setdefault(entry.article_id, []).append(entry)
    result: dict[Key, Version] = {}
    for several in contents.values():
        several.sort(key=_age)
        replaced = 0
        for number, entry in enumerate(several, 1):
            replaced += entry.replaced
            result[entry.key] = Version(number + replaced, number == len(several))
    return result


def _age(entry: Entry) -> tuple[datetime, Key]:
    return entry.fetched_at or datetime.min.replace(tzinfo=UTC), entry.key


def succeed(new: Entry, old: Entry | None) -> Entry:
    """`new` with its count of replaced contents carried on from what it succeeds."""
    if old is None or old.article_id != new.article_id:
        return new
    return replace(new, replaced=old.replaced + (old.digest != new.digest))
