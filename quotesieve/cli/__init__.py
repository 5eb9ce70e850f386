"""`quotesieve`: the command line. Parses, calls the pipeline, prints; holds no logic of its own.

`arguments` is the parser of the whole line. A command's flags and what it does stand together, by
subject: `running` (run, plan, check), `reading` (verify, explain, show, query, changes, report),
`deciding` (quarantine, publish, discard, forget) and `preparing` (init-manifest, settings).
`options` has the flags that several commands share and what they come to, `output` what is printed
for machines. What is printed for people is `quotesieve.console`'s. This file holds the way in,
and how what ends a command becomes an exit code.

Nothing heavy is imported before a command runs: `--help` answers at once.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from contextlib import nullcontext

from quotesieve import logs
from quotesieve.cli.arguments import parser
from quotesieve.errors import QuotesieveError


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
