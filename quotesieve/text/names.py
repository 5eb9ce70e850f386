"""One printed name: its titles, its parts, and whether it is a person's, a body's or a place's.

`analyse` is the entry. Whom an article names is `names_cast`'s; nobody is credited with anything here.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Final, NamedTuple

from quotesieve.text import cues
from quotesieve.text import names_data as data

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
    if language == "de" and "von" in lower[2:]:  # Paul Roe von der Feuerwehr, but: Ada von Quist
        end = lower.index("von", 2)
        tokens, lower = tokens[:end], lower[:end]
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
        if lower in GIVEN and start + 1 < end:
            break  # Will Quist, April Quist
        start += 1
    while end > start and tokens[end - 1].lower() in data.NOT_NAMES:
        end -= 1
    return tokens[start:end]


def _is_given(word: str) -> bool:
    return word in GIVEN or word in data.BOTH


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


GIVEN: Final = data.MALE | data.FEMALE
# A given name or a title that only people bear: Don Guardian, Mayor Park, but not Harrow Park.
_INTRODUCES_PERSON: Final = (
    GIVEN
    | data.FEMALE_TITLES
    | data.MALE_TITLES
    | {"dr", "dr.", "sen.", "rep.", "gov.", "gen.", "president", "senator", "mayor", "judge", "professor"}
)


def _is_title(word: str) -> bool:
    """A title, role or adjective that may stand before a name: Senator, BMW-Chef, Republican."""
    if word in _BEFORE_NAMES:
        return word not in GIVEN
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
    if language == "de" and last and lower[last - 1] in data.RELATIVES and _is_given(lower[last]):
        return last  # Enkel Tobias
    for i in range(last - 1, start, -1):  # "State Ada Quist", "Borough News Ada Quist"
        before = lower[i - 1]
        if lower[i] not in GIVEN or before in GIVEN or before in data.BOTH:
            continue
        if before in data.NEVER_GIVEN or _is_occupation(before) or (language == "de" and len(before) > 3):
            return i
    return start


def is_relative(run: str) -> bool:
    """Whether a run of capitals is a relative with a given name.

    >>> is_relative("Ihr Enkel Tobias"), is_relative("Tobias Enkel")
    (True, False)
    """
    words = run.lower().split()[-2:]
    return len(words) > 1 and words[0] in data.RELATIVES and _is_given(words[1])


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
    if lower[0] in GIVEN or lower[0] in data.BOTH:
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
