"""What is listed, what waits, what is refused, and what links may do."""

import os
from pathlib import Path

import fsspec
import pytest

from quotesieve.errors import InputFolderMissing
from quotesieve.settings import InputSettings
from quotesieve.store.listing import InputFile, list_input
from quotesieve.store.raw import read_raw

LIMITS = InputSettings()


def put(folder: Path, *paths: str, data: bytes = b"Some words.\n") -> None:
    for path in paths:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def paths(root: Path | str) -> list[str]:
    return [file.path for file in list_input(str(root), LIMITS)[0]]


def reasons(root: Path | str) -> dict[str, str]:
    return {refused.raw_path: refused.reason for refused in list_input(str(root), LIMITS)[1]}


def test_files_of_every_format_are_listed_in_order_of_path(tmp_path: Path) -> None:
    put(tmp_path, "b/x.TXT", "a.txt.gz", "b/c/y.htm", "z.html", "r.jsonl.gz", "s.parquet", "t.warc.gz")
    files, refused, waiting = list_input(str(tmp_path), LIMITS)
    assert [(f.path, f.format, f.gzipped, f.container) for f in files] == [
        ("a.txt.gz", "txt", True, False),
        ("b/c/y.htm", "html", False, False),
        ("b/x.TXT", "txt", False, False),
        ("r.jsonl.gz", "jsonl", True, True),
        ("s.parquet", "parquet", False, True),
        ("t.warc.gz", "warc", True, True),
        ("z.html", "html", False, False),
    ]
    assert refused == []
    assert waiting == []


def test_hidden_files_and_the_users_own_files_are_no_input(tmp_path: Path) -> None:
    put(
        tmp_path,
        ".hidden.txt",
        ".git/a.txt",
        "manifest.csv",
        "manifest.jsonl",
        "outlets.csv",
        "corrections.csv",
    )
    put(tmp_path, "a.txt", "a.txt.meta.json", "orphan.meta.json")
    assert paths(tmp_path) == ["a.txt"]
    assert reasons(tmp_path) == {}


def test_a_manifest_further_down_is_refused_and_not_read_as_articles(tmp_path: Path) -> None:
    put(tmp_path, "deep/manifest.jsonl", "deep/manifest.csv")
    assert reasons(tmp_path) == {
        "deep/manifest.csv": "unsupported_format",
        "deep/manifest.jsonl": "unsupported_format",
    }


@pytest.mark.parametrize("name", ["a.pdf", "a", "a.txt.bz2", "a.gz", "txt", "a.json", "a.warc.zst"])
def test_other_formats_are_refused(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    assert reasons(tmp_path) == {name: "unsupported_format"}


def test_files_that_are_being_written_wait(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl.part", "b.txt.tmp", "old.txt", "young.txt")
    os.utime(tmp_path / "old.txt", (1000, 1000))
    os.utime(tmp_path / "young.txt", (1990, 1990))
    files, refused, waiting = list_input(str(tmp_path), InputSettings(settle_seconds=60), now=2000)
    assert [file.path for file in files] == ["old.txt"]
    assert waiting == ["a.jsonl.part", "b.txt.tmp", "young.txt"]
    assert refused == []


@pytest.mark.parametrize("sidecar", ["a.txt.gz.meta.json", "a.txt.meta.json", "a.meta.json"])
def test_a_sidecar_is_found_by_the_full_or_the_short_name(tmp_path: Path, sidecar: str) -> None:
    put(tmp_path, "in/a.txt.gz", f"in/{sidecar}")
    assert list_input(str(tmp_path), LIMITS)[0][0].sidecar == f"in/{sidecar}"


def test_links_out_of_the_folder_are_refused_and_never_read(tmp_path: Path) -> None:
    put(tmp_path, "outside/secret.txt", "raw/a.txt")
    os.symlink(tmp_path / "outside/secret.txt", tmp_path / "raw/file.txt")
    os.symlink(tmp_path / "outside", tmp_path / "raw/folder")
    assert reasons(tmp_path / "raw") == {"file.txt": "outside_input", "folder": "outside_input"}
    assert paths(tmp_path / "raw") == ["a.txt"]


def test_a_folder_beside_with_a_longer_name_is_outside(tmp_path: Path) -> None:
    put(tmp_path, "raw2/a.txt", "raw/b.txt")
    os.symlink(tmp_path / "raw2/a.txt", tmp_path / "raw/a.txt")
    assert reasons(tmp_path / "raw") == {"a.txt": "outside_input"}


def test_a_link_swapped_in_after_the_listing_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, "outside.txt", "raw/a.txt")
    stale = list_input(str(tmp_path / "raw"), LIMITS)[0]
    (tmp_path / "raw/a.txt").unlink()
    os.symlink(tmp_path / "outside.txt", tmp_path / "raw/a.txt")
    from quotesieve.store.manifest import Manifest
    from quotesieve.store.raw import read_file

    (item,) = read_file(str(tmp_path / "raw"), stale[0], settings=LIMITS, manifest=Manifest())
    assert getattr(item, "reason", None) == "outside_input"


def test_links_inside_the_folder_give_each_file_once_and_cycles_end(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "sub/b.txt", ".store/object1", ".store/object2")
    os.symlink(tmp_path, tmp_path / "sub/up")
    os.symlink(tmp_path / "sub", tmp_path / "again")
    os.symlink(tmp_path / "a.txt", tmp_path / "alias.txt")
    os.symlink(tmp_path / ".store/object1", tmp_path / "kept.txt")  # as git-annex does
    os.symlink("loop.txt", tmp_path / "loop.txt")
    os.symlink(tmp_path / "nothing", tmp_path / "broken.txt")
    assert paths(tmp_path) == ["a.txt", "kept.txt", "sub/b.txt"]
    assert reasons(tmp_path) == {"broken.txt": "unreadable", "loop.txt": "unreadable"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert reasons(tmp_path) == {"a.txt": "not_a_file"}


def test_a_name_that_is_no_utf8_is_refused_under_a_name_that_can_be_stored(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"x")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    refused = reasons(tmp_path)
    assert refused == {"caf\\udce9.txt": "bad_file_name"}


def test_a_missing_folder_is_an_error_for_a_person(tmp_path: Path) -> None:
    with pytest.raises(InputFolderMissing, match="no such folder"):
        list_input(str(tmp_path / "nowhere"), LIMITS)
    with pytest.raises(InputFolderMissing):
        list_input("memory://nowhere", LIMITS)


def test_an_empty_folder_is_none(tmp_path: Path) -> None:
    assert list_input(str(tmp_path), LIMITS) == ([], [], [])


def test_a_single_file_is_a_root_too(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "b.txt")
    (tmp_path / "a.txt.meta.json").write_text('{"outlet": "news.example"}')
    (item,) = read_raw(tmp_path / "a.txt")
    assert item.raw_path == "a.txt"
    assert item.metadata.outlet == "news.example"


def test_file_urls_are_local_folders(tmp_path: Path) -> None:
    put(tmp_path, "a.txt")
    assert [item.raw_path for item in read_raw(f"file://{tmp_path}")] == ["a.txt"]


def test_other_file_systems_are_listed_and_read() -> None:
    memory = fsspec.filesystem("memory")
    memory.pipe("/bucket/raw/outlet=news.example/a.txt", b"The bridge opened.")
    memory.pipe("/bucket/raw/.hidden/b.txt", b"no")
    memory.pipe("/bucket/raw/c.pdf", b"no")
    memory.pipe("/bucket/raw/manifest.csv", b"path,title\noutlet=news.example/a.txt,Bridge\n")
    items = list(read_raw("memory://bucket/raw"))
    memory.rm("/bucket", recursive=True)
    assert [item.raw_path for item in items] == ["c.pdf", "outlet=news.example/a.txt"]
    assert items[1].metadata.outlet == "news.example"
    assert items[1].metadata.title == "Bridge"


def test_an_input_file_is_a_value() -> None:
    file = InputFile("a.txt", "txt", False, 1, None, False)
    assert file == InputFile("a.txt", "txt", False, 1, None, False)
