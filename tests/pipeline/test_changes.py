"""What differs between two snapshots: rows against a comparison done by hand, and names for snapshots."""

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from newsroom import press, statement, story

import quotesieve as qs
from quotesieve.cli import main
from quotesieve.errors import NotFound, SchemaMismatch, SnapshotError
from quotesieve.settings import make_settings
from quotesieve.store.tables import CHANGES, PASSAGES

ONE = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 4}})
STRICT = make_settings({"dedup": {"threshold": 100}}, base=ONE)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Three snapshots: a press; then one article more and one gone; then two wordings become one passage."""
    folder = tmp_path_factory.mktemp("changes")
    raw, clean = folder / "raw", folder / "clean"
    press(raw, 12)
    words = statement(801)[1]
    (raw / "left.txt").write_text(story(900, [801]), encoding="utf-8")
    edited = story(901, [801]).replace(words, words.replace(words.split()[-1], "whole town"))
    (raw / "right.txt").write_text(edited, encoding="utf-8")
    made: dict[str, Any] = {"folder": folder, "raw": raw, "clean": clean, "rows": []}
    for step, settings in enumerate((STRICT, STRICT, ONE)):
        if step == 1:
            (raw / "late.txt").write_text(story(500, [3, 700]), encoding="utf-8")
            next(raw.rglob("story-0005.txt")).unlink()
        made[f"id{step}"] = qs.run(raw, clean, settings).snapshot
        made["rows"].append({r["passage_id"]: r for r in qs.read_table(clean, "passages").to_pylist()})
        shutil.copy(clean / "current.json", folder / f"saved{step}.json")
    return made


def by_hand(before: dict[str, Any], after: dict[str, Any], redirects: dict[str, str]) -> dict[str, Any]:
    """The naive oracle: passage_id to (change, target, changed columns)."""
    found: dict[str, Any] = {}
    for passage in before.keys() | after.keys():
        if passage not in before:
            found[passage] = ("added", None, [])
        elif passage in after:
            differ = [c.name for c in PASSAGES.columns if before[passage][c.name] != after[passage][c.name]]
            if differ:
                found[passage] = ("changed", None, differ)
        elif passage in redirects:
            found[passage] = ("merged", redirects[passage], [])
        else:
            found[passage] = ("removed", None, [])
    return found


@pytest.mark.parametrize(("old", "new"), [(0, 1), (1, 2), (0, 2), (1, 0), (2, 2)])
def test_rows_are_those_found_by_hand(archive: dict[str, Any], tmp_path: Path, old: int, new: int) -> None:
    out = tmp_path / "changes.parquet"
    found = qs.changes(archive["clean"], archive[f"id{old}"], archive[f"id{new}"], out=out)
    table = pq.read_table(out)
    assert table.schema.equals(CHANGES.schema)
    written = {
        row["passage_id"]: (row["change"], row["target_passage_id"], row["changed_columns"])
        for row in table.to_pylist()
    }
    moved = pq.read_table(archive["clean"] / "snapshots" / archive[f"id{new}"] / "redirects").to_pylist()
    redirects = {row["passage_id"]: row["target_passage_id"] for row in moved}
    assert written == by_hand(archive["rows"][old], archive["rows"][new], redirects)
    assert sum(found.counts.values()) == table.num_rows
    for row in table.to_pylist():
        side = archive["rows"][old if row["change"] in ("removed", "merged") else new]
        assert {c.name: row[c.name] for c in PASSAGES.columns} == side[row["passage_id"]]
    assert qs.read_changes(archive["clean"], archive[f"id{old}"], archive[f"id{new}"]).read_all() == table


def test_every_kind_occurs(archive: dict[str, Any]) -> None:
    counts = qs.changes(archive["clean"], archive["id0"], archive["id2"]).counts
    assert counts["added"] >= 1
    assert counts["changed"] >= 1
    assert counts["removed"] >= 1
    assert counts["merged"] == 1


def test_a_snapshot_has_several_names(archive: dict[str, Any], tmp_path: Path) -> None:
    clean = archive["clean"]
    wanted = qs.changes(clean, archive["id1"], archive["id2"])
    assert qs.changes(clean) == wanted
    assert qs.changes(clean, "previous", "current") == wanted
    assert qs.changes(clean, "00002", "00003") == wanted
    assert qs.changes(clean, archive["folder"] / "saved1.json") == wanted


@pytest.mark.parametrize(
    ("name", "words"), [("00009-00000000", "no longer kept"), ("0000", "several"), ("", "several")]
)
def test_a_snapshot_that_is_not_there(archive: dict[str, Any], name: str, words: str) -> None:
    with pytest.raises(NotFound, match=words) as caught:
        qs.changes(archive["clean"], name)
    assert archive["id2"] in str(caught.value)
    assert "keep_snapshots" in str(caught.value)


def test_a_listing_that_is_none(archive: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "broken.json"
    with pytest.raises(SnapshotError, match=r"broken\.json"):
        qs.changes(archive["clean"], path)
    path.write_text(json.dumps(json.loads((archive["clean"] / "current.json").read_text()) | {"run": "x"}))
    assert qs.changes(archive["clean"], path).counts["added"] == 0
    path.write_text(json.dumps({"schema_version": 99}))
    with pytest.raises(SchemaMismatch, match="99"):
        qs.changes(archive["clean"], path)


def test_rows_go_nowhere_below_clean_and_leave_no_half_file(archive: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="only runs write"):
        qs.changes(archive["clean"], out=archive["clean"] / "x.parquet")
    with pytest.raises(SnapshotError, match="Nothing was written"):
        qs.changes(archive["clean"], out=tmp_path / "nowhere" / "x.parquet")
    assert list(tmp_path.iterdir()) == []


def test_the_first_snapshot_has_none_before_it(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    with pytest.raises(NotFound, match="first"):
        qs.changes(clean)


def test_a_snapshot_that_was_pruned_is_named_with_those_there_are(
    raw: Path, clean: Path, tmp_path: Path
) -> None:
    brief = make_settings({"store": {"keep_snapshots": 0, "keep_seconds": 0}}, base=ONE)
    qs.run(raw, clean, brief)
    saved = tmp_path / "saved.json"
    shutil.copy(clean / "current.json", saved)
    (raw / "late.txt").write_text(story(500, [3]), encoding="utf-8")
    report = qs.run(raw, clean, brief)
    for name in ("previous", saved):
        with pytest.raises(NotFound, match="no longer kept") as caught:
            qs.changes(clean, name)
        assert report.snapshot in str(caught.value)


def test_a_snapshot_that_goes_while_it_is_read(raw: Path, clean: Path, tmp_path: Path) -> None:
    for extra in ([], [3], [4]):
        if extra:
            (raw / f"late{extra}.txt").write_text(story(500, [*extra, 700]), encoding="utf-8")
        qs.run(raw, clean, ONE)
    rows = qs.read_changes(clean)
    shutil.rmtree(clean / "snapshots" / qs.changes(clean).old / "passages")
    with pytest.raises((SnapshotError, OSError), match="went while it was read"):
        rows.read_all()
    with pytest.raises(SnapshotError, match="went while it was read"):
        qs.changes(clean, out=tmp_path / "x.parquet")
    assert not list(tmp_path.glob("*x.parquet*"))


def test_the_command_line_says_it(
    archive: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clean, out = str(archive["clean"]), str(tmp_path / "c.parquet")
    assert main(["changes", clean, "00001", "--out", out]) == 0
    printed = capsys.readouterr().out
    assert "1 merged" in printed
    assert "Changed columns: " in printed
    assert main(["changes", clean, "00001", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"]["merged"] == 1
    assert main(["changes", clean, "00077"]) == 5
    assert "no longer kept" in capsys.readouterr().err
