"""Proof that a snapshot is what it says: files, keys, the raw law, and a reason for every merge.

Goes by the published files alone; RAW is not needed. Reads shard by shard; changes nothing.
"""

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from quotesieve.model import Line
from quotesieve.stages.extract import mention_bytes
from quotesieve.store import ledger, snapshot, sql
from quotesieve.store.parquet import read_part
from quotesieve.store.snapshot import Snapshot
from quotesieve.store.tables import TABLES
from quotesieve.text.repair import repair_lines, split_lines

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """A law that does not hold: which, where, and what was seen."""

    law: str
    where: str
    detail: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was checked and what was found wrong."""

    snapshot: str
    checked: Mapping[str, int]
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Every law holds."""
        return not self.findings


MOST = 100  # findings after which a check stops: more say no more


def verify(clean: Path, progress: Callable[[str, int, int], None] = lambda *_: None) -> Verification:
    """Check the current snapshot of CLEAN. Raises SnapshotError if there is none to check."""
    current = snapshot.require_current(clean)
    findings = [
        Finding("files", e.path, "missing or not as published") for e in snapshot.damaged(clean, current)
    ]
    checked = {"files": sum(len(entries) for entries in current.files.values())}
    if not findings:  # the rest would only say the same of what cannot be read
        findings += _schema_findings(clean, current)
        findings += _relational_findings(clean, current)
        findings += _merge_findings(clean, current)
        shards = _shards(clean, current)
        for number, parts in enumerate(shards.values(), 1):
            findings += _shard_findings(parts)
            progress("verifying", number, len(shards))
            if len(findings) >= MOST:
                break
        checked |= {name: count for name, count in current.counts.items() if name in TABLES}
        with sql.views(clean, current, ("runs",)) as data:  # the table has a row for each outlet, too
            checked["runs"] = sql.scalars(data, "SELECT count(*) FROM runs WHERE outlet IS NULL")[0]
    return Verification(current.id, checked, tuple(findings[:MOST]))


def _schema_findings(clean: Path, current: Snapshot) -> Iterator[Finding]:
    for name, table in TABLES.items():
        for path in snapshot.paths(clean, current, name):
            found = read_part(path).schema
            if not found.equals(table.schema):
                yield Finding("schema", str(path), f"differs from the declaration of {name}")


# Each query gives the offenders; an empty answer is what should be.
_RELATIONS = (
    ("articles and rejections", "SELECT 'records' WHERE {records} <> (SELECT count(*) FROM articles) "
     "+ (SELECT count(*) FROM rejections)"),
    ("one current version", "SELECT article_id FROM articles GROUP BY 1 HAVING sum(is_latest::int) <> 1"),
    ("mention_count", "SELECT passage_id FROM passages LEFT JOIN (SELECT passage_id, count(*) AS n, "
     "count(DISTINCT article_id) AS a FROM mentions GROUP BY 1) USING (passage_id) "
     "WHERE n IS NULL OR n <> mention_count OR a <> article_count"),
    ("canonical mention", "SELECT p.passage_id FROM passages p LEFT JOIN mentions m ON m.mention_id = "
     "p.canonical_mention_id WHERE m.passage_id IS DISTINCT FROM p.passage_id OR m.text <> p.canonical_text"),
    ("canonical offsets", "SELECT mention_id FROM mentions JOIN passages USING (passage_id) WHERE "
     "canonical_start < 0 OR canonical_end < canonical_start OR canonical_end > length(canonical_text)"),
    ("independent outlets", "SELECT passage_id FROM passages WHERE independent_outlet_count < 1 "
     "OR independent_outlet_count > outlet_count"),
    ("changes", "SELECT mention_id FROM (SELECT mention_id, text, m.canonical_start AS low, "
     "m.canonical_end AS high, relation, unnest(changes) AS c FROM mentions m) WHERE relation = 'exact' "
     "OR c.start > c.end OR c.end > length(text) OR c.canonical_start < low OR c.canonical_end > high "
     "OR (c.start = c.end) <> (c.op = 'dropped') "
     "OR (c.canonical_start = c.canonical_end) <> (c.op = 'inserted')"),
    ("lines of every article", "SELECT article_id FROM lines ANTI JOIN articles USING (article_id, version)"),
    ("paragraphs of current articles", "SELECT article_id FROM paragraphs ANTI JOIN "
     "(SELECT article_id FROM articles WHERE is_latest) USING (article_id)"),
    ("one canonical paragraph", "SELECT copy_group FROM paragraphs GROUP BY 1 "
     "HAVING sum(is_canonical::int) <> 1"),
    ("redirects", "SELECT passage_id FROM redirects SEMI JOIN passages USING (passage_id)"),
    ("role or reason", "SELECT article_id FROM lines WHERE (role IS NULL) = (reason IS NULL)"),
)  # fmt: skip


def _relational_findings(clean: Path, current: Snapshot) -> Iterator[Finding]:
    with sql.connect(clean, current) as connection:
        for name, table in TABLES.items():
            key = ", ".join(table.key)
            twice = f"SELECT concat_ws(' ', {key}) FROM {name} GROUP BY {key} HAVING count(*) > 1 LIMIT 5"
            for offender in sql.scalars(connection, twice):
                yield Finding("key", f"{name} {offender}", f"{key} is not unique")
            for own, other, its in table.references:
                lost = f"SELECT {own} FROM {name} WHERE {own} NOT IN (SELECT {its} FROM {other}) LIMIT 5"
                for offender in sql.scalars(connection, lost):
                    yield Finding("reference", f"{name}.{own} {offender}", f"no such {its} in {other}")
        for law, query in _RELATIONS:
            for offender in sql.scalars(
                connection, query.format(records=current.counts["records"]) + " LIMIT 5"
            ):
                yield Finding(law, str(offender), "does not hold")


def _merge_findings(clean: Path, current: Snapshot) -> Iterator[Finding]:
    """The linked comparisons connect the mentions of each passage, and nothing else."""
    mentions = snapshot.read_table(clean, "mentions", ("mention_id", "passage_id"))
    links = snapshot.read_table(clean, "comparisons", ("left_mention_id", "right_mention_id", "linked"))
    number = {m: i for i, m in enumerate(mentions.column("mention_id").to_pylist())}
    parent = np.arange(len(number))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = int(parent[node])
        return node

    for left, right, linked in zip(*(column.to_pylist() for column in links.columns), strict=True):
        if linked and left in number and right in number:
            parent[root(number[left])] = root(number[right])
    passage_of: dict[int, str] = {}
    component_of: dict[str, int] = {}
    for i, passage in enumerate(mentions.column("passage_id").to_pylist()):
        component = root(i)
        if passage_of.setdefault(component, passage) != passage:
            yield Finding("merges", passage, "linked to a mention of another passage")
        if component_of.setdefault(passage, component) != component:
            yield Finding("merges", passage, "mentions without a link between them")


def _shards(clean: Path, current: Snapshot) -> dict[str, dict[str, Path]]:
    """Paths of the part files by shard and table."""
    shards: dict[str, dict[str, Path]] = {}
    for name in TABLES:
        for path in snapshot.paths(clean, current, name):
            shards.setdefault(ledger.shard_of(path.name), {})[name] = path
    return shards


def _shard_findings(parts: Mapping[str, Path]) -> Iterator[Finding]:
    """The raw law and the offsets of every article in one shard."""
    if "articles" not in parts:
        return
    rows = {name: read_part(parts[name]).to_pylist() if name in parts else [] for name in _READ}
    lines = _by(rows["lines"], "article_id", "version")
    mentions, paragraphs = _by(rows["mentions"], "article_id"), _by(rows["paragraphs"], "article_id")
    for article in rows["articles"]:
        own = lines.get((article["article_id"], article["version"]), [])
        yield from _article_findings(
            article,
            own,
            mentions.get((article["article_id"],), []) if article["is_latest"] else [],
            paragraphs.get((article["article_id"],), []) if article["is_latest"] else [],
        )


_READ = ("articles", "lines", "mentions", "paragraphs")


def _by(rows: Sequence[Row], *keys: str) -> dict[tuple[Any, ...], list[Row]]:
    grouped: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        grouped.setdefault(tuple(row[key] for key in keys), []).append(row)
    return grouped


def _article_findings(
    article: Row, lines: Sequence[Row], mentions: Sequence[Row], paragraphs: Sequence[Row]
) -> Iterator[Finding]:
    where = f"{article['raw_path']}#{article['raw_record'] or ''} ({article['article_id']})"
    repaired = repair_lines([line["raw_text"] for line in lines])
    if article["kind"] == "text":
        for detail in _raw_law(article, lines):
            yield Finding("raw law", where, detail)
    for detail in _line_offsets(article, lines, repaired):
        yield Finding("line offsets", where, detail)
    records = [_line(row, text) for row, text in zip(lines, repaired, strict=True)]
    for mention in mentions:
        for detail in _mention_law(article, mention, records):
            yield Finding("mentions", f"{where} {mention['mention_id']}", detail)
    for row in paragraphs:
        if article["text"][row["char_start"] : row["char_end"]] != row["text"]:
            yield Finding("paragraphs", f"{where} {row['paragraph_no']}", "offsets do not give the text")


def _raw_law(article: Row, lines: Sequence[Row]) -> Iterator[str]:
    """The lines, end to end, are the payload; split again they are the same lines."""
    pieces = [
        row["raw_text"].encode(article["encoding"]) if row["raw_bytes"] is None else row["raw_bytes"]
        for row in lines
    ]
    payload = b"".join(pieces)
    if hashlib.sha256(payload).hexdigest() != article["raw_sha256"]:
        yield "the lines do not give back the raw payload"
        return
    position = 0
    for row, piece in zip(lines, pieces, strict=True):
        if (row["raw_start"], row["raw_end"]) != (position, position + len(piece)):
            yield f"line {row['line']}: raw_start and raw_end are not where it stands"
        position += len(piece)
    if split_lines(payload.decode(article["encoding"])) != [row["raw_text"] for row in lines]:
        yield "decoded and split again the payload gives other lines"


_FIELDS = {"body": "text", "heading": "text", "title": "title", "standfirst": "standfirst"}


def _line_offsets(article: Row, lines: Sequence[Row], repaired: Sequence[str]) -> Iterator[str]:
    """Kept lines, repaired, are the article's fields, whole and in order."""
    covered = {"text": 0, "title": 0, "standfirst": 0}
    for row, text in zip(lines, repaired, strict=True):
        if row["char_start"] is None:
            continue
        field = _FIELDS[row["role"]]
        if (article[field] or "")[row["char_start"] : row["char_end"]] != text.strip():
            yield f"line {row['line']}: its offsets in {field} do not give its words"
        covered[field] += row["char_end"] - row["char_start"]
    if [row["line"] for row in lines] != list(range(1, len(lines) + 1)):
        yield "line numbers do not run from 1"
    kept = covered["text"]
    if kept != len(article["text"]) - sum(c in "\n " for c in _joins(article, lines)):
        yield "the text holds more than its lines"


def _joins(article: Row, lines: Sequence[Row]) -> str:
    """What stands between the lines of the body."""
    spans = sorted(
        (row["char_start"], row["char_end"])
        for row in lines
        if row["char_start"] is not None and _FIELDS[row["role"]] == "text"
    )
    return "".join(article["text"][a[1] : b[0]] for a, b in pairwise(spans))


def _line(row: Row, text: str) -> Line:
    return Line(
        row["line"],
        text,
        row["role"],
        row["reason"],
        char_start=row["char_start"],
        char_end=row["char_end"],
        raw_text=row["raw_text"],
        raw_start=row["raw_start"],
        raw_end=row["raw_end"],
        raw_bytes=row["raw_bytes"],
    )


def _mention_law(article: Row, mention: Row, lines: Sequence[Line]) -> Iterator[str]:
    """The field at the offsets is the printed words; the raw span is the smallest that covers them."""
    field = "text" if mention["field"] == "body" else mention["field"]
    start, end = mention["char_start"], mention["char_end"]
    if (article[field] or "")[start:end] != mention["text"]:
        yield "its offsets do not give its words"
        return
    if mention["raw_start"] is None:
        return
    own = [
        line
        for line in lines
        if line.role and _FIELDS.get(line.role) == field and line.char_start is not None
    ]
    starts = [line.char_start or 0 for line in own]
    first, last = own[bisect_right(starts, start) - 1], own[bisect_right(starts, end - 1) - 1]
    found = mention_bytes(first, last, start, end, article["encoding"])
    if found != (mention["raw_start"], mention["raw_end"]):
        yield f"raw span is {mention['raw_start']}-{mention['raw_end']}, should be {found[0]}-{found[1]}"
