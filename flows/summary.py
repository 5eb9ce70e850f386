"""The texts of a run's artifacts: the report, as Markdown and as table rows. Pure."""

from typing import Any

from quotesieve.pipeline.run import Report

COUNTS = ("articles", "rejections", "lines", "mentions", "passages", "paragraphs", "comparisons")


def summary_markdown(report: Report) -> str:
    """The run in a few lines for the run page."""
    if report.state == "unchanged":
        head = f"**Nothing changed** in `{report.raw}`: snapshot `{report.snapshot}` stands."
    else:
        head = f"**Published** `{report.snapshot}` from `{report.raw}` in {report.seconds:.1f} s."
    changes = [f"- {c.count:,} records {c.code}, such as `{c.example}`" for c in report.changes]
    rows = [f"| {name} | {report.counts[name]:,} |" for name in COUNTS]
    return "\n".join(
        [head, "", *changes, "", "| table | rows |", "|---|---:|", *rows, "", f"Tables: `{report.tables}`"]
    )


def tables(report: Report) -> dict[str, tuple[str, list[dict[str, Any]]]]:
    """Table artifacts by key: a description and the rows. An empty table is left out."""
    counts = [{"table": name, "rows": rows} for name, rows in report.counts.items()]
    rejected = [{"reason": reason, "records": count} for reason, count in report.rejections.items()]
    made = {
        "refresh-counts": ("Rows of each table", counts),
        "refresh-rejections": ("Rejected records by reason", rejected),
    }
    return {key: value for key, value in made.items() if value[1]}
