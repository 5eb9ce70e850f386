"""`python -m flows [RAW CLEAN]`: refresh CLEAN, but start Prefect only if there is something to do.

Planning takes a moment and Prefect's server up to half a minute, so the plan comes first.
"""

import sys

from flows import command
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
    if not command.can_start():
        return 1
    from flows.refresh import RefreshParameters, refresh  # imports Prefect: seconds

    state = refresh(RefreshParameters(raw=raw, clean=clean), return_state=True)
    code = command.outcome(state)
    if code == 0:
        console.print_report(state.result())
    return code


if __name__ == "__main__":
    prepare()
    command.end(main(*sys.argv[1:3]))
