"""What can be counted about the lines of an article: the model's view of them.

Holds the matrix of features of all lines: of each by itself (`noise_lines`) and of what stands around it.
Judges nothing: that is `noise_model` and `noise`. No feature is a word of its own; words come in by the
phrase tables and function words of the page's language (`noise_phrases`), so that a page in a language
without tables is judged by shape and place alone.

Many pages are read at once, by array operations over all their lines.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from quotesieve.text.noise_lines import OWN, Bools, Lines, Matrix, Shape, cut, read_lines
from quotesieve.text.noise_phrases import PHRASE_REASONS, REASON_INDEX, WHOLE, guess_language
from quotesieve.text.noise_tokens import I64, READ_CHARS, Tokens, running, tokenise

FEW_WORDS = 60  # too few to tell a language from
CONTAINED_CHARS = 60_000  # in a longer page lines within lines are not looked for: that is quadratic

# What a line's neighbours show, one and two lines away on both sides.
_NEAR = ("chars", "ends", "ends_colon", "capitals", "phrase", "commas", "quotes", "function_words")
_NEAR_COLUMNS = [OWN.index(name) for name in _NEAR]
_OFFSETS = (-2, -1, 1, 2)
_WINDOWED = ("chars", "ends", "capitals", "phrase", "prose", "function_words", "list_mark", "digits")
_WINDOWED_COLUMNS = [OWN.index(name) for name in _WINDOWED]
_WINDOWS = (3, 8)
_PROSE, _EMBED = OWN.index("prose"), OWN.index("embed")
# A line that announces one of these is often followed by more of the same.
_OPENERS = ("related", "comments", "newsletter", "navigation", "form")
_OPENER_COLUMNS = slice(2, None)  # of `_marks`
_FAR = 60
_MANY = 200  # lines before and after one are counted up to here

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


class Occurrences(NamedTuple):
    """Which line of a page has which word, once a line; function words apart. Words are numbers."""

    line: I64
    word: I64


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of an article, read: `features` has a row a line and a column each of FEATURES."""

    shapes: tuple[Shape, ...]
    features: Matrix
    language: str | None
    rare: Occurrences


@dataclass(frozen=True, slots=True, eq=False)
class _Layout:
    """Which lines are whose: `bounds[i]` and `bounds[i + 1]` bound the lines of page i."""

    bounds: I64
    sizes: I64  # lines of each page
    first: I64  # of each line: the first line of its page
    end: I64  # and the end of its page
    index: I64  # the lines counted through all pages

    @property
    def pages(self) -> list[slice]:
        """The lines of each page."""
        return [slice(start, end) for start, end in pairwise(self.bounds.tolist())]

    def each(self, values: NDArray[Any]) -> NDArray[Any]:
        """What each line has of its page's values."""
        return values.repeat(self.sizes, axis=0)


def _layout(pages: Sequence[Sequence[str]]) -> _Layout:
    sizes = np.array([len(lines) for lines in pages])
    bounds = running(sizes)
    first, end = bounds[:-1].repeat(sizes), bounds[1:].repeat(sizes)
    return _Layout(bounds, sizes, first, end, np.arange(bounds[-1]))


def read_page(lines: Sequence[str], language: str | None = None) -> Page:
    """Read all lines of an article, at least one; blank ones must have been left out.

    Of a language tag ("en-GB") the first part counts. A language that isn't given is guessed from
    function words; a page of plain ASCII with too little text to tell counts as English.
    """
    return read_pages([lines], [language])[0]


def read_pages(pages: Sequence[Sequence[str]], languages: Sequence[str | None]) -> list[Page]:
    """`read_page` of several articles. What is read of each does not depend on the others."""
    if not pages:
        return []
    layout = _layout(pages)
    read = cut([line for lines in pages for line in _calm(lines)])
    tokens = tokenise(read.texts)
    told = [
        language.partition("-")[0].lower() if language else _language_of(read.texts[own], tokens.keys[own])
        for language, own in zip(languages, layout.pages, strict=True)
    ]
    by_line = [language for language, lines in zip(told, pages, strict=True) for _ in lines]
    lines = read_lines(read, tokens, by_line)
    rare = _rare_words(lines, layout)
    features = _laid_out(lines, rare, layout)
    return [
        Page(tuple(lines.shapes[own]), features[own], language, words)
        for language, own, words in zip(told, layout.pages, _by_page(rare, layout), strict=True)
    ]


def _by_page(rare: "_Rare", layout: _Layout) -> list[Occurrences]:
    """The words of each page."""
    order = np.argsort(layout.first[rare.line], kind="stable")
    line, word = rare.line[order], rare.word[order]
    bounds = np.searchsorted(layout.first[line], layout.bounds).tolist()
    return [
        Occurrences(line[start:end] - page.start, word[start:end])
        for page, (start, end) in zip(layout.pages, pairwise(bounds), strict=True)
    ]


def _calm(lines: Sequence[str]) -> Sequence[str]:
    """The lines of a page in capitals as if it were printed in small letters."""
    loud = sum(map(str.isupper, lines))
    if 2 * loud < len(lines):
        return lines
    return [line[:READ_CHARS].capitalize() + line[READ_CHARS:] for line in lines]


def _language_of(texts: Sequence[str], keys: Sequence[str]) -> str | None:
    """The language by its function words; English for a page of ASCII that is too short to tell."""
    words = Counter(" ".join(keys).split())
    language = guess_language(words)
    if language is None and words.total() < FEW_WORDS:
        return "en" if all(map(str.isascii, texts)) else None
    return language


def _laid_out(lines: Lines, rare: "_Rare", layout: _Layout) -> Matrix:
    """Columns and blocks of columns as one matrix, in the order of FEATURES."""
    own = lines.own
    marks = _marks(own, lines.said)
    behind, ahead = since(marks, layout.first), until(marks, layout.end)
    repeats = _repeats(lines.words.tokens, layout)
    contained = _contained(lines.words.tokens, rare, repeats, layout)
    parts = [
        own, lines.said, _topics(lines, rare), repeats, *_places(own, layout, behind, ahead), contained,
        *_means(own, layout),
        behind[:, _OPENER_COLUMNS], ahead[:, _OPENER_COLUMNS],
        *_neighbours(own, layout),
    ]  # fmt: skip
    out = np.empty((len(own), len(FEATURES)), dtype=np.float32)
    at = 0
    for part in parts:
        width = part.shape[1] if part.ndim == 2 else 1
        out[:, at : at + width] = part.reshape(len(own), width)
        at += width
    return out


@dataclass(frozen=True, slots=True, eq=False)
class _Rare:
    """The different words of each line, function words apart; those of the same word of a page together."""

    line: I64
    word: I64  # its number, which differs from page to page
    lines: I64  # how many lines of the page have the word
    prose: I64  # and how many of prose
    inner: Bools  # neither the first word of the line nor the last


def _rare_words(lines: Lines, layout: _Layout) -> _Rare:
    words, tokens = lines.words, lines.words.tokens
    # In one number the hash of a word, but for its last bits, and its line: numbers are sorted ten times as
    # fast as by an order of their own.
    room = len(tokens).bit_length()
    shift = np.uint64(room)
    hashes = tokens.hashes >> shift
    rare = np.flatnonzero(words.rare)
    pairs = np.sort(hashes[rare] << shift | words.owner[rare].astype(np.uint64))
    pairs = pairs[_turns(pairs)]
    word, line = pairs >> shift, (pairs & np.uint64((1 << room) - 1)).astype(np.int64)
    starts = np.flatnonzero(_turns(word) | _turns(layout.first[line]))
    sizes = _sizes(starts, len(line))
    in_prose = np.append(0, np.cumsum(lines.own[line, _PROSE] > 0))
    prose = in_prose[starts + sizes] - in_prose[starts]
    inner = (word != hashes[tokens.first[:-1][line]]) & (word != hashes[tokens.first[1:][line] - 1])
    number = np.repeat(np.arange(len(sizes)), sizes)
    return _Rare(line, number, np.repeat(sizes, sizes), np.repeat(prose, sizes), inner)


def _turns(values: NDArray[Any]) -> Bools:
    """Which of some values differ from the one before; the first does."""
    turns = np.ones(len(values), np.bool_)
    turns[1:] = values[1:] != values[:-1]
    return turns


def _sizes(starts: I64, end: int) -> I64:
    """The sizes of stretches that lie end to end."""
    return np.append(starts[1:], end) - starts if len(starts) else starts


def _topics(lines: Lines, rare: _Rare) -> Matrix:
    """Share and count of a line's words, function words apart, that other prose lines use too.

    A teaser for another story shares few words with the story around it.
    """
    size = len(lines.shapes)
    shared = np.bincount(rare.line[rare.prose > lines.own[rare.line, _PROSE]], minlength=size)
    known = np.bincount(rare.line, minlength=size)
    share = np.where(known > 0, shared / np.maximum(known, 1), 0.5)
    return np.column_stack((share, shared)).astype(np.float32)


def _repeats(tokens: Tokens, layout: _Layout) -> Matrix:
    """How often the same line came before, and comes again (both at most 9)."""
    out = np.zeros((len(tokens), 2), dtype=np.float32)
    for page in layout.pages:
        keys = tokens.keys[page]
        if len(set(keys)) == len(keys):
            continue
        total = Counter(keys)
        seen: Counter[str] = Counter()
        for i, key in enumerate(keys, start=page.start):
            if key and total[key] > 1:
                out[i] = (min(seen[key], 9), min(total[key] - 1 - seen[key], 9))
                seen[key] += 1
    return out


def since(marked: Bools, first: I64) -> Matrix:
    """Lines since the last marked one of the page before each line, at most `_FAR`; a column a column.

    `first` is the first line of each line's page.
    """
    index = np.arange(len(marked))[:, None]
    last = np.maximum.accumulate(np.where(marked, index, -1), axis=0)
    before = np.concatenate((np.full((1, marked.shape[1]), -1), last[:-1]))
    lines: Matrix = np.where(before >= first[:, None], np.minimum(index - before, _FAR), _FAR).astype(
        np.float32
    )
    return lines


def until(marked: Bools, end: I64) -> Matrix:
    """Lines until the next marked one of the page after each line, at most `_FAR`; a column a column."""
    return since(marked[::-1], len(marked) - end[::-1])[::-1]


def _shifted(columns: Matrix, offset: int, layout: _Layout, fill: float = -1.0) -> Matrix:
    """The rows `offset` lines further on; `fill` where the page has none."""
    at = layout.index + offset
    there = (at >= layout.first) & (at < layout.end)
    out = np.full_like(columns, fill)
    out[there] = columns[at[there]]
    return out


def _windowed(columns: Matrix, sizes: Sequence[int], layout: _Layout) -> list[Matrix]:
    """For each of `sizes` the mean over each line and so many lines of the page on both sides of it."""
    # In double precision these sums are exact, so that what came on the pages before does not matter.
    sums = np.zeros((len(columns) + 1, columns.shape[1]))
    np.cumsum(columns, axis=0, out=sums[1:])
    means: list[Matrix] = []
    for size in sizes:
        low = np.maximum(layout.index - size, layout.first)
        high = np.minimum(layout.index + size + 1, layout.end)
        means.append(((sums[high] - sums[low]) / (high - low)[:, None]).astype(np.float32))
    return means


def best_span(gain: NDArray[Any]) -> tuple[int, int]:
    """The run of lines of a page (half open) with the largest total gain; empty if no line gains."""
    sums = np.concatenate(([0.0], gain.cumsum()))
    lowest = np.minimum.accumulate(sums)
    end = int((sums - lowest).argmax())
    return int((sums == lowest[end]).argmax()), end


def _in_best_span(gain: Matrix) -> Bools:
    start, end = best_span(gain)
    inside = np.zeros(len(gain), np.bool_)
    inside[start:end] = True
    return inside


def _contained(tokens: Tokens, rare: _Rare, repeats: Matrix, layout: _Layout) -> Bools:
    """Whether a line's words stand inside another line too: a pull quote, or a summary's sentence.

    A word that no other line has says that it does not, but for the first and the last: they may be the
    ends of longer ones. So few lines have to be looked for.
    """
    size = np.fromiter(map(len, tokens.keys), np.int64, len(tokens))
    alone = np.bincount(rare.line[(rare.lines == 1) & rare.inner], minlength=len(tokens)) > 0
    again = (repeats > 0).any(axis=1)
    fit = (size >= 20) & (size <= 300)
    fit &= layout.each(np.add.reduceat(size + 1, layout.bounds[:-1])) <= CONTAINED_CHARS + 1
    out: Bools = fit & again
    for page in layout.pages:
        asked = np.flatnonzero((fit & ~again & ~alone)[page])
        whole = "\n".join(tokens.keys[page]) if len(asked) else ""
        for i in asked + page.start:
            key = tokens.keys[i]
            out[i] = whole.find(key, whole.find(key) + 1) >= 0
    return out


def _places(own: Matrix, layout: _Layout, behind: Matrix, ahead: Matrix) -> list[NDArray[Any]]:
    """Where each line stands among the prose of the article.

    `behind` and `ahead` have the lines since and until the next prose and embedded post.
    """
    sizes, each = layout.sizes, layout.each
    index, after = layout.index - layout.first, layout.end - 1 - layout.index
    prose = own[:, _PROSE] > 0
    mass = np.where(prose, np.expm1(own[:, 0]), np.float32(0))
    gain = np.where(prose, np.minimum(mass / 100, np.float32(4)), np.float32(-0.6))
    total = np.array([mass[page].sum() or 1.0 for page in layout.pages], np.float32)
    before = np.concatenate([mass[page].cumsum() for page in layout.pages]) - mass
    whole = each(total)
    in_span = np.concatenate([_in_best_span(gain[page]) for page in layout.pages])
    proses = running(prose)
    return [
        index / each(sizes), np.minimum(index, _MANY), np.minimum(after, _MANY),
        before / whole, (whole - before - mass) / whole, behind[:, 0], ahead[:, 0],
        each(np.array([math.log1p(size) for size in sizes.tolist()])),
        each((proses[layout.bounds[1:]] - proses[layout.bounds[:-1]]) / sizes),
        each(np.array([math.log1p(chars) for chars in total])),
        in_span, behind[:, 1], ahead[:, 1],
        proses[1:] - proses[layout.first],
        _run_lengths(prose, layout),
    ]  # fmt: skip


def _runs(prose: Bools, layout: _Layout) -> I64:
    """Where each run of lines of a page begins that are all prose or all not."""
    turns = _turns(prose)
    turns[layout.bounds[:-1]] = True
    return np.flatnonzero(turns)


def _run_lengths(prose: Bools, layout: _Layout) -> I64:
    sizes = _sizes(_runs(prose, layout), len(prose))
    lengths: I64 = np.minimum(np.repeat(sizes, sizes), _FAR)
    return lengths


def _means(own: Matrix, layout: _Layout) -> tuple[NDArray[Any], NDArray[Any]]:
    """Means over the page and over the run that each line stands in."""
    columns = own[:, _WINDOWED_COLUMNS]
    pages = np.array([columns[page].sum(axis=0) for page in layout.pages]) / layout.sizes[:, None]
    starts = _runs(own[:, _PROSE] > 0, layout)
    sizes = _sizes(starts, len(own))
    runs = np.add.reduceat(columns, starts, axis=0) / sizes[:, None]
    return layout.each(pages), np.repeat(runs, sizes, axis=0)


def _marks(own: Matrix, said: Matrix) -> Bools:
    """Prose, embedded posts and openers: what the distance to counts."""
    openers = said[:, [REASON_INDEX[name] for name in _OPENERS]] >= WHOLE
    return np.column_stack((own[:, [_PROSE, _EMBED]] > 0, openers))


def _neighbours(own: Matrix, layout: _Layout) -> list[Matrix]:
    near = own[:, _NEAR_COLUMNS]
    return [
        *(_shifted(near, offset, layout) for offset in _OFFSETS),
        *_windowed(own[:, _WINDOWED_COLUMNS], _WINDOWS, layout),
    ]
