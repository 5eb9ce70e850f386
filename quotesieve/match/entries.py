"""What a statement is entered under in the index: some of its runs of neighbouring words.

It depends on the statement alone, never on how frequent a run is in the corpus at hand, so that
a pair found today is found in any other corpus.

- A run is grown word by word until it has enough letters (`RUN_LETTERS`): "of the one that we" says
  as little as it is long, "archaeological excavation" enough. Letters stand in for rarity in any
  alphabet, without word lists; a Chinese character counts for four.
- Of the runs of a statement only some are entered, by winnowing (Schleimer, Wilkerson, Aiken:
  Winnowing, SIGMOD 2003): of so many neighbouring runs (the window) the one with the smallest
  hash. Two statements that share that many neighbouring runs therefore share an entry, so an
  excerpt finds what it was cut from. The first and the last run are entered always: excerpts of
  five or six words, which have one run or two, are mostly cut there.
- Statements of up to `BRIEF_WORDS` words are also entered under shorter runs, kept apart from the
  others, as a few changed words leave no long run whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match.normalise import I64, U8, U64, Bools, Powers, joined, mix

I32 = npt.NDArray[np.int32]
U32 = npt.NDArray[np.uint32]

KEYS = 1 << 32  # index keys are below
RUN_LETTERS = 14
RUN_WORDS = 5  # at most
BRIEF_WORDS = 14
BRIEF_LETTERS = 10
BRIEF_RUN_WORDS = 3

_powers = Powers(0xD1342543DE82EF95)


@dataclass(frozen=True, slots=True)
class Entries:
    """Index entries: under `keys[i]` stands statement `units[i]`, whose run begins at word `at[i]`."""

    keys: U32
    units: I32
    at: I32

    def __len__(self) -> int:
        return len(self.keys)

    def where(self, which: Bools | I64 | slice) -> "Entries":
        """Some of the entries."""
        return Entries(self.keys[which], self.units[which], self.at[which])

    def by_key(self) -> "Entries":
        """The entries in the order of their keys, equal ones as they come."""
        # Key and place packed in one integer sort much faster.
        places = np.arange(len(self.keys), dtype=np.uint64)
        packed = self.keys.astype(np.uint64) << np.uint64(32) | places
        packed.sort()
        return self.where((packed & np.uint64(0xFFFFFFFF)).astype(np.int64))

    @classmethod
    def concatenated(cls, parts: "Sequence[Entries]") -> "Entries":
        """All entries of the parts."""
        return cls(
            joined([part.keys for part in parts], np.uint32),
            joined([part.units for part in parts], np.int32),
            joined([part.at for part in parts], np.int32),
        )


class Prefix:
    """Hashes of any run of words of some statements."""

    def __init__(self, word_hashes: U64) -> None:
        powers, self._inverses = _powers.up_to(len(word_hashes) + 1)
        self._sums = np.zeros(len(word_hashes) + 1, np.uint64)
        np.cumsum(word_hashes * powers[: len(word_hashes)], out=self._sums[1:])

    def runs(self, start: I64, end: I64) -> U64:
        """A hash of the words from start to before end; equal words give equal hashes."""
        return mix((self._sums[end] - self._sums[start]) * self._inverses[start])


def window_for(shortest: int) -> int:
    """The window with which statements of so many words still find what they were cut from.

    A run has three words or so; fewer entries are enough where short statements don't count.

    >>> window_for(6), window_for(9)
    (2, 5)
    """
    return min(max(shortest - 4, 2), 6)


def make_entries(first: I64, word_hashes: U64, letters: U8, units: I32, window: int) -> Entries:
    """The entries of a block of statements, whose words are bounded by `first`."""
    prefix = Prefix(word_hashes)
    count = np.diff(first)
    owner = np.repeat(np.arange(len(count)), count)
    reach = np.zeros(len(letters) + 1, np.int64)
    np.cumsum(letters, out=reach[1:])
    start = np.arange(len(letters))
    last = first[1:][owner]
    run_ends = _run_ends(reach, start, RUN_LETTERS, RUN_WORDS)
    parts = [_run_entries(prefix, start, run_ends, first, owner, last, window)]
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
    wanted, ends = reach[start] + letters, start + 2
    for longer in range(2, words):
        ends += reach[np.minimum(start + longer, len(reach) - 1)] < wanted
    return ends


def _run_entries(
    prefix: Prefix, start: I64, ends: I64, first: I64, owner: I64, last: I64, window: int
) -> tuple[U64, I64]:
    """Keys and places of the winnowed runs; a statement too short for any run is entered whole."""
    alone = (start == first[owner]) & (ends > last) & (last - start >= 2)
    whole = np.flatnonzero((ends <= last) | alone)
    keys = prefix.runs(start[whole], np.minimum(ends, last)[whole])
    chosen = winnow(keys, owner[whole], window)
    chosen[_edges(owner[whole])] = True
    return keys[chosen], whole[chosen]


def _edges(owner: I64) -> Bools:
    """True for the first and the last of each owner: what is cut from a statement often has one of them."""
    turn = np.ones(len(owner) + 1, np.bool_)
    turn[1:-1] = owner[1:] != owner[:-1]
    edges: Bools = turn[:-1] | turn[1:]
    return edges


def winnow(keys: U64, owner: I64, window: int) -> Bools:
    """True for the smallest of every `window` neighbouring keys of one owner (the first of equals).

    An owner with fewer keys than that keeps them all.

    >>> winnow(np.array([3, 1, 2, 5], np.uint64), np.zeros(4, np.int64), 2).tolist()
    [False, True, True, False]
    """
    if not len(keys):
        return np.zeros(0, np.bool_)
    chosen: Bools = np.bincount(owner)[owner] < window
    if len(keys) >= window:
        windows = np.lib.stride_tricks.sliding_window_view(keys, window)
        smallest = np.arange(len(windows)) + windows.argmin(axis=1)
        same = owner[: len(windows)] == owner[window - 1 :]
        chosen[smallest[same]] = True
    return chosen
