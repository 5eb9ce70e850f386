"""The subject of a verb read leftwards: over insertions, relative clauses and shared verbs.

Reads phrases as `speakers_phrases` finds them, clauses as `speakers_clauses` does; which verb reports which
quote is `speakers_claims`'s.
"""

from typing import Final

from quotesieve.text.cues import (
    ADV,
    APOS,
    AUX,
    BASE,
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
    TIME,
    TITLE,
    VERB,
    WEAK,
)
from quotesieve.text.names import LIKELY, NOT_PERSON
from quotesieve.text.speakers_clauses import VERB_SECOND, main_subject, phrase_subject
from quotesieve.text.speakers_cues import MARKS, is_finite
from quotesieve.text.speakers_phrases import (
    NOUNS,
    Subject,
    long_title,
    name_in,
    phrase_end,
    skip_lead,
    subject_of,
)
from quotesieve.text.speakers_tokens import Paragraph


def subject_before(p: Paragraph, verb: int, start: int) -> Subject | None:
    """The subject of the verb, looked for to its left within [start, verb)."""
    j = _skip_left(p, verb - 1, start)
    if j < start:
        return None
    value = p.flags[j]
    if value & PRON:
        return Subject(j, j + 1, "pronoun", None)
    if value & REL:
        return antecedent(p, j, start)
    if value & (COMMA | DASH | CLOSE):
        return _over_insertion(p, j, start)
    if value & CONJ and value & LOWER:
        return _shared_subject(p, j, start)
    if value & (SUB | COLON | QUOTE | STOP) and not value & DET:
        return None
    if value & OBJ and j - 2 >= start and p.words[j - 1] == "of" and p.flags[j - 2] & INDEF:
        return Subject(j - 2, j + 1, "descriptor", None)  # one of them
    return adjacent(p, j, start, verb)


def _skip_left(p: Paragraph, j: int, start: int) -> int:
    """Past "has repeatedly" and "on Friday" between a subject and its verb."""
    while j >= start:
        value = p.flags[j]
        if value & TIME and j > start and not p.flags[j - 1] & (DET | APOS | POSS):
            j -= 2 if p.flags[j - 1] & PREP else 1
        elif value & (AUX | ADV) and not value & (CAP | PRON | DET):
            j -= 1
        else:
            break
    return j


def _shared_subject(p: Paragraph, j: int, start: int) -> Subject | None:
    """The subject of "smiled and said": that of the nearest verb before "and"."""
    if p.language in VERB_SECOND and j > start and p.flags[j - 1] & PRON:
        return Subject(j - 1, j, "pronoun", None)  # versprach er und stellte
    for k in range(j - 1, start - 1, -1):
        if p.flags[k] & QUOTE:
            break
        if p.flags[k] & REL:
            return antecedent(p, k, start)
        if is_finite(p, k) and not p.flags[k] & BASE:
            subject = subject_before(p, k, start)
            if subject is None or subject.kind == "pronoun" or _speaking(p, subject) is not None:
                return subject or main_subject(p, start, j)
    return main_subject(p, start, j)


def antecedent(p: Paragraph, relative: int, start: int) -> Subject | None:
    """Whom "who" stands for: the phrase before it, over a comma, a place or a bracket.

    "Ada Quist of Ohio, who": Quist, since Ohio is no person.
    """
    j = relative - 1
    fallback: Subject | None = None
    for _ in range(4):
        while j >= start and p.flags[j] & (COMMA | PREP | CLOSE):
            j = _opening(p, j, start) - 1 if p.flags[j] & CLOSE else j - 1
        if j < start:
            return fallback
        k = j
        while k >= start and p.flags[k] & NOUNS and not p.flags[k] & (MARKS | REL) and not _bounds(p, k):
            k -= 1
        if k == j:
            return fallback
        subject = subject_of(p, k + 1, j + 1, relative)
        if subject is not None:
            if subject.name is not None and subject.name.kind >= LIKELY:
                return subject
            if fallback is None:
                fallback = subject
        j = k
        if j > start and p.words[j] in ("then", "now") and p.flags[j - 1] & COMMA:
            j -= 1  # Ada Quist, then mayor, who wrote
        if j < start or not p.flags[j] & (COMMA | PREP | CLOSE):
            return fallback
    return fallback


def _bounds(p: Paragraph, k: int) -> bool:
    value = p.flags[k]
    return bool(value & (PREP | SUB | CONJ) and not value & (CAP | DET)) or is_finite(p, k)


def _opening(p: Paragraph, j: int, start: int) -> int:
    """Index of the ( that the ) at `j` closes."""
    while j > start and not p.flags[j] & OPEN:
        j -= 1
    return j


def _over_insertion(p: Paragraph, j: int, start: int) -> Subject | None:
    """Over "(D-Ohio)", ", who is 70," or " – a doctor – " to the phrase before it."""
    if p.flags[j] & CLOSE:
        k = _opening(p, j, start)
        return subject_before(p, k, start) if k > start else None
    mark = p.flags[j] & (COMMA | DASH)
    if p.flags[j] & DASH and p.words[j] == "-":
        mark = DASH
    fallback: Subject | None = None
    k = j - 1
    for _ in range(5):
        while k > start and not p.flags[k] & (mark | REL | QUOTE):
            k = _opening(p, k, start) - 1 if p.flags[k] & CLOSE else k - 1
        if k <= start or p.flags[k] & QUOTE:
            break
        if p.flags[k] & REL:
            return antecedent(p, k, start)
        before = k - 1
        if p.flags[before] & CLOSE:
            before = max(start, _opening(p, before, start) - 1)
        if p.flags[before] & (NOUNS | PRON) and not is_finite(p, before):
            subject = (
                adjacent(p, before, start, j)
                if not p.flags[before] & PRON
                else Subject(before, before + 1, "pronoun", None)
            )
            if subject is not None:
                if subject.kind == "pronoun" or (subject.name is not None and subject.name.kind >= LIKELY):
                    return subject
                fallback = fallback or _speaking(p, subject)
                if fallback is subject and subject.first > start and p.flags[subject.first - 1] & CONJ:
                    return subject  # but one aide, speaking on condition of anonymity,
        k -= 1
    return main_subject(p, start, j) or fallback


def _speaking(p: Paragraph, subject: Subject) -> Subject | None:
    """The subject, if it can speak at all: not "Ohio" nor "the first time"."""
    if subject.name is not None:
        return subject if subject.name.kind != NOT_PERSON else None
    return (
        subject
        if any(p.flags[k] & (ROLE | BODY | TITLE) for k in range(subject.first, subject.last))
        else None
    )


def adjacent(p: Paragraph, j: int, start: int, verb: int) -> Subject | None:
    """The noun phrase that ends at token `j`, right before its verb."""
    k = j
    while k >= start and _inside_phrase(p, k, start):
        k -= 1
    if k >= start and is_finite(p, k):
        relative = _relative_before(p, k, start)
        if relative >= 0:
            return antecedent(p, relative, start)
    if k >= start and p.words[k] in _REDUCED and p.flags[k + 1] & PREP:
        return adjacent(p, k - 1, start, k)  # a man accused of murdering his wife told
    fronted = _fronted(p, start, k + 1, verb)
    if fronted is not None:
        return fronted
    if j == verb - 1 and j > start and _is_zero_relative(p, j):
        return Subject(j, j + 1, "descriptor", None)
    own = _own_clause(p, k + 1, j) if j == verb - 1 and j > k + 2 else None
    if own is not None:
        return own
    first = skip_lead(p, k + 1, j + 1)
    if first > j:
        return None
    value = p.flags[first]
    if value & PREP and not value & (DET | TITLE):
        if not value & SUB:  # In Ohio Quist said
            found = name_in(p, first + 1, j + 1)
            return Subject(found[0], j + 1, "name", found[1]) if found else _behind_opening(p, first, j, verb)
        first += 1  # after Quist said
    end = max(phrase_end(p, first, j + 1), first + 1)
    if end <= j:
        title = long_title(p, first, end, verb)
        if title is not None:
            return title
        if not p.flags[end] & PREP:
            end = j + 1
    return subject_of(p, first, end, verb)


def _fronted(p: Paragraph, start: int, first: int, verb: int) -> Subject | None:
    """The campaigners of "Campaigners fighting to save the Lido said"."""
    if first != start or p.language != "en":
        return None
    end = start
    while end < verb and not p.words[end].endswith("ing"):
        end += 1
    if end in (verb, start) or not p.flags[end - 1] & ROLE or not p.flags[end] & (ING | VERB):
        return None
    return Subject(start, end, "descriptor", None)


def _behind_opening(p: Paragraph, first: int, j: int, verb: int) -> Subject | None:
    """The union's spokesman of "At the briefing the union's spokesman said": the opening's second phrase."""
    if p.language != "en":
        return None
    for k in range(j - 1, first + 1, -1):
        if p.flags[k] & (DET | INDEF):
            if p.flags[k - 1] & (PREP | DET | INDEF | CONJ):
                return None
            subject = subject_of(p, k, j + 1, verb)
            return _speaking(p, subject) if subject is not None else None
    return None


_REDUCED: Final = frozenset(
    "accused convicted charged suspected jailed known published commissioned released".split()
)


def _is_zero_relative(p: Paragraph, j: int) -> bool:
    """The opponents of "a scheme opponents say is": a plural right after the noun that it is said of."""
    if not (p.flags[j] & ROLE and p.flags[j] & LOWER and p.words[j].endswith("s")):
        return False
    return bool(p.flags[j - 1] & (OTHER | BODY) and p.flags[j - 1] & LOWER) and p.language == "en"


def _own_clause(p: Paragraph, first: int, j: int) -> Subject | None:
    """The X of "a walkout from the hall after Minister X termed it": "after" opens a clause of X's."""
    for i in range(j - 1, first, -1):
        if p.flags[i] & SUB and p.flags[i] & PREP and p.flags[i] & LOWER:
            subject = phrase_subject(p, i + 1, j + 1)
            if subject is None or subject.name is None or subject.last != j + 1:
                return None
            lone = p.words[i] in _WHILE and subject.name.kind != NOT_PERSON  # Roe wins as Quist rages
            return subject if lone or subject.name.kind >= LIKELY else None
    return None


_WHILE: Final = frozenset("as while".split())


def _relative_before(p: Paragraph, k: int, start: int) -> int:
    """Index of the "who" whose clause the verb `k` belongs to, no mark between; else -1."""
    for i in range(k - 1, max(start - 1, k - 8), -1):
        if p.flags[i] & REL:
            return i
        if p.flags[i] & MARKS or is_finite(p, i):
            return -1
    return -1


def _inside_phrase(p: Paragraph, k: int, start: int) -> bool:
    """Whether token `k` may stand inside a noun phrase, read from its end."""
    value = p.flags[k]
    if value & (MARKS | REL):
        return False
    if value & CAP:
        return not value & (SUB | CONJ | PRON) or bool(value & (TITLE | PREP))
    if value & CONJ:
        joins = k > start and p.flags[k - 1] & (CAP | ROLE) and p.flags[k + 1] & (CAP | ROLE | DET)
        return bool(joins) and not _verb_before(p, k, start)
    if value & PREP:
        return True
    if value & DET:
        return not value & SUB  # that
    if value & (PRON | AUX | OBJ | SUB):
        return False
    if is_finite(p, k) and not (value & (ROLE | BODY) or (value & BASE and p.flags[k - 1] & OTHER)):
        return False
    return bool(value & (NOUNS | TIME | ADV | BASE)) or bool(value & (VERB | WEAK | CUE | ING | BELIEF))


def _verb_before(p: Paragraph, k: int, start: int) -> bool:
    return any(p.flags[i] & QUOTE or is_finite(p, i) for i in range(max(start, k - 12), k))


def nearest_verb(p: Paragraph, v: int, first: int) -> int:
    """Index of the finite verb next before `v`, or -1."""
    for k in range(v - 1, first - 1, -1):
        if p.flags[k] & QUOTE:
            return -1
        if is_finite(p, k) and not p.flags[k] & BASE:
            return k
    return -1
