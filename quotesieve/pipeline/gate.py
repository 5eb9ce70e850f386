"""The quality gate: is what arrived like what usually arrives, outlet by outlet and in all?

Pure functions on figures: no files, no clock. A range is the median of the same weekday plus and
minus `gate.spread` robust standard deviations, never narrower than chance or the threshold of the
settings allows (docs/gate.md). What becomes of a finding is decided here too: severity `hold` keeps
an outlet's new articles back, `refuse` the whole snapshot.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from quotesieve.model import Finding
from quotesieve.pipeline.figures import Figures, total
from quotesieve.pipeline.measures import ANSCOMBE, ARRIVALS, LOG, MERGED, REJECTED, ROOT, Measure
from quotesieve.pipeline.trends import History, Usual, usual
from quotesieve.settings import GateSettings

# So much of the median is an ordinary day's count: news has quiet days. More than the median has a setting.
QUIET = 0.4
# A count is compared by its square root (Anscombe's, with 3/8 added), whose deviation is 1/2 whatever the
# count, if articles come by chance. Outlets that are steadier than that show it with enough history.
# Chance looks steady for a while too: it is believed where the scatter is next to nothing.
CHANCE, STEADY, FIXED, NEXT_TO_NOTHING = 0.5, 0.35, 0.24, 0.15
ENOUGH_TO_SEE_FIXED, ENOUGH_TO_SEE_STEADY = 7, 10
FEW = 5  # so many articles more than usual are never too many
# A count that is compared with other weekdays for want of its own: weekends have few.
OTHER_WEEKDAYS = 2.5
# Missing is a matter of chance below this many deviations: at 12 expected articles, 1 day in 160,000.
MISSING = 7.0
LEAST_REJECTIONS = 3
LEAST_RECORDS_OF_A_RUN = 2  # times gate.min_articles


# --- ranges -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Range:
    """What is expected, and of how many earlier occasions that was learned."""

    low: float
    high: float
    count: int


def ratio_range(
    measure: Measure, past: Sequence[tuple[int, Figures]], now: Figures, weekday: int, settings: GateSettings
) -> Range | None:
    """The expected range of a ratio; None while there is too little history for one."""
    values = [(day, measure.value(figures)) for day, figures in past]
    scaled = [(day, measure.scale.to(value)) for day, value in values if math.isfinite(value)]
    found = usual(scaled, weekday)
    if found is None:
        return None
    low, high = _by_chance(measure, past, found, now, settings)
    least = _least(measure, measure.scale.back(found.center), getattr(settings, measure.threshold))
    low, high = max(min(low, least[0]), 0.0), max(high, least[1])
    return Range(low, min(high, 1.0) if measure.percent else high, found.count)


def _by_chance(
    measure: Measure, past: Sequence[tuple[int, Figures]], found: Usual, now: Figures, settings: GateSettings
) -> tuple[float, float]:
    """The range that the past's own spread and the number of things looked at leave to chance."""
    weight = max(measure.weight(now), 1.0)
    half = settings.spread * max(found.deviation, (measure.noise or 0.0) / math.sqrt(weight))
    low, high = (measure.scale.back(found.center + side * half) for side in (-1, 1))
    if measure.noise is None:
        before = total(figures for _, figures in past)
        shares = (found.center, measure.value(before))
        rare = rarest(measure.weight(before))
        low = min(low, share_bound(min(shares), weight, settings.spread, -1, rare))
        high = max(high, share_bound(max(shares), weight, settings.spread, 1, rare))
    return low, high


def rarest(seen: float) -> float:
    """What share of things to reckon with that never came among `seen` of them (the rule of succession)."""
    return max(1 / (seen + 2), 0.003)


def share_bound(share: float, weight: float, spread: float, side: int, rare: float = 0.03) -> float:
    """The largest (side 1) or smallest (-1) share of `weight` things that chance still gives.

    Chernoff's bound: where weight times the relative entropy to the usual share is spread**2 / 2 + 2, at
    a spread of 4.5 about one case in 200,000. No share is taken to be nearer to 0 or 1 than `rare`.

    >>> round(share_bound(0.05, 5, 4.0, 1), 2), round(share_bound(0.05, 100, 4.0, 1), 2)
    (0.82, 0.17)
    """
    usually = min(max(share, rare), 1 - rare)
    allowed = (spread**2 / 2 + 2) / weight
    inside, outside = usually, 1.0 if side > 0 else 0.0
    if _entropy(outside, usually) <= allowed:
        return outside
    for _ in range(30):
        middle = (inside + outside) / 2
        if _entropy(middle, usually) <= allowed:
            inside = middle
        else:
            outside = middle
    return inside


def _entropy(share: float, usually: float) -> float:
    """How surprising a share is, in nats a thing: the Kullback-Leibler divergence."""
    parts = ((share, usually), (1 - share, 1 - usually))
    return sum(p * math.log(p / q) for p, q in parts if p > 0)


def _least(measure: Measure, center: float, threshold: float) -> tuple[float, float]:
    """The narrowest range the settings allow around a center."""
    if measure.scale is LOG:
        return center / threshold, center * threshold
    if measure.scale is ROOT:
        return center * (1 - threshold), center / max(1 - threshold, 0.01)
    return center - threshold, center + threshold


def count_range(
    past: Sequence[tuple[int, Figures]], gap: float, weekday: int, settings: GateSettings
) -> tuple[Range, Usual] | None:
    """The expected range of the number of new articles, and the usual root of it."""
    found = usual([(day, ANSCOMBE.to(figures.new_articles)) for day, figures in past], weekday)
    if found is None:
        return None
    half = settings.spread * _steadiness(found)
    center = ANSCOMBE.back(found.center)
    quiet = settings.spread * max(found.scatter, CHANCE)  # too few only warns, and is best not said often
    low = min(ANSCOMBE.back(found.center - quiet), QUIET * center)
    high = max(ANSCOMBE.back(found.center + half), settings.articles * center, center + FEW)
    if not found.by_weekday:
        low, high = low / OTHER_WEEKDAYS, high * OTHER_WEEKDAYS
    return Range(low, high * gap, found.count), found


def _steadiness(found: Usual) -> float:
    """Deviation of the root of a count: by chance until there is enough history to tell."""
    if found.scatter < NEXT_TO_NOTHING and found.count >= ENOUGH_TO_SEE_FIXED:
        return FIXED
    return max(found.scatter, STEADY if found.count >= ENOUGH_TO_SEE_STEADY else CHANCE)


# --- findings ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Arrival:
    """What a run brought: by outlet, and in all (with articles of unknown outlet)."""

    outlets: Mapping[str, Figures]
    whole: Figures
    weekday: int

    @property
    def is_empty(self) -> bool:
        """Nothing is new: something left, was released or compared again. Nobody is missing from that."""
        return not self.whole.new_articles and not self.whole.rejections


def judge_outlets(arrival: Arrival, history: History, settings: GateSettings) -> list[Finding]:
    """What is out of range outlet by outlet, missing outlets included; sorted by outlet."""
    if settings.mode == "off" or arrival.is_empty:
        return []
    found: list[Finding] = []
    for name in sorted(arrival.outlets.keys() | history.outlets):
        past, now = history.of(name), arrival.outlets.get(name, Figures())
        found += _judge_count(name, past, now, arrival, history, settings)
        found += _judge_ratios(name, past, now, ARRIVALS, arrival, settings)
        found += _judge_languages(name, past, now, arrival, settings)
    return [_capped(finding, settings) for finding in found]


def judge_run(
    arrival: Arrival, history: History, outlet_findings: Sequence[Finding], settings: GateSettings
) -> list[Finding]:
    """What is out of range in the whole run, held back outlets left out; and whether too many were."""
    if settings.mode == "off" or arrival.is_empty:
        return []
    found = list(_judge_many(arrival, history, outlet_findings, settings))
    held = frozenset() if is_refused(found) else held_outlets(outlet_findings)
    rest = _without(arrival, held) if held else arrival.whole
    past = history.of(None)
    found += _judge_count(None, past, rest, arrival, history, settings)
    found += _judge_ratios(None, past, rest, ARRIVALS, arrival, settings)
    found += _judge_languages(None, past, rest, arrival, settings)
    return [_capped(finding, settings) for finding in found]


def judge_merges(arrival: Arrival, history: History, settings: GateSettings) -> list[Finding]:
    """The same of what is known only after the quotes have been compared."""
    if settings.mode == "off":
        return []
    found = list(_judge_ratios(None, history.of(None), arrival.whole, (MERGED,), arrival, settings))
    for name in sorted(arrival.outlets):
        found += _judge_ratios(name, history.of(name), arrival.outlets[name], (MERGED,), arrival, settings)
    return [_capped(finding, settings) for finding in found]


def held_outlets(findings: Iterable[Finding]) -> frozenset[str]:
    """The outlets whose new articles are to be held back."""
    return frozenset(f.outlet for f in findings if f.severity == "hold" and f.outlet is not None)


def is_refused(findings: Iterable[Finding]) -> bool:
    """Whether the gate closes."""
    return any(finding.severity == "refuse" for finding in findings)


def state_of(findings: Sequence[Finding]) -> str:
    """published | degraded | refused.

    >>> state_of([])
    'published'
    """
    if is_refused(findings):
        return "refused"
    return "degraded" if any(finding.severity != "note" for finding in findings) else "published"


def _without(arrival: Arrival, held: frozenset[str]) -> Figures:
    """The whole run less some outlets. Articles of unknown outlet stay in."""
    gone = total(arrival.outlets[name] for name in held if name in arrival.outlets)
    whole = arrival.whole
    sums = {
        name: getattr(whole, name) - getattr(gone, name)
        for name in Figures.__dataclass_fields__
        if name != "languages"
    }
    languages = {code: count - gone.languages.get(code, 0) for code, count in whole.languages.items()}
    return Figures(**sums, languages={code: count for code, count in languages.items() if count})


def _capped(finding: Finding, settings: GateSettings) -> Finding:
    if settings.mode == "warn" and finding.severity != "note":
        return replace(finding, severity="warn")
    return finding


def _judge_many(
    arrival: Arrival, history: History, findings: Sequence[Finding], settings: GateSettings
) -> Iterator[Finding]:
    """More outlets out of range at once than chance or redesigns explain: the run's own fault."""
    out = held_outlets(findings) | {f.outlet for f in findings if f.code == "outlet_missing"}
    known = {name for name in arrival.outlets if history.of(name)} | out
    limit = max(2, math.ceil(settings.many_outlets * len(known)))
    if not out or (len(out) < limit and len(out) < len(known)):
        return
    names = sorted(str(name) for name in out)
    shown = ", ".join(names[:5]) + (f" and {len(names) - 5} more" if len(names) > 5 else "")
    why = sorted({f.code for f in findings if f.outlet in out})
    yield Finding(
        "many_outlets",
        None,
        "refuse",
        "quarantined",
        len(out),
        0,
        min(limit, len(known)) - 1,
        f"{len(out)} of {len(known)} outlets are out of range at once ({shown}: {', '.join(why)}), "
        f"expected at most {min(limit, len(known)) - 1}; look for what they have in common: the crawler, "
        "the transfer, a setting, an update.",
    )


def _judge_count(
    name: str | None,
    past: Sequence[tuple[int, Figures]],
    now: Figures,
    arrival: Arrival,
    history: History,
    settings: GateSettings,
) -> Iterator[Finding]:
    """The number of new articles, with what came earlier on this occasion."""
    found = count_range(past, history.gap, arrival.weekday, settings)
    if found is None:
        return
    expected, steady = found
    earlier = history.today.get(name, Figures())
    value = now.new_articles + earlier.new_articles
    come = value + now.rejections + earlier.rejections
    enough = expected.count >= settings.min_history
    if value > expected.high and now.new_articles:
        severity = ("hold" if name is not None else "refuse") if enough else "warn"
        look = "an archive or another outlet's articles may have been put in, or articles come twice"
        yield _finding("articles_above_range", name, severity, "new_articles", value, expected, _count_text(
            name, value, expected, look))  # fmt: skip
    elif come == 0 and name is not None:
        if _is_missing(past, steady):
            yield _finding("outlet_missing", name, "warn", "new_articles", 0, expected, _count_text(
                name, 0, expected, "the outlet is missing: its crawler, its folder or its name in the "
                "manifest"))  # fmt: skip
    elif come < expected.low:
        look = "articles may be missing: look at the crawler's log and at the outlets with fewest"
        yield _finding("articles_below_range", name, "warn", "new_articles", value, expected, _count_text(
            name, value, expected, look))  # fmt: skip


def _is_missing(past: Sequence[tuple[int, Figures]], steady: Usual) -> bool:
    """Whether so many articles were to be expected since the last one that none is no chance."""
    silent = 1
    for _, figures in reversed(past):
        if figures.new_articles:
            break
        silent += 1
    # None at all is far out: there what the scatter is taken for must hold, not only be likely.
    unsure = max(1.5 * steady.scatter, FIXED)
    if steady.count < ENOUGH_TO_SEE_STEADY:
        unsure = max(unsure, _steadiness(steady))
    return math.sqrt(silent * ANSCOMBE.back(steady.center)) > MISSING * unsure


def _judge_ratios(
    name: str | None,
    past: Sequence[tuple[int, Figures]],
    now: Figures,
    measures: Sequence[Measure],
    arrival: Arrival,
    settings: GateSettings,
) -> Iterator[Finding]:
    for measure in measures:
        if not _is_enough(measure, name, now, settings):
            continue
        expected = ratio_range(measure, past, now, arrival.weekday, settings)
        value = measure.value(now)
        if expected is None or not math.isfinite(value):
            continue
        side = -1 if value < expected.low else int(value > expected.high)
        severity = (measure.outlet if name is not None else measure.run)[int(side > 0)]
        if side and severity:
            enough = expected.count >= settings.min_history
            code = f"{measure.code}_{'above' if side > 0 else 'below'}_range"
            yield _finding(code, name, severity if enough else "warn", measure.figure, value, expected,
                           _ratio_text(measure, name, value, expected, now, side))  # fmt: skip


def _is_enough(measure: Measure, name: str | None, now: Figures, settings: GateSettings) -> bool:
    least = settings.min_articles * (1 if name is not None else LEAST_RECORDS_OF_A_RUN)
    if measure is REJECTED:
        return now.new_articles + now.rejections >= least and now.rejections >= LEAST_REJECTIONS
    return now.new_articles >= least


def _judge_languages(
    name: str | None,
    past: Sequence[tuple[int, Figures]],
    now: Figures,
    arrival: Arrival,
    settings: GateSettings,
) -> Iterator[Finding]:
    """How far the languages are from the usual mix: the share of articles that would have to change."""
    if now.new_articles < settings.min_articles * (1 if name is not None else LEAST_RECORDS_OF_A_RUN):
        return
    mix = _mix(figures for _, figures in past)
    found = usual([(day, _distance(f, mix)) for day, f in past if f.new_articles], arrival.weekday)
    if found is None:
        return
    rare = rarest(sum(figures.new_articles for _, figures in past))
    chance = share_bound(1 - max(mix.values(), default=1.0), now.new_articles, settings.spread, 1, rare)
    spread = found.center + max(settings.spread * found.deviation, settings.languages)
    expected = Range(0.0, min(max(spread, chance), 1.0), found.count)
    value = _distance(now, mix)
    if value > expected.high:
        severity = (
            ("hold" if name is not None else "refuse") if found.count >= settings.min_history else "warn"
        )
        usually, today = _languages_text(mix), _languages_text(_mix([now]))
        yield _finding(
            "languages_above_range", name, severity, "languages", value, expected,
            f"{_who(name)}: {_percent(value)} of the articles are in other languages than usual ({today}, "
            f"usually {usually}), expected at most {_percent(expected.high)}; another edition may have been "
            "fetched, or a page that is the same for all addresses; open one of the raw files.",
        )  # fmt: skip


def _mix(figures: Iterable[Figures]) -> dict[str, float]:
    """Shares of the languages over all articles."""
    counts = total(figures).languages
    articles = sum(counts.values())
    return {code: count / articles for code, count in counts.items()} if articles else {}


def _distance(figures: Figures, mix: Mapping[str, float]) -> float:
    own = _mix([figures])
    return sum(abs(own.get(code, 0.0) - mix.get(code, 0.0)) for code in sorted(own.keys() | mix.keys())) / 2


# --- words ------------------------------------------------------------------------------------


def _finding(
    code: str, name: str | None, severity: str, figure: str, value: float, expected: Range, message: str
) -> Finding:
    return Finding(code, name, severity, figure, float(value), expected.low, expected.high, message)


def _who(name: str | None) -> str:
    return name if name is not None else "The whole run"


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _languages_text(mix: Mapping[str, float]) -> str:
    most = sorted(mix.items(), key=lambda item: (-item[1], item[0]))[:3]
    return ", ".join(f"{code} {_percent(share)}" for code, share in most)


def _count_text(name: str | None, value: float, expected: Range, look: str) -> str:
    low, high = math.ceil(expected.low), math.floor(expected.high)
    return (
        f"{_who(name)}: {value:.0f} new articles, expected {low} to {high} "
        f"(from {expected.count} earlier runs or days); {look}."
    )


def _ratio_text(
    measure: Measure, name: str | None, value: float, expected: Range, now: Figures, side: int
) -> str:
    def show(number: float) -> str:
        return _percent(number) if measure.percent else f"{number:,.1f}".removesuffix(".0")

    low = f"{show(expected.low)} to " if expected.low > 0 else "at most "
    look = measure.look[int(side > 0)]
    return (
        f"{_who(name)}: {measure.label} is {show(value)} ({now.new_articles} new articles), expected "
        f"{low}{show(expected.high)} (from {expected.count} earlier runs or days); {look}."
    )


# --- rebuilds ---------------------------------------------------------------------------------

# Repetition is measured within a run: in all articles at once it is another thing than night by night.
_OF_A_REBUILD = tuple(m for m in ARRIVALS if m.code not in ("repeated", "template"))


def judge_rebuild(
    rebuilt: Arrival, incremental: Mapping[str | None, Figures], settings: GateSettings
) -> list[Finding]:
    """What differs between all records processed at once and the sums of the runs that first had them.

    Both are about the same articles, so that the thresholds alone are the ranges. A difference of one
    outlet only warns: what the snapshot has of it is no safer than what the rebuild made.
    """
    if settings.mode == "off":
        return []
    found: list[Finding] = []
    for name, now in [(None, rebuilt.whole), *sorted(rebuilt.outlets.items())]:
        before = incremental.get(name)
        if before is None or before.new_articles < settings.min_articles * LEAST_RECORDS_OF_A_RUN:
            continue
        for measure in _OF_A_REBUILD:
            found += _judge_difference(name, measure, before, now, settings)
    return [_capped(finding, settings) for finding in found]


def _judge_difference(
    name: str | None, measure: Measure, before: Figures, now: Figures, settings: GateSettings
) -> Iterator[Finding]:
    center, value = measure.value(before), measure.value(now)
    if not (math.isfinite(center) and math.isfinite(value)):
        return
    low, high = _least(measure, center, getattr(settings, measure.threshold))
    expected = Range(max(low, 0.0), min(high, 1.0) if measure.percent else high, 1)
    side = -1 if value < expected.low else int(value > expected.high)
    severity = measure.run[int(side > 0)]
    if side and severity:
        code = f"{measure.code}_{'above' if side > 0 else 'below'}_range"
        text = _ratio_text(measure, name, value, expected, now, side)
        text = text.replace("(from 1 earlier runs or days)", "(as when the articles first came)")
        severity = severity if name is None else "warn"
        yield _finding(code, name, severity, measure.figure, value, expected, "Rebuild: " + text)
