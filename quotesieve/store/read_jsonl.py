"""JSONL: one article a line, read a line at a time, however long the file or a line is."""

import codecs
import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from quotesieve.model import RawArticle, Rejection
from quotesieve.store.bad_input import BadInput
from quotesieve.store.encoding import decide_encoding, nul_pattern
from quotesieve.store.records import Source, content_of, rows_of

_CHUNK = 1 << 20
_STRUCTURE = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line without its terminator, or the digest of one that was too long to hold."""

    number: int
    data: bytes
    overlong: str | None = None


def read_jsonl(stream: io.BufferedReader, source: Source) -> Iterator[RawArticle | Rejection]:
    """The articles of a JSONL file; a line that is none is refused, blank lines are no records."""
    number = 0
    try:
        for line in _lines(_as_utf8(stream), source.settings.max_record_bytes):
            number = line.number
            if line.overlong or line.data.strip():
                yield _read_line(line, source)
    except BadInput as bad:  # the stream itself: a damaged gzip, a bomb
        yield source.rejection(number + 1, bad)


def _read_line(line: _Line, source: Source) -> RawArticle | Rejection:
    row: dict[str, object] = {}
    try:
        if line.overlong:
            raise BadInput("too_large", "the line is longer than input.max_record_bytes")
        row = _parse(line.data, source)
        kind, content = content_of(row)
        if not isinstance(content, str):
            raise BadInput("missing_column", f"`{kind}` is no string but {type(content).__name__}")
        return source.article(line.number, kind, _utf8(content), row=row)
    except BadInput as bad:
        return source.rejection(line.number, bad, line.overlong or line.data, row)


def _parse(data: bytes, source: Source) -> dict[str, object]:
    _check_nesting(data, source.settings.max_nesting)
    try:
        value = json.loads(_decode(data, source.settings.min_encoding_confidence))
    except RecursionError as error:
        raise BadInput("too_nested", "nested deeper than Python reads") from error
    except ValueError as error:
        raise BadInput("bad_json", str(error)) from error
    if not isinstance(value, dict):
        raise BadInput("bad_json", f"not an object but {type(value).__name__}")
    return dict(rows_of(value, source.settings.map))


def _decode(data: bytes, min_confidence: float) -> str:
    """JSON is UTF-8 by its standard; what is not goes the way of text files."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding, _ = decide_encoding(data, min_confidence=min_confidence)
        return data.decode(encoding)


def _utf8(content: str) -> bytes:
    try:
        return content.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput("undecodable", f"a lone surrogate at character {error.start}") from error


def _check_nesting(data: bytes, limit: int) -> None:
    """Refuse before parsing: the parser recurses."""
    if data.count(b"[") + data.count(b"{") <= limit:
        return
    depth = 0
    for found in _STRUCTURE.finditer(data):
        mark = found[0]
        if mark in b"[{":
            depth += 1
            if depth > limit:
                raise BadInput("too_nested", f"deeper than {limit} levels (input.max_nesting)")
        elif mark in b"]}":
            depth -= 1


def _lines(stream: io.BufferedReader, limit: int) -> Iterator[_Line]:
    number = 0
    while data := stream.readline(limit + 1):
        number += 1
        if len(data) > limit and not data.endswith(b"\n"):
            yield _Line(number, b"", _skip_line(stream, data))
        else:
            yield _Line(number, data.rstrip(b"\r\n"))


def _skip_line(stream: io.BufferedReader, beginning: bytes) -> str:
    """Read to the end of an overlong line, piece by piece; return the digest of all of it."""
    digest = hashlib.sha256(beginning)
    while piece := stream.readline(_CHUNK):
        digest.update(piece)
        if piece.endswith(b"\n"):
            break
    return digest.hexdigest()


def _as_utf8(stream: io.BufferedReader) -> io.BufferedReader:
    """The stream in UTF-8 without a mark: some exporters write UTF-16."""
    head = stream.peek(4096)
    if head.startswith(codecs.BOM_UTF8):
        stream.read(len(codecs.BOM_UTF8))
        return stream
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return io.BufferedReader(_Transcoder(stream, "utf-16"), _CHUNK)
    wide = nul_pattern(head)
    return io.BufferedReader(_Transcoder(stream, wide), _CHUNK) if wide else stream


class _Transcoder(io.RawIOBase):
    """A stream in one encoding, read as UTF-8."""

    def __init__(self, stream: io.BufferedReader, encoding: str) -> None:
        super().__init__()
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._pending = b""
        self._ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._pending and not self._ended:
            data = self._stream.read(1 << 16)
            self._ended = not data
            try:
                self._pending = self._decoder.decode(data, final=self._ended).encode("utf-8")
            except UnicodeError as error:
                raise BadInput("undecodable", f"not {self._decoder.__class__.__module__}: {error}") from error
        given, self._pending = self._pending[: len(buffer)], self._pending[len(buffer) :]
        buffer[: len(given)] = given
        return len(given)
