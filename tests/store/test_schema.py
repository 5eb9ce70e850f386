"""The published tables are held to the version they say: docs/schema.md is the promise."""

import json
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from quotesieve.store.tables import SCHEMA_MINOR, SCHEMA_VERSION

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

FOLDER = Path(__file__).parent / "schema"
CURRENT = f"{SCHEMA_VERSION}.{SCHEMA_MINOR}"


def pinned(version: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{version}.json").read_text(encoding="utf-8"))
    return loaded


def sections(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema["tables"], "changes": schema["changes"]}


def broken(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What a reader of the old schema would miss in the new one. Additions at the end are none."""
    found = []
    for name, before in sections(old).items():
        after = sections(new).get(name)
        if after is None:
            found.append(f"{name} is gone")
        elif name == "changes":  # its columns are its own and those of passages: order is not promised
            missing = [c["name"] for c in before["columns"] if c not in after["columns"]]
            found += [f"changes.{column} is gone or another" for column in missing]
        elif after["columns"][: len(before["columns"])] != before["columns"] or after["key"] != before["key"]:
            found.append(f"{name}: a column or the key went, moved or changed")
    return found


def test_the_tables_are_those_of_their_version() -> None:
    from make_schema import schema

    assert (FOLDER / f"{CURRENT}.json").exists(), "run scripts/make_schema.py"
    assert schema() == pinned(CURRENT), (
        f"The tables are not those of schema version {CURRENT}. If tables or columns were added (at the end, "
        "columns as a rule nullable), raise SCHEMA_MINOR in quotesieve/store/tables.py; if something "
        "went, moved or changed, raise SCHEMA_VERSION and set SCHEMA_MINOR to 0. Then run "
        "scripts/make_schema.py and say it in CHANGELOG.md. If nobody has data of this version yet, "
        "scripts/make_schema.py --unreleased pins it again."
    )


def versions() -> list[tuple[int, int]]:
    return sorted((int(a), int(b)) for a, _, b in (p.stem.partition(".") for p in FOLDER.glob("*.json")))


def test_within_a_version_nothing_goes() -> None:
    known = versions()
    assert known[-1] == (SCHEMA_VERSION, SCHEMA_MINOR), "a pinned version is newer than the tables"
    for (old, old_minor), (new, new_minor) in pairwise(known):
        if old == new:
            assert broken(pinned(f"{old}.{old_minor}"), pinned(f"{new}.{new_minor}")) == []


@pytest.mark.parametrize("harm", ["drop", "rename", "type", "null", "key", "move", "table"])
def test_what_breaks_a_reader_is_noticed(harm: str) -> None:
    new = pinned(CURRENT)
    columns = new["tables"]["mentions"]["columns"]
    match harm:
        case "drop":
            columns.pop()
        case "rename":
            columns[0]["name"] = "id"
        case "type":
            columns[0]["type"] = "int64"
        case "null":
            columns[0]["null"] = True
        case "key":
            new["tables"]["mentions"]["key"] = ["article_id"]
        case "move":
            columns.reverse()
        case "table":
            del new["tables"]["redirects"]
    assert broken(pinned(CURRENT), new)


def test_an_addition_breaks_nobody() -> None:
    new = pinned(CURRENT)
    new["tables"]["mentions"]["columns"].append({"name": "mood", "type": "string", "null": True})
    new["tables"]["moods"] = {"key": ["mood"], "columns": []}
    assert broken(pinned(CURRENT), new) == []
