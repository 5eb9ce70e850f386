"""Clean: one piece of the raw input to staged shards, in the worker processes of the run."""

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from quotesieve.pipeline.run import Run
from tasks.retry import may_pass


@task(
    name="clean",
    task_run_name="clean piece {number} of {pieces}",
    retries=2,
    retry_delay_seconds=5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def clean(work: Run, number: int, pieces: int) -> dict[str, int]:
    """Clean and extract piece `number` (from 1); return its counts."""
    log = get_run_logger()
    counts = {"articles": 0, "rejections": 0, "lines": 0, "lines_removed": 0, "mentions": 0}
    for shard in work.stage(number - 1):
        for name in counts:
            counts[name] += getattr(shard, name)
        log.info("%s articles cleaned so far in this piece", f"{counts['articles']:,}")
    log.info(
        "%s of %s lines removed, %s quotes found, %s records rejected",
        f"{counts['lines_removed']:,}",
        f"{counts['lines']:,}",
        f"{counts['mentions']:,}",
        f"{counts['rejections']:,}",
    )
    return counts
