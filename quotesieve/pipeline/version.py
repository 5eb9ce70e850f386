"""The digest of the code that makes the rows: when it changes, everything is made again."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Libraries whose release can change a row.
_DECIDING = ("ftfy", "trafilatura", "rapidfuzz", "py3langid", "chardet", "lxml")
# Ours that cannot.
_BYSTANDERS = frozenset(
    """cli.py logs.py __main__.py console.py gate.py measures.py trends.py refused.py alerts.py""".split()
)


@cache
def code_digest() -> str:
    """16 hexadecimal digits over our own sources, their data files and the deciding libraries."""
    found = hashlib.sha256()
    root = Path(__file__).parent.parent
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and path.name not in _BYSTANDERS:
            found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    for name in _DECIDING:
        found.update(f"{name} {_installed(name)}\n".encode())
    return found.hexdigest()[:16]


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"
