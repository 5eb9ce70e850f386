"""A run killed at any moment leaves the last snapshot whole, and the next run ends as if nothing had been."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsroom import press

import quotesieve as qs
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings
from quotesieve.store import snapshot
from quotesieve.store.tables import TABLES

SETTINGS = make_settings({"run": {"workers": 2}, "store": {"shard_articles": 6, "keep_seconds": 0}})
FLAGS = ["--workers", "2", "--set", "store.shard_articles=6", "--set", "store.keep_seconds=0"]
MOMENTS = 10


def start(raw: Path, clean: Path) -> subprocess.Popen[bytes]:
    """The command line at work, in a process of its own."""
    command = [sys.executable, "-m", "quotesieve", "run", str(raw), str(clean), *FLAGS, "--json"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float, snapshot.Snapshot]:
    """Input, a snapshot of its first part, how long the rest takes, and what the rest gives."""
    folder = tmp_path_factory.mktemp("kill")
    raw, base, whole = folder / "raw", folder / "base", folder / "whole"
    press(raw, 12)
    qs.run(raw, base, SETTINGS)
    press(raw, 48)
    shutil.copytree(base, whole, symlinks=True)
    began = time.monotonic()
    assert start(raw, whole).wait() == 0
    return raw, base, time.monotonic() - began, snapshot.require_current(whole)


@pytest.mark.parametrize("moment", range(MOMENTS))
def test_killed_at_a_random_moment(
    undisturbed: tuple[Path, Path, float, snapshot.Snapshot], tmp_path: Path, moment: int
) -> None:
    raw, base, duration, expected = undisturbed
    clean = tmp_path / "clean"
    shutil.copytree(base, clean, symlinks=True)
    run = start(raw, clean)
    # Most of the time goes into starting up; the moments are spread over all of it.
    time.sleep(duration * (moment + random.Random(moment).random()) / MOMENTS)
    run.send_signal(signal.SIGKILL)
    run.wait()
    current = snapshot.require_current(clean)
    assert snapshot.damaged(clean, current) == []
    assert {name: qs.read_table(clean, name).num_rows > 0 for name in ("mentions", "lines")}
    qs.run(raw, clean, SETTINGS)
    assert dict(snapshot.require_current(clean).files) | {"runs": ()} == dict(expected.files) | {"runs": ()}
    assert verify(clean).ok
    assert not (clean / ".staging").exists()


def test_workers_do_not_outlive_a_killed_run(tmp_path: Path) -> None:
    press(tmp_path / "raw", 60)
    run = start(tmp_path / "raw", tmp_path / "clean")
    children: set[int] = set()
    deadline = time.monotonic() + 60
    while not children and run.poll() is None and time.monotonic() < deadline:
        children = _children(run.pid)
    run.send_signal(signal.SIGKILL)
    run.wait()
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in children)


def _children(pid: int) -> set[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return {int(child) for child in listed.read_text().split()} if listed.exists() else set()


def test_readers_see_whole_snapshots_while_runs_publish(tmp_path: Path) -> None:
    """Tables read by current.json while another process publishes five times agree with each other."""
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    press(raw, 8)
    settings = make_settings({"run": {"workers": 1}})
    qs.run(raw, clean, settings)
    code = (
        "import sys, quotesieve as qs; from pathlib import Path; sys.path.insert(0, sys.argv[3])\n"
        "from newsroom import press\n"
        "for n in (10, 12, 14, 16):\n"
        "    press(Path(sys.argv[1]), n); qs.run(sys.argv[1], sys.argv[2], {'run': {'workers': 1}})\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", code, str(raw), str(clean), str(Path(__file__).parent)])
    seen: set[str] = set()
    while writer.poll() is None:
        listed = json.loads((clean / "current.json").read_text())
        seen.add(listed["snapshot"])
        for name in TABLES:
            rows = sum(
                snapshot.read_parts([clean / f["path"]], TABLES[name]).num_rows
                for f in listed["tables"][name]["files"]
            )
            assert rows == listed["tables"][name]["rows"]
    assert writer.returncode == 0
    assert len(seen) >= 2
