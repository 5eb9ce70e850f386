"""Sizes, bombs, damage in compressed files, and memory that stays flat."""

import gzip
import json
import subprocess
import sys
import zlib
from pathlib import Path

import mutate
import pytest

from quotesieve.model import Rejection
from quotesieve.settings import InputSettings, Settings
from quotesieve.store.raw import read_raw

MIB = 1024 * 1024


def told(path: Path, **limits: float) -> list[tuple[int | None, str]]:
    settings = Settings(input=InputSettings(**limits))  # type: ignore[arg-type]
    return [(item.record, getattr(item, "reason", "ok")) for item in read_raw(path, settings=settings)]


def put(tmp_path: Path, name: str, data: bytes) -> Path:
    (tmp_path / name).write_bytes(data)
    return tmp_path / name


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", b"\xef\xbb\xbf\n", "empty"),
        ("a.jsonl", b"", "empty"),
        ("a.parquet", b"", "empty"),
        ("a.warc", b"", "empty"),
        ("a.txt.gz", b"", "empty"),
        ("a.txt.gz", gzip.compress(b""), "empty"),
        ("a.txt.gz", b"not gzip", "bad_gzip"),
        ("a.txt", gzip.compress(b"words"), "binary"),
        ("a.txt.gz", gzip.compress(b"words" * 99)[:-9], "truncated_gzip"),
        ("a.txt.gz", gzip.compress(b"words" * 99)[:-8] + b"12345678", "bad_gzip"),
        ("a.txt.gz", gzip.compress(b"words") + b"garbage", "bad_gzip"),
        ("a.parquet", b"PAR1 no parquet PAR1", "bad_parquet"),
        ("a.parquet.gz", gzip.compress(mutate.parquet())[:-30], "truncated_gzip"),
        ("a.warc", b"no warc\n", "bad_warc"),
    ],
)
def test_a_file_that_is_of_no_use_is_one_rejection(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    found = told(put(tmp_path, name, data))
    assert [code for _, code in found] == [reason] or (found == [] and reason == "empty")


def test_a_file_of_several_gzip_members_with_zeros_after_them_is_whole(tmp_path: Path) -> None:
    data = gzip.compress(b"One. ") + gzip.compress(b"") + gzip.compress(b"Two.") + b"\0" * 700
    (item,) = read_raw(put(tmp_path, "a.txt.gz", data))
    assert item.payload == b"One. Two."


def test_records_over_the_limit_are_refused_and_the_next_is_read(tmp_path: Path) -> None:
    rows = [{"text": "One."}, {"text": "x" * 5000}, {"text": "Three."}]
    lines = "\n".join(map(json.dumps, rows)).encode()
    expected = [(1, "ok"), (2, "too_large"), (3, "ok")]
    assert told(put(tmp_path, "a.jsonl", lines), max_record_bytes=1000) == expected
    pages = [mutate.warc_record(f"<p>{size * 'x'}</p>".encode()) for size in (10, 200_000, 10)]
    assert told(put(tmp_path, "a.warc", b"".join(pages)), max_record_bytes=1000) == expected
    assert told(put(tmp_path, "a.txt", b"x" * 1001), max_record_bytes=1000) == [(None, "too_large")]
    assert told(put(tmp_path, "b.txt", b"x" * 1000), max_record_bytes=1000) == [(None, "ok")]


def test_a_large_picture_in_a_warc_is_passed_over_in_silence(tmp_path: Path) -> None:
    picture = mutate.warc_record(b"\x89PNG" + b"x" * 300_000, content_type="image/png")
    data = picture + mutate.warc_record(mutate.HTML.encode())
    assert told(put(tmp_path, "a.warc", data), max_record_bytes=10_000) == [(2, "ok")]


def bomb(size: int) -> bytes:
    """A gzip stream that grows a thousandfold."""
    return gzip.compress(b" " * size, mtime=0)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.warc.gz", "a.parquet.gz", "a.html.gz"])
def test_a_bomb_is_refused_long_before_it_is_inflated(tmp_path: Path, name: str) -> None:
    found = told(put(tmp_path, name, bomb(64 * MIB)), max_record_bytes=32 * MIB)
    assert found[-1][1] == "decompression_bomb"


def test_a_bomb_of_bombs_costs_one_rejection_of_memory(tmp_path: Path) -> None:
    body = gzip.compress(mutate.HTML.encode() + b" " * 64 * MIB)
    record = mutate.warc_record(body, headers="Content-Encoding: gzip\r\n")
    assert told(put(tmp_path, "a.warc", record), max_record_bytes=32 * MIB) == [(1, "decompression_bomb")]
    assert told(put(tmp_path, "b.warc", record), max_record_bytes=1 * MIB) == [(1, "too_large")]


def test_text_that_repeats_itself_is_no_bomb(tmp_path: Path) -> None:
    line = json.dumps({"text": "The same words again and again. " * 200}) + "\n"
    assert told(put(tmp_path, "a.jsonl.gz", gzip.compress(line.encode() * 50)))[-1] == (50, "ok")


def test_records_before_the_damage_are_kept(tmp_path: Path) -> None:
    lines = b"".join(b'{"text": "Article number %d."}\n' % number for number in range(8_000))
    data = gzip.compress(lines)
    found = told(put(tmp_path, "a.jsonl.gz", data[: len(data) // 2]))
    assert len(found) > 2000
    assert {code for _, code in found[:-1]} == {"ok"}
    assert found[-1] == (len(found), "truncated_gzip")


def test_the_same_refusal_has_the_same_digest(tmp_path: Path) -> None:
    def digests(name: str) -> list[str]:
        return [item.digest for item in read_raw(tmp_path / name) if isinstance(item, Rejection)]

    put(tmp_path, "a.jsonl", b"{\n[]\n")
    put(tmp_path, "b.jsonl", b"{\n[]\n")
    put(tmp_path, "c.jsonl", b"{\n[1]\n")
    assert digests("a.jsonl") == digests("b.jsonl")
    assert digests("a.jsonl")[0] == digests("c.jsonl")[0]
    assert digests("a.jsonl")[1] != digests("c.jsonl")[1]


_MEASURE = """
import resource, sys
from quotesieve.store.raw import read_raw
count = sum(1 for _ in read_raw(sys.argv[1]))
print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def peak(path: Path) -> tuple[int, int]:
    """Records of a file, and the most memory that reading it took (KiB), in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE, str(path)], capture_output=True, text=True, check=True
    )
    count, most = done.stdout.split()
    return int(count), int(most)


def jsonl_gz(path: Path, rows: int) -> None:
    line = json.dumps(
        {"text": "Words that a reader may read or not. " * 150, "url": "https://news.example/1"}
    )
    pack = zlib.compressobj(1, wbits=31)
    with path.open("wb") as stream:
        for number in range(rows):
            stream.write(pack.compress(f"{line}\n".encode() if number % 2 else f"{number}{line}\n".encode()))
        stream.write(pack.flush())


def test_memory_does_not_grow_with_the_size_of_a_jsonl_file(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    jsonl_gz(tmp_path / "small.jsonl.gz", 200)
    jsonl_gz(tmp_path / "large.jsonl.gz", 8_000)  # 45 MB unpacked
    small, large = peak(tmp_path / "small.jsonl.gz"), peak(tmp_path / "large.jsonl.gz")
    assert (small[0], large[0]) == (200, 8_000)
    assert large[1] < small[1] + 12 * 1024


def test_one_line_as_long_as_the_file_is_not_held_in_memory(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    put(tmp_path, "a.jsonl", b'{"text": "One."}\n')
    put(tmp_path, "b.jsonl", b'{"text": "' + b"x" * 90 * MIB + b'"}\n{"text": "One."}\n')
    assert told(tmp_path / "b.jsonl") == [(1, "too_large"), (2, "ok")]
    assert peak(tmp_path / "b.jsonl")[1] < peak(tmp_path / "a.jsonl")[1] + 60 * 1024


def test_memory_does_not_grow_with_the_size_of_parquet_and_warc_files(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    page = mutate.warc_record(mutate.HTML.encode() * 20)
    peaks = {}
    for size in (20, 600):
        put(tmp_path, f"{size}.warc", page * size)
        put(tmp_path, f"{size}.parquet", mutate.parquet(size * 20, row_group_size=1000, use_dictionary=False))
        peaks[size] = (peak(tmp_path / f"{size}.warc")[1], peak(tmp_path / f"{size}.parquet")[1])
    assert peaks[600][0] < peaks[20][0] + 6 * 1024
    assert peaks[600][1] < peaks[20][1] + 20 * 1024
