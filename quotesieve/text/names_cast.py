"""Everybody an article names: finding the names, the fullest form of each, every mention.

`Cast` is the entry. What one printed name says is `names.analyse`'s; no attribution here, and no
identity across articles: two articles' "Smith" are not compared.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.names import GIVEN, LIKELY, NOT_PERSON, PERSON, Name, analyse, is_relative

# Begins with a plain character class so that the search runs at full speed; so do the letters after it.
_WORD = rf"[A-ZÀ-ÖØ-ÞĆČŁŚŠŞŽİ][a-z]*\w*(?:[-‑’'&.](?!s\b)\w+)*(?:{cues.ABBREVIATION_STOP}(?=[ \u00a0,]))?"
_PARTICLE = r"(?:(?:de|del|della|der|den|di|da|dos|du|van|von|zu|bin|ibn|ben|ter|al|el|la|le|y) ){1,3}"
RUN = re.compile(rf"{_WORD}(?:[ \u00a0](?:{_PARTICLE})?{_WORD})*")

_NAMESAKES: Final = 40  # people of one surname looked at: no article has more


class Person:
    """Somebody an article names, under the fullest form seen so far."""

    __slots__ = ("first", "gender", "given", "kind", "positions", "surname", "text", "tokens")

    def __init__(self, name: Name, position: int) -> None:
        self.text = name.text
        self.tokens = name.tokens
        self.kind = name.kind
        self.gender = name.gender
        self.surname = name.surname
        self.given = name.tokens[0].lower() if len(name.tokens) > 1 else ""
        self.first = position
        self.positions: list[int] = []  # of its mentions, in order

    def widen(self, name: Name) -> None:
        """Take over a further mention: a longer form, a gender that was not known."""
        if len(name.tokens) > len(self.tokens):
            self.text, self.tokens = name.text, name.tokens
        self.gender = self.gender or name.gender
        self.kind = max(self.kind, name.kind)


class Spot(NamedTuple):
    """One mention of a person in the running text."""

    position: int
    person: Person
    lead: int  # 2 at the start of a sentence, 1 after a comma, 0 elsewhere
    possessive: bool
    end: int


class Cast:
    """Everybody whom an article names. Positions before 0 lie in the title and the standfirst."""

    def __init__(self, text: str, context: str = "", language: str = "en") -> None:
        self.people: list[Person] = []
        self._text = text
        self._mentions: list[tuple[int, Person, int]] = []
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        self._certain: dict[Name, Person] = {}  # names that fit one person only, wherever they stand
        runs = [*_runs(context, -len(context) - 1), *_runs(text, 0)]
        self._admit_all(runs, language)
        self._find_mentions(runs, language)

    def _admit_all(self, runs: Sequence[tuple[int, str, int]], language: str) -> None:
        """Everybody with a full name, in the order of the text."""
        seen: set[str] = set()
        for position, run, _ in runs:
            if " " not in run or run in seen:
                continue  # one word is no full name
            seen.add(run)
            name = analyse(run, language)
            # Every German noun has a capital: two of them are no full name without a given name.
            if (
                name.kind != NOT_PERSON
                and len(name.tokens) > 1
                and (language != "de" or name.kind == PERSON or (name.kind == LIKELY and name.titles))
            ):
                self._admit(name, position)

    def _find_mentions(self, runs: Sequence[tuple[int, str, int]], language: str) -> None:
        """Every mention of somebody by a full name or a part of one."""
        parts = self._parts()
        sure: dict[str, Person] = {}  # words that fit one person only
        for position, run, end in runs:
            person = sure.get(run)
            if person is not None:
                person.positions.append(position)
            else:
                relative = language == "de" and is_relative(run)
                if " " not in run and (lower := run.lower()) not in parts:
                    relative = (lower in GIVEN or lower in data.BOTH) and _is_somebody(
                        self._text, position, end
                    )
                    if not relative:
                        continue  # most words with a capital begin a sentence or name a place
                name = analyse(run, language)
                if relative:
                    name = name._replace(kind=PERSON, gender=_gender_of_one(name.surname))
                person = self._known(name, position) if name.kind != NOT_PERSON else None
                if not relative and name in self._certain:
                    sure[run] = self._certain[name]
            if person is not None and position >= 0:
                self._mentions.append((position, person, end))
                parts.add(person.surname)

    def _parts(self) -> set[str]:
        """The given names and surnames of everybody so far, as either apostrophe prints them."""
        parts = {*self._by_given, *self._by_surname}
        return parts | {part.replace("'", "’") for part in parts}

    @cached_property
    def spots(self) -> list[Spot]:
        """Every mention of a person in the running text, in order."""
        text = self._text
        return [
            Spot(position, person, _lead(text, position, person), text.startswith(("'s", "’s"), end), end)
            for position, person, end in self._mentions
        ]

    def _admit(self, name: Name, position: int) -> None:
        """A full name: a new person, or a further form of one who is there."""
        same = self._by_surname.setdefault(name.surname, [])
        given = name.tokens[0].lower()
        for person in same[-_NAMESAKES:]:
            if _same_given(person.given, given):
                person.widen(name)
                return
        person = Person(name, position)
        same.append(person)
        self.people.append(person)
        self._by_given.setdefault(given, []).append(person)

    def _known(self, name: Name, position: int) -> Person | None:
        """The person a mention stands for; a titled single name (Mr. Quist) founds one if need be."""
        person = self.find(name, position)
        if person is None and len(name.tokens) == 1 and name.kind == PERSON:
            person = Person(name, position)
            self._by_surname.setdefault(name.surname, []).append(person)
            self.people.append(person)
        if person is not None:
            person.positions.append(position)
            if name.titles and not person.gender:
                person.gender = name.gender  # Leonora Quist is Miss Quist
        return person

    def find(self, name: Name, position: int) -> Person | None:
        """The person that a printed name means at a position, or None if it fits nobody.

        A surname that several bear goes to the one whose gender fits the title, then to the one named
        most often before the position.
        """
        if name in self._certain:
            return self._certain[name]
        fits = self._by_surname.get(name.surname, [])[-_NAMESAKES:]
        if len(name.tokens) > 1:
            given = name.tokens[0].lower()
            fits = [person for person in fits if _same_given(person.given, given)]
        elif not fits and name.tokens:
            fits = self._by_given.get(name.tokens[0].lower(), [])[-_NAMESAKES:]
        if name.gender:
            fits = [person for person in fits if person.gender in ("", name.gender)]
        if len(fits) == 1:
            self._certain[name] = fits[0]
            return fits[0]
        if not fits:
            return None
        return max(fits, key=lambda person: _weight(person, position))


def _runs(text: str, offset: int) -> list[tuple[int, str, int]]:
    """Position, words and end of each capitalised run."""
    spaced = text.replace("\u00a0", " ")
    return [(found.start() + offset, found[0], found.end()) for found in RUN.finditer(spaced)]


def _is_somebody(text: str, position: int, end: int) -> bool:
    """Whether the given name there alone names somebody: his widow, Joan; landlord Gaz; Freya, 14."""
    if position < 0:
        return False
    if _AGE.match(text, end) is not None:
        return True
    after = text[end : end + 14].split(None, 1)[:1] if text.startswith(" ", end) else []
    if after and _VERBS.get(after[0], 0) & cues.CUE:
        return True  # Daniel told her
    before = text[max(0, position - 20) : position].split()
    noun = before[-1].rstrip(",") if before else ""
    return noun.lower() in data.RELATIVES or noun in cues.ROLES


_AGE: Final = re.compile(r", (?:de )?\d{1,2}\b(?! [A-Z])| \(\d{1,2}\)")


_VERBS: Final = cues.lexicon("en")


def _gender_of_one(given: str) -> str:
    return "f" if given in data.FEMALE else "m" if given in data.MALE else ""


def _lead(text: str, position: int, person: Person) -> int:
    """Whether a mention opens its sentence, and so is likely its subject."""
    before = text[max(0, position - 2) : position]
    if not before or before[-1] in '\n“"' or before[0] in ".!?”\"’'»\n":
        return 2
    return 1 if before[0] == "," and len(person.tokens) > 1 else 0  # but not "his widow, Joan"


def _weight(person: Person, position: int) -> tuple[int, int]:
    before = bisect_right(person.positions, position)
    return (before, person.positions[before - 1] if before else -1)


def _same_given(one: str, other: str) -> bool:
    """Whether two given names may be one person's: equal, an initial, or a short form.

    >>> _same_given("rich", "richard"), _same_given("r.", "richard"), _same_given("bill", "hillary")
    (True, True, False)
    """
    if one == other:
        return True
    short, long = sorted((one.strip("."), other.strip(".")), key=len)
    return (len(short) == 1 or len(short) >= 3) and long.startswith(short)
