"""What a user may change, declared once: name, type, range, default and what it means.

Precedence, strongest first: command-line flags or keyword arguments, environment variables
(`QUOTESIEVE_DEDUP_THRESHOLD`), the file named by `--settings`, `quotesieve.toml` in the working
directory, the defaults here. Reading the file is the caller's; this module opens nothing.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from quotesieve.errors import SettingsError

MIB = 1024 * 1024


def _option(
    default: Any,
    doc: str,
    *,
    low: float | None = None,
    high: float | None = None,
    affects: bool = True,
    choices: tuple[str, ...] = (),
) -> Any:
    """A setting. `affects` is False where the value cannot change a row of any table."""
    meta = {"doc": doc, "low": low, "high": high, "affects": affects, "choices": choices}
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class InputSettings:
    """[input]: what is read, and up to which limits."""

    max_record_bytes: int = _option(16 * MIB, "A larger article is rejected (bytes, decompressed)", low=1)
    max_expansion: float = _option(
        200.0,
        "A compressed file that grows by more than this is rejected as a bomb once it is past 16 MiB (times)",
        low=1,
    )
    max_nesting: int = _option(200, "HTML or JSON nested deeper than this is rejected (levels)", low=1)
    min_encoding_confidence: float = _option(
        0.1, "A detected encoding below this is not used (0-1, on chardet's scale)", low=0, high=1
    )
    settle_seconds: float = _option(
        0.0, "Files changed within the last so many seconds wait for the next run", low=0, affects=False
    )
    pages: str = _option(
        "best",
        "best | fast: pages by the extractor and what it left out, or in half the time by where the prose is",
        choices=("best", "fast"),
    )
    map: dict[str, str] = field(
        default_factory=dict,
        metadata={"doc": "Column renames for JSONL and Parquet, ours = theirs", "affects": True},
    )


@dataclass(frozen=True, slots=True)
class SpeakerSettings:
    """[speakers]: who is named and how sure we must be."""

    min_confidence: float = _option(
        0.5, "Below it `speaker` is null and `speaker_candidate` keeps the guess (0-1)", low=0, high=1
    )


@dataclass(frozen=True, slots=True)
class DedupSettings:
    """[dedup]: when two printings are one statement."""

    threshold: float = _option(
        80.0,
        "Score at which two statements merge (0-100); at 100 only identical wording does",
        low=0,
        high=100,
    )
    excerpt_threshold: float = _option(
        85.0, "Score at which a shorter statement is an excerpt of a longer one (0-100)", low=0, high=100
    )
    short_words: int = _option(
        5, "Excerpts of so many words or fewer merge only with the same speaker", low=0
    )
    near_misses: int = _option(5, "Near misses kept per mention as evidence", low=0, high=100)


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """[store]: how the tables are laid out and kept."""

    shard_articles: int = _option(256, "Articles in one part file, at most", low=1)
    keep_snapshots: int = _option(3, "Snapshots kept beside the current one", low=0, affects=False)
    keep_gigabytes: float = _option(
        0.0,
        "Of the disk that older snapshots may take beyond the current one (GB); 0 means without limit",
        low=0,
        affects=False,
    )
    keep_seconds: float = _option(
        3600.0,
        "No snapshot younger than this is removed (seconds): as long as the slowest reader needs",
        low=0,
        affects=False,
    )


@dataclass(frozen=True, slots=True)
class RunSettings:
    """[run]: how the work is done; never what comes out."""

    workers: int = _option(0, "Worker processes; 0 means one a core", low=0, affects=False)


def _threshold(default: float, doc: str, *, low: float = 0, high: float | None = 1) -> Any:
    return _option(default, doc, low=low, high=high, affects=False)


@dataclass(frozen=True, slots=True)
class GateSettings:
    """[gate]: when a run, or an outlet in it, is too unlike its own past to be published unseen."""

    mode: str = _option(
        "enforce",
        "enforce | warn | off: hold back and refuse, only say so, or judge nothing",
        affects=False,
        choices=("enforce", "warn", "off"),
    )
    window_days: int = _option(56, "History that is compared with (days)", low=1, affects=False)
    min_history: int = _option(
        7, "With fewer earlier days than this (or runs, in the first days) findings only warn", low=3,
        affects=False,
    )  # fmt: skip
    min_articles: int = _option(
        3, "An outlet with fewer new articles in a run is judged by their number only", low=1, affects=False
    )
    many_outlets: float = _threshold(0.3, "Share of outlets held back or missing that is the run's own fault")
    spread: float = _threshold(4.5, "Half width of a range in standard deviations", low=1, high=None)
    # The least half width of each range, however steady the past was.
    articles: float = _threshold(
        2.0, "New articles: so many times the median is still ordinary", low=1, high=None
    )
    length: float = _threshold(
        2.0, "Kept characters an article: so many times the median, or that part of it", low=1, high=None
    )
    quotes: float = _threshold(0.35, "Quotes an article: relative to the median")
    rejected: float = _threshold(0.1, "Share of records rejected")
    kept: float = _threshold(0.12, "Share of the characters of the lines that stayed")
    speakerless: float = _threshold(0.15, "Share of quotes without a speaker")
    merged: float = _threshold(0.25, "Share of quotes that others print too")
    languages: float = _threshold(0.25, "Share of articles in other languages than usual")
    unfinished: float = _threshold(0.2, "Share of articles that end in the middle of a sentence")
    repeated: float = _threshold(0.1, "Share of articles with the words of another one of the outlet")
    template: float = _threshold(0.12, "Share of kept text that repeats from article to article")
    doubtful: float = _threshold(0.15, "Share of articles whose cleaning is doubtful")
    undated: float = _threshold(0.3, "Share of articles without a time of publication")
    guessed: float = _threshold(0.25, "Share of articles whose encoding had to be guessed")


@dataclass(frozen=True, slots=True)
class AlertSettings:
    """[alerts]: who is told."""

    command: str = _option(
        "",
        "Shell command that is run when a run is degraded, quarantined, refused or failed, or missing; "
        "it gets what happened as JSON on its standard input",
        affects=False,
    )
    timeout_seconds: float = _option(
        60.0, "The command is stopped after so long (seconds)", low=0.1, affects=False
    )


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run, by section."""

    input: InputSettings = field(default_factory=InputSettings)
    speakers: SpeakerSettings = field(default_factory=SpeakerSettings)
    dedup: DedupSettings = field(default_factory=DedupSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    run: RunSettings = field(default_factory=RunSettings)
    gate: GateSettings = field(default_factory=GateSettings)
    alerts: AlertSettings = field(default_factory=AlertSettings)


def sections() -> dict[str, type]:
    """The sections of the settings file and the record behind each."""
    return {f.name: type(getattr(DEFAULTS, f.name)) for f in dataclasses.fields(Settings)}


def make_settings(values: Mapping[str, Mapping[str, Any]], *, base: Settings | None = None) -> Settings:
    """Settings from nested values such as a parsed TOML file, on top of `base`.

    >>> make_settings({"dedup": {"threshold": 92}}).dedup.threshold
    92.0
    >>> make_settings({"dedup": {"treshold": 92}})
    Traceback (most recent call last):
    ...
    quotesieve.errors.SettingsError: dedup.treshold: no such setting. Known in [dedup]: threshold, \
excerpt_threshold, short_words, near_misses
    """
    base = base or DEFAULTS
    known = sections()
    changed: dict[str, Any] = {}
    for section, options in values.items():
        if section not in known or not isinstance(options, Mapping):
            raise SettingsError(f"[{section}]: no such section. Known: {', '.join(known)}")
        current = getattr(base, section)
        checked = {key: _check(section, key, value) for key, value in options.items()}
        changed[section] = dataclasses.replace(current, **checked)
    return dataclasses.replace(base, **changed)


def _check(section: str, key: str, value: Any) -> Any:
    """The value in the setting's own type, or SettingsError that says what is wrong with it."""
    options = {f.name: f for f in dataclasses.fields(sections()[section])}
    name = f"{section}.{key}"
    if key not in options:
        raise SettingsError(f"{name}: no such setting. Known in [{section}]: {', '.join(options)}")
    default = getattr(getattr(DEFAULTS, section), key)
    if isinstance(default, dict):
        if not isinstance(value, Mapping):
            raise SettingsError(f"{name}: expected a table of names, got {value!r}")
        return {str(ours): str(theirs) for ours, theirs in value.items()}
    if isinstance(default, str):
        choices = options[key].metadata["choices"]
        if not isinstance(value, str) or (choices and value not in choices):
            raise SettingsError(f"{name}: expected {' or '.join(choices) or 'text'}, got {value!r}")
        return value
    try:
        number = type(default)(value)
    except (TypeError, ValueError):
        raise SettingsError(f"{name}: expected a number, got {value!r}") from None
    low, high = options[key].metadata["low"], options[key].metadata["high"]
    if number != number or (low is not None and number < low) or (high is not None and number > high):
        raise SettingsError(f"{name}: {value} is out of range ({low} to {'any' if high is None else high})")
    return number


def from_environment(environment: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """The nested values that QUOTESIEVE_SECTION_KEY variables give; other variables are ignored.

    >>> from_environment({"QUOTESIEVE_DEDUP_THRESHOLD": "92", "HOME": "/"})
    {'dedup': {'threshold': '92'}}
    """
    values: dict[str, dict[str, str]] = {}
    for section, kind in sections().items():
        for option in dataclasses.fields(kind):
            name = f"QUOTESIEVE_{section}_{option.name}".upper()
            if name in environment and option.name != "map":
                values.setdefault(section, {})[option.name] = environment[name]
    return values


def digest(settings: Settings, names: Sequence[str]) -> str:
    """A hash of the settings in some sections that can change a row; workers, retention and waiting don't."""
    affecting = {
        section: {
            option.name: getattr(getattr(settings, section), option.name)
            for option in dataclasses.fields(kind)
            if option.metadata["affects"]
        }
        for section, kind in sections().items()
        if section in names
    }
    return hashlib.sha256(json.dumps(affecting, sort_keys=True).encode()).hexdigest()[:16]


def describe(settings: Settings) -> str:
    """Settings as a TOML file, each with what it means."""
    out: list[str] = []
    for section, kind in sections().items():
        out.append(f"[{section}]")
        for option in dataclasses.fields(kind):
            value = getattr(getattr(settings, section), option.name)
            if isinstance(value, dict):
                shown = "{ " + ", ".join(f"{k} = {json.dumps(v)}" for k, v in value.items()) + " }"
            else:
                shown = json.dumps(value) if isinstance(value, str) else str(value)
            out += [f"# {option.metadata['doc']}", f"{option.name} = {shown}"]
        out.append("")
    return "\n".join(out)


DEFAULTS = Settings()
