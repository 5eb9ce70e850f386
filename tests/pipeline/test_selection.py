"""Backfills: a run that touches some records only, and what later runs make of the rest."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import quotesieve as qs
from quotesieve.errors import SettingsError
from quotesieve.model import Metadata
from quotesieve.pipeline.run import Report, run
from quotesieve.pipeline.selection import ALL, Selection, make_selection
from quotesieve.settings import make_settings

SETTINGS = make_settings({"run": {"workers": 1}})


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A wire of four dated rows, and two files of which one has a date beside it."""
    folder = tmp_path / "raw"
    (folder / "wire").mkdir(parents=True)
    write_wire(folder, [row(day) for day in ("01", "02", "03")] + [row(None)])
    (folder / "dated.txt").write_text("“We will open the line in May,” said Ada Bell on Friday.\n")
    (folder / "dated.txt.meta.json").write_text(json.dumps({"published_at": "2026-03-02T08:00:00Z"}))
    (folder / "undated.txt").write_text("“Nobody asked us about it,” said Tom Cole on Friday.\n")
    return folder


def row(day: str | None, words: str = "the harbour stays") -> dict[str, Any]:
    """An article of a day in March."""
    about = {"published_at": f"2026-03-{day}T10:00:00Z"} if day else {}
    return {"text": f"“I said that {words} as it is,” said Ida Dunn of day {day}.\n", **about}


def write_wire(folder: Path, rows: list[dict[str, Any]]) -> None:
    (folder / "wire" / "march.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows))


def refresh(raw: Path, selection: Selection = ALL, **options: Any) -> Report:
    return run(raw, raw.parent / "clean", SETTINGS, selection=selection, **options)


def keys(raw: Path) -> set[tuple[str, int | None]]:
    """What is in the articles table."""
    rows = qs.read_table(raw.parent / "clean", "articles").select(["raw_path", "raw_record"]).to_pylist()
    return {(r["raw_path"], r["raw_record"]) for r in rows}


def test_a_window_takes_the_records_in_it_and_the_next_run_the_rest(raw: Path) -> None:
    report = refresh(raw, make_selection(since="2026-03-02", until="2026-03-03"))
    assert keys(raw) == {("wire/march.jsonl", 2), ("dated.txt", None)}
    assert report.left == 4
    assert refresh(raw).state == "published"
    assert len(keys(raw)) == 6
    assert refresh(raw).state == "unchanged"


def test_records_without_a_date_come_only_if_asked_for(raw: Path) -> None:
    refresh(raw, make_selection(since="2026-03-03", undated=True))
    assert keys(raw) == {("wire/march.jsonl", 3), ("wire/march.jsonl", 4), ("undated.txt", None)}


def test_paths_are_files_folders_or_patterns(raw: Path) -> None:
    refresh(raw, make_selection(paths=["wire"]))
    assert keys(raw) == {("wire/march.jsonl", n) for n in (1, 2, 3, 4)}
    refresh(raw, make_selection(paths=["*dated.txt"]))
    assert len(keys(raw)) == 6


def test_what_is_not_selected_stays_as_published_changed_or_deleted(raw: Path) -> None:
    refresh(raw)
    before = qs.read_table(raw.parent / "clean", "mentions")
    write_wire(raw, [row("01", "the ferry stays"), row("02", "the ferry stays")])
    (raw / "undated.txt").unlink()
    report = refresh(raw, make_selection(paths=["dated.txt"]))
    assert (report.state, report.left) == ("unchanged", 5)
    assert qs.read_table(raw.parent / "clean", "mentions").equals(before)
    report = refresh(raw, make_selection(since="2026-03-02"))
    assert {change.code: change.count for change in report.changes} == {"changed": 1}
    report = refresh(raw)
    assert {change.code: change.count for change in report.changes} == {"deleted": 3, "changed": 1}


def test_full_with_a_window_makes_only_that_again(raw: Path) -> None:
    refresh(raw)
    report = refresh(raw, make_selection(until="2026-03-02"), full=True)
    assert [(change.code, change.count) for change in report.changes] == [("full", 1)]
    assert len(keys(raw)) == 6


def test_known_leaves_what_is_new(raw: Path) -> None:
    refresh(raw)
    (raw / "new.txt").write_text("“That is new,” said Eve Moss on Friday.\n")
    report = refresh(raw, Selection(known=True), full=True)
    assert [(change.code, change.count) for change in report.changes] == [("full", 6)]
    assert ("new.txt", None) not in keys(raw)


def test_a_selection_waits_until_new_settings_were_applied_to_all(raw: Path) -> None:
    refresh(raw)
    other = make_settings({"run": {"workers": 1}, "speakers": {"min_confidence": 0.9}})
    with pytest.raises(SettingsError, match="Run once without dates and paths"):
        run(raw, raw.parent / "clean", other, selection=make_selection(paths=["dated.txt"]))


def test_the_end_of_the_window_is_exclusive_and_a_zone_is_taken_as_given() -> None:
    window = make_selection(since="2026-03-01", until="2026-03-02T01:00+01:00")
    for moment, inside in (
        (datetime(2026, 3, 1, tzinfo=UTC), True),
        (datetime(2026, 3, 2, tzinfo=UTC), False),
    ):
        assert window.has_date(Metadata(published_at=moment)) is inside
    with pytest.raises(SettingsError, match="empty"):
        make_selection(since="2026-03-02", until="2026-03-01")
    with pytest.raises(SettingsError, match="no such date"):
        make_selection(date="printed")


def test_command_line_takes_the_same(raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from quotesieve.cli import main

    folders = [str(raw), str(raw.parent / "clean")]
    assert main(["run", *folders, "--path", "wire", "--since", "2026-03-03", "--workers", "1", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["articles"] == 1
    assert main(["plan", *folders, "--since", "last week"]) == 2
