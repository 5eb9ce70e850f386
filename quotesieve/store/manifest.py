"""What the user says of the articles beside them: manifest.csv, manifest.jsonl and sidecars.

Reads them and finds the row for a path. What a value means is `quotesieve.metadata`'s; what wins
over what is `records.Source`'s.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from quotesieve.errors import ManifestError
from quotesieve.model import Rejection
from quotesieve.store.bad_input import BadInput
from quotesieve.store.encoding import decide_encoding
from quotesieve.store.files import read_small
from quotesieve.store.listing import MANIFESTS

# `encoding` is a charset label for a text or HTML file whose bytes do not tell.
COLUMNS = ("path", "outlet", "url", "title", "authors", "published_at", "fetched_at", "language", "licence")
MAX_MANIFEST_BYTES = 256 * 1024 * 1024
MAX_SIDECAR_BYTES = 1024 * 1024

Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows by path, and what was wrong with the rest."""

    rows: Mapping[str, Row] = field(default_factory=dict)
    problems: tuple[Rejection, ...] = ()

    def row(self, path: str) -> Row:
        """What the manifest says of a file; empty if nothing."""
        return self.rows.get(path, {})

    def unused(self, paths: set[str]) -> list[str]:
        """Paths that the manifest names and the input does not have: often a misspelling."""
        return sorted(self.rows.keys() - paths)


def load_manifest(root: str) -> Manifest:
    """manifest.csv, then manifest.jsonl at the top of the input; the first row for a path counts.

    Raises ManifestError if a manifest cannot be used at all; a bad row is a problem of its own.
    """
    rows: dict[str, Row] = {}
    problems: list[Rejection] = []
    for name in MANIFESTS:
        text = _text_of(root, name)
        if text is None:
            continue
        for number, row in _csv_rows(name, text) if name.endswith(".csv") else _json_rows(text):
            problem = _add(rows, row)
            if problem:
                problems.append(_rejection(name, number, problem))
    return Manifest(rows, tuple(problems))


def _add(rows: dict[str, Row], row: Row | str) -> str | None:
    """File a row under its path; a line about what is wrong with it, if something is."""
    if isinstance(row, str):
        return row
    path = normal_path(str(row.get("path") or ""))
    if not path:
        return "no path"
    if path in rows:
        return f"a second row for {path}; the first one counts"
    rows[path] = {key: value for key, value in row.items() if key != "path" and value not in (None, "")}
    return None


def _rejection(name: str, number: int, detail: str) -> Rejection:
    bad = BadInput("bad_manifest_row", detail)
    return Rejection(raw_path=name, record=number, stage=bad.stage, reason=bad.reason, detail=detail)


def normal_path(path: str) -> str:
    """A path as the listing gives it: "/" between, nothing before.

    >>> normal_path(".\\\\wire\\\\a.txt")
    'wire/a.txt'
    """
    return path.strip().replace("\\", "/").removeprefix("./").lstrip("/")


def _text_of(root: str, name: str) -> str | None:
    try:
        data = read_small(root, name, MAX_MANIFEST_BYTES)
        if data is None:
            return None
        encoding, _ = decide_encoding(data, min_confidence=0.0)
    except BadInput as bad:
        raise ManifestError(f"{name}: {bad.detail}. Save it as UTF-8 text, or move it away.") from bad
    return data.decode(encoding).removeprefix("\ufeff")


def _csv_rows(name: str, text: str) -> Iterator[tuple[int, Row]]:
    """Rows by line number. Spreadsheets of many countries write ";" between the columns."""
    header = text.partition("\n")[0]
    delimiter = max(",;\t", key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [column.strip().lower() for column in reader.fieldnames or ()]
        if "path" not in names:
            raise ManifestError(f"{name}: no column `path`. Its first line must be: {','.join(COLUMNS)}")
        reader.fieldnames = names
        for row in reader:
            if any(row.values()):
                yield reader.line_num, {key: value for key, value in row.items() if isinstance(key, str)}
    except csv.Error as error:
        problem = f"{name}, line {reader.line_num}: {error}. Mend the line, or quote the cell."
        raise ManifestError(problem) from error


def _json_rows(text: str) -> Iterator[tuple[int, Row | str]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, _json_object(line)


def _json_object(text: str) -> Row | str:
    """The object, or what is wrong with it."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"not JSON: {error}"
    if not isinstance(value, dict):
        return "not a JSON object"
    return {str(key).strip().lower(): item for key, item in value.items()}


def read_sidecar(root: str, path: str) -> Row:
    """The values of a .meta.json; BadInput "bad_sidecar" if there are none to be had."""
    try:
        data = read_small(root, path, MAX_SIDECAR_BYTES)
        if data is None:
            return {}
        encoding, _ = decide_encoding(data, min_confidence=0.0)
    except BadInput as bad:
        raise BadInput("bad_sidecar", f"{path}: {bad.detail}") from bad
    row = _json_object(data.decode(encoding).removeprefix("\ufeff"))
    if isinstance(row, str):
        raise BadInput("bad_sidecar", f"{path}: {row}")
    return row


def row_digest(*rows: Row) -> str:
    """sha256 of rows, whatever the order of their columns."""
    text = json.dumps([dict(row) for row in rows], sort_keys=True, default=str)
    return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()
