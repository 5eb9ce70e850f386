"""Clone a snapshot and compare two: the ends of a full rebuild."""

from pathlib import Path

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE

from quotesieve.pipeline import compare as comparing
from quotesieve.pipeline.compare import Comparison, compare_snapshots
from quotesieve.store import snapshot
from quotesieve.store.snapshot import Snapshot
from tasks.retry import may_pass


@task(
    name="clone",
    task_run_name="clone",
    retries=2,  # a snapshot may be removed while it is linked
    retry_delay_seconds=5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def clone(clean: str, target: str) -> Snapshot:
    """Link the current snapshot of `clean` into `target`; return it."""
    current = comparing.clone(Path(clean), Path(target))
    get_run_logger().info("snapshot %s is what %s is rebuilt from and compared with", current.id, target)
    return current


@task(
    name="compare",
    task_run_name="compare",
    retries=1,
    retry_delay_seconds=5,
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def compare(target: str, before: Snapshot) -> Comparison:
    """Compare the snapshot that was cloned into `target` with what was rebuilt there."""
    folder = Path(target)
    found = compare_snapshots((folder, before), (folder, snapshot.require_current(folder)))
    get_run_logger().info("%s rows compared, %s tables differ", f"{found.rows:,}", len(found.differences))
    return found
