"""The mentions and the paragraphs of all shards, grouped, with the ids that the groups have.

What stays in memory is some hundred bytes a mention or paragraph; texts and their words do not. Holds
no rule about what is the same statement (`match`) or which id it has (`stages.passages`).
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.match.compare import Runner
from quotesieve.match.group import Grouping, group
from quotesieve.pipeline.contents import Shard, next_run, offsets_of
from quotesieve.pipeline.plan import Plan
from quotesieve.pipeline.statements import PARAGRAPHS_MATCH, ShardBatch
from quotesieve.pipeline.workers import Workers
from quotesieve.process import give_memory_back
from quotesieve.stages import ids
from quotesieve.stages.passages import (
    NO_PRIOR,
    NO_TIME,
    SOURCE_COLUMNS,
    Codes,
    ColumnsBuilder,
    Identity,
    Ids,
    Ints,
    Members,
    MentionColumns,
    Prior,
    assign_ids,
    codes_of,
    first_of_group,
    make_prior,
    members_of,
    rank_by,
)
from quotesieve.store.parquet import read_parts
from quotesieve.store.snapshot import paths
from quotesieve.store.tables import TABLES

SIDE_BY_SIDE = 600_000  # mentions and paragraphs: some 300 MB for both


@dataclass(frozen=True, slots=True)
class Grouped:
    """The mentions of all shards end to end, grouped: members of a group are in ascending order."""

    columns: MentionColumns
    offsets: Ints  # of the shards
    grouping: Grouping
    identity: Identity
    members: Members
    canonical_texts: Mapping[int, str]  # by group, for groups of several


@dataclass(frozen=True, slots=True)
class Copies:
    """The paragraphs of all shards end to end, grouped."""

    offsets: Ints
    labels: Ints
    names: Ids  # the copy group of each label; empty where a paragraph stands alone
    is_canonical: npt.NDArray[np.bool_]


def _runner(workers: Workers) -> Runner:
    """Makes the calls of `match.group` in the worker processes."""
    return lambda function, calls: workers.stream((function, arguments) for arguments in calls)


def group_both(
    plan: Plan, shards: Sequence[Shard], batches: tuple[list[ShardBatch], list[ShardBatch]], workers: Workers
) -> tuple[Grouped, Copies]:
    """Group the mentions and the paragraphs: side by side, unless there are too many for both in memory."""
    if sum(batch.rows for own in batches for batch in own) > SIDE_BY_SIDE:
        workers.close()  # new ones need half the memory: they have not cleaned any articles
        copies = group_paragraphs(plan, shards, batches[1], workers)
        give_memory_back()
        return group_mentions(plan, shards, batches[0], workers), copies
    with ThreadPoolExecutor(1) as beside:  # while the one reads and sorts, the workers compare for the other
        copying = beside.submit(group_paragraphs, plan, shards, batches[1], workers)
        mentions = group_mentions(plan, shards, batches[0], workers)
        return mentions, copying.result()


def group_mentions(
    plan: Plan, shards: Sequence[Shard], batches: Sequence[ShardBatch], workers: Workers
) -> Grouped:
    """Group all mentions of the current articles and give each group its id."""
    builder = ColumnsBuilder()
    for shard in shards:
        builder.add(shard.rows("mentions", SOURCE_COLUMNS))
    columns, offsets = builder.build(), offsets_of([batch.rows for batch in batches])
    grouping = group(
        batches,
        speakers=columns.surname_codes(),
        rank=columns.rank(),
        settings=plan.source.settings.dedup,
        runner=_runner(workers),
    )
    identity = assign_ids(columns, grouping.labels, _prior(plan), next_run(plan))
    members = members_of(grouping.labels)
    several = np.flatnonzero(members.sizes > 1)
    texts = dict(_texts(shards, "mentions", offsets, several, grouping.canonical[several]))
    return Grouped(columns, offsets, grouping, identity, members, texts)


def group_paragraphs(
    plan: Plan, shards: Sequence[Shard], batches: Sequence[ShardBatch], workers: Workers
) -> Copies:
    """Group near-identical paragraphs; the earliest printing names the group."""
    offsets = offsets_of([batch.rows for batch in batches])
    article, articles, rank = _order_of_paragraphs(shards)
    grouping = group(
        batches,
        rank=rank,
        settings=replace(PARAGRAPHS_MATCH, threshold=plan.source.settings.dedup.threshold),
        runner=_runner(workers),
    )
    labels, groups = grouping.labels, len(grouping.canonical)
    first = first_of_group(labels, rank, groups)
    copied = np.flatnonzero(np.bincount(labels, minlength=groups) > 1)
    names = np.zeros(groups, "S16")
    for g, text in _texts(shards, "paragraphs", offsets, copied, first[copied]):
        names[g] = ids.copy_group_id(articles[article[first[g]]].decode(), text)
    return Copies(offsets, labels, names, grouping.canonical[labels] == np.arange(len(labels)))


def _order_of_paragraphs(shards: Sequence[Shard]) -> tuple[Codes, Ids, Ints]:
    """The article of each paragraph as a code, the ids behind the codes, and the rank of each paragraph:
    by publication, then article, then its place there."""
    known: dict[str, int] = {}
    codes, numbers = [np.empty(0, np.int32)], [np.empty(0, np.int64)]
    for shard in shards:
        rows = shard.rows("paragraphs", ("article_id", "paragraph_no"))
        codes.append(codes_of(rows.column("article_id"), known))
        numbers.append(np.asarray(rows.column("paragraph_no")))
    article, articles = np.concatenate(codes), np.array(list(known), "S16")
    published = _published_times(shards)
    when = np.array([published.get(name, NO_TIME) for name in known], np.int64)
    if not len(article):
        return article, articles, np.empty(0, np.int64)
    return article, articles, rank_by(np.concatenate(numbers), articles[article], when[article])


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


def _prior(plan: Plan) -> Prior:
    """The passages of the snapshot before, from those of its files that are whole."""
    if plan.previous is None:
        return NO_PRIOR
    wanted = {
        "mentions": ("mention_id", "passage_id"),
        "passages": ("passage_id", "founding_mention_id", "founded_run"),
        "redirects": ("passage_id", "target_passage_id"),
    }
    tables = {}
    for name, columns in wanted.items():
        whole = [
            path
            for path, entry in zip(
                paths(plan.clean, plan.previous, name), plan.previous.files[name], strict=True
            )
            if entry.path not in plan.damaged
        ]
        tables[name] = read_parts(whole, TABLES[name], columns)
    return make_prior(tables["mentions"], tables["passages"], tables["redirects"])
