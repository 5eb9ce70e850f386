"""Runs over real files: what is published, what is done again, what survives."""

import os
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from newsroom import press, story

import quotesieve as qs
from quotesieve.errors import InputFolderMissing, Locked, SettingsError, SnapshotError
from quotesieve.pipeline.plan import make_plan
from quotesieve.pipeline.verify import verify
from quotesieve.settings import DEFAULTS, make_settings
from quotesieve.store import snapshot
from quotesieve.store.tables import TABLES

ONE = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 4}})


def groups(clean: Path) -> set[frozenset[str]]:
    """The partition of the mentions into passages."""
    found: dict[str, set[str]] = {}
    rows = qs.read_table(clean, "mentions", ["passage_id", "mention_id"]).to_pylist()
    for row in rows:
        found.setdefault(row["passage_id"], set()).add(row["mention_id"])
    return {frozenset(members) for members in found.values()}


def content(clean: Path) -> dict[str, list[str]]:
    """Every table's rows, in no particular order.

    Without founded_run: it is lost with the part file that held it; and without runs, which has a
    clock.
    """
    tables = {name: qs.read_table(clean, name) for name in TABLES if name != "runs"}
    for name in ("passages", "speakers"):
        tables[name] = tables[name].drop_columns(["founded_run"])
    return {name: sorted(map(str, rows.to_pylist())) for name, rows in tables.items()}


def disk(clean: Path) -> int:
    """Bytes that CLEAN takes; a file with several names counts once."""
    inodes = {
        p.stat().st_ino: p.stat().st_size
        for p in clean.rglob("*")
        if p.is_file() and not p.is_symlink() and p.name != "last_run.json"
    }
    return sum(inodes.values())


def published(clean: Path) -> snapshot.Snapshot:
    """The snapshot without its runs table: the one table that has a clock."""
    found = snapshot.require_current(clean)
    return replace(found, files={name: files for name, files in found.files.items() if name != "runs"})


def test_first_run_publishes_and_verifies(raw: Path, clean: Path) -> None:
    report = qs.run(raw, clean, ONE)
    assert report.state == "published"
    assert report.articles == 12
    assert report.counts["mentions"] == 35  # two each and a reprint in all but the first
    assert report.counts["passages"] == 24
    found = verify(clean)
    assert found.ok, found.findings


def test_second_run_has_nothing_to_do(raw: Path, clean: Path) -> None:
    first = qs.run(raw, clean, ONE)
    before = disk(clean)
    second = qs.run(raw, clean, ONE)
    assert second.state == "unchanged"
    assert second.snapshot == first.snapshot
    assert disk(clean) == before


def test_only_the_added_article_is_processed(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    (raw / "late.txt").write_text(story(500, [3, 700]), encoding="utf-8")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"new": 1}
    assert report.counts["processed"] == 1
    assert report.counts["passages"] == 25  # statement 3 was known
    assert verify(clean).ok


def test_changed_article_replaces_its_row_and_counts_its_version_on(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    path = next(raw.rglob("story-0005.txt"))
    path.write_text(story(5, [900]), encoding="utf-8")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"changed": 1}
    rows = [
        r for r in qs.read_table(clean, "articles").to_pylist() if r["raw_path"].endswith("story-0005.txt")
    ]
    assert [(row["version"], row["is_latest"]) for row in rows] == [(2, True)]
    assert verify(clean).ok


def test_deleted_article_leaves_and_ids_stay(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    before = set(qs.read_table(clean, "passages")["passage_id"].to_pylist())
    next(raw.rglob("story-0011.txt")).unlink()  # what it said first nobody reprinted
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"deleted": 1}
    after = set(qs.read_table(clean, "passages")["passage_id"].to_pylist())
    assert after < before
    assert verify(clean).ok


def test_full_rebuild_keeps_ids_and_rows(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    before = content(clean)
    report = qs.run(raw, clean, ONE, full=True)
    assert {c.code for c in report.changes} == {"full"}
    assert content(clean) == before


def test_the_same_input_gives_the_same_bytes(raw: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        qs.run(raw, tmp_path / name, ONE)
    files = [
        {e.path: e.sha256 for t in published(tmp_path / name).files.values() for e in t}
        for name in ("one", "two")
    ]
    assert files[0] == files[1]


def test_workers_do_not_change_the_bytes(raw: Path, tmp_path: Path) -> None:
    two = make_settings({"run": {"workers": 2}}, base=ONE)
    qs.run(raw, tmp_path / "one", ONE)
    qs.run(raw, tmp_path / "two", two)
    assert published(tmp_path / "one") == published(tmp_path / "two")


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_missing_output_is_made_again(raw: Path, clean: Path, table: str) -> None:
    (raw / "broken.gz").write_bytes(b"not gzip")
    qs.run(raw, clean, ONE)
    before = content(clean)
    victim = snapshot.paths(clean, snapshot.require_current(clean), table)[0]
    victim.unlink()
    plan = make_plan(str(raw), clean, ONE)
    assert any(change.code == "damaged" for change in plan.changes)
    assert qs.run(raw, clean, ONE).state == "published"
    assert content(clean) == before
    assert verify(clean).ok


def test_a_damaged_ledger_and_a_flipped_byte_are_made_again(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    before = content(clean)
    current = snapshot.require_current(clean)
    for table in ("ledger", "mentions"):
        path = clean / current.files[table][0].path
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 0xFF
        path.write_bytes(data)
    assert not verify(clean).ok
    qs.run(raw, clean, ONE)
    assert content(clean) == before


def test_dedup_settings_compare_again_without_cleaning_again(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    stricter = make_settings({"dedup": {"threshold": 100}}, base=ONE)
    report = qs.run(raw, clean, stricter)
    assert {c.code for c in report.changes} == {"dedup"}
    assert report.counts["processed"] == 0


def test_cleaning_settings_process_everything_again(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    report = qs.run(raw, clean, make_settings({"speakers": {"min_confidence": 0.99}}, base=ONE))
    assert {c.code: c.count for c in report.changes} == {"settings": 12}


def test_retention_and_worker_count_change_nothing(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    other = make_settings({"store": {"keep_snapshots": 9}, "run": {"workers": 2}}, base=ONE)
    assert qs.run(raw, clean, other).state == "unchanged"


def test_articles_one_by_one_in_two_orders_group_as_one_run(tmp_path: Path) -> None:
    source = tmp_path / "all"
    paths = press(source, 8)
    qs.run(source, tmp_path / "whole", ONE)
    expected = groups(tmp_path / "whole")
    for name, order in (("forward", paths), ("backward", paths[::-1])):
        raw, clean = tmp_path / name / "raw", tmp_path / name / "clean"
        for path in order:
            target = raw / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, target)
            qs.run(raw, clean, ONE)
        assert groups(clean) == expected
        assert verify(clean).ok


def test_two_fetches_are_two_versions_the_later_current(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    (raw / "a.txt").write_text(story(1, [1, 2]), encoding="utf-8")
    (raw / "b.txt").write_text(story(1, [1, 3]), encoding="utf-8")
    (raw / "manifest.csv").write_text(
        "path,url,fetched_at\n"
        "a.txt,https://paper.example/story?utm_source=x,2026-03-02T10:00:00Z\n"
        "b.txt,https://paper.example/story,2026-03-01T10:00:00Z\n"
    )
    qs.run(raw, clean, ONE)
    rows = sorted(qs.read_table(clean, "articles").to_pylist(), key=lambda row: row["version"])
    assert [(r["raw_path"], r["is_latest"]) for r in rows] == [("b.txt", False), ("a.txt", True)]
    assert len({row["article_id"] for row in rows}) == 1
    assert qs.read_table(clean, "mentions").num_rows == 2
    assert verify(clean).ok
    (raw / "a.txt").unlink()
    report = qs.run(raw, clean, ONE)
    assert {c.code for c in report.changes} == {"deleted", "became_current"}
    assert qs.read_table(clean, "mentions").num_rows == 2
    assert verify(clean).ok


def test_a_grown_jsonl_costs_its_new_lines(tmp_path: Path) -> None:
    import json

    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    lines = [json.dumps({"text": story(n, [n, n + 50]), "outlet": "wire.example"}) for n in range(6)]
    (raw / "feed.jsonl").write_text("\n".join(lines[:5]) + "\n")
    qs.run(raw, clean, ONE)
    (raw / "feed.jsonl").write_text("\n".join(lines) + "\n")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"new": 1}
    assert report.articles == 6
    assert verify(clean).ok


def test_a_changed_manifest_row_is_changed_input(raw: Path, clean: Path) -> None:
    qs.run(raw, clean, ONE)
    name = next(raw.rglob("story-0002.txt")).relative_to(raw).as_posix()
    (raw / "manifest.csv").write_text(f"path,title\n{name},Another headline\n")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"changed": 1}


def test_an_article_emptied_by_cleaning_keeps_its_row_and_lines(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    (raw / "ads.txt").write_text("Skip advert\nAdvertisement\n\nSkip advert\nAdvertisement\n")
    report = qs.run(raw, clean, ONE)
    assert (report.articles, report.counts["lines"]) == (1, 5)
    assert qs.read_table(clean, "articles")["text"].to_pylist() == [""]
    assert verify(clean).ok


def test_an_empty_folder_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    report = qs.run(tmp_path / "raw", tmp_path / "clean", ONE)
    assert report.articles == 0
    rows = {name: qs.read_table(tmp_path / "clean", name).num_rows for name in TABLES}
    assert rows == dict.fromkeys(TABLES, 0) | {"runs": 1}
    assert verify(tmp_path / "clean").ok


def test_one_run_adds_little_more_than_its_own_data(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    press(raw, 40)
    settings = make_settings({"run": {"workers": 1}, "store": {"keep_snapshots": 5}})
    qs.run(raw, clean, settings)
    before = disk(clean)
    press(raw, 80)  # the first forty are written again as they were
    report = qs.run(raw, clean, settings)
    assert {c.code: c.count for c in report.changes} == {"new": 40}
    alone = tmp_path / "alone"
    for path in press(tmp_path / "new", 80)[:40]:
        path.unlink()
    qs.run(tmp_path / "new", alone, settings)
    assert disk(clean) - before <= 1.5 * disk(alone)


def test_errors_say_what_to_do(raw: Path, clean: Path, tmp_path: Path) -> None:
    with pytest.raises(InputFolderMissing, match="nowhere"):
        qs.run(tmp_path / "nowhere", clean)
    with pytest.raises(SettingsError, match="out of range"):
        qs.run(raw, clean, {"dedup": {"threshold": 101}})
    with snapshot.lock(clean), pytest.raises(Locked, match=str(os.getpid())):
        qs.run(raw, clean, ONE)
    with pytest.raises(SnapshotError, match="no snapshot"):
        qs.read_table(tmp_path / "empty", "passages")
    (clean / "current.json").write_text("{")
    with pytest.raises(SnapshotError, match="--full"):
        qs.run(raw, clean, ONE)
    assert qs.run(raw, clean, ONE, full=True).state == "published"


def test_old_snapshots_are_kept_by_count_and_age(raw: Path, clean: Path) -> None:
    keep = make_settings({"store": {"keep_snapshots": 1, "keep_seconds": 0}}, base=ONE)
    for number in range(4):
        (raw / f"more-{number}.txt").write_text(story(600 + number, [number]), encoding="utf-8")
        qs.run(raw, clean, keep)
    assert len(list((clean / "snapshots").iterdir())) == 2
    young = make_settings({"store": {"keep_snapshots": 0, "keep_seconds": 3600}}, base=ONE)
    (raw / "last.txt").write_text(story(700, [5]), encoding="utf-8")
    qs.run(raw, clean, young)
    assert len(list((clean / "snapshots").iterdir())) == 3


def test_defaults_use_every_core() -> None:
    assert DEFAULTS.run.workers == 0
