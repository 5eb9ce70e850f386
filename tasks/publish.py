"""Publish: group the quotes and paragraphs of all shards, write what changed, swap the snapshot."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from quotesieve.pipeline.run import Report, Run
from tasks.retry import may_pass


@task(
    name="publish",
    task_run_name="publish",
    retries=1,
    retry_delay_seconds=5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def publish(work: Run) -> Report:
    """Deduplicate and publish; return the run's report."""
    report = work.finish()
    if report.state == "refused":
        get_run_logger().error("the gate is closed: snapshot %s is not published", report.snapshot)
        return report
    get_run_logger().info(
        "published snapshot %s: %s quotes, superseded versions left out, are printings of %s statements",
        report.snapshot,
        f"{report.counts['mentions']:,}",
        f"{report.counts['passages']:,}",
    )
    return report
