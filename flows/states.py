"""The names of the final states, and which state a run ends in.

Completed   published                                    (type COMPLETED)
Unchanged   nothing to do; the snapshot before stands    (COMPLETED)
Degraded    published, with warnings or held-back articles (COMPLETED)
Refused     the gate is closed: nothing was published    (FAILED)
Differs     a rebuild is not what the data set says      (FAILED)
Damaged     verification found something                 (FAILED)
"""

from typing import Any

from prefect.states import Completed, Failed, State

from quotesieve.pipeline.run import Report

GOOD = ("Completed", "Unchanged", "Degraded")
BAD = ("Refused", "Differs", "Damaged", "Failed", "Crashed", "TimedOut")
FINAL = (*GOOD, *BAD, "Cancelled")

NAMES = {"published": "Completed", "unchanged": "Unchanged", "degraded": "Degraded", "refused": "Refused"}


def final_state(report: Report) -> State[Any]:
    """The state that a refresh ends in, with a message that says why."""
    name = NAMES[report.state]
    if name == "Refused":
        return Failed(name=name, message=f"nothing was published. {_findings(report)}")
    return Completed(name=name, message=_message(report), data=report)


def _message(report: Report) -> str:
    head = f"snapshot {report.snapshot}"
    return f"{head}. {_findings(report)}" if report.state == "degraded" else head


def _findings(report: Report) -> str:
    """The findings that count, worst first, in one line."""
    order = ("refuse", "hold", "warn")
    worst = sorted((f for f in report.findings if f.severity in order), key=lambda f: order.index(f.severity))
    held = [f"{count} articles of {outlet} held back" for outlet, count in report.quarantined.items()]
    return "; ".join([*(finding.message.rstrip(".") for finding in worst[:5]), *held])
