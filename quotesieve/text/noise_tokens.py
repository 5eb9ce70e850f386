"""The words and signs of many lines at once, by a few array operations over their code points.

A word is a run of letters and digits. Words are known by a hash of their lower case with every number a 0;
a line by its key, those words with spaces between. What words mean is not known here: see `noise_lines`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

I64 = NDArray[np.int64]
U64 = NDArray[np.uint64]
_U32 = NDArray[np.uint32]
_Bools = NDArray[np.bool_]

WORD = re.compile(r"[^\W_]+")
READ_CHARS = 400  # of a line at most: no word is longer

# Signs that are counted, by what they show. Those of a name count as one.
SIGNS = {
    "comma": ",",
    "quote": '"“”„«「',
    "at": "@",
    "hash": "#",
    "slash": "/",
    "bar": "|",
    "bracket": "(",
    "stop": ".?!",
    "wide_stop": "。",
    "copyright": "©",
    "label": ":»>–",
    "dot": "•·›",
}
_SIGN_INDEX = {name: i for i, name in enumerate(SIGNS)}
_SIGN_OF = {char: i + 1 for i, chars in enumerate(SIGNS.values()) for char in chars}

_SPACE, _NEWLINE, _ZERO = ord(" "), ord("\n"), ord("0")
# "İ" has two letters in lower case, the second of them no letter. One that no text has stands for both.
_DOTTED_I = "\ue130"
_SIGN_SHIFT = 24
_LETTER = np.uint32((1 << _SIGN_SHIFT) - 1)

# Of each code point the letter that it counts as, a space for none, and above that the number of its sign.
# Filled as code points are met; no answer depends on which were.
_codes: _U32 = np.zeros(0x110000, np.uint32)

_SPREAD = (np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9))  # odd, as for SplitMix64
_USUAL_CHARS = 1 << 17
_BASES = (0x94D049BB133111EB, pow(0x94D049BB133111EB, -1, 2**64))  # the second undoes the first, modulo 2**64


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The words and signs of some lines. `first[i]` and `first[i + 1]` bound the words of line i."""

    source: str  # the lines, each with a line feed
    bounds: I64  # where each line begins in it, and where the last one ends
    keys: list[str]
    first: I64
    words: I64  # how many each line has
    hashes: U64  # a word: equal words have equal hashes in every run
    changed: _Bools  # a word: printed otherwise than it stands in the key
    signs: I64  # (lines, SIGNS): how many
    numbers: list[str]  # in order: for each "0" in the keys what was printed

    def __len__(self) -> int:
        return len(self.keys)

    @property
    def owner(self) -> I64:
        """The line of each word."""
        return np.arange(len(self)).repeat(self.words)

    def sign(self, *names: str) -> I64:
        """How many signs of these names each line has."""
        return sum((self.signs[:, _SIGN_INDEX[name]] for name in names), np.zeros(len(self), np.int64))

    def per_line(self, values: NDArray[Any]) -> I64:
        """Sums of a whole number for each word, by line."""
        sums = running(values)[self.first]
        return sums[1:] - sums[:-1]

    def pieces(self, pieces: Iterable[str]) -> I64:
        """How often these strings stand in each line, letter by letter."""
        at = np.array([place for piece in pieces for place in _places(self.source, piece)], np.int64)
        return np.bincount(self._line_of(at), minlength=len(self))

    def _line_of(self, places: I64) -> I64:
        return np.searchsorted(self.bounds, places, "right") - 1


def tokenise(lines: Sequence[str]) -> Tokens:
    """Read lines of at most READ_CHARS characters.

    >>> tokens = tokenise(["“In 2024, Zoë’s café”", "-"])
    >>> tokens.keys, tokens.first.tolist(), tokens.changed.tolist(), tokens.numbers
    (['in 0 zoë s café', ''], [0, 5, 5], [True, True, True, False, False], ['2024'])
    """
    source = "\n".join([*lines, ""])
    bounds = running(np.fromiter((len(line) + 1 for line in lines), np.int64, len(lines)))
    points = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = _look_up(points)
    letters = codes & _LETTER
    if "Σ" in source:
        _end_in_sigma(source, letters)
    letters[bounds[1:] - 1] = _NEWLINE
    kept, changed = _kept(points, letters)
    compact = letters[kept]
    edges = _edges(compact)
    ends = np.flatnonzero(compact == _NEWLINE)
    first = np.concatenate(([0], edges[::2].searchsorted(ends)))
    signs = _signs(points, codes, bounds)
    hashes, numbers = _hashes(compact, edges), _numbers(points, letters)
    words = first[1:] - first[:-1]
    return Tokens(source, bounds, _keys(compact), first, words, hashes, changed, signs, numbers)


def hashes_of(words: Iterable[str]) -> U64:
    """The hashes of words in lower case, in any order; of what is no word, none."""
    return np.unique(tokenise([word for word in words if WORD.fullmatch(word)]).hashes)


def running(values: NDArray[Any]) -> I64:
    """Running sums, beginning with 0."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    return sums


def _places(text: str, piece: str) -> Iterator[int]:
    at = text.find(piece)
    while at >= 0:
        yield at
        at = text.find(piece, at + len(piece))


def _look_up(points: _U32) -> _U32:
    codes = _codes.take(points)
    if not codes.all():
        for point in np.unique(points[codes == 0]).tolist():
            _codes[point] = _code(chr(point))
        codes = _codes.take(points)
    return codes


def _code(char: str) -> int:
    letter = " "
    if char.isdecimal():
        letter = "0"
    elif char.isalnum():
        letter = _DOTTED_I if char == "İ" else char.lower()
    return _SIGN_OF.get(char, 0) << _SIGN_SHIFT | ord(letter)


def _end_in_sigma(source: str, letters: _U32) -> None:
    """Set the lower case of "Σ", which at the end of a word is another letter."""
    for word in WORD.finditer(source):
        if "Σ" in word[0]:
            lower = word[0].replace("İ", "I").lower()
            for i in _places(word[0], "Σ"):
                letters[word.start() + i] = ord(lower[i])


def _kept(points: _U32, letters: _U32) -> tuple[_Bools, _Bools]:
    """What of the letters stays in the keys; and of each word whether it was printed otherwise."""
    in_word = letters > _SPACE
    kept = in_word | (letters == _NEWLINE)
    kept[1:] |= in_word[:-1]  # the space after a word
    zero = letters == _ZERO
    again = zero[1:] & zero[:-1]
    kept[1:] &= ~again
    other = in_word & (letters != points)
    other[1:] |= again
    starts = _edges(letters)[::2]
    changed = np.zeros(len(starts), np.bool_)
    changed[np.searchsorted(starts, np.flatnonzero(other), "right") - 1] = True
    return kept, changed


def _edges(letters: _U32) -> I64:
    """Where words begin and end, in turn; a line feed is the last of the letters."""
    in_word = letters > _SPACE
    turns = in_word.copy()
    turns[1:] ^= in_word[:-1]
    return np.flatnonzero(turns)


def _keys(compact: _U32) -> list[str]:
    text = compact.tobytes().decode("utf-32-le").replace(_DOTTED_I, "i̇")
    return [key.strip() for key in text.split("\n")[:-1]]


def _numbers(points: _U32, letters: _U32) -> list[str]:
    at = np.flatnonzero(letters == _ZERO)
    digits = points[at].tobytes().decode("utf-32-le")
    cuts = (np.flatnonzero(at[1:] - at[:-1] != 1) + 1).tolist()
    return [digits[a:b] for a, b in pairwise([0, *cuts, len(digits)])] if digits else []


def _hashes(compact: _U32, edges: I64) -> U64:
    """A polynomial hash of each word's letters, by their places in the word."""
    if not len(edges):
        return np.zeros(0, np.uint64)
    letters = compact.astype(np.uint64) * _SPREAD[0]
    letters = (letters ^ (letters >> np.uint64(29))) * _SPREAD[1]
    letters ^= letters >> np.uint64(32)
    ascending, descending = _powers(len(compact))
    sums: U64 = np.add.reduceat(letters * ascending[: len(compact)], edges)[::2]
    return sums * descending[edges[::2]]


def _powers(count: int) -> tuple[U64, U64]:
    """So many powers, or more, of a base and of what undoes it."""
    return _usual_powers() if count <= _USUAL_CHARS else _some_powers(count)


@lru_cache(maxsize=1)
def _usual_powers() -> tuple[U64, U64]:
    return _some_powers(_USUAL_CHARS)


def _some_powers(count: int) -> tuple[U64, U64]:
    ascending, descending = (np.cumprod(np.full(count, base, np.uint64), dtype=np.uint64) for base in _BASES)
    return ascending, descending


def _signs(points: _U32, codes: _U32, bounds: I64) -> I64:
    """How many signs of each name every line has; a stop counts where a space follows."""
    found = codes >> _SIGN_SHIFT
    at = np.flatnonzero(found)
    sign = found[at] - 1
    counted = (sign != _SIGN_INDEX["stop"]) | (points[np.minimum(at + 1, len(points) - 1)] == _SPACE)
    at, sign = at[counted], sign[counted]
    line = np.searchsorted(bounds, at, "right") - 1
    lines = len(bounds) - 1
    return np.bincount(line * len(SIGNS) + sign, minlength=lines * len(SIGNS)).reshape(lines, len(SIGNS))
