"""Which records a run may touch: a window of dates, a list of paths. For backfills and rebuilds.

Holds the condition alone; `plan` applies it. What is left out stays as it was published, and is
found again by the next run without a selection.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase

from quotesieve.errors import SettingsError
from quotesieve.model import Metadata

DATES = ("published", "fetched")


@dataclass(frozen=True, slots=True)
class Selection:
    """A record must be in the window and, if there are `paths`, match one of them.

    `since` and `until` are aware and bound the date that `date` names: from `since`, before `until`.
    A date counts only where it is known before the article is parsed: from a manifest, a sidecar,
    front matter, a JSONL or Parquet column, or WARC. Records without one are left out unless `undated`.
    """

    paths: tuple[str, ...] = ()  # paths relative to RAW, folders, or patterns with * and ?
    date: str = "published"  # DATES
    since: datetime | None = None
    until: datetime | None = None
    undated: bool = False
    known: bool = False  # only records that are as the last snapshot has them: a rebuild

    @property
    def is_all(self) -> bool:
        """Nothing is left out."""
        return not (self.paths or self.has_window or self.known)

    @property
    def has_window(self) -> bool:
        """Dates decide, so records must be read to be judged."""
        return self.since is not None or self.until is not None

    def has_path(self, path: str) -> bool:
        """True if the file is selected.

        >>> some = Selection(paths=("wire/*.txt", "archive"))
        >>> some.has_path("wire/a.txt"), some.has_path("archive/2024/b.html"), some.has_path("wire/a.html")
        (True, True, False)
        """
        return not self.paths or any(_matches(path, wanted) for wanted in self.paths)

    def has_date(self, about: Metadata | None) -> bool:
        """True if the record's date is in the window; `about` is None where nothing could be read."""
        if not self.has_window:
            return True
        when = getattr(about, f"{self.date}_at") if about else None
        if when is None:
            return self.undated
        return (self.since is None or when >= self.since) and (self.until is None or when < self.until)


ALL = Selection()


def _matches(path: str, wanted: str) -> bool:
    return fnmatchcase(path, wanted) or path.startswith(wanted.rstrip("/") + "/")


def make_selection(
    *,
    paths: Sequence[str] = (),
    date: str = "published",
    since: str | None = None,
    until: str | None = None,
    undated: bool = False,
) -> Selection:
    """A selection from what a person writes: ISO dates, UTC where no zone is given.

    Raises SettingsError.

    >>> make_selection(since="2026-03-01").since
    datetime.datetime(2026, 3, 1, 0, 0, tzinfo=datetime.timezone.utc)
    >>> make_selection(since="last week")
    Traceback (most recent call last):
    ...
    quotesieve.errors.SettingsError: 'last week': not a date. Write it as 2026-03-31 or 2026-03-31T18:00
    """
    if date not in DATES:
        raise SettingsError(f"{date!r}: no such date. Known: {', '.join(DATES)}")
    begin, end = _moment(since), _moment(until)
    if begin and end and begin >= end:
        raise SettingsError(f"{since} to {until}: the window is empty. The end is exclusive.")
    return Selection(tuple(path for path in paths if path), date, begin, end, undated)


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise SettingsError(f"{text!r}: not a date. Write it as 2026-03-31 or 2026-03-31T18:00") from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
