"""What the words of a quote's own sentence say about its speaker.

`claim_at` looks, in this order: a clause right after the quote ("…," said X), a reporting verb
before it in the sentence (X said that "…"), a clause that closes the sentence, a colon, and last
the subject of the sentence. What other sentences say is `speakers`' matter.
"""

from typing import Final, NamedTuple

from quotesieve.text import cues
from quotesieve.text.cues import (
    ADV,
    APOS,
    AUX,
    BASE,
    BE,
    BODY,
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
    TIME,
    TITLE,
    VERB,
    WEAK,
)  # fmt: skip
from quotesieve.text.names import LIKELY, NOT_PERSON, PERSON, Cast
from quotesieve.text.speakers_grammar import (
    Subject,
    adjacent,
    antecedent,
    is_cue,
    is_finite,
    is_passive,
    main_subject,
    name_in,
    nearest_verb,
    phrase_end,
    phrase_subject,
    subject_after,
    subject_before,
    subject_of,
)  # fmt: skip
from quotesieve.text.speakers_tokens import Paragraph

_REACH: Final = 80  # tokens; a sentence longer than that is a list or a transcript


class Claim(NamedTuple):
    """A subject with the reporting words that make it a speaker, and the rule that found them."""

    subject: Subject
    cue: tuple[int, int] | None  # token range
    rule: str
    paragraph: Paragraph


def claim_at(p: Paragraph, q: int, cast: Cast) -> Claim | None:
    """The claim of the sentence that quote token `q` stands in, or None if it makes none."""
    first, last = p.around(q)
    right = _right(p, q, last)
    if right is not None and p.words[first].lower() in _CONTRASTING and right.rule != "inverted":
        left = _left(p, first, q)  # While X called it “a triumph”, Y said
        if left is not None and left.rule != "participle" and can_speak(p, left.subject):
            return left
    if right is not None and (
        right.rule == "inverted" or p.last_character(q) in ",?!—–…" or _comma_after(p, q)
    ):
        return right
    left = _left(p, first, q)
    if left is not None and (left.rule != "weak" or right is None) and can_speak(p, left.subject):
        return left
    if right is not None:
        return right
    return (
        _tail(p, q, last)
        or left
        or _colon(p, first, q)
        or _nominal(p, first, q)
        or _opinion(p, first, q)
        or _bare_subject(p, first, q, last, cast)
    )


_CONTRASTING: Final = frozenset(
    "while whereas although though während tandis mientras mentre terwijl".split()
)


def _comma_after(p: Paragraph, q: int) -> bool:
    return q + 1 < p.count and bool(p.flags[q + 1] & COMMA)


# -- after the quote -----------------------------------------------------------------------------


def _right(p: Paragraph, q: int, stop: int) -> Claim | None:
    """A reporting clause right after the quote: "…," said X; "…," X said; "…," according to X."""
    r = q + 1
    while r < stop and p.flags[r] & (COMMA | DASH):
        r += 1
    if r >= stop:
        return None
    if p.flags[r] & SOURCE:
        claim = _according(p, r, stop)
        if claim is not None:
            return claim
    agent = _agent(p, q, r, stop)
    if agent is not None:
        return agent
    k = r
    while k < min(stop, r + 3) and p.flags[k] & (ADV | AUX) and p.flags[k] & LOWER and not p.flags[k] & CUE:
        k += 1
    if k < stop and p.flags[k] & CUE and p.flags[k] & LOWER:
        return _inverted(p, q, r, k, stop)
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
    return _subject_verb(p, r, stop)


def _unknown_verb(p: Paragraph, q: int, r: int, stop: int) -> Claim | None:
    """« Des mots », balaie Karim Roe: a word that no table has, between a quote's comma and a name.

    Small tables miss many verbs; of what stands there nearly all are some. Not in English, whose table is
    long and whose "…," chairman Karim Roe is a noun.
    """
    if p.language == "en" or not p.flags[q + 1] & COMMA or p.flags[r] & ~(OTHER | LOWER | VERB):
        return None
    if r + 1 >= stop or not p.flags[r] & LOWER or p.words[r].endswith(_NO_VERBS.get(p.language, "\n")):
        return None
    subject = subject_after(p, r, stop)
    if subject is None or (subject.name is None and subject.kind != "pronoun"):
        return None
    if subject.name is not None and subject.name.kind < (PERSON if subject.first == r + 1 else LIKELY):
        return None
    return Claim(subject, (r, r + 1), "inverted", p)


# Endings that no third person has there: Polish takes dashes, and its adjectives stand before names.
_NO_VERBS: Final = {
    "de": ("en", "er", "ung"),
    "fr": ("eur", "ent", "ant"),
    "es": ("or", "ente"),
    "it": ("ore", "ente"),
}


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


def _agent(p: Paragraph, q: int, r: int, stop: int) -> Claim | None:
    """The X of "was described as “a mess” by X": a passive before the quote, its agent right after."""
    if p.words[r] not in _BY.get(p.language, ()) or r + 1 >= stop:
        return None
    first = p.around(q)[0]
    for v in range(q - 1, max(first - 1, q - 12), -1):
        if p.flags[v] & (CUE | WEAK) and is_passive(p, v):
            subject = phrase_subject(p, r + 1, stop)
            return Claim(subject, (v, v + 1), "agent", p) if subject is not None else None
        if p.flags[v] & (CUE | WEAK | QUOTE | STOP):
            return None
    return None


_BY: Final = {
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
    for v in range(r, min(stop, r + _REACH)):
        value = p.flags[v]
        if value & (QUOTE | COLON):
            return None
        if value & ING and p.words[v - 1] == "as":  # X was quoted as saying
            cited = _cited(p, v - 1, r)
            return Claim(cited, (v, v + 1), "after", p) if cited is not None else None
        if value & BASE and p.words[v - 1] == "to" and v - 2 > r:  # X liked to say
            verb = nearest_verb(p, v - 1, r)
            subject = subject_before(p, verb, r) if verb > r else None
            if subject is not None and not value & WEAK and _lead(p, r, subject.first) == 0:
                return Claim(subject, (v, v + 1), "after", p)
        heard = value & ING and p.words[v - 1] == "heard"
        if heard or (value & (CUE | WEAK | BASE) and not value & CAP and is_cue(p, v)):
            subject = subject_before(p, v - 1 if heard else v, r)
            if subject is not None and _lead(p, r, subject.first) == 0:
                return Claim(subject, (v, v + 1), "after", p)
            if value & CUE and not _in_relative(p, v, r):
                return None
    return None


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
    v = _verb_after_tail(p, subject.last, min(stop, r + _REACH))
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


def _according(p: Paragraph, r: int, stop: int) -> Claim | None:
    """ "according to X"; laut X, selon X."""
    first = r + 1
    if p.words[r].lower() == "according":
        if first >= stop or p.words[first] != "to":
            return None
        first += 1
    elif first < stop and p.words[first] in cues.SOURCE_NOUNS.get(p.words[r].lower(), ()):
        first += 2 if first + 1 < stop and p.words[first + 1] in ("von", "der", "des") else 1
        first -= p.words[first - 1] in ("der", "des")
    elif p.words[r].lower() in cues.SOURCE_NOUNS:
        return None
    if first + 1 < stop and p.flags[first] & DET and p.words[first + 1] in _WHICH:
        first += 1
    if first >= stop:
        return None
    if p.words[first] in _WHICH and r:
        subject = antecedent(p, r, max(0, r - _REACH))
        return Claim(subject, (r, first + 1), "according", p) if subject is not None else None
    if p.language == "pl" and p.flags[first] & LOWER:
        end = first + 1  # Według policji demonstracja; Zdaniem inżyniera Pawła Roe
        while end < stop and p.flags[end] & CAP:
            end += 1
        stop = end
    subject = phrase_subject(p, first, stop)
    if subject is None or (p.words[r] == "so" and not p.flags[first] & (CAP | PRON | DET)):
        return None
    return Claim(subject, (r, first), "according", p)


# Silvia Roe, secondo la quale; selon lequel
_WHICH: Final = frozenset("quale quali cual cuales lequel laquelle lesquels cui quien".split())


def _tail(p: Paragraph, q: int, stop: int) -> Claim | None:
    """A reporting clause further on: … is "done", X said; … is "done", said X."""
    for v in range(q + 2, min(stop, q + _REACH)):
        value = p.flags[v]
        if value & SOURCE:
            claim = _according(p, v, stop)
            if claim is not None:
                return claim
        if not (value & CUE and value & LOWER and is_cue(p, v)):
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
        ):
            return Claim(subject, (v, v + 1), "tail", p)
    return None


# -- before the quote ----------------------------------------------------------------------------


def _left(p: Paragraph, first: int, q: int) -> Claim | None:
    """The nearest reporting verb before the quote in its sentence, with its subject."""
    for v in range(q - 1, max(first, q - _REACH) - 1, -1):
        value = p.flags[v]
        if value & SOURCE:
            claim = _according(p, v, q)
        elif value & (CUE | WEAK) and p.words[v + 1] in _BY.get(p.language, ()) and is_passive(p, v):
            subject = phrase_subject(p, v + 2, q) if v + 2 < q else None  # described by friends as
            claim = Claim(subject, (v, v + 1), "agent", p) if subject else None
        elif value & (CUE | ING | WEAK | BASE) and is_cue(p, v):
            claim = claim_of_verb(p, v, first, q)
        elif value & BASE and v > first and p.words[v - 1] == "to":
            verb = nearest_verb(p, v, first)  # was prompted to say
            subject = subject_before(p, verb, _clause_start(p, verb, first)) if verb >= 0 else None
            rule = "weak" if value & WEAK else "participle"
            claim = Claim(subject, (v, v + 1), rule, p) if subject else None
        else:
            continue
        if claim is not None:
            return claim
    return None


def claim_of_verb(p: Paragraph, v: int, first: int, q: int) -> Claim | None:
    """The claim that the reporting verb `v` makes for what follows it up to `q`."""
    value = p.flags[v]
    if value & ING and not value & CUE:
        subject = _participle_subject(p, v, first, q)
        return Claim(subject, (v, v + 1), "participle", p) if subject else None
    start = _clause_start(p, v, first)
    subject = _verb_second(p, v, start, q) or _parenthetic(p, v, q) or subject_before(p, v, start)
    if subject is None and v == start and value & CUE and not value & HEARD:
        subject = subject_after(p, v, q)
    if subject is None and start > first:
        subject = main_subject(p, first, v)
    if subject is None:
        return None
    return Claim(subject, (v, v + 1), "before" if value & (CUE | BASE) else "weak", p)


def _verb_second(p: Paragraph, v: int, start: int, stop: int) -> Subject | None:
    """German and Dutch put the verb before its subject after any opening: Am Montag sagte Quist."""
    if p.language not in ("de", "nl") or v + 1 >= stop or v == start:
        return None
    before = name_in(p, start, v)
    is_object = p.flags[v + 1] & OBJ or p.words[v + 1] in _OBJECTS
    if before is not None and before[1].kind >= LIKELY and is_object and not p.flags[v - 1] & TIME:
        return None  # Produzent Eike Roe lobt sie
    opening = p.flags[start] & (PREP | ADV | SUB | CONJ) or p.flags[v - 1] & COMMA
    if not (opening or p.flags[v + 1] & PRON):
        return None
    return subject_after(p, v, stop)


_OBJECTS: Final = frozenset("het dit dat es das dies".split())


def _parenthetic(p: Paragraph, v: int, stop: int) -> Subject | None:
    """The X of "The plan, said X, is": an inverted clause between two commas."""
    if not (v and p.flags[v - 1] & (COMMA | QUOTE)) or p.flags[v] & HEARD or not p.flags[v] & CUE:
        return None
    if v + 1 >= stop or not p.flags[v + 1] & (CAP | PRON | DET | ROLE):
        return None
    subject = subject_after(p, v, stop)
    if subject is None or subject.last >= stop or not p.flags[subject.last] & COMMA:
        return None
    return subject


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
        cited = _cited(p, v - 1, first)
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


_CITING: Final = frozenset("""
    cited quoted cites quotes citing quoting reported recorded heard described remembered recalled
    depicted
""".split())  # fmt: skip


def _cited(p: Paragraph, as_at: int, first: int) -> Subject | None:
    """The object of "cited … as" or the subject of "was quoted as"."""
    verb = citing_verb(p, as_at, first)
    if verb < 0:
        return None
    if verb + 1 >= as_at or p.flags[verb + 1] & (ADV | PREP):
        return subject_before(p, verb, first)
    end = phrase_end(p, verb + 1, as_at)
    return subject_of(p, verb + 1, end, as_at) if end > verb + 1 else None


def citing_verb(p: Paragraph, as_at: int, first: int) -> int:
    """Index of the "cited" that the "as" of "as saying" belongs to, or -1."""
    for k in range(as_at - 1, first - 1, -1):
        if p.words[k] in _CITING:
            return k
    return -1


def _colon(p: Paragraph, first: int, q: int) -> Claim | None:
    """X: "…" without a verb of saying."""
    if q <= first or not p.flags[q - 1] & COLON:
        return None
    subject = main_subject(p, first, q - 1)
    return Claim(subject, (q - 1, q), "colon", p) if subject else None


_NOMINAL: Final = frozenset("""
    comment comments claim claims statement remark remarks assertion pledge promise vow call warning
    description insistence suggestion argument declaration contention prediction accusation tweet words
    phrase slogan line question answer reply response speech letter memo op-ed book essay belief view
    conclusion complaint motto mantra message testimony advice opinion
""".split())  # fmt: skip


def _nominal(p: Paragraph, first: int, q: int) -> Claim | None:
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


def _opinion(p: Paragraph, first: int, q: int) -> Claim | None:
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


def inside_claim(p: Paragraph) -> Claim | None:
    """The claim of an incise within the marks: « Nous irons, a dit M. Roe ». `p` holds the words inside."""
    for i in range(1, min(p.count - 1, _REACH * 2)):
        if not p.flags[i - 1] & COMMA:
            continue
        v = i
        while v < p.count and v < i + 3 and p.flags[v] & (AUX | OBJ | ADV) and not p.flags[v] & CUE:
            v += 1
        if v < p.count and p.flags[v] & CUE and p.flags[v] & LOWER:
            if p.flags[v] & PRON:  # explique-t-il
                return Claim(Subject(v, v + 1, "pronoun", None), (v, v + 1), "inside", p)
            subject = subject_after(p, v, p.sentence_end(v))
            if subject is not None and can_speak(p, subject):
                return Claim(subject, (i, v + 1), "inside", p)
    return None


def _bare_subject(p: Paragraph, first: int, q: int, last: int, cast: Cast) -> Claim | None:
    """The sentence's subject, for a part of a sentence without any reporting verb."""
    if q == first or all(p.flags[k] & (QUOTE | STOP | COMMA | DASH) for k in range(first, last)):
        return None
    subject = main_subject(p, first, q)
    if subject is None or not can_speak(p, subject) or not is_known(p, subject, cast):
        return None
    return Claim(subject, None, "subject", p)


def is_known(p: Paragraph, subject: Subject, cast: Cast) -> bool:
    """Whether a name is known to the article as somebody: not "Audiences" at the start of a sentence."""
    return subject.name is None or cast.find(subject.name, p.starts[subject.first]) is not None


def can_speak(p: Paragraph, subject: Subject) -> bool:
    """Whether the subject may be a speaker: not "it", "there", "the plan's critics' hopes"."""
    if subject.kind == "pronoun":
        return p.words[subject.first].lower() not in ("it", "there", "this", "that", "you")
    if subject.kind == "name":
        return True
    head = p.flags[subject.last - 1] | p.flags[_head(p, subject)]
    return bool(head & (ROLE | BODY | TITLE))


def _head(p: Paragraph, subject: Subject) -> int:
    """Index of the head noun of a descriptor: the last word before its complement."""
    for k in range(subject.first, subject.last):
        if p.words[k] in ("of", "for", "to"):
            return max(subject.first, k - 1)
    return subject.last - 1


# -- a sentence without the quote ----------------------------------------------------------------


def introduction(p: Paragraph, sentence: int) -> Claim | None:
    """Who speaks in a sentence without quotes: the subject of its last reporting verb."""
    first, last = p.sentences[sentence]
    for v in range(last - 1, max(first, last - _REACH) - 1, -1):
        if p.flags[v] & CUE and p.flags[v] & LOWER and is_cue(p, v):
            claim = claim_of_verb(p, v, first, last)
            if claim is not None and can_speak(p, claim.subject):
                return Claim(claim.subject, claim.cue, "introduced", p)
    return None


def questioned(p: Paragraph, sentence: int, cast: Cast) -> Claim | None:
    """Who is put a question: X in "X was asked whether", "Asked about it, X shrugged".

    Not the X of "X asked whether", who puts it, nor of "X was asked to leave".
    """
    first, last = p.sentences[sentence]
    for v in range(first, min(last - 1, first + _REACH)):
        if p.words[v].lower() not in _ASKED or not _asks(p, v, last):
            continue
        opens = all(p.words[k].lower() in ("when", "then", "again", "and", "but") for k in range(first, v))
        if not (opens or is_passive(p, v)):
            continue
        subject = main_subject(p, v, last) if opens else subject_before(p, v, first)
        if subject is not None and can_speak(p, subject) and is_known(p, subject, cast):
            return Claim(subject, None, "asked", p)
        return None
    return None


_ASKED: Final = frozenset("asked questioned pressed quizzed interrogé interrogée".split())
_QUESTION: Final = frozenset("""
    whether if about how why what when where who which sur
""".split())  # fmt: skip


def _asks(p: Paragraph, v: int, stop: int) -> bool:
    """Whether a question follows "asked": asked whether, asked by reporters on Monday about."""
    for k in range(v + 1, min(stop, v + 9)):
        if p.words[k] in _QUESTION:
            return True
        if p.flags[k] & (COMMA | QUOTE | COLON | STOP) or p.words[k] == "to":
            return False
    return False


def sentence_subject(p: Paragraph, sentence: int, cast: Cast) -> Claim | None:
    """The subject of a sentence, if it may be a speaker."""
    first, last = p.sentences[sentence]
    subject = main_subject(p, first, last)
    if subject is None or not can_speak(p, subject) or not is_known(p, subject, cast):
        return None
    return Claim(subject, None, "nearby", p)
