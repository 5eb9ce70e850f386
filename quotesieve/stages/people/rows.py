"""The rows of the speakers table, from columns of all mentions: a pass a column."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from quotesieve.stages.passages import NO_TIME, Ints, MentionColumns
from quotesieve.stages.people.identity import People
from quotesieve.stages.people.mentions import counted, gender_at_cue, pairs
from quotesieve.stages.people.names import Name, parse
from quotesieve.text.names import analyse
from quotesieve.text.roles import affiliation, is_place


def speaker_columns(columns: MentionColumns, statements: Ints, people: People) -> dict[str, list[Any]]:
    """The columns of the speakers table, by id. `columns` are those from before `with_people`."""
    count, of_mention = len(people), people.of_mention
    order = np.argsort(people.identity.passage_ids, kind="stable").tolist()
    named = of_mention >= 0
    of_named = of_mention[named]
    roles = _lists(count, counted(of_mention, columns.role), columns.roles, "role")
    first, last = _span(of_named, columns.published[named], count)
    aliases = _aliases(columns, of_mention, people)
    outlets = _lists(count, counted(of_mention, columns.outlet), columns.outlets, "outlet")
    unknown = _distinct(of_named, np.where(columns.outlet[named] < 0, columns.article[named], -1), count)
    made: dict[str, list[Any]] = {
        "speaker_id": people.identity.passage_ids.astype(str).tolist(),
        "name": list(people.names),
        "kind": _kinds(columns, of_mention, people.names),
        "organisation": [_organisation(listed) for listed in roles],
        "aliases": aliases,
        "roles": roles,
        "mention_count": np.bincount(of_named, minlength=count).tolist(),
        "article_count": _distinct(of_named, columns.article[named], count).tolist(),
        "outlet_count": [len(known) + more for known, more in zip(outlets, unknown.tolist(), strict=True)],
        "passage_count": _distinct(of_named, statements[named], count).tolist(),
        "outlets": [sorted(one["outlet"] for one in listed) for listed in outlets],
        "first_published_at": first,
        "last_published_at": last,
        "founding_name": list(people.founding_names),
        "founded_run": people.identity.founded_run.tolist(),
    }
    return {name: [values[i] for i in order] for name, values in made.items()}


def _lists(
    count: int, counted: Sequence[tuple[int, ...]], names: Sequence[str], key: str
) -> list[list[dict[str, Any]]]:
    """For each person the names behind the codes with their mentions, most first."""
    found: list[Counter[str]] = [Counter() for _ in range(count)]
    for person, code, mentions in counted:
        found[person][names[code]] += mentions
    return [_ranked(counter, key) for counter in found]


def _ranked(counter: Mapping[str, int], key: str) -> list[dict[str, Any]]:
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    return [{key: name, "mentions": mentions} for name, mentions in ordered]


def _distinct(people: Ints, values: npt.NDArray[Any], count: int) -> Ints:
    """How many different values (from 0) stand with each person."""
    mask = values >= 0
    found = [person for person, _ in pairs(people[mask], values[mask].astype(np.int64))]
    return np.bincount(np.array(found, np.int64), minlength=count)


def _span(people: Ints, published: Ints, count: int) -> tuple[list[int | None], list[int | None]]:
    """The earliest and the latest time of each person; None where nothing is dated."""
    dated = published != NO_TIME
    first, last = np.full(count, NO_TIME), np.full(count, -NO_TIME)
    np.minimum.at(first, people[dated], published[dated])
    np.maximum.at(last, people[dated], published[dated])
    return (
        [None if value == NO_TIME else value for value in first.tolist()],
        [None if value == -NO_TIME else value for value in last.tolist()],
    )


def _aliases(columns: MentionColumns, of_mention: Ints, people: People) -> list[list[dict[str, Any]]]:
    """The names as printed: at the cue where a name stands there, else the fullest in the article."""
    at_cue = [_name_in(printed) for printed in columns.printed_names]
    found: list[Counter[str]] = [Counter() for _ in range(len(people))]
    for person, code, printed, mentions in counted(of_mention, columns.speaker, columns.printed + 1):
        name = columns.speakers[code]
        short = at_cue[printed - 1] if printed else None
        is_own = short is not None and short.surname == parse(name).surname
        found[person][short.text if short is not None and is_own else name] += mentions
    return [_ranked(counter, "name") for counter in found]


def _name_in(printed: str) -> Name | None:
    """The name in the words at the cue, without titles and roles: "Roe" in "Chairman Roe"."""
    if not printed[:1].isupper() and " " not in printed:
        return None
    name = analyse(printed.replace("’s", "").replace("'s", "")).text
    return parse(name) if name else None


def _kinds(columns: MentionColumns, of_mention: Ints, names: Sequence[str]) -> list[str]:
    """person, organisation or unknown; "he" or "Mr" at a cue tells that a single name is a person's."""
    genders = np.array([*map(gender_at_cue, columns.printed_names), 0], np.int8)
    is_person = np.zeros(len(names), np.bool_)
    mask = (of_mention >= 0) & (genders[columns.printed] > 0)
    is_person[of_mention[mask]] = True
    told = [parse(name).kind for name in names]
    return [
        "person" if kind == "unknown" and tells else kind
        for kind, tells in zip(told, is_person.tolist(), strict=True)
    ]


def _organisation(roles: Sequence[Mapping[str, Any]]) -> str | None:
    """Whom most of the roles serve, if that is no place."""
    counts: Counter[str] = Counter()
    for one in roles:
        body = affiliation(one["role"])
        if body and not is_place(body):
            counts[body] += one["mentions"]
    return min(counts, key=lambda body: (-counts[body], body)) if counts else None
