"""The rows of the speakers table, from columns of all mentions: a pass a column."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from quotesieve.stages.passages import NO_TIME, Ints, MentionColumns
from quotesieve.stages.people.identity import People
from quotesieve.stages.people.mentions import counted, gender_at_cue, pairs
from quotesieve.stages.people.names import parse
from quotesieve.text.names import analyse
from quotesieve.text.roles import affiliation, is_place


def speaker_columns(
    columns: MentionColumns, statements: Ints, people: People
) -> Iterator[tuple[str, list[Any]]]:
    """The columns of the speakers table with their names, one by one, the rows by id. `columns` are
    those from before `with_people`."""
    order = np.argsort(people.identity.passage_ids, kind="stable").tolist()
    for name, values in _columns(columns, statements, people):
        yield name, [values[i] for i in order]


def _columns(
    columns: MentionColumns, statements: Ints, people: People
) -> Iterator[tuple[str, Sequence[Any]]]:
    """The same, the rows as the people are numbered."""
    count, of_mention = len(people), people.of_mention
    named = of_mention >= 0
    of_named = of_mention[named]
    yield "speaker_id", people.identity.passage_ids.astype(str).tolist()
    yield "name", people.names
    yield "kind", _kinds(columns, of_mention, people.names)
    roles = _lists(count, counted(of_mention, columns.role), columns.roles, "role")
    yield "roles", roles
    yield "organisation", [_organisation(listed) for listed in roles]
    del roles
    yield "aliases", _aliases(columns, of_mention, people)
    yield "mention_count", np.bincount(of_named, minlength=count).tolist()
    yield "article_count", _distinct(of_named, columns.article[named], count).tolist()
    yield "passage_count", _distinct(of_named, statements[named], count).tolist()
    outlets = _lists(count, counted(of_mention, columns.outlet), columns.outlets, "outlet")
    unknown = _distinct(of_named, np.where(columns.outlet[named] < 0, columns.article[named], -1), count)
    yield "outlet_count", [len(known) + more for known, more in zip(outlets, unknown.tolist(), strict=True)]
    yield "outlets", [sorted(one["outlet"] for one in listed) for listed in outlets]
    del outlets
    first, last = _span(of_named, columns.published[named], count)
    yield "first_published_at", first
    yield "last_published_at", last
    yield "founding_name", people.founding_names
    yield "founded_run", people.identity.founded_run.tolist()


def _lists(
    count: int, counted: Iterable[tuple[int, ...]], names: Sequence[str], key: str
) -> list[list[dict[str, Any]]]:
    """For each person the names behind the codes with their mentions, most first."""
    return _by_person(count, ((person, names[code], mentions) for person, code, mentions in counted), key)


def _by_person(count: int, rows: Iterable[tuple[int, str, int]], key: str) -> list[list[dict[str, Any]]]:
    """For each person the names and how often they stand with it, most first; persons are ascending."""
    found: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    for person, own in groupby(rows, key=itemgetter(0)):
        counter: Counter[str] = Counter()
        for _, name, mentions in own:
            counter[name] += mentions
        found[person] = _ranked(counter, key)
    return found


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
    at_cue = [*map(_name_in, columns.printed_names), None]  # -1: nothing stands there

    def alias(code: int, printed: int) -> str:
        name, short = columns.speakers[code], at_cue[printed]
        return short[1] if short and short[0] == parse(name).surname else name

    rows = counted(of_mention, columns.speaker, columns.printed + 1)
    named = ((person, alias(code, printed - 1), mentions) for person, code, printed, mentions in rows)
    return _by_person(len(people), named, "name")


def _name_in(printed: str) -> tuple[str, str] | None:
    """The surname and the name in the words at the cue, without titles and roles: "Roe" in "Chairman Roe"."""
    if not printed[:1].isupper() and " " not in printed:
        return None
    name = analyse(printed.replace("’s", "").replace("'s", "")).text
    if not name:
        return None
    parsed = parse(name)
    return parsed.surname, parsed.text


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
