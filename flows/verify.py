"""Verify: prove that the current snapshot is what it says, and that it is not an old one.

python -m flows.verify --help
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.states import Completed, Failed, State

from flows import artifacts, command
from flows.naming import due, parameters_of_run
from flows.parameters import VerifyParameters
from flows.states import plainly
from quotesieve.pipeline import alerts
from tasks.verify import verify as verify_snapshot


def run_name() -> str:
    """The name of a flow run: when it was due and what it checks."""
    return f"{due()} verify {parameters_of_run(VerifyParameters).clean}"


@flow(
    name="verify",
    description="Check files, keys, offsets to the raw bytes, and a reason for every merge.",
    flow_run_name=run_name,
    persist_result=False,
)
@plainly
def verify(parameters: VerifyParameters = VerifyParameters()) -> State[Any]:  # noqa: B008
    """Check every law, what does not hold becomes a table on the run page; then whether a run is overdue."""
    found = verify_snapshot(parameters.clean)
    artifacts.leave_verification(found)
    if not found.ok:
        first = found.findings[0]
        about = f"{len(found.findings)} findings in snapshot {found.snapshot}"
        return Failed(name="Damaged", message=f"{about}, such as {first.law}: {first.where}")
    if parameters.no_run_since:
        hour = alerts.parse_hour(parameters.no_run_since)
        if missing := alerts.missing_since(Path(parameters.clean), hour, datetime.now().astimezone()):
            return Failed(name="Overdue", message=str(missing["message"]))
    return Completed(message=f"every law holds for snapshot {found.snapshot}", data=found)


def main() -> None:
    """Run the flow once from the command line."""
    command.run(verify, VerifyParameters, "python -m flows.verify", __doc__.split("\n")[0])


if __name__ == "__main__":
    main()
