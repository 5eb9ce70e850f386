"""The face of the room: statements in, groups and the evidence for them out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import starmap

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.candidates import MAX_UNITS, find_pairs
from quotesieve.match.cluster import (
    EDITED,
    EXCERPT,
    Links,
    choose_canonical,
    dense_labels,
    group_units,
    joined,
    top_of_each,
)
from quotesieve.match.compare import Runner, compare, place
from quotesieve.match.differences import I8, NO_REASON
from quotesieve.match.entries import I32
from quotesieve.match.fingerprints import Batch
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, Bools
from quotesieve.match.statements import Statements, collect
from quotesieve.settings import DedupSettings

EDGE_WORDS = 2  # an excerpt leaves out more words than this at the edges of its parent
# Of pairs that could be linked at all: which share of the bits of the one with fewer both must have,
# and which share of the smaller's words, in order. More is asked where no near misses are kept. On
# 235,000 paragraphs and 125,000 quotes that lost no link, and one in four thousand.
EVIDENCE, LINKS_ONLY = (0.6, 0.5), (0.66, 0.7)
MIN_NEAR_MISS = 60.0  # score below which a pair that was compared is no evidence of anything
SCORER = "word_alignment"
IDENTITY = "identity"

REASONS = ("", "name", "number", "negation", "below_threshold", "other_speaker", "chain")
_BELOW, _SPEAKER, _CHAIN = 4, 5, 6
LINK_TYPES = ("edited", "excerpt", "joined", "exact")
VARIANTS = ("", "name", "number", "negation", "modality")  # the first by the codes of the reasons
_MODALITY = 4


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which statements are one, and why.

    `labels` has one number from 0 for each statement; `canonical` the index of the statement that
    stands for each label. `links` is a table of left, right (indexes), scorer, score (0-100),
    link_type (edited | excerpt | joined | exact), linked, reason (null if linked), variant (number |
    name | negation | modality: in what alone the two differ, null if in none of these): the
    connected components of its linked rows are the labels; the other rows are near misses. In an
    excerpt or joined row the left is the part of the right. `cut_pairs` counts the pairs that share an index
    entry and were never compared, as too many statements share it.
    """

    labels: I64
    canonical: I64
    links: pa.Table
    compared: int
    cut_pairs: int


def group(
    batches: Sequence[Batch],
    *,
    speakers: I32 | None = None,
    rank: npt.NDArray[np.integer] | None = None,
    settings: DedupSettings | None = None,
    runner: Runner = starmap,
) -> Grouping:
    """Group statements that are the same, printed differently.

    `batches` hold the statements, end to end, with the fingerprints of `shortest` words (see
    there). `speakers` has a code for each statement, equal for the same speaker, -1 if unknown;
    None means that speakers don't count, as for paragraphs. `rank` settles which of equals stands
    for a group: the lowest. Whether two statements are linked depends on these two alone, not on
    the others, their order or the batches. `runner` makes the calls that judge pairs, in other
    processes if it likes; each holds some thousand texts.

    >>> from quotesieve.match import in_memory
    >>> texts = ["We will build it here, in Oslo.", "We will build it here in Oslo", "No."]
    >>> group(in_memory(texts, shortest(None))).labels.tolist()
    [0, 0, 1]
    """
    return settle(weigh(batches, speakers=speakers, rank=rank, settings=settings, runner=runner))


@dataclass(frozen=True, slots=True)
class Weighed:
    """Statements whose pairs were scored and decided on, before they are grouped."""

    statements: Statements
    rank: npt.NDArray[np.integer] | None
    decided: "_Decided"
    compared: int
    cut_pairs: int
    settings: DedupSettings


def weigh(
    batches: Sequence[Batch],
    *,
    speakers: I32 | None = None,
    rank: npt.NDArray[np.integer] | None = None,
    settings: DedupSettings | None = None,
    runner: Runner = starmap,
) -> Weighed:
    """Everything that `group` does before it groups; `stricter` and `settle` go on from here."""
    settings = settings or DedupSettings()
    statements, decided, compared, cut = _compared(batches, speakers, settings, runner)
    return Weighed(statements, rank, decided, compared, cut, settings)


def stricter(weighed: Weighed, threshold: float) -> Weighed:
    """The same at a higher threshold, as if it had been weighed at that: no pair is scored again."""
    settings, decided = replace(weighed.settings, threshold=threshold), weighed.decided
    if threshold >= 100:
        nothing = _decide(weighed.statements, Judged.concatenated([]), None, settings)
        return replace(weighed, decided=nothing, settings=settings, compared=0, cut_pairs=0)
    excerpt = decided.links.kind == EXCERPT
    below = decided.links.score < _least(excerpt, settings)
    reason = np.where((decided.reason == NO_REASON) & below, np.int8(_BELOW), decided.reason)
    variant = np.where(below, np.int8(NO_REASON), decided.variant)
    return replace(weighed, decided=replace(decided, reason=reason, variant=variant), settings=settings)


def settle(weighed: Weighed) -> Grouping:
    """Group what was weighed."""
    statements, decided = weighed.statements, weighed.decided
    use_rank = weighed.rank is not None
    ranks = np.asarray(weighed.rank if use_rank else np.arange(len(statements.unit_of))).astype(np.int64)
    units = _Units.of(statements, ranks, use_rank=use_rank)
    same = _same_wording(statements, units)
    components = group_units(
        len(statements),
        same,
        decided.links.where(decided.reason == NO_REASON),
        units.size,
        units.rank,
        statements.content,
    )
    labels = dense_labels(components[statements.unit_of])
    canonical = choose_canonical(labels, statements.sizes, statements.blemished, ranks)
    links = _evidence(statements, units, same, decided, components, weighed.settings.near_misses)
    return Grouping(labels, canonical, links, weighed.compared, weighed.cut_pairs)


def _compared(
    batches: Sequence[Batch], speakers: I32 | None, settings: DedupSettings, runner: Runner
) -> tuple[Statements, "_Decided", int, int]:
    """The statements, what was decided on their pairs, how many were compared, and how many were cut.

    What each step leaves to the next is dropped as soon as that is done: it is most of the memory.
    """
    statements, bits = collect(batches, speakers, settings.short_words)
    if len(statements) > MAX_UNITS:
        raise ValueError(
            f"{len(statements):,} distinct statements; at most {MAX_UNITS:,} can be grouped in one run"
        )
    if settings.threshold == 100:
        return statements, _decide(statements, Judged.concatenated([]), speakers, settings), 0, 0
    min_bits, min_shared = EVIDENCE if settings.near_misses else LINKS_ONLY
    pairs = find_pairs(statements, bits, min_bits)
    del bits
    compared, cut = len(pairs), pairs.cut
    placed = place(statements, pairs)
    del pairs
    judged = compare(statements, placed, min_shared, runner)
    return statements, _decide(statements, judged, speakers, settings), compared, cut


def shortest(short_words: int | None) -> int:
    """Words of the shortest statement that needs index entries.

    Where speakers count (None) that is any; where they don't, statements of up to `short_words`
    words are linked by identity only.
    """
    return 1 if short_words is None else short_words + 1


@dataclass(frozen=True, slots=True)
class _Units:
    """What stands for each unit: its statement of lowest rank, that rank, and its words."""

    statement: I64
    rank: I64  # all 0 where the caller gave none, so that content decides
    size: I32

    @classmethod
    def of(cls, statements: Statements, ranks: I64, *, use_rank: bool) -> "_Units":
        order = np.lexsort((np.arange(len(ranks)), ranks, statements.unit_of))
        first = np.searchsorted(statements.unit_of[order], np.arange(len(statements)))
        statement = order[first]
        rank = ranks[statement] if use_rank else np.zeros(len(statements), np.int64)
        return cls(statement, rank, statements.size)


def _same_wording(statements: Statements, units: _Units) -> tuple[I64, I64]:
    """Units and, for each, the unit of lowest rank among those of the same words."""
    order = np.lexsort((statements.content, units.rank, statements.wording))
    wording = statements.wording[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = wording[1:] != wording[:-1]
    head = np.empty(len(order), np.int64)
    head[order] = order[np.maximum.accumulate(np.where(first, np.arange(len(order)), 0))]
    return np.arange(len(order)), head


@dataclass(frozen=True, slots=True)
class _Decided:
    """Judged pairs as links; `reason` says why not, `variant` in what alone two differ (VARIANTS)."""

    links: Links
    reason: I8
    variant: I8
    small_is_child: Bools
    start: I32
    end: I32


def _decide(
    statements: Statements, judged: Judged, speakers: I32 | None, settings: DedupSettings
) -> _Decided:
    """Apply the thresholds and the rule on short statements."""
    size = statements.size
    outside = size[judged.large] - (judged.end - judged.start)
    excerpt = outside > EDGE_WORDS
    # What is an excerpt but for its last words is measured as one.
    score = np.where(excerpt, judged.score, judged.whole)
    below = score < _least(excerpt, settings)
    variant = np.where((judged.reason == NO_REASON) & judged.modal, np.int8(_MODALITY), judged.reason)
    reason = judged.reason.copy()
    reason[(reason == NO_REASON) & below] = _BELOW
    short = size[judged.small] <= settings.short_words
    if speakers is not None and short.any():
        reason[short & ~_share_speaker(statements, judged, speakers)] = _SPEAKER
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
    return _Decided(links, reason, variant, child_is_small, judged.start, judged.end)


def _least(excerpt: Bools, settings: DedupSettings) -> npt.NDArray[np.float64]:
    """The score that each link needs."""
    return np.where(excerpt, max(settings.excerpt_threshold, settings.threshold), settings.threshold)


def _share_speaker(statements: Statements, judged: Judged, speakers: I32) -> Bools:
    """Whether the speaker of the smaller statement is one of the larger's."""
    known = np.flatnonzero(speakers >= 0)
    pairs = np.unique(statements.unit_of[known].astype(np.int64) << 32 | speakers[known])
    if not len(pairs):
        return np.zeros(len(judged), np.bool_)
    own = statements.speaker[judged.small]
    wanted = judged.large.astype(np.int64) << 32 | own
    at = np.minimum(np.searchsorted(pairs, wanted), len(pairs) - 1)
    same: Bools = (own >= 0) & (pairs[at] == wanted)
    return same


def _evidence(
    statements: Statements,
    units: _Units,
    same: tuple[I64, I64],
    decided: _Decided,
    components: I64,
    near_misses: int,
) -> pa.Table:
    """The table of links: identical statements, accepted links, near misses."""
    links = decided.links
    passed = decided.reason == NO_REASON
    linked = passed & (components[links.child] == components[links.parent])
    reason = np.where(passed & ~linked, _CHAIN, decided.reason)
    near = _nearest(links, np.flatnonzero(~linked & (links.score >= MIN_NEAR_MISS)), statements, near_misses)
    rows = np.concatenate((np.flatnonzero(linked), near))
    kind = links.kind.astype(np.int64)
    kind[joined(linked & (links.kind == EXCERPT), links.parent, decided.start, decided.end, EDGE_WORDS)] = (
        LINK_TYPES.index("joined")
    )
    head = units.statement[same[1]][statements.unit_of]
    exact = np.flatnonzero(head != np.arange(len(head)))
    count = len(exact)
    return pa.table(
        {
            "left": np.concatenate((exact, units.statement[links.child[rows]])),
            "right": np.concatenate((head[exact], units.statement[links.parent[rows]])),
            "scorer": _named((IDENTITY, SCORER), np.repeat([0, 1], [count, len(rows)])),
            "score": np.concatenate((np.full(count, 100.0), links.score[rows])).astype(np.float32),
            "link_type": _named(LINK_TYPES, np.concatenate((np.full(count, 3), kind[rows]))),
            "linked": np.concatenate((np.ones(count, np.bool_), linked[rows])),
            "reason": _named(REASONS, np.concatenate((np.zeros(count, np.int64), reason[rows])), null=0),
            "variant": _named(
                VARIANTS, np.concatenate((np.zeros(count, np.int64), decided.variant[rows])), null=0
            ),
        }
    )


def _nearest(links: Links, near: I64, statements: Statements, most: int) -> I64:
    """Of the near misses (rows of `links`) those that are among the `most` best of both their ends."""
    if not most:
        return near[:0]
    child, parent, score = links.child[near], links.parent[near], links.score[near]
    ends, others = np.concatenate((child, parent)), np.concatenate((parent, child))
    among = top_of_each(ends, np.tile(score, 2), statements.content[others], most)
    return near[among[: len(near)] & among[len(near) :]]


def _named(
    names: Sequence[str], codes: npt.NDArray[np.integer], null: int | None = None
) -> pa.DictionaryArray:
    """Codes as strings, one of them as null."""
    indices = pa.array(codes.astype(np.int8), mask=codes == null if null is not None else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names))
