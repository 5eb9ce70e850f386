"""Which word table to read a text with, when its language is not known.

A count of each language's commonest words: good enough to choose a table, no language detector.
"""

import re
from itertools import filterfalse

from quotesieve.text.cues import lexicon
from quotesieve.text.cues_tables import COMMON_WORDS
from quotesieve.text.cues_tables_north import COMMON_WORDS as NORTHERN

_WORD = re.compile(r"[a-z]+[^\W\d_]*|[^\W\d_]+")  # plain letters first: that is faster
_ENGLISH = frozenset(COMMON_WORDS["en"].split()) | lexicon("en").keys()
# A word that English has too (is, we, as) says nothing for Dutch or Portuguese.
_COMMON = {
    language: frozenset(words.split()) - _ENGLISH for language, words in (COMMON_WORDS | NORTHERN).items()
}
_ANY_COMMON = frozenset().union(*_COMMON.values())
_KANA = re.compile("[ぁ-んァ-ヺ]")
_HAN = re.compile("[㐀-鿿]")
_KANA_SHARE = 0.1  # of the letters of these scripts; a Chinese text has a name or a slogan in kana
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
    words = _words(text[:_SAMPLE].lower())
    best, most = "en", sum(map(_ENGLISH.__contains__, words))
    if 2 * most >= len(words):
        return best  # fewer words are left than are English
    if _is_japanese(text[:_SAMPLE]):
        return "ja"
    telling = list(filter(_ANY_COMMON.__contains__, words))
    for language, common in _COMMON.items():
        shared = list(filter(common.__contains__, telling))
        if len(shared) > most and len(set(shared)) > 1:
            best, most = language, len(shared)
    return best


def _is_japanese(text: str) -> bool:
    """Whether the text is in kana and Han characters, with more of the former than a Chinese one has.

    >>> _is_japanese("市は橋を閉じた。"), _is_japanese("這種「かわいい」文化" + "影響了全世界" * 9)
    (True, False)
    """
    kana = len(_KANA.findall(text))
    return kana > 1 and kana >= _KANA_SHARE * (kana + len(_HAN.findall(text)))


def _words(text: str) -> list[str]:
    """All words, in no order; those that stand free of marks need no search."""
    parts = text.split()
    marked = filterfalse(str.isalpha, parts)
    return [*filter(str.isalpha, parts), *_WORD.findall(" ".join(marked))]
