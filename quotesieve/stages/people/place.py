"""Names that do not say whose they are: a surname, an initial, a name that namesakes share.

Each goes to the only person that the same article, another printing of the statement, the role or the
outlet speaks for; where two fit, or nothing speaks for anybody, it stays on its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from quotesieve.stages.passages import Ints
from quotesieve.stages.people.mentions import NO_MARKS, NOBODY, Marks, Mentions, Union, majority, seen_with
from quotesieve.stages.people.settle import Forms


@dataclass(slots=True)
class _Clump:
    """Mentions of one open name that are one person's whoever it is: of an article, tied by statements."""

    form: int
    articles: set[int] = field(default_factory=set)
    statements: set[int] = field(default_factory=set)
    outlets: set[int] = field(default_factory=set)
    marks: Marks = NO_MARKS
    he: int = 0
    she: int = 0


def place_open(
    mentions: Mentions,
    forms: Forms,
    root: Ints,
    is_open: npt.NDArray[np.bool_],
    about: Mapping[int, Marks],
    chosen: Ints,
) -> Ints:
    """The person of each mention whose name is open: a root of `forms`, or a number above them all."""
    clump_of, clumps = _clumps(mentions, chosen)
    candidates = {i: sorted({int(root[c]) for c in own}) for i, own in forms.open.items()}
    evidence = _Evidence.of(mentions, root, is_open, about, candidates, clumps)
    placed = [evidence.choose(clump, candidates[clump.form]) for clump in clumps]
    left = [i for i, person in enumerate(placed) if person == NOBODY]
    for i, group in zip(left, _left_over(forms, candidates, [clumps[i] for i in left]), strict=True):
        placed[i] = len(root) + left[group]
    return np.array(placed, np.int64)[clump_of]


def _clumps(mentions: Mentions, chosen: Ints) -> tuple[Ints, list[_Clump]]:
    """The clump of each chosen mention. A statement, or a body served, ties articles together."""
    form, article = mentions.form[chosen], mentions.article[chosen]
    packed, atom = np.unique(form * (int(article.max()) + 1) + article, return_inverse=True)
    union = Union(len(packed))
    ties: dict[tuple[int, int | str], int] = {}
    for at, own, statement in _triples(atom, form, mentions.statement[chosen]):
        union.join(at, ties.setdefault((own, statement), at))
    for at, own, role in _triples(atom, form, mentions.role[chosen]):
        for body in mentions.marks[role].bodies if role >= 0 else ():
            union.join(at, ties.setdefault((own, body), at))
    roots = np.array([union.root(i) for i in range(len(packed))], np.int64)[atom]
    found, clump_of = np.unique(roots, return_inverse=True)
    clumps = [_Clump(NOBODY) for _ in found]
    outlets, roles = mentions.outlet[chosen].tolist(), mentions.role[chosen].tolist()
    statements, genders = mentions.statement[chosen].tolist(), mentions.gender[chosen].tolist()
    for i, at in enumerate(clump_of.tolist()):
        _add(clumps[at], int(form[i]), int(article[i]), statements[i], outlets[i], genders[i])
        if roles[i] >= 0:
            clumps[at].marks |= mentions.marks[roles[i]]
    return clump_of.astype(np.int64), clumps


def _triples(one: Ints, two: Ints, three: Ints) -> list[tuple[int, int, int]]:
    return list(zip(one.tolist(), two.tolist(), three.tolist(), strict=True))


def _add(clump: _Clump, form: int, article: int, statement: int, outlet: int, gender: int) -> None:
    clump.form = form
    clump.articles.add(article)
    clump.statements.add(statement)
    clump.he += gender == 1
    clump.she += gender == 2
    if outlet >= 0:
        clump.outlets.add(outlet)


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Where the people stand whom an open name may mean."""

    articles: Mapping[int, set[int]]  # article -> people
    statements: Mapping[int, set[int]]
    outlets: Mapping[int, set[int]]
    about: Mapping[int, Marks]
    gender: Mapping[int, str]

    @classmethod
    def of(
        cls,
        mentions: Mentions,
        root: Ints,
        is_open: npt.NDArray[np.bool_],
        about: Mapping[int, Marks],
        candidates: Mapping[int, Sequence[int]],
        clumps: Sequence[_Clump],
    ) -> "_Evidence":
        """Of the candidates only, where an open name stands, too."""
        wanted = np.zeros(len(root), np.bool_)
        wanted[sorted({c for own in candidates.values() for c in own})] = True
        chosen = np.flatnonzero(wanted[root[mentions.form]] & ~is_open[mentions.form])
        people = root[mentions.form[chosen]]
        marks: dict[int, Marks] = {}
        gender: dict[int, str] = {}
        for form in np.unique(mentions.form[chosen]).tolist():
            own = int(root[form])
            marks[own] = marks.get(own, NO_MARKS) | about.get(form, NO_MARKS)
            gender[own] = gender.get(own) or mentions.names[form].gender
        return cls(
            seen_with(mentions.article[chosen], people, {a for clump in clumps for a in clump.articles}),
            seen_with(mentions.statement[chosen], people, {s for clump in clumps for s in clump.statements}),
            seen_with(mentions.outlet[chosen], people, {o for clump in clumps for o in clump.outlets}),
            marks,
            gender,
        )

    def choose(self, clump: _Clump, candidates: Sequence[int]) -> int:
        """The only candidate that the same article, the same statement, the role or the outlet speaks for."""
        left = set(candidates)
        for keys, seen in ((clump.articles, self.articles), (clump.statements, self.statements)):
            if there := _met(left, keys, seen):
                left = there
                if len(left) == 1:
                    return left.pop()
        left = {person for person in left if self._fits(clump, person)}
        there = {person for person in left if clump.marks.meets(self.about.get(person, NO_MARKS))}
        if len(there) != 1:
            there = _met(there or left, clump.outlets, self.outlets)
        return there.pop() if len(there) == 1 else NOBODY

    def _fits(self, clump: _Clump, person: int) -> bool:
        gender, other = majority(clump.he, clump.she), self.gender.get(person, "")
        if gender and other and gender != other:
            return False
        return not clump.marks.contradicts(self.about.get(person, NO_MARKS))


def _met(people: set[int], keys: Iterable[int], seen: Mapping[int, set[int]]) -> set[int]:
    """Those of some people who were seen with any of the keys; an outlet has thousands of others."""
    return set().union(*(people & seen[key] for key in keys if key in seen))


def _left_over(forms: Forms, candidates: Mapping[int, Sequence[int]], clumps: Sequence[_Clump]) -> list[int]:
    """Which of the clumps that fit nobody are one: the index of the one that stands for each.

    A full name is one person's, and so is a surname that no full name has and that serves one body. Where
    one full name has it without a tie, an outlet means one person by it; where several do, an article.
    """
    union = Union(len(clumps))
    first: dict[tuple[int, int | str], int] = {}
    served: defaultdict[int, int] = defaultdict(int)
    for clump in clumps:
        served[clump.form] += bool(clump.marks.bodies)
    for i, clump in enumerate(clumps):
        several = len(candidates[clump.form])
        if forms.names[clump.form].is_full or (not several and served[clump.form] < 2):
            union.join(i, first.setdefault((clump.form, "all"), i))
        elif several < 2 and not clump.marks.bodies:
            for outlet in clump.outlets:
                union.join(i, first.setdefault((clump.form, outlet), i))
    return [union.root(i) for i in range(len(clumps))]
