"""Names in one article: finding them, telling people from bodies and places, and the fullest form.

Holds `analyse` (one printed name) and `Cast` (everybody an article names). No attribution here, and
no identity across articles: two articles' "Smith" are not compared.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from quotesieve.text import cues
from quotesieve.text import names_data as data

_WORD = rf"(?:(?:{cues.ABBREVIATIONS}|[A-Z])\.|[A-ZÀ-ÖØ-ÞŁŚŠŽČĆ](?:\w|[-‑’'&.](?!s\b)(?=\w))*)"
_PARTICLE = r"(?:(?:de|del|della|der|den|di|da|dos|du|van|von|zu|bin|ibn|ben|ter|al|el|la|le|y) ){1,3}"
_RUN = re.compile(rf"\b{_WORD}(?:[ \u00a0](?:{_PARTICLE})?{_WORD})*")

PERSON: Final = 2  # a title or a known given name says so
LIKELY: Final = 1  # two or more words and nothing against it
UNKNOWN: Final = 0  # one word: known only through a longer form elsewhere
NOT_PERSON: Final = -1  # a body, a place, an acronym


class Name(NamedTuple):
    """One printed name, titles and leading words taken off."""

    text: str  # "" if nothing of it is a name
    tokens: tuple[str, ...]
    kind: int
    gender: str  # m | f | "" where nothing tells
    titles: tuple[str, ...]  # lower case

    @property
    def surname(self) -> str:
        """The last word that is no suffix, lower case."""
        return surname_of(self.tokens)


NO_NAME: Final = Name("", (), NOT_PERSON, "", ())


def surname_of(tokens: tuple[str, ...]) -> str:
    """Last token that is not Jr., III or PhD, in lower case.

    >>> surname_of(("Paul", "Quist", "Jr."))
    'quist'
    """
    for token in reversed(tokens):
        if token.lower() not in data.SUFFIXES:
            return token.lower()
    return ""


@lru_cache(maxsize=1 << 16)
def analyse(run: str) -> Name:
    """Split a capitalised run into titles and the name proper, and say what it names.

    >>> analyse("Republican Sen. Ada Quist").text, analyse("Mrs. Quist").gender
    ('Ada Quist', 'f')
    >>> analyse("Justice Department").kind == NOT_PERSON
    True
    """
    tokens = run.replace("\u00a0", " ").split(" ")
    tokens = _without_leading_words(tokens)
    if not tokens:
        return NO_NAME
    lower = [token.lower() for token in tokens]
    if _is_body(tokens, lower):
        return Name(" ".join(tokens), tuple(tokens), NOT_PERSON, "", ())
    cut = _name_start(tokens, lower)
    titles, tokens, lower = tuple(lower[:cut]), tokens[cut:], lower[cut:]
    if not tokens:
        return Name("", (), NOT_PERSON, _gender_of_titles(titles), titles)
    gender = _gender_of_titles(titles) or _gender_of_given(lower)
    return Name(" ".join(tokens), tuple(tokens), _kind(tokens, lower, titles), gender, titles)


def _without_leading_words(tokens: list[str]) -> list[str]:
    """Drop a sentence's first word where it is no part of the name: "But Clinton", "In June Ms. Roe"."""
    start = 0
    while start < len(tokens):
        lower = tokens[start].lower()
        if not (lower in _LEADING or lower in data.NOT_NAMES):
            break
        if lower in data.MALE and start + 1 < len(tokens):
            break  # Will Smith, Mark Roe
        start += 1
    end = len(tokens)
    while end > start and tokens[end - 1].lower() in data.NOT_NAMES:
        end -= 1
    return tokens[start:end]


def _is_body(tokens: list[str], lower: list[str]) -> bool:
    """A department, firm, place or acronym rather than somebody."""
    if lower[-1] in data.BODY_TAILS or lower[-1] in data.PLACE_TAILS:
        return not (len(tokens) > 1 and lower[0] in data.MALE | data.FEMALE and lower[-1] in _BODY_OR_SURNAME)
    if len(tokens) == 1:
        return lower[0] in data.PLACES or lower[0] in data.ADJECTIVES or _is_acronym(tokens[0])
    joined = lower[-1] in data.PLACES and lower[0] not in data.MALE and lower[0] not in data.FEMALE
    return joined and not any(word in cues.TITLES for word in lower)


def _is_acronym(token: str) -> bool:
    return len(token) > 1 and token.isupper() and "." not in token[:-1] and len(token) <= 5


_BODY_OR_SURNAME = frozenset(
    "post house bank banks church power powers school parks park lake hill hills east west north south rivers bush case sun "
    "page paige office law lane bay forest field fields glass register mail bell day knight king bishop price cash street".split()
)


def _name_start(tokens: list[str], lower: list[str]) -> int:
    """Index at which the name proper begins: after the last title, role or adjective before it."""
    start = 0
    last = len(tokens) - 1
    for i in range(last):
        word = lower[i]
        if word in cues.TITLES or word in cues.ROLES or word in data.ADJECTIVES or word.removeprefix("ex-") in cues.ROLES:
            if i and word in data.MALE:
                continue
            start = i + 1
    if start == 0 and last == 0 and (lower[0] in cues.TITLES or lower[0] in cues.ROLES) and lower[0] not in data.MALE:
        return 1
    if start <= last and (lower[last] in cues.TITLES or lower[last] in cues.ROLES) and last - start == 0 and start > 0:
        return start  # "Chief Judge": left to the caller as a name of one word
    for i in range(last - 1, start, -1):  # "State Hillary Roe": a given name later in the run starts it
        if lower[i] in data.MALE or lower[i] in data.FEMALE:
            before = lower[i - 1]
            if not (before in data.MALE or before in data.FEMALE or before in data.BOTH or len(before) <= 2) and i - start >= 1:
                return i if last - i <= 2 and i - start != 1 or before in _NEVER_GIVEN else start
    return start


_NEVER_GIVEN = frozenset("state defense defence treasury staff house senate security affairs energy labor labour health campaign news world".split())


def _kind(tokens: list[str], lower: list[str], titles: tuple[str, ...]) -> int:
    if any(title in cues.TITLES for title in titles) and not _is_acronym(tokens[-1]):
        return PERSON
    if len(tokens) == 1:
        return UNKNOWN
    if lower[0] in data.MALE or lower[0] in data.FEMALE or lower[0] in data.BOTH:
        return PERSON
    if any(word in data.BODY_TAILS for word in lower) or len(tokens) > 4 or _is_acronym(tokens[0]):
        return NOT_PERSON
    return LIKELY


def _gender_of_titles(titles: Iterable[str]) -> str:
    for title in titles:
        if title in data.FEMALE_TITLES:
            return "f"
        if title in data.MALE_TITLES:
            return "m"
    return ""


def _gender_of_given(lower: list[str]) -> str:
    """By the given name; the second one where the first is an initial (J. Edgar Roe)."""
    if len(lower) < 2:
        return ""
    for word in lower[:-1][:2]:
        word = word.strip(".")
        if word in data.FEMALE:
            return "f"
        if word in data.MALE:
            return "m"
        if len(word) > 1:
            head = word.split("-")[0]
            return "f" if head in data.FEMALE else "m" if head in data.MALE else ""
    return ""


def _leading_words() -> frozenset[str]:
    table = cues.lexicon("en")
    flags = (
        cues.DET | cues.PREP | cues.CONJ | cues.SUB | cues.PRON | cues.ADV | cues.AUX | cues.REL | cues.OBJ | cues.TIME
        | cues.ING | cues.POSS
    )  # fmt: skip
    return frozenset(word for word, value in table.items() if value & flags)


_LEADING: Final = _leading_words()


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
        self.positions: list[int] = [position]

    def widen(self, name: Name, position: int) -> None:
        """Take over a further mention: a longer form, a gender that was not known."""
        if len(name.tokens) > len(self.tokens):
            self.text, self.tokens = name.text, name.tokens
        self.gender = self.gender or name.gender
        self.kind = max(self.kind, name.kind)
        self.positions.append(position)


class Spot(NamedTuple):
    """One mention of a person in the running text."""

    position: int
    person: Person


class Cast:
    """Everybody whom an article names. Positions before 0 lie in the title and the standfirst."""

    def __init__(self, text: str, context: str = "") -> None:
        self.people: list[Person] = []
        self._by_surname: dict[str, list[Person]] = {}
        self._by_given: dict[str, list[Person]] = {}
        found = [(m.start() - len(context) - 1, analyse(m.group())) for m in _RUN.finditer(context)]
        found += [(m.start(), analyse(m.group())) for m in _RUN.finditer(text)]
        found = [(position, name) for position, name in found if name.kind != NOT_PERSON]
        for position, name in found:
            if len(name.tokens) > 1:
                self._admit(name, position)
        self.spots: list[Spot] = []
        for position, name in found:
            person = self._known(name, position)
            if person is not None:
                self.spots.append(Spot(position, person))

    def _admit(self, name: Name, position: int) -> None:
        """A full name: a new person, or a further form of one who is there."""
        same = self._by_surname.setdefault(name.surname, [])
        given = name.tokens[0].lower()
        for person in same:
            if _same_given(person.given, given):
                person.widen(name, position)
                return
        person = Person(name, position)
        same.append(person)
        self.people.append(person)
        self._by_given.setdefault(given, []).append(person)

    def _known(self, name: Name, position: int) -> Person | None:
        """The person a mention stands for; a titled single name (Mr. Roe) founds one if need be."""
        person = self.find(name, position)
        if person is None and len(name.tokens) == 1 and (name.kind == PERSON):
            person = Person(name, position)
            self._by_surname.setdefault(name.surname, []).append(person)
            self.people.append(person)
        elif person is not None and len(name.tokens) == 1:
            person.positions.append(position)
        return person

    def find(self, name: Name, position: int) -> Person | None:
        """The person that a printed name means at a position, or None if it fits nobody.

        A surname that several bear goes to the one whose gender fits the title, then to the one named
        most often before the position.
        """
        fits = self._by_surname.get(name.surname, [])
        if len(name.tokens) > 1:
            given = name.tokens[0].lower()
            fits = [person for person in fits if _same_given(person.given, given)]
        elif not fits:
            fits = self._by_given.get(name.tokens[0].lower(), []) if name.tokens else []
        if len(fits) > 1 and name.gender:
            fits = [person for person in fits if person.gender in ("", name.gender)] or fits
        if not fits:
            return None
        if len(fits) == 1:
            return fits[0]
        return max(fits, key=lambda person: _weight(person, position))

    def full_name(self, name: Name, position: int) -> str:
        """The fullest form the article gives, or the name as it is."""
        person = self.find(name, position)
        return person.text if person is not None else name.text


def _weight(person: Person, position: int) -> tuple[int, int]:
    before = [p for p in person.positions if p <= position]
    return (len(before), max(before, default=-1))


def _same_given(one: str, other: str) -> bool:
    """Whether two given names may be one person's: equal, an initial, or a short form.

    >>> _same_given("rich", "richard"), _same_given("r.", "richard"), _same_given("bill", "hillary")
    (True, True, False)
    """
    if one == other:
        return True
    short, long = sorted((one.strip("."), other.strip(".")), key=len)
    if len(short) == 1 or len(short) >= 3:
        return long.startswith(short)
    return False
