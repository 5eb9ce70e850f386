"""The mentions and paragraphs of a shard as batches that `match.weigh` can read.

Their fingerprints are made in worker processes, a shard a call, and lie in scratch files from then
on; texts are read again where a pair is compared. Holds no rule of matching.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa

from quotesieve.match.entries import KEYS, Entries
from quotesieve.match.fingerprints import Fingerprints, entries_between, fingerprint
from quotesieve.match.group import shortest
from quotesieve.match.normalise import I64, running
from quotesieve.pipeline.contents import Shard
from quotesieve.pipeline.workers import Workers
from quotesieve.settings import DedupSettings
from quotesieve.store.parquet import read_scratch, read_scratch_batches, write_scratch, write_scratch_batches

# Headings and datelines repeat without being copies: paragraphs of a few words must be identical.
PARAGRAPHS_MATCH = DedupSettings(short_words=8, near_misses=0)
# Index entries lie by ranges of their keys, since they are read range by range when all shards' are joined.
RANGE_BITS = 26
KEY_RANGES = KEYS >> RANGE_BITS
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
        ranges = range(low >> RANGE_BITS, (high - 1 >> RANGE_BITS) + 1)
        found = read_scratch_batches(_path(self.folder, self.table, "entries"), ranges)
        keys, units, at = (np.asarray(found.column(name)) for name in ("keys", "units", "at"))
        return entries_between(Entries(keys, units, at), low, high)

    def texts(self, at: I64) -> Sequence[str]:
        """The texts of some statements, by their places (ascending) in the batch."""
        texts: list[str] = (
            self.shard.rows(self.table, ("text",)).column("text").take(pa.array(at)).to_pylist()
        )
        return texts


def make_batches(table: str, shards: Sequence[Shard], folder: Path, workers: Workers) -> list[ShardBatch]:
    """The statements of a table of each shard, with their fingerprints in `folder`."""
    calls = ((_fingerprint_shard, (shard, table, folder / shard.name)) for shard in shards)
    rows = workers.stream(calls)
    return [ShardBatch(s, table, folder / s.name, n) for s, n in zip(shards, rows, strict=True)]


def _fingerprint_shard(shard: Shard, table: str, folder: Path) -> int:
    """Write the scratch files of a shard's table; return its rows. Runs in a worker process."""
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
    bounds = [KEYS * i // KEY_RANGES for i in range(KEY_RANGES + 1)]
    ranges = [_record_batch(entries_between(entries, low, high)) for low, high in pairwise(bounds)]
    write_scratch_batches(_path(folder, table, "entries"), ranges)
    return len(texts)


def _record_batch(entries: Entries) -> pa.RecordBatch:
    columns = {"keys": entries.keys, "units": entries.units, "at": entries.at}
    return pa.record_batch({name: pa.array(values) for name, values in columns.items()})


def _path(folder: Path, table: str, what: str) -> Path:
    return folder / f"{table}.{what}.arrow"
