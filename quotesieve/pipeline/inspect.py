"""What people ask of a snapshot: one article line by line, one passage with its printings.

Reads the current snapshot; the command line prints what is returned here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from quotesieve.errors import NotFound
from quotesieve.store import snapshot, sql

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article and its lines, in order: what stayed as what, what went and why."""

    article: Row
    lines: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Showing:
    """A passage, its printings (canonical first) and what else was compared with them."""

    passage: Row
    mentions: tuple[Row, ...]
    near_misses: tuple[Row, ...]


def explain(clean: Path, name: str) -> Explanation:
    """The article of that id (or its first digits), address or raw path (path#record in a container).

    Of several versions the current one. Raises NotFound if there is none, or more than one article.
    """
    current = snapshot.require_current(clean)
    path, _, record = name.rpartition("#")
    condition = "starts_with(article_id, $1) OR url = $1 OR canonical_url = $1 OR raw_path = $1"
    if path and record.isdigit():
        condition += f" OR (raw_path = {_quoted(path)} AND raw_record = {int(record)})"
    condition = condition.replace("$1", _quoted(name))
    found = sql.select(clean, current, "articles", where=f"({condition}) ORDER BY version DESC")
    ids = {row["article_id"] for row in found}
    if len(ids) != 1 or not name:
        choice = f"{len(ids)} articles match; give more of its id" if ids else "no such article"
        raise NotFound(f"{name}: {choice}. `quotesieve query {clean} articles` lists them.")
    article = next((row for row in found if row["is_latest"]), found[0])
    where = f"article_id = '{article['article_id']}' AND version = {article['version']} ORDER BY line"
    return Explanation(article, tuple(sql.select(clean, current, "lines", where=where)))


def show(clean: Path, name: str) -> Showing:
    """The passage of that id (or its first digits), or of a mention's id; redirects are followed.

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
    if len(found) != 1 or not name:
        choice = "several passages match; give more of the id" if found else "no such passage or mention"
        raise NotFound(f"{name}: {choice}. `quotesieve query {clean} passages` lists them.")
    passage = found[0]
    order = (
        f"passage_id = '{passage['passage_id']}' "
        f"ORDER BY mention_id <> '{passage['canonical_mention_id']}', published_at, mention_id"
    )
    mentions = sql.select(clean, current, "mentions", where=order)
    own = ", ".join(f"'{m['mention_id']}'" for m in mentions)
    near = f"NOT linked AND (left_mention_id IN ({own}) OR right_mention_id IN ({own})) ORDER BY score DESC"
    return Showing(passage, tuple(mentions), tuple(sql.select(clean, current, "comparisons", where=near)))


def query(clean: Path, table: str, *, where: str | None, limit: int | None) -> list[dict[str, Any]]:
    """Rows of one table that an SQL condition holds for."""
    return sql.select(clean, snapshot.require_current(clean), table, where=where, limit=limit)


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
