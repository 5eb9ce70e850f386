"""A shallow reading of the words around quotes: noun phrases and the subjects of verbs.

No parser: flags of single words (`cues`) and a few rules about what stands beside what. Functions
take a `Paragraph` and token indices; ranges are half open.
"""

from typing import Final, NamedTuple

from quotesieve.text import names_data as data
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
    HEARD,
    INDEF,
    ING,
    LOWER,
    NUMBER,
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
from quotesieve.text.names import LIKELY, NOT_PERSON, PERSON, Name, analyse
from quotesieve.text.speakers_tokens import Paragraph

_NOUNS: Final = CAP | OTHER | ROLE | BODY | TITLE | NUMBER | DET | APOS | POSS | INDEF
_MARKS: Final = COMMA | STOP | COLON | DASH | OPEN | CLOSE | QUOTE
_FINITE: Final = CUE | WEAK | VERB | AUX | BELIEF
_ROMANCE: Final = frozenset(["fr", "es", "it", "pt"])
_LONGEST_CLAUSE: Final = 150  # tokens


class Subject(NamedTuple):
    """Who speaks, as printed: the tokens [first, last)."""

    first: int
    last: int
    kind: str  # name | pronoun | descriptor
    name: Name | None  # of a name


def is_finite(p: Paragraph, i: int) -> bool:
    """Whether token `i` is a verb here: "they claim", not "the claim" nor "his claims"."""
    value = p.flags[i]
    if not value & _FINITE or value & CAP:
        return False
    before = p.flags[i - 1] if i else 0
    if value & (DET | PRON):
        return False
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
    opens = v < 2 or p.flags[v - 2] & (_MARKS | CONJ | SUB)
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
    if value & AUX:
        return p.words[v] in ("say", "write", "tell", "put", "read")
    plural = (p.words[k].endswith("s") and not p.words[k].endswith(("'s", "’s"))) or p.words[k] in (
        "people",
        "percent",
        "who",
    )
    return plural and bool(value & (ROLE | BODY | OTHER | CAP))


_WITH_PARTICLE: Final = {
    "went": ("on",),
    "goes": ("on",),
    "put": ("it",),
    "puts": ("it",),
    "fügte": ("hinzu", "er", "sie"),
}


def is_passive(p: Paragraph, v: int) -> bool:
    """ "was told", "is called": the subject hears, it does not speak."""
    if p.words[v].endswith("s"):
        return False
    for k in range(v - 1, max(-1, v - 4), -1):
        value = p.flags[k]
        if value & BE:
            return p.words[k] != "has"
        if not value & (ADV | AUX):
            return False
    return False


# -- noun phrases --------------------------------------------------------------------------------


def phrase_end(p: Paragraph, i: int, stop: int) -> int:
    """End of the noun phrase that begins at token `i`: before the first preposition, verb or mark."""
    j = i
    while j < stop and _continues(p, i, j, stop):
        j += 1
    return j


def _continues(p: Paragraph, i: int, j: int, stop: int) -> bool:
    value = p.flags[j]
    if value & CAP:
        opens = j == i and value & (PREP | SUB | CONJ | ADV) and not value & (DET | TITLE)
        return not opens or _is_given(p, j)
    if value & _MARKS:
        return False
    before = p.flags[j - 1] if j > i else 0
    if p.words[j] in data.PARTICLES and (before & CAP or p.words[j - 1] in data.PARTICLES) and j > i:
        follows = _past_particles(p, j, stop)
        lone_article = value & DET and p.words[j - 1] not in data.PARTICLES  # Brandt der Zeitung
        return follows < stop and bool(p.flags[follows] & CAP) and not lone_article
    if value & DET and before & (CAP | OTHER | ROLE | BODY) and not before & (DET | APOS):
        return False  # a second phrase begins
    if value & (_FINITE | ING):
        if value & AUX:
            return False
        return bool(before & (DET | POSS | APOS | INDEF | NUMBER)) or (
            bool(value & (ROLE | BODY | BASE)) and bool(before & OTHER)
        )
    if value & PREP and not value & (DET | TITLE):
        return False
    if (
        before & CAP
        and not before & DET
        and p.language != "en"
        and value & LOWER
        and not value & (ROLE | BODY | TITLE | DET)
    ):
        return False  # der Minister weist; il sindaco Roe durante
    return bool(value & (_NOUNS | OTHER)) or (bool(value & ADV) and bool(before & DET))


def _past_particles(p: Paragraph, j: int, stop: int) -> int:
    """Past "van der" in "Marta van der Berg"."""
    while j < stop and p.words[j] in data.PARTICLES:
        j += 1
    return j


def name_in(p: Paragraph, first: int, last: int) -> tuple[int, Name] | None:
    """The name that ends the phrase [first, last), and where its capitalised run begins."""
    k = last
    while k > first:
        if p.flags[k - 1] & CAP and not (k < last and p.flags[k - 1] & APOS):
            k -= 1
            continue
        j = k
        while k < last and j > first and p.words[j - 1] in data.PARTICLES:
            j -= 1
        if j in (k, first) or not p.flags[j - 1] & CAP:
            break
        k = j - 1
    if k == last:
        return None
    if p.language == "de" and last - k == 1 and (k > first or p.flags[k] & (ROLE | BODY)):
        return None  # die Behörde, ein neuer Plan: a common noun
    name = analyse(" ".join(p.words[k:last]).removesuffix("'s").removesuffix("’s").rstrip("'’"), p.language)
    return (k, name) if name.text else None


def _name_first(p: Paragraph, first: int, last: int) -> Name | None:
    """The person whose name begins the phrase, for a phrase that runs on: "Ada Quist last week"."""
    k = first
    while k < last and p.flags[k] & CAP:
        k += 1
    if any(p.flags[i] & (ROLE | BODY | CAP) for i in range(k, last)) or (k > first and p.flags[k - 1] & APOS):
        return None  # the mayor's plan is none of the mayor's words
    found = name_in(p, first, k) if k > first else None
    return found[1] if found is not None and found[1].kind == PERSON else None


def subject_of(p: Paragraph, first: int, last: int, stop: int) -> Subject | None:
    """The subject that the phrase [first, last) names; apposition up to `stop` is looked at."""
    first = _skip_lead(p, first, last)
    if first >= last:
        return None
    if p.flags[first] & PRON and last - first == 1:
        return Subject(first, last, "pronoun", None)
    found = name_in(p, first, last)
    if found is not None and not (p.flags[first] & INDEF and _is_party(p, found, last)):
        return Subject(first, last, "name", found[1])
    leading = _name_first(p, first, last)
    if leading is not None:
        return Subject(first, first + len(leading.tokens), "name", leading)
    if not any(p.flags[k] & (OTHER | ROLE | BODY | TITLE | CAP | NUMBER | DET) for k in range(first, last)):
        return None
    apposed = _apposed_name(p, last, stop)
    return apposed or Subject(first, _with_complement(p, last, stop), "descriptor", None)


def _is_party(p: Paragraph, found: tuple[int, Name], last: int) -> bool:
    """Whether the capital is that of a group somebody belongs to: one Republican, a Democrat."""
    return found[0] == last - 1 and found[1].kind == NOT_PERSON and bool(p.flags[last - 1] & ROLE)


def _skip_lead(p: Paragraph, first: int, last: int) -> int:
    """Past the words that open a clause and are no part of its subject: But, Meanwhile, On Friday."""
    while first < last:
        value = p.flags[first]
        opening = value & (CONJ | ADV | SUB | COMMA) and not value & (DET | PRON)
        if not (opening or (value & TIME and first + 1 < last)):
            break
        first += 1
    return first


def _apposed_name(p: Paragraph, i: int, stop: int) -> Subject | None:
    """The name in "a professor of law at Quarry Hill, Ada Quist, said", `i` after "professor"."""
    j = i
    while (
        j < min(stop, i + 14)
        and not p.flags[j] & (COMMA | STOP | QUOTE | COLON | REL | AUX)
        and not p.flags[j] & CUE
    ):
        j += 1
    if j + 1 >= stop or not p.flags[j] & COMMA or not p.flags[j + 1] & CAP:
        return None
    end = phrase_end(p, j + 1, stop)
    found = name_in(p, j + 1, end) if end > j + 1 else None
    if found is None or found[0] != j + 1:
        return None
    if found[1].kind < LIKELY and not (
        j and (p.words[j - 1] in data.RELATIVES or j == i) and _is_given(p, j + 1)
    ):
        return None
    if end < stop and not p.flags[end] & (
        COMMA | STOP | CUE | WEAK | AUX | DASH | CLOSE | OPEN | QUOTE | ADV
    ):
        return None
    return Subject(j + 1, end, "name", found[1])


def _with_complement(p: Paragraph, last: int, stop: int) -> int:
    """A descriptor keeps its complement: a spokesman for the town, an adviser to the firm."""
    if last < stop and p.words[last] in _COMPLEMENT.get(p.language, ()):
        end = phrase_end(p, last + 1, stop)
        if last + 1 < end <= last + 7:
            return end
    return last


_COMPLEMENT: Final = {
    "en": ("of", "for", "to"), "de": ("des", "der", "von", "vom", "für"), "nl": ("van",),
    "it": ("di", "del", "della", "dei"), "fr": ("de", "du", "des", "d’", "d'"), "es": ("de", "del"),
    "pt": ("de", "do", "da", "dos"),
    "da": ("fra", "for", "af"), "no": ("fra", "for", "av"), "sv": ("från", "för", "av"),
}  # fmt: skip


def long_title(p: Paragraph, first: int, end: int, stop: int) -> Subject | None:
    """ "Secretary of State Ada Quist": the title goes on over a preposition to a name."""
    if not p.flags[end - 1] & (TITLE | ROLE) or end >= stop or not p.flags[end] & PREP:
        return None
    j = end
    while j < min(stop, end + 12) and not p.flags[j] & (_MARKS | REL | CUE | AUX | SUB | WEAK):
        j += 1
    for k in range(end + 1, j - 1):
        if p.flags[k] & CAP and _is_given(p, k):
            found = name_in(p, k, j)
            return Subject(first, j, "name", found[1]) if found is not None else None
    found = name_in(p, end + 1, j)
    if found is None or found[1].kind != PERSON:
        return None
    return Subject(first, j, "name", found[1])


# -- subjects ------------------------------------------------------------------------------------


def subject_after(p: Paragraph, verb: int, stop: int) -> Subject | None:
    """The subject of an inverted clause: "said Ada Quist, a professor"."""
    i = verb + 1
    while i < stop and p.flags[i] & ADV and not p.flags[i] & CAP:
        i += 1
    if p.language in _ROMANCE and i + 1 < stop and p.flags[i] & PREP:
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
        while k >= start and p.flags[k] & _NOUNS and not p.flags[k] & (_MARKS | REL) and not _bounds(p, k):
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
        if p.flags[before] & (_NOUNS | PRON) and not is_finite(p, before):
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
    own = _own_clause(p, k + 1, j, verb)
    if own is not None:
        return own
    first = _skip_lead(p, k + 1, j + 1)
    if first > j:
        return None
    value = p.flags[first]
    if value & PREP and not value & (DET | TITLE):
        if not value & SUB:  # In Ohio Quist said
            found = name_in(p, first + 1, j + 1)
            return Subject(found[0], j + 1, "name", found[1]) if found else None
        first += 1  # after Quist said
    end = max(phrase_end(p, first, j + 1), first + 1)
    if end <= j:
        title = long_title(p, first, end, verb)
        if title is not None:
            return title
        if not p.flags[end] & PREP:
            end = j + 1
    return subject_of(p, first, end, verb)


def _own_clause(p: Paragraph, first: int, j: int, verb: int) -> Subject | None:
    """The X of "a walkout from the hall after Minister X termed it": "after" opens a clause of X's."""
    for i in range(j - 1, first, -1):
        if p.flags[i] & SUB and p.flags[i] & PREP and p.flags[i] & LOWER:
            subject = phrase_subject(p, i + 1, j + 1)
            if subject is None or subject.name is None or not subject.last == j + 1 == verb:
                return None
            return subject if subject.name.kind >= LIKELY else None
    return None


def _relative_before(p: Paragraph, k: int, start: int) -> int:
    """Index of the "who" whose clause the verb `k` belongs to, no mark between; else -1."""
    for i in range(k - 1, max(start - 1, k - 8), -1):
        if p.flags[i] & REL:
            return i
        if p.flags[i] & _MARKS or is_finite(p, i):
            return -1
    return -1


def _inside_phrase(p: Paragraph, k: int, start: int) -> bool:
    """Whether token `k` may stand inside a noun phrase, read from its end."""
    value = p.flags[k]
    if value & (_MARKS | REL):
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
    return bool(value & (_NOUNS | TIME | ADV | BASE)) or bool(value & (VERB | WEAK | CUE | ING | BELIEF))


def _verb_before(p: Paragraph, k: int, start: int) -> bool:
    return any(p.flags[i] & QUOTE or is_finite(p, i) for i in range(max(start, k - 12), k))


def main_subject(p: Paragraph, start: int, stop: int) -> Subject | None:
    """The subject of the clause that fills [start, stop): its first phrase, openings skipped."""
    i, stop = start, min(stop, start + _LONGEST_CLAUSE)
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
        and not p.flags[i + 1] & (_FINITE | _MARKS | CAP)
    ):
        return _after_opening(p, i, stop)
    if value & CAP and value & TIME and i + 1 < stop and p.flags[i + 1] & ADV:
        return _after_opening(p, i, stop)  # Hours later, Quist
    opens = value & (PREP | SUB | ING | VERB | WEAK | CUE | BASE | BELIEF | SOURCE) and not value & (
        DET | PRON
    )
    if opens and not (value & CAP and _is_given(p, i)):
        return _after_opening(p, i, stop)
    return phrase_subject(p, i, stop)


def _is_given(p: Paragraph, i: int) -> bool:
    """Whether a word that may open a clause is a name here: Mark, Will, Grant."""
    word = p.words[i].lower()
    return (
        (word in data.MALE or word in data.FEMALE)
        and i + 1 < p.count
        and bool(p.flags[i + 1] & (CAP | CUE | AUX | COMMA | OPEN))
    )


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
    return fallback


def _is_place(subject: Subject) -> bool:
    return subject.name is not None and (
        subject.name.kind == NOT_PERSON or (len(subject.name.tokens) == 1 and subject.name.text.endswith("."))
    )


def _has_verb(p: Paragraph, i: int, stop: int) -> bool:
    """Whether a verb follows at token `i`, or an insertion that only a subject takes."""
    if i >= stop or p.flags[i] & (_FINITE | ING | ADV | OPEN):
        return True
    return bool(p.flags[i] & COMMA) and i + 1 < stop and bool(p.flags[i + 1] & (REL | DET | INDEF))


def nearest_verb(p: Paragraph, v: int, first: int) -> int:
    """Index of the finite verb next before `v`, or -1."""
    for k in range(v - 1, first - 1, -1):
        if p.flags[k] & QUOTE:
            return -1
        if is_finite(p, k) and not p.flags[k] & BASE:
            return k
    return -1


def hearer(p: Paragraph, verb: int, stop: int) -> tuple[int, int] | None:
    """Whom "told" names: the phrase after the verb, or None."""
    if not p.flags[verb] & HEARD or verb + 1 >= stop:
        return None
    end = phrase_end(p, verb + 1, stop)
    return (verb + 1, end) if end > verb + 1 else None
