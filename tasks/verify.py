"""Verify: every law of a published snapshot."""

from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from quotesieve.pipeline.verify import Verification
from quotesieve.pipeline.verify import verify as verify_snapshot
from tasks.retry import may_pass


@task(
    name="verify",
    task_run_name="verify {clean}",
    retries=1,
    retry_delay_seconds=5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def verify(clean: str) -> Verification:
    """Check the current snapshot of `clean`; return what was found."""
    log = get_run_logger()
    found = verify_snapshot(Path(clean))
    log.info("checked %s", ", ".join(f"{count:,} {name}" for name, count in found.checked.items()))
    for finding in found.findings[:10]:
        log.error("%s: %s: %s", finding.law, finding.where, finding.detail)
    return found
