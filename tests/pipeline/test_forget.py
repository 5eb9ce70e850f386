"""Forgetting: nothing of the article is left below CLEAN, it stays out, and everybody else's rows stay."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from newsroom import press, statement, story

import quotesieve as qs
from quotesieve.cli import main
from quotesieve.errors import Locked, NotFound, SettingsError, SnapshotError
from quotesieve.pipeline import forget as forgetting
from quotesieve.pipeline.plan import make_plan
from quotesieve.pipeline.verify import verify
from quotesieve.settings import make_settings
from quotesieve.store import snapshot

ONE = make_settings({"run": {"workers": 1}, "store": {"shard_articles": 4}})
ADDRESS = "https://paper9.example/secret-harbour-story"
PATH = "outlet=paper9.example/secret-harbour-story.txt"
OWN, SHARED = 777, 3  # statements: printed by nobody else, and by the press as well


def secret(extra: str = "") -> str:
    """An article with an address, a statement of its own and one that others print."""
    head = f"---\nurl: {ADDRESS}?utm_source=x\noutlet: paper9.example\nauthors: [Wilma Quistgaard]\n---\n"
    return head + story(900, [OWN, SHARED]).replace("hours.", f"unmistakable hours.{extra}")


def sentences() -> list[str]:
    """What must not be found anywhere afterwards: words, names, address, path."""
    words = statement(OWN)[1]
    return [
        words,
        words[20:60],
        "unmistakable hours",
        "Wilma Quistgaard",
        "secret-harbour-story",
        "secret-har",
    ]


def strings(value: Any) -> Iterator[str]:
    """Every string and byte string in a decoded value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(key)
            yield from strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from strings(inner)
    elif isinstance(value, bytes):
        yield value.decode("utf-8", "replace")
    elif isinstance(value, str):
        yield value


def left_in(clean: Path) -> list[str]:
    """Where something of the article stands: in the bytes of any file, its name, or decoded values."""
    found = []
    for path in clean.rglob("*"):
        if not path.is_file():
            continue
        texts = [path.as_posix(), path.read_bytes().decode("utf-8", "replace")]
        if path.suffix == ".parquet":
            texts += strings(pq.read_table(path).to_pylist())
        if path.suffix == ".arrow":
            with pa.ipc.open_file(path) as stream:
                texts += strings(stream.read_all().to_pylist())
        everything = "\n".join(texts)
        found += [f"{path}: {words}" for words in sentences() if words in everything]
    return found


def held_line(article_id: str, raw_path: str) -> dict[str, Any]:
    """A line of quarantine.jsonl, which the quality gate writes."""
    names = ("digest", "file_digest", "outlet", "state", "run_id", "since", "why")
    rest = {name: "held" if name == "state" else f"{raw_path} {name}" for name in names}
    return {"raw_path": raw_path, "record": 0, "article_id": article_id, **rest}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """raw and clean: three snapshots, the last two with the secret article, and what else may hold it."""
    folder = tmp_path_factory.mktemp("forget")
    raw, clean = folder / "raw", folder / "clean"
    press(raw, 12)
    qs.run(raw, clean, ONE)
    path = raw / PATH
    path.parent.mkdir()
    path.write_text(secret(), encoding="utf-8")
    qs.run(raw, clean, ONE)
    path.write_text(secret(" They were long."), encoding="utf-8")
    report = qs.run(raw, clean, ONE)
    (clean / "reports").mkdir()
    for page in (clean / "reports" / f"{report.snapshot}.html", clean / "report.html"):
        page.write_text(f"<p>{statement(OWN)[1]}</p>", encoding="utf-8")
    for folder_name in (".staging/shards", "refused/00009-x"):
        (clean / folder_name).mkdir(parents=True)
        (clean / folder_name / "x.txt").write_text(secret(), encoding="utf-8")
    article = qs.read_table(clean, "articles").filter(pc.field("outlet") == "paper9.example").to_pylist()[0]
    held = [held_line(article["article_id"], PATH), held_line("0", "x")]
    (clean / "quarantine.jsonl").write_text("".join(json.dumps(line) + "\n" for line in held))
    return folder


@pytest.fixture
def clean(archive: Path, tmp_path: Path) -> Path:
    """A copy of the archive's data set, hard links and all."""
    subprocess.run(["cp", "-a", str(archive / "clean"), str(archive / "raw"), str(tmp_path)], check=True)
    assert left_in(tmp_path / "clean")
    return tmp_path / "clean"


@pytest.fixture
def raw(clean: Path) -> Path:
    """The input folder that belongs to it."""
    return clean.parent / "raw"


def test_nothing_of_it_is_left(clean: Path, raw: Path) -> None:
    done = qs.forget(clean, ADDRESS, ONE)
    assert left_in(clean) == []
    assert verify(clean).ok
    assert (done.state, done.versions, done.mentions) == ("forgotten", 1, 2)
    assert (done.passages_removed, done.passages_changed) == (1, 1)
    assert len(done.snapshots_removed) == 2  # the one without it stays
    assert [name[:5] for name in snapshot_names(clean)] == ["00001", "00004"]
    assert (raw / PATH).exists()


def snapshot_names(clean: Path) -> list[str]:
    return sorted(path.name for path in (clean / "snapshots").iterdir())


def test_it_stays_out_and_is_counted(clean: Path, raw: Path) -> None:
    qs.forget(clean, ADDRESS, ONE)
    plan = make_plan(str(raw), clean, ONE)
    assert plan.is_empty
    assert plan.forgotten == 1
    report = qs.run(raw, clean, ONE)
    assert (report.state, report.counts["forgotten"]) == ("unchanged", 1)
    report = qs.run(raw, clean, ONE, full=True)
    assert (report.articles, report.counts["forgotten"]) == (12, 1)
    assert left_in(clean) == []


@pytest.mark.parametrize("how", ["changed", "moved", "relabelled", "again by another name"])
def test_it_stays_out_by_whatever_name(clean: Path, raw: Path, how: str) -> None:
    qs.forget(clean, ADDRESS, ONE)
    path = raw / PATH
    match how:
        case "changed":
            path.write_text(secret(" They went on."), encoding="utf-8")
        case "moved":  # the address stands in it
            path.rename(raw / "elsewhere.txt")
        case "relabelled":
            (raw / "manifest.csv").write_text(f"path,url\n{PATH},https://other.example/x\n", encoding="utf-8")
        case "again by another name":
            (raw / "again.txt").write_text(secret(" One more fetch."), encoding="utf-8")
    report = qs.run(raw, clean, ONE)
    assert report.state == "published"
    assert report.articles == 12
    assert verify(clean).ok
    hidden = [words for words in sentences() if "secret" not in words]
    assert not [found for found in left_in(clean) if found.endswith(tuple(hidden))]
    again = qs.run(raw, clean, ONE)  # what was met is known now and not read again
    assert again.state == "unchanged"
    assert make_plan(str(raw), clean, ONE).forgotten == 1 + (how == "again by another name")


def test_the_same_bytes_from_another_outlet_are_another_article(raw: Path, clean: Path) -> None:
    text = story(950, [OWN + 1])
    for outlet in ("a", "b"):
        path = raw / f"outlet={outlet}.example" / "wire.txt"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
    qs.run(raw, clean, ONE)
    done = qs.forget(clean, "outlet=a.example/wire.txt", ONE)
    assert len(done.copies) == 1  # it says so
    qs.run(raw, clean, ONE)
    outlets = qs.read_table(clean, "articles", ["outlet"]).column("outlet").to_pylist()
    assert ("a.example" in outlets, "b.example" in outlets) == (False, True)
    # but the same file of the same outlet elsewhere is not, though its id would be
    (raw / "outlet=a.example" / "wire.txt").rename(raw / "outlet=a.example" / "moved.txt")
    qs.run(raw, clean, ONE)
    assert "a.example" not in qs.read_table(clean, "articles", ["outlet"]).column("outlet").to_pylist()


def test_a_passage_whose_founder_left_keeps_its_id(clean: Path) -> None:
    before = {r["passage_id"]: r for r in qs.read_table(clean, "passages").to_pylist()}
    shared = next(r for r in before.values() if r["article_count"] > 1)
    articles = {r["mention_id"]: r["article_id"] for r in qs.read_table(clean, "mentions").to_pylist()}
    qs.forget(clean, articles[shared["founding_mention_id"]], ONE)
    after = {r["passage_id"]: r for r in qs.read_table(clean, "passages").to_pylist()}
    assert after[shared["passage_id"]]["article_count"] == shared["article_count"] - 1
    assert after.keys() <= before.keys()  # no id is new
    assert verify(clean).ok


def test_one_record_of_a_container(raw: Path, clean: Path) -> None:
    rows = [{"text": story(800 + n, [600 + n]), "outlet": "feed.example"} for n in range(3)]
    feed = raw / "feed.jsonl"
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    qs.run(raw, clean, ONE)
    with pytest.raises(NotFound, match="3 articles match"):
        qs.forget(clean, "feed.jsonl", ONE)
    qs.forget(clean, "feed.jsonl#2", ONE)
    assert make_plan(str(raw), clean, ONE).forgotten == 1
    assert qs.run(raw, clean, ONE).state == "unchanged"
    with feed.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"text": story(810, [650]), "outlet": "feed.example"}) + "\n")
    report = qs.run(raw, clean, ONE)
    assert {c.code: c.count for c in report.changes} == {"new": 1}
    assert (report.articles, report.counts["forgotten"]) == (16, 1)
    assert statement(601)[1] not in qs.read_table(clean, "mentions").column("text").to_pylist()


def test_an_article_that_only_an_older_snapshot_has(clean: Path, raw: Path) -> None:
    (raw / PATH).unlink()
    qs.run(raw, clean, ONE)
    assert left_in(clean)
    done = qs.forget(clean, ADDRESS, ONE)
    assert (done.versions, len(done.snapshots_removed)) == (0, 2)
    assert left_in(clean) == []
    (raw / PATH).write_text(secret(), encoding="utf-8")  # the scraper brings it back
    assert qs.run(raw, clean, ONE).articles == 12


def test_the_last_article(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    (raw / "only.txt").write_text(secret(), encoding="utf-8")
    qs.run(raw, clean, ONE)
    qs.forget(clean, ADDRESS, ONE)
    assert left_in(clean) == []
    assert qs.read_table(clean, "articles").num_rows == 0
    assert verify(clean).ok
    assert qs.run(raw, clean, ONE).state == "unchanged"


@pytest.mark.parametrize("step", ["_publish_without", "erase"])
def test_a_forgetting_cut_short_is_completed_by_the_next_run(
    clean: Path, raw: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def power_cut(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        where = forgetting if step == "_publish_without" else forgetting.erase
        broken.setattr(where, step, power_cut)
        with pytest.raises(KeyboardInterrupt):
            qs.forget(clean, ADDRESS, ONE)
    assert left_in(clean)
    report = qs.run(raw, clean, ONE)
    assert report.state == ("published" if step == "_publish_without" else "unchanged")
    assert left_in(clean) == []
    assert qs.run(raw, clean, ONE).counts["forgotten"] == 1


def test_a_damaged_snapshot_is_mended_by_the_next_run(clean: Path, raw: Path) -> None:
    current = snapshot.require_current(clean)
    victim = snapshot.paths(clean, current, "lines")[0]
    victim.unlink()  # or older snapshots would be damaged, too
    victim.write_bytes(b"nonsense")
    with pytest.raises(SnapshotError, match="run"):
        qs.forget(clean, ADDRESS, ONE)
    qs.run(raw, clean, ONE)
    assert left_in(clean) == []


def test_the_list_holds_hashes_only(clean: Path) -> None:
    qs.forget(clean, ADDRESS, ONE)
    data = json.loads((clean / "forgotten.json").read_text())
    hashes = list(data["articles"])
    hashes += [trace for one in data["articles"].values() for trace in (*one["copies"], *one["records"])]
    assert all(set(found) <= set("0123456789abcdef.") for found in hashes)
    assert set(data) == {"note", "pending", "articles"}
    assert data["pending"] is False


def test_what_made_the_rows_stays_on_record(clean: Path, raw: Path) -> None:
    """Forgetting makes no record anew: if the program or the settings changed, the next run still must."""
    before = snapshot.require_current(clean)
    other = make_settings({"speakers": {"min_confidence": 0.9}}, base=ONE)
    qs.forget(clean, ADDRESS, other)
    after = snapshot.require_current(clean)
    assert (after.code, after.settings, after.dedup) == (before.code, before.settings, before.dedup)
    assert qs.run(raw, clean, ONE).state == "unchanged"
    assert {c.code for c in make_plan(str(raw), clean, other).changes} == {"settings"}


def test_a_dry_run_changes_nothing(clean: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in clean.rglob("*") if p.is_file()}
    outlook = qs.forget(clean, ADDRESS, ONE, dry_run=True)
    assert outlook.state == "would_forget"
    assert outlook.reports_removed[-1] == f"reports/{outlook.snapshot}.html"
    assert {p: p.stat().st_mtime_ns for p in clean.rglob("*") if p.is_file()} == before
    done = qs.forget(clean, ADDRESS, ONE)
    assert (done.mentions, done.snapshots_removed) == (outlook.mentions, outlook.snapshots_removed)


def test_twice_and_undone(clean: Path, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    qs.forget(clean, ADDRESS, ONE)
    assert qs.forget(clean, ADDRESS, ONE).state == "already"
    assert main(["forget", str(clean), ADDRESS, "--undo"]) == 0
    capsys.readouterr()
    assert qs.run(raw, clean, ONE).articles == 13
    assert main(["forget", str(clean), ADDRESS, "--undo"]) == 5


def test_ahead_of_its_first_run(raw: Path, clean: Path) -> None:
    other = f"{ADDRESS}-2"
    with pytest.raises(NotFound, match="--ahead"):
        qs.forget(clean, other, ONE)
    assert qs.forget(clean, other, ONE, ahead=True).state == "ahead"
    (raw / "late.txt").write_text(secret().replace(ADDRESS, other), encoding="utf-8")
    report = qs.run(raw, clean, ONE)
    assert (report.articles, report.counts["forgotten"]) == (13, 1)


def test_what_it_refuses(clean: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("https://paper9.example/other", "b", "", "nothing.txt"):
        with pytest.raises(NotFound):
            qs.forget(clean, name, ONE)
    with pytest.raises(SettingsError, match="dedup"):
        qs.forget(clean, ADDRESS, {"dedup": {"threshold": 99}})
    with snapshot.lock(clean), pytest.raises(Locked):
        qs.forget(clean, ADDRESS, ONE)
    assert not (clean / "forgotten.json").exists()
    (clean / "forgotten.json").write_text("{")
    with pytest.raises(SnapshotError, match="stay out"):
        qs.forget(clean, ADDRESS, ONE)


def test_a_damaged_list_stops_a_run(clean: Path, raw: Path) -> None:
    qs.forget(clean, ADDRESS, ONE)
    (clean / "forgotten.json").write_text("[]")
    with pytest.raises(SnapshotError, match="stay out"):
        qs.run(raw, clean, ONE)


def test_the_command_line_says_what_goes(clean: Path, raw: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = str(clean)
    assert main(["forget", clean, ADDRESS, "--dry-run"]) == 0
    assert "Would forget: 1 article" in capsys.readouterr().out
    assert main(["forget", clean, ADDRESS, "--json", "--workers", "1"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "forgotten"
    sharded = ["--set", "store.shard_articles=4", "--workers", "1"]
    assert main(["plan", str(raw), clean, *sharded]) == 0
    assert "1 forgotten: kept out" in capsys.readouterr().out
    assert main(["run", str(raw), clean, *sharded]) == 0
    assert "Forgotten: 1 kept out" in capsys.readouterr().out


def test_one_record_of_a_container_stays_out_when_the_others_are_made_again(tmp_path: Path) -> None:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    rows = [
        {"url": f"https://paper9.example/{i}", "outlet": "paper9.example", "text": story(910 + i, [i])}
        for i in range(3)
    ]
    (raw / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    qs.run(raw, clean, ONE)
    qs.forget(clean, rows[1]["url"], ONE)
    for full in (True, False):
        rows[0]["text"] += "One more paragraph was added to this story later that day.\n"
        (raw / "all.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        qs.run(raw, clean, ONE, full=full)
        found = qs.read_table(clean, "articles", ["url", "is_latest"]).to_pylist()
        assert {row["url"] for row in found if row["is_latest"]} == {rows[0]["url"], rows[2]["url"]}
