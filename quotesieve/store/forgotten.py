"""CLEAN/forgotten.json: articles that were taken out for good, known by hashes alone.

The file holds no text, address or path; it must outlive them. What it can't hide is an answer to
a guess: who knows an article's address can hash it and look whether it is listed.

An article is kept out by its article_id; by its bytes at the same place or from the same outlet,
so that a new label or a moved file doesn't bring it back (another outlet's copy of an agency story
is another article and stays); and by the digest that a run plans with, so that it isn't read at all.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from quotesieve.errors import SnapshotError
from quotesieve.store.ledger import Key
from quotesieve.store.parquet import write_durably

FILE = "forgotten.json"


@dataclass(frozen=True, slots=True)
class Traces:
    """What one forgotten article is known by besides its id: see `copy_traces`, `record_trace`."""

    copies: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()

    def __or__(self, other: "Traces") -> "Traces":
        return Traces(self.copies | other.copies, self.records | other.records)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The forgotten articles by id. `pending`: their text may still lie in CLEAN."""

    articles: Mapping[str, Traces] = field(default_factory=dict)
    pending: bool = False

    def __bool__(self) -> bool:
        return bool(self.articles)

    def add(self, articles: Mapping[str, Traces], *, pending: bool) -> "Forgotten":
        """With these as well, or with more traces of them."""
        merged = dict(self.articles)
        for article, traces in articles.items():
            merged[article] = merged.get(article, Traces()) | traces
        return replace(self, articles=merged, pending=self.pending or pending)

    def without(self, articles: Iterable[str]) -> "Forgotten":
        """With these known again, and those that share a trace with one of them."""
        copies = {copy for one in articles for copy in self.articles[one].copies}
        left = {one: traces for one, traces in self.articles.items() if one not in set(articles)}
        return replace(self, articles={one: t for one, t in left.items() if not t.copies & copies})


@dataclass(frozen=True, slots=True)
class Sieve:
    """The same, made for asking: built once a run."""

    articles: frozenset[str] = frozenset()
    copies: frozenset[str] = frozenset()
    records: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()  # that forgotten records stand in

    @classmethod
    def of(cls, forgotten: Forgotten) -> "Sieve":
        """The sieve of a list."""
        traces = forgotten.articles.values()
        records = frozenset(record for one in traces for record in one.records)
        return cls(
            articles=frozenset(forgotten.articles),
            copies=frozenset(copy for one in traces for copy in one.copies),
            records=records,
            files=frozenset(record.partition(".")[0] for record in records),
        )

    def __bool__(self) -> bool:
        return bool(self.articles)

    def has_record(self, key: Key, digest: str) -> bool:
        """Whether a record of the input is a forgotten one, as it was when it was forgotten."""
        return bool(self.records) and record_trace(key, digest) in self.records

    def has_file(self, raw_path: str) -> bool:
        """Whether a forgotten record stands, or stood, in that file."""
        return bool(self.files) and _file(raw_path) in self.files

    def has_article(self, article_id: str, outlet: str | None, key: Key, sha256: str) -> bool:
        """Whether an article that was read is a forgotten one."""
        if not self.articles:
            return False
        return article_id in self.articles or bool(self.copies & copy_traces(outlet, key, sha256))

    def digest(self) -> str:
        """Changes when anything that the sieve holds does; empty if it holds nothing."""
        if not self:
            return ""
        parts = (*sorted(self.articles), *sorted(self.copies))
        return _hash(*parts)


NOTHING = Sieve()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _file(raw_path: str) -> str:
    return _hash("file", raw_path)


def copy_traces(outlet: str | None, key: Key, sha256: str) -> frozenset[str]:
    """Of the same bytes at the same place, and of the same bytes from the same outlet."""
    return frozenset(
        (_hash("place", key.raw_path, str(key.record), sha256), _hash("outlet", outlet or "", sha256))
    )


def record_trace(key: Key, digest: str) -> str:
    """Of a record as a run plans with it: the file's digest for a file that is one record."""
    return f"{_file(key.raw_path)}.{_hash('record', str(key.record), digest)}"


def load(clean: Path) -> Forgotten:
    """The list of CLEAN; an empty one if there is none.

    Raises SnapshotError if it is damaged: to go on would bring articles back.
    """
    path = clean / FILE
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        articles = {
            article: Traces(frozenset(traces["copies"]), frozenset(traces["records"]))
            for article, traces in data["articles"].items()
        }
        return Forgotten(articles, bool(data["pending"]))
    except FileNotFoundError:
        return Forgotten()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError(
            f"{path}: {error!r}. It says which articles must stay out: restore it from a copy, "
            "or remove it to take them in again."
        ) from error


def save(clean: Path, forgotten: Forgotten) -> None:
    """Write the list in one step."""
    data = {
        "note": "Articles that `quotesieve forget` took out, by hashes. Keep this file.",
        "pending": forgotten.pending,
        "articles": {
            article: {"copies": sorted(traces.copies), "records": sorted(traces.records)}
            for article, traces in sorted(forgotten.articles.items())
        },
    }
    pending = clean / f"{FILE}.tmp"
    write_durably(pending, json.dumps(data, indent=1).encode())
    pending.replace(clean / FILE)


def remember(clean: Path, dropped: Iterable[Sequence[str]]) -> None:
    """Add what a run met and kept out: rows of article_id, record trace and copy traces.

    The next run knows the record by its digest and doesn't read it.
    """
    met: dict[str, Traces] = {}
    for article, record, *copies in dropped:
        met[article] = met.get(article, Traces()) | Traces(frozenset(copies), frozenset((record,)))
    if met:
        save(clean, load(clean).add(met, pending=False))
