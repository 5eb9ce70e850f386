"""What a user may change, declared once: name, type, range, default and what it means.

Precedence, strongest first: command-line flags or keyword arguments, environment variables
(`QUOTESIEVE_DEDUP_THRESHOLD`), the file named by `--settings`, `quotesieve.toml` in the working
directory, the defaults here. Reading the file is the caller's; this module opens nothing.
"""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quotesieve.errors import SettingsError

MIB = 1024 * 1024


def _option(default: Any, doc: str, *, low: float | None = None, high: float | None = None,
            affects: bool = True) -> Any:
    """A setting. `affects` is False where the value cannot change a row of any table."""
    meta = {"doc": doc, "low": low, "high": high, "affects": affects}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=meta)
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class InputSettings:
    """[input]: what is read, and up to which limits."""

    max_record_bytes: int = _option(16 * MIB, "A larger article is rejected (bytes, decompressed)", low=1)
    max_expansion: float = _option(200.0, "A compressed file that grows by more than this is rejected as a bomb "
                                   "once it is past 16 MiB (times)", low=1)
    max_nesting: int = _option(200, "HTML or JSON nested deeper than this is rejected (levels)", low=1)
    min_encoding_confidence: float = _option(0.8, "A detected encoding below this is not used (0-1)",
                                             low=0, high=1)
    settle_seconds: float = _option(0.0, "Files changed within the last so many seconds wait for the next run",
                                    low=0, affects=False)
    map: dict[str, str] = _option({}, "Column renames for JSONL and Parquet, ours = theirs")


@dataclass(frozen=True, slots=True)
class SpeakerSettings:
    """[speakers]: who is named and how sure we must be."""

    min_confidence: float = _option(0.5, "Below it `speaker` is null and `speaker_candidate` keeps the guess "
                                    "(0-1)", low=0, high=1)


@dataclass(frozen=True, slots=True)
class DedupSettings:
    """[dedup]: when two printings are one statement."""

    threshold: float = _option(80.0, "Score at which two statements merge (0-100); at 100 only identical "
                               "wording does", low=0, high=100)
    excerpt_threshold: float = _option(85.0, "Score at which a shorter statement is an excerpt of a longer one "
                                       "(0-100)", low=0, high=100)
    short_words: int = _option(5, "Quotes of so many words or fewer merge only with the same speaker", low=0)
    near_misses: int = _option(5, "Near misses kept per mention as evidence", low=0, high=100)


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """[store]: how the tables are laid out and kept."""

    shard_articles: int = _option(256, "Articles in one part file, at most", low=1)
    keep_snapshots: int = _option(3, "Snapshots kept beside the current one", low=0, affects=False)
    keep_seconds: float = _option(3600.0, "No snapshot younger than this is removed (seconds): as long as the "
                                  "slowest reader needs", low=0, affects=False)


@dataclass(frozen=True, slots=True)
class RunSettings:
    """[run]: how the work is done; never what comes out."""

    workers: int = _option(0, "Worker processes; 0 means one a core", low=0, affects=False)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a run, by section."""

    input: InputSettings = field(default_factory=InputSettings)
    speakers: SpeakerSettings = field(default_factory=SpeakerSettings)
    dedup: DedupSettings = field(default_factory=DedupSettings)
    store: StoreSettings = field(default_factory=StoreSettings)
    run: RunSettings = field(default_factory=RunSettings)
