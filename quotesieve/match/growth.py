"""Which pairs are worth comparing when statements join an archive, and which are so no longer.

What `candidates.find_pairs` gives for everything is what it gave for the archive, with the pairs that
are found here and without those that are dropped here. Only lists with an entry of a unit that came or
left are looked at. A list is joined in another way once it is long, or short again: of such lists the
pairs before and after are compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from quotesieve.match import candidates
from quotesieve.match.archive import spread
from quotesieve.match.candidates import (
    Found,
    Pairs,
    Proposals,
    ends_of,
    numbered,
    pack,
    pair_of,
    shared_entries,
    turns_of,
    with_shifts,
)
from quotesieve.match.entries import I32, U32, Entries
from quotesieve.match.fingerprints import fingerprint
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, U64, Bools
from quotesieve.match.statements import Statements

_JOINED_ENTRIES = 20_000  # at a time, each with a whole list


@dataclass(frozen=True, slots=True)
class Growth:
    """The pairs to be judged, and of those that were judged before which are proposed no more."""

    pairs: Pairs
    dropped: Bools


def grow(statements: Statements, bits: U64, min_bits: float, shortest: int, judged: Judged) -> Growth:
    """What an archive gains and loses with the units that joined and left it.

    `judged` are the pairs that it has, by units. Statements of fewer than `shortest` words have no
    index entries.
    """
    lists = _Lists.of(statements)
    proposals = Proposals(statements)
    now = _proposed(proposals, lists.long(lists.now))
    before = pair_of(_proposed(Proposals(statements), lists.long(lists.before)))
    found = Found(statements, bits, min_bits)
    for packed in lists.with_fresh(statements.fresh):
        found.add(packed)
    found.add(now[_is_fresh(pair_of(now), statements) | ~np.isin(pair_of(now), before)])
    pairs = with_shifts(found.pairs(proposals.cut), lists.long(lists.now), len(statements))
    pairs = _unknown(pairs, statements, judged, shortest)
    at_risk = _rows_of(np.setdiff1d(before, pair_of(now)), judged, len(statements))
    dropped = np.zeros(len(judged), np.bool_)
    if len(at_risk):
        left, right = judged.small[at_risk], judged.large[at_risk]
        dropped[at_risk] = ~_proposed_elsewhere(left, right, statements, shortest)
    return Growth(pairs, dropped)


@dataclass(frozen=True, slots=True)
class _Lists:
    """The lists with an entry of a unit that came or left: their entries, sorted by key."""

    entries: Entries
    now: Bools  # of each entry: it is in its list now; it was before
    before: Bools
    is_long: Bools  # its list is long now, or was

    @classmethod
    def of(cls, statements: Statements) -> "_Lists":
        fresh = statements.fresh_entries()
        keys = np.unique(fresh.keys)
        if not statements.alive.all():
            rows = statements.unit_of_row[: statements.archive.rows]
            left = (rows >= 0) & ~statements.alive[rows]
            keys = np.union1d(keys, statements.archive.keys_of(left))
        entries = Entries.concatenated([statements.known_entries(keys), fresh])
        entries = entries.where(np.argsort(entries.keys, kind="stable"))
        now, before = statements.alive[entries.units], entries.units < statements.fresh
        number = np.searchsorted(keys, entries.keys)
        longest = np.maximum(
            np.bincount(number[now], minlength=len(keys)), np.bincount(number[before], minlength=len(keys))
        )
        return cls(entries, now, before, longest[number] > candidates.LONG_LIST)

    def long(self, which: Bools) -> Entries:
        """The entries of long lists, as they are now or were before."""
        return self.entries.where(self.is_long & which)

    def with_fresh(self, fresh: int) -> Iterator[I64]:
        """Packed pairs of the short lists in which a unit is fresh."""
        entries = self.entries.where(~self.is_long & self.now)
        turns = turns_of(entries.keys)
        sizes = np.diff(np.append(turns, len(entries.keys)))
        which = np.repeat(np.arange(len(turns)), sizes)
        own = np.flatnonzero(entries.units >= fresh)
        for begin in range(0, len(own), _JOINED_ENTRIES):
            part = own[begin : begin + _JOINED_ENTRIES]
            count = sizes[which[part]]
            one, other = np.repeat(part, count), spread(turns[which[part]], count)
            once = (entries.units[other] < fresh) | (other < one)
            one, other = one[once], other[once]
            yield pack(entries.units[one], entries.units[other], entries.at[one], entries.at[other])


def _proposed(proposals: Proposals, entries: Entries) -> I64:
    """Packed pairs of some whole lists."""
    return np.concatenate([np.empty(0, np.int64), *proposals.of(entries)])


def _is_fresh(pairs: I64, statements: Statements) -> Bools:
    """Whether a unit of the pair is fresh."""
    fresh: Bools = ends_of(pairs)[1] >= statements.fresh
    return fresh


def _rows_of(pairs: I64, judged: Judged, units: int) -> I64:
    """The judged rows of some pairs."""
    named = np.zeros(units, np.bool_)
    named[np.concatenate(ends_of(pairs))] = True
    rows = np.flatnonzero(named[judged.small] & named[judged.large])
    return rows[np.isin(numbered(judged.small[rows], judged.large[rows]), pairs)]


def _unknown(pairs: Pairs, statements: Statements, judged: Judged, shortest: int) -> Pairs:
    """The pairs without those that are judged, the shifts of pairs of the archive's units completed.

    Of a pair with a fresh unit all lists were looked at; of another one only those that changed.
    """
    old = pairs.right < statements.fresh
    if not old.any():
        return pairs
    rows = _rows_of(numbered(pairs.left[old], pairs.right[old]), judged, len(statements))
    known = np.isin(numbered(pairs.left, pairs.right), numbered(judged.small[rows], judged.large[rows]))
    fresh, appeared = pairs.where(~old), pairs.where(old & ~known)
    units = np.unique(np.concatenate((appeared.left, appeared.right)))
    completed = with_shifts(appeared, _entries_of(units, statements, shortest), len(statements))
    return Pairs.concatenated([fresh, completed])


def _proposed_elsewhere(left: I32, right: I32, statements: Statements, shortest: int) -> Bools:
    """Whether each of these pairs is proposed by any list, as the lists are now."""
    own = _entries_of(np.unique(np.concatenate((left, right))), statements, shortest)
    pair, one, _ = shared_entries(left, right, own)
    keys, key = np.unique(own.keys[one], return_inverse=True)
    lists = _lists_under(keys, statements)
    sizes = np.bincount(np.searchsorted(keys, lists.keys), minlength=len(keys))
    short = (sizes <= candidates.LONG_LIST)[key]
    proposed = np.zeros(len(left), np.bool_)
    proposed[pair[short]] = True
    longer = np.unique(own.keys[one][~short & ~proposed[pair]])
    found = pair_of(_proposed(Proposals(statements), lists.where(np.isin(lists.keys, longer))))
    proposed |= np.isin(numbered(left, right), found)
    return proposed


def _lists_under(keys: U32, statements: Statements) -> Entries:
    """The lists under some keys, which are ascending and distinct, as they are now."""
    fresh, known = statements.fresh_entries(), statements.known_entries(keys)
    return Entries.concatenated(
        [known.where(statements.alive[known.units]), fresh.where(np.isin(fresh.keys, keys))]
    )


def _entries_of(units: I32, statements: Statements, shortest: int) -> Entries:
    """All index entries of some units, ascending: made anew from their texts."""
    entries = fingerprint(statements.texts(units), shortest)[1]
    return Entries(entries.keys, units[entries.units], entries.at)
