"""Articles are cleaned again where a line came to be boilerplate with this run, or is no longer.

Between the gate and grouping: now it is known which articles the snapshot will hold, and so which
lines their outlets repeat. What is counted of a line does not depend on what was removed before, so
one pass is enough, and a full rebuild ends with the same rows as any number of runs.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.pipeline.boilerplate import published_fingerprints
from quotesieve.pipeline.contents import HeldBack
from quotesieve.pipeline.plan import FileWork, Plan
from quotesieve.pipeline.shards import StagedShard, stage
from quotesieve.pipeline.workers import Workers
from quotesieve.stages.boilerplate import boilerplate_lines, stale
from quotesieve.stages.corrections import Applied
from quotesieve.store import fingerprints
from quotesieve.store.fingerprints import FINGERPRINTS, keys_of
from quotesieve.store.ledger import Key
from quotesieve.store.listing import list_input
from quotesieve.store.parquet import read_scratch


def settle(
    plan: Plan, staged: Sequence[StagedShard], held: HeldBack, workers: Workers
) -> tuple[Plan, list[StagedShard]]:
    """The plan and the shards after every article concerned was cleaned again.

    Where part of the input was left out (a selection, `forget`) nothing is done: the next whole run is told
    by the plan. So it is of records whose file changed since it was read.
    """
    if plan.left or plan.made_by is not None:
        return plan, list(staged)
    rows = _rows(plan, staged, held)
    lines = boilerplate_lines(rows)
    differs = stale(rows, lines).tolist()
    due = {key for key, is_due in zip(keys_of(rows), differs, strict=True) if is_due}
    # What is quarantined stays as it was published: its file holds what was held back.
    work = list(_work(plan, due - held.instead.keys() - plan.quarantine.keys()))
    if not work:
        return plan, list(staged)
    again = frozenset(Key(piece.file.path, number) for piece in work for number in piece.records or ())
    done = list(stage(replace(plan, boilerplate=lines), [work], workers))
    moved = [_only(piece, plan.kept.keys()) for piece in work]
    plan = replace(
        plan,
        kept={key: entry for key, entry in plan.kept.items() if key not in again},
        work=(*plan.work, *(piece for piece in moved if piece.count)),
        cleaned_again=len(again),
    )
    return plan, [*(_superseded(shard, again) for shard in staged), *done]


def _rows(plan: Plan, staged: Sequence[StagedShard], held: HeldBack) -> pa.Table:
    """The fingerprints of all articles that the snapshot will hold."""
    before = published_fingerprints(plan.clean, plan.previous, plan.damaged)
    new = fingerprints.read(Path(entry.path) for s in staged if (entry := s.entry(FINGERPRINTS.name)))
    kept = plan.kept.keys() | held.instead.keys()
    is_old = pa.array([key in kept for key in keys_of(before)], pa.bool_())
    is_new = pa.array([key not in held.keys for key in keys_of(new)], pa.bool_())
    return pa.concat_tables([before.filter(is_old), new.filter(is_new)])


def _work(plan: Plan, due: Set[Key]) -> Iterator[FileWork]:
    """The files to read once more, in the order of the listing, those left out that changed meanwhile."""
    if not due:
        return
    by_path: dict[str, set[int]] = {}
    for key in due:
        by_path.setdefault(key.raw_path, set()).add(key.record)
    known = _digests(plan)
    files, _, _ = list_input(plan.source.root, plan.source.settings.input)
    for file in files:
        records = by_path.get(file.path)
        if records and (digest := plan.source.digest(file)) == known.get(file.path):
            yield FileWork(file, digest, frozenset(records), len(records))


def _digests(plan: Plan) -> Mapping[str, str | None]:
    """The digest that each file of the plan was read or kept with."""
    kept = {key.raw_path: entry.file_digest for key, entry in plan.kept.items()}
    return kept | {piece.file.path: piece.digest for piece in plan.work} | dict(plan.containers)


def _only(piece: FileWork, kept: Set[Key]) -> FileWork:
    """The part of the work that the plan did not have: records that were to stay as they are."""
    own = frozenset(number for number in piece.records or () if Key(piece.file.path, number) in kept)
    return replace(piece, records=own, count=len(own))


def _superseded(shard: StagedShard, again: Set[Key]) -> StagedShard:
    """The shard without the articles that another one has now."""
    figures = read_scratch(Path(shard.folder) / "figures.arrow")
    keys = keys_of(figures)
    lost = [key in again for key in keys]
    if not any(lost):
        return shard
    removed = pc.sum(figures.column("lines_removed").filter(pa.array(lost, pa.bool_()))).as_py()
    own = frozenset(key for key, is_lost in zip(keys, lost, strict=True) if is_lost)
    applied = [(one, Applied(*one)) for one in shard.corrected]
    corrected = [row for row, one in applied if Key.of(one.raw_path, one.record) not in own]
    return replace(shard, superseded=own, corrected=corrected, lines_removed=shard.lines_removed - removed)
