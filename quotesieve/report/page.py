"""HTML of the facts: templates filled, everything from articles escaped, one file without references.

The page's policy allows nothing but its own style and script, by their digests: words of an
article that got through as markup would still neither run nor load anything.
"""

import base64
import hashlib
from datetime import datetime
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from quotesieve.report import charts
from quotesieve.report import facts as facts_of
from quotesieve.report.articles import Sample
from quotesieve.report.embed import array
from quotesieve.report.facts import Facts
from quotesieve.report.statements import Choice

STATES = {
    "published": ("✓", "Published"),
    "unchanged": ("=", "Unchanged"),
    "degraded": ("△", "Published with warnings"),
    "refused": ("✕", "Refused: not published"),
}
SEVERITIES = {"note": "Note", "warn": "Warning", "hold": "Held back", "refuse": "Refused"}


def render(facts: Facts, choice: Choice, sample: Sample) -> str:
    """The whole page."""
    style, script = _asset("report.css"), _asset("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            facts=facts,
            choice=choice,
            sample=sample,
            trends=charts.trends(facts.trend),
            most=max((n for (a, b), n in facts.heat.counts.items() if a != b), default=0),
            state=STATES.get(facts.state or "published", ("", facts.state)),
            severities=SEVERITIES,
            names=sorted(outlet.name for outlet in facts.outlets[: facts_of.OUTLETS]),
            style=Markup(style),
            script=Markup(script),
            policy=policy(style, script),
            statements=Markup(array(choice.rows)),
            articles=Markup(array(sample.rows)),
        )
        + "\n"
    )


def policy(style: str, script: str) -> str:
    """The Content-Security-Policy: this style and this script, and nothing else from anywhere."""
    return (
        f"default-src 'none'; style-src {_digest(style)}; script-src {_digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _asset(name: str) -> str:
    return files("quotesieve.report").joinpath("assets", name).read_text(encoding="utf-8")


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("quotesieve.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "num": charts.number,
        "short": charts.short,
        "pct": charts.percent,
        "when": when,
        "day": day,
        "words": words,
    }
    made.globals |= {"share": charts.share, "shade": charts.shade, "sizes": charts, "sizes_of": facts_of}
    return made


def when(time: datetime | None) -> str:
    """A time for people, UTC.

    >>> when(datetime(2026, 3, 1, 18, 2)), when(None)
    ('1 Mar 2026, 18:02 UTC', '–')
    """
    return "–" if time is None else f"{time.day} {time:%b %Y, %H:%M} UTC"


def day(time: datetime | None) -> str:
    """A day for people.

    >>> day(datetime(2026, 3, 1, 18, 2))
    '1 Mar 2026'
    """
    return "–" if time is None else f"{time.day} {time:%b %Y}"


def words(code: str) -> str:
    """A code as words.

    >>> words("author_bio")
    'author bio'
    """
    return code.replace("_", " ")
