"""A printed name in parts that can be compared: accents, transliterations, initials, titles, suffixes.

Says which two names may be one person's by their letters alone. Who is who, with outlets, roles and
passages, is `settle`'s and `place`'s.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from quotesieve.stages import ids
from quotesieve.text import names_data as data
from quotesieve.text.names import NOT_PERSON, UNKNOWN, analyse

_QUALIFIER: Final = re.compile(r"\s*\(([^()]*)\)\s*$")
_POSSESSIVE: Final = re.compile(r"(?:’s|'s|s’)$")
_INITIALS: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?$|[^\W\d_]$")
# Letters that NFKD leaves whole. Umlauts become their plain letter, as their digraphs do below.
_LETTERS: Final = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
# The digraph of an umlaut within a name: Mueller, Froehlich, Haaland. Not at the end of Joe, Sue and Samuel,
# nor after a vowel or q, where it is none: Bauer, Marquez.
_DIGRAPH: Final = re.compile(r"(?<![aeiouq])(?:([aou])e|(a)a)(?=[^aeiou])(?!l$)")
_SLAVIC_END: Final = re.compile(r"sk(?:yy|yi|iy|ii|ij|yj|i)$")


@dataclass(frozen=True, slots=True)
class Name:
    """One printed name. All parts but `text` are folded: equal for spellings of one name."""

    text: str
    given: str  # "" if there is none, one letter if it is an initial
    middle: tuple[str, ...]
    surname: str  # of a body or firm the whole name
    suffix: str  # jr, iii
    qualifier: str  # what stands in brackets behind the name: a person's way to keep namesakes apart
    gender: str  # m | f | ""
    kind: str  # person | organisation | unknown

    @property
    def key(self) -> tuple[str, ...]:
        """Equal for spellings of the same name."""
        kind = "organisation" if self.kind == "organisation" else ""
        return (kind, self.given, *self.middle, self.surname, self.suffix, self.qualifier)

    @property
    def is_full(self) -> bool:
        """Whether a given name stands in it, more than an initial."""
        return len(self.given) > 1

    @property
    def parts(self) -> int:
        """How much it says: parts that are given."""
        return len(self.middle) + bool(self.suffix) + bool(self.qualifier) + len(self.given)


def fold(word: str) -> str:
    """A word without case, accents and the choice of a transliteration.

    >>> fold("Müller") == fold("Mueller") == fold("Muller"), fold("Fröhlich") == fold("FROEHLICH")
    (True, True)
    >>> fold("Joe") == fold("Jo"), fold("Bauer") == fold("Baur"), fold("Michael") == fold("Michal")
    (False, False, False)
    """
    lower = word.casefold().replace("’", "").replace("'", "")
    if not lower.isascii():
        lower = unicodedata.normalize("NFKD", lower.translate(_LETTERS))
        lower = "".join(letter for letter in lower if not unicodedata.combining(letter))
    lower = _DIGRAPH.sub(lambda found: found.group(1) or found.group(2), lower)
    return _SLAVIC_END.sub("sky", lower)


@lru_cache(maxsize=1 << 15)
def parse(text: str) -> Name:
    """The parts of a name as an article gives it.

    >>> name = parse("Dr. Paul H. Müller Jr.")
    >>> name.given, name.middle, name.surname, name.suffix
    ('paul', ('h',), 'muller', 'jr')
    >>> parse("the Foreign Office").kind, parse("Zipse").kind, parse("J. Quist").is_full
    ('organisation', 'unknown', False)
    """
    plain, qualifier = _without_qualifier(text.replace("\u00a0", " ").strip())
    if plain.islower() or (plain.isupper() and " " in plain):  # as somebody typed it; a line of capitals
        plain = plain.title()
    plain = _POSSESSIVE.sub("", plain)
    head, _, rest = plain.partition(" ")
    if _INITIALS.match(head) and rest and head[0].isupper():  # "J. Quist", which could be a firm's name
        given, surname, suffix = _divide(tuple(plain.split()))
        return Name(text, given[0], tuple(given[1:]), surname, suffix, qualifier, "", "person")
    found = analyse(plain)
    if found.kind == NOT_PERSON or not found.tokens or _is_descriptive(plain):
        whole = " ".join(fold(word) for word in ids.words_key(_without_article(plain)).split())
        return Name(text, "", (), whole, "", qualifier, "", "organisation")
    given, surname, suffix = _divide(found.tokens)
    kind = "unknown" if found.kind == UNKNOWN and not found.gender else "person"
    first, middle = (given[0], tuple(given[1:])) if given else ("", ())
    return Name(text, first, middle, surname, suffix, qualifier, found.gender, kind)


def _without_qualifier(text: str) -> tuple[str, str]:
    found = _QUALIFIER.search(text)
    return (text[: found.start()], ids.words_key(found.group(1))) if found else (text, "")


def _without_article(text: str) -> str:
    head, _, rest = text.partition(" ")
    return rest if head.lower() in _ARTICLES and rest else text


_ARTICLES: Final = frozenset("the a an der die das le la les el los las il lo gli de het o os um uma".split())


def _is_descriptive(text: str) -> bool:
    """Whether a word of it is written small, as no part of a person's name is but a particle."""
    return any(word[:1].islower() and word.lower() not in data.PARTICLES for word in text.split())


def _divide(tokens: tuple[str, ...]) -> tuple[list[str], str, str]:
    """Given names, surname and suffix, folded; particles left out."""
    words = [word for i, word in enumerate(tokens) if not _is_particle(tokens, i)] or list(tokens)
    suffix = ""
    while len(words) > 1 and words[-1].lower().strip(",") in data.SUFFIXES:
        suffix = words.pop().lower().strip(".,")
    given: list[str] = []
    for word in words[:-1]:
        given += _given_names(word)
    return given, fold(words[-1].strip(",")), "" if suffix in _DEGREES else suffix


_DEGREES: Final = frozenset({"phd", "md", "esq"})


def _is_particle(tokens: tuple[str, ...], i: int) -> bool:
    """A small "von"; a large one before a small one: "Von der Leyen"."""
    word = tokens[i]
    if word.lower() not in data.PARTICLES or i == len(tokens) - 1:
        return False
    return word[0].islower() or (i == 0 and tokens[1][0].islower())


def _given_names(word: str) -> list[str]:
    """The given names in one word: "Jean-Claude" has two, "J.K." two initials."""
    if _INITIALS.match(word):
        return [letter for letter in fold(word) if letter.isalpha()]
    return [fold(piece) for piece in word.split("-") if piece]


def may_be_one(one: Name, other: Name) -> bool:
    """Whether nothing in two names of one surname speaks against one person.

    >>> may_be_one(parse("John Smith"), parse("John A. Smith"))
    True
    >>> may_be_one(parse("John B. Smith"), parse("John A. Smith"))
    False
    >>> may_be_one(parse("J. Smith"), parse("Jane Smith")), may_be_one(parse("Mr Smith"), parse("Jane Smith"))
    (True, False)
    """
    if one.surname != other.surname or (one.kind == "organisation") != (other.kind == "organisation"):
        return False
    if one.gender and other.gender and one.gender != other.gender:
        return False
    if one.suffix != other.suffix and (one.suffix or one.is_full) and (other.suffix or other.is_full):
        return False  # Quist Jr. is not Quist's father; a bare Quist may be either
    if one.qualifier != other.qualifier and one.is_full and other.is_full:
        return False
    return _same_given(one.given, other.given) and _same_middle(one.middle, other.middle)


def _same_given(one: str, other: str) -> bool:
    """Equal, missing, an initial, or a short form that the long one begins with: Rob, Robert."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) if len(short) != 2 else short == long


def _same_middle(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Missing, or one after the other the same or an initial: H. W. is not W."""
    return all(a.startswith(b) or b.startswith(a) for a, b in zip(one, other, strict=False))
