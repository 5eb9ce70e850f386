"""Whom a description means: "the judge" is the person last called a judge in the article.

Reads the roles that stand with names. Pronouns and names are `speakers_resolve`'s.
"""

import re
from bisect import bisect_left
from functools import cached_property
from typing import Final

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.cues import BODY, CAP, DET, INDEF, LOWER, OTHER, POSS, PREP, ROLE
from quotesieve.text.names import analyse
from quotesieve.text.names_cast import Cast, Person, Spot
from quotesieve.text.names_data import ROLE_KINDS
from quotesieve.text.speakers_phrases import Subject
from quotesieve.text.speakers_tokens import Paragraph, flags_for

_OFFICES: Final = frozenset("coroner judge magistrate mayor bishop minister headteacher".split())


class Roles:
    """Who is given which role where, read when first asked."""

    def __init__(self, text: str, cast: Cast) -> None:
        self._text = text
        self._cast = cast

    @cached_property
    def _places(self) -> dict[str, list[tuple[int, Person]]]:
        return _roles(self._text, self._cast)

    def person(self, role: str, position: int) -> Person | None:
        """Who is called by a role, or by one of its kind, before `position`."""
        return (
            self._with_role(role, position)
            or self._of_kind(role, position)
            or self._of_compound(role, position)
        )

    def only(self, role: str, position: int) -> Person | None:
        """The one person of the article who has an office, named after `position`: a coroner has found."""
        places = self._places.get(role, []) if role in _OFFICES else []
        people = {person for _, person in places}
        return people.pop() if len(people) == 1 and places[0][0] > position else None

    def _of_kind(self, role: str, position: int) -> Person | None:
        """The one person whose role is of a kind: "the officer" is Detective Inspector Quist."""
        found = {self._with_role(other, position) for other in ROLE_KINDS.get(role, ())} - {None}
        return found.pop() if len(found) == 1 else None

    def _of_compound(self, role: str, position: int) -> Person | None:
        """The last person whose role ends in this one: die Anwältin, ministeren for a Rechtsanwältin, a
        skoleminister."""
        stems = {role, role.removesuffix("en"), role.removesuffix("et"), role.removesuffix("n")}
        endings = tuple(stem for stem in stems if len(stem) >= _SHORTEST)
        if not endings:
            return None
        places = [place for key in self._places if key.endswith(endings) for place in self._places[key]]
        before = [place for place in places if place[0] < position]
        return max(before, key=lambda place: place[0])[1] if before else None

    def _with_role(self, role: str, position: int) -> Person | None:
        """The person last called by a role before `position`: "the judge" is Judge Ada Quist."""
        places = self._places.get(role, [])
        k = bisect_left(places, position, key=lambda place: place[0])
        return places[k - 1][1] if k else None


def is_definite(p: Paragraph, subject: Subject, head: int) -> bool:
    """Whether a description takes up somebody who is known: the judge, her honour, ministeren."""
    first = p.flags[subject.first]
    if first & DET and not first & (INDEF | POSS):
        return True
    word = p.words[head].lower()
    if word in ("honour", "honor"):
        return True
    alone = subject.last - subject.first == 1 and bool(first & ROLE and first & LOWER)
    return alone and p.language in _SUFFIXED and word.endswith(("en", "et"))


def is_demonym(p: Paragraph, subject: Subject) -> bool:
    """Whether a name is that of a people, for one of them: said the Spaniard."""
    if subject.last - subject.first != 2 or not p.flags[subject.first] & DET:
        return False
    return p.words[subject.last - 1].lower() in data.DEMONYMS and not p.flags[subject.first] & INDEF


def takes_up(p: Paragraph, subject: Subject) -> bool:
    """Whether a description says who somebody is and not what office they hold: the 44-year-old, the MP."""
    words = [p.words[k].lower() for k in range(subject.first, subject.last)]
    return any(word in _TAKES_UP or word in data.DEMONYMS or _AGED.match(word) for word in words) or words[
        -1
    ].endswith(_GERMAN_KINDS)


def takes_up_topic(p: Paragraph, subject: Subject) -> bool:
    """Whether a description may be whom the sentence before is about: the Rovers manager."""
    return p.language == "en" and p.words[subject.last - 1].lower() in _OF_TOPIC


_OF_TOPIC: Final = frozenset("""
    manager boss coach captain skipper gaffer ace favourite frontman presenter host founder tycoon billionaire
    entrepreneur broadcaster influencer champion
""".split())  # fmt: skip
_AGED: Final = re.compile(r"\d+-(?:year-old|jährige|årige)")
_GERMAN_KINDS: Final = ("politiker", "politikerin", "expertin")
_SUFFIXED: Final = frozenset(["da", "no", "nb", "nn", "sv"])  # languages whose article is an ending
_SHORTEST: Final = 5  # letters of a role that others end in
# What people are, not what they are there as: any of them may be who was just spoken of.
_TAKES_UP: Final = frozenset("""
    mp msp mep politician backbencher frontbencher peer pensioner grandmother grandfather teenager youngster
    striker midfielder defender winger forward goalkeeper keeper veteran star singer actor actress rapper
    comedian novelist author playwright batsman bowler seamer spinner all-rounder fly-half
    autora autor escritora escritor novelista cantante actriz
    politiker politikerin expertin experte stürmer trainer técnico entrenador delantero portero
    entraîneur sélectionneur attaquant allenatore attaccante argentino vasco andaluz gallego catalán
    director film-maker filmmaker designer composer conductor chef novelist poet sculptor
    franzose engländer brasilianer portugiese kroate pole däne schwede niederländer türke serbe senegalese
    argentin espagnol belge italien spanier norweger argentinier österreicher
""".split())  # fmt: skip


def indefinite_body(p: Paragraph, sentence: int) -> str | None:
    """The last document or body that a sentence brings up: "a sign" in "had put up a sign"."""
    first, last = p.sentences[sentence]
    for k in range(last - 1, first, -1):
        if p.flags[k] & BODY and p.flags[k] & LOWER and p.flags[k - 1] & INDEF:
            return p.printed(k - 1, k + 1).lower()
    return None


def fits(noun: str, gender: str) -> bool:
    """Whether a noun may stand for a person of that gender: not "the actress" for "he"."""
    return noun.lower() not in (data.FEMALE_NOUNS if gender == "m" else data.MALE_NOUNS)


def head_noun(p: Paragraph, subject: Subject) -> int:
    """Index of the noun that says what the descriptor is: "spokesman" in "a spokesman for the town"."""
    last = subject.last
    for k in range(subject.first + 1, subject.last):
        if p.flags[k] & (PREP | DET) and not p.flags[k] & CAP:
            last = k
            break
    return last - 1


def _apposed_roles(text: str, spot: Spot) -> list[str]:
    """The roles in a mention's title and in the apposition after it: Quist, the group's president."""
    roles = list(analyse(text[spot.position : spot.end]).titles)
    after = _APPOSITION.match(text, spot.end) if text.startswith(", ", spot.end) else None
    if after is not None:
        roles += [word for word in after.group(1).lower().split() if word in _ROLE_WORDS][:2]
    return roles


_ROLE_WORDS: Final = cues.ROLES | cues.TITLES
# ", the group's vice president" up to its "of", its next comma or the end of its sentence
_APPOSITION = re.compile(r", ((?:[\w’'-]+ ){0,6}[\w’'-]+?)(?=,| of | for | at | who | in |[.;:])")


def _roles_before(text: str, position: int) -> list[str]:
    """The first role of the phrase before a comma: "la delegada territorial de la Junta, Ada Quist"."""
    phrase = _PHRASE_END.split(text[max(0, position - 90) : position].rstrip(", "))[-1]
    return [word for word in phrase.lower().split() if word in _ROLE_WORDS][:1]


_PHRASE_END: Final = re.compile(r"[,.:;\n“”\"«»„]")


def _may_be_role(word: str) -> bool:
    """Whether a word of no table may be what somebody is: striker Ada Quist."""
    flags = flags_for("en")[word] if word.isalpha() else 0
    return bool(flags & OTHER) and not flags & ~(OTHER | LOWER)


def _roles(text: str, cast: Cast) -> dict[str, list[tuple[int, Person]]]:
    """Who is given each role, by place: by title, by apposition, by the noun before."""
    out: dict[str, list[tuple[int, Person]]] = {}
    for spot in cast.spots:
        before = text[max(0, spot.position - 24) : spot.position].split()
        role = before[-1].lower().rstrip(",") if before else ""  # spokesman X; the spokesman, X
        roles = [role] if role in _ROLE_WORDS or _may_be_role(role) else []
        if before and before[-1].endswith(",") and role not in _ROLE_WORDS:
            roles = _roles_before(text, spot.position)
        for name in roles + _apposed_roles(text, spot):
            out.setdefault(name, []).append((spot.position, spot.person))
    return out
