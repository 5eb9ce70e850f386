"""Report: the HTML page of a run."""

from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from quotesieve.report import write_report
from tasks.retry import may_pass


@task(
    name="report",
    task_run_name="report",
    retries=1,
    retry_delay_seconds=5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def report(clean: str) -> str:
    """Write the report of the current snapshot; return its path."""
    page = write_report(Path(clean))
    get_run_logger().info("report: %s", page)
    return page.as_posix()
