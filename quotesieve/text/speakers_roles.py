"""Whom a description means: "the judge" is the person last called a judge in the article.

Reads the roles that stand with names. Pronouns and names are `speakers_resolve`'s.
"""

import re
from bisect import bisect_left
from functools import cached_property
from typing import Final

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.cues import LOWER, OTHER
from quotesieve.text.names import analyse
from quotesieve.text.names_cast import Cast, Person, Spot
from quotesieve.text.names_data import ROLE_KINDS
from quotesieve.text.speakers_phrases import Subject
from quotesieve.text.speakers_tokens import Paragraph, flags_for


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
        return self._with_role(role, position) or self._of_kind(role, position)

    def _of_kind(self, role: str, position: int) -> Person | None:
        """The one person whose role is of a kind: "the officer" is Detective Inspector Quist."""
        found = {self._with_role(other, position) for other in ROLE_KINDS.get(role, ())} - {None}
        return found.pop() if len(found) == 1 else None

    def _with_role(self, role: str, position: int) -> Person | None:
        """The person last called by a role before `position`: "the judge" is Judge Ada Quist."""
        places = self._places.get(role, [])
        k = bisect_left(places, position, key=lambda place: place[0])
        return places[k - 1][1] if k else None


def fits(noun: str, gender: str) -> bool:
    """Whether a noun may stand for a person of that gender: not "the actress" for "he"."""
    return noun.lower() not in (data.FEMALE_NOUNS if gender == "m" else data.MALE_NOUNS)


def head_noun(p: Paragraph, subject: Subject) -> int:
    """Index of the noun that says what the descriptor is: "spokesman" in "a spokesman for the town"."""
    last = subject.last
    for k in range(subject.first + 1, subject.last):
        if p.words[k] in ("of", "for", "to"):
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
        for name in roles + _apposed_roles(text, spot):
            out.setdefault(name, []).append((spot.position, spot.person))
    return out
