"""Judged pairs -> links: the thresholds, and the rule on short statements.

What is decided here depends on settings and speakers; what a pair is worth, on the two texts, says
`judge`.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match.cluster import EDITED, EXCERPT, IDENTICAL, Links
from quotesieve.match.differences import I8, NO_REASON
from quotesieve.match.entries import I32
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, U64, Bools, mix
from quotesieve.match.statements import Statements, named_limit, short_limit
from quotesieve.settings import DedupSettings

EDGE_WORDS = 2  # an excerpt leaves out more words than this at the edges of its parent
SURE = 90.0  # score of a short statement that is linked although one of the speakers is unknown
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

    def with_identical(self, nobody: I64, named: I64, size: I32) -> "Decided":
        """The same with links of short statements by nobody known to those of the same words by others."""
        count = len(nobody)
        if not count:
            return self
        links, code = self.links, np.zeros(count, np.int8)
        return Decided(
            Links(
                np.concatenate((links.child, nobody)),
                np.concatenate((links.parent, named)),
                np.concatenate((links.kind, code + np.int8(IDENTICAL))),
                np.concatenate((links.score, np.full(count, 100.0))),
                np.concatenate((links.strong, np.zeros(count, np.bool_))),
            ),
            np.concatenate((self.reason, code)),
            np.concatenate((self.variant, code)),
            np.concatenate((self.small_is_child, np.ones(count, np.bool_))),
            np.concatenate((self.start, np.zeros(count, np.int32))),
            np.concatenate((self.end, size[named])),
        )


def decide(
    statements: Statements, judged: Judged, speakers: I64 | I32 | None, settings: DedupSettings
) -> Decided:
    """Apply the thresholds and the rule on short statements."""
    excerpt, score = _measured(statements.size, judged)
    below = score < least(excerpt, settings)
    variant = np.where((judged.reason == NO_REASON) & judged.modal, np.int8(_MODALITY), judged.reason)
    reason = judged.reason.copy()
    reason[(reason == NO_REASON) & below] = BELOW
    strong, child_is_small = ~excerpt & (judged.poorer == 0), excerpt | (judged.poorer <= 0)
    if speakers is not None:
        said = _who_said(statements, judged, speakers, settings.short_words)
        words = statements.size[judged.small[said.pairs]]
        unsure = (words <= settings.short_words) & (excerpt[said.pairs] | (score[said.pairs] < SURE))
        unsure |= words <= named_limit(settings.short_words)
        reason[said.pairs[~said.same & (said.known_both | unsure)]] = SPEAKER
        half = said.pairs[said.known_small ^ said.known_large]
        strong[half] = False
        child_is_small[half] = excerpt[half] | ~said.known_small[said.known_small ^ said.known_large]
    small, large = judged.small.astype(np.int64), judged.large.astype(np.int64)
    links = Links(
        np.where(child_is_small, small, large),
        np.where(child_is_small, large, small),
        np.where(excerpt, EXCERPT, EDITED).astype(np.int8),
        score,
        strong,
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


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of the speakers of some pairs, of which the smaller statement is short."""

    pairs: I64
    same: Bools  # the speaker of the smaller is known, and one of the larger's
    known_small: Bools
    known_large: Bools

    @property
    def known_both(self) -> Bools:
        return self.known_small & self.known_large


def _who_said(statements: Statements, judged: Judged, speakers: I64 | I32, short_words: int) -> _Said:
    """Compare the speakers of all pairs where it counts who said what."""
    pairs = np.flatnonzero(statements.size[judged.small] <= short_limit(short_words))
    small, large = judged.small[pairs], judged.large[pairs]
    asked = np.zeros(len(statements), np.bool_)
    asked[large] = True
    known = np.flatnonzero((speakers >= 0) & asked[statements.unit_of])
    said = np.unique(_together(statements.unit_of[known], speakers[known]))
    own = statements.speaker[small]
    same: Bools = (own >= 0) & np.isin(_together(large, own), said)
    asked[:] = False
    asked[statements.unit_of[known]] = True
    return _Said(pairs, same, own >= 0, asked[large])


def _together(units: I32, speakers: I64 | I32) -> U64:
    """A hash of each unit and speaker."""
    return mix(mix(speakers.astype(np.uint64)) + units.astype(np.uint64) * _SALT)
