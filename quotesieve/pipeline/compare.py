"""Two data sets side by side: are the groups of mentions, the ids and the rows the same?

What a full rebuild is checked against the incremental state with. Compares published rows by key;
order, part files and clock times don't count. Says what differs, with an example; changes nothing.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from quotesieve.store import forgotten, quarantine, snapshot, sql
from quotesieve.store.snapshot import Snapshot
from quotesieve.store.tables import TABLES

# `runs` tells of the runs that led here, which a rebuild has fewer of.
NOT_COMPARED = frozenset({"runs"})
_DECISIONS = (quarantine.NAME, quarantine.ACCEPTED, forgotten.FILE)
# Near misses are kept up to a number a mention, and a pair has no order: links alone must be the same.
_LINKS = (
    "SELECT least(left_mention_id, right_mention_id) AS one, greatest(left_mention_id, right_mention_id) AS "
    "other, link_type, scorer, round(score, 3) AS score FROM {side}.comparisons WHERE linked"
)
# Whatever their passages are called: which mentions stand together.
_GROUPS = (
    "SELECT md5(string_agg(mention_id, ' ' ORDER BY mention_id)) AS members, passage_id "
    "FROM {side}.mentions GROUP BY passage_id"
)


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one table (or in the groups of mentions, or the links): rows, and an example."""

    table: str
    only_left: int
    only_right: int
    changed: int
    columns: tuple[str, ...]  # that differ in rows which both sides have
    example: str

    def __str__(self) -> str:
        """For people: `mentions: 3 rows differ (speaker), such as 4f2a...`."""
        parts = [
            f"{self.only_left:,} only in the first" if self.only_left else "",
            f"{self.only_right:,} only in the second" if self.only_right else "",
            f"{self.changed:,} differ ({', '.join(self.columns)})" if self.changed else "",
        ]
        return f"{self.table}: {', '.join(part for part in parts if part)}, such as {self.example}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two data sets compare."""

    left: str  # snapshot
    right: str
    rows: int  # compared, of the first
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Nothing differs."""
        return not self.differences


def clone(clean: Path, target: Path) -> Snapshot:
    """Make `target` a data set of its own with the current snapshot of `clean`, to be rebuilt there.

    What people and the gate decided goes along, so that what is held back stays so. Raises
    SnapshotError if there is nothing to clone.
    """
    made = snapshot.clone(clean, target)
    for name in _DECISIONS:
        if (clean / name).exists():
            shutil.copy2(clean / name, target / name)
    return made


def compare(left: Path, right: Path) -> Comparison:
    """Compare the current snapshots of two CLEAN folders. Raises SnapshotError if one has none."""
    return compare_snapshots((left, snapshot.require_current(left)), (right, snapshot.require_current(right)))


def compare_snapshots(left: tuple[Path, Snapshot], right: tuple[Path, Snapshot]) -> Comparison:
    """Compare two snapshots, each given with the CLEAN folder that holds its files."""
    tables = [name for name in TABLES if name not in NOT_COMPARED]
    with sql.connect_two(left, right) as connection:
        found = tuple(_differences(connection, tables))
    rows = sum(left[1].counts.get(name, 0) for name in tables)
    return Comparison(left[1].id, right[1].id, rows, found)


def _differences(connection: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> Iterator[Difference]:
    views = {
        "groups of mentions": (_GROUPS, ("members",), ()),
        "ids of passages": (_GROUPS, ("members",), ("passage_id",)),
        "links": (_LINKS, ("one", "other"), ("link_type", "scorer", "score")),
    }
    for name, (query, key, values) in views.items():
        yield from _difference(connection, name, query, key, values)
    for name in tables:
        if name != "comparisons":
            table = TABLES[name]
            values = tuple(c.name for c in table.columns if c.name not in table.key)
            yield from _difference(connection, name, f"SELECT * FROM {{side}}.{name}", table.key, values)


def _difference(
    connection: duckdb.DuckDBPyConnection, name: str, query: str, key: Sequence[str], values: Sequence[str]
) -> Iterator[Difference]:
    left, right = f"({query.format(side='one')}) l", f"({query.format(side='two')}) r"
    same_key = " AND ".join(f"l.{column} IS NOT DISTINCT FROM r.{column}" for column in key)
    missing = "SELECT concat_ws(' ', {key}) FROM {a} ANTI JOIN {b} ON {on}"
    sides = [
        sql.scalars(connection, missing.format(key=", ".join(f"{s}.{c}" for c in key), a=a, b=b, on=same_key))
        for s, a, b in (("l", left, right), ("r", right, left))
    ]
    changed, columns, example = _changed(connection, f"{left} JOIN {right} ON {same_key}", key, values)
    if sides[0] or sides[1] or changed:
        shown = next((side[0] for side in sides if side), example)
        yield Difference(name, len(sides[0]), len(sides[1]), changed, columns, str(shown))


def _changed(
    connection: duckdb.DuckDBPyConnection, joined: str, key: Sequence[str], values: Sequence[str]
) -> tuple[int, tuple[str, ...], str]:
    """Rows that both have and that differ: how many, in which columns, and one key."""
    if not values:
        return 0, (), ""
    tests = [f"l.{column} IS DISTINCT FROM r.{column}" for column in values]
    counts = ", ".join(f"count(*) FILTER ({test})" for test in tests)
    some = " OR ".join(tests)
    names = ", ".join(f"l.{column}" for column in key)
    query = f"SELECT count(*), min(concat_ws(' ', {names})), {counts} FROM {joined} WHERE {some}"
    total, example, *by_column = sql.row(connection, query)
    return total, tuple(c for c, count in zip(values, by_column, strict=True) if count), example or ""
