"""Whether a word is a verb here, and one that reports: "they claim", not "the claim", "was told".

Reads the flags of a word and of those beside it. Phrases are `speakers_phrases`'s.
"""

from typing import Final

from quotesieve.text.cues import (
    ADV,
    APOS,
    AUX,
    BASE,
    BE,
    BELIEF,
    BODY,
    CAP,
    CLOSE,
    COLON,
    COMMA,
    CONJ,
    CUE,
    DASH,
    DET,
    INDEF,
    ING,
    LOWER,
    OBJ,
    OPEN,
    OTHER,
    POSS,
    PREP,
    PRON,
    QUOTE,
    REL,
    ROLE,
    STOP,
    SUB,
    VERB,
    WEAK,
)  # fmt: skip
from quotesieve.text.speakers_tokens import Paragraph

MARKS: Final = COMMA | STOP | COLON | DASH | OPEN | CLOSE | QUOTE


FINITE: Final = CUE | WEAK | VERB | AUX | BELIEF


def is_finite(p: Paragraph, i: int) -> bool:
    """Whether token `i` is a verb here: "they claim", not "the claim" nor "his claims"."""
    value = p.flags[i]
    if not value & FINITE or value & CAP:
        return False
    before = p.flags[i - 1] if i else 0
    if value & (DET | PRON):
        return False
    if value & VERB and value & OTHER and not value & (CUE | WEAK):
        return False  # the biggest teaching union
    if value & (AUX | CUE) and not value & BASE and not p.words[i].endswith("s"):
        return not before & (DET | POSS | APOS | INDEF) or bool(before & PRON)
    return not before & (DET | POSS | APOS | INDEF | PREP) or bool(before & PRON)


def is_cue(p: Paragraph, v: int) -> bool:
    """Whether a word that can report does so here: not "his claims", "the alleged", "was told"."""
    value = p.flags[v]
    if value & CAP and v and not p.flags[v - 1] & (STOP | QUOTE):
        return False
    word = p.words[v].lower()
    if word in _WITH_PARTICLE and not (v + 1 < p.count and p.words[v + 1] in _WITH_PARTICLE[word]):
        return False
    if v + 1 < p.count and p.words[v + 1] == "at" and word.startswith(_MIRTH):
        return False  # laughs at
    before = p.flags[v - 1] if v else 0
    if before & (DET | POSS | APOS | INDEF) and not before & (PRON | OBJ):
        return _stands_alone(p, v)
    if value & ING and not value & CUE:
        return True
    if before & PREP and not before & (ADV | SUB):
        return False
    if value & BASE and word not in ("read", "put"):
        return _is_plural_verb(p, v)
    if word.endswith("s") and before & OTHER and v + 1 < p.count:
        following = p.flags[v + 1]
        if following & (AUX | VERB) and following & LOWER:
            return False  # "such comments make"
    return not is_passive(p, v)


def _stands_alone(p: Paragraph, v: int) -> bool:
    """Whether the determiner before a verb is its subject: "One wrote:", "another said it was"."""
    if p.words[v - 1].lower() not in ("one", "another", "others", "some") or p.flags[v] & BASE:
        return False
    opens = v < 2 or p.flags[v - 2] & (MARKS | CONJ | SUB)
    return (
        bool(opens) and v + 1 < p.count and bool(p.flags[v + 1] & (COLON | QUOTE | COMMA | PRON | DET | SUB))
    )


def _is_plural_verb(p: Paragraph, v: int) -> bool:
    """Whether a plain form is a verb here: "critics say", "they argue", not "a report"."""
    k = v - 1
    while k >= 0 and p.flags[k] & ADV and p.flags[k] & LOWER:
        k -= 1
    if k < 0:
        return False
    value = p.flags[k]
    if value & (PRON | REL):
        return True
    if value & COMMA and p.words[v] in _PLURAL_ONLY:
        return True  # the Roes, who planted it, say
    if value & AUX:
        return p.words[v] in ("say", "write", "tell", "put", "read")
    plural = (p.words[k].endswith("s") and not p.words[k].endswith(("'s", "’s"))) or p.words[k] in (
        "people",
        "percent",
        "who",
    )
    return plural and bool(value & (ROLE | BODY | OTHER | CAP))


_PLURAL_ONLY: Final = frozenset("say argue insist".split())


_WITH_PARTICLE: Final = {
    "went": ("on",),
    "goes": ("on",),
    "put": ("it",),
    "puts": ("it",),
    "fügte": ("hinzu", "er", "sie"),
}


_MIRTH: Final = ("laugh", "smil", "grin", "beam")


def is_passive(p: Paragraph, v: int) -> bool:
    """ "was told", "is called", "accused of": the subject hears, it does not speak."""
    if p.words[v] == "accused" and v + 1 < p.count and p.words[v + 1] == "of":
        return True
    if p.words[v].endswith("s"):
        return False
    for k in range(v - 1, max(-1, v - 4), -1):
        value = p.flags[k]
        if value & BE:
            return p.words[k] != "has"
        if not value & (ADV | AUX):
            return False
    return False
