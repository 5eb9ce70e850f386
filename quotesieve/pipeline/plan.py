"""What a run would do, and why: the input as it is against the ledger of the snapshot before.

Reads every input file's bytes once for its digest and parses only files that changed. Decides
nothing about how a record is processed, and writes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from quotesieve import settings as setting
from quotesieve.errors import SettingsError, SnapshotError
from quotesieve.model import Metadata, RawArticle, Rejection
from quotesieve.outlets import NO_OUTLETS, Outlets, normal_name
from quotesieve.pipeline import boilerplate
from quotesieve.pipeline.boilerplate import Learned
from quotesieve.pipeline.corrections import NOTHING_CORRECTED, Corrected, read_corrected
from quotesieve.pipeline.selection import ALL, Selection
from quotesieve.pipeline.version import code_digest
from quotesieve.settings import Settings
from quotesieve.stages.boilerplate import Ints
from quotesieve.store import corrections, forgotten, ledger, outlets, quarantine, raw, snapshot
from quotesieve.store.forgotten import NOTHING, Sieve
from quotesieve.store.ledger import Entry, Key
from quotesieve.store.listing import InputFile, list_input
from quotesieve.store.manifest import Manifest
from quotesieve.store.parquet import read_parts
from quotesieve.store.quarantine import Held
from quotesieve.store.snapshot import Snapshot
from quotesieve.store.tables import OUTLETS

GROUPS = 8  # coarse pieces of the cleaning work at most: tasks of the flow
MUCH = 1000  # records to be done from which on workers are worth preparing while the rest is looked at
GROUP_SHARDS = 4  # shards in one piece at least: a smaller one would not keep the cores busy


@dataclass(frozen=True, slots=True)
class Source:
    """The input folder, and how to read one of its files."""

    root: str
    settings: Settings
    manifest: Manifest
    outlets: Outlets = NO_OUTLETS

    def digest(self, file: InputFile) -> str:
        """Digest of a file's bytes and of the metadata that stands outside it."""
        return raw.file_digest(self.root, file, manifest=self.manifest)

    def read(self, file: InputFile) -> Iterator[RawArticle | Rejection]:
        """The records of one file, streamed."""
        return raw.read_file(self.root, file, settings=self.settings.input, manifest=self.manifest)


@dataclass(frozen=True, slots=True)
class FileWork:
    """One file to read again, and which of its records: None means all."""

    file: InputFile
    digest: str
    records: frozenset[int] | None
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """Why records are processed or dropped: a code, how many, and an example for a person."""

    code: str  # a key of console.CHANGES
    count: int
    example: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. `kept` are the ledger entries whose outputs stay."""

    source: Source
    clean: Path
    previous: Snapshot | None
    previous_entries: Mapping[Key, Entry]
    kept: Mapping[Key, Entry]
    work: tuple[FileWork, ...]
    refused: tuple[Rejection, ...]  # by the listing or the manifest, to be recorded
    changes: tuple[Change, ...]
    containers: Mapping[str, str]
    waiting: tuple[str, ...] = ()
    damaged: frozenset[str] = field(default_factory=frozenset)  # published files to be made again
    quarantine: Mapping[Key, Held] = field(default_factory=dict)  # what was held back, and is still
    sieve: Sieve = NOTHING  # articles that must stay out
    forgotten: int = 0  # records of the input that are kept out
    made_by: Snapshot | None = None  # set if no record is made anew: whose digests of code and settings hold
    corrected: Corrected = NOTHING_CORRECTED  # what people corrected
    left: int = 0  # records that changed but are outside the selection: they wait
    cleaned_again: int = 0  # articles, after the others: their outlets' boilerplate changed with this run
    boilerplate: Ints | None = None  # of the snapshot before; None where there is none

    @property
    def is_empty(self) -> bool:
        """Nothing changed: the current snapshot is what a run would publish."""
        return self.previous is not None and not self.changes

    @property
    def records(self) -> int:
        """How many records will be processed."""
        return sum(piece.count for piece in self.work) + len(self.refused)

    def groups(self) -> list[list[FileWork]]:
        """The work in at most GROUPS pieces of about equal size; a file is never divided."""
        least = GROUP_SHARDS * self.source.settings.store.shard_articles
        share = max(least, -(-sum(piece.count for piece in self.work) // GROUPS))
        groups: list[list[FileWork]] = [[]]
        size = 0
        for piece in self.work:
            if size >= share:
                groups.append([])
                size = 0
            groups[-1].append(piece)
            size += piece.count
        return groups


def make_plan(
    raw_root: str,
    clean: Path,
    settings: Settings,
    *,
    full: bool = False,
    selection: Selection = ALL,
    when_much: Callable[[], None] = lambda: None,
) -> Plan:
    """Compare RAW with what CLEAN holds. What is outside `selection` stays as it is published.

    `when_much` is called once, as soon as MUCH records are known to be due.

    Raises InputFolderMissing, ManifestError, OutletsError, and SnapshotError or SchemaMismatch if CLEAN
    cannot be read and `full` is not set.
    """
    previous, forced = _previous(clean, settings, full=full)
    _require_everything_where_due(clean, forced, selection)
    damaged = frozenset(e.path for e in snapshot.damaged(clean, previous)) if previous else frozenset()
    corrected = read_corrected(raw_root, clean, previous, damaged)
    entries = _entries(clean, previous, damaged)
    source = Source(raw_root, settings, raw.load_manifest(raw_root), outlets.load_outlets(raw_root))
    known_outlets = outlets_of(clean, previous, damaged)
    files, refused, waiting = list_input(raw_root, settings.input)
    trusted = previous is not None and not any("/ledger/" in path for path in damaged)
    survey = _Survey(
        source,
        entries,
        previous.containers if previous and trusted else {},
        {ledger.shard_of(path) for path in damaged},
        forced,
        source.outlets.changed_names(known_outlets),
        quarantine.load(clean),
        Sieve.of(forgotten.load(clean)),
        selection,
        corrected.articles,
    )
    told = False
    for file in files:
        survey.look_at(file)
        if not told and survey.counts.total() >= MUCH:
            told = True
            when_much()
    survey.look_at_refused([*source.manifest.problems, *refused])
    survey.look_at_rest(waiting)
    survey.revive()
    learned = boilerplate.learned(clean, previous, damaged)
    return Plan(
        source=source,
        clean=clean,
        previous=previous,
        previous_entries=entries,
        kept=survey.kept,
        work=tuple(survey.work()),
        refused=tuple(survey.refused),
        changes=(
            *_changes(survey, source, previous, damaged, known_outlets, corrected),
            *_relearned(learned, survey, frozenset(waiting)),
        ),
        containers=survey.containers,
        waiting=tuple(waiting),
        damaged=damaged,
        quarantine=survey.held,
        sieve=survey.sieve,
        forgotten=survey.forgotten,
        corrected=corrected,
        left=survey.left,
        boilerplate=learned.lines if previous else None,
    )


def _require_everything_where_due(clean: Path, forced: str | None, selection: Selection) -> None:
    """Raise SettingsError where every record is due and only some are selected."""
    if forced in ("code", "settings") and not selection.is_all:
        raise SettingsError(
            f"{clean}: the {'program' if forced == 'code' else 'settings'} changed since the last snapshot, "
            "so every record is due. Run once without dates and paths, then again with them."
        )


def _relearned(learned: Learned, survey: "_Survey", waiting: frozenset[str]) -> Iterator[Change]:
    """Articles that stay as they are but for lines that came to be, or are no longer, boilerplate.

    What new articles will change of that is seen only when they have been cleaned.
    """
    held = survey.held.keys()
    staying = [key for key in survey.kept if key not in held and key.raw_path not in waiting]
    stale = learned.stale(frozenset(survey.kept), frozenset(staying)) if not survey.left else []
    if stale:
        first = min(stale)
        yield Change("boilerplate", len(stale), first.raw_path + f"#{first.record}" * bool(first.record))


def outlets_of(clean: Path, previous: Snapshot | None, damaged: frozenset[str] = frozenset()) -> Outlets:
    """The registry of the snapshot before, as its outlets table tells it."""
    if previous is None:
        return NO_OUTLETS
    return outlets.from_table(read_parts(snapshot.whole_parts(clean, previous, "outlets", damaged), OUTLETS))


def _changes(
    survey: "_Survey",
    source: Source,
    previous: Snapshot | None,
    damaged: frozenset[str],
    known_outlets: Outlets,
    corrected: Corrected,
) -> Iterator[Change]:
    """Why there is something to do, most frequent reason first."""
    for code, count in survey.counts.most_common():
        yield Change(code, count, survey.examples[code])
    if damaged and not survey.counts["damaged"]:
        yield Change("damaged", len(damaged), min(damaged))
    if previous and previous.dedup != dedup_digest(source.settings):
        yield Change("dedup", len(survey.kept), "the [dedup] settings changed")
    if previous and not survey.counts["outlets"] and not source.outlets.says_as_much_as(known_outlets):
        yield Change("outlets", 0, outlets.NAME)
    if previous and not survey.counts["corrections"] and corrected.is_changed:
        yield Change("corrections", 0, corrections.NAME)


def record_digest(settings: Settings) -> str:
    """Digest of the settings that change what one record becomes."""
    return setting.digest(settings, ("input", "speakers", "store"))


def dedup_digest(settings: Settings) -> str:
    """Digest of the settings that change how records are grouped."""
    return setting.digest(settings, ("dedup",))


def _previous(clean: Path, settings: Settings, *, full: bool) -> tuple[Snapshot | None, str]:
    """The snapshot to go by, and the code of why all records are processed again ("" if not)."""
    try:
        previous = snapshot.load_current(clean)
    except SnapshotError:
        if not full:
            raise
        return None, "full"
    if previous is None:
        return None, ""
    if full:
        return previous, "full"
    if previous.code != code_digest():
        return previous, "code"
    return previous, "settings" if previous.settings != record_digest(settings) else ""


def _entries(clean: Path, previous: Snapshot | None, damaged: frozenset[str]) -> dict[Key, Entry]:
    if previous is None:
        return {}
    return ledger.read(snapshot.whole_parts(clean, previous, "ledger", damaged))


class _Survey:
    """Goes through the input file by file and sorts its records into kept and to be done."""

    def __init__(
        self,
        source: Source,
        entries: Mapping[Key, Entry],
        containers_before: Mapping[str, str],
        lost: set[str],
        forced: str,
        outlets_changed: frozenset[str],
        held: Mapping[Key, Held],
        sieve: Sieve,
        selection: Selection,
        corrected: frozenset[str],
    ) -> None:
        self._source = source
        self._entries = entries
        self._containers_before = containers_before
        self._lost = lost
        self._forced = forced
        self._outlets_changed = outlets_changed
        self._corrected = corrected
        self.held = held
        self.sieve = sieve
        self.forgotten = 0
        self._selection = selection
        self._partial: set[str] = set()  # files of which something was left for a later run
        self._sifted: set[str] = set()  # files of which something must stay out
        self._before: dict[str, list[Entry]] = {}
        for entry in entries.values():
            self._before.setdefault(entry.key.raw_path, []).append(entry)
        self._files: dict[str, tuple[InputFile, str]] = {}
        self._todo: dict[str, set[int]] = {}
        self.kept: dict[Key, Entry] = {}
        self.refused: list[Rejection] = []
        self.containers: dict[str, str] = {}
        self.left = 0
        self.counts: Counter[str] = Counter()
        self.examples: dict[str, str] = {}

    def look_at(self, file: InputFile) -> None:
        """Decide about one file that is there."""
        before = self._before.pop(file.path, [])
        digest = self._source.digest(file)
        self._files[file.path] = (file, digest)
        if not file.container:
            known = before[0] if before else None
            held = self.held.get(Key.of(file.path, None))
            same = known is not None and (
                known.file_digest == digest or (held is not None and held.file_digest == digest)
            )
            about = self._about(file, same=same)
            self._decide(Key.of(file.path, None), known, digest, same=same, about=about)
            return
        self.containers[file.path] = digest
        unchanged = before and self._containers_before.get(file.path) == digest
        selecting = self._forced and self._selection.has_window
        if unchanged and not selecting and not self.sieve.has_file(file.path):
            for entry in before:
                self._decide(entry.key, entry, entry.digest, same=True)
        else:
            self._compare(file, {entry.key: entry for entry in before})

    def _compare(self, file: InputFile, known: dict[Key, Entry]) -> None:
        """Record by record through a container that is new or changed."""
        for item in self._source.read(file):
            key = Key.of(item.raw_path, item.record)
            entry = known.pop(key, None)
            held = self.held.get(key)
            known_digests = (entry.digest if entry else None, held.digest if held else None)
            about = item.metadata if isinstance(item, RawArticle) else None
            same = entry is not None and item.digest in known_digests
            self._decide(key, entry, item.digest, same=same, about=about)
        for entry in known.values():
            self._drop(entry)

    def _about(self, file: InputFile, *, same: bool) -> Metadata | None:
        """What is known of a file that is one record, if its date decides; reads it only then."""
        if not self._selection.has_window or (same and not self._forced):
            return None
        items = list(self._source.read(file))
        return items[0].metadata if len(items) == 1 and isinstance(items[0], RawArticle) else None

    def look_at_refused(self, refused: Iterable[Rejection]) -> None:
        """Decide about what the listing or the manifest refused."""
        by_path: dict[str, list[Rejection]] = {}
        for rejection in refused:
            by_path.setdefault(rejection.raw_path, []).append(rejection)
        for path, rejections in by_path.items():
            known = {entry.key: entry for entry in self._before.pop(path, [])}
            for rejection in rejections:
                key = Key.of(path, rejection.record)
                entry = known.pop(key, None)
                same = entry is not None and entry.digest == rejection.digest
                if self._decide(key, entry, rejection.digest, same=same):
                    self.refused.append(rejection)
            for entry in known.values():
                self._drop(entry)

    def _drop(self, entry: Entry) -> None:
        """The record is gone: so is what it became, unless the run looks at a selection only."""
        if self._selection.is_all:
            self._note("deleted", entry.key)
        else:
            self._leave(entry.key, entry)

    def _leave(self, key: Key, known: Entry | None) -> None:
        """The record is outside the selection: it stays as published, and the next whole run sees it."""
        self.left += 1
        self._partial.add(key.raw_path)
        if known is not None:
            self.kept[key] = known

    def _decide(
        self, key: Key, known: Entry | None, digest: str, *, same: bool, about: Metadata | None = None
    ) -> bool:
        """Keep a record or mark it to be done; True if it is to be done."""
        if self._is_forgotten(key, known, digest, same=same):
            return False
        if known is not None and same:
            reason = self._forced or ("damaged" if known.shard in self._lost else self._decided(known))
        else:
            reason = "new" if known is None else "changed"
        if not reason and known is not None:
            self.kept[key] = known
            return False
        is_lost = known is not None and known.shard in self._lost
        always = is_lost or reason == "corrections"
        if not always and not self._is_selected(key, about, same=same):
            self._leave(key, known)
            return False
        self._note(reason, key)
        self._todo.setdefault(key.raw_path, set()).add(key.record)
        return True

    def _is_selected(self, key: Key, about: Metadata | None, *, same: bool) -> bool:
        chosen = self._selection
        if chosen.known and not same:
            return False
        return chosen.has_path(key.raw_path) and chosen.has_date(about)

    def _is_forgotten(self, key: Key, known: Entry | None, digest: str, *, same: bool) -> bool:
        """Whether a record must stay out. One that stands in the tables still is a change."""
        published = known is not None and known.article_id in self.sieve.articles
        if published:
            self._note("forgotten", key)
        if (published and same) or self.sieve.has_record(key, digest):
            self.forgotten += 1
            self._sifted.add(key.raw_path)
            return True
        return False

    def _decided(self, known: Entry) -> str:
        """Why a record that did not change is done again all the same; "" if it is not."""
        held = self.held.get(known.key)
        if held is not None and held.state == "released" and not held.is_in(known):
            return "released"
        outlet = known.outlet and normal_name(known.outlet)
        if outlet in self._outlets_changed:
            return "outlets"
        return "corrections" if self._corrected and self._is_corrected(known) else ""

    def _is_corrected(self, known: Entry) -> bool:
        """Whether a correction of this record's mentions came, changed or went."""
        path, record = known.key
        return not self._corrected.isdisjoint({known.article_id, path, f"{path}#{record}"})

    def look_at_rest(self, waiting: Sequence[str]) -> None:
        """The rest of the ledger: files being written keep what they had, the others are gone."""
        held_back = set(waiting)
        for path, before in self._before.items():
            for entry in before:
                if path in held_back and entry.article_id not in self.sieve.articles:
                    self.kept[entry.key] = entry
                elif path in held_back:
                    self._note("forgotten", entry.key)
                else:
                    self._drop(entry)
            if path in held_back and path in self._containers_before:
                self.containers[path] = self._containers_before[path]
        for path in self._partial:  # not as it is now: the next run must look into it again
            self.containers.pop(path, None)
            if path in self._containers_before:
                self.containers[path] = self._containers_before[path]

    def revive(self) -> None:
        """Do records again that may be current now that a later fetch of their article is gone.

        Only the current content of an article has mentions in the tables, so they are made anew.
        """
        before = ledger.versions(self._entries.values())
        gone = {
            entry.article_id
            for key, entry in self._entries.items()
            if key not in self.kept and entry.article_id and before[key].is_latest
        }
        stale = [key for key, entry in self.kept.items() if entry.article_id in gone]
        for key in stale:
            if key.raw_path in self._files:
                del self.kept[key]
                self._note("became_current", key)
                self._todo.setdefault(key.raw_path, set()).add(key.record)

    def _note(self, code: str, key: Key) -> None:
        self.counts[code] += 1
        if code not in self.examples:
            self.examples[code] = f"{key.raw_path}#{key.record}" if key.record else key.raw_path

    def work(self) -> Iterator[FileWork]:
        """The files to read again, in the order they were listed."""
        kept = {key.raw_path for key in self.kept} | self._partial | self._sifted
        for path, (file, digest) in self._files.items():
            if todo := self._todo.get(path):
                records = frozenset(todo) if path in kept else None
                yield FileWork(file, digest, records, len(todo))
