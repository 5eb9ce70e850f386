"""One input file on its way to records: which metadata applies, and how a record is made or refused.

Shared by the readers of the formats; opens nothing itself but the sidecar.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from urllib.parse import unquote

from quotesieve.markup import is_nested_deeper
from quotesieve.metadata import assemble, parse_string
from quotesieve.model import Kind, Metadata, RawArticle, Rejection
from quotesieve.settings import InputSettings
from quotesieve.store.bad_input import BadInput, one_line
from quotesieve.store.encoding import decide_encoding, html_charset
from quotesieve.store.front_matter import front_matter
from quotesieve.store.listing import InputFile
from quotesieve.store.manifest import Manifest, Row, read_sidecar

_METADATA_FIELDS = tuple(field.name for field in fields(Metadata))


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is being read, with all that is known of it from outside its bytes."""

    file: InputFile
    settings: InputSettings
    manifest_row: Row
    sidecar_row: Row
    directory_row: Row

    def article(
        self,
        record: int | None,
        kind: Kind,
        payload: bytes,
        *,
        row: Row | None = None,
        declared: tuple[str, ...] = (),
        found: Row | None = None,
    ) -> RawArticle:
        """The record as an article; raises BadInput if it cannot be one.

        `row` holds a record's own columns, `found` what a WARC says; `declared` are charset labels
        from outside the payload, strongest first.
        """
        self._check(payload)
        encoding, encoding_from = decide_encoding(
            payload, declared=self._declared(kind, payload, declared), min_confidence=self._confidence
        )
        text = payload.decode(encoding)
        if not text.strip().strip("\ufeff"):
            raise BadInput("empty", "white space only")
        if kind == "html" and is_nested_deeper(text, self.settings.max_nesting):
            raise BadInput(
                "too_nested", f"deeper than {self.settings.max_nesting} levels (input.max_nesting)"
            )
        taken, front = front_matter(text) if self.file.format == "txt" else (0, {})
        metadata = assemble(self._sources(row or {}, front, found or {}))
        return RawArticle(
            raw_path=self.file.path,
            record=record,
            format=self.file.format,
            kind=kind,
            payload=payload,
            encoding=encoding,
            encoding_from=encoding_from,
            metadata=metadata,
            digest=_digest(kind, encoding, metadata, payload),
            front_matter_lines=taken,
        )

    @property
    def _confidence(self) -> float:
        return self.settings.min_encoding_confidence

    def _check(self, payload: bytes) -> None:
        if not payload:
            raise BadInput("empty", "no bytes")
        if len(payload) > self.settings.max_record_bytes:
            raise BadInput(
                "too_large",
                f"{len(payload):,} bytes (input.max_record_bytes is {self.settings.max_record_bytes:,})",
            )

    def _declared(self, kind: Kind, payload: bytes, outside: tuple[str, ...]) -> tuple[str, ...]:
        """Charset labels: manifest and sidecar, HTTP, then the page's own."""
        given = (parse_string(row.get("encoding")) for row in (self.manifest_row, self.sidecar_row))
        inside = html_charset(payload) if kind == "html" else ()
        return (*(label for label in given if label), *outside, *inside)

    def _sources(self, row: Row, front: Row, found: Row) -> list[tuple[str, Row]]:
        """First match wins (docs/input.md). A file has columns or front matter, never both."""
        return [
            ("manifest", self.manifest_row),
            ("sidecar", self.sidecar_row),
            ("record", row),
            ("front_matter", front),
            ("directory", self.directory_row),
            ("metadata", found),
        ]

    def rejection(
        self, record: int | None, bad: BadInput, data: bytes | str = b"", row: Row | None = None
    ) -> Rejection:
        """The record as a rejection; `data` is what was refused, or its digest where it was too much."""
        outlet = assemble(self._sources(row or {}, {}, {})).outlet
        if isinstance(data, bytes):
            data = hashlib.sha256(bad.reason.encode() + b"\0" + data).hexdigest()
        return Rejection(
            raw_path=self.file.path,
            record=record,
            stage=bad.stage,
            reason=bad.reason,
            detail=one_line(bad.detail),
            outlet=outlet,
            digest=data,
        )


def make_source(root: str, file: InputFile, settings: InputSettings, manifest: Manifest) -> Source:
    """Gather what stands outside a file's bytes; BadInput "bad_sidecar"."""
    sidecar = read_sidecar(root, file.sidecar) if file.sidecar else {}
    return Source(file, settings, manifest.row(file.path), sidecar, directory_row(file.path))


def directory_row(path: str) -> Row:
    """What the folders of a path say: the innermost outlet=<domain>.

    >>> directory_row("2024/outlet=News.example/05/a.txt")
    {'outlet': 'news.example'}
    """
    outlets = [part.partition("=")[2] for part in path.split("/")[:-1] if part.startswith("outlet=")]
    return {"outlet": unquote(outlets[-1]).strip().lower()} if outlets else {}


def _digest(kind: str, encoding: str, metadata: Metadata, payload: bytes) -> str:
    """sha256 in a canonical form: the same record gives the same digest on every machine."""
    head = [kind, encoding, *(getattr(metadata, name) for name in _METADATA_FIELDS)]
    found = hashlib.sha256(json.dumps(head, default=str).encode("utf-8"))
    found.update(b"\0" + payload)
    return found.hexdigest()


def rows_of(row: Row, names: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """A record's values under our names; `names` (ours = theirs) renames."""
    theirs = {value: key for key, value in names.items()}
    for key, value in row.items():
        if key in theirs:
            yield theirs[key], value
        elif key not in names:
            yield key.lower(), value


def content_of(row: Row) -> tuple[Kind, object]:
    """Which column holds the article: `text` if it has anything, else `html`. BadInput "missing_column"."""
    for kind, name in (("text", "text"), ("html", "html")):
        if row.get(name):
            return ("html" if kind == "html" else "text"), row[name]
    if "text" in row or "html" in row:
        raise BadInput("empty", "`text` and `html` are empty")
    raise BadInput("missing_column", "neither `text` nor `html` (input.map can rename a column)")
