"""Which pairs of statements are worth comparing: an index of word runs, joined with itself.

Every statement is entered under some of its runs of neighbouring words; two statements that
share an entry are candidates. What is entered depends on the statement alone, never on how
frequent a run is in the corpus at hand, so that a pair found today is found in any other corpus.

- A run is grown word by word until it has enough letters (`RUN_LETTERS`): "of the one that we" says
  as little as it is long, "archaeological excavation" enough. Letters stand in for rarity in any
  alphabet, without word lists; a Chinese character counts for four.
- Of the runs of a long statement only some are entered, by winnowing (Schleimer, Wilkerson, Aiken:
  Winnowing, SIGMOD 2003): of every `WINDOW` neighbouring runs the one with the smallest hash. Two
  statements that share `WINDOW` neighbouring runs therefore share an entry, so an excerpt finds
  what it was cut from.
- Statements of up to `BRIEF_WORDS` words are also entered under shorter runs, kept apart from the
  others, as a few changed words leave no long run whole.

Pairs are then thinned by a bit signature of their words. Positions of the shared runs say where
in the larger statement the smaller one lies.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match.normalise import I64, U8, U64, Bools, Powers, mix

I32 = npt.NDArray[np.int32]
U32 = npt.NDArray[np.uint32]

RUN_LETTERS = 14
RUN_WORDS = 5  # at most
WINDOW = 2
BRIEF_WORDS = 14
BRIEF_LETTERS = 10
BRIEF_RUN_WORDS = 3
MIN_SHARED_BITS = 0.55  # of the bits of the statement that has fewer
# A list of more statements than this under one entry is divided by the words around the run.
LONG_LIST = 64
CONTEXTS = (2, 4)  # words before or after the run: at the first division, at the second
HUBS = 8  # what is still too long is compared with so many of its fullest statements only
_FLUSH_PAIRS = 4_000_000
_BASE = 0xD1342543DE82EF95
_UNIT_BITS, _SHIFT_BITS = 23, 18
MAX_UNITS = 1 << _UNIT_BITS
_SHIFT_LIMIT = (1 << (_SHIFT_BITS - 1)) - 1

_powers = Powers(_BASE)


@dataclass(frozen=True, slots=True)
class Entries:
    """Index entries: under `keys[i]` stands statement `units[i]`, whose run begins at word `at[i]`."""

    keys: U32
    units: I32
    at: I32

    def where(self, which: Bools | I64) -> "Entries":
        """Some of the entries."""
        return Entries(self.keys[which], self.units[which], self.at[which])


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


class Prefix:
    """Hashes of any run of words of some statements."""

    def __init__(self, word_hashes: U64) -> None:
        powers, self._inverses = _powers.up_to(len(word_hashes) + 1)
        self._sums = np.zeros(len(word_hashes) + 1, np.uint64)
        np.cumsum(word_hashes * powers[: len(word_hashes)], out=self._sums[1:])

    def runs(self, start: I64, end: I64) -> U64:
        """A hash of the words from start to before end; equal words give equal hashes."""
        return mix((self._sums[end] - self._sums[start]) * self._inverses[start])


def make_entries(first: I64, word_hashes: U64, letters: U8, units: I32) -> Entries:
    """The entries of a block of statements, whose words are bounded by `first`."""
    prefix = Prefix(word_hashes)
    count = np.diff(first)
    owner = np.repeat(np.arange(len(count)), count)
    reach = np.zeros(len(letters) + 1, np.int64)
    np.cumsum(letters, out=reach[1:])
    start = np.arange(len(letters))
    last = first[1:][owner]
    parts = [_run_entries(prefix, start, _run_ends(reach, start, RUN_LETTERS, RUN_WORDS), first, owner, last)]
    brief = np.flatnonzero(count[owner] <= BRIEF_WORDS)
    ends = _run_ends(reach, brief, BRIEF_LETTERS, BRIEF_RUN_WORDS)
    whole = ends <= last[brief]
    keys = mix(prefix.runs(brief[whole], ends[whole]) + np.uint64(1))
    parts.append((keys, brief[whole]))
    keys = np.concatenate([part[0] for part in parts])
    at = np.concatenate([part[1] for part in parts])
    return Entries(
        (keys >> np.uint64(32)).astype(np.uint32),
        units[owner[at]],
        (at - first[owner[at]]).astype(np.int32),
    )


def _run_ends(reach: I64, start: I64, letters: int, words: int) -> I64:
    """Where the run that begins at each word ends: two words at least, `words` at most."""
    ends = np.searchsorted(reach, reach[start] + letters)
    return np.clip(ends, start + 2, start + words)


def _run_entries(prefix: Prefix, start: I64, ends: I64, first: I64, owner: I64, last: I64) -> tuple[U64, I64]:
    """Keys and places of the winnowed runs; a statement too short for any run is entered whole."""
    alone = (start == first[owner]) & (ends > last) & (last - start >= 2)
    whole = np.flatnonzero((ends <= last) | alone)
    keys = prefix.runs(start[whole], np.minimum(ends, last)[whole])
    chosen = winnow(keys, owner[whole])
    return keys[chosen], whole[chosen]


def winnow(keys: U64, owner: I64) -> Bools:
    """True for the smallest of every `WINDOW` neighbouring keys of one owner (the first of equals).

    An owner with fewer keys than that keeps them all.
    """
    chosen = np.zeros(len(keys), np.bool_)
    alone = np.bincount(owner, minlength=1)[owner] < WINDOW if len(owner) else chosen
    chosen |= alone
    if len(keys) >= WINDOW:
        windows = np.lib.stride_tricks.sliding_window_view(keys, WINDOW)
        smallest = np.arange(len(windows)) + windows.argmin(axis=1)
        same = owner[: len(windows)] == owner[WINDOW - 1 :]
        chosen[smallest[same]] = True
    return chosen


def signatures(first: I64, word_hashes: U64) -> U64:
    """256 bits a statement, shape (statements, 4): one for each distinct word, by its hash."""
    count = np.diff(first)
    bits = np.zeros(len(count) * 4, np.uint64)
    owner = np.repeat(np.arange(len(count)), count)
    bit = (word_hashes >> np.uint64(7)) & np.uint64(255)
    np.bitwise_or.at(
        bits, owner * 4 + (bit >> np.uint64(6)).astype(np.int64), np.uint64(1) << (bit & np.uint64(63))
    )
    return bits.reshape(-1, 4)


@dataclass(frozen=True, slots=True)
class Corpus:
    """What the index knows of the statements themselves, and the words of them all."""

    first: I64
    word_hashes: U64
    bits: U64  # of `signatures`
    same: I64  # statements of equal value need no comparison

    @property
    def sizes(self) -> I64:
        """Words of each statement."""
        return np.diff(self.first)


def find_pairs(entries: Entries, corpus: Corpus) -> Pairs:
    """All pairs that share an entry and enough words, but for those of equal `same`."""
    found: list[tuple[I64, I32, I32]] = []
    waiting: list[I64] = []
    total = 0
    proposals = Proposals(corpus)
    for packed in proposals.of(entries):
        waiting.append(packed)
        total += len(packed)
        if total >= _FLUSH_PAIRS:
            found.append(_thin(np.concatenate(waiting), corpus))
            waiting, total = [], 0
    if waiting:
        found.append(_thin(np.concatenate(waiting), corpus))
    return _collect(found, proposals.cut)


class Proposals:
    """Joins lists of entries with themselves, dividing the long ones."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._in_long = 0  # pairs in the long lists, and how many of them their parts proposed
        self._from_long = 0

    @property
    def cut(self) -> int:
        """Pairs under an entry of too many statements that were not proposed under it.

        Most of them are proposed under another entry, or have nothing else in common.
        """
        return max(self._in_long - self._from_long, 0)

    def of(self, entries: Entries, contexts: tuple[int, ...] = CONTEXTS) -> Iterator[I64]:
        """Packed pairs of the entries; lists that are too long by the words around the run."""
        order = _by_key(entries.keys)
        entries = entries.where(order)
        turns = _turns(entries.keys)
        sizes = np.diff(np.append(turns, len(entries.keys)))
        short = sizes <= LONG_LIST
        yield from _join(turns[short], sizes[short], entries)
        if short.all():
            return
        longer = entries.where(np.repeat(~short, sizes))
        if contexts:
            again = self.of(self._divided(longer, contexts[0]), contexts[1:])
        else:
            again = self._with_hubs(longer)
        if contexts != CONTEXTS:
            yield from again
            return
        self._in_long = int((sizes[~short] * (sizes[~short] - 1) // 2).sum())
        for packed in again:
            self._from_long += len(packed)
            yield packed

    def _divided(self, entries: Entries, words: int) -> Entries:
        """The entries again under keys that tell the words before the run, or after it, as well.

        A run at the edge of its statement has no context there and is not entered on that side.
        """
        prefix = Prefix(self._corpus.word_hashes)
        begin = self._corpus.first[entries.units] + entries.at
        keys = entries.keys.astype(np.uint64) << np.uint64(32)
        after = np.flatnonzero(begin + RUN_WORDS + words <= self._corpus.first[entries.units + 1])
        before = np.flatnonzero(entries.at >= words)
        right = mix(keys[after] ^ prefix.runs(begin[after], begin[after] + RUN_WORDS + words))
        left = mix(keys[before] ^ ~prefix.runs(begin[before] - words, begin[before]))
        both = np.concatenate((after, before))
        new = (np.concatenate((right, left)) >> np.uint64(32)).astype(np.uint32)
        return Entries(new, entries.units[both], entries.at[both])

    def _with_hubs(self, entries: Entries) -> Iterator[I64]:
        """Every statement of a list with its fullest ones, which content alone decides on."""
        sizes = self._corpus.sizes[entries.units]
        content = Prefix(self._corpus.word_hashes).runs(
            self._corpus.first[entries.units], self._corpus.first[entries.units + 1]
        )
        order = np.lexsort((entries.at, content, -sizes, entries.keys))
        entries = entries.where(order)
        keys, units, at = entries.keys, entries.units, entries.at
        turns = _turns(keys)
        counts = np.diff(np.append(turns, len(keys)))
        for hub in range(HUBS):
            yield _pack(np.repeat(units[turns + hub], counts), units, np.repeat(at[turns + hub], counts), at)


def _turns(keys: npt.NDArray[np.integer]) -> I64:
    """Where a new value begins in sorted keys."""
    if not len(keys):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1])))


def _by_key(keys: U32) -> I64:
    """The stable order of the keys: key and place packed in one integer sort much faster."""
    packed = keys.astype(np.uint64) << np.uint64(32) | np.arange(len(keys), dtype=np.uint64)
    packed.sort()
    return (packed & np.uint64(0xFFFFFFFF)).astype(np.int64)


def _join(turns: I64, sizes: I64, entries: Entries) -> Iterator[I64]:
    """Every two statements of every list, packed; lists of one size at a time."""
    units, at = entries.units, entries.at
    order = np.argsort(sizes, kind="stable")
    sorted_sizes = sizes[order]
    for size in np.unique(sizes[sizes > 1]).tolist():
        low, high = np.searchsorted(sorted_sizes, (size, size + 1))
        lists = turns[order[low:high]]
        left, right = np.triu_indices(size, 1)
        step = max(1, _FLUSH_PAIRS // len(left))
        for begin in range(0, len(lists), step):
            rows = lists[begin : begin + step, None] + np.arange(size)
            yield _pack(
                units[rows[:, left]].ravel(),
                units[rows[:, right]].ravel(),
                at[rows[:, left]].ravel(),
                at[rows[:, right]].ravel(),
            )


def _pack(left: I32, right: I32, left_at: I32, right_at: I32) -> I64:
    """Pair and shift in one integer, which sorts by pair, then shift; pairs of one statement go."""
    swap = left > right
    low = np.where(swap, right, left).astype(np.int64)
    high = np.where(swap, left, right).astype(np.int64)
    shift = np.where(swap, left_at - right_at, right_at - left_at)
    shift = np.clip(shift, -_SHIFT_LIMIT, _SHIFT_LIMIT) + _SHIFT_LIMIT
    packed: I64 = (low << (_UNIT_BITS + _SHIFT_BITS)) | (high << _SHIFT_BITS) | shift
    apart: I64 = packed[low != high]
    return apart


def _thin(packed: I64, corpus: Corpus) -> tuple[I64, I32, I32]:
    """Distinct pairs that share enough words: (pair, lowest shift, highest shift)."""
    if not len(packed):
        return packed, packed.astype(np.int32), packed.astype(np.int32)
    packed.sort()
    pair = packed >> _SHIFT_BITS
    turns = _turns(pair)
    pairs = pair[turns]
    bits, same = corpus.bits, corpus.same
    left, right = pairs >> _UNIT_BITS, pairs & (MAX_UNITS - 1)
    keep = np.zeros(len(pairs), np.bool_)
    for begin in range(0, len(pairs), 1 << 18):
        part = slice(begin, begin + (1 << 18))
        a, b = left[part], right[part]
        left_bits, right_bits = bits[a], bits[b]
        shared, fewer, other = (
            np.bitwise_count(x).sum(axis=1, dtype=np.int16)
            for x in (left_bits & right_bits, left_bits, right_bits)
        )
        keep[part] = (shared >= MIN_SHARED_BITS * np.minimum(fewer, other)) & (same[a] != same[b])
    low = (packed[turns] & ((1 << _SHIFT_BITS) - 1)) - _SHIFT_LIMIT
    high = (packed[np.append(turns[1:], len(packed)) - 1] & ((1 << _SHIFT_BITS) - 1)) - _SHIFT_LIMIT
    return pairs[keep], low[keep].astype(np.int32), high[keep].astype(np.int32)


def _collect(found: list[tuple[I64, I32, I32]], cut: int) -> Pairs:
    """One row a pair, from parts that may hold the same pair."""
    if not found:
        none = np.empty(0, np.int32)
        return Pairs(none, none, none, none, cut)
    pairs, low, high = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    turns = _turns(pairs)
    if not len(turns):
        return _collect([], cut)
    return Pairs(
        (pairs[turns] >> _UNIT_BITS).astype(np.int32),
        (pairs[turns] & (MAX_UNITS - 1)).astype(np.int32),
        np.minimum.reduceat(low[order], turns),
        np.maximum.reduceat(high[order], turns),
        cut,
    )
