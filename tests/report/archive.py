"""A published snapshot of any size, its rows made by arithmetic: to measure reports, not to be read."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from quotesieve.model import REASONS
from quotesieve.store.parquet import write_part
from quotesieve.store.snapshot import Snapshot, publish, relocated, staging
from quotesieve.store.tables import TABLES, Table

OUTLETS = np.array([f"paper{n:02d}.example" for n in range(40)])
SPEAKERS = np.array(
    [f"{a} {b}" for a in ("Ada", "Jon", "Rosa", "Karl") for b in ("Bell", "Marsh", "Lind", "Voss")]
)
NOUNS = "ferry harbour library tram school theatre bridge market council river museum orchard".split()
MINUTE = 60_000_000
START = 1_770_000_000_000_000  # microseconds since 1970
MENTIONS, LINES = 6, 30  # of an article
PART = 20_000  # articles a part file


def ids(kind: int, numbers: np.ndarray) -> np.ndarray:
    """Sixteen hexadecimal digits, different for each kind and number."""
    return np.char.mod("%016x", (numbers.astype(np.uint64) * 2654435761 + kind * 10**12) % 2**60)


def sentences(numbers: np.ndarray) -> np.ndarray:
    """A statement for each number."""
    pool = np.array(
        [
            f"The {a} will not be closed before the {b} has been paid for, and the {c} stays open until then, number"
            for a in NOUNS
            for b in NOUNS
            for c in NOUNS
        ]
    )
    return np.char.add(np.char.add(pool[numbers % len(pool)], " "), numbers.astype(str))


def rows(table: Table, size: int, **columns: Any) -> pa.Table:
    """A table of that many rows; what isn't given is null, 0 or empty."""
    empty = {pa.string(): "", pa.bool_(): False}
    made = []
    for column in table.columns:
        values = columns.get(column.name)
        if values is None:
            blank = (
                None if column.null else [] if pa.types.is_list(column.type) else empty.get(column.type, 0)
            )
            made.append(pa.array([blank] * size, column.type))
        else:
            made.append(pa.array(values, column.type))
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
    removed = n % 3 == 0
    text = sentences(s)
    return {
        "articles": rows(
            TABLES["articles"],
            len(a),
            article_id=ids(1, a),
            version=np.ones(len(a), int),
            is_latest=np.ones(len(a), bool),
            outlet=OUTLETS[a % 40],
            published_at=START + a * 7 * MINUTE,
            title=np.char.add("A story about the harbour, part ", a.astype(str)),
            text=["The quay " * 200] * len(a),
            raw_path=np.char.mod("story-%d.txt", a),
            language=["en"] * len(a),
            kind=["text"] * len(a),
        ),
        "mentions": rows(
            TABLES["mentions"],
            len(m),
            mention_id=ids(2, m),
            passage_id=ids(3, s),
            article_id=ids(1, of),
            text=np.where(m % 2 == 0, text, np.char.replace(text, "will not be", "won’t be")),
            outlet=OUTLETS[of % 40],
            published_at=START + of * 7 * MINUTE,
            speaker=SPEAKERS[s % len(SPEAKERS)],
            relation=np.where(m % 2 == 0, "exact", "edited"),
            similarity=np.full(len(m), 96.0),
            field=["body"] * len(m),
            context_before=["It was late when the meeting came to the point that all had waited for: “"]
            * len(m),
            context_after=["” the chair said, and nobody in the room had anything to add to that on the day."]
            * len(m),
            speaker_as_printed=["the chair"] * len(m),
            cue=["said"] * len(m),
            language=["en"] * len(m),
            url=np.char.add(
                "https://paper.example/2026/03/11/a-story-about-the-harbour-part-", of.astype(str)
            ),
        ),
        "lines": rows(
            TABLES["lines"],
            len(n),
            article_id=ids(1, first + n // LINES),
            version=np.ones(len(n), int),
            line=n % LINES + 1,
            raw_text=np.where(
                removed,
                "Read more stories about the quay here",
                "The quay was open to all who came that day. ",
            ),
            role=np.where(removed, None, "body"),
            reason=np.where(removed, np.array(REASONS)[n // 3 % len(REASONS)], None),
            rule=np.where(removed, "phrase", "model"),
        ),
    }


def passages(articles: int) -> pa.Table:
    """The statements of all mentions, counted."""
    m = np.arange(articles * MENTIONS)
    s = statement_of(m, articles)
    order = np.argsort(s, kind="stable")
    numbers, starts, counts = np.unique(s[order], return_index=True, return_counts=True)
    papers = np.split(OUTLETS[(m // MENTIONS % 40)[order]], starts[1:])
    outlets = [sorted(set(own)) for own in papers]
    first = START + (m // MENTIONS)[order][starts] * 7 * MINUTE
    speaker = SPEAKERS[numbers % len(SPEAKERS)]
    return rows(
        TABLES["passages"],
        len(numbers),
        passage_id=ids(3, numbers),
        canonical_text=sentences(numbers),
        speaker=speaker,
        attribution_method=["explicit"] * len(numbers),
        speaker_confidence=np.full(len(numbers), 0.9),
        speakers=[[{"speaker": name, "mentions": 1}] for name in speaker],
        language=["en"] * len(numbers),
        mention_count=counts,
        article_count=counts,
        outlets=outlets,
        outlet_count=[len(own) for own in outlets],
        first_published_at=first,
        founded_run=np.ones(len(numbers), int),
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
