"""Which articles the report shows line by line, before and after: what stayed, what went and why.

A sample: of each outlet the newest article, and of those that came with it the ones that lost lines for most
reasons, as many as fit. Reads a few part files, not the text of the archive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from quotesieve.report.embed import fitting
from quotesieve.report.facts import rows
from quotesieve.report.statements import Json
from quotesieve.store import sql

Parts = Mapping[str, Sequence[Path]]  # the part files of the tables `articles` and `lines`

ARTICLES = 120  # in the page at most
PARTS = 50  # part files that these are taken from
LINES = 160  # of one article
LONG = 400  # characters of one line
BYTES = 900_000  # of all of them together, as JSON


@dataclass(frozen=True, slots=True)
class Sample:
    """The articles in the page, and how many there are in all."""

    rows: tuple[str, ...]  # each as JSON
    of: int


# The parts with the newest article of each outlet: the texts of these parts alone are read. Parts hold
# articles that came together, so these are a few of a large archive's.
_PARTS = """
SELECT filename FROM (
  SELECT filename, row_number() OVER (PARTITION BY outlet ORDER BY coalesce(published_at, fetched_at)
    DESC NULLS LAST, article_id) AS age FROM {articles} WHERE is_latest
) WHERE age = 1 GROUP BY filename ORDER BY count(*) DESC, filename LIMIT {most}
"""
# An article's turn within its outlet: by how many reasons its lines went for, then how many went;
# the newest comes first of all. Then all firsts, all seconds ... of the outlets.
_CHOOSE = """
WITH gone AS (
  SELECT article_id, version, count(*) AS lines, count(DISTINCT reason) AS reasons
  FROM {lines} WHERE reason IS NOT NULL GROUP BY ALL
), own AS (
  SELECT a.article_id, a.version, a.outlet,
    row_number() OVER (PARTITION BY a.outlet ORDER BY coalesce(a.published_at, a.fetched_at)
                       DESC NULLS LAST, a.article_id) AS age,
    row_number() OVER (PARTITION BY a.outlet ORDER BY coalesce(g.reasons, 0) DESC,
                       coalesce(g.lines, 0) DESC, a.article_id) AS harm
  FROM {articles} a LEFT JOIN gone g USING (article_id, version) WHERE a.is_latest
)
SELECT article_id, version FROM own
ORDER BY least(age * 2, harm * 2 - 1), outlet NULLS LAST, article_id LIMIT {most}
"""
_ABOUT = """
SELECT a.article_id, a.version, a.outlet, a.title, a.standfirst, a.text, a.raw_path, a.raw_record, a.url,
  a.published_at, a.language, a.kind FROM {articles} a JOIN chosen USING (article_id, version)
"""
_LINES = """
SELECT l.article_id, l.line, l.raw_text, l.role, l.reason, l.rule, l.char_start, l.char_end
FROM {lines} l JOIN chosen USING (article_id, version)
WHERE l.role IS DISTINCT FROM 'blank' ORDER BY l.article_id, l.line
"""


def sample(data: duckdb.DuckDBPyConnection, parts: Parts, *, limit: int = BYTES) -> Sample:
    """Pick articles, up to `limit` bytes of JSON; `parts` are the files of `articles` and of `lines`."""
    of = (data.execute("SELECT count(*) FROM articles WHERE is_latest").fetchone() or (0,))[0]
    tables = _narrowed(data, parts)
    chosen = data.execute(_CHOOSE.format(**tables, most=ARTICLES)).fetchall()
    data.execute("CREATE TEMP TABLE chosen (article_id VARCHAR, version INTEGER)")
    if chosen:
        data.execute(
            "INSERT INTO chosen SELECT unnest($1), unnest($2)",
            [[row[0] for row in chosen], [row[1] for row in chosen]],
        )
    about = {row["article_id"]: row for row in rows(data, _ABOUT.format(**tables))}
    lines: dict[str, list[Json]] = {}
    for line in rows(data, _LINES.format(**tables)):
        lines.setdefault(line["article_id"], []).append(line)
    data.execute("DROP TABLE chosen")
    return Sample(tuple(fitting((_row(about[i], lines.get(i, [])) for i, _ in chosen), limit)), of)


def _narrowed(data: duckdb.DuckDBPyConnection, parts: Parts) -> dict[str, str]:
    """The two tables as some of their part files: an article's lines are in the part of the same name."""
    found = data.execute(_PARTS.format(articles=sql.scan(parts["articles"]), most=PARTS)).fetchall()
    names = {Path(row[0]).name for row in found}
    own = {table: [path for path in files if path.name in names] for table, files in parts.items()}
    return {table: sql.scan(own[table]) if all(own.values()) else table for table in parts}


def _row(article: Mapping[str, Any], lines: Sequence[Mapping[str, Any]]) -> Json:
    """An article for the page: id, outlet, title, path, language, lines, and how many are left out."""
    record = article["raw_record"]
    return {
        "i": article["article_id"],
        "o": article["outlet"],
        "t": article["title"],
        "p": article["raw_path"] + (f"#{record}" if record is not None else ""),
        "l": article["language"],
        "d": None if article["published_at"] is None else int(article["published_at"].timestamp() // 60),
        "h": int(article["kind"] == "html"),
        "g": sum(line["reason"] is not None for line in lines),
        "n": len(lines),
        "L": [_line(line, article) for line in lines[:LINES]],
    }


def _line(line: Mapping[str, Any], article: Mapping[str, Any]) -> list[Any]:
    """[number, before, reason or role, rule] and, where it stayed and reads otherwise, after."""
    before = line["raw_text"].strip()
    if line["reason"] is not None:
        return [line["line"], _cut(before), line["reason"], line["rule"]]
    field = {"title": "title", "standfirst": "standfirst"}.get(line["role"], "text")
    after = before
    if line["char_start"] is not None and article[field] is not None:
        after = article[field][line["char_start"] : line["char_end"]]
    out = [line["line"], _cut(before), line["role"], line["rule"]]
    return out if after == before else [*out, _cut(after)]


def _cut(text: str) -> str:
    return text if len(text) <= LONG else text[:LONG].rsplit(" ", 1)[0] + " …"
