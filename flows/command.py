"""A flow from the command line: a look before Prefect starts, one line and an exit code at the end."""

import atexit
import logging
import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

from flows import environment
from quotesieve.process import give_large_blocks_back

if TYPE_CHECKING:
    from prefect import Flow
    from prefect.states import State
    from pydantic import BaseModel


def run(flow: "Flow[..., Any]", kind: "type[BaseModel]", program: str, doc: str) -> NoReturn:
    """Run the flow once with the parameters that the command line gives, and end the process."""
    from flows.parameters import from_command_line

    parameters = from_command_line(kind, program, doc)
    give_large_blocks_back()
    end(outcome(flow(parameters, return_state=True)) if can_start() else 1)


def can_start() -> bool:
    """Whether a Prefect server is there or can be started; says so where not: Prefect tries for minutes."""
    if os.environ.get("PREFECT_API_URL") or environment.has_loopback():
        return True
    print(
        f"quotesieve: cannot listen on {environment.HOST}; `quotesieve run` needs no server",
        file=sys.stderr,
    )
    return False


def outcome(state: "State[Any]") -> int:
    """The exit code, 0 or 1; how the flow ended is said where it did not end well.

    `quotesieve run` tells the ways of failing apart by its exit code; a flow does by the name of its state.
    """
    if state.is_completed():
        return 0
    print(f"quotesieve: the flow ended {state.name}: {state.message}", file=sys.stderr)
    return 1


def end(code: int) -> NoReturn:
    """End the process, what is registered for its end included.

    Prefect's threads live on while the interpreter is taken down, and DuckDB's binding then lists every
    object of its own as leaked, sixty lines after the report.
    """
    try:
        logging.shutdown()  # sends Prefect's last lines while its server is there
        atexit._run_exitfuncs()
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)
