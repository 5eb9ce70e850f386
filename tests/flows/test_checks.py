"""The flows that check, and the automations that tell: rebuild, verify, alerts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prefect import flow, tags
from prefect.states import Completed, State
from serving import SILENCE, Served, add_article, eventually

import quotesieve as qs
from flows import artifacts, automations, states
from flows.parameters import RebuildParameters, VerifyParameters
from flows.rebuild import rebuild
from flows.verify import verify
from quotesieve.model import Finding
from quotesieve.pipeline.run import Report
from quotesieve.settings import make_settings
from quotesieve.store import runs, snapshot

ONE_WORKER = make_settings({"run": {"workers": 1}})


def published(folder: Path) -> None:
    """Two runs, so that there is something incremental to compare with."""
    qs.run(folder / "raw", folder / "clean", ONE_WORKER)
    add_article(folder, "dunn", "We will open the line in May, as we said", "Eve Dunn")
    qs.run(folder / "raw", folder / "clean", ONE_WORKER)


def parameters(folder: Path) -> RebuildParameters:
    return RebuildParameters(raw=str(folder / "raw"), clean=str(folder / "clean"), workers=1)


def test_a_rebuild_gives_the_same_groups_ids_and_rows(api: Served, folder: Path) -> None:
    published(folder)
    add_article(folder, "late", "I came after the last run", "Ida Late")  # not in the snapshot: not compared
    state = rebuild(parameters(folder), return_state=True)
    assert state.name == "Completed"
    assert "are the same" in str(state.message)
    assert not (folder / "clean.rebuilt").exists()


def test_a_rebuild_says_what_differs(api: Served, folder: Path) -> None:
    published(folder)
    raw = folder / "raw" / "bell.txt"
    before, when = raw.read_bytes(), raw.stat()
    # A row that the input does not give: as if a run had gone wrong without anybody's notice.
    forge_speaker(folder)
    state = rebuild(parameters(folder), return_state=True)
    assert raw.read_bytes() == before
    assert raw.stat() == when
    assert (state.name, state.is_failed()) == ("Differs", True)
    assert "mentions" in str(state.message)
    rows = api.artifacts(str(state.state_details.flow_run_id))
    assert "speaker" in rows["rebuild-differences"]["data"]
    assert (folder / "clean.rebuilt" / "current.json").exists()


def forge_speaker(folder: Path) -> None:
    """Rewrite a published part with another speaker, and its digest in current.json."""
    import hashlib
    import json

    import pyarrow as pa

    from quotesieve.store.parquet import read_part, write_part
    from quotesieve.store.tables import MENTIONS

    clean = folder / "clean"
    current = snapshot.require_current(clean)
    entry = current.files["mentions"][0]
    rows = read_part(clean / entry.path)
    position = rows.column_names.index("speaker")
    forged = rows.set_column(
        position, rows.schema.field(position), pa.array(["Nobody Nowhere"] * rows.num_rows, pa.string())
    )
    (clean / entry.path).unlink()
    made = write_part(clean / entry.path, forged, MENTIONS)
    path = clean / "current.json"
    data = json.loads(path.read_text())
    row = next(f for f in data["tables"]["mentions"]["files"] if f["path"] == entry.path)
    row |= {"bytes": made.bytes, "sha256": hashlib.sha256((clean / entry.path).read_bytes()).hexdigest()}
    path.write_text(json.dumps(data))


def test_verify_is_completed_or_damaged(api: Served, folder: Path) -> None:
    published(folder)
    given = VerifyParameters(clean=str(folder / "clean"))
    state = verify(given, return_state=True)
    assert (state.name, state.is_completed()) == ("Completed", True)
    part = next((folder / "clean" / "current" / "mentions").glob("*.parquet"))
    part.write_bytes(part.read_bytes()[:-1])
    state = verify(given, return_state=True)
    assert (state.name, state.is_failed()) == ("Damaged", True)
    assert "verify-findings" in api.artifacts(str(state.state_details.flow_run_id))


def test_verify_says_when_no_run_ended_since_an_hour(api: Served, folder: Path) -> None:
    published(folder)
    clean = folder / "clean"
    hour = f"{datetime.now().astimezone() - timedelta(minutes=30):%H:%M}"
    given = VerifyParameters(clean=str(clean), no_run_since=hour)
    assert verify(given, return_state=True).name == "Completed"
    long_ago = datetime.now(UTC) - timedelta(days=2)
    runs.note_run(clean, "published", "00001-0", long_ago, long_ago)
    state = verify(given, return_state=True)
    assert (state.name, state.is_failed()) == ("Overdue", True)
    assert "no run ended since" in str(state.message)


def report(state: str) -> Report:
    """A report of the quality gate's making."""
    finding = Finding(
        "kept_below_range", "a.example", "hold", "kept_chars", 0.2, 0.5, 0.8, "a.example lost text."
    )
    return Report(
        state, "raw", "clean", "00002-ab", "clean/current", {}, (), {}, (), 1.0, (finding,), {"a.example": 7}
    )


def test_each_state_of_a_report_has_a_name_and_a_type() -> None:
    expected = {
        "published": ("Completed", True),
        "unchanged": ("Unchanged", True),
        "degraded": ("Degraded", True),
        "refused": ("Refused", False),
    }
    for given, (name, good) in expected.items():
        found = states.final_state(report(given))
        assert (found.name, found.is_completed()) == (name, good)
    assert "7 articles of a.example held back" in str(states.final_state(report("degraded")).message)


@flow(name="stand-in", persist_result=False)
def stand_in() -> State[None]:
    """Ends as a refresh does that had something held back."""
    artifacts.tell_of_quarantine(report("degraded"))
    return Completed(name="Degraded", message="a.example lost text")


def test_degraded_and_quarantined_call_the_webhook(api: Served) -> None:
    with tags("quotesieve"):
        stand_in()
    [alert] = eventually(lambda: api.receiver.about(alert="Degraded"), "an alert about a degraded run")
    assert alert["message"] == "a.example lost text"
    [held] = eventually(lambda: api.receiver.about(alert="Quarantined"), "an alert about the outlet")
    assert (held["outlet"], held["articles"]) == ("a.example", 7)


def test_no_good_run_for_a_while_calls_the_webhook(api: Served) -> None:
    """The served clock is 18 seconds; it starts with `make serve`, before there was any run."""
    eventually(lambda: api.receiver.about(alert="Overdue"), "an alert that nothing ran")


def test_applying_the_automations_again_changes_nothing(api: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PREFECT_UI_URL", api.ui)  # as the command that applied them had it

    def ours() -> dict[str, str]:
        found = api.ask("/automations/filter", {"limit": 200})
        return {a["name"]: a["updated"] for a in found if a["name"].startswith(automations.PREFIX)}

    before = ours()
    assert len(before) == 5
    automations.apply(api.receiver.url, overdue_hours=0.005, silence=SILENCE)
    assert ours() == before


def test_without_an_address_only_the_watch_over_dead_runs_is_there() -> None:
    names = [automation.name for automation in (automations.crashed(),)]
    assert names == ["Quotesieve: dead runs are crashed"]
    expected = automations.crashed().trigger.expect  # type: ignore[union-attr]
    assert {f"prefect.flow-run.{name}" for name in states.FINAL} < set(expected)
