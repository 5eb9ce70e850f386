"""`--log-format json`: each line on standard error is an event; nothing else is printed."""

import io
import json
import logging
from pathlib import Path
from typing import Any

import pytest

from quotesieve import logs
from quotesieve.cli import main


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """Two articles and a file that is none."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in (1, 2):
        text = f"“The {number} quays will not repair themselves this year,” said Ada Bell, the chair.\n"
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    (folder / "bad.jsonl").write_text("{\n", encoding="utf-8")
    return folder


def events(err: str) -> list[dict[str, Any]]:
    """The lines, each of which must be an object with time, level and event."""
    found = [json.loads(line) for line in err.splitlines()]
    for line in found:
        assert list(line)[:3] == ["time", "level", "event"]
        assert line["time"].endswith("Z")
    return found


def test_a_run_is_told_as_events(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = ["run", str(raw), str(tmp_path / "clean"), "--workers", "1", "--log-format", "json"]
    assert main(run) == 0
    out, err = capsys.readouterr()
    assert out == ""
    found = events(err)
    assert [line["event"] for line in found] == ["planned", "progress", "progress", "published"]
    assert found[0]["changes"] == {"new": 3}
    assert found[-1]["counts"]["articles"] == 2
    assert found[-1]["rejections"] == {"bad_json": 1}
    assert {line["level"] for line in found} == {"info"}
    assert main([*run, "--json"]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["state"] == "unchanged"
    assert [line["event"] for line in events(err)] == ["planned", "unchanged"]


def test_an_error_is_an_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "nowhere", str(tmp_path / "clean"), "--log-format", "json"]) == 1
    [line] = events(capsys.readouterr().err)
    assert (line["event"], line["level"], line["exit_code"]) == ("failed", "error", 1)
    assert line["error"] == "InputFolderMissing"
    assert "nowhere" in line["message"]


def test_changes_and_forget_are_told(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = str(tmp_path / "clean")
    main(["run", str(raw), clean, "--workers", "1", "--json"])
    capsys.readouterr()
    assert main(["forget", clean, "1.txt", "--log-format", "json"]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert events(err)[-1]["event"] == "forgotten"
    assert main(["changes", clean, "current", "--log-format", "json"]) == 0
    assert events(capsys.readouterr().err)[-1]["counts"] == {
        "added": 0,
        "changed": 0,
        "removed": 0,
        "merged": 0,
    }
    assert main(["forget", clean, "nothing", "--log-format", "json"]) == 5
    assert events(capsys.readouterr().err)[-1]["error"] == "NotFound"


def test_people_see_what_they_saw(raw: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(raw), str(tmp_path / "clean"), "--workers", "1"]) == 0
    out, err = capsys.readouterr()
    assert "Published snapshot" in out
    assert err == ""


def test_a_line_stays_one_line_whatever_it_holds() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonFormatter())
    record = logging.LogRecord("lib", logging.WARNING, "x", 1, "a\nb\u2028“c” %s", ("d",), None)
    handler.emit(record)
    [line] = events(stream.getvalue())
    assert (line["event"], line["logger"], line["message"]) == ("message", "lib", "a\nb\u2028“c” d")
    assert len(stream.getvalue().splitlines()) == 1


def test_a_bug_has_its_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    with logs.to_stderr():
        try:
            raise ZeroDivisionError("none")
        except ZeroDivisionError as error:
            logs.failed(error)
    [line] = events(capsys.readouterr().err)
    assert "ZeroDivisionError" in line["traceback"]
    assert not [h for h in logging.getLogger().handlers if isinstance(h.formatter, logs.JsonFormatter)]


def test_progress_is_not_told_for_every_article(capsys: pytest.CaptureFixture[str]) -> None:
    with logs.to_stderr():
        advance = logs.progress()
        for done in range(1001):
            advance("cleaning", done, 1000)
    assert [line["done"] for line in events(capsys.readouterr().err)] == [0, 1000]
