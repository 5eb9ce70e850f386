"""Deployments: prefect.yaml as it is, or with another schedule or other folders.

    python -m flows.deploy [--every 300 | --cron "0 2 * * *"] [--raw DIR] [--clean DIR]

Makes the work pool if there is none. prefect.yaml is the one place that says what is deployed;
`prefect deploy --all` in the checkout does the same, without changes.
"""

import argparse
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from flows import OFFLINE

ROOT = Path(__file__).resolve().parent.parent
POOL = "quotesieve"
# Said outright, the worker starts this at once; else a supervisor that imports Prefect comes first.
JOB = {"command": shlex.join([sys.executable, "-m", "prefect.engine"])}
Deployment = dict[str, Any]


def adapted(
    *,
    raw: str | None = None,
    clean: str | None = None,
    cron: str | None = None,
    every: float | None = None,
    timezone: str | None = None,
) -> dict[str, Any]:
    """prefect.yaml with other folders, and another schedule of the nightly refresh."""
    spec: dict[str, Any] = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))
    spec["pull"] = [{"prefect.deployments.steps.set_working_directory": {"directory": str(ROOT)}}]
    folders = {key: value for key, value in (("raw", raw), ("clean", clean)) if value}
    for deployment in spec["deployments"]:
        given = deployment["parameters"]["parameters"]
        changed = {key: folders.get(key, value) for key, value in given.items()}
        if cron or every or timezone:
            changed.pop("no_run_since", None)  # it names the hour of the schedule that is given up
        deployment["parameters"] = {"parameters": changed}
        deployment["work_pool"]["job_variables"] = {**JOB, **deployment["work_pool"]["job_variables"]}
        deployment["schedules"] = [
            {**schedule, "timezone": timezone or schedule["timezone"]} for schedule in deployment["schedules"]
        ]
    nightly(spec)["schedules"] = [_schedule(nightly(spec)["schedules"][0], cron, every)]
    return spec


def nightly(spec: Mapping[str, Any]) -> Deployment:
    """The deployment of the refresh."""
    found: Deployment = next(d for d in spec["deployments"] if d["name"] == "nightly")
    return found


def _schedule(given: Mapping[str, Any], cron: str | None, every: float | None) -> dict[str, Any]:
    if every:
        return {"interval": every}
    return {**given, "cron": cron} if cron else dict(given)


def when(spec: Mapping[str, Any]) -> str:
    """When the refresh runs, for a person."""
    schedule = nightly(spec)["schedules"][0]
    if "interval" in schedule:
        return f"every {schedule['interval']:g} s"
    return f"cron {schedule['cron']} {schedule['timezone']}"


def make_pool(environment: Mapping[str, str]) -> None:
    """Make the work pool, unless it is there: a worker makes it too. Raises RuntimeError."""
    said = _prefect("work-pool", "create", POOL, "--type", "process", environment=environment)
    if "Created work pool" not in said and "already exists" not in said:
        raise RuntimeError(f"no work pool: {said}")


def deploy(spec: Mapping[str, Any], environment: Mapping[str, str]) -> None:
    """Make the deployments on the server that PREFECT_API_URL names; the pool must be there.

    Raises RuntimeError with what Prefect said.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "prefect.yaml"
        file.write_text(yaml.safe_dump(dict(spec), sort_keys=False), encoding="utf-8")
        said = _prefect("deploy", "--all", "--prefect-file", str(file), environment=environment)
    if said.count("successfully created") < len(spec["deployments"]):
        raise RuntimeError(f"the deployments were not made: {said}")


def _prefect(*arguments: str, environment: Mapping[str, str]) -> str:
    """What a `prefect` command said."""
    command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
    done = subprocess.run(command, env=dict(environment), cwd=ROOT, capture_output=True, text=True)
    return (done.stdout + done.stderr).strip()


def add_flags(parser: argparse.ArgumentParser) -> None:
    """The flags of `adapted`."""
    parser.add_argument("--raw", help="folder, file or URL of the input (default: prefect.yaml's, data/raw)")
    parser.add_argument("--clean", help="folder of the data set (default: prefect.yaml's, data/clean)")
    parser.add_argument("--cron", help='when the refresh runs (default: prefect.yaml\'s, "0 2 * * *")')
    parser.add_argument("--every", type=float, metavar="SECONDS", help="run the refresh so often instead")
    parser.add_argument("--timezone", help="of all schedules (default: prefect.yaml's, UTC)")


def spec_of(options: argparse.Namespace) -> dict[str, Any]:
    """What the flags ask for."""
    return adapted(
        raw=options.raw,
        clean=options.clean,
        cron=options.cron,
        every=options.every,
        timezone=options.timezone,
    )


def main() -> None:
    """Deploy to the server that PREFECT_API_URL names."""
    parser = argparse.ArgumentParser(prog="python -m flows.deploy", description=__doc__.split("\n")[0])
    add_flags(parser)
    spec = spec_of(parser.parse_args())
    environment = {**OFFLINE, **os.environ}
    make_pool(environment)
    deploy(spec, environment)
    print(f"deployed to {os.environ.get('PREFECT_API_URL', 'the default API')}: refresh runs {when(spec)}")


if __name__ == "__main__":
    main()
