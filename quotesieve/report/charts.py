"""The geometry of what is drawn: lines over runs, bars, shades of the heat map. Numbers in, numbers out.

The templates draw them as inline SVG; colours are the style sheet's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH, HEIGHT, MARGIN = 220.0, 56.0, 5.0
SHADES = 6

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Point:
    """One run in a chart, in the chart's units."""

    x: float
    y: float
    state: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One figure over the runs: at least two values."""

    name: str
    points: tuple[Point, ...]
    latest: str
    lowest: str
    highest: str

    @property
    def line(self) -> str:
        """The `points` of an SVG polyline."""
        return " ".join(f"{point.x:g},{point.y:g}" for point in self.points)

    @property
    def marked(self) -> tuple[Point, ...]:
        """The runs that were not simply published."""
        return tuple(point for point in self.points if point.state in ("degraded", "refused"))

    @property
    def label(self) -> str:
        """The chart in words."""
        runs = f"{len(self.points)} runs"
        return f"{self.name} over {runs}: between {self.lowest} and {self.highest}, latest {self.latest}"


def number(value: float | None) -> str:
    """A count for people.

    >>> number(1234), number(None), number(0.5), number(1234.5)
    ('1,234', '–', '0.5', '1,234')
    """
    if value is None:
        return "–"
    return f"{value:,.3g}" if abs(value) < 100 and not isinstance(value, int) else f"{value:,.0f}"


def short(count: int) -> str:
    """A count in at most four characters, for a cell of the heat map.

    >>> short(999), short(1250), short(12_345), short(2_500_000)
    ('999', '1.2k', '12k', '2.5M')
    """
    for size, sign in ((1_000_000, "M"), (1_000, "k")):
        if count >= size:
            return f"{count / size:.1f}{sign}" if count < 10 * size else f"{count // size}{sign}"
    return str(count)


def percent(value: float | None) -> str:
    """A share for people; what is nearly nothing or nearly all is not rounded to it.

    >>> percent(0.123), percent(0.0004), percent(0.9999), percent(1.0), percent(None)
    ('12%', '<1%', '>99%', '100%', '–')
    """
    if value is None:
        return "–"
    if 0 < value < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= value < 1 else f"{value:.0%}"


def share(part: float | None, whole: float | None) -> float | None:
    """A part of a whole, None where there is no whole.

    >>> share(1, 4), share(1, 0), share(None, 4)
    (0.25, None, None)
    """
    return None if part is None or not whole else part / whole


def _ratio(part: str, whole: str) -> Callable[[Row], float | None]:
    return lambda run: share(run.get(part), run.get(whole))


def _column(name: str) -> Callable[[Row], float | None]:
    return lambda run: run.get(name)


# What is worth watching from night to night: name, how to read it off a row of `runs`, how to print it.
FIGURES: tuple[tuple[str, Callable[[Row], float | None], Callable[[float | None], str]], ...] = (
    ("Articles, all versions", _column("articles"), number),
    ("New articles", _column("new_articles"), number),
    ("Newly rejected items", _column("rejections"), number),
    ("Text kept", _ratio("kept_chars", "raw_chars"), percent),
    ("Printings per new article", _ratio("mentions", "new_articles"), number),
    ("Printings without a speaker", _ratio("without_speaker", "mentions"), percent),
    ("Reprints among printings", _ratio("merged", "mentions"), percent),
    ("Seconds", _column("seconds"), number),
)


def trends(runs: Sequence[Row]) -> tuple[Trend, ...]:
    """A chart for every figure that at least two runs have.

    >>> runs = [{"state": "published", "articles": n} for n in (10, 30, 20)]
    >>> [chart] = trends(runs)
    >>> chart.label
    'Articles, all versions over 3 runs: between 10 and 30, latest 20'
    >>> chart.line
    '5,51 110,5 215,28'
    """
    return tuple(
        chart for name, read, show in FIGURES if (chart := _trend(name, [(r, read(r)) for r in runs], show))
    )


def _trend(
    name: str, values: Sequence[tuple[Row, float | None]], show: Callable[[float | None], str]
) -> Trend | None:
    known = [(place, run, value) for place, (run, value) in enumerate(values) if value is not None]
    if len(known) < 2:
        return None
    low, high = min(v for _, _, v in known), max(v for _, _, v in known)
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    points = tuple(
        Point(round(MARGIN + place * step, 1), round(_height(value, low, high), 1), str(run.get("state")))
        for place, run, value in known
    )
    return Trend(name, points, show(known[-1][2]), show(low), show(high))


def _height(value: float, low: float, high: float) -> float:
    if high == low:
        return HEIGHT / 2
    return HEIGHT - MARGIN - (value - low) / (high - low) * (HEIGHT - 2 * MARGIN)


def shade(count: int, most: int) -> int:
    """The shade of a count in the heat map, 0 for nothing to SHADES for the most; by the square root.

    >>> [shade(n, 100) for n in (0, 1, 10, 50, 100)]
    [0, 1, 2, 5, 6]
    """
    if count <= 0 or most <= 0:
        return 0
    return max(1, min(SHADES, int((count / most) ** 0.5 * SHADES + 0.999)))
