"""What lies in CLEAN beside the current snapshot and may hold a forgotten article's text; its removal.

Older snapshots that hold the article, indexes that may, reports of earlier runs, work in progress, and
what the quality gate keeps. Changes nothing in the current snapshot: a run, or `forget`, publishes one
without the article first.
"""

import json
import shutil
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc

from quotesieve.errors import SnapshotError
from quotesieve.store import forgotten, history, index, quarantine, snapshot
from quotesieve.store.ledger import LEDGER
from quotesieve.store.parquet import read_parts, write_durably
from quotesieve.store.snapshot import Snapshot, staging

REFUSED = "refused"  # a snapshot that the quality gate did not let through; the next run makes it anew


def holds(clean: Path, one: Snapshot, articles: Set[str]) -> bool:
    """Whether a snapshot has an article among these, in any version."""
    found = read_parts(snapshot.paths(clean, one, "ledger"), LEDGER, ("article_id",))
    return not articles.isdisjoint(pc.unique(found.column("article_id")).to_pylist())


def outdated(clean: Path, articles: Set[str]) -> list[str]:
    """The ids of older snapshots that have one of these articles, or can't be read to find out."""
    current = snapshot.load_current(clean)
    found = []
    for name in history.kept(clean):
        if current is None or name != current.id:
            try:
                listed = holds(clean, history.load(clean, name), articles)
            except SnapshotError:
                listed = True
            if listed:
                found.append(name)
    return found


def reports(clean: Path) -> list[Path]:
    """The reports of runs: pages that quote articles."""
    return sorted([*clean.glob("reports/*"), *clean.glob("report.html")])


def erase(clean: Path) -> None:
    """Remove what may hold the text of forgotten articles, if that is still to be done.

    To be called with the lock held. Does nothing while the current snapshot has one of them.
    """
    known = forgotten.load(clean)
    if not known.pending:
        return
    articles = frozenset(known.articles)
    current = snapshot.load_current(clean)
    if current is not None and holds(clean, current, articles):
        return
    for name in outdated(clean, articles):
        shutil.rmtree(clean / "snapshots" / name)
    index.drop_others(clean, current.id if current and not index.has_remains(clean, current.id) else "")
    for path in reports(clean):
        path.unlink()
    for folder in (staging(clean), clean / REFUSED):
        shutil.rmtree(folder, ignore_errors=True)
    _drop_lines(clean / quarantine.NAME, articles)
    forgotten.save(clean, replace(known, pending=False))


def _drop_lines(path: Path, articles: Set[str]) -> None:
    """Remove the lines of a JSONL file that are about one of the articles, in one step."""
    if not path.exists():
        return
    lines = [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
    left = [line for line in lines if json.loads(line).get("article_id") not in articles]
    if len(left) < len(lines):
        pending = path.with_name(f"{path.name}.tmp")
        write_durably(pending, "".join(line + "\n" for line in left).encode())
        pending.replace(path)
