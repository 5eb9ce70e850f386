"""The report of the current snapshot, made and put beside the data in one step."""

import os
from pathlib import Path

from quotesieve.report import articles, statements
from quotesieve.report.facts import collect
from quotesieve.report.page import render
from quotesieve.store import reports, snapshot, sql
from quotesieve.store.snapshot import Snapshot


def write_report(clean: str | os.PathLike[str], target: str | os.PathLike[str] | None = None) -> Path:
    """Write the report of CLEAN's current snapshot; return where it is.

    Without `target` that is CLEAN/reports/<run_id>.html, and CLEAN/report.html is the newest. The
    same snapshot gives the same bytes. Raises SnapshotError if there is no snapshot.
    """
    root = Path(clean)
    current = snapshot.require_current(root)
    page = make_report(root, current).encode()
    if target is not None:
        return reports.put(Path(target), page)
    return reports.publish(root, current.id, page)


def make_report(clean: Path, current: Snapshot) -> str:
    """The page of one snapshot as text."""
    parts = {name: snapshot.paths(clean, current, name) for name in ("articles", "lines")}
    with sql.connect(clean, current) as data:
        data.execute("SET enable_progress_bar = false")
        facts = collect(data, current)
        return render(facts, statements.choose(data, current.run), articles.sample(data, parts))
