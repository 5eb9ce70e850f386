"""A whole run: plan, stage, finish, report. What `quotesieve run` and `qs.run` do."""

import os
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from quotesieve.errors import ConservationError
from quotesieve.pipeline.finish import finish
from quotesieve.pipeline.plan import Change, Plan, make_plan
from quotesieve.pipeline.shards import StagedShard, stage, stage_refused
from quotesieve.pipeline.workers import Workers
from quotesieve.settings import DEFAULTS, Settings, make_settings
from quotesieve.store import snapshot
from quotesieve.store.snapshot import Snapshot, read_table

# Told of progress: what is being done, how many records of how many.
Progress = Callable[[str, int, int], None]


def no_progress(stage_name: str, done: int, total: int) -> None:
    """The progress of a run that nobody watches."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `counts` are of the published snapshot; times are of this run alone."""

    state: str  # published | unchanged
    raw: str
    clean: str
    snapshot: str
    tables: str  # the folder that holds them
    counts: Mapping[str, int]
    changes: tuple[Change, ...]
    rejections: Mapping[str, int]  # of the snapshot, by reason
    waiting: tuple[str, ...]
    seconds: float

    @property
    def articles(self) -> int:
        """Articles in the snapshot, all versions."""
        return self.counts["articles"]

    def to_json(self) -> dict[str, Any]:
        """For machines: plain types, counts at the top level too."""
        return asdict(self) | dict(self.counts)


def run(
    raw: str | os.PathLike[str],
    clean: str | os.PathLike[str],
    settings: Settings | Mapping[str, Mapping[str, Any]] = DEFAULTS,
    *,
    full: bool = False,
    progress: Progress = no_progress,
) -> Report:
    """Bring CLEAN up to date with RAW: everything that changed, and nothing else.

    `raw` is a folder, a file or an fsspec URL; `clean` a local folder. With `full` every record
    is processed again; ids stay. Raises InputFolderMissing, ManifestError, SettingsError,
    Locked, SnapshotError or ConservationError; bad input is in the rejections table instead.
    """
    chosen = settings if isinstance(settings, Settings) else make_settings(settings)
    started = time.monotonic()
    folder = Path(clean)
    with snapshot.lock(folder):
        plan = make_plan(os.fspath(raw), folder, chosen, full=full)
        if plan.previous is not None and plan.is_empty:
            return unchanged(plan, started)
        with Workers(chosen.run.workers) as workers:
            staged = stage_everything(plan, workers, progress)
            progress("matching", 0, 1)
            published = finish(plan, staged, workers)
            progress("matching", 1, 1)
    return report(plan, published, started)


def stage_everything(plan: Plan, workers: Workers, progress: Progress) -> list[StagedShard]:
    """All shards of a plan, in the order in which they will be numbered."""
    staged = stage_refused(plan)
    done = len(plan.refused)
    progress("cleaning", done, plan.records)
    for group in plan.groups():
        for shard in stage(plan, group, workers):
            staged.append(shard)
            done += shard.articles + shard.rejections
            progress("cleaning", done, plan.records)
    return staged


def unchanged(plan: Plan, started: float) -> Report:
    """The report of a run that had nothing to do."""
    if plan.previous is None:
        raise ConservationError("a plan without an earlier snapshot is never unchanged: a bug")
    snapshot.mend_link(plan.clean, plan.previous)
    return _report("unchanged", plan, plan.previous, started)


def report(plan: Plan, published: Snapshot, started: float) -> Report:
    """The report of a run that published."""
    return _report("published", plan, published, started)


def _report(state: str, plan: Plan, current: Snapshot, started: float) -> Report:
    rejected = Counter(read_table(plan.clean, "rejections", ("reason",)).column("reason").to_pylist())
    return Report(
        state=state,
        raw=plan.source.root,
        clean=plan.clean.as_posix(),
        snapshot=current.id,
        tables=(plan.clean / "current").as_posix(),
        counts=dict(current.counts),
        changes=plan.changes,
        rejections=dict(rejected.most_common()),
        waiting=plan.waiting,
        seconds=round(time.monotonic() - started, 3),
    )
