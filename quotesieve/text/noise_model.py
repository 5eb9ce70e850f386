"""The learned score: how likely a line is part of the article, by two looks at its page.

The first look goes by `noise_features`, each line for itself and its neighbours; the second by
`noise_context`, which shows where that score stands among those of the page. Holds the model's
form, its reading and its answer with the reasons for it. The numbers stand in `noise_model.json`, made by
`scripts/train_noise.py`; where they come from is in docs/noise.md.

The form is a sum of symmetric decision trees (Kohavi & Li 1995, "Oblivious decision trees";
the form that CatBoost uses): every tree asks the same few yes/no questions of every line, so the
answers of a whole article are one array comparison and one table look-up.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotesieve.text import noise_context
from quotesieve.text.noise_context import CONTEXT_FEATURES, context_features
from quotesieve.text.noise_features import CONTEXT, FEATURES, Page
from quotesieve.text.noise_lines import Matrix

MAX_DEPTH = 8
CHUNK = 512  # lines explained at a time, to bound memory on huge inputs
SCORED = 128  # lines scored at a time: what is asked of them fits into the processor's cache

# What `rule` says of a feature: the strongest of these are named for a removed line.
_GROUPS = {
    "length": ("chars", "words", "word_length", "sentences"),
    "ending": ("ends", "ends_colon", "ends_dots", "prose"),
    "wording": ("function_words", "reader", "house", "self", "commas", "quotes"),
    "capitals": ("capitals",),
    "numbers": ("digits", "dated"),
    "signs": ("marks", "links", "credit", "embed", "bars", "brackets", "list_mark"),
    "topic": ("topic", "topic_words", *noise_context.TOPIC),
    "repeated": ("repeat_of", "repeated_by", "contained"),
    "place": ("place", "line", "lines_after", "prose_before", "prose_after", "since_prose", "until_prose", 
              "in_span", "prose_no", "run", *noise_context.PLACE),
    "page": ("lines", "prose_share", "prose_chars"),
    "neighbours": (*noise_context.NEIGHBOURS, *noise_context.AROUND),
}  # fmt: skip


def _group(feature: str) -> str | None:
    """The group of a feature: neighbours' features are one, phrases another.

    A line's own first score is in none: what it was made of is named instead.
    """
    if feature in noise_context.OWN_SCORE:
        return None
    for name, members in _GROUPS.items():
        if feature in members:
            return name
    if feature in CONTEXT and not feature.startswith(("since_", "until_")):
        return "neighbours"
    return "announced" if feature in CONTEXT else "phrases"


GROUPS = (*_GROUPS, "announced", "phrases")


class Scores(NamedTuple):
    """The probability (0-1) that each line is part of the article, and what the second look saw of them."""

    probability: NDArray[np.float64]
    context: Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Trees of one depth. Question q of tree t is `feature[t, q]` > `border[t, q]`."""

    feature: NDArray[np.intp]  # (trees, depth)
    border: Matrix
    leaves: Matrix  # (trees, 2 ** depth): what is added to the log-odds
    bias: float
    turned: Matrix  # (trees * 2 ** depth, len(GROUPS)): what other answers to a group's questions would gain

    def score(self, features: Matrix) -> NDArray[np.float64]:
        """The probability (0-1) that each line is part of the article."""
        parts = [self._log_odds(features[i : i + SCORED]) for i in range(0, len(features), SCORED)]
        return 1.0 / (1.0 + np.exp(-np.concatenate(parts))) if parts else np.zeros(0)

    def _answers(self, features: Matrix) -> NDArray[np.intp]:
        """The leaf of every tree that each line falls into, the answers read as bits: (trees, lines).

        Lines stand in columns here: a question then copies a row, which is several times faster. So do
        all trees' answers to their first question in a row, then those to the second: `np.packbits`
        over short columns takes five times as long as these few steps over long rows.
        """
        asked = np.ascontiguousarray(features.T).take(self.feature.T.ravel(), axis=0)
        yes = (asked > self.border.T.reshape(-1, 1)).view(np.uint8).reshape(self.feature.shape[1], -1)
        leaf: NDArray[np.uint8] = yes[0].copy()
        for bit in range(1, len(yes)):
            leaf |= yes[bit] << bit
        return leaf.reshape(-1, len(features)).astype(np.intp)

    def _reached(self, features: Matrix) -> NDArray[np.intp]:
        """The same as places in all leaves laid end to end: one look-up is three times as fast as two."""
        trees, leaves = self.leaves.shape
        return self._answers(features) + np.arange(0, trees * leaves, leaves)[:, None]

    def _log_odds(self, features: Matrix) -> NDArray[np.float64]:
        values = self.leaves.ravel().take(self._reached(features))
        odds: NDArray[np.float64] = self.bias + values.sum(axis=0, dtype=np.float64)
        return odds

    def gains(self, features: Matrix) -> Matrix:
        """What each line would gain, by group, were the answers to that group's questions others."""
        gained: Matrix = self.turned.take(self._reached(features), axis=0).sum(axis=0)
        return gained


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """The two looks. The second decides; the first is among what it sees."""

    first: Forest
    second: Forest

    def scores(self, pages: Sequence[Page]) -> list[Scores]:
        """What the lines of each page score."""
        if not pages:
            return []
        ends = np.cumsum([len(page.shapes) for page in pages])[:-1]
        first = np.split(self.first.score(np.concatenate([page.features for page in pages])), ends)
        contexts = [context_features(page, score) for page, score in zip(pages, first, strict=True)]
        second = np.split(self.second.score(np.concatenate(contexts)), ends)
        return [Scores(score, context) for score, context in zip(second, contexts, strict=True)]

    def strongest(self, features: Matrix, context: Matrix, n: int = 2) -> list[tuple[str, ...]]:
        """The groups of features that spoke most against each line, in both looks together."""
        out: list[tuple[str, ...]] = []
        for i in range(0, len(features), CHUNK):
            gains = self.first.gains(features[i : i + CHUNK]) + self.second.gains(context[i : i + CHUNK])
            order = np.argsort(-gains, axis=1, kind="stable")[:, :n]
            out.extend(tuple(GROUPS[group] for group in row) for row in order.tolist())
        return out


def from_dict(data: Mapping[str, Any]) -> Model:
    """A model from its JSON form. Raises KeyError or ValueError if a feature is unknown."""
    return Model(forest(data["first"], FEATURES), forest(data["second"], CONTEXT_FEATURES))


def forest(data: Mapping[str, Any], known: Sequence[str]) -> Forest:
    """The trees of one look, which sees the `known` features."""
    place = {name: i for i, name in enumerate(known)}
    names = [data["features"][i] for tree in data["questions"] for i in tree]
    depth = len(data["questions"][0])
    if depth > MAX_DEPTH:
        raise ValueError(f"trees of depth {depth}; a leaf's number must fit a byte, so at most {MAX_DEPTH}")
    leaves = np.array(data["leaves"], dtype=np.float32) / np.float32(data["scale"])
    return Forest(
        np.array([place[name] for name in names], dtype=np.intp).reshape(-1, depth),
        np.array(data["borders"], dtype=np.float32),
        leaves,
        float(data["bias"]),
        _turned(leaves, [_group(name) for name in names]),
    )


def _turned(leaves: Matrix, groups: Sequence[str | None]) -> Matrix:
    """For each leaf what turning round one answer at a time would gain, the answers of a group together."""
    trees, size = leaves.shape
    depth = len(groups) // trees
    out = np.zeros((trees, size, len(GROUPS)), dtype=np.float32)
    for question, group in enumerate(groups):
        if group is not None:
            tree, bit = divmod(question, depth)
            out[tree, :, GROUPS.index(group)] += leaves[tree, np.arange(size) ^ (1 << bit)] - leaves[tree]
    return out.reshape(-1, len(GROUPS))


@lru_cache(maxsize=1)
def default_model() -> Model:
    """The model that ships with the library."""
    source = resources.files("quotesieve.text").joinpath("noise_model.json")
    return from_dict(json.loads(source.read_text(encoding="utf-8")))
