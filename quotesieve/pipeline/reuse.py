"""The `reuse` table and `passages.independent_outlet_count`: gathered from the shards, row by row.

What a shard's articles have (words, groups, agencies, cited sources) is read in worker processes; the
rules are in `stages.reuse`, `stages.independence` and `stages.agencies`. In memory are some numbers a
paragraph and mention, no texts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.match.normalise import joined, running
from quotesieve.outlets import Outlets
from quotesieve.pipeline.contents import Shard
from quotesieve.pipeline.workers import Workers
from quotesieve.stages.agencies import AGENCIES, HEAD, agency_named, agency_of
from quotesieve.stages.independence import independent_outlets, named_outlets, squeezed
from quotesieve.stages.passages import NO_TIME, Codes, Ids, Ints, codes_of, rank_by
from quotesieve.stages.reuse import WIRE_REACH, Parts, Printed, Shared, Sharing, Sources, origins
from quotesieve.store.parquet import read_part
from quotesieve.store.tables import REUSE

DAY = 86_400_000_000  # microseconds
PLACES = ("byline", "dateline", "outlet")  # where an agency is credited
REACH = len(PLACES)
SHORT = 4  # letters of an outlet's label that is an agency's name by chance too often
_AGENCIES = tuple(AGENCIES)
_FACTS = pa.schema(
    [
        ("article_id", pa.string()),
        ("outlet", pa.string()),
        ("published", pa.int64()),
        ("until", pa.int64()),
        ("agency", pa.int32()),
        ("place", pa.int32()),
    ]
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a shard's current articles have. Articles and paragraphs are numbers within the shard."""

    articles: pa.Table  # article_id, outlet, published, until, agency, place
    paragraph_article: Codes
    paragraph_words: Codes
    mention_article: Codes
    mention_words: Codes
    mention_paragraph: Codes  # -1: in a title or standfirst
    cited: pa.ChunkedArray


@dataclass(frozen=True, slots=True)
class Reuse:
    """The rows of the table by shard, the independent outlets of each passage, and what was left out."""

    by_shard: Sequence[pa.Table]
    independent: Codes
    left_out: int  # pairs of articles, at most


def find_reuse(
    shards: Sequence[Shard],
    words: tuple[Sequence[Codes], Sequence[Codes]],
    labels: tuple[Ints, Ints],
    outlets: Outlets,
    workers: Workers,
) -> Reuse:
    """Find which articles share text. `words`, by shard, and `labels` are of mentions and of paragraphs."""
    calls = ((_facts, own) for own in zip(shards, *words, strict=True))
    everything = _Everything(list(workers.stream(calls)), labels, outlets)
    sharing = Sharing(everything.sources, everything.paragraphs, everything.printed)
    pairs, left_out = sharing.pairs()
    rows: list[list[pa.Table]] = [[] for _ in shards]
    copies: list[tuple[Codes, Codes]] = []
    for shared in sharing.measured(pairs):
        copies.append((shared.left[shared.copy], shared.right[shared.copy]))
        table, home = everything.rows(shared), everything.shard_of(shared)
        order = np.argsort(home, kind="stable")
        bounds = np.searchsorted(home[order], np.arange(len(shards) + 1))
        for shard in np.flatnonzero(np.diff(bounds)).tolist():
            rows[shard].append(table.take(pa.array(order[bounds[shard] : bounds[shard + 1]])))
    origin = origins(len(everything.ids), copies)
    return Reuse(
        [pa.concat_tables([REUSE.schema.empty_table(), *own]).combine_chunks() for own in rows],
        everything.independent(origin, sharing.frames),
        left_out,
    )


def _facts(shard: Shard, mention_words: Codes, paragraph_words: Codes) -> _Facts:
    """Read what a shard has. Runs in a worker process."""
    articles = _articles(shard)
    number = {name: i for i, name in enumerate(articles.column("article_id").to_pylist())}
    placed = shard.rows("paragraphs", ("article_id", "paragraph_no"))
    printed = shard.rows("mentions", ("article_id", "paragraph_no", "field", "cited_source"))
    own, theirs = (
        np.array([number[name] for name in rows.column("article_id").to_pylist()], np.int32)
        for rows in (placed, printed)
    )
    return _Facts(
        articles,
        own,
        paragraph_words,
        theirs,
        mention_words,
        _paragraph_of(placed, own, printed, theirs),
        printed.column("cited_source"),
    )


def _paragraph_of(placed: pa.Table, own: Codes, printed: pa.Table, theirs: Codes) -> Codes:
    """The row of the paragraph that each mention stands in; -1 where it is in none."""
    if not len(own):
        return np.full(len(theirs), -1, np.int32)
    key = own.astype(np.int64) << 32 | np.asarray(placed.column("paragraph_no"))
    wanted = theirs.astype(np.int64) << 32 | np.asarray(printed.column("paragraph_no"))
    order = np.argsort(key, kind="stable")
    at = order[np.minimum(np.searchsorted(key[order], wanted), len(key) - 1)]
    in_body = np.asarray(pc.equal(printed.column("field"), "body"))
    return np.where(in_body & (key[at] == wanted), at, -1).astype(np.int32)


_NEEDED = ("article_id", "version", "outlet", "published_at", "published_precision", "authors", "text")


def _articles(shard: Shard) -> pa.Table:
    """The current articles of a shard: outlet, times, and the agency that each credits, as codes."""
    if "articles" not in shard.parts:
        return _FACTS.empty_table()
    rows = read_part(Path(shard.parts["articles"].path), _NEEDED)
    keys = zip(rows.column("article_id").to_pylist(), rows.column("version").to_pylist(), strict=True)
    rows = rows.filter(pa.array([(v := shard.renumber.get(key)) is not None and v.is_latest for key in keys]))
    heads = pc.utf8_slice_codeunits(rows.column("text"), 0, HEAD).to_pylist()
    credited = [agency_of(*own) for own in zip(rows.column("authors").to_pylist(), heads, strict=True)]
    published = np.asarray(pc.fill_null(rows.column("published_at").cast(pa.int64()), NO_TIME))
    only_day = np.asarray(pc.fill_null(pc.equal(rows.column("published_precision"), "day"), False))
    columns = (
        rows.column("article_id"),
        rows.column("outlet"),
        pa.array(published),
        pa.array(published + np.where(only_day & (published != NO_TIME), DAY, 0)),
        pa.array([_AGENCIES.index(c[0]) if c else -1 for c in credited], pa.int32()),
        pa.array([PLACES.index(c[1]) if c else -1 for c in credited], pa.int32()),
    )
    return pa.Table.from_arrays([*columns], schema=_FACTS)


@dataclass(frozen=True, slots=True)
class _Credits:
    """The agency of each article and the place that says so, as codes; -1 is none."""

    agency: Codes
    place: Codes
    names: Sequence[str]  # of the agencies


@dataclass(frozen=True, slots=True)
class _Cited:
    """The sources that articles cite: of each mention, and of each article, sorted by name."""

    names: Sequence[str]
    of_mention: Codes
    outlet: Codes  # of each name, -1 if it is none
    first: Ints  # of each article in `codes`
    codes: Codes


class _Everything:
    """The facts of all shards end to end: articles, paragraphs and mentions are numbers of the run."""

    def __init__(self, facts: Sequence[_Facts], labels: tuple[Ints, Ints], outlets: Outlets) -> None:
        articles = pa.concat_tables([_FACTS.empty_table(), *(own.articles for own in facts)])
        self._offsets = running(np.array([own.articles.num_rows for own in facts], np.int64))
        self.ids: Ids = np.array(articles.column("article_id").to_pylist(), "S16")
        known: dict[str, int] = {}
        outlet = codes_of(articles.column("outlet"), known)
        self._outlets = list(known)
        published, until = (np.asarray(articles.column(name)) for name in ("published", "until"))
        self._credits = _with_outlets(articles, outlet, self._outlets, outlets)
        self.sources = Sources(outlet, published, until, rank_by(self.ids, published))
        self.paragraphs = Parts(
            _numbered([own.paragraph_article for own in facts], self._offsets),
            labels[1].astype(np.int32),
            joined([own.paragraph_words for own in facts], np.int32),
        )
        mentions = Parts(
            _numbered([own.mention_article for own in facts], self._offsets),
            labels[0].astype(np.int32),
            joined([own.mention_words for own in facts], np.int32),
        )
        paragraphs = running(np.array([len(own.paragraph_words) for own in facts], np.int64))
        self.printed = Printed(mentions, _numbered([own.mention_paragraph for own in facts], paragraphs))
        self._cited = _cited(facts, mentions.article, len(self.ids), self._outlets, outlets)

    def shard_of(self, shared: Shared) -> Ints:
        """The shard of the pair: that of its article which came later into the data."""
        later = np.maximum(shared.left, shared.right)
        return np.searchsorted(self._offsets, later, "right") - 1

    def rows(self, shared: Shared) -> pa.Table:
        """The pairs as rows of the table."""
        sources, cites = self._sources_of(shared)
        place, agency = self._wire(shared)
        outlet = self.sources.outlet
        columns = {
            "left_article_id": pa.array(self.ids[shared.left].astype(str)),
            "right_article_id": pa.array(self.ids[shared.right].astype(str)),
            "direction": _named(("earlier",), np.where(shared.earlier, 0, -1)),
            "left_outlet": _named(self._outlets, outlet[shared.left]),
            "right_outlet": _named(self._outlets, outlet[shared.right]),
            "shared_paragraphs": shared.paragraphs,
            "shared_passages": shared.passages,
            "left_shared_words": shared.left_words,
            "right_shared_words": shared.right_words,
            "left_share": shared.left_share,
            "right_share": shared.right_share,
            "is_copy": shared.copy,
            "cited_sources": sources,
            "cites_left": cites,
            "wire": _named((*PLACES, "reach"), place),
            "agency": _named(self._credits.names, agency),
            "reach": shared.reach,
        }
        arrays = [pa.array(columns[c.name], c.type) for c in REUSE.columns]
        return pa.Table.from_arrays(arrays, schema=REUSE.schema)

    def _wire(self, shared: Shared) -> tuple[Codes, Codes]:
        """Why the shared paragraphs are taken for an agency's, and whose; left is asked first.

        What one outlet's articles share may be its template: there only copies count.
        """
        agency = self._credits.agency
        side = np.where(agency[shared.left] >= 0, shared.left, shared.right)
        outlet = self.sources.outlet
        elsewhere = (outlet[shared.left] != outlet[shared.right]) | (outlet[shared.left] < 0)
        some = (shared.paragraphs > 0) & (elsewhere | shared.copy)
        place = np.where(some, self._credits.place[side], -1)
        place[(place < 0) & shared.copy & (shared.reach >= WIRE_REACH)] = REACH
        return place.astype(np.int32), np.where(some, agency[side], -1).astype(np.int32)

    def _sources_of(self, shared: Shared) -> tuple[pa.ListArray, npt.NDArray[np.bool_]]:
        """What the later article cites, and whether the earlier one's outlet is among it."""
        cited = self._cited
        many = np.where(shared.earlier, cited.first[shared.right + 1] - cited.first[shared.right], 0)
        before = running(many)
        pair = np.repeat(np.arange(len(many)), many)
        codes = cited.codes[np.repeat(cited.first[shared.right] - before[:-1], many) + np.arange(before[-1])]
        outlet = cited.outlet[codes]
        hit = (outlet >= 0) & (outlet == self.sources.outlet[shared.left[pair]])
        cites = np.bincount(pair[hit], minlength=len(many)) > 0
        names = pa.array(list(cited.names), pa.string()).take(pa.array(codes))
        kind = REUSE.schema.field("cited_sources").type
        return pa.ListArray.from_arrays(pa.array(before, pa.int32()), names, type=kind), cites

    def independent(self, origin: Ints, frames: Ints) -> Codes:
        """Of each passage the outlets that have it independently of one another."""
        article, labels = self.printed.parts.article, self.printed.parts.group
        if not len(labels):
            return np.empty(0, np.int32)
        outlet = self.sources.outlet[article]
        publisher = np.where(outlet >= 0, outlet, len(self._outlets) + article)
        codes: dict[str, int] = {}
        agencies = np.array([_source(name, codes) for name in self._credits.names] + [-1])
        cited = np.array([_source(name, codes, cited=True) for name in self._cited.names] + [-1])
        own = np.array([_source(name.partition(".")[0], codes) for name in self._outlets] + [-1])
        agency = agencies[self._credits.agency[article]]
        sources = (agency, cited[self._cited.of_mention], own[outlet])
        # Codes of sources lie behind the numbers of articles, which are those of origins, and frames behind.
        first, last = len(self.ids), len(self.ids) + len(codes)
        moved = [np.where(each >= 0, each + first, -1) for each in sources]
        moved += [origin[article], np.where(frames >= 0, frames + last, -1)]
        return independent_outlets(labels.astype(np.int64), publisher, moved, int(labels.max()) + 1)


def _source(name: str, codes: dict[str, int], *, cited: bool = False) -> int:
    """A code for what goes by this name: an agency by any of its names; -1 for what is no name.

    >>> known = {}
    >>> _source("AP", known) == _source("Associated Press", known), _source("the radio", known, cited=True)
    (True, -1)
    """
    key = agency_named(name) or ("" if cited and name.islower() else squeezed(name))
    return codes.setdefault(key, len(codes)) if key else -1


def _named(names: Sequence[str], codes: Codes) -> pa.Array:
    """Codes as strings, -1 as null."""
    return pa.array(list(names), pa.string()).take(pa.array(codes, mask=codes < 0))


def _numbered(parts: Sequence[Codes], offsets: Ints) -> Codes:
    """Numbers within each shard as numbers of the run; -1 stays."""
    moved = [np.where(own >= 0, own + start, -1) for own, start in zip(parts, offsets[:-1], strict=True)]
    return joined(moved, np.int32).astype(np.int32)


def _with_outlets(articles: pa.Table, outlet: Codes, names: Sequence[str], outlets: Outlets) -> _Credits:
    """What articles credit, and agencies that publish under their own name."""
    agency, place = (np.asarray(articles.column(name)).copy() for name in ("agency", "place"))
    found = [*_AGENCIES]
    for code, name in enumerate(names):
        row = outlets.by_name.get(name)
        label = name.partition(".")[0]
        own = agency_named(label) if len(label) > SHORT else None
        if row is not None and row.kind == "agency":
            own = agency_named(label) or name
        if own is not None:
            if own not in found:
                found.append(own)
            agency[outlet == code], place[outlet == code] = found.index(own), PLACES.index("outlet")
    return _Credits(agency, place, found)


def _cited(
    facts: Sequence[_Facts], article: Codes, articles: int, names: Sequence[str], outlets: Outlets
) -> _Cited:
    """The sources that mentions cite, by article, and which of them are outlets."""
    known: dict[str, int] = {}
    parts = [codes_of(own.cited, known) for own in facts]
    order = {name: place for place, name in enumerate(sorted(known))}
    place = np.array([order[name] for name in known] + [-1], np.int32)
    codes = place[joined(parts, np.int32)]
    some = codes >= 0
    scale = len(known) + 1
    pairs = np.unique(article[some].astype(np.int64) * scale + codes[some])
    first = np.searchsorted(pairs, np.arange(articles + 1) * scale)
    listed = [[name, *(row.hosts if (row := outlets.by_name.get(name)) else ())] for name in names]
    return _Cited(
        list(order), codes, named_outlets(list(order), listed), first, (pairs % scale).astype(np.int32)
    )
