"""Reading the annotated pages and scoring what is left of them; used by the benchmark and the training.

The measure is that of scrapinghub/article-extraction-benchmark (MIT): multisets of word 4-grams,
true and false positives normalised per page, precision and recall averaged over pages, F1 of the
two averages. Lines are scored by the share of their words that align with the gold text.
"""

import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FIELDS = ("flat_text", "region_text", "mild_text")
DATASETS = ("aeb", "fev", "ftest", "wcxb")
NEWS = ("aeb", "fev", "ftest")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Doc:
    """One annotated page."""

    doc_id: str
    dataset: str
    outlet: str
    language: str
    html: Path
    gold: str
    texts: Mapping[str, str]

    def text(self, field: str) -> str:
        return self.texts[field]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 (0-1) over n pages."""

    n: int
    precision: float
    recall: float
    f1: float


def words(text: str) -> list[str]:
    """The words that are compared: case counts, punctuation doesn't."""
    return _WORD.findall(text)


def load_docs(data: Path) -> list[Doc]:
    """All pages of the eval folder. Raises FileNotFoundError if it isn't one."""
    folder = data / "noise"
    with gzip.open(folder / "docs_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [
        Doc(row["doc_id"], row["dataset"], row["outlet"], row["lang"], folder / row["html"], row["gold"],
            {field: row[field] for field in FIELDS})
        for row in rows
    ]  # fmt: skip


def shingles(tokens: Sequence[str], n: int = 4) -> Counter[tuple[str, ...]]:
    """The multiset of word n-grams; a shorter text is one gram of its own."""
    if not tokens:
        return Counter()
    return Counter(tuple(tokens[i : i + n]) for i in range(max(1, len(tokens) - n + 1)))


def page_score(gold: str, text: str) -> tuple[float, float, float]:
    """(precision, recall, F1) of one page; two empty texts agree."""
    want, have = shingles(words(gold)), shingles(words(text))
    common = (want & have).total()
    if not want and not have:
        return 1.0, 1.0, 1.0
    precision = common / have.total() if have else 0.0
    recall = common / want.total() if want else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if common else 0.0


def score(pairs: Sequence[tuple[str, str]]) -> Score:
    """Macro precision and recall over (gold, text) pairs, and the F1 of the two."""
    precision, recall = [], []
    for gold, text in pairs:
        p, r, _ = page_score(gold, text)
        if text.strip():
            precision.append(p)
        if gold.strip():
            recall.append(r)
    p = statistics.fmean(precision) if precision else 0.0
    r = statistics.fmean(recall) if recall else 0.0
    return Score(len(pairs), p, r, 2 * p * r / (p + r) if p + r else 0.0)


def groups() -> dict[str, tuple[str, ...]]:
    """What the tables report on: each data set, and the three news sets together."""
    return {**{name: (name,) for name in DATASETS}, "news": NEWS}


def summary(docs: Sequence[Doc], texts: Mapping[tuple[str, str], str]) -> dict[str, dict[str, dict[str, float]]]:
    """field -> data set -> figures, for texts by (doc_id, field)."""
    out: dict[str, dict[str, dict[str, float]]] = {}
    for field in FIELDS:
        for name, members in groups().items():
            pairs = [(doc.gold, texts[doc.doc_id, field]) for doc in docs
                     if doc.dataset in members and (doc.doc_id, field) in texts]  # fmt: skip
            s = score(pairs)
            out.setdefault(field, {})[name] = {"n": s.n, "precision": round(s.precision, 4),
                                               "recall": round(s.recall, 4), "f1": round(s.f1, 4)}  # fmt: skip
    return out
