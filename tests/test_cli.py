"""The command line as a user types it."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from quotesieve import console
from quotesieve.cli import main


def story(extra: str = "") -> str:
    return (
        "Harbour tolls to rise in spring\n\n"
        "The harbour board agreed on Monday to raise the tolls for all ships from the first of April.\n\n"
        "“Nobody likes to pay more, but the quays will not repair themselves,” said Ada Bell, its chair.\n\n"
        f"Skip advert\nAdvertisement\n\nThe board meets again in June to look at the figures. {extra}\n"
    )


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    for outlet in ("one", "two"):
        path = folder / f"outlet={outlet}.example" / "tolls.txt"
        path.parent.mkdir(parents=True)
        path.write_text(story(outlet), encoding="utf-8")
    return folder


def test_help_answers_at_once() -> None:
    began = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "quotesieve", "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "exit codes" in run.stdout
    # Not the clock (that is the machine's), but what costs time: nothing heavy is imported.
    assert not {"pyarrow", "numpy", "prefect", "rich", "duckdb"} & {
        line.rsplit("|", 1)[-1].strip() for line in run.stderr.splitlines()
    }
    assert time.monotonic() - began < 60


def test_run_plan_verify_query_show_explain(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = str(tmp_path / "clean")
    assert main(["plan", str(raw), clean]) == 0
    assert "2 new" in capsys.readouterr().out
    assert main(["run", str(raw), clean, "--workers", "1"]) == 0
    out = capsys.readouterr().out
    assert "Published" in out
    assert "passages" in out
    assert main(["run", str(raw), clean, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "unchanged"
    assert main(["verify", clean]) == 0
    assert "Every law holds" in capsys.readouterr().out
    assert main(["query", clean, "passages", "--where", "outlet_count = 2", "--limit", "1", "--json"]) == 0
    passage = json.loads(capsys.readouterr().out)
    assert passage["speaker"] == "Ada Bell"
    assert main(["show", clean, passage["passage_id"][:6]]) == 0
    out = capsys.readouterr().out
    assert "two.example" in out
    assert "2 printings in 2 articles of 2 outlets (1 independent);" in out  # the article is a copy
    assert main(["explain", clean, "outlet=one.example/tolls.txt"]) == 0
    out = capsys.readouterr().out
    assert f"1 quote:\n  {passage['passage_id']} “Nobody likes to pay more" in out
    assert "advert" in out
    assert "body" in out


def test_show_marks_what_differs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clean = str(tmp_path / "clean")
    for outlet, words in (("one", "the quays will"), ("two", "the old quays will surely")):
        path = tmp_path / "raw" / f"outlet={outlet}.example" / "tolls.txt"
        path.parent.mkdir(parents=True)
        path.write_text(story().replace("the quays will", words), encoding="utf-8")
    main(["run", str(tmp_path / "raw"), clean, "--workers", "1", "--json"])
    capsys.readouterr()
    main(["query", clean, "passages", "--json"])
    passage = json.loads(capsys.readouterr().out)
    main(["show", clean, passage["passage_id"]])
    plain = capsys.readouterr().out
    assert "but the [-old -]quays will [-surely -]not repair" in plain
    assert "but the old quays will surely not repair" in plain  # the canonical text, and its own printing
    assert "\x1b[" not in plain
    main(["show", clean, passage["passage_id"], "--json"])
    [whole, other] = json.loads(capsys.readouterr().out)["mentions"]
    assert whole["changes"] == []
    assert [change["op"] for change in other["changes"]] == ["dropped", "dropped"]
    text = passage["canonical_text"]
    assert [text[c["canonical_start"] : c["canonical_end"]] for c in other["changes"]] == ["old", "surely"]
    monkeypatch.setattr(console, "OUT", Console(force_terminal=True, soft_wrap=True, color_system="standard"))
    main(["show", clean, passage["passage_id"]])
    assert "\x1b[" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["run", "nowhere", "CLEAN"], 1, "nowhere"),
        (["run", "RAW", "CLEAN", "--set", "dedup.treshold=1"], 2, "no such setting"),
        (["run", "RAW", "CLEAN", "--settings", "none.toml"], 2, "none.toml"),
        (["verify", "CLEAN"], 4, "no snapshot"),
        (["explain", "CLEAN", "x"], 4, "no snapshot"),
    ],
)
def test_an_error_is_one_line_that_says_what_to_do(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], code: int, words: str
) -> None:
    named = {"RAW": str(raw), "CLEAN": str(tmp_path / "clean")}
    assert main([named.get(word, word) for word in arguments]) == code
    err = capsys.readouterr().err
    assert words in err
    assert err.count("\n") == 1


def test_unknown_table_and_bad_condition(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = str(tmp_path / "clean")
    main(["run", str(raw), clean, "--workers", "1", "--json"])
    assert main(["query", clean, "quotes"]) == 5
    assert main(["query", clean, "passages", "--where", "speaker ="]) == 5
    assert main(["show", clean, "zzz"]) == 5
    err = capsys.readouterr().err
    assert "There are: passages" in err
    assert "!." not in err


def test_what_was_rejected_is_explained(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (raw / "scan.txt").write_bytes(bytes(range(256)) * 4)
    (raw / "wire.jsonl").write_text('{"text": \n', encoding="utf-8")
    clean = str(tmp_path / "clean")
    main(["run", str(raw), clean, "--workers", "1", "--json"])
    for name, reason in (("scan.txt", "binary"), ("wire.jsonl#1", "bad_json")):
        assert main(["explain", clean, name]) == 5
        assert f"{name}: {reason}, " in capsys.readouterr().err


def test_numbers_are_printed_as_they_are_meant(
    raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean = str(tmp_path / "clean")
    main(["run", str(raw), clean, "--workers", "1", "--json"])
    capsys.readouterr()
    main(["query", clean, "mentions", "--limit", "1", "--json"])
    confidence = json.loads(capsys.readouterr().out)["speaker_confidence"]
    assert confidence == round(confidence, 2)
    main(["query", clean, "mentions", "--limit", "1"])
    assert capsys.readouterr().out.endswith("\n1 row\n")
    main(["verify", clean])  # one run: three rows of the table, for the run and two outlets
    assert " 1 runs" in capsys.readouterr().out


def test_settings_come_by_precedence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "quotesieve.toml").write_text(
        "[dedup]\nthreshold = 91\nnear_misses = 1\n[run]\nworkers = 3\n"
    )
    monkeypatch.setenv("QUOTESIEVE_DEDUP_THRESHOLD", "92")
    assert main(["settings", "--workers", "1"]) == 0
    out = capsys.readouterr().out
    assert "threshold = 92.0" in out
    assert "near_misses = 1" in out
    assert "workers = 1" in out


def test_settings_print_as_a_file_that_can_be_read_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    main(["settings"])
    printed = capsys.readouterr().out
    (tmp_path / "quotesieve.toml").write_text(printed)
    main(["settings"])
    assert capsys.readouterr().out == printed


def test_init_manifest_lists_the_files_and_overwrites_nothing(
    raw: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["init-manifest", str(raw)]) == 0
    written = (raw / "manifest.csv").read_text()
    assert "outlet=one.example/tolls.txt" in written
    capsys.readouterr()
    assert main(["init-manifest", str(raw)]) == 1
    assert "already" in capsys.readouterr().err
