"""What the gate judges: each figure with its scale, its threshold, its severities and what to look at.

A table and the little that it needs; the ranges are `pipeline.gate`'s, the sums `pipeline.figures`'s.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from quotesieve.pipeline.figures import Figures


@dataclass(frozen=True, slots=True)
class Scale:
    """In which terms a figure is compared: where its spread does not depend on its size."""

    to: Callable[[float], float]
    back: Callable[[float], float]


def _square(value: float) -> float:
    return max(value, 0.0) ** 2


def _same(value: float) -> float:
    return value


LINEAR = Scale(_same, _same)
ROOT = Scale(math.sqrt, _square)
ANSCOMBE = Scale(lambda value: math.sqrt(value + 0.375), lambda value: max(max(value, 0.0) ** 2 - 0.375, 0.0))
LOG = Scale(lambda value: math.log(max(value, 1.0)), math.exp)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure that is judged."""

    code: str
    figure: str  # column of runs
    label: str
    of: Callable[[Figures], tuple[float, float]]  # what is divided by what
    weight: Callable[[Figures], float]  # how many independent things it is an average of
    noise: float | None  # deviation (scaled) of one by chance; None: the figure is a share of things counted
    threshold: str  # of GateSettings
    outlet: tuple[str | None, str | None]  # severity below and above the range, for an outlet
    run: tuple[str | None, str | None]  # the same for the whole run
    look: tuple[str, str]  # what to look at, below and above
    scale: Scale = LINEAR
    percent: bool = True

    def value(self, figures: Figures) -> float:
        """The figure; nan where there is nothing to divide by."""
        part, whole = self.of(figures)
        return part / whole if whole else math.nan


def _articles(figures: Figures) -> float:
    return figures.new_articles


def _independent_mentions(figures: Figures) -> float:
    return figures.mentions / 1.6  # quotes of one article go together


_EXPLAIN = "`quotesieve explain` on one of its articles shows line by line what was kept and why"
REJECTED = Measure(
    "rejected", "rejections", "share of records rejected",
    lambda f: (f.rejections, f.new_articles + f.rejections), lambda f: f.new_articles + f.rejections,
    None, "rejected", (None, "hold"), (None, "refuse"),
    ("", "look at the reasons in the table rejections: empty, truncated or undecodable files come from a "
     "broken download"),
)  # fmt: skip
ARRIVALS = (
    REJECTED,
    Measure(
        "text_kept", "kept_chars", "share of the text that was kept",
        lambda f: (f.kept_chars, f.raw_chars), _articles, 0.15,
        "kept", ("hold", "hold"), ("refuse", "refuse"),
        (f"the outlet's template may have changed, or noise took over; {_EXPLAIN}",
         f"noise of a new template may get through; {_EXPLAIN}"),
    ),
    Measure(
        "length", "kept_chars", "kept characters an article",
        lambda f: (f.kept_chars, f.new_articles), _articles, 0.7,
        "length", ("hold", "warn"), ("refuse", "warn"),
        ("articles may be cut off, or be teasers before a paywall; open one of the raw files",
         "several articles may have been written into one file; open one of the raw files"),
        LOG, False,
    ),
    Measure(
        "quotes", "mentions", "quotes an article",
        lambda f: (f.mentions, f.new_articles), _articles, 0.9,
        "quotes", ("hold", "hold"), ("refuse", "refuse"),
        ("quotation marks may have been lost or garbled (encoding), or the articles' text is missing; open "
         "one of the raw files", "marks that are no quotation marks may be taken for them; open one"),
        ROOT, False,
    ),
    Measure(
        "speakerless", "without_speaker", "share of quotes without a speaker",
        lambda f: (f.without_speaker, f.mentions), _independent_mentions, None,
        "speakerless", (None, "hold"), (None, "refuse"),
        ("", "names or reporting verbs may be missing from the text, or stand apart from the quotes; "
         "look at articles.text of some of them"),
    ),
    Measure(
        "unfinished", "unfinished", "share of articles that end in the middle of a sentence",
        lambda f: (f.unfinished, f.new_articles), _articles, None,
        "unfinished", (None, "hold"), (None, "refuse"),
        ("", "files may have been truncated in transfer, or lines of a template follow the text; compare the "
         "end of a raw file with the page"),
    ),
    Measure(
        "repeated", "repeated", "share of articles with the words of another one of the same outlet",
        lambda f: (f.repeated, f.new_articles), _articles, None,
        "repeated", (None, "hold"), (None, "refuse"),
        ("", "articles were posted or fetched again under other names or addresses, or all are the same "
         "stub (a paywall, an error page); compare two of the raw files"),
    ),
    Measure(
        "template", "template_chars", "share of the kept text that repeats from article to article",
        lambda f: (f.template_chars, f.kept_chars), _articles, 0.15,
        "template", (None, "hold"), (None, "refuse"),
        ("", f"lines of a new template (menus, teasers, notices) get through as text; {_EXPLAIN}"),
    ),
    Measure(
        "doubtful", "doubtful", "share of articles whose cleaning is doubtful",
        lambda f: (f.doubtful, f.new_articles), _articles, None,
        "doubtful", (None, "hold"), (None, "refuse"),
        ("", "the template may have changed, or pages came without their articles; articles.cleaning_reason "
         f"says why of each, and {_EXPLAIN}"),
    ),
    Measure(
        "undated", "undated", "share of articles without a time of publication",
        lambda f: (f.undated, f.new_articles), _articles, None,
        "undated", (None, "warn"), (None, "warn"),
        ("", "the pages or the manifest give the time in another way than before; open a raw file"),
    ),
    Measure(
        "encodings", "guessed_encodings", "share of articles whose encoding had to be guessed",
        lambda f: (f.guessed_encodings, f.new_articles), _articles, None,
        "guessed", (None, "hold"), (None, "refuse"),
        ("", "the encoding changed, or characters were damaged on the way; look at names with accents and at "
         "quotation marks in articles.text"),
    ),
)  # fmt: skip
MERGED = Measure(
    "merged", "merged", "share of quotes that are printed elsewhere too",
    lambda f: (f.merged, f.mentions), _independent_mentions, None,
    "merged", ("warn", "warn"), ("refuse", "refuse"),
    ("quotes may come in garbled, or the [dedup] settings were changed; look at comparisons.reason",
     "articles may have been posted again, or quotes that differ are merged; look at the passages with most "
     "mentions"),
)  # fmt: skip
