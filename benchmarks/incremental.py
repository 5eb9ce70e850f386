"""A day's quotes against an archive: time, growth and quality beside grouping everything anew.

    python benchmarks/incremental.py --data ../shared/eval                     # 4,000 against 176,000
    python benchmarks/incremental.py --data ../shared/eval --archive 880000 --smaller 200000 --new 20000

Makes quotes with the data's make_quotes.py, puts aside `--new` of them at random, and runs, each in a
process of its own: a full build of the archive, which leaves its index on disk; the new quotes against
that index, which is loaded, checked, extended and written; a full build of everything, which must give
the same groups and is what the share of time is of; and the same new quotes against a smaller archive.
Time is the CPU time of the whole process, its start included, as the system says.

Attach recall: of the new quotes whose statement the archive has, the share that got the label of one of
its printings there. Wrongly attached: of all new quotes, the share that shares a label with quotes of the
archive, none of which is the same statement.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from dedup import timed

from quotesieve.stages.dedupe import SHORT_TEXT_WORDS

WORK = """
import json, sys, time
from pathlib import Path
import numpy as np, pyarrow.parquet as pq
from quotesieve.process import prepare
prepare()
from quotesieve.match import in_memory, shortest
from quotesieve.match.adding import with_found
from quotesieve.match.archive import EMPTY, tidied
from quotesieve.match.group import settle, weigh
from quotesieve.pipeline.stored import new_keeps, restored, stored
from quotesieve.settings import DedupSettings
from quotesieve.store import index
quotes, clean, before, after, labels, short_words = sys.argv[1:]
began, times = time.perf_counter(), {}
def lap(name, since=[time.process_time()]):
    now = time.process_time()
    times[name], since[0] = round(now - since[0], 3), now
times["start"] = round(time.process_time(), 3)
found, archive = None, EMPTY
if before:
    found = index.load(Path(clean), before, "benchmark")
    lap("check")
    archive = restored(found, "quotes")
texts = pq.read_table(quotes, columns=["text"])["text"].to_pylist()
lap("read")
settings = DedupSettings(short_words=int(short_words))
least = shortest(int(short_words))
batches = in_memory(texts, least)
lap("fingerprints")
weighed = weigh(batches, settings=settings, archive=archive)
lap("pairs and scores")
grouping = settle(weighed)
lap("groups")
keep = new_keeps(index.pending(Path(clean)), "quotes", after)
grown = tidied(with_found(weighed, keep), keep)
notes = stored(grown, index.pending(Path(clean)), "quotes", found)
index.put(Path(clean), after, "benchmark", {"quotes": notes}, found, remains=False)
lap("index")
np.save(labels, grouping.labels)
print(json.dumps({
    "wall": time.perf_counter() - began, "times": times, "compared": grouping.compared,
    "segments": [len(s) for s in grown.segments], "links": grouping.links.num_rows,
}))
"""


def run(quotes: Path, clean: Path, before: str, after: str, labels: Path, timeout: float) -> dict[str, Any]:
    """One build, or one day, in a process of its own."""
    arguments = [str(quotes), str(clean), before, after, str(labels), str(SHORT_TEXT_WORDS)]
    command = [sys.executable, "-c", WORK, *arguments]
    found = timed(command, timeout)
    if "not_run" in found:
        raise SystemExit(f"{after}: {found['not_run']}")
    return found


def quality(labels: np.ndarray, true: np.ndarray, archived: int) -> dict[str, float]:
    """Attach recall and the share that is wrongly attached; the archive's quotes come first."""
    pairs = np.unique(np.stack([true[:archived], labels[:archived]], 1), axis=0)
    base = int(labels.max()) + 1
    held = np.unique(pairs[:, 0] * base + pairs[:, 1])
    own = true[archived:] * base + labels[archived:]
    right = np.isin(own, held)
    known, attached = np.isin(true[archived:], pairs[:, 0]), np.isin(labels[archived:], pairs[:, 1])
    return {
        "attach_recall": float(right[known].mean()),
        "wrongly_attached": float((attached & ~right).mean()),
        "known": float(known.mean()),
    }


def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """All builds, one after the other."""
    quotes = folder / "quotes.parquet"
    total = options.archive + options.new
    make = ["make_quotes.py", "--size", str(total), "--seed", str(options.seed), "--out", str(quotes)]
    subprocess.run(
        [sys.executable, *make],
        cwd=options.data.resolve() / "dedup",
        check=True,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
    )
    rows = pq.read_table(quotes, columns=["text", "cluster_id"])
    order = np.random.default_rng(options.seed).permutation(rows.num_rows)
    rows = rows.take(pa.array(order))
    archived = rows.num_rows - options.new
    parts = {
        "everything": rows,
        "archive": rows.slice(0, archived),
        "smaller": rows.slice(archived - options.smaller, options.smaller),
        "new": rows.slice(archived),
    }
    for name, part in parts.items():
        pq.write_table(part, folder / f"{name}.parquet")
    runs = {}
    # Name, quotes, the index it goes by.
    for name, given, before in (
        ("archive", "archive", ""),
        ("day", "new", "archive"),
        ("smaller", "smaller", ""),
        ("day_smaller", "new", "smaller"),
        ("everything", "everything", ""),
    ):
        runs[name] = run(
            folder / f"{given}.parquet",
            folder / "clean",
            before,
            name,
            folder / f"{name}.npy",
            options.timeout,
        )
    true = rows.column("cluster_id").to_numpy().astype(np.int64)
    labels, whole = np.load(folder / "day.npy"), np.load(folder / "everything.npy")
    shutil.rmtree(folder / "clean")
    return {
        "runs": runs,
        "share_cpu": runs["day"]["cpu"] / runs["everything"]["cpu"],
        "share_wall": runs["day"]["wall"] / runs["everything"]["wall"],
        "growth": runs["day"]["cpu"] / runs["day_smaller"]["cpu"],
        "same_groups": bool(np.array_equal(labels, whole)),
        **quality(labels, true, archived),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="the evaluation data")
    parser.add_argument("--archive", type=int, default=176_000, help="quotes in the archive")
    parser.add_argument("--smaller", type=int, default=40_000, help="quotes in the smaller one")
    parser.add_argument("--new", type=int, default=4_000, help="quotes of the day")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=float, default=1800, help="seconds for each process")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temp:
        found = measure(options, Path(temp))
    if options.json:
        print(json.dumps(found, indent=1))
        return
    print(
        f"{options.new:,} new quotes against {options.archive:,} (seed {options.seed}), {os.cpu_count()} "
        f"cores, Python {platform.python_version()}\n\n| process | CPU s | wall s | MiB | pairs compared | "
        "CPU s by stage |\n|---|---|---|---|---|---|"
    )
    for name, one in found["runs"].items():
        stages = ", ".join(f"{stage} {seconds:.2f}" for stage, seconds in one["times"].items())
        print(
            f"| {name} | {one['cpu']:.2f} | {one['wall']:.2f} | {one['rss_mib']} | {one['compared']:,} | "
            f"{stages} |"
        )
    print(
        f"\nshare of the full build: CPU {found['share_cpu']:.3f}, wall {found['share_wall']:.3f}; growth "
        f"from the smaller archive {found['growth']:.2f}\nattach recall {found['attach_recall']:.4f} ("
        f"{found['known']:.2f} of the new have a printing in the archive), wrongly attached "
        f"{found['wrongly_attached']:.4f}; same groups as the full build: {found['same_groups']}"
    )


if __name__ == "__main__":
    main()
