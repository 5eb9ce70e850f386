"""`python -m flows [RAW CLEAN]`: refresh CLEAN, but start Prefect only if there is something to do.

Planning takes a moment and Prefect's server up to half a minute, so the plan comes first.
"""

import atexit
import os
import sys

from quotesieve import console
from quotesieve.cli.options import load_settings, settings_parser
from quotesieve.errors import QuotesieveError
from quotesieve.pipeline.run import Run
from quotesieve.process import prepare


def main(raw: str = "data/raw", clean: str = "data/clean") -> int:
    """Plan, say so if nothing changed, else run the flow; return the exit code."""
    try:
        with Run(raw, clean, load_settings(settings_parser().parse_args([]))) as work:
            if work.make_plan().is_empty:
                console.print_report(work.unchanged())
                return 0
    except QuotesieveError as error:
        print(f"quotesieve: {error}", file=sys.stderr)
        return error.exit_code
    return _refresh(raw, clean)


def _refresh(raw: str, clean: str) -> int:
    from flows.refresh import RefreshParameters, refresh  # starts Prefect: seconds

    state = refresh(RefreshParameters(raw=raw, clean=clean), return_state=True)
    if not state.is_completed():
        print(f"quotesieve: the flow ended {state.name}: {state.message}", file=sys.stderr)
        return 1
    console.print_report(state.result())
    return 0


def _end(code: int) -> None:
    """End the process, what is registered for its end included.

    Prefect's threads live on while the interpreter is taken down, and DuckDB's binding then lists every
    object of its own as leaked, sixty lines after the report.
    """
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


if __name__ == "__main__":
    prepare()
    _end(main(*sys.argv[1:3]))
