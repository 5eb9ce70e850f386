"""The names of the final states, and which state a run ends in.

Completed   published                                    (type COMPLETED)
Unchanged   nothing to do; the snapshot before stands    (COMPLETED)
Degraded    published, with warnings or held-back articles (COMPLETED)
Refused     the gate is closed: nothing was published    (FAILED)
Differs     a rebuild is not what the data set says      (FAILED)
Damaged     verification found something                 (FAILED)
Overdue     verification found no run since the hour it was given (FAILED)
Failed      an error; what a person must mend is the message, in one line
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from prefect import get_run_logger
from prefect.states import Completed, Failed, State

from quotesieve.errors import ConservationError, QuotesieveError
from quotesieve.pipeline.run import Report

P = ParamSpec("P")

GOOD = ("Completed", "Unchanged", "Degraded")
BAD = ("Refused", "Differs", "Damaged", "Overdue", "Failed", "Crashed", "TimedOut")
FINAL = (*GOOD, *BAD, "Cancelled")

NAMES = {"published": "Completed", "unchanged": "Unchanged", "degraded": "Degraded", "refused": "Refused"}


def final_state(report: Report) -> State[Any]:
    """The state that a refresh ends in, with a message that says why."""
    name = NAMES[report.state]
    if name == "Refused":
        return Failed(name=name, message=f"nothing was published. {_findings(report)}")
    return Completed(name=name, message=_message(report), data=report)


def plainly(body: Callable[P, State[Any]]) -> Callable[P, State[Any]]:
    """For the body of a flow: what a person must mend ends it Failed, in one line and without a traceback."""

    @wraps(body)
    def run(*arguments: P.args, **named: P.kwargs) -> State[Any]:
        try:
            return body(*arguments, **named)
        except ConservationError:
            raise  # a bug: its traceback is wanted
        except QuotesieveError as error:
            get_run_logger().error("%s", error)
            return Failed(message=str(error))

    return run


def _message(report: Report) -> str:
    head = f"snapshot {report.snapshot}"
    return f"{head}. {_findings(report)}" if report.state == "degraded" else head


def _findings(report: Report) -> str:
    """The findings that count, worst first, in one line."""
    order = ("refuse", "hold", "warn")
    worst = sorted((f for f in report.findings if f.severity in order), key=lambda f: order.index(f.severity))
    held = [f"{count} articles of {outlet} held back" for outlet, count in report.quarantined.items()]
    return "; ".join([*(finding.message.rstrip(".") for finding in worst[:5]), *held])
