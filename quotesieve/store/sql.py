"""SQL over a snapshot's tables by DuckDB: what `query` runs and relational laws are checked with.

Each table is a view over the exact part files that current.json lists, never over a folder.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from quotesieve.errors import NotFound, SnapshotError
from quotesieve.store.snapshot import Snapshot, declared, paths
from quotesieve.store.tables import TABLES


def connect(clean: Path, snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """A connection in memory with one view a table."""
    connection = blank()
    for name in TABLES:
        create_view(connection, name, paths(clean, snapshot, name))
    return connection


@contextmanager
def views(clean: Path, snapshot: Snapshot, tables: Sequence[str]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection with views of some tables. What goes wrong in it is a SnapshotError: a damaged file."""
    with blank() as connection, readable(clean):
        for name in tables:
            create_view(connection, name, paths(clean, snapshot, name))
        yield connection


@contextmanager
def readable(clean: Path) -> Iterator[None]:
    """Turns an error of DuckDB into a SnapshotError."""
    try:
        yield
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise SnapshotError(
            f"{clean}: cannot be read, or went while it was read: {first} "
            "Run `quotesieve run` to mend what is damaged."
        ) from error


def connect_two(
    one: tuple[Path, Snapshot], two: tuple[Path, Snapshot], *, only: Sequence[str] = tuple(TABLES)
) -> duckdb.DuckDBPyConnection:
    """A connection with the views of two snapshots, in the schemas `one` and `two`."""
    connection = blank()
    for schema, (clean, snapshot) in (("one", one), ("two", two)):
        connection.execute(f"CREATE SCHEMA {schema}")
        for name in only:
            create_view(connection, f"{schema}.{name}", paths(clean, snapshot, name))
    return connection


def blank() -> duckdb.DuckDBPyConnection:
    """A connection in memory, in UTC. Extensions are off: nothing is fetched."""
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def create_view(connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path]) -> None:
    """A view of that name over some part files, at least one."""
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{_listed(files)}])")


def _listed(files: Sequence[Path]) -> str:
    """The paths as SQL strings."""
    return ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)


def select(
    clean: Path, snapshot: Snapshot, table: str, *, where: str | None = None, limit: int | None = None
) -> list[dict[str, Any]]:
    """Rows of one table as dicts, those that an SQL condition holds for.

    Raises NotFound for an unknown table and for a condition that DuckDB cannot make sense of.
    """
    declared(table)
    condition = f" WHERE {where}" if where else ""
    bound = f" LIMIT {int(limit)}" if limit is not None else ""
    with connect(clean, snapshot) as connection:
        try:
            found = connection.execute(f"SELECT * FROM {table}{condition}{bound}")
            names = [column[0] for column in found.description or ()]
            single = {column[0] for column in found.description or () if str(column[1]) == "FLOAT"}
            listed = [dict(zip(names, values, strict=True)) for values in found.fetchall()]
            return [row | {name: _as_stored(row[name]) for name in single} for row in listed]
        except duckdb.Error as error:
            first = str(error).splitlines()[0].rstrip(".!")
            raise NotFound(
                f"--where {where!r}: {first}. Write an SQL condition on the columns of {table}."
            ) from error


def _as_stored(value: float | None) -> float | None:
    """A single-precision number as the decimal it stands for.

    >>> _as_stored(0.9700000286102295)
    0.97
    """
    return None if value is None else float(f"{value:.7g}")


def scalars(connection: duckdb.DuckDBPyConnection, sql: str) -> Sequence[Any]:
    """The first column of a query's rows."""
    return [row[0] for row in connection.execute(sql).fetchall()]


def scan(files: Sequence[Path]) -> str:
    """What stands after FROM to read exactly these part files; a column `filename` tells them apart."""
    return f"read_parquet([{_listed(files)}], filename = true)"


def row(connection: duckdb.DuckDBPyConnection, sql: str) -> Sequence[Any]:
    """The one row of a query that has one: counts and the like."""
    found = connection.execute(sql).fetchone()
    return found or ()


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, by column name."""
    found = connection.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]
