"""`match.Archive` as tables of the index, and back.

Each segment is four tables (units, words, entries, judged), which a later run links or leaves as they are;
what changes with every run is in `state` and `dropped`. Columns are mapped into memory, not copied.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.archive import Archive, Segment
from quotesieve.match.entries import Entries
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import running
from quotesieve.store import index
from quotesieve.store.index import Index

FORMAT = 2  # of the tables here
_PARTS = ("words", "entries", "judged", "units")


def restored(found: Index, table: str) -> tuple[Archive, tuple[str, ...]]:
    """The archive that was stored, and the names of its segments."""
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
    )
    return archive, names


def stored(
    archive: Archive,
    folder: Path,
    table: str,
    found: Index | None,
    named: Mapping[int, str],
    run: str,
) -> dict[str, Any]:
    """Write an archive; what must be noted to restore it. `named` has the segments that lie in `found`, by
    identity: these are linked. New ones are called by the run, as files in the data set are."""
    names: list[str] = []
    for segment in archive.segments:
        old = named.get(id(segment))
        names.append(old or f"{run}-{len(names):04d}")
        if found is not None and old:
            for part in _PARTS:
                index.keep(folder, f"{table}/{old}.{part}", found)
        else:
            _write_segment(folder, f"{table}/{names[-1]}", segment)
    state = {"unit_of": archive.unit_of, "blemished": archive.blemished.view(np.uint8)}
    index.write(folder, f"{table}/state", _table(state))
    index.write(folder, f"{table}/dropped", _table({"dropped": archive.dropped.view(np.uint8)}))
    return {
        "segments": names,
        "dead": int((~archive.in_use).sum()),
        "serial": archive.serial,
    }


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
