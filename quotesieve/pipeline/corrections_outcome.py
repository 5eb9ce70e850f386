"""What came of each row of corrections.csv in a run: how many mentions it changed, and where.

The figures are those that a run over all records would give: only the current content of an article counts,
and a row that means several records of a file counts those that this run took over, too. What the rows mean
is `pipeline.corrections`'s, applying them `stages.corrections`'s.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from quotesieve.corrections import Correction
from quotesieve.model import Article, Finding, Metadata
from quotesieve.pipeline.contents import Shard
from quotesieve.pipeline.corrections import NO_MENTION, of_people
from quotesieve.pipeline.plan import Plan
from quotesieve.pipeline.shards import StagedShard
from quotesieve.stages import ids
from quotesieve.stages.corrections import Applied, correct
from quotesieve.stages.extract import extract_mentions
from quotesieve.stages.people.names import parse
from quotesieve.store import ledger
from quotesieve.store.corrections import is_id
from quotesieve.store.ledger import Key
from quotesieve.store.parquet import read_part

Counts = Mapping[str, Counter[str]]  # mentions by row identity, then by article


def with_outcome(
    plan: Plan, staged: Sequence[StagedShard], shards: Sequence[Shard], speakers: Iterable[str]
) -> list[Correction]:
    """Every row with what came of it; `speakers` are the names that mentions have."""
    corrected = plan.corrected
    if not corrected.now.rows:
        return []
    versions = ledger.versions(entry for shard in shards for entry in shard.entries)
    current = frozenset(key for key, version in versions.items() if version.is_latest)
    counts = _counted(plan, staged, shards, current)
    keys = {parse(name).key for name in speakers} if of_people(corrected.now) else set()
    return [_outcome(row, counts.get(row.identity, Counter()), keys) for row in corrected.now.rows]


def _counted(
    plan: Plan, staged: Sequence[StagedShard], shards: Sequence[Shard], current: Collection[Key]
) -> Counts:
    """What each row changed in the current content of articles, made by this run or before."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in (Applied(*values) for shard in staged for values in shard.corrected):
        if Key.of(one.raw_path, one.record) in current:
            counts[one.identity][one.article_id] += one.mentions
    taken_over = {entry.article_id for key, entry in plan.kept.items() if key in current}
    containers = {key.raw_path for key in current if key.record}
    wide = [row for row in plan.corrected.now.rows if row.is_of_mentions and row.article in containers]
    identities = {row.identity for row in wide}
    for row in plan.corrected.before.rows:
        if row.article_id in taken_over and row.mentions and row.identity not in identities:
            counts[row.identity][row.article_id or ""] = row.mentions
    for one in _counted_again(plan, shards, wide, current) if wide else ():
        if one.identity in identities:
            counts[one.identity][one.article_id] += one.mentions
    return counts


def _counted_again(
    plan: Plan, shards: Sequence[Shard], rows: Sequence[Correction], current: Collection[Key]
) -> Iterator[Applied]:
    """What the rows changed in published articles: read again, since the table has but a sum of them all."""
    targets: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows:
        targets[row.article].append(row.target_name or row.target)
    for shard in shards:
        own = {e.key for e in shard.entries if e.key in current and e.key.raw_path in targets}
        if shard.scratch is not None or not own:
            continue
        for values in read_part(Path(shard.parts["articles"].path), _COLUMNS).to_pylist():
            if Key.of(values["raw_path"], values["raw_record"]) in own:
                article = _article(values)
                if _may_name(article, targets[article.raw_path]):
                    mentions = extract_mentions(article, plan.source.settings.speakers)
                    yield from correct(article, mentions, plan.corrected.now)[1]


_COLUMNS = (
    "article_id",
    "text",
    "title",
    "standfirst",
    "language",
    "canonical_url",
    "raw_path",
    "raw_record",
)


def _article(values: Mapping[str, Any]) -> Article:
    """As much of a published article as its mentions depend on."""
    return Article(
        article_id=values["article_id"],
        text=values["text"],
        title=values["title"],
        standfirst=values["standfirst"],
        lines=(),
        metadata=Metadata(),
        language=values["language"],
        raw_path=values["raw_path"],
        record=values["raw_record"],
        canonical_url=values["canonical_url"],
    )


def _may_name(article: Article, targets: Iterable[str]) -> bool:
    """Whether the last word of one of the targets stands in the article; of an id nothing does."""
    words = ids.words_key(f"{article.title} {article.standfirst} {article.text}")
    return any(is_id(target) or ids.words_key(target).rpartition(" ")[2] in words for target in targets)


def _outcome(row: Correction, mentions: Counter[str], keys: Collection[tuple[str, ...]]) -> Correction:
    if row.state == "refused":
        return row
    if row.is_of_mentions:
        if mentions:
            first = min(mentions)
            return replace(row, state="applied", mentions=mentions.total(), article_id=first, detail=None)
        nobody = f"{row.article} has no quote by {row.target}; `quotesieve explain` shows whom it has."
        return replace(row, state="unused", detail=nobody if row.article else NO_MENTION.format(row))
    missing = [name for name in (row.target_name, row.value_name) if parse(name or "").key not in keys]
    if missing:
        advice = "; write it as `quotesieve query CLEAN speakers` has it."
        return replace(row, state="unused", detail=f"nobody is named {missing[0]}{advice}")
    return replace(row, state="applied", detail=None)


def findings_of(rows: Iterable[Correction]) -> list[Finding]:
    """A note for each row that does nothing."""
    return [
        Finding(f"correction_{row.state}", None, "note", "mentions", 0.0, 1.0, 1.0, row.problem)
        for row in rows
        if row.problem
    ]
