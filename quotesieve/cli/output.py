"""What commands print for machines. What they print for people is `quotesieve.console`'s."""

import json
from collections.abc import Iterable
from typing import Any


def print_json(value: Any) -> None:
    """One value, indented."""
    print(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def print_json_lines(rows: Iterable[Any]) -> None:
    """One JSON object a line."""
    for row in rows:
        print(json.dumps(row, ensure_ascii=False, default=str))
