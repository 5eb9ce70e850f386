"""Reading raw input: every file becomes articles and rejections, one record after the other.

The door of the input side: listing is `listing`, the formats are `read_*`, metadata is `records`
and `manifest`. Nothing that stands in a file can raise here; what a person must mend (a missing
folder, an unusable manifest) does.
"""

import csv
import hashlib
import os
from collections.abc import Iterator
from typing import BinaryIO

from quotesieve.errors import ManifestError
from quotesieve.model import RawArticle, Rejection
from quotesieve.settings import InputSettings, Settings
from quotesieve.store.bad_input import BadInput
from quotesieve.store.compressed import plain_stream, read_at_most
from quotesieve.store.files import local_path, open_input, remote, split_local, split_remote
from quotesieve.store.listing import InputFile, list_input
from quotesieve.store.manifest import COLUMNS, Manifest, load_manifest, row_digest
from quotesieve.store.read_jsonl import read_jsonl
from quotesieve.store.read_parquet import read_parquet
from quotesieve.store.read_warc import read_warc
from quotesieve.store.records import Source, directory_row, make_source

__all__ = ["Manifest", "file_digest", "init_manifest", "list_input", "load_manifest", "read_file", "read_raw"]


def read_raw(
    path: str | os.PathLike[str], *, settings: Settings | None = None
) -> Iterator[RawArticle | Rejection]:
    """Everything in a folder, a file or an fsspec URL, in order of path: articles and rejections.

    Streams: memory does not grow with the number or size of the files. Raises InputFolderMissing and
    ManifestError, before the first record.
    """
    root = os.fspath(path)
    limits = (settings or Settings()).input
    manifest = load_manifest(root)
    files, refused, _ = list_input(root, limits)
    yield from manifest.problems
    yield from refused
    for file in files:
        yield from read_file(root, file, settings=limits, manifest=manifest)


def read_file(
    root: str, file: InputFile, *, settings: InputSettings, manifest: Manifest
) -> Iterator[RawArticle | Rejection]:
    """The records of one listed file. No two have the same record number."""
    source = Source(file, settings, manifest.row(file.path), {}, directory_row(file.path))
    try:
        source = make_source(root, file, settings, manifest)
        with open_input(root, file.path) as stream:
            yield from _read_stream(stream, source)
    except BadInput as bad:
        yield source.rejection(None, bad, file_digest(root, file, manifest=manifest))
    except OSError as error:
        if local_path(root) is None:
            raise  # the network: the caller may try again
        unreadable = BadInput("unreadable", error.strerror or str(error))
        yield source.rejection(None, unreadable, file_digest(root, file, manifest=manifest))


def _read_stream(stream: BinaryIO, source: Source) -> Iterator[RawArticle | Rejection]:
    file = source.file
    if file.size == 0:
        raise BadInput("empty", "the file has no bytes")
    if file.format == "parquet":
        yield from read_parquet(stream, source)
        return
    plain = plain_stream(stream, gzipped=file.gzipped, max_expansion=source.settings.max_expansion)
    if file.format == "jsonl":
        yield from read_jsonl(plain, source)
    elif file.format == "warc":
        yield from read_warc(plain, source)
    else:
        payload = read_at_most(plain, source.settings.max_record_bytes)
        yield source.article(None, "html" if file.format == "html" else "text", payload)


def file_digest(root: str, file: InputFile, *, manifest: Manifest | None = None) -> str:
    """sha256 over the file's bytes and the metadata beside it; on a remote file system, over its version.

    Two equal digests mean that reading the file would give the same records. Never raises for a local
    file: one that cannot be read has the digest of that.
    """
    row = (manifest or Manifest()).row(file.path)
    parts = [_version(root, file.path), _version(root, file.sidecar) if file.sidecar else "", row_digest(row)]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _version(root: str, path: str) -> str:
    if local_path(root) is None:
        filesystem, base = remote(root)
        return str(filesystem.ukey(f"{split_remote(filesystem, base)[0]}/{path}"))
    try:
        with open_input(root, path) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    except (BadInput, OSError) as error:
        return f"unreadable: {type(error).__name__}"


def init_manifest(root: str | os.PathLike[str]) -> str:
    """Write manifest.csv with a row for every file that is found and the other cells empty.

    Returns its path. Raises ManifestError if there is one already, or RAW is not a local folder.
    """
    place = local_path(os.fspath(root))
    if place is None:
        raise ManifestError(f"{root}: a manifest can be begun in a local folder only.")
    files, _, _ = list_input(place, InputSettings())
    folder, only = split_local(place)
    if only is not None:
        raise ManifestError(f"{root}: name the folder that the manifest is for, not a file.")
    path = os.path.join(folder, "manifest.csv")
    try:
        with open(path, "x", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, COLUMNS)
            writer.writeheader()
            writer.writerows({"path": file.path, **directory_row(file.path)} for file in files)
    except FileExistsError as error:
        raise ManifestError(f"{path} is there already. Add rows to it, or move it away.") from error
    return path
