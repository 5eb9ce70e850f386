"""The mentions and the paragraphs of all shards, grouped, with the ids that the groups have.

Statements that the index knows are not compared again (`pipeline.archives`). What stays in memory is
some hundred bytes a mention or paragraph; texts and their words do not. Holds no rule about what is the
same statement (`match`) or which id it has (`stages.passages`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.group import Grouping, Weighed, settle, weigh
from quotesieve.match.statements import said_alike
from quotesieve.pipeline.archives import Archived, find_index, read_archive, say_rebuilt, write_archive
from quotesieve.pipeline.contents import Shard, next_run, offsets_of
from quotesieve.pipeline.plan import Plan
from quotesieve.pipeline.prior import read_prior
from quotesieve.pipeline.statements import PARAGRAPHS_MATCH, ShardBatch, make_batches
from quotesieve.pipeline.workers import Workers
from quotesieve.process import give_memory_back
from quotesieve.settings import DedupSettings
from quotesieve.stages import ids
from quotesieve.stages.passages import (
    NO_TIME,
    SOURCE_COLUMNS,
    Codes,
    ColumnsBuilder,
    Identity,
    Ids,
    Ints,
    Members,
    MentionColumns,
    assign_ids,
    codes_of,
    first_of_group,
    members_of,
    rank_by,
)
from quotesieve.stages.people.identity import People, make_people, with_people
from quotesieve.store.index import Index
from quotesieve.store.parquet import read_parts
from quotesieve.store.snapshot import staging
from quotesieve.store.tables import TABLES

SIDE_BY_SIDE = 400_000  # paragraphs: with their mentions some 300 MB


@dataclass(frozen=True, slots=True)
class Grouped:
    """The mentions of all shards end to end, grouped: members of a group are in ascending order."""

    columns: MentionColumns  # in which a speaker is a person
    named: MentionColumns  # the same with the names as articles have them
    offsets: Ints  # of the shards
    grouping: Grouping
    words: Codes  # of each mention
    identity: Identity
    people: People
    members: Members
    canonical_texts: Mapping[int, str]  # by group, for groups of several
    notes: Mapping[str, Any]  # for the index

    @property
    def words_by_shard(self) -> list[Codes]:
        """The words of the mentions, shard by shard."""
        return _by_shard(self.words, self.offsets)


@dataclass(frozen=True, slots=True)
class Copies:
    """The paragraphs of all shards end to end, grouped."""

    offsets: Ints
    labels: Ints
    words: Codes  # of each paragraph
    names: Ids  # the copy group of each label; empty where a paragraph stands alone
    is_canonical: npt.NDArray[np.bool_]
    notes: Mapping[str, Any]  # for the index

    @property
    def words_by_shard(self) -> list[Codes]:
        """The words of the paragraphs, shard by shard."""
        return _by_shard(self.words, self.offsets)


def _by_shard(values: Codes, offsets: Ints) -> list[Codes]:
    return [values[start:end] for start, end in pairwise(offsets.tolist())]


@dataclass(frozen=True, slots=True)
class Matching:
    """What grouping goes by: the shards of the new snapshot, and what earlier runs found out."""

    plan: Plan
    shards: Sequence[Shard]
    index: Index | None
    new: Sequence[Shard]  # those that the index does not have
    workers: Workers

    @classmethod
    def of(cls, plan: Plan, shards: Sequence[Shard], workers: Workers) -> "Matching":
        """Find what earlier runs left of use."""
        index = find_index(plan, shards)
        new = [shard for shard in shards if index is None or shard.scratch is not None]
        return cls(plan, shards, index, new, workers)

    def batches(self, table: str) -> list[ShardBatch]:
        """Have what is new in a table fingerprinted."""
        return self._batches(table, self.new)

    def _batches(self, table: str, shards: Sequence[Shard]) -> list[ShardBatch]:
        return make_batches(table, shards, staging(self.plan.clean) / "statements", self.workers)

    def weigh(
        self,
        table: str,
        batches: Sequence[ShardBatch],
        rows: Sequence[int],
        settings: DedupSettings,
        rank: Ints,
        speakers: Ints | None,
        comparing: Callable[[], None] = lambda: None,
    ) -> tuple[Weighed, Mapping[str, Any]]:
        """Have the statements of a table compared, of which each shard has so many rows; and what the
        index is to note of them. `comparing` is called when their pairs go to the workers."""
        known = read_archive(self.index, table, self.shards)
        if speakers is not None and not said_alike(known.archive, speakers, settings.short_words):
            say_rebuilt(self.plan, f"stale: other speakers than the {table} have")
            old = [shard for shard in self.shards if shard.name in known.shards]
            batches = [*self._batches(table, old), *batches]
            known = Archived()

        def run(function: Callable[..., Any], calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
            comparing()
            return self.workers.stream((function, own) for own in calls)

        weighed = weigh(
            batches,
            speakers=speakers,
            rank=rank,
            settings=settings,
            runner=run,
            archive=known.archive,
        )
        by_shard = {shard.name: count for shard, count in zip(self.shards, rows, strict=True)}
        return weighed, write_archive(self.plan, table, weighed, by_shard, self.index)


def is_large(batches: Sequence[ShardBatch]) -> bool:
    """Whether there are too many statements of one table to have the other's in memory beside them."""
    return sum(batch.rows for batch in batches) > SIDE_BY_SIDE


def group_both(matching: Matching) -> tuple[Grouped, Copies]:
    """Group the mentions and the paragraphs: side by side, unless there are too many for both in memory.

    Finding pairs takes one core; the other makes the mentions' fingerprints meanwhile.
    """
    paragraphs = matching.batches("paragraphs")
    if is_large(paragraphs):
        mentions = matching.batches("mentions")
        copies = group_paragraphs(matching, paragraphs)
        give_memory_back()
        return group_mentions(matching, mentions), copies
    comparing = Event()
    with ThreadPoolExecutor(1) as beside:
        copying = beside.submit(group_paragraphs, matching, paragraphs, comparing.set)
        copying.add_done_callback(lambda _: comparing.set())
        mentions = matching.batches("mentions")
        comparing.wait()  # two threads that sort only hinder each other; now the workers have work
        grouped = group_mentions(matching, mentions)
        return grouped, copying.result()


def group_mentions(matching: Matching, batches: Sequence[ShardBatch]) -> Grouped:
    """Group all mentions of the current articles and give each group its id."""
    plan, shards = matching.plan, matching.shards
    columns, rows = _columns_of(shards)
    offsets = offsets_of(rows)
    speakers, settings = columns.surname_keys(), plan.source.settings.dedup
    weighed, notes = matching.weigh("mentions", batches, rows, settings, columns.rank(), speakers)
    words, grouping = weighed.statements.sizes, settle(weighed)
    del weighed
    prior = read_prior(plan)
    identity = assign_ids(columns, grouping.labels, prior.passages, next_run(plan))
    rules = plan.corrected.rules
    people = make_people(columns, grouping.labels, prior.people, next_run(plan), rules)
    members = members_of(grouping.labels)
    several = np.flatnonzero(members.sizes > 1)
    texts = dict(_texts(shards, "mentions", offsets, several, grouping.canonical[several]))
    named = with_people(columns, people)
    return Grouped(named, columns, offsets, grouping, words, identity, people, members, texts, notes)


def _columns_of(shards: Sequence[Shard]) -> tuple[MentionColumns, list[int]]:
    """The columns of all mentions, and how many mentions each shard has."""
    builder = ColumnsBuilder()
    rows = [builder.add(shard.rows("mentions", SOURCE_COLUMNS)) for shard in shards]
    return builder.build(), rows


def group_paragraphs(
    matching: Matching, batches: Sequence[ShardBatch], comparing: Callable[[], None] = lambda: None
) -> Copies:
    """Group near-identical paragraphs; the earliest printing names the group. See `Matching.weigh`."""
    shards = matching.shards
    article, articles, rank, rows = _order_of_paragraphs(shards)
    offsets = offsets_of(rows)
    settings = replace(PARAGRAPHS_MATCH, threshold=matching.plan.source.settings.dedup.threshold)
    weighed, notes = matching.weigh("paragraphs", batches, rows, settings, rank, None, comparing)
    words, grouping = weighed.statements.sizes, settle(weighed)
    del weighed
    labels, groups = grouping.labels, len(grouping.canonical)
    first = first_of_group(labels, rank, groups)
    copied = np.flatnonzero(np.bincount(labels, minlength=groups) > 1)
    names = np.zeros(groups, "S16")
    for g, text in _texts(shards, "paragraphs", offsets, copied, first[copied]):
        names[g] = ids.copy_group_id(articles[article[first[g]]].decode(), text)
    is_canonical = grouping.canonical[labels] == np.arange(len(labels))
    return Copies(offsets, labels, words, names, is_canonical, notes)


def _order_of_paragraphs(shards: Sequence[Shard]) -> tuple[Codes, Ids, Ints, list[int]]:
    """The article of each paragraph as a code, the ids behind the codes, the rank of each paragraph (by
    publication, then article, then its place there), and how many each shard has."""
    known: dict[str, int] = {}
    codes, numbers = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for shard in shards:
        rows = shard.rows("paragraphs", ("article_id", "paragraph_no"))
        codes.append(codes_of(rows.column("article_id"), known))
        numbers.append(np.asarray(rows.column("paragraph_no")))
    rows = [len(own) for own in codes[1:]]
    article, articles = np.concatenate(codes), np.array(list(known), "S16")
    published = _published_times(shards)
    when = np.array([published.get(name, NO_TIME) for name in known], np.int64)
    if not len(article):
        return article, articles, np.empty(0, np.int64), rows
    return article, articles, rank_by(np.concatenate(numbers), articles[article], when[article]), rows


def _published_times(shards: Sequence[Shard]) -> dict[str, int]:
    """Publication time in microseconds of each dated article."""
    times: dict[str, int] = {}
    for shard in shards:
        if "articles" in shard.parts:
            rows = read_parts(
                [Path(shard.parts["articles"].path)], TABLES["articles"], ("article_id", "published_at")
            )
            when = rows.column("published_at").cast(pa.int64()).to_pylist()
            pairs = zip(rows.column("article_id").to_pylist(), when, strict=True)
            times.update((article, time) for article, time in pairs if time is not None)
    return times


def _texts(
    shards: Sequence[Shard], table: str, offsets: Ints, keys: Ints, rows: Ints
) -> Iterator[tuple[int, str]]:
    """Keys and texts, of the row that stands for each key; a shard after the other."""
    order = np.argsort(rows, kind="stable")
    bounds = np.searchsorted(rows[order], offsets)
    for shard, start, (low, high) in zip(shards, offsets.tolist(), pairwise(bounds.tolist()), strict=False):
        if high > low:
            own = order[low:high]
            found = shard.rows(table, ("text",)).column("text").take(pa.array(rows[own] - start))
            yield from zip(keys[own].tolist(), found.to_pylist(), strict=True)
