"""The Prefect flow on a real, short-lived server: the same tables as the command line, and artifacts."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from prefect import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterId
from prefect.testing.utilities import prefect_test_harness

import quotesieve as qs
from flows.refresh import RefreshParameters, refresh
from quotesieve.settings import make_settings
from quotesieve.store import snapshot

SAMPLE = Path(__file__).parent.parent.parent / "data" / "raw"


@pytest.fixture(scope="session", autouse=True)
def server() -> Iterator[None]:
    """One server, with a database of its own, for all tests here."""
    with prefect_test_harness(server_startup_timeout=120):
        yield


def test_flow_and_command_line_write_identical_tables(tmp_path: Path) -> None:
    state = refresh(
        RefreshParameters(raw=str(SAMPLE), clean=str(tmp_path / "flow"), workers=1), return_state=True
    )
    assert state.name == "Completed"
    qs.run(SAMPLE, tmp_path / "cli", make_settings({"run": {"workers": 1}}))
    assert snapshot.require_current(tmp_path / "flow") == snapshot.require_current(tmp_path / "cli")


def test_run_page_tells_the_story(tmp_path: Path) -> None:
    parameters = RefreshParameters(raw=str(SAMPLE), clean=str(tmp_path / "clean"), workers=1)
    state = refresh(parameters, return_state=True)
    run_id = state.state_details.flow_run_id
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(run_id)
        assert run.name == f"{SAMPLE} to {tmp_path / 'clean'}"
        tasks = client.read_task_runs(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run_id])))
        assert {task.name.rsplit("-", 1)[0] for task in tasks} >= {"plan", "publish"}
        assert any(task.name.startswith("clean piece 1 of") for task in tasks)
        artifacts = client.read_artifacts(flow_run_filter=FlowRunFilter(id=FlowRunFilterId(any_=[run_id])))
        assert {artifact.key for artifact in artifacts} == {
            "refresh-summary",
            "refresh-counts",
            "refresh-rejections",
        }
        summary = next(artifact for artifact in artifacts if artifact.key == "refresh-summary")
        assert "Published" in str(summary.data)


def test_nothing_changed_is_a_state_of_its_own(tmp_path: Path) -> None:
    parameters = RefreshParameters(raw=str(SAMPLE), clean=str(tmp_path / "clean"), workers=1)
    refresh(parameters)
    state = refresh(parameters, return_state=True)
    assert (state.name, state.is_completed()) == ("Unchanged", True)


def test_a_fault_fails_the_flow_and_publishes_nothing(tmp_path: Path) -> None:
    parameters = RefreshParameters(raw=str(tmp_path / "nowhere"), clean=str(tmp_path / "clean"))
    with pytest.raises(Exception, match="nowhere"):
        refresh(parameters)
    assert snapshot.load_current(tmp_path / "clean") is None


def test_flow_module_has_help() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "flows.refresh", "--help"], capture_output=True, text=True, check=True
    )
    assert "--settings-file" in run.stdout
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
