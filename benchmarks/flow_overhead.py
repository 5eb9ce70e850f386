"""What Prefect costs: the flow against the command line over the same articles, run in turn.

    python benchmarks/flow_overhead.py [--articles 1000] [--repeats 3] [--workers 2] [--json]

Articles are made up, the same for the same seed. The flow runs in a process of its own against a
server that is up already; its time is counted from the start of that process, and apart from what
importing Prefect takes. Both write into an empty folder each time.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from flows import environment, serve  # noqa: E402

NAMES = "Ada Bell|Tom Cole|Eve Dunn|Ida Moss|Ben Stone|Una Park|Max Hill|Lea Ford|Sam Wood|Kay Lane".split(
    "|"
)
WORDS = (
    "harbour council ferry bridge school budget winter road vote plan report water town fire train union "
    "market farm coast storm library doctor river island engine glass copper timber"
).split()
NOISE = ("Skip advert", "Sign up for our morning newsletter", "Read more: what we know so far", "Share this")


def article(source: random.Random) -> str:
    """Some paragraphs, some quotes, some noise."""
    lines = [" ".join(source.choices(WORDS, k=7)).capitalize(), ""]
    for _ in range(source.randint(6, 12)):
        said = " ".join(source.choices(WORDS, k=source.randint(8, 18))).capitalize()
        if source.random() < 0.4:
            lines.append(f"“The {said},” said {source.choice(NAMES)}, who has known the town for years.")
        else:
            lines.append(f"The {said}. {' '.join(source.choices(WORDS, k=12)).capitalize()}.")
        if source.random() < 0.2:
            lines.append(source.choice(NOISE))
    return "\n".join(lines) + "\n"


def make_input(folder: Path, count: int, seed: int) -> None:
    """`count` articles of ten outlets, one file each."""
    source = random.Random(seed)
    for number in range(count):
        target = folder / f"outlet=paper{number % 10}.example" / f"{number:06d}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(article(source), encoding="utf-8")


def seconds(command: list[str], settings: dict[str, str]) -> float:
    """Wall time of a process that must succeed."""
    began = time.perf_counter()
    subprocess.run(
        command, env=settings, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    return time.perf_counter() - began


def measure(options: argparse.Namespace, folder: Path) -> dict[str, list[float]]:
    """Times of both, in turn, and of importing what each imports."""
    make_input(folder / "raw", options.articles, options.seed)
    settings = environment.served(folder / "prefect", options.port) | {"PYTHONPATH": str(ROOT)}
    began = time.perf_counter()
    server = serve.start_server(settings)
    times: dict[str, list[float]] = {
        "server start": [time.perf_counter() - began],
        "cli": [],
        "flow": [],
        "import": [],
    }
    python = [sys.executable]
    try:
        for turn in range(options.repeats):
            workers = ["--workers", str(options.workers)]
            target = [str(folder / f"{name}{turn}") for name in ("cli", "flow")]
            cli = [*python, "-m", "quotesieve", "run", str(folder / "raw"), target[0], *workers]
            flow = [
                *python,
                "-m",
                "flows.refresh",
                "--raw",
                str(folder / "raw"),
                "--clean",
                target[1],
                *workers,
            ]
            times["cli"].append(seconds(cli, settings))
            times["flow"].append(seconds(flow, settings))
            times["import"].append(seconds([*python, "-c", "import flows.refresh"], settings))
    finally:
        server.stop(5)
    return times


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--port", type=int, default=4290)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times = measure(options, Path(folder))
    middle = {name: statistics.median(values) for name, values in times.items()}
    ratio = statistics.median(f / c for f, c in zip(times["flow"], times["cli"], strict=True))
    setup = (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, prefect {version('prefect')}, "
        f"{options.articles:,} articles (seed {options.seed}), {options.workers} workers, "
        f"median of {options.repeats} interleaved runs"
    )
    if options.json:
        print(json.dumps({"setup": setup, "times": times, "ratio": ratio}))
        return
    print(f"{setup}\n")
    print("| what | seconds | command line = 1 |\n|---|---:|---:|")
    print(f"| `quotesieve run` | {middle['cli']:.1f} | 1 |")
    print(f"| the flow, server up | {middle['flow']:.1f} | {ratio:.2f} |")
    apart = (middle["flow"] - middle["import"]) / middle["cli"]
    print(f"| the flow without importing Prefect | {middle['flow'] - middle['import']:.1f} | {apart:.2f} |")
    print(f"| start of the server, once | {middle['server start']:.1f} | |")


if __name__ == "__main__":
    main()
