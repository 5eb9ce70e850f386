"""Worker processes: what they import, and what they cost."""

import subprocess
import sys
from pathlib import Path

import pytest

from quotesieve.pipeline import plan
from quotesieve.settings import DEFAULTS


def test_workers_do_not_import_the_programs_main_module(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os, sys\n"
        "print('imported as', __name__, flush=True)\n"
        "from quotesieve.pipeline.workers import Workers\n"
        "if __name__ == '__main__':\n"
        "    with Workers(2) as workers:\n"
        "        print(len(set(workers.stream((os.getpid, ()) for _ in range(8))) - {os.getpid()}) > 0)\n"
        "    print(sys.modules['__main__'].__file__ == __file__)\n"
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["imported as __main__", "True", "True"]


def test_a_plan_tells_once_that_there_is_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    for i in range(4):
        (tmp_path / "raw" / f"{i}.txt").write_text("The bridge was opened on Monday.")
    told: list[int] = []
    for many in (2, 5):
        monkeypatch.setattr(plan, "MUCH", many)
        plan.make_plan(
            str(tmp_path / "raw"), tmp_path / "clean", DEFAULTS, when_much=lambda many=many: told.append(many)
        )
    assert told == [2]
