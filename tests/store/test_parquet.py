"""Part files: the schema is pinned, nulls are refused, the digest is that of the file."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from quotesieve.errors import SnapshotError
from quotesieve.store.parquet import (
    file_sha256,
    read_part,
    read_parts,
    read_scratch,
    write_part,
    write_scratch,
)
from quotesieve.store.tables import REDIRECTS, REJECTIONS


def redirects(rows: int) -> pa.Table:
    columns = [pa.array([f"{kind}{i}" for i in range(rows)]) for kind in "ab"]
    return pa.Table.from_arrays(columns, schema=REDIRECTS.schema)


def test_a_part_comes_back_and_its_entry_is_true(tmp_path: Path) -> None:
    path = tmp_path / "t" / "part-1.parquet"
    entry = write_part(path, redirects(3), REDIRECTS)
    assert (entry.rows, entry.bytes, entry.sha256) == (3, path.stat().st_size, file_sha256(path))
    assert read_part(path).equals(redirects(3))
    assert read_parts([path, path], REDIRECTS).num_rows == 6
    assert read_parts([], REDIRECTS).schema.equals(REDIRECTS.schema)


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    one, two = (write_part(tmp_path / name, redirects(9), REDIRECTS) for name in "ab")
    assert one.sha256 == two.sha256


def test_a_column_more_or_a_null_too_many_is_refused(tmp_path: Path) -> None:
    rows = redirects(1)
    with pytest.raises(pa.ArrowInvalid, match="differs from its declaration"):
        write_part(tmp_path / "x", rows.append_column("more", pa.array(["x"])), REDIRECTS)
    null = pa.Table.from_arrays([pa.array([None], pa.string())] * 2, schema=REDIRECTS.schema)
    with pytest.raises(pa.ArrowInvalid, match="null"):
        write_part(tmp_path / "x", null, REDIRECTS)


def test_files_are_compressed_checksummed_and_indexed(tmp_path: Path) -> None:
    write_part(tmp_path / "x", redirects(5000), REDIRECTS)
    column = pq.ParquetFile(tmp_path / "x").metadata.row_group(0).column(0)
    assert column.compression == "ZSTD"
    assert column.has_offset_index
    assert "PLAIN_DICTIONARY" not in column.encodings
    assert "RLE_DICTIONARY" not in column.encodings  # ids are all different


def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"PAR1 no")
    with pytest.raises(SnapshotError, match="run"):
        read_part(tmp_path / "x")


def test_scratch_files_come_back_by_column(tmp_path: Path) -> None:
    write_scratch(tmp_path / "s.arrow", redirects(4))
    assert read_scratch(tmp_path / "s.arrow").num_rows == 4
    assert read_scratch(tmp_path / "s.arrow", ["target_passage_id"]).column_names == ["target_passage_id"]


def test_the_declared_schema_refuses_nothing_it_declares(tmp_path: Path) -> None:
    rows = REJECTIONS.schema.empty_table()
    assert write_part(tmp_path / "empty", rows, REJECTIONS).rows == 0
