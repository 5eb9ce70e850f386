"""Which pairs of statements are worth comparing: the index of `entries`, joined with itself.

Two statements that share an entry are candidates, if they also share enough words by their bit
signatures. The places of the shared runs say where in the larger statement the smaller one lies.
A list of very many statements under one entry, as templates make it, is not joined as it stands
but divided by the words around the run: what that loses is counted. Where a pair is proposed, all runs
that both have tell of the places, those of long lists too.
"""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match.archive import spread
from quotesieve.match.entries import I32, RUN_WORDS, U32, Entries
from quotesieve.match.normalise import I64, U64, Bools, mix
from quotesieve.match.statements import Statements

LONG_LIST = 64  # statements under one entry, above which the list is divided
CONTEXTS = (2, 4)  # words before or after the run: at the first division, at the second
HUBS = 8  # what is still too long is compared with so many of its fullest statements only

_FLUSH_PAIRS = 500_000
_SIGNED_PAIRS = 1 << 17  # at a time
_JOINED_PAIRS = 300_000  # at a time
_SHIFTED_PAIRS = 10_000  # at a time: statements of templates share many entries
_SORTED_ENTRIES = 1_000_000  # at a time
_DIVIDED_ENTRIES = 500_000  # at a time: the words of their statements are read from all batches
_PART_WORDS = 2_500_000  # of the statements whose entries are looked at together: a third as many
_UNIT_BITS, _SHIFT_BITS = 23, 17  # 63 bits: two units and a shift in a signed integer
MAX_UNITS = 1 << _UNIT_BITS
_SHIFT_LIMIT = (1 << (_SHIFT_BITS - 1)) - 1
_CONTEXT_BASE = np.uint64(0x9FB21C651E98DF25)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs, left < right. Where the left's word i stands in the right at i + d for a
    shared run, d lies between `low` and `high`."""

    left: I32
    right: I32
    low: I32
    high: I32
    cut: int  # pairs that share an entry and were not proposed, as its list was too long

    def __len__(self) -> int:
        return len(self.left)

    def where(self, which: Bools) -> "Pairs":
        """Some of the pairs."""
        return Pairs(self.left[which], self.right[which], self.low[which], self.high[which], self.cut)

    @classmethod
    def concatenated(cls, parts: "Sequence[Pairs]") -> "Pairs":
        """All pairs of the parts, of which the first tells what was cut."""
        left, right, low, high = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("left", "right", "low", "high")
        )
        return cls(left, right, low, high, parts[0].cut)


def find_pairs(statements: Statements, bits: U64, min_bits: float) -> Pairs:
    """All pairs that share an entry and enough words, but for those of equal words (unless by two people).

    `bits` are the signatures of the statements. `min_bits`: the share of the bits of the statement
    that has fewer, which both must have.
    """
    proposals = Proposals(statements)
    found = Found(statements, bits, min_bits)
    for packed in proposals.all():
        found.add(packed)
    pairs = found.pairs(proposals.cut)
    return with_shifts(pairs, Entries.concatenated(proposals.long), len(statements))


class Found:
    """Packed pairs, of each the lowest and the highest shift. Pairs come again and again, under
    every entry that they share: they are sorted out before they are many."""

    def __init__(self, statements: Statements, bits: U64, min_bits: float) -> None:
        self._wording, self._speaker, self._bits = statements.wording, statements.speaker, bits
        # As many of a statement's bits must be shared by one that has no fewer.
        self._least = min_bits * np.bitwise_count(bits).sum(axis=1, dtype=np.int16)
        self._kept = np.empty(0, np.int64)
        self._parts: list[I64] = []
        self._count = 0

    def add(self, packed: I64) -> None:
        """Add pairs, in any order."""
        self._parts.append(packed)
        self._count += len(packed)
        if self._count > _FLUSH_PAIRS + len(self._kept) // 2:
            self.all()

    def all(self) -> I64:
        """The pairs so far that share enough words, in order."""
        if self._parts:
            packed = _outermost(np.concatenate(self._parts))
            self._parts.clear()
            self._count = 0
            packed = packed[self._share_words(*ends_of(pair_of(packed)))]
            packed = packed[self._is_a_question(*ends_of(pair_of(packed)))]
            self._kept = _outermost(np.concatenate((self._kept, packed)))
        return self._kept

    def _share_words(self, left: I32, right: I32) -> Bools:
        """Whether the bit signatures of each pair allow that the words of the one are in the other."""
        keep = np.zeros(len(left), np.bool_)
        for begin in range(0, len(left), _SIGNED_PAIRS):
            part = slice(begin, begin + _SIGNED_PAIRS)
            one, other = left[part], right[part]
            shared = np.bitwise_count(self._bits[one] & self._bits[other]).sum(axis=1, dtype=np.int16)
            keep[part] = shared >= np.minimum(self._least[one], self._least[other])
        return keep

    def _is_a_question(self, left: I32, right: I32) -> Bools:
        """Whether the words of each pair differ, or else the speakers (-1 is the same as any)."""
        ours, theirs = self._speaker[left], self._speaker[right]
        asked: Bools = (ours != theirs) & (ours != -1) & (theirs != -1)
        asked |= self._wording[left] != self._wording[right]
        return asked

    def pairs(self, cut: int) -> Pairs:
        """The same as pairs, in order."""
        packed = self.all()
        turns = turns_of(pair_of(packed))
        low, high = packed[turns], packed[np.append(turns, len(packed))[1:] - 1]
        left, right = ends_of(pair_of(low))
        return Pairs(left, right, _shift_of(low), _shift_of(high), cut)


def pair_of(packed: I64) -> I64:
    """The pairs, without their shifts, as one number each."""
    return packed >> _SHIFT_BITS


def ends_of(pairs: I64) -> tuple[I32, I32]:
    """The statements of each such number, the lower one first."""
    return (pairs >> _UNIT_BITS).astype(np.int32), (pairs & (MAX_UNITS - 1)).astype(np.int32)


def numbered(one: I32, other: I32) -> I64:
    """The number of each pair."""
    low, high = np.minimum(one, other).astype(np.int64), np.maximum(one, other).astype(np.int64)
    pairs: I64 = low << _UNIT_BITS | high
    return pairs


def _shift_of(packed: I64) -> I32:
    shift: I32 = ((packed & ((1 << _SHIFT_BITS) - 1)) - _SHIFT_LIMIT).astype(np.int32)
    return shift


def _outermost(packed: I64) -> I64:
    """The pairs in order, of each the lowest and the highest shift."""
    packed = np.sort(packed, kind="stable")  # which is quick where parts of it are in order
    pair = pair_of(packed)
    is_end = np.ones(len(pair), np.bool_)
    is_end[1:-1] = (pair[1:-1] != pair[:-2]) | (pair[1:-1] != pair[2:])
    outermost: I64 = packed[is_end]
    return outermost


class Proposals:
    """Joins lists of entries with themselves, dividing the long ones."""

    def __init__(self, statements: Statements, only: Bools | None = None) -> None:
        """With `only`, pairs of these statements are enough; others may be proposed too."""
        self._statements, self._only = statements, only
        self._in_long = 0  # pairs in the long lists, and how many of them their parts proposed
        self._from_long = 0
        self.long: list[Entries] = []  # the entries of the long lists

    @property
    def cut(self) -> int:
        """Pairs under an entry of too many statements that were not proposed under it.

        Most of them are proposed under another entry, or have nothing else in common.
        """
        return max(self._in_long - self._from_long, 0)

    def all(self) -> Iterator[I64]:
        """Packed pairs of all entries, range by range of their keys."""
        # A power of two, as batches may lie by ranges of keys of such a number.
        parts = 1 << (int(self._statements.size.sum()) // _PART_WORDS).bit_length()
        waiting: list[Entries] = []
        for part in range(parts):
            waiting.append((yield from self._of_short(self._statements.entries(part, parts))))
            if part == parts - 1 or sum(len(own) for own in waiting) > _DIVIDED_ENTRIES:
                yield from self._of_long(Entries.concatenated(waiting), CONTEXTS)
                waiting.clear()

    def of(self, entries: Entries, contexts: tuple[int, ...] = CONTEXTS) -> Iterator[I64]:
        """Packed pairs of some entries that hold every list whole, and may be divided by these contexts."""
        longer = yield from self._of_short(entries)
        yield from self._of_long(longer, contexts)

    def _of_short(self, entries: Entries) -> Generator[I64, None, Entries]:
        """Packed pairs of the short ones among the lists of some entries; returns the other lists."""
        entries = entries.by_key()
        turns = turns_of(entries.keys)
        sizes = np.diff(np.append(turns, len(entries)))
        short = sizes <= LONG_LIST
        longer = entries.where(np.repeat(~short, sizes))
        if self._only is not None:
            entries = entries.where(np.repeat(short, sizes) & self._only[entries.units])
            turns = turns_of(entries.keys)
            sizes = np.diff(np.append(turns, len(entries)))
            short = np.ones(len(sizes), np.bool_)
        yield from _join(turns[short], sizes[short], entries)
        return longer

    def _of_long(self, entries: Entries, contexts: tuple[int, ...]) -> Iterator[I64]:
        """Packed pairs of long lists, sorted by key: divided; with their hubs after the last context."""
        if not len(entries):
            return
        again = self._divided_again(entries, contexts) if contexts else self.with_hubs(entries)
        if contexts != CONTEXTS:
            yield from again
            return
        self.long.append(entries)
        sizes = np.diff(np.append(turns_of(entries.keys), len(entries)))
        self._in_long += int((sizes * (sizes - 1) // 2).sum())
        for packed in again:
            self._from_long += len(packed)
            yield packed

    def _divided_again(self, entries: Entries, contexts: tuple[int, ...]) -> Iterator[I64]:
        divided = self.divided(entries, contexts[0])
        parts = len(divided) // _SORTED_ENTRIES + 1
        for part in range(parts):
            own = divided if parts == 1 else divided.where(divided.keys % np.uint32(parts) == part)
            yield from self.of(own, contexts[1:])

    def divided(self, entries: Entries, words: int) -> Entries:
        """The entries again under keys that tell the words before the run, or after it, as well.

        A run at the edge of its statement has no context there and is not entered on that side.
        """
        there = np.zeros(len(self._statements), np.bool_)
        there[entries.units] = True
        place = (np.cumsum(there) - 1)[entries.units]
        first, hashes = self._statements.words(np.flatnonzero(there).astype(np.int32))
        begin = first[place] + entries.at
        keys = entries.keys.astype(np.uint64) << np.uint64(32)
        after = np.flatnonzero(begin + RUN_WORDS + words <= first[place + 1])
        before = np.flatnonzero(entries.at >= words)
        right = mix(keys[after] ^ _run(hashes, begin[after], RUN_WORDS + words))
        left = mix(keys[before] ^ ~_run(hashes, begin[before] - words, words))
        both = np.concatenate((after, before))
        new = (np.concatenate((right, left)) >> np.uint64(32)).astype(np.uint32)
        return Entries(new, entries.units[both], entries.at[both])

    def with_hubs(self, entries: Entries) -> Iterator[I64]:
        """Every statement of a list with its fullest ones; equals by content, then by who said them."""
        units, own = entries.units, self._statements
        order = np.lexsort(
            (entries.at, own.speaker[units], own.content[units], -own.size[units], entries.keys)
        )
        entries = entries.where(order)
        keys, units, at = entries.keys, entries.units, entries.at
        turns = turns_of(keys)
        counts = np.diff(np.append(turns, len(keys)))
        for hub in range(HUBS):
            yield pack(np.repeat(units[turns + hub], counts), units, np.repeat(at[turns + hub], counts), at)


def with_shifts(pairs: Pairs, entries: Entries, units: int) -> Pairs:
    """The pairs with `low` and `high` widened by the entries that both their statements have."""
    listed = np.zeros(units, np.bool_)
    listed[entries.units] = True
    low, high = pairs.low.copy(), pairs.high.copy()
    rows = np.flatnonzero(listed[pairs.left] & listed[pairs.right])
    listed[:] = False
    listed[pairs.left[rows]] = listed[pairs.right[rows]] = True
    shared = Shared(entries.where(listed[entries.units]))
    for begin in range(0, len(rows), _SHIFTED_PAIRS):
        part = rows[begin : begin + _SHIFTED_PAIRS]
        row, shift = shared.shifts(pairs.left[part], pairs.right[part])
        np.minimum.at(low, part[row], shift)
        np.maximum.at(high, part[row], shift)
    return Pairs(pairs.left, pairs.right, low, high, pairs.cut)


class Shared:
    """Entries by statement and key, to look up what two statements share."""

    def __init__(self, entries: Entries) -> None:
        packed = entries.units.astype(np.int64) << 32 | entries.keys
        self._order = np.argsort(packed, kind="stable")
        self._packed = packed[self._order]
        self._at = entries.at

    def of(self, left: I32, right: I32) -> tuple[I64, I64, I64]:
        """Every two entries of pairs under one key, the left's and the right's: pair, the one, the other."""
        packed, order = self._packed, self._order
        start, end = (np.searchsorted(packed, side.astype(np.int64) << 32) for side in (left, left + 1))
        pair = np.repeat(np.arange(len(left)), end - start)
        one = spread(start, end - start)
        wanted = right[pair].astype(np.int64) << 32 | packed[one] & 0xFFFFFFFF
        start = np.searchsorted(packed, wanted)
        there = np.flatnonzero(packed[np.minimum(start, len(packed) - 1)] == wanted)
        pair, one, start, wanted = pair[there], one[there], start[there], wanted[there]
        times = np.searchsorted(packed, wanted, "right") - start
        return np.repeat(pair, times), order[np.repeat(one, times)], order[spread(start, times)]

    def shifts(self, left: I32, right: I32) -> tuple[I64, I32]:
        """How far from the left's the right's entry lies: pair, shift."""
        pair, one, other = self.of(left, right)
        return pair, np.clip(self._at[other] - self._at[one], -_SHIFT_LIMIT, _SHIFT_LIMIT)


def _run(words: U32, start: I64, count: int) -> U64:
    """A hash of so many words from each start."""
    result = np.zeros(len(start), np.uint64)
    for offset in range(count):
        result = mix(result * _CONTEXT_BASE + words[start + offset].astype(np.uint64))
    return result


def turns_of(keys: npt.NDArray[np.integer]) -> I64:
    """Where a new value begins in sorted keys."""
    if not len(keys):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))


def _join(turns: I64, sizes: I64, entries: Entries) -> Iterator[I64]:
    """Every two statements of every list, packed; lists of one size at a time."""
    units, at = entries.units, entries.at
    order = np.argsort(sizes, kind="stable")
    sorted_sizes = sizes[order]
    for size in np.unique(sizes[sizes > 1]).tolist():
        low, high = np.searchsorted(sorted_sizes, (size, size + 1))
        lists = turns[order[low:high]]
        left, right = np.triu_indices(size, 1)
        step = max(1, _JOINED_PAIRS // len(left))
        for begin in range(0, len(lists), step):
            rows = lists[begin : begin + step, None] + np.arange(size)
            yield pack(
                units[rows[:, left]].ravel(),
                units[rows[:, right]].ravel(),
                at[rows[:, left]].ravel(),
                at[rows[:, right]].ravel(),
            )


def pack(left: I32, right: I32, left_at: I32, right_at: I32) -> I64:
    """Pair and shift in one integer, which sorts by pair, then shift; pairs of one statement go."""
    swap = left > right
    low = np.where(swap, right, left).astype(np.int64)
    high = np.where(swap, left, right).astype(np.int64)
    shift = np.where(swap, left_at - right_at, right_at - left_at)
    shift = np.clip(shift, -_SHIFT_LIMIT, _SHIFT_LIMIT) + _SHIFT_LIMIT
    packed: I64 = (low << (_UNIT_BITS + _SHIFT_BITS)) | (high << _SHIFT_BITS) | shift
    apart: I64 = packed[low != high]
    return apart
