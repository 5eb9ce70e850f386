"""What happens at night: a real server, a real worker, and everything that can be killed is killed.

The scenarios are independent and mostly wait, so they run side by side; each test reports one.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from serving import PATIENCE, ROOT, SILENCE, Served, add_article, current, eventually, hold_flow, make_folder

import quotesieve as qs
from flows import deploy
from flows.environment import served as served_environment
from flows.processes import Child, descendants, is_alive
from quotesieve.settings import make_settings

Scenario = Callable[[Served, Path], None]
SCENARIOS: dict[str, Scenario] = {}
ONE_WORKER = make_settings({"run": {"workers": 1}})


def scenario(function: Scenario) -> Scenario:
    """Register what is to run beside the others."""
    SCENARIOS[function.__name__] = function
    return function


@pytest.fixture(scope="module")
def outcomes(
    request: pytest.FixtureRequest, served: Served, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Future[None]]]:
    """The scenarios whose tests were asked for, started; longest first."""
    asked = {
        item.callspec.params["name"] for item in request.session.items if item.name[:13] == "test_scenario"
    }
    with ThreadPoolExecutor(4) as pool:
        yield {
            name: pool.submit(run, served, make_folder(tmp_path_factory.mktemp(name) / name))
            for name, run in SCENARIOS.items()
            if name in asked
        }


@pytest.mark.parametrize("name", [
    "killed_worker_loses_nothing_and_killed_flow_is_crashed_by_the_automation",
    "schedule_runs_by_itself_takes_changes_and_can_be_paused",
    "killed_run_is_crashed_cancelled_run_is_cancelled_and_the_next_completes",
    "overlapping_runs_do_not_both_publish",
    "api_that_is_down_for_a_while_loses_no_result",
    "failed_run_calls_the_webhook",
    "flow_serve_in_one_process_runs_what_is_due",
    "network_but_loopback_blocked_makes_no_difference",
])  # fmt: skip
def test_scenario(name: str, outcomes: dict[str, Future[None]]) -> None:
    outcomes[name].result(480)


@scenario
def killed_worker_loses_nothing_and_killed_flow_is_crashed_by_the_automation(
    served: Served, folder: Path
) -> None:
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", "doomed", "--type", "process"]
    settings = served_environment(served.home, int(served.ui.rpartition(":")[2]), served.environment)
    worker = Child("worker", command, settings, folder / "worker.log")
    served.make_pool("doomed")
    worker.start()
    try:
        deployment = served.deployment(folder, work_pool_name="doomed")
        run = served.start(deployment)
        flow = hold_flow(folder)
        _kill_with_supervisors(worker, spare=flow)
        os.kill(flow, signal.SIGCONT)
        served.ended(run, "Completed")
        first = current(folder)
        assert first

        add_article(folder, "dunn", "We were never told", "Eve Dunn")
        worker.start()
        run = served.start(deployment)
        flow = hold_flow(folder)
        _kill_with_supervisors(worker, spare=flow)
        os.kill(flow, signal.SIGKILL)
        ended = served.ended(run, "Crashed", PATIENCE + SILENCE)
        assert "no sign of life" in ended["state"]["message"]
        assert current(folder) == first

        worker.start()
        served.ended(served.start(deployment), "Completed")
        assert current(folder) != first
    finally:
        worker.stop(3)


def _kill_with_supervisors(worker: Child, spare: int) -> None:
    """KILL the worker and what it runs, but for the flow process itself."""
    for pid in [worker.pid, *descendants(worker.pid)]:
        if pid != spare and is_alive(pid) and spare not in descendants_of_children(pid, worker.pid):
            os.kill(pid, signal.SIGKILL)
    worker.process.wait()  # type: ignore[union-attr]


def descendants_of_children(pid: int, root: int) -> list[int]:
    return [] if pid == root else descendants(pid)


@scenario
def schedule_runs_by_itself_takes_changes_and_can_be_paused(served: Served, folder: Path) -> None:
    schedule = {"schedule": {"interval": 20, "anchor_date": "2026-01-01T00:00:00Z"}, "active": True}
    deployment = served.deployment(folder, schedules=[schedule])
    first = eventually(lambda: current(folder), "a scheduled run publishes")
    assert {run["auto_scheduled"] for run in served.runs(deployment)} == {True}

    add_article(folder, "bell", "We will open the line in June", "Ada Bell")  # a changed file
    eventually(lambda: current(folder) != first, "the next run takes the changed file")
    eventually(lambda: "Completed" in _states(served, deployment), "it ends Completed")

    served.ask(f"/deployments/{deployment}", {"paused": True}, "PATCH")
    eventually(lambda: not _open_runs(served, deployment), "what was running has ended")
    before = len(served.runs(deployment))
    add_article(folder, "dunn", "We were never told", "Eve Dunn")
    deadline = time.monotonic() + 22
    while time.monotonic() < deadline:
        assert len(served.runs(deployment)) == before
        time.sleep(1)


def _states(served: Served, deployment: str) -> list[str]:
    return [run["state_name"] for run in served.runs(deployment)]


def _open_runs(served: Served, deployment: str) -> list[str]:
    return [
        run["id"]
        for run in served.runs(deployment)
        if run["state_type"] in ("SCHEDULED", "PENDING", "RUNNING")
    ]


@scenario
def killed_run_is_crashed_cancelled_run_is_cancelled_and_the_next_completes(
    served: Served, folder: Path
) -> None:
    qs.run(folder / "raw", folder / "clean", ONE_WORKER)
    before = current(folder)
    add_article(folder, "dunn", "We were never told", "Eve Dunn")
    deployment = served.deployment(folder)

    run = served.start(deployment)
    os.kill(hold_flow(folder), signal.SIGKILL)
    served.ended(run, "Crashed")  # by the worker, which lives
    assert current(folder) == before

    run = served.start(deployment)
    flow = hold_flow(folder)
    cancelling = {"state": {"type": "CANCELLING", "name": "Cancelling"}, "force": True}
    served.ask(f"/flow_runs/{run}/set_state", cancelling)
    time.sleep(1)  # the signal goes to a process that is held; it acts when it is let go
    os.kill(flow, signal.SIGCONT)
    served.ended(run, "Cancelled")
    assert current(folder) == before

    served.ended(served.start(deployment), "Completed")
    assert current(folder) != before


@scenario
def overlapping_runs_do_not_both_publish(served: Served, folder: Path) -> None:
    deployment = served.deployment(folder)
    first = served.start(deployment)
    flow = hold_flow(folder)
    second = served.start(deployment)
    served.ended(second, "Cancelled")  # by the limit of the deployment
    other = served.start(served.deployment(folder, name=f"{folder.name}-other"))
    refused = served.ended(other, "Failed")  # by the lock of CLEAN
    assert "another run" in refused["state"]["message"]
    assert current(folder) is None
    os.kill(flow, signal.SIGCONT)
    served.ended(first, "Completed")
    assert len(list((folder / "clean" / "snapshots").iterdir())) == 1


class Gate:
    """A way to the API that can be shut: what a flow run sees of a server that is down."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
                far = socket.create_connection(("127.0.0.1", self._target))
            except OSError:
                return
            self._open += [near, far]
            for a, b in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(a, b), daemon=True).start()

    @staticmethod
    def _pump(source: socket.socket, sink: socket.socket) -> None:
        with suppress(OSError):
            while data := source.recv(65536):
                sink.sendall(data)
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def shut(self) -> None:
        """Refuse and cut every connection."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._open:
            end.close()

    def open(self) -> None:
        """Let through again, at the same port."""
        self._listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, args=(self._listener,), daemon=True).start()


@scenario
def api_that_is_down_for_a_while_loses_no_result(served: Served, folder: Path) -> None:
    gate = Gate(int(served.ui.rpartition(":")[2]))
    through = {"PREFECT_API_URL": f"http://127.0.0.1:{gate.port}/api"}
    deployment = served.deployment(
        folder, job_variables={**deploy.JOB, "stream_output": False, "env": through}
    )
    run = served.start(deployment)
    flow = hold_flow(folder)
    gate.shut()
    os.kill(flow, signal.SIGCONT)
    eventually(lambda: current(folder), "it publishes without the API")
    gate.open()
    served.ended(run, "Completed")
    assert "refresh-summary" in served.artifacts(run)


@scenario
def failed_run_calls_the_webhook(served: Served, folder: Path) -> None:
    shutil.rmtree(folder / "raw")
    run = served.start(served.deployment(folder))
    ended = served.ended(run, "Failed")
    [alert] = eventually(lambda: served.receiver.about(run=ended["name"]), "an alert about the failed run")
    assert alert["alert"] == "Failed"
    assert "raw" in alert["message"]
    assert alert["url"].endswith(f"/flow-run/{run}")


@scenario
def flow_serve_in_one_process_runs_what_is_due(served: Served, folder: Path) -> None:
    code = (
        "import sys; from flows import deploy; from flows.runner import run_deployments\n"
        f"spec = deploy.adapted(raw={str(folder / 'raw')!r}, clean={str(folder / 'clean')!r}, every=10)\n"
        "for deployment in spec['deployments']: deployment['name'] += '-one'\n"
        "run_deployments(spec, 2)"
    )
    settings = served_environment(served.home, int(served.ui.rpartition(":")[2]), served.environment)
    settings["PREFECT_RUNNER_POLL_FREQUENCY"] = "1"
    runner = Child("runner", [sys.executable, "-c", code], settings, folder / "runner.log")
    runner.start()
    try:
        eventually(lambda: current(folder), "the served flow publishes")
    finally:
        own = descendants(runner.pid)
        runner.stop(20)
    assert not [pid for pid in own if is_alive(pid)]


@scenario
def network_but_loopback_blocked_makes_no_difference(served: Served, folder: Path) -> None:
    del served  # a server of its own: the one that a run starts for itself
    probe = subprocess.run(["unshare", "-rn", "true"], capture_output=True)
    if probe.returncode:
        pytest.skip("this machine does not let a test make a network of its own (unshare -rn)")
    lock_out = 'ip link set lo up && exec "$@"'
    home = folder / "home"
    command = ["unshare", "-rn", "sh", "-c", lock_out, "sh", sys.executable, "-m", "flows"]
    done = subprocess.run(
        [*command, str(folder / "raw"), str(folder / "clean")],
        env={**os.environ, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT), "QUOTESIEVE_RUN_WORKERS": "1"},
        capture_output=True,
        text=True,
        timeout=280,
    )
    assert done.returncode == 0, done.stderr
    qs.run(folder / "raw", folder / "cli", ONE_WORKER)
    assert qs.read_table(folder / "clean", "mentions").equals(qs.read_table(folder / "cli", "mentions"))


def test_settings_of_the_deployments_are_those_of_prefect_yaml(served: Served) -> None:
    found: dict[str, Any] = {
        f"{name}": served.ask(f"/deployments/name/{name}")
        for name in ("refresh/nightly", "rebuild/weekly", "verify/daily")
    }
    for name, deployment in found.items():
        flow = name.partition("/")[0]
        assert deployment["entrypoint"] == f"flows/{flow}.py:{flow}"
        assert deployment["tags"] == ["quotesieve", flow]
        assert deployment["global_concurrency_limit"]["limit"] == 1
        assert deployment["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
        assert deployment["pull_steps"] == [
            {"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}
        ]
    assert found["refresh/nightly"]["schedules"][0]["schedule"]["cron"] == "0 2 * * *"
    form = found["refresh/nightly"]["parameter_openapi_schema"]["definitions"]["RefreshParameters"][
        "properties"
    ]
    assert form["mode"]["enum"] == ["changed", "everything"]
    assert all(field.get("description") for field in form.values())


def test_server_and_worker_that_were_killed_are_started_again_and_the_run_at_work_completes(
    served: Served, folder: Path
) -> None:
    deployment = served.deployment(folder)
    run = served.start(deployment)
    flow = hold_flow(folder)
    before = {name: _process(served, name) for name in ("server", "worker")}
    assert all(before.values()), before
    for pid in before.values():
        os.kill(pid, signal.SIGKILL)
    os.kill(flow, signal.SIGCONT)
    eventually(lambda: current(folder), "it publishes meanwhile")
    for name, pid in before.items():
        eventually(lambda name=name, pid=pid: _process(served, name) not in (0, pid), f"another {name}")
        assert f"the {name} ended; starting it again" in served.said
    served.ended(run, "Completed")
    served.ended(served.start(deployment), "Unchanged")  # its slot came free


def _process(served: Served, name: str) -> int:
    """The process that `make serve` runs under this name; 0 if there is none."""
    for pid in descendants(served.child.pid):
        with suppress(OSError):
            words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
            if words[2:3] == [f"flows.{name}"] or words[2:5] == ["prefect", name, "start"]:
                return pid
    return 0
