"""Serve: Prefect's server, a worker, the deployments and the automations on this machine, by one command.

    make serve
    python -m flows.serve [--every 60] [--port 4200] [--alert-url URL] [--one-process]

Everything listens on 127.0.0.1 and nothing leaves the machine. Ctrl-C or TERM stops all of it.
Holds the order of things; processes are `processes`, settings `environment`, schedules `deploy`.
"""

import argparse
import os
import shlex
import signal
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from typing import Any

from flows import automations_flags, deploy, environment
from flows.processes import Child, wait_until_it_answers

START_LIMIT = 120.0  # seconds that the server may take to come up, and any other step
PAUSE = 5.0  # seconds before a process that ended is started again
REPORTS = "QUOTESIEVE_REPORTS_URL"


class Stopped(Exception):
    """A person or the system asked to stop."""


def server(settings: Mapping[str, str]) -> Child:
    """The API, the UI and the services that schedule, alert and tidy up."""
    command = [sys.executable, "-m", "flows.server"]
    return Child("server", command, settings, _logs(settings) / "server.log")


def worker(settings: Mapping[str, str], limit: int) -> Child:
    """What starts a process for each flow run that is due."""
    command = [sys.executable, "-m", "prefect", "worker", "start", "--pool", deploy.POOL, "--type", "process"]
    command += ["--name", "quotesieve", "--limit", str(limit)]
    return Child("worker", command, settings, _logs(settings) / "worker.log")


def _logs(settings: Mapping[str, str]) -> Path:
    return Path(settings["PREFECT_HOME"]) / "logs"


def start_server(settings: Mapping[str, str]) -> Child:
    """Start the server and wait until it answers. Raises RuntimeError."""
    child = server(settings)
    child.start()
    try:
        wait_until_it_answers(child, f"{settings['PREFECT_API_URL']}/health", START_LIMIT)
    except BaseException:
        child.stop(2)
        raise
    return child


def check_port(port: int) -> None:
    """Raises RuntimeError where no server can listen."""
    if not environment.has_loopback():
        raise RuntimeError(f"cannot listen on {environment.HOST}; `quotesieve run` needs no server")
    if not environment.is_free(port):
        raise RuntimeError(
            f"something listens at {environment.HOST}:{port} already: is `make serve` running? "
            "Stop it, or choose another --port."
        )


def apply_automations(settings: Mapping[str, str], flags: Sequence[str]) -> None:
    """Make the automations, in a process of its own: this one does not import Prefect."""
    command = [sys.executable, "-m", "flows.automations", *flags]
    child = Child("automations", command, settings, _logs(settings) / "automations.log")
    child.start()
    if child.process is None or child.process.wait(START_LIMIT):
        raise RuntimeError(f"the automations were not made: see {child.log}")


def serve_reports(folder: Path, port: int) -> str | None:
    """Show CLEAN/reports by HTTP, so that the run page can link to them; None if the port is taken."""
    handler = partial(_Quiet, directory=str(folder))
    try:
        listener = ThreadingHTTPServer((environment.HOST, port), handler)
    except OSError:
        return None
    threading.Thread(target=listener.serve_forever, daemon=True).start()
    return f"http://{environment.HOST}:{port}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the terminal is for what a person must know."""


def watch(children: Sequence[Child]) -> None:
    """Start again what ends, until Stopped is raised."""
    while True:
        for child in children:
            if not child.is_running:
                _say(f"the {child.name} ended; starting it again in {PAUSE:g} s (its log: {child.log})")
                time.sleep(PAUSE)
                child.start()
        time.sleep(1)


def _say(text: str) -> None:
    print(text, flush=True)


def welcome(settings: Mapping[str, str], spec: Mapping[str, Any], alert_url: str | None) -> str:
    """What to look at and what to do next."""
    given = deploy.nightly(spec)["parameters"]["parameters"]
    api = f"PREFECT_API_URL={settings['PREFECT_API_URL']}"
    prefect = shlex.quote(str(Path(sys.executable).with_name("prefect")))
    return f"""
Quotesieve is served at {settings["PREFECT_UI_URL"]}   (Ctrl-C stops it)

  input       {given["raw"]}: drop articles in here
  data set    {given["clean"]}/current/<table>/*.parquet
  schedule    refresh {deploy.when(spec)}; verify daily; full rebuild on Sundays
  alerts      {alert_url or "none; --alert-url URL posts them to a webhook"}
  reports     {settings.get(REPORTS, "in " + given["clean"] + "/reports")}
  logs        {settings["PREFECT_HOME"]}/logs

Run it now:   {api} {prefect} deployment run refresh/nightly
or press Run on {settings["PREFECT_UI_URL"]}/deployments
"""


def serve(options: argparse.Namespace) -> None:
    """Start everything, say so, and keep it running until told to stop."""
    check_port(options.port)
    home = Path(os.environ.get("PREFECT_HOME") or deploy.ROOT / ".prefect").resolve()
    settings = environment.served(home, options.port)
    spec = deploy.spec_of(options)
    clean = deploy.ROOT / deploy.nightly(spec)["parameters"]["parameters"]["clean"]
    if reports := serve_reports(clean / "reports", options.port + 1):
        settings[REPORTS] = reports
    _say("Starting the Prefect server; the first time takes half a minute ...")
    children = [start_server(settings)]
    try:
        if not options.one_process:
            children.append(worker(settings, options.limit))
            children[-1].start()
        apply_automations(settings, automations_flags.as_flags(options))
        if options.one_process:
            serve_in_this_process(settings, spec, welcome(settings, spec, options.alert_url), options.limit)
            return
        wait_until_it_answers(
            children[1], f"{settings['PREFECT_API_URL']}/work_pools/{deploy.POOL}", START_LIMIT
        )
        deploy.deploy(spec, settings)
        _say(welcome(settings, spec, options.alert_url))
        watch(children)
    finally:
        ignore_signals()
        for child in reversed(children):  # flow runs first, while the server can note how they ended
            child.stop()
        _say("Stopped.")


def serve_in_this_process(
    settings: Mapping[str, str], spec: Mapping[str, Any], hello: str, limit: int
) -> None:
    """`flow.serve`: this process is the worker. No pool; each run is a child of this process."""
    os.environ.update(settings)
    from flows.runner import run_deployments

    _say(hello)
    run_deployments(spec, limit)


def ignore_signals() -> None:
    """A second Ctrl-C must not cut the stopping short."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


def _port(text: str) -> int:
    port = int(text)
    if not 0 < port < 65_535:
        raise argparse.ArgumentTypeError(
            f"{port}: a port is from 1 to 65534, as the reports take the next one"
        )
    return port


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until stopped; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m flows.serve",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--port", type=_port, default=4200, help="of the UI; reports are one above (default: 4200)"
    )
    parser.add_argument("--limit", type=int, default=2, help="flow runs at the same time (default: 2)")
    parser.add_argument("--one-process", action="store_true", help="flow.serve here, without pool and worker")
    deploy.add_flags(parser)
    automations_flags.add_flags(parser)
    options = parser.parse_args(arguments)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _stop)
    try:
        serve(options)
    except Stopped:
        return 0
    except RuntimeError as error:
        print(f"quotesieve: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
