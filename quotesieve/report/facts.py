"""What the report counts: the run's figures, the runs before it, outlets and what they share.

Aggregates by DuckDB over the published tables; no article text is read here. The tables `runs`
and `outlets` may be absent: then there is no trend, and outlets have no country or owner.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import duckdb

from quotesieve.store.snapshot import Snapshot

HEAT_OUTLETS = 40  # more don't fit on a screen; those that share most are shown
TREND_RUNS = 60
REJECTIONS = 50
OUTLETS = 200  # rows of the table of outlets
GRAVITY = {"refuse": 3, "hold": 2, "warn": 1, "note": 0}

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet: counts of the snapshot, and what the run held back of it."""

    name: str
    articles: int
    printings: int
    statements: int
    shared: int  # statements that other outlets print too
    earliest: int  # shared ones that are earliest seen here
    lines: int  # without blank ones
    removed: int
    rejections: int
    about: str = ""  # kind, owner, country
    quarantined: int = 0
    findings: tuple[Row, ...] = ()

    @property
    def is_notable(self) -> bool:
        """Whether the run has something to say about it."""
        return bool(self.quarantined or self.findings)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """How many statements each two outlets both print; the diagonal is all statements of one."""

    outlets: tuple[str, ...]
    of: int  # known outlets in all
    counts: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that is counted, for one snapshot."""

    run_id: str
    state: str | None  # published | degraded | refused ...; None where no run is on record
    finished_at: datetime | None
    seconds: float | None
    counts: Mapping[str, int]
    outlets: tuple[Outlet, ...]  # those with findings first, then by articles
    heat: HeatMap
    reasons: tuple[tuple[str, int], ...]  # noise reason, lines; most first
    rejections: tuple[Row, ...]
    languages: tuple[tuple[str, int], ...]
    dates: tuple[datetime | None, datetime | None]
    findings: tuple[Row, ...] = ()
    trend: tuple[Row, ...] = field(default=())  # rows of `runs` about whole runs, oldest first


def collect(data: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> Facts:
    """Count everything. `data` has the snapshot's tables as views."""
    runs = _runs(data, snapshot)
    last = _own_run(runs, snapshot.id)
    lines = _removed(data)
    outlets = _outlets(data, snapshot, lines, _of_outlets(data, last))
    reasons: dict[str, int] = {}
    for _, reason, count in lines:
        if reason:
            reasons[reason] = reasons.get(reason, 0) + count
    first, latest = _one(data, "SELECT min(published_at), max(published_at) FROM articles WHERE is_latest")
    return Facts(
        run_id=snapshot.id,
        state=last.get("state"),
        finished_at=last.get("finished_at"),
        seconds=last.get("seconds"),
        counts=_counts(data, snapshot, lines),
        outlets=outlets,
        heat=_heat(data, outlets),
        reasons=tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))),
        rejections=tuple(
            rows(data, f"SELECT * FROM rejections ORDER BY outlet, raw_path, record LIMIT {REJECTIONS}")
        ),
        languages=_languages(data),
        dates=(first, latest),
        findings=_findings(last, outlets),
        trend=tuple(runs),
    )


def _findings(last: Row, outlets: Sequence[Outlet]) -> tuple[Row, ...]:
    """What the run found, of the whole and then of single outlets, each once; gravest first."""
    found: list[tuple[str | None, Row]] = [(None, finding) for finding in last.get("findings") or ()]
    found += [(outlet.name, finding) for outlet in outlets for finding in outlet.findings]
    once: dict[tuple[str, str], Row] = {}
    for outlet, finding in found:
        once.setdefault((finding["code"], finding["message"]), {**finding, "outlet": outlet})
    return tuple(sorted(once.values(), key=lambda f: -GRAVITY.get(f["severity"], 0)))


def _own_run(runs: Sequence[Row], snapshot_id: str) -> Row:
    """The row of the run that published the snapshot; else of the latest that published anything."""
    own = [run for run in runs if run["run_id"] == snapshot_id]
    return next(reversed(own or [run for run in runs if run["state"] != "refused"]), {})


def rows(data: duckdb.DuckDBPyConnection, sql: str) -> list[dict[str, Any]]:
    """The rows of a query as dicts."""
    found = data.execute(sql)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def _one(data: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    return data.execute(sql).fetchone() or ()


def _runs(data: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> list[dict[str, Any]]:
    """The latest rows of `runs` about whole runs, oldest first."""
    if not snapshot.files.get("runs"):
        return []
    ordered = "SELECT * FROM runs WHERE outlet IS NULL ORDER BY started_at DESC, run_id DESC"
    return rows(data, f"{ordered} LIMIT {TREND_RUNS}")[::-1]


def _of_outlets(data: duckdb.DuckDBPyConnection, last: Row) -> dict[str, Row]:
    """The latest run's rows about single outlets."""
    if not last:
        return {}
    run = str(last["run_id"]).replace("'", "''")
    found = rows(data, f"SELECT * FROM runs WHERE outlet IS NOT NULL AND run_id = '{run}'")
    return {row["outlet"]: row for row in found}


# Lines by outlet and reason; a reason of null is what stayed. Blank lines are neither.
_LINES = """
SELECT a.outlet, l.reason, sum(l.n)::BIGINT AS n FROM (
  SELECT article_id, version, reason, count(*) AS n FROM lines
  WHERE role IS DISTINCT FROM 'blank' GROUP BY ALL
) l JOIN articles a USING (article_id, version) GROUP BY ALL ORDER BY ALL
"""


def _removed(data: duckdb.DuckDBPyConnection) -> list[tuple[str | None, str | None, int]]:
    return data.execute(_LINES).fetchall()


def _counts(
    data: duckdb.DuckDBPyConnection, snapshot: Snapshot, lines: Sequence[tuple[str | None, str | None, int]]
) -> dict[str, int]:
    unnamed = _one(data, "SELECT count(*) FROM mentions WHERE speaker IS NULL")[0]
    several, new, outlets, current = _one(
        data,
        "SELECT count(*) FILTER (outlet_count > 1), "
        f"count(*) FILTER (founded_run = {int(snapshot.run)}), "
        "(SELECT count(DISTINCT outlet) FROM articles), (SELECT count(*) FROM articles WHERE is_latest) "
        "FROM passages",
    )
    return dict(snapshot.counts) | {
        "without_speaker": unnamed,
        "several_outlets": several,
        "new_passages": new,
        "outlets": outlets,
        "current_articles": current,
        "doubtful": _one(data, "SELECT count(*) FROM articles WHERE is_latest AND cleaning <> 'ok'")[0],
        "lines_judged": sum(count for _, _, count in lines),
        "lines_removed": sum(count for _, reason, count in lines if reason),
    }


def _languages(data: duckdb.DuckDBPyConnection) -> tuple[tuple[str, int], ...]:
    found = data.execute(
        "SELECT coalesce(language, 'unknown'), count(*) AS n FROM articles WHERE is_latest "
        "GROUP BY 1 ORDER BY n DESC, 1"
    )
    return tuple((name, count) for name, count in found.fetchall())


# --- outlets ----------------------------------------------------------------------------------

_ARTICLES = "SELECT outlet, count(*) FROM articles WHERE is_latest GROUP BY 1"
_PRINTINGS = "SELECT outlet, count(*) FROM mentions GROUP BY 1"
_STATEMENTS = "SELECT unnest(outlets), count(*) FROM passages GROUP BY 1"
_SHARED = "SELECT unnest(outlets), count(*) FROM passages WHERE len(outlets) > 1 GROUP BY 1"
_REJECTED = "SELECT outlet, count(*) FROM rejections GROUP BY 1"
# Among the dated printings of two outlets or more, as the page's script sees it: by the minute; all
# unknown outlets are as one; what two outlets have at the same minute is earliest seen at neither.
_EARLIEST = """
WITH first AS (
  SELECT passage_id, outlet, date_trunc('minute', min(published_at)) AS seen FROM mentions
  SEMI JOIN (SELECT passage_id FROM passages WHERE len(outlets) > 1) USING (passage_id)
  WHERE published_at IS NOT NULL GROUP BY ALL
), ranked AS (
  SELECT outlet, rank() OVER w AS place, count(*) OVER (PARTITION BY passage_id, seen) AS level,
         count(*) OVER (PARTITION BY passage_id) AS dated
  FROM first WINDOW w AS (PARTITION BY passage_id ORDER BY seen)
)
SELECT outlet, count(*) FROM ranked
WHERE place = 1 AND level = 1 AND dated > 1 AND outlet IS NOT NULL GROUP BY 1
"""


def _outlets(
    data: duckdb.DuckDBPyConnection,
    snapshot: Snapshot,
    lines: Sequence[tuple[str | None, str | None, int]],
    runs: Mapping[str, Row],
) -> tuple[Outlet, ...]:
    queries = (_ARTICLES, _PRINTINGS, _STATEMENTS, _SHARED, _EARLIEST, _REJECTED)
    articles, printings, statements, shared, earliest, rejected = (
        dict(data.execute(sql).fetchall()) for sql in queries
    )
    judged: dict[str | None, int] = {}
    removed: dict[str | None, int] = {}
    for outlet, reason, count in lines:
        judged[outlet] = judged.get(outlet, 0) + count
        removed[outlet] = removed.get(outlet, 0) + (count if reason else 0)
    about = _about(data, snapshot)
    names = {*articles, *rejected, *runs, *about} - {None}
    found = [
        Outlet(
            name=name,
            articles=articles.get(name, 0),
            printings=printings.get(name, 0),
            statements=statements.get(name, 0),
            shared=shared.get(name, 0),
            earliest=earliest.get(name, 0),
            lines=judged.get(name, 0),
            removed=removed.get(name, 0),
            rejections=rejected.get(name, 0),
            about=about.get(name, ""),
            quarantined=runs.get(name, {}).get("quarantined") or 0,
            findings=tuple(runs.get(name, {}).get("findings") or ()),
        )
        for name in names
    ]
    return tuple(sorted(found, key=lambda outlet: (not outlet.is_notable, -outlet.articles, outlet.name)))


def _about(data: duckdb.DuckDBPyConnection, snapshot: Snapshot) -> dict[str, str]:
    if not snapshot.files.get("outlets"):
        return {}
    found = rows(data, "SELECT * FROM outlets ORDER BY outlet")
    return {
        row["outlet"]: ", ".join(str(row[name]) for name in ("kind", "owner", "country") if row.get(name))
        for row in found
    }


# --- heat map ---------------------------------------------------------------------------------

_PAIRS = """
WITH shared AS (SELECT passage_id, unnest(outlets) AS outlet FROM passages WHERE len(outlets) > 1)
SELECT a.outlet, b.outlet, count(*) FROM shared a JOIN shared b USING (passage_id)
WHERE a.outlet <> b.outlet GROUP BY 1, 2
"""


def _heat(data: duckdb.DuckDBPyConnection, outlets: Sequence[Outlet]) -> HeatMap:
    """The outlets that share most, in that order."""
    most = sorted(outlets, key=lambda outlet: (-outlet.shared, -outlet.statements, outlet.name))
    names = tuple(outlet.name for outlet in most[:HEAT_OUTLETS] if outlet.statements)
    counts = {(a, b): n for a, b, n in data.execute(_PAIRS).fetchall()}
    return HeatMap(names, len(outlets), counts | {(o.name, o.name): o.statements for o in outlets})
