"""Rebuild: make every record again in a folder of its own, and compare that with the data set.

    python -m flows.rebuild --help

CLEAN is only read. The rebuild starts from a hard-linked copy of the current snapshot, so that ids
are kept as a full run keeps them; records that are new or changed since are left as they were.
"""

import shutil
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.states import Completed, Failed, State
from prefect.task_runners import ThreadPoolTaskRunner

from flows import artifacts, command
from flows.naming import due, parameters_of_run
from flows.parameters import RebuildParameters
from flows.states import final_state, plainly
from quotesieve.pipeline.run import Run
from quotesieve.pipeline.selection import Selection
from quotesieve.settings import Settings, make_settings, sections
from tasks.clean import clean
from tasks.compare import clone, compare
from tasks.plan import plan
from tasks.publish import publish


def run_name() -> str:
    """The name of a flow run: when it was due and what it checks."""
    return f"{due()} rebuild of {parameters_of_run(RebuildParameters).clean}"


@flow(
    name="rebuild",
    description="Make every record again beside CLEAN and compare: same groups, same ids, same rows.",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type]
    persist_result=False,
)
@plainly
def rebuild(parameters: RebuildParameters = RebuildParameters()) -> State[Any]:  # noqa: B008
    """Clone the snapshot, process every record of it again there, compare, say what differs."""
    target = Path(parameters.rebuilt or f"{parameters.clean.rstrip('/')}.rebuilt")
    before = clone(parameters.clean, str(target))
    with Run(parameters.raw, target, ungated(parameters.settings())) as work:
        plan(work, True, Selection(known=True))
        for piece in [clean.submit(work, number + 1, work.pieces) for number in range(work.pieces)]:
            piece.result()
        made = publish(work)
    if made.state == "refused":
        return final_state(made)
    found = compare(str(target), before)
    artifacts.leave_comparison(found, str(target))
    if found.same and parameters.keep == "if it differs":
        shutil.rmtree(target, ignore_errors=True)
    if found.same:
        return Completed(message=f"{found.rows:,} rows of snapshot {found.left} are the same", data=found)
    for difference in found.differences:
        get_run_logger().error("%s", difference)
    tables = ", ".join(difference.table for difference in found.differences)
    return Failed(name="Differs", message=f"snapshot {found.left} differs from its rebuild in: {tables}")


def ungated(settings: Settings) -> Settings:
    """The settings without a quality gate: a rebuild of everything is unlike any night, and not published."""
    return make_settings({"gate": {"mode": "off"}}, base=settings) if "gate" in sections() else settings


def main() -> None:
    """Run the flow once from the command line."""
    command.run(rebuild, RebuildParameters, "python -m flows.rebuild", __doc__.split("\n")[0])


if __name__ == "__main__":
    main()
