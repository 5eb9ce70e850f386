"""The measuring parts of benchmarks/end_to_end.py and the parts of the plain stack that need no package."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"bench_{name}", ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


BENCH = load("end_to_end")
PLAIN = load("plain_stack")
needs_proc = pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="no smaps_rollup here")


def row(program: str, articles: int, seconds: float, mib: float = 100.0) -> Any:
    return BENCH.Row("text", program, articles, articles, seconds, seconds, mib, mib, {})


def test_the_ratio_compares_runs_of_one_size() -> None:
    rows = [row("quotesieve", 100, 1.0), row("plain stack", 100, 30.0), row("plain stack", 200, 80.0)]
    assert BENCH.ratio(rows[0], rows) == ("30.0", "30.0")


def test_without_the_rival_there_is_no_ratio() -> None:
    rows = [row("quotesieve", 100, 1.0)]
    assert BENCH.ratio(rows[0], rows) == ("not run", "not run")


def test_growth_is_against_the_next_smaller_size() -> None:
    taken = ((100, 1.0, 100.0), (1000, 10.0, 200.0), (5000, 60.0, 210.0))
    rows = [row("quotesieve", articles, seconds, mib) for articles, seconds, mib in taken]
    assert BENCH.growth(rows[0], rows) == ("", "")
    assert BENCH.growth(rows[2], rows) == ("+20%", "+5%")


def test_json_is_found_behind_other_words() -> None:
    assert BENCH.last_json('note\n{"articles": 3,\n "seconds": 1}\n') == {"articles": 3, "seconds": 1}
    assert BENCH.last_json("") == {}


@needs_proc
def test_a_process_tree_holds_children_and_their_memory(tmp_path: Path) -> None:
    code = (
        "import subprocess, sys; subprocess.run([sys.executable, '-c', "
        "'import time; x = bytearray(80_000_000); time.sleep(1)'])"
    )
    usage = BENCH.measured([sys.executable, "-c", code], tmp_path)
    assert usage.exit_code == 0
    assert 70 < usage.tree_mib < 200
    assert usage.wall_seconds > 1
    assert os.getpid() in BENCH.process_tree(os.getpid())


def test_an_exit_code_and_its_message_are_kept(tmp_path: Path) -> None:
    usage = BENCH.measured([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)
    assert usage.exit_code == 1
    assert "no such thing" in usage.errors


def test_the_sample_of_the_rival_is_spread_over_the_folder(tmp_path: Path) -> None:
    for number in range(10):
        (tmp_path / f"{number}.txt").write_text("x")
    names = [path.name for path in PLAIN.chosen(tmp_path, "text", 5)]
    assert names == ["0.txt", "2.txt", "4.txt", "6.txt", "8.txt"]
    assert len(PLAIN.chosen(tmp_path, "text", None)) == 10


def test_the_plain_line_rule_keeps_sentences_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    kept = "The ferry will sail on Monday.\n“It will sail when it sails,”"
    path.write_text(f"Skip advert\n{kept}\nToo short.\nHow well do you know your ferries\n", "utf-8")
    assert PLAIN.article_text(path, "text") == kept


@needs_proc
def test_what_outlives_its_parent_is_counted(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 1: pass"
    leaving = (
        f"import subprocess, sys, time\nsubprocess.Popen([sys.executable, '-c', {busy!r}])\ntime.sleep(0.5)"
    )
    # In a process of its own: it becomes the parent of whatever is left, for good.
    program = (
        "import sys, pathlib\n"
        f"sys.path.insert(0, {str(ROOT / 'benchmarks')!r})\n"
        "import end_to_end\n"
        f"used = end_to_end.measured([sys.executable, '-c', {leaving!r}], pathlib.Path({str(tmp_path)!r}))\n"
        "print(used.cpu_seconds)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert float(done.stdout) >= 1
