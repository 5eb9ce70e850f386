"""What there is to read: the files of a local folder, one file, or an fsspec URL.

Nothing is opened here. Everything that is found is listed, waits for the next run, is refused,
or is skipped for a reason that docs/input.md gives (hidden files, manifests, sidecars).
"""

import os
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from quotesieve.errors import InputFolderMissing
from quotesieve.model import Rejection
from quotesieve.settings import InputSettings
from quotesieve.store.bad_input import BadInput
from quotesieve.store.files import is_inside, local_path, remote, split_local, split_remote

FORMATS = {
    "txt": "txt",
    "html": "html",
    "htm": "html",
    "jsonl": "jsonl",
    "parquet": "parquet",
    "warc": "warc",
}
CONTAINERS = frozenset({"jsonl", "parquet", "warc"})
MANIFESTS = ("manifest.csv", "manifest.jsonl")
# Files of the user that steer the program; read by whom they concern, never as articles.
RESERVED = frozenset({*MANIFESTS, "outlets.csv", "corrections.csv"})
SIDECAR = ".meta.json"
UNFINISHED = (".tmp", ".part")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that is to be read."""

    path: str  # relative to the root's folder, with "/"
    format: str  # txt | html | jsonl | parquet | warc
    gzipped: bool
    size: int  # bytes, as stored
    mtime: float | None  # Unix time, None where the file system does not tell
    container: bool  # holds many records
    sidecar: str | None = None  # path of its .meta.json


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a file system says of one name. `problem` is set where there is nothing to read."""

    path: str
    size: int = 0
    mtime: float | None = None
    problem: BadInput | None = None


def list_input(
    root: str, settings: InputSettings, now: float | None = None
) -> tuple[list[InputFile], list[Rejection], list[str]]:
    """Files to read, files refused, and paths that wait because they are still being written.

    All three are sorted by path. `now` (Unix time) is for tests. Raises InputFolderMissing.
    """
    entries = sorted(_entries(root), key=lambda entry: entry.path)
    sidecars = {entry.path for entry in entries if entry.path.endswith(SIDECAR) and entry.problem is None}
    latest = (time.time() if now is None else now) - settings.settle_seconds
    files: list[InputFile] = []
    refused: list[Rejection] = []
    waiting: list[str] = []
    for entry in entries:
        if entry.path.endswith(SIDECAR) or entry.path in RESERVED:
            continue
        if entry.path.endswith(UNFINISHED) or _is_young(entry, latest, settings):
            waiting.append(_printable(entry.path))
            continue
        try:
            file = _input_file(entry)
        except BadInput as bad:
            refused.append(_rejection(entry.path, bad))
        else:
            files.append(replace(file, sidecar=_sidecar_of(file.path, sidecars)))
    return files, refused, waiting


def _is_young(entry: _Entry, latest: float, settings: InputSettings) -> bool:
    return settings.settle_seconds > 0 and entry.mtime is not None and entry.mtime > latest


def _rejection(path: str, bad: BadInput) -> Rejection:
    return Rejection(
        raw_path=_printable(path), record=None, stage=bad.stage, reason=bad.reason, detail=bad.detail
    )


def _printable(path: str) -> str:
    """The path with bytes that are not UTF-8 escaped, so that it can be stored and shown."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")


def _input_file(entry: _Entry) -> InputFile:
    if entry.problem is not None:
        raise entry.problem
    try:
        entry.path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput("bad_file_name", "rename the file: its name is not valid UTF-8") from error
    name = entry.path.rpartition("/")[2].lower()
    gzipped = name.endswith(".gz")
    extension = name.removesuffix(".gz").rpartition(".")[2]
    if "." not in name.removesuffix(".gz") or extension not in FORMATS:
        raise BadInput("unsupported_format", f"not one of {', '.join(FORMATS)} (or with .gz)")
    if name in MANIFESTS:
        raise BadInput("unsupported_format", "a manifest is read at the top of the input folder only")
    format = FORMATS[extension]
    return InputFile(entry.path, format, gzipped, entry.size, entry.mtime, format in CONTAINERS)


def _sidecar_of(path: str, sidecars: set[str]) -> str | None:
    """a/b.txt.gz: a/b.txt.gz.meta.json, a/b.txt.meta.json or a/b.meta.json, whichever there is."""
    stem = path.removesuffix(".gz")
    folder, slash, name = stem.rpartition("/")
    candidates = (path, stem, folder + slash + name.rpartition(".")[0])
    return next((found + SIDECAR for found in candidates if found + SIDECAR in sidecars), None)


def _entries(root: str) -> Iterator[_Entry]:
    local = local_path(root)
    return _local_entries(local) if local is not None else _remote_entries(root)


def _local_entries(root: str) -> Iterator[_Entry]:
    folder, only = split_local(root)
    if only is not None:
        yield _single_file(root, folder, only)
        yield from _side_files(folder, only)
        return
    links: list[str] = []
    found = list(_walk(folder, "", links))
    yield from found
    if links:
        top = os.path.realpath(folder)
        yield from _linked_entries(folder, links, {os.path.join(top, entry.path) for entry in found})


def _single_file(root: str, folder: str, name: str) -> _Entry:
    try:
        info = os.stat(root)
    except (OSError, ValueError) as error:
        raise InputFolderMissing(
            f"{root}: no such folder or file. Name the folder that holds the articles."
        ) from error
    problem = None if stat.S_ISREG(info.st_mode) else BadInput("not_a_file", "a pipe, socket or device")
    return _Entry(name, info.st_size, info.st_mtime, problem)


def _side_files(folder: str, name: str) -> Iterator[_Entry]:
    stem = name.removesuffix(".gz")
    for candidate in (name, stem, stem.rpartition(".")[0]):
        if os.path.isfile(os.path.join(folder, candidate + SIDECAR)):
            yield _Entry(candidate + SIDECAR)


def _walk(folder: str, top: str, links: list[str]) -> Iterator[_Entry]:
    """Every entry under `top` that is not hidden; links go to `links`, to be judged afterwards."""
    pending = [top]
    while pending:
        inner = pending.pop()
        try:
            with os.scandir(os.path.join(folder, inner)) as scan:
                found = [item for item in scan if not item.name.startswith(".")]
        except OSError as error:
            if not inner:
                raise InputFolderMissing(f"{folder}: cannot be listed ({error.strerror}).") from error
            yield _Entry(inner, problem=BadInput("unreadable", f"folder: {error.strerror}"))
            continue
        for item in found:
            path = f"{inner}/{item.name}" if inner else item.name
            if item.is_symlink():
                links.append(path)
            elif item.is_dir(follow_symlinks=False):
                pending.append(path)
            else:
                yield _scanned(path, item)


def _scanned(path: str, item: "os.DirEntry[str]") -> _Entry:
    try:
        info = item.stat(follow_symlinks=False)
    except OSError as error:
        return _Entry(path, problem=BadInput("unreadable", error.strerror or str(error)))
    if not stat.S_ISREG(info.st_mode):
        return _Entry(path, problem=BadInput("not_a_file", "a pipe, socket or device"))
    return _Entry(path, info.st_size, info.st_mtime)


def _linked_entries(folder: str, links: list[str], real: set[str]) -> Iterator[_Entry]:
    """What links add: targets inside the folder that were not found in their own place.

    A target that was found is one article however many names it has, and a link to a folder
    above itself leads to files that were found: no cycle is ever walked.
    """
    pending = sorted(links, reverse=True)
    while pending:
        path = pending.pop()
        full = os.path.join(folder, path)
        if not is_inside(full, folder):
            yield _Entry(path, problem=BadInput("outside_input", "a link that leads out of the input folder"))
        elif os.path.isdir(full):
            target = os.path.realpath(full)
            if target not in real and target != os.path.realpath(folder):
                real.add(target)
                yield from _linked_folder(folder, path, real, pending)
        elif os.path.realpath(full) not in real:
            real.add(os.path.realpath(full))
            yield _linked_file(path, full)


def _linked_folder(folder: str, path: str, real: set[str], pending: list[str]) -> Iterator[_Entry]:
    for entry in _walk(folder, path, pending):
        target = os.path.realpath(os.path.join(folder, entry.path))
        if target not in real:
            real.add(target)
            yield entry


def _linked_file(path: str, full: str) -> _Entry:
    try:
        info = os.stat(full)
    except OSError as error:
        return _Entry(path, problem=BadInput("unreadable", f"a link that leads nowhere: {error.strerror}"))
    if not stat.S_ISREG(info.st_mode):
        return _Entry(path, problem=BadInput("not_a_file", "a link to a pipe, socket or device"))
    return _Entry(path, info.st_size, info.st_mtime)


def _remote_entries(root: str) -> Iterator[_Entry]:
    filesystem, base = remote(root)
    folder, only = split_remote(filesystem, base)
    found = filesystem.find(base, detail=True)
    if not found and not filesystem.exists(base):
        raise InputFolderMissing(f"{root}: no such folder or file.")
    for full, info in found.items():
        path = str(full)[len(folder) :].lstrip("/")
        if not any(part.startswith(".") for part in path.split("/")):
            yield _Entry(path, int(info.get("size") or 0), _remote_mtime(info))
    if only is not None:
        stem = only.removesuffix(".gz")
        for candidate in (only, stem, stem.rpartition(".")[0]):
            if filesystem.isfile(f"{folder}/{candidate}{SIDECAR}"):
                yield _Entry(candidate + SIDECAR)


def _remote_mtime(info: dict[str, Any]) -> float | None:
    """Modification time under the names that fsspec's file systems give it."""
    for key in ("mtime", "LastModified", "last_modified", "updated", "created"):
        value = info.get(key)
        if isinstance(value, datetime):
            return value.timestamp()
        if isinstance(value, int | float):
            return float(value)
    return None
