"""Which word table to read a text with, when its language is not known.

A count of each language's commonest words: good enough to choose a table, no language detector.
"""

from collections import Counter

from quotesieve.text.cues_languages import COMMON_WORDS

_SAMPLE = 3000  # characters


def guess_language(text: str) -> str:
    """ISO 639-1 code of the language whose commonest words are most frequent; English in doubt.

    >>> guess_language("Das ist nicht der Plan, den die Stadt mit dem Land gemacht hat.")
    'de'
    >>> guess_language("La la la.")
    'en'
    """
    words = Counter(text[:_SAMPLE].lower().split())
    best, most = "en", sum(words[word] for word in COMMON_WORDS["en"])
    for language, common in COMMON_WORDS.items():
        count = sum(words[word] for word in common)
        if count > most and count > 3:
            best, most = language, count
    return best
