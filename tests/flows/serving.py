"""`make serve` running for the flow tests, and what they ask of it, of folders and of processes."""

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from flows.processes import Child, descendants, is_alive
from quotesieve.store import snapshot

T = TypeVar("T")
ROOT = Path(__file__).parent.parent.parent
PATIENCE = 240.0  # seconds that any one thing may take on a busy machine
# Settings that only make things come sooner.
QUICK = {
    "PREFECT_WORKER_QUERY_SECONDS": "2",
    "PREFECT_WORKER_PREFETCH_SECONDS": "1",
    "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "3",
}
SILENCE = 90.0  # seconds without a heartbeat: they come every 30 s, not oftener

ARTICLE = (
    "“{words},” said {speaker}, the mayor of Exampleton, on Friday.\n\nThe council meets again in June.\n"
)


def eventually(check: Callable[[], T], what: str, patience: float = PATIENCE) -> T:
    """The first true answer of `check`, asked over and over; fails when time is up."""
    deadline = time.monotonic() + patience
    while True:
        if found := check():
            return found
        assert time.monotonic() < deadline, f"not within {patience:.0f} s: {what}"
        time.sleep(0.1)


def free_ports(count: int) -> int:
    """A port that is free now, the ones above it too."""
    while True:
        with socket.socket() as first:
            first.bind(("127.0.0.1", 0))
            port = int(first.getsockname()[1])
        try:
            for number in range(port, port + count):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", number))
        except OSError:
            continue
        return port


class Receiver:
    """A webhook's other end: keeps what is posted to it."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.received.append(json.loads(body))
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/alert"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def about(self, **wanted: str) -> list[dict[str, Any]]:
        """What was posted in which each of these values stands."""
        return [m for m in self.received if all(value in str(m.get(key)) for key, value in wanted.items())]

    def close(self) -> None:
        self._server.shutdown()


class Served:
    """`make serve`, running, and what tests ask of it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.receiver = Receiver()
        port = free_ports(2)
        self.api = f"http://127.0.0.1:{port}/api"
        self.ui = f"http://127.0.0.1:{port}"
        self.environment = {**os.environ, **QUICK, "PREFECT_HOME": str(home), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "flows.serve", "--port", str(port), "--limit", "10"]
        command += ["--alert-url", self.receiver.url, "--silence", str(SILENCE), "--overdue-hours", "0.005"]
        command += ["--raw", str(ROOT / "data" / "raw"), "--clean", str(home / "clean")]
        self.child = Child("make serve", command, self.environment, home / "serve.log")
        self.child.start()
        try:
            eventually(lambda: "Run it now" in self.said or not self.child.is_running, "make serve is up")
            assert self.child.is_running, self.said
        except BaseException:
            self.child.stop()
            raise

    @property
    def said(self) -> str:
        """What `make serve` printed so far."""
        return self.child.log.read_text()

    def close(self) -> None:
        """TERM, as a service manager sends it; nothing may be left running."""
        own = descendants(self.child.pid)
        self.child.process.terminate()  # type: ignore[union-attr]
        code = self.child.process.wait(60)  # type: ignore[union-attr]
        left = [pid for pid in own if is_alive(pid)]
        self.child.stop(1)
        self.receiver.close()
        assert (code, left) == (0, []), self.said
        assert "Stopped." in self.said

    def ask(self, path: str, body: Any = None, method: str | None = None) -> Any:
        """A request to the API; POST where there is a body."""
        data = None if body is None else json.dumps(body).encode()
        request = Request(f"{self.api}{path}", data, {"Content-Type": "application/json"}, method=method)
        text = eventually(lambda: self._answer(request), f"an answer about {path}") or b"null"
        return json.loads(text)

    @staticmethod
    def _answer(request: Request) -> bytes | None:
        """The body of the answer; None where SQLite was busy, which clients are meant to try again for."""
        try:
            with urlopen(request, timeout=60) as response:
                return bytes(response.read() or b"null")
        except HTTPError as error:
            if error.code < 500:
                raise
            return None
        except OSError:  # the server is being started again, or answers late
            return None

    def deployment(self, folder: Path, flow: str = "refresh", **changes: Any) -> str:
        """A deployment of a test's own, made like prefect.yaml's but unscheduled; returns its id."""
        name = {"refresh": "nightly", "rebuild": "weekly", "verify": "daily"}[flow]
        known = self.ask(f"/deployments/name/{flow}/{name}")
        parameters: dict[str, Any] = {"clean": str(folder / "clean"), "workers": 1}
        if flow == "verify":
            parameters.pop("workers")
        else:
            parameters["raw"] = str(folder / "raw")
        limit = known["global_concurrency_limit"]["limit"]
        wanted = {key: known[key] for key in _COPIED} | {
            "name": folder.name,
            "schedules": [],
            "parameters": {"parameters": parameters},
            "concurrency_limit": limit,
        }
        made: str = self.ask("/deployments/", wanted | changes)["id"]
        return made

    def make_pool(self, name: str) -> None:
        """Another work pool like the one that is there."""
        template = self.ask("/work_pools/quotesieve")["base_job_template"]
        self.ask("/work_pools/", {"name": name, "type": "process", "base_job_template": template})

    def start(self, deployment: str, **parameters: Any) -> str:
        """A run of a deployment, at once; returns its id."""
        known = self.ask(f"/deployments/{deployment}")["parameters"]["parameters"]
        body = {"parameters": {"parameters": {**known, **parameters}}, "idempotency_key": str(uuid4())}
        run: str = self.ask(f"/deployments/{deployment}/create_flow_run", body)["id"]
        return run

    def run(self, run: str) -> dict[str, Any]:
        """A flow run."""
        found: dict[str, Any] = self.ask(f"/flow_runs/{run}")
        return found

    def runs(self, deployment: str) -> list[dict[str, Any]]:
        """The flow runs of a deployment, oldest first."""
        body = {"deployments": {"id": {"any_": [deployment]}}, "sort": "START_TIME_ASC"}
        found: list[dict[str, Any]] = self.ask("/flow_runs/filter", body)
        return found

    def ended(self, run: str, wanted: str, patience: float = PATIENCE) -> dict[str, Any]:
        """The flow run, once it is in a final state, which must have the name `wanted`."""
        final = {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}
        eventually(lambda: self.run(run)["state_type"] in final, f"the end of run {run}", patience)
        found = self.run(run)
        assert found["state_name"] == wanted, found["state"]
        return found

    def artifacts(self, run: str) -> dict[str, dict[str, Any]]:
        """The artifacts of a flow run by key."""
        found = self.ask("/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run]}}})
        return {artifact["key"]: artifact for artifact in found}


def hold_flow(folder: Path) -> int:
    """Stop the flow process that works on this folder, as soon as it has the lock; returns its id."""
    lock = folder / "clean" / ".lock"
    before = lock.read_text() if lock.exists() else ""

    def holder() -> int:
        text = lock.read_text() if lock.exists() else ""
        return int(text) if text and text != before else 0

    deadline = time.monotonic() + PATIENCE
    while not (pid := holder()):
        assert time.monotonic() < deadline, f"no flow took the lock of {folder}"
        time.sleep(0.002)
    os.kill(pid, signal.SIGSTOP)
    return pid


def current(folder: Path) -> str | None:
    """Id of the published snapshot."""
    found = snapshot.load_current(folder / "clean")
    return found.id if found else None


_COPIED = (
    "flow_id", "work_pool_name", "entrypoint", "path", "pull_steps", "tags", "parameter_openapi_schema",
    "concurrency_options", "enforce_parameter_schema", "job_variables",
)  # fmt: skip


def make_folder(folder: Path) -> Path:
    """A folder with a raw input of two small articles; a deployment made for it has its name."""
    (folder / "raw").mkdir(parents=True)
    add_article(folder, "bell", "We will open the line in May", "Ada Bell")
    add_article(folder, "cole", "Nobody asked the harbour people about it", "Tom Cole")
    return folder


def add_article(folder: Path, name: str, words: str, speaker: str) -> None:
    """Drop an article into the raw input."""
    (folder / "raw" / f"{name}.txt").write_text(
        ARTICLE.format(words=words, speaker=speaker), encoding="utf-8"
    )
