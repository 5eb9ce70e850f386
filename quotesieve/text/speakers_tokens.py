"""Tokens and sentences of one paragraph, each quoted segment folded into a single token.

Holds no rule about who speaks: `speakers_phrases` reads phrases off these tokens.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from typing import Final

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.cues import (
    ADV,
    APOS,
    BODY,
    CAP,
    CLOSE,
    COLON,
    COMMA,
    CUE,
    DASH,
    LOWER,
    NUMBER,
    OPEN,
    OTHER,
    QUOTE,
    REL,
    ROLE,
    STOP,
    SUB,
    TIME,
    VERB,
    WEAK,
)  # fmt: skip
from quotesieve.text.quotes import Segment

# What may follow the letters of a word and belongs to it.
_TAIL = rf"(?:[-‑’'&./_][^\W_]+)*(?:{cues.ABBREVIATION_STOP}|(?<=s)[’'](?=\s\w))?"
# A token with the space after it, so that the tokens tile the text and their places are sums of lengths.
# Most are plain letters and one space, which are read without trying anything else.
_TOKEN = re.compile(
    rf"(?:[A-Za-z]+(?: (?!\s)|[^\W_]*{_TAIL}\s*)"
    rf"|(?:[,;:“”\"()?!]|\d+(?:,\d\d\d)+|[^\W_]+{_TAIL}|--+|\.\.+|[\W_])\s*)"
)
_PUNCTUATION: Final = {
    ",": COMMA, "、": COMMA, ":": COLON, "：": COLON,
    ".": STOP, "!": STOP, "?": STOP, ";": STOP, "…": STOP, "...": STOP, "..": STOP, "•": STOP,
    "|": STOP, "。": STOP,
    "-": DASH, "--": DASH, "–": DASH, "—": DASH, "―": DASH,
    "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE,
}  # fmt: skip
_CACHE_LIMIT: Final = 200_000
_LONGEST: Final = 120  # tokens; a longer sentence is a list or a transcript
_BREAKS: Final = COMMA | STOP | COLON | DASH | OPEN | CLOSE | QUOTE | REL


class Flags(dict[str, int]):
    """Flags by word as printed; a new word is classified once and kept (up to a limit)."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self._table = cues.lexicon(language)
        self._english = language == "en"

    def __missing__(self, word: str) -> int:
        value = _flags_of(word, self._table, self._english)
        if len(self) < _CACHE_LIMIT:
            self[word] = value
        return value


@cache
def flags_for(language: str) -> Flags:
    """The flags of a language; English where there is no table for it."""
    return Flags(language)


def _flags_of(word: str, table: dict[str, int], english: bool) -> int:
    """The flags of one token, by table, else by its shape."""
    if word in _PUNCTUATION:
        return _PUNCTUATION[word]
    lower = word.lower()
    value = 0
    if lower.endswith(("'s", "’s")) and lower not in table:
        lower = lower[:-2]
        if lower in _CONTRACTED:
            return table.get(lower, OTHER) | LOWER
        value = APOS
    elif lower.endswith(("s'", "s’")) and english:
        lower, value = lower[:-1], APOS  # the visitors’ coach
    value |= table.get(lower, 0)
    if not english:
        value |= _clitic(lower, table)
    if "-" in lower and not value & ~APOS:
        value |= table.get(lower.rsplit("-", 1)[1], 0) & (ROLE | BODY)
    value |= CAP if word[0].isupper() else LOWER if word[0].islower() else 0
    if word[0].isdigit():
        value |= NUMBER
    if (
        english
        and not value & ~(APOS | CAP)
        and lower.endswith("ly")
        and len(lower) > 6
        and lower not in data.FEMALE
    ):
        value |= ADV
    if not value & ~(APOS | LOWER | CAP) and value & LOWER:
        value |= _by_shape(lower) if english else OTHER
    return value


_CONTRACTED: Final = frozenset("he she it that who there what here let where how".split())


def _clitic(lower: str, table: dict[str, int]) -> int:
    """French joins: "a-t-il" is verb and pronoun in one, "l’entreprise" article and noun."""
    stem, _, last = lower.rpartition("-")
    if stem and last in ("il", "elle", "ils", "elles", "on"):
        return table.get(stem.removesuffix("-t"), 0) | table.get(last, 0)
    head, mark, tail = lower.replace("’", "'").partition("'")
    if mark and len(head) <= 2 and tail:
        return table.get(tail, OTHER)
    return ADV if lower.endswith(("ment", "mente")) and len(lower) > 6 and lower not in table else 0


def _by_shape(lower: str) -> int:
    if lower.endswith("ly") and len(lower) > 4:
        return ADV
    if lower.endswith("ed") and len(lower) > 4:
        return VERB
    if lower.endswith("ing") and len(lower) > 5:
        return VERB | OTHER
    return OTHER


class Paragraph:
    """The tokens of one paragraph. `segments` maps the index of a quote token to its segment."""

    __slots__ = (
        "_ends",
        "count",
        "flags",
        "language",
        "number",
        "segments",
        "sentences",
        "starts",
        "text",
        "words",
    )

    def __init__(
        self, text: str, start: int, end: int, segments: Sequence[Segment], flags: Flags, number: int = 0
    ) -> None:
        self.text = text
        self.number = number
        self.language = flags.language
        self.words: list[str] = []
        self.starts: list[int] = []
        self.segments: dict[int, Segment] = {}
        at = start
        for segment in segments:
            self._read(at, segment.outer_start)
            self.segments[len(self.words)] = segment
            self.words.append(FOLDED)
            self.starts.append(segment.outer_start)
            at = segment.outer_end
        self._read(at, end)
        self.flags: list[int] = list(map(flags.__getitem__, self.words))
        self.count = len(self.words)
        self.sentences = self._split()
        self._ends = [last for _, last in self.sentences]

    def _read(self, start: int, end: int) -> None:
        if start >= end:
            return
        piece = self.text[start:end]
        start += len(piece) - len(piece.lstrip())
        parts = _TOKEN.findall(piece.lstrip())
        self.words += map(str.rstrip, parts)
        starts = accumulate(map(len, parts), initial=start)
        self.starts += starts
        self.starts.pop()  # the end of the last token

    def end_of(self, i: int) -> int:
        """Where token `i` ends in the text."""
        segment = self.segments.get(i)
        return segment.outer_end if segment is not None else self.starts[i] + len(self.words[i])

    def printed(self, first: int, last: int) -> str:
        """The text of the tokens [first, last)."""
        return self.text[self.starts[first] : self.end_of(last - 1)] if last > first else ""

    def sentence_of(self, i: int) -> int:
        """The number of the sentence that holds token `i`."""
        return bisect_right(self._ends, i)

    def sentence_end(self, i: int) -> int:
        """The end of the sentence that holds token `i`."""
        return self._ends[self.sentence_of(i)]

    def holds_quote(self, sentence: int) -> bool:
        """Whether a quote stands in the sentence."""
        first, last = self.sentences[sentence]
        return any(first <= i < last for i in self.segments)

    def around(self, i: int) -> tuple[int, int]:
        """The sentence of token `i`, at most `_LONGEST` tokens to either side."""
        first, last = self.sentences[self.sentence_of(i)]
        return max(first, i - _LONGEST), min(last, i + _LONGEST)

    def _split(self) -> list[tuple[int, int]]:
        out: list[tuple[int, int]] = []
        first = 0
        for i in [i for i, value in enumerate(self.flags) if value & (STOP | QUOTE)]:
            if self._ends_at_stop(i) if self.flags[i] & STOP else self._ends_at_quote(i):
                out.append((first, i + 1))
                first = i + 1
        if first < self.count:
            out.append((first, self.count))
        return out

    def _ends_at_stop(self, i: int) -> bool:
        return i + 1 >= self.count or not self.flags[i + 1] & (LOWER | STOP | COMMA | CLOSE)

    def _ends_at_quote(self, i: int) -> bool:
        """Whether the sentence ends inside the quote: "It is." but not "It is," nor "Is it?" he said."""
        last = self.last_character(i)
        if last not in ".!?…" or i + 1 >= self.count:
            return last in ".!?…"
        if self.flags[i + 1] & (LOWER | COMMA | STOP | DASH | CLOSE | OPEN):
            return False
        return not (last in "!?" and self.has_tail(i + 1))

    def last_character(self, i: int) -> str:
        """The last character of the words of quote token `i`, marks nested at its end left out."""
        segment = self.segments[i]
        ending = self.text[max(segment.start, segment.end - 4) : segment.end]
        return ending.rstrip("'\"’”»“ \u00a0")[-1:] or " "

    def has_tail(self, i: int) -> bool:
        """Whether a tail such as "he said" or "Ms. Roe told Reuters" begins at token `i`."""
        for j in range(i, min(i + 8, self.count)):
            value = self.flags[j]
            if value & CUE and value & LOWER and j > i:
                return True
            if value & (_BREAKS | VERB | WEAK | SUB | TIME) and not value & CAP:
                return False
        return False


FOLDED: Final = "\n"  # the word that stands for a quote: words of a paragraph never hold a line feed
_PUNCTUATION[FOLDED] = QUOTE
__all__ = ["FOLDED", "Flags", "Paragraph", "flags_for"]
