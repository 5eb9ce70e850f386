"""Telling somebody: the hook command of the settings, and whether a run happened at all.

The command of `[alerts] command` gets an event as JSON on its standard input and the state in its
environment. A command that fails is reported on standard error and changes nothing else.
"""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

from quotesieve.errors import QuotesieveError, SettingsError
from quotesieve.pipeline.run import Report
from quotesieve.settings import AlertSettings
from quotesieve.store import runs

TELLING = frozenset({"degraded", "refused", "failed", "missing"})
Event = Mapping[str, Any]


def of_report(report: Report) -> Event:
    """The event of a run that ended."""
    return {
        "state": report.state,
        "run_id": report.snapshot,
        "raw": report.raw,
        "clean": report.clean,
        "message": summary(report),
        "findings": [asdict(finding) for finding in report.findings],
        "quarantined": dict(report.quarantined),
    }


def of_failure(raw: str, clean: str, error: Exception) -> Event:
    """The event of a run that could not end."""
    kind = "" if isinstance(error, QuotesieveError) else f"{type(error).__name__}: "
    return {"state": "failed", "raw": raw, "clean": clean, "message": f"{kind}{error}"}


def summary(report: Report) -> str:
    """One line for a subject or a pager.

    A run with quarantined articles is told as degraded; this line says both.
    """
    held = sum(report.quarantined.values())
    parts = [f"run {report.snapshot} {report.state}"]
    if held:
        parts.append(f"{held} articles of {', '.join(report.quarantined)} quarantined")
    if report.findings:
        parts.append(f"{len(report.findings)} findings, first: {report.findings[0].message}")
    return "; ".join(parts)


def tell(settings: AlertSettings, event: Event) -> bool:
    """Run the hook command, if there is one and the event is worth it; True if it ran and succeeded."""
    if not settings.command or event["state"] not in TELLING:
        return False
    quarantined = sum(event.get("quarantined", {}).values())
    about = {
        "QUOTESIEVE_STATE": str(event["state"]),
        "QUOTESIEVE_RUN_ID": str(event.get("run_id", "")),
        "QUOTESIEVE_CLEAN": str(event["clean"]),
        "QUOTESIEVE_QUARANTINED": str(quarantined),
        "QUOTESIEVE_MESSAGE": str(event["message"]),
    }
    try:
        done = subprocess.run(
            settings.command,
            shell=True,  # it is the operator's own line, as in cron
            input=json.dumps(event, ensure_ascii=False).encode(),
            env={**os.environ, **about},
            stdout=sys.stderr.fileno() if _has_descriptor() else subprocess.DEVNULL,
            timeout=settings.timeout_seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"quotesieve: the alert command did not run: {error}", file=sys.stderr)
        return False
    if done.returncode:
        print(f"quotesieve: the alert command ended with {done.returncode}", file=sys.stderr)
    return done.returncode == 0


def _has_descriptor() -> bool:
    """Whether standard error is a real file: under test runners it may not be."""
    try:
        sys.stderr.fileno()
    except (OSError, AttributeError, ValueError):
        return False
    return True


def parse_hour(text: str) -> time:
    """HH:MM of the local day.

    >>> parse_hour("06:30")
    datetime.time(6, 30)
    """
    try:
        return datetime.strptime(text, "%H:%M").time()
    except ValueError:
        raise SettingsError(f"--no-run-since {text}: expected HH:MM, as 06:30") from None


def missing_since(clean: Path, hour: time, now: datetime) -> Event | None:
    """The event that no run ended since the last time it was `hour` in the zone of `now`; else None.

    Runs that changed nothing and refused runs count: they happened.
    """
    since = now.replace(hour=hour.hour, minute=hour.minute, second=0, microsecond=0)
    if since > now:
        since -= timedelta(days=1)
    last = runs.last_run(clean)
    if last is not None and last["finished_at"] >= since:
        return None
    ended = (
        f"the last one ended {last['finished_at'].astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        if last
        else "none ever"
    )
    return {
        "state": "missing",
        "clean": clean.as_posix(),
        "message": f"{clean}: no run ended since {since:%Y-%m-%d %H:%M}, {ended}; look at the scheduler "
        "and at the log of the last run.",
    }
