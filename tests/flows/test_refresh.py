"""The refresh flow in this process, on the shared server: tables, states, artifacts, backfills."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from prefect import get_client
from prefect.states import State
from serving import Served, eventually

import quotesieve as qs
from flows.refresh import RefreshParameters, refresh
from quotesieve.settings import make_settings
from quotesieve.store import snapshot

SAMPLE = Path(__file__).parent.parent.parent / "data" / "raw"


def run(clean: Path, **parameters: Any) -> State[Any]:
    """A refresh of the sample corpus."""
    given = RefreshParameters(**{"raw": str(SAMPLE), "clean": str(clean), "workers": 1, **parameters})
    state: State[Any] = refresh(given, return_state=True)
    return state


@pytest.fixture(scope="module")
def published(served: Served, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, State[Any]]:
    """A folder that a refresh was run into, and how the run ended."""
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    clean = tmp_path_factory.mktemp("published") / "clean"
    with temporary_settings({PREFECT_API_URL: served.api, PREFECT_HOME: served.home}):
        return clean, run(clean)


def test_flow_and_command_line_write_identical_tables(
    published: tuple[Path, State[Any]], tmp_path: Path
) -> None:
    clean, state = published
    assert state.name == "Completed"
    qs.run(SAMPLE, tmp_path / "cli", make_settings({"run": {"workers": 1}}))
    ours, theirs = (snapshot.require_current(folder) for folder in (clean, tmp_path / "cli"))
    differing = {name for name in ours.files if ours.files[name] != theirs.files[name]}
    assert differing <= {"runs"}  # which tells the time
    assert replace(ours, files={}) == replace(theirs, files={})


def test_run_page_tells_the_story(published: tuple[Path, State[Any]], api: Served) -> None:
    clean, state = published
    run_id = str(state.state_details.flow_run_id)
    with get_client(sync_client=True) as client:
        assert client.read_flow_run(state.state_details.flow_run_id).name.endswith(f"{SAMPLE} to {clean}")
    wanted = {"plan", "clean piece 1 of 1", "publish", "report"}
    eventually(lambda: wanted <= set(task_names(api, run_id)), "the names of the task runs")
    found = api.artifacts(run_id)
    assert found.keys() >= {
        "refresh-summary",
        "refresh-reprinted",
        "refresh-noise",
        "refresh-rejections",
        "refresh-trend",
    }
    assert "Published" in found["refresh-summary"]["data"]
    assert "| articles | 19 |" in found["refresh-summary"]["data"]
    assert "](data:image/svg+xml;base64," in found["refresh-trend"]["data"]
    assert "bad_json" in found["refresh-rejections"]["data"]
    assert "Ingrid Halvorsen" in found["refresh-reprinted"]["data"]


def task_names(api: Served, run_id: str) -> list[str]:
    """Names of a run's tasks; Prefect hangs three digits on those that it had to name before they started."""
    return [task["name"] for task in api.ask("/task_runs/filter", {"flow_runs": {"id": {"any_": [run_id]}}})]


def test_nothing_changed_is_a_state_of_its_own(published: tuple[Path, State[Any]], api: Served) -> None:
    clean, _ = published
    state = run(clean)
    assert (state.name, state.is_completed()) == ("Unchanged", True)


def test_a_backfill_takes_what_is_selected_and_leaves_the_rest(api: Served, tmp_path: Path) -> None:
    clean = tmp_path / "clean"
    assert run(clean, paths=["outlet=harbourpost.example"]).name == "Completed"
    outlets = set(qs.read_table(clean, "articles").column("outlet").to_pylist())
    assert outlets == {"harbourpost.example"}
    run(clean)  # without a selection the rest is taken
    assert qs.read_table(clean, "articles").num_rows == 19


def test_a_fault_fails_the_flow_and_publishes_nothing(api: Served, tmp_path: Path) -> None:
    parameters = RefreshParameters(raw=str(tmp_path / "nowhere"), clean=str(tmp_path / "clean"))
    with pytest.raises(Exception, match="nowhere"):
        refresh(parameters)
    state = refresh(parameters, return_state=True)
    assert str(state.message).startswith(str(tmp_path / "nowhere"))  # the error's own words, nothing before

    def logged() -> list[str]:
        body = {"logs": {"flow_run_id": {"any_": [str(state.state_details.flow_run_id)]}}}
        lines = [row["message"] for row in api.ask("/logs/filter", body)]
        # The lines of the flow and of its task arrive in batches, in any order.
        whole = state.message in lines and any(line.startswith("Finished in") for line in lines)
        return lines if whole else []

    lines = eventually(logged, "the log of the run, with the error as it is")
    assert "Traceback" not in "".join(lines)
    assert snapshot.load_current(tmp_path / "clean") is None


def test_a_date_that_is_none_is_refused_with_what_to_write(api: Served, tmp_path: Path) -> None:
    with pytest.raises(Exception, match="Write it as 2026-03-31"):
        refresh(RefreshParameters(raw=str(SAMPLE), clean=str(tmp_path / "clean"), since="last week"))


def test_flow_module_has_help() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "flows.refresh", "--help"], capture_output=True, text=True, check=True
    )
    assert "Score at which two statements merge" in run.stdout


def test_make_run_does_not_start_prefect_when_nothing_changed(tmp_path: Path) -> None:
    qs.run(SAMPLE, tmp_path / "clean", make_settings({"run": {"workers": 1}}))
    code = (
        "import sys; from flows.__main__ import main\n"
        f"code = main({str(SAMPLE)!r}, {str(tmp_path / 'clean')!r})\n"
        "assert 'prefect' not in sys.modules; sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "Nothing changed" in run.stdout
