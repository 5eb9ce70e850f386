"""Opening input: local folders and files, and fsspec URLs, behind the same few functions.

A root is what the user names: a folder, one file, or a URL of either. Paths are relative to the
root's folder, with "/". Local files are opened so that nothing outside the root is followed to
and no pipe is waited for.
"""

import os
import stat
from typing import Any, BinaryIO, cast

from quotesieve.store.bad_input import BadInput

_LOCAL_SCHEMES = ("file://", "local://")


def local_path(root: str) -> str | None:
    """The root as a path of this machine, None if it is another file system's URL."""
    for scheme in _LOCAL_SCHEMES:
        if root.startswith(scheme):
            return root.removeprefix(scheme)
    return None if "://" in root or "::" in root else root


def split_local(root: str) -> tuple[str, str | None]:
    """The folder of a local root, and the one file in it that is meant, if the root is a file."""
    if os.path.isdir(root):
        return root, None
    folder, name = os.path.split(root)
    return folder or ".", name


def remote(root: str) -> tuple[Any, str]:
    """The file system of a URL and the path in it."""
    from fsspec.core import url_to_fs  # not paid for by who reads local files only

    filesystem, path = url_to_fs(root)
    return filesystem, str(path).rstrip("/")


def split_remote(filesystem: Any, base: str) -> tuple[str, str | None]:
    """As `split_local`."""
    if not filesystem.isfile(base):
        return base, None
    folder, _, name = base.rpartition("/")
    return folder, name


def open_input(root: str, path: str) -> BinaryIO:
    """Open a file of the input for reading; BadInput where a local file cannot or must not be.

    On a remote file system only a missing or forbidden file is bad input: other errors (the
    network) go to the caller, who may try again.
    """
    local = local_path(root)
    if local is not None:
        return _open_local(split_local(local)[0], path)
    filesystem, base = remote(root)
    try:
        return cast(BinaryIO, filesystem.open(f"{split_remote(filesystem, base)[0]}/{path}", "rb"))
    except (FileNotFoundError, PermissionError, IsADirectoryError) as error:
        raise BadInput("unreadable", str(error) or type(error).__name__) from error


def _open_local(folder: str, path: str) -> BinaryIO:
    full = os.path.join(folder, path)
    try:
        if not is_inside(full, folder):
            raise BadInput("outside_input", f"leads to {os.path.realpath(full)}")
        descriptor = os.open(full, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise BadInput("unreadable", _explain(error)) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise BadInput("not_a_file", "a pipe, socket, device or folder")
    return os.fdopen(descriptor, "rb", buffering=1 << 16)


def is_inside(path: str, folder: str) -> bool:
    """Whether the path, all links followed, lies in the folder."""
    top = os.path.realpath(folder)
    return os.path.commonpath([top, os.path.realpath(path)]) == top


def _explain(error: OSError | ValueError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__


def read_small(root: str, path: str, limit: int) -> bytes | None:
    """The bytes of a small side file (manifest, sidecar), None if there is none.

    Raises BadInput if it cannot be read or is larger than `limit` bytes.
    """
    if not _exists(root, path):
        return None
    try:
        with open_input(root, path) as stream:
            data = stream.read(limit + 1)
    except OSError as error:
        raise BadInput("unreadable", _explain(error)) from error
    if len(data) > limit:
        raise BadInput("too_large", f"larger than {limit} bytes")
    return data


def _exists(root: str, path: str) -> bool:
    local = local_path(root)
    if local is not None:
        return os.path.isfile(os.path.join(split_local(local)[0], path))
    filesystem, base = remote(root)
    return bool(filesystem.isfile(f"{split_remote(filesystem, base)[0]}/{path}"))
