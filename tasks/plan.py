"""Plan: what changed since the last snapshot."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from quotesieve.pipeline.run import Run
from quotesieve.pipeline.selection import ALL, Selection
from tasks.retry import may_pass


@task(
    name="plan",
    task_run_name="plan",
    retries=2,
    retry_delay_seconds=5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def plan(work: Run, full: bool, selection: Selection = ALL) -> dict[str, int]:
    """Compare the input with the ledger; return how many records change, by reason."""
    log = get_run_logger()
    made = work.make_plan(full=full, selection=selection)
    for change in made.changes:
        log.info("%s records %s, such as %s", f"{change.count:,}", change.code, change.example)
    for path in made.waiting:
        log.info("%s is still being written: it waits for the next run", path)
    if made.left:
        log.info("%s records changed but are outside the selection: they wait", f"{made.left:,}")
    log.info("%s records unchanged, %s to process", f"{len(made.kept):,}", f"{made.records:,}")
    return {change.code: change.count for change in made.changes}
