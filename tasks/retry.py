"""Which failures of a task are worth another try."""

from typing import Any

from prefect.client.schemas.objects import TaskRun
from prefect.states import State
from prefect.tasks import Task

from quotesieve.errors import QuotesieveError


def may_pass(task: Task[..., Any], run: TaskRun, state: State[Any]) -> bool:
    """A disk or network may be there again in a moment; what a person must mend will not mend itself."""
    return not isinstance(state.result(raise_on_failure=False), QuotesieveError)
