"""The mentions and paragraphs of a shard as batches that `match.group` can read.

Their fingerprints are made in worker processes, a shard a call, and lie in scratch files from then
on; texts are read again where a pair is compared. Holds no rule of matching.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from quotesieve.match.entries import Entries
from quotesieve.match.fingerprints import Fingerprints, entries_between, fingerprint
from quotesieve.match.group import shortest
from quotesieve.match.normalise import I64, running
from quotesieve.pipeline.contents import Shard
from quotesieve.pipeline.workers import Workers
from quotesieve.settings import DedupSettings
from quotesieve.store.parquet import read_scratch, write_scratch

# Headings and datelines repeat without being copies: paragraphs of a few words must be identical.
PARAGRAPHS_MATCH = DedupSettings(short_words=8, near_misses=0)
SHORTEST = {"mentions": shortest(None), "paragraphs": shortest(PARAGRAPHS_MATCH.short_words)}


@dataclass(frozen=True, slots=True)
class ShardBatch:
    """The statements of one table of one shard, on disk: a `match.Batch`."""

    shard: Shard
    table: str
    folder: Path  # of the two scratch files
    rows: int

    def fingerprints(self) -> Fingerprints:
        """Those of all its statements."""
        found = read_scratch(_path(self.folder, self.table, "fingerprints"))
        words = found.column("words").combine_chunks()
        return Fingerprints(
            running(np.asarray(words.value_lengths())),
            np.asarray(words.flatten()),
            np.asarray(found.column("wording")),
            np.asarray(found.column("content")),
            np.asarray(found.column("blemished")),
        )

    def entries(self, low: int, high: int) -> Entries:
        """Its index entries whose keys are from `low` to before `high`."""
        found = read_scratch(_path(self.folder, self.table, "entries"))
        keys, units, at = (np.asarray(found.column(name)) for name in ("keys", "units", "at"))
        return entries_between(Entries(keys, units, at), low, high)

    def texts(self, at: I64) -> Sequence[str]:
        """The texts of some statements, by their places (ascending) in the batch."""
        texts: list[str] = (
            self.shard.rows(self.table, ("text",)).column("text").take(pa.array(at)).to_pylist()
        )
        return texts


def make_batches(
    shards: Sequence[Shard], folder: Path, workers: Workers
) -> tuple[list[ShardBatch], list[ShardBatch]]:
    """The mentions and the paragraphs of each shard, with their fingerprints in `folder`."""
    calls = ((_fingerprint_shard, (shard, folder / shard.name)) for shard in shards)
    counts = list(workers.stream(calls))
    mentions, paragraphs = (
        [ShardBatch(s, table, folder / s.name, rows[i]) for s, rows in zip(shards, counts, strict=True)]
        for i, table in enumerate(SHORTEST)
    )
    return mentions, paragraphs


def _fingerprint_shard(shard: Shard, folder: Path) -> tuple[int, ...]:
    """Write the scratch files of a shard; return the rows of each table. Runs in a worker process."""
    return tuple(_fingerprint_table(shard, table, folder) for table in SHORTEST)


def _fingerprint_table(shard: Shard, table: str, folder: Path) -> int:
    texts = shard.rows(table, ("text",)).column("text").to_pylist()
    found, entries = fingerprint(texts, SHORTEST[table])
    words = pa.ListArray.from_arrays(pa.array(found.first, pa.int32()), pa.array(found.words))
    columns = {
        "words": words,
        "wording": pa.array(found.wording),
        "content": pa.array(found.content),
        "blemished": pa.array(found.blemished),
    }
    write_scratch(_path(folder, table, "fingerprints"), pa.table(columns))
    by_key = {"keys": pa.array(entries.keys), "units": pa.array(entries.units), "at": pa.array(entries.at)}
    write_scratch(_path(folder, table, "entries"), pa.table(by_key))
    return len(texts)


def _path(folder: Path, table: str, what: str) -> Path:
    return folder / f"{table}.{what}.arrow"
