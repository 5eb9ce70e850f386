"""One printing beside the canonical one: what part of it is given, how closely, and what differs."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle, pairwise

from quotesieve.match.normalise import fold
from quotesieve.match.verify import blocks, ratio, runs
from quotesieve.match.vocabulary import spelled_out
from quotesieve.model import Change

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
class Piece:
    """A stretch of a printing beside the canonical text.

    `kind`: same (both have it, but for case, marks and accents), added (this printing alone has
    it), missing (the canonical text alone has it, at this place).
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class _Spelled:
    """A text as the words it is compared by, and where each stands in it."""

    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def part(self, start: int, end: int) -> "_Spelled":
        """Some of the words."""
        return _Spelled(self.words[start:end], self.starts[start:end], self.ends[start:end])


def align(text: str, canonical: str) -> Alignment:
    """Find what part of the canonical text a printing gives.

    >>> align("We will build it here", "“In time we will build it here, in Oslo,” she hopes")
    Alignment(relation='excerpt', similarity=100.0, canonical_start=9, canonical_end=30)
    >>> align("We’ll build it there.", "We will build it here.").relation
    'edited'
    >>> align("Nothing in common", "We will build it here.").similarity < 40
    True
    """
    ours, theirs = _spell(text), _spell(canonical)
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


def changes(text: str, canonical: str, found: Alignment) -> tuple[Change, ...]:
    """Where the printing departs from the part of the canonical text that it gives, word by word.

    `found` is what `align` says of the two. What lies between the changes is kept, but for case,
    marks, accents, contractions and numbers in words, which `align` does not count either.

    >>> whole, cut = "In time we will build it here, in Oslo, she hopes", "we’ll soon build it in Bergen"
    >>> for c in changes(cut, whole, align(cut, whole)):
    ...     print(c.op, repr(cut[c.start : c.end]), repr(whole[c.canonical_start : c.canonical_end]))
    inserted 'soon' ''
    dropped '' 'here'
    replaced 'Bergen' 'Oslo'
    """
    if found.relation == "exact":
        return ()
    ours, theirs = _spell(text), _spell(canonical)
    first = bisect_left(theirs.starts, found.canonical_start)
    given = theirs.part(first, bisect_right(theirs.ends, found.canonical_end))
    made = []
    for i0, i1, j0, j1 in _stretches(ours, given):
        op = "dropped" if i0 == i1 else "inserted" if j0 == j1 else "replaced"
        made.append(Change(op, *_span(ours, i0, i1, len(text)), *_span(given, j0, j1, found.canonical_end)))
    return tuple(made)


def _span(words: _Spelled, start: int, end: int, stop: int) -> tuple[int, int]:
    """The characters of some words; of none, an empty span before the word that follows."""
    first = words.starts[start] if start < len(words.starts) else stop
    return first, words.ends[end - 1] if end > start else first


def differences(text: str, canonical: str) -> tuple[Piece, ...]:
    """A printing word by word beside the whole canonical text, to be shown.

    What is the same or added, end to end, is `text` to the letter; missing stands where it would
    have stood.

    >>> [(p.kind, p.text) for p in differences("We open in June, at last.", "We will open in May at last")]
    [('same', 'We '), ('missing', 'will '), ('same', 'open in '), ('missing', 'May '), ('added', 'June'), \
('same', ', at last.')]
    >>> [p.kind for p in differences("“WE’LL GO,” she said", "we will go she said")]    # words, not marks
    ['same']
    """
    ours, theirs = _spell(text), _spell(canonical)
    found: list[Piece] = []
    at = 0
    for i0, i, j0, j in _stretches(ours, theirs):
        begins = ours.starts[i0] if i0 < len(ours.starts) else _end(ours, i0)
        end = _end(ours, i) if i > i0 else begins
        found += (
            Piece("same", text[at:begins]),
            Piece("missing", _left_out(canonical, theirs, j0, j, replaced=i > i0)),
            Piece("added", text[begins:end]),
        )
        at = end
    found.append(Piece("same", text[at:]))
    return _joined(found)


def _end(words: _Spelled, count: int) -> int:
    """Where the first `count` words of a text end."""
    return words.ends[count - 1] if count else 0


def _left_out(canonical: str, words: _Spelled, start: int, end: int, *, replaced: bool) -> str:
    """The words from `start` to `end`, with the space that parts them from what stays or replaces them."""
    if start == end:
        return ""
    if end < len(words.starts):
        return canonical[words.starts[start] : words.starts[end]]
    return canonical[words.starts[start] if replaced else _end(words, start) : words.ends[-1]]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, and neighbours of one kind as one."""
    out: list[Piece] = []
    for piece in pieces:
        if out and piece.text and out[-1].kind == piece.kind:
            out[-1] = Piece(piece.kind, out[-1].text + piece.text)
        elif piece.text:
            out.append(piece)
    return tuple(out)


def _stretches(ours: _Spelled, theirs: _Spelled) -> Iterator[tuple[int, int, int, int]]:
    """Where the two differ: the bounds of the words that only the one and only the other has."""
    pairs = _unbroken(_same_words(ours.words, theirs.words), ours, theirs)
    ends = [(-1, -1), *pairs, (len(ours.words), len(theirs.words))]
    for (i0, j0), (i1, j1) in pairwise(ends):
        if i1 > i0 + 1 or j1 > j0 + 1:
            yield i0 + 1, i1, j0 + 1, j1


def _same_words(ours: Sequence[str], theirs: Sequence[str]) -> list[tuple[int, int]]:
    """The places of the words that both have, in order: a longest common subsequence."""
    codes = dict(zip(dict.fromkeys((*ours, *theirs)), cycle(_ALPHABET), strict=False))
    mine, other = ("".join(map(codes.__getitem__, words)) for words in (ours, theirs))
    return [
        (i + k, j + k)
        for i, j, size in blocks(mine, other)
        for k in range(size)
        if ours[i + k] == theirs[j + k]  # an alphabet that ran out has one character for several words
    ]


def _unbroken(pairs: list[tuple[int, int]], ours: _Spelled, theirs: _Spelled) -> list[tuple[int, int]]:
    """The pairs without those that take a printed word apart: of "don't" both words are the same, or none."""
    several, several_other = _of_one_print(ours), _of_one_print(theirs)
    if not several and not several_other:
        return pairs
    there = dict(pairs)
    while True:
        back = {j: i for i, j in there.items()}
        broken = {i for own in several if _apart(there, own) for i in own if i in there}
        broken |= {back[j] for own in several_other if _apart(back, own) for j in own if j in back}
        if not broken:
            return list(there.items())
        there = {i: j for i, j in there.items() if i not in broken}


def _of_one_print(words: _Spelled) -> list[range]:
    """The places of words that were printed as one."""
    first = [i for i, start in enumerate(words.starts) if not i or start != words.starts[i - 1]]
    return [range(a, b) for a, b in pairwise([*first, len(words.starts)]) if b > a + 1]


def _apart(there: Mapping[int, int], own: range) -> bool:
    """Whether some of the places have a counterpart, but not all, one after the other."""
    found = [there.get(i) for i in own]
    first = found[0]
    return any(j is not None for j in found) and (
        first is None or found != list(range(first, first + len(own)))
    )


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


@lru_cache(maxsize=256)  # all printings of a passage come one after the other, each to be aligned and shown
def _spell(text: str) -> _Spelled:
    found = [
        (word, match.start(), match.end())
        for match in _WORD.finditer(text)
        for word in _spelled(match.group())
    ]
    words, starts, ends = zip(*found, strict=True) if found else ((), (), ())
    return _Spelled(words, starts, ends)


@lru_cache(maxsize=1 << 16)
def _spelled(word: str) -> tuple[str, ...]:
    # Plain letters need not go the way that is quick for thousands of words together.
    plain = word.isascii() and word.isalpha()
    folded = word.lower() if plain else fold([unicodedata.normalize("NFKC", word)])[0]
    return spelled_out(folded) if folded else ()
