"""`quotesieve`: the command line. Parses, calls the pipeline, prints; holds no logic of its own.

Nothing heavy is imported before a command runs: `--help` answers at once.
"""

import argparse
import dataclasses
import json
import os
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotesieve import __version__, logs
from quotesieve.errors import NO_RUN_EXIT_CODE, STATE_EXIT_CODES, QuotesieveError, SettingsError
from quotesieve.pipeline.selection import DATES, Selection, make_selection
from quotesieve.settings import DEFAULTS, Settings, describe, from_environment, make_settings

if TYPE_CHECKING:
    from quotesieve.pipeline.plan import Change

EXIT_CODES = """exit codes:
  0  done (run: published, or nothing to do)
  1  something a person must fix: the message says what, where and what to do
  2  wrong usage or settings
  3  another run is writing to CLEAN
  4  CLEAN holds no snapshot, or one that cannot be trusted; verify found something
  5  no such article, passage, table or snapshot
  6  a conservation law does not hold (a bug): nothing was published
  7  run: degraded: published with findings, or with articles held back
  8  run: refused: the quality gate closed, nothing was published
  9  check: no run ended since the hour that was given
"""

EXAMPLES = """examples:
  quotesieve run data/raw data/clean
  quotesieve plan data/raw data/clean
  quotesieve explain data/clean outlet=harbourpost.example/2026-03-12-ardley-beds.txt
  quotesieve query data/clean passages --where "outlet_count > 1" --limit 5
  quotesieve changes data/clean --out changes.parquet
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. Errors are one line on standard error."""
    options = parser().parse_args(arguments)
    as_json = getattr(options, "log_format", "text") == "json"
    with logs.to_stderr() if as_json else nullcontext():
        return _call(options, as_json=as_json)


def _call(options: argparse.Namespace, *, as_json: bool) -> int:
    """Run the command that was parsed; what ends it becomes an exit code and one line."""
    try:
        code: int = options.command(options)
        return code
    except QuotesieveError as error:
        if as_json:
            logs.failed(error)
        else:
            print(f"quotesieve: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # `quotesieve query ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt as interrupt:
        if as_json:
            logs.failed(interrupt)
        else:
            print(
                "quotesieve: interrupted; the last snapshot is whole, the next run goes on", file=sys.stderr
            )
        return 130


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line."""
    top = argparse.ArgumentParser(
        prog="quotesieve",
        description="Scraped news articles in, one Parquet data set of attributed quotes out.",
        epilog=f"{EXAMPLES}\n{EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"quotesieve {__version__}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    _add_run(commands)
    _add_plan(commands)
    _add_readers(commands)
    _add_changes(commands)
    _add_forget(commands)
    _add_report(commands)
    _add_helpers(commands)
    _add_gate(commands)
    return top


Commands = Any  # argparse has no public name for what add_subparsers returns


def _command(
    commands: Commands, name: str, action: Callable[[argparse.Namespace], int], doc: str, example: str
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=doc,
        description=doc,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(command=action)
    return made


def _add_run(commands: Commands) -> None:
    made = _command(
        commands,
        "run",
        _run,
        "Bring CLEAN up to date with RAW and publish",
        "quotesieve run data/raw data/clean",
    )
    _folders(made)
    made.add_argument("--full", action="store_true", help="process every record again; ids stay")
    made.add_argument("--report", action="store_true", help="write the HTML report too (see `report`)")
    _selection_flags(made)
    _settings_flags(made)
    made.add_argument("--json", action="store_true", help="print the report for machines")
    _log_flag(made)


def _add_plan(commands: Commands) -> None:
    made = _command(
        commands,
        "plan",
        _plan,
        "Say what a run would do, and why; change nothing",
        "quotesieve plan data/raw data/clean",
    )
    _folders(made)
    made.add_argument("--full", action="store_true", help="as for run")
    _selection_flags(made)
    _settings_flags(made)
    made.add_argument("--json", action="store_true", help="print the plan for machines")


def _add_readers(commands: Commands) -> None:
    made = _command(
        commands,
        "verify",
        _verify,
        "Prove that the current snapshot is what it says",
        "quotesieve verify data/clean",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument("--json", action="store_true", help="print the findings for machines")
    made = _command(
        commands,
        "explain",
        _explain,
        "Print an article with each line's role or reason",
        "quotesieve explain data/clean outlet=harbourpost.example/2026-03-12-ardley-beds.txt",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument(
        "article", metavar="ARTICLE", help="id or its first digits, address, or raw path[#record]"
    )
    made.add_argument("--json", action="store_true", help="print it for machines")
    made = _command(
        commands,
        "show",
        _show,
        "Print a passage with its printings",
        "quotesieve show data/clean 3f2a",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument("id", metavar="ID", help="passage id or its first digits, or a mention id")
    made.add_argument("--json", action="store_true", help="print it for machines")
    made = _command(
        commands,
        "query",
        _query,
        "Print rows of a table",
        "quotesieve query data/clean passages --where \"speaker LIKE '%Bell'\" --limit 5",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument("table", metavar="TABLE", help="passages, mentions, articles, lines ...")
    made.add_argument("--where", metavar="SQL", help="an SQL condition on the table's columns")
    made.add_argument("--limit", metavar="N", type=int, help="at most so many rows")
    made.add_argument("--json", action="store_true", help="one JSON object a line")


def _add_changes(commands: Commands) -> None:
    made = _command(
        commands,
        "changes",
        _changes,
        "Count, and write, the passages that differ between two snapshots",
        "quotesieve changes data/clean previous current --out changes.parquet",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    states = "id or its beginning, previous, current, or a saved current.json"
    made.add_argument("old", metavar="FROM", nargs="?", default="previous", help=states)
    made.add_argument("new", metavar="TO", nargs="?", default="current", help="as FROM (default: current)")
    made.add_argument("--out", metavar="FILE", type=Path, help="write the rows as Parquet, not in CLEAN")
    made.add_argument("--json", action="store_true", help="print the counts for machines")
    _log_flag(made)


def _add_forget(commands: Commands) -> None:
    made = _command(
        commands,
        "forget",
        _forget,
        "Take an article out of CLEAN for good; its raw file may stay",
        "quotesieve forget data/clean https://harbourpost.example/science/kestrel-lake --dry-run",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument(
        "article", metavar="ARTICLE", help="address, id or its first 6 digits, or raw path[#record]"
    )
    made.add_argument("--dry-run", action="store_true", help="say what would go; change nothing")
    made.add_argument("--ahead", action="store_true", help="keep out an address that is not there yet, too")
    made.add_argument("--undo", action="store_true", help="let it in again with the next run")
    _settings_flags(made)
    made.add_argument("--json", action="store_true", help="print what went for machines")
    _log_flag(made)


def _add_report(commands: Commands) -> None:
    made = _command(
        commands,
        "report",
        _write_report,
        "Write the HTML report of the current snapshot: one file, to be opened from disk",
        "quotesieve report data/clean",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument(
        "--out",
        metavar="FILE",
        type=Path,
        help="where to (default: CLEAN/reports/<run id>.html, with CLEAN/report.html as the newest)",
    )


def _add_helpers(commands: Commands) -> None:
    made = _command(
        commands,
        "init-manifest",
        _init_manifest,
        "Write a manifest.csv to fill in, one row a file",
        "quotesieve init-manifest data/raw",
    )
    made.add_argument("raw", metavar="DIR")
    made = _command(
        commands,
        "settings",
        _settings,
        "Print all settings in force, as a settings file",
        "quotesieve settings > quotesieve.toml",
    )
    _settings_flags(made)


def _add_gate(commands: Commands) -> None:
    made = _command(
        commands,
        "quarantine",
        _quarantine,
        "List what the quality gate holds back; release or discard it",
        "quotesieve quarantine data/clean --release harbourpost.example",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    what = made.add_mutually_exclusive_group()
    name = "OUTLET|ARTICLE"
    what.add_argument("--release", metavar=name, help="let the next run publish it (article: id or raw path)")
    what.add_argument("--discard", metavar=name, help="leave it out until its file changes")
    made.add_argument(
        "--accept",
        action="store_true",
        help="with --release OUTLET: what it is like now is usual from now on",
    )
    made.add_argument("--json", action="store_true", help="one JSON object a line")
    made = _command(
        commands,
        "publish",
        _publish,
        "Publish the snapshot that the quality gate refused",
        "quotesieve publish data/clean --anyway",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument("--anyway", action="store_true", required=True, help="in spite of its findings")
    made.add_argument("--accept", action="store_true", help="what it is like is usual from now on")
    made = _command(
        commands,
        "discard",
        _discard,
        "Throw away the snapshot that the quality gate refused",
        "quotesieve discard data/clean",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument(
        "--articles",
        action="store_true",
        help="leave its new articles out for good, until their files change",
    )
    made = _command(
        commands,
        "check",
        _check,
        "Say whether a run ended since an hour, for cron",
        "quotesieve check data/clean --no-run-since 06:30",
    )
    made.add_argument("clean", metavar="CLEAN", type=Path)
    made.add_argument("--no-run-since", metavar="HH:MM", required=True, help="local time, today or yesterday")
    _settings_flags(made)


def _folders(made: argparse.ArgumentParser) -> None:
    made.add_argument("raw", metavar="RAW", help="folder, file or fsspec URL of scraped articles")
    made.add_argument("clean", metavar="CLEAN", type=Path, help="folder of the data set")


def _log_flag(made: argparse.ArgumentParser) -> None:
    made.add_argument(
        "--log-format",
        choices=("text", "json"),
        default="text",
        help="json: events as JSON lines on standard error, and nothing for people",
    )


def _selection_flags(made: argparse.ArgumentParser) -> None:
    made.add_argument("--since", metavar="DATE", help="only articles from this date on (2026-03-01)")
    made.add_argument("--until", metavar="DATE", help="only articles before this date")
    made.add_argument(
        "--date", choices=DATES, default=DATES[0], help="which date --since and --until mean (%(default)s)"
    )
    made.add_argument("--undated", action="store_true", help="articles whose date is unknown, too")
    made.add_argument(
        "--path",
        metavar="PATH",
        action="append",
        default=[],
        help="only this file, folder or pattern; may be repeated. The rest stays as it is",
    )


def _selection(options: argparse.Namespace) -> Selection:
    return make_selection(
        paths=options.path,
        date=options.date,
        since=options.since,
        until=options.until,
        undated=options.undated,
    )


def _settings_flags(made: argparse.ArgumentParser) -> None:
    made.add_argument("--settings", metavar="FILE", type=Path, help="settings file (TOML)")
    made.add_argument(
        "--set",
        metavar="SECTION.KEY=VALUE",
        action="append",
        default=[],
        help="one setting; stronger than environment and file",
    )
    made.add_argument(
        "--threshold",
        metavar="N",
        type=float,
        help=f"0-100; at 100 only identical wording merges (default: {DEFAULTS.dedup.threshold:g})",
    )
    made.add_argument("--workers", metavar="N", type=int, help="worker processes (default: one a core)")


def settings_parser() -> argparse.ArgumentParser:
    """The settings flags alone, for programs that take them from elsewhere."""
    made = argparse.ArgumentParser(add_help=False)
    _settings_flags(made)
    return made


def load_settings(options: argparse.Namespace) -> Settings:
    """Settings by precedence: flags, environment, the file given or ./quotesieve.toml, defaults."""
    chosen = make_settings(_from_file(options.settings))
    chosen = make_settings(from_environment(os.environ), base=chosen)
    flags: dict[str, dict[str, Any]] = {}
    for given in options.set:
        name, equals, value = given.partition("=")
        section, dot, key = name.partition(".")
        if not equals or not dot:
            raise SettingsError(f"--set {given}: expected SECTION.KEY=VALUE, as in --set dedup.threshold=92")
        flags.setdefault(section, {})[key] = value
    if options.threshold is not None:
        flags.setdefault("dedup", {})["threshold"] = options.threshold
    if options.workers is not None:
        flags.setdefault("run", {})["workers"] = options.workers
    return make_settings(flags, base=chosen)


def _from_file(path: Path | None) -> Mapping[str, Mapping[str, Any]]:
    default = Path("quotesieve.toml")
    chosen = path or (default if default.exists() else None)
    if chosen is None:
        return {}
    try:
        with open(chosen, "rb") as source:
            return tomllib.load(source)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            f"{chosen}: {error}. Give a TOML file; `quotesieve settings` prints one."
        ) from error


# --- commands ---------------------------------------------------------------------------------


def _run(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline import alerts
    from quotesieve.pipeline.run import run

    as_json = options.log_format == "json"
    settings, selection = load_settings(options), _selection(options)
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
        _page_of(options.clean)
    if options.json:
        _print_json(report.to_json())
    elif not as_json:
        console.print_report(report)
    alerts.tell(settings.alerts, alerts.of_report(report))
    return STATE_EXIT_CODES[report.state]


def _page_of(clean: Path) -> None:
    from quotesieve.report import write_report

    write_report(clean)


def _plan(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.plan import make_plan

    plan = make_plan(
        options.raw, options.clean, load_settings(options), full=options.full, selection=_selection(options)
    )
    if options.json:
        _print_json(
            {
                "records": plan.records,
                "kept": len(plan.kept),
                "forgotten": plan.forgotten,
                "unchanged": plan.is_empty,
                "changes": [_change(change) for change in plan.changes],
                "waiting": list(plan.waiting),
            }
        )
    else:
        console.print_plan(plan)
    return 0


def _change(change: "Change") -> dict[str, Any]:
    return {"code": change.code, "count": change.count, "example": change.example}


def _verify(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.verify import verify

    with console.progress(quiet=options.json) as progress:
        found = verify(options.clean, progress)
    if options.json:
        findings = [{"law": f.law, "where": f.where, "detail": f.detail} for f in found.findings]
        _print_json({"snapshot": found.snapshot, "checked": dict(found.checked), "findings": findings})
    else:
        console.print_verification(found)
    return 0 if found.ok else 4


def _explain(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.inspect import explain

    found = explain(options.clean, options.article)
    if options.json:
        _print_json({"article": found.article, "lines": found.lines, "quotes": found.quotes})
    else:
        console.print_explanation(found)
    return 0


def _show(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.inspect import show

    found = show(options.clean, options.id)
    if options.json:
        _print_json({"passage": found.passage, "mentions": found.mentions, "near_misses": found.near_misses})
    else:
        console.print_showing(found)
    return 0


def _query(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.inspect import query

    rows = query(options.clean, options.table, where=options.where, limit=options.limit)
    if options.json:
        for row in rows:
            print(json.dumps(row, ensure_ascii=False, default=str))
    else:
        console.print_rows(options.table, rows)
    return 0


def _changes(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.changes import changes

    found = changes(options.clean, options.old, options.new, out=options.out)
    logs.event("compared", **asdict(found))
    if options.json:
        _print_json(asdict(found))
    elif options.log_format == "text":
        console.print_changes(found)
    return 0


def _forget(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline.forget import forget, recall

    if options.undo:
        ids = recall(options.clean, options.article)
        logs.event("recalled", articles=ids)
        if options.json:
            _print_json({"state": "recalled", "articles": ids})
        elif options.log_format == "text":
            print(f"No longer kept out: {', '.join(ids)}. The next run takes in what lies in RAW.")
        return 0
    settings = load_settings(options)
    done = forget(options.clean, options.article, settings, dry_run=options.dry_run, ahead=options.ahead)
    logs.event(done.state, **{k: v for k, v in asdict(done).items() if k != "state"})
    if options.json:
        _print_json(asdict(done))
    elif options.log_format == "text":
        console.print_forgetting(done)
    return 0


def _write_report(options: argparse.Namespace) -> int:
    from quotesieve.report import write_report

    print(write_report(options.clean, options.out))
    return 0


def _init_manifest(options: argparse.Namespace) -> int:
    from quotesieve.store.raw import init_manifest

    print(f"wrote {init_manifest(options.raw)}: fill in what you know, empty cells stay unknown")
    return 0


def _settings(options: argparse.Namespace) -> int:
    print(describe(load_settings(options)))
    return 0


def _quarantine(options: argparse.Namespace) -> int:
    from quotesieve import console
    from quotesieve.pipeline import refused

    if options.accept and not options.release:
        raise SettingsError("--accept goes with --release OUTLET")
    name = options.release or options.discard
    if name is None:
        held = refused.list_held(options.clean)
    else:
        state = "released" if options.release else "discarded"
        held = refused.decide(options.clean, name, state, accept=options.accept)
    if options.json:
        for one in held:
            print(json.dumps(dataclasses.asdict(one), ensure_ascii=False))
    else:
        console.print_quarantine(held, decided=name is not None)
    return 0


def _publish(options: argparse.Namespace) -> int:
    from quotesieve.pipeline import refused

    published = refused.publish_anyway(options.clean, accept=options.accept)
    _page_of(options.clean)
    print(f"Published snapshot {published.id}, which the gate had refused.")
    return 0


def _discard(options: argparse.Namespace) -> int:
    from quotesieve.pipeline import refused

    name, out = refused.discard(options.clean, articles=options.articles)
    stay = (
        f"{out} articles stay out until their files change."
        if options.articles
        else "The next run plans anew."
    )
    print(f"Discarded the refused snapshot {name}. {stay}")
    return 0


def _check(options: argparse.Namespace) -> int:
    from datetime import datetime

    from quotesieve.pipeline import alerts

    settings = load_settings(options)
    hour = alerts.parse_hour(options.no_run_since)
    event = alerts.missing_since(options.clean, hour, datetime.now().astimezone())
    if event is None:
        return 0
    print(f"quotesieve: {event['message']}", file=sys.stderr)
    alerts.tell(settings.alerts, event)
    return NO_RUN_EXIT_CODE


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))
