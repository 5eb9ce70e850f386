"""docs/consumers.md: every block runs on the sample corpus, published by two runs; the follower follows."""

import contextlib
import importlib.util
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import duckdb
import pytest

import quotesieve as qs
from quotesieve.errors import SnapshotError
from quotesieve.settings import make_settings
from quotesieve.store.tables import TABLES

ONE = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 4}})
BRIEF = make_settings({"store": {"keep_snapshots": 0, "keep_seconds": 0}}, base=ONE)
LATE = "outlet=harbourpost.example"


@pytest.fixture(scope="module")
def published(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder laid out like the checkout; the last run brought one outlet's articles."""
    folder = tmp_path_factory.mktemp("consumers")
    raw = folder / "data" / "raw"
    shutil.copytree(root / "data" / "raw", raw)
    shutil.move(raw / LATE, folder / LATE)
    qs.run(raw, folder / "data" / "clean", ONE)
    shutil.move(folder / LATE, raw / LATE)
    qs.run(raw, folder / "data" / "clean", ONE)
    return folder


def blocks(root: Path, language: str, name: str = "consumers.md") -> list[str]:
    """The fenced code of one language in the document."""
    text = (root / "docs" / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, flags=re.DOTALL | re.MULTILINE)


@contextlib.contextmanager
def inside(folder: Path) -> Iterator[None]:
    before = os.getcwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def run_block(code: str, names: dict[str, Any]) -> str:
    """What a block prints; it sees the names of those before it."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, "consumers.md", "exec"), names)
    return printed.getvalue()


@pytest.fixture(scope="module")
def outputs(root: Path, published: Path) -> list[str]:
    """What the blocks without Spark print, in order. `runs` is empty where there is no such table."""
    names: dict[str, Any] = {"__name__": "consumers"}
    found = []
    with inside(published):
        for code in blocks(root, "python"):
            if "pyspark" in code:
                continue
            if "FROM runs" in code and "runs" not in TABLES:
                names["con"].execute(RUNS_OF_THE_CONTRACT)
            found.append(run_block(code, names))
    return found


# The columns that the block relies on, until the quality gate's table is here.
RUNS_OF_THE_CONTRACT = """
    CREATE VIEW runs AS SELECT '1' AS run_id, now() AS started_at, 'harbourpost.example' AS outlet,
    5 AS articles, 5 AS new_articles, 1 AS rejections, 0 AS quarantined, [{'message': 'too few'}] AS findings
"""


def only(outputs: list[str], words: str) -> str:
    found = [text for text in outputs if words in text]
    assert found, words
    return found[0]


def test_every_block_prints_something(outputs: list[str]) -> None:
    assert len(outputs) >= 7
    assert all(text.strip() for text in outputs)


def test_the_answers_are_those_of_the_sample(outputs: list[str]) -> None:
    since = only(outputs, "first_published_at")
    assert "Amara Lindqvist" in since
    assert "Marisol Quint" not in since  # printed by three, but before that day
    quoted = only(outputs, "introduced_by")
    assert "lequai.example" in quoted
    assert "brightbusiness.example" in quoted
    assert "→" in only(outputs, ", exact 100: as above")
    reused = only(outputs, "independent_outlet_count")
    assert "newswire" in reused
    assert "Nobody should go back below" in reused
    altered = only(outputs, "in_canonical")
    assert "negation" in altered
    assert "dropped" in altered
    assert "last_day" in only(outputs, "usual")
    assert "'added'" in only(outputs, "'removed': ") or "added" in only(outputs, "changed_columns")


def test_sql_alone(root: Path, published: Path) -> None:
    found = blocks(root, "sql")
    assert found
    with inside(published), duckdb.connect() as connection:
        for code in found:
            rows = connection.execute(code).fetchall()
    clean = published / "data" / "clean"
    expected = qs.read_table(clean, "mentions").num_rows, qs.read_table(clean, "passages").num_rows
    assert rows == [expected]


def test_spark(root: Path, published: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'quotesieve[spark]'")
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        pytest.skip("no Java on this machine")
    code = blocks(root, "python")
    wanted = [code[0], next(block for block in code if "pyspark" in block)]
    script = tmp_path / "spark.py"
    script.write_text("\n".join(wanted), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=published,
        capture_output=True,
        text=True,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "PYSPARK_PYTHON": sys.executable},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    counts = {
        cells[1].strip(): int(cells[2])
        for cells in (line.split("|") for line in done.stdout.splitlines() if ".example" in line)
    }
    assert counts
    rows = qs.read_table(published / "data" / "clean", "mentions", ["outlet"]).column("outlet").to_pylist()
    assert all(0 < count <= rows.count(outlet) for outlet, count in counts.items())


def test_the_check_of_the_schema_holds(root: Path, published: Path) -> None:
    with inside(published):
        for code in blocks(root, "python", "schema.md"):
            run_block(code, {})


def test_the_log_lines_shown_are_json(root: Path) -> None:
    for code in blocks(root, "json", "logs.md"):
        assert list(json.loads(code))[:3] == ["time", "level", "event"]


def test_the_commands_shown_exist(root: Path) -> None:
    from quotesieve.cli.arguments import parser

    text = (root / "docs" / "consumers.md").read_text(encoding="utf-8")
    shown = [code.strip() for code in blocks(root, "") if code.startswith("quotesieve")]
    shown += re.findall(r"`(quotesieve forget [^`]+)`", text)
    assert len(shown) >= 2
    for line in shown:
        parser().parse_args(line.split()[1:])


def test_links_lead_somewhere(root: Path) -> None:
    for name in ("consumers.md", "schema.md", "logs.md"):
        text = (root / "docs" / name).read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\]\(([^)#]*)#?([^)]*)\)", text):
            path = root / "docs" / (target or name)
            assert path.exists(), target
            if anchor:
                headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
                assert anchor in {re.sub(r"[^\w-]", "", h.lower().replace(" ", "-")) for h in headings}


# --- the follower -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def follower(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("follower", root / "docs" / "examples" / "follower.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(raw: Path, number: int, words: str = "the quays will not repair themselves") -> None:
    path = raw / f"outlet=paper{number}.example" / "tolls.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"Tolls rise\n\nThe harbour board agreed on Monday to raise the tolls for all ships.\n\n"
        f"“Nobody likes to pay more, but {words},” said Ada Bell, its chair.\n",
        encoding="utf-8",
    )


def in_step(clean: Path, mirror: Path) -> bool:
    """Whether the copy holds the current snapshot's passages, every column."""
    with duckdb.connect(str(mirror)) as copy:
        copy.execute("SET TimeZone = 'UTC'")
        copied = copy.sql("SELECT * FROM passages ORDER BY passage_id").to_arrow_table().to_pylist()
    return copied == qs.read_table(clean, "passages").sort_by("passage_id").to_pylist()


def test_the_follower_goes_by_changes(follower: ModuleType, tmp_path: Path) -> None:
    raw, clean, mirror = tmp_path / "raw", tmp_path / "clean", tmp_path / "mirror.duckdb"
    write(raw, 1)
    qs.run(raw, clean, ONE)
    assert follower.follow(clean, mirror) == "everything"
    assert follower.follow(clean, mirror) == "unchanged"
    write(raw, 2)
    write(raw, 3, "the cranes can wait another winter for their paint")
    qs.run(raw, clean, ONE)
    assert follower.follow(clean, mirror) == "changes"
    assert in_step(clean, mirror)
    shutil.rmtree(raw / "outlet=paper3.example")
    qs.run(raw, clean, ONE)
    assert follower.follow(clean, mirror) == "changes"
    assert in_step(clean, mirror)


def test_the_follower_loads_anew_what_it_slept_through(follower: ModuleType, tmp_path: Path) -> None:
    raw, clean, mirror = tmp_path / "raw", tmp_path / "clean", tmp_path / "mirror.duckdb"
    for number in (1, 2):
        write(raw, number)
        qs.run(raw, clean, BRIEF)  # keeps nothing but the current one
        assert follower.follow(clean, mirror) == "everything"
        assert in_step(clean, mirror)
    qs.forget(clean, "outlet=paper2.example/tolls.txt", BRIEF)
    assert follower.follow(clean, mirror) == "everything"
    assert in_step(clean, mirror)


def test_the_follower_begins_anew_if_a_snapshot_goes_under_it(
    follower: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw, clean, mirror = tmp_path / "raw", tmp_path / "clean", tmp_path / "mirror.duckdb"
    write(raw, 1)
    qs.run(raw, clean, BRIEF)
    load, sleeps = follower.load, iter([True, False, False])

    def slow_load(*given: Any) -> None:
        if next(sleeps):  # after current.json was read: two runs, and what it listed is gone
            write(raw, 2)
            qs.run(raw, clean, BRIEF)
        load(*given)

    monkeypatch.setattr(follower, "load", slow_load)
    monkeypatch.setattr(follower.time, "sleep", lambda _: None)
    assert follower.follow(clean, mirror) == "everything"
    assert in_step(clean, mirror)


def test_the_follower_waits_for_the_first_snapshot(
    follower: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower.time, "sleep", lambda _: None)
    with pytest.raises(SnapshotError, match="no snapshot yet"):
        follower.follow(tmp_path, tmp_path / "mirror.duckdb")


def test_the_follower_as_a_program(root: Path, tmp_path: Path) -> None:
    raw, clean, mirror = tmp_path / "raw", tmp_path / "clean", tmp_path / "mirror.duckdb"
    write(raw, 1)
    qs.run(raw, clean, ONE)
    command = [sys.executable, str(root / "docs" / "examples" / "follower.py"), str(clean), str(mirror)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "everything\n"), done.stderr
    assert in_step(clean, mirror)
