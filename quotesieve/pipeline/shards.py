"""From raw records to staged shards: cleaning and extraction, chunk by chunk, in worker processes.

A shard is the outcome of up to `store.shard_articles` records, in a folder of its own whose name
is the digest of everything it depends on; one that is finished is never made twice, so a run
that was killed goes on from there. Holds no grouping: that needs all shards.
"""

import hashlib
import json
import os
import shutil
import traceback
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import asdict, astuple, dataclass, field, fields, replace
from itertools import repeat
from operator import attrgetter
from pathlib import Path
from typing import Any

import pyarrow as pa

from quotesieve.corrections import NO_CORRECTIONS, Corrections
from quotesieve.model import Article, Mention, Paragraph, RawArticle, Rejection
from quotesieve.outlets import NO_OUTLETS, Outlets
from quotesieve.pipeline import figures
from quotesieve.pipeline.figures import RecordFigures
from quotesieve.pipeline.plan import FileWork, Plan, Source, record_digest
from quotesieve.pipeline.version import code_digest
from quotesieve.pipeline.workers import Workers
from quotesieve.process import give_memory_back
from quotesieve.settings import Settings
from quotesieve.stages.boilerplate import Ints, boilerplate_lines
from quotesieve.stages.clean import Judged, assemble, judge_all
from quotesieve.stages.corrections import Applied, correct
from quotesieve.stages.extract import extract_mentions, paragraphs
from quotesieve.store import fingerprints, forgotten, ledger
from quotesieve.store.bad_input import one_line
from quotesieve.store.fingerprints import FINGERPRINTS
from quotesieve.store.forgotten import NOTHING, Sieve
from quotesieve.store.ledger import Entry, Key
from quotesieve.store.parquet import FileEntry, write_durably, write_part, write_scratch
from quotesieve.store.snapshot import staging
from quotesieve.store.tables import ARTICLES, LINES, MENTIONS, PARAGRAPHS, REJECTIONS, Table

SHARD_BYTES = 4 * 1024 * 1024  # of text; a shard is closed at this size whatever its count
MARKUP = 8  # bytes of HTML that count as one of text
NEARLY_FULL = 0.75  # of the articles a shard holds: then it is closed where the next is of another outlet

FAILED = "failed"  # the reason of a rejection where our own code stopped at a record

# Columns that are known only when all shards have been compared.
GROUPED = {
    "mentions": ("passage_id", "relation", "similarity", "canonical_start", "canonical_end", "changes"),
    "paragraphs": ("copy_group", "is_canonical"),
}

Item = RawArticle | Rejection


@dataclass(frozen=True, slots=True)
class StagedShard:
    """A finished shard: its folder and what is in it."""

    folder: str
    articles: int
    rejections: int
    mentions: int
    paragraphs: int
    lines: int
    lines_removed: int
    files: dict[str, dict[str, Any]]  # FileEntry fields of the tables that are final already
    corrected: list[tuple[str, str, int, str, int | None]] = field(
        default_factory=list
    )  # what people changed: `Applied`
    forgotten: list[list[str]] = field(default_factory=list)  # dropped: article_id, record trace, copies
    superseded: frozenset[Key] = frozenset()  # records that were cleaned again since: another shard has them

    def entry(self, table: str) -> FileEntry | None:
        """The part file of a table that was written in its final form."""
        return FileEntry(**self.files[table]) if table in self.files else None


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Records that become one shard, with the digests of their files."""

    items: tuple[Item, ...]
    file_digests: tuple[str | None, ...]
    sieve: Sieve = NOTHING
    corrections: Corrections = NO_CORRECTIONS

    def digest(self, how: "How") -> str:
        """Of everything that the shard's files depend on."""
        asides = f"{how.outlets.digest}{self.sieve.digest()}{self.corrections.digest}"
        made_by = f"{code_digest()} {record_digest(how.settings)} {asides}"
        found = hashlib.sha256(f"{made_by} {how.boilerplate is None}\n".encode())
        found.update(b"" if how.boilerplate is None else how.boilerplate.tobytes())
        for item, file_digest in zip(self.items, self.file_digests, strict=True):
            found.update(f"{item.raw_path}\0{item.record}\0{item.digest}\0{file_digest}\n".encode())
        return found.hexdigest()[:24]


@dataclass(frozen=True, slots=True, eq=False)
class How:
    """What every record is processed with."""

    settings: Settings
    outlets: Outlets
    boilerplate: Ints | None  # fingerprints, sorted; None: a chunk goes by what it has of the outlets itself


def stage(plan: Plan, groups: Sequence[Sequence[FileWork]], workers: Workers) -> Iterator[StagedShard]:
    """Clean and extract some groups of files; yield their shards in order as they are finished.

    Streams: as many chunks are in memory as there are workers, and a few more. Chunks begin anew
    with each group of the plan, so that groups staged one by one give the same shards.
    """
    folder = staging(plan.clean) / "shards"
    how = how_of(plan)
    yield from workers.stream(
        (process_chunk, (chunk, how, folder / chunk.digest(how)))
        for group in groups
        for chunk in _chunks(plan, group)
    )


def how_of(plan: Plan) -> How:
    """What the plan's records are processed with."""
    return How(plan.source.settings, plan.source.outlets, plan.boilerplate)


def stage_refused(plan: Plan) -> list[StagedShard]:
    """A shard for what the listing refused, if it refused anything new."""
    if not plan.refused:
        return []
    how = how_of(plan)
    chunk = _Chunk(plan.refused, (None,) * len(plan.refused))
    return [process_chunk(chunk, how, staging(plan.clean) / "shards" / chunk.digest(how))]


def stage_held(
    plan: Plan, rejections: Sequence[Rejection], file_digests: Sequence[str | None]
) -> StagedShard:
    """A shard of rejections for articles that the gate holds back."""
    target = staging(plan.clean) / "held"
    shutil.rmtree(target, ignore_errors=True)  # what it says of why is of this run
    chunk = _Chunk(tuple(rejections), tuple(file_digests))
    return process_chunk(chunk, replace(how_of(plan), outlets=NO_OUTLETS), target)


def _chunks(plan: Plan, group: Sequence[FileWork]) -> Iterator[_Chunk]:
    source, asides = plan.source, (plan.sieve, plan.corrected.now)
    items: list[Item] = []
    digests: list[str | None] = []
    size, most = 0, source.settings.store.shard_articles
    for work in group:
        for item in _records(source, work):
            nearly_full = len(items) >= NEARLY_FULL * most and _outlet(item) != _outlet(items[-1])
            if len(items) >= most or size >= SHARD_BYTES or nearly_full:
                yield _Chunk(tuple(items), tuple(digests), *asides)
                items, digests, size = [], [], 0
            items.append(item)
            digests.append(None if work.file.container else work.digest)
            size += _text_bytes(item)
    if items:
        yield _Chunk(tuple(items), tuple(digests), *asides)


def _text_bytes(item: Item) -> int:
    """About how much text a record has."""
    if isinstance(item, Rejection):
        return 0
    return len(item.payload) // MARKUP if item.kind == "html" else len(item.payload)


def _outlet(item: Item) -> str | None:
    return item.metadata.outlet if isinstance(item, RawArticle) else item.outlet


def _records(source: Source, work: FileWork) -> Iterator[Item]:
    """The records of a file that are to be done."""
    for item in source.read(work.file):
        if work.records is None or (item.record or 0) in work.records:
            yield item


def process_chunk(chunk: _Chunk, how: How, target: Path) -> StagedShard:
    """Make one shard, or find it made. Runs in a worker process."""
    marker = target / "done.json"
    if marker.exists():
        return StagedShard(**json.loads(marker.read_bytes()))
    pending = target.with_name(f"{target.name}.{os.getpid()}")
    shutil.rmtree(pending, ignore_errors=True)
    shutil.rmtree(target, ignore_errors=True)
    pending.mkdir(parents=True)
    shard = _write(_process_all(chunk, how), pending, target)
    listed = {name: value for name, value in asdict(shard).items() if name != "superseded"}
    write_durably(pending / "done.json", json.dumps(listed).encode())
    os.rename(pending, target)
    give_memory_back()
    return shard


# Not of the record: of the machine, or of what is installed. The run stops, and the next one goes on.
_NOT_OF_THE_RECORD = (MemoryError, OSError, ImportError)


def _process_all(chunk: _Chunk, how: How) -> "_Processed":
    """Process a chunk; where that fails, record by record, so that one costs no other.

    That is an error of ours: what it was goes into the rejection, and so into the figures of the gate.
    Where every record fails, and there are several, it is raised: it is of none of them.
    """
    try:
        return _process(chunk, how)
    except _NOT_OF_THE_RECORD:
        raise
    except Exception as error:  # noqa: BLE001  # whichever rule it was, on a text that nobody had thought of
        first, done, failed = error, _Processed.empty(), 0
    for item, file_digest in zip(chunk.items, chunk.file_digests, strict=True):
        one = replace(chunk, items=(item,), file_digests=(file_digest,))
        try:
            done.extend(_process(one, how))
        except _NOT_OF_THE_RECORD:
            raise
        except Exception as error:  # noqa: BLE001
            failed += 1
            done.extend(_process(replace(one, items=(_failed(item, error),)), how))
    if failed == len(chunk.items) > 1:
        raise first
    return done


def _failed(item: Item, error: Exception) -> Rejection:
    """The rejection of a record that our own code stopped at."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{type(error).__name__} in {Path(at.filename).name}, line {at.lineno}"
    return Rejection(
        raw_path=item.raw_path,
        record=item.record,
        stage="clean",
        reason=FAILED,
        detail=one_line(f"A bug, please report it: {where}: {error}"),
        outlet=_outlet(item),
        digest=item.digest,
    )


@dataclass(frozen=True, slots=True)
class _Processed:
    """What the records of a chunk became."""

    articles: list[Article]
    keys: list[Key]  # of the articles
    rejections: list[Rejection]
    entries: list[Entry]
    mentions: list[list[Mention]]  # by article
    paragraphs: list[list[Paragraph]]
    corrected: list[Applied]
    forgotten: list[list[str]]
    figures: list[RecordFigures]

    @classmethod
    def empty(cls) -> "_Processed":
        return cls([], [], [], [], [], [], [], [], [])

    def extend(self, other: "_Processed") -> None:
        """Take what other records became, too."""
        for each in fields(self):
            getattr(self, each.name).extend(getattr(other, each.name))


def _judged(chunk: _Chunk, how: How) -> Iterator[tuple[Judged | Rejection, Set[int]]]:
    """Each item judged, with the lines that are boilerplate.

    In the first run these are counted in the chunk, which mostly holds all that one outlet has; where
    that misses what all chunks together say, the article is cleaned again (`boilerplate_settling`).
    """
    raw = (item for item in chunk.items if isinstance(item, RawArticle))
    articles_judged = judge_all(raw, how.outlets, fast_pages=how.settings.input.pages == "fast")
    judged = (next(articles_judged) if isinstance(item, RawArticle) else item for item in chunk.items)
    if how.boilerplate is not None:
        yield from zip(judged, repeat(frozenset(how.boilerplate.tolist())))
        return
    together = list(judged)
    articles = [one for one in together if isinstance(one, Judged)]
    rows = fingerprints.to_table(articles, [Key.of(one.raw.raw_path, one.raw.record) for one in articles])
    yield from zip(together, repeat(frozenset(boilerplate_lines(rows).tolist())))


def _process(chunk: _Chunk, how: How) -> _Processed:
    done = _Processed.empty()
    settings, outlets = how.settings, how.outlets
    for item, file_digest, (found, boilerplate) in zip(
        chunk.items, chunk.file_digests, _judged(chunk, how), strict=True
    ):
        key = Key.of(item.raw_path, item.record)
        if isinstance(found, Rejection):
            known = outlets.find(found.outlet)
            rejection = replace(found, outlet=known.id) if known else found
            done.rejections.append(rejection)
            done.entries.append(Entry(key, item.digest, file_digest, None, rejection.outlet, None, 0))
            done.figures.append(figures.of_rejection(key, file_digest, rejection))
            continue
        article = assemble(found, boilerplate)
        outlet, sha256 = article.metadata.outlet, article.raw_sha256
        if chunk.sieve.has_article(article.article_id, outlet, key, sha256):
            record = forgotten.record_trace(key, file_digest or item.digest)
            done.forgotten.append([article.article_id, record, *forgotten.copy_traces(outlet, key, sha256)])
            continue
        done.articles.append(article)
        done.keys.append(key)
        mentions, applied = correct(article, extract_mentions(article, settings.speakers), chunk.corrections)
        done.mentions.append(mentions)
        done.corrected.extend(applied)
        done.paragraphs.append(list(paragraphs(article)))
        about = article.metadata
        done.entries.append(
            Entry(key, item.digest, file_digest, article.article_id, about.outlet, about.fetched_at, 0)
        )
        done.figures.append(
            figures.of_article(key, item.digest, file_digest, article, done.mentions[-1], done.paragraphs[-1])
        )
    return done


def _write(done: _Processed, pending: Path, target: Path) -> StagedShard:
    """Write the shard's files. Lines and articles are final if no other shard holds their articles.

    `version` is provisional: the article's number among those of this shard.
    """
    versions = ledger.versions(done.entries)
    numbers = [versions[key].version for key in done.keys]
    latest = [versions[key].is_latest for key in done.keys]
    final = {
        ARTICLES: articles_table(done.articles, numbers, latest),
        LINES: lines_table(done.articles, numbers),
        REJECTIONS: rejections_table(done.rejections),
        FINGERPRINTS: fingerprints.to_table(done.articles, done.keys),
    }
    files: dict[str, dict[str, Any]] = {}
    for table, rows in final.items():
        if rows.num_rows:
            entry = write_part(pending / f"{table.name}.parquet", rows, table)
            files[table.name] = asdict(entry) | {"path": (target / f"{table.name}.parquet").as_posix()}
    mentions = [(number, m) for number, own in zip(numbers, done.mentions, strict=True) for m in own]
    parts = [(number, p) for number, own in zip(numbers, done.paragraphs, strict=True) for p in own]
    write_scratch(pending / "mentions.arrow", _ungrouped(MENTIONS, mentions))
    write_scratch(pending / "paragraphs.arrow", _ungrouped(PARAGRAPHS, parts))
    write_scratch(pending / "ledger.arrow", ledger.to_table(done.entries))
    write_scratch(pending / "figures.arrow", figures.to_table(done.figures))
    return StagedShard(
        folder=target.as_posix(),
        articles=len(done.articles),
        rejections=len(done.rejections),
        mentions=len(mentions),
        paragraphs=len(parts),
        lines=sum(len(article.lines) for article in done.articles),
        lines_removed=sum(len(article.removed) for article in done.articles),
        files=files,
        corrected=[astuple(one) for one in done.corrected],
        forgotten=done.forgotten,
    )


def _ungrouped(table: Table, rows: Sequence[tuple[int, Any]]) -> pa.Table:
    """Rows of a table without its grouped columns, and with the provisional version."""
    fields = [f for f in table.schema if f.name not in GROUPED[table.name]]
    values = _columns([row for _, row in rows], [f.name for f in fields])
    columns = [pa.array(column, f.type) for column, f in zip(values, fields, strict=True)]
    columns.append(pa.array([number for number, _ in rows], pa.int32()))
    return pa.Table.from_arrays(columns, schema=pa.schema([*fields, pa.field("version", pa.int32())]))


def _columns(rows: Sequence[Any], names: Sequence[str]) -> Iterable[Sequence[Any]]:
    """The values of some fields (two or more) of records, field by field; each record is gone over once."""
    return zip(*map(attrgetter(*names), rows), strict=True) if rows else repeat((), len(names))


def articles_table(articles: Sequence[Article], versions: Sequence[int], latest: Sequence[bool]) -> pa.Table:
    """Rows of the articles table."""
    about = [article.metadata for article in articles]
    values: dict[str, list[Any]] = {
        "version": list(versions),
        "is_latest": list(latest),
        "outlet": [m.outlet for m in about],
        "outlet_from": [m.outlet_from for m in about],
        "url": [m.url for m in about],
        "authors": [list(m.authors) for m in about],
        "published_at": [m.published_at for m in about],
        "published_from": [m.published_from for m in about],
        "published_precision": [m.published_precision for m in about],
        "fetched_at": [m.fetched_at for m in about],
        "licence": [m.licence for m in about],
        "raw_record": [article.record for article in articles],
    }
    columns = [
        pa.array(values.get(c.name) or [getattr(a, c.name) for a in articles], c.type)
        for c in ARTICLES.columns
    ]
    return pa.Table.from_arrays(columns, schema=ARTICLES.schema)


def lines_table(articles: Sequence[Article], versions: Sequence[int]) -> pa.Table:
    """Rows of the lines table."""
    lines = [line for article in articles for line in article.lines]
    own = ["number" if c.name == "line" else c.name for c in LINES.columns[2:]]
    values = (
        [article.article_id for article in articles for _ in article.lines],
        [v for v, article in zip(versions, articles, strict=True) for _ in article.lines],
        *_columns(lines, own),
    )
    columns = [pa.array(column, c.type) for column, c in zip(values, LINES.columns, strict=True)]
    return pa.Table.from_arrays(columns, schema=LINES.schema)


def rejections_table(rejections: Sequence[Rejection]) -> pa.Table:
    """Rows of the rejections table."""
    columns = [pa.array([getattr(r, c.name) for r in rejections], c.type) for c in REJECTIONS.columns]
    return pa.Table.from_arrays(columns, schema=REJECTIONS.schema)
