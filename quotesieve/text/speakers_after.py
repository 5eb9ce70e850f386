"""Who speaks by the words after a quote: "…," said X; "…," X told Y; "…," according to X; "…" — X.

What stands before it is `speakers_before`'s, what names a source `speakers_sources`'s, which of them counts
`speakers_claims`'s.
"""

from typing import Final

from quotesieve.text.cues import (
    ADV,
    APOS,
    AUX,
    BASE,
    CAP,
    COLON,
    COMMA,
    CONJ,
    CUE,
    DASH,
    DET,
    HEARD,
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
    SOURCE,
    STOP,
    SUB,
    VERB,
    WEAK,
)
from quotesieve.text.names import GIVEN, LIKELY, PERSON
from quotesieve.text.names_data import GERMAN_ROLE_ENDINGS
from quotesieve.text.speakers_clauses import ROMANCE, main_subject, phrase_subject, subject_after
from quotesieve.text.speakers_cues import is_cue, is_passive
from quotesieve.text.speakers_grammar import nearest_verb, subject_before
from quotesieve.text.speakers_phrases import REACH, Claim, Subject, can_speak, name_in, phrase_end, subject_of
from quotesieve.text.speakers_sources import according, cited_speaker, is_impersonal, printed_in
from quotesieve.text.speakers_tokens import Paragraph
from quotesieve.text.speakers_verbs import looks_finite, opens_relative


def claim_after(p: Paragraph, q: int, stop: int) -> Claim | None:
    """A reporting clause right after the quote: "…," said X; "…," X said; "…," according to X."""
    r = q + 1
    while r < stop and p.flags[r] & (COMMA | DASH):
        r += 1
    if r >= stop:
        return None
    if q == 0 and p.flags[r] & COLON:
        return _headlined(p, r + 1, stop)
    if p.flags[r] & SOURCE:
        claim = according(p, r, stop)
        if claim is not None:
            return claim
    agent = _agent(p, q, r, stop)
    if agent is not None:
        return agent
    if is_impersonal(p, r):
        return printed_in(p, r, stop)
    k = r
    light = ADV | AUX | (OBJ if p.language in ROMANCE else 0)  # —le pregunta un voluntario
    while k < min(stop, r + 3) and p.flags[k] & light and p.flags[k] & LOWER and not p.flags[k] & CUE:
        k += 1
    if k < stop and p.flags[k] & CUE and p.flags[k] & LOWER:
        return _inverted(p, q, r, k, stop)
    had = _had_said(p, r, stop) or _wants_to_know(p, r, stop)
    if had is not None:
        return had
    unknown = _unknown_verb(p, q, r, stop)
    if unknown is not None:
        return unknown
    if p.flags[q + 1] & DASH:
        signed = _signature(p, r, stop)
        if signed is not None:
            return signed
    if r == q + 1 and _is_attributive(p, q):
        return None
    if p.flags[r] & (CONJ | SUB) and p.words[r] not in ("as", "wie", "comme", "como"):
        return None
    if opens_relative(p.words[r], p.language):
        return None
    return _subject_verb(p, r, stop)


def _had_said(p: Paragraph, r: int, stop: int) -> Claim | None:
    """„…“, hatte Ada Quist am Montag geklagt: the subject behind the auxiliary, the participle last."""
    if p.language not in ("de", "nl") or p.words[r] not in HAVING:
        return None
    subject = phrase_subject(p, r + 1, stop) if r + 1 < stop else None
    if subject is None or subject.name is None or subject.name.kind < LIKELY:
        return None
    return Claim(subject, (r, r + 1), "inverted", p)


def _wants_to_know(p: Paragraph, r: int, stop: int) -> Claim | None:
    """„…?“, will ein Gast wissen: the subject between the two verbs."""
    if p.language != "de" or p.words[r] not in ("will", "wollte", "möchte", "wollen", "wollten"):
        return None
    if "wissen" not in p.words[r + 2 : min(stop, r + 12)]:
        return None
    subject = phrase_subject(p, r + 1, stop)
    return Claim(subject, (r, r + 1), "inverted", p) if subject is not None else None


HAVING: Final = frozenset("hat hatte habe haben hatten heeft had hebben hadden".split())


def _unknown_verb(p: Paragraph, q: int, r: int, stop: int) -> Claim | None:
    """« Des mots », balaie Karim Roe: a word that no table has, between a quote's comma and a name.

    Small tables miss many verbs; what ends as one counts. Not in English, whose table is long and whose
    "…," chairman Karim Roe is a noun.
    """
    if not p.flags[q + 1] & COMMA or p.flags[r] & ~(OTHER | LOWER | VERB):
        return None
    if r + 1 >= stop or not p.flags[r] & LOWER or not looks_finite(p.words[r], p.language):
        return None
    subject = subject_after(p, r, stop)
    if subject is None or (subject.kind == "descriptor" and not _is_somebody(p, subject)):
        return None
    given = subject.name is not None and subject.name.tokens[0].lower() in GIVEN
    if (
        subject.name is not None
        and not given
        and subject.name.kind < (PERSON if subject.first == r + 1 else LIKELY)
    ):
        return None
    return Claim(subject, (r, r + 1), "inverted", p)


def _is_somebody(p: Paragraph, subject: Subject) -> bool:
    """Whether a description is of a person by its noun: ein Orchestermusiker."""
    noun = p.words[subject.last - 1].lower()
    if p.flags[subject.first] & DET and noun.endswith(("-jährige", "-jähriger")):
        return True  # zürnte der 47-Jährige
    if not p.flags[subject.first] & INDEF:
        return False
    return bool(p.flags[subject.last - 1] & ROLE) or noun.endswith(GERMAN_ROLE_ENDINGS)


def _is_attributive(p: Paragraph, q: int) -> bool:
    """Whether the quote stands before its noun: any “cleareyed” reading; the “Never Roe” movement."""
    if not q or not p.flags[q - 1] & (DET | POSS | APOS) or p.last_character(q) in ",?!—–…":
        return False
    return bool(p.flags[q + 1] & LOWER) and not p.flags[q + 1] & (PREP | PRON | CONJ)


def _signature(p: Paragraph, r: int, stop: int) -> Claim | None:
    """ "…" — Ada Quist, mayor: a name and nothing but an apposition after the dash."""
    end = phrase_end(p, r, stop)
    found = name_in(p, r, end) if end > r else None
    if found is None or found[1].kind < LIKELY or not (end == stop or p.flags[end] & (COMMA | STOP | OPEN)):
        return None
    return Claim(Subject(r, end, "name", found[1]), (r - 1, r), "signature", p)


def _headlined(p: Paragraph, r: int, stop: int) -> Claim | None:
    """‘…’: Ada Quist on grief: the name after a quote that opens a headline."""
    end = phrase_end(p, r, stop)
    found = name_in(p, r, end) if end > r else None
    if found is None or found[0] != r or found[1].kind < LIKELY:
        return None
    return Claim(Subject(r, end, "name", found[1]), (r - 1, r), "signature", p)


def _agent(p: Paragraph, q: int, r: int, stop: int) -> Claim | None:
    """The X of "was described as “a mess” by X": a passive before the quote, its agent right after."""
    if p.words[r] not in BY.get(p.language, ()) or r + 1 >= stop:
        return None
    first = p.around(q)[0]
    for v in range(q - 1, max(first - 1, q - 12), -1):
        if p.flags[v] & (CUE | WEAK) and is_passive(p, v):
            subject = phrase_subject(p, r + 1, stop)
            return Claim(subject, (v, v + 1), "agent", p) if subject is not None else None
        if p.flags[v] & (CUE | WEAK | QUOTE | STOP):
            return None
    return None


BY: Final = {
    "en": ("by",), "de": ("von", "vom"), "nl": ("door",), "fr": ("par",), "es": ("por",),
    "it": ("da", "dal", "dalla"), "pt": ("por", "pelo", "pela"), "da": ("af",), "no": ("av",),
    "sv": ("av",), "pl": ("przez",),
}  # fmt: skip


def _inverted(p: Paragraph, q: int, r: int, k: int, stop: int) -> Claim | None:
    """ "…," said X. Without an X the subject stands before the quote: X, "…," said."""
    if p.flags[k] & PRON:  # a-t-il déclaré
        return Claim(Subject(k, k + 1, "pronoun", None), (k, k + 1), "inverted", p)
    for i in range(r, k):
        if p.flags[i] & PRON:
            return Claim(Subject(i, i + 1, "pronoun", None), (r, k + 1), "inverted", p)
    subject = subject_after(p, k, stop)
    if subject is not None:
        return Claim(subject, (r, k + 1), "inverted", p)
    subject = main_subject(p, p.around(q)[0], q) if p.last_character(q) in ",?!—–…" or r > q + 1 else None
    return Claim(subject, (r, k + 1), "clause", p) if subject else None


def _subject_verb(p: Paragraph, r: int, stop: int) -> Claim | None:
    """ "X, a professor, told Reuters" with X at token `r`."""
    described = _described(p, r, stop)
    if described is not None:
        return described
    for v in range(r, min(stop, r + REACH)):
        value = p.flags[v]
        if value & (QUOTE | COLON):
            return None
        if value & ING and p.words[v - 1] == "as":  # X was quoted as saying
            cited = cited_speaker(p, v - 1, r)
            return Claim(cited, (v, v + 1), "after", p) if cited is not None else None
        if value & BASE and p.words[v - 1] == "to" and v - 2 > r:  # X liked to say
            verb = nearest_verb(p, v - 1, r)
            subject = subject_before(p, verb, r) if verb > r else None
            if subject is not None and not value & WEAK and _lead(p, r, subject.first) == 0:
                return Claim(subject, (v, v + 1), "after", p)
        heard = value & ING and p.words[v - 1] == "heard"
        if heard or (value & (CUE | WEAK | BASE) and not value & CAP and is_cue(p, v)):
            if p.language == "de" and v + 1 < stop and p.flags[v + 1] & PRON and v > r:
                return Claim(Subject(v + 1, v + 2, "pronoun", None), (v, v + 1), "after", p)  # …, sagte sie
            subject = subject_before(p, v - 1 if heard else v, r)
            if subject is not None and _is_german_verb(p, subject):
                return None  # werde sich „…“ äußern, sagte Quist
            if subject is not None and _lead(p, r, subject.first) == 0:
                hears = p.words[v] == "told" and v + 1 == p.count  # a headline: ‘…’, MPs told
                return None if hears else Claim(subject, (v, v + 1), "after", p)
            if value & CUE and not _in_relative(p, v, r):
                return None
    return None


def _is_german_verb(p: Paragraph, subject: Subject) -> bool:
    """Whether a German subject is no noun: one word without a capital."""
    if p.language != "de" or subject.kind != "descriptor" or subject.last - subject.first != 1:
        return False
    return bool(p.flags[subject.first] & LOWER) and not p.flags[subject.first] & (ROLE | DET)


def _described(p: Paragraph, r: int, stop: int) -> Claim | None:
    """ "an engineer who may not speak told Newswire": somebody unnamed at `r`, a tail, and the verb.

    Not "a plan that Quist said", whose subject stands in the tail, nor "a doctor, Ada Quist, said".
    """
    if not p.flags[r] & INDEF:
        return None
    end = phrase_end(p, r, stop)
    while end - 1 > r + 1 and p.words[end - 1] in _OPENS_TAIL:
        end -= 1
    subject = subject_of(p, r, end, stop) if end > r + 1 else None
    if subject is None or subject.kind != "descriptor" or subject.first != r:
        return None
    relative = next((k for k in range(subject.last, min(subject.last + 2, stop)) if p.flags[k] & REL), -1)
    if relative < 0 and not (
        subject.last < stop and (p.flags[subject.last] & PREP or p.words[subject.last] in _OPENS_TAIL)
    ):
        return None
    v = _verb_after_tail(p, subject.last, min(stop, r + REACH))
    if v < 0 or not (can_speak(p, subject) or relative >= 0 or p.flags[v] & HEARD):
        return None
    return Claim(subject, (v, v + 1), "after", p)


_OPENS_TAIL: Final = frozenset("familiar close privy briefed involved present aware".split())


def _verb_after_tail(p: Paragraph, i: int, stop: int) -> int:
    """The reporting verb of the clause whose subject's tail begins at `i`; -1 where the tail has its own.

    In "who asked not to be named said" it is "said". A name or a pronoun after "who", "that" or "because"
    owns the verb that it stands before: "from a town that Quist said", "because he said".
    """
    opened = False
    for v in range(i, stop):
        value = p.flags[v]
        if value & (QUOTE | COLON | STOP):
            return -1
        before = p.flags[v - 1]
        if value & CUE and value & LOWER and is_cue(p, v) and not before & (REL | CONJ):
            if not (before & PRON or (opened and before & CAP)):
                return v
            if before & CAP:
                return -1
        opened = (opened or bool(value & (REL | SUB))) and not (value & VERB or value & AUX)
    return -1


def _lead(p: Paragraph, r: int, first: int) -> int:
    """Words between `r` and the subject that are more than a light opening (as, and then)."""
    return sum(1 for i in range(r, first) if not p.flags[i] & (ADV | SUB | CONJ | COMMA | DET))


def _in_relative(p: Paragraph, v: int, r: int) -> bool:
    return any(p.words[i] in ("who", "which", "that", "qui", "que") for i in range(max(r, v - 12), v))


def claim_in_tail(p: Paragraph, q: int, stop: int) -> Claim | None:
    """A reporting clause further on: … is "done", X said; … is "done", said X."""
    for v in range(q + 2, min(stop, q + REACH)):
        value = p.flags[v]
        if value & SOURCE:
            claim = according(p, v, stop)
            if claim is not None:
                return claim
        if is_impersonal(p, v) or (p.words[v] == "told" and v + 1 == p.count):
            return None
        if not (value & CUE and value & LOWER and is_cue(p, v)) and not _rules(p, v, stop):
            continue
        if p.flags[v - 1] & (COMMA | QUOTE | DASH) and not value & HEARD:
            subject = subject_after(p, v, stop)
            if subject is not None:
                return Claim(subject, (v, v + 1), "tail", p)
        subject = subject_before(p, v, q + 1)
        if (
            subject is not None
            and subject.first > q + 1
            and p.flags[subject.first - 1] & (COMMA | DASH | QUOTE)
            and not opens_relative(p.words[subject.first], p.language)
        ):
            return Claim(subject, (v, v + 1), "tail", p)
    return None


def _rules(p: Paragraph, v: int, stop: int) -> bool:
    """Whether a finding closes the sentence: a coroner has found; inquiry finds."""
    if p.words[v] in ("finds", "rules"):
        return v + 1 == p.count
    closes = v + 1 >= stop or bool(p.flags[v + 1] & STOP)
    return closes and p.words[v] in ("found", "ruled") and p.words[v - 1] in ("has", "have")
