"""The figures that the gate judges by: one row a record, made where the record is; sums by outlet.

`record_rows` runs in the worker that has the article in memory, so that nothing is read twice.
What is a usual figure is `pipeline.gate`'s.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.model import Article, Line, Mention, Paragraph, Rejection
from quotesieve.store.ledger import Key

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

UNKNOWN_LANGUAGE = "und"
TEMPLATE_ARTICLES = 3  # a paragraph that so many new articles of an outlet have is a template's ...
TEMPLATE_SHARE = 0.2  # ... if they are this share of them: agencies' credit lines are in some

# What may stand last in a text that was not cut off, closing marks and brackets left out.
_ENDS = frozenset(".!?…。！？।؟:")
_CLOSING = "\"'”’»«“)]}›」』 \u00a0"

SCHEMA = pa.schema(
    [
        ("raw_path", pa.string()),
        ("record", pa.int64()),  # 0 where the file is the record
        ("digest", pa.string()),
        ("file_digest", pa.string()),
        ("article_id", pa.string()),  # null: a rejection
        ("outlet", pa.string()),
        ("raw_chars", pa.int64()),
        ("kept_chars", pa.int64()),
        ("mentions", pa.int32()),
        ("without_speaker", pa.int32()),
        ("language", pa.string()),
        ("undated", pa.bool_()),
        ("unfinished", pa.bool_()),
        ("guessed", pa.bool_()),
        ("doubtful", pa.bool_()),
        ("lines_removed", pa.int32()),
        ("words", pa.int64()),  # hash of the text, 0 where it is empty
        ("paragraphs", pa.list_(pa.int64())),  # hashes
        ("paragraph_chars", pa.list_(pa.int32())),
    ]
)


@dataclass(frozen=True, slots=True)
class Figures:
    """Sums over some new records; the columns of `runs` of the same names."""

    new_articles: int = 0
    rejections: int = 0
    raw_chars: int = 0
    kept_chars: int = 0
    mentions: int = 0
    without_speaker: int = 0
    merged: int = 0
    undated: int = 0
    unfinished: int = 0
    repeated: int = 0
    guessed_encodings: int = 0
    template_chars: int = 0
    doubtful: int = 0
    languages: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "Figures") -> "Figures":
        sums = {name: getattr(self, name) + getattr(other, name) for name in SUMS}
        return Figures(**sums, languages=Counter(self.languages) + Counter(other.languages))


SUMS = tuple(name for name in Figures.__dataclass_fields__ if name != "languages")


@dataclass(frozen=True, slots=True)
class RecordFigures:
    """One record, as SCHEMA has it."""

    key: Key
    digest: str
    file_digest: str | None
    article_id: str | None
    outlet: str | None
    raw_chars: int = 0
    kept_chars: int = 0
    mentions: int = 0
    without_speaker: int = 0
    language: str | None = None
    undated: bool = False
    unfinished: bool = False
    guessed: bool = False
    doubtful: bool = False
    lines_removed: int = 0
    words: int = 0
    paragraphs: Sequence[int] = ()
    paragraph_chars: Sequence[int] = ()


def of_article(
    key: Key,
    digest: str,
    file_digest: str | None,
    article: Article,
    mentions: Sequence[Mention],
    paragraphs: Sequence[Paragraph],
) -> RecordFigures:
    """The figures of one cleaned article."""
    return RecordFigures(
        key=key,
        digest=digest,
        file_digest=file_digest,
        article_id=article.article_id,
        outlet=article.metadata.outlet,
        raw_chars=sum(len(line.raw_text.strip()) for line in article.lines),
        kept_chars=sum(len(line.raw_text.strip()) for line in article.lines if line.role is not None),
        mentions=len(mentions),
        without_speaker=sum(m.speaker is None for m in mentions),
        language=article.language,
        undated=article.metadata.published_at is None,
        unfinished=is_unfinished(article.text),
        guessed=_is_guessed(article),
        doubtful=article.cleaning_reason is not None,
        lines_removed=len(article.removed),
        words=_hash(article.text),
        paragraphs=[_hash(p.text) for p in paragraphs],
        paragraph_chars=[len(p.text) for p in paragraphs],
    )


def _is_guessed(article: Article) -> bool:
    """Whether the encoding is one that nothing outside the bytes vouches for, or characters were mended.

    One mended line is a slip of the editors'; two are a file that was converted wrongly.
    """
    if article.encoding_from in ("detected", "nul_pattern"):
        return True
    if article.encoding_from == "bom" and not article.encoding.startswith("utf-8"):
        return True
    mended = (line for line in article.lines if not line.raw_text.isascii() and _is_mended(line))
    return next(mended, None) is not None and next(mended, None) is not None


def _is_mended(line: Line) -> bool:
    return len(line.raw_text.strip()) > len(line.text.strip()) + 1


def of_rejection(key: Key, file_digest: str | None, rejection: Rejection) -> RecordFigures:
    """The figures of what could not become an article."""
    return RecordFigures(key, rejection.digest, file_digest, None, rejection.outlet)


def is_unfinished(text: str) -> bool:
    """Whether a text ends in the middle of a sentence, as one that was cut off does.

    >>> is_unfinished("He said: “We open in May.”"), is_unfinished("The board meets aga")
    (False, True)
    """
    end = text.rstrip(_CLOSING)
    return bool(end) and end[-1] not in _ENDS


def _hash(text: str) -> int:
    """63 bits, the same in every process; 0 for no text."""
    if not text:
        return 0
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest()) >> 1


def to_table(rows: Sequence[RecordFigures]) -> pa.Table:
    """Rows for a scratch file."""
    values = {
        "raw_path": [row.key.raw_path for row in rows],
        "record": [row.key.record for row in rows],
    }
    columns = [pa.array(values.get(f.name) or [getattr(row, f.name) for row in rows], f.type) for f in SCHEMA]
    return pa.Table.from_arrays(columns, schema=SCHEMA)


def of_keys(table: pa.Table) -> list[tuple[Key, str]]:
    """Key and digest of each row."""
    columns = (table.column(name).to_pylist() for name in ("raw_path", "record", "digest"))
    return [(Key(path, record), digest) for path, record, digest in zip(*columns, strict=True)]


def by_outlet(table: pa.Table, known_digests: Collection[str] = ()) -> dict[str | None, Figures]:
    """Sums by outlet; None gathers the records whose outlet nobody knows. Does not depend on the order.

    `known_digests` are those of records that stay as they are: a new record with one of them is the
    same file again under another name.
    """
    articles = table.filter(pc.is_valid(table.column("article_id")))
    outlets = {name: i for i, name in enumerate(pc.unique(table.column("outlet")).to_pylist())}
    codes = np.array([outlets[name] for name in articles.column("outlet").to_pylist()], np.int64)
    every = np.array([outlets[name] for name in table.column("outlet").to_pylist()], np.int64)
    sums = {
        name: np.bincount(codes, _numbers(articles, column), len(outlets)) for name, column in _SUMMED.items()
    }
    sums["new_articles"] = np.bincount(codes, minlength=len(outlets))
    sums["rejections"] = np.bincount(every, minlength=len(outlets)) - sums["new_articles"]
    sums["repeated"] = np.bincount(codes, _repeated(articles, codes, known_digests), len(outlets))
    sums["template_chars"] = np.bincount(codes, _template_chars(articles, codes), len(outlets))
    languages: dict[str | None, Counter[str]] = {name: Counter() for name in outlets}
    for name, language in zip(*(articles.column(c).to_pylist() for c in ("outlet", "language")), strict=True):
        languages[name][language or UNKNOWN_LANGUAGE] += 1
    return {
        name: Figures(
            **{figure: int(values[i]) for figure, values in sums.items()},
            languages=dict(sorted(languages[name].items(), key=lambda item: (-item[1], item[0]))),
        )
        for name, i in outlets.items()
    }


def total(figures: Iterable[Figures]) -> Figures:
    """All of them together."""
    return sum(figures, Figures())


# Figures that are plain sums, and the columns they are sums of.
_SUMMED = {
    "raw_chars": "raw_chars",
    "kept_chars": "kept_chars",
    "mentions": "mentions",
    "without_speaker": "without_speaker",
    "undated": "undated",
    "unfinished": "unfinished",
    "guessed_encodings": "guessed",
    "doubtful": "doubtful",
}


def _numbers(table: pa.Table, column: str) -> Floats:
    return np.asarray(table.column(column).cast(pa.int64()), np.float64)


def _repeated(articles: pa.Table, codes: Ints, known_digests: Collection[str]) -> Floats:
    """1 for each article that says word for word what another of its outlet does, or is a known file again.

    The first of several, by path, is no repetition.
    """
    words = np.asarray(articles.column("words"), np.int64)
    paths = np.array([f"{key.raw_path} {key.record:09d}" for key, _ in of_keys(articles)], object)
    order = np.lexsort((np.argsort(np.argsort(paths)), words, codes)) if len(words) else np.empty(0, np.int64)
    again = np.zeros(len(words), np.float64)
    same = (np.diff(words[order]) == 0) & (np.diff(codes[order]) == 0) & (words[order][1:] != 0)
    again[order[1:][same]] = 1
    if known_digests:
        known = [digest in known_digests for digest in articles.column("digest").to_pylist()]
        again[np.array(known, np.bool_)] = 1
    return again


def _template_chars(articles: pa.Table, codes: Ints) -> Floats:
    """For each article the characters of its paragraphs that several articles of the outlet have.

    Articles with the same words count as one: a copy has every paragraph of its original.
    """
    hashes, parents = _flat(articles, "paragraphs")
    chars, _ = _flat(articles, "paragraph_chars")
    words = np.asarray(articles.column("words"), np.int64)
    is_template = np.zeros(len(hashes), np.bool_)
    outlets = codes[parents]
    order = np.argsort(outlets, kind="stable")
    bounds = np.searchsorted(outlets[order], np.arange(int(codes.max(initial=-1)) + 2))
    for start, end in pairwise(bounds.tolist()):  # one outlet at a time: they may be millions
        own = order[start:end]
        least = max(TEMPLATE_ARTICLES, TEMPLATE_SHARE * len(np.unique(words[np.unique(parents[own])])))
        is_template[own] = _texts_with_each(hashes[own], words[parents[own]]) >= least
    sums: Floats = np.bincount(parents, chars * is_template, len(codes)).astype(np.float64)
    return sums


def _texts_with_each(paragraphs: Ints, texts: Ints) -> Ints:
    """In how many different texts each paragraph stands; one value a row.

    >>> _texts_with_each(np.array([7, 7, 8, 7]), np.array([1, 1, 1, 2])).tolist()
    [2, 2, 1, 2]
    """
    order = np.lexsort((texts, paragraphs))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(paragraphs[order]) != 0) | (np.diff(texts[order]) != 0)
    values, place = np.unique(paragraphs, return_inverse=True)
    counts: Ints = np.bincount(place[order[new]], minlength=len(values))[place]
    return counts


def _flat(table: pa.Table, column: str) -> tuple[Ints, Ints]:
    """The values of a list column end to end, and the row of each."""
    values = table.column(column).combine_chunks()
    flat = np.asarray(pc.list_flatten(values), np.int64)
    return flat, np.asarray(pc.list_parent_indices(values), np.int64)
