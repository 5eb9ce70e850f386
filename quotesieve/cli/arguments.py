"""The parser of the whole command line: which commands there are, and what `--help` says of them all.

What a single command takes stands with the command.
"""

import argparse

from quotesieve import __version__
from quotesieve.cli import deciding, preparing, reading, running

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

# In the order in which `--help` lists them.
COMMANDS = (
    running.add_run,
    running.add_plan,
    reading.add_verify,
    reading.add_explain,
    reading.add_show,
    reading.add_query,
    reading.add_changes,
    deciding.add_forget,
    reading.add_report,
    preparing.add_init_manifest,
    preparing.add_settings,
    deciding.add_quarantine,
    deciding.add_publish,
    deciding.add_discard,
    running.add_check,
)


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
    for add in COMMANDS:
        add(commands)
    return top
