"""The named mentions of a run as columns, and what their roles and pronouns say.

What is made of it stands in `settle` (names that say whose they are) and `place` (names that do not).
"""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from quotesieve.stages.passages import Codes, Ints, MentionColumns
from quotesieve.stages.people.names import Name, fold, parse
from quotesieve.text.roles import affiliation

NOBODY = -1


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a role can be known again: `bodies` are whom it serves, `plain` the role itself."""

    bodies: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()

    def __or__(self, other: "Marks") -> "Marks":
        return Marks(self.bodies | other.bodies, self.plain | other.plain)

    def meets(self, other: "Marks") -> bool:
        """Whether both serve the same body, or both have the same role and nothing speaks against it."""
        if self.bodies and other.bodies:
            return bool(self.bodies & other.bodies)
        return bool(self.plain & other.plain)

    def contradicts(self, other: "Marks") -> bool:
        """Whether both serve somebody, and not the same."""
        return bool(self.bodies and other.bodies) and not self.bodies & other.bodies


_GENERIC = frozenset("""
    group of the and for inc ag se plc ltd gmbh company corp corporation co party university city county
    council house senate national international union new north south east west department ministry
    united states state association club board committee agency office institute center centre bank
""".split())  # fmt: skip


def _marks(role: str) -> Marks:
    body = affiliation(role)
    words = [fold(word.strip(".,&")) for word in body.split()]
    own = frozenset(word for word in words if word and word not in _GENERIC)
    if body:
        return Marks(bodies=own or frozenset([" ".join(words)]))
    return Marks(plain=frozenset([" ".join(map(fold, role.split()))]))


NO_MARKS = Marks()


@dataclass(frozen=True, slots=True)
class Mentions:
    """The named mentions: one value each, and the names behind the forms."""

    form: Ints
    article: Ints
    outlet: Ints  # -1: unknown
    statement: Ints
    role: Ints  # -1: none
    gender: npt.NDArray[np.int8]  # of the words at the cue: 1 he, 2 she, 0 neither
    names: Sequence[Name]  # by form
    marks: Sequence["Marks"]  # by role

    @classmethod
    def of(cls, columns: MentionColumns, statements: Ints, named: Ints) -> "Mentions":
        of_name, names = _forms(columns.speakers, np.unique(columns.speaker[named]))
        genders = np.array([*map(gender_at_cue, columns.printed_names), 0], np.int8)
        form, gender = of_name[columns.speaker[named]], genders[columns.printed[named]]
        return cls(
            form=form,
            article=columns.article[named].astype(np.int64),
            outlet=columns.outlet[named].astype(np.int64),
            statement=statements[named],
            role=columns.role[named].astype(np.int64),
            gender=gender,
            names=_with_gender(names, form, gender),
            marks=[_marks(role) for role in columns.roles],
        )


def _forms(speakers: Sequence[str], used: Codes) -> tuple[Ints, list[Name]]:
    """Which spelling of which name each speaker string is, and one parsed name for each."""
    of_name = np.full(len(speakers), NOBODY, np.int64)
    number: dict[tuple[str, ...], int] = {}
    names: list[Name] = []
    for code in used.tolist():
        name = parse(speakers[code])
        if name.key not in number:
            number[name.key] = len(names)
            names.append(name)
        of_name[code] = number[name.key]
    return of_name, names


_MALE, _FEMALE = (
    frozenset("he his him er il lui él hij ele mr mr. herr monsieur señor signor sir".split()),
    frozenset(
        "she her sie elle ella lei zij ela mrs mrs. ms ms. miss frau madame mme señora signora".split()
    ),
)


def gender_at_cue(printed: str) -> int:
    """1 for "he" and "Mr Roe", 2 for "she" and "Mrs Roe", else 0."""
    head = printed.partition(" ")[0].lower().partition("’")[0].partition("'")[0]
    return 1 if head in _MALE else 2 if head in _FEMALE and head != "sie" else 0


def _with_gender(names: Sequence[Name], form: Ints, gender: npt.NDArray[np.int8]) -> list[Name]:
    """The names with the gender that most pronouns at their cues give, where the name gives none."""
    he, she = (np.bincount(form[gender == sex], minlength=len(names)).tolist() for sex in (1, 2))
    return [_as_gender(name, majority(m, f)) for name, m, f in zip(names, he, she, strict=True)]


def majority(he: int, she: int) -> str:
    return "m" if he > 2 * she else "f" if she > 2 * he else ""


def _as_gender(name: Name, gender: str) -> Name:
    if not gender or not name.is_full or name.gender:
        return name  # "Roe" may be he here and she there
    return Name(
        name.text, name.given, name.middle, name.surname, name.suffix, name.qualifier, gender, "person"
    )


def about_forms(mentions: Mentions) -> dict[int, Marks]:
    """What the roles say of each name, all its mentions together."""
    about: dict[int, Marks] = {}
    with_role = mentions.role >= 0
    for form, role in pairs(mentions.form[with_role], mentions.role[with_role]):
        about[form] = about.get(form, NO_MARKS) | mentions.marks[role]
    return about


def pairs(one: Ints, other: Ints) -> list[tuple[int, int]]:
    """The distinct pairs of two columns of numbers from 0."""
    if not len(one):
        return []
    width = int(other.max()) + 1
    packed = np.unique(one * width + other)
    return list(zip((packed // width).tolist(), (packed % width).tolist(), strict=True))


def counted(*columns: npt.NDArray[Any]) -> list[tuple[int, ...]]:
    """The distinct rows of some columns of numbers, and how often each occurs; rows below 0 are left out."""
    mask = np.logical_and.reduce([column >= 0 for column in columns])
    chosen = [column[mask].astype(np.int64) for column in columns]
    if not len(chosen[0]):
        return []
    packed = chosen[0]
    for column in chosen[1:]:  # codes of codes: no product of all of them could be too large
        packed = np.unique(packed, return_inverse=True)[1] * (int(column.max()) + 1) + column
    _, first, counts = np.unique(packed, return_index=True, return_counts=True)
    return list(zip(*(column[first].tolist() for column in chosen), counts.tolist(), strict=True))


def seen_with(keys: Ints, values: Ints, wanted: AbstractSet[int]) -> defaultdict[int, set[int]]:
    """The values (not below 0) that stand with each of the wanted keys."""
    mask = np.isin(keys, np.array(sorted(wanted), np.int64)) & (values >= 0)
    found: defaultdict[int, set[int]] = defaultdict(set)
    for key, value in pairs(keys[mask], values[mask]):
        found[key].add(value)
    return found


class Union:
    """Disjoint sets of small numbers; the lowest stands for its set."""

    __slots__ = ("_parent",)

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def root(self, item: int) -> int:
        parent = self._parent
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, one: int, other: int) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        self._parent[high] = low
