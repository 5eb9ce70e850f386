"""Decided pairs and groups -> the table of links: why statements are one, and what nearly was."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.archive import spread
from quotesieve.match.cluster import EXCERPT, IDENTICAL, Links, joined, top_of_each
from quotesieve.match.decide import CHAIN, EDGE_WORDS, MIN_NEAR_MISS, REASONS, VARIANTS, Decided
from quotesieve.match.differences import NO_REASON
from quotesieve.match.entries import I32
from quotesieve.match.normalise import I64, Bools
from quotesieve.match.statements import Statements

SCORER = "word_alignment"
IDENTITY = "identity"
LINK_TYPES = ("edited", "excerpt", "joined", "exact")


@dataclass(frozen=True, slots=True)
class Units:
    """What stands for each unit: its statement of lowest rank, that rank, and its words."""

    statement: I64
    rank: I64  # all 0 where the caller gave none, so that content decides
    size: I32

    @classmethod
    def of(cls, statements: Statements, ranks: I64, *, use_rank: bool) -> "Units":
        unit_of = statements.unit_of
        lowest = np.full(len(statements), np.iinfo(np.int64).max)
        np.minimum.at(lowest, unit_of, ranks)
        holder = np.flatnonzero(ranks == lowest[unit_of])[::-1]  # backwards: of equals the first stays
        statement = np.zeros(len(statements), np.int64)
        statement[unit_of[holder]] = holder
        rank = lowest if use_rank else np.zeros(len(statements), np.int64)
        return cls(statement, rank, statements.size)


def same_wording(statements: Statements, units: Units) -> I64:
    """For each unit the one of lowest rank among those of the same words and speaker."""
    head = np.arange(len(statements))
    kin = statements.kin
    order = np.sort(kin)
    several = order[1:][order[1:] == order[:-1]]
    own = np.flatnonzero(np.isin(kin, several)) if len(several) else several.astype(np.int64)
    own = own[np.lexsort((statements.content[own], units.rank[own], kin[own]))]
    first = np.ones(len(own), np.bool_)
    first[1:] = kin[own][1:] != kin[own][:-1]
    head[own] = own[np.maximum.accumulate(np.where(first, np.arange(len(own)), 0))]
    return head


def said_by_nobody(statements: Statements, head: I64) -> tuple[I64, I64]:
    """Short statements whose speaker is unknown, each with every one of the same words by a known speaker:
    the heads of both (`same_wording`)."""
    heads = head == np.arange(len(head))
    named = np.flatnonzero(heads & (statements.speaker >= 0))
    if not len(named):
        return named, named
    named = named[np.argsort(statements.wording[named], kind="stable")]
    words = statements.wording[named]
    nobody = np.flatnonzero(heads & (statements.speaker == -1))
    start = np.searchsorted(words, statements.wording[nobody])
    count = np.searchsorted(words, statements.wording[nobody], "right") - start
    return np.repeat(nobody, count), named[spread(start, count)]


def table_of(
    statements: Statements,
    units: Units,
    head: I64,
    decided: Decided,
    components: I64,
    near_misses: int,
) -> pa.Table:
    """The table of links, in the order of their ends: identical statements, accepted links, near misses."""
    links = decided.links
    passed = decided.reason == NO_REASON
    linked = passed & (components[links.child] == components[links.parent])
    reason = np.where(passed & ~linked, CHAIN, decided.reason)
    near = _nearest(
        links, np.flatnonzero(~linked & (links.score >= MIN_NEAR_MISS)), statements, units, near_misses
    )
    rows = np.concatenate((np.flatnonzero(linked), near))
    kind = links.kind.astype(np.int64)
    kind[joined(linked & (links.kind == EXCERPT), links.parent, decided.start, decided.end, EDGE_WORDS)] = (
        LINK_TYPES.index("joined")
    )
    same = units.statement[head][statements.unit_of]
    exact = np.flatnonzero(same != np.arange(len(same)))
    count = len(exact)
    left = np.concatenate((exact, units.statement[links.child[rows]]))
    right = np.concatenate((same[exact], units.statement[links.parent[rows]]))
    order = np.argsort(left << 32 | right, kind="stable")
    is_scored = np.concatenate((np.zeros(count, np.int64), kind[rows] != IDENTICAL))
    columns = {
        "left": left[order],
        "right": right[order],
        "scorer": _named((IDENTITY, SCORER), is_scored[order]),
        "score": np.concatenate((np.full(count, 100.0), links.score[rows])).astype(np.float32)[order],
        "link_type": _named(LINK_TYPES, np.concatenate((np.full(count, IDENTICAL), kind[rows]))[order]),
        "linked": np.concatenate((np.ones(count, np.bool_), linked[rows]))[order],
    }
    for name, values, codes in (("reason", REASONS, reason), ("variant", VARIANTS, decided.variant)):
        own = np.concatenate((np.zeros(count, np.int64), codes[rows]))[order]
        columns[name] = _named(values, own, null=0)
    return pa.table(columns)


def _nearest(links: Links, near: I64, statements: Statements, units: Units, most: int) -> I64:
    """Of the near misses (rows of `links`) those that are among the `most` best of both their ends."""
    if not most:
        return near[:0]
    child, parent, score = links.child[near], links.parent[near], np.tile(links.score[near], 2)
    ends, others = np.concatenate((child, parent)), np.concatenate((parent, child))
    among: Bools = np.bincount(ends, minlength=1)[ends] <= most
    busy = np.flatnonzero(~among)
    other = others[busy]
    ties = (units.rank[other], statements.content[other])
    among[busy] = top_of_each(ends[busy], score[busy], ties, most)
    return near[among[: len(near)] & among[len(near) :]]


def _named(
    names: Sequence[str], codes: npt.NDArray[np.integer], null: int | None = None
) -> pa.DictionaryArray:
    """Codes as strings, one of them as null."""
    indices = pa.array(codes.astype(np.int8), mask=codes == null if null is not None else None)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names))
