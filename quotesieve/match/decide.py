"""Judged pairs -> links: the thresholds, and the rule on short statements.

What is decided here depends on settings and speakers; what a pair is worth, on the two texts, says
`judge`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match.cluster import EDITED, EXCERPT, Links
from quotesieve.match.differences import I8, NO_REASON
from quotesieve.match.entries import I32
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, U64, Bools, mix
from quotesieve.match.statements import Statements
from quotesieve.settings import DedupSettings

EDGE_WORDS = 2  # an excerpt leaves out more words than this at the edges of its parent
MIN_NEAR_MISS = 60.0  # score below which a pair that was compared is no evidence of anything

REASONS = ("", "name", "number", "negation", "below_threshold", "other_speaker", "chain")
BELOW, SPEAKER, CHAIN = 4, 5, 6
VARIANTS = ("", "name", "number", "negation", "modality")  # the first by the codes of the reasons
_MODALITY = 4
_SALT = np.uint64(0x9FB21C651E98DF25)


@dataclass(frozen=True, slots=True)
class Decided:
    """Judged pairs as links; `reason` says why not, `variant` in what alone two differ (VARIANTS)."""

    links: Links
    reason: I8
    variant: I8
    small_is_child: Bools
    start: I32
    end: I32


def decide(
    statements: Statements, judged: Judged, speakers: I64 | I32 | None, settings: DedupSettings
) -> Decided:
    """Apply the thresholds and the rule on short statements."""
    excerpt, score = _measured(statements.size, judged)
    below = score < least(excerpt, settings)
    variant = np.where((judged.reason == NO_REASON) & judged.modal, np.int8(_MODALITY), judged.reason)
    reason = judged.reason.copy()
    reason[(reason == NO_REASON) & below] = BELOW
    short = np.flatnonzero(statements.size[judged.small] <= settings.short_words)
    if speakers is not None and len(short):
        apart = ~_share_speaker(statements, judged.small[short], judged.large[short], speakers)
        reason[short[apart]] = SPEAKER
    child_is_small = excerpt | (judged.poorer <= 0)
    small, large = judged.small.astype(np.int64), judged.large.astype(np.int64)
    links = Links(
        np.where(child_is_small, small, large),
        np.where(child_is_small, large, small),
        np.where(excerpt, EXCERPT, EDITED).astype(np.int8),
        score,
        ~excerpt & (judged.poorer == 0),
    )
    variant[below] = NO_REASON
    return Decided(links, reason, variant, child_is_small, judged.start, judged.end)


def worth_keeping(size: I32, judged: Judged, settings: DedupSettings) -> Judged:
    """The pairs that may be a link, or evidence that there is none."""
    excerpt, score = _measured(size, judged)
    needed = least(excerpt, settings)
    if settings.near_misses:
        return judged.where(score >= np.minimum(needed, MIN_NEAR_MISS))
    return judged.where((score >= needed) & (judged.reason == NO_REASON))


def _measured(size: I32, judged: Judged) -> tuple[Bools, npt.NDArray[np.float64]]:
    """Which pairs are excerpts, and the score that counts."""
    excerpt = size[judged.large] - (judged.end - judged.start) > EDGE_WORDS
    # What is an excerpt but for its last words is measured as one.
    return excerpt, np.where(excerpt, judged.score, judged.whole)


def least(excerpt: Bools, settings: DedupSettings) -> npt.NDArray[np.float64]:
    """The score that each link needs."""
    return np.where(excerpt, max(settings.excerpt_threshold, settings.threshold), settings.threshold)


def _share_speaker(statements: Statements, small: I32, large: I32, speakers: I64 | I32) -> Bools:
    """Whether the speaker of the smaller statement is one of the larger's."""
    asked = np.zeros(len(statements), np.bool_)
    asked[large] = True
    known = np.flatnonzero((speakers >= 0) & asked[statements.unit_of])
    said = np.unique(_together(statements.unit_of[known], speakers[known]))
    own = statements.speaker[small]
    same: Bools = (own >= 0) & np.isin(_together(large, own), said)
    return same


def _together(units: I32, speakers: I64 | I32) -> U64:
    """A hash of each unit and speaker."""
    return mix(mix(speakers.astype(np.uint64)) + units.astype(np.uint64) * _SALT)
