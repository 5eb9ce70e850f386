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
        if words(text):
            precision.append(p)
        if words(gold):
            recall.append(r)
    p = statistics.fmean(precision) if precision else 0.0
    r = statistics.fmean(recall) if recall else 0.0
    return Score(len(pairs), p, r, 2 * p * r / (p + r) if p + r else 0.0)


def groups() -> dict[str, tuple[str, ...]]:
    """What the tables report on: each data set, and the three news sets together."""
    return {**{name: (name,) for name in DATASETS}, "news": NEWS}


def summary(
    docs: Sequence[Doc], texts: Mapping[tuple[str, str], str]
) -> dict[str, dict[str, dict[str, float]]]:
    """field -> data set -> figures, for texts by (doc_id, field)."""
    out: dict[str, dict[str, dict[str, float]]] = {}
    for field in FIELDS:
        for name, members in groups().items():
            pairs = [(doc.gold, texts[doc.doc_id, field]) for doc in docs
                     if doc.dataset in members and (doc.doc_id, field) in texts]  # fmt: skip
            s = score(pairs)
            figures = {"n": s.n, "precision": s.precision, "recall": s.recall, "f1": s.f1}
            out.setdefault(field, {})[name] = {key: round(value, 4) for key, value in figures.items()}
    return out


def _label(
    tokens: Sequence[str], lines: frozenset[str], joined: str, grams: frozenset[tuple[str, ...]]
) -> bool | None:
    """Whether the gold text has a line: by its 3-grams, a short one as a line of its own; None if unclear."""
    key = " ".join(tokens)
    if not tokens:
        return None
    if len(tokens) < 5:
        return True if key in lines else (None if len(tokens) >= 2 and f" {key} " in joined else False)
    found = sum(tuple(tokens[i : i + 3]) in grams for i in range(len(tokens) - 2)) / (len(tokens) - 2)
    return True if found >= 0.8 else (False if found <= 0.2 else None)


def label_lines(lines: Sequence[str], gold: str) -> list[bool | None]:
    """True: keep, False: noise, None: not scored (partly covered, or a copy of a line kept before)."""
    tokens = words(gold.lower())
    grams = frozenset(zip(tokens, tokens[1:], tokens[2:], strict=False))
    whole = frozenset(" ".join(words(line.lower())) for line in gold.split("\n"))
    joined, seen, out = f" {' '.join(tokens)} ", set(), []
    for line in lines:
        own = words(line.lower())
        label = _label(own, whole, joined, grams)
        if label:
            label = None if " ".join(own) in seen else label
            seen.add(" ".join(own))
        out.append(label)
    return out


def line_f1(labels: Sequence[bool | None], kept: Sequence[bool]) -> float:
    """F1 of the lines to keep, over all lines that are scored."""
    pairs = [(label, keep) for label, keep in zip(labels, kept, strict=True) if label is not None]
    hit = sum(label and keep for label, keep in pairs)
    wrong = sum(label != keep for label, keep in pairs)
    return 2 * hit / (2 * hit + wrong) if hit else 0.0
