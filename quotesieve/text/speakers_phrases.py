"""Noun phrases: the shallow reading under everything about speakers.

No parser: flags of single words (`cues`) and a few rules about what stands beside what. Functions take a
`Paragraph` and token indices; ranges are half open. Whether a word is a verb is
`speakers_cues`'s, the subjects of verbs are `speakers_grammar`'s.
"""

from typing import Final, NamedTuple

from quotesieve.text import names_data as data
from quotesieve.text.cues import (
    ADV,
    APOS,
    AUX,
    BASE,
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
    NUMBER,
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
    WEAK,
)  # fmt: skip
from quotesieve.text.names import GIVEN, LIKELY, NOT_PERSON, PERSON, UNKNOWN, Name, analyse
from quotesieve.text.speakers_cues import FINITE, MARKS
from quotesieve.text.speakers_tokens import Paragraph

NOUNS: Final = CAP | OTHER | ROLE | BODY | TITLE | NUMBER | DET | APOS | POSS | INDEF


REACH: Final = 80  # tokens; a sentence longer than that is a list or a transcript


class Subject(NamedTuple):
    """Who speaks, as printed: the tokens [first, last)."""

    first: int
    last: int
    kind: str  # name | pronoun | descriptor
    name: Name | None  # of a name


class Claim(NamedTuple):
    """A subject with the reporting words that make it a speaker, and the rule that found them."""

    subject: Subject
    cue: tuple[int, int] | None  # token range
    rule: str
    paragraph: Paragraph


def phrase_end(p: Paragraph, i: int, stop: int) -> int:
    """End of the noun phrase that begins at token `i`: before the first preposition, verb or mark."""
    j = i
    while j < stop and _continues(p, i, j, stop):
        j += 1
    return j


def _continues(p: Paragraph, i: int, j: int, stop: int) -> bool:
    value = p.flags[j]
    if value & PRON and j > i:
        return False  # a man I know
    if value & CAP:
        opens = j == i and value & (PREP | SUB | CONJ | ADV) and not value & (DET | TITLE)
        return not opens or is_given(p, j)
    if value & MARKS:
        return False
    before = p.flags[j - 1] if j > i else 0
    if p.words[j] in data.PARTICLES and (before & CAP or p.words[j - 1] in data.PARTICLES) and j > i:
        follows = _past_particles(p, j, stop)
        lone_article = value & DET and p.words[j - 1] not in data.PARTICLES  # Brandt der Zeitung
        return follows < stop and bool(p.flags[follows] & CAP) and not lone_article
    if value & DET and before & (CAP | OTHER | ROLE | BODY) and not before & (DET | APOS):
        return False  # a second phrase begins
    if value & (FINITE | ING):
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
    return bool(value & (NOUNS | OTHER)) or (bool(value & ADV) and bool(before & DET))


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
    if p.language == "de" and last - k == 2 and p.flags[k] & INDEF:
        return None  # Ein Koalitionär, at the start of a sentence
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
    first = skip_lead(p, first, last)
    if first >= last:
        return None
    if p.flags[first] & PRON and last - first == 1:
        return Subject(first, last, "pronoun", None)
    found = name_in(p, first, last)
    if found is not None and p.flags[first] & INDEF and found[1].kind < PERSON:
        apposed = _apposed_name(p, last, stop)  # a former Sea Lord, Admiral Ada Quist,
        if apposed is not None:
            return apposed
    if found is not None and not (p.flags[first] & INDEF and _is_party(p, found, last)):
        end = _proper_complement(p, last, stop) if found[1].kind <= UNKNOWN else last
        name = (
            found[1] if end == last else found[1]._replace(text=p.printed(found[0], end).removeprefix("The "))
        )
        return Subject(first, end, "name", name)
    if p.language == "en" and last - first > 2 and _may_be_verb(p, last - 1):
        found = name_in(p, first, last - 1)  # her friend Ada rolls
        if found is not None and (found[1].kind == PERSON or p.words[found[0]].lower() in GIVEN):
            return Subject(first, last - 1, "name", found[1])
    leading = _name_first(p, first, last)
    if leading is not None:
        return Subject(first, first + len(leading.tokens), "name", leading)
    if not any(p.flags[k] & (OTHER | ROLE | BODY | TITLE | CAP | DET) for k in range(first, last)):
        return None  # the Duchess, 41, told
    apposed = _apposed_name(p, last, stop)
    return apposed or Subject(first, _with_complement(p, last, stop), "descriptor", None)


def _may_be_verb(p: Paragraph, i: int) -> bool:
    """Whether a word of no table may be a verb after a name: rolls, mutes."""
    before = p.flags[i - 1]
    return p.flags[i] & ~LOWER == OTHER and p.words[i].endswith("s") and before & (CAP | APOS) == CAP


def _proper_complement(p: Paragraph, last: int, stop: int) -> int:
    """The end of a body's full name: Department for Business, National Association of Pupils."""
    noble = p.words[last - 1] in _NOBLES and last < p.count and p.words[last] == "of"
    if p.language != "en" or not (p.flags[last - 1] & BODY or noble) or last + 1 >= stop:
        return last
    i = last + 1
    i += i + 1 < stop and p.words[i] == "the"
    if p.words[last] not in ("of", "for") or not p.flags[i] & CAP or p.flags[i] & TIME:
        return last
    while i < stop and p.flags[i] & CAP and not p.flags[i] & APOS:
        i += 1
    return i


_NOBLES: Final = frozenset(
    "Duke Duchess Prince Princess Earl Countess Marquess King Queen Bishop Archbishop".split()
)


def _is_party(p: Paragraph, found: tuple[int, Name], last: int) -> bool:
    """Whether the capital is that of a group somebody belongs to: one Republican, a Democrat."""
    return found[0] == last - 1 and found[1].kind == NOT_PERSON and bool(p.flags[last - 1] & ROLE)


def skip_lead(p: Paragraph, first: int, last: int) -> int:
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
    described = j + 2 < stop and bool(p.flags[j + 1] & DET)  # its head, the physicist Ada Quist,
    if j + 1 >= stop or not p.flags[j] & COMMA or not (p.flags[j + 1] & CAP or described):
        return None
    end = phrase_end(p, j + 1, stop)
    found = name_in(p, j + 1, end) if end > j + 1 else None
    if found is None or (found[1].kind != PERSON if described else found[0] != j + 1):
        return None
    is_body = bool(j and p.flags[j - 1] & BODY) and found[1].kind in (
        NOT_PERSON,
        UNKNOWN,
    )  # her publisher, Roe Press,
    if (
        found[1].kind < LIKELY
        and not is_body
        and not (j and (p.words[j - 1] in data.RELATIVES or j == i) and is_given(p, j + 1))
    ):
        return None
    if end < stop and not p.flags[end] & (
        COMMA | STOP | CUE | WEAK | AUX | DASH | CLOSE | OPEN | QUOTE | ADV | PREP
    ):
        return None
    return Subject(j + 1, end, "name", found[1])


def _with_complement(p: Paragraph, last: int, stop: int) -> int:
    """A descriptor keeps its complement: a spokesman for the town, an adviser to the firm."""
    if last < stop and p.words[last] in _COMPLEMENT.get(p.language, ()):
        if last + 1 < stop and p.words[last + 1] in ("ihnen", "hen", "dem", "them"):
            return last + 2  # einer von ihnen
        end = phrase_end(p, last + 1, stop)
        if last + 1 < end <= last + 7:
            return end
    return last


_COMPLEMENT: Final = {
    "en": ("of", "for", "to"), "de": ("des", "der", "von", "vom", "für", "aus"), "nl": ("van",),
    "it": ("di", "del", "della", "dei"), "fr": ("de", "du", "des", "d’", "d'"), "es": ("de", "del"),
    "pt": ("de", "do", "da", "dos"),
    "da": ("fra", "for", "af"), "no": ("fra", "for", "av"), "sv": ("från", "för", "av"),
}  # fmt: skip


def long_title(p: Paragraph, first: int, end: int, stop: int) -> Subject | None:
    """ "Secretary of State Ada Quist": the title goes on over a preposition to a name."""
    if not p.flags[end - 1] & (TITLE | ROLE) or end >= stop or not p.flags[end] & PREP:
        return None
    j = end
    while j < min(stop, end + 12) and not p.flags[j] & (MARKS | REL | CUE | AUX | SUB | WEAK):
        j += 1
    for k in range(end + 1, j - 1):
        if p.flags[k] & CAP and is_given(p, k):
            found = name_in(p, k, j)
            return Subject(first, j, "name", found[1]) if found is not None else None
    found = name_in(p, end + 1, j)
    if found is None or found[1].kind != PERSON:
        return None
    return Subject(first, j, "name", found[1])


def is_given(p: Paragraph, i: int) -> bool:
    """Whether a word that may open a clause is a name here: Mark, Will, Grant."""
    word = p.words[i].lower()
    return (
        (word in GIVEN or word in data.BOTH)
        and i + 1 < p.count
        and bool(p.flags[i + 1] & (CAP | CUE | AUX | COMMA | OPEN))
    )


def can_speak(p: Paragraph, subject: Subject) -> bool:
    """Whether the subject may be a speaker: not "it", "there", "the plan's critics' hopes"."""
    if subject.kind == "pronoun":
        return p.words[subject.first].lower() not in ("it", "there", "this", "that", "you", "man", "es")
    if subject.kind == "name":
        return True
    head = p.flags[subject.last - 1] | p.flags[_head(p, subject)]
    return bool(head & (ROLE | BODY | TITLE)) or p.words[subject.last - 1] == "them"


def _head(p: Paragraph, subject: Subject) -> int:
    """Index of the head noun of a descriptor: the last word before its complement."""
    for k in range(subject.first, subject.last):
        if p.words[k] in ("of", "for", "to"):
            return max(subject.first, k - 1)
    return subject.last - 1
