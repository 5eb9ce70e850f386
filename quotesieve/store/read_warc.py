"""WARC: one article a captured page, read record by record; HTTP's own encodings are undone.

The framing is read here and not by a library, because a damaged record must not end the file: the
reader finds the next one. Articles are response records with HTTP status 200, resource and
conversion records (WET), with HTML or plain text in them. Requests, metadata, images, redirects
and error pages are no input items and leave no trace.
"""

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quotesieve.model import Kind, RawArticle, Rejection
from quotesieve.store.bad_input import BadInput
from quotesieve.store.compressed import GzipReader, inflate_body
from quotesieve.store.encoding import header_charset
from quotesieve.store.records import Source

_MAX_LINE = 1 << 16
_MAX_HEADER = 1 << 20
_CHUNK = 1 << 20
_HEAD = 1 << 16  # bytes of an oversized record that are looked at to tell what it is
_VERSION = re.compile(rb"WARC/\d")
_NEXT_RECORD = re.compile(rb"\r?\n\r?\n(?=WARC/\d\.\d\r?\n)")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})")
_KINDS: Mapping[str, Kind] = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
_ARTICLE_TYPES = frozenset({"response", "resource", "conversion"})


@dataclass(slots=True)
class _Record:
    """One WARC record. `block` is its beginning only where `oversized`."""

    headers: dict[str, str]
    block: bytes = b""
    oversized: bool = False
    problem: BadInput | None = None


@dataclass(slots=True)
class _Http:
    """What an HTTP response, or a record without HTTP, carries."""

    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int = 200


def read_warc(stream: io.BufferedReader, source: Source) -> Iterator[RawArticle | Rejection]:
    """The articles of a WARC file. Records are numbered from 1, those of other types included."""
    number = 0
    while True:
        try:
            for record in _records(_Rewindable(stream), source.settings.max_record_bytes):
                number += 1
                item = _read_record(record, number, source)
                if item is not None:
                    yield item
            return
        except BadInput as bad:  # the stream itself: a damaged gzip, a bomb
            number += 1
            yield source.rejection(number, bad)
            packed = stream.raw
            if bad.reason != "bad_gzip" or not (isinstance(packed, GzipReader) and packed.resume()):
                return
            stream.detach()  # else it would close the file when it goes
            stream = io.BufferedReader(packed)


def _read_record(record: _Record, number: int, source: Source) -> RawArticle | Rejection | None:
    found = {
        "url": record.headers.get("warc-target-uri", "").strip("<> "),
        "fetched_at": record.headers.get("warc-date"),
    }
    try:
        if record.problem:
            raise record.problem
        if record.headers.get("warc-type", "").lower() not in _ARTICLE_TYPES:
            return None
        http = _http_of(record)
        kind = _kind_of(http)
        if kind is None:
            return None
        if record.oversized:
            raise BadInput("too_large", "the record is larger than input.max_record_bytes")
        payload = _decoded_body(http, source)
        declared = header_charset(http.headers.get("content-type", ""))
        return source.article(number, kind, payload, declared=declared, found=found)
    except BadInput as bad:
        return source.rejection(number, bad, record.block, found)


def _http_of(record: _Record) -> _Http:
    content_type = record.headers.get("content-type", "")
    if record.headers["warc-type"].lower() == "response" and content_type.startswith("application/http"):
        return _parse_http(record.block)
    return _Http({"content-type": content_type}, record.block)


def _parse_http(block: bytes) -> _Http:
    """Status, headers and body of an HTTP response; BadInput "bad_warc" if it is none."""
    status = _STATUS.match(block)
    if status is None:
        raise BadInput("bad_warc", "the response does not begin with an HTTP status line")
    end = re.search(rb"\r?\n\r?\n", block[:_MAX_HEADER])
    head, body = (block[: end.start()], block[end.end() :]) if end else (block[:_MAX_HEADER], b"")
    return _Http(_parse_headers(head.split(b"\n")[1:]), body, int(status[1]))


def _parse_headers(lines: list[bytes]) -> dict[str, str]:
    """Header values by lower-case name, the first of each; folded lines are joined."""
    headers: dict[str, str] = {}
    last = ""
    for line in lines:
        text = line.decode("utf-8", "replace").rstrip("\r\n")
        name, colon, value = text.partition(":")
        if text[:1] in (" ", "\t"):
            if last:
                headers[last] += " " + text.strip()
        elif colon:
            last = name.strip().lower()
            headers.setdefault(last, value.strip())
    return headers


def _kind_of(http: _Http) -> Kind | None:
    """html or text by the content type, or by the look of the body where none is given."""
    if http.status != 200:
        return None
    content_type = http.headers.get("content-type", "").partition(";")[0].strip().lower()
    if content_type:
        return _KINDS.get(content_type)
    beginning = http.body[:1024].lower()
    return "html" if b"<html" in beginning or b"<!doctype html" in beginning else None


def _decoded_body(http: _Http, source: Source) -> bytes:
    body = http.body
    if "chunked" in http.headers.get("transfer-encoding", "").lower():
        body = _unchunk(body)
    codings = [part for part in http.headers.get("content-encoding", "").split(",") if part.strip()]
    if len(codings) > 3:
        raise BadInput("unsupported_encoding", "more than three HTTP content encodings")
    limit, expansion = source.settings.max_record_bytes, source.settings.max_expansion
    for coding in reversed(codings):
        body = inflate_body(body, coding, limit, expansion)
    return body


def _unchunk(body: bytes) -> bytes:
    """The body without its chunk marks; as it is if it has none (crawlers keep the header)."""
    pieces: list[bytes] = []
    position = 0
    while True:
        end = body.find(b"\r\n", position, position + 64)
        size = body[position:end].partition(b";")[0].strip() if end >= 0 else b""
        if not size or not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return b"".join(pieces) if pieces else body
        length = int(size, 16)
        if length == 0:
            return b"".join(pieces)
        pieces.append(body[end + 2 : end + 2 + length])
        position = end + 2 + length + 2


class _Rewindable:
    """A stream into which bytes can be put back."""

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._back = b""

    def put_back(self, data: bytes) -> None:
        """The next reads give `data` first."""
        self._back = data + self._back

    def readline(self) -> bytes:
        """A line of at most 64 KiB, b"" at the end."""
        if not self._back:
            return self._stream.readline(_MAX_LINE)
        end = self._back.find(b"\n") + 1
        if end == 0 or end > _MAX_LINE:
            end = min(len(self._back), _MAX_LINE)
        line, self._back = self._back[:end], self._back[end:]
        if not line.endswith(b"\n") and not self._back and len(line) < _MAX_LINE:
            line += self._stream.readline(_MAX_LINE - len(line))
        return line

    def read(self, size: int) -> bytes:
        """`size` bytes, fewer at the end only."""
        data, self._back = self._back[:size], self._back[size:]
        return data + self._stream.read(size - len(data)) if len(data) < size else data


def _records(stream: _Rewindable, limit: int) -> Iterator[_Record]:
    """The records in order; what is none is one record with a problem, up to where the next begins."""
    while line := stream.readline():
        if not line.strip():
            continue
        if not _VERSION.match(line):
            _skip_to_record(stream)
            yield _Record({}, problem=BadInput("bad_warc", "bytes that belong to no WARC record"))
            continue
        headers = _parse_headers(_header_lines(stream))
        length = headers.get("content-length", "")
        if not re.fullmatch(r"\d{1,15}", length):
            _skip_to_record(stream)
            yield _Record(headers, problem=BadInput("bad_warc", f"Content-Length is {length!r}"))
            continue
        yield _read_block(stream, headers, int(length), limit)


def _header_lines(stream: _Rewindable) -> list[bytes]:
    lines: list[bytes] = []
    size = 0
    while (line := stream.readline()).strip():
        size += len(line)
        if size > _MAX_HEADER:
            break
        if _VERSION.match(line):  # the blank line is missing: this is the next record
            stream.put_back(line)
            break
        lines.append(line)
    return lines


def _skip_to_record(stream: _Rewindable) -> None:
    while line := stream.readline():
        if _VERSION.match(line):
            stream.put_back(line)
            return


def _read_block(stream: _Rewindable, headers: dict[str, str], length: int, limit: int) -> _Record:
    if length > limit + _HEAD:  # the limit is for the body; HTTP headers stand before it
        block = stream.read(_HEAD)
        if _NEXT_RECORD.search(block) or len(block) < _HEAD:
            return _misfit(stream, headers, block, b"", length)
        if _skip(stream, length - len(block)):
            return _Record(headers, block, oversized=True)
        return _Record(headers, block, problem=_length_problem(length))
    block = stream.read(length)
    after = stream.read(4)
    if len(block) == length and after.strip(b"\r\n") == b"":
        return _Record(headers, block)
    return _misfit(stream, headers, block, after, length)


def _skip(stream: _Rewindable, rest: int) -> bool:
    """Pass over the rest of a block; False if it ends early or another record begins in it."""
    tail = b""
    while rest and (piece := stream.read(min(rest, _CHUNK))):
        rest -= len(piece)
        seen = tail + piece
        found = _NEXT_RECORD.search(seen)
        if found:
            stream.put_back(seen[found.end() :])
            return False
        tail = seen[-16:]  # the beginning of a record may lie across two pieces
    return rest == 0


def _length_problem(length: int) -> BadInput:
    return BadInput("bad_warc", f"Content-Length is {length:,}, and no record begins after as many bytes")


def _misfit(stream: _Rewindable, headers: dict[str, str], block: bytes, after: bytes, length: int) -> _Record:
    """A block that ends early or runs into the next record: refused, and that record is read next."""
    rest = block + after
    found = _NEXT_RECORD.search(rest)
    if found:
        stream.put_back(rest[found.end() :])
    elif len(block) == length:
        stream.put_back(after)
        _skip_to_record(stream)
    return _Record(headers, block, problem=_length_problem(length))
