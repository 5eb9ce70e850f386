"""What differs between two snapshots: passages added, changed, removed and merged.

Goes by the published files of two snapshots that are still kept; part files that both share are
not read at all. Writes nothing below CLEAN.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from quotesieve.errors import SnapshotError
from quotesieve.store import snapshot, sql
from quotesieve.store.history import find
from quotesieve.store.parquet import FileEntry, write_stream
from quotesieve.store.snapshot import Snapshot
from quotesieve.store.tables import CHANGES, PASSAGES

KINDS = ("added", "changed", "removed", "merged")
BATCH = 16 * 1024  # rows in memory at once while a file is written


@dataclass(frozen=True, slots=True)
class Changes:
    """What a comparison found: how many passages by kind, and in which columns they differ."""

    old: str  # the two snapshots
    new: str
    counts: Mapping[str, int]  # of every kind, 0 where there is none
    columns: Mapping[str, int]  # changed passages by column that differs, most first
    file: str | None = None  # where the rows are


def changes(
    clean: str | os.PathLike[str],
    old: str | os.PathLike[str] = "previous",
    new: str | os.PathLike[str] = "current",
    *,
    out: str | os.PathLike[str] | None = None,
) -> Changes:
    """Count what differs between two snapshots of CLEAN, and write the rows to `out` if given.

    `old` and `new` are a snapshot's id (or its beginning, if only one begins so), "current",
    "previous" (the one before the current one) or the path of a saved current.json. Raises
    NotFound for a snapshot that is no longer kept or never was, SnapshotError for one that cannot
    be read and for an `out` that cannot be written or lies in CLEAN.
    """
    root = Path(clean)
    before, after = find(root, old), find(root, new)
    kinds: Counter[str] = Counter()
    columns: Counter[str] = Counter()
    batches = _counted(_differing(root, before, after), kinds, columns)
    if out is None:
        for _ in batches:
            pass
    else:
        _write(root, Path(out), batches)
    return Changes(
        before.id,
        after.id,
        {kind: kinds[kind] for kind in KINDS},
        dict(columns.most_common()),
        None if out is None else os.fspath(out),
    )


def read_changes(
    clean: str | os.PathLike[str],
    old: str | os.PathLike[str] = "previous",
    new: str | os.PathLike[str] = "current",
) -> pa.RecordBatchReader:
    """The rows that `changes` would write, in batches, ordered by passage_id. Raises what it raises."""
    root = Path(clean)
    before, after = find(root, old), find(root, new)
    return pa.RecordBatchReader.from_batches(CHANGES.schema, _differing(root, before, after))


def _write(clean: Path, out: Path, batches: Iterator[pa.RecordBatch]) -> None:
    if out.resolve().is_relative_to(clean.resolve()):
        raise SnapshotError(f"{out}: lies in {clean}, which only runs write to. Name a file elsewhere.")
    try:
        write_stream(out, batches, CHANGES)
    except OSError as error:
        raise SnapshotError(f"{out}: {error.strerror or error}. Nothing was written.") from error


def _counted(
    batches: Iterator[pa.RecordBatch], kinds: Counter[str], columns: Counter[str]
) -> Iterator[pa.RecordBatch]:
    """The batches as they come, counted on the way."""
    for batch in batches:
        for values, counter in (
            (batch.column("change"), kinds),
            (batch.column("changed_columns").flatten(), columns),
        ):
            for found in values.value_counts().to_pylist():
                counter[found["values"]] += found["counts"]
        yield batch


def _differing(clean: Path, before: Snapshot, after: Snapshot) -> Iterator[pa.RecordBatch]:
    """Rows of the changes table. Files of the same content in both snapshots cannot hold any."""
    same = {e.sha256 for e in before.files["passages"]} & {e.sha256 for e in after.files["passages"]}
    with sql.blank() as connection, sql.readable(clean):
        _view(connection, "before", clean, before.files["passages"], same)
        _view(connection, "after", clean, after.files["passages"], same)
        sql.create_view(connection, "redirects", snapshot.paths(clean, after, "redirects"))
        for batch in connection.sql(_query()).to_arrow_reader(BATCH):
            yield _as_declared(batch)


def _view(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    clean: Path,
    entries: tuple[FileEntry, ...],
    same: set[str],
) -> None:
    files = [clean / entry.path for entry in entries if entry.sha256 not in same]
    if files:
        sql.create_view(connection, name, files)
    else:
        connection.register(name, PASSAGES.schema.empty_table())


def _query() -> str:
    names = [c.name for c in PASSAGES.columns]
    compared = [name for name in names if name != "passage_id"]
    differs = ", ".join(f"a.{name} IS DISTINCT FROM b.{name}" for name in compared)
    listed = ", ".join(f"'{name}'" for name in compared)
    rows = ", ".join(
        f"CASE WHEN b.passage_id IS NULL THEN a.{name} ELSE b.{name} END AS {name}" for name in names
    )
    return f"""
        WITH compared AS (
            SELECT
                CASE WHEN a.passage_id IS NULL THEN 'added' WHEN b.passage_id IS NOT NULL THEN 'changed'
                     WHEN target_passage_id IS NULL THEN 'removed' ELSE 'merged' END AS change,
                CASE WHEN b.passage_id IS NULL THEN target_passage_id END AS target_passage_id,
                CASE WHEN a.passage_id IS NULL OR b.passage_id IS NULL THEN CAST([] AS VARCHAR[])
                     ELSE list_where([{listed}], [{differs}]) END AS changed_columns,
                {rows}
            FROM before a FULL JOIN after b ON a.passage_id = b.passage_id
            LEFT JOIN redirects r ON r.passage_id = a.passage_id
        )
        SELECT * FROM compared WHERE change <> 'changed' OR len(changed_columns) > 0 ORDER BY passage_id
    """  # names are those of the declaration: nothing here comes from outside


def _as_declared(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The rows in the declared types: SQL has no lists or columns without null."""
    columns = [batch.column(i).cast(c.type) for i, c in enumerate(CHANGES.columns)]
    return pa.RecordBatch.from_arrays(columns, schema=CHANGES.schema)
