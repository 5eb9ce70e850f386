"""Prefect's server, whose transactions on SQLite take the write lock when they begin.

    python -m flows.server        (`make serve` starts it)

By default Prefect begins most of its transactions as readers and turns them into writers. When
another connection has written in between, SQLite refuses at once, whatever the time-out; a few
such refusals within a second lose an event, and with it the alert that hangs on it
(github.com/PrefectHQ/prefect/issues/18934 and 10188). A transaction that begins as a writer waits
its turn instead. Settings are `environment`'s; a server on PostgreSQL needs none of this.
"""

import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

from prefect.cli import app
from prefect.server.database import configurations
from sqlalchemy.ext.asyncio import AsyncSession, AsyncSessionTransaction

# Connections beyond the five that SQLAlchemy keeps. Whoever waits for the lock has one; who holds the lock
# and wants a second one must not wait for them.
SPARE_CONNECTIONS = 100

_begin = configurations.AioSqliteConfiguration.begin_transaction


@asynccontextmanager
async def begin_as_writer(
    self: configurations.AioSqliteConfiguration, session: AsyncSession, with_for_update: bool = True
) -> AsyncIterator[AsyncSessionTransaction]:
    """Stands in for Prefect's method of the same arguments: every transaction is one that updates."""
    async with _begin(self, session, with_for_update=True) as transaction:
        yield transaction


def main() -> None:
    """`prefect server start`, in this process."""
    configurations.AioSqliteConfiguration.begin_transaction = begin_as_writer  # type: ignore[method-assign]
    configurations.create_async_engine = partial(  # type: ignore[attr-defined]
        configurations.create_async_engine, max_overflow=SPARE_CONNECTIONS
    )
    sys.argv = ["prefect", "server", "start"]
    app()


if __name__ == "__main__":
    main()
