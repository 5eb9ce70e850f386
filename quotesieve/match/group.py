"""The face of the room: statements in, groups and the evidence for them out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import starmap

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.archive import EMPTY, Archive
from quotesieve.match.candidates import MAX_UNITS, Pairs, find_pairs
from quotesieve.match.cluster import EXCERPT, choose_canonical, dense_labels, group_units
from quotesieve.match.compare import Runner, compare, place
from quotesieve.match.decide import BELOW, Decided, decide, least, worth_keeping
from quotesieve.match.differences import NO_REASON
from quotesieve.match.entries import I32
from quotesieve.match.evidence import Units, said_by_nobody, same_wording, table_of
from quotesieve.match.fingerprints import Batch
from quotesieve.match.growth import grow
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, U64, Bools
from quotesieve.match.statements import Statements, collect
from quotesieve.settings import DedupSettings

# Of pairs that could be linked at all: which share of the bits of the one with fewer both must have,
# and which share of the smaller's words, in order. More is asked where no near misses are kept. On
# 235,000 paragraphs and 125,000 quotes that lost no link, and one in four thousand.
EVIDENCE, LINKS_ONLY = (0.6, 0.5), (0.66, 0.7)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which statements are one, and why.

    `labels` has one number from 0 for each statement; `canonical` the index of the statement that
    stands for each label. `links` is a table of left, right (indexes), scorer, score (0-100),
    link_type (edited | excerpt | joined | exact), linked, reason (null if linked), variant (number |
    name | negation | modality: in what alone the two differ, null if in none of these): the
    connected components of its linked rows are the labels; the other rows are near misses. In an
    excerpt or joined row the left is the part of the right. `cut_pairs` counts the pairs that share an index
    entry and were not proposed under it, as too many statements share it.
    """

    labels: I64
    canonical: I64
    links: pa.Table
    compared: int
    cut_pairs: int


def group(
    batches: Sequence[Batch],
    *,
    speakers: I64 | I32 | None = None,
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
    """Statements whose pairs were scored and decided on, before they are grouped.

    `found` are the pairs that were judged now, by units; `dropped` are those of the archive, in its
    order, that are proposed no more: what the archive of a later call needs (`adding.with_found`).
    """

    statements: Statements
    rank: npt.NDArray[np.integer] | None
    decided: Decided
    compared: int
    cut_pairs: int
    settings: DedupSettings
    found: Judged
    dropped: Bools


def weigh(
    batches: Sequence[Batch],
    *,
    speakers: I64 | I32 | None = None,
    rank: npt.NDArray[np.integer] | None = None,
    settings: DedupSettings | None = None,
    runner: Runner = starmap,
    archive: Archive = EMPTY,
) -> Weighed:
    """Everything that `group` does before it groups; `stricter` and `settle` go on from here.

    With an `archive` only pairs with a statement that is new to it are compared. `speakers` and `rank`
    are of the statements that it keeps, then of those in `batches`. Its own must have been weighed
    with the same codes of speakers and the same settings.
    """
    settings = settings or DedupSettings()
    statements, found = _compared(batches, speakers, settings, runner, archive)
    judged = Judged.concatenated([found.known, found.judged])
    new = found.judged
    if not statements.alive.all():
        number = np.cumsum(statements.alive, dtype=np.int32) - np.int32(1)
        statements, judged, new = statements.living(), judged.renumbered(number), new.renumbered(number)
    decided = decide(statements, judged, speakers, settings)
    return Weighed(statements, rank, decided, found.compared, found.cut, settings, new, found.dropped)


def stricter(weighed: Weighed, threshold: float) -> Weighed:
    """The same at a higher threshold, as if it had been weighed at that: no pair is scored again."""
    settings, decided = replace(weighed.settings, threshold=threshold), weighed.decided
    if threshold >= 100:
        nothing = decide(weighed.statements, Judged.concatenated([]), None, settings)
        return replace(weighed, decided=nothing, settings=settings, compared=0, cut_pairs=0)
    excerpt = decided.links.kind == EXCERPT
    below = decided.links.score < least(excerpt, settings)
    reason = np.where((decided.reason == NO_REASON) & below, np.int8(BELOW), decided.reason)
    variant = np.where(below, np.int8(NO_REASON), decided.variant)
    return replace(weighed, decided=replace(decided, reason=reason, variant=variant), settings=settings)


def settle(weighed: Weighed) -> Grouping:
    """Group what was weighed."""
    statements, decided = weighed.statements, weighed.decided
    use_rank = weighed.rank is not None
    ranks = np.asarray(weighed.rank if use_rank else np.arange(len(statements.unit_of))).astype(np.int64)
    units = Units.of(statements, ranks, use_rank=use_rank)
    head = same_wording(statements, units)
    decided = decided.with_identical(*said_by_nobody(statements, head), statements.size)
    passed = decided.links.where(decided.reason == NO_REASON)
    printings = np.bincount(statements.unit_of, minlength=len(statements))
    components = group_units(head, passed, units.size, units.rank, statements.content, printings)
    labels = dense_labels(components[statements.unit_of])
    canonical = choose_canonical(labels, statements.sizes, statements.blemished, ranks)
    links = table_of(statements, units, head, decided, components, weighed.settings.near_misses)
    return Grouping(labels, canonical, links, weighed.compared, weighed.cut_pairs)


@dataclass(frozen=True, slots=True)
class _Found:
    """Judged pairs by units: the archive's that hold, and new ones; see Weighed and Grouping."""

    known: Judged
    judged: Judged
    dropped: Bools
    compared: int = 0
    cut: int = 0


def _compared(
    batches: Sequence[Batch],
    speakers: I64 | I32 | None,
    settings: DedupSettings,
    runner: Runner,
    archive: Archive,
) -> tuple[Statements, _Found]:
    """The statements, and the pairs of them that were judged, now or before.

    What each step leaves to the next is dropped as soon as that is done: it is most of the memory.
    """
    statements, bits = collect(batches, speakers, settings.short_words, archive)
    if len(statements) > MAX_UNITS:
        raise ValueError(
            f"{len(statements):,} distinct statements; at most {MAX_UNITS:,} can be grouped in one run"
        )
    nothing = Judged.concatenated([])
    if settings.threshold == 100:
        return statements, _Found(nothing, nothing, archive.dropped)
    min_bits, min_shared = EVIDENCE if settings.near_misses else LINKS_ONLY
    if archive.rows:
        pairs, known, dropped = _grown(statements, bits, min_bits)
    else:
        pairs, known, dropped = find_pairs(statements, bits, min_bits), nothing, archive.dropped
    del bits
    compared, cut = len(pairs), pairs.cut
    placed = place(statements, pairs)
    del pairs
    keep = partial(worth_keeping, statements.size, settings=settings)
    judged = compare(statements, placed, min_shared, keep, runner)
    return statements, _Found(known, judged, dropped, compared, cut)


def _grown(statements: Statements, bits: U64, min_bits: float) -> tuple[Pairs, Judged, Bools]:
    """The pairs to be judged, those of the archive that hold, and which of its pairs are dropped."""
    archive = statements.archive
    known, at = _known(statements)
    growth = grow(statements, bits, min_bits, known)
    if not growth.dropped.any():
        return growth.pairs, known, archive.dropped
    dropped = archive.dropped.copy()
    dropped[at[growth.dropped]] = True
    return growth.pairs, known.where(~growth.dropped), dropped


def _known(statements: Statements) -> tuple[Judged, I64]:
    """The pairs that the archive has of units that are there, and their places in its order."""
    archive = statements.archive
    judged, unit_of_row = archive.judged, statements.unit_of_row
    alive = np.append(statements.alive, False)[unit_of_row[: archive.rows]]
    if alive.all() and not archive.dropped.any():
        return judged, np.arange(len(judged))
    at = np.flatnonzero(alive[judged.small] & alive[judged.large] & ~archive.dropped)
    return judged.where(at).renumbered(unit_of_row), at


def shortest(short_words: int | None) -> int:
    """Words of the shortest statement that needs index entries.

    Where speakers count (None) that is any; where they don't, statements of up to `short_words`
    words are linked by identity only.
    """
    return 1 if short_words is None else short_words + 1
