"""Pairs of quotes from real articles to be judged by eye: what was merged, and what was nearly.

    python benchmarks/sample_pairs.py --data ../shared/eval [--merges 200] [--near 200] [--seed 6]

Groups the quotes of the development articles with `qs.dedupe` and prints a line a pair: link type,
score, whether both are of one article (S), one outlet (O) or neither (X), the two speakers and the
difference. Near misses by the rule on short statements are sampled over length and score, all others
are printed first. The judgements are in docs/matching.md; the articles are not ours to copy.
"""

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import quotesieve as qs
from quotesieve.match.align import differences
from quotesieve.model import Comparison, Mention

MARKS = {"same": "{}", "missing": "[-{}-]", "added": "{{+{}+}}"}
SHOWN = 400  # characters of a difference


def documents(data: Path) -> Iterator[tuple[str, str, str]]:
    """Id, outlet and text of each development article."""
    with gzip.open(data / "noise" / "docs_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["doc_id"], row["outlet"], row["gold"]
    with open(data / "quotes" / "polnear_dev.jsonl", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            yield row["doc_id"], row.get("outlet") or row["doc_id"].partition("_")[0], row["text"]


def mentions(data: Path) -> list[Mention]:
    """All quotes, under ids that tell the articles apart."""
    return [
        replace(m, mention_id=f"{name}:{m.mention_id}", article_id=name, outlet=outlet)
        for name, outlet, text in documents(data)
        for m in qs.extract_quotes(text)
    ]


def spread(rows: Sequence[Comparison], count: int, chance: random.Random) -> list[Comparison]:
    """So many rows, one at random out of each of as many stretches."""
    if len(rows) <= count:
        return list(rows)
    step = len(rows) / count
    return [rows[int(i * step + chance.random() * step)] for i in range(count)]


def line(row: Comparison, by_id: Mapping[str, Mention]) -> str:
    """A pair to be judged."""
    left, right = by_id[row.left_mention_id], by_id[row.right_mention_id]
    where = "S" if left.article_id == right.article_id else "O" if left.outlet == right.outlet else "X"
    shown = "".join(MARKS[p.kind].format(p.text) for p in differences(left.text, right.text))
    people = f"<{left.speaker or '?'}|{right.speaker or '?'}>"
    found = f"{row.reason or row.link_type} {row.score:.0f} {where} {people} {shown}"
    return " ".join(found.split())[:SHOWN]


def main() -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="the development data (shared/eval)")
    parser.add_argument("--merges", type=int, default=200)
    parser.add_argument("--near", type=int, default=200)
    parser.add_argument("--seed", type=int, default=6)
    options = parser.parse_args()
    own = mentions(options.data)
    by_id = {m.mention_id: m for m in own}
    rows = qs.dedupe(own).comparisons
    chance = random.Random(options.seed)

    def size(row: Comparison) -> tuple[int, float, str]:
        return len(by_id[row.left_mention_id].text.split()), row.score, row.left_mention_id

    merged = sorted((row for row in rows if row.linked), key=size)
    near = [row for row in rows if not row.linked and row.reason != "other_speaker"]
    short = sorted((row for row in rows if row.reason == "other_speaker"), key=size)
    print(f"{len(own)} quotes, {len(merged)} merges, {len(near)} near misses")
    print(f"{len(short)} more by other_speaker")
    chosen = spread(merged, options.merges, chance), near[: options.near]
    for title, picked in (
        ("merges", chosen[0]),
        ("near misses", [*chosen[1], *spread(short, options.near - len(chosen[1]), chance)]),
    ):
        print(f"\n{title}")
        for number, row in enumerate(picked):
            print(number, line(row, by_id))


if __name__ == "__main__":
    main()
