"""The last checks and the last tables of a staged snapshot: keys and references, `outlets`, `runs`.

Schemas and nulls are checked where files are written (`store.parquet`). Keys are checked here for all
tables but those whose keys lie within one article: of `lines` and `paragraphs`, and of references, only
files that this run wrote are looked at.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.corrections import Correction
from quotesieve.model import Finding
from quotesieve.pipeline.admission import SnapshotFigures
from quotesieve.pipeline.plan import Plan
from quotesieve.store import corrections, outlets, runs
from quotesieve.store.parquet import FileEntry, read_parts, write_part
from quotesieve.store.tables import CORRECTIONS, OUTLETS, RUNS, TABLES, Table

Files = Mapping[str, Sequence[FileEntry]]
WITHIN_AN_ARTICLE = ("lines", "paragraphs")
LEFT_OUT = ("runs", "outlets", "corrections")  # made from mappings or lines: keys cannot be double


def write_outlets(plan: Plan, target: Path, contents: SnapshotFigures) -> FileEntry:
    """The outlets table: what outlets.csv lists and what has articles."""
    articles = {name: count for name, count in contents.articles.items() if name is not None}
    rows = outlets.to_table(plan.source.outlets, articles)
    return write_part(target / OUTLETS.name / "part-all.parquet", rows, OUTLETS)


def write_corrections(target: Path, rows: Sequence[Correction]) -> FileEntry:
    """The corrections table: every row of corrections.csv with what came of it."""
    path = target / CORRECTIONS.name / "part-all.parquet"
    return write_part(path, corrections.to_table(rows), CORRECTIONS)


def write_runs(
    target: Path, past: Sequence[Mapping[str, Any]], own: Sequence[Mapping[str, Any]]
) -> FileEntry:
    """The runs table: all runs before, and this one."""
    return write_part(target / RUNS.name / "part-all.parquet", runs.to_table([*past, *own]), RUNS)


def check_keys(files: Files) -> list[Finding]:
    """A finding for each table whose key is not unique or that refers to what is not there."""
    found: list[Finding] = []
    columns: dict[tuple[str, str], pa.ChunkedArray] = {}
    for name, table in TABLES.items():
        if name not in LEFT_OUT:
            found += _check_unique(table, files[name])
    for name, table in TABLES.items():
        for own, other, its in table.references:
            if (other, its) not in columns:
                columns[other, its] = _read(TABLES[other], files[other], (its,)).column(its)
            found += _check_reference(table, files[name], own, other, columns[other, its])
    return found


def _read(table: Table, entries: Sequence[FileEntry], columns: Sequence[str]) -> pa.Table:
    return read_parts([Path(entry.path) for entry in entries], table, columns)


def _check_unique(table: Table, entries: Sequence[FileEntry]) -> list[Finding]:
    if table.name in WITHIN_AN_ARTICLE:
        double = _double_within(table, _written(entries))
    else:
        double = _double(_read(table, entries, table.key))
    if not double:
        return []
    key = ", ".join(table.key)
    return [
        _fault(
            "key_not_unique",
            table,
            double,
            f"at least {double} rows of {table.name} have a {key} that others have",
        )
    ]


def _double_within(table: Table, entries: Sequence[FileEntry]) -> int:
    """How many rows are double at least, where keys begin with the article: file by file, and then the
    articles that two files have, each counted once."""
    double, articles = 0, []
    for entry in entries:
        rows = _read(table, [entry], table.key)
        double += _double(rows)
        articles.append(rows.group_by(list(table.key[:-1])).aggregate([]))
    return double + (_double(pa.concat_tables(articles)) if articles else 0)


def _double(keys: pa.Table) -> int:
    """How many rows are not the first of their kind."""
    return int(keys.num_rows - keys.group_by(keys.column_names).aggregate([]).num_rows)


def _check_reference(
    table: Table, entries: Sequence[FileEntry], own: str, other: str, known: pa.ChunkedArray
) -> list[Finding]:
    values = _read(table, _written(entries), (own,)).column(own).drop_null()
    lost = len(values) - pc.sum(pc.is_in(values, known)).as_py() if len(values) else 0
    if not lost:
        return []
    what = f"{lost} rows of {table.name} have a {own} that is not in {other}"
    return [_fault("reference_lost", table, lost, what)]


def _written(entries: Sequence[FileEntry]) -> list[FileEntry]:
    """Those that are not a link to a published file."""
    return [entry for entry in entries if Path(entry.path).stat().st_nlink == 1]


def _fault(code: str, table: Table, count: int, what: str) -> Finding:
    message = (
        f"{what}, expected none; this is a bug, and `quotesieve verify` on the refused snapshot shows more."
    )
    return Finding(code, None, "refuse", table.name, count, 0, 0, message)
