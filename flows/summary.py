"""The texts of a run's artifacts: the report, as Markdown and as table rows. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from quotesieve.console import CHANGES, count
from quotesieve.pipeline.compare import Comparison
from quotesieve.pipeline.overview import Figures
from quotesieve.pipeline.run import Report
from quotesieve.pipeline.verify import Verification

COUNTS = ("articles", "rejections", "lines", "mentions", "passages", "paragraphs", "comparisons")
STATEMENT = 56  # characters of a statement: Prefect's tables do not wrap
REASONS = 6  # of one outlet


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
    held = [f"- {count(n, 'article')} of `{name}` held back" for name, n in report.quarantined.items()]
    return "\n".join(found + held)


def _changes(report: Report) -> str:
    changes = [
        # The command line's words for a plan, of what is done by now.
        f"- {count(c.count, 'record')} {CHANGES[c.code].replace('to be ', '')}, such as `{c.example}`"
        for c in report.changes
    ]
    if report.left:
        changes.append(
            f"- {count(report.left, 'changed record')} outside the selection: for a run without one"
        )
    if report.waiting:
        changes.append(f"- {count(len(report.waiting), 'file')} still being written: for the next run")
    return "\n".join(changes)


def _news(news: Mapping[str, int]) -> str:
    """What is new among the statements; nothing where there is nothing to compare with."""
    if not news:
        return ""
    new = count(news["new_statements"], "new statement")
    return (
        f"Since the last snapshot: {new}, {news['spread']:,} printed by more outlets than before, "
        f"{news['newly_shared']:,} now shared by two outlets or more."
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
    noise = [_reasons(row) for row in figures.noise]
    made: dict[str, tuple[str, Sequence[Mapping[str, Any]]]] = {
        "refresh-reprinted": (
            "The ten most reprinted statements; an article of unknown outlet counts as an outlet",
            reprinted,
        ),
        "refresh-noise": ("Why lines were removed, by outlet", noise),
        "refresh-rejections": ("Input that could not become an article", figures.rejections),
    }
    return {key: (about, [dict(row) for row in rows]) for key, (about, rows) in made.items() if rows}


def _reasons(row: Mapping[str, Any]) -> dict[str, Any]:
    """An outlet's removed lines as one column, most first: a column a reason is wider than the page.

    The least of many reasons are put together.

    >>> _reasons({"outlet": "a", "lines": 9, "removed %": 44.4, "advert": 1, "form": 0, "legal": 3})
    {'outlet': 'a', 'lines': 9, 'removed %': 44.4, 'removed': 'legal 3, advert 1'}
    """
    about = {name: row[name] for name in ("outlet", "lines", "removed %")}
    counts = sorted(
        ((n, name) for name, n in row.items() if name not in about and n), key=lambda c: (-c[0], c[1])
    )
    if len(counts) > REASONS:
        counts[REASONS - 1 :] = [(sum(n for n, _ in counts[REASONS - 1 :]), "other")]
    return about | {"removed": ", ".join(f"{name} {n:,}" for n, name in counts)}


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
    checked = "\n".join(f"| {name} | {rows:,} |" for name, rows in found.checked.items())
    head = "**Every law holds**" if found.ok else f"**{count(len(found.findings), 'finding')}**"
    return f"{head} for snapshot `{found.snapshot}`.\n\n| checked | |\n|---|---:|\n{checked}"
