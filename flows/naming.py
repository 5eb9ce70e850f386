"""Names of flow runs: the hour they were due and what they work on."""

from typing import Any

from prefect import runtime
from pydantic import BaseModel


def parameters_of_run(kind: type[BaseModel]) -> Any:
    """The parameters of the run at hand, whether they came from a form or from Python."""
    given = runtime.flow_run.parameters.get("parameters") or kind()
    return given if isinstance(given, kind) else kind(**given)


def due() -> str:
    """When the run was due, in local time: `22 Nov 02:00`."""
    return f"{runtime.flow_run.scheduled_start_time.astimezone():%d %b %H:%M}"
