"""Worker processes: what they import, and what they cost."""

import subprocess
import sys
from pathlib import Path

import pytest

from quotesieve.pipeline import plan
from quotesieve.settings import DEFAULTS

PROGRAM = """
import os, sys
print("imported as", __name__, flush=True)
from quotesieve import process
from quotesieve.pipeline.workers import Workers
if __name__ == "__main__":
    OURS and process.prepare()
    with Workers(2) as workers:
        for _ in range(2):
            print(len(set(workers.stream((os.getpid, ()) for _ in range(8))) - {os.getpid()}) > 0)
        print("there" if workers._pool else "gone")
    print(sys.modules["__main__"].__file__ == __file__, "PYTHONSAFEPATH" in os.environ)
"""


@pytest.mark.parametrize(("ours", "after"), [(True, "gone"), (False, "there")])
def test_workers_import_neither_the_program_nor_what_lies_in_the_current_folder(
    tmp_path: Path, ours: bool, after: str
) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM.replace("OURS", str(ours)))
    here = tmp_path / "here"
    (here / "quotesieve").mkdir(parents=True)
    for name in ("statistics.py", "quotesieve/__init__.py"):
        (here / name).write_text("raise SystemError('of another folder')")
    done = subprocess.run(
        [sys.executable, str(program)], capture_output=True, text=True, check=True, cwd=here, timeout=60
    )
    assert done.stdout.splitlines() == ["imported as __main__", "True", "True", after, "True False"]


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
