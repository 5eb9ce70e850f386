"""Logs for machines: one JSON object a line on standard error, by `logging` of the standard library.

    {"time": "2026-03-12T02:00:07.123Z", "level": "info", "event": "published", "snapshot": ...}

`event` is a stable code, the rest are its fields; docs/logs.md lists them. Holds how a line
looks; what is said of a run says `pipeline.events`. Without `to_stderr` nothing is printed.
"""

import json
import logging
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from quotesieve.errors import QuotesieveError

LOG = logging.getLogger("quotesieve")
PROGRESS_SECONDS = 5.0  # at least, between two lines of progress


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON. Text from articles can't break it: everything is escaped."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        fields = getattr(record, "fields", None)
        line: dict[str, Any] = {"time": _utc(record.created), "level": record.levelname.lower()}
        if fields is not None:
            line |= {"event": record.getMessage(), **fields}
        else:  # of a library
            line |= {"event": "message", "logger": record.name, "message": record.getMessage()}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def _utc(seconds: float) -> str:
    moment = datetime.fromtimestamp(seconds, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@contextmanager
def to_stderr() -> Iterator[None]:
    """Send our log, and what libraries warn of, to standard error as JSON."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    root, level = logging.getLogger(), LOG.level
    root.addHandler(handler)
    LOG.setLevel(logging.INFO)
    logging.captureWarnings(True)
    try:
        yield
    finally:
        root.removeHandler(handler)
        LOG.setLevel(level)
        logging.captureWarnings(False)


def event(name: str, *, level: int = logging.INFO, **fields: Any) -> None:
    """Log an event with its fields."""
    LOG.log(level, name, extra={"fields": fields})


def failed(error: BaseException) -> None:
    """Log what ended the command: a person's to mend, or a bug, which has its traceback."""
    code = error.exit_code if isinstance(error, QuotesieveError) else 1
    fields = {"error": type(error).__name__, "message": str(error), "exit_code": code}
    known = isinstance(error, QuotesieveError | KeyboardInterrupt)
    LOG.error("failed", extra={"fields": fields}, exc_info=None if known else error)


def progress() -> Callable[[str, int, int], None]:
    """Progress as events: the first and the last of each stage, and one every few seconds."""
    last: dict[str, float] = {}

    def advance(stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage not in last or done >= total or now - last[stage] >= PROGRESS_SECONDS:
            last[stage] = now
            event("progress", stage=stage, done=done, total=total)

    return advance
