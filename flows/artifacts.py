"""Leave artifacts on the run page, and events. Only what talks to Prefect; texts are `summary`'s.

A run whose tables are published must not fail for want of a page: where the API does not answer,
the client has tried for minutes, and the rest is left out with a word in the log.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from prefect import get_run_logger
from prefect.artifacts import create_link_artifact, create_markdown_artifact, create_table_artifact
from prefect.events import emit_event
from prefect.exceptions import PrefectHTTPStatusError

from flows import summary
from flows.picture import data_uri, trend_svg
from quotesieve.errors import SnapshotError
from quotesieve.pipeline.compare import Comparison
from quotesieve.pipeline.overview import Figures, figures
from quotesieve.pipeline.run import Report
from quotesieve.pipeline.verify import Verification
from quotesieve.store.snapshot import Snapshot

REPORTS_URL = "QUOTESIEVE_REPORTS_URL"  # where `make serve` shows CLEAN/reports
QUARANTINED = "quotesieve.outlet.quarantined"


@contextmanager
def _best_effort() -> Iterator[None]:
    try:
        yield
    except (httpx.HTTPError, PrefectHTTPStatusError) as error:
        get_run_logger().warning("no artifacts: the Prefect API does not answer (%s)", error)


def leave_refresh(report: Report, previous: Snapshot | None, page: str | None) -> None:
    """The summary of a refresh, its tables, the picture of the trend and the link to its report."""
    found = _figures(report, previous)
    before = previous.counts if previous else {}
    with _best_effort():
        create_markdown_artifact(
            summary.summary_markdown(report, before, found, page),
            key="refresh-summary",
            description="What the run did",
        )
        if found is None:
            return
        for key, (description, rows) in summary.tables(found).items():
            create_table_artifact(rows, key=key, description=description)
        if found.trend:
            # In Markdown: below an image artifact the UI prints the picture's whole address.
            picture = f"![The last runs]({data_uri(trend_svg(found.trend))})"
            create_markdown_artifact(picture, key="refresh-trend", description="The last runs")
        if page:
            create_link_artifact(
                report_url(page), link_text="Open the report", key="refresh-report", description=page
            )


def _figures(report: Report, previous: Snapshot | None) -> Figures | None:
    """The figures of what readers see now; a refused run has none of its own."""
    try:
        return figures(Path(report.clean), previous)
    except SnapshotError as error:
        get_run_logger().warning("no figures: %s", error)
        return None


def report_url(page: str) -> str:
    """Address of a report: served by `make serve`, else a file that the browser opens from disk."""
    base = os.environ.get(REPORTS_URL)
    return f"{base}/{Path(page).name}" if base else Path(page).resolve().as_uri()


def tell_of_quarantine(report: Report) -> None:
    """One event an outlet that was held back: what the alert automation listens to."""
    for outlet, articles in report.quarantined.items():
        emit_event(
            QUARANTINED,
            resource={"prefect.resource.id": f"quotesieve.outlet.{outlet}", "prefect.resource.name": outlet},
            payload={
                "outlet": outlet,
                "articles": articles,
                "snapshot": report.snapshot,
                "clean": report.clean,
            },
        )


def leave_comparison(found: Comparison, folder: str) -> None:
    """How a rebuild compares."""
    with _best_effort():
        create_markdown_artifact(
            summary.comparison_markdown(found, folder),
            key="rebuild-summary",
            description="What the rebuild found",
        )
        if rows := summary.comparison_rows(found):
            create_table_artifact(rows, key="rebuild-differences", description="What differs, by table")


def leave_verification(found: Verification) -> None:
    """What a verification checked and found."""
    with _best_effort():
        create_markdown_artifact(
            summary.verification_markdown(found), key="verify-summary", description="What was checked"
        )
        rows = [{"law": f.law, "where": f.where, "detail": f.detail} for f in found.findings]
        if rows:
            create_table_artifact(rows, key="verify-findings", description="What does not hold")
