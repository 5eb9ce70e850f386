"""The snapshots that are still kept: which there are, and the one that a user means.

Each lies in a folder of its own with `snapshot.json`, its current.json of the time. Reads these;
publishes and removes nothing.
"""

import json
import os
from pathlib import Path

from quotesieve.errors import NotFound, SchemaMismatch, SnapshotError
from quotesieve.store.snapshot import Snapshot, from_json, require_current
from quotesieve.store.tables import SCHEMA_VERSION

LISTING = "snapshot.json"


def kept(clean: Path) -> list[str]:
    """The ids of all snapshots that are still there, oldest first, the current one included."""
    folder = clean / "snapshots"
    return sorted(p.name for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []


def load(clean: Path, snapshot_id: str) -> Snapshot:
    """A snapshot that is kept. Raises SnapshotError or SchemaMismatch if it cannot be read."""
    return load_listing(clean / "snapshots" / snapshot_id / LISTING)


def load_listing(path: Path) -> Snapshot:
    """The snapshot that a snapshot.json or a saved current.json describes.

    Raises SnapshotError if it cannot be read and SchemaMismatch if another version wrote it.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        if data["schema_version"] != SCHEMA_VERSION:
            raise SchemaMismatch(
                f"{path}: schema version {data['schema_version']}, this version reads {SCHEMA_VERSION}."
            )
        return from_json(data)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{path}: not a listing of a snapshot: {error!r}") from error


def find(clean: Path, name: str | os.PathLike[str]) -> Snapshot:
    """The snapshot of an id, or of its beginning; "current"; "previous"; or of a saved current.json.

    Raises NotFound for one that is not kept any more, or never was.
    """
    wanted = os.fspath(name)
    if wanted == "current":
        return require_current(clean)
    if wanted == "previous":
        current = require_current(clean)
        if current.previous is None:
            raise NotFound(f"{clean}: {current.id} is the first snapshot; there is none before it.")
        wanted = current.previous
    elif wanted.endswith(".json"):
        wanted = load_listing(Path(wanted)).id
    there = kept(clean)
    found = [one for one in there if one == wanted] or [one for one in there if one.startswith(wanted)]
    if len(found) != 1 or not wanted:
        what = "several snapshots begin so" if found else "no longer kept, or never was"
        raise NotFound(
            f"snapshot {wanted}: {what}. There are: {', '.join(there) or 'none'}. "
            "[store] keep_snapshots, keep_gigabytes and keep_seconds say how long one stays."
        )
    return load(clean, found[0])
