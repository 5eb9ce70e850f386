"""Train quotesieve/text/noise_model.json on annotated pages, and measure it by cross-validation.

    python scripts/train_noise.py --data ../shared/eval              train, cross-validate, write
    python scripts/train_noise.py --data ../shared/eval --dry-run    the same, writing nothing

Needs only what the library needs. Same data, same code, same numpy: same bytes. Pages of one
outlet are always in one fold, so the cross-validated figures are those of unseen outlets; they
are written beside the benchmarks (benchmarks/noise_cross_validated.json), never into the model.

The second look learns from first scores of pages that the first had not seen either. For a fold that is
left out these come from forests that saw neither it nor the fold of the page.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from noise_scoring import FIELDS, Doc, load_docs, summary, words  # noqa: E402

from quotesieve.text.noise import classify_with, has_words  # noqa: E402
from quotesieve.text.noise_context import CONTEXT_FEATURES, context_features  # noqa: E402
from quotesieve.text.noise_features import FEATURES, Page, read_page  # noqa: E402
from quotesieve.text.noise_model import Model, forest, from_dict  # noqa: E402

FOLDS = 5
SEED = 7
BINS = 32
SCALE = 1000


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a forest and how fast it learns."""

    trees: int
    depth: int
    rate: float
    row_share: float
    column_share: float
    l2: float = 5.0


FIRST = Shape(trees=240, depth=6, rate=0.09, row_share=0.3, column_share=0.25)
# A page's lines share all that is said of the page, so there is much less to learn from than lines.
SECOND = Shape(trees=60, depth=5, rate=0.12, row_share=0.4, column_share=0.4)


@dataclass(frozen=True, slots=True)
class Rows:
    """Lines of many pages: what is seen, what is true, what a mistake costs, whose they are."""

    pages: tuple[Page, ...]
    features: NDArray[np.float32]
    kept: NDArray[np.float64]  # share of the line's words that the gold text has, in order
    weight: NDArray[np.float64]
    fold: NDArray[np.intp]  # that of the line's outlet


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
    fold_of = folds_of([doc.outlet for doc in docs])
    pages, kept, weight, fold = [], [], [], []
    for number, doc in enumerate(docs):
        for lines, share in examples(doc, number):
            if not lines:
                continue
            covered, size = coverage(lines, doc.gold)
            pages.append(read_page(lines))
            kept.append(covered)
            weight.append(
                share
                * line_weights(size, sum(map(len, map(words, lines))) if share < 1 else len(words(doc.gold)))
            )
            fold.extend([fold_of[doc.outlet]] * len(lines))
    features = np.vstack([page.features for page in pages])
    return Rows(tuple(pages), features, np.concatenate(kept), np.concatenate(weight), np.array(fold))


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


def histogram(bins: NDArray[np.uint8], leaf: NDArray[np.intp], leaves: int, gradient: NDArray[np.float64],
              hessian: NDArray[np.float64]) -> NDArray[np.float64]:  # fmt: skip
    """Sums of gradient and hessian: (2, columns, leaves, BINS)."""
    base = leaf * BINS
    out = np.empty((2, len(bins), leaves * BINS))
    for i, column in enumerate(bins):
        place = base + column
        out[0, i] = np.bincount(place, gradient, leaves * BINS)
        out[1, i] = np.bincount(place, hessian, leaves * BINS)
    return out.reshape(2, len(bins), leaves, BINS)


def best_question(sums: NDArray[np.float64], l2: float) -> tuple[int, int]:
    """The (column, border) that splits all leaves of a symmetric tree best (second-order gain)."""
    left = np.cumsum(sums, axis=3)
    right = left[..., -1:] - left
    gain = (left[0] ** 2 / (left[1] + l2) + right[0] ** 2 / (right[1] + l2)).sum(axis=1)[:, :-1]
    column, cut = np.unravel_index(np.argmax(gain), gain.shape)
    return int(column), int(cut)


def questions_of(bins: NDArray[np.uint8], gradient: NDArray[np.float64], hessian: NDArray[np.float64],
                 shape: Shape) -> Iterator[tuple[int, int]]:  # fmt: skip
    """The questions of one tree. Of the two sides of an answer only the smaller is counted anew."""
    leaf = np.zeros(len(gradient), dtype=np.intp)
    sums = histogram(bins, leaf, 1, gradient, hessian)
    for level in range(shape.depth):
        column, cut = best_question(sums, shape.l2)
        yield column, cut
        if level + 1 == shape.depth:
            return
        yes = bins[column] > cut
        fewer = 2 * np.count_nonzero(yes) <= len(yes)
        rows = np.flatnonzero(yes if fewer else ~yes)
        counted = histogram(bins[:, rows], leaf[rows], 1 << level, gradient[rows], hessian[rows])
        others = sums - counted
        np.maximum(others[1], 0, out=others[1])  # differences of sums may fall below by rounding
        sums = np.concatenate((others, counted) if fewer else (counted, others), axis=2)
        leaf += yes.astype(np.intp) << level


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
        part, g, h = bins[columns][:, rows], gradient[rows], hessian[rows]
        questions = [(int(columns[column]), cut) for column, cut in questions_of(part, g, h, shape)]
        place = leaves_of(bins, questions)
        size = 1 << shape.depth
        values = shape.rate * np.bincount(place[rows], g, size)
        values /= np.bincount(place[rows], h, size) + shape.l2
        values = np.round(values * SCALE) / SCALE
        score += values[place]
        yield questions, values


def leaves_of(bins: NDArray[np.uint8], questions: Sequence[tuple[int, int]]) -> NDArray[np.intp]:
    """The leaf of a tree that each line falls into."""
    leaf = np.zeros(bins.shape[1], dtype=np.intp)
    for level, (feature, cut) in enumerate(questions):
        leaf += (bins[feature] > cut).astype(np.intp) << level
    return leaf


def start_of(kept: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """Log-odds of the weighted share of kept lines."""
    share = float((kept * weight).sum() / weight.sum())
    return round(float(np.log(share / (1 - share))), 3)


def train(rows: Rows, features: NDArray[np.float32], names: Sequence[str], mask: NDArray[np.bool_],
          shape: Shape) -> dict[str, Any]:  # fmt: skip
    """The JSON form of a forest trained on the rows of `mask`; `features` has a column each of `names`."""
    features, kept = features[mask], rows.kept[mask]
    weight = rows.weight[mask] * (mask.sum() / rows.weight[mask].sum())
    borders = borders_of(features)
    bins = binned(features, borders)
    trees = list(grow(bins, kept, weight, shape, [len(cut) for cut in borders]))
    used = sorted({feature for questions, _ in trees for feature, _ in questions})
    return {
        "form": "symmetric trees; question: feature > border; first question is the lowest bit of the leaf",
        "scale": SCALE,
        "bias": start_of(kept, weight),
        "features": [names[i] for i in used],
        "questions": [[used.index(feature) for feature, _ in questions] for questions, _ in trees],
        "borders": [[float(f"{borders[f][c]:.4g}") for f, c in questions] for questions, _ in trees],
        "leaves": [[round(value * SCALE) for value in values.tolist()] for _, values in trees],
    }


def train_without(rows: Rows, left_out: Sequence[int]) -> Iterator[dict[str, Any]]:
    """For each fold left out (-1: none) a whole model that never saw it, in its JSON form."""

    @cache
    def first(*unseen: int) -> dict[str, Any]:
        print(f"first look without {unseen or 'none'}", file=sys.stderr)
        return train(rows, rows.features, FEATURES, ~np.isin(rows.fold, unseen), FIRST)

    for k in left_out:
        score = np.full(len(rows.kept), 0.5)
        for j in set(range(FOLDS)) - {k}:
            own = rows.fold == j
            unseen = sorted({j, k} - {-1})
            score[own] = forest(first(*unseen), FEATURES).score(rows.features[own])
        context = second_view(rows, score)
        second = train(rows, context, CONTEXT_FEATURES, rows.fold != k, SECOND)
        yield {"first": first(*({k} - {-1})), "second": second}


def second_view(rows: Rows, score: NDArray[np.float64]) -> NDArray[np.float32]:
    """What the second look sees of all lines, given their first scores."""
    ends = np.cumsum([len(page.shapes) for page in rows.pages])
    parts = zip(rows.pages, np.split(score, ends[:-1]), strict=True)
    return np.vstack([context_features(page, part) for page, part in parts])


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


def cross_validate(docs: Sequence[Doc], models: Sequence[Model]) -> dict[tuple[str, str], str]:
    """(doc_id, field) -> text left by the whole noise stage with the model that never saw the outlet."""
    fold = folds_of([doc.outlet for doc in docs])
    return {
        (doc.doc_id, field): article_text(models[fold[doc.outlet]], doc.text(field))
        for doc in docs
        for field in FIELDS
    }


def as_json(model: dict[str, Any]) -> str:
    """One line a tree, so that a diff can be read."""
    looks = []
    for name, trees in model.items():
        rows = []
        for key, value in trees.items():
            if key in ("questions", "borders", "leaves"):
                body = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in value)
                rows.append(f'"{key}":[\n{body}]')
            else:
                rows.append(f'"{key}":{json.dumps(value)}')
        looks.append(f'"{name}":{{' + ",\n".join(rows) + "}")
    return "{" + ",\n".join(looks) + "}\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared" / "eval", help="the eval data folder"
    )
    parser.add_argument("--dry-run", action="store_true", help="write nothing")
    parser.add_argument("--no-cross-validation", action="store_true", help="train only")
    parser.add_argument("--models", type=Path, help="keep the models of the folds here (noise_unseen.py)")
    args = parser.parse_args()
    started = time.process_time()
    docs = load_docs(args.data)
    rows = collect(docs)
    print(f"{len(docs)} pages, {len(rows.kept)} lines", file=sys.stderr)
    folds = [] if args.no_cross_validation else [*range(FOLDS)]
    *unseen, whole = train_without(rows, [*folds, -1])
    if unseen:
        if args.models:
            args.models.write_text(json.dumps(unseen), encoding="utf-8")
        result = summary(docs, cross_validate(docs, list(map(from_dict, unseen))))
        print(json.dumps(result, indent=1))
        if not args.dry_run:
            out = ROOT / "benchmarks" / "noise_cross_validated.json"
            out.write_text(json.dumps({"folds": FOLDS, "by": "outlet", "figures": result}, indent=1) + "\n")
    model = as_json(whole)
    if not args.dry_run:
        (ROOT / "quotesieve" / "text" / "noise_model.json").write_text(model, encoding="utf-8")
    print(f"model of {len(model)} bytes, {time.process_time() - started:.0f} s of CPU", file=sys.stderr)


if __name__ == "__main__":
    main()
