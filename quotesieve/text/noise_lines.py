"""What can be said of each line of a page by itself: how it is read, its phrases and its own features.

Holds `Shape`, one line as the rules see it, and the matrix of features (OWN) as the model does; both for
many lines at once. What stands around a line is the business of `noise_features`.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from quotesieve.text import noise_words
from quotesieve.text.noise_labels import is_label_or_offer, may_be_unmarked
from quotesieve.text.noise_phrases import (
    CERTAIN,
    PHRASE_REASONS,
    REASON_INDEX,
    find_phrases,
    find_pieces,
    function_words,
    phrases,
)
from quotesieve.text.noise_tokens import I64, READ_CHARS, U64, Tokens, hashes_of

Matrix = NDArray[np.float32]
Bools = NDArray[np.bool_]

PROSE_CHARS = 80  # a line this long that ends like a sentence is prose
LONG_CHARS = 160  # and this long it is prose whatever its end
SHORT_CHARS = 200  # dates and credits are looked for in lines no longer than this
_TAIL_CHARS = 8  # of a line tell how it ends

_STOPS = (".", "!", "?", "…", "。", "！", "？")
_CLOSING = "\"'”’“»«)]」』"
# It begins with a digit and looks back from there: a search for digits runs several times as fast as
# one for word boundaries.
_DATE = re.compile(
    r"\d(?:年\d{1,2}月|(?<!\w\d)(?:\d?[./-]\d{1,2}[./-](?:\d{2}){1,2}\b"
    r"|(?:(?<=1)9|(?<=2)0)\d\d-\d\d-\d\d|\d?[:.]\d{2}\b))"
)
# "(Image: County Archive)", "Foto: Ute Lorenz", "Photo by Ann Sorrel" at the end of a line.
_CREDITED = re.compile(
    r"\((?:image|photo|picture|pic|foto|bild|photograph|credit)s?\s?[:/][^()]{0,80}\)?$"
    r"|(?:^|[.)\s])(?:photos?|photograph|fotos?|(?:photo|image) credit|picture)(?: by |: ?)[^.:?!]{2,60}$",
    re.IGNORECASE,
)
_LINKS = ("http", "www.", ".com")
# In the line under an embedded post ("— Ann Example (@ann) May 2, 2024"), or in the post.
_EMBEDS = (" (@", "pic.twitter.com", "/t.co/", "A post shared by")
_LIST_MARK = re.compile(r"^\s*(?:[-–—*•·▪●◦‣]|\d{1,3}[.)]|[a-zA-Z][.)])\s")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_CREDIT_WORDS = 6  # at the end of a line, where the photographer is named

# What is known of a word: a bit each. Of the words that speak to the reader, for the house and of
# oneself it counts how many different ones a line has.
_COMMON, _READER, _HOUSE, _SELF, _MONTH, _CREDIT, _STARTS, _INSIDE = (1 << bit for bit in range(8))
_PERSONAL = _READER | _HOUSE | _SELF
_WORDS_OF_ALL = {
    _READER: "you your yours",
    _HOUSE: "we our us",
    _SELF: "i my me",
    _MONTH: noise_words.MONTHS,
    _CREDIT: noise_words.CREDITS,
}

OWN = (
    "chars", "words", "word_length", "ends", "ends_colon", "ends_dots", "list_mark", "capitals", "digits",
    "marks", "commas", "sentences", "function_words", "reader", "house", "self", "quotes", "links", "dated",
    "credit", "embed", "bars", "brackets", "prose", "phrase", "phrases",
)  # fmt: skip


class Shape(NamedTuple):
    """One line as it was read. A tuple because there is one a line, and a dataclass takes 2 µs to make."""

    text: str  # its first READ_CHARS characters
    tail: str  # its last few
    key: str  # its words, lower case, every number a 0, with spaces between: what "the same line" means
    numbers: list[str]  # for each "0" in it what was printed
    words: int  # in `key`
    chars: int  # of the whole line
    spaceless: bool  # in a script without spaces between words
    ends: bool  # as a sentence does, quotes after the mark included
    prose: bool
    hits: dict[int, int]  # index in PHRASE_REASONS -> strength
    label: bool  # a labelled link, a bar of links, an offer with its button


@dataclass(frozen=True, slots=True, eq=False)
class _Vocabulary:
    """The words of a language that are known, by their hashes in order, and what is known of each."""

    hashes: U64
    flags: NDArray[np.uint8]

    def look_up(self, hashes: U64) -> I64:
        """The number of each word in this vocabulary, -1 for the others."""
        at = np.minimum(self.hashes.searchsorted(hashes), len(self.hashes) - 1)
        return np.where(self.hashes[at] == hashes, at, -1)


@lru_cache(maxsize=32)
def _vocabulary(language: str | None) -> _Vocabulary:
    table = phrases(language)
    known: dict[int, Iterable[str]] = {
        _COMMON: function_words(language),
        _STARTS: table.start,
        _INSIDE: table.inside,
        **{flag: words.split() for flag, words in _WORDS_OF_ALL.items()},
    }
    found = {flag: hashes_of(words) for flag, words in known.items()}
    hashes = np.unique(np.concatenate(list(found.values())))
    flags = np.zeros(len(hashes), np.uint8)
    for flag, own in found.items():
        flags[np.searchsorted(hashes, own)] |= flag
    return _Vocabulary(hashes, flags)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """The words of some lines, with what is known of them in the language of each line."""

    tokens: Tokens
    owner: I64  # the line of each word
    flags: NDArray[np.uint8]  # a word
    personal: Matrix  # a line: different words to the reader, of the house, of oneself

    def has(self, flag: int) -> Bools:
        """Which words have a flag."""
        return (self.flags & flag) > 0

    @property
    def rare(self) -> Bools:
        """Which words are no function words."""
        return ~self.has(_COMMON)

    def lines_with(self, words: Bools) -> Bools:
        """Which lines have any of these words."""
        return self.tokens.per_line(words) > 0


def look_up_words(tokens: Tokens, languages: Sequence[str | None]) -> Words:
    """Tell the known words of lines, of which each is in a language."""
    flags = np.zeros(len(tokens.hashes), np.uint8)
    personal = np.zeros((len(tokens), 3), np.float32)
    owner, words = tokens.owner, tokens.words
    distinct = list(dict.fromkeys(languages))
    number = np.array([distinct.index(language) for language in languages])
    for i, language in enumerate(distinct):
        vocabulary = _vocabulary(language)
        mine = np.flatnonzero((number == i).repeat(words))
        found = vocabulary.look_up(tokens.hashes[mine])
        mine, found = mine[found >= 0], found[found >= 0]
        flags[mine] = vocabulary.flags[found]
        at = (flags[mine] & _PERSONAL) > 0
        once = np.unique(owner[mine[at]] * len(vocabulary.hashes) + found[at])
        line, word = np.divmod(once, len(vocabulary.hashes))
        for column, flag in enumerate((_READER, _HOUSE, _SELF)):
            told = line[(vocabulary.flags[word] & flag) > 0]
            personal[:, column] += np.bincount(told, minlength=len(tokens))
    return Words(tokens, owner, flags, personal)


class Cut(NamedTuple):
    """Some lines cut to what is read of them."""

    texts: list[str]  # the first READ_CHARS characters
    tails: list[str]
    chars: I64  # of the whole line


def cut(lines: Sequence[str]) -> Cut:
    """Leave out what is not read: of a paragraph its first sentences show what it is, and a line of
    megabytes must not cost more than another."""
    stripped = [line.strip() for line in lines]
    chars = np.fromiter(map(len, stripped), np.int64, len(stripped))
    return Cut([line[:READ_CHARS] for line in stripped], [line[-_TAIL_CHARS:] for line in stripped], chars)


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Some lines, read one by one: as the rules see them, and as the model does."""

    shapes: list[Shape]
    own: Matrix  # columns OWN
    said: Matrix  # columns PHRASE_REASONS: how surely phrases speak for each
    words: Words


def read_lines(read: Cut, tokens: Tokens, languages: Sequence[str | None]) -> Lines:
    """Read lines, each in its language."""
    words = look_up_words(tokens, languages)
    texts, tails, chars = read
    spaceless = [not text.isascii() and _SPACELESS.search(text[:60]) is not None for text in texts]
    ends = [tail.rstrip(_CLOSING).endswith(_STOPS) for tail in tails]
    size = np.where(spaceless, chars * 3, chars)
    prose = (size >= PROSE_CHARS) & (np.array(ends) | (size >= LONG_CHARS))
    hits = _hits(read, words, languages, spaceless)
    counts, labels = tokens.words.tolist(), _labels(texts, tokens)
    form = (spaceless, ends, prose.tolist(), hits, labels)
    shapes = list(map(Shape, texts, tails, tokens.keys, _numbers(tokens), counts, chars.tolist(), *form))
    said = _said(hits)
    return Lines(shapes, _own(shapes, words, said, languages), said, words)


def _numbers(tokens: Tokens) -> list[list[str]]:
    """The numbers of each line, as printed."""
    ends = list(accumulate((key.count("0") for key in tokens.keys), initial=0))
    return [tokens.numbers[a:b] for a, b in pairwise(ends)]


def _said(hits: Sequence[dict[int, int]]) -> Matrix:
    said = np.zeros((len(hits), len(PHRASE_REASONS)), np.float32)
    for i, reasons in enumerate(hits):
        for reason, strength in reasons.items():
            said[i, reason] = strength
    return said


def _hits(
    read: Cut, words: Words, languages: Sequence[str | None], spaceless: Sequence[bool]
) -> list[dict[int, int]]:
    """The phrases of each line. Looked for where a word of one stands, or the line may be one."""
    tokens = words.tokens
    begins = words.has(_STARTS)
    begins[1:] &= words.owner[1:] != words.owner[:-1]  # at the first word of a line only
    tables = list(map(phrases, languages))
    telling = words.lines_with(begins | words.has(_INSIDE))
    telling |= [key in table.whole for key, table in zip(tokens.keys, tables, strict=True)]
    hits: list[dict[int, int]] = [{} for _ in tokens.keys]
    for i in np.flatnonzero(telling).tolist():
        hits[i] = find_phrases(tokens.keys[i], tables[i])
    for i in np.flatnonzero(words.lines_with(words.has(_CREDIT))).tolist():
        if len(read.texts[i]) <= SHORT_CHARS and _CREDITED.search(read.texts[i]):
            hits[i][REASON_INDEX["caption"]] = CERTAIN
    for i in np.flatnonzero(spaceless).tolist():
        find_pieces(read.texts[i], hits[i], tables[i])
    return hits


def _labels(texts: Sequence[str], tokens: Tokens) -> list[bool]:
    marked = (tokens.sign("label", "bar", "dot") > 0).tolist()
    return [
        (mark or may_be_unmarked(key)) and is_label_or_offer(text)
        for text, key, mark in zip(texts, tokens.keys, marked, strict=True)
    ]


def _own(shapes: Sequence[Shape], words: Words, said: Matrix, languages: Sequence[str | None]) -> Matrix:
    """The features of each line by itself; names in `OWN`."""
    columns = {
        **_form(shapes, words.tokens),
        **_wording(shapes, words, languages),
        **_small_print(shapes, words),
        "phrase": said.max(axis=1),
        "phrases": said.sum(axis=1),
    }
    own = np.empty((len(shapes), len(OWN)), np.float32)
    for i, name in enumerate(OWN):
        own[:, i] = columns[name]
    return own


def _form(shapes: Sequence[Shape], tokens: Tokens) -> dict[str, ArrayLike]:
    """How long a line is, how it begins and ends, and its signs."""
    sign = tokens.sign
    return {
        "chars": [math.log1p(shape.chars) for shape in shapes],
        "ends": [shape.ends for shape in shapes],
        "ends_colon": [shape.tail.endswith(":") for shape in shapes],
        "ends_dots": [shape.tail.endswith(("…", "...")) for shape in shapes],
        "list_mark": [_LIST_MARK.match(shape.text) is not None for shape in shapes],
        "prose": [shape.prose for shape in shapes],
        "sentences": sign("stop", "wide_stop"),
        "quotes": sign("quote"),
        "links": sign("at", "hash") + tokens.pieces(_LINKS),
        "embed": np.where(sign("at", "slash") > 0, tokens.pieces(_EMBEDS), 0),
        "bars": sign("bar"),
        "brackets": sign("bracket"),
    }


def _wording(shapes: Sequence[Shape], words: Words, languages: Sequence[str | None]) -> dict[str, ArrayLike]:
    """How many words a line has and of which kinds, as shares."""
    tokens = words.tokens
    length = np.array([len(shape.text) for shape in shapes])
    between = length - np.array([len(shape.key) + shape.text.count(" ") for shape in shapes])
    # Where words aren't marked by spaces, two characters count as one.
    spaceless = np.array([shape.spaceless for shape in shapes])
    n = np.maximum(np.maximum(tokens.words, np.where(spaceless, length // 2, 0)), 1)
    digits = np.array([len(shape.numbers) for shape in shapes])
    told = np.array([bool(function_words(language)) for language in languages])
    untold = np.array([0.35 if shape.prose else 0.2 for shape in shapes])
    reader, house, own = words.personal.T / n
    return {
        "words": n,
        "word_length": length / n,
        "capitals": np.maximum(tokens.per_line(tokens.changed) - digits, 0) / n,
        "digits": digits / n,
        "marks": (between + tokens.words - 1) / np.maximum(length, 1),
        "commas": tokens.sign("comma") / n,
        "function_words": np.where(told, tokens.per_line(words.has(_COMMON)) / n, untold),
        "reader": reader,
        "house": house,
        "self": own,
    }


def _small_print(shapes: Sequence[Shape], words: Words) -> dict[str, ArrayLike]:
    """Signs of a date and of a picture credit in each short line."""
    tokens = words.tokens
    short = np.array([shape.chars <= SHORT_CHARS for shape in shapes])
    figures = short & [bool(shape.numbers) for shape in shapes]
    dated = words.lines_with(words.has(_MONTH)).astype(np.int64)
    for i in np.flatnonzero(figures).tolist():
        dated[i] += _DATE.search(shapes[i].text) is not None
    last = np.arange(len(words.owner)) >= tokens.first[1:][words.owner] - _CREDIT_WORDS
    credit = words.lines_with(words.has(_CREDIT) & last) | (tokens.sign("copyright") > 0)
    return {"dated": np.where(figures, dated, 0), "credit": credit & short}
