"""Between a run and its gate: what arrived, what is held back, and the rows of `runs` that say so.

`admit` judges what is known before quotes are compared, so that what is held back never enters the
tables; `conclude` judges the rest. Ranges and severities are `pipeline.gate`'s.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.model import Finding, Rejection
from quotesieve.pipeline import figures, gate, trends
from quotesieve.pipeline.contents import NOTHING_HELD, HeldBack, Shard
from quotesieve.pipeline.figures import SUMS, Figures
from quotesieve.pipeline.gate import Arrival
from quotesieve.pipeline.plan import Plan
from quotesieve.pipeline.shards import StagedShard, stage_held
from quotesieve.pipeline.trends import History
from quotesieve.store import ledger, quarantine, runs
from quotesieve.store.ledger import Entry, Key
from quotesieve.store.parquet import read_scratch
from quotesieve.store.quarantine import Held

REBUILD = frozenset({"full", "code", "settings"})  # reasons to process what has not changed
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Admission:
    """What arrived and what was found of it before quotes were compared."""

    started: datetime
    past: Sequence[Row]  # of runs
    history: History
    arrival: Arrival  # what is new
    rebuilt: Arrival | None  # everything that was processed, if more than what is new was
    findings: tuple[Finding, ...]
    new: frozenset[str] = frozenset()  # ids of the new articles
    held: tuple[Held, ...] = ()  # by this run
    back: HeldBack = NOTHING_HELD
    stand_in: StagedShard | None = None  # the rejections that stand for what is held back

    @property
    def quarantined(self) -> dict[str, int]:
        """Articles that this run held back, by outlet."""
        return dict(sorted(Counter(one.outlet or "" for one in self.held).items()))


def admit(plan: Plan, staged: Sequence[StagedShard], started: datetime, run_id: str) -> Admission:
    """Judge what arrived, outlet by outlet and in all, and hold back what is to be held back."""
    past = runs.read(plan.clean, plan.previous)
    settings = plan.source.settings.gate
    history = _history(plan, past, started)
    if plan.made_by is not None:  # an article was taken out; nothing arrived that could be judged
        return Admission(started, past, history, Arrival({}, Figures(), started.weekday()), None, ())
    records = _records(staged)
    is_new = _new_mask(plan, records)
    arrived = records.filter(pa.array(is_new, pa.bool_()))
    known = {entry.digest for entry in plan.kept.values()} if arrived.num_rows else set()
    arrival = _arrival(arrived, started, known)
    findings = gate.judge_outlets(arrival, history, settings)
    findings += gate.judge_run(arrival, history, findings, settings)
    rebuilt = None
    if REBUILD & {change.code for change in plan.changes} and arrived.num_rows < records.num_rows:
        rebuilt = _arrival(records, started, ())
        findings += gate.judge_rebuild(rebuilt, _totals(past), settings)
    ids = frozenset(filter(None, arrived.column("article_id").to_pylist()))
    made = Admission(started, past, history, arrival, rebuilt, tuple(findings), ids)
    out = frozenset() if gate.is_refused(findings) else gate.held_outlets(findings)
    return _hold(plan, made, records, is_new, out, run_id)


def _history(plan: Plan, past: Sequence[Row], started: datetime) -> History:
    """The history that counts: of each outlet since its ways were last accepted."""
    accepted = quarantine.load_accepted(plan.clean)
    counting = [row for row in past if _counts(row, accepted)]
    return trends.make_history(counting, started, plan.source.settings.gate.window_days)


def _counts(row: Row, accepted: Mapping[str, datetime]) -> bool:
    since = accepted.get(row["outlet"] if row["outlet"] is not None else quarantine.WHOLE)
    return since is None or row["started_at"] >= since


def _records(staged: Sequence[StagedShard]) -> pa.Table:
    parts = [read_scratch(Path(shard.folder) / "figures.arrow") for shard in staged]
    return pa.concat_tables([figures.SCHEMA.empty_table(), *parts])


def _new_mask(plan: Plan, records: pa.Table) -> list[bool]:
    """Whether each record's content was not known before: neither published nor held back."""

    def is_new(key: Key, digest: str) -> bool:
        before, held = plan.previous_entries.get(key), plan.quarantine.get(key)
        return digest not in (before.digest if before else None, held.digest if held else None)

    return [is_new(key, digest) for key, digest in figures.of_keys(records)]


def _arrival(records: pa.Table, started: datetime, known: Collection[str]) -> Arrival:
    found = figures.by_outlet(records, known)
    named = {outlet: own for outlet, own in found.items() if outlet is not None}
    return Arrival(named, figures.total(found.values()), started.weekday())


def _totals(past: Iterable[Row]) -> dict[str | None, Figures]:
    """Everything that was ever published, by outlet and in all."""
    sums: dict[str | None, list[Figures]] = {}
    for row in past:
        if row["state"] != "refused" and not row["quarantined"]:
            sums.setdefault(row["outlet"], []).append(trends.figures_of(row))
    return {outlet: figures.total(several) for outlet, several in sums.items()}


# --- holding back -----------------------------------------------------------------------------


def _hold(
    plan: Plan, made: Admission, records: pa.Table, is_new: Sequence[bool], out: Collection[str], run_id: str
) -> Admission:
    """Take the outlets' new articles out, and what was held before and is not released."""
    why = {f.outlet: f.message for f in reversed(made.findings) if f.severity == "hold"}
    since = made.started.isoformat()
    new: list[Held] = []
    still: list[Held] = []
    columns = ("raw_path", "record", "digest", "file_digest", "article_id", "outlet")
    rows = zip(*(records.column(name).to_pylist() for name in columns), is_new, strict=True)
    for path, record, digest, file_digest, article_id, outlet, is_first in rows:
        if article_id is None:
            continue
        before = plan.quarantine.get(Key(path, record))
        if before is not None and before.digest == digest:
            if before.state != "released":
                still.append(replace(before, file_digest=file_digest))
        elif is_first and outlet in out:
            what = (digest, file_digest, article_id, outlet)
            new.append(Held(path, record, *what, "held", run_id, since, why[outlet]))
    if not new and not still:
        return made
    instead = _published_before(plan, [*new, *still])
    others = [one for one in [*new, *still] if one.key not in instead]
    stand_in = stage_held(plan, [_rejection(o) for o in others], [o.file_digest for o in others])
    keys = frozenset(one.key for one in [*new, *still])
    return replace(made, held=tuple(new), back=HeldBack(keys, instead), stand_in=stand_in if others else None)


def _published_before(plan: Plan, held: Iterable[Held]) -> dict[Key, Entry]:
    """The published contents of records that changed: they stay while the new content is held."""
    lost = {ledger.shard_of(path) for path in plan.damaged}
    before = ((one.key, plan.previous_entries.get(one.key)) for one in held)
    return {key: e for key, e in before if e is not None and e.article_id and e.shard not in lost}


def _rejection(held: Held) -> Rejection:
    return Rejection(
        raw_path=held.raw_path,
        record=held.record or None,
        stage="gate",
        reason="quarantined",
        detail=held.why,
        outlet=held.outlet,
        digest=held.digest,
    )


def remember(plan: Plan, made: Admission, run_id: str, shards: Iterable[Shard]) -> list[Held]:
    """The quarantine after this run: what is held by it and what is still in question from before.

    Left out is what was released and taken in, what changed since, and what is no longer in the input.
    """
    entries = {entry.key: entry for shard in shards for entry in shard.entries}
    new = [replace(one, run_id=run_id) for one in made.held]
    before = [
        one
        for key, one in plan.quarantine.items()
        if key in entries
        and not one.is_in(entries[key])
        and (key in plan.kept or key in made.back.keys)
        and key not in {other.key for other in new}
    ]
    return [*new, *before]


# --- after the comparison ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SnapshotFigures:
    """What the tables hold, by outlet; None is all of it."""

    articles: Mapping[str | None, int]
    passages: Mapping[str | None, int]


@dataclass(frozen=True, slots=True)
class Compared:
    """What the comparison of the quotes brought to light; the gate judges merges and faults."""

    contents: SnapshotFigures
    merged: Mapping[str | None, int]  # mentions of new articles that were merged, as `count_merged` has them
    faults: Sequence[Finding]  # broken keys: they refuse


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a run, and the rows that its tables say it with."""

    state: str
    findings: tuple[Finding, ...]
    quarantined: Mapping[str, int]  # articles that this run held back, by outlet
    rows: tuple[Row, ...]


def conclude(plan: Plan, made: Admission, run_id: str, compared: Compared, finished: datetime) -> Verdict:
    """Judge what the comparison brought to light, and write the run down."""
    if plan.made_by is not None:
        return Verdict("published", (), {}, ())
    arrival, contents = _with_merges(made.arrival, compared.merged), compared.contents
    findings = [*made.findings, *compared.faults]
    findings += gate.judge_merges(arrival, made.history, plan.source.settings.gate)
    state = gate.state_of(findings)
    names = sorted({*arrival.outlets, *(name for name in contents.articles if name is not None)})
    held = made.quarantined
    about = {
        "run_id": run_id,
        "started_at": made.started,
        "finished_at": finished,
        "state": state,
    }
    rows = [
        _row(
            about,
            name,
            arrival.outlets.get(name, Figures()) if name is not None else arrival.whole,
            contents,
            sum(held.values()) if name is None else held.get(name, 0),
            (finished - made.started).total_seconds() if name is None else None,
            [f for f in findings if f.outlet == name],
        )
        for name in [None, *names]
    ]
    return Verdict(state, tuple(findings), held, tuple(rows))


def _with_merges(arrival: Arrival, merged: Mapping[str | None, int]) -> Arrival:
    """What arrived, its merges counted."""
    outlets = {name: replace(own, merged=merged.get(name, 0)) for name, own in arrival.outlets.items()}
    return replace(arrival, outlets=outlets, whole=replace(arrival.whole, merged=merged.get(None, 0)))


def _row(
    about: Row,
    outlet: str | None,
    own: Figures,
    contents: SnapshotFigures,
    quarantined: int,
    seconds: float | None,
    findings: Sequence[Finding],
) -> Row:
    named = [asdict(finding) for finding in findings]
    return {
        **about,
        "outlet": outlet,
        "articles": contents.articles.get(outlet, 0),
        **{name: getattr(own, name) for name in SUMS},
        "passages": contents.passages.get(outlet, 0),
        "languages": [{"language": code, "articles": count} for code, count in own.languages.items()],
        "quarantined": quarantined,
        "seconds": seconds,
        "findings": [{key: value for key, value in f.items() if key != "outlet"} for f in named],
    }


def count_contents(
    entries: Iterable[Entry],
    outlets: Sequence[str],
    outlet_of: npt.NDArray[np.int32],
    labels: npt.NDArray[np.int64],
) -> SnapshotFigures:
    """Articles (from the ledger) and passages (from the mentions' outlets and groups) by outlet."""
    listed = [entry.outlet for entry in entries if entry.article_id is not None]
    articles: dict[str | None, int] = dict(Counter(name for name in listed if name is not None))
    groups = int(labels.max()) + 1 if len(labels) else 0
    printed = np.unique(outlet_of[outlet_of >= 0].astype(np.int64) * groups + labels[outlet_of >= 0])
    counts = np.bincount(printed // groups if groups else printed, minlength=len(outlets)).tolist()
    passages: dict[str | None, int] = dict(zip(outlets, counts, strict=True))
    return SnapshotFigures(articles | {None: len(listed)}, passages | {None: groups})


def count_merged(
    outlets: Sequence[str], outlet_of: npt.NDArray[np.int32], is_merged: npt.NDArray[np.bool_]
) -> dict[str | None, int]:
    """Merged mentions by outlet, None for all of them."""
    counts = np.bincount(outlet_of[is_merged & (outlet_of >= 0)], minlength=len(outlets)).tolist()
    return {None: int(is_merged.sum()), **dict(zip(outlets, counts, strict=True))}
