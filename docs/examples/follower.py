"""Keep a DuckDB file in step with the passages of a Quotesieve data set.

    python follower.py data/clean mirror.duckdb              # once: bring the copy up to date
    python follower.py data/clean mirror.duckdb --every 60   # as a service

Goes by the changes since the snapshot that was read last; loads everything where that snapshot is no
longer kept. The copy and the snapshot's id change in one transaction, so a kill at any moment does no
harm. Take it as a pattern: the three SQL statements are all that another database needs.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

import quotesieve as qs
from quotesieve.errors import NotFound, SnapshotError

ATTEMPTS = 5  # a snapshot may go while it is read; five in a row don't


def follow(clean: Path, mirror: Path) -> str:
    """Bring the copy up to date; say how: unchanged, changes or everything.

    Raises SnapshotError if there is no snapshot yet, or none that can be read.
    """
    with duckdb.connect(str(mirror)) as copy:
        copy.execute("CREATE TABLE IF NOT EXISTS followed (snapshot VARCHAR)")
        for attempt in range(ATTEMPTS):
            rows = copy.execute("SELECT snapshot FROM followed").fetchall()
            last = rows[0][0] if rows else None
            try:
                return step(clean, copy, last)
            except SnapshotError:
                if attempt + 1 == ATTEMPTS:
                    raise
                time.sleep(1)
    raise AssertionError("unreachable")


def step(clean: Path, copy: duckdb.DuckDBPyConnection, last: str | None) -> str:
    """One attempt: current.json is read once, and everything else goes by what it says."""
    try:
        listing = json.loads((clean / "current.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SnapshotError(f"{clean}: no snapshot yet") from None
    now = listing["snapshot"]
    if now == last:
        return "unchanged"
    if last is not None:
        try:
            changes = qs.read_changes(clean, last, now).read_all()
        except NotFound:  # no longer kept: load everything
            pass
        else:
            apply(copy, changes, now)
            return "changes"
    load(copy, [clean / file["path"] for file in listing["tables"]["passages"]["files"]], now)
    return "everything"


def apply(copy: duckdb.DuckDBPyConnection, changes: object, now: str) -> None:
    """Delete what is listed, insert what is there now."""
    copy.register("changes", changes)
    with transaction(copy):
        copy.execute("DELETE FROM passages WHERE passage_id IN (SELECT passage_id FROM changes)")
        copy.execute(
            "INSERT INTO passages BY NAME SELECT * EXCLUDE (change, target_passage_id, changed_columns) "
            "FROM changes WHERE change IN ('added', 'changed')"
        )
        copy.execute("UPDATE followed SET snapshot = ?", [now])
    copy.unregister("changes")


def load(copy: duckdb.DuckDBPyConnection, files: list[Path], now: str) -> None:
    """Take the whole table."""
    try:
        with transaction(copy):
            copy.read_parquet([str(file) for file in files]).create_view("incoming")
            copy.execute("CREATE OR REPLACE TABLE passages AS SELECT * FROM incoming")
            copy.execute("DROP VIEW incoming")
            copy.execute("DELETE FROM followed")
            copy.execute("INSERT INTO followed VALUES (?)", [now])
    except duckdb.IOException as error:  # it went while it was read
        raise SnapshotError(str(error)) from error


@contextmanager
def transaction(copy: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All of a block or nothing of it."""
    copy.begin()
    try:
        yield
    except BaseException:
        copy.rollback()
        raise
    copy.commit()


def main() -> int:
    """Follow once, or for as long as the process lives."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("clean", type=Path)
    parser.add_argument("mirror", type=Path)
    parser.add_argument("--every", type=float, metavar="SECONDS")
    options = parser.parse_args()
    while True:
        try:
            print(follow(options.clean, options.mirror), flush=True)
        except SnapshotError as error:
            print(error, file=sys.stderr, flush=True)
            if options.every is None:
                return 1
        if options.every is None:
            return 0
        time.sleep(options.every)


if __name__ == "__main__":
    sys.exit(main())
