"""What people ask of a snapshot: one article line by line, one passage with its printings.

Reads the current snapshot; the command line prints what is returned here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotesieve.corrections import CORRECTED
from quotesieve.errors import NotFound
from quotesieve.pipeline.boilerplate import published_fingerprints
from quotesieve.stages.boilerplate import count_lines
from quotesieve.store import snapshot, sql
from quotesieve.store.snapshot import Snapshot
from quotesieve.text.noise import possible_fingerprints
from quotesieve.text.repair import repair_lines

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article, its lines in order (what stayed as what, what went and why) and the quotes in it."""

    article: Row
    lines: tuple[Row, ...]
    quotes: tuple[Row, ...]  # its mentions; none of a version that is no longer current
    repeated: Mapping[int, tuple[int, int]]  # boilerplate by line number: in how many stories of how many


@dataclass(frozen=True, slots=True)
class Portrait:
    """A person or organisation, and the statements that are credited to it, most printed first."""

    speaker: Row
    passages: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """A passage, its printings (canonical first) and what else was compared with them."""

    passage: Row
    mentions: tuple[Row, ...]
    near_misses: tuple[Row, ...]


def explain(clean: Path, name: str) -> Explanation:
    """The article of that id (or its first digits), address or raw path (path#record in a container).

    Of several versions the current one. Raises NotFound if there is none, or more than one article; of
    what was rejected it says why.
    """
    current = snapshot.require_current(clean)
    wanted = _quoted(name)
    condition = f"starts_with(article_id, {wanted}) OR url = {wanted} OR canonical_url = {wanted}"
    where = f"({condition} OR {_lies_at(name, 'raw_record')}) ORDER BY version DESC"
    found = sql.select(clean, current, "articles", where=where)
    ids = {row["article_id"] for row in found}
    if len(ids) != 1 or not name:
        if rejected := () if ids else _rejected(clean, current, name):
            raise NotFound(f"{name}: {_why(rejected)}: it became no article.")
        choice = f"{len(ids)} articles match; give more of its id" if ids else "no such article"
        raise NotFound(f"{name}: {choice}. `quotesieve query {clean} articles` lists them.")
    article = next((row for row in found if row["is_latest"]), found[0])
    own = f"article_id = '{article['article_id']}'"
    lines = sql.select(
        clean, current, "lines", where=f"{own} AND version = {article['version']} ORDER BY line"
    )
    order = "ORDER BY field <> 'title', field = 'body', char_start"
    quotes = sql.select(clean, current, "mentions", where=f"{own} {order}") if article["is_latest"] else ()
    corrected, repeated = _with_corrections(clean, current, quotes), _repeated(clean, current, article, lines)
    return Explanation(article, tuple(lines), corrected, repeated)


def _with_corrections(
    clean: Path, current: Snapshot, mentions: Sequence[dict[str, Any]]
) -> tuple[dict[str, Any], ...]:
    """The mentions; those that a person corrected say by which row of corrections.csv."""
    if not any(mention["attribution_method"] == CORRECTED for mention in mentions):
        return tuple(mentions)
    where = "state = 'applied' AND action IN ('speaker', 'reject') ORDER BY article <> '', line"
    rows = sql.select(clean, current, "corrections", where=where)
    return tuple(mention | _correction(mention, rows) for mention in mentions)


def _correction(mention: Row, rows: Sequence[Row]) -> dict[str, Any]:
    if mention["attribution_method"] != CORRECTED:
        return {}
    own = (
        row
        for row in rows
        if row["target"] == mention["mention_id"]
        or (row["article"] and row["article_id"] == mention["article_id"])
    )
    return {"correction": next(own, None)}


def _repeated(
    clean: Path, current: Snapshot, article: Row, lines: Sequence[Row]
) -> dict[int, tuple[int, int]]:
    """Of each line that went as boilerplate, in how many of its outlet's stories it stands."""
    gone = [line for line in lines if line["reason"] == "boilerplate" and line["rule"] == "boilerplate"]
    if not gone:
        return {}
    found = count_lines(published_fingerprints(clean, current))
    counts = dict(
        zip(found.lines.tolist(), zip(found.stories.tolist(), found.of.tolist(), strict=True), strict=True)
    )
    texts = repair_lines([line["raw_text"] for line in gone])
    known = {
        line["line"]: possible_fingerprints(article["outlet"], text)
        for line, text in zip(gone, texts, strict=True)
    }
    return {number: counts[mark] for number, marks in known.items() for mark in marks if mark in counts}


def _lies_at(name: str, record: str) -> str:
    """The condition that a raw path, or path#record in a container, is meant; `record` is the column."""
    path, _, number = name.rpartition("#")
    whole = f"raw_path = {_quoted(name)}"
    if not path or not (number.isascii() and number.isdigit()):
        return whole
    return f"{whole} OR (raw_path = {_quoted(path)} AND {record} = {int(number)})"


def _rejected(clean: Path, current: Snapshot, name: str) -> list[dict[str, Any]]:
    """What was rejected of that raw path."""
    where = f"({_lies_at(name, 'record')}) ORDER BY record"
    return sql.select(clean, current, "rejections", where=where)


def _why(rejected: Sequence[Mapping[str, Any]]) -> str:
    """Reason and detail; of several records the first, and how many there are."""
    first = rejected[0]
    why = f"{first['reason']}, {first['detail']}"
    return why if len(rejected) == 1 else f"{len(rejected)} records, such as #{first['record']}: {why}"


def show(clean: Path, name: str) -> Showing | Portrait:
    """The passage or speaker of that id (or its first digits), or the passage of a mention's id, or the
    speaker of that name; redirects are followed.

    Raises NotFound if there is none, or more than one.
    """
    current = snapshot.require_current(clean)
    wanted = _quoted(name)
    moved = sql.select(clean, current, "redirects", where=f"passage_id = {wanted}")
    printed = sql.select(clean, current, "mentions", where=f"mention_id = {wanted}")
    target = _quoted(
        (moved and moved[0]["target_passage_id"]) or (printed and printed[0]["passage_id"]) or name
    )
    found = sql.select(clean, current, "passages", where=f"starts_with(passage_id, {target})", limit=2)
    people = _speakers(clean, current, name)
    if len(found) + len(people) != 1 or not name:
        several = "several passages or speakers match; give more of the id"
        choice = several if found or people else "no such passage, mention or speaker"
        raise NotFound(f"{name}: {choice}. `quotesieve query {clean} passages` lists them.")
    if people:
        return _portrait(clean, current, people[0])
    passage = found[0]
    order = (
        f"passage_id = '{passage['passage_id']}' "
        f"ORDER BY mention_id <> '{passage['canonical_mention_id']}', published_at, mention_id"
    )
    mentions = sql.select(clean, current, "mentions", where=order)
    own = ", ".join(f"'{m['mention_id']}'" for m in mentions)
    near = f"NOT linked AND (left_mention_id IN ({own}) OR right_mention_id IN ({own})) ORDER BY score DESC"
    printings = _with_corrections(clean, current, mentions)
    return Showing(passage, printings, tuple(sql.select(clean, current, "comparisons", where=near)))


def _speakers(clean: Path, current: Snapshot, name: str) -> list[dict[str, Any]]:
    """The speakers of that id, or its first digits, or name; two at most."""
    wanted = _quoted(name)
    moved = sql.select(clean, current, "speaker_redirects", where=f"speaker_id = {wanted}")
    target = _quoted(moved[0]["target_speaker_id"] if moved else name)
    where = f"starts_with(speaker_id, {target}) OR lower(name) = lower({wanted})"
    return sql.select(clean, current, "speakers", where=where, limit=2)


def _portrait(clean: Path, current: Snapshot, speaker: dict[str, Any]) -> Portrait:
    own = f"speaker_id = '{speaker['speaker_id']}' ORDER BY outlet_count DESC, mention_count DESC, passage_id"
    return Portrait(speaker, tuple(sql.select(clean, current, "passages", where=own)))


def query(clean: Path, table: str, *, where: str | None, limit: int | None) -> list[dict[str, Any]]:
    """Rows of one table that an SQL condition holds for."""
    return sql.select(clean, snapshot.require_current(clean), table, where=where, limit=limit)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
