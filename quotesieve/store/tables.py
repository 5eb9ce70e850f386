"""The published tables, declared once: names, types, nullability, descriptions, keys.

Arrow schemas, datapackage.json and docs/data-dictionary.md come from these declarations. Holds
no rows and opens nothing; `store.parquet` writes what is declared here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

# What a change of either means to readers: docs/schema.md. tests/store/test_schema.py holds the
# tables to their version.
SCHEMA_VERSION = 1  # raised when something that readers rely on goes or changes
SCHEMA_MINOR = 0  # raised when a table or a column is added; 0 again with a new version

_SPEAKER_COUNT = pa.struct(
    [pa.field("speaker", pa.string(), nullable=False), pa.field("mentions", pa.int32(), nullable=False)]
)


def _counted(name: str) -> pa.DataType:
    """A list of names or roles, each with how many mentions have it."""
    fields = [pa.field(name, pa.string(), nullable=False), pa.field("mentions", pa.int32(), nullable=False)]
    return pa.list_(pa.field("item", pa.struct(fields), nullable=False))


_CHANGE = pa.struct(
    [
        pa.field("op", pa.string(), nullable=False),
        *(
            pa.field(name, pa.int32(), nullable=False)
            for name in ("start", "end", "canonical_start", "canonical_end")
        ),
    ]
)
_STRINGS = pa.list_(pa.field("item", pa.string(), nullable=False))
_SPEAKERS = pa.list_(pa.field("item", _SPEAKER_COUNT, nullable=False))


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `few` marks low cardinality: only those are dictionary encoded."""

    name: str
    type: pa.DataType
    doc: str
    null: bool = False
    few: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what a row is, its columns in order, its key, and what refers to other tables."""

    name: str
    doc: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str, str], ...] = ()  # own column, table, its column
    lookup: tuple[str, ...] = ()  # id columns that readers search: they get a bloom filter

    @property
    def schema(self) -> pa.Schema:
        """The Arrow schema that every part file of this table has, to the letter."""
        fields = [pa.field(c.name, c.type, nullable=c.null) for c in self.columns]
        return pa.schema(
            fields,
            metadata={
                "quotesieve.schema_version": str(SCHEMA_VERSION),
                "quotesieve.schema_minor": str(SCHEMA_MINOR),
            },
        )


def _text(name: str, doc: str, *, null: bool = False) -> Column:
    return Column(name, pa.string(), doc, null)


def _code(name: str, doc: str, *, null: bool = False) -> Column:
    return Column(name, pa.string(), doc, null, few=True)


def _count(name: str, doc: str, *, null: bool = False) -> Column:
    return Column(name, pa.int32(), doc, null)


def _bytes(name: str, doc: str, *, null: bool = True) -> Column:
    return Column(name, pa.int64(), doc, null)


def _ratio(name: str, doc: str, *, null: bool = False) -> Column:
    return Column(name, pa.float32(), doc, null)


def _flag(name: str, doc: str) -> Column:
    return Column(name, pa.bool_(), doc)


def _time(name: str, doc: str) -> Column:
    return Column(name, pa.timestamp("us", tz="UTC"), doc, null=True)


PASSAGES = Table(
    "passages",
    "One row a distinct quoted statement, however often and in whatever wording it was printed",
    (
        _text("passage_id", "Stable id of the statement; it survives later runs, rebuilds and upgrades"),
        _text("canonical_text", "The fullest printing, as printed"),
        _text("canonical_mention_id", "The mention that canonical_text is taken from"),
        _text("founding_mention_id", "The mention that passage_id was minted from; it may have left since"),
        _count("founded_run", "Number of the run that minted passage_id; of two that meet the older stays"),
        _code(
            "speaker",
            "Who said it, by most and surest mentions, names first, as the speakers table names the person; "
            "the descriptor where attribution_method is anonymous",
            null=True,
        ),
        _text("speaker_id", "The person or organisation; null where speaker is no name", null=True),
        _code(
            "attribution_method",
            "explicit | pronoun | carried | anonymous | none | corrected: of the surest mention",
        ),
        _ratio("speaker_confidence", "Confidence of the surest mention of that speaker, 0-1"),
        _code("language", "ISO 639-1 code of the canonical printing's article; null if unknown", null=True),
        _count("mention_count", "Printings, repetitions within an article included"),
        _count("article_count", "Articles that print it"),
        _count("outlet_count", "Outlets that print it; each article of unknown outlet counts as one more"),
        Column("outlets", _STRINGS, "Known outlets, sorted"),
        Column("speakers", _SPEAKERS, "Everybody it is credited to, with the number of mentions, most first"),
        _time("first_published_at", "Earliest publication among its articles; null if none is dated"),
        _time("last_published_at", "Latest publication among its articles; null if none is dated"),
        _time("first_fetched_at", "Earliest fetch among its articles; null if none is known"),
        _count(
            "independent_outlet_count",
            "outlet_count with outlets as one that have it from one original, agency or cited source "
            "(docs/matching.md)",
        ),
    ),
    key=("passage_id",),
    references=(
        ("canonical_mention_id", "mentions", "mention_id"),
        ("speaker_id", "speakers", "speaker_id"),
    ),
    lookup=("passage_id",),
)

MENTIONS = Table(
    "mentions",
    "One row a printing: one quoted segment within one paragraph of one article's current version",
    (
        _text(
            "mention_id", "Hash of article_id, the normalised words and their occurrence; never of offsets"
        ),
        _text("passage_id", "The statement this is a printing of"),
        _text("article_id", "The article it stands in"),
        _code("field", "body | title | standfirst: which text of the article the offsets count in"),
        _count("char_start", "First code point of the words in that field, inside the marks"),
        _count("char_end", "Code point after the last"),
        _text("text", "The words as printed, without the marks"),
        _bytes("raw_start", "First byte of the words in the raw payload; null for HTML"),
        _bytes("raw_end", "Byte after the last; null for HTML"),
        _text("utterance_id", "Segments of one utterance in one article share it"),
        _count("segment_no", "Number of the segment in its utterance, from 0"),
        _code("quote_type", "speech | partial | title | scare"),
        _code("relation", "exact | edited | excerpt | joined: to the passage's canonical text"),
        _ratio("similarity", "Score against the canonical text, 0-100"),
        _count("canonical_start", "First code point of the canonical text that this printing gives"),
        _count("canonical_end", "Code point after the last"),
        _code(
            "speaker",
            "Who said it, named as fully as the article does; the descriptor where attribution_method is "
            "anonymous; null below the confidence cut-off",
            null=True,
        ),
        _code("speaker_candidate", "The best guess, whatever its confidence", null=True),
        _text("speaker_id", "The person or organisation; null where speaker is no name", null=True),
        _code("speaker_as_printed", "The words at the cue: a name, a pronoun, a descriptor", null=True),
        _code("cue", "The reporting words as printed: said, according to", null=True),
        _code("cited_source", "The source the article names (told Reuters); not the publisher", null=True),
        _code(
            "attribution_method",
            "explicit | pronoun | carried | anonymous | none; corrected: a person set it (corrections)",
        ),
        _ratio("speaker_confidence", "How sure the attribution is, 0-1: how often such ones are right"),
        _count(
            "evidence_start",
            "First code point of the words that say who speaks, cue and name, in that field; null if none do",
            null=True,
        ),
        _count("evidence_end", "Code point after the last", null=True),
        _text("context_before", "Up to 160 characters of the field before the quote"),
        _text("context_after", "Up to 160 characters of the field after the quote"),
        _count("paragraph_no", "Paragraph of the field, from 0; see the paragraphs table"),
        _code("language", "The article's language, copied; null if unknown", null=True),
        _code("outlet", "The article's outlet, copied", null=True),
        _code("url", "The article's address, copied", null=True),
        _time("published_at", "The article's publication time, copied; null if unknown"),
        _time("fetched_at", "The article's fetch time, copied; null if unknown"),
        _code("speaker_role", "Role that the article prints with the name: BMW chief executive", null=True),
        Column(
            "changes",
            pa.list_(pa.field("item", _CHANGE, nullable=False)),
            "Where the words differ from canonical_text[canonical_start:canonical_end], in order. op: "
            "dropped (only there), inserted (only here), replaced (each its own); start and end count code "
            "points of text, the others of canonical_text; an empty span where there is nothing. What lies "
            "between is kept, but for case, marks, accents, contractions and numbers in words. No changes "
            "where relation is exact",
        ),
    ),
    key=("mention_id",),
    references=(
        ("passage_id", "passages", "passage_id"),
        ("article_id", "articles", "article_id"),
        ("speaker_id", "speakers", "speaker_id"),
    ),
    lookup=("mention_id", "passage_id", "article_id"),
)

SPEAKERS = Table(
    "speakers",
    "One row a person or organisation that is named as a speaker, across articles and outlets",
    (
        _text("speaker_id", "Stable id; it survives later runs, rebuilds and upgrades"),
        _text("name", "The commonest of the full names it is printed with, else of all names"),
        _code("kind", "person | organisation | unknown: by the name, and by pronouns and titles at the cue"),
        _text("organisation", "Whom most of the roles serve, as printed; null if none says", null=True),
        Column("aliases", _counted("name"), "Names as printed at the cue, else in the article, most first"),
        Column(
            "roles", _counted("role"), "Roles as printed with the name, most first: mentions.speaker_role"
        ),
        _count("mention_count", "Quotes credited to it"),
        _count("article_count", "Articles that credit it with one"),
        _count("outlet_count", "Outlets that do; each article of unknown outlet counts as one more"),
        _count("passage_count", "Distinct statements that a printing credits to it"),
        Column("outlets", _STRINGS, "Known outlets, sorted"),
        _time("first_published_at", "Earliest publication among its articles; null if none is dated"),
        _time("last_published_at", "Latest publication among its articles; null if none is dated"),
        _text("founding_name", "The name that speaker_id was minted from; it may have left since"),
        _count("founded_run", "Number of the run that minted speaker_id; of two that meet the older stays"),
    ),
    key=("speaker_id",),
    lookup=("speaker_id",),
)

SPEAKER_REDIRECTS = Table(
    "speaker_redirects",
    "One row a speaker id that was merged into another",
    (
        _text("speaker_id", "The id that is no longer in speakers"),
        _text("target_speaker_id", "The person or organisation that took it up"),
    ),
    key=("speaker_id",),
    references=(("target_speaker_id", "speakers", "speaker_id"),),
)

PARAGRAPHS = Table(
    "paragraphs",
    "One row a body paragraph of an article's current version: the clean text",
    (
        _text("article_id", "The article it stands in"),
        _count("paragraph_no", "Number in the article, from 0"),
        _count("char_start", "First code point in articles.text"),
        _count("char_end", "Code point after the last"),
        _text("text", "The paragraph"),
        _text("copy_group", "Near-identical paragraphs share it"),
        _flag("is_canonical", "True for the one paragraph that stands for its copy group"),
    ),
    key=("article_id", "paragraph_no"),
    references=(("article_id", "articles", "article_id"),),
    lookup=("article_id",),
)

ARTICLES = Table(
    "articles",
    "One row an article and version: every raw item that was not rejected",
    (
        _text("article_id", "Hash of the canonical address, else of outlet, raw path and record"),
        _count("version", "1 for the earliest known content of this article_id, counting up"),
        _flag("is_latest", "True for the version that mentions and paragraphs come from"),
        _code("outlet", "Publishing outlet; null if unknown", null=True),
        _code("outlet_from", "manifest | sidecar | front_matter | directory | metadata | unknown"),
        _text("url", "Address as given", null=True),
        _text("canonical_url", "Address without tracking, fragment and the like", null=True),
        _text("title", "Headline", null=True),
        _text("standfirst", "Summary under the headline", null=True),
        Column("authors", _STRINGS, "Authors; empty if unknown"),
        _time("published_at", "Publication time; null rather than guessed"),
        _code("published_from", "Where published_at comes from; null where it is null", null=True),
        _code(
            "published_precision",
            "day | second: how exact the source is. A day is its first moment in the outlet's time zone",
            null=True,
        ),
        _time("fetched_at", "Fetch time from the manifest or WARC; never the clock"),
        _code("language", "ISO 639-1 code; null if unknown", null=True),
        _code("licence", "Licence as given", null=True),
        _code("format", "txt | html | jsonl | parquet | warc"),
        _code("kind", "text | html: what the payload is"),
        _code("encoding", "Codec that the payload was decoded with"),
        _code("encoding_from", "bom | nul_pattern | utf8 | declared | detected"),
        _text("text", "Body and headings, one paragraph a line; may be empty"),
        _text("raw_path", "File, relative to the input folder"),
        _bytes("raw_record", "Line, row or record in that file, from 1; null if the file is the article"),
        _text("raw_sha256", "SHA-256 of the raw payload"),
        _code("cleaning", "ok | doubtful: whether what was kept and removed looks like an article"),
        _code("cleaning_reason", "Why it is doubtful, as docs/noise.md lists it; null if ok", null=True),
    ),
    key=("article_id", "version"),
    lookup=("article_id",),
)

LINES = Table(
    "lines",
    "One row a line of every article and version: what stayed, what went, and why",
    (
        _text("article_id", "The article it stands in"),
        _count("version", "Its version"),
        _count("line", "Number in the input, from 1"),
        _bytes("raw_start", "First byte in the payload; null for HTML"),
        _bytes("raw_end", "Byte after its terminator; null for HTML"),
        _text("raw_text", "Decoded, terminator included, before repair"),
        Column("raw_bytes", pa.binary(), "Its bytes, only where encoding raw_text does not give them", True),
        _code("role", "title | standfirst | heading | body | blank; null if removed", null=True),
        _code("reason", "Why it was removed; null if kept", null=True),
        _code("rule", "The rule that decided"),
        _ratio("score", "What the rule scored, where it scores", null=True),
        _count("char_start", "First code point in the article's text, title or standfirst", null=True),
        _count("char_end", "Code point after the last", null=True),
    ),
    key=("article_id", "version", "line"),
    references=(("article_id", "articles", "article_id"),),
    lookup=("article_id",),
)

COMPARISONS = Table(
    "comparisons",
    "One row a compared pair of mentions: the links that explain every merge, and near misses",
    (
        _text("left_mention_id", "One mention"),
        _text("right_mention_id", "The other"),
        _code("scorer", "What was measured"),
        _ratio("score", "0-100"),
        _code("link_type", "exact | edited | excerpt | joined"),
        _flag("linked", "True if the pair counts for the merge"),
        _code("reason", "Why a near miss was not linked; null if linked", null=True),
        _code(
            "variant",
            "number | name | negation | modality: the pair would be one statement, or is, but for this; null "
            "if it differs in none of these, or in more. Modality (must, should) does not keep apart",
            null=True,
        ),
    ),
    key=("left_mention_id", "right_mention_id"),
    references=(
        ("left_mention_id", "mentions", "mention_id"),
        ("right_mention_id", "mentions", "mention_id"),
    ),
    lookup=("left_mention_id", "right_mention_id"),
)

REUSE = Table(
    "reuse",
    "One row two articles that print paragraphs or statements alike. Of a paragraph or statement in more "
    "than 12 articles only the pairs with the earliest are listed for its sake (docs/matching.md)",
    (
        _text("left_article_id", "One article: the earlier one where direction says so"),
        _text("right_article_id", "The other"),
        _code("direction", "earlier: left was published before right; null: dates don't tell", null=True),
        _code("left_outlet", "Outlet of left; null if unknown", null=True),
        _code("right_outlet", "Outlet of right; null if unknown", null=True),
        _count("shared_paragraphs", "Copy groups that both have"),
        _count("shared_passages", "Passages that both print"),
        _count("left_shared_words", "Words of left in those paragraphs, or in those statements elsewhere"),
        _count("right_shared_words", "Words of right in those paragraphs, or in those statements elsewhere"),
        _ratio("left_share", "left_shared_words by the words of left's body, 0-1"),
        _ratio("right_share", "right_shared_words by the words of right's body, 0-1"),
        _flag("is_copy", "True if they share much of the shorter one's own words, those outside of quotes"),
        Column(
            "cited_sources",
            _STRINGS,
            "Where direction is earlier: the sources that right cites for quotes, as printed, sorted",
        ),
        _flag("cites_left", "True if one of them is left's outlet"),
        _code(
            "wire",
            "byline | dateline | outlet | reach: why the shared paragraphs are taken for a wire's; null if "
            "nothing says so. reach: a copy that several outlets print",
            null=True,
        ),
        _code("agency", "The agency that is credited; null if none is", null=True),
        _count("reach", "Known outlets that print the most widespread of the shared paragraphs"),
    ),
    key=("left_article_id", "right_article_id"),
    references=(
        ("left_article_id", "articles", "article_id"),
        ("right_article_id", "articles", "article_id"),
    ),
    lookup=("left_article_id", "right_article_id"),
)

REJECTIONS = Table(
    "rejections",
    "One row an input item that could not become an article",
    (
        _text("raw_path", "File, relative to the input folder"),
        _bytes("record", "Line, row or record in that file, from 1; null if the whole file"),
        _code("outlet", "Outlet, where known", null=True),
        _code("stage", "list | read | decode | parse | clean | gate"),
        _code("reason", "Stable code of what was wrong"),
        _text("detail", "The same for a person, in one line"),
    ),
    key=("raw_path", "record"),
)

REDIRECTS = Table(
    "redirects",
    "One row a passage id that was merged into another",
    (
        _text("passage_id", "The id that is no longer in passages"),
        _text("target_passage_id", "The passage that took it up"),
    ),
    key=("passage_id",),
    references=(("target_passage_id", "passages", "passage_id"),),
)

OUTLETS = Table(
    "outlets",
    "One row an outlet that outlets.csv lists or that has articles",
    (
        _text("outlet", "Its id, as the other tables have it"),
        Column("hosts", _STRINGS, "Other names that lead to it, sorted; empty if outlets.csv gives none"),
        _text("owner", "Who owns it", null=True),
        _text("country", "ISO 3166-1 alpha-2 code", null=True),
        _text("time_zone", "IANA name; times without a zone are in it, UTC where it is null", null=True),
        _code("kind", "outlet | agency | aggregator", null=True),
        _count("articles", "Its articles in this snapshot, all versions"),
    ),
    key=("outlet",),
)

CORRECTIONS = Table(
    "corrections",
    "One row a row of corrections.csv, with what came of it",
    (
        _count("line", "Line of the file that it ends on"),
        _code("action", "speaker | merge | split | reject, or what was written instead"),
        _text("target", "What it is about, as written: a mention id; a name or speaker id"),
        _text("value", "The right name; the other name; quote or speaker for what is rejected"),
        _text("article", "Article in which target is a speaker, as written; else empty"),
        _text("note", "As written"),
        _text("target_name", "The name that target stands for where it is a speaker", null=True),
        _text("value_name", "The name that value stands for", null=True),
        _text("article_id", "Article of the mentions that it changed", null=True),
        _count("mentions", "How many mentions it changed; 0 for merges and splits"),
        _code("state", "applied | unused (nothing it fits is there) | refused (it cannot be meant)"),
        _text("detail", "What is wrong with it, and what to do", null=True),
    ),
    key=("line",),
)

_LANGUAGES = pa.list_(
    pa.field(
        "item",
        pa.struct(
            [
                pa.field("language", pa.string(), nullable=False),
                pa.field("articles", pa.int32(), nullable=False),
            ]
        ),
        nullable=False,
    )
)
_FINDINGS = pa.list_(
    pa.field(
        "item",
        pa.struct(
            [
                pa.field("code", pa.string(), nullable=False),
                pa.field("severity", pa.string(), nullable=False),
                pa.field("figure", pa.string(), nullable=False),
                pa.field("value", pa.float64(), nullable=False),
                pa.field("low", pa.float64(), nullable=False),
                pa.field("high", pa.float64(), nullable=False),
                pa.field("message", pa.string(), nullable=False),
            ]
        ),
        nullable=False,
    )
)

RUNS = Table(
    "runs",
    "One row a run that changed something and one for each outlet in it, oldest first. New articles are "
    "those whose content was not known before, held back ones included",
    (
        _text("run_id", "The snapshot it published, or would have"),
        Column("started_at", pa.timestamp("us", tz="UTC"), "When it began; with finished_at the only clock"),
        Column("finished_at", pa.timestamp("us", tz="UTC"), "When its tables were written"),
        _code("state", "published | degraded | refused"),
        _code("outlet", "Null: the whole run", null=True),
        _count("articles", "Articles in the snapshot, all versions"),
        _count("new_articles", "New articles"),
        _count("rejections", "New rejections"),
        _bytes("raw_chars", "Characters of the new articles' lines", null=False),
        _bytes("kept_chars", "Characters of the lines that stayed", null=False),
        _count("mentions", "Mentions in the new articles"),
        _count("without_speaker", "Those of them without a speaker"),
        _count("merged", "Those of them whose passage has other mentions"),
        _count("passages", "Passages in the snapshot that it prints"),
        Column("languages", _LANGUAGES, "Languages of the new articles, most first; unknown is `und`"),
        _count("undated", "New articles without a time of publication"),
        _count("unfinished", "New articles whose text ends in the middle of a sentence"),
        _count("repeated", "New articles with the words of another one of their outlet"),
        _count(
            "guessed_encodings",
            "New articles whose encoding is neither UTF-8 nor declared, or that were converted wrongly",
        ),
        _bytes("template_chars", "Kept characters of paragraphs that many articles have", null=False),
        _count("doubtful", "New articles whose cleaning is doubtful (articles.cleaning)"),
        _count("quarantined", "New articles that were held back"),
        Column("seconds", pa.float64(), "How long the run took; null for an outlet", True),
        Column("findings", _FINDINGS, "What was out of its expected range (docs/gate.md)"),
    ),
    key=("run_id", "started_at", "outlet"),
)

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        PASSAGES,
        MENTIONS,
        SPEAKERS,
        ARTICLES,
        PARAGRAPHS,
        LINES,
        COMPARISONS,
        REUSE,
        REJECTIONS,
        REDIRECTS,
        SPEAKER_REDIRECTS,
        OUTLETS,
        CORRECTIONS,
        RUNS,
    )
}

# Not part of a snapshot: what `quotesieve changes` writes.
CHANGES = Table(
    "changes",
    "One row a passage that differs between two snapshots: as it is in the later one if it was added or "
    "changed, as it was in the earlier one if it was removed or merged",
    (
        _code("change", "added | changed | removed | merged"),
        _text("target_passage_id", "The passage that took it up, if it was merged", null=True),
        Column("changed_columns", _STRINGS, "Columns of passages that differ, if it was changed; else empty"),
        *PASSAGES.columns,
    ),
    key=("passage_id",),
)


def datapackage() -> dict[str, Any]:
    """A Frictionless data package descriptor of all tables, without time stamps."""
    return {
        "name": "quotesieve",
        "title": "Quotes from news articles, deduplicated and attributed",
        "profile": "data-package",
        "quotesieve_schema_version": SCHEMA_VERSION,
        "quotesieve_schema_minor": SCHEMA_MINOR,
        "resources": [_resource(table) for table in TABLES.values()],
    }


def _resource(table: Table) -> dict[str, Any]:
    fields = [
        {
            "name": column.name,
            "type": frictionless_type(column.type),
            "arrow_type": str(column.type),
            "description": column.doc,
            "constraints": {"required": not column.null},
        }
        for column in table.columns
    ]
    foreign = [
        {"fields": own, "reference": {"resource": other, "fields": its}}
        for own, other, its in table.references
    ]
    return {
        "name": table.name,
        "description": table.doc,
        "path": f"{table.name}/*.parquet",
        "format": "parquet",
        "schema": {"fields": fields, "primaryKey": list(table.key), "foreignKeys": foreign},
    }


def frictionless_type(kind: pa.DataType) -> str:
    """The Table Schema type of an Arrow type.

    >>> frictionless_type(pa.int32()), frictionless_type(pa.list_(pa.string()))
    ('integer', 'array')
    """
    checks = (
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
        (pa.types.is_timestamp, "datetime"),
        (pa.types.is_list, "array"),
        (pa.types.is_string, "string"),
    )
    return next((name for check, name in checks if check(kind)), "any")


def data_dictionary() -> str:
    """docs/data-dictionary.md, whole. Written there by `scripts/make_docs.py`."""
    out = [
        "# Data dictionary",
        "",
        f"Schema version {SCHEMA_VERSION}.{SCHEMA_MINOR}. Made from `quotesieve/store/tables.py` by "
        "`scripts/make_docs.py`; do not edit.",
        "Offsets are half open. `char_*` count code points, `raw_*` bytes. Times are UTC.",
    ]
    for table in TABLES.values():
        out += _dictionary_section(table)
    out += ["", "# Beside the snapshots", "", "`quotesieve changes CLEAN FROM TO --out FILE` writes:"]
    out += _dictionary_section(CHANGES)
    return "\n".join(out) + "\n"


def _dictionary_section(table: Table) -> list[str]:
    out = ["", f"## {table.name}", "", f"{table.doc}. Key: {', '.join(table.key)}.", ""]
    out += ["| column | type | null | what it is |", "|---|---|---|---|"]
    out += [_dictionary_row(column) for column in table.columns]
    for own, other, its in table.references:
        out += ["", f"`{own}` is a `{its}` of [{other}](#{other})."]
    return out


def _dictionary_row(column: Column) -> str:
    doc = column.doc.replace("|", "\\|")
    kind = str(column.type).replace("item: ", "").replace(" not null", "")
    return f"| `{column.name}` | {kind} | {'yes' if column.null else 'no'} | {doc} |"
