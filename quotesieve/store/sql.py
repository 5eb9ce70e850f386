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


def blank() -> duckdb.DuckDBPyConnection:
    """A connection in memory, in UTC. Extensions are off: nothing is fetched."""
    connection = duckdb.connect(
        config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    )
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def create_view(connection: duckdb.DuckDBPyConnection, name: str, files: Sequence[Path]) -> None:
    """A view of that name over some part files, at least one."""
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet([{listed}])")


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


def scan(files: Sequence[Path]) -> str:
    """What stands after FROM to read exactly these part files; a column `filename` tells them apart."""
    listed = ", ".join("'" + str(path).replace("'", "''") + "'" for path in files)
    return f"read_parquet([{listed}], filename = true)"
