"""`match.Archive` as files of the index, and back.

Of each segment the large columns and the texts are written as they are made (`OnDisk`), and two tables
(units, judged) beside them; a later run links them. What changes with every run is in `state` and
`dropped`. Everything is mapped into memory, not copied.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.archive import COLUMNS, Archive, Block, Keep, Segment, Texts
from quotesieve.match.entries import Entries
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import running
from quotesieve.store import index
from quotesieve.store.index import Index

FORMAT = 3  # of the files here
_TEXTS = pa.schema([("text", pa.large_string())])


@dataclass(frozen=True, slots=True)
class OnDisk:
    """A `Keep` whose columns are files of a pending index."""

    folder: Path
    name: str

    def columns(self, names: Sequence[str], blocks: Iterable[Block]) -> dict[str, npt.NDArray[Any]]:
        index.write_columns(self.folder, self.name, names, blocks)
        return {name: index.map_column(self.folder, f"{self.name}.{name}", COLUMNS[name]) for name in names}

    def texts(self, blocks: Iterable[pa.LargeStringArray]) -> Texts:
        batches = (pa.record_batch([block], schema=_TEXTS) for block in blocks)
        index.write_batches(self.folder, f"{self.name}.texts", _TEXTS, batches)
        return _texts(index.map_table(self.folder, f"{self.name}.texts"))


def new_keeps(folder: Path, table: str, run: str) -> Callable[[], Keep]:
    """Keeps for the new segments of a table, called by the run, as files in the data set are."""
    numbers = count()
    return lambda: OnDisk(folder, f"{table}/{run}-{next(numbers):04d}")


def restored(found: Index, table: str) -> Archive:
    """The archive that was stored."""
    notes = found.notes[table]
    state, dropped = found.table(f"{table}/state"), found.table(f"{table}/dropped")
    segments = [_segment(found, name) for name in notes["segments"]]
    unit_of = _array(state, "unit_of")
    return Archive(
        segments=segments,
        unit_of=unit_of,
        blemished=_array(state, "blemished").view(np.bool_),
        in_use=np.bincount(unit_of, minlength=sum(map(len, segments))) > 0,
        dropped=_array(dropped, "dropped").view(np.bool_),
        serial=notes["serial"],
    )


def stored(archive: Archive, folder: Path, table: str, found: Index | None) -> dict[str, Any]:
    """Write what of an archive its `OnDisk` keeps have not; what must be noted to restore it.

    Segments that lie in `found` are linked; what was made on the way to those that stay is removed.
    """
    names = [segment.name for segment in archive.segments]
    known = set() if found is None else set(found.notes[table]["segments"])
    index.drop_others_of(folder, table, names)
    for segment in archive.segments:
        if found is not None and segment.name in known:
            index.keep(folder, segment.name, found)
        else:
            _write_segment(folder, segment)
    state = {"unit_of": archive.unit_of, "blemished": archive.blemished.view(np.uint8)}
    index.write(folder, f"{table}/state", _table(state))
    index.write(folder, f"{table}/dropped", _table({"dropped": archive.dropped.view(np.uint8)}))
    return {
        "segments": names,
        "dead": int((~archive.in_use).sum()),
        "serial": archive.serial,
    }


def _write_segment(folder: Path, segment: Segment) -> None:
    judged = segment.judged
    units = {
        "size": np.diff(segment.first).astype(np.int32),
        "wording": segment.wording,
        "content": segment.content,
        "speaker": segment.speaker,
        "identity": segment.sorted_identity,
        "by_identity": segment.by_identity,
    }
    index.write(folder, f"{segment.name}.units", _table(units))
    columns = {column: getattr(judged, column) for column in Judged.COLUMNS}
    columns["modal"] = judged.modal.view(np.uint8)
    index.write(folder, f"{segment.name}.judged", _table(columns))


def _segment(found: Index, name: str) -> Segment:
    units, judged = found.table(f"{name}.units"), found.table(f"{name}.judged")
    columns = {column: _array(judged, column) for column in Judged.COLUMNS}
    columns["modal"] = columns["modal"].view(np.bool_)
    large = {column: found.column(f"{name}.{column}", kind) for column, kind in COLUMNS.items()}
    return Segment(
        first=running(_array(units, "size")),
        words=large["words"],
        wording=_array(units, "wording"),
        content=_array(units, "content"),
        speaker=_array(units, "speaker"),
        bits=large["bits"].reshape(-1, 4),
        sorted_identity=_array(units, "identity"),
        by_identity=_array(units, "by_identity"),
        sorted_entries=Entries(large["keys"], large["units"], large["at"]),
        printed=_texts(found.table(f"{name}.texts")),
        judged=Judged(**columns),
        name=name,
    )


def _texts(rows: pa.Table) -> Texts:
    texts: list[pa.LargeStringArray] = rows.column("text").chunks
    return texts


def _table(columns: Mapping[str, Any]) -> pa.Table:
    return pa.table({name: pa.array(values) for name, values in columns.items()})


def _array(table: pa.Table, name: str) -> npt.NDArray[Any]:
    """A column as an array, without copying it; it has one chunk, none if it is empty."""
    column = table.column(name)
    if not column.num_chunks:
        return np.empty(0, column.type.to_pandas_dtype())
    array: npt.NDArray[Any] = column.chunk(0).to_numpy(zero_copy_only=True)
    return array
