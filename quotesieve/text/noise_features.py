"""What can be counted about the lines of an article: the model's view of them, and the rules'.

Holds the reading of one line (`Shape`) and the matrix of features of all lines. Judges nothing:
that is `noise_model` and `noise`. No feature is a word of its own; words come in by the phrase
tables and function words of the page's language (`noise_words`), so that a page in a language
without tables is judged by shape and place alone.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import ne
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotesieve.model import REASONS
from quotesieve.text import noise_words
from quotesieve.text.noise_labels import is_label_or_offer

Matrix = NDArray[np.float32]

# Of a longer line only the beginning is read (and its end, for the end mark): a paragraph shows
# what it is in its first sentences, and a line of megabytes must not cost more than another.
READ_CHARS = 400
PROSE_CHARS = 80  # a line this long that ends like a sentence is prose
LONG_CHARS = 160  # and this long it is prose whatever its end
SHORT_CHARS = 200  # dates, credits and glued words are looked for in lines no longer than this
KEPT_LINES = 2048  # short lines remembered per language, about 8 MB: more than an outlet repeats
FEW_WORDS = 60  # too few to tell a language from
FEW_WORDS_LINE = 10  # so short a line is nothing but its phrases
CONTAINED_CHARS = 60_000  # in a longer page lines within lines are not looked for: that is quadratic
UNSURE, BEGINS, WHOLE, CERTAIN = 1, 2, 3, 4  # how a phrase was met: ~ ^ = !

PHRASE_REASONS = tuple(reason for reason in REASONS if reason != "duplicate")
_INDEX = {reason: i for i, reason in enumerate(PHRASE_REASONS)}
_STRENGTH = {"~": UNSURE, "^": BEGINS, "=": WHOLE, "!": CERTAIN}

_WORD = re.compile(r"[^\W_]+")
_DIGITS = re.compile(r"\d+")
_ZEROS = re.compile("00+")
_END = re.compile(r"[.!?…。！？][\"'”’“»«)\]」』]*$")
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
_TYPOGRAPHY = "’“”–—‘…„"  # what most lines beyond Latin-1 have of it


def _byte_table(of_letter: Callable[[str], str]) -> bytes:
    """What each character of Latin-1 becomes: a space, if it is neither letter nor digit."""
    return bytes(ord(of_letter(char)) if _WORD.match(char) else ord(" ") for char in map(chr, range(256)))


_PRINTED = _byte_table(str)
_LOWERED = _byte_table(lambda char: _DIGITS.sub("0", char.lower()))
_STOPS = (". ", "? ", "! ", "。")
_ASCII_STOPS = _STOPS[:3]
_QUOTE_SIGNS = ('"', "“", "”", "„", "«", "「")
_LINK_SIGNS = ("http", "www.", "@", "#", ".com")
# In the line under an embedded post ("— Ann Example (@ann) May 2, 2024"), or in the post.
_EMBED_SIGNS = (" (@", "pic.twitter.com", "/t.co/", "A post shared by")
_LIST_MARK = re.compile(r"^\s*(?:[-–—*•·▪●◦‣]|\d{1,3}[.)]|[a-zA-Z][.)])\s")
_SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
_READER = frozenset("you your yours".split())
_HOUSE = frozenset("we our us".split())
_SELF = frozenset("i my me".split())
_MONTHS = frozenset(noise_words.MONTHS.split())
_CREDITS = frozenset(noise_words.CREDITS.split())


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrase tables of one language, by how they are looked up."""

    whole: dict[str, dict[int, int]]  # phrase -> reason -> strength
    start: dict[str, tuple[tuple[str, int], ...]]  # first word -> phrases with their reason
    inside: dict[str, tuple[tuple[str, int], ...]]  # longest word -> the same
    inside_words: frozenset[str]
    pieces: tuple[tuple[re.Pattern[str], int], ...]


class Shape(NamedTuple):
    """One line as it was read. A tuple because there is one a line, and a dataclass takes 2 µs to make."""

    text: str  # its first READ_CHARS characters
    tail: str  # its last few
    words: list[str]  # of `text`, lower case, every number a 0
    key: str  # the words with spaces between: what "the same line" means
    raw: list[str]  # the words as printed
    known: frozenset[str]  # the different words
    chars: int  # of the whole line
    spaceless: bool  # in a script without spaces between words
    ends: bool  # as a sentence does, quotes after the mark included
    prose: bool
    hits: dict[int, int]  # index in PHRASE_REASONS -> strength
    rare: frozenset[str]  # `known` without the function words of the language
    label: bool  # a labelled link, a bar of links, an offer with its button
    own: tuple[float, ...]  # the features of the line by itself; names in OWN


def _rows(table: str) -> list[tuple[str, str, str]]:
    """The (reason, mark, phrase) rows of one language's table."""
    rows: list[tuple[str, str, str]] = []
    for line in filter(None, table.split("\n")):
        reason, _, rest = line.partition(": ")
        mark, _, phrases = rest.partition(" ")
        rows.extend((reason, mark, phrase.strip()) for phrase in phrases.split("|"))
    return rows


def _spaceless(tables: dict[str, str]) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile("|".join(map(re.escape, pieces.split()))), _INDEX[reason])
                 for reason, pieces in tables.items())  # fmt: skip


@lru_cache(maxsize=32)
def phrases(language: str | None) -> Phrases:
    """The tables for one language (ISO 639-1); of an unknown one, those for every language."""
    whole: dict[str, dict[int, int]] = {}
    start: dict[str, list[tuple[str, int]]] = {}
    inside: dict[str, list[tuple[str, int]]] = {}
    for code in ("*", language):
        for reason, mark, phrase in _rows(noise_words.TABLES.get(code or "", "")):
            if mark in "!=":
                known = whole.setdefault(phrase, {})
                known[_INDEX[reason]] = max(_STRENGTH[mark], known.get(_INDEX[reason], 0))
            else:
                # Phrases from anywhere are looked up by their longest word: the first is often "in" or "of".
                known_by = phrase.partition(" ")[0] if mark == "^" else max(phrase.split(), key=len)
                (start if mark == "^" else inside).setdefault(known_by, []).append(
                    (f" {phrase} ", _INDEX[reason])
                )
    return Phrases(
        whole,
        {word: tuple(found) for word, found in start.items()},
        {word: tuple(found) for word, found in inside.items()},
        frozenset(inside),
        _spaceless(noise_words.PIECES),
    )


@lru_cache(maxsize=32)
def function_words(language: str | None) -> frozenset[str]:
    """The function words of a language; empty where there is no list."""
    code = {"nb": "da", "nn": "da", "no": "da"}.get(language or "", language or "")
    return frozenset(noise_words.FUNCTION_WORDS.get(code, "").split())


def guess_language(words: Counter[str]) -> str | None:
    """The language whose function words make up most of the text; None if none does.

    >>> guess_language(Counter("the cat sat on the mat and it was the best of all".split()))
    'en'
    >>> guess_language(Counter("kissa istui matolla ja oli tyytyväinen elämäänsä kotona".split()))
    """
    total = words.total()
    if not total:
        return None
    common = {word: n for word, n in words.items() if word in _ALL_FUNCTION_WORDS}
    score = {code: sum(n for word, n in common.items() if word in function_words(code))
             for code in noise_words.FUNCTION_WORDS}  # fmt: skip
    best = max(score, key=lambda code: score[code])
    return best if score[best] >= 0.15 * total else None


_ALL_FUNCTION_WORDS = frozenset(" ".join(noise_words.FUNCTION_WORDS.values()).split())


def find_phrases(words: Sequence[str], known: frozenset[str], key: str, table: Phrases) -> dict[int, int]:
    """Reasons that the phrases of a line speak for, each with the strength of the surest one."""
    hits = dict(table.whole.get(key, ())) if len(words) <= 10 else {}
    if not words:
        return hits
    padded = " " + key + " "
    for phrase, reason in table.start.get(words[0], ()):
        if hits.get(reason, 0) < BEGINS and padded.startswith(phrase):
            hits[reason] = BEGINS
    for word in known & table.inside_words:
        for phrase, reason in table.inside[word]:
            if hits.get(reason, UNSURE) != CERTAIN and phrase in padded:
                # "Sign up for | our newsletter": begun and borne out, in a line that says no more.
                twice = (
                    hits.get(reason) == BEGINS
                    and len(words) <= FEW_WORDS_LINE
                    and not padded.startswith(phrase)
                )
                hits[reason] = CERTAIN if twice else max(UNSURE, hits.get(reason, 0))
    return hits


def _find_pieces(text: str, hits: dict[int, int], table: Phrases) -> None:
    for pieces, reason in table.pieces:
        if reason not in hits and pieces.search(text):
            hits[reason] = BEGINS


class _Read(NamedTuple):
    """A line before the language of its page is known."""

    text: str
    tail: str
    chars: int
    raw: list[str]
    words: list[str]
    key: str


def _read(line: str) -> _Read:
    line = line.strip()
    text = line[:READ_CHARS]
    raw, words, key = _words(text)
    return _Read(text, line[-8:], len(line), raw, words, key)


def _words(text: str) -> tuple[list[str], list[str], str]:
    """The words as printed; in lower case with every number a 0; and the second with spaces between.

    >>> _words("“In 2024, Zoë’s café”")
    (['In', '2024', 'Zoë', 's', 'café'], ['in', '0', 'zoë', 's', 'café'], 'in 0 zoë s café')
    """
    plain = text
    if not text.isascii():
        for mark in _TYPOGRAPHY:
            plain = plain.replace(mark, " ")
    try:
        data = plain.encode("latin-1")
    except UnicodeEncodeError:
        raw = _WORD.findall(text)
        key = _DIGITS.sub("0", " ".join(raw).lower())
        return raw, key.split(), key
    # By tables of bytes, in half the time of the expressions above.
    raw = data.translate(_PRINTED).decode("latin-1").split()
    words = data.translate(_LOWERED).decode("latin-1").split()
    key = " ".join(words)
    if "00" in key:
        key = _ZEROS.sub("0", key)
        words = key.split()
    return raw, words, key


def _is_credited(text: str, words: Sequence[str]) -> bool:
    return len(text) <= SHORT_CHARS and not _CREDITS.isdisjoint(words) and _CREDITED.search(text) is not None


def _calm(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a page in capitals as if it were printed in small letters."""
    loud = [line.isupper() for line in lines]
    if 2 * sum(loud) < len(lines):
        return lines
    return [line[:READ_CHARS].capitalize() + line[READ_CHARS:] for line in lines]


def _shape(line: str, table: Phrases, common: frozenset[str]) -> Shape:
    text, tail, chars, raw, words, key = _read(line)
    known = frozenset(words)
    hits = find_phrases(words, known, key, table)
    if _is_credited(text, words):
        hits[_INDEX["caption"]] = CERTAIN
    spaceless = not text.isascii() and _SPACELESS.search(text[:60]) is not None
    if spaceless:
        _find_pieces(text, hits, table)
    ends = _END.search(tail) is not None
    size = chars * 3 if spaceless else chars
    prose = size >= PROSE_CHARS and (ends or size >= LONG_CHARS)
    label = is_label_or_offer(text)
    line_read = (text, tail, words, key, raw, known, chars, spaceless, ends, prose, hits)
    return Shape(*line_read, known - common, label, _own(*line_read, common))


@lru_cache(maxsize=4)
def _reader(language: str | None) -> Callable[[str], Shape]:
    """Reads lines of one language. Short ones are remembered: an outlet prints its menus again and again."""
    table, common = phrases(language), function_words(language)

    def read(line: str) -> Shape:
        return _shape(line, table, common)

    remembered = lru_cache(maxsize=KEPT_LINES)(read)
    return lambda line: (remembered if len(line) <= SHORT_CHARS else read)(line)


def _small_print(text: str, words: list[str], known: frozenset[str], digits: int) -> tuple[float, float]:
    """Signs of a date and of a picture credit in a short line."""
    dated = ((_DATE.search(text) is not None) + (not _MONTHS.isdisjoint(known))) if digits else 0
    return dated, "©" in text or not _CREDITS.isdisjoint(words[-6:])


def _own(
    text: str,
    tail: str,
    words: list[str],
    key: str,
    raw: list[str],
    known: frozenset[str],
    chars: int,
    spaceless: bool,
    ends: bool,
    prose: bool,
    hits: dict[int, int],
    common: frozenset[str],
) -> tuple[float, ...]:
    """The features of a line by itself; names in `OWN`. The arguments are those of `Shape`."""
    # Where words aren't marked by spaces, two characters count as one.
    n = max(len(words), len(text) // 2 if spaceless else 0, 1)
    count, ascii_only = text.count, text.isascii()
    digits = key.count("0")
    strengths = hits.values()
    return (
        math.log1p(chars),
        n,
        len(text) / n,
        ends,
        tail.endswith(":"),
        tail.endswith(("…", "...")),
        _LIST_MARK.match(text) is not None,
        max(sum(map(ne, raw, words)) - digits, 0) / n,
        digits / n,
        (len(text) - len(key) + len(words) - 1 - count(" ")) / (len(text) or 1),
        count(",") / n,
        sum(map(count, _ASCII_STOPS if ascii_only else _STOPS)),
        sum(map(common.__contains__, words)) / n if common else (0.35 if prose else 0.2),
        len(_READER & known) / n,
        len(_HOUSE & known) / n,
        len(_SELF & known) / n,
        count('"') if ascii_only else sum(map(count, _QUOTE_SIGNS)),
        sum(map(count, _LINK_SIGNS)),
        *(_small_print(text, words, known, digits) if chars <= SHORT_CHARS else (0, 0)),
        sum(map(count, _EMBED_SIGNS)) if "@" in text or "/" in text else 0,
        count("|"),
        count("("),
        prose,
        max(strengths) if hits else 0,
        sum(strengths),
    )


OWN = (
    "chars", "words", "word_length", "ends", "ends_colon", "ends_dots", "list_mark", "capitals", "digits",
    "marks", "commas", "sentences", "function_words", "reader", "house", "self", "quotes", "links", "dated",
    "credit", "embed", "bars", "brackets", "prose", "phrase", "phrases",
)  # fmt: skip

# What a line's neighbours show, one and two lines away on both sides.
_NEAR = ("chars", "ends", "ends_colon", "capitals", "phrase", "commas", "quotes", "function_words")
_NEAR_COLUMNS = [OWN.index(name) for name in _NEAR]
_OFFSETS = (-2, -1, 1, 2)
_WINDOWED = ("chars", "ends", "capitals", "phrase", "prose", "function_words", "list_mark", "digits")
_WINDOWED_COLUMNS = [OWN.index(name) for name in _WINDOWED]
_WINDOWS = (3, 8)
# A line that announces one of these is often followed by more of the same.
_OPENERS = ("related", "comments", "newsletter", "navigation", "form")
_OPENER_COLUMNS = slice(2, None)  # of `_marks`
_FAR = 60

CONTEXT = (
    "topic", "topic_words", "repeat_of", "repeated_by", "place", "line", "lines_after", "prose_before",
    "prose_after", "since_prose", "until_prose", "lines", "prose_share", "prose_chars", "in_span",
    "since_embed", "until_embed", "prose_no", "run", "contained",
    *(f"page_{name}" for name in _WINDOWED),
    *(f"run_{name}" for name in _WINDOWED),
    *(f"since_{name}" for name in _OPENERS),
    *(f"until_{name}" for name in _OPENERS),
    *(f"{name}[{offset:+d}]" for offset in _OFFSETS for name in _NEAR),
    *(f"{name}~{size}" for size in _WINDOWS for name in _WINDOWED),
)  # fmt: skip
FEATURES = (*OWN, *(f"said_{reason}" for reason in PHRASE_REASONS), *CONTEXT)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an article, read: `features` has a row a line and a column each of FEATURES."""

    shapes: tuple[Shape, ...]
    features: Matrix
    language: str | None


def _topics(shapes: Sequence[Shape]) -> Matrix:
    """Share and count of a line's words, function words apart, that other prose lines use too.

    A teaser for another story shares few words with the story around it.
    """
    used: set[str] = set()
    again: set[str] = set()
    for shape in shapes:
        if shape.prose:
            again |= used & shape.rare
            used |= shape.rare
    out = []
    for shape in shapes:
        shared = len(shape.rare & (again if shape.prose else used))
        out.append((shared / len(shape.rare) if shape.rare else 0.5, shared))
    return np.array(out, dtype=np.float32)


def _repeats(shapes: Sequence[Shape]) -> Matrix:
    """How often the same line came before, and comes again (both at most 9)."""
    total = Counter(shape.key for shape in shapes)
    seen: Counter[str] = Counter()
    out = np.zeros((len(shapes), 2), dtype=np.float32)
    for i, shape in enumerate(shapes):
        if shape.key and total[shape.key] > 1:
            out[i] = (min(seen[shape.key], 9), min(total[shape.key] - 1 - seen[shape.key], 9))
            seen[shape.key] += 1
    return out


def since(marked: NDArray[np.bool_]) -> Matrix:
    """Lines since the last marked one before each line, at most `_FAR`; a column a column."""
    index = np.arange(len(marked))[:, None]
    last = np.maximum.accumulate(np.where(marked, index, -_FAR), axis=0)
    before = np.concatenate((np.full((1, marked.shape[1]), -_FAR), last[:-1]))
    lines: Matrix = np.minimum(index - before, _FAR).astype(np.float32)
    return lines


def until(marked: NDArray[np.bool_]) -> Matrix:
    """Lines until the next marked one after each line, at most `_FAR`; a column a column."""
    return since(marked[::-1])[::-1]


def shifted(columns: Matrix, offset: int, fill: float = -1.0) -> Matrix:
    """The rows `offset` lines further on; `fill` where there are none."""
    out = np.full_like(columns, fill)
    if abs(offset) >= len(columns):
        return out
    if offset > 0:
        out[:-offset] = columns[offset:]
    else:
        out[-offset:] = columns[:offset]
    return out


def windowed(columns: Matrix, sizes: Sequence[int]) -> list[Matrix]:
    """For each of `sizes` the mean over each line and so many lines on both sides of it."""
    n = len(columns)
    sums = np.zeros((n + 1, columns.shape[1]))
    np.cumsum(columns, axis=0, out=sums[1:])
    index = np.arange(n)
    means: list[Matrix] = []
    for size in sizes:
        low, high = np.maximum(index - size, 0), np.minimum(index + size + 1, n)
        means.append(((sums[high] - sums[low]) / (high - low)[:, None]).astype(np.float32))
    return means


def best_span(gain: NDArray[np.float64]) -> tuple[int, int]:
    """The run of lines (half open) with the largest total gain; (0, 0) if no line gains."""
    sums = np.concatenate(([0.0], np.cumsum(gain)))
    lowest = np.minimum.accumulate(sums)
    end = int(np.argmax(sums - lowest))
    return (int(np.argmax(sums[: end + 1] == lowest[end])), end) if sums[end] > lowest[end] else (0, 0)


def _runs(own: Matrix, prose: NDArray[np.bool_]) -> tuple[Matrix, Matrix]:
    """Length and means of the run of lines, all prose or all not, that each line stands in."""
    number = np.cumsum(np.concatenate(([0], prose[1:] != prose[:-1])))
    sizes = np.bincount(number)
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    means = np.add.reduceat(own[:, _WINDOWED_COLUMNS], starts, axis=0) / sizes[:, None]
    return np.minimum(sizes[number], _FAR).astype(np.float32), means[number].astype(np.float32)


def _contained(shapes: Sequence[Shape]) -> NDArray[np.bool_]:
    """Whether a line's words stand inside another line too: a pull quote, or a summary's sentence."""
    whole = "\n".join(shape.key for shape in shapes)
    if len(whole) > CONTAINED_CHARS:
        return np.zeros(len(shapes), dtype=bool)
    return np.array([20 <= len(shape.key) <= 300 and whole.find(shape.key, whole.find(shape.key) + 1) >= 0
                     for shape in shapes], dtype=bool)  # fmt: skip


def _places(own: Matrix, contained: NDArray[np.bool_], behind: Matrix, ahead: Matrix) -> list[Any]:
    """Where each line stands among the prose of the article: columns, and blocks of them.

    `behind` and `ahead` have the lines since and until the next prose and embedded post.
    """
    n = len(own)
    index = np.arange(n)
    prose = own[:, OWN.index("prose")] > 0
    mass = np.where(prose, np.expm1(own[:, 0]), 0.0)
    total = mass.sum() or 1.0
    run_length, run_means = _runs(own, prose)
    before = np.cumsum(mass) - mass
    start, end = best_span(np.where(prose, np.minimum(mass / 100, 4.0), -0.6))
    return [
        index / n, np.minimum(index, 200), np.minimum(n - 1 - index, 200),
        before / total, (total - before - mass) / total, behind[:, 0], ahead[:, 0],
        math.log1p(n), prose.mean(), math.log1p(total),
        (index >= start) & (index < end),
        behind[:, 1], ahead[:, 1], np.cumsum(prose), run_length,
        contained,
        np.broadcast_to(own[:, _WINDOWED_COLUMNS].mean(axis=0), (n, len(_WINDOWED))),
        run_means,
    ]  # fmt: skip


def _marks(own: Matrix, said: Matrix) -> NDArray[np.bool_]:
    """Prose, embedded posts and openers: what the distance to counts."""
    openers = said[:, [_INDEX[name] for name in _OPENERS]] >= WHOLE
    return np.column_stack((own[:, [OWN.index("prose"), OWN.index("embed")]] > 0, openers))


def _neighbours(own: Matrix) -> list[Matrix]:
    near = own[:, _NEAR_COLUMNS]
    return [
        *(shifted(near, offset) for offset in _OFFSETS),
        *windowed(own[:, _WINDOWED_COLUMNS], _WINDOWS),
    ]


def _laid_out(rows: int, parts: Sequence[Any]) -> Matrix:
    """Columns, values for all rows and blocks of columns as one matrix, in the order of FEATURES."""
    out = np.empty((rows, len(FEATURES)), dtype=np.float32)
    at = 0
    for part in parts:
        if np.ndim(part) == 2:
            out[:, at : at + part.shape[1]] = part
            at += part.shape[1]
        else:
            out[:, at] = part
            at += 1
    return out


def _said(shapes: Sequence[Shape]) -> Matrix:
    out = np.zeros((len(shapes), len(PHRASE_REASONS)), dtype=np.float32)
    for i, shape in enumerate(shapes):
        for reason, strength in shape.hits.items():
            out[i, reason] = strength
    return out


def _language_of(lines: Sequence[str]) -> str | None:
    """The language by its function words; English for a page of ASCII that is too short to tell."""
    read = [_read(line) for line in lines]
    language = guess_language(Counter(chain.from_iterable(line.words for line in read)))
    if language is None and sum(len(line.words) for line in read) < FEW_WORDS:
        return "en" if all(line.text.isascii() for line in read) else None
    return language


def read_page(lines: Sequence[str], language: str | None = None) -> Page:
    """Read all lines of an article, at least one; blank ones must have been left out.

    Of a language tag ("en-GB") the first part counts. A language that isn't given is guessed from
    function words; a page of plain ASCII with too little text to tell counts as English.
    """
    lines = _calm(lines)
    language = language.partition("-")[0].lower() if language else _language_of(lines)
    shapes = tuple(map(_reader(language), lines))
    own = np.array([shape.own for shape in shapes], dtype=np.float32)
    said = _said(shapes)
    marks = _marks(own, said)
    behind, ahead = since(marks), until(marks)
    places = _places(own, _contained(shapes), behind, ahead)
    announced = (behind[:, _OPENER_COLUMNS], ahead[:, _OPENER_COLUMNS])
    parts = [own, said, _topics(shapes), _repeats(shapes), *places, *announced, *_neighbours(own)]
    return Page(shapes, _laid_out(len(lines), parts), language)
