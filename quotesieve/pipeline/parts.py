"""The part files of one shard in a new snapshot: written, or linked where nothing changed.

Runs in worker processes, one call a shard. Knows the columns that grouping adds, nothing of how
groups are found.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import starmap
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotesieve.match.align import Alignment, align, changes
from quotesieve.pipeline.contents import Shard
from quotesieve.pipeline.shards import GROUPED
from quotesieve.stages import ids
from quotesieve.stages.passage_columns import Columns
from quotesieve.store import ledger
from quotesieve.store.fingerprints import FINGERPRINTS
from quotesieve.store.ledger import LEDGER, Key
from quotesieve.store.parquet import FileEntry, read_part, write_part
from quotesieve.store.snapshot import link_or_copy
from quotesieve.store.tables import (
    ARTICLES,
    COMPARISONS,
    LINES,
    MENTIONS,
    PARAGRAPHS,
    PASSAGES,
    REJECTIONS,
    REUSE,
    Table,
)


@dataclass(frozen=True, slots=True)
class ShardTask:
    """A shard and what the grouping found out about its rows, in their order."""

    shard: Shard
    target: Path
    passage_ids: pa.Array
    speaker_ids: pa.Array  # null: nobody is named
    canonical_texts: Sequence[str | None]  # None: the mention itself is canonical
    copy_group: Sequence[str]  # "": a paragraph that stands alone
    is_canonical: Sequence[bool]
    passages: tuple[Columns, list[int]]  # and the mention that gives the text, -1: it is there
    comparisons: pa.Table
    reuse: pa.Table


def finish_shard(task: ShardTask) -> dict[str, FileEntry]:
    """Write or link all part files of a shard; return those that have rows, by table."""
    mentions = _mentions(task)
    made: dict[Table, pa.Table] = {
        MENTIONS: mentions,
        PARAGRAPHS: _paragraphs(task),
        PASSAGES: _passages(task, mentions.column("text")),
        COMPARISONS: task.comparisons,
        REUSE: task.reuse,
        LEDGER: ledger.to_table(task.shard.entries),
    }
    done = {table.name: _put(task, table, rows) for table, rows in made.items() if rows.num_rows}
    for table in (ARTICLES, LINES, REJECTIONS, FINGERPRINTS):
        if table.name in task.shard.parts and (entry := _final(task, table)):
            done[table.name] = entry
    return done


def _path(task: ShardTask, table: Table) -> Path:
    return task.target / table.name / f"part-{task.shard.name}.parquet"


def _put(task: ShardTask, table: Table, rows: pa.Table) -> FileEntry:
    """Link the published part if its rows are these, else write them."""
    path, old = _path(task, table), task.shard.parts.get(table.name)
    if old is not None and old.rows == rows.num_rows and read_part(Path(old.path)).equals(rows):
        return _link(old, path)
    return write_part(path, rows, table)


def _link(entry: FileEntry, path: Path) -> FileEntry:
    link_or_copy(Path(entry.path), path)
    return replace(entry, path=path.as_posix())


def _final(task: ShardTask, table: Table) -> FileEntry | None:
    """A part that was written in its final form, less the rows that have left."""
    entry = task.shard.parts[table.name]
    if task.shard.untouched:
        return _link(entry, _path(task, table))
    rows = read_part(Path(entry.path)).cast(table.schema)
    if table in (REJECTIONS, FINGERPRINTS):
        rows = _kept_records(task.shard, rows, articles=table is FINGERPRINTS)
    else:
        rows = _renumbered(task.shard, rows)
    return _put(task, table, rows) if rows.num_rows else None


def _kept_records(shard: Shard, rows: pa.Table, *, articles: bool) -> pa.Table:
    """Rows of records that stay: of those that are articles, or of the others."""
    keys = {entry.key for entry in shard.entries if (entry.article_id is not None) == articles}
    listed = zip(rows.column("raw_path").to_pylist(), rows.column("record").to_pylist(), strict=True)
    return rows.filter(pa.array([Key.of(path, record) in keys for path, record in listed], pa.bool_()))


def _renumbered(shard: Shard, rows: pa.Table) -> pa.Table:
    """Rows of articles or lines that stay, with the version each is now."""
    listed = zip(rows.column("article_id").to_pylist(), rows.column("version").to_pylist(), strict=True)
    now = [shard.renumber.get(key) for key in listed]
    rows = rows.filter(pa.array([version is not None for version in now], pa.bool_()))
    stay = [version for version in now if version is not None]
    columns = {"version": pa.array([v.version for v in stay], pa.int32())}
    if "is_latest" in rows.column_names:
        columns["is_latest"] = pa.array([v.is_latest for v in stay], pa.bool_())
    for name, values in columns.items():
        position = rows.column_names.index(name)
        rows = rows.set_column(position, rows.schema.field(position), values)
    return rows


def _mentions(task: ShardTask) -> pa.Table:
    names = [c.name for c in MENTIONS.columns if c.name not in GROUPED["mentions"]]
    rows = task.shard.rows("mentions", names) if len(task.passage_ids) else MENTIONS.schema.empty_table()
    found = list(starmap(_related, zip(rows.column("text").to_pylist(), task.canonical_texts, strict=True)))
    grouped = {
        "passage_id": task.passage_ids,
        "speaker_id": task.speaker_ids,
        "relation": pa.array([own.relation for own, _ in found], pa.string()),
        "similarity": pa.array([own.similarity for own, _ in found], pa.float32()),
        "canonical_start": pa.array([own.canonical_start for own, _ in found], pa.int32()),
        "canonical_end": pa.array([own.canonical_end for own, _ in found], pa.int32()),
        "changes": pa.array([made for _, made in found], MENTIONS.schema.field("changes").type),
    }
    return _with(rows, grouped, MENTIONS)


def _related(text: str, canonical: str | None) -> tuple[Alignment, list[dict[str, Any]]]:
    """How a mention relates to its passage's canonical text (None: it is that), and what differs."""
    if canonical is None:
        return Alignment("exact", 100.0, 0, len(text)), []
    found = align(text, canonical)
    return found, [asdict(change) for change in changes(text, canonical, found)]


def _paragraphs(task: ShardTask) -> pa.Table:
    names = [c.name for c in PARAGRAPHS.columns if c.name not in GROUPED["paragraphs"]]
    rows = task.shard.rows("paragraphs", names) if task.copy_group else PARAGRAPHS.schema.empty_table()
    listed = zip(
        task.copy_group, rows.column("article_id").to_pylist(), rows.column("text").to_pylist(), strict=True
    )
    copy_group = [known or ids.copy_group_id(article, text) for known, article, text in listed]
    grouped = {
        "copy_group": pa.array(copy_group, pa.string()),
        "is_canonical": pa.array(task.is_canonical, pa.bool_()),
    }
    return _with(rows, grouped, PARAGRAPHS)


def _passages(task: ShardTask, texts: pa.ChunkedArray) -> pa.Table:
    columns, own = task.passages
    printed = texts.to_pylist()
    filled = [
        text if mention < 0 else printed[mention]
        for text, mention in zip(columns["canonical_text"], own, strict=True)
    ]
    columns = {**columns, "canonical_text": filled}
    arrays = [pa.array(columns[c.name], c.type) for c in PASSAGES.columns]
    return pa.Table.from_arrays(arrays, schema=PASSAGES.schema)


def _with(rows: pa.Table, grouped: Mapping[str, pa.Array], table: Table) -> pa.Table:
    """The rows with the grouped columns put where the declaration has them."""
    columns = [
        grouped[c.name] if c.name in grouped else rows.column(c.name).cast(c.type) for c in table.columns
    ]
    return pa.Table.from_arrays(columns, schema=table.schema)
