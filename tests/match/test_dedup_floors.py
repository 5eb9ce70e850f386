"""Quality on made printings stays above the pinned floors; skipped where the data is absent."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
FLOORS = json.loads((ROOT / "tests" / "floors" / "dedup.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, Any]:
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "dedup.py"),
        "--data",
        str(shared / "eval"),
        "--json",
    ]
    command += ["--size", str(FLOORS["size"]), "--seed", str(FLOORS["seed"])]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", ["f1", "precision", "edit", "truncation", "fragment"])
def test_quality(figures: dict[str, Any], name: str) -> None:
    assert figures["quotesieve"][name] >= FLOORS[name]


def test_look_alikes_stay_apart(figures: dict[str, Any]) -> None:
    assert figures["quotesieve"]["hard_false_merge"] <= FLOORS["hard_false_merge_at_most"]


def test_the_index_proposes_nearly_all(figures: dict[str, Any]) -> None:
    assert figures["index"]["candidate_recall"] >= FLOORS["candidate_recall"]
