"""English contractions of "not", printed rightly or not: what a word is compared as.

A closed list, made from the table of contractions: a letter of the stem lost, doubled or changed places,
the apostrophe out of place, another word run into it. Nothing is guessed from the sound of a word:
"van't Hoff" and "fish'n'tackle" are none.
"""

import re
from collections.abc import Iterator

from quotesieve.match import words_data

_LONG = 6  # letters of a contraction that may have lost one: "in't" is also Dutch, "wan't" mostly "want"
_AMBIGUOUS = frozenset(("wan't",))
_TABLE = {
    word: tuple(words.split())
    for word, words in words_data.SPELLED_OUT["en"].items()
    if word.endswith("n't") and words.endswith(" not")
}


def _misprints(word: str) -> Iterator[str]:
    stem = word.removesuffix("n't")
    yield stem + "'nt"
    yield stem + "n'f"
    if len(word) < _LONG:
        return
    for i, letter in enumerate(stem):
        yield f"{stem[:i]}{stem[i + 1 :]}n't"
        yield f"{stem[:i]}{letter}{stem[i:]}n't"
        yield f"{stem[:i]}{stem[i : i + 2][::-1]}{stem[i + 2 :]}n't"


_MISPRINTED = {
    misprint: words
    for word, words in _TABLE.items()
    for misprint in _misprints(word)
    if misprint not in _TABLE
}
_ALTERNATIVES = "|".join(sorted(_TABLE, key=len, reverse=True))
_BEFORE = re.compile(rf"({_ALTERNATIVES})([a-z]{{2,}})")
_BEHIND = re.compile(rf"([a-z]{{2,}}?)({'|'.join(word for word in _TABLE if len(word) >= _LONG)})")


def spelled_out(word: str) -> tuple[str, ...] | None:
    """The words of a contraction that is misprinted or run together with its neighbour; None of others.

    >>> spelled_out("desn't"), spelled_out("do'nt"), spelled_out("doesn'tlike"), spelled_out("clientwasn't")
    (('does', 'not'), ('do', 'not'), ('does', 'not', 'like'), ('client', 'was', 'not'))
    >>> spelled_out("van't"), spelled_out("in't"), spelled_out("wan't"), spelled_out("surf'n'turf")
    (None, None, None, None)
    """
    if word in _MISPRINTED:
        return None if word in _AMBIGUOUS else _MISPRINTED[word]
    if found := _BEFORE.fullmatch(word):
        return (*_TABLE[found[1]], found[2])
    if found := _BEHIND.fullmatch(word):
        return (found[1], *_TABLE[found[2]])
    return None
