"""Statements -> tokens: what counts as a word when two printings are compared.

Whole blocks of texts go through a few array operations instead of a loop over words. A token is
a run of letters or digits; apostrophes inside a word and the point of a decimal belong to it,
the comma of "1,000" and the points of "U.S." are dropped. Case, accents on Latin letters, the
width and style of characters (NFKC) and the shape of apostrophes do not count. Chinese, Japanese
and the scripts of South East Asia, which do not space their words, give one token a character.

What words mean (numbers, negations, contractions) is not known here: see `vocabulary`.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

U8 = npt.NDArray[np.uint8]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

# Classes of code points. The first three make tokens.
LETTER, DIGIT, SINGLE, APOSTROPHE, POINT, COMMA, ENDER, QUOTE, DASH, HYPHEN = range(10)
ELLIPSIS, OPENING, CLOSING, SKIP, REWRITE, OTHER = range(10, 16)
CLASS_BITS, UPPER, UNKNOWN = np.uint8(15), 16, 255

# Flags of a token: what stood before it and how it was printed.
CAPITAL = 1  # begins with a capital
START = 2  # first of the statement, or after a mark that ends or opens a sentence
GAP = 4  # an ellipsis stands right before it
BRACKETED = 8  # inside [square brackets]
BREAK = 16  # a quotation mark or a dash stands right before it
ALL_CAPS = 32  # longer than a letter and ends in a capital
SYMBOL = 64  # a sign or a character of a script without spaces, not a spaced word

LETTERS_OF_SIGN = 4  # one Chinese character tells about as much as four Latin letters
MAX_LETTERS = 15
MAX_BRACKETED = 8  # words; what is longer is no insertion of an editor

_CODE_POINTS = 0x110000
_USUAL_CHARS = 1 << 18  # that texts read together have at most, but for very long ones
_BASE = 0x9E3779B97F4A7C15  # odd, so that its powers have inverses modulo 2**64
_MASK = 2**64 - 1

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8}\d?);", re.IGNORECASE)
# UTF-8 read as Windows-1252, as far as it concerns marks; letters are the business of `text.repair`.
_MOJIBAKE_QUOTE = re.compile(
    "\u00e2(?:\u20ac(?:\u0153|\u009d|\x9d|\u201c|\u201d))|\u00e2\u20ac(?![\u2122\u02dc])"
)
_MOJIBAKE_APOSTROPHE = re.compile(
    "\u00e2\u20ac[\u2122\u02dc]|(?<=n)\u00e2(?=t\\b)|(?<=[a-z])\u00e2(?=(?:s|d|m|re|ve|ll)\\b)"
)
_QUESTION_IN_WORD = re.compile(r"(?<=[^\W\d])\?(?=(?:s|t|d|m|re|ve|ll)\b)", re.IGNORECASE)
_AFTER_BROKEN = np.array([ord(char) for char in "\u20acstdmrvl"], np.uint32)

_classes: U8 = np.full(_CODE_POINTS, UNKNOWN, np.uint8)
_folded: U32 = np.zeros(_CODE_POINTS, np.uint32)
_values: U64 = np.zeros(_CODE_POINTS, np.uint64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a run of statements, and what is known of each statement.

    `first[i]` and `first[i + 1]` bound the tokens of statement i. `begin` and `end` are offsets
    into `source`, the statements joined.
    """

    source: str
    first: I64
    hashes: U64  # of the folded word; equal words have equal hashes in every run
    flags: U8
    letters: U8  # 1 to MAX_LETTERS; a sign counts for LETTERS_OF_SIGN
    begin: I64
    end: I64
    blemished: Bools  # a statement: marks of a cut, an insertion or a broken encoding

    def __len__(self) -> int:
        return len(self.first) - 1

    def words(self, at: I64) -> list[str]:
        """The folded words behind some tokens."""
        places = zip(self.begin[at].tolist(), self.end[at].tolist(), strict=True)
        return fold([self.source[begin:end] for begin, end in places])


def mix(values: U64) -> U64:
    """Spread the bits of 64-bit values (the finalizer of SplitMix64, Steele et al. 2014)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def running(values: npt.NDArray[Any]) -> I64:
    """Running sums, beginning with 0."""
    result = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=result[1:])
    return result


def joined(parts: Sequence[npt.NDArray[Any]], kind: type) -> npt.NDArray[Any]:
    """Arrays end to end; an empty one of that kind if there are none."""
    return np.concatenate(parts) if parts else np.empty(0, kind)


class Powers:
    """Powers of an odd base and of its inverse modulo 2**64: for hashes of slices of one array."""

    def __init__(self, base: int) -> None:
        self._bases = (base, pow(base, -1, 2**64))
        self._tables: tuple[U64, U64] = (np.ones(1, np.uint64), np.ones(1, np.uint64))

    def up_to(self, count: int) -> tuple[U64, U64]:
        """The first `count` powers, ascending: of the base, of its inverse."""
        tables = self._tables  # another thread may put smaller ones in their place
        if len(tables[0]) < count:
            size = max(count, _USUAL_CHARS)
            ascending, descending = (np.full(size, base, np.uint64) for base in self._bases)
            ascending[0] = descending[0] = 1
            tables = self._tables = np.cumprod(ascending), np.cumprod(descending)
        return tables


_powers = Powers(_BASE)


def tokenise(texts: Sequence[str]) -> Tokens:
    """Split statements into tokens.

    >>> tokens = tokenise(["It’s 1,000 of them.", "ＣＡＦÉ"])
    >>> tokens.words(np.arange(5)), tokens.first.tolist()
    (["it's", '1000', 'of', 'them', 'cafe'], [0, 4, 5])
    """
    source, points, classes = _read(texts)
    repaired = _suspects(texts, points, classes & CLASS_BITS)
    if len(repaired):
        texts = list(texts)
        for i in repaired.tolist():
            texts[i] = repair_marks(texts[i])
        source, points, classes = _read(texts)
    kinds = classes & CLASS_BITS
    bounds = _line_bounds(texts)
    in_word, dropped = _word_mask(kinds)
    kept = np.flatnonzero(~dropped) if dropped is not None else None
    if kept is not None:
        points, classes, kinds, in_word = points[kept], classes[kept], kinds[kept], in_word[kept]
    starts, ends = _word_bounds(kinds, in_word)
    begin, end = (starts, ends) if kept is None else (kept[starts], kept[ends - 1] + 1)
    first = np.searchsorted(begin, bounds)
    flags, blemished = _flags(classes, kinds, starts, ends, first, kept, bounds)
    if len(repaired):
        blemished[repaired] = True  # NFKC alone is no blemish, but such texts are few
    letters = np.minimum(ends - starts, MAX_LETTERS).astype(np.uint8)
    letters[kinds[starts] == SINGLE] = LETTERS_OF_SIGN
    hashes = _hash_words(points, starts, ends)
    return Tokens(source, first, hashes, flags, letters, begin, end, blemished)


def fold(words: Sequence[str]) -> list[str]:
    """Words as they are compared, character by character.

    >>> fold(["Zoë’s", "1,000", "3,5", "U.S"])
    ["zoe's", '1000', '3.5', 'us']
    """
    _, points, classes = _read(words)
    line = np.uint32(ord("\n"))
    folded = np.where(points == line, line, _folded[points])[(classes & CLASS_BITS) != SKIP]
    lines = folded.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass").split("\n")[:-1]
    return [_without_points(word) if "." in word or "," in word else word for word in lines]


def _without_points(word: str) -> str:
    """Drop the commas of thousands and the points of initials, which the hash leaves out too."""
    if not word[0].isdigit():
        return word.replace(".", "")
    return re.sub(r",(?=\d{3}(?!\d))", "", word).replace(",", ".")


def _read(texts: Sequence[str]) -> tuple[str, U32, U8]:
    """The texts as lines of one string, its code points and their classes."""
    source = "\n".join([*texts, ""])
    points = np.frombuffer(source.encode("utf-32-le", "surrogatepass"), np.uint32)
    return source, points, _classify(points)


def _suspects(texts: Sequence[str], points: U32, kinds: U8) -> I64:
    """Indexes of the texts that may hold entities, broken marks or characters to be rewritten."""
    letter = kinds == LETTER
    at = [np.flatnonzero(kinds == REWRITE)]
    for char in "&?\u00e2":
        found = np.flatnonzero(points == ord(char))
        follows = points[found + 1]
        if char == "?":
            found = found[found > 0]
            found = found[letter[found - 1] & letter[found + 1]]
        elif char == "&":
            found = found[letter[found + 1] | (follows == ord("#"))]
        else:
            found = found[np.isin(follows, _AFTER_BROKEN)]
        at.append(found)
    places = np.concatenate(at)
    if not len(places):
        return places
    return np.unique(np.searchsorted(_line_bounds(texts), places, "right") - 1)


def _line_bounds(texts: Sequence[str]) -> I64:
    """Where each text begins in the joined source, and where the last one ends."""
    bounds = np.zeros(len(texts) + 1, np.int64)
    np.cumsum(np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts)), out=bounds[1:])
    return bounds


def repair_marks(text: str) -> str:
    """NFKC, and undo HTML entities, and marks and apostrophes that a wrong encoding broke.

    >>> repair_marks("We donâ€™t &quot;know&quot;, do we?")
    'We don’t "know", do we?'
    >>> repair_marks("R&D; the château")     # neither an entity nor a broken mark
    'R&D; the château'
    """
    text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
    text = _MOJIBAKE_QUOTE.sub('"', _MOJIBAKE_APOSTROPHE.sub("’", text))
    return unicodedata.normalize("NFKC", _QUESTION_IN_WORD.sub("’", text))


def _classify(points: U32) -> U8:
    classes = _classes[points]
    if (classes == UNKNOWN).any():
        for point in np.unique(points[classes == UNKNOWN]).tolist():
            _learn(point)
        classes = _classes[points]
    return classes


_MARKS = (
    ("'’‘`´ʼ＇\ufffd", APOSTROPHE),
    (".．", POINT),
    (",，", COMMA),
    ("!?:;。！？：；", ENDER),
    ('"“”„«»‹›「」『』', QUOTE),
    ("–—―", DASH),
    ("-‐‑", HYPHEN),
    ("…", ELLIPSIS),
    ("[", OPENING),
    ("]", CLOSING),
    ("\u00ad\u200b\u200c\u200d\u2060\ufeff", SKIP),
    ("%&", SINGLE),
)
_MARK_CLASS = {ord(char): kind for chars, kind in _MARKS for char in chars}


def _learn(point: int) -> None:
    """Fill the tables for one code point. They only remember: no answer depends on their state."""
    char = chr(point)
    category = unicodedata.category(char)
    folded = point
    case = 0
    if point in _MARK_CLASS:
        kind = _MARK_CLASS[point]
        folded = ord("'") if kind == APOSTROPHE else point
    elif category == "Sc":
        kind = SINGLE
    elif 0x300 <= point <= 0x36F:
        kind = SKIP  # what NFKC could not compose is an accent too
    elif len(unicodedata.normalize("NFKC", char).strip()) > 1:
        kind = REWRITE
    elif category == "Nd":
        kind, folded = DIGIT, ord("0") + unicodedata.digit(char)
    elif category[0] == "L" or category in ("Mn", "Mc", "Nl"):
        kind = SINGLE if _is_unspaced(point) else LETTER
        folded = _fold_letter(char)
        case = UPPER if category in ("Lu", "Lt") else 0
    else:
        kind = OTHER
    _folded[point] = folded
    _values[point] = mix(np.array([folded], np.uint64) + np.uint64(0x51ED2701))[0]
    _classes[point] = kind | case


def _fold_letter(char: str) -> int:
    """The letter without case, width and, if Latin, accents ("й" is no "и": not Latin)."""
    plain = unicodedata.normalize("NFKC", char).casefold()[:1] or char
    base = unicodedata.normalize("NFD", plain)[0]
    return ord(base if unicodedata.name(base, "").startswith("LATIN") else plain)


# Thai, Lao; Myanmar; Khmer; CJK radicals to ideographs without Hangul; compatibility; planes 2 and 3.
_UNSPACED = (
    (0xE00, 0xEFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x2E80, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)


def _is_unspaced(point: int) -> bool:
    return any(low <= point <= high for low, high in _UNSPACED)


def _word_mask(kinds: U8) -> tuple[Bools, Bools | None]:
    """Which code points belong to words, and which are dropped from within them (None: none)."""
    in_word = kinds <= SINGLE
    last = len(kinds) - 1  # always a line feed, so that index + 1 exists
    letter = kinds == LETTER
    digit = kinds == DIGIT

    def inner(kind: int, of: Bools) -> I64:
        at = np.flatnonzero(kinds[1:last] == kind) + 1
        return at[of[at - 1] & of[at + 1]]

    in_word[inner(APOSTROPHE, letter)] = True
    in_word[inner(POINT, digit)] = True
    commas = inner(COMMA, digit)
    three = np.ones(len(commas), np.bool_)
    for ahead in (2, 3):
        three &= digit[np.minimum(commas + ahead, last)]
    three &= ~digit[np.minimum(commas + 4, last)]
    in_word[commas[~three]] = True
    points = inner(POINT, letter)
    initials = points[~in_word[points - 2] & ~in_word[np.minimum(points + 2, last)]]
    skipped = np.flatnonzero(kinds == SKIP)
    if not (len(initials) or len(skipped) or three.any()):
        return in_word, None
    dropped = np.zeros(len(kinds), np.bool_)
    dropped[initials] = dropped[skipped] = dropped[commas[three]] = True
    return in_word, dropped


def _word_bounds(kinds: U8, in_word: Bools) -> tuple[I64, I64]:
    """Where tokens start and end."""
    turns = np.flatnonzero(in_word[1:] != in_word[:-1]) + 1
    if in_word[0]:
        turns = np.concatenate(([0], turns))
    starts, ends = turns[0::2], turns[1::2]
    signs = np.flatnonzero(kinds == SINGLE)
    if len(signs):
        edges = np.unique(np.concatenate((signs, signs + 1)))
        edges = edges[edges > 0]
        starts, ends = _cut(starts, ends, edges[in_word[edges] & in_word[edges - 1]])
    # "3.4bn" is a figure and a word; "x5" is one word.
    after_digit = np.flatnonzero((kinds[:-1] == DIGIT) & (kinds[1:] == LETTER)) + 1
    run = np.searchsorted(starts, after_digit, "right") - 1
    return _cut(starts, ends, after_digit[kinds[starts[run]] == DIGIT])


def _cut(starts: I64, ends: I64, at: I64) -> tuple[I64, I64]:
    """Cut tokens at places inside them."""
    if not len(at):
        return starts, ends
    return np.sort(np.concatenate((starts, at))), np.sort(np.concatenate((ends, at)))


def _hash_words(points: U32, starts: I64, ends: I64) -> U64:
    """A polynomial hash of each token's folded characters, independent of where it stands."""
    if not len(starts):
        return np.empty(0, np.uint64)
    powers, inverses = _powers.up_to(len(points))
    terms = _values[points] * powers[: len(points)]
    sums = np.cumsum(terms)
    return mix((sums[ends - 1] - sums[starts] + terms[starts]) * inverses[starts])


def _flags(
    classes: U8, kinds: U8, starts: I64, ends: I64, first: I64, kept: I64 | None, bounds: I64
) -> tuple[U8, Bools]:
    """Flags of each token, and whether each statement is blemished."""
    flags = np.zeros(len(starts) + 1, np.uint8)  # one more: marks at the very end stand before it
    flags[:-1] = (classes[starts] & UPPER) // UPPER * CAPITAL
    flags[:-1] |= (((classes[ends - 1] & UPPER) > 0) & (ends - starts > 1)).astype(np.uint8) * ALL_CAPS
    flags[:-1] |= (kinds[starts] == SINGLE).astype(np.uint8) * SYMBOL
    flags[first[:-1]] |= START
    blemished = np.zeros(len(bounds) - 1, np.bool_)

    def owner(at: I64) -> I64:
        return np.searchsorted(bounds, at if kept is None else kept[at], "right") - 1

    def before(at: I64, flag: int, blemish: bool = False) -> None:
        """Flag the token after each mark, if it is of the same statement."""
        token, statement = np.searchsorted(starts, at), owner(at)
        flags[token[token < first[statement + 1]]] |= flag
        if blemish:
            blemished[statement] = True

    marks = np.flatnonzero((kinds >= APOSTROPHE) & (kinds < SKIP))
    kind = kinds[marks]
    points = marks[kind == POINT]
    ellipses = np.concatenate((marks[kind == ELLIPSIS], points[2:][points[2:] == points[:-2] + 2]))
    before(marks[(kind == POINT) | (kind == ENDER) | (kind == QUOTE)], START)
    before(marks[(kind == QUOTE) | (kind == DASH)], BREAK)
    hyphens = marks[kind == HYPHEN]
    before(hyphens[1:][hyphens[1:] == hyphens[:-1] + 1], BREAK)
    before(ellipses, GAP | START, blemish=True)
    opening, closing = marks[kind == OPENING], marks[kind == CLOSING]
    before(opening, START, blemish=True)
    if len(opening) and len(closing):
        match = np.minimum(np.searchsorted(closing, opening), len(closing) - 1)
        pairs = (closing[match] > opening) & (owner(closing[match]) == owner(opening))
        _mark_bracketed(flags, starts, opening[pairs], closing[match[pairs]])
    return flags[:-1], blemished


def _mark_bracketed(flags: U8, starts: I64, opening: I64, closing: I64) -> None:
    """Flag the tokens between each "[" and its "]", if they are few."""
    low, high = np.searchsorted(starts, opening), np.searchsorted(starts, closing)
    for a, b in zip(low.tolist(), high.tolist(), strict=True):
        if b - a <= MAX_BRACKETED:
            flags[a:b] |= BRACKETED
