"""Parquet: one article a row, read in batches of bounded size, one row group after the other.

A damaged row group is one rejection and the next group is read. Strings are taken as bytes, so
that a column that lies about being UTF-8 is judged like any other text.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from quotesieve.metadata import ALIASES
from quotesieve.model import RawArticle, Rejection
from quotesieve.store.bad_input import BadInput
from quotesieve.store.compressed import Expansion, plain_stream
from quotesieve.store.manifest import COLUMNS
from quotesieve.store.records import Source, content_of, rows_of

_BATCH_BYTES = 4 * 1024 * 1024
_MAX_BATCH_ROWS = 1024
_CHUNK = 1 << 20
_WANTED = frozenset({"text", "html", *COLUMNS[1:], *ALIASES})
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_TEXT_TYPES = (
    pa.types.is_string,
    pa.types.is_large_string,
    pa.types.is_string_view,
    pa.types.is_binary,
    pa.types.is_large_binary,
    pa.types.is_binary_view,
)
_PER_SECOND = {"s": 1, "ms": 1000, "us": 1_000_000, "ns": 1_000_000_000}


def read_parquet(stream: BinaryIO, source: Source) -> Iterator[RawArticle | Rejection]:
    """The articles of a Parquet file, gzipped or not."""
    expansion = Expansion(source.settings.max_expansion)
    expansion.taken = max(1, source.file.size)
    record = 0
    try:
        with _seekable(stream, source) as file:
            table = _open(file)
            columns = _columns(table.schema_arrow, source.settings.map)
            for group in range(table.metadata.num_row_groups):
                before = record
                for item in _read_group(table, group, columns, before, source):
                    record = item.record or record
                    expansion.add(len(item.payload) if isinstance(item, RawArticle) else 0)
                    yield item
                record = max(record, before + table.metadata.row_group(group).num_rows)
    except BadInput as bad:
        yield source.rejection(record + 1 if record else None, bad)


def _seekable(stream: BinaryIO, source: Source) -> BinaryIO:
    """Parquet is read from its end: a gzipped one is unpacked to a file of its own first."""
    if not source.file.gzipped:
        return stream
    plain = plain_stream(stream, gzipped=True, max_expansion=source.settings.max_expansion)
    unpacked: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    while piece := plain.read(_CHUNK):
        unpacked.write(piece)
    unpacked.seek(0)
    return unpacked


def _open(file: BinaryIO) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(file, pre_buffer=False, buffer_size=_CHUNK)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput("bad_parquet", str(error)) from error


def _columns(schema: pa.Schema, names: Mapping[str, str]) -> list[str]:
    """The columns to read; BadInput "missing_column" if none holds articles."""
    found = [key for key in schema.names if dict(rows_of({key: None}, names)).keys() & _WANTED]
    content = [key for key in found if dict(rows_of({key: None}, names)).keys() & {"text", "html"}]
    if not content:
        raise BadInput(
            "missing_column",
            f"neither `text` nor `html` among {', '.join(schema.names[:20])} (input.map can rename a column)",
        )
    for key in content:
        if not _is_text(schema.field(key).type):
            raise BadInput("missing_column", f"`{key}` holds {schema.field(key).type}, not strings")
    return found


def _is_text(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return any(check(kind) for check in _TEXT_TYPES)


def _read_group(
    table: pq.ParquetFile, group: int, columns: list[str], before: int, source: Source
) -> Iterator[RawArticle | Rejection]:
    record = before
    try:
        for batch in _batches(table, group, columns):
            for row in _rows(batch):
                record += 1
                yield _read_row(row, record, source)
    except BadInput as bad:
        yield source.rejection(record + 1, bad)


def _batches(table: pq.ParquetFile, group: int, columns: list[str]) -> Iterator[pa.RecordBatch]:
    try:
        yield from table.iter_batches(_batch_rows(table, group), [group], columns, use_threads=False)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise BadInput("bad_parquet", f"row group {group}: {error}") from error


def _batch_rows(table: pq.ParquetFile, group: int) -> int:
    about = table.metadata.row_group(group)
    mean = max(1, about.total_byte_size // max(1, about.num_rows))
    return int(max(1, min(_MAX_BATCH_ROWS, _BATCH_BYTES // mean)))


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, object]]:
    values = [_values(column) for column in batch.columns]
    for row in zip(*values, strict=True):
        yield dict(zip(batch.schema.names, row, strict=True))


def _values(column: pa.Array) -> Sequence[object]:
    """Python values; text as bytes, times as aware datetimes, what cannot be read as None."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if _is_text(column.type):
        return list(column.cast(pa.large_binary()).to_pylist())
    if pa.types.is_timestamp(column.type):
        unit = _PER_SECOND[column.type.unit]
        return [_moment(value, unit) for value in column.cast(pa.int64()).to_pylist()]
    try:
        return list(column.to_pylist())
    except (ValueError, OverflowError, pa.ArrowException):
        return [None] * len(column)


def _moment(value: int | None, per_second: int) -> datetime | None:
    if value is None:
        return None
    try:
        return _EPOCH + timedelta(microseconds=value * 1_000_000 // per_second)
    except OverflowError:
        return None


def _read_row(values: dict[str, Any], record: int, source: Source) -> RawArticle | Rejection:
    row = dict(rows_of(values, source.settings.map))
    payload = b""
    try:
        kind, content = content_of(row)
        payload = content if isinstance(content, bytes) else b""
        about = {key: _string(value) for key, value in row.items() if key not in ("text", "html")}
        return source.article(record, kind, payload, row=about)
    except BadInput as bad:
        return source.rejection(record, bad, payload)


def _string(value: object) -> object:
    """Bytes as the text they are; None if they are none."""
    if not isinstance(value, bytes):
        return value
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return None
