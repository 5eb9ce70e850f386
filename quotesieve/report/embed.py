"""Data inside the page: JSON that a script element can hold, whatever the words of articles are."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

# What could end the script element or open a comment in it, and line ends that old scripts stumble over.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def encode(value: Any) -> str:
    """JSON without any sign that HTML gives a meaning to.

    >>> encode(["</script><!--"])
    '["\\\\u003c/script\\\\u003e\\\\u003c!--"]'
    """
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def fitting(values: Iterable[Any], limit: int) -> list[str]:
    """The first values, encoded, that fit into `limit` bytes together.

    >>> fitting(["one", "two", "three"], 12)
    ['"one"', '"two"']
    """
    kept: list[str] = []
    for value in values:
        row = encode(value)
        limit -= len(row.encode()) + 1
        if limit < 0:
            break
        kept.append(row)
    return kept


def array(rows: Sequence[str]) -> str:
    """Encoded values as one array."""
    return "[" + ",".join(rows) + "]"
