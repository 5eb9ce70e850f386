"""Part files: one Arrow table to one Parquet file and back, with the digest that vouches for it.

The only module that writes Parquet. The schema is pinned: a table that differs from its
declaration by one column is refused, because readers drop such a column without a word.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq

from quotesieve.errors import SnapshotError
from quotesieve.store.tables import Table

ROW_GROUP = 64 * 1024
# Below this a part is one page a column: statistics find a row as fast as a bloom filter would.
BLOOM_ROWS = 4096


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A published file as current.json lists it; `path` is relative to CLEAN, `bytes` its size."""

    path: str
    rows: int
    bytes: int
    sha256: str


def write_part(path: Path, rows: pa.Table, table: Table) -> FileEntry:
    """Write `rows` as one part of `table` and flush it to the disk.

    Raises pyarrow.ArrowInvalid if the schema differs from the declaration or a null stands in a
    column that allows none.
    """
    if not rows.schema.equals(table.schema):
        raise pa.ArrowInvalid(f"{table.name}: schema differs from its declaration: {rows.schema}")
    sink = pa.BufferOutputStream()
    bloom = _bloom(table, rows.num_rows)
    pq.write_table(rows, sink, row_group_size=ROW_GROUP, bloom_filter_options=bloom, **_layout(table))
    data = sink.getvalue()
    write_durably(path, data)
    return FileEntry(path.as_posix(), rows.num_rows, data.size, hashlib.sha256(data).hexdigest())


def _layout(table: Table) -> dict[str, Any]:
    return {
        "compression": "zstd",
        "compression_level": 3,
        "use_dictionary": [c.name for c in table.columns if c.few] or False,
        "write_page_index": True,
        "write_page_checksum": True,
    }


def write_stream(path: Path, batches: Iterable[pa.RecordBatch], table: Table) -> None:
    """Write rows as they come to a file that takes its name only when it is whole.

    Raises as `write_part` does, and OSError if it cannot be written.
    """
    pending = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with pq.ParquetWriter(pending, table.schema, **_layout(table)) as out:
            for batch in batches:
                out.write_batch(batch, row_group_size=ROW_GROUP)
        os.replace(pending, path)
    finally:
        pending.unlink(missing_ok=True)


def _bloom(table: Table, rows: int) -> dict[str, dict[str, float]] | None:
    if rows < BLOOM_ROWS or not table.lookup:
        return None
    return {name: {"ndv": min(rows, ROW_GROUP), "fpp": 0.05} for name in table.lookup}


def write_durably(path: Path, data: bytes | pa.Buffer) -> None:
    """Write and fsync: after this returns the bytes survive a power cut."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())


def read_parts(
    paths: Sequence[Path], table: Table, columns: Sequence[str] | None = None, memory_map: bool = False
) -> pa.Table:
    """The rows of some parts of `table`, in the order of `paths`; no path gives an empty table."""
    names = [c.name for c in table.columns] if columns is None else columns
    wanted = pa.schema([table.schema.field(name) for name in names], table.schema.metadata)
    parts = [read_part(path, names, memory_map=memory_map) for path in paths]
    if not parts:
        return wanted.empty_table()
    return pa.concat_tables([part.cast(wanted) for part in parts])


def read_part(path: Path, columns: Sequence[str] | None = None, *, memory_map: bool = False) -> pa.Table:
    """One part file. Raises SnapshotError if it is missing or cannot be read."""
    try:
        # One thread: parts are small, and several are read at once by several processes.
        names = None if columns is None else list(columns)
        with pq.ParquetFile(path, memory_map=memory_map) as part:
            return part.read(columns=names, use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise SnapshotError(f"{path}: {error}. Run `quotesieve run` again to make it anew.") from error


def rows_to_table(rows: Iterable[dict[str, Any]], table: Table) -> pa.Table:
    """Rows as dicts to Arrow; a missing or unknown key is an error, not a null."""
    listed = list(rows)
    names = [c.name for c in table.columns]
    for row in listed:
        if row.keys() != set(names):
            raise pa.ArrowInvalid(f"{table.name}: columns {sorted(row.keys() ^ set(names))} differ")
    columns = [pa.array([row[c.name] for row in listed], c.type) for c in table.columns]
    return pa.Table.from_arrays(columns, schema=table.schema)


@contextmanager
def _scratch(path: Path, schema: pa.Schema) -> Iterator[pa.ipc.RecordBatchFileWriter]:
    path.parent.mkdir(parents=True, exist_ok=True)
    options = pa.ipc.IpcWriteOptions(compression="lz4")
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, schema, options=options) as out:
        yield out


def write_scratch(path: Path, rows: pa.Table) -> None:
    """Write a file that only this program reads, between two stages of one run."""
    with _scratch(path, rows.schema) as out:
        out.write_table(rows)


def write_scratch_batches(path: Path, batches: Sequence[pa.RecordBatch]) -> None:
    """The same, of which `read_scratch_batches` reads some again by their numbers; at least one."""
    with _scratch(path, batches[0].schema) as out:
        for batch in batches:
            out.write_batch(batch)


def read_scratch_batches(path: Path, which: Iterable[int]) -> pa.Table:
    """Some batches of what `write_scratch_batches` wrote; the others are not read."""
    with pa.OSFile(str(path), "rb") as source:
        reader = pa.ipc.open_file(source)
        return pa.Table.from_batches([reader.get_batch(number) for number in which], reader.schema)


def read_scratch(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """What `write_scratch` wrote, or some of its columns."""
    with pa.OSFile(str(path), "rb") as source:
        reader = pa.ipc.open_file(source)
        if columns is not None:
            wanted = [reader.schema.get_field_index(name) for name in columns]
            options = pa.ipc.IpcReadOptions(included_fields=sorted(wanted))
            reader = pa.ipc.open_file(source, options=options)
        rows = reader.read_all()
        return rows if columns is None else rows.select(list(columns))


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    with open(path, "rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
