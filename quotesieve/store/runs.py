"""The record of all runs: CLEAN/runs.jsonl, appended to at the end of each, and CLEAN/last_run.json.

The `runs` table of a snapshot is this record as it was then, so the record survives the loss of either.
Runs that changed nothing leave no row; that they happened is in last_run.json.
"""

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotesieve.errors import SnapshotError
from quotesieve.store.parquet import read_parts, rows_to_table, write_durably
from quotesieve.store.snapshot import Snapshot, paths
from quotesieve.store.tables import RUNS

NAME = "runs.jsonl"
LAST = "last_run.json"
_TIMES = ("started_at", "finished_at")

Row = dict[str, Any]


def read(clean: Path, current: Snapshot | None) -> list[Row]:
    """Every row there is, oldest run first and the whole run before its outlets.

    Where table and file differ the file counts: a refused run that was published after all is
    appended to it once more. A line that a crash cut off is left out.
    """
    rows: dict[tuple[Any, ...], Row] = {}
    for row in [*_published(clean, current), *_appended(clean)]:
        rows[row["run_id"], row["started_at"], row["outlet"]] = row
    return sorted(rows.values(), key=lambda r: (r["started_at"], r["outlet"] is not None, r["outlet"] or ""))


def _published(clean: Path, current: Snapshot | None) -> list[Row]:
    if current is None or "runs" not in current.files:
        return []
    try:
        rows: list[Row] = read_parts(paths(clean, current, "runs"), RUNS).to_pylist()
    except (SnapshotError, pa.ArrowException):  # the file of this module has the same rows
        return []
    return rows


def _appended(clean: Path) -> list[Row]:
    try:
        text = (clean / NAME).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found = (_parse(line) for line in text.split("\n") if line)
    return [row for row in found if row is not None]


def _parse(line: str) -> Row | None:
    try:
        row: Row = json.loads(line)
        return row | {name: datetime.fromisoformat(row[name]) for name in _TIMES}
    except (ValueError, KeyError, TypeError):
        return None


def append(clean: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows at the end, to the disk."""
    lines = [json.dumps(row, ensure_ascii=False, default=_iso) for row in rows]
    with open(clean / NAME, "ab") as out:
        cut_off = out.tell() > 0 and not _ends_whole(clean / NAME)
        out.write(("\n" * cut_off + "\n".join(lines) + "\n").encode())
        out.flush()
        os.fsync(out.fileno())


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    raise TypeError(f"{value!r} is no value of a row")


def _ends_whole(path: Path) -> bool:
    with open(path, "rb") as found:
        found.seek(-1, os.SEEK_END)
        return found.read(1) == b"\n"


def to_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of the runs table."""
    return rows_to_table([dict(row) for row in rows], RUNS)


def note_run(clean: Path, state: str, run_id: str, started: datetime, finished: datetime) -> None:
    """Say that a run ended, whatever came of it."""
    found = {"state": state, "run_id": run_id, "started_at": started, "finished_at": finished}
    pending = clean / f".{LAST}.tmp"
    write_durably(pending, json.dumps(found, default=_iso).encode())
    os.replace(pending, clean / LAST)


def last_run(clean: Path) -> Row | None:
    """State, run_id and times of the last run that ended; None if none did or nobody can tell."""
    try:
        return _parse((clean / LAST).read_text(encoding="utf-8"))
    except OSError:
        return None
