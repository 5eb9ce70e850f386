"""The digest of the code that makes the rows: when it changes, everything is made again."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Libraries whose release can change a row.
_DECIDING = ("ftfy", "trafilatura", "rapidfuzz", "py3langid", "chardet", "lxml")
# Ours that cannot: files and whole folders, by their path in the package. A path that is gone is found
# by tests/pipeline/test_version.py; without that, moving a file would have every record made again.
_BYSTANDERS = frozenset(
    {"cli", "__main__.py", "console.py", "logs.py"}
    | {f"pipeline/{name}.py" for name in ("alerts", "events", "gate", "measures", "refused", "trends")}
)
_PACKAGE = Path(__file__).parent.parent


@cache
def code_digest() -> str:
    """16 hexadecimal digits over our own sources, their data files and the deciding libraries."""
    found = hashlib.sha256()
    for name in deciding_files():
        found.update(name.encode() + b"\0" + (_PACKAGE / name).read_bytes())
    for name in _DECIDING:
        found.update(f"{name} {_installed(name)}\n".encode())
    return found.hexdigest()[:16]


def deciding_files() -> list[str]:
    """Our own files that can change a row, by their path in the package, in order."""
    files = (path.relative_to(_PACKAGE) for path in sorted(_PACKAGE.rglob("*")) if path.is_file())
    return [path.as_posix() for path in files if path.suffix != ".pyc" and not _is_bystander(path)]


def _is_bystander(path: Path) -> bool:
    return any(part.as_posix() in _BYSTANDERS for part in (path, *path.parents))


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
