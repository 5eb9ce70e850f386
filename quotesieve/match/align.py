"""One printing beside the canonical one: what part of it is given, and how closely."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import cycle

from quotesieve.match.normalise import fold
from quotesieve.match.verify import blocks, ratio, runs
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


def differences(text: str, canonical: str) -> tuple[Piece, ...]:
    """A printing word by word beside the canonical text.

    What is the same or added, end to end, is `text` to the letter; missing stands where it would
    have stood.

    >>> [(p.kind, p.text) for p in differences("We open in June, at last.", "We will open in May at last")]
    [('same', 'We '), ('missing', 'will '), ('same', 'open in '), ('missing', 'May '), ('added', 'June'), \
('same', ', at last.')]
    >>> [p.kind for p in differences("“WE WILL,” she said", "we will she said")]    # words, not marks
    ['same']
    """
    ours, theirs = list(_WORD.finditer(text)), list(_WORD.finditer(canonical))
    pairs = _same_words([_spelled(m.group()) for m in ours], [_spelled(m.group()) for m in theirs])
    found: list[Piece] = []
    at, i0, j0 = 0, 0, 0
    for i, j in [*pairs, (len(ours), len(theirs))]:
        if i > i0 or j > j0:
            begins = ours[i0].start() if i0 < len(ours) else _end(ours, i0)
            end = _end(ours, i) if i > i0 else begins
            found += (
                Piece("same", text[at:begins]),
                Piece("missing", _left_out(canonical, theirs, j0, j, replaced=i > i0)),
                Piece("added", text[begins:end]),
            )
            at = end
        i0, j0 = i + 1, j + 1
    found.append(Piece("same", text[at:]))
    return _joined(found)


def _end(words: list[re.Match[str]], count: int) -> int:
    """Where the first `count` words of a text end."""
    return words[count - 1].end() if count else 0


def _left_out(canonical: str, words: list[re.Match[str]], start: int, end: int, *, replaced: bool) -> str:
    """The words from `start` to `end`, with the space that parts them from what stays or replaces them."""
    if start == end:
        return ""
    if end < len(words):
        return canonical[words[start].start() : words[end].start()]
    return canonical[words[start].start() if replaced else _end(words, start) : words[-1].end()]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Without empty pieces, and neighbours of one kind as one."""
    out: list[Piece] = []
    for piece in pieces:
        if out and piece.text and out[-1].kind == piece.kind:
            out[-1] = Piece(piece.kind, out[-1].text + piece.text)
        elif piece.text:
            out.append(piece)
    return tuple(out)


def _same_words(ours: list[tuple[str, ...]], theirs: list[tuple[str, ...]]) -> list[tuple[int, int]]:
    """The places of the words that both have, in order: a longest common subsequence."""
    codes = dict(zip(dict.fromkeys(ours + theirs), cycle(_ALPHABET), strict=False))
    mine, other = ("".join(map(codes.__getitem__, words)) for words in (ours, theirs))
    return [
        (i + k, j + k)
        for i, j, size in blocks(mine, other)
        for k in range(size)
        if ours[i + k] == theirs[j + k]  # an alphabet that ran out has one character for several words
    ]


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
