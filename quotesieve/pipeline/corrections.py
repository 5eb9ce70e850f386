"""corrections.csv in a run: what its rows mean in this data set, and which of them are new.

Holds no rule of applying them: `stages.corrections` and `stages.people` do that. What came of each is
`corrections_outcome`'s.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.corrections import NO_CORRECTIONS, Correction, Corrections
from quotesieve.metadata import canonical_url
from quotesieve.stages import ids
from quotesieve.stages.people.names import parse
from quotesieve.stages.people.settle import Rules
from quotesieve.store.corrections import from_table, is_id, load_corrections, refused
from quotesieve.store.parquet import read_parts
from quotesieve.store.snapshot import Snapshot, whole_parts
from quotesieve.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrections of a run and of the run before, and the articles where they differ."""

    now: Corrections = NO_CORRECTIONS
    before: Corrections = NO_CORRECTIONS
    articles: frozenset[str] = frozenset()  # ids, addresses and raw paths
    unseen: tuple[str, ...] = ()  # lines about mentions that nobody has seen so far

    @property
    def is_changed(self) -> bool:
        """Whether the file says anything that it did not say before, or the other way round."""
        return [_as_written(row) for row in self.now.rows] != [_as_written(row) for row in self.before.rows]

    @property
    def rules(self) -> Rules:
        """What they say of people."""
        pairs = [(row.action, (row.target_name or "", row.value_name or "")) for row in of_people(self.now)]
        return Rules(
            tuple(pair for action, pair in pairs if action == "merge"),
            tuple(pair for action, pair in pairs if action == "split"),
        )


NOTHING_CORRECTED = Corrected()


def _as_written(row: Correction) -> tuple[object, ...]:
    return row.line, row.action, row.target, row.value, row.article, row.note


def of_people(corrections: Corrections) -> list[Correction]:
    """The rows about people that count."""
    return [row for row in corrections.rows if row.action in ("merge", "split") and row.state != "refused"]


# --- before the run ---------------------------------------------------------------------------


def read_corrected(
    root: str, clean: Path, previous: Snapshot | None, damaged: frozenset[str] = frozenset()
) -> Corrected:
    """corrections.csv beside what the snapshot before was made with. Raises CorrectionsError."""
    data = _Published(clean, previous, damaged)
    before = from_table(data.read("corrections"))
    now = _without_contradictions(data.with_names(load_corrections(root), before))
    changed = _differing(now, before)
    found = data.articles_of(row.target for row in changed if not row.article)
    known = {row.identity: row.article_id for row in before if row.article_id}
    articles = {found.get(row.target) or known.get(row.identity) or _article(row.article) for row in changed}
    made, made_before = Corrections.of(now), Corrections.of(before)
    new = [row for row in changed if previous and row in now and not row.article]
    unseen = [row for row in new if row.target not in found and row.identity not in known]
    lines = tuple(filter(None, (replace(row, detail=NO_MENTION.format(row)).problem for row in unseen)))
    return Corrected(made, made_before, frozenset(filter(None, articles)), lines)


def _article(name: str) -> str:
    """The id of an article that is given by its address; an id or a raw path as it is."""
    address = canonical_url(name)
    return ids.article_id(address, None, "", None) if address else name


def published_corrections(clean: Path, previous: Snapshot) -> Corrected:
    """Those of a snapshot, unchanged: for a run that does not read RAW."""
    rows = from_table(_Published(clean, previous, frozenset()).read("corrections"))
    made = Corrections.of(rows)
    return Corrected(made, made)


NO_MENTION = (
    "no mention {0.target}; `quotesieve explain CLEAN ARTICLE --json` has the ids. It waits for an article "
    "that has it."
)


def _differing(now: Sequence[Correction], before: Sequence[Correction]) -> list[Correction]:
    """Rows about mentions that stand on one side only."""
    was = {row.identity for row in before if row.is_of_mentions}
    is_ = {row.identity for row in now if row.is_of_mentions}
    both = (*now, *before)
    return [row for row in both if row.is_of_mentions and row.identity in was ^ is_]


@dataclass(frozen=True, slots=True)
class _Published:
    """What the snapshot before knows of mentions and people."""

    clean: Path
    previous: Snapshot | None
    damaged: frozenset[str]

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """A table; empty if there is none, or if an earlier version did not have it."""
        whole = whole_parts(self.clean, self.previous, table, self.damaged)
        return read_parts(whole, TABLES[table], columns)

    def articles_of(self, mentions: Iterable[str]) -> dict[str, str]:
        """The article of each of the mentions that is known."""
        wanted = pa.array(sorted(set(mentions)), pa.string())
        if not len(wanted):
            return {}
        rows = self.read("mentions", ("mention_id", "article_id"))
        rows = rows.filter(pc.is_in(rows.column("mention_id"), wanted))
        return dict(
            zip(rows.column("mention_id").to_pylist(), rows.column("article_id").to_pylist(), strict=True)
        )

    def with_names(self, rows: Sequence[Correction], before: Sequence[Correction]) -> list[Correction]:
        """The rows with the names that speaker ids stand for, or stood for when they were first read."""
        stood = {_as_written(row)[1:5]: row for row in before if row.state != "refused"}
        names = self._names() if any(is_id(row.value) or is_id(row.target) for row in rows) else {}
        named = [
            row if row.state == "refused" else _named(row, names, stood.get(_as_written(row)[1:5]))
            for row in rows
        ]
        return [
            replace(row, target_name=self._name_in_article(row, names)) if _is_by_id(row) else row
            for row in named
        ]

    def _name_in_article(self, row: Correction, names: Mapping[str, str]) -> str | None:
        """The name that the row's article has for the person with the id `target`, or the person's; None if
        it is no person's id.
        """
        person = names.get(row.target)
        if person is None:
            return None
        moved = dict(
            zip(*(column.to_pylist() for column in self.read("speaker_redirects").columns), strict=True)
        )
        articles = self._articles_named(row.article)
        said = self.read("mentions", ("article_id", "speaker_id", "speaker"))
        said = said.filter(pc.equal(said.column("speaker_id"), moved.get(row.target, row.target)))
        said = said.filter(pc.is_in(said.column("article_id"), articles))
        counts = Counter(filter(None, said.column("speaker").to_pylist()))
        return min(counts, key=lambda name: (-counts[name], name), default=person)

    def _articles_named(self, name: str) -> pa.Array:
        """The ids of the articles that a row names by id, address or raw path."""
        rows = self.read("articles", ("article_id", "raw_path", "raw_record"))
        found = [
            article
            for article, path, record in zip(*(column.to_pylist() for column in rows.columns), strict=True)
            if name in (article, path, f"{path}#{record}") or article == _article(name)
        ]
        return pa.array(found, pa.string())

    def _names(self) -> dict[str, str]:
        people = self.read("speakers", ("speaker_id", "name"))
        names = dict(zip(*(column.to_pylist() for column in people.columns), strict=True))
        moved = self.read("speaker_redirects")
        for old, new in zip(*(column.to_pylist() for column in moved.columns), strict=True):
            if new in names:
                names[old] = names[new]
        return names


def _is_by_id(row: Correction) -> bool:
    """Whether the row may mean a speaker of an article by an id, and nobody has looked whose that is."""
    return row.is_of_mentions and bool(row.article) and is_id(row.target) and row.target_name is None


def _named(row: Correction, names: Mapping[str, str], stood: Correction | None) -> Correction:
    """The row with names for ids: a merged id is gone, so that what it stood for at first counts."""
    if stood is not None:
        return replace(row, target_name=stood.target_name, value_name=stood.value_name)
    if row.action == "reject":
        return row
    asked = (row.target if row.action != "speaker" else "", row.value)
    found = [names.get(text) if is_id(text) else text for text in asked]
    for text, name in zip(asked, found, strict=True):
        if name is None:
            return refused(row, f"no speaker {text} in the last snapshot; write the name")
    return replace(row, target_name=found[0] or None, value_name=found[1] or None)


def _without_contradictions(rows: Sequence[Correction]) -> list[Correction]:
    """The rows, those refused that say another thing than one above them."""
    told: dict[tuple[str, str], Correction] = {}
    people = _People()
    checked: list[Correction] = []
    for row in rows:
        clash: Correction | str | None = None
        if row.is_of_mentions:
            first = told.setdefault((row.article, row.target), row)
            clash = first if (first.action, first.value_name, first.value) != _says(row) else None
        elif row.state != "refused":
            clash = people.add(row)
        if isinstance(clash, Correction):
            row = refused(row, f"contradicts line {clash.line}, which counts; delete one of them")
        elif isinstance(clash, str):
            row = refused(row, clash)
        checked.append(row)
    return checked


def _says(row: Correction) -> tuple[str, str | None, str]:
    return row.action, row.value_name, row.value


@dataclass(slots=True)
class _People:
    """What the rows so far say of people: names that are one, and pairs that are two."""

    of: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    apart: list[tuple[tuple[str, ...], tuple[str, ...], Correction]] = field(default_factory=list)
    merged: dict[frozenset[tuple[str, ...]], Correction] = field(default_factory=dict)

    def root(self, key: tuple[str, ...]) -> tuple[str, ...]:
        while self.of.get(key, key) != key:
            key = self.of[key]
        return key

    def add(self, row: Correction) -> Correction | str | None:
        """Take a row in; the row that it contradicts, or what is wrong with it, if it cannot be."""
        one, other = (parse(name or "").key for name in (row.target_name, row.value_name))
        if one == other:
            way = "tell them apart by `speaker` rows, as Ada Bell (mayor)"
            return f"both are spellings of one name; {way}" if row.action == "split" else None
        ends = frozenset((self.root(one), self.root(other)))
        if row.action == "split":
            if len(ends) == 1:
                return next(iter(self.merged[k] for k in self.merged if k & {one, other}), row)
            self.apart.append((one, other, row))
            return None
        for left, right, said in self.apart:
            if frozenset((self.root(left), self.root(right))) == ends:
                return said
        self.of[self.root(one)] = self.root(other)
        self.merged[frozenset((one, other))] = row
        return None
