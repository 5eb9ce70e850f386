"""From grouped mentions to passages: whose id a group keeps, who said it, where it was printed.

`inherit` does the same for people (`stages.people`): there a person stands where a passage does.

Works on slim columns of all mentions of a run, so that a large archive fits in memory; texts
stay outside. Which mentions belong together decides `match`. Opens nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.stages import ids

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Ids = npt.NDArray[np.bytes_]

NO_TIME = np.iinfo(np.int64).max  # sorts after every real time

# The columns of the mentions table that passages are made from.
SOURCE_COLUMNS = (
    "mention_id",
    "article_id",
    "outlet",
    "speaker",
    "speaker_id",
    "speaker_as_printed",
    "speaker_role",
    "attribution_method",
    "speaker_confidence",
    "language",
    "published_at",
    "fetched_at",
)


@dataclass(frozen=True, slots=True)
class MentionColumns:
    """One value a mention, in the order of the run; names stand behind the codes, -1 is null."""

    ids: Ids
    article: Codes
    outlet: Codes
    speaker: Codes
    is_named: npt.NDArray[np.bool_]  # a name, not "a second executive"
    printed: Codes  # the words at the cue
    role: Codes
    method: Codes
    language: Codes
    confidence: npt.NDArray[np.float32]
    published: Ints  # microseconds, NO_TIME if unknown
    fetched: Ints
    outlets: Sequence[str]
    speakers: Sequence[str]
    speaker_ids: Sequence[str | None]  # None: no name, or a name before people are told apart
    printed_names: Sequence[str]
    roles: Sequence[str]
    methods: Sequence[str]
    languages: Sequence[str]

    def __len__(self) -> int:
        return len(self.ids)

    def rank(self) -> Ints:
        """Position of each mention by publication time, then id: the earliest first."""
        return rank_by(self.ids, self.published)

    def surname_keys(self) -> Ints:
        """Equal for mentions whose named speakers share the last word of their name, in every run; -1
        for none.

        "Zipse" in one article and "Oliver Zipse" in another are one person here.
        """
        surnames = [ids.words_key(name).rpartition(" ")[2] for name in self.speakers]
        table = np.array(
            [int(ids.short_hash("surname", surname), 16) >> 1 for surname in surnames] + [-1], np.int64
        )
        return np.where(self.is_named, table[self.speaker], np.int64(-1))


def rank_by(*keys: npt.NDArray[Any]) -> Ints:
    """Position of each item when sorted by the last key, then the one before it, and so on."""
    order = np.lexsort(keys)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return rank


def codes_of(values: pa.ChunkedArray, known: dict[str, int]) -> Codes:
    """Codes of the values by a dictionary that grows from call to call; null is -1."""
    encoded = values.combine_chunks().dictionary_encode()
    table = [known.setdefault(value, len(known)) for value in encoded.dictionary.to_pylist()]
    indices = np.asarray(pc.fill_null(encoded.indices, len(table)))
    codes: Codes = np.array([*table, -1], np.int32)[indices]
    return codes


class ColumnsBuilder:
    """Collects MentionColumns from part after part of the mentions table."""

    def __init__(self) -> None:
        self._parts: list[dict[str, npt.NDArray[Any]]] = []
        self._codes: dict[str, dict[str, int]] = {
            name: {}
            for name in (
                "article_id",
                "outlet",
                "speaker",
                "speaker_as_printed",
                "speaker_role",
                "attribution_method",
                "language",
            )
        }

    def add(self, rows: pa.Table) -> int:
        """Take the SOURCE_COLUMNS of some rows of the mentions table; return how many those are."""
        part: dict[str, npt.NDArray[Any]] = {
            name: codes_of(rows.column(name), known) for name, known in self._codes.items()
        }
        part["ids"] = np.array(rows.column("mention_id").to_pylist(), "S16")
        part["is_named"] = np.asarray(pc.is_valid(rows.column("speaker_id")))
        part["confidence"] = np.asarray(rows.column("speaker_confidence"), np.float32)
        for name in ("published_at", "fetched_at"):
            part[name] = np.asarray(pc.fill_null(rows.column(name).cast(pa.int64()), NO_TIME))
        self._parts.append(part)
        return len(part["ids"])

    def build(self) -> MentionColumns:
        """The columns of everything added, in the order it was added."""

        def joined(name: str, kind: Any) -> Any:
            parts = [part[name] for part in self._parts] or [np.empty(0, kind)]
            return np.concatenate(parts, dtype=kind, casting="unsafe")

        return MentionColumns(
            ids=joined("ids", "S16"),
            article=joined("article_id", np.int32),
            outlet=joined("outlet", np.int32),
            speaker=joined("speaker", np.int32),
            is_named=joined("is_named", np.bool_),
            printed=joined("speaker_as_printed", np.int32),
            role=joined("speaker_role", np.int32),
            method=joined("attribution_method", np.int32),
            language=joined("language", np.int32),
            confidence=joined("confidence", np.float32),
            published=joined("published_at", np.int64),
            fetched=joined("fetched_at", np.int64),
            outlets=list(self._codes["outlet"]),
            speakers=list(self._codes["speaker"]),
            speaker_ids=[None] * len(self._codes["speaker"]),
            printed_names=list(self._codes["speaker_as_printed"]),
            roles=list(self._codes["speaker_role"]),
            methods=list(self._codes["attribution_method"]),
            languages=list(self._codes["language"]),
        )


@dataclass(frozen=True, slots=True)
class Prior:
    """The passages of the snapshot before: which mention was in which, and where each began."""

    mention_ids: Ids
    mention_passage: Ints  # index into passage_ids, one a mention
    passage_ids: Ids
    founding_ids: Ids
    founded_run: Codes
    redirects: Mapping[str, str]


NO_PRIOR = Prior(
    np.empty(0, "S16"),
    np.empty(0, np.int64),
    np.empty(0, "S16"),
    np.empty(0, "S16"),
    np.empty(0, np.int32),
    {},
)


def make_prior(mentions: pa.Table, passages: pa.Table, redirects: pa.Table) -> Prior:
    """From the published tables; mentions need mention_id and passage_id only.

    Passages that only mentions tell of (their own part was lost) are older than all others.
    """
    passage_ids = passages.column("passage_id").to_pylist()
    number = {passage_id: i for i, passage_id in enumerate(passage_ids)}
    of_mention = [number.setdefault(p, len(number)) for p in mentions.column("passage_id").to_pylist()]
    lost = len(number) - len(passage_ids)
    return Prior(
        np.array(mentions.column("mention_id").to_pylist(), "S16"),
        np.array(of_mention, np.int64),
        np.array(list(number), "S16"),
        np.array([*passages.column("founding_mention_id").to_pylist(), *[""] * lost], "S16"),
        np.concatenate([np.asarray(passages.column("founded_run"), np.int32), np.zeros(lost, np.int32)]),
        dict(
            zip(
                redirects.column("passage_id").to_pylist(),
                redirects.column("target_passage_id").to_pylist(),
                strict=True,
            )
        ),
    )


@dataclass(frozen=True, slots=True)
class Identity:
    """Id, founding mention and founding run of each group, and where retired ids lead."""

    passage_ids: Ids
    founding_ids: Ids
    founded_run: Codes
    redirects: Mapping[str, str]

    def of(self, group: int) -> tuple[str, str, int]:
        """Passage id, founding mention and founding run of one group."""
        return (
            self.passage_ids[group].decode(),
            self.founding_ids[group].decode(),
            int(self.founded_run[group]),
        )


def assign_ids(columns: MentionColumns, labels: Ints, prior: Prior, run: int) -> Identity:
    """Give each passage the id it had, or mint one from its earliest mention."""

    def mint(founder: int, used: AbstractSet[str]) -> str:
        return ids.passage_id(columns.ids[founder].decode())

    homes = _homes(columns, labels, prior)
    return inherit(columns.ids, columns.rank(), labels, homes, prior, run, mint)


# Makes an id from the index of a group's earliest mention; the ids that others have are given, too.
Mint = Callable[[int, AbstractSet[str]], str]


def inherit(
    mention_ids: Ids,
    rank: Ints,
    labels: Ints,
    homes: Mapping[int, int],
    prior: Prior,
    run: int,
    mint: Mint,
) -> Identity:
    """Give each group of mentions, a passage or a person, the id it had, or a new one.

    `homes` is the group that each earlier one is at home in. Where several are at home in one group the
    oldest id stays and the others redirect to it.
    """
    groups = int(labels.max()) + 1 if len(labels) else 0
    founders = first_of_group(labels, rank, groups)
    founding = mention_ids[founders]
    passage_ids = np.zeros(groups, "S16")
    founded = np.full(groups, run, np.int32)
    retired: dict[str, str] = {}
    oldest_first = sorted(homes, key=lambda p: (prior.founded_run[p], prior.passage_ids[p]))
    for passage in oldest_first:
        group, old_id = homes[passage], prior.passage_ids[passage].decode()
        if passage_ids[group]:
            retired[old_id] = passage_ids[group].decode()
            continue
        passage_ids[group] = old_id
        founding[group] = prior.founding_ids[passage] or founding[group]
        founded[group] = prior.founded_run[passage]
    used = {name.decode() for name in passage_ids[passage_ids != b""].tolist()}
    without = np.flatnonzero(passage_ids == b"")
    for group in without[np.argsort(rank[founders[without]])].tolist():
        made = mint(int(founders[group]), used)
        passage_ids[group] = made
        used.add(made)
    return Identity(passage_ids, founding, founded, _follow({**prior.redirects, **retired}, passage_ids))


def first_of_group(labels: Ints, rank: Ints, groups: int) -> Ints:
    """Index of the statement of lowest rank in each group."""
    order = np.lexsort((rank, labels))
    starts = np.searchsorted(labels[order], np.arange(groups))
    first: Ints = order[starts]
    return first


def _homes(columns: MentionColumns, labels: Ints, prior: Prior) -> dict[int, int]:
    """The group that each earlier passage is at home in, for those that still have mentions.

    It is where its founding mention is; if that left, where most of its mentions are.
    """
    if not len(columns):
        return {}
    founder = positions(columns.ids, prior.founding_ids)
    homes = {p: int(labels[i]) for p, i in enumerate(founder.tolist()) if i >= 0}
    where = positions(columns.ids, prior.mention_ids)
    votes: dict[int, Counter[int]] = {}
    for passage, i in zip(prior.mention_passage.tolist(), where.tolist(), strict=True):
        if i >= 0 and passage not in homes:
            votes.setdefault(passage, Counter())[int(labels[i])] += 1
    for passage, groups in votes.items():
        homes[passage] = min(groups, key=lambda group: (-groups[group], group))
    return homes


def positions(of: Ids, wanted: Ids) -> Ints:
    """Where each of the wanted ids stands in `of`; -1 where it does not."""
    order = np.argsort(of, kind="stable")
    at = np.minimum(np.searchsorted(of[order], wanted), len(of) - 1)
    found: Ints = np.where(of[order[at]] == wanted, order[at], -1)
    return found


def _follow(redirects: Mapping[str, str], live: Ids) -> dict[str, str]:
    """Redirects that lead to a live passage in one step; ids that live again have none."""
    named = np.array(sorted({*redirects, *redirects.values()}), "S16")
    alive = {name.decode() for name in named[np.isin(named, live)].tolist()}
    result: dict[str, str] = {}
    for start in redirects:
        target, seen = start, {start}
        while target not in alive and target in redirects and redirects[target] not in seen:
            target = redirects[target]
            seen.add(target)
        if target in alive and start not in alive:
            result[start] = target
    return result


@dataclass(frozen=True, slots=True)
class Members:
    """The indexes of each group, ascending: group g is `order` from `starts[g]` to `starts[g + 1]`."""

    order: Ints
    starts: Ints

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, group: int) -> Ints:
        return self.order[self.starts[group] : self.starts[group + 1]]

    @property
    def sizes(self) -> Ints:
        """How many are in each group."""
        return np.diff(self.starts)

    @property
    def first(self) -> Ints:
        """The lowest index of each group; there are no empty groups."""
        return self.order[self.starts[:-1]]


def members_of(labels: Ints) -> Members:
    """Who is in each group, by labels from 0 without gaps.

    >>> members_of(np.array([0, 1, 0]))[0].tolist()
    [0, 2]
    """
    order = np.argsort(labels, kind="stable")
    starts = np.concatenate(([0], np.cumsum(np.bincount(labels)))) if len(labels) else np.zeros(1, np.int64)
    return Members(order, starts)
