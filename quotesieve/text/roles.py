"""The role that stands with a name, as printed: "BMW chief executive" in "BMW chief executive Oliver Roe".

Reads the words before a name and the apposition after it. Whose quote is whose is `text.speakers`'s;
here nobody is looked for, only described.
"""

import re
from functools import lru_cache
from typing import Final

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.cues import (
    ADV,
    AUX,
    BASE,
    CONJ,
    CUE,
    DET,
    INDEF,
    PREP,
    PRON,
    SUB,
    TIME,
    VERB,
    WEAK,
    lexicon,
)

_OCCURRENCES: Final = 4  # of a name in an article that are looked at: roles stand where it comes first
_BEFORE: Final = 90  # characters read before a name
_AFTER: Final = 140  # and after it
_PLAIN: Final = 2  # small words between the words of a role: BMW "supervisory board" member
_LONGEST: Final = 14  # words in a role
# Forms of address say who is a man or a doctor, not what somebody is.
HONORIFICS: Final = frozenset("""
    mr mr. mrs mrs. ms ms. miss sir dame lord lady dr dr. don doña herr hr. frau m. mme monsieur madame
    señor señora signor signora meneer mevrouw hon hon.
""".split())  # fmt: skip
_ROLES: Final = (cues.ROLES | cues.TITLES) - HONORIFICS
_SEPARATE: Final = DET | INDEF | PREP | CONJ | SUB | PRON | ADV | TIME | AUX | CUE | WEAK
_APPOSITION: Final = re.compile(
    r"(?:, (?:aged )?\d{1,2})?,? ?[,(] ?([^,;:()\n“”\"«»„]{3,110}?)(?=[,;:()\n“”\"«»„]|[.!?](?:\s|$)|$)"
)
_CLAUSE: Final = re.compile(r" (?:who|which|whose|said|says|told|added|and|der|die|qui|que|als) ")
_WORD: Final = re.compile(r"\S+")
_BREAK: Final = re.compile(r"[.!?:;\n“”\"«»„()]|, ")
_ARTICLE: Final = re.compile(
    r"^(?:the|a|an|his|her|its|their|der|die|das|ein|eine|sein|seine|ihr|ihre|le|la|l’|un|une|son|sa|leur|"
    r"el|su|un|una|il|lo|de|het|een|zijn) ",
    re.IGNORECASE,
)
_LINK: Final = r"(?:of|for|at|from|with|bei|beim|von|vom|der|des|du|de la|de l’|de|del|della|di|van|da)"
_CAPITAL: Final = r"[A-ZÀ-ÖØ-Þ0-9][\w&.’'+-]*"
_WITHIN: Final = "(?:(?:of|and|for|the|de|du|der|für|&) ){0,2}"  # Ministry of the Interior
_OF: Final = re.compile(rf"\b{_LINK} (?:the |der |la |le |el )?({_CAPITAL}(?: {_WITHIN}{_CAPITAL}){{0,5}})")


def role_of(text: str, name: str) -> str | None:
    """The role that the text gives `name`, as printed; None if it gives none.

    Of several the first that says for whom, else the first.

    >>> role_of("“No,” said BMW chief executive Oliver Roe.", "Oliver Roe")
    'BMW chief executive'
    >>> role_of("Ada Bell, the mayor of Exampleton, agreed. Mayor Bell said so.", "Ada Bell")
    'mayor of Exampleton'
    >>> role_of("Mr Oliver Roe, 61, left in May.", "Oliver Roe") is None
    True
    """
    first = None
    for start in _places(text, name):
        end = start + len(name)
        for role in (_before(text, start), _after(text, end)):
            if role is not None and affiliation(role):
                return role
            first = first or role
    return first


def _places(text: str, name: str) -> list[int]:
    """Where the name stands as a word of its own."""
    found: list[int] = []
    start = text.find(name)
    while start >= 0 and len(found) < _OCCURRENCES:
        end = start + len(name)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            found.append(start)
        start = text.find(name, end)
    return found


def _before(text: str, start: int) -> str | None:
    """The role right before a name, or before it and a comma: "The mayor of Exampleton, Ada Bell,"."""
    piece = text[max(0, start - _BEFORE) : start]
    if piece.endswith(", "):
        return _checked(_from_article(_last_phrase(piece[:-2]).split()))
    words = _last_phrase(piece.rstrip(" \u00a0")).replace("\u00a0", " ").split(" ")
    if not _is_role(words[-1].lower()):  # a headline: "Harbour Chief Praises Ada Bell"
        return None
    first = len(words)
    plain = 0
    while first and len(words) - first < _LONGEST:
        word = words[first - 1]
        plain = 0 if _may_lead(word) else plain + 1
        if plain and (plain > _PLAIN or not _may_compound(word)):
            break
        first -= 1
    while first < len(words) and _is_separate(words[first]):
        first += 1
    return _checked(" ".join(words[first:]))


def _from_article(words: list[str]) -> str:
    """What follows the last article before the first word for a role; "" where there is none."""
    role = next((i for i, word in enumerate(words) if _is_role(word.lower())), 0)
    articles = [i for i in range(role) if _ARTICLE.match(words[i] + " ")]
    return " ".join(words[articles[-1] + 1 :]) if articles else ""


def _last_phrase(piece: str) -> str:
    """What stands after the last mark that ends a phrase; the full stop of "Sen." ends none."""
    start = 0
    for mark in _BREAK.finditer(piece):
        word = piece[: mark.end()].rpartition(" ")[2].lower()
        if mark.group() != "." or word not in _ROLES:
            start = mark.end()
    return piece[start:].strip()


def _may_lead(word: str) -> bool:
    """Whether a word may belong to a role before a name: BMW, chief, executive, BMW-Chef, group’s."""
    lower = word.lower()
    if lower in _ROLES or lower in data.ADJECTIVES or word[:1].isupper() or word[:1].isdigit():
        return not lower.endswith((",", ".")) or lower in _ROLES
    return lower.endswith(("’s", "'s")) or _is_role(lower)


def _may_compound(word: str) -> bool:
    """Whether a small word may be a noun before a role: board member, press officer; no verb, no "of"."""
    flags = _ENGLISH.get(word, 0)
    return word.isalpha() and not flags & (_SEPARATE | VERB | BASE) and not word.endswith(("ed", "ing", "ly"))


def _is_separate(word: str) -> bool:
    """Whether a word at the head of what was found is none of the role: "Yesterday", "The", "Mr"."""
    lower = word.lower()
    if lower in HONORIFICS or lower in data.NOT_NAMES:
        return True
    return lower not in _ROLES and bool(_ENGLISH.get(lower, 0) & _SEPARATE)


_ENGLISH: Final = lexicon("en")


def _after(text: str, end: int) -> str | None:
    """The apposition: ", the mayor of Exampleton," up to its comma or the end of the sentence."""
    found = _APPOSITION.match(text, end, end + _AFTER)
    if found is None:
        return None
    phrase = found.group(1)
    clause = _CLAUSE.search(phrase)
    return _checked(phrase[: clause.start()] if clause else phrase)


def _checked(phrase: str) -> str | None:
    """A phrase without its article if it holds a word for a role and is no clause."""
    phrase = _ARTICLE.sub("", phrase.strip(" ,\u00a0"))
    words = phrase.split()
    if not 0 < len(words) <= _LONGEST or all(word.lower() in HONORIFICS for word in words):
        return None
    if not any(_is_role(word.lower()) for word in words) or not phrase[:1].isalnum():
        return None
    verbs = AUX | CUE
    return (
        None
        if any(_ENGLISH.get(word.lower(), 0) & verbs and not _is_role(word.lower()) for word in words)
        else phrase
    )


def _is_role(lower: str) -> bool:
    return lower in _ROLES or ("-" in lower and lower.rsplit("-", 1)[1] in cues.ROLES)


@lru_cache(maxsize=1 << 14)
def affiliation(role: str) -> str:
    """For whom somebody acts in a role, as printed: a firm, a body, a place; "" where it is not said.

    >>> affiliation("BMW chief executive"), affiliation("BMW-Chef"), affiliation("mayor")
    ('BMW', 'BMW', '')
    >>> affiliation("president of the Harbour Board")
    'Harbour Board'
    """
    found = _OF.search(role)
    if found is not None:
        return _trimmed(found.group(1))
    lead: list[str] = []
    for word in role.split():
        lower = word.lower()
        if lower in _ROLES or not (word[:1].isupper() or word[:1].isdigit()):
            break
        if "-" in word and _is_role(lower):
            return " ".join([*lead, word.rsplit("-", 1)[0]])
        lead.append(word)
    return _trimmed(" ".join(lead))


def _trimmed(words: str) -> str:
    """Without a possessive, and without "former" and "Republican" at its head."""
    listed = words.split()
    while listed and listed[0].lower() in data.ADJECTIVES:
        listed.pop(0)
    joined = " ".join(listed).rstrip(".,")
    if not any(map(str.isalpha, joined)):
        return ""  # "10 Republican senators"
    return joined.removesuffix("’s").removesuffix("'s")


def is_place(affiliated: str) -> bool:
    """Whether an affiliation is a place rather than a firm or a body.

    >>> is_place("Florida"), is_place("BMW")
    (True, False)
    """
    lower = affiliated.lower()
    words = lower.split()
    return bool(words) and (
        lower in data.PLACES
        or lower in data.LONG_PLACES
        or words[-1] in data.PLACE_TAILS
        or (len(words) > 1 and words[-1] in data.PLACES)
    )
