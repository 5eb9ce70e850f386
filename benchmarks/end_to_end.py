"""From raw articles to published tables: articles per second and peak memory, beside a plain stack.

    python benchmarks/end_to_end.py --data ../shared/eval --sizes 1000,10000,50000 --kinds text,html \
        [--rival-python PYTHON] [--rival-limit N] [--rival-workers N] [--seed N] [--temp DIR] [--json]

The articles are made from real pages (corpus.py says how). Each size is a run of its own into an empty
folder: `python -m quotesieve run RAW CLEAN --json`. The rival (plain_stack.py) gets the same articles
in the same run of this script, at most `--rival-limit` of them, spread evenly over the folder; its time
is scaled linearly from there, and the table says so. Its work an article does not depend on how many
there are, but for its matching, which is a small part of it.

Memory is the sum over the process tree of proportional set sizes (a page that k processes share counts
1/k in each), sampled; beside it stands the largest process by the kernel's own count.
"""

import argparse
import ctypes
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
SAMPLE_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Usage:
    """What one command took, its descendants included."""

    wall_seconds: float
    cpu_seconds: float
    tree_mib: float  # highest sampled sum over the process tree
    largest_mib: float  # ru_maxrss of the largest process
    exit_code: int
    output: str
    errors: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Times are for `articles`; `measured_on` says on how many they were taken."""

    kind: str
    program: str
    articles: int
    measured_on: int
    wall_seconds: float
    cpu_seconds: float
    tree_mib: float
    largest_mib: float
    detail: dict[str, Any]

    @property
    def per_second(self) -> float:
        return self.articles / self.wall_seconds

    @property
    def cpu_ms(self) -> float:
        return 1000 * self.cpu_seconds / self.articles


# --- measuring -----------------------------------------------------------------------------------------


def process_tree(root: int) -> list[int]:
    """A process and all its descendants, as /proc has them now."""
    found, queue = [], [root]
    while queue:
        pid = queue.pop()
        found.append(pid)
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                queue += map(int, children.read_text().split())
            except OSError:
                continue  # it ended while we looked
    return found


def proportional_kib(pid: int) -> int:
    """Proportional set size of a process, 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class MemoryWatch(threading.Thread):
    """Samples the memory of a process tree until told to stop."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.root = root
        self.peak_kib = 0
        self.seen: set[int] = set()
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(SAMPLE_SECONDS):
            tree = process_tree(self.root)
            self.seen.update(tree)
            self.peak_kib = max(self.peak_kib, sum(map(proportional_kib, tree)))


ORPHAN_SECONDS = 20
_PR_SET_CHILD_SUBREAPER = 36  # of <linux/prctl.h>


def adopt_orphans() -> None:
    """Have processes whose parent ends before them become ours: what they took is counted when they end."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def orphans_cpu_seconds(seen: Set[int]) -> float:
    """What those of some processes took that were adopted, and those that they waited for.

    Waits for them for some seconds: they end with what was measured. Raises TimeoutError if not.
    """
    seconds, deadline = 0.0, time.monotonic() + ORPHAN_SECONDS
    while adopted := set(process_tree(os.getpid())[1:]) & seen:
        for pid in adopted:
            try:
                ended, _, used = os.wait4(pid, os.WNOHANG)
            except ChildProcessError:
                continue  # a child of one of them: it is counted there, or becomes ours
            seconds += used.ru_utime + used.ru_stime if ended else 0
        if time.monotonic() > deadline:
            raise TimeoutError(f"{len(adopted)} processes of what was measured do not end")
        time.sleep(0.01)
    return seconds


def measured(command: Sequence[str], work: Path) -> Usage:
    """Run a command to its end and say what it took."""
    adopt_orphans()  # workers are children of a process that outlives the run by a moment
    out_path, err_path = work / "stdout.txt", work / "stderr.txt"
    # Of this checkout, whether it is installed or not.
    environment = os.environ | {"PYTHONPATH": str(HERE.parent)}
    with out_path.open("wb") as out, err_path.open("wb") as errors:
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=errors, cwd=work, env=environment)
        watch = MemoryWatch(process.pid)
        watch.start()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    watch.done.set()
    watch.join()
    orphans = orphans_cpu_seconds(watch.seen)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Usage(
        wall,
        used.ru_utime + used.ru_stime + orphans,
        watch.peak_kib / 1024,
        used.ru_maxrss / 1024,
        process.returncode,
        out_path.read_text("utf-8", "replace"),
        err_path.read_text("utf-8", "replace"),
    )


def last_json(text: str) -> dict[str, Any]:
    """The JSON object that a command printed, whether on one line or over many."""
    start = text.find("{")
    return dict(json.loads(text[start:])) if start >= 0 else {}


# --- the programs --------------------------------------------------------------------------------------


def make_articles(raw: Path, kind: str, size: int, options: argparse.Namespace) -> None:
    """Make the corpus in a process of its own: what is forked from a large process counts as large."""
    command = [
        sys.executable,
        str(HERE / "corpus.py"),
        str(raw),
        "--data",
        str(options.data),
        "-n",
        str(size),
        "--kind",
        kind,
        "--seed",
        str(options.seed),
        "--pages",
        options.pages,
        "--no-table",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def ours(raw: Path, work: Path, kind: str, size: int) -> Row:
    """A whole run of Quotesieve into an empty folder."""
    clean = work / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    command = [sys.executable, "-m", "quotesieve", "run", str(raw), str(clean), "--json"]
    usage = measured(command, work)
    shutil.rmtree(clean, ignore_errors=True)
    if usage.exit_code != 0:
        raise SystemExit(f"quotesieve run ended with {usage.exit_code}:\n{usage.errors[-2000:]}")
    report = last_json(usage.output)
    if report.get("articles") != size:
        raise SystemExit(f"quotesieve reports {report.get('articles')} articles of {size}")
    return Row(
        kind,
        "quotesieve",
        size,
        size,
        usage.wall_seconds,
        usage.cpu_seconds,
        usage.tree_mib,
        usage.largest_mib,
        report,
    )


def rival(raw: Path, work: Path, kind: str, size: int, options: argparse.Namespace) -> Row | None:
    """The plain stack on the same folder; None where it cannot run. Loading the model is not counted."""
    limit = min(size, options.rival_limit or size)
    command = [
        options.rival_python,
        str(HERE / "plain_stack.py"),
        str(raw),
        "--kind",
        kind,
        "--limit",
        str(limit),
        "--workers",
        str(options.rival_workers),
    ]
    usage = measured(command, work)
    if usage.exit_code != 0:
        reason = (usage.errors.strip().splitlines() or ["no message"])[-1]
        print(f"plain stack: not run ({reason})", file=sys.stderr)
        return None
    detail = last_json(usage.output)
    scale = size / limit
    cpu = usage.cpu_seconds - detail["load_cpu_seconds"]
    return Row(
        kind,
        "plain stack",
        size,
        limit,
        detail["seconds"] * scale,
        cpu * scale,
        usage.tree_mib,
        usage.largest_mib,
        detail,
    )


def bench_kind(kind: str, sizes: Sequence[int], temp: Path, options: argparse.Namespace) -> list[Row]:
    """All sizes of one kind, smallest first; each corpus is made anew and removed."""
    rows = []
    for size in sizes:
        with tempfile.TemporaryDirectory(dir=temp, prefix=f"{kind}-{size}-") as name:
            work = Path(name)
            raw = work / "raw"
            make_articles(raw, kind, size, options)
            rows.append(ours(raw, work, kind, size))
            other = None if options.no_rival else rival(raw, work, kind, size, options)
            rows += [other] if other else []
            for row in rows[-2:] if other else rows[-1:]:
                print(f"{kind} {size:,}: {row.program} {row.per_second:.1f} articles/s", file=sys.stderr)
    return rows


# --- the table -----------------------------------------------------------------------------------------


def setup(options: argparse.Namespace, rows: Sequence[Row]) -> dict[str, Any]:
    """What the figures depend on."""
    rivals = [row for row in rows if row.program == "plain stack"]
    return {
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
        "seed": options.seed,
        "pages": options.pages,
        "sizes": options.sizes,
        "rival_limit": options.rival_limit,
        "rival_workers": options.rival_workers,
        "rival": rivals[0].detail["versions"] if rivals else "not run",
        "load_average": round(os.getloadavg()[0], 1),
    }


def ratio(row: Row, rows: Sequence[Row]) -> tuple[str, str]:
    """How many times faster than the plain stack this row is, by the clock and by CPU time."""
    other = next(
        (r for r in rows if r.program == "plain stack" and (r.kind, r.articles) == (row.kind, row.articles)),
        None,
    )
    if other is None or row is other:
        return ("1", "1") if other else ("not run", "not run")
    return f"{other.wall_seconds / row.wall_seconds:.1f}", f"{other.cpu_seconds / row.cpu_seconds:.1f}"


def growth(row: Row, rows: Sequence[Row]) -> tuple[str, str]:
    """Wall time an article and tree memory against the next smaller size of the same program and kind."""
    smaller = [
        other
        for other in rows
        if (other.kind, other.program) == (row.kind, row.program) and other.articles < row.articles
    ]
    if not smaller or row.program != "quotesieve":
        return "", ""
    before = max(smaller, key=lambda r: r.articles)
    return f"{before.per_second / row.per_second - 1:+.0%}", f"{row.tree_mib / before.tree_mib - 1:+.0%}"


def table(rows: Sequence[Row]) -> str:
    """The figures as a Markdown table."""
    lines = [
        "| kind | articles | program | articles/s | times plain stack: wall | CPU | CPU ms/article | "
        "memory MiB (tree) | largest process MiB | time/article grew | memory grew |",
        "|" + "---|" * 11,
    ]
    for row in rows:
        taken = "" if row.measured_on == row.articles else f" (scaled from {row.measured_on:,})"
        wall, cpu = ratio(row, rows)
        slower, larger = growth(row, rows)
        cells = (
            row.kind,
            f"{row.articles:,}",
            row.program + taken,
            f"{row.per_second:,.1f}",
            wall,
            cpu,
            f"{row.cpu_ms:,.1f}",
            f"{row.tree_mib:,.0f}",
            f"{row.largest_mib:,.0f}",
            slower,
            larger,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="the evaluation data")
    parser.add_argument("--sizes", default="1000,10000,50000", help="numbers of articles")
    parser.add_argument("--kinds", default="text,html")
    parser.add_argument("--pages", choices=("news", "all"), default="news", help="real pages to start from")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-rival", action="store_true")
    parser.add_argument("--rival-python", default=sys.executable, help="with requirements-rivals.in")
    parser.add_argument("--rival-limit", type=int, default=300, help="articles it is timed on; 0: all")
    parser.add_argument("--rival-workers", type=int, default=1, help="its processes")
    parser.add_argument("--temp", type=Path, default=None, help="for the articles (50,000 of HTML: 15 GB)")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def main() -> None:
    options = arguments()
    options.data = options.data.resolve()
    sizes = sorted(int(size) for size in options.sizes.split(","))
    kinds = options.kinds.split(",")
    rows = [row for kind in kinds for row in bench_kind(kind, sizes, options.temp, options)]
    if options.json:
        print(json.dumps({"setup": setup(options, rows), "rows": [asdict(row) for row in rows]}, indent=1))
        return
    print(", ".join(f"{name} {value}" for name, value in setup(options, rows).items()))
    print(table(rows))


if __name__ == "__main__":
    main()
