"""Each format: what becomes an article, what is refused, and that one bad record stops no other."""

import datetime as dt
import gzip
import io
import json
import zlib
from pathlib import Path

import mutate
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from quotesieve.model import RawArticle, Rejection
from quotesieve.settings import InputSettings, Settings
from quotesieve.store.raw import read_raw

Item = RawArticle | Rejection


def read(tmp_path: Path, name: str, data: bytes, **limits: object) -> list[Item]:
    path = tmp_path / name
    path.write_bytes(data)
    return list(read_raw(path, settings=Settings(input=InputSettings(**limits))))  # type: ignore[arg-type]


def told(items: list[Item]) -> list[tuple[int | None, str]]:
    """Record and text, or record and reason."""
    return [(item.record, item.text if isinstance(item, RawArticle) else item.reason) for item in items]


@pytest.mark.parametrize("name", sorted(mutate.healthy()))
def test_healthy_files_give_articles_only(tmp_path: Path, name: str) -> None:
    items = read(tmp_path, name, mutate.healthy()[name])
    assert items
    assert all(isinstance(item, RawArticle) for item in items)
    assert all("bridge" in item.text for item in items if isinstance(item, RawArticle))


def test_gzipped_and_plain_files_give_the_same_records(tmp_path: Path) -> None:
    for name in ("a.txt", "a.html", "a.jsonl", "a.parquet", "a.warc"):
        plain, packed = mutate.healthy()[name], mutate.healthy()[f"{name}.gz"]
        digests = [item.digest for item in read(tmp_path, name, plain)]
        assert digests == [item.digest for item in read(tmp_path, f"{name}.gz", packed)]


def test_text_keeps_its_bytes(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfOne\r\ntwo\rthree\n"
    (item,) = read(tmp_path, "a.txt", data)
    assert item.payload == data
    assert item.text == "\ufeffOne\r\ntwo\rthree\n"
    assert (item.record, item.format, item.kind, item.encoding_from) == (None, "txt", "text", "bom")


def test_front_matter_is_counted_and_stays_in_the_payload(tmp_path: Path) -> None:
    front = b"---\r\ntitle: 'On: time'\r\nauthor: [A. Bee, C. Dee]\r\nlang: en-GB\r\n---\r\n"
    data = front + b"The bridge opened.\r\n"
    (item,) = read(tmp_path, "a.txt", data)
    assert item.payload == data
    assert item.front_matter_lines == 5
    assert item.metadata.title == "On: time"
    assert item.metadata.authors == ("A. Bee", "C. Dee")
    assert item.metadata.language == "en"


@pytest.mark.parametrize(
    "text",
    [
        "---\nThe bridge opened: at last.\n---\nMore.",  # a ruled quotation: no name that a manifest has
        "---\n- title\n- outlet\n---\n",  # a list
        "---\ntitle: never closed\n",
        "--- title: x ---",
        "---\n" + "[" * 5000 + "\n---\n",
        "---\n&a [*a]\n---\n",
        "---\ntitle: {a: [b, {c: d}]}\n---\n",
    ],
)
def test_look_alikes_of_front_matter_change_nothing(tmp_path: Path, text: str) -> None:
    (item,) = read(tmp_path, "a.txt", text.encode())
    assert item.metadata.title is None


def test_jsonl_rows_become_articles_and_bad_lines_stop_nothing(tmp_path: Path) -> None:
    lines = [
        b'{"text": "One.", "outlet": "a.example", "published_at": "2026-03-11"}',
        b"",
        b'{"text": "broken',
        b'["text"]',
        b'{"title": "no content"}',
        b'{"text": "", "html": null}',
        b'{"text": 5}',
        b'{"text": "\\ud800"}',
        b'{"html": "<p>Two.</p>"}',
        b"[" * 300 + b"]" * 300,
        b'{"text": "[[[[{{{{ in words do not nest", "n": 1e999}',
        b'{"n": ' + b"9" * 5000 + b"}",
        b'{"text": "Last, without a newline."}',
    ]
    items = read(tmp_path, "a.jsonl", b"\n".join(lines))
    assert told(items) == [
        (1, "One."),
        (3, "bad_json"),
        (4, "bad_json"),
        (5, "missing_column"),
        (6, "empty"),
        (7, "missing_column"),
        (8, "undecodable"),
        (9, "<p>Two.</p>"),
        (10, "too_nested"),
        (11, "[[[[{{{{ in words do not nest"),
        (12, "bad_json"),
        (13, "Last, without a newline."),
    ]
    assert items[0].metadata.outlet == "a.example"
    assert items[0].metadata.outlet_from == "record"
    assert items[7].kind == "html"


def test_columns_can_be_renamed(tmp_path: Path) -> None:
    data = b'{"body": "One.", "site": "a.example", "text": "not this"}\n'
    (item,) = read(tmp_path, "a.jsonl", data, map={"text": "body", "outlet": "site"})
    assert item.text == "One."
    assert item.metadata.outlet == "a.example"


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_jsonl_in_the_encodings_of_spreadsheets_and_shells(tmp_path: Path, codec: str) -> None:
    data = "\r\n".join(
        json.dumps({"text": f"Café {number}"}, ensure_ascii=False) for number in range(3)
    ).encode(codec)
    assert told(read(tmp_path, "a.jsonl", data)) == [(1, "Café 0"), (2, "Café 1"), (3, "Café 2")]


def test_parquet_types_nulls_and_times(tmp_path: Path) -> None:
    table = pa.table(
        {
            "text": pa.array(["One.", None, "", b"\xff\xfe".decode("latin-1"), "Five."]).dictionary_encode(),
            "published_at": pa.array(
                [dt.datetime(2026, 3, 11, 9), None, None, None, None], pa.timestamp("ns")
            ),
            "authors": pa.array([["A. Bee"], None, [], ["C"], None]),
            "unknown": pa.array([{"deep": 1}] * 5),
        }
    )
    buffer = io.BytesIO()
    pq.write_table(table, buffer, row_group_size=2)
    items = read(tmp_path, "a.parquet", buffer.getvalue())
    assert told(items) == [(1, "One."), (2, "empty"), (3, "empty"), (4, "ÿþ"), (5, "Five.")]
    assert items[0].metadata.published_at == dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
    assert items[0].metadata.authors == ("A. Bee",)


def test_parquet_strings_that_are_no_text_are_refused_one_by_one(tmp_path: Path) -> None:
    rows = pa.array([b"Good.", b"\xff\x00\x01\xc3\x28\x02", b"Good too."])
    column = pa.Array.from_buffers(pa.string(), 3, rows.buffers())  # says it is UTF-8
    buffer = io.BytesIO()
    pq.write_table(pa.table({"text": column}), buffer)
    assert told(read(tmp_path, "a.parquet", buffer.getvalue())) == [
        (1, "Good."),
        (2, "binary"),
        (3, "Good too."),
    ]


@pytest.mark.parametrize("columns", [{"words": ["One."]}, {"text": [1]}, {"html": [["<p>"]]}])
def test_a_parquet_file_without_articles_is_one_rejection(
    tmp_path: Path, columns: dict[str, list[object]]
) -> None:
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer)
    assert told(read(tmp_path, "a.parquet", buffer.getvalue())) == [(None, "missing_column")]


def test_a_damaged_row_group_does_not_stop_the_next(tmp_path: Path) -> None:
    rows = [f"{number} " + "words " * 500 for number in range(6)]
    buffer = io.BytesIO()
    pq.write_table(
        pa.table({"text": rows}), buffer, row_group_size=2, compression="zstd", use_dictionary=False
    )
    data = bytearray(buffer.getvalue())
    place = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(0).data_page_offset
    data[place : place + 40] = b"\xff" * 40
    found = told(read(tmp_path, "a.parquet", bytes(data)))
    assert [record for record, _ in found] == [1, 2, 3, 5, 6]
    assert found[2][1] == "bad_parquet"


def test_warc_pages_become_articles_and_the_rest_leaves_no_trace(tmp_path: Path) -> None:
    page = mutate.HTML.encode()
    data = b"".join(
        [
            mutate.warc_record(b"x", kind="warcinfo", content_type="application/warc-fields"),
            mutate.warc_record(b"GET / HTTP/1.1\r\n\r\n", kind="request", content_type="application/http"),
            mutate.warc_record(page),
            mutate.warc_record(b"\x89PNG", content_type="image/png"),
            mutate.warc_record(page, http="HTTP/1.1 404 Not Found"),
            mutate.warc_record(b"", http="HTTP/1.1 301 Moved"),
            mutate.warc_record(b"Plain words.", content_type="text/plain"),
            mutate.warc_record(b"Words of a WET file.", kind="conversion", content_type="text/plain"),
            mutate.warc_record(page, kind="resource", content_type="text/html"),
            mutate.warc_record(b"\x89PNG\r\n\x1a\n", content_type="text/html"),
        ]
    )
    items = read(tmp_path, "a.warc", data)
    assert [(item.record, getattr(item, "reason", "ok")) for item in items] == [
        (3, "ok"), (7, "ok"), (8, "ok"), (9, "ok"), (10, "binary"),
    ]  # fmt: skip
    assert items[0].metadata.url == "https://news.example/bridge"
    assert items[0].metadata.outlet == "news.example"
    assert items[0].metadata.outlet_from == "metadata"
    assert items[0].metadata.fetched_at == dt.datetime(2026, 3, 11, 10, tzinfo=dt.UTC)


def test_warc_http_encodings_are_undone(tmp_path: Path) -> None:
    page = mutate.HTML.encode()
    raw_deflate = zlib.compressobj(wbits=-15)
    chunks = b"".join(
        b"%x\r\n%s\r\n" % (len(page[i : i + 100]), page[i : i + 100]) for i in range(0, len(page), 100)
    )
    bodies = {
        "Content-Encoding: gzip\r\n": gzip.compress(page),
        "Content-Encoding: deflate\r\n": zlib.compress(page),
        "content-encoding: DEFLATE\r\n": raw_deflate.compress(page) + raw_deflate.flush(),
        "Transfer-Encoding: chunked\r\n": chunks + b"0\r\n\r\n",
        "Content-Encoding: identity\r\n": page,
        "Content-Encoding: GZIP\r\n": page,  # unpacked by the crawler, which kept the header
        "Transfer-Encoding:  chunked\r\n": page,
    }
    data = b"".join(mutate.warc_record(body, headers=headers) for headers, body in bodies.items())
    items = read(tmp_path, "a.warc", data)
    assert [item.payload for item in items] == [page] * len(bodies)
    (item,) = read(tmp_path, "b.warc", mutate.warc_record(page, headers="Content-Encoding: br\r\n"))
    assert item.reason == "unsupported_encoding"


def test_warc_charset_of_the_header_counts(tmp_path: Path) -> None:
    record = mutate.warc_record(
        "<p>Привет, мир</p>".encode("koi8-r"), content_type='text/html; charset="KOI8-R"'
    )
    (item,) = read(tmp_path, "a.warc", record)
    assert (item.encoding, item.encoding_from) == ("koi8-r", "declared")
    assert "Привет" in item.text


@pytest.mark.parametrize("wrong", [5, 900, 10**9])
def test_a_wrong_length_costs_one_warc_record(tmp_path: Path, wrong: int) -> None:
    page = mutate.HTML.encode()
    good = [mutate.warc_record(page, url=f"https://news.example/{number}") for number in range(3)]
    bad = mutate.warc_record(page, length=wrong)
    items = read(tmp_path, "a.warc", good[0] + bad + good[1] + good[2])
    urls = [item.metadata.url for item in items if isinstance(item, RawArticle)]
    assert urls[:1] == ["https://news.example/0"]
    assert urls[-2:] == ["https://news.example/1", "https://news.example/2"]
    assert "bad_warc" in [item.reason for item in items if isinstance(item, Rejection)]


def test_bytes_between_warc_records_are_one_rejection(tmp_path: Path) -> None:
    good = mutate.warc_record(mutate.HTML.encode())
    items = read(tmp_path, "a.warc", good + b"junk\nmore junk\n" * 50 + good)
    assert [(item.record, getattr(item, "reason", "ok")) for item in items] == [
        (1, "ok"),
        (2, "bad_warc"),
        (3, "ok"),
    ]


def test_warc_files_of_another_writer_are_read(tmp_path: Path) -> None:
    path = tmp_path / "other.warc.gz"
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        writer.write_record(writer.create_warcinfo_record("other.warc.gz", {"software": "warcio"}))
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        body = io.BytesIO(mutate.HTML.encode())
        writer.write_record(
            writer.create_warc_record(
                "https://news.example/x", "response", payload=body, http_headers=headers
            )
        )
    (item,) = read_raw(path)
    assert item.record == 2
    assert item.payload == mutate.HTML.encode()
    assert item.metadata.fetched_at is not None


def test_records_of_a_file_have_numbers_of_their_own(tmp_path: Path) -> None:
    for name, data in mutate.healthy().items():
        records = [item.record for item in read(tmp_path, name, data)]
        assert len(set(records)) == len(records)


def test_the_digest_changes_with_content_encoding_and_metadata_only(tmp_path: Path) -> None:
    def digest(row: dict[str, str], name: str = "a.jsonl") -> str:
        return read(tmp_path, name, json.dumps(row).encode())[0].digest

    base = digest({"text": "One.", "title": "T"})
    assert digest({"title": "T", "text": "One.", "other": "ignored"}, "b.jsonl") == base
    assert digest({"text": "One!", "title": "T"}) != base
    assert digest({"text": "One.", "title": "U"}) != base
    assert digest({"html": "One.", "title": "T"}) != base


def test_nested_pages_are_refused_in_every_format(tmp_path: Path) -> None:
    deep = "<div>" * 300 + "words"
    (item,) = read(tmp_path, "a.html", deep.encode())
    assert (item.stage, item.reason) == ("parse", "too_nested")
    assert told(read(tmp_path, "a.jsonl", json.dumps({"html": deep}).encode())) == [(1, "too_nested")]
    assert told(read(tmp_path, "a.warc", mutate.warc_record(deep.encode()))) == [(1, "too_nested")]
    (item,) = read(tmp_path, "b.html", mutate.HTML.encode(), max_nesting=3)
    assert item.reason == "too_nested"
    (item,) = read(tmp_path, "a.txt", deep.encode())  # not a page
    assert isinstance(item, RawArticle)


@pytest.mark.parametrize("damaged", [{0}, {1}, {4}, {0, 1, 3}, {1, 2, 3}])
def test_a_damaged_gzip_member_costs_one_warc_record(tmp_path: Path, damaged: set[int]) -> None:
    urls = [f"https://news.example/{number}" for number in range(5)]
    members = [bytearray(gzip.compress(mutate.warc_record(mutate.HTML.encode(), url=url))) for url in urls]
    for number in damaged:
        members[number][40:60] = b"\xff" * 20
    items = read(tmp_path, "a.warc.gz", b"".join(members))
    assert [item.reason for item in items if isinstance(item, Rejection)] == ["bad_gzip"] * len(damaged)
    found = [item.metadata.url for item in items if isinstance(item, RawArticle)]
    assert found == [url for number, url in enumerate(urls) if number not in damaged]
