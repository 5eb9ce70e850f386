"""Refresh: bring data/clean up to date with data/raw, as a Prefect flow.

    python -m flows.refresh --help
    python -m flows.refresh --raw data/raw --clean data/clean

Needs no server: without PREFECT_API_URL Prefect starts one for the length of the run.
"""

from typing import Any

from prefect import flow, get_run_logger
from prefect.states import State
from prefect.task_runners import ThreadPoolTaskRunner

from flows import artifacts, command
from flows.naming import due, parameters_of_run
from flows.parameters import RefreshParameters
from flows.states import final_state, plainly
from quotesieve.pipeline.run import Report, Run
from tasks.clean import clean
from tasks.plan import plan
from tasks.publish import publish
from tasks.report import report as write_report


def run_name() -> str:
    """The name of a flow run: when it was due and what it works on."""
    return f"{due()} {parameters_of_run(RefreshParameters).title()}"


@flow(
    name="refresh",
    description="Bring CLEAN up to date with RAW: clean what changed, compare quotes, publish a snapshot.",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type]
    persist_result=False,
)
@plainly
def refresh(parameters: RefreshParameters = RefreshParameters()) -> State[Any]:  # noqa: B008
    """Plan, clean what changed piece by piece, publish, and leave a summary as artifacts."""
    with Run(parameters.raw, parameters.clean, parameters.settings()) as work:
        report = run_stages(work, parameters)
        page = report_page(report)
    log_findings(report)
    artifacts.leave_refresh(report, work.plan.previous, page)
    artifacts.tell_of_quarantine(report)
    return final_state(report)


def run_stages(work: Run, parameters: RefreshParameters) -> Report:
    """The stages in order; cleaning in pieces, two at a time."""
    plan(work, parameters.mode == "everything", parameters.selection())
    if work.plan.is_empty:
        report = work.unchanged()
        get_run_logger().info("nothing changed since snapshot %s", report.snapshot)
        return report
    pieces = [clean.submit(work, number + 1, work.pieces) for number in range(work.pieces)]
    for piece in pieces:
        piece.result()
    return publish(work)


def report_page(report: Report) -> str | None:
    """Path of the run's HTML report; a report that cannot be made does not undo the publication."""
    if report.state not in ("published", "degraded"):
        return None
    made = write_report(report.clean, return_state=True)
    return made.result(raise_on_failure=False) if made.is_completed() else None


def log_findings(report: Report) -> None:
    """What the quality gate found, one line each."""
    log = get_run_logger()
    for finding in report.findings:
        log.log(20 if finding.severity == "note" else 30, "%s: %s", finding.severity, finding.message)
    for outlet, count in report.quarantined.items():
        log.warning("%s articles of %s are held back", f"{count:,}", outlet)


def main() -> None:
    """Run the flow once from the command line."""
    command.run(refresh, RefreshParameters, "python -m flows.refresh", __doc__.split("\n")[0])


if __name__ == "__main__":
    main()
