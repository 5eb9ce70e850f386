"""Pin the schema of the published tables: tests/store/schema/<version>.json, one file a version.

    .venv/bin/python scripts/make_schema.py            # for a version that has no file yet
    .venv/bin/python scripts/make_schema.py --unreleased   # write it again: nobody has this version's data

A file of a version that was released is never written again: readers rely on it (docs/schema.md).
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from quotesieve.store.tables import CHANGES, SCHEMA_MINOR, SCHEMA_VERSION, TABLES, Table

FOLDER = Path(__file__).parent.parent / "tests" / "store" / "schema"


def described(table: Table) -> dict[str, Any]:
    """What readers rely on: key, and each column's name, type and whether it may be null."""
    columns = [{"name": c.name, "type": str(c.type), "null": c.null} for c in table.columns]
    return {"key": list(table.key), "columns": columns}


def schema() -> dict[str, Any]:
    """The schema of the tables as they are declared now."""
    tables = {name: described(table) for name, table in TABLES.items()}
    return {"version": f"{SCHEMA_VERSION}.{SCHEMA_MINOR}", "tables": tables, "changes": described(CHANGES)}


def main() -> int:
    """Write the file of the current version."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--unreleased", action="store_true", help="write an existing file again")
    options = parser.parse_args()
    path = FOLDER / f"{SCHEMA_VERSION}.{SCHEMA_MINOR}.json"
    text = json.dumps(schema(), indent=1) + "\n"
    if path.exists() and path.read_text(encoding="utf-8") != text and not options.unreleased:
        print(
            f"{path.name} is there and differs. Raise SCHEMA_MINOR (something was added) or SCHEMA_VERSION "
            "in quotesieve/store/tables.py; --unreleased writes it again if nobody has such data yet.",
            file=sys.stderr,
        )
        return 1
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
