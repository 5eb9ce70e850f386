"""Refresh: bring data/clean up to date with data/raw, as a Prefect flow.

    python -m flows.refresh --help
    python -m flows.refresh --raw data/raw --clean data/clean

Needs no server: without PREFECT_API_URL Prefect starts one for the length of the run.
"""

import argparse
from typing import Any

from prefect import flow, get_run_logger, runtime
from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.states import Completed, State
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel, Field

from flows.summary import summary_markdown, tables
from quotesieve.cli import load_settings, settings_parser
from quotesieve.pipeline.run import Report, Run
from tasks.clean import clean
from tasks.plan import plan
from tasks.publish import publish


class RefreshParameters(BaseModel):
    """What a refresh works on."""

    raw: str = Field("data/raw", description="Folder, file or fsspec URL of scraped articles")
    clean: str = Field("data/clean", description="Folder of the data set")
    full: bool = Field(False, description="Process every record again; ids stay")
    settings_file: str | None = Field(
        None, description="Settings file (TOML); quotesieve.toml in the working directory if empty"
    )
    threshold: float | None = Field(
        None, ge=0, le=100, description="Score at which two statements merge; the settings' if empty"
    )
    workers: int = Field(0, ge=0, description="Worker processes; 0 means one a core")


def run_name() -> str:
    """The name of a flow run: what it works on."""
    given: Any = runtime.flow_run.parameters.get("parameters") or RefreshParameters()
    chosen = given if isinstance(given, RefreshParameters) else RefreshParameters(**given)
    return f"{chosen.raw} to {chosen.clean}" + (" (full)" if chosen.full else "")


@flow(
    name="refresh",
    flow_run_name=run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=2),  # type: ignore[arg-type]
    persist_result=False,
)
def refresh(parameters: RefreshParameters = RefreshParameters()) -> State[Any]:  # noqa: B008
    """Plan, clean what changed piece by piece, publish, and leave a summary as artifacts."""
    log = get_run_logger()
    settings = load_settings(_as_flags(parameters))
    with Run(parameters.raw, parameters.clean, settings) as work:
        plan(work, parameters.full)
        if work.plan.is_empty:
            report = work.unchanged()
            log.info("nothing changed since snapshot %s", report.snapshot)
        else:
            pieces = [clean.submit(work, number + 1, work.pieces) for number in range(work.pieces)]
            for piece in pieces:
                piece.result()
            report = publish(work)
    _leave_artifacts(report)
    name = "Unchanged" if report.state == "unchanged" else "Completed"
    return Completed(name=name, message=f"snapshot {report.snapshot}", data=report)


def _as_flags(parameters: RefreshParameters) -> argparse.Namespace:
    """The parameters as the command line's settings flags: both take the same way to the settings."""
    flags = ["--workers", str(parameters.workers)]
    if parameters.settings_file:
        flags += ["--settings", parameters.settings_file]
    if parameters.threshold is not None:
        flags += ["--threshold", str(parameters.threshold)]
    return settings_parser().parse_args(flags)


def _leave_artifacts(report: Report) -> None:
    create_markdown_artifact(summary_markdown(report), key="refresh-summary", description="What the run did")
    for key, (description, rows) in tables(report).items():
        create_table_artifact(rows, key=key, description=description)


def main() -> None:
    """Run the flow once from the command line."""
    parser = argparse.ArgumentParser(prog="python -m flows.refresh", description=__doc__.split("\n")[0])
    for name, field in RefreshParameters.model_fields.items():
        flag = "--" + name.replace("_", "-")
        if field.annotation is bool:
            parser.add_argument(flag, action="store_true", help=field.description)
        else:
            parser.add_argument(
                flag, default=field.default, help=f"{field.description} (default: {field.default})"
            )
    given = {key: value for key, value in vars(parser.parse_args()).items() if value is not None}
    refresh(RefreshParameters(**given))


if __name__ == "__main__":
    main()
