"""YAML front matter at the top of a .txt: which lines it takes, and what they say.

A block counts only if it is a mapping with at least one name that a manifest has: an article may
begin with a ruled line. All values are read as strings, so no YAML type can surprise.
"""

from collections.abc import Mapping

import yaml

from quotesieve.metadata import ALIASES
from quotesieve.store.manifest import COLUMNS

MAX_CHARS = 16_384
MAX_BRACKETS = 50  # the parser takes seconds for thousands of them, and front matter has a list or two
_KNOWN = frozenset(COLUMNS[1:]) | ALIASES.keys()
_OPENING = ("---\n", "---\r\n", "---\r")
_CLOSING = ("---", "...")


def front_matter(text: str) -> tuple[int, Mapping[str, object]]:
    """How many lines the front matter takes, its two rules included, and its values; (0, {}) if none.

    >>> front_matter("---\\ntitle: A bridge\\noutlet: news.example\\n---\\nThe bridge is open.")
    (4, {'title': 'A bridge', 'outlet': 'news.example'})
    >>> front_matter("---\\nThe bridge is open: at last.\\n---\\n")   # a ruled line
    (0, {})
    """
    head = text[:MAX_CHARS].removeprefix("\ufeff")
    if not head.startswith(_OPENING):
        return 0, {}
    lines = head.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() in _CLOSING), 0)
    values = _mapping("\n".join(lines[1:end])) if end else {}
    return (end + 1, values) if values.keys() & _KNOWN else (0, {})


def _mapping(block: str) -> dict[str, object]:
    """The block's scalars and lists of scalars, by lower-case name."""
    if block.count("[") + block.count("{") > MAX_BRACKETS:
        return {}
    try:
        value = yaml.load(block, Loader=yaml.BaseLoader)  # makes strings, lists and mappings only
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    if not isinstance(value, dict):
        return {}
    named = ((key.strip().lower(), item) for key, item in value.items() if isinstance(key, str))
    return {key: item for key, item in named if isinstance(item, str) or _is_flat(item)}


def _is_flat(item: object) -> bool:
    return isinstance(item, list) and all(isinstance(part, str) for part in item)
