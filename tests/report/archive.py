"""A published snapshot of any size, its rows made by arithmetic: to measure reports, not to be read."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.model import REASONS
from quotesieve.store.parquet import write_part
from quotesieve.store.snapshot import Snapshot, publish, relocated, staging
from quotesieve.store.tables import TABLES, Table

OUTLETS = pa.array([f"paper{n:02d}.example" for n in range(40)])
SPEAKERS = pa.array([f"{a} {b}" for a in ("Ada", "Jon", "Rosa", "Karl") for b in ("Bell", "Marsh", "Lind")])
NOUNS = "ferry harbour library tram school theatre bridge market council river museum orchard".split()
MINUTE = 60_000_000
START = 1_770_000_000_000_000  # microseconds since 1970
MENTIONS, LINES = 3, 12  # of an article
PART = 20_000  # articles a part file


def ids(kind: str, numbers: np.ndarray) -> pa.Array:
    """Sixteen characters, different for each kind and number."""
    digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), 15, "0")
    return pc.binary_join_element_wise(kind, digits, "")


def numbered(text: str, numbers: np.ndarray) -> pa.Array:
    """The text with each number behind it."""
    return pc.binary_join_element_wise(text, pa.array(numbers).cast(pa.string()), " ")


def sentences(numbers: np.ndarray) -> pa.Array:
    """A statement for each number."""
    pool = pa.array(
        [
            f"The {a} will not be closed before the {b} has been paid for, and the {c} stays open, number"
            for a in NOUNS
            for b in NOUNS
            for c in NOUNS
        ]
    )
    texts = pool.take(pa.array(numbers % len(pool)))
    return pc.binary_join_element_wise(texts, pa.array(numbers).cast(pa.string()), " ")


def rows(table: Table, size: int, **columns: Any) -> pa.Table:
    """A table of that many rows; what isn't given is null, 0 or empty."""
    empty = {pa.string(): "", pa.bool_(): False}
    made = []
    for column in table.columns:
        blank = None if column.null else [] if pa.types.is_list(column.type) else empty.get(column.type, 0)
        values = columns.get(column.name, blank)
        if column.name in columns and isinstance(values, (pa.Array, np.ndarray)):
            made.append(pa.array(values).cast(column.type))
        elif column.name in columns and isinstance(values, list):
            made.append(pa.array(values, column.type))
        else:
            made.append(pa.repeat(pa.scalar(values, column.type), size))
    return pa.Table.from_arrays(made, schema=table.schema)


def statement_of(mention: np.ndarray, articles: int) -> np.ndarray:
    """Which statement a mention prints: every third is a reprint of a low-numbered one."""
    return np.where(mention % 3 == 0, (mention * 7919) % (articles // 2), mention)


def part(first: int, last: int, articles: int) -> dict[str, pa.Table]:
    """The rows of the articles from `first` to `last`."""
    a = np.arange(first, last)
    m = np.arange(first * MENTIONS, last * MENTIONS)
    s = statement_of(m, articles)
    of = m // MENTIONS
    n = np.arange((last - first) * LINES)
    text = sentences(s)
    edited = pc.replace_substring(text, "will not be", "won’t be")
    removed = pa.array(n % 3 == 0)
    reasons = pa.array(REASONS).take(pa.array(n // 3 % len(REASONS)))
    return {
        "articles": rows(
            TABLES["articles"],
            len(a),
            article_id=ids("a", a),
            version=1,
            is_latest=True,
            outlet=OUTLETS.take(pa.array(a % len(OUTLETS))),
            published_at=START + a * 7 * MINUTE,
            title=numbered("A story about the harbour, part", a),
            text="The quay was open to all who came that day. " * 50,
            raw_path=numbered("story", a),
            language="en",
            kind="text",
        ),
        "mentions": rows(
            TABLES["mentions"],
            len(m),
            mention_id=ids("b", m),
            passage_id=ids("c", s),
            article_id=ids("a", of),
            text=pc.if_else(pa.array(m % 2 == 0), text, edited),
            outlet=OUTLETS.take(pa.array(of % len(OUTLETS))),
            published_at=START + of * 7 * MINUTE,
            speaker=SPEAKERS.take(pa.array(s % len(SPEAKERS))),
            relation=pc.if_else(pa.array(m % 2 == 0), "exact", "edited"),
            similarity=96.0,
            field="body",
            context_before="It was late when the meeting came to the point that all had waited for: “",
            context_after="” the chair said, and nobody in the room had anything to add to that on the day.",
            speaker_as_printed="the chair",
            cue="said",
            language="en",
            url=numbered("https://paper.example/2026/03/11/a-story-about-the-harbour", of),
        ),
        "lines": rows(
            TABLES["lines"],
            len(n),
            article_id=ids("a", first + n // LINES),
            version=1,
            line=n % LINES + 1,
            raw_text=pc.if_else(
                removed, "Read more stories about the quay here", "The quay was open all day."
            ),
            role=pc.if_else(removed, None, "body"),
            reason=pc.if_else(removed, reasons, None),
            rule=pc.if_else(removed, "phrase", "model"),
        ),
    }


def passages(articles: int) -> pa.Table:
    """The statements of all mentions, counted."""
    m = np.arange(articles * MENTIONS)
    s = statement_of(m, articles)
    order = np.argsort(s, kind="stable")
    numbers, starts, counts = np.unique(s[order], return_index=True, return_counts=True)
    paper = (m // MENTIONS % len(OUTLETS))[order]
    names = OUTLETS.to_pylist()
    outlets = [[names[i] for i in np.unique(own)] for own in np.split(paper, starts[1:])]
    speaker = SPEAKERS.take(pa.array(numbers % len(SPEAKERS)))
    return rows(
        TABLES["passages"],
        len(numbers),
        passage_id=ids("c", numbers),
        canonical_text=sentences(numbers),
        speaker=speaker,
        attribution_method="explicit",
        speaker_confidence=0.9,
        language="en",
        mention_count=counts,
        article_count=counts,
        outlets=outlets,
        outlet_count=np.array([len(own) for own in outlets]),
        first_published_at=START + (m // MENTIONS)[order][starts] * 7 * MINUTE,
        founded_run=1,
    )


def publish_archive(clean: Path, articles: int) -> None:
    """Write and publish the tables."""
    target = staging(clean) / "00001-archive"
    files: dict[str, list[Any]] = {name: [] for name in TABLES}
    counts = dict.fromkeys(TABLES, 0)

    def write(name: str, data: pa.Table) -> None:
        entry = write_part(target / name / f"part-{len(files[name]):04d}.parquet", data, TABLES[name])
        files[name].append(relocated(entry, "00001-archive", name))
        counts[name] += data.num_rows

    for first in range(0, articles, PART):
        for name, data in part(first, min(first + PART, articles), articles).items():
            write(name, data)
    write("passages", passages(articles))
    for name in TABLES:
        if not files[name]:
            write(name, TABLES[name].schema.empty_table())
    frozen = {name: tuple(entries) for name, entries in files.items()}
    publish(clean, target, Snapshot("00001-archive", 1, None, "", "", "", frozen, counts=counts))
