"""The index beside the current snapshot: what matching keeps from run to run, in files of its own.

    CLEAN/index/<snapshot>/index.json           what made it, notes, and each file's bytes and checksum
    CLEAN/index/<snapshot>/<table>/<name>.arrow     tables
    CLEAN/index/<snapshot>/<table>/<name>.<column>  large columns, the bare values

It belongs to one snapshot and is no part of it: older snapshots have none, and one that is lost is made
again. A folder takes its name before the snapshot is published, so whatever ends a run in between leaves
the index of the snapshot before. Files are memory maps: what is not looked at is not read, but for the
checksum. Holds nothing of what is in them.
"""

import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.ipc

from quotesieve.store.parquet import write_durably
from quotesieve.store.snapshot import link_or_copy, staging

FOLDER, LISTING = "index", "index.json"
_BLOCK = 1 << 20


class Unusable(Exception):
    """There is no index that can be used; says why: missing | stale | damaged, and what exactly."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index that was found whole."""

    folder: Path
    notes: Mapping[str, Any]
    files: Mapping[str, Mapping[str, int]]  # bytes and crc32 by path in the folder

    def table(self, name: str) -> pa.Table:
        """One of its tables, mapped into memory."""
        return map_table(self.folder, name)

    def column(self, name: str, kind: type) -> npt.NDArray[Any]:
        """One of its large columns, mapped into memory."""
        return map_column(self.folder, name, kind)


def load(clean: Path, snapshot_id: str, made_by: str) -> Index:
    """The index of a snapshot; every file of it is checked. Raises Unusable."""
    folder = clean / FOLDER / snapshot_id
    try:
        guarded = json.loads((folder / LISTING).read_text(encoding="utf-8"))
        listing = guarded["listing"]
        if _crc_of(listing) != guarded["crc32"]:
            raise Unusable(f"damaged: {LISTING} is not as it was written")
        if listing["made_by"] != made_by:
            raise Unusable("stale: made by another version, or with other settings")
        found = Index(folder, listing["notes"], listing["files"])
    except FileNotFoundError:
        raise Unusable("missing: this snapshot has none") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Unusable(f"damaged: {LISTING}: {error!r}") from error
    with ThreadPoolExecutor(2) as pool:  # the interpreter's lock is free while bytes are summed up
        for name, whole in zip(found.files, pool.map(_is_whole, *_pairs(found)), strict=True):
            if not whole:
                raise Unusable(f"damaged: {name} is not as it was written")
    return found


def _pairs(found: Index) -> tuple[list[Path], list[Mapping[str, int]]]:
    return [found.folder / name for name in found.files], list(found.files.values())


def _is_whole(path: Path, listed: Mapping[str, int]) -> bool:
    """Whether a file is as it is listed."""
    try:
        return path.stat().st_size == listed["bytes"] and _checksum(path) == listed["crc32"]
    except OSError:
        return False


def pending(clean: Path) -> Path:
    """Where the index of a run is put together."""
    return staging(clean) / FOLDER


def write(folder: Path, name: str, rows: pa.Table) -> None:
    """Write a table of a pending index."""
    # One batch, so that each column is one array.
    write_batches(folder, name, rows.schema, rows.combine_chunks().to_batches())


def write_batches(folder: Path, name: str, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> None:
    """Write a table of a pending index a batch at a time; each column is as many arrays."""
    with _open(folder / f"{name}.arrow") as out, pa.ipc.new_file(out, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)


def write_columns(
    folder: Path, name: str, columns: Sequence[str], blocks: Iterable[Mapping[str, npt.NDArray[Any]]]
) -> None:
    """Write some large columns of a pending index block by block."""
    with ExitStack() as files:
        out = {column: files.enter_context(_open(folder / f"{name}.{column}")) for column in columns}
        for block in blocks:
            for column, values in block.items():
                out[column].write(np.ascontiguousarray(values).data)


@contextmanager
def _open(path: Path) -> Iterator[BinaryIO]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb") as out:
        yield out
        out.flush()
        os.fsync(out.fileno())


def map_table(folder: Path, name: str) -> pa.Table:
    """A table, mapped into memory."""
    return pa.ipc.open_file(pa.memory_map(str(folder / f"{name}.arrow"))).read_all()


def map_column(folder: Path, name: str, kind: type) -> npt.NDArray[Any]:
    """A large column, mapped into memory."""
    values: npt.NDArray[Any] = np.frombuffer(pa.memory_map(str(folder / name)).read_buffer(), kind)
    return values


def keep(folder: Path, name: str, found: Index) -> None:
    """Take the files of a name in an earlier index over into a pending one."""
    for listed in found.files:
        if listed.startswith(f"{name}."):
            link_or_copy(found.folder / listed, folder / listed)


def drop_others_of(folder: Path, table: str, names: Sequence[str]) -> None:
    """Remove from the folder of a table, in a pending index, the files of all but these names."""
    for path in (folder / table).glob("*"):
        if f"{table}/{path.name.split('.')[0]}" not in names:
            path.unlink()


def put(
    clean: Path,
    snapshot_id: str,
    made_by: str,
    notes: Mapping[str, Any],
    before: Index | None,
    *,
    remains: bool,
) -> None:
    """Give a pending index its place beside the snapshot that is about to be published.

    `remains`: it still has texts that the snapshot has not.
    """
    source, target = pending(clean), clean / FOLDER / snapshot_id
    known = before.files if before else {}
    names = sorted(path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file())
    files = {}
    for name in names:
        is_linked = before is not None and name in known and _same(source / name, before.folder / name)
        files[name] = known[name] if is_linked else _listed(source / name)
    listing = {"made_by": made_by, "remains": remains, "notes": notes, "files": files}
    guarded = {"crc32": _crc_of(listing), "listing": listing}
    write_durably(source / LISTING, json.dumps(guarded, ensure_ascii=False).encode())
    shutil.rmtree(target, ignore_errors=True)  # left by a run that died before it published
    target.parent.mkdir(exist_ok=True)
    os.rename(source, target)


def has_remains(clean: Path, snapshot_id: str) -> bool:
    """Whether the index of a snapshot may have texts that the snapshot has not."""
    try:
        listing = json.loads((clean / FOLDER / snapshot_id / LISTING).read_text(encoding="utf-8"))
        return bool(listing["listing"]["remains"])
    except (OSError, ValueError, KeyError, TypeError):
        return True


def drop_others(clean: Path, snapshot_id: str) -> None:
    """Remove what is not the index of that snapshot."""
    if (clean / FOLDER).exists():
        for path in (clean / FOLDER).iterdir():
            if path.name != snapshot_id:
                shutil.rmtree(path, ignore_errors=True)


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False


def _listed(path: Path) -> dict[str, int]:
    return {"bytes": path.stat().st_size, "crc32": _checksum(path)}


def _checksum(path: Path) -> int:
    """CRC-32: against what disks and crashes do, in half the time of SHA-256."""
    found = 0
    with open(path, "rb") as source:
        while block := source.read(_BLOCK):
            found = zlib.crc32(block, found)
    return found


def _crc_of(listing: Mapping[str, Any]) -> int:
    return zlib.crc32(json.dumps(listing, sort_keys=True, ensure_ascii=False).encode())
