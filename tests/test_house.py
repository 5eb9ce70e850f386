"""What no tracked file may hold: paths of one machine, registry addresses, what a run makes."""

import re
import subprocess
from pathlib import Path

import pytest

FORBIDDEN = {
    # In pieces, so that this file does not hold what it looks for.
    "a registry address": re.compile(
        r"--(extra-)?index" r"-url|://[^\s]*/simple" r"/|/packages" r"/[0-9a-f]{2}/"
    ),
    "a path of one machine": re.compile(r"(?<![\w./])/(?:home|root|work|Users)/\w"),
}


@pytest.fixture(scope="module")
def tracked(root: Path) -> list[Path]:
    """The files under version control."""
    if not (root / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True).stdout
    return [root / name for name in listed.decode().split("\0") if name and (root / name).is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_tracked_file_holds(tracked: list[Path], what: str) -> None:
    pattern = FORBIDDEN[what]
    found = []
    for path in tracked:
        text = path.read_bytes().decode("utf-8", "replace")
        if pattern.search(text):
            found.append(path.name)
    assert found == []


def test_no_tracked_file_is_large_or_made_by_a_run(tracked: list[Path], root: Path) -> None:
    assert [path.name for path in tracked if path.stat().st_size > 1024 * 1024] == []
    made = [p for p in tracked if p.is_relative_to(root / "data" / "clean") and p.name != ".gitkeep"]
    assert made == []


def test_library_files_say_what_they_hold(root: Path) -> None:
    for path in (root / "quotesieve").rglob("*.py"):
        assert path.read_text(encoding="utf-8").startswith('"""'), path
