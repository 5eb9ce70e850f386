"""A picture of the last runs: small bar charts in one SVG, as a data: URI that renders offline. Pure."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

# Columns of a trend, what they are called, and their colours (legible on white for the colour-blind).
PANELS = (
    ("articles", "articles, all versions", "#0072b2"),
    ("new_articles", "new articles", "#009e73"),
    ("mentions", "quotes in those", "#56b4e9"),
    ("passages", "statements", "#cc79a7"),
    ("kept_percent", "% of text kept", "#e69f00"),
    ("rejections", "new rejections", "#d55e00"),
    ("quarantined", "held back", "#d55e00"),
    ("seconds", "seconds", "#666666"),
)
WIDTH, HEIGHT, COLUMNS = 300, 120, 3  # pixels a panel, panels a row
LEFT, TOP, BAR_AREA, PLOT = 14, 34, 272, 62


def trend_svg(runs: Sequence[Mapping[str, Any]]) -> str:
    """Small charts, one a figure that the runs have, oldest run on the left."""
    present = [panel for panel in PANELS if any(run.get(panel[0]) is not None for run in runs)]
    rows = -(-len(present) // COLUMNS)
    charts = [
        f'<g transform="translate({WIDTH * (i % COLUMNS)},{HEIGHT * (i // COLUMNS)})">'
        f"{_chart(runs, *panel)}</g>"
        for i, panel in enumerate(present)
    ]
    width, height = WIDTH * COLUMNS, max(rows, 1) * HEIGHT + 26
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" font-family="sans-serif" font-size="12"><rect width="100%" height="100%" '
        f'fill="#fff"/>{"".join(charts)}{_caption(runs, height)}</svg>'
    )


def _chart(runs: Sequence[Mapping[str, Any]], column: str, title: str, colour: str) -> str:
    values = [run.get(column) for run in runs]
    top = max((value for value in values if value is not None), default=0) or 1
    step = BAR_AREA / max(len(values), 8)
    bars = "".join(
        _bar(LEFT + i * step, step, value / top, colour, f"{_label(runs[i])}: {_number(value)}")
        for i, value in enumerate(values)
        if value is not None
    )
    last = next((value for value in reversed(values) if value is not None), 0)
    base = TOP + PLOT
    return (
        f'<text x="{LEFT}" y="20" fill="#333">{title}</text>'
        f'<text x="{LEFT + BAR_AREA}" y="20" text-anchor="end" font-weight="bold" fill="{colour}">'
        f'{_number(last)}</text>{bars}<path d="M{LEFT} {base}h{BAR_AREA}" stroke="#999"/>'
    )


def _bar(x: float, step: float, share: float, colour: str, tip: str) -> str:
    height = max(PLOT * share, 1 if share else 0)
    return (
        f'<rect x="{x:.1f}" y="{TOP + PLOT - height:.1f}" width="{step * 0.8:.1f}" height="{height:.1f}" '
        f'fill="{colour}"><title>{escape(tip)}</title></rect>'
    )


def _caption(runs: Sequence[Mapping[str, Any]], height: int) -> str:
    if not runs:
        return f'<text x="{LEFT}" y="{height - 10}" fill="#666">no runs yet</text>'
    several = f"the last {len(runs)} runs, oldest on the left" if len(runs) > 1 else "the first run"
    words = f"{several}: {_label(runs[0])} to {_label(runs[-1])} UTC" if len(runs) > 1 else several
    return f'<text x="{LEFT}" y="{height - 10}" fill="#666">{escape(words)}</text>'


def _label(run: Mapping[str, Any]) -> str:
    return str(run.get("started") or run.get("run_id"))


def _number(value: float) -> str:
    """For people: thousands apart, one decimal below 100.

    >>> _number(12345), _number(41.27), _number(3)
    ('12,345', '41.3', '3')
    """
    return f"{value:,.1f}" if value < 100 and value != int(value) else f"{value:,.0f}"


def data_uri(svg: str) -> str:
    """The picture as an address that needs no server."""
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()
