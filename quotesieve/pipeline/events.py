"""What is logged of a plan and of a run's end: names and fields of the events, nothing of their form."""

import logging
from dataclasses import asdict
from typing import TYPE_CHECKING

from quotesieve.logs import event
from quotesieve.pipeline.plan import Plan

if TYPE_CHECKING:
    from quotesieve.pipeline.run import Report


def planned(plan: Plan) -> None:
    """What a run is going to do, and the files that it leaves to the next one."""
    event(
        "planned",
        records=plan.records,
        kept=len(plan.kept),
        forgotten=plan.forgotten,
        changes={change.code: change.count for change in plan.changes},
    )
    for path in plan.waiting:
        event("waiting", raw_path=path)


def reported(report: "Report") -> None:
    """How a run ended: the event is its state."""
    fields = asdict(report)
    fields["changes"] = {change.code: change.count for change in report.changes}
    state = fields.pop("state")
    event(state, level=logging.INFO if state in ("published", "unchanged") else logging.WARNING, **fields)
