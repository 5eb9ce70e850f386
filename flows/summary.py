"""The texts of a run's artifacts: the report, as Markdown and as table rows. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from quotesieve.console import CHANGES
from quotesieve.pipeline.compare import Comparison
from quotesieve.pipeline.overview import Figures
from quotesieve.pipeline.run import Report
from quotesieve.pipeline.verify import Verification

COUNTS = ("articles", "rejections", "lines", "mentions", "passages", "paragraphs", "comparisons")
STATEMENT = 160  # characters of a statement in a table


def summary_markdown(
    report: Report, before: Mapping[str, int], figures: Figures | None, page: str | None
) -> str:
    """The run in a few lines for the run page."""
    parts = [
        _head(report),
        _problems(report),
        _changes(report),
        _news(figures.news) if figures else "",
        _table(report.counts, before),
        f"Tables: `{report.tables}`" + (f" · Report: `{page}`" if page else ""),
    ]
    return "\n\n".join(part for part in parts if part)


def _head(report: Report) -> str:
    if report.state == "unchanged":
        return f"**Nothing changed** in `{report.raw}`: snapshot `{report.snapshot}` stands."
    if report.state == "refused":
        return f"**Refused.** Snapshot `{report.snapshot}` was not published; readers keep the last one."
    head = "Published, but look at this" if report.state == "degraded" else "Published"
    return f"**{head}:** `{report.snapshot}` from `{report.raw}` in {report.seconds:.1f} s."


def _problems(report: Report) -> str:
    """Findings of the gate and what was held back, as a list."""
    found = [f"- **{finding.severity}**: {finding.message}" for finding in report.findings]
    held = [f"- {count:,} articles of `{name}` are held back" for name, count in report.quarantined.items()]
    return "\n".join(found + held)


def _changes(report: Report) -> str:
    changes = [
        # The command line's words for a plan, of what is done by now.
        f"- {c.count:,} records {CHANGES[c.code].replace('to be ', '')}, such as `{c.example}`"
        for c in report.changes
    ]
    if report.left:
        changes.append(f"- {report.left:,} records changed but are outside the selection: they wait")
    if report.waiting:
        changes.append(f"- {len(report.waiting):,} files are still being written: they wait")
    return "\n".join(changes)


def _news(news: Mapping[str, int]) -> str:
    """What is new among the statements; nothing where there is nothing to compare with."""
    if not news:
        return ""
    return (
        f"Since the last snapshot: {news['new_statements']:,} new statements, {news['spread']:,} printed by "
        f"more outlets than before, {news['newly_shared']:,} now shared by two outlets or more."
    )


def _table(counts: Mapping[str, int], before: Mapping[str, int]) -> str:
    rows = [f"| {name} | {counts[name]:,} | {_delta(counts, before, name)} |" for name in COUNTS]
    return "\n".join(["| table | rows | since the last run |", "|---|---:|---:|", *rows])


def _delta(counts: Mapping[str, int], before: Mapping[str, int], name: str) -> str:
    """The difference with its sign; empty for a first run.

    >>> _delta({"articles": 5}, {"articles": 7}, "articles"), _delta({"articles": 5}, {}, "articles")
    ('-2', '')
    """
    change = counts[name] - before.get(name, counts[name])
    return (f"{change:+,}" if change else "0") if name in before else ""


def tables(figures: Figures) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """Table artifacts by key: a description and the rows. An empty table is left out."""
    reprinted = [{**row, "statement": _short(row["statement"])} for row in figures.reprinted]
    made: dict[str, tuple[str, Sequence[Mapping[str, Any]]]] = {
        "refresh-reprinted": ("The ten most reprinted statements", reprinted),
        "refresh-noise": ("Why lines were removed, by outlet", figures.noise),
        "refresh-rejections": ("Input that could not become an article", figures.rejections),
    }
    return {key: (about, [dict(row) for row in rows]) for key, (about, rows) in made.items() if rows}


def _short(text: str) -> str:
    return text if len(text) <= STATEMENT else text[: STATEMENT - 1] + "…"


def comparison_markdown(found: Comparison, folder: str) -> str:
    """How a rebuild compares, for its run page."""
    if found.same:
        return (
            f"**The same.** All {found.rows:,} rows of snapshot `{found.left}` came out again: "
            "the same groups of quotes, the same ids, the same rows."
        )
    listed = "\n".join(f"- {difference}" for difference in found.differences)
    head = f"**Differs.** Snapshot `{found.left}` is not what a full rebuild makes."
    return f"{head}\n\n{listed}\n\nRebuilt tables: `{folder}`"


def comparison_rows(found: Comparison) -> list[dict[str, Any]]:
    """One row a table that differs."""
    return [
        {
            "table": difference.table,
            "only published": difference.only_left,
            "only rebuilt": difference.only_right,
            "differ": difference.changed,
            "columns": ", ".join(difference.columns),
            "example": difference.example,
        }
        for difference in found.differences
    ]


def verification_markdown(found: Verification) -> str:
    """What was checked, for the run page of a verification."""
    checked = "\n".join(f"| {name} | {count:,} |" for name, count in found.checked.items())
    head = "**Every law holds**" if found.ok else f"**{len(found.findings)} findings**"
    return f"{head} for snapshot `{found.snapshot}`.\n\n| checked | |\n|---|---:|\n{checked}"
