"""The flags of words by which speakers are found, made from the tables of `cues_tables`.

Holds no reading of text. A word has one entry of bit flags per language; what is in no table is
classified by its shape (`speakers_tokens`).
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from quotesieve.text import cues_tables as tables
from quotesieve.text import cues_tables_north as north

# Bit flags of a word.
CUE: Final = 1 << 0  # a finite reporting verb: said, wrote, argues
ING: Final = 1 << 1  # its participle: saying, adding; the subject is the sentence's
WEAK: Final = 1 << 2  # a verb that often carries a partial quote: called, dismissed, praised
VERB: Final = 1 << 3  # any other verb: it bounds a noun phrase
AUX: Final = 1 << 4
ADV: Final = 1 << 5
PREP: Final = 1 << 6
DET: Final = 1 << 7
INDEF: Final = 1 << 8  # a determiner that introduces somebody unnamed: a, another, some, two
PRON: Final = 1 << 9  # a subject pronoun
POSS: Final = 1 << 10
CONJ: Final = 1 << 11
SUB: Final = 1 << 12  # that, when, because: a clause begins
REL: Final = 1 << 13  # who, which
TIME: Final = 1 << 14
CAP: Final = 1 << 15  # begins with a capital letter
COMMA: Final = 1 << 16
STOP: Final = 1 << 17
COLON: Final = 1 << 18
DASH: Final = 1 << 19
OPEN: Final = 1 << 20  # ( or [
CLOSE: Final = 1 << 21
QUOTE: Final = 1 << 22  # a whole quoted segment
OBJ: Final = 1 << 23  # an object pronoun
ROLE: Final = 1 << 24  # a noun for a person in a role: spokesman, senator
BODY: Final = 1 << 25  # a noun for a body or document that can "say": report, court, campaign
TITLE: Final = 1 << 26  # stands before a name: Mr., Sen., President
OTHER: Final = 1 << 27
NUMBER: Final = 1 << 28
PLURAL: Final = 1 << 29  # they, we: more than one
HEARD: Final = 1 << 31  # takes the hearer as its object: told, asked, reminded
APOS: Final = 1 << 32  # ends in 's: stands before its noun like an article
LOWER: Final = 1 << 33  # begins with a small letter
BASE: Final = 1 << 34  # the plain form of a verb of saying: a noun (a report) or an infinitive (to say)
BELIEF: Final = 1 << 35  # wants, believes: reports a mind, not words
SOURCE: Final = 1 << 36  # according (to), laut, selon: the speaker follows
BE: Final = 1 << 37  # a form of "be": makes the passive of what follows


# Words of which only "nach Angaben" and its like name a source.
SOURCE_NOUNS: Final = {
    "nach": frozenset(
        "angaben aussage aussagen ansicht auskunft einschätzung meinung worten informationen".title().split()
    )
}
ROLES: Final = frozenset((tables.ENGLISH_ROLES + tables.OTHER_ROLES + north.ROLES).split())
TITLES: Final = frozenset((tables.ENGLISH_TITLES + tables.OTHER_TITLES).split())


def _after_abbreviation() -> str:
    """A pattern for a full stop that ends an abbreviation or an initial and not a sentence."""
    by_length: dict[int, list[str]] = {}
    for word in tables.ABBREVIATED.split():
        by_length.setdefault(len(word), []).append(re.escape(word))
    parts = [rf"(?<=\b(?:{'|'.join(words)}))" for _, words in sorted(by_length.items())]
    # The stop is looked for first: after most words there is none, and looking back costs more.
    return rf"(?=\.)(?:(?<=\b[A-Z])|{'|'.join(parts)})\."


ABBREVIATION_STOP: Final = _after_abbreviation()


def _inflect(base: str) -> tuple[list[str], str]:
    """Finite forms and the participle of a verb.

    >>> _inflect("argue"), _inflect("reply")[0], _inflect("say")
    ((['argues', 'argued'], 'arguing'), ['replies', 'replied'], (['says', 'said'], 'saying'))
    """
    if base in tables.IRREGULAR:
        forms = tables.IRREGULAR[base].split()
        doubled = forms[-1].endswith("ed") and not forms[-1].endswith("ied")  # quipped -> quipping
        return forms, forms[-1][:-2] + "ing" if doubled else _participle(base)
    ending = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return [base + ending, base + ("d" if base.endswith("e") else "ed")], _participle(base)


def _participle(base: str) -> str:
    return (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"


# What the finite forms, the participle and the plain form of a group of English verbs are.
_ENGLISH_VERBS: Final = {
    "belief": (BELIEF | VERB, VERB, VERB),
    "weak": (WEAK, ING | WEAK, VERB | BASE),
    "saying": (CUE, ING, VERB | BASE),
    "heard": (HEARD, HEARD, HEARD),
}
_GROUPS: Final = {
    "cue": CUE, "plain_cue": CUE, "verb": VERB, "aux": AUX, "be": BE | AUX, "adv": ADV, "prep": PREP,
    "det": DET, "indef": DET | INDEF, "pron": PRON, "plural": PRON | PLURAL, "obj": OBJ, "poss": POSS | DET,
    "conj": CONJ, "sub": SUB, "rel": REL, "time": TIME, "body": BODY, "source": SOURCE,
}  # fmt: skip


_TABLES: Final = tables.TABLES | north.TABLES


@cache
def lexicon(language: str) -> dict[str, int]:
    """Flags by lower-case word; English where the language has no table of its own."""
    groups = dict(_TABLES.get(language, tables.TABLES["en"]))
    table: dict[str, int] = {}

    def put(words: Iterable[str], flag: int) -> None:
        for word in words:
            table[word] = table.get(word, 0) | flag

    if "saying" in groups:
        for group, (finite, participle, plain) in _ENGLISH_VERBS.items():
            for base in groups.pop(group).split():
                forms, ing = _inflect(base)
                put(forms, finite)
                put([ing], participle)
                put([base], plain)
    for group, words in groups.items():
        put(words.split(), WEAK if group == "weak" else _GROUPS[group])
    put(ROLES, ROLE)
    put(TITLES, TITLE)
    return table
