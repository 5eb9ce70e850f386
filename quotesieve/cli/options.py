"""What several commands share: how one is added to the parser, their flags, and what the flags come to.

A flag of one command alone stands with that command.
"""

import argparse
import os
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from quotesieve.errors import SettingsError
from quotesieve.pipeline.selection import DATES, Selection, make_selection
from quotesieve.settings import DEFAULTS, Settings, from_environment, make_settings

Commands = Any  # argparse has no public name for what add_subparsers returns
Action = Callable[[argparse.Namespace], int]  # does what was parsed; returns the exit code


def command(commands: Commands, name: str, action: Action, doc: str, example: str) -> argparse.ArgumentParser:
    """A new command, without arguments yet."""
    made: argparse.ArgumentParser = commands.add_parser(
        name,
        help=doc,
        description=doc,
        epilog=f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(command=action)
    return made


def command_on_clean(
    commands: Commands, name: str, action: Action, doc: str, example: str
) -> argparse.ArgumentParser:
    """A new command whose first argument is the data set."""
    made = command(commands, name, action, doc, example)
    made.add_argument("clean", metavar="CLEAN", type=Path)
    return made


def command_on_raw_and_clean(
    commands: Commands, name: str, action: Action, doc: str, example: str
) -> argparse.ArgumentParser:
    """A new command that begins with the input and the data set."""
    made = command(commands, name, action, doc, example)
    made.add_argument("raw", metavar="RAW", help="folder, file or fsspec URL of scraped articles")
    made.add_argument("clean", metavar="CLEAN", type=Path, help="folder of the data set")
    return made


# --- what is printed --------------------------------------------------------------------------


def json_flag(made: argparse.ArgumentParser, doc: str) -> None:
    """`--json`: the result for machines, on standard output."""
    made.add_argument("--json", action="store_true", help=doc)


def log_flag(made: argparse.ArgumentParser) -> None:
    """`--log-format`: what happens, on standard error."""
    made.add_argument(
        "--log-format",
        choices=("text", "json"),
        default="text",
        help="json: events as JSON lines on standard error, and nothing for people",
    )


# --- which records ----------------------------------------------------------------------------


def selection_flags(made: argparse.ArgumentParser) -> None:
    """The flags that limit a run to some records."""
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


def load_selection(options: argparse.Namespace) -> Selection:
    """What the flags leave. Raises SettingsError."""
    return make_selection(
        paths=options.path,
        date=options.date,
        since=options.since,
        until=options.until,
        undated=options.undated,
    )


# --- settings ---------------------------------------------------------------------------------


def settings_flags(made: argparse.ArgumentParser) -> None:
    """The flags that change settings."""
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
    settings_flags(made)
    return made


def load_settings(options: argparse.Namespace) -> Settings:
    """Settings by precedence: flags, environment, the file given or ./quotesieve.toml, defaults."""
    chosen = make_settings(_from_file(options.settings))
    chosen = make_settings(from_environment(os.environ), base=chosen)
    return make_settings(_from_flags(options), base=chosen)


def _from_flags(options: argparse.Namespace) -> dict[str, dict[str, Any]]:
    """Settings by section and key; a flag of its own is stronger than `--set`."""
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
    return flags


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
