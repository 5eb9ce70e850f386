"""`quotesieve`: the command line. Parses, calls the pipeline, prints; holds no logic of its own.

Nothing heavy is imported before a command runs: `--help` answers at once.
"""

import argparse
import json
import os
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quotesieve import __version__
from quotesieve.errors import QuotesieveError, SettingsError
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
  5  no such article, passage or table
  6  a conservation law does not hold (a bug): nothing was published
"""

EXAMPLES = """examples:
  quotesieve run data/raw data/clean
  quotesieve plan data/raw data/clean
  quotesieve explain data/clean outlet=harbourpost.example/ferry.txt
  quotesieve query data/clean passages --where "outlet_count > 1" --limit 5
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return its exit code. Errors are one line on standard error."""
    options = parser().parse_args(arguments)
    try:
        code: int = options.command(options)
        return code
    except QuotesieveError as error:
        print(f"quotesieve: {error}", file=sys.stderr)
        return error.exit_code
    except BrokenPipeError:  # `quotesieve query ... | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("quotesieve: interrupted; the last snapshot is whole, the next run goes on", file=sys.stderr)
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
    _add_helpers(commands)
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
    _selection_flags(made)
    _settings_flags(made)
    made.add_argument("--json", action="store_true", help="print the report for machines")


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
        "quotesieve explain data/clean outlet=harbourpost.example/ferry.txt",
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


def _folders(made: argparse.ArgumentParser) -> None:
    made.add_argument("raw", metavar="RAW", help="folder, file or fsspec URL of scraped articles")
    made.add_argument("clean", metavar="CLEAN", type=Path, help="folder of the data set")


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
    from quotesieve.pipeline.run import run

    with console.progress(quiet=options.json) as progress:
        report = run(
            options.raw,
            options.clean,
            load_settings(options),
            full=options.full,
            selection=_selection(options),
            progress=progress,
        )
    if options.json:
        _print_json(report.to_json())
    else:
        console.print_report(report)
    return 0


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
        _print_json({"article": found.article, "lines": found.lines})
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


def _init_manifest(options: argparse.Namespace) -> int:
    from quotesieve.store.raw import init_manifest

    print(f"wrote {init_manifest(options.raw)}: fill in what you know, empty cells stay unknown")
    return 0


def _settings(options: argparse.Namespace) -> int:
    print(describe(load_settings(options)))
    return 0


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))
