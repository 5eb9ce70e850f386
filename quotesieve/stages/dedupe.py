"""Deduplicate mentions, or plain texts, that are in memory: the same grouping as a run's.

Holds the public `dedupe` and its result. A run, whose archive need not fit in memory, goes
through `pipeline.grouping` with the same functions. Opens nothing.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from quotesieve.errors import SettingsError
from quotesieve.match.adding import with_found
from quotesieve.match.align import align, changes
from quotesieve.match.archive import EMPTY, Archive, tidied
from quotesieve.match.fingerprints import in_memory
from quotesieve.match.group import Grouping, Weighed, settle, shortest, stricter, weigh
from quotesieve.model import Comparison, Mention, Passage
from quotesieve.settings import DEFAULTS, DedupSettings
from quotesieve.stages import ids
from quotesieve.stages.passage_columns import passage_columns
from quotesieve.stages.passages import (
    NO_PRIOR,
    SOURCE_COLUMNS,
    ColumnsBuilder,
    Identity,
    MentionColumns,
    Prior,
    assign_ids,
    members_of,
)
from quotesieve.stages.people.identity import NOBODY_BEFORE, People, make_people, with_people

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SHORT_TEXT_WORDS = 3  # plain texts of so many words or fewer merge only if their words are the same


@dataclass(frozen=True)
class Deduplication:
    """The groups of some statements, and the evidence for them.

    `labels` has one int an input, in the order given: equal labels are one statement. Records
    are made when they are asked for: a million labels cost no million objects.
    """

    labels: npt.NDArray[np.int64]
    _given: Sequence[Mention | str]
    _archive: "Deduplication | None"
    _weighed: Weighed  # the archive's statements and then the inputs
    _grouping: Grouping

    @property
    def threshold(self) -> float:
        """The score, 0-100, that links have at least."""
        return self._weighed.settings.threshold

    def cut(self, threshold: float) -> "Deduplication":
        """What `dedupe` gives at a higher threshold, without scoring anything again.

        Raises SettingsError for a lower one: pairs below the own threshold were not kept.

        >>> texts = [
        ...     "We will open the line in May, whatever the weather brings us.",
        ...     "We will open the line in May, whatever weather brings.",
        ... ]
        >>> found = dedupe(texts)
        >>> found.labels.tolist(), found.cut(95).labels.tolist()
        ([0, 0], [0, 1])
        """
        if not threshold >= self.threshold:
            raise SettingsError(
                f"threshold {threshold}: this result was made at {self.threshold}, and can be cut at that or "
                "above. Call `dedupe` with the lower one."
            )
        return _grouped(stricter(self._weighed, threshold), self._given, self._archive)

    @cached_property
    def passages(self) -> list[Passage]:
        """One record a statement that an input is a printing of, in the order of the labels."""
        canonical = self._grouping.canonical
        made = passage_columns(
            with_people(self._columns, self.people),
            members_of(self._grouping.labels),
            wanted := np.unique(self.labels),
            canonical,
            self._identity,
        )
        made["canonical_text"] = [self._all[i].text for i in canonical[wanted].tolist()]
        return [_passage(dict(zip(made, row, strict=True))) for row in zip(*made.values(), strict=True)]

    @cached_property
    def mentions(self) -> list[Mention]:
        """The inputs as mentions, in the order given, each with its passage and relation to it."""
        first = len(self._all) - len(self.labels)
        return [self._related(first + i) for i in range(len(self.labels))]

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """The links that explain every merge, and near misses."""
        names = [mention.mention_id for mention in self._all]
        columns = [column.to_pylist() for column in self._grouping.links.columns]
        return [
            Comparison(names[left], names[right], *found)
            for left, right, *found in zip(*columns, strict=True)
        ]

    @cached_property
    def _all(self) -> list[Mention]:
        archived = self._archive.everything if self._archive else []
        return [*archived, *as_mentions(self._given)]

    @property
    def everything(self) -> list[Mention]:
        """The mentions that a later call gets as its archive: the archive's and the inputs."""
        return self._all

    @cached_property
    def _columns(self) -> MentionColumns:
        return columns_of(self._all)

    @cached_property
    def _identity(self) -> Identity:
        prior = self._archive.prior() if self._archive else NO_PRIOR
        return assign_ids(self._columns, self._grouping.labels, prior, run=self.generation)

    @cached_property
    def people(self) -> People:
        """Who is who among the speakers of the archive's mentions and the inputs."""
        archive = self._archive
        before = archive.people.before(archive._columns) if archive else NOBODY_BEFORE
        return make_people(self._columns, self._grouping.labels, before, run=self.generation)

    @property
    def generation(self) -> int:
        """1, and one more for every archive behind this result."""
        return self._archive.generation + 1 if self._archive else 1

    def prior(self) -> Prior:
        """What the passages of a later result inherit: ids and where each began."""
        identity = self._identity
        return Prior(
            self._columns.ids,
            self._grouping.labels,
            identity.passage_ids,
            identity.founding_ids,
            identity.founded_run,
            identity.redirects,
        )

    def _related(self, index: int) -> Mention:
        mention, label = self._all[index], int(self._grouping.labels[index])
        canonical = int(self._grouping.canonical[label])
        whole = self._all[canonical].text
        found = align(mention.text, whole)
        return replace(
            mention,
            passage_id=self._identity.of(label)[0],
            speaker_id=self.people.ids_of(slice(index, index + 1))[0],
            relation=found.relation,
            similarity=found.similarity,
            canonical_start=found.canonical_start,
            canonical_end=found.canonical_end,
            changes=changes(mention.text, whole, found),
        )


def dedupe(
    mentions_or_texts: Sequence[Mention | str],
    *,
    threshold: float = DEFAULTS.dedup.threshold,
    archive: Deduplication | None = None,
) -> Deduplication:
    """Group statements that are the same: in other marks, slightly edited, cut short, joined.

    `threshold` is 0-100; at 100 only identical wording merges. Mentions of up to seven words do not
    merge if two known speakers said them, those of up to three and excerpts of up to five only if the
    same known speaker did; texts of up to three words, which have none, if the words are the same.
    With `archive`, an earlier result, the inputs are grouped together with what that held and passages
    keep its ids; labels, mentions and passages are those of the inputs. Only what is new is compared,
    unless the archive is of a first call on texts or of a higher threshold.

    >>> same = dedupe(
    ...     [
    ...         "We will open the new line in 2027, and not before.",
    ...         "“we will open the new line in 2027 — and not before”",
    ...         "We will open the new line in 2028, and not before.",
    ...     ]
    ... )
    >>> bool(same.labels[0] == same.labels[1]), bool(same.labels[0] == same.labels[2])
    (True, False)
    """
    settings = replace(DEFAULTS.dedup, threshold=threshold)
    plain = [item for item in mentions_or_texts if isinstance(item, str)]
    if archive is None and len(plain) == len(mentions_or_texts):
        # Nobody is known to have said any of them, so that a short one cannot wait for its speaker.
        settings = replace(settings, short_words=min(settings.short_words, SHORT_TEXT_WORDS))
        weighed = weigh(in_memory(plain, shortest(settings.short_words)), settings=settings)
        return _grouped(weighed, mentions_or_texts, None)
    everything = [*(archive.everything if archive else []), *as_mentions(mentions_or_texts)]
    columns = columns_of(everything)
    known = _known(archive, settings)
    texts = [mention.text for mention in everything[len(known.unit_of) :]]
    weighed = weigh(
        in_memory(texts, shortest(None)),
        speakers=columns.surname_keys(),
        rank=columns.rank(),
        settings=settings,
        archive=known,
    )
    return _grouped(weighed, mentions_or_texts, archive)


def _known(archive: Deduplication | None, settings: DedupSettings) -> Archive:
    """What the archive found out, as far as it holds with these settings."""
    if archive is None:
        return EMPTY
    weighed = archive._weighed
    # Texts of a first call were compared without speakers, at 100 nothing was.
    same = weighed.settings.short_words == settings.short_words and weighed.settings.threshold < 100
    if not same or weighed.settings.threshold > settings.threshold:
        return EMPTY
    return tidied(with_found(weighed))


def _grouped(
    weighed: Weighed, given: Sequence[Mention | str], archive: Deduplication | None
) -> Deduplication:
    """The result for the inputs, which are the last of what was weighed."""
    grouping = settle(weighed)
    labels = grouping.labels[len(grouping.labels) - len(given) :]
    return Deduplication(labels, given, archive, weighed, grouping)


def as_mentions(items: Sequence[Mention | str]) -> list[Mention]:
    """Mentions as they are; texts as mentions of no article, by nobody."""
    seen: Counter[str] = Counter()
    made = []
    for item in items:
        if isinstance(item, str):
            words = ids.words_key(item)
            item = _bare(item, ids.mention_id("", words, seen[words]))
            seen[words] += 1
        made.append(item)
    return made


def _bare(text: str, mention_id: str) -> Mention:
    return Mention(
        mention_id=mention_id,
        article_id="",
        field="body",
        char_start=0,
        char_end=len(text),
        text=text,
        raw_start=None,
        raw_end=None,
        utterance_id=ids.utterance_id(mention_id),
        segment_no=0,
        quote_type="speech",
        speaker=None,
        speaker_candidate=None,
        speaker_id=None,
        speaker_as_printed=None,
        cue=None,
        cited_source=None,
        attribution_method="none",
        speaker_confidence=0.0,
        context_before="",
        context_after="",
        paragraph_no=0,
    )


def columns_of(mentions: Sequence[Mention]) -> MentionColumns:
    """The slim columns of some mentions."""
    builder = ColumnsBuilder()
    arrays = [pa.array([getattr(m, f.name) for m in mentions], f.type) for f in SOURCE_SCHEMA]
    builder.add(pa.Table.from_arrays(arrays, schema=SOURCE_SCHEMA))
    return builder.build()


_TYPES = {
    "speaker_confidence": pa.float32(),
    "published_at": pa.timestamp("us", tz="UTC"),
    "fetched_at": pa.timestamp("us", tz="UTC"),
}
SOURCE_SCHEMA = pa.schema([(name, _TYPES.get(name, pa.string())) for name in SOURCE_COLUMNS])


def _passage(row: dict[str, Any]) -> Passage:
    values = dict(row)
    values["outlets"] = tuple(values["outlets"])
    values["speakers"] = tuple((s["speaker"], s["mentions"]) for s in values["speakers"])
    for name in ("first_published_at", "last_published_at", "first_fetched_at"):
        if values[name] is not None:
            values[name] = EPOCH + timedelta(microseconds=values[name])
    return Passage(**values)
