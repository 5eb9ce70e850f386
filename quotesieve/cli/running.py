"""The commands about runs: run, plan, and check, which says whether one ended."""

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Any

from quotesieve import logs
from quotesieve.cli.options import (
    Commands,
    command_on_clean,
    command_on_raw_and_clean,
    json_flag,
    load_selection,
    load_settings,
    log_flag,
    selection_flags,
    settings_flags,
)
from quotesieve.cli.output import print_json
from quotesieve.errors import NO_RUN_EXIT_CODE, STATE_EXIT_CODES

if TYPE_CHECKING:
    from quotesieve.pipeline.plan import Change


def add_run(commands: Commands) -> None:
    """`quotesieve run`."""
    made = command_on_raw_and_clean(
        commands,
        "run",
        _run,
        "Bring CLEAN up to date with RAW and publish",
        "quotesieve run data/raw data/clean",
    )
    made.add_argument("--full", action="store_true", help="process every record again; ids stay")
    made.add_argument("--report", action="store_true", help="write the HTML report too (see `report`)")
    selection_flags(made)
    settings_flags(made)
    json_flag(made, "print the report for machines")
    log_flag(made)


def _run(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline import alerts
    from quotesieve.pipeline.run import run

    as_json = options.log_format == "json"
    settings, selection = load_settings(options), load_selection(options)
    try:
        with console.progress(quiet=options.json or as_json) as bar:
            report = run(
                options.raw,
                options.clean,
                settings,
                full=options.full,
                selection=selection,
                progress=logs.progress() if as_json else bar,
            )
    except Exception as error:
        alerts.tell(settings.alerts, alerts.of_failure(options.raw, str(options.clean), error))
        raise
    if options.report and report.state in ("published", "degraded"):
        from quotesieve.report import write_report

        write_report(options.clean)
    if options.json:
        print_json(report.to_json())
    elif not as_json:
        console.print_report(report)
    alerts.tell(settings.alerts, alerts.of_report(report))
    return STATE_EXIT_CODES[report.state]


def add_plan(commands: Commands) -> None:
    """`quotesieve plan`."""
    made = command_on_raw_and_clean(
        commands,
        "plan",
        _plan,
        "Say what a run would do, and why; change nothing",
        "quotesieve plan data/raw data/clean",
    )
    made.add_argument("--full", action="store_true", help="as for run")
    selection_flags(made)
    settings_flags(made)
    json_flag(made, "print the plan for machines")


def _plan(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.plan import make_plan

    settings, selection = load_settings(options), load_selection(options)
    plan = make_plan(options.raw, options.clean, settings, full=options.full, selection=selection)
    if options.json:
        print_json(
            {
                "records": plan.records,
                "kept": len(plan.kept),
                "forgotten": plan.forgotten,
                "unchanged": plan.is_empty,
                "changes": [_change(change) for change in plan.changes],
                "waiting": list(plan.waiting),
                "corrections": [*plan.corrected.now.problems, *plan.corrected.unseen],
            }
        )
    else:
        console.print_plan(plan)
    return 0


def _change(change: "Change") -> dict[str, Any]:
    return {"code": change.code, "count": change.count, "example": change.example}


def add_check(commands: Commands) -> None:
    """`quotesieve check`."""
    made = command_on_clean(
        commands,
        "check",
        _check,
        "Say whether a run ended since an hour, for cron",
        "quotesieve check data/clean --no-run-since 06:30",
    )
    made.add_argument("--no-run-since", metavar="HH:MM", required=True, help="local time, today or yesterday")
    settings_flags(made)


def _check(options: argparse.Namespace) -> int:
    from quotesieve.pipeline import alerts

    settings = load_settings(options)
    hour = alerts.parse_hour(options.no_run_since)
    event = alerts.missing_since(options.clean, hour, datetime.now().astimezone())
    if event is None:
        return 0
    print(f"quotesieve: {event['message']}", file=sys.stderr)
    alerts.tell(settings.alerts, event)
    return NO_RUN_EXIT_CODE
