"""Damage for input files: deterministic, so that a failure can be repeated. No tests in here.

for name, data in mutations(b"...", seed=7, count=50): ...
"""

import gzip
import io
import json
import random
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

SENTENCES = (
    "The mayor of Exampleton said the bridge would open on Monday.",
    "“We were told it would take a year, and it took three,” she said.",
    "Prices in the old town rose by £40 – more than anyone had expected.",
    "Señor Núñez, who owns the café at the corner, was not surprised.",
)
TEXT = "\n\n".join(SENTENCES)
HTML = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge opens | Exampleton News</title>'
    '<link rel="canonical" href="https://news.example/bridge"></head><body><article><h1>Bridge opens</h1>'
    + "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    + "</article></body></html>"
)


def jsonl(rows: int = 4) -> bytes:
    """A JSONL file of articles, every other one HTML."""
    lines = (
        {
            "url": f"https://news.example/{number}",
            ("html" if number % 2 else "text"): HTML if number % 2 else TEXT,
        }
        for number in range(rows)
    )
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()


def parquet(rows: int = 4, **options: object) -> bytes:
    """A Parquet file of articles."""
    table = pa.table(
        {"text": [f"{number}\n{TEXT}" for number in range(rows)], "outlet": ["news.example"] * rows}
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def warc_record(
    body: bytes,
    *,
    kind: str = "response",
    content_type: str = "text/html; charset=utf-8",
    http: str = "HTTP/1.1 200 OK",
    headers: str = "",
    url: str = "https://news.example/bridge",
    date: str = "2026-03-11T10:00:00Z",
    length: int | None = None,
) -> bytes:
    """One WARC record; `length` overrides its Content-Length."""
    block = body
    outer = content_type
    if kind == "response":
        block = f"{http}\r\nContent-Type: {content_type}\r\n{headers}\r\n".encode() + body
        outer = "application/http; msgtype=response"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: {outer}\r\n"
        f"Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def warc(records: int = 3) -> bytes:
    """A WARC file of one warcinfo and some pages."""
    info = warc_record(b"software: test\r\n", kind="warcinfo", content_type="application/warc-fields")
    pages = (warc_record(HTML.encode(), url=f"https://news.example/{number}") for number in range(records))
    return info + b"".join(pages)


def healthy() -> dict[str, bytes]:
    """One good file of every format, plain and gzipped, by name."""
    plain = {
        "a.txt": TEXT.encode(),
        "front.txt": b"---\ntitle: Bridge opens\noutlet: news.example\n---\n" + TEXT.encode(),
        "old.txt": TEXT.encode("cp1252"),
        "wide.txt": TEXT.encode("utf-16"),
        "a.html": HTML.encode(),
        "a.jsonl": jsonl(),
        "a.parquet": parquet(),
        "a.warc": warc(),
    }
    return plain | {f"{name}.gz": gzip.compress(data, mtime=0) for name, data in plain.items()}


def mutations(data: bytes, *, seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Damaged copies of a file: bytes flipped, cut, doubled, nested, filled, in odd encodings."""
    rng = random.Random(seed)
    for number in range(count):
        kind = _KINDS[number % len(_KINDS)]
        yield f"{kind.__name__.removeprefix('_')}-{number}", kind(data, rng)


def _flip_some(data: bytes, rng: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(rng.choice((1, 3, 20, len(data) // 20 + 1))):
        damaged[rng.randrange(len(damaged))] ^= 1 << rng.randrange(8)
    return bytes(damaged)


def _cut_end(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _cut_middle(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + data[start + rng.randrange(1, 200) :]


def _repeat_part(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    part = data[start : start + rng.randrange(1, 50)]
    return data[:start] + part * rng.choice((2, 50, 2000)) + data[start:]


def _nest(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    opening = rng.choice((b"[", b'{"a":', b"<div>", b"<b>", b"(", b"&amp;", b"\xe2\x80\x9c", b'"'))
    return data[:start] + opening * rng.choice((10, 300, 20_000)) + data[start:]


def _fill(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    filler = rng.choice((b"\0", b"\n", b"\r", b" ", b"\xff", b"x", b"\xc3", b"\x1b[", b"\xe2\x80\xa8"))
    return data[:start] + filler * rng.choice((1, 40, 70_000)) + data[start:]


def _insert_noise(data: bytes, rng: random.Random) -> bytes:
    start = rng.randrange(len(data))
    return data[:start] + rng.randbytes(rng.choice((1, 16, 4096))) + data[start:]


def _recode(data: bytes, rng: random.Random) -> bytes:
    text = data.decode("utf-8", "replace")
    codec = rng.choice(
        ("cp1252", "utf-16-le", "utf-16-be", "utf-16", "utf-32", "cp1251", "koi8-r", "shift_jis", "utf-7")
    )
    return text.encode(codec, "replace")


def _swap_ends(data: bytes, rng: random.Random) -> bytes:
    middle = rng.randrange(len(data))
    return data[middle:] + data[:middle]


def _change_ends_of_lines(data: bytes, rng: random.Random) -> bytes:
    return data.replace(b"\n", rng.choice((b"\r", b"\r\n", b"\n\r", b"\x85", b"\xe2\x80\xa8", b"")))


_KINDS = (
    _flip_some,
    _cut_end,
    _cut_middle,
    _repeat_part,
    _nest,
    _fill,
    _insert_noise,
    _recode,
    _swap_ends,
    _change_ends_of_lines,
)
