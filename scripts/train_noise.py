"""Train quotesieve/text/noise_model.json on annotated pages, and measure it by cross-validation.

    python scripts/train_noise.py --data ../shared/eval              train, cross-validate, write
    python scripts/train_noise.py --data ../shared/eval --dry-run    the same, writing nothing

Needs only what the library needs. Same data, same code, same numpy: same bytes. Pages of one
outlet are always in one fold, so the cross-validated figures are those of unseen outlets; they
are written beside the benchmarks (benchmarks/noise_cross_validated.json), never into the model.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from noise_scoring import FIELDS, Doc, load_docs, summary, words  # noqa: E402

from quotesieve.text.noise import classify_with, has_words  # noqa: E402
from quotesieve.text.noise_features import FEATURES, read_page  # noqa: E402
from quotesieve.text.noise_model import Model, from_dict  # noqa: E402

FOLDS = 5
SEED = 7
BINS = 32
SCALE = 1000


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a model and how fast it learns."""

    trees: int = 160
    depth: int = 6
    rate: float = 0.12
    l2: float = 5.0
    row_share: float = 0.5
    column_share: float = 0.25


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of many pages: what is seen, what is true, what a mistake costs, whose they are."""

    features: NDArray[np.float32]
    kept: NDArray[np.float64]  # share of the line's words that the gold text has, in order
    weight: NDArray[np.float64]
    outlet: NDArray[np.str_]


def coverage(lines: Sequence[str], gold: str) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Share of each line's words that align with the gold text, and its number of words.

    The longest common subsequence of words; a match of fewer than four words counts only if it
    is a whole line, else a menu's "News" would align with the word in a sentence.
    """
    split = [words(line) for line in lines]
    size = np.array([len(part) for part in split])
    ids: dict[str, int] = {}
    left = [ids.setdefault(word, len(ids)) for part in split for word in part]
    right = [ids.setdefault(word, len(ids)) for word in words(gold)]
    owner = np.repeat(np.arange(len(split)), size)
    hit = np.zeros(len(left))
    for op in Indel.opcodes(left, right):
        start, end = op.src_start, op.src_end
        if op.tag == "equal" and (end - start >= 4 or size[np.unique(owner[start:end])].sum() == end - start):
            hit[start:end] = 1
    found = np.bincount(owner, weights=hit, minlength=len(split)) if left else np.zeros(len(split))
    return found / np.maximum(size, 1), size


def line_weights(size: NDArray[np.int64], gold_words: int) -> NDArray[np.float64]:
    """What a mistake costs: the line's words as a share of the page's, plus a little for being a line.

    The noise of a careless scraper's page can be ten times the article; its total is capped so
    that such pages don't outweigh all others.
    """
    share = np.minimum(size, 400) / max(gold_words, 50)
    total = share.sum()
    return np.asarray(share * min(1.0, 3.0 / total if total else 1.0) + 0.5 / len(size))


def examples(doc: Doc, number: int) -> Iterator[tuple[list[str], float]]:
    """The line lists to learn from and their weight: the three inputs, pieces of one, and of the gold text.

    The pieces stand for short articles with and without noise; of an input that is clean already,
    however short, everything must stay.
    """
    whole = {field: [line for line in doc.text(field).split("\n") if has_words(line)] for field in FIELDS}
    for lines in whole.values():
        yield lines, 1.0
    region = whole["region_text"]
    for step in (0, 1):
        size = 6 + (number * 7 + step * 11) % 30
        start = (number * 13 + step * 29) % max(1, len(region) - size)
        yield region[start : start + size], 0.3
    gold = [line for line in doc.gold.split("\n") if has_words(line)]
    yield gold, 0.15
    start = number % max(1, len(gold) - 2)
    yield gold[start : start + 1 + number % 4], 0.15


def collect(docs: Sequence[Doc]) -> Rows:
    """All lines of all pages in all their forms."""
    features, kept, weight, outlet = [], [], [], []
    for number, doc in enumerate(docs):
        for lines, share in examples(doc, number):
            if not lines:
                continue
            covered, size = coverage(lines, doc.gold)
            features.append(read_page(lines).features)
            kept.append(covered)
            weight.append(
                share
                * line_weights(size, sum(map(len, map(words, lines))) if share < 1 else len(words(doc.gold)))
            )
            outlet.extend([doc.outlet] * len(lines))
    return Rows(np.vstack(features), np.concatenate(kept), np.concatenate(weight), np.array(outlet))


def borders_of(features: NDArray[np.float32]) -> list[NDArray[np.float32]]:
    """Where each feature may be cut: at most BINS - 1 quantiles, rounded so that they print short."""
    out = []
    for column in features.T:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS + 1)[1:-1], method="lower"))
        short = np.unique(np.array([float(f"{value:.4g}") for value in values], dtype=np.float32))
        out.append(short[(short >= column.min()) & (short < column.max())])
    return out


def binned(features: NDArray[np.float32], borders: Sequence[NDArray[np.float32]]) -> NDArray[np.uint8]:
    """Number of borders below each value: value > border[i] exactly where bin > i. A row a feature."""
    return np.stack([np.searchsorted(cut, column, side="left").astype(np.uint8)
                     for cut, column in zip(borders, features.T, strict=True)])  # fmt: skip


def best_question(bins: NDArray[np.uint8], columns: NDArray[np.int64], leaf: NDArray[np.int64], leaves: int,
                  gradient: NDArray[np.float64], hessian: NDArray[np.float64],
                  l2: float) -> tuple[int, int]:  # fmt: skip
    """The (feature, border) that splits all leaves of a symmetric tree best (second-order gain)."""
    best = (-np.inf, 0, 0)
    base = leaf * BINS
    for column in columns:
        place = base + bins[column]
        g = np.bincount(place, gradient, leaves * BINS).reshape(leaves, BINS)
        h = np.bincount(place, hessian, leaves * BINS).reshape(leaves, BINS)
        left_g, left_h = np.cumsum(g, axis=1), np.cumsum(h, axis=1)
        right_g, right_h = left_g[:, -1:] - left_g, left_h[:, -1:] - left_h
        gain = (left_g**2 / (left_h + l2) + right_g**2 / (right_h + l2)).sum(axis=0)
        cut = int(np.argmax(gain[:-1]))
        if gain[cut] > best[0] + 1e-12:
            best = (float(gain[cut]), int(column), cut)
    return best[1], best[2]


def grow(bins: NDArray[np.uint8], kept: NDArray[np.float64], weight: NDArray[np.float64], shape: Shape,
         cuts: Sequence[int]) -> Iterator[tuple[list[tuple[int, int]], NDArray[np.float64]]]:  # fmt: skip
    """Gradient boosting on cross-entropy with soft targets: the trees, one after the other."""
    rng = np.random.default_rng(SEED)
    usable = np.flatnonzero(np.array(cuts) > 0)
    score = np.full(len(kept), start_of(kept, weight))
    for _ in range(shape.trees):
        probability = 1 / (1 + np.exp(-score))
        gradient, hessian = weight * (kept - probability), weight * probability * (1 - probability)
        rows = np.flatnonzero(rng.random(len(kept)) < shape.row_share)
        columns = np.sort(rng.choice(usable, max(1, int(len(usable) * shape.column_share)), replace=False))
        part, g, h = bins[:, rows], gradient[rows], hessian[rows]
        leaf, questions = np.zeros(len(rows), dtype=np.int64), []
        for level in range(shape.depth):
            question = best_question(part, columns, leaf, 1 << level, g, h, shape.l2)
            questions.append(question)
            leaf += (part[question[0]] > question[1]).astype(np.int64) << level
        size = 1 << shape.depth
        values = shape.rate * np.bincount(leaf, g, size) / (np.bincount(leaf, h, size) + shape.l2)
        values = np.round(values * SCALE) / SCALE
        place = sum((bins[f] > c).astype(np.int64) << level for level, (f, c) in enumerate(questions))
        score += values[place]
        yield questions, values


def start_of(kept: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Log-odds of the weighted share of kept lines."""
    share = float((kept * weight).sum() / weight.sum())
    return round(float(np.log(share / (1 - share))), 3)


def train(rows: Rows, mask: NDArray[np.bool_], shape: Shape) -> dict[str, Any]:
    """The JSON form of a model trained on the rows of `mask`."""
    features, kept = rows.features[mask], rows.kept[mask]
    weight = rows.weight[mask] * (mask.sum() / rows.weight[mask].sum())
    borders = borders_of(features)
    bins = binned(features, borders)
    trees = list(grow(bins, kept, weight, shape, [len(cut) for cut in borders]))
    used = sorted({feature for questions, _ in trees for feature, _ in questions})
    return {
        "form": "symmetric trees; question: feature > border; first question is the lowest bit of the leaf",
        "scale": SCALE,
        "bias": start_of(kept, weight),
        "features": [FEATURES[i] for i in used],
        "questions": [[used.index(feature) for feature, _ in questions] for questions, _ in trees],
        "borders": [[float(f"{borders[f][c]:.4g}") for f, c in questions] for questions, _ in trees],
        "leaves": [[round(value * SCALE) for value in values.tolist()] for _, values in trees],
    }


def folds_of(outlets: Sequence[str]) -> dict[str, int]:
    """The fold of each outlet, drawn once."""
    names = sorted(set(outlets))
    order = np.random.default_rng(SEED).permutation(len(names))
    return {name: int(order[i]) % FOLDS for i, name in enumerate(names)}


def article_text(model: Model, text: str) -> str:
    """What is left of an input: the lines that make up `Article.text`."""
    lines = text.split("\n")
    verdicts = classify_with(model, lines)
    return "\n".join(line for line, v in zip(lines, verdicts, strict=True) if v.role in ("body", "heading"))


def cross_validate(docs: Sequence[Doc], rows: Rows, shape: Shape) -> dict[tuple[str, str], str]:
    """(doc_id, field) -> text left by the whole noise stage with a model that never saw the outlet."""
    fold = folds_of([doc.outlet for doc in docs])
    row_fold = np.array([fold[outlet] for outlet in rows.outlet])
    left = {}
    for k in range(FOLDS):
        model = from_dict(train(rows, row_fold != k, shape))
        for doc in docs:
            if fold[doc.outlet] == k:
                left.update({(doc.doc_id, field): article_text(model, doc.text(field)) for field in FIELDS})
        print(f"fold {k + 1} of {FOLDS} done", file=sys.stderr)
    return left


def as_json(model: dict[str, Any]) -> str:
    """One line a tree, so that a diff can be read."""
    rows = []
    for key, value in model.items():
        if key in ("questions", "borders", "leaves"):
            body = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value)
            rows.append(f'"{key}":[\n{body}]')
        else:
            rows.append(f'"{key}":{json.dumps(value)}')
    return "{" + ",\n".join(rows) + "}\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "eval", help="the eval data folder"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--no-cross-validation", action="store_true", help="train only")
    args = parser.parse_args()
    started, shape = time.process_time(), Shape()
    docs = load_docs(args.data)
    rows = collect(docs)
    print(f"{len(docs)} pages, {len(rows.kept)} lines, {len(FEATURES)} features", file=sys.stderr)
    if not args.no_cross_validation:
        left = cross_validate(docs, rows, shape)
        result = summary(docs, left)
        print(json.dumps(result, indent=1))
        if not args.dry_run:
            out = ROOT / "benchmarks" / "noise_cross_validated.json"
            out.write_text(json.dumps({"folds": FOLDS, "by": "outlet", "figures": result}, indent=1) + "\n")
    model = as_json(train(rows, np.ones(len(rows.kept), dtype=bool), shape))
    if not args.dry_run:
        (ROOT / "quotesieve" / "text" / "noise_model.json").write_text(model, encoding="utf-8")
    print(f"model of {len(model)} bytes, {time.process_time() - started:.0f} s of CPU", file=sys.stderr)


if __name__ == "__main__":
    main()
