"""The published tables as others read them: DuckDB, Polars and pandas, by file list and by link."""

import json
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow.dataset as ds
import pytest
from newsroom import press

import quotesieve as qs
from quotesieve.settings import make_settings
from quotesieve.store.tables import TABLES


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A snapshot of several shards."""
    folder = tmp_path_factory.mktemp("readers")
    press(folder / "raw", 10)
    (folder / "raw" / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    qs.run(
        folder / "raw",
        folder / "clean",
        make_settings({"store": {"shard_articles": 4}, "run": {"workers": 1}}),
    )
    return folder / "clean"


def listed(clean: Path, table: str) -> list[str]:
    """The files that current.json lists."""
    current = json.loads((clean / "current.json").read_text())
    return [str(clean / entry["path"]) for entry in current["tables"][table]["files"]]


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_reader_sees_the_same_rows_and_columns(clean: Path, table: str) -> None:
    files = listed(clean, table)
    linked = str((clean / "current").resolve() / table / "*.parquet")
    expected = qs.read_table(clean, table)
    assert expected.schema.equals(TABLES[table].schema)
    rows, names = expected.num_rows, expected.column_names
    for source in (files, linked):
        by_duckdb = duckdb.sql(f"SELECT * FROM read_parquet({source!r})")
        assert (by_duckdb.columns, len(by_duckdb.fetchall())) == (names, rows)
        by_polars = pl.read_parquet(source)
        assert (by_polars.columns, by_polars.height) == (names, rows)
    by_pandas = pd.read_parquet(files)
    assert (list(by_pandas.columns), len(by_pandas)) == (names, rows)
    assert ds.dataset(files).to_table().num_rows == rows
    assert len(pd.read_parquet(clean / "current" / table)) == rows


def test_a_join_across_tables_in_duckdb(clean: Path) -> None:
    found = duckdb.sql(
        f"""
        SELECT p.speaker, count(*) AS printings
        FROM read_parquet({listed(clean, "passages")!r}) p
        JOIN read_parquet({listed(clean, "mentions")!r}) m USING (passage_id)
        WHERE p.outlet_count > 1 GROUP BY 1 ORDER BY 2 DESC
        """
    ).fetchall()
    assert found
    assert all(printings >= 2 for _, printings in found)


def test_the_data_package_describes_the_tables(clean: Path) -> None:
    package = json.loads((clean / "current" / "datapackage.json").read_text())
    assert [resource["name"] for resource in package["resources"]] == list(TABLES)
    for resource in package["resources"]:
        table = TABLES[resource["name"]]
        assert [field["name"] for field in resource["schema"]["fields"]] == [c.name for c in table.columns]
