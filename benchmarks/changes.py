"""How long `quotesieve changes` takes and how much memory, on made-up snapshots of many passages.

    python benchmarks/changes.py                       # 1,000,000 passages
    python benchmarks/changes.py --passages 100000 --json

Two snapshots are published with passages only. "one part in twenty" is an ordinary night: other part
files are shared and not read. "every part" is the worst case, as after a full rebuild by a new
version: all rows are compared, one in a hundred differs. Each is measured in a process of its own.
"""

import argparse
import json
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from quotesieve.pipeline.changes import changes
from quotesieve.store import snapshot
from quotesieve.store.ledger import LEDGER
from quotesieve.store.parquet import FileEntry, write_part
from quotesieve.store.snapshot import Snapshot, link_or_copy, relocated
from quotesieve.store.tables import PASSAGES, TABLES

SEED = 7
PARTS = 20
WORDS = "the harbour board will not repair its quays before winter because nobody has asked for money".split()


def rows(first: int, count: int, edited: set[int]) -> pa.Table:
    """Some passages; those that are edited have one more printing."""
    rng = random.Random(first)
    listed = []
    for number in range(first, first + count):
        n = 2 if number in edited else 1
        speaker = f"Person {rng.randrange(5000)}"
        listed.append(
            {
                "passage_id": f"{number * 2654435761 % 2**64:016x}",
                "canonical_text": f"{number} " + " ".join(rng.choices(WORDS, k=25)),
                "canonical_mention_id": f"{number:016x}",
                "founding_mention_id": f"{number:016x}",
                "founded_run": 1,
                "speaker": speaker,
                "speaker_id": f"{number % 5000:016x}",
                "attribution_method": "explicit",
                "speaker_confidence": 0.9,
                "language": "en",
                "mention_count": n,
                "article_count": n,
                "outlet_count": n,
                "outlets": [f"outlet{i}.example" for i in range(n)],
                "speakers": [{"speaker": speaker, "mentions": n}],
                "first_published_at": number,
                "last_published_at": number,
                "first_fetched_at": None,
            }
        )
    return pa.Table.from_pylist(listed, schema=PASSAGES.schema)


def publish(clean: Path, run: int, count: int, touched: int, before: Snapshot | None) -> Snapshot:
    """A snapshot whose first `touched` parts are written, one row in a hundred edited; the others linked."""
    name, staged = f"{run:05d}-benchmark", snapshot.staging(clean) / f"{run:05d}-benchmark"
    files: dict[str, tuple[FileEntry, ...]] = {}
    for table in (*TABLES.values(), LEDGER):
        entry = write_part(staged / table.name / "part-empty.parquet", table.schema.empty_table(), table)
        files[table.name] = (relocated(entry, name, table.name),)
    share, entries = count // PARTS, []
    for part in range(PARTS):
        path = staged / "passages" / f"part-{part:05d}.parquet"
        if before is not None and part >= touched:
            old = before.files["passages"][part]
            link_or_copy(clean / old.path, path)
            entries.append(relocated(old, name, "passages"))
        else:
            first = part * share
            edited = set(range(first, first + share, 100)) if before else set()
            entries.append(
                relocated(write_part(path, rows(first, share, edited), PASSAGES), name, "passages")
            )
    files["passages"] = tuple(entries)
    made = Snapshot(name, run, before and before.id, "", "", "", files)
    snapshot.publish(clean, staged, made)
    return made


def measure(clean: Path, old: str, new: str) -> dict[str, Any]:
    """Seconds and peak memory of one comparison, the file written included."""
    began = time.perf_counter()
    found = changes(clean, old, new, out=clean.parent / "changes.parquet")
    seconds = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"seconds": round(seconds, 2), "peak_mib": peak, **found.counts}


def main() -> None:
    """Make the snapshots, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        clean, old, new = options.one
        print(json.dumps(measure(Path(clean), old, new)))
        return
    setup = {
        "passages": options.passages,
        "parts": PARTS,
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "duckdb": duckdb.__version__,
        "pyarrow": pa.__version__,
    }
    results = {}
    with tempfile.TemporaryDirectory() as folder:
        clean = Path(folder) / "clean"
        clean.mkdir()
        first = publish(clean, 1, options.passages, PARTS, None)
        night = publish(clean, 2, options.passages, 1, first)
        rebuilt = publish(clean, 3, options.passages, PARTS, first)
        for what, new in (("one part in twenty", night), ("every part", rebuilt)):
            command = [sys.executable, __file__, "--one", str(clean), first.id, new.id]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            results[what] = json.loads(done.stdout)
    if options.json:
        print(json.dumps({"setup": setup, "results": results}, indent=1))
        return
    print(", ".join(f"{name} {value}" for name, value in setup.items()))
    for what, found in results.items():
        print(
            f"{what:<20} {found['seconds']:>7.2f} s {found['peak_mib']:>6} MiB  {found['changed']:,} changed"
        )


if __name__ == "__main__":
    main()
