"""Make the binary files of the sample corpus in data/raw from the readable ones beside this script.

    python scripts/make_sample.py [FOLDER]        # default: data/raw

The text files in data/raw (.txt, .html, .jsonl, .csv, .json) are sources themselves and stay as they
are. Made here: what cannot be read in a diff (.gz, .parquet, .warc.gz) and the two files that are
broken on purpose. Nothing depends on the clock: gzip headers carry no time, WARC ids and dates are
fixed, so a second call writes the same content. (Two builds of zlib may still pack the same content
into other bytes, which is why tests/test_sample_corpus.py compares what comes out when it is unpacked.)
"""

import gzip
import hashlib
import io
import json
import sys
import uuid
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

SOURCES = Path(__file__).parent / "sample_sources"
DEFAULT_TARGET = Path(__file__).parent.parent / "data" / "raw"

COURANT = "https://thecourant.example"
# (source, URL, when it was fetched): the second Tolland page is a later fetch of the first.
CRAWL = (
    ("courant-tolland-1.html", f"{COURANT}/news/tolland-holds-its-breath", "2026-03-14T15:00:00Z"),
    ("courant-tolland-2.html", f"{COURANT}/news/tolland-holds-its-breath", "2026-03-15T15:00:00Z"),
    ("courant-glacier.html", f"{COURANT}/science/the-night-the-lake-went-out", "2026-03-16T15:00:00Z"),
)
SPORT_ROWS = (
    {
        "outlet": "northernledger.example",
        "url": "https://northernledger.example/sport/2026/03/rovers-westhaven",
        "title": "Eastmere Rovers 2-3 Westhaven Town: Pinnock takes the blame for a bad hour",
        "authors": ["Moira Stroud"],
        "published_at": "2026-03-15T18:05:00Z",
        "language": "en",
        "text": "match-report.txt",
    },
    {
        "outlet": "harbourpost.example",
        "url": "https://harbourpost.example/sport/pinnocks-forty-good-minutes",
        "title": "Pinnock's forty good minutes",
        "authors": [],
        "published_at": "2026-03-16T07:30:00Z",
        "language": "en",
        "html": "match-column.html",
    },
)
SCIENCE_ROWS = (
    {
        "outlet": "harbourpost.example",
        "url": "https://harbourpost.example/science/kestrel-lake",
        "title": "A lake under the Kestrel Glacier emptied in a night, and nearly nobody saw it",
        "published_at": "2026-03-16T09:00:00Z",
        "text": "glacier-harbourpost.txt",
    },
    {
        "outlet": "northernledger.example",
        "url": "https://northernledger.example/science/2026/03/vanished-lake",
        "title": "Vanished lake went down, not over, say scientists",
        "published_at": "2026-03-16T11:20:00Z",
        "text": "glacier-northernledger.txt",
    },
)


def source(name: str) -> str:
    """The text of one readable source."""
    return (SOURCES / name).read_bytes().decode("utf-8")


def gzipped(payload: bytes) -> bytes:
    """One gzip member without a file name or a time in its header."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, compresslevel=9, mtime=0) as stream:
        stream.write(payload)
    return buffer.getvalue()


def with_payload(row: Mapping[str, object]) -> dict[str, object]:
    """The row with the source that `text` or `html` names put in the name's place."""
    return {key: source(str(value)) if key in ("text", "html") else value for key, value in row.items()}


def sport_feed() -> bytes:
    """A JSONL feed of two outlets; one row carries text, the other HTML."""
    lines = [json.dumps(with_payload(row), ensure_ascii=False) for row in SPORT_ROWS]
    return gzipped(("\n".join(lines) + "\n").encode("utf-8"))


def science_table() -> pa.Table:
    """Two articles as rows of a table whose columns are the manifest's, plus `text`."""
    names = ("outlet", "url", "title", "published_at", "text")
    schema = pa.schema([(name, pa.string()) for name in names])
    return pa.Table.from_pylist([with_payload(row) for row in SCIENCE_ROWS], schema=schema)


def warc_record(kind: str, url: str | None, date: str, content_type: str, block: bytes) -> bytes:
    """One WARC/1.0 record; its id follows from what it holds."""
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {url} {date}")
    headers = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{identity}>",
        f"WARC-Date: {date}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(headers).encode("ascii") + b"\r\n\r\n" + block + b"\r\n\r\n"


def http_response(body: bytes) -> bytes:
    """An HTTP answer that carries a page."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode("ascii") + body


def crawl_records() -> list[bytes]:
    """A crawl: its warcinfo, then a request and a response for each page."""
    info = b"software: scripts/make_sample.py\r\nformat: WARC File Format 1.0\r\n"
    records = [warc_record("warcinfo", None, CRAWL[0][2], "application/warc-fields", info)]
    for name, url, date in CRAWL:
        path = url.removeprefix(COURANT)
        asked = f"GET {path} HTTP/1.1\r\nHost: thecourant.example\r\n\r\n".encode("ascii")
        answer = http_response(source(name).encode("utf-8"))
        records.append(warc_record("request", url, date, "application/http; msgtype=request", asked))
        records.append(warc_record("response", url, date, "application/http; msgtype=response", answer))
    return records


def binary_noise(size: int = 600) -> bytes:
    """What a scan looks like under a .txt name: a PNG signature, then bytes without meaning."""
    blocks = (hashlib.sha256(str(number).encode("ascii")).digest() for number in range(size // 32 + 1))
    return (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"".join(blocks))[:size]


def made_files() -> dict[str, bytes]:
    """Path below the corpus -> content, for every made file but the Parquet one."""
    sharing = gzipped(source("calder-sharing.txt").encode("utf-8"))
    return {
        "outlet=northernledger.example/2026/03/calder-sharing.txt.gz": sharing,
        "feeds/sport.jsonl.gz": sport_feed(),
        "crawl/thecourant.warc.gz": b"".join(gzipped(record) for record in crawl_records()),
        # Broken on purpose: a download that stopped half-way, and a picture saved as text.
        "incoming/calder-sharing-cut.txt.gz": sharing[: len(sharing) // 2],
        "incoming/scan.txt": binary_noise(),
    }


def make(target: Path) -> None:
    """Write all made files below `target`."""
    for name, payload in made_files().items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(payload)
    table_path = target / "archive" / "science.parquet"
    table_path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(science_table(), table_path, compression="zstd")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_TARGET)
