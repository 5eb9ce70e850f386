"""The subject of a clause read from its beginning: behind its verb, or past what opens it.

Reads phrases as `speakers_phrases` finds them. What is read leftwards from a verb is `speakers_grammar`'s.
"""

from typing import Final

from quotesieve.text.cues import (
    ADV,
    BASE,
    BE,
    BELIEF,
    BODY,
    CAP,
    COLON,
    COMMA,
    CONJ,
    CUE,
    DASH,
    DET,
    INDEF,
    ING,
    LOWER,
    NUMBER,
    OBJ,
    OPEN,
    OTHER,
    PREP,
    PRON,
    QUOTE,
    REL,
    ROLE,
    SOURCE,
    STOP,
    SUB,
    TIME,
    TITLE,
    VERB,
    WEAK,
)
from quotesieve.text.names import LIKELY, NOT_PERSON
from quotesieve.text.speakers_cues import FINITE, MARKS, is_finite
from quotesieve.text.speakers_phrases import (
    Subject,
    is_given,
    long_title,
    name_in,
    phrase_end,
    subject_of,
)
from quotesieve.text.speakers_tokens import Paragraph
from quotesieve.text.speakers_verbs import looks_finite

ROMANCE: Final = frozenset(["fr", "es", "it", "pt"])


_LONGEST_CLAUSE: Final = 150  # tokens


def subject_after(p: Paragraph, verb: int, stop: int) -> Subject | None:
    """The subject of an inverted clause: "said Ada Quist, a professor"."""
    i = verb + 1
    while i < stop and ((p.flags[i] & ADV and not p.flags[i] & CAP) or p.words[i] in ("sich", "zich")):
        i += 1
    if p.language in ROMANCE and i + 1 < stop and p.flags[i] & PREP:
        i = max(phrase_end(p, i + 1, stop), i + 1)  # a déclaré à l’agence le ministre
    elif p.language != "en" and i + 2 < stop and p.flags[i] & PREP and p.flags[i + 1] & TIME:
        i += 2  # przyznał we wtorek dyrektor
    if i >= stop:
        return None
    value = p.flags[i]
    if value & PRON:
        return Subject(i, i + 1, "pronoun", None)
    if not value & (CAP | DET | ROLE | OTHER | TITLE | BODY | INDEF) or (
        value & (TIME | OBJ) and not value & DET
    ):
        return None
    return phrase_subject(p, i, stop)


def phrase_subject(p: Paragraph, i: int, stop: int) -> Subject | None:
    """The subject that begins at token `i`."""
    if p.flags[i] & PRON:
        return Subject(i, i + 1, "pronoun", None)
    end = phrase_end(p, i, stop)
    if end == i:
        return None
    return long_title(p, i, end, stop) or _joined_title(p, i, end, stop) or subject_of(p, i, end, stop)


def _joined_title(p: Paragraph, first: int, end: int, stop: int) -> Subject | None:
    """ "former Ohio Gov. and party chairman Ada Quist": two titles before one name."""
    if not p.flags[end - 1] & (TITLE | ROLE) or end + 1 >= stop or p.words[end] != "and":
        return None
    last = phrase_end(p, end + 1, stop)
    found = name_in(p, end + 1, last) if last > end + 1 else None
    if found is None or found[1].kind < LIKELY or (found[0] == end + 1 and not found[1].titles):
        return None
    return Subject(first, last, "name", found[1])


def main_subject(p: Paragraph, start: int, stop: int) -> Subject | None:
    """The subject of the clause that fills [start, stop): its first phrase, openings skipped."""
    i, stop = start, min(stop, start + _LONGEST_CLAUSE)
    if i + 1 < stop and p.flags[i] & NUMBER and p.words[i].endswith(("am", "pm")):
        i += 1  # a live report: 9.12am Ada Quist has
    while (
        i < stop and p.flags[i] & (CONJ | ADV | COMMA | QUOTE | DASH | STOP) and not p.flags[i] & (DET | PRON)
    ):
        i += 1
    if i >= stop:
        return None
    value = p.flags[i]
    if (
        value & CAP
        and p.words[i].endswith("ing")
        and i + 1 < stop
        and not p.flags[i + 1] & (FINITE | MARKS | CAP)
    ):
        return _after_opening(p, i, stop)
    if value & CAP and value & TIME and i + 1 < stop and p.flags[i + 1] & ADV:
        return _after_opening(p, i, stop)  # Hours later, Quist
    opens = value & (PREP | SUB | ING | VERB | WEAK | CUE | BASE | BELIEF | SOURCE) and not value & (
        DET | PRON | ROLE
    )
    if opens and not (value & CAP and is_given(p, i)):
        return _after_opening(p, i, stop)
    return phrase_subject(p, i, stop)


def _after_opening(p: Paragraph, i: int, stop: int) -> Subject | None:
    """Past "In an interview on Friday," and its like: the first phrase after a comma that has a verb."""
    if p.words[i] in ("As", "as") and i + 1 < stop and p.flags[i + 1] & CAP:
        named = phrase_subject(p, i + 1, stop)  # As Ada Quist, a doctor, noted
        if (
            named is not None
            and named.last < stop
            and (p.flags[named.last] & COMMA or is_finite(p, named.last))
        ):
            return named
    there = _there_is(p, i, stop)
    if there is not None:
        return there
    fallback: Subject | None = None
    for j in range(i + 1, min(stop - 1, i + 60)):
        following = p.flags[j + 1]
        if not p.flags[j] & COMMA or (
            following & (PREP | SUB | ING | REL | CONJ | COMMA | QUOTE) and not following & (PRON | DET)
        ):
            continue
        subject = phrase_subject(p, j + 1, stop)
        if subject is None or (_is_place(subject) and subject.last < stop and p.flags[subject.last] & COMMA):
            continue  # in Aspen, Colo., the graduate
        fallback = fallback or subject
        if _has_verb(p, subject.last, stop):
            return subject
    return fallback or (_after_finite(p, i, stop) if p.language in VERB_SECOND else None)


def _there_is(p: Paragraph, i: int, stop: int) -> Subject | None:
    """The X of "Among the victims was X, a widow"."""
    for v in range(i + 1, min(stop - 1, i + 8)):
        if p.flags[v] & (COMMA | QUOTE):
            return None
        if p.flags[v] & BE and p.flags[v + 1] & CAP and p.language == "en":
            subject = phrase_subject(p, v + 1, stop)
            named = subject is not None and subject.name is not None and subject.name.kind >= LIKELY
            return subject if named else None
    return None


def _after_finite(p: Paragraph, i: int, stop: int) -> Subject | None:
    """The subject behind the verb that an opening pushes before it: Dazu wollte sich Roe nicht äußern."""
    for v in range(i + 1, min(stop - 1, i + 12)):
        value = p.flags[v]
        if value & (COMMA | QUOTE | COLON):
            return None
        if value & LOWER and (is_finite(p, v) or looks_finite(p.words[v], p.language)):
            first = v + 1
            while first < stop and p.flags[first] & (OBJ | ADV) and not p.flags[first] & CAP:
                first += 1
            return phrase_subject(p, first, stop) if first < stop else None
    return None


VERB_SECOND: Final = frozenset("de nl da no sv".split())


def _is_place(subject: Subject) -> bool:
    return subject.name is not None and (
        subject.name.kind == NOT_PERSON or (len(subject.name.tokens) == 1 and subject.name.text.endswith("."))
    )


def _has_verb(p: Paragraph, i: int, stop: int) -> bool:
    """Whether a verb follows at token `i`, or an insertion that only a subject takes."""
    if i >= stop or p.flags[i] & (FINITE | ING | ADV | OPEN):
        return True
    return bool(p.flags[i] & COMMA) and i + 1 < stop and bool(p.flags[i + 1] & (REL | DET | INDEF))
