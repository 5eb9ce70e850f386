"""Which word table to read a text with, when its language is not known.

A count of each language's commonest words: good enough to choose a table, no language detector.
"""

import re
from collections import Counter

from quotesieve.text.cues_tables import COMMON_WORDS

_WORD = re.compile(r"[^\W\d_]+")
_COMMON = {language: frozenset(words.split()) for language, words in COMMON_WORDS.items()}
_SAMPLE = 3000  # characters


def guess_language(text: str) -> str:
    """ISO 639-1 code of the language whose commonest words are most frequent; English in doubt.

    >>> guess_language("Das ist nicht der Plan, den die Stadt mit dem Land gemacht hat.")
    'de'
    >>> guess_language("La la la.")
    'en'
    """
    words = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    best, most = "en", sum(words[word] for word in _COMMON["en"])
    for language, common in _COMMON.items():
        count = sum(words[word] for word in common)
        if count > most and sum(word in words for word in common) > 1:
            best, most = language, count
    return best
