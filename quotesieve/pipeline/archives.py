"""What earlier runs found out about mentions and paragraphs, from the index of the snapshot before.

Decides whether an index fits the shards of this run, and which of its statements stay. How it lies in
files is `pipeline.stored`'s; knows no rule of matching.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from quotesieve.logs import event
from quotesieve.match.adding import with_found
from quotesieve.match.archive import EMPTY, Archive, tidied
from quotesieve.match.group import Weighed
from quotesieve.match.normalise import running
from quotesieve.pipeline.contents import Shard, next_run
from quotesieve.pipeline.plan import Plan, dedup_digest
from quotesieve.pipeline.stored import FORMAT, new_keeps, restored, stored
from quotesieve.pipeline.version import code_digest
from quotesieve.store import forgotten, index
from quotesieve.store.index import Index, Unusable
from quotesieve.store.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Archived:
    """The archive of one table, of the statements that stay, and the shards that they are in."""

    archive: Archive = EMPTY
    shards: frozenset[str] = frozenset()


def made_by(plan: Plan) -> str:
    """What an index must have been made by to be of use."""
    return f"{FORMAT} {code_digest()} {dedup_digest(plan.source.settings)}"


def find_index(plan: Plan, shards: Sequence[Shard]) -> Index | None:
    """The index of the snapshot before; None, and the reason is told, if all must be compared anew."""
    if plan.previous is None or all(shard.scratch is not None for shard in shards):
        return None
    try:
        found = index.load(plan.clean, plan.previous.id, made_by(plan))
        for table, notes in found.notes.items():
            _check_shards(table, notes["shards"], shards)
    except Unusable as error:
        say_rebuilt(plan, str(error))
        return None
    return found


def say_rebuilt(plan: Plan, reason: str) -> None:
    """That all statements are compared anew, and why."""
    event("index_rebuilt", reason=reason, snapshot=plan.previous.id if plan.previous else None)


def _check_shards(table: str, known: Mapping[str, int], shards: Sequence[Shard]) -> None:
    for shard in shards:
        if shard.scratch is None:
            rows = shard.parts[table].rows if table in shard.parts else 0
            if known.get(shard.name) != rows:
                raise Unusable(f"stale: it does not fit the {table} of shard {shard.name}")


def read_archive(found: Index | None, table: str, shards: Sequence[Shard]) -> Archived:
    """The archive of one table as far as its statements stay."""
    if found is None:
        return Archived()
    archive = restored(found, table)
    known = [shard for shard in shards if shard.scratch is None]
    staying = _staying(found.notes[table]["shards"], table, known)
    return Archived(archive.keeping(staying), frozenset(shard.name for shard in known))


def _staying(listed: Mapping[str, int], table: str, known: Sequence[Shard]) -> npt.NDArray[np.int64]:
    """Which of the archive's statements stay, in the order of the shards."""
    starts = dict(zip(listed, running(np.array(list(listed.values()), np.int64)).tolist(), strict=False))
    parts = [np.empty(0, np.int64)]
    for shard in known:
        rows = shard.staying(table)
        own = np.arange(listed[shard.name]) if rows is None else np.flatnonzero(rows)
        parts.append(starts[shard.name] + own)
    return np.concatenate(parts)


def write_archive(
    plan: Plan, table: str, weighed: Weighed, rows: Mapping[str, int], found: Index | None
) -> Mapping[str, Any]:
    """Put the archive of one table, which holds so many rows of each shard, into the pending index.

    Returns what `publish_index` notes of it. Nothing of a forgotten article is written.
    """
    folder = index.pending(plan.clean)
    keep = new_keeps(folder, table, f"{next_run(plan):05d}")
    archive = with_found(weighed, keep)
    archive = tidied(archive, keep, without_dead=forgotten.load(plan.clean).pending)
    return {**stored(archive, folder, table, found), "shards": dict(rows)}


def publish_index(plan: Plan, snapshot: Snapshot, notes: Mapping[str, Any], before: Index | None) -> None:
    """Put the pending index beside the snapshot that is about to be published."""
    remains = any(own["dead"] for own in notes.values())
    index.put(plan.clean, snapshot.id, made_by(plan), notes, before, remains=remains)
