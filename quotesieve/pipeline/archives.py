"""What earlier runs found out about mentions and paragraphs: `match.Archive` as tables of the index.

Each segment is four tables (units, words, entries, judged); what changes with every run is in `state`
and `dropped`. Decides whether an index fits the shards of this run. Knows no rule of matching.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.logs import event
from quotesieve.match.archive import EMPTY, Archive, Segment, tidied
from quotesieve.match.entries import Entries
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import running
from quotesieve.pipeline.contents import Shard
from quotesieve.pipeline.plan import Plan, dedup_digest
from quotesieve.pipeline.version import code_digest
from quotesieve.store import forgotten, index
from quotesieve.store.index import Index, Unusable
from quotesieve.store.snapshot import Snapshot

FORMAT = 1  # of the tables here
_COLUMNS = ("words", "entries", "judged", "units")


@dataclass(frozen=True, slots=True)
class Archived:
    """The archive of one table, of the statements that stay, and the shards that they are in."""

    archive: Archive = EMPTY
    shards: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()  # of its segments, as they are stored


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
    notes = found.notes[table]
    names = tuple(notes["segments"])
    state, dropped = found.table(f"{table}/state"), found.table(f"{table}/dropped")
    segments = [_segment(found, f"{table}/{name}") for name in names]
    unit_of = _array(state, "unit_of")
    archive = Archive(
        segments=segments,
        unit_of=unit_of,
        blemished=_array(state, "blemished").view(np.bool_),
        in_use=np.bincount(unit_of, minlength=sum(map(len, segments))) > 0,
        dropped=_array(dropped, "dropped").view(np.bool_),
        serial=notes["serial"],
        shortest=notes["shortest"],
    )
    known = [shard for shard in shards if shard.scratch is None]
    staying = _staying(notes["shards"], table, known)
    return Archived(archive.keeping(staying), frozenset(shard.name for shard in known), names)


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
    plan: Plan, table: str, archive: Archive, rows: Mapping[str, int], before: tuple[Index | None, Archived]
) -> Mapping[str, Any]:
    """Put the archive of one table, which holds so many rows of each shard, into the pending index.

    Returns what `publish_index` notes of it.
    """
    without_dead = forgotten.load(plan.clean).pending
    archive = tidied(archive, without_dead=without_dead)
    folder, (found, known) = index.pending(plan.clean), before
    old = dict(zip(map(id, known.archive.segments), known.names, strict=True))
    names: list[str] = []
    for segment in archive.segments:
        name = old.get(id(segment)) or _new_name(plan, names)
        names.append(name)
        if found is not None and id(segment) in old:
            for column in _COLUMNS:
                index.keep(folder, f"{table}/{name}.{column}", found)
        else:
            _write_segment(folder, f"{table}/{name}", segment)
    state = {"unit_of": archive.unit_of, "blemished": archive.blemished.view(np.uint8)}
    index.write(folder, f"{table}/state", _table(state))
    index.write(folder, f"{table}/dropped", _table({"dropped": archive.dropped.view(np.uint8)}))
    return {
        "segments": names,
        "shards": dict(rows),
        "dead": int((~archive.in_use).sum()),
        "serial": archive.serial,
        "shortest": archive.shortest,
    }


def _new_name(plan: Plan, names: Sequence[str]) -> str:
    """By the run, as file names in the data set are; a run adds one segment, or merges some to one."""
    return f"{plan.previous.run + 1 if plan.previous else 1:05d}-{len(names):04d}"


def publish_index(plan: Plan, snapshot: Snapshot, notes: Mapping[str, Any], before: Index | None) -> None:
    """Put the pending index beside the snapshot that is about to be published."""
    remains = any(own["dead"] for own in notes.values())
    index.put(plan.clean, snapshot.id, made_by(plan), notes, before, remains=remains)


# --- arrays and tables ------------------------------------------------------------------------


def _write_segment(folder: Path, name: str, segment: Segment) -> None:
    entries, judged = segment.sorted_entries, segment.judged
    units = {
        "size": np.diff(segment.first).astype(np.int32),
        "wording": segment.wording,
        "content": segment.content,
        "speaker": segment.speaker,
        "identity": segment.sorted_identity,
        "by_identity": segment.by_identity,
        "bits": pa.FixedSizeListArray.from_arrays(pa.array(segment.bits.ravel()), segment.bits.shape[1]),
        "text": segment.printed,
    }
    index.write(folder, f"{name}.units", _table(units))
    index.write(folder, f"{name}.words", _table({"words": segment.words}))
    listed = {"keys": entries.keys, "units": entries.units, "at": entries.at}
    index.write(folder, f"{name}.entries", _table(listed))
    columns = {column: getattr(judged, column) for column in Judged.COLUMNS}
    columns["modal"] = judged.modal.view(np.uint8)
    index.write(folder, f"{name}.judged", _table(columns))


def _segment(found: Index, name: str) -> Segment:
    units, entries, judged = (found.table(f"{name}.{part}") for part in ("units", "entries", "judged"))
    columns = {column: _array(judged, column) for column in Judged.COLUMNS}
    columns["modal"] = columns["modal"].view(np.bool_)
    text = units.column("text")
    bits = units.column("bits")
    return Segment(
        first=running(_array(units, "size")),
        words=_array(found.table(f"{name}.words"), "words"),
        wording=_array(units, "wording"),
        content=_array(units, "content"),
        speaker=_array(units, "speaker"),
        bits=(np.asarray(bits.chunk(0).flatten()) if bits.num_chunks else np.empty(0, np.uint64)).reshape(
            -1, 4
        ),
        sorted_identity=_array(units, "identity"),
        by_identity=_array(units, "by_identity"),
        sorted_entries=Entries(*(_array(entries, column) for column in ("keys", "units", "at"))),
        printed=text.chunk(0) if text.num_chunks else pa.array([], pa.large_string()),
        judged=Judged(**columns),
    )


def _table(columns: Mapping[str, Any]) -> pa.Table:
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def _array(table: pa.Table, name: str) -> npt.NDArray[Any]:
    """A column as an array, without copying it; it has one chunk, none if it is empty."""
    column = table.column(name)
    if not column.num_chunks:
        return np.empty(0, column.type.to_pandas_dtype())
    array: npt.NDArray[Any] = column.chunk(0).to_numpy(zero_copy_only=True)
    return array
