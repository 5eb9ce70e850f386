"""Fingerprints of each article's lines, kept beside the ledger: what boilerplate is learned from.

One row an article record, in one part file a shard, published and superseded with the snapshot. Holds
the rows; what they say of a line is `stages.boilerplate`'s.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from quotesieve.model import Metadata
from quotesieve.store.ledger import Key
from quotesieve.store.parquet import read_parts
from quotesieve.store.tables import Column, Table

_HASHES = pa.list_(pa.field("item", pa.int64(), nullable=False))

FINGERPRINTS = Table(
    "fingerprints",
    "One row an article: hashes of its lines. Internal; not for readers",
    (
        Column("raw_path", pa.string(), "File, relative to the input folder"),
        Column("record", pa.int64(), "Line, row or record, from 1; 0 if the file is the record"),
        Column("outlet", pa.string(), "The article's outlet; articles without one have no row", few=True),
        Column("story", _HASHES, "Hashes of its longest paragraphs, longest first: a reprint has the same"),
        Column("lines", _HASHES, "Hashes of the lines that may be boilerplate, with the outlet"),
        Column("removed", _HASHES, "Those of them that were removed as boilerplate"),
    ),
    key=("raw_path", "record"),
)


class Fingerprinted(Protocol):
    """An article, wholly cleaned or not, as far as it matters here."""

    @property
    def metadata(self) -> Metadata: ...
    @property
    def story(self) -> tuple[int, ...]: ...
    @property
    def fingerprints(self) -> tuple[int, ...]: ...
    @property
    def boilerplate(self) -> tuple[int, ...]: ...


def to_table(articles: Sequence[Fingerprinted], keys: Sequence[Key]) -> pa.Table:
    """Rows of articles of known outlets."""
    known = [
        (key, article)
        for key, article in zip(keys, articles, strict=True)
        if article.metadata.outlet is not None and article.story
    ]
    columns = [
        [key.raw_path for key, _ in known],
        [key.record for key, _ in known],
        [article.metadata.outlet for _, article in known],
        [article.story for _, article in known],
        [article.fingerprints for _, article in known],
        [article.boilerplate for _, article in known],
    ]
    arrays = [pa.array(v, c.type) for v, c in zip(columns, FINGERPRINTS.columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=FINGERPRINTS.schema)


def keys_of(rows: pa.Table) -> list[Key]:
    """The record of each row."""
    paths, records = rows.column("raw_path").to_pylist(), rows.column("record").to_pylist()
    return [Key(path, record) for path, record in zip(paths, records, strict=True)]


def read(part_files: Iterable[Path]) -> pa.Table:
    """All rows of some parts. Raises SnapshotError on a damaged part."""
    return read_parts(list(part_files), FINGERPRINTS)
