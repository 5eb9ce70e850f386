"""Which pairs are worth comparing when statements join an archive, and which are so no longer.

What `candidates.find_pairs` gives for everything is what it gave for the archive, with the pairs that
are found here and without those that are dropped here. Only lists with an entry of a unit that came or
left are looked at. A list is joined in another way once it is long, or short again, and so are the lists that
a long one is divided into: of such the pairs before and after are compared.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from quotesieve.match import candidates
from quotesieve.match.archive import spread
from quotesieve.match.candidates import (
    Found,
    Pairs,
    Proposals,
    Shared,
    ends_of,
    numbered,
    pack,
    pair_of,
    turns_of,
    with_shifts,
)
from quotesieve.match.entries import I32, U32, Entries
from quotesieve.match.judge import Judged
from quotesieve.match.normalise import I64, U64, Bools
from quotesieve.match.statements import Statements

_JOINED_ENTRIES = 20_000  # at a time, each with a whole list


@dataclass(frozen=True, slots=True)
class Growth:
    """The pairs to be judged, and of those that were judged before which are proposed no more."""

    pairs: Pairs
    dropped: Bools


def grow(statements: Statements, bits: U64, min_bits: float, judged: Judged) -> Growth:
    """What an archive gains and loses with the units that joined and left it.

    `judged` are the pairs that it has, by units.
    """
    lists = _Lists.of(_touched(statements), statements)
    changes = _Changes(statements)
    changes.look_at(lists, candidates.CONTEXTS)
    now, before = (np.sort(np.concatenate([np.empty(0, np.int64), *own])) for own in changes.long)
    before = pair_of(before)
    found = Found(statements, bits, min_bits)
    for packed in changes.fresh:
        found.add(packed)
    found.add(now[_is_fresh(pair_of(now), statements) | ~_in_sorted(pair_of(now), before)])
    pairs = with_shifts(found.pairs(0), lists.long, len(statements))
    pairs = _unknown(pairs, statements, judged)
    lost = before[~_in_sorted(before, pair_of(now))]
    at_risk = _rows_of(lost, judged, len(statements))
    dropped = np.zeros(len(judged), np.bool_)
    if len(at_risk):
        left, right = judged.small[at_risk], judged.large[at_risk]
        dropped[at_risk] = ~_proposed_elsewhere(left, right, statements)
    return Growth(pairs, dropped)


def _touched(statements: Statements) -> Entries:
    """The entries of all lists in which a unit came or left."""
    fresh = statements.fresh_entries()
    keys = np.unique(fresh.keys)
    if not statements.alive.all():
        rows = statements.unit_of_row[: statements.archive.rows]
        left = (rows >= 0) & ~statements.alive[rows]
        keys = np.union1d(keys, statements.archive.entries_of(left).keys)
    return Entries.concatenated([statements.known_entries(keys), fresh])


@dataclass(frozen=True, slots=True)
class _Lists:
    """Lists with an entry of a unit that came or left: their entries, sorted by key."""

    entries: Entries
    now: Bools  # of each entry: it is in its list now; it was before
    before: Bools
    is_long: Bools  # its list is now; it was
    was_long: Bools

    @classmethod
    def of(cls, entries: Entries, statements: Statements) -> "_Lists":
        """Those of some whole lists in which something came or left."""
        entries = entries.by_key()
        turns = turns_of(entries.keys)
        sizes = np.diff(np.append(turns, len(entries)))
        now, before = statements.alive[entries.units], entries.units < statements.fresh
        number = np.repeat(np.arange(len(turns)), sizes)
        counts = [np.bincount(number[which], minlength=len(turns)) for which in (now, before)]
        changed = (np.bincount(number[now & before], minlength=len(turns)) < sizes)[number]
        is_long, was_long = ((count > candidates.LONG_LIST)[number] for count in counts)
        return cls(entries, now, before, is_long, was_long).where(changed)

    def where(self, which: Bools) -> "_Lists":
        """Some of the entries."""
        return _Lists(
            self.entries.where(which),
            self.now[which],
            self.before[which],
            self.is_long[which],
            self.was_long[which],
        )

    @property
    def long(self) -> Entries:
        """The entries that are in long lists now."""
        return self.entries.where((self.is_long | self.was_long) & self.now)

    def with_fresh(self, fresh: int) -> Iterator[I64]:
        """Packed pairs of what is in the lists now, with a fresh unit in each pair."""
        entries = self.entries.where(self.now)
        turns = turns_of(entries.keys)
        sizes = np.diff(np.append(turns, len(entries)))
        which = np.repeat(np.arange(len(turns)), sizes)
        own = np.flatnonzero(entries.units >= fresh)
        for begin in range(0, len(own), _JOINED_ENTRIES):
            part = own[begin : begin + _JOINED_ENTRIES]
            count = sizes[which[part]]
            one, other = np.repeat(part, count), spread(turns[which[part]], count)
            once = (entries.units[other] < fresh) | (other < one)
            one, other = one[once], other[once]
            yield pack(entries.units[one], entries.units[other], entries.at[one], entries.at[other])


class _Changes:
    """Packed pairs that changed lists propose: with fresh units; and in lists that are joined otherwise
    than before (`long`) all pairs, now and before."""

    def __init__(self, statements: Statements) -> None:
        self._statements, self._proposals = statements, Proposals(statements)
        self.fresh: list[I64] = []
        self.long: tuple[list[I64], list[I64]] = ([], [])

    def look_at(self, lists: _Lists, contexts: tuple[int, ...]) -> None:
        """Gather those of some lists, which are divided by these contexts as they are long."""
        always = lists.is_long & lists.was_long
        never = ~lists.is_long & ~lists.was_long
        self.fresh += lists.where(never).with_fresh(self._statements.fresh)
        self._gather(lists.where(~always & ~never), lambda entries: self._proposals.of(entries, contexts))
        longer = lists.where(always)
        if not len(longer.now):
            return
        if contexts:
            divided = self._proposals.divided(longer.entries, contexts[0])
            self.look_at(_Lists.of(divided, self._statements), contexts[1:])
        else:
            self._gather(longer, self._proposals.with_hubs)

    def _gather(self, lists: _Lists, join: Callable[[Entries], Iterator[I64]]) -> None:
        if len(lists.now):
            for gathered, which in zip(self.long, (lists.now, lists.before), strict=True):
                gathered += join(lists.entries.where(which))


def _in_sorted(values: I64, among: I64) -> Bools:
    """Whether each value is among others, which are ascending."""
    if not len(among):
        return np.zeros(len(values), np.bool_)
    found: Bools = among[np.minimum(np.searchsorted(among, values), len(among) - 1)] == values
    return found


def _is_fresh(pairs: I64, statements: Statements) -> Bools:
    """Whether a unit of the pair is fresh."""
    fresh: Bools = ends_of(pairs)[1] >= statements.fresh
    return fresh


def _rows_of(pairs: I64, judged: Judged, units: int) -> I64:
    """The judged rows of some pairs, which are ascending."""
    named = np.zeros(units, np.bool_)
    for ends in ends_of(pairs):
        named[ends] = True
    rows = np.flatnonzero(named[judged.small] & named[judged.large])
    return rows[_in_sorted(numbered(judged.small[rows], judged.large[rows]), pairs)]


def _unknown(pairs: Pairs, statements: Statements, judged: Judged) -> Pairs:
    """The pairs without those that are judged, the shifts of pairs of the archive's units completed.

    Of a pair with a fresh unit all lists were looked at; of another one only those that changed.
    """
    old = pairs.right < statements.fresh
    if not old.any():
        return pairs
    rows = _rows_of(numbered(pairs.left[old], pairs.right[old]), judged, len(statements))
    known = np.isin(numbered(pairs.left, pairs.right), numbered(judged.small[rows], judged.large[rows]))
    fresh, appeared = pairs.where(~old), pairs.where(old & ~known)
    own = statements.archived_entries(_among(statements, appeared.left, appeared.right))
    completed = with_shifts(appeared, own, len(statements))
    return Pairs.concatenated([fresh, completed])


def _proposed_elsewhere(left: I32, right: I32, statements: Statements) -> Bools:
    """Whether each of these pairs of archived units is proposed by any list, as the lists are now."""
    own = statements.archived_entries(_among(statements, left, right))
    pair, one, _ = Shared(own).of(left, right)
    keys, key = np.unique(own.keys[one], return_inverse=True)
    lists = _lists_under(keys, statements)
    sizes = np.bincount(np.searchsorted(keys, lists.keys), minlength=len(keys))
    short = (sizes <= candidates.LONG_LIST)[key]
    proposed = np.zeros(len(left), np.bool_)
    proposed[pair[short]] = True
    longer = np.unique(own.keys[one][~short & ~proposed[pair]])
    asked = _among(statements, left[~proposed], right[~proposed])
    found = [np.empty(0, np.int64)]
    for packed in Proposals(statements, asked).of(lists.where(np.isin(lists.keys, longer))):
        pairs = pair_of(packed)
        ends = ends_of(pairs)
        found.append(pairs[asked[ends[0]] & asked[ends[1]]])
    return proposed | _in_sorted(numbered(left, right), np.sort(np.concatenate(found)))


def _among(statements: Statements, left: I32, right: I32) -> Bools:
    """Of each unit whether it is in one of some pairs."""
    there = np.zeros(len(statements), np.bool_)
    there[left] = there[right] = True
    return there


def _lists_under(keys: U32, statements: Statements) -> Entries:
    """The lists under some keys, which are ascending and distinct, as they are now."""
    fresh, known = statements.fresh_entries(), statements.known_entries(keys)
    return Entries.concatenated(
        [known.where(statements.alive[known.units]), fresh.where(np.isin(fresh.keys, keys))]
    )
