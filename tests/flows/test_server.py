"""The served Prefect's transactions on SQLite: whoever reads before it writes is not refused."""

import asyncio
from pathlib import Path
from types import MethodType

import pytest
import sqlalchemy as sa
from prefect.server.database.configurations import AioSqliteConfiguration
from sqlalchemy.exc import OperationalError

from flows import server


async def _add_up(configuration: AioSqliteConfiguration, times: int) -> int:
    """So many transactions at once that each read a number and write the next; returns the last one."""
    engine = await configuration.engine()

    async def one() -> None:
        async with await configuration.session(engine) as session, configuration.begin_transaction(session):
            known = await session.scalar(sa.text("SELECT number FROM counter"))
            await asyncio.sleep(0.01)  # the others read meanwhile
            await session.execute(sa.text("UPDATE counter SET number = :next"), {"next": known + 1})

    async with engine.begin() as connection:
        await connection.execute(sa.text("CREATE TABLE counter AS SELECT 0 AS number"))
    await asyncio.gather(*(one() for _ in range(times)))
    async with engine.connect() as connection:
        found = await connection.scalar(sa.text("SELECT number FROM counter"))
    await engine.dispose()
    return int(found)


def _configuration(path: Path) -> AioSqliteConfiguration:
    return AioSqliteConfiguration(f"sqlite+aiosqlite:///{path}")


def test_transactions_that_read_and_then_write_wait_for_each_other(tmp_path: Path) -> None:
    configuration = _configuration(tmp_path / "prefect.db")
    configuration.begin_transaction = MethodType(server.begin_as_writer, configuration)  # type: ignore[method-assign]
    assert asyncio.run(_add_up(configuration, 12)) == 12


def test_prefect_alone_refuses_some(tmp_path: Path) -> None:
    """Where this passes no longer, Prefect does it by itself and `flows.server` can go."""
    with pytest.raises(OperationalError, match="locked"):
        asyncio.run(_add_up(_configuration(tmp_path / "prefect.db"), 12))
