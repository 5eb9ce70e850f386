"""Which word table to read a text with, when its language is not known.

A count of each language's commonest words: good enough to choose a table, no language detector.
"""

import re
from collections import Counter

from quotesieve.text.cues import lexicon
from quotesieve.text.cues_tables import COMMON_WORDS
from quotesieve.text.cues_tables_north import COMMON_WORDS as NORTHERN

_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH = frozenset(COMMON_WORDS["en"].split()) | lexicon("en").keys()
# A word that English has too (is, we, as) says nothing for Dutch or Portuguese.
_COMMON = {
    language: frozenset(words.split()) - _ENGLISH for language, words in (COMMON_WORDS | NORTHERN).items()
}
_SAMPLE = 3000  # characters


def guess_language(text: str) -> str:
    """ISO 639-1 code of the language whose commonest words are most frequent; English in doubt.

    >>> guess_language("Das ist nicht der Plan, den die Stadt mit dem Land gemacht hat.")
    'de'
    >>> guess_language("We will stay as long as we can.")
    'en'
    >>> guess_language("La la la.")
    'en'
    """
    words = Counter(_WORD.findall(text[:_SAMPLE].lower()))
    best, most = "en", sum(count for word, count in words.items() if word in _ENGLISH)
    for language, common in _COMMON.items():
        shared = [word for word in common if word in words]
        count = sum(words[word] for word in shared)
        if count > most and len(shared) > 1:
            best, most = language, count
    return best
