"""Quotesieve: scraped news articles in, one Parquet data set of attributed quotes out.

    import quotesieve as qs
    qs.read_raw(path)                     # Iterator[RawArticle | Rejection]
    qs.clean_text(text, outlet=None)      # Article
    qs.clean_html(html, url=None)         # Article
    qs.extract_quotes(article_or_text)    # list[Mention]
    qs.dedupe(mentions_or_texts)          # Deduplication: .labels .passages .mentions .comparisons .cut(t)
    qs.run(raw, clean, settings=...)      # Report
    qs.read_table(clean, "passages")      # pyarrow.Table
    qs.changes(clean, "previous")         # Changes: what differs from an earlier snapshot
    qs.read_changes(clean, "previous")    # pyarrow.RecordBatchReader: the same as rows
    qs.forget(clean, url)                 # Forgetting: take an article out for good
    qs.write_report(clean)                # Path of an HTML file

Names are loaded when first used, so that `import quotesieve` costs next to nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quotesieve.pipeline.changes import Changes, changes, read_changes
    from quotesieve.pipeline.forget import Forgetting, forget
    from quotesieve.pipeline.run import Report, run
    from quotesieve.report.write import write_report
    from quotesieve.settings import Settings, make_settings
    from quotesieve.stages.clean import clean_html, clean_text
    from quotesieve.stages.dedupe import Deduplication, dedupe
    from quotesieve.stages.extract import extract_quotes
    from quotesieve.store.raw import read_raw
    from quotesieve.store.snapshot import read_table

__version__ = "0.1.0"

_HOME = {
    "Changes": "quotesieve.pipeline.changes",
    "Deduplication": "quotesieve.stages.dedupe",
    "Forgetting": "quotesieve.pipeline.forget",
    "Report": "quotesieve.pipeline.run",
    "Settings": "quotesieve.settings",
    "changes": "quotesieve.pipeline.changes",
    "clean_html": "quotesieve.stages.clean",
    "clean_text": "quotesieve.stages.clean",
    "dedupe": "quotesieve.stages.dedupe",
    "extract_quotes": "quotesieve.stages.extract",
    "forget": "quotesieve.pipeline.forget",
    "make_settings": "quotesieve.settings",
    "read_changes": "quotesieve.pipeline.changes",
    "read_raw": "quotesieve.store.raw",
    "read_table": "quotesieve.store.snapshot",
    "run": "quotesieve.pipeline.run",
    "write_report": "quotesieve.report.write",
}

__all__ = [
    "Changes",
    "Deduplication",
    "Forgetting",
    "Report",
    "Settings",
    "__version__",
    "changes",
    "clean_html",
    "clean_text",
    "dedupe",
    "extract_quotes",
    "forget",
    "make_settings",
    "read_changes",
    "read_raw",
    "read_table",
    "run",
    "write_report",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'quotesieve' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
