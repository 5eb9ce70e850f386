"""The keys of tables that are about to be published: what is there twice is found, wherever it lies."""

from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

import quotesieve as qs
from quotesieve.pipeline.keys import check_keys
from quotesieve.store import snapshot
from quotesieve.store.parquet import FileEntry, read_part, write_part
from quotesieve.store.tables import TABLES

TEXT = "“We will open the bridge in May,” said Ada Bell.\n\nThe bridge was closed on Monday, she said.\n"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, tuple[FileEntry, ...]]:
    raw, clean = tmp_path / "raw", tmp_path / "clean"
    raw.mkdir()
    (raw / "bridge.txt").write_text(TEXT)
    qs.run(raw, clean)
    found = snapshot.require_current(clean)
    return {
        name: tuple(replace(entry, path=str(clean / entry.path)) for entry in entries)
        for name, entries in found.files.items()
    }


def test_what_a_run_wrote_has_no_key_twice(files: dict[str, tuple[FileEntry, ...]]) -> None:
    assert check_keys(files) == []


@pytest.mark.parametrize("name", ["articles", "lines", "paragraphs", "mentions", "passages"])
def test_rows_that_stand_in_two_files_are_found(files: dict[str, tuple[FileEntry, ...]], name: str) -> None:
    found = check_keys({**files, name: files[name] * 2})
    assert [(one.code, one.figure, one.severity) for one in found] == [("key_not_unique", name, "refuse")]


@pytest.mark.parametrize("name", ["lines", "paragraphs", "mentions"])
def test_rows_that_stand_twice_in_one_file_are_found(
    files: dict[str, tuple[FileEntry, ...]], name: str
) -> None:
    (entry,) = files[name]
    path = Path(entry.path)
    rows = read_part(path, TABLES[name].schema.names)
    path.unlink()
    doubled = write_part(path, pa.concat_tables([rows, rows.slice(0, 1)]), TABLES[name])
    (found,) = check_keys({**files, name: (doubled,)})
    assert (found.code, found.figure, found.value) == ("key_not_unique", name, 1)
