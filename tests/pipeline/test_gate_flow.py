"""Quarantine, refused snapshots and alerts from end to end: by the functions and by the command line."""

import json
import os
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import gazette
import pytest
from gazette import OUTLETS, SETTINGS, day, edition, for_outlet, put
from newsroom import story

import quotesieve as qs
from quotesieve.cli import main
from quotesieve.errors import NotFound, SnapshotError
from quotesieve.pipeline import alerts, refused
from quotesieve.pipeline.compare import clone, compare_snapshots
from quotesieve.pipeline.run import Report, Run
from quotesieve.pipeline.selection import Selection
from quotesieve.pipeline.verify import verify
from quotesieve.settings import AlertSettings, make_settings
from quotesieve.store import quarantine, runs, snapshot

FEW = OUTLETS[:4]
TODAY = 14
BAD = FEW[2]


@dataclass
class Desk:
    """A folder with two weeks of history, and the next nights in it."""

    folder: Path

    @property
    def raw(self) -> Path:
        return self.folder / "raw"

    @property
    def clean(self) -> Path:
        return self.folder / "clean"

    def run(self, number: int, *, full: bool = False, minutes: int = 0) -> Report:
        started = day(number) + timedelta(minutes=minutes)
        return qs.run(self.raw, self.clean, SETTINGS, started=started, full=full)

    def seen(self) -> dict[str, str]:
        """Text of the current version of every article, by path."""
        rows = qs.read_table(self.clean, "articles", ["raw_path", "text", "is_latest"]).to_pylist()
        return {row["raw_path"]: row["text"] for row in rows if row["is_latest"]}

    def rejected(self) -> dict[str, str]:
        """Reason by path."""
        rows = qs.read_table(self.clean, "rejections", ["raw_path", "reason"]).to_pylist()
        return {row["raw_path"]: row["reason"] for row in rows}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("flow")
    put(folder / "raw", edition(TODAY - 1, FEW))
    assert Desk(folder).run(TODAY - 1).state == "published"
    gazette.pretend_history(folder / "clean", TODAY - 1)
    return folder


@pytest.fixture
def desk(base: Path, tmp_path: Path) -> Desk:
    for name in ("raw", "clean"):
        shutil.copytree(base / name, tmp_path / name, symlinks=True)
    return Desk(tmp_path)


def bad_day(number: int = TODAY) -> gazette.Files:
    return for_outlet(BAD, gazette.in_german)(edition(number, FEW))


def test_held_back_remembered_released(desk: Desk) -> None:
    files = bad_day()
    own = set(gazette.of(files, BAD))
    put(desk.raw, files)
    report = desk.run(TODAY)
    assert (report.state, dict(report.quarantined)) == ("degraded", {BAD: len(own)})
    assert set(desk.seen()) == set(edition(TODAY - 1, FEW)) | (set(files) - own)
    assert {name for name, why in desk.rejected().items() if why == "quarantined"} == own
    assert {one.raw_path for one in refused.list_held(desk.clean)} == own
    assert verify(desk.clean).ok
    # Remembered: nothing to do, and a later night neither asks nor publishes them again.
    assert desk.run(TODAY, minutes=5).state == "unchanged"
    put(desk.raw, edition(TODAY + 1, FEW))
    report = desk.run(TODAY + 1)
    assert (report.state, report.findings) == ("published", ())
    assert {change.code for change in report.changes} == {"new"}
    assert not own & set(desk.seen())
    # A rebuild does not let them in either.
    assert desk.run(TODAY + 1, full=True, minutes=5).state in ("published", "degraded")
    assert not own & set(desk.seen())
    # Nor does one beside it, which is compared with what is published.
    before = clone(desk.clean, desk.folder / "rebuilt")
    ungated = make_settings({**SETTINGS, "gate": {"mode": "off"}})
    with Run(desk.raw, desk.folder / "rebuilt", ungated) as work:
        work.make_plan(full=True, selection=Selection(known=True))
        for piece in range(work.pieces):
            list(work.stage(piece))
        work.finish()
    rebuilt = desk.folder / "rebuilt"
    assert (
        compare_snapshots((rebuilt, before), (rebuilt, snapshot.require_current(rebuilt))).differences == ()
    )
    # One article by its path, then the outlet.
    one = min(own)
    refused.decide(desk.clean, one, "released")
    report = desk.run(TODAY + 1, minutes=10)
    assert {c.code: c.count for c in report.changes} == {"released": 1}
    assert own & set(desk.seen()) == {one}
    assert len(refused.list_held(desk.clean)) == len(own) - 1
    refused.decide(desk.clean, BAD, "released")
    assert desk.run(TODAY + 1, minutes=15).state == "published"
    assert own <= set(desk.seen())
    assert refused.list_held(desk.clean) == []
    assert desk.run(TODAY + 1, minutes=20).state == "unchanged"
    assert verify(desk.clean).ok


def test_discarded_stays_out_until_its_file_changes(desk: Desk) -> None:
    files = bad_day()
    own = sorted(gazette.of(files, BAD))
    put(desk.raw, files)
    desk.run(TODAY)
    assert len(refused.decide(desk.clean, BAD, "discarded")) == len(own)
    assert desk.run(TODAY, minutes=5).state == "unchanged"
    assert desk.run(TODAY, full=True, minutes=10).counts["rejections"] == len(own)
    (desk.raw / own[0]).write_text(story(4711, [4711, 4712]))
    report = desk.run(TODAY, minutes=15)
    assert {c.code: c.count for c in report.changes} == {"changed": 1}
    assert set(own) & set(desk.seen()) == {own[0]}
    assert len(refused.list_held(desk.clean)) == len(own) - 1
    (desk.raw / own[1]).unlink()
    desk.run(TODAY, minutes=20)
    assert len(refused.list_held(desk.clean)) == len(own) - 2
    assert verify(desk.clean).ok


def test_the_published_content_stays_while_the_new_one_is_held(desk: Desk) -> None:
    before = desk.seen()
    yesterday = sorted(gazette.of(edition(TODAY - 1, FEW), BAD))
    files = bad_day()
    changed = {name: gazette.in_german((desk.raw / name).read_text()) for name in yesterday}
    put(desk.raw, {**files, **changed})
    report = desk.run(TODAY)
    assert report.quarantined[BAD] == len(changed) + len(gazette.of(files, BAD))
    assert {name: desk.seen()[name] for name in yesterday} == {name: before[name] for name in yesterday}
    assert verify(desk.clean).ok
    assert desk.run(TODAY, minutes=5).state == "unchanged"
    assert desk.run(TODAY, full=True, minutes=6).state in ("published", "degraded")
    assert {name: desk.seen()[name] for name in yesterday} == {name: before[name] for name in yesterday}
    refused.decide(desk.clean, BAD, "released")
    desk.run(TODAY, minutes=10)
    assert all("Fähre" in desk.seen()[name] for name in yesterday)
    rows = qs.read_table(desk.clean, "articles", ["raw_path", "version"]).to_pylist()
    assert {row["version"] for row in rows if row["raw_path"] in changed} == {2}
    assert verify(desk.clean).ok


def test_a_later_fetch_that_is_held_leaves_the_earlier_current(desk: Desk) -> None:
    yesterday = sorted(gazette.of(edition(TODAY - 1, FEW), BAD))
    lines = ["path,url,fetched_at"]
    lines += [f"{name},https://{BAD}/{i},2026-03-01T00:00:00Z" for i, name in enumerate(yesterday)]
    (desk.raw / "manifest.csv").write_text("\n".join(lines) + "\n")
    assert desk.run(TODAY - 1, minutes=5).state in ("published", "degraded")
    files = bad_day()
    again = sorted(gazette.of(files, BAD))[: len(yesterday)]
    lines += [f"{name},https://{BAD}/{i},2026-03-02T00:00:00Z" for i, name in enumerate(again)]
    (desk.raw / "manifest.csv").write_text("\n".join(lines) + "\n")
    put(desk.raw, files)
    assert desk.run(TODAY).quarantined == {BAD: len(gazette.of(files, BAD))}
    assert set(yesterday) <= set(desk.seen())
    refused.decide(desk.clean, BAD, "released")
    desk.run(TODAY, minutes=5)
    assert set(again) <= set(desk.seen())
    assert not set(yesterday[: len(again)]) & set(desk.seen())
    assert verify(desk.clean).ok


def test_accepted_ways_are_usual_from_then_on(desk: Desk) -> None:
    put(desk.raw, bad_day())
    assert desk.run(TODAY).state == "degraded"
    refused.decide(desk.clean, BAD, "released", accept=True)
    put(desk.raw, bad_day(TODAY + 1))
    report = desk.run(TODAY + 1)
    assert (report.state, report.findings) == ("published", ())


def test_refused_then_published_anyway(desk: Desk) -> None:
    files = gazette.half_truncated(edition(TODAY, FEW))
    put(desk.raw, files)
    before = snapshot.require_current(desk.clean).id
    report = desk.run(TODAY)
    assert report.state == "refused"
    assert snapshot.require_current(desk.clean).id == before
    kept = refused.find_refused(desk.clean)
    assert verify(kept.folder).ok
    assert set(files) <= {r["raw_path"] for r in qs.read_table(kept.folder, "articles").to_pylist()}
    # The next run plans afresh and takes its place.
    assert desk.run(TODAY, minutes=5).state == "refused"
    assert len(list((desk.clean / "refused").iterdir())) == 1
    published = refused.publish_anyway(desk.clean)
    assert snapshot.require_current(desk.clean).id == published.id == report.snapshot
    assert set(files) <= set(desk.seen())
    assert verify(desk.clean).ok
    assert not (desk.clean / "refused").exists()
    rows = [r for r in qs.read_table(desk.clean, "runs").to_pylist() if r["run_id"] == report.snapshot]
    assert sorted(r["state"] for r in rows if r["outlet"] is None) == ["degraded", "refused"]
    assert desk.run(TODAY, minutes=10).state == "unchanged"
    with pytest.raises(NotFound, match="no refused snapshot"):
        refused.publish_anyway(desk.clean)


def test_refused_then_discarded(desk: Desk) -> None:
    files = gazette.half_truncated(edition(TODAY, FEW))
    put(desk.raw, files)
    desk.run(TODAY)
    assert refused.discard(desk.clean)[1] == 0
    assert desk.run(TODAY, minutes=5).state == "refused"
    assert refused.discard(desk.clean, articles=True)[1] == len(files)
    report = desk.run(TODAY, minutes=10)
    assert report.state == "published"
    assert not set(files) & set(desk.seen())
    assert desk.run(TODAY, minutes=15).state == "unchanged"
    assert verify(desk.clean).ok


def test_what_was_refused_is_gone_when_another_is_published(desk: Desk) -> None:
    put(desk.raw, gazette.half_truncated(edition(TODAY, FEW)))
    desk.run(TODAY)
    shutil.copytree(desk.clean / "refused", desk.folder / "aside", symlinks=True)
    put(desk.raw, edition(TODAY, FEW))
    assert desk.run(TODAY, minutes=5).state == "published"
    assert not (desk.clean / "refused").exists()
    shutil.copytree(desk.folder / "aside", desk.clean / "refused", symlinks=True)
    with pytest.raises(SnapshotError, match="published since"):
        refused.publish_anyway(desk.clean)


def test_the_runs_table_tells_every_run(desk: Desk) -> None:
    put(desk.raw, bad_day())
    report = desk.run(TODAY)
    rows = qs.read_table(desk.clean, "runs").to_pylist()
    own = {row["outlet"]: row for row in rows if row["run_id"] == report.snapshot}
    assert set(own) == {None, *FEW}
    whole = own.pop(None)
    for name in ("new_articles", "rejections", "mentions", "quarantined", "kept_chars", "merged"):
        assert whole[name] == sum(row[name] for row in own.values()), name
    assert whole["articles"] == report.articles == sum(row["articles"] for row in own.values())
    assert whole["passages"] == report.counts["passages"]
    assert own[BAD]["quarantined"] == own[BAD]["new_articles"]
    assert own[BAD]["languages"] == [{"language": "de", "articles": own[BAD]["new_articles"]}]
    assert [f["code"] for f in own[BAD]["findings"]][:1]
    assert len({row["started_at"] for row in rows}) == TODAY + 1
    assert [row["started_at"] for row in rows] == sorted(row["started_at"] for row in rows)


def test_history_survives_the_loss_of_either_record(desk: Desk) -> None:
    before = runs.read(desk.clean, snapshot.require_current(desk.clean))
    with open(desk.clean / runs.NAME, "ab") as out:
        out.write(b'{"run_id": "cut o')  # a crash in the middle of a line
    put(desk.raw, edition(TODAY, FEW))
    desk.run(TODAY)
    after = runs.read(desk.clean, None)
    assert after[: len(before)] == before
    (desk.clean / runs.NAME).unlink()
    assert runs.read(desk.clean, snapshot.require_current(desk.clean)) == after


# --- the command line -------------------------------------------------------------------------


def test_the_commands(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(desk.raw, bad_day())
    clean = str(desk.clean)
    assert desk.run(TODAY).state == "degraded"
    assert main(["quarantine", clean]) == 0
    out = capsys.readouterr().out
    assert BAD in out
    assert "de " in out
    assert main(["quarantine", clean, "--json"]) == 0
    held = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {one["state"] for one in held} == {"held"}
    assert main(["quarantine", clean, "--release", held[0]["article_id"]]) == 0
    assert main(["quarantine", clean, "--discard", "nobody"]) == 5
    assert "nothing of that name" in capsys.readouterr().err
    assert main(["publish", clean, "--anyway"]) == 5
    assert main(["discard", clean]) == 5


def test_exit_codes_and_the_hook(
    desk: Desk, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command line runs now: history is moved so that it was yesterday."""
    _move_history(desk.clean, datetime.now(tz=gazette.FIRST.tzinfo) - timedelta(days=1))
    heard = desk.folder / "heard.json"
    monkeypatch.setenv("QUOTESIEVE_ALERTS_COMMAND", f"cat > '{heard}'; echo \"$QUOTESIEVE_STATE\"")
    put(desk.raw, bad_day())
    raw, clean = str(desk.raw), str(desk.clean)
    assert main(["run", raw, clean, "--workers", "1"]) == 7
    assert "Held back" in capsys.readouterr().out
    event = json.loads(heard.read_text())
    assert (event["state"], list(event["quarantined"])) == ("degraded", [BAD])
    assert any(f["severity"] == "hold" for f in event["findings"])
    heard.unlink()
    assert main(["run", raw, clean, "--workers", "1"]) == 0
    assert not heard.exists()
    capsys.readouterr()
    put(desk.raw, gazette.half_empty(edition(TODAY + 1, FEW)))
    assert main(["run", raw, clean, "--workers", "1", "--json"]) == 8
    assert json.loads(capsys.readouterr().out)["state"] == "refused"
    assert json.loads(heard.read_text())["state"] == "refused"
    assert main(["publish", clean, "--anyway"]) == 0
    assert main(["run", raw, clean]) == 0
    assert main(["run", str(desk.folder / "nowhere"), clean]) == 1
    assert json.loads(heard.read_text())["state"] == "failed"
    heard.unlink()
    hour = f"{datetime.now().astimezone() - timedelta(minutes=1):%H:%M}"
    assert main(["check", clean, "--no-run-since", hour]) == 0
    last = json.loads((desk.clean / runs.LAST).read_text())
    early = (datetime.now().astimezone() - timedelta(days=3)).isoformat()
    (desk.clean / runs.LAST).write_text(json.dumps(last | {"finished_at": early}))
    assert main(["check", clean, "--no-run-since", hour]) == 9
    assert "no run ended since" in capsys.readouterr().err
    assert json.loads(heard.read_text())["state"] == "missing"
    assert main(["check", clean, "--no-run-since", "25:00"]) == 2


def _move_history(clean: Path, last: datetime) -> None:
    """Shift the record of runs so that the last one began at `last`."""
    rows = runs.read(clean, snapshot.require_current(clean))
    by = last - max(row["started_at"] for row in rows)
    (clean / runs.NAME).unlink()
    moved = [row | {name: row[name] + by for name in ("started_at", "finished_at")} for row in rows]
    runs.append(clean, moved)
    # What the table says of the same runs is long ago: out of the window.


def test_a_hook_that_fails_fails_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    event = {"state": "refused", "clean": str(tmp_path), "message": "m"}
    assert not alerts.tell(AlertSettings(command="exit 3"), event)
    assert "ended with 3" in capsys.readouterr().err
    assert not alerts.tell(AlertSettings(command="sleep 5", timeout_seconds=0.2), event)
    assert "did not run" in capsys.readouterr().err
    assert not alerts.tell(AlertSettings(command="exit 0"), event | {"state": "published"})
    assert alerts.tell(AlertSettings(command='test "$QUOTESIEVE_STATE" = refused'), event)


def test_a_damaged_quarantine_says_what_to_do(desk: Desk) -> None:
    (desk.clean / quarantine.NAME).write_text("{")
    with pytest.raises(SnapshotError, match="remove the file"):
        desk.run(TODAY)
    os.remove(desk.clean / quarantine.NAME)
    assert desk.run(TODAY).state == "unchanged"
