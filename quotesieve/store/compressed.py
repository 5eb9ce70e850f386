"""Unpacking within limits: gzip files and HTTP bodies, streamed, never inflated beyond what is asked.

The limit on expansion counts from 16 MiB on: small files of one repeated line expand a lot and
harm nobody.
"""

import io
import re
import zlib
from typing import BinaryIO

from quotesieve.store.bad_input import BadInput

_CHUNK = 1 << 16
_MEMBER = re.compile(rb"\x1f\x8b\x08[\x00-\x1f]")  # identification, deflate, flags (RFC 1952)
EXPANSION_COUNTS_FROM = 16 * 1024 * 1024  # bytes


class Expansion:
    """Watches how much more comes out than went in; BadInput "decompression_bomb" when it is too much."""

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self.taken = 0
        self.given = 0

    def add(self, given: int) -> None:
        """Count bytes that came out, and judge."""
        self.given += given
        if self.given > EXPANSION_COUNTS_FROM and self.given > self._limit * self.taken:
            raise BadInput(
                "decompression_bomb",
                f"{self.taken:,} bytes grow to more than {self.given:,}; the limit is "
                f"{self._limit:g} times (input.max_expansion)",
            )


class GzipReader(io.RawIOBase):
    """The plain bytes of a gzip stream of one or more members, with a limit on expansion.

    Raises BadInput from read(): truncated_gzip, bad_gzip, decompression_bomb. Unlike gzip.GzipFile it
    never inflates more than the reader asked for.
    """

    def __init__(self, source: BinaryIO, max_expansion: float) -> None:
        super().__init__()
        self._source = source
        self._expansion = Expansion(max_expansion)
        self._inflate = zlib.decompressobj(wbits=31)
        self._pending = b""
        self._done = False

    def readable(self) -> bool:
        """True: the only thing this stream does."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill the buffer as far as one step goes; 0 at the end."""
        if len(buffer) == 0:
            return 0
        while not self._done:
            data = self._step(len(buffer))
            if data:
                self._expansion.add(len(data))
                buffer[: len(data)] = data
                return len(data)
        return 0

    def _step(self, size: int) -> bytes:
        if self._inflate.eof:
            self._next_member()
            return b""
        fresh = self._pending = self._pending or self._more()
        try:
            data = self._inflate.decompress(fresh, size)
        except zlib.error as error:
            raise BadInput("bad_gzip", str(error)) from error
        self._pending = self._inflate.unconsumed_tail
        if not fresh and not data and not self._inflate.eof:
            raise BadInput("truncated_gzip", f"ends after {self._expansion.given:,} bytes of content")
        return data

    def _more(self) -> bytes:
        fresh = self._source.read(_CHUNK)
        self._expansion.taken += len(fresh)
        return fresh

    def _next_member(self) -> None:
        """Go on to the next member; zeros may pad the end of a file."""
        rest = self._inflate.unused_data.lstrip(b"\0")
        while not rest:
            rest = self._more()
            if not rest:
                self._done = True
                return
            rest = rest.lstrip(b"\0")
        self._inflate = zlib.decompressobj(wbits=31)
        self._pending = rest

    def resume(self) -> bool:
        """After bad_gzip: go on at the next member, False if there is none.

        For files with a member a record, where the others are whole. What looks like the beginning of
        a member and is none is found out when it is read.
        """
        data = self._pending[1:]
        while not (found := _MEMBER.search(data)):
            fresh = self._more()
            if not fresh:
                return False
            data = data[-3:] + fresh  # a beginning may lie across two pieces
        self._inflate = zlib.decompressobj(wbits=31)
        self._pending = data[found.start() :]
        return True


def plain_stream(source: BinaryIO, *, gzipped: bool, max_expansion: float) -> io.BufferedReader:
    """The file's content as a buffered stream, unpacked if it is gzipped."""
    raw = GzipReader(source, max_expansion) if gzipped else _Passing(source)
    return io.BufferedReader(raw, buffer_size=_CHUNK)


class _Passing(io.RawIOBase):
    """Any readable binary stream as a RawIOBase, so that BufferedReader can sit on it."""

    def __init__(self, source: BinaryIO) -> None:
        super().__init__()
        self._source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._source.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def read_at_most(stream: io.BufferedReader, limit: int) -> bytes:
    """All of the stream; BadInput "too_large" if that is more than `limit` bytes."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise BadInput("too_large", f"more than {limit:,} bytes (input.max_record_bytes)")
    return data


def inflate_body(body: bytes, coding: str, limit: int, max_expansion: float) -> bytes:
    """Undo one HTTP content coding: gzip, deflate or identity.

    A body that is not in the coding its header names is returned as it is: many crawlers unpack
    the body and keep the header. BadInput: unsupported_encoding, too_large, decompression_bomb.
    """
    coding = coding.strip().lower()
    if coding in ("", "identity"):
        return body
    if coding in ("gzip", "x-gzip"):
        return _inflate(body, 31, limit, max_expansion) if body.startswith(b"\x1f\x8b") else body
    if coding == "deflate":  # zlib by the standard, raw deflate by some servers
        return _first_that_inflates(body, limit, max_expansion)
    raise BadInput("unsupported_encoding", f"HTTP content encoding {coding!r}")


def _first_that_inflates(body: bytes, limit: int, max_expansion: float) -> bytes:
    for bits in (15, -15):
        try:
            return _inflate(body, bits, limit, max_expansion)
        except BadInput as bad:
            if bad.reason not in ("bad_gzip", "truncated_gzip"):
                raise
    return body


def _inflate(body: bytes, bits: int, limit: int, max_expansion: float) -> bytes:
    inflate = zlib.decompressobj(wbits=bits)
    try:
        data = inflate.decompress(body, limit + 1)
    except zlib.error as error:
        raise BadInput("bad_gzip", f"HTTP body: {error}") from error
    expansion = Expansion(max_expansion)
    expansion.taken = len(body)
    expansion.add(len(data))
    if len(data) > limit:
        raise BadInput("too_large", f"more than {limit:,} bytes (input.max_record_bytes)")
    if not inflate.eof:
        raise BadInput("truncated_gzip", "HTTP body ends early")
    return data
