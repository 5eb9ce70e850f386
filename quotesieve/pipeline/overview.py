"""What a person wants to see of a run: why lines went, by outlet; what was refused; what was printed
most; what is new since the snapshot before; and how the last runs went.

Queries over published tables, for run pages and reports. Changes nothing, decides nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from quotesieve.store import snapshot, sql
from quotesieve.store.snapshot import Snapshot

Row = Mapping[str, Any]
MOST = 30  # runs in a trend

_NOISE = """
SELECT coalesce(outlet, '(unknown)') AS outlet, reason, count(*) AS lines
FROM lines JOIN (SELECT article_id, version, outlet FROM articles) USING (article_id, version)
WHERE role IS DISTINCT FROM 'blank' GROUP BY ALL ORDER BY outlet, reason"""

_REJECTIONS = """
SELECT raw_path AS path, record, coalesce(outlet, '') AS outlet, stage, reason, detail
FROM rejections ORDER BY raw_path, record LIMIT {limit}"""

_REPRINTED = """
SELECT outlet_count AS outlets, mention_count AS printings, left(passage_id, 8) AS passage,
  coalesce(speaker, '') AS speaker, canonical_text AS statement
FROM passages ORDER BY outlet_count DESC, mention_count DESC, passage_id LIMIT {limit}"""

_SPREAD = """
SELECT count(*) FILTER (o.passage_id IS NULL) AS new_statements,
  count(*) FILTER (n.outlet_count > o.outlet_count) AS spread,
  count(*) FILTER (n.outlet_count > 1 AND coalesce(o.outlet_count, 0) < 2) AS newly_shared
FROM two.passages n LEFT JOIN one.passages o USING (passage_id)"""

_RUNS = """
SELECT run_id, strftime(started_at, '%Y-%m-%d %H:%M') AS started, articles, new_articles, rejections,
  mentions, passages,
  CASE WHEN raw_chars > 0 THEN 100.0 * kept_chars / raw_chars END AS kept_percent, quarantined, seconds
FROM runs WHERE outlet IS NULL ORDER BY started_at DESC LIMIT {limit}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """Rows for people. `noise` has one row an outlet, its reasons as columns."""

    noise: Sequence[Row]
    rejections: Sequence[Row]
    reprinted: Sequence[Row]
    news: Mapping[str, int]  # new_statements, spread, newly_shared; empty if nothing to compare with
    trend: Sequence[Row]  # oldest first


def figures(clean: Path, previous: Snapshot | None = None, *, rejections: int = 200) -> Figures:
    """The figures of the current snapshot, against `previous` if that is still there.

    Raises SnapshotError if there is no snapshot.
    """
    current = snapshot.require_current(clean)
    with sql.connect(clean, current) as connection:
        return Figures(
            noise=_noise(connection),
            rejections=sql.rows(connection, _REJECTIONS.format(limit=rejections)),
            reprinted=sql.rows(connection, _REPRINTED.format(limit=10)),
            news=_news(clean, previous, current),
            trend=_trend(connection),
        )


def _noise(connection: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """One row an outlet: lines, share removed, and lines by reason."""
    lines: dict[str, dict[str | None, int]] = {}
    for row in sql.rows(connection, _NOISE):
        lines.setdefault(row["outlet"], {})[row["reason"]] = row["lines"]
    reasons = sorted({reason for own in lines.values() for reason in own if reason is not None})
    return [
        {
            "outlet": outlet,
            "lines": sum(own.values()),
            "removed %": round(100 - 100 * own.get(None, 0) / sum(own.values()), 1),
            **{reason: own.get(reason, 0) for reason in reasons},
        }
        for outlet, own in lines.items()
    ]


def _news(clean: Path, previous: Snapshot | None, current: Snapshot) -> dict[str, int]:
    """What the statements of now have that those of the snapshot before had not."""
    if previous is None or previous.id == current.id:
        return {}
    if not all(path.exists() for path in snapshot.paths(clean, previous, "passages")):
        return {}  # pruned since
    with sql.connect_two((clean, previous), (clean, current), only=("passages",)) as connection:
        [row] = sql.rows(connection, _SPREAD)
    return row


def _trend(connection: duckdb.DuckDBPyConnection) -> Sequence[Row]:
    """The last runs, oldest first."""
    return sql.rows(connection, _RUNS.format(limit=MOST))[::-1]
