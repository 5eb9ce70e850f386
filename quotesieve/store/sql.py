"""SQL over a snapshot's tables by DuckDB: what `query` runs and relational laws are checked with.

Each table is a view over the exact part files that current.json lists, never over a folder.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb

from quotesieve.errors import NotFound
from quotesieve.store.snapshot import Snapshot, declared, paths
from quotesieve.store.tables import TABLES


def connect(clean: Path, snapshot: Snapshot) -> duckdb.DuckDBPyConnection:
    """A connection in memory with one view a table. Extensions are off: nothing is fetched."""
    connection = _connection()
    _make_views(connection, "main", clean, snapshot, tuple(TABLES))
    return connection


def connect_two(
    one: tuple[Path, Snapshot], two: tuple[Path, Snapshot], *, only: Sequence[str] = tuple(TABLES)
) -> duckdb.DuckDBPyConnection:
    """A connection with the views of two snapshots, in the schemas `one` and `two`."""
    connection = _connection()
    for schema, (clean, snapshot) in (("one", one), ("two", two)):
        connection.execute(f"CREATE SCHEMA {schema}")
        _make_views(connection, schema, clean, snapshot, only)
    return connection


def _connection() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _make_views(
    connection: duckdb.DuckDBPyConnection, schema: str, clean: Path, snapshot: Snapshot, only: Sequence[str]
) -> None:
    for name in only:
        files = ", ".join("'" + str(p).replace("'", "''") + "'" for p in paths(clean, snapshot, name))
        connection.execute(f"CREATE VIEW {schema}.{name} AS SELECT * FROM read_parquet([{files}])")


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
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
        except duckdb.Error as error:
            first = str(error).splitlines()[0]
            raise NotFound(
                f"--where {where!r}: {first}. Write an SQL condition on the columns of {table}."
            ) from error


def scalars(connection: duckdb.DuckDBPyConnection, sql: str) -> Sequence[Any]:
    """The first column of a query's rows."""
    return [row[0] for row in connection.execute(sql).fetchall()]


def row(connection: duckdb.DuckDBPyConnection, sql: str) -> Sequence[Any]:
    """The one row of a query that has one: counts and the like."""
    found = connection.execute(sql).fetchone()
    return found or ()


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a query, by column name."""
    found = connection.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, values, strict=True)) for values in found.fetchall()]
