"""Names in one article: finding them, telling people from bodies and places, and the fullest form.

Holds `analyse` (one printed name) and `Cast` (everybody an article names). No attribution here, and
no identity across articles: two articles' "Smith" are not compared.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache, cached_property, lru_cache
from typing import Final, NamedTuple

from quotesieve.text import cues
from quotesieve.text import names_data as data

# Begins with a plain character class so that the search runs at full speed; so do the letters after it.
_WORD = rf"[A-ZÀ-ÖØ-ÞĆČŁŚŠŞŽİ][a-z]*\w*(?:[-‑’'&.](?!s\b)\w+)*(?:{cues.ABBREVIATION_STOP}(?=[ \u00a0,]))?"
_PARTICLE = r"(?:(?:de|del|della|der|den|di|da|dos|du|van|von|zu|bin|ibn|ben|ter|al|el|la|le|y) ){1,3}"
RUN = re.compile(rf"{_WORD}(?:[ \u00a0](?:{_PARTICLE})?{_WORD})*")

_NAMESAKES: Final = 40  # people of one surname looked at: no article has more
_LONGEST: Final = 120  # characters; a longer run is a line of capitals
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
    surname: str  # lower case, suffixes left out


NO_NAME: Final = Name("", (), NOT_PERSON, "", (), "")


def surname_of(tokens: tuple[str, ...]) -> str:
    """Last token that is not Jr., III or PhD, in lower case.

    >>> surname_of(("Paul", "Quist", "Jr."))
    'quist'
    """
    for token in reversed(tokens):
        if token.lower() not in data.SUFFIXES:
            return token.lower().replace("’", "'")
    return ""


@lru_cache(maxsize=1 << 14)
def analyse(run: str, language: str = "en") -> Name:
    """Split a capitalised run into titles and the name proper, and say what it names.

    >>> analyse("Republican Sen. Ada Quist").text, analyse("Mrs. Quist").gender
    ('Ada Quist', 'f')
    >>> analyse("Justice Department").kind == NOT_PERSON
    True
    """
    if len(run) > _LONGEST:
        return NO_NAME
    tokens = run.replace("\u00a0", " ").split(" ")
    tokens = _without_leading_words(tokens, _leading_words(language))
    if not tokens:
        return NO_NAME
    while len(tokens) > 2 and tokens[-1] in data.POST_NOMINALS:
        tokens.pop()
    lower = [token.lower() for token in tokens]
    if len(tokens) > 2 and all(map(str.isupper, tokens)):
        return NO_NAME  # a first line in capitals
    if _is_body(tokens, lower):
        return Name(" ".join(tokens), tuple(tokens), NOT_PERSON, "", (), lower[-1])
    cut = _name_start(tokens, lower, language)
    titles, tokens, lower = tuple(lower[:cut]), tokens[cut:], lower[cut:]
    if not tokens:
        return Name("", (), NOT_PERSON, _gender_of_titles(titles), titles, "")
    gender = _gender_of_titles(titles) or _gender_of_given(lower)
    return Name(
        " ".join(tokens),
        tuple(tokens),
        _kind(tokens, lower, titles),
        gender,
        titles,
        surname_of(tuple(tokens)),
    )


def _without_leading_words(tokens: list[str], leading: frozenset[str]) -> list[str]:
    """Drop a sentence's first word where it is no part of the name: "But Quist", "In June Ms. Quist"."""
    start, end = 0, len(tokens)
    while start < end:
        lower = tokens[start].lower()
        if lower not in leading and lower not in data.NOT_NAMES:
            break
        if lower in _GIVEN and start + 1 < end:
            break  # Will Quist, April Quist
        start += 1
    while end > start and tokens[end - 1].lower() in data.NOT_NAMES:
        end -= 1
    return tokens[start:end]


def _is_given(word: str) -> bool:
    return word in _GIVEN


def _is_body(tokens: list[str], lower: list[str]) -> bool:
    """A department, firm, place or acronym rather than somebody."""
    last = lower[-1]
    if last in data.BODY_TAILS or last in data.PLACE_TAILS:
        return last not in data.ALSO_SURNAMES or _INTRODUCES_PERSON.isdisjoint(lower[:-1])
    if len(tokens) == 1:
        acronym = _is_acronym(tokens[0]) and not _is_title(last)
        return last in data.PLACES or last in data.ADJECTIVES or last in data.FIRMS or acronym
    if " ".join(lower[-2:]) in data.LONG_PLACES:
        return cues.TITLES.isdisjoint(lower[:-2])
    if not data.FIRMS.isdisjoint(lower) and not _is_given(lower[0]):
        return not any(_is_title(word) for word in lower[:-1])
    return last in data.PLACES and not _is_given(lower[0]) and cues.TITLES.isdisjoint(lower)


def _is_acronym(token: str) -> bool:
    return 1 < len(token) <= 5 and token.isupper() and "." not in token[:-1]


_GIVEN: Final = data.MALE | data.FEMALE
# A given name or a title that only people bear: Don Guardian, Mayor Park, but not Harrow Park.
_INTRODUCES_PERSON: Final = (
    _GIVEN
    | data.FEMALE_TITLES
    | data.MALE_TITLES
    | {"dr", "dr.", "sen.", "rep.", "gov.", "gen.", "president", "senator", "mayor", "judge", "professor"}
)


def _is_title(word: str) -> bool:
    """A title, role or adjective that may stand before a name: Senator, BMW-Chef, Republican."""
    if word in _BEFORE_NAMES:
        return word not in _GIVEN
    return ("-" in word and word.rsplit("-", 1)[1] in cues.ROLES) or word.endswith(data.GERMAN_ROLE_ENDINGS)


_BEFORE_NAMES: Final = cues.TITLES | cues.ROLES | data.ADJECTIVES


def _name_start(tokens: list[str], lower: list[str], language: str) -> int:
    """Index at which the name proper begins: after the last title, role or adjective before it."""
    last = len(tokens) - 1
    start = 0
    for i in range(last):
        if _is_title(lower[i]) and not (i and lower[i] == "m."):  # Ada M. Quist
            start = i + 1
    if last - start == 0 and _is_title(lower[last]):
        return last + 1  # "Chief Judge" alone names nobody
    for i in range(last - 1, start, -1):  # "State Ada Quist", "Borough News Ada Quist"
        before = lower[i - 1]
        if lower[i] not in _GIVEN or before in _GIVEN or before in data.BOTH:
            continue
        if before in data.NEVER_GIVEN or _is_occupation(before) or (language == "de" and len(before) > 3):
            return i
    return start


def _is_occupation(word: str) -> bool:
    """Whether a word before a given name is by its ending an occupation: Psychoanalyst, Schriftsteller."""
    return len(word) > 6 and word.endswith(_OCCUPATIONS) and not _is_given(word) and word not in data.BOTH


_OCCUPATIONS: Final = (
    "ist",
    "yst",
    "er",
    "or",
    "ian",
    "ant",
    "man",
    "woman",
    "ive",
    "ary",
    "eur",
    "euse",
    "erin",
)


def _kind(tokens: list[str], lower: list[str], titles: tuple[str, ...]) -> int:
    if not cues.TITLES.isdisjoint(titles) and not _is_acronym(tokens[-1]):
        return PERSON if tokens[0].lower() not in data.PLACES else NOT_PERSON
    if len(tokens) == 1:
        return UNKNOWN
    if len(tokens) > 5:
        return NOT_PERSON  # a headline
    if lower[0] in _GIVEN or lower[0] in data.BOTH:
        return PERSON
    if not data.BODY_TAILS.isdisjoint(lower) or _is_acronym(tokens[0]):
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


@cache
def _leading_words(language: str) -> frozenset[str]:
    flags = (
        cues.DET | cues.PREP | cues.CONJ | cues.SUB | cues.PRON | cues.ADV | cues.AUX | cues.REL | cues.OBJ
        | cues.TIME | cues.ING | cues.POSS | cues.SOURCE
    )  # fmt: skip
    return frozenset(word for word, value in cues.lexicon(language).items() if value & flags)


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
            if name.kind != NOT_PERSON and len(name.tokens) > 1 and (language != "de" or name.kind == PERSON):
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
                relative = False
                if " " not in run and (lower := run.lower()) not in parts:
                    relative = lower in _GIVEN and _is_relative(self._text, position)
                    if not relative:
                        continue  # most words with a capital begin a sentence or name a place
                name = analyse(run, language)
                if relative:
                    name = name._replace(kind=PERSON, gender="f" if run.lower() in data.FEMALE else "m")
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


def _is_relative(text: str, position: int) -> bool:
    """Whether the given name there alone names a relative: his widow, Joan; their son Tom."""
    if position < 0:
        return False
    before = text[max(0, position - 16) : position].split()
    return bool(before) and before[-1].rstrip(",").lower() in data.RELATIVES


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
