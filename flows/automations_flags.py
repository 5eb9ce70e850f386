"""The flags of the automations, apart from them: `serve` reads flags without importing Prefect."""

import argparse
import os

# Heartbeats come every 30 s; four may be lost to a restart of the server.
SILENCE = 150.0
OVERDUE = 28.0


def add_flags(parser: argparse.ArgumentParser) -> None:
    """Where alerts go, and when."""
    parser.add_argument(
        "--alert-url",
        default=os.environ.get("QUOTESIEVE_ALERT_URL"),
        help="webhook that alerts are posted to",
    )
    parser.add_argument(
        "--overdue-hours",
        type=float,
        default=float(os.environ.get("QUOTESIEVE_OVERDUE_HOURS", OVERDUE)),
        help="alert when no good refresh has followed the last one for so long "
        f"(default: {OVERDUE:g}: with a run at 02:00 that is six in the morning)",
    )
    parser.add_argument(
        "--silence",
        type=float,
        default=SILENCE,
        help=f"seconds without heartbeat after which a run counts as crashed (default: {SILENCE:g})",
    )


def as_flags(options: argparse.Namespace) -> list[str]:
    """The same, to be handed on."""
    flags = ["--overdue-hours", str(options.overdue_hours), "--silence", str(options.silence)]
    return flags + (["--alert-url", options.alert_url] if options.alert_url else [])
