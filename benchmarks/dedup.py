"""Near-duplicate quotes: pair precision and recall on made printings of real statements, beside rivals.

    python benchmarks/dedup.py --data ../shared/eval --size 100000
    python benchmarks/dedup.py --data ../shared/eval --size 100000 --rival-python PY

Makes the quotes with the data's make_quotes.py, groups them with `qs.dedupe` in a process of its own,
runs the rivals that peers_run.py knows in theirs, one after the other, and scores all with score.py's
definitions. A rival that is not installed in the rival's Python is reported as not run.

Beside that, of our own index alone: candidate recall, the share of printings (of other words than
their canonical) that are compared with it at all, and the pairs that lists of too many statements cut:
in all, and as a share of the pairs that would be compared if no list were divided, and of those that
are printings of one statement.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import rapidfuzz

RIVALS = ("datasketch_w3_t0.5", "rensa_w3", "textdedup_tuned", "datatrove_tuned", "sketch")
RELATIONS = ("exact", "edit", "truncation", "fragment")
OURS = """
import json, resource, sys, time
import numpy as np, pyarrow.parquet as pq
import quotesieve as qs
texts = pq.read_table(sys.argv[1], columns=["text"])["text"].to_pylist()
began = time.perf_counter()
found = qs.dedupe(texts)
wall = time.perf_counter() - began
np.save(sys.argv[2], found.labels)
print(json.dumps({"wall": wall}))
"""

INDEX = """
import json, sys
import numpy as np, pyarrow.parquet as pq
from quotesieve.match import candidates
from quotesieve.match.candidates import find_pairs
from quotesieve.match import in_memory, shortest
from quotesieve.match.group import EVIDENCE
from quotesieve.match.statements import collect
from quotesieve.stages.dedupe import SHORT_TEXT_WORDS
rows = pq.read_table(sys.argv[1])
batches = in_memory(rows["text"].to_pylist(), shortest(SHORT_TEXT_WORDS))
statements, bits = collect(batches, None, SHORT_TEXT_WORDS)
pairs = find_pairs(statements, bits, EVIDENCE[0])
wording = np.unique(statements.wording, return_inverse=True)[1]
def key(left, right):
    return np.minimum(left, right) * np.int64(len(wording)) + np.maximum(left, right)
proposed = np.unique(key(wording[pairs.left], wording[pairs.right]))
true, relation = rows["cluster_id"].to_numpy(), np.array(rows["relation"].to_pylist())
own = wording[statements.unit_of]
home = np.full(true.max() + 1, -1)
home[true[relation == "canonical"]] = own[relation == "canonical"]
home = home[true]
other = (home != own) & (home >= 0)
candidates.LONG_LIST = 1 << 40  # no list is divided
uncut = find_pairs(statements, bits, EVIDENCE[0])
statement = true[statements.founder]
def of_one(found):
    return int((statement[found.left] == statement[found.right]).sum())
print(json.dumps({
    "cut_share": 1 - len(pairs) / max(len(uncut), 1),
    "cut_true_share": 1 - of_one(pairs) / max(of_one(uncut), 1),
    "candidate_recall": float(np.isin(key(own, home)[other], proposed).mean()),
    "compared": len(pairs),
    "cut_pairs": pairs.cut,
}))
"""


def pairs_of(labels: np.ndarray) -> int:
    """How many pairs share a label."""
    counts = np.unique(labels, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


def score(quotes: Path, labels: np.ndarray) -> dict[str, float]:
    """Pair precision, recall and F1; recall by relation; false merges: as score.py counts them."""
    rows = pq.read_table(quotes, columns=["cluster_id", "relation", "family"])
    true = rows["cluster_id"].to_numpy().astype(np.int64)
    found = np.unique(labels, return_inverse=True)[1].astype(np.int64)
    both = pairs_of(true * (found.max() + 1) + found)
    precision, recall = both / max(pairs_of(found), 1), both / max(pairs_of(true), 1)
    relation = np.array(rows["relation"].to_pylist())
    canonical = relation == "canonical"
    home = np.full(true.max() + 1, -1)
    home[true[canonical]] = found[canonical]
    result = {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(precision + recall, 1e-9),
    }
    for name in RELATIONS:
        own = relation == name
        result[name] = float((home[true[own]] == found[own]).mean())
    mixed = np.unique(np.stack([found, true], 1), axis=0)[:, 0]
    merged = np.bincount(mixed, minlength=found.max() + 1)[found] > 1
    hard = rows["family"].to_numpy() >= 0
    result["hard_false_merge"] = float(merged[canonical & hard].mean())
    result["false_merge"] = float(merged[canonical & ~hard].mean())
    return result


def timed(command: list[str], timeout: float) -> dict[str, Any]:
    """Run one contender; what it says (its wall time), its CPU and peak memory as the system says."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        began = time.monotonic()
        while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            if time.monotonic() - began > timeout:
                process.kill()
                return {"not_run": f"more than {timeout:.0f} s"}
            time.sleep(0.1)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            assert process.stderr is not None
            return {"not_run": (process.stderr.read().strip().splitlines() or ["failed"])[-1][:80]}
        assert process.stdout is not None
        said = json.loads(process.stdout.read().strip().splitlines()[-1])
    return {**said, "cpu": usage.ru_utime + usage.ru_stime, "rss_mib": usage.ru_maxrss // 1024}


def measure(data: Path, size: int, seed: int, rival_python: str | None, timeout: float) -> dict[str, Any]:
    """All contenders on the same quotes, one after the other."""
    folder = data.resolve() / "dedup"
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as temp:
        quotes = Path(temp) / "quotes.parquet"
        make = [
            sys.executable,
            "make_quotes.py",
            "--size",
            str(size),
            "--seed",
            str(seed),
            "--out",
            str(quotes),
        ]
        subprocess.run(make, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        contenders = {"quotesieve": [sys.executable, "-c", OURS]}
        if rival_python:
            contenders |= {name: [rival_python, str(folder / "peers_run.py"), name] for name in RIVALS}
        for name, command in contenders.items():
            labels = Path(temp) / f"{name}.npy"
            results[name] = timed([*command, str(quotes), str(labels)], timeout)
            if "not_run" not in results[name]:
                results[name] |= score(quotes, np.load(labels))
        index = subprocess.run(
            [sys.executable, "-c", INDEX, str(quotes)], check=True, capture_output=True, text=True
        )
        results["index"] = json.loads(index.stdout)
    for name in RIVALS:
        results.setdefault(name, {"not_run": "no --rival-python"})
    return results


def table(results: dict[str, Any]) -> str:
    """The results as a Markdown table, our wall time being 1."""
    columns = ("precision", "recall", "f1", *RELATIONS, "hard_false_merge", "false_merge")
    out = [
        f"| method | time, ours = 1 | {' | '.join(columns)} | CPU s | MiB |",
        "|---|" + "---|" * (len(columns) + 3),
    ]
    ours = results["quotesieve"].get("wall", 1)
    for name, row in results.items():
        if name == "index":
            continue
        if "not_run" in row:
            out.append(f"| {name} | not run: {row['not_run']} |")
            continue
        figures = " | ".join(f"{row[column]:.3f}" for column in columns)
        out.append(f"| {name} | {row['wall'] / ours:.2f} | {figures} | {row['cpu']:.1f} | {row['rss_mib']} |")
    return "\n".join(out)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="the evaluation data")
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rival-python", help="a Python that has the rivals installed")
    parser.add_argument("--timeout", type=float, default=600, help="seconds for each contender")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    results = measure(options.data, options.size, options.seed, options.rival_python, options.timeout)
    if options.json:
        print(json.dumps(results, indent=1))
        return
    print(
        f"{options.size:,} quotes (seed {options.seed}), {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, rapidfuzz {rapidfuzz.__version__}; ours took "
        f"{results['quotesieve'].get('wall', 0):.1f} s without start-up\n"
    )
    print(table(results))
    index = results["index"]
    print(
        f"\nindex: candidate recall {index['candidate_recall']:.4f}, {index['compared']:,} pairs compared, "
        f"{index['cut_pairs']:,} not proposed under entries of too many statements; "
        f"{index['cut_share']:.5f} of all pairs that share an entry and enough words were not "
        f"proposed, {index['cut_true_share']:.5f} of those that are one statement"
    )


if __name__ == "__main__":
    main()
