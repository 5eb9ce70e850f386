"""Who speaks by the words before a quote: X said that "…"; cited X as saying "…"; X: "…"; X's promise "…".

What stands after it is `speakers_after`'s, which of the two counts `speakers_claims`'s.
"""

from typing import Final

from quotesieve.text.cues import (
    ADV,
    APOS,
    BASE,
    BE,
    BODY,
    CAP,
    COLON,
    COMMA,
    CONJ,
    CUE,
    DET,
    HEARD,
    INDEF,
    ING,
    LOWER,
    NUMBER,
    OBJ,
    OTHER,
    POSS,
    PREP,
    PRON,
    QUOTE,
    REL,
    ROLE,
    SOURCE,
    STOP,
    SUB,
    TIME,
    WEAK,
)
from quotesieve.text.names import LIKELY, NOT_PERSON
from quotesieve.text.speakers_after import BY, HAVING
from quotesieve.text.speakers_clauses import main_subject, phrase_subject, subject_after
from quotesieve.text.speakers_cues import is_cue, is_finite, is_passive
from quotesieve.text.speakers_grammar import adjacent, nearest_verb, subject_before
from quotesieve.text.speakers_phrases import REACH, Claim, Subject, can_speak, name_in
from quotesieve.text.speakers_sources import according, cited_speaker
from quotesieve.text.speakers_tokens import Paragraph


def claim_before(p: Paragraph, first: int, q: int) -> Claim | None:
    """The nearest reporting verb before the quote in its sentence, with its subject."""
    for v in range(q - 1, max(first, q - REACH) - 1, -1):
        value = p.flags[v]
        if value & SOURCE:
            claim = according(p, v, q)
        elif value & (CUE | WEAK) and p.words[v + 1] in BY.get(p.language, ()) and is_passive(p, v):
            subject = phrase_subject(p, v + 2, q) if v + 2 < q else None  # described by friends as
            claim = Claim(subject, (v, v + 1), "agent", p) if subject else None
        elif value & (CUE | ING | WEAK | BASE) and is_cue(p, v):
            claim = claim_of_verb(p, v, first, q)
        elif value & BASE and v > first and p.words[v - 1] == "to":
            verb = nearest_verb(p, v, first)  # was prompted to say
            subject = subject_before(p, verb, _clause_start(p, verb, first)) if verb >= 0 else None
            rule = "weak" if value & WEAK else "participle"
            claim = Claim(subject, (v, v + 1), rule, p) if subject else None
        elif p.words[v] in _WITH_THAT and "that" in p.words[v + 1 : v + 7]:
            subject = subject_before(p, v, _clause_start(p, v, first))
            claim = Claim(subject, (v, v + 1), "weak", p) if subject else None
        else:
            continue
        if claim is not None:
            return claim
    return None


# Verbs of finding: they report only what follows "that".
_WITH_THAT: Final = frozenset("found finds accepted accepts ruled".split())


def claim_of_agent(p: Paragraph, first: int, q: int) -> Claim | None:
    """The X of "have been called dice and, by X, “playthings”"."""
    by = BY.get(p.language, ())
    for b in range(q - 2, max(first, q - 9), -1):
        if p.flags[b] & (STOP | QUOTE | COLON):
            return None
        if p.flags[b] & PREP and p.words[b] in by and p.flags[b - 1] & (COMMA | CONJ):
            subject = phrase_subject(p, b + 1, q)
            if subject is None or not can_speak(p, subject) or not p.flags[subject.last] & (COMMA | QUOTE):
                return None
            passive = any(p.flags[v] & WEAK and is_passive(p, v) for v in range(first, b))
            return Claim(subject, (b, b + 1), "agent", p) if passive else None
    return None


def claim_of_verb(p: Paragraph, v: int, first: int, q: int) -> Claim | None:
    """The claim that the reporting verb `v` makes for what follows it up to `q`."""
    value = p.flags[v]
    if value & ING and not value & CUE:
        subject = _participle_subject(p, v, first, q)
        return Claim(subject, (v, v + 1), "participle", p) if subject else None
    start = _clause_start(p, v, first)
    subject = (
        _clause_final(p, v, start)
        or _verb_second(p, v, start, q)
        or _parenthetic(p, v, q)
        or subject_before(p, v, start)
    )
    if subject is None and v == start and value & CUE and not value & HEARD:
        subject = subject_after(p, v, q)
    if subject is None and start > first:
        subject = main_subject(p, first, v)
    if subject is None:
        return None
    return Claim(subject, (v, v + 1), "before" if value & (CUE | BASE) else "weak", p)


def _clause_final(p: Paragraph, v: int, start: int) -> Subject | None:
    """German and Dutch put a participle last: Quist hatte sechs Jahre Haft verlangt."""
    if p.language not in ("de", "nl") or (v + 1 < p.count and not p.flags[v + 1] & (STOP | COMMA | COLON)):
        return None
    for k in range(start, v):
        if p.words[k] in HAVING:
            return main_subject(p, start, k) or phrase_subject(p, k + 1, v)
    return None


def _verb_second(p: Paragraph, v: int, start: int, stop: int) -> Subject | None:
    """German and Dutch put the verb before its subject after any opening: Am Montag sagte Quist."""
    if p.language not in ("de", "nl") or v + 1 >= stop or v == start:
        return None
    before = name_in(p, start, v)
    is_object = (p.flags[v + 1] & OBJ or p.words[v + 1] in _OBJECTS) and not p.flags[v - 1] & TIME
    if before is not None and before[1].kind >= LIKELY and is_object:
        # Produzent Eike Roe lobt sie, but: Gegenüber dem Kurier lobt sie Eike Roe
        return subject_after(p, v, stop) if any(x & PREP for x in p.flags[start : before[0]]) else None
    opening = p.flags[start] & (PREP | ADV | SUB | CONJ) or p.flags[v - 1] & COMMA
    if not (opening or p.flags[v + 1] & PRON):
        return None
    return subject_after(p, v, stop)


_OBJECTS: Final = frozenset("het dit dat es das dies".split())


def _parenthetic(p: Paragraph, v: int, stop: int) -> Subject | None:
    """The X of "The plan, said X, is": an inverted clause between two commas."""
    if not (v and p.flags[v - 1] & (COMMA | QUOTE)) or p.flags[v] & HEARD or not p.flags[v] & CUE:
        return None
    if v + 1 >= stop or not p.flags[v + 1] & (CAP | PRON | DET | ROLE) or p.flags[v + 1] & SUB:
        return None  # said that, in the end,
    subject = subject_after(p, v, stop)
    if subject is None or subject.last >= stop or not p.flags[subject.last] & COMMA:
        return None
    for k in range(v - 2, max(0, v - _INSERTED), -1):
        if p.flags[k] & COMMA and p.flags[k + 1] & (REL | NUMBER):
            return None  # Quist, who is 70, said Roe, 34, was
    return subject


_INSERTED: Final = 15  # tokens of a relative clause


def _clause_start(p: Paragraph, v: int, first: int) -> int:
    """Past the last quote or colon before the verb."""
    for k in range(v - 1, first - 1, -1):
        if p.flags[k] & (QUOTE | COLON):
            return k + 1
    return first


def _participle_subject(p: Paragraph, v: int, first: int, q: int) -> Subject | None:
    """Whose "saying" it is: X in "cited X as saying" and "with X saying", else the clause's subject."""
    if v <= first:
        return None
    if p.words[v] == "reading" and p.flags[v - 1] & (OTHER | BODY) and p.flags[v - 1] & LOWER:
        return adjacent(p, v - 1, first, v)  # banners reading
    if p.flags[v - 1] & BE:
        return subject_before(p, v, first)  # Quist is giving them “lectures”
    if p.flags[v - 1] & SUB and p.flags[v - 1] & PREP and q + 1 < p.count:
        owner = _owner_after(p, v, first, q)
        if owner is not None:
            return owner
    if p.words[v - 1] == "as":
        cited = cited_speaker(p, v - 1, first)
        if cited is not None:
            return cited
    if p.flags[v - 1] & CAP:
        own = adjacent(p, v - 1, first, v)
        if own is not None and own.name is not None and own.name.kind != NOT_PERSON:
            return own
    for k in range(v - 1, first - 1, -1):
        value = p.flags[k]
        if value & ING and p.flags[v - 1] & CONJ and not value & CUE:
            return _participle_subject(p, k, first, q)
        if value & (CUE | WEAK) and is_cue(p, k) and (value & CUE or not value & ING):
            subject = subject_before(p, k, _clause_start(p, k, first))
            if subject is None and p.flags[k - 1] & QUOTE:
                subject = subject_after(p, k, v)
            if subject is not None:
                return subject
    return main_subject(p, first, v)


def _owner_after(p: Paragraph, v: int, first: int, q: int) -> Subject | None:
    """The X of "Two years after promising “free rides”, X is gone": the opening has no verb of its own."""
    if any(is_finite(p, k) for k in range(first, v)):
        return None
    comma = p.flags[q + 1] & COMMA
    if not comma and p.last_character(q) != ",":
        return None
    subject = phrase_subject(p, q + 2 if comma else q + 1, p.sentence_end(q))
    return subject if subject is not None and subject.kind != "descriptor" else None


def claim_of_colon(p: Paragraph, first: int, q: int) -> Claim | None:
    """X: "…" without a verb of saying."""
    if q <= first or not p.flags[q - 1] & COLON:
        return None
    subject = main_subject(p, first, q - 1)
    if subject is None or not (can_speak(p, subject) or p.flags[subject.first] & INDEF):
        return None  # Ferry row: “…”
    return Claim(subject, (q - 1, q), "colon", p)


_NOMINAL: Final = frozenset("""
    comment comments claim claims statement remark remarks assertion pledge promise vow call warning
    description insistence suggestion argument declaration contention prediction accusation tweet words
    phrase slogan line question answer reply response speech letter memo op-ed book essay belief view
    conclusion complaint motto mantra message testimony advice opinion
""".split())  # fmt: skip


def claim_of_noun(p: Paragraph, first: int, q: int) -> Claim | None:
    """The X of "X's comment that", "her promise to"."""
    for k in range(q - 1, max(first, q - 12), -1):
        if p.words[k] not in _NOMINAL:
            continue
        for j in range(k - 1, max(first, k - 4) - 1, -1):
            value = p.flags[j]
            if value & POSS and p.words[j].lower() in ("his", "her"):
                return Claim(Subject(j, j + 1, "pronoun", None), (k, k + 1), "nominal", p)
            if value & APOS and value & CAP:
                found = name_in(p, first, j + 1)
                if found is not None and found[1].kind != NOT_PERSON:
                    return Claim(Subject(found[0], j + 1, "name", found[1]), (k, k + 1), "nominal", p)
    return None


def claim_of_view(p: Paragraph, first: int, q: int) -> Claim | None:
    """The X of "Pour X, le texte est « mort »": whose view a sentence gives."""
    if p.words[first : first + 4] == ["In", "the", "words", "of"] and first + 4 < q:
        first += 3
    elif p.words[first].lower() != _IN_THE_VIEW_OF.get(p.language) or first + 1 >= q:
        return None
    subject = phrase_subject(p, first + 1, q)
    if subject is None or subject.last >= q or not p.flags[subject.last] & COMMA:
        return None
    return Claim(subject, (first, first + 1), "according", p) if can_speak(p, subject) else None


_IN_THE_VIEW_OF: Final = {"fr": "pour", "es": "para", "pt": "para", "it": "per", "de": "für", "nl": "voor"}
