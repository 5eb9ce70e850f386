"""Snapshots of CLEAN: what readers see, swapped in one step, kept for a while, locked for one writer.

    CLEAN/current.json            which files make up the data set now, with rows, bytes, SHA-256
    CLEAN/current                 symlink to the snapshot's folder, for people
    CLEAN/snapshots/<id>/<table>/part-*.parquet
    CLEAN/snapshots/<id>/snapshot.json      current.json as it was when this one was published
    CLEAN/.staging/               work in progress, on the same filesystem
    CLEAN/.lock                   held while a run writes

Holds no rows; what is in a table is the pipeline's business. A file that is the same as in the
snapshot before is a hard link to it.
"""

import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotesieve.errors import Locked, NotFound, SchemaMismatch, SnapshotError
from quotesieve.settings import StoreSettings
from quotesieve.store.parquet import FileEntry, file_sha256, read_parts, write_durably
from quotesieve.store.tables import SCHEMA_MINOR, SCHEMA_VERSION, TABLES, Table, datapackage


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One published state of the data set.

    `code`, `settings` and `dedup` are the digests of what made it; `containers` maps each JSONL,
    Parquet or WARC file to its digest; `counts` are the figures that the run reported.
    """

    id: str
    run: int
    previous: str | None
    code: str
    settings: str
    dedup: str
    files: Mapping[str, tuple[FileEntry, ...]]  # by table, "ledger" included
    containers: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION
    schema_minor: int = SCHEMA_MINOR


def load_current(clean: Path) -> Snapshot | None:
    """The snapshot that current.json names, or None if there is none yet.

    Raises SnapshotError if the file is damaged and SchemaMismatch if another version wrote it.
    """
    path = clean / "current.json"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = data["schema_version"]
        if found != SCHEMA_VERSION:
            raise SchemaMismatch(
                f"{path}: schema version {found}, this version reads and writes {SCHEMA_VERSION}. "
                "Run `quotesieve run --full` to write it again."
            )
        return from_json(data)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SnapshotError(f"{path}: {error!r}. Run `quotesieve run --full` to write it again.") from error


def require_current(clean: Path) -> Snapshot:
    """The current snapshot, to be read from; raises SnapshotError where there is none.

    Raises SchemaMismatch if it lacks tables or columns that this version knows: the next run adds them.
    """
    snapshot = load_current(clean)
    if snapshot is None:
        raise SnapshotError(f"{clean}: no snapshot here. Run `quotesieve run RAW {clean}` first.")
    if snapshot.schema_minor < SCHEMA_MINOR:
        raise SchemaMismatch(
            f"{clean}: schema version {SCHEMA_VERSION}.{snapshot.schema_minor}, this version reads "
            f"{SCHEMA_VERSION}.{SCHEMA_MINOR}. Run `quotesieve run` to write it again."
        )
    return snapshot


def from_json(data: Mapping[str, Any]) -> Snapshot:
    """The snapshot that current.json, parsed, describes."""
    files = {
        name: tuple(FileEntry(**entry) for entry in table["files"]) for name, table in data["tables"].items()
    }
    return Snapshot(
        id=data["snapshot"],
        run=data["run"],
        previous=data["previous"],
        code=data["code"],
        settings=data["settings"],
        dedup=data["dedup"],
        files=files,
        containers=data["containers"],
        counts=data["counts"],
        schema_minor=data.get("schema_minor", 0),
    )


def _to_json(snapshot: Snapshot) -> bytes:
    tables = {
        name: {
            "rows": sum(entry.rows for entry in entries),
            "bytes": sum(entry.bytes for entry in entries),
            "files": [asdict(entry) for entry in entries],
        }
        for name, entries in snapshot.files.items()
    }
    data = {
        "schema_version": snapshot.schema_version,
        "schema_minor": snapshot.schema_minor,
        "snapshot": snapshot.id,
        "run": snapshot.run,
        "previous": snapshot.previous,
        "code": snapshot.code,
        "settings": snapshot.settings,
        "dedup": snapshot.dedup,
        "counts": dict(snapshot.counts),
        "tables": tables,
        "containers": dict(snapshot.containers),
    }
    return json.dumps(data, indent=1, ensure_ascii=False).encode()


def declared(name: str) -> Table:
    """The declaration of a published table; raises NotFound with the names there are."""
    if name not in TABLES:
        raise NotFound(f"{name}: no such table. There are: {', '.join(TABLES)}.")
    return TABLES[name]


def paths(clean: Path, snapshot: Snapshot, table: str) -> list[Path]:
    """The part files of one table of one snapshot."""
    return [clean / entry.path for entry in snapshot.files[table]]


def whole_parts(
    clean: Path, snapshot: Snapshot | None, table: str, damaged: Set[str] = frozenset()
) -> list[Path]:
    """The part files of one table that are not among the damaged ones (as `current.json` lists them).

    None without a snapshot, and where an earlier version did not have the table.
    """
    entries = snapshot.files.get(table, ()) if snapshot else ()
    return [clean / entry.path for entry in entries if entry.path not in damaged]


def read_table(clean: str | os.PathLike[str], name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """One table of the current snapshot, whole, or some of its columns.

    Raises SnapshotError if there is no snapshot and NotFound if there is no such table.
    """
    root = Path(clean)
    table = declared(name)
    return read_parts(paths(root, require_current(root), name), table, columns)


def damaged(clean: Path, snapshot: Snapshot) -> list[FileEntry]:
    """The files of a snapshot that are missing or differ from what was published."""
    entries = [entry for table in snapshot.files.values() for entry in table]
    with ThreadPoolExecutor(4) as pool:  # hashing releases the interpreter lock
        good = pool.map(lambda entry: _is_whole(clean / entry.path, entry), entries)
        return [entry for entry, whole in zip(entries, good, strict=True) if not whole]


def _is_whole(path: Path, entry: FileEntry) -> bool:
    try:
        return path.stat().st_size == entry.bytes and file_sha256(path) == entry.sha256
    except OSError:
        return False


@contextmanager
def lock(clean: Path) -> Iterator[None]:
    """Hold CLEAN for one writer; the lock goes with the process, however that ends.

    Raises Locked at once if another process holds it.
    """
    clean.mkdir(parents=True, exist_ok=True)
    path = clean / ".lock"
    with open(path, "a+", encoding="utf-8") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.seek(0)
            owner = held.read().strip() or "unknown"
            raise Locked(
                f"{clean}: another run (process {owner}) is writing here. Wait for it to end and run again."
            ) from None
        held.truncate(0)
        held.write(str(os.getpid()))
        held.flush()
        yield


def staging(clean: Path) -> Path:
    """Where work in progress lies: on the same filesystem, so that it can be linked and renamed."""
    return clean / ".staging"


def link_or_copy(source: Path, target: Path) -> None:
    """Hard-link a finished file; copy it where the filesystem has no hard links."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def publish(clean: Path, staged: Path, snapshot: Snapshot) -> None:
    """Make `staged` the current snapshot: one rename of its folder, one of current.json.

    A crash before the second rename leaves the snapshot before in place, whole.
    """
    write_durably(
        staged / "datapackage.json", json.dumps(datapackage(), indent=1, ensure_ascii=False).encode()
    )
    write_durably(staged / "snapshot.json", _to_json(snapshot))
    target = clean / "snapshots" / snapshot.id
    shutil.rmtree(target, ignore_errors=True)  # left by a run that died between the two renames
    target.parent.mkdir(exist_ok=True)
    os.rename(staged, target)
    _sync_folder(target.parent)
    pending = staging(clean) / "current.json"
    write_durably(pending, _to_json(snapshot))
    os.replace(pending, clean / "current.json")
    _sync_folder(clean)
    _point_to(clean, snapshot.id)
    if snapshot.previous and (superseded := clean / "snapshots" / snapshot.previous).exists():
        os.utime(superseded)  # from now on it is old: `prune` counts its age from here


def _point_to(clean: Path, snapshot_id: str) -> None:
    pending = staging(clean) / "current"
    pending.unlink(missing_ok=True)
    pending.symlink_to(Path("snapshots") / snapshot_id, target_is_directory=True)
    os.replace(pending, clean / "current")


def _sync_folder(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def mend_link(clean: Path, snapshot: Snapshot) -> None:
    """Point `current` at the current snapshot if a crash left it behind."""
    if not (clean / "current").exists() or os.readlink(clean / "current") != f"snapshots/{snapshot.id}":
        staging(clean).mkdir(exist_ok=True)
        _point_to(clean, snapshot.id)


def clone(clean: Path, target: Path) -> Snapshot:
    """Make `target` a CLEAN folder of its own that holds the current snapshot, by hard links.

    What `target` held before is removed. Raises SnapshotError if there is nothing to clone.
    """
    current = require_current(clean)
    shutil.rmtree(target, ignore_errors=True)
    for entries in current.files.values():
        for entry in entries:
            link_or_copy(clean / entry.path, target / entry.path)
    write_durably(target / "current.json", _to_json(current))
    return current


def prune(clean: Path, current: Snapshot, settings: StoreSettings) -> list[str]:
    """Remove old snapshots beyond what the settings keep, by number or by bytes; return their ids.

    Never the current one, never one younger than `keep_seconds` (a reader may be on it).
    """
    folder = clean / "snapshots"
    old = sorted((p for p in folder.iterdir() if p.name != current.id), key=lambda p: p.name, reverse=True)
    kept = min(
        settings.keep_snapshots, _within_bytes(folder / current.id, old, settings.keep_gigabytes * 1e9)
    )
    limit = time.time() - settings.keep_seconds  # folders carry the time they were superseded
    gone = [p for p in old[kept:] if p.stat().st_mtime < limit]
    for path in gone:
        shutil.rmtree(path, ignore_errors=True)
    return [path.name for path in gone]


def _within_bytes(current: Path, old: Sequence[Path], most: float) -> int:
    """How many of the older snapshots, from the latest on, fit into so many bytes; 0 is no limit.

    A file that several snapshots share by hard links takes its place once; what the current one
    shares takes none.
    """
    if not most:
        return len(old)
    seen = {number for number, _ in _files(current)}
    total = 0
    for count, path in enumerate(old):
        own = dict(_files(path))
        total += sum(size for number, size in own.items() if number not in seen)
        if total > most:
            return count
        seen |= own.keys()
    return len(old)


def _files(folder: Path) -> Iterator[tuple[int, int]]:
    """Inode and bytes of each file below a folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            found = path.stat()
            yield found.st_ino, found.st_size


def relocated(entry: FileEntry, snapshot_id: str, table: str) -> FileEntry:
    """The same file as a part of another snapshot."""
    name = Path(entry.path).name
    return replace(entry, path=f"snapshots/{snapshot_id}/{table}/{name}")
