"""Names that say whose they are: spellings and fuller forms of one full name; what shorter names may mean.

Pure comparison of distinct names. The fullest names come first, so that the result does not depend on the
order in which articles arrived.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

import numpy as np

from quotesieve.stages.people.mentions import NO_MARKS, Marks, Mentions, Union, seen_with
from quotesieve.stages.people.names import Name, may_be_one, parse


@dataclass(frozen=True, slots=True)
class Rules:
    """What people said of names: pairs that are one person's, pairs that are two people's."""

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


NO_RULES = Rules()


@dataclass(slots=True)
class Forms:
    """The distinct names: which are one person's, and which may be any of several people's."""

    names: Sequence[Name]
    union: Union
    apart: AbstractSet[frozenset[int]]
    open: dict[int, list[int]] = field(default_factory=dict)  # a name -> names it may be short for
    short: dict[int, list[int]] = field(default_factory=dict)  # Rob Roe -> Robert Roe, if anything ties them

    def fits(self, one: int, others: Iterable[int]) -> bool:
        """Whether nothing speaks against one person behind a name and all of the others."""
        return all(
            may_be_one(self.names[one], self.names[o]) and frozenset((one, o)) not in self.apart
            for o in others
        )


def settle_names(names: Sequence[Name], rules: Rules) -> Forms:
    """Merge spellings and fuller forms of full names; list what shorter names may stand for."""
    number = {name.key: i for i, name in enumerate(names)}
    same = _numbered(rules.same, number)
    apart = {frozenset(pair) for pair in _numbered(rules.apart, number)}
    forms = Forms(names, Union(len(names)), apart)
    by_surname: defaultdict[str, list[int]] = defaultdict(list)
    for i, name in enumerate(names):
        if name.kind != "organisation":
            by_surname[name.surname].append(i)
    told = {i for pair in same for i in pair}
    for surname in by_surname:
        _settle_surname(forms, by_surname[surname], told)
    for one, other in same:
        forms.union.join(one, other)
    return forms


def _numbered(
    pairs: Iterable[tuple[str, str]], number: Mapping[tuple[str, ...], int]
) -> list[tuple[int, int]]:
    """Pairs of names as pairs of forms; what nobody is called is left out."""
    found = ((number.get(parse(one).key), number.get(parse(other).key)) for one, other in pairs)
    return [(one, other) for one, other in found if one is not None and other is not None]


def _settle_surname(forms: Forms, own: Sequence[int], told: AbstractSet[int]) -> None:
    """The names of one surname: the fullest first, so that the result does not depend on the order."""
    names = forms.names
    ordered = sorted(own, key=lambda i: (-names[i].parts, names[i].key))
    people: defaultdict[str, list[list[int]]] = defaultdict(list)  # of each given name
    for i in ordered:
        if names[i].is_full:
            fits = [person for person in people[names[i].given] if forms.fits(i, person)]
            if len(fits) > 1 and i not in told:
                forms.open[i] = [person[0] for person in fits]
            elif fits and len(fits) == 1:
                fits[0].append(i)
                forms.union.join(i, fits[0][0])
            else:
                people[names[i].given].append([i])
    everybody = [person for several in people.values() for person in several]
    for i in ordered:
        if not names[i].is_full and i not in told:
            forms.open[i] = [person[0] for person in everybody if forms.fits(i, person)]
    for person in everybody:
        _note_short_form(forms, person, everybody, told)


def _note_short_form(
    forms: Forms, person: Sequence[int], everybody: Sequence[Sequence[int]], told: AbstractSet[int]
) -> None:
    """List the fuller names that a person may be known by elsewhere: Robert for Rob, Jr. for none."""
    short = forms.names[person[0]]
    longer = [
        other[0]
        for other in everybody
        if _is_short_for(short, forms.names[other[0]])
        and all(may_be_one(_plain(forms.names[i]), _plain(forms.names[o])) for i in person for o in other)
        and all(frozenset((i, o)) not in forms.apart for i in person for o in other)
    ]
    if longer and told.isdisjoint(person):
        forms.short[person[0]] = longer


def _is_short_for(one: Name, other: Name) -> bool:
    if one.given == other.given:
        return bool(other.suffix and not one.suffix)
    return one.suffix == other.suffix and other.given.startswith(one.given)


def _plain(name: Name) -> Name:
    """The name without its suffix."""
    return replace(name, suffix="")


def join_short_forms(forms: Forms, mentions: Mentions, about: Mapping[int, Marks]) -> None:
    """Rob Roe is Robert Roe if one statement is credited to both, or both serve the same body."""
    wanted = {i for short, longer in forms.short.items() for i in (short, *longer)}
    if not wanted:
        return
    roots = {forms.union.root(i) for i in wanted}
    of_form = np.array([forms.union.root(i) for i in range(len(forms.names))], np.int64)[mentions.form]
    said = seen_with(of_form, mentions.statement, roots)
    marks: dict[int, Marks] = {}
    for i, mark in about.items():
        if (root := forms.union.root(i)) in roots:
            marks[root] = marks.get(root, NO_MARKS) | mark
    ties = []
    for short, longer in sorted(forms.short.items(), key=lambda item: forms.names[item[0]].key):
        own = forms.union.root(short)
        tied = [
            other
            for other in {forms.union.root(i) for i in longer}
            if said[own] & said[other] or marks.get(own, NO_MARKS).bodies & marks.get(other, NO_MARKS).bodies
        ]
        if len(tied) == 1:
            ties.append((own, tied[0]))
    for own, other in ties:
        forms.union.join(own, other)


def close_lonely(forms: Forms, about: Mapping[int, Marks]) -> None:
    """A surname that no full name has is one person's, unless its roles serve bodies without a link."""
    for i, candidates in list(forms.open.items()):
        if not candidates and not _serves_several(i, about):
            del forms.open[i]


def _serves_several(form: int, about: Mapping[int, Marks]) -> bool:
    return len(about.get(form, NO_MARKS).bodies) > 1
