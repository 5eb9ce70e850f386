"""Publication: one step, one writer, nothing half done."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from quotesieve.errors import Locked, NotFound, SchemaMismatch, SnapshotError
from quotesieve.settings import StoreSettings
from quotesieve.store import history, snapshot
from quotesieve.store.ledger import LEDGER
from quotesieve.store.parquet import write_part
from quotesieve.store.snapshot import Snapshot, relocated
from quotesieve.store.tables import TABLES


def published(clean: Path, run: int, previous: str | None = None) -> Snapshot:
    """Publish a snapshot of empty tables."""
    name = f"{run:05d}-abcdef01"
    staged = snapshot.staging(clean) / name
    files = {}
    for table in (*TABLES.values(), LEDGER):
        entry = write_part(staged / table.name / "part-empty.parquet", table.schema.empty_table(), table)
        files[table.name] = (relocated(entry, name, table.name),)
    made = Snapshot(name, run, previous, "code", "settings", "dedup", files, counts={"articles": 0})
    snapshot.publish(clean, staged, made)
    return made


def test_what_is_published_is_what_is_read(tmp_path: Path) -> None:
    made = published(tmp_path, 1)
    assert snapshot.load_current(tmp_path) == made
    assert snapshot.damaged(tmp_path, made) == []
    assert os.readlink(tmp_path / "current") == f"snapshots/{made.id}"
    assert snapshot.read_table(tmp_path, "passages").num_rows == 0


def test_the_link_follows_and_is_mended(tmp_path: Path) -> None:
    one = published(tmp_path, 1)
    two = published(tmp_path, 2, one.id)
    assert os.readlink(tmp_path / "current") == f"snapshots/{two.id}"
    (tmp_path / "current").unlink()
    snapshot.mend_link(tmp_path, two)
    assert (tmp_path / "current" / "datapackage.json").exists()


def test_nothing_and_nonsense_and_another_version(tmp_path: Path) -> None:
    assert snapshot.load_current(tmp_path) is None
    with pytest.raises(SnapshotError, match="no snapshot"):
        snapshot.require_current(tmp_path)
    published(tmp_path, 1)
    with pytest.raises(NotFound, match="There are: passages"):
        snapshot.read_table(tmp_path, "quotes")
    path = tmp_path / "current.json"
    listed = json.loads(path.read_text())
    path.write_text(json.dumps(listed | {"schema_version": 99}))
    with pytest.raises(SchemaMismatch, match="99"):
        snapshot.load_current(tmp_path)
    path.write_text("[]")
    with pytest.raises(SnapshotError, match="--full"):
        snapshot.load_current(tmp_path)


def test_an_earlier_minor_version_is_planned_with_and_not_read(tmp_path: Path) -> None:
    published(tmp_path, 1)
    path = tmp_path / "current.json"
    listed = json.loads(path.read_text())
    path.write_text(json.dumps(listed | {"schema_minor": -1}))
    assert snapshot.load_current(tmp_path) is not None
    with pytest.raises(SchemaMismatch, match="write it again"):
        snapshot.read_table(tmp_path, "passages")


def test_every_snapshot_has_its_own_listing(tmp_path: Path) -> None:
    made = published(tmp_path, 1)
    listing = tmp_path / "snapshots" / made.id / "snapshot.json"
    assert listing.read_bytes() == (tmp_path / "current.json").read_bytes()
    assert history.load(tmp_path, made.id) == history.find(tmp_path, "00001") == made
    assert history.kept(tmp_path) == [made.id]


def test_a_second_writer_is_turned_away_and_a_dead_one_forgotten(tmp_path: Path) -> None:
    with (
        snapshot.lock(tmp_path),
        pytest.raises(Locked, match=f"process {os.getpid()}"),
        snapshot.lock(tmp_path),
    ):
        pass
    code = (
        "import os, sys; from pathlib import Path; from quotesieve.store import snapshot\n"
        "held = snapshot.lock(Path(sys.argv[1])); held.__enter__(); os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 9
    with snapshot.lock(tmp_path):
        pass


def test_pruning_keeps_the_current_one_and_the_young(tmp_path: Path) -> None:
    made, previous = None, None
    for run in range(1, 5):
        made = published(tmp_path, run, previous)
        previous = made.id
    assert made is not None
    assert snapshot.prune(tmp_path, made, StoreSettings(keep_snapshots=0)) == []  # younger than an hour
    for folder in (tmp_path / "snapshots").iterdir():
        os.utime(folder, (0, 0))
    assert len(snapshot.prune(tmp_path, made, StoreSettings(keep_snapshots=1))) == 2
    assert snapshot.damaged(tmp_path, made) == []


def test_pruning_by_bytes_counts_shared_files_once(tmp_path: Path) -> None:
    first = published(tmp_path, 1)
    second = published(tmp_path, 2, first.id)
    made = published(tmp_path, 3, second.id)
    folders = [tmp_path / "snapshots" / one.id for one in (first, second, made)]
    for folder, size in zip(folders, (4_000_000, 2_000_000, 8_000_000), strict=True):
        (folder / "own.bin").write_bytes(bytes(size))
    os.link(folders[2] / "own.bin", folders[0] / "shared.bin")  # costs the first one nothing
    for folder in folders:
        os.utime(folder, (0, 0))
    room = StoreSettings(keep_seconds=1, keep_gigabytes=0.007)
    assert snapshot.prune(tmp_path, made, room) == []
    assert snapshot.prune(tmp_path, made, replace(room, keep_gigabytes=0.005)) == [first.id]
    assert snapshot.prune(tmp_path, made, replace(room, keep_gigabytes=0.001)) == [second.id]
    assert folders[2].exists()


def test_damage_is_told_from_wholeness(tmp_path: Path) -> None:
    made = published(tmp_path, 1)
    victim = snapshot.paths(tmp_path, made, "lines")[0]
    data = bytearray(victim.read_bytes())
    data[10] ^= 1
    victim.write_bytes(data)
    assert [entry.path for entry in snapshot.damaged(tmp_path, made)] == [made.files["lines"][0].path]
    assert snapshot.damaged(tmp_path, replace(made, files={})) == []
