"""How a line's first score stands among those of its page: what the second score is made of.

Holds the features of the second look. A teaser list below an article is as good prose as the
article, line by line; it shows by scores that are lower than the body's, by coming after the body's
end, by the dates and names between its sentences, and by words that the body does not use. Judges
nothing: that is `noise_model`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quotesieve.text.noise_features import FEATURES, Page, best_span, since, until
from quotesieve.text.noise_lines import Matrix

CORE_AT = 0.85  # a paragraph of so high a first score is taken for the body's
NOISE_AT = 0.15
SPAN_AT = 0.6  # what the lines of the best span must score on average, by the root of their length
MASS_CHARS = 600.0  # of a longer line no more counts
ODDS_AT = 1e-4  # nearer to 0 and 1 scores are all the same
OUTSIDE = -6.0  # log-odds before the first line and after the last
FAR = 60
TOPIC_MOST = np.array([[1.0], [20.0]], dtype=np.float32)  # share and count: more words tell no more
WINDOWS = (2, 6, 12)
QUARTILES = np.array((0.25, 0.5, 0.75))

# What stands within six lines on both sides: a teaser list is full of days, a discussion of names.
_AROUND = (
    "dated", "said_comments", "credit", "said_related", "said_metadata", "quotes", "repeat_of", "repeated_by",
    "topic", "reader",
)  # fmt: skip
# What the first look saw of the line itself and is worth a second one.
_AGAIN = (
    "chars", "words", "ends", "ends_colon", "list_mark", "capitals", "digits", "commas", "sentences",
    "function_words", "reader", "house", "quotes", "dated", "credit", "prose", "phrase", "phrases", "topic",
    "topic_words", "repeat_of", "repeated_by", "line", "lines_after", "prose_before", "prose_after",
    "in_span", "contained", "since_related", "since_comments", "said_related", "said_comments", "said_promo",
    "said_author_bio", "said_newsletter", "said_caption", "said_metadata",
)  # fmt: skip
_OFFSETS = (-3, -2, -1, 1, 2, 3)
_AROUND_COLUMNS = [FEATURES.index(name) for name in _AROUND]
_AGAIN_COLUMNS = [FEATURES.index(name) for name in _AGAIN]
_CHARS = FEATURES.index("chars")
_PROSE = FEATURES.index("prose")
_TOPIC = [FEATURES.index("topic"), FEATURES.index("topic_words")]

# By what is said of them where they decide (`noise_model.GROUPS`); the line's own first score is
# explained by what that was made of.
OWN_SCORE = ("odds", "odds-q1", "odds-q2", "odds-q3")
NEIGHBOURS = (
    *(f"odds[{offset:+d}]" for offset in _OFFSETS),
    *(f"odds~{size}" for size in WINDOWS),
    *(f"body~{size}" for size in WINDOWS),
)
PLACE = (
    "body_before", "body_after", "in_body", "since_start", "since_end", "outside", "since_noise",
    "since_core", "until_noise", "until_core",
)  # fmt: skip
TOPIC = ("core_topic", "core_words", "core_topic~6")
AROUND = tuple(f"{name}~6" for name in _AROUND)
CONTEXT_FEATURES = (*OWN_SCORE, *NEIGHBOURS, *PLACE, *TOPIC, *AROUND, *_AGAIN)


def context_features(page: Page, score: NDArray[np.float64]) -> Matrix:
    """A row a line, a column each of CONTEXT_FEATURES, from the first scores (0-1)."""
    seen = page.features.T
    mass = np.minimum(np.expm1(seen[_CHARS]), MASS_CHARS)
    body = score * mass
    bounded = np.minimum(np.maximum(score, ODDS_AT), 1 - ODDS_AT)  # np.clip takes five times as long
    odds = np.log(bounded / (1 - bounded))
    prose = seen[_PROSE] > 0
    core = prose & (score > CORE_AT)
    topics = _core_topics(page, prose, core)
    near, about, far = _means(np.vstack((odds, body, mass, topics[0], seen[_AROUND_COLUMNS])))
    return _laid_out((
        odds,
        odds - _quartiles(odds, body)[:, None],
        *_shifted(odds),
        near[0], about[0], far[0],
        *(mean[1] / np.maximum(mean[2], 1e-9) for mean in (near, about, far)),
        *_places(score, mass, body),
        _distances(score < NOISE_AT, core),
        topics,
        about[3:],
        seen[_AGAIN_COLUMNS],
    ))  # fmt: skip


def _means(rows: NDArray[np.float64]) -> list[Matrix]:
    """For each of WINDOWS the means over each line and so many on both sides.

    Of all rows in the second of them, of the first three in the others.
    """
    lines = rows.shape[1]
    sums = np.zeros((len(rows), lines + 1))
    np.cumsum(rows, axis=1, out=sums[:, 1:])
    index = np.arange(lines)
    out: list[Matrix] = []
    for size in WINDOWS:
        low, high = np.maximum(index - size, 0), np.minimum(index + size + 1, lines)
        part = sums if size == WINDOWS[1] else sums[:3]
        out.append(((part.take(high, axis=1) - part.take(low, axis=1)) / (high - low)).astype(np.float32))
    return out


def _laid_out(parts: Sequence[NDArray[Any]]) -> Matrix:
    """Features, and blocks of them a row each, as one matrix with a row a line."""
    out = np.empty((len(CONTEXT_FEATURES), parts[0].shape[-1]), dtype=np.float32)
    at = 0
    for part in parts:
        size = len(part) if part.ndim == 2 else 1
        out[at : at + size] = part
        at += size
    return out.T


def _quartiles(odds: NDArray[np.float64], body: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-odds below which a quarter, half and three quarters of the expected body stand."""
    order = np.argsort(odds, kind="stable")
    sums = np.cumsum(body[order])
    at = np.searchsorted(sums, QUARTILES * sums[-1])
    quartiles: NDArray[np.float64] = odds[order[np.minimum(at, len(odds) - 1)]]
    return quartiles


def _shifted(odds: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The log-odds of the lines before and after each one."""
    reach = _OFFSETS[-1]
    outside = np.full(reach, OUTSIDE)
    padded = np.concatenate((outside, odds, outside))
    return [padded[reach + offset : reach + offset + len(odds)] for offset in _OFFSETS]


def _places(
    score: NDArray[np.float64], mass: NDArray[np.float64], body: NDArray[np.float64]
) -> list[NDArray[Any]]:
    """How much of the expected body stands before and after each line, and where its best span is."""
    sums = np.concatenate(([0.0], np.cumsum(body)))
    total = sums[-1] or 1.0
    before, through = sums[:-1], sums[1:]
    start, end = best_span((score - SPAN_AT) * np.sqrt(mass))
    index = np.arange(len(score))
    ahead, behind = np.maximum(sums[start] - through, 0.0), np.maximum(before - sums[end], 0.0)
    return [
        before / total,
        (sums[-1] - through) / total,
        (index >= start) & (index < end),
        np.minimum(np.maximum(index - start, -FAR), FAR),
        np.minimum(np.maximum(index - end + 1, -FAR), FAR),
        (ahead + behind) / total,
    ]


def _distances(noise: NDArray[np.bool_], core: NDArray[np.bool_]) -> Matrix:
    """Lines since and until the next certain noise, and the next line of the core."""
    marked, lines = np.column_stack((noise, core)), len(noise)
    behind = since(marked, np.zeros(lines, np.int64))
    return np.concatenate((behind, until(marked, np.full(lines, lines))), axis=1).T


def _core_topics(page: Page, prose: NDArray[np.bool_], core: NDArray[np.bool_]) -> Matrix:
    """Share and count of a line's words, function words apart, that (other) lines of the core use too.

    Where all prose is of the core that is what the first look counted.
    """
    if np.array_equal(prose, core):
        return np.minimum(page.features[:, _TOPIC].T, TOPIC_MOST)
    line, word = page.rare
    _, number = np.unique(word, return_inverse=True)
    own = core[line]
    others = np.bincount(number, weights=own)[number] > own
    shared = np.bincount(line[others], minlength=len(core))
    known = np.bincount(line, minlength=len(core))
    share = np.where(known > 0, shared / np.maximum(known, 1), 0.5)
    return np.minimum(np.array((share, shared), dtype=np.float32), TOPIC_MOST)
