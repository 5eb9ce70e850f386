"""Where reports lie: CLEAN/reports/<run_id>.html, and CLEAN/report.html, the newest. Bytes only."""

import os
from pathlib import Path

from quotesieve.store.parquet import write_durably
from quotesieve.store.snapshot import link_or_copy

KEEP = 60  # reports; older ones are removed


def put(path: Path, page: bytes) -> Path:
    """Write a page so that a reader sees the old one or the new one, never half of it."""
    pending = path.with_name(f".{path.name}.tmp")
    write_durably(pending, page)
    os.replace(pending, path)
    return path


def publish(clean: Path, run_id: str, page: bytes, *, keep: int = KEEP) -> Path:
    """Write a run's report, make it the newest, and remove those beyond the `keep` newest."""
    path = put(clean / "reports" / f"{run_id}.html", page)
    pending = clean / "reports" / ".newest.tmp"
    link_or_copy(path, pending)
    os.replace(pending, clean / "report.html")
    pending.unlink(missing_ok=True)  # replacing a link by another to the same file leaves both
    for old in sorted((clean / "reports").glob("*.html"), reverse=True)[keep:]:
        old.unlink()
    return path
