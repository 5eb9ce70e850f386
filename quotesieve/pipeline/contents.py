"""The shards that a new snapshot will consist of, and which of their rows stay.

A shard is either staged (made by this run) or published (kept from the snapshot before). Both
answer the same questions here, so that what follows need not care. Reads part files; writes none.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.pipeline.plan import Plan
from quotesieve.pipeline.shards import StagedShard
from quotesieve.store import ledger
from quotesieve.store.ledger import Entry, Key, Version
from quotesieve.store.parquet import FileEntry, read_part, read_scratch
from quotesieve.store.tables import TABLES

ArticleVersion = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard: where its files are, and what becomes of its rows.

    `renumber` maps each article and version as written to what it is now; what is not in it has
    left. `untouched` means that every row stays as it is.
    """

    name: str
    scratch: Path | None  # folder with mentions.arrow and paragraphs.arrow; None if published
    parts: Mapping[str, FileEntry]  # by table; paths are absolute
    entries: tuple[Entry, ...]
    renumber: Mapping[ArticleVersion, Version]
    untouched: bool

    @property
    def current(self) -> frozenset[str]:
        """The articles whose current content is in this shard."""
        return frozenset(article for (article, _), now in self.renumber.items() if now.is_latest)

    def rows(self, table: str, columns: Sequence[str]) -> pa.Table:
        """Some columns of the rows of `mentions` or `paragraphs` that stay."""
        if self.scratch is not None:
            path = self.scratch / f"{table}.arrow"
            if self.untouched:
                return read_scratch(path, columns)
            rows = read_scratch(path, list(dict.fromkeys([*columns, "article_id", "version"])))
            return rows.filter(self._staged_mask(rows)).select(list(columns))
        if table not in self.parts:
            return TABLES[table].schema.empty_table().select(list(columns))
        rows = read_part(Path(self.parts[table].path), columns)
        mask = self.staying(table)
        return rows if mask is None else rows.filter(pa.array(mask))

    def staying(self, table: str) -> np.ndarray | None:
        """Of a published shard: which of its rows of `mentions` or `paragraphs` stay; None if all do."""
        if self.untouched or table not in self.parts:
            return None
        names = read_part(Path(self.parts[table].path), ("article_id",)).column("article_id")
        return np.asarray(pc.is_in(names, pa.array(list(self.current), pa.string())))

    def _staged_mask(self, rows: pa.Table) -> pa.ChunkedArray:
        staying = [
            f"{article} {version}" for (article, version), now in self.renumber.items() if now.is_latest
        ]
        written = pc.cast(rows.column("version"), pa.string())
        keys = pc.binary_join_element_wise(rows.column("article_id"), written, " ")
        return pc.is_in(keys, pa.array(staying, pa.string()))


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Articles that were staged and stay out, and published contents that stay in their place."""

    keys: frozenset[Key] = frozenset()
    instead: Mapping[Key, Entry] = field(default_factory=dict)


NOTHING_HELD = HeldBack()


def load_shards(plan: Plan, staged: Sequence[StagedShard], held: HeldBack = NOTHING_HELD) -> list[Shard]:
    """All shards of the new snapshot: published ones that keep rows, then those of this run."""
    run = next_run(plan)
    kept = {**plan.kept, **held.instead}
    fresh: list[tuple[str, StagedShard, list[Entry]]] = []
    for number, shard in enumerate(staged):
        name = f"{run:05d}-{number:04d}"
        found = ledger.from_table(read_scratch(Path(shard.folder) / "ledger.arrow"), name)
        fresh.append((name, shard, found))
    everything = [*kept.values()]
    for _, shard, found in fresh:
        staying = [e for e in found if _stays(e, held, shard)]
        everything += [ledger.succeed(e, plan.previous_entries.get(e.key)) for e in staying]
    now = ledger.versions(everything)
    by_key = {entry.key: entry for entry in everything}
    made = [_fresh(name, s, found, held, by_key, now) for name, s, found in fresh]
    return _published(plan, kept, now) + [shard for shard in made if shard.entries]


def _stays(entry: Entry, held: HeldBack, shard: StagedShard) -> bool:
    """A held back article is left out; the rejection that stands for it has the same key.

    So is one that was cleaned again: it is in another of the staged shards.
    """
    return entry.article_id is None or (entry.key not in held.keys and entry.key not in shard.superseded)


def next_run(plan: Plan) -> int:
    """The number of the snapshot that this run will publish."""
    return plan.previous.run + 1 if plan.previous else 1


def _fresh(
    name: str,
    staged: StagedShard,
    found: Sequence[Entry],
    held: HeldBack,
    by_key: Mapping[Key, Entry],
    now: Mapping[Key, Version],
) -> Shard:
    written = ledger.versions(found)
    stay = [entry for entry in found if _stays(entry, held, staged)]
    renumber = _renumber(stay, written, now)
    untouched = len(stay) == len(found) and all(written[e.key] == now[e.key] for e in found if e.article_id)
    every_current = all(version.is_latest for version in written.values())
    parts = {name: entry for name in staged.files if (entry := staged.entry(name))}
    entries = tuple(replace(by_key[e.key], shard=name) for e in stay)
    return Shard(name, Path(staged.folder), parts, entries, renumber, untouched and every_current)


def _published(plan: Plan, kept: Mapping[Key, Entry], now: Mapping[Key, Version]) -> list[Shard]:
    if plan.previous is None:
        return []
    before = ledger.versions(plan.previous_entries.values())
    had: dict[str, list[Entry]] = {}
    for entry in plan.previous_entries.values():
        had.setdefault(entry.shard, []).append(entry)
    files: dict[str, dict[str, FileEntry]] = {name: {} for name in had}
    for table, entries in plan.previous.files.items():
        for file in entries:
            if (name := ledger.shard_of(file.path)) in files and file.path not in plan.damaged:
                files[name][table] = replace(file, path=(plan.clean / file.path).as_posix())
    shards = []
    for name in sorted(had):
        stay = [entry for entry in had[name] if entry.key in kept]
        if stay:
            untouched = len(stay) == len(had[name]) and all(
                before[e.key] == now[e.key] for e in stay if e.article_id
            )
            renumber = _renumber(stay, before, now)
            shards.append(Shard(name, None, files[name], tuple(stay), renumber, untouched))
    return shards


def _renumber(
    entries: Sequence[Entry], written: Mapping[Key, Version], now: Mapping[Key, Version]
) -> dict[ArticleVersion, Version]:
    return {(e.article_id, written[e.key].version): now[e.key] for e in entries if e.article_id}


def offsets_of(counts: Sequence[int]) -> np.ndarray:
    """Where each shard's rows begin when all are laid end to end; one longer than `counts`."""
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
