"""From shards to a snapshot: have everything grouped and judged, write what changed, publish.

A part file whose rows come out as before is linked, not written. How statements are grouped stands in
`pipeline.grouping`, what is held back or refused in `pipeline.gate`.
"""

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.errors import ConservationError, SnapshotError
from quotesieve.pipeline.admission import (
    Admission,
    Compared,
    SnapshotFigures,
    Verdict,
    admit,
    conclude,
    count_contents,
    count_merged,
    remember,
)
from quotesieve.pipeline.archives import publish_index
from quotesieve.pipeline.boilerplate_settling import settle
from quotesieve.pipeline.clock import Clock
from quotesieve.pipeline.contents import Shard, load_shards, next_run
from quotesieve.pipeline.corrections_outcome import findings_of, with_outcome
from quotesieve.pipeline.grouping import Copies, Grouped, Matching, group_both
from quotesieve.pipeline.keys import LEFT_OUT, check_keys, write_corrections, write_outlets, write_runs
from quotesieve.pipeline.parts import ShardTask, finish_shard
from quotesieve.pipeline.plan import Plan, dedup_digest, record_digest
from quotesieve.pipeline.refused import drop_refused, keep_refused
from quotesieve.pipeline.reuse import Reuse, find_reuse
from quotesieve.pipeline.shards import StagedShard
from quotesieve.pipeline.version import code_digest
from quotesieve.pipeline.workers import Workers
from quotesieve.process import give_memory_back
from quotesieve.stages.passage_columns import Columns, passage_columns
from quotesieve.stages.passages import Ids, Ints
from quotesieve.stages.people.rows import speaker_columns
from quotesieve.store import forgotten, quarantine, runs
from quotesieve.store.index import drop_others
from quotesieve.store.index import pending as pending_index
from quotesieve.store.parquet import FileEntry, write_part
from quotesieve.store.snapshot import (
    Snapshot,
    prune,
    publish,
    relocated,
    staging,
)
from quotesieve.store.tables import COMPARISONS, REDIRECTS, SPEAKER_REDIRECTS, SPEAKERS, TABLES

MANY_MENTIONS = 300_000  # whose people take some 100 MB to write
OF_ALL_SHARDS = (REDIRECTS.name, SPEAKERS.name, SPEAKER_REDIRECTS.name)


def finish(
    plan: Plan, staged: Sequence[StagedShard], workers: Workers, clock: Clock
) -> tuple[Snapshot, Verdict]:
    """Hold back what the gate holds back, group, write, and publish unless the gate closes.

    Returns the snapshot, which was published or refused as the verdict says.
    """
    admitted = admit(plan, staged, clock.started, f"{next_run(plan):05d}")
    judged = plan
    plan, staged = settle(plan, staged, admitted.back, workers)
    if admitted.stand_in:
        staged = [*staged, admitted.stand_in]
    shards = load_shards(plan, staged, admitted.back)
    give_memory_back()
    shutil.rmtree(pending_index(plan.clean), ignore_errors=True)
    matching = Matching.of(plan, shards, workers)
    mentions, copies = group_both(matching)
    give_memory_back()
    words = (mentions.words_by_shard, copies.words_by_shard)
    reuse = find_reuse(shards, words, (mentions.grouping.labels, copies.labels), plan.source.outlets, workers)
    give_memory_back()
    run_id = _run_id(plan, shards)
    target = staging(plan.clean) / run_id
    shutil.rmtree(target, ignore_errors=True)
    files = _write(_tasks(shards, mentions, copies, reuse, target), mentions, target, workers)
    give_memory_back()
    check_conservation(plan, staged, shards, files, mentions)
    contents = _contents(shards, mentions)
    files["outlets"] = (write_outlets(plan, target, contents),)
    corrections = with_outcome(plan, staged, shards, mentions.named.speakers)
    files["corrections"] = (write_corrections(target, corrections),)
    merged = _merged(shards, mentions, admitted)
    faults = check_keys(files)
    if faults and plan.made_by is not None:  # nothing arrived that could be refused
        raise ConservationError(f"{faults[0].message} Nothing was published.")
    compared = Compared(contents, merged, [*faults, *findings_of(corrections)])
    verdict = conclude(plan, admitted, run_id, compared, clock.now())
    files["runs"] = (write_runs(target, admitted.past, verdict.rows),)
    snapshot = _snapshot(plan, run_id, files, staged, shards, reuse.left_out)
    kept = remember(judged, admitted, run_id, shards)
    forgotten.remember(plan.clean, (row for shard in staged for row in shard.forgotten))
    if verdict.state == "refused":
        keep_refused(plan.clean, target, snapshot, verdict, kept)
    else:
        # What was decided stays on record until it is carried out, and what is new is before it counts:
        # a run that dies in between must lose neither.
        quarantine.save(plan.clean, {**plan.quarantine, **{one.key: one for one in kept}}.values())
        _check_written(target, snapshot)
        publish_index(
            plan, snapshot, {"mentions": mentions.notes, "paragraphs": copies.notes}, matching.index
        )
        _settle(plan.clean, target, snapshot)
        quarantine.save(plan.clean, kept)
        prune(plan.clean, snapshot, plan.source.settings.store)
        drop_refused(plan.clean)
    runs.append(plan.clean, verdict.rows)
    return snapshot, verdict


def _write(
    tasks: Iterable[ShardTask], mentions: Grouped, target: Path, workers: Workers
) -> dict[str, tuple[FileEntry, ...]]:
    """Write all part files: those of shards by the workers, those of all shards meanwhile, or, where that
    would take much memory beside, then."""
    writing = workers.stream((finish_shard, (task,)) for task in tasks)
    if len(mentions.columns) > MANY_MENTIONS:
        results = list(writing)
        return _collect(results, target) | _of_all_shards(mentions, target)
    with ThreadPoolExecutor(1) as beside:
        of_all_shards = beside.submit(_of_all_shards, mentions, target)
        results = list(writing)
    return _collect(results, target) | of_all_shards.result()


def _contents(shards: Sequence[Shard], mentions: Grouped) -> SnapshotFigures:
    """What the new tables hold, by outlet."""
    entries = (entry for shard in shards for entry in shard.entries)
    columns = mentions.columns
    return count_contents(entries, columns.outlets, columns.outlet, mentions.grouping.labels)


def _merged(shards: Sequence[Shard], mentions: Grouped, admitted: Admission) -> Mapping[str | None, int]:
    """Of the mentions in new articles those that share their passage with others, by outlet."""
    labels, columns = mentions.grouping.labels, mentions.columns
    several = np.bincount(labels, minlength=1)[labels] > 1 if len(labels) else np.empty(0, np.bool_)
    is_new, new = np.zeros(len(labels), np.bool_), pa.array(list(admitted.new), pa.string())
    for i, shard in enumerate(shards):
        if shard.scratch is not None:
            names = shard.rows("mentions", ("article_id",)).column("article_id")
            own = pc.is_in(names, new)
            is_new[int(mentions.offsets[i]) : int(mentions.offsets[i + 1])] = np.asarray(own)
    return count_merged(columns.outlets, columns.outlet, several & is_new)


# --- writing ----------------------------------------------------------------------------------


def _tasks(
    shards: Sequence[Shard], mentions: Grouped, copies: Copies, reuse: Reuse, target: Path
) -> Iterator[ShardTask]:
    """What each shard's part files need besides its own rows."""
    homes = mentions.members.first
    home_order = np.argsort(homes, kind="stable")
    links = mentions.grouping.links
    later = np.maximum(np.asarray(links["left"]), np.asarray(links["right"]))
    link_order = np.argsort(later, kind="stable")
    for i, shard in enumerate(shards):
        start, end = int(mentions.offsets[i]), int(mentions.offsets[i + 1])
        first, last = int(copies.offsets[i]), int(copies.offsets[i + 1])
        at_home = _within(home_order, homes, start, end)
        own_links = _within(link_order, later, start, end)
        yield ShardTask(
            shard=shard,
            target=target,
            speaker_ids=pa.array(mentions.people.ids_of(slice(start, end)), pa.string()),
            passage_ids=_strings(mentions.identity.passage_ids[mentions.grouping.labels[start:end]]),
            canonical_texts=_canonical_of(mentions, start, end),
            copy_group=copies.names[copies.labels[first:last]].astype(str).tolist(),
            is_canonical=copies.is_canonical[first:last].tolist(),
            passages=_passages(mentions, at_home, start, reuse.independent[at_home].tolist()),
            comparisons=_comparisons(mentions, own_links),
            reuse=reuse.by_shard[i],
        )


def _within(order: Ints, values: Ints, start: int, end: int) -> Ints:
    """Indexes of the values from start to end, `order` being their argsort."""
    bounds = np.searchsorted(values, [start, end], sorter=order)
    return np.sort(order[bounds[0] : bounds[1]])


def _canonical_of(mentions: Grouped, start: int, end: int) -> list[str | None]:
    """The canonical text of each mention's passage; None where that is the mention itself."""
    labels = mentions.grouping.labels[start:end]
    itself = mentions.grouping.canonical[labels] == np.arange(start, end)
    return [
        None if own else mentions.canonical_texts[g] for g, own in zip(labels.tolist(), itself, strict=True)
    ]


def _passages(
    mentions: Grouped, groups: Ints, start: int, independent: Sequence[int]
) -> tuple[Columns, list[int]]:
    """Columns of the passages at home in a shard that begins at mention `start`.

    Passages of one mention get their text from the shard itself: the second list says from
    which of its mentions, -1 where the columns have it.
    """
    texts, canonical = mentions.canonical_texts, mentions.grouping.canonical
    listed = groups.tolist()
    made = passage_columns(mentions.columns, mentions.members, groups, canonical, mentions.identity)
    made["independent_outlet_count"] = list(independent)
    made["canonical_text"] = [texts.get(g, "") for g in listed]
    first = (mentions.members.first[groups] - start).tolist()
    return made, [-1 if g in texts else mention for g, mention in zip(listed, first, strict=True)]


def _strings(values: Ids) -> pa.Array:
    return pa.array(values.astype(str), pa.string())


def _comparisons(mentions: Grouped, chosen: Ints) -> pa.Table:
    """Rows of the comparisons table for some of the links."""
    links = mentions.grouping.links.take(pa.array(chosen))
    names = mentions.columns.ids
    columns = {f"{side}_mention_id": _strings(names[np.asarray(links[side])]) for side in ("left", "right")}
    arrays = [
        columns[c.name] if c.name in columns else links[c.name].cast(c.type) for c in COMPARISONS.columns
    ]
    return pa.Table.from_arrays(arrays, schema=COMPARISONS.schema)


def _of_all_shards(mentions: Grouped, target: Path) -> dict[str, tuple[FileEntry, ...]]:
    """The tables that have one part file for all shards: people, and where retired ids lead."""
    people = speaker_columns(mentions.named, mentions.grouping.labels, mentions.people)
    types = {c.name: c.type for c in SPEAKERS.columns}
    arrays = {name: pa.array(values, types[name]) for name, values in people}
    made = {SPEAKERS: pa.table(arrays).select(SPEAKERS.schema.names).cast(SPEAKERS.schema)}
    for table, identity in ((REDIRECTS, mentions.identity), (SPEAKER_REDIRECTS, mentions.people.identity)):
        rows = sorted(identity.redirects.items())
        columns = [pa.array([row[i] for row in rows], pa.string()) for i in (0, 1)]
        made[table] = pa.Table.from_arrays(columns, schema=table.schema)
    return {
        table.name: (write_part(target / table.name / "part-all.parquet", rows, table),)
        for table, rows in made.items()
    }


def _collect(results: Sequence[Mapping[str, FileEntry]], target: Path) -> dict[str, tuple[FileEntry, ...]]:
    """All part files by table; a table without rows gets one empty part, so that readers find it."""
    files: dict[str, list[FileEntry]] = {name: [] for name in (*TABLES, "ledger", "fingerprints")}
    for result in results:
        for name, entry in result.items():
            files[name].append(entry)
    for name, declared in TABLES.items():
        if not files[name] and name not in (*LEFT_OUT, *OF_ALL_SHARDS):
            empty = target / name / "part-empty.parquet"
            files[name] = [write_part(empty, declared.schema.empty_table(), declared)]
    return {name: tuple(entries) for name, entries in files.items()}


# --- publication ------------------------------------------------------------------------------


def _run_id(plan: Plan, shards: Sequence[Shard]) -> str:
    """Number of the run and a digest of what it stands for; no clock, so that a re-run is the same."""
    settings = plan.source.settings
    made_by = f"{code_digest()} {record_digest(settings)} {dedup_digest(settings)}{plan.corrected.now.digest}"
    found = hashlib.sha256(made_by.encode())
    for shard in shards:
        for entry in shard.entries:
            found.update(f"{shard.name} {entry.key} {entry.digest}\n".encode())
    return f"{next_run(plan):05d}-{found.hexdigest()[:8]}"


def _snapshot(
    plan: Plan,
    run_id: str,
    files: Mapping[str, tuple[FileEntry, ...]],
    staged: Sequence[StagedShard],
    shards: Sequence[Shard],
    reuse_left_out: int,
) -> Snapshot:
    settings = plan.source.settings
    located = {name: tuple(relocated(e, run_id, name) for e in entries) for name, entries in files.items()}
    counts = {name: sum(entry.rows for entry in entries) for name, entries in files.items()}
    counts["records"] = sum(len(shard.entries) for shard in shards)
    counts["processed"] = plan.records
    counts["cleaned_again"] = plan.cleaned_again
    counts["lines_removed"] = sum(shard.lines_removed for shard in staged)
    counts["forgotten"] = plan.forgotten + sum(len(shard.forgotten) for shard in staged)
    counts["reuse_left_out"] = reuse_left_out
    del counts["ledger"], counts["fingerprints"]
    return Snapshot(
        id=run_id,
        run=next_run(plan),
        previous=plan.previous.id if plan.previous else None,
        code=plan.made_by.code if plan.made_by else code_digest(),
        settings=plan.made_by.settings if plan.made_by else record_digest(settings),
        dedup=dedup_digest(settings),
        files=located,
        containers=plan.containers,
        counts=counts,
    )


def check_conservation(
    plan: Plan,
    staged: Sequence[StagedShard],
    shards: Sequence[Shard],
    files: Mapping[str, tuple[FileEntry, ...]],
    mentions: Grouped,
) -> None:
    """Raise ConservationError unless everything that went in is accounted for."""
    rows = {name: sum(entry.rows for entry in entries) for name, entries in files.items()}
    records = sum(len(shard.entries) for shard in shards)
    dropped = sum(len(shard.forgotten) for shard in staged)
    in_passages = int(mentions.members.sizes.sum())
    laws = (
        ("records planned = records done", len(plan.kept) + plan.records, records + dropped),
        ("records = articles + rejections", records, rows["articles"] + rows["rejections"]),
        ("mentions = mentions in passages", rows["mentions"], in_passages),
        ("passages = groups of mentions", rows["passages"], len(mentions.members)),
        ("passage ids are distinct", len(np.unique(mentions.identity.passage_ids)), len(mentions.members)),
        ("mention ids are distinct", len(np.unique(mentions.columns.ids)), len(mentions.columns)),
    )
    for law, left, right in laws:
        if left != right:
            raise ConservationError(
                f"{law}: {left} is not {right}. This is a bug; nothing was published. Please report it."
            )


def _check_written(target: Path, snapshot: Snapshot) -> None:
    """Raise SnapshotError unless all files of the snapshot are there."""
    missing = [
        entry.path
        for entries in snapshot.files.values()
        for entry in entries
        if not (target / Path(entry.path).relative_to(f"snapshots/{snapshot.id}")).exists()
    ]
    if missing:
        raise SnapshotError(f"{target}: {missing[0]} was not written. Run again; nothing was published.")


def _settle(clean: Path, target: Path, snapshot: Snapshot) -> None:
    """Publish, then remove what the run staged; what another plan left goes too."""
    publish(clean, target, snapshot)
    drop_others(clean, snapshot.id)
    shutil.rmtree(staging(clean), ignore_errors=True)
