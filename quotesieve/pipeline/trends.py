"""What is usual: the rows of `runs` as comparable occasions, and the median and spread of a figure.

An occasion is a day, or a run while all history lies within less than three days (first tries, tests).
Within a day only runs up to this time of day count, so that the first of several runs a day is
compared with first runs. Pure: rows in, numbers out.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from quotesieve.pipeline.figures import SUMS, Figures, total

Row = Mapping[str, Any]

DAYS_FOR_CALENDAR = 3  # history over so many days is compared day by day
SLACK = timedelta(hours=1)  # runs that begin so much later in the day are still the same run
LEAST_DAYS = 3  # with less history nothing is usual
SAME_DAYS = 4  # so many of the same weekday make a median; else workdays or weekends, else all days
CONSISTENT = 1.4826  # median deviation to standard deviation, for normally distributed values


@dataclass(frozen=True, slots=True)
class Occasion:
    """What arrived on one occasion: in all (None) and by outlet, held back outlets left out."""

    weekday: int  # 0 is Monday
    figures: Mapping[str | None, Figures]
    strange: frozenset[str] = frozenset()  # outlets that were held back then: no measure of what is usual


@dataclass(frozen=True, slots=True)
class History:
    """Earlier occasions, oldest first, and what has already arrived on this one."""

    occasions: tuple[Occasion, ...] = ()
    today: Mapping[str | None, Figures] = field(default_factory=dict)
    gap: float = 1.0  # occasions since the last one: 3 after two nights without a run

    def of(self, outlet: str | None) -> list[tuple[int, Figures]]:
        """Weekday and figures on each occasion since the outlet's first; without those it was held."""
        listed: list[tuple[int, Figures]] = []
        for occasion in self.occasions:
            figures = occasion.figures.get(outlet)
            if (figures is None and not listed) or outlet in occasion.strange:
                continue
            listed.append((occasion.weekday, figures or Figures()))
        return listed

    @property
    def outlets(self) -> set[str]:
        """Every outlet that history knows."""
        return {name for occasion in self.occasions for name in occasion.figures if name is not None}


def make_history(rows: Iterable[Row], now: datetime, window_days: int) -> History:
    """The occasions of the last `window_days` days out of rows of `runs`, refused runs left out."""
    since = now - timedelta(days=window_days)
    runs = _runs(row for row in rows if row["state"] != "refused" and since <= row["started_at"] <= now)
    days = {run.started.date() for run in runs}
    if len(days | {now.date()}) < DAYS_FOR_CALENDAR:
        return History(tuple(_occasion([run]) for run in runs))
    limit = _time_of_day(now) + SLACK
    by_day: dict[date, list[_Run]] = {}
    for run in runs:
        if run.started.date() == now.date() or _time_of_day(run.started) <= limit:
            by_day.setdefault(run.started.date(), []).append(run)
    today = by_day.pop(now.date(), [])
    last = max(by_day, default=now.date() - timedelta(days=1))
    return History(
        tuple(_occasion(by_day[day]) for day in sorted(by_day)),
        _occasion(today).figures if today else {},
        1.0 if today else float((now.date() - last).days),
    )


@dataclass(frozen=True, slots=True)
class _Run:
    started: datetime
    rows: Sequence[Row]


def _runs(rows: Iterable[Row]) -> list[_Run]:
    found: dict[datetime, list[Row]] = {}
    for row in rows:
        found.setdefault(row["started_at"], []).append(row)
    listed = [_Run(started, found[started]) for started in sorted(found)]
    return [run for run in listed if any(row["new_articles"] or row["rejections"] for row in run.rows)]


def _time_of_day(moment: datetime) -> timedelta:
    return timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)


def _occasion(runs: Sequence[_Run]) -> Occasion:
    figures: dict[str | None, list[Figures]] = {}
    strange: set[str] = set()
    for run in runs:
        for row in run.rows:
            figures.setdefault(row["outlet"], []).append(figures_of(row))
            if row["outlet"] is not None and row["quarantined"]:
                strange.add(row["outlet"])
    sums = {outlet: total(several) for outlet, several in figures.items()}
    arrived = {name: own for name, own in sums.items() if own.new_articles or own.rejections or name is None}
    weekday = runs[0].started.weekday() if runs else 0
    return Occasion(weekday, arrived, frozenset(strange))


def figures_of(row: Row) -> Figures:
    """The figures that a row of `runs` records."""
    languages = {found["language"]: found["articles"] for found in row["languages"]}
    # A row of an earlier version lacks the figures that came later.
    return Figures(**{name: row.get(name) or 0 for name in SUMS}, languages=languages)


@dataclass(frozen=True, slots=True)
class Usual:
    """Where a figure lies as a rule: median for this weekday, standard deviation, how many values."""

    center: float
    deviation: float  # robust, by the median deviation: coarse for small counts
    scatter: float  # by the root mean square, about each day's own median
    count: int
    by_weekday: bool  # False: too few of the same weekday; all days count


def usual(values: Sequence[tuple[int, float]], weekday: int) -> Usual | None:
    """The usual of a figure from (weekday, value) pairs; None if there are fewer than three.

    The deviation is taken from each day's own median, so that weekends do not widen it.

    >>> usual([(0, 9.0), (0, 10.0), (0, 10.0), (0, 11.0)], 0)
    Usual(center=10.0, deviation=0.7413, scatter=0.816496580927726, count=4, by_weekday=True)
    """
    values = [(day, value) for day, value in values if math.isfinite(value)]
    if len(values) < LEAST_DAYS:
        return None
    centers = {day: _center(values, day) for day in {weekday, *(day for day, _ in values)}}
    deviations = [abs(value - centers[day][0]) for day, value in values]
    free = max(len(values) - len({center for center, _ in centers.values()}), 1)
    scatter = math.sqrt(sum(d * d for d in deviations) / free)
    center, same = centers[weekday]
    return Usual(center, CONSISTENT * median(deviations), scatter, len(values), same)


def _center(values: Sequence[tuple[int, float]], weekday: int) -> tuple[float, bool]:
    """The median of the same weekday, else of workdays or weekends, else of all; whether not of all."""
    alike: tuple[Callable[[int], bool], ...] = (
        lambda day: day == weekday,
        lambda day: (day >= 5) == (weekday >= 5),
    )
    for is_like in alike:
        same = [value for day, value in values if is_like(day)]
        if len(same) >= SAME_DAYS:
            return median(same), True
    return median(value for _, value in values), False
