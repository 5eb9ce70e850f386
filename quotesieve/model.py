"""The records that travel between the rooms: frozen, typed, without behaviour.

Holds what more than one room needs. Arrow schemas stand in `store.tables`; records that one
room keeps to itself stand in that room. Offsets are half open; `char_*` count code points,
`raw_*` count bytes.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

Kind = Literal["text", "html"]
Field = Literal["body", "title", "standfirst"]

# What a line is, if it stays. "blank" is a line without words: it stays on record, unjudged.
ROLES = ("title", "standfirst", "heading", "body", "blank")
# Why a line goes.
REASONS = (
    "advert",
    "navigation",
    "related",
    "promo",
    "newsletter",
    "caption",
    "author_bio",
    "form",
    "legal",
    "metadata",
    "comments",
    "boilerplate",
    "duplicate",
)
# Why the cleaning of an article is doubtful (articles.cleaning_reason).
DOUBTS = ("no_text", "nearly_all_removed", "nothing_removed", "no_sentence", "unsure", "no_article_found")
ATTRIBUTION_METHODS = ("explicit", "pronoun", "carried", "anonymous", "none")  # and corrected, by hand
QUOTE_TYPES = ("speech", "partial", "title", "scare")
RELATIONS = ("exact", "edited", "excerpt", "joined")


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of an article from outside its words. None means unknown, never a guess."""

    outlet: str | None = None
    outlet_from: str = (
        "unknown"  # manifest | sidecar | record | front_matter | directory | metadata | unknown
    )
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None  # aware, UTC
    published_from: str | None = None  # the same codes as outlet_from
    published_precision: str | None = None  # day | second, as given; None where published_at is
    published_zoned: bool = True  # False: given without a zone, and read as UTC so far
    fetched_at: datetime | None = None  # aware, UTC; from the manifest or WARC, never the clock
    language: str | None = None  # ISO 639-1
    licence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One article as it came in: bytes that are known to decode, and where they stand.

    `payload` is the decompressed file, or the JSONL/Parquet field as UTF-8, or the WARC body
    after its transfer and content encodings were undone.
    """

    raw_path: str  # relative to RAW, with "/"
    record: int | None  # 1-based line, row or WARC record; None where the file is the article
    format: str  # txt | html | jsonl | parquet | warc
    kind: Kind
    payload: bytes
    encoding: str  # a Python codec name; `payload.decode(encoding)` is known to succeed
    encoding_from: str  # bom | nul_pattern | utf8 | declared | detected
    metadata: Metadata
    digest: str  # sha256 of payload, encoding and metadata: what "unchanged" means
    front_matter_lines: int = 0  # lines of the payload that are YAML front matter, its rules included

    @property
    def text(self) -> str:
        """The payload decoded; a byte order mark stays as the first character."""
        return self.payload.decode(self.encoding)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """Input that could not become an article: never lost, never a crash."""

    raw_path: str
    record: int | None
    stage: str  # list | read | decode | parse | clean | gate
    reason: str  # lower_case_with_underscores
    detail: str  # one line for a person
    outlet: str | None = None
    digest: str = ""  # of what was refused, so that the same bad input is not tried again


SEVERITIES = ("note", "warn", "hold", "refuse")


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure of a run that is out of its expected range, for one outlet or for the whole run."""

    code: str  # stable: articles_below_range, text_kept_above_range, outlet_missing ...
    outlet: str | None  # None: the whole run
    severity: str  # SEVERITIES: hold keeps the outlet's new articles back, refuse the whole snapshot
    figure: str  # the column of `runs` that it is computed from
    value: float
    low: float  # expected range, inclusive
    high: float
    message: str  # one sentence for people: figure, expected range, what to look at


class Line(NamedTuple):
    """One line of the input. Exactly one of `role` and `reason` is set.

    A tuple, as there are fifty an article and a frozen dataclass takes five times as long to make.
    """

    number: int  # from 1
    text: str  # repaired, without its terminator
    role: str | None
    reason: str | None
    rule: str = ""  # the rule that decided, as `explain` shows it
    score: float | None = None
    char_start: int | None = None  # in Article.text, Article.title or Article.standfirst by role
    char_end: int | None = None
    raw_text: str = ""  # decoded, with its terminator, before repair
    raw_start: int | None = None  # bytes, terminator included; None for HTML
    raw_end: int | None = None
    raw_bytes: bytes | None = None  # only where encoding raw_text does not give the bytes back


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. `text` is body and headings only, one paragraph a line."""

    article_id: str
    text: str
    title: str | None
    standfirst: str | None
    lines: tuple[Line, ...]
    metadata: Metadata
    language: str | None = None
    raw_path: str = ""
    record: int | None = None
    format: str = "txt"
    kind: Kind = "text"
    encoding: str = "utf-8"
    encoding_from: str = "utf8"
    raw_sha256: str = ""
    canonical_url: str | None = None
    # What boilerplate is learned from: hashes of lines that may be, of those that were removed as such,
    # and of the longest paragraphs, by which a reprint is known. Empty where the outlet is unknown.
    fingerprints: tuple[int, ...] = ()
    boilerplate: tuple[int, ...] = ()
    story: tuple[int, ...] = ()
    cleaning_reason: str | None = None  # one of DOUBTS; None: nothing speaks against the cleaning

    @property
    def cleaning(self) -> str:
        """ok | doubtful."""
        return "doubtful" if self.cleaning_reason else "ok"

    @property
    def removed(self) -> tuple[Line, ...]:
        """The lines that cleaning took out, in order."""
        return tuple(line for line in self.lines if line.reason is not None)


class Quote(NamedTuple):
    """One quoted segment within one paragraph of one text, with whom it is credited to.

    `start` and `end` lie inside the marks: the text there is the printed words and nothing else.
    Segments of one utterance ("A," X said. "B", or a quote over paragraphs) share `utterance`.
    """

    start: int
    end: int
    text: str
    paragraph_no: int  # 0-based, paragraphs being the lines of the text
    utterance: int  # numbered from 0 in the text
    segment_no: int  # numbered from 0 in the utterance
    quote_type: str  # QUOTE_TYPES
    speaker: str | None  # the best guess, as full as the article gives it; the cut-off comes later
    speaker_as_printed: str | None  # the words at the cue: "he", "Zipse", "a second executive"
    cue: str | None  # "said", "according to"
    cited_source: str | None  # as printed: "Reuters" in "told Reuters"
    method: str  # ATTRIBUTION_METHODS
    confidence: float  # 0-1
    evidence: tuple[int, int] | None  # code points of the words that say who speaks; None: nothing does


@dataclass(frozen=True, slots=True)
class Change:
    """Words of a printing that are not those of the canonical text, or words that it leaves out.

    `op`: dropped (the canonical text alone has them), inserted (this printing alone has them),
    replaced (each has its own). `start` and `end` bound the words in the printing, the others in
    the canonical text; what is not there has an empty span before the word that follows.
    """

    op: str
    start: int
    end: int
    canonical_start: int
    canonical_end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """One printing of a quoted segment: a row of the mentions table (see the data dictionary)."""

    mention_id: str
    article_id: str
    field: str
    char_start: int
    char_end: int
    text: str
    raw_start: int | None
    raw_end: int | None
    utterance_id: str
    segment_no: int
    quote_type: str
    speaker: str | None
    speaker_candidate: str | None
    speaker_id: str | None
    speaker_as_printed: str | None
    cue: str | None
    cited_source: str | None
    attribution_method: str
    speaker_confidence: float
    context_before: str
    context_after: str
    paragraph_no: int
    language: str | None = None
    outlet: str | None = None
    url: str | None = None
    published_at: datetime | None = None
    fetched_at: datetime | None = None
    speaker_role: str | None = None  # as printed with the speaker's name
    evidence_start: int | None = None  # in the field that char_start counts in
    evidence_end: int | None = None
    # Known once the mention has been compared with others:
    passage_id: str | None = None
    relation: str | None = None
    similarity: float | None = None
    canonical_start: int | None = None
    canonical_end: int | None = None
    changes: tuple[Change, ...] | None = None  # within that part of the canonical text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One body paragraph of one article."""

    article_id: str
    paragraph_no: int
    char_start: int
    char_end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """One distinct statement: a row of the passages table (see the data dictionary)."""

    passage_id: str
    canonical_text: str
    canonical_mention_id: str
    founding_mention_id: str
    founded_run: int
    speaker: str | None
    speaker_id: str | None
    attribution_method: str
    speaker_confidence: float
    language: str | None
    mention_count: int
    article_count: int
    outlet_count: int
    outlets: tuple[str, ...]
    speakers: tuple[tuple[str, int], ...] = field(default=())
    first_published_at: datetime | None = None
    last_published_at: datetime | None = None
    first_fetched_at: datetime | None = None
    independent_outlet_count: int | None = None  # None where the articles are not at hand


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two mentions that were compared, and what came of it: a row of the comparisons table."""

    left_mention_id: str
    right_mention_id: str
    scorer: str
    score: float  # 0-100
    link_type: str
    linked: bool
    reason: str | None
    variant: str | None = None
