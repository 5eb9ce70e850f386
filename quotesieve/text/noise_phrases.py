"""Phrases and function words of one language, and how they are looked up in a line.

The words themselves are data (`noise_words`). A line is given by its key: its words in lower case, every
number a 0, with spaces between. Judges nothing: that is `noise`.
"""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from quotesieve.model import REASONS
from quotesieve.text import noise_words

FEW_WORDS_LINE = 10  # so short a line is nothing but its phrases
UNSURE, BEGINS, WHOLE, CERTAIN = 1, 2, 3, 4  # how a phrase was met: ~ ^ = !

PHRASE_REASONS = tuple(reason for reason in REASONS if reason != "duplicate")
REASON_INDEX = {reason: i for i, reason in enumerate(PHRASE_REASONS)}
_STRENGTH = {"~": UNSURE, "^": BEGINS, "=": WHOLE, "!": CERTAIN}


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrase tables of one language, by how they are looked up."""

    whole: dict[str, dict[int, int]]  # phrase -> reason -> strength
    start: dict[str, tuple[tuple[str, int], ...]]  # first word -> phrases with their reason
    inside: dict[str, tuple[tuple[str, int], ...]]  # longest word -> the same
    pieces: tuple[tuple[re.Pattern[str], int], ...]


def _rows(table: str) -> list[tuple[str, str, str]]:
    """The (reason, mark, phrase) rows of one language's table."""
    rows: list[tuple[str, str, str]] = []
    for line in filter(None, table.split("\n")):
        reason, _, rest = line.partition(": ")
        mark, _, phrases = rest.partition(" ")
        rows.extend((reason, mark, phrase.strip()) for phrase in phrases.split("|"))
    return rows


def _spaceless(tables: dict[str, str]) -> tuple[tuple[re.Pattern[str], int], ...]:
    return tuple((re.compile("|".join(map(re.escape, pieces.split()))), REASON_INDEX[reason])
                 for reason, pieces in tables.items())  # fmt: skip


@lru_cache(maxsize=32)
def phrases(language: str | None) -> Phrases:
    """The tables for one language (ISO 639-1); of an unknown one, those for every language."""
    whole: dict[str, dict[int, int]] = {}
    start: dict[str, list[tuple[str, int]]] = {}
    inside: dict[str, list[tuple[str, int]]] = {}
    for code in ("*", language):
        for reason, mark, phrase in _rows(noise_words.TABLES.get(code or "", "")):
            index = REASON_INDEX[reason]
            if mark in "!=":
                known = whole.setdefault(phrase, {})
                known[index] = max(_STRENGTH[mark], known.get(index, 0))
            else:
                # Phrases from anywhere are looked up by their longest word: the first is often "in" or "of".
                known_by = phrase.partition(" ")[0] if mark == "^" else max(phrase.split(), key=len)
                (start if mark == "^" else inside).setdefault(known_by, []).append((f" {phrase} ", index))
    return Phrases(
        whole,
        {word: tuple(found) for word, found in start.items()},
        {word: tuple(found) for word, found in inside.items()},
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


def find_phrases(key: str, table: Phrases) -> dict[int, int]:
    """Reasons that the phrases of a line speak for, each with the strength of the surest one.

    >>> reasons = find_phrases("skip advert", phrases("en"))
    >>> {PHRASE_REASONS[reason]: strength == CERTAIN for reason, strength in reasons.items()}
    {'advert': True}
    """
    words = key.split()
    few = len(words) <= FEW_WORDS_LINE
    hits = dict(table.whole.get(key, ())) if few else {}
    if not words:
        return hits
    padded = " " + key + " "
    for phrase, reason in table.start.get(words[0], ()):
        if hits.get(reason, 0) < BEGINS and padded.startswith(phrase):
            hits[reason] = BEGINS
    for word in filter(table.inside.__contains__, words):
        for phrase, reason in table.inside[word]:
            if hits.get(reason, UNSURE) != CERTAIN and phrase in padded:
                # "Sign up for | our newsletter": begun and borne out, in a line that says no more.
                twice = few and hits.get(reason) == BEGINS and not padded.startswith(phrase)
                hits[reason] = CERTAIN if twice else max(UNSURE, hits.get(reason, 0))
    return hits


def find_pieces(text: str, hits: dict[int, int], table: Phrases) -> None:
    """Add what the pieces of words say, where words are not spaced."""
    for pieces, reason in table.pieces:
        if reason not in hits and pieces.search(text):
            hits[reason] = BEGINS
