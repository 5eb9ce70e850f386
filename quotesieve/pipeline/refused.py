"""Snapshots that the gate refused: kept for inspection, published after all, or thrown away.

CLEAN/refused/<run_id> is laid out as CLEAN itself is, so every reader and command reads it. There is at
most one: the next run plans afresh from the published snapshot and supersedes it.
"""

import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from quotesieve.errors import NotFound, SnapshotError
from quotesieve.pipeline.admission import Verdict
from quotesieve.store import ledger, quarantine, runs, snapshot
from quotesieve.store.ledger import Entry, Key
from quotesieve.store.parquet import read_parts, write_durably, write_part
from quotesieve.store.quarantine import Held
from quotesieve.store.snapshot import Snapshot
from quotesieve.store.tables import RUNS

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A refused snapshot: where it is, and the findings that closed the gate."""

    folder: Path
    snapshot: Snapshot
    messages: tuple[str, ...]


def folder_of(clean: Path) -> Path:
    """Where refused snapshots are kept."""
    return clean / "refused"


def keep_refused(
    clean: Path, target: Path, refused: Snapshot, verdict: Verdict, held: Iterable[Held]
) -> Path:
    """Put a staged snapshot aside, in place of one that was refused before; return its folder."""
    kept = folder_of(clean)
    pending = snapshot.staging(clean) / "refused"
    shutil.rmtree(pending, ignore_errors=True)
    pending.mkdir(parents=True)
    snapshot.publish(pending, target, refused)
    shutil.rmtree(snapshot.staging(pending), ignore_errors=True)
    quarantine.save(pending, held)
    listed = [asdict(finding) for finding in verdict.findings]
    write_durably(pending / "findings.json", json.dumps(listed, indent=1, ensure_ascii=False).encode())
    drop_refused(clean)
    kept.mkdir(exist_ok=True)
    os.rename(pending, kept / refused.id)
    for path in snapshot.staging(clean).iterdir():
        if path.name != "shards":  # cleaned records are found again by the next run
            shutil.rmtree(path, ignore_errors=True)
    return kept / refused.id


def drop_refused(clean: Path) -> None:
    """Remove what was refused before."""
    shutil.rmtree(folder_of(clean), ignore_errors=True)


def find_refused(clean: Path) -> Refused:
    """The refused snapshot of CLEAN. Raises NotFound if there is none."""
    for folder in sorted(folder_of(clean).glob("*/current.json")):
        found = snapshot.load_current(folder.parent)
        if found is not None:
            return Refused(folder.parent, found, _messages(folder.parent))
    raise NotFound(f"{clean}: no refused snapshot here. `quotesieve run RAW {clean}` says if it refuses one.")


def _messages(folder: Path) -> tuple[str, ...]:
    try:
        found = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
        return tuple(str(finding["message"]) for finding in found)
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def publish_anyway(clean: Path, *, accept: bool = False) -> Snapshot:
    """Publish the refused snapshot as it is; with `accept` history begins anew with it.

    Raises NotFound if there is none and SnapshotError if another was published since.
    """
    with snapshot.lock(clean):
        refused = find_refused(clean)
        current = snapshot.load_current(clean)
        if (current.id if current else None) != refused.snapshot.previous:
            raise SnapshotError(
                f"{refused.folder}: another snapshot was published since. Run again, or `quotesieve discard`."
            )
        target = snapshot.staging(clean) / refused.snapshot.id
        shutil.rmtree(target, ignore_errors=True)
        snapshot.staging(clean).mkdir(exist_ok=True)
        shutil.copytree(refused.folder / "snapshots" / refused.snapshot.id, target, copy_function=_link)
        rows, published = _as_published(target, refused.snapshot)
        now, then = quarantine.load(clean), quarantine.load(refused.folder)
        # What was decided since the run holds; a line is given up only when the snapshot stands.
        held = {
            key: now[key] if key in now and now[key].digest == one.digest else one
            for key, one in then.items()
        }
        quarantine.save(clean, {**now, **held}.values())
        snapshot.publish(clean, target, published)
        quarantine.save(clean, held.values())
        runs.append(clean, rows)
        if accept:
            quarantine.accept(clean, [quarantine.WHOLE, *_outlets(rows)], rows[0]["started_at"])
        drop_refused(clean)
        shutil.rmtree(snapshot.staging(clean), ignore_errors=True)
        return published


def _link(source: str, target: str) -> None:
    snapshot.link_or_copy(Path(source), Path(target))


def _as_published(target: Path, refused: Snapshot) -> tuple[list[Row], Snapshot]:
    """The rows of its run, now degraded, and the snapshot with its runs table written again."""
    path = target / "runs" / "part-all.parquet"
    past = read_parts([path], RUNS).to_pylist()
    own = [row | {"state": "degraded"} for row in past if _is_own(row, past, refused)]
    others = [row for row in past if not _is_own(row, past, refused)]
    path.unlink()  # a link to the refused one's: never written through
    entry = write_part(path, runs.to_table([*others, *own]), RUNS)
    files = {**refused.files, "runs": (snapshot.relocated(entry, refused.id, "runs"),)}
    return own, replace(refused, files=files)


def _is_own(row: Row, past: Sequence[Row], refused: Snapshot) -> bool:
    """The same input refused twice has the same id: the last one is meant."""
    last = max(r["started_at"] for r in past if r["run_id"] == refused.id)
    return bool(row["run_id"] == refused.id and row["started_at"] == last)


def _outlets(rows: Iterable[Row]) -> list[str]:
    return [row["outlet"] for row in rows if row["outlet"] is not None]


def list_held(clean: Path) -> list[Held]:
    """What was held back and is not yet published or gone, by outlet and path."""
    return sorted(quarantine.load(clean).values(), key=lambda one: (one.outlet or "", one.key))


def decide(clean: Path, name: str, state: str, *, accept: bool = False) -> list[Held]:
    """Release or discard what is held of an outlet, or one article; return it.

    With `accept` the history of the outlets counts from the first of these articles on. Raises NotFound
    if nothing of that name is held and Locked while a run is at work.
    """
    with snapshot.lock(clean):
        decided = quarantine.decide(clean, name, state)
        if accept:
            first = min(datetime.fromisoformat(one.since) for one in decided)
            quarantine.accept(clean, {one.outlet for one in decided if one.outlet}, first)
        return decided


def discard(clean: Path, *, articles: bool = False) -> tuple[str, int]:
    """Throw the refused snapshot away; return its id and how many articles stay out for good.

    The input is still there, so the next run judges it again. With `articles` what was new in it is
    discarded from the quarantine too, until its files change.
    """
    with snapshot.lock(clean):
        refused = find_refused(clean)
        out: list[Held] = []
        if articles:
            out = _new_articles(clean, refused)
            known = quarantine.load(clean)
            quarantine.save(clean, {**known, **{one.key: one for one in out}}.values())
        drop_refused(clean)
        return refused.snapshot.id, len(out)


def _new_articles(clean: Path, refused: Refused) -> list[Held]:
    """What the refused snapshot has and the current one has not, as discarded records."""
    current = snapshot.load_current(clean)
    before = _ledger(clean, current) if current else {}
    why = " ".join(refused.messages) or "its run was refused"
    return [
        Held(*key, e.digest, e.file_digest, e.article_id, e.outlet, "discarded", refused.snapshot.id, "", why)
        for key, e in _ledger(refused.folder, refused.snapshot).items()
        if e.article_id and (key not in before or before[key].digest != e.digest)
    ]


def _ledger(clean: Path, found: Snapshot) -> dict[Key, Entry]:
    return ledger.read(snapshot.paths(clean, found, "ledger"))
