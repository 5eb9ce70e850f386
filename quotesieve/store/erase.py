"""What lies in CLEAN beside the current snapshot and may hold a forgotten article's text; its removal.

Older snapshots that hold the article, reports of earlier runs, and work in progress. Changes
nothing in the current snapshot: a run, or `forget`, publishes one without the article first.
"""

import shutil
from collections.abc import Set
from dataclasses import replace
from pathlib import Path

import pyarrow.compute as pc

from quotesieve.errors import SnapshotError
from quotesieve.store import forgotten, history, snapshot
from quotesieve.store.ledger import LEDGER
from quotesieve.store.parquet import read_parts
from quotesieve.store.snapshot import Snapshot, staging


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
    for path in reports(clean):
        path.unlink()
    shutil.rmtree(staging(clean), ignore_errors=True)
    forgotten.save(clean, replace(known, pending=False))
