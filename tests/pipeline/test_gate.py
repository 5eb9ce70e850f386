"""The gate on figures alone: its laws, and thirty ordinary days of forty outlets."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.model import Finding
from quotesieve.pipeline import gate
from quotesieve.pipeline.figures import SUMS, Figures, total
from quotesieve.pipeline.gate import Arrival
from quotesieve.pipeline.trends import History, make_history
from quotesieve.settings import DEFAULTS, GateSettings

GATE = DEFAULTS.gate
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
Row = dict[str, Any]


def typical(articles: int = 10, **changed: Any) -> Figures:
    """An outlet's ordinary day."""
    figures = {
        "new_articles": articles,
        "raw_chars": 3000 * articles,
        "kept_chars": 2400 * articles,
        "mentions": 3 * articles,
        "without_speaker": articles // 3,
        "merged": articles,
        "languages": {"en": articles},
    }
    return Figures(**(figures | changed))


def row(
    outlet: str | None, figures: Figures, started: datetime, *, state: str = "published", held: int = 0
) -> Row:
    """A row of runs, as far as history reads it."""
    languages = [{"language": code, "articles": count} for code, count in figures.languages.items()]
    sums = {name: getattr(figures, name) for name in SUMS}
    about = {"run_id": f"{started:%d%H%M}", "started_at": started, "state": state, "quarantined": held}
    return {**about, "outlet": outlet, **sums, "languages": languages}


def night(figures: Mapping[str, Figures], started: datetime) -> list[Row]:
    """The rows of one run."""
    return [
        row(None, total(figures.values()), started),
        *(row(name, own, started) for name, own in figures.items()),
    ]


def past(outlets: int = 4, days: int = 28, figures: Figures | None = None) -> list[Row]:
    """Nights that are all alike."""
    own = {f"paper{i}": figures or typical() for i in range(outlets)}
    return [r for d in range(days) for r in night(own, MONDAY + timedelta(days=d))]


def judge(
    rows: list[Row], today: Mapping[str, Figures], now: datetime, chosen: GateSettings = GATE
) -> list[Finding]:
    """Everything the gate finds."""
    history = make_history(rows, now, chosen.window_days)
    arrival = Arrival(today, total(today.values()), now.weekday())
    found = gate.judge_outlets(arrival, history, chosen)
    found += gate.judge_run(arrival, history, found, chosen)
    return found + gate.judge_merges(arrival, history, chosen)


def tomorrow(rows: list[Row]) -> datetime:
    """A day after the last row."""
    return max(r["started_at"] for r in rows) + timedelta(days=1)


FIGURES = st.builds(
    lambda n, length, kept, quotes, lost, merged: typical(
        n,
        raw_chars=length * n,
        kept_chars=int(length * n * kept),
        mentions=quotes * n,
        without_speaker=int(quotes * n * lost),
        merged=int(quotes * n * merged),
        languages={"en": n - n // 4, "de": n // 4},
    ),
    st.integers(1, 300),
    st.integers(200, 9000),
    st.floats(0.2, 1),
    st.integers(0, 9),
    st.floats(0, 1),
    st.floats(0, 1),
)


@settings(max_examples=40, deadline=None)
@given(FIGURES, st.integers(3, 40), st.integers(1, 6))
def test_what_is_as_always_is_no_finding(figures: Figures, days: int, outlets: int) -> None:
    rows = past(outlets, days, figures)
    assert judge(rows, {f"paper{i}": figures for i in range(outlets)}, tomorrow(rows)) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(FIGURES, min_size=2, max_size=5), FIGURES, st.randoms(use_true_random=False))
def test_neither_the_order_of_rows_nor_of_outlets_matters(
    days: list[Figures], today: Figures, rng: Any
) -> None:
    rows = [
        r
        for d in range(12)
        for r in night({f"paper{i}": days[(d + i) % len(days)] for i in range(3)}, MONDAY + timedelta(days=d))
    ]
    arrived = {"paper0": today, "paper1": days[0]}
    expected = judge(rows, arrived, tomorrow(rows))
    mixed = rng.sample(rows, len(rows))
    assert judge(mixed, dict(reversed(arrived.items())), tomorrow(rows)) == expected


@settings(max_examples=30, deadline=None)
@given(FIGURES, st.integers(0, 2))
def test_too_little_history_says_nothing_and_some_only_warns(figures: Figures, days: int) -> None:
    rows = past(3, days) if days else []
    now = tomorrow(rows) if rows else MONDAY
    assert judge(rows, {f"paper{i}": figures for i in range(3)}, now) == []
    rows = past(3, GATE.min_history - 1)
    found = judge(rows, {f"paper{i}": figures for i in range(3)}, tomorrow(rows))
    assert {f.severity for f in found} <= {"warn"}


@settings(max_examples=40, deadline=None)
@given(FIGURES)
def test_every_finding_is_outside_its_range_and_says_so(figures: Figures) -> None:
    rows = past()
    for found in judge(rows, {"paper0": figures, "paper1": typical()}, tomorrow(rows)):
        assert found.value < found.low or found.value > found.high or found.code == "outlet_missing"
        assert "expected" in found.message
        assert (found.outlet or "The whole run") in found.message or found.code == "many_outlets"


@settings(max_examples=30, deadline=None)
@given(st.floats(0.03, 0.97), st.integers(1, 500), st.floats(1, 6))
def test_chance_allows_less_the_more_there_is(share: float, weight: int, spread: float) -> None:
    high, low = gate.share_bound(share, weight, spread, 1), gate.share_bound(share, weight, spread, -1)
    assert 0 <= low <= share <= high <= 1
    assert gate.share_bound(share, weight * 2, spread, 1) <= high + 1e-6
    assert gate.share_bound(share, weight * 2, spread, -1) >= low - 1e-6


@pytest.mark.parametrize(
    ("changed", "code", "severity"),
    [
        ({"kept_chars": 6000}, "text_kept_below_range", "hold"),
        ({"mentions": 0, "without_speaker": 0, "merged": 0}, "quotes_below_range", "hold"),
        ({"without_speaker": 30}, "speakerless_above_range", "hold"),
        ({"rejections": 20}, "rejected_above_range", "hold"),
        ({"unfinished": 9}, "unfinished_above_range", "hold"),
        ({"repeated": 9}, "repeated_above_range", "hold"),
        ({"template_chars": 20_000}, "template_above_range", "hold"),
        ({"guessed_encodings": 10}, "encodings_above_range", "hold"),
        ({"doubtful": 10}, "doubtful_above_range", "hold"),
        ({"languages": {"de": 10}}, "languages_above_range", "hold"),
        ({"undated": 10}, "undated_above_range", "warn"),
        ({"merged": 30}, "merged_above_range", "warn"),
    ],
)
def test_each_figure_of_an_outlet(changed: dict[str, Any], code: str, severity: str) -> None:
    rows = past()
    today = {f"paper{i}": typical() for i in range(4)} | {"paper2": typical(**changed)}
    found = [f for f in judge(rows, today, tomorrow(rows)) if f.outlet is not None]
    assert {"paper2"} == {f.outlet for f in found}
    assert severity in {f.severity for f in found if f.code == code}


def test_a_better_figure_is_no_alarm() -> None:
    rows = past(figures=typical(without_speaker=20, unfinished=4, rejections=5))
    today = {f"paper{i}": typical(without_speaker=0, unfinished=0, rejections=0) for i in range(4)}
    assert judge(rows, today, tomorrow(rows)) == []


def test_one_small_or_new_outlet_is_judged_by_nothing_it_has_not_enough_of() -> None:
    rows = past()
    strange = typical(2, unfinished=2, languages={"fr": 2})
    today = {f"paper{i}": typical() for i in range(3)} | {"paper3": strange, "new": typical(9, unfinished=9)}
    assert [f for f in judge(rows, today, tomorrow(rows)) if f.outlet in ("paper3", "new")] == []


def test_days_that_were_held_back_or_refused_do_not_become_usual() -> None:
    rows = past()
    bad = typical(without_speaker=30)
    for _ in range(30):
        now = tomorrow(rows)
        rows += [row("paper0", bad, now, held=10), row("paper1", typical(), now)]
        rows += [row(None, typical(), now)]
    assert "speakerless_above_range" in {f.code for f in judge(rows, {"paper0": bad}, tomorrow(rows))}
    refused = [r | {"state": "refused"} for r in past(days=20, figures=bad)]
    assert make_history(refused, MONDAY + timedelta(days=20), 56) == make_history([], MONDAY, 56)


def test_a_second_run_of_the_day_counts_with_the_first() -> None:
    rows = past(days=14)
    now = tomorrow(rows)
    rows += night({f"paper{i}": typical() for i in range(4)}, now)
    assert judge(rows, {"paper0": typical(1)}, now + timedelta(hours=7)) == []
    again = judge(rows, {f"paper{i}": typical() for i in range(4)}, now + timedelta(hours=7))
    assert {f.code for f in again} == set()
    thrice = judge(rows, {f"paper{i}": typical(20) for i in range(4)}, now + timedelta(hours=7))
    assert "articles_above_range" in {f.code for f in thrice}


def test_after_nights_without_a_run_more_is_ordinary() -> None:
    rows = past(days=20)
    now = tomorrow(rows) + timedelta(days=2)
    assert judge(rows, {f"paper{i}": typical(30) for i in range(4)}, now) == []


def test_the_modes() -> None:
    rows, today = past(), {f"paper{i}": typical(unfinished=10) for i in range(4)}
    assert gate.state_of(judge(rows, today, tomorrow(rows))) == "refused"
    assert gate.state_of(judge(rows, today, tomorrow(rows), GateSettings(mode="warn"))) == "degraded"
    assert judge(rows, today, tomorrow(rows), GateSettings(mode="off")) == []


def test_many_outlets_at_once_are_the_runs_own_fault_and_one_is_not() -> None:
    rows = past(10)
    for bad, state in ((1, "degraded"), (2, "degraded"), (3, "refused")):
        today = {f"paper{i}": typical(unfinished=10 if i < bad else 0) for i in range(10)}
        assert gate.state_of(judge(rows, today, tomorrow(rows))) == state


def test_a_rebuild_is_compared_with_what_the_runs_made() -> None:
    before = {None: typical(400), "paper0": typical(200)}
    same = Arrival({"paper0": typical(200)}, typical(400), 0)
    assert gate.judge_rebuild(same, before, GATE) == []
    worse = Arrival({"paper0": typical(200, mentions=0)}, typical(400, without_speaker=1200), 0)
    found = {(f.code, f.outlet, f.severity) for f in gate.judge_rebuild(worse, before, GATE)}
    assert ("speakerless_above_range", None, "refuse") in found
    assert ("quotes_below_range", "paper0", "warn") in found


# --- thirty ordinary days ---------------------------------------------------------------------


def ordinary(rng: np.random.Generator, articles: int, quotes: float, kept: float, lost: float) -> Figures:
    """A day with everything chance does: lengths, quotes that come in lumps, a cut-off or undated article."""
    raw = rng.lognormal(7.8, 0.5, articles)
    mentions = rng.poisson(rng.gamma(2, quotes / 2, articles))
    return Figures(
        new_articles=articles,
        rejections=int(rng.poisson(0.01 * articles)),
        raw_chars=int(raw.sum()),
        kept_chars=int((raw * rng.normal(kept, 0.1, articles).clip(0.2, 1)).sum()),
        mentions=int(mentions.sum()),
        without_speaker=int(rng.binomial(mentions, rng.beta(lost * 4, (1 - lost) * 4, articles)).sum()),
        merged=int(rng.binomial(mentions, 0.3).sum()),
        undated=int(rng.binomial(articles, 0.02)),
        unfinished=int(rng.binomial(articles, 0.05)),
        repeated=int(rng.binomial(articles, 0.01)),
        guessed_encodings=int(rng.binomial(articles, 0.02)),
        doubtful=int(rng.spawn(1)[0].binomial(articles, 0.01)),
        template_chars=int(150 * rng.binomial(articles, 0.1)),
        languages={"en": articles},
    )


@pytest.mark.parametrize(("seed", "outlets"), [(0, 40), (1, 8), (2, 8)])
def test_thirty_ordinary_days_raise_no_alarm(seed: int, outlets: int) -> None:
    """Weekends with less, days with more news, outlets of one article a day and of forty."""
    rng = np.random.default_rng(seed)
    kinds = [
        (
            rng.choice([1, 2, 3, 5, 8, 12, 20, 40]),
            rng.uniform(0.5, 4),  # quotes an article
            rng.uniform(0.6, 0.95),  # of the text is kept
            rng.uniform(0.05, 0.3),  # of the quotes have no speaker
            rng.uniform(0.3, 1),  # weekends
        )
        for _ in range(outlets)
    ]
    rows: list[Row] = []
    for number in range(30):
        now = MONDAY + timedelta(days=number)
        news = rng.lognormal(0, 0.1)
        today: dict[str, Figures] = {}
        for i, (articles, quotes, kept, lost, weekend) in enumerate(kinds):
            count = rng.poisson(articles * news * (weekend if now.weekday() >= 5 else 1))
            if count:
                today[f"paper{i}"] = ordinary(rng, int(count), quotes, kept, lost)
        assert judge(rows, today, now) == [], f"day {number}"
        rows += night(today, now)


def test_history_of_an_hour_ago_counts_run_by_run() -> None:
    """First tries: many runs within minutes are occasions of their own."""
    own = {f"paper{i}": typical() for i in range(4)}
    rows = [r for d in range(9) for r in night(own, MONDAY + timedelta(minutes=d))]
    now = MONDAY + timedelta(minutes=9)
    assert judge(rows, own, now) == []
    assert "outlet_missing" in {f.code for f in judge(rows, {"paper0": typical()}, now)}
    assert len(make_history(rows, now, 56).occasions) == 9
    assert make_history([], now, 56) == History()
