"""A whole run: plan, stage, finish, report. What `quotesieve run` and `qs.run` do."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from quotesieve.errors import ConservationError
from quotesieve.model import Finding
from quotesieve.pipeline import events
from quotesieve.pipeline.admission import Verdict
from quotesieve.pipeline.clock import Clock
from quotesieve.pipeline.finish import finish
from quotesieve.pipeline.plan import Change, Plan, make_plan
from quotesieve.pipeline.refused import drop_refused, folder_of
from quotesieve.pipeline.selection import ALL, Selection
from quotesieve.pipeline.shards import StagedShard, stage, stage_refused
from quotesieve.pipeline.workers import Workers
from quotesieve.settings import DEFAULTS, Settings, make_settings
from quotesieve.store import erase, runs, snapshot
from quotesieve.store.snapshot import Snapshot, read_table

# Told of progress: what is being done, how many records of how many.
Progress = Callable[[str, int, int], None]


def no_progress(stage_name: str, done: int, total: int) -> None:
    """The progress of a run that nobody watches."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a run did. `counts` are of the published snapshot; times are of this run alone."""

    state: str  # published | unchanged | degraded | refused
    raw: str
    clean: str
    snapshot: str  # the one it published; if refused, the one that was not
    tables: str  # the folder that holds them
    counts: Mapping[str, int]
    changes: tuple[Change, ...]
    rejections: Mapping[str, int]  # of the snapshot, by reason
    waiting: tuple[str, ...]
    seconds: float
    findings: tuple[Finding, ...] = ()
    quarantined: Mapping[str, int] = field(default_factory=dict)  # outlet -> articles held back by this run
    started_at: str = ""  # ISO 8601
    left: int = 0  # records that changed but are outside the selection

    @property
    def articles(self) -> int:
        """Articles in the snapshot, all versions."""
        return self.counts["articles"]

    def to_json(self) -> dict[str, Any]:
        """For machines: plain types, counts at the top level too."""
        return asdict(self) | dict(self.counts)


class Run:
    """One run, piece by piece: the lock, the plan and the workers, from entering to leaving.

        with Run("data/raw", "data/clean") as work:
            for shard in work.stage(*range(work.pieces)):
                ...
            report = work.finish()

    Pieces may be staged together or one by one, in several threads and in any order. Raises what
    `run` raises.
    """

    plan: Plan

    def __init__(
        self,
        raw: str | os.PathLike[str],
        clean: str | os.PathLike[str],
        settings: Settings = DEFAULTS,
        *,
        started: datetime | None = None,
    ) -> None:
        self._raw, self._clean, self._settings = os.fspath(raw), Path(clean), settings
        self._held = ExitStack()
        self._staged: dict[tuple[int, ...], list[StagedShard]] = {}  # by the pieces staged together
        self._clock = Clock(started) if started else Clock()

    def __enter__(self) -> Self:
        self._held.enter_context(snapshot.lock(self._clean))
        self._workers = self._held.enter_context(Workers(self._settings.run.workers))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._held.close()

    def make_plan(self, *, full: bool = False, selection: Selection = ALL) -> Plan:
        """Plan; to be called once, before anything else."""
        self.plan = make_plan(
            self._raw,
            self._clean,
            self._settings,
            full=full,
            selection=selection,
            when_much=self._workers.prepare,
        )
        self._groups = self.plan.groups() if self.plan.work else []
        self._staged[()] = stage_refused(self.plan)
        events.planned(self.plan)
        return self.plan

    @property
    def pieces(self) -> int:
        """Into how many pieces the cleaning is divided."""
        return len(self._groups)

    def stage(self, *pieces: int) -> Iterator[StagedShard]:
        """Clean and extract some pieces, at least one; yields each shard when it is finished.

        Pieces staged together leave no worker waiting for the last shard of each.
        """
        own = self._staged.setdefault(pieces, [])
        own.clear()  # a task that is tried again finds its finished shards on disk
        for shard in stage(self.plan, [self._groups[piece] for piece in pieces], self._workers):
            own.append(shard)
            yield shard

    def finish(self) -> Report:
        """Group, write what changed, publish. All pieces must have been staged."""
        staged = [shard for pieces in sorted(self._staged) for shard in self._staged[pieces]]
        found, verdict = finish(self.plan, staged, self._workers, self._clock)
        return self._report(verdict.state, found, verdict)

    def unchanged(self) -> Report:
        """The report of a run that has nothing to do."""
        if self.plan.previous is None:
            raise ConservationError("a plan without an earlier snapshot is never unchanged: a bug")
        snapshot.mend_link(self.plan.clean, self.plan.previous)
        drop_refused(self.plan.clean)  # what it was made of is no longer there
        return self._report("unchanged", self.plan.previous)

    def _report(self, state: str, current: Snapshot, verdict: Verdict | None = None) -> Report:
        """The report; that the run ended is noted for those who wait for it."""
        clean, clock = self.plan.clean, self._clock
        runs.note_run(clean, state, current.id, clock.started, clock.now())
        report = _report(state, self.plan, current, clock, verdict)
        if state != "refused":
            erase.erase(clean)  # what a `forget` that was cut short left
        events.reported(report)
        return report


def run(
    raw: str | os.PathLike[str],
    clean: str | os.PathLike[str],
    settings: Settings | Mapping[str, Mapping[str, Any]] = DEFAULTS,
    *,
    full: bool = False,
    selection: Selection = ALL,
    progress: Progress = no_progress,
    started: datetime | None = None,
) -> Report:
    """Bring CLEAN up to date with RAW: everything that changed, and nothing else.

    `raw` is a folder, a file or an fsspec URL; `clean` a local folder. With `full` every record
    is processed again; ids stay. With a `selection` the rest is left as it is. `started` is the time
    of the run where it is not now: what the quality gate compares with depends on it.

    Raises InputFolderMissing, ManifestError, OutletsError, SettingsError, Locked, SnapshotError or
    ConservationError; bad input is in the rejections table instead, and a run whose figures are out
    of range returns with state "degraded" or "refused".
    """
    chosen = settings if isinstance(settings, Settings) else make_settings(settings)
    with Run(raw, clean, chosen, started=started) as work:
        plan = work.make_plan(full=full, selection=selection)
        if plan.is_empty:
            return work.unchanged()
        done = len(plan.refused)
        for shard in work.stage(*range(work.pieces)) if work.pieces else ():
            done += shard.articles + shard.rejections
            progress("cleaning", done, plan.records)
        progress("matching", 0, 1)
        return work.finish()


def _report(state: str, plan: Plan, current: Snapshot, clock: Clock, verdict: Verdict | None) -> Report:
    place = folder_of(plan.clean) / current.id if state == "refused" else plan.clean
    rejected = Counter(read_table(place, "rejections", ("reason",)).column("reason").to_pylist())
    return Report(
        state=state,
        raw=plan.source.root,
        clean=plan.clean.as_posix(),
        snapshot=current.id,
        tables=(place / "current").as_posix(),
        counts=dict(current.counts),
        changes=plan.changes,
        rejections=dict(rejected.most_common()),
        waiting=plan.waiting,
        left=plan.left,
        seconds=round(clock.seconds, 3),
        findings=verdict.findings if verdict else (),
        quarantined=verdict.quarantined if verdict else {},
        started_at=clock.started.isoformat(),
    )
