"""One printing beside the canonical one: what part of it is given, and how closely."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle

from quotesieve.match.normalise import fold
from quotesieve.match.verify import ratio, runs
from quotesieve.match.vocabulary import spelled_out

EDGE_WORDS = 2  # so many words may be missing at the edges of what still has the whole extent

# A character of a script without spaces; a number; a word with its apostrophes.
_WORD = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|\d+(?:[.,]\d+)*|[^\W_](?:[^\W_]|['’\ufffd](?=[^\W\d_]))*|[%$£€¥&]"
)

_ALPHABET = "".join(map(chr, range(0x100, 0xD800)))  # a character a word; a text of more words repeats some


@dataclass(frozen=True, slots=True)
class Alignment:
    """What a printing is to the canonical text.

    `relation`: exact (the same words), edited (the same extent), excerpt (a part), joined (it runs
    on beyond the canonical). `similarity` is 0-100 over the part that both have, 100 for exact.
    `canonical_start` and `canonical_end` bound that part in code points of the canonical text.
    """

    relation: str
    similarity: float
    canonical_start: int
    canonical_end: int


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A text as the words it is compared by, and where each stands in it."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def align(text: str, canonical: str) -> Alignment:
    """Find what part of the canonical text a printing gives.

    >>> align("We will build it here", "“In time we will build it here, in Oslo,” she hopes")
    Alignment(relation='excerpt', similarity=100.0, canonical_start=9, canonical_end=30)
    >>> align("We’ll build it there.", "We will build it here.").relation
    'edited'
    >>> align("Nothing in common", "We will build it here.").similarity < 40
    True
    """
    ours, theirs = _spell(text), _spell_kept(canonical)
    if ours.words == theirs.words:
        return Alignment("exact", 100.0, 0, len(canonical))
    if not ours.words or not theirs.words:
        return Alignment("edited", 0.0, 0, len(canonical))
    (a0, a1), (b0, b1) = _common_part(ours.words, theirs.words)
    similarity = ratio(" ".join(ours.words[a0:a1]), " ".join(theirs.words[b0:b1]))
    start, end = theirs.starts[b0], theirs.ends[b1 - 1]
    if len(ours.words) - (a1 - a0) > EDGE_WORDS:
        return Alignment("joined", similarity, start, end)
    if len(theirs.words) - (b1 - b0) > EDGE_WORDS:
        return Alignment("excerpt", similarity, start, end)
    similarity = min(ratio(" ".join(ours.words), " ".join(theirs.words)), 99.99)
    return Alignment("edited", similarity, 0, len(canonical))


def _common_part(ours: tuple[str, ...], theirs: tuple[str, ...]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The stretch of each that stands for the other, in words; everything if they share nothing."""
    codes = dict(zip(dict.fromkeys(ours + theirs), cycle(_ALPHABET), strict=False))
    mine, other = ("".join(map(codes.__getitem__, words)) for words in (ours, theirs))
    swapped = len(mine) > len(other)
    small, large = (other, mine) if swapped else (mine, other)
    found = runs(small, large)
    if not found:
        return (0, len(ours)), (0, len(theirs))
    (i, j, _), (last_i, last_j, _) = found[0], found[-1]
    span = (max(0, j - i), min(len(large), last_j + len(small) - last_i))
    part = (max(0, i - j), min(len(small), last_i + len(large) - last_j))
    return (span, part) if swapped else (part, span)


def _spell(text: str) -> _Spelled:
    found = [
        (word, match.start(), match.end())
        for match in _WORD.finditer(text)
        for word in _spelled(match.group())
    ]
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return _Spelled(words, starts, ends)


_spell_kept = lru_cache(maxsize=256)(_spell)  # all printings of a passage come one after the other


@lru_cache(maxsize=1 << 16)
def _spelled(word: str) -> tuple[str, ...]:
    folded = fold([unicodedata.normalize("NFKC", word)])[0]
    return spelled_out(folded) if folded else ()
