"""People with names, and with ids that last.

A person's id is minted from the name of the earliest mention and then kept, as a passage's is. Who is who
decides `find`, which id stays where two meet `stages.passages.inherit`.
"""

from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from quotesieve.corrections import CORRECTED
from quotesieve.stages import ids
from quotesieve.stages.passages import (
    NO_PRIOR,
    Identity,
    Ints,
    MentionColumns,
    Prior,
    first_of_group,
    inherit,
    positions,
)
from quotesieve.stages.people.find import find_people
from quotesieve.stages.people.mentions import NOBODY, counted
from quotesieve.stages.people.names import may_be_one, parse
from quotesieve.stages.people.settle import NO_RULES, Rules


@dataclass(frozen=True, slots=True)
class People:
    """The person of each mention (-1: nobody is named), and the name and identity of each person."""

    of_mention: Ints
    names: Sequence[str]
    founding_names: Sequence[str]  # that the ids were minted from
    identity: Identity

    def __len__(self) -> int:
        return len(self.names)

    def ids_of(self, mentions: slice) -> list[str | None]:
        """The speaker ids of some mentions."""
        known: list[str | None] = [*self.identity.passage_ids.astype(str).tolist(), None]
        return [known[person] for person in self.of_mention[mentions].tolist()]

    def before(self, columns: MentionColumns) -> "PeopleBefore":
        """What the people of a later result inherit."""
        named = np.flatnonzero(self.of_mention >= 0)
        known = self.identity
        prior = Prior(
            columns.ids[named],
            self.of_mention[named],
            known.passage_ids,
            known.founding_ids,
            known.founded_run,
            known.redirects,
        )
        return PeopleBefore(prior, self.founding_names)


@dataclass(frozen=True, slots=True)
class PeopleBefore:
    """The people of the snapshot before, and the names that their ids were minted from.

    `prior` has people for passages; one that only mentions tell of has no founding name.
    """

    prior: Prior = NO_PRIOR
    founding_names: Sequence[str] = ()

    def name(self, person: int) -> str:
        """The founding name of a person by its number in `prior`; "" if it was lost."""
        return self.founding_names[person] if person < len(self.founding_names) else ""


NOBODY_BEFORE = PeopleBefore()


def make_people(
    columns: MentionColumns,
    statements: Ints,
    before: PeopleBefore = NOBODY_BEFORE,
    run: int = 1,
    rules: Rules = NO_RULES,
) -> People:
    """Tell people apart and give each the id it had, or a new one."""
    of_mention = find_people(columns, statements, rules)
    named = np.flatnonzero(of_mention >= 0)
    labels, mention_ids = of_mention[named], columns.ids[named]
    speakers = columns.speaker[named]

    def mint(founder: int, used: AbstractSet[str]) -> str:
        name = columns.speakers[speakers[founder]]
        made = ids.speaker_id(name)
        return made if made not in used else ids.speaker_id(name, mention_ids[founder].decode())

    rank = columns.rank()[named]
    homes = _homes(columns, named, labels, before)
    identity = inherit(mention_ids, rank, labels, homes, before.prior, run, mint)
    names = _names(columns, of_mention, len(identity.passage_ids), rules)
    founders = first_of_group(labels, rank, len(names))
    minted = [columns.speakers[code] for code in speakers[founders].tolist()]
    known = dict(zip(before.prior.passage_ids.tolist(), before.founding_names, strict=False))
    founding = [known.get(i) or m for i, m in zip(identity.passage_ids.tolist(), minted, strict=True)]
    return People(of_mention, names, founding, identity)


def _homes(columns: MentionColumns, named: Ints, labels: Ints, before: PeopleBefore) -> dict[int, int]:
    """The group that each earlier person is at home in.

    It is where most mentions with the founding name are; without any, where most that could be named so
    are. A mention that somebody else has now, by another name, does not take the id along.
    """
    if not len(named) or not len(before.prior.mention_ids):
        return {}
    where = positions(columns.ids[named], before.prior.mention_ids)
    there = where >= 0
    at = where[there]
    method = columns.methods.index(CORRECTED) if CORRECTED in columns.methods else NOBODY - 1
    is_set = (columns.method[named][at] == method).astype(np.int64)
    votes: defaultdict[int, dict[int, list[int]]] = defaultdict(dict)
    columns_there = (before.prior.mention_passage[there], labels[at], columns.speaker[named][at], is_set)
    for person, group, code, by_hand, count in counted(*columns_there):
        likeness = _likeness(before.name(person), columns.speakers[code], by_hand=bool(by_hand))
        if likeness:
            votes[person].setdefault(group, [0, 0, 0])[-likeness] += count
    return {
        person: min(groups, key=lambda g: ([-n for n in groups[g]], g)) for person, groups in votes.items()
    }


def _likeness(founding: str, name: str, *, by_hand: bool) -> int:
    """3 for the same name, 2 for one that may be the same person's, 1 for the same surname, else 0."""
    one, other = parse(founding), parse(name)
    if not founding or one.key == other.key:
        return 3
    if by_hand:
        return 0
    return 2 if may_be_one(one, other) else int(one.surname == other.surname)


def _names(columns: MentionColumns, of_mention: Ints, count: int, rules: Rules) -> list[str]:
    """The name of each person: the one a merge gives, else the commonest of the full ones, else of all."""
    wanted = {parse(other).key for _, other in rules.same}
    best: list[tuple[Any, ...]] = [()] * count
    for person, code, mentions in counted(of_mention, columns.speaker):
        name = columns.speakers[code]
        parsed = parse(name)
        rank = (parsed.key in wanted, parsed.is_full, mentions, len(name), name)
        best[person] = max(best[person], rank)
    return [rank[-1] for rank in best]


def with_people(columns: MentionColumns, people: People) -> MentionColumns:
    """The same columns, in which a named speaker is the person and not a string."""
    known = len(columns.speakers)
    of_mention = people.of_mention
    speaker = np.where(of_mention >= 0, known + of_mention, columns.speaker).astype(np.int32)
    speaker_ids: list[str | None] = [None] * known
    speaker_ids += people.identity.passage_ids.astype(str).tolist()
    return replace(
        columns, speaker=speaker, speakers=[*columns.speakers, *people.names], speaker_ids=speaker_ids
    )
