"""Pages, and doubts, judged by models that never saw the outlet; and lines to be judged by eye.

    python benchmarks/noise_unseen.py --data ../shared/eval --models folds.json
    python benchmarks/noise_unseen.py --data ../shared/eval --models folds.json --sample 200

Trains one model a fold as scripts/train_noise.py does (minutes), or takes those that `--models` kept, here or
there. Prints

- html: 4-gram F1 of the extracted lines after the line stage, trafilatura's own text beside it, and the
  speed of the whole (with the shipped model), trafilatura = 1.
- guard: of good cleanings (F1 of at least 0.9) and of failed ones (precision below 0.6, less than 0.6 of the
  text that the input had, or F1 below 0.4) the share that is marked doubtful, by input and by reason.
- boilerplate: with `--articles FILE` (JSON lines with `publisher` and `text`), which lines of clean articles
  would be taken for boilerplate.

`--sample N` draws N removed and N kept lines of the news and blog pages (seed 11) and prints them.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE), str(HERE.parent / "scripts")]

import train_noise  # noqa: E402
from noise import by_trafilatura, read_html  # noqa: E402
from noise_scoring import FIELDS, Doc, groups, load_docs, page_score, score  # noqa: E402

from quotesieve.stages import boilerplate  # noqa: E402
from quotesieve.stages.clean import clean_html, clean_text  # noqa: E402
from quotesieve.store import fingerprints  # noqa: E402
from quotesieve.store.ledger import Key  # noqa: E402
from quotesieve.text.html import extract_html  # noqa: E402
from quotesieve.text.noise import Verdict, classify_with  # noqa: E402
from quotesieve.text.noise_guard import doubt  # noqa: E402
from quotesieve.text.noise_model import Model, from_dict  # noqa: E402
from quotesieve.text.repair import repair_lines  # noqa: E402

SEED = 11
GOOD, FAILED_F1, FAILED_PRECISION, FAILED_RECALL = 0.9, 0.4, 0.6, 0.6


@dataclass(frozen=True, slots=True)
class Judged:
    """One input of one page after the line stage."""

    doc: Doc
    form: str  # a field of the data, or html
    lines: list[str]
    verdicts: list[Verdict]

    @property
    def text(self) -> str:
        pairs = zip(self.lines, self.verdicts, strict=True)
        return "\n".join(line for line, verdict in pairs if verdict.role in ("body", "heading"))


def trained(docs: Sequence[Doc], kept: Path | None) -> tuple[Mapping[str, int], list[Model]]:
    """The fold of each outlet and a model a fold that never saw it."""
    if kept is not None and kept.exists():
        models = json.loads(kept.read_text(encoding="utf-8"))
    else:
        models = list(train_noise.train_without(train_noise.collect(docs), range(train_noise.FOLDS)))
        if kept is not None:
            kept.write_text(json.dumps(models), encoding="utf-8")
    return train_noise.folds_of([doc.outlet for doc in docs]), [from_dict(model) for model in models]


def judge(docs: Sequence[Doc], fold: Mapping[str, int], models: Sequence[Model]) -> list[Judged]:
    """Every page in every form."""
    out = []
    for doc in docs:
        model = models[fold[doc.outlet]]
        for field in FIELDS:
            lines = doc.text(field).split("\n")
            out.append(Judged(doc, field, lines, classify_with(model, lines)))
        page = extract_html(read_html(doc))
        lines = repair_lines(page.lines)
        out.append(Judged(doc, "html", lines, classify_with(model, lines, title=page.title)))
    return out


def html_table(docs: Sequence[Doc], judged: Sequence[Judged]) -> dict[str, Any]:
    """F1 of pages by data set, and the speed of clean_html on every fourth of them."""
    ours = {one.doc.doc_id: one.text for one in judged if one.form == "html"}
    theirs = {doc.doc_id: by_trafilatura(read_html(doc)) for doc in docs}
    spent = {"quotesieve": 0.0, "trafilatura": 0.0}
    for page in map(read_html, docs[::4]):
        for name, work in (("quotesieve", clean_html), ("trafilatura", by_trafilatura)):
            started = time.process_time()
            work(page)
            spent[name] += time.process_time() - started
    return {
        "quotesieve": _by_set(docs, ours),
        "trafilatura": _by_set(docs, theirs),
        "speed": round(spent["trafilatura"] / spent["quotesieve"], 2),
    }


def _by_set(docs: Sequence[Doc], texts: Mapping[str, str]) -> dict[str, float]:
    return {
        name: round(score([(d.gold, texts[d.doc_id]) for d in docs if d.dataset in members]).f1, 4)
        for name, members in groups().items()
    }


def guard_table(judged: Sequence[Judged]) -> dict[str, Any]:
    """How many good and failed cleanings are marked doubtful, by form and in all."""
    out: dict[str, Any] = {}
    for form in (*FIELDS, "html", "all"):
        good: Counter[str | None] = Counter()
        failed: Counter[str | None] = Counter()
        for one in judged:
            if form not in (one.form, "all"):
                continue
            precision, recall, f1 = page_score(one.doc.gold, one.text)
            had = page_score(one.doc.gold, "\n".join(one.lines))[1]
            why = doubt(one.lines, one.verdicts)
            if f1 >= GOOD:
                good[why] += 1
            elif f1 < FAILED_F1 or precision < FAILED_PRECISION or recall < FAILED_RECALL * had:
                failed[why] += 1
        out[form] = {"good": _marked(good), "failed": _marked(failed)}
    return out


def _marked(why: Counter[str | None]) -> dict[str, Any]:
    marked = {str(reason): count for reason, count in why.most_common() if reason is not None}
    return {"n": why.total(), "marked": sum(marked.values()), "reasons": marked}


def boilerplate_table(path: Path) -> dict[str, Any]:
    """Lines of clean articles that would be taken for boilerplate, and how many come back at all."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    articles = [clean_text(row["text"], outlet=row["publisher"]) for row in rows]
    table = fingerprints.to_table(articles, [Key(str(i), 0) for i in range(len(rows))])
    lines = sum(map(len, table.column("lines").to_pylist()))
    found = boilerplate.boilerplate_lines(table)
    return {
        "articles": len(rows),
        "lines": lines,
        "boilerplate": len(found),
        "long": int((found & 3 == boilerplate.LONG_LINE).sum()),
    }


def sample(judged: Sequence[Judged], count: int) -> list[str]:
    """Lines drawn at random of flat and region text: how each was judged, and what stands round it."""
    rng = random.Random(SEED)
    places = [
        (one, i)
        for one in judged
        if one.form in ("flat_text", "region_text")
        for i, verdict in enumerate(one.verdicts)
        if verdict.score is not None
    ]
    out = []
    for kept in (False, True):
        own = [place for place in places if (place[0].verdicts[place[1]].role is not None) == kept]
        for number, (one, i) in enumerate(rng.sample(own, count), 1):
            verdict = one.verdicts[i]
            said = f"{'kept' if kept else 'gone'} {number} {verdict.role or verdict.reason}"
            name = f"{said} {one.doc.doc_id} {one.form}"
            around = " / ".join(line[:60] for line in one.lines[max(0, i - 1) : i + 2 : 2])
            out.append(f"{name}: {one.lines[i][:160]}   ({around})")
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=HERE.parent.parent / "shared" / "eval")
    parser.add_argument(
        "--models", type=Path, help="keep the models of the folds here, or take them from here"
    )
    parser.add_argument("--sample", type=int, help="print so many removed and kept lines instead")
    parser.add_argument("--articles", type=Path, help="clean articles to look for boilerplate in")
    args = parser.parse_args()
    docs = load_docs(args.data)
    judged = judge(docs, *trained(docs, args.models))
    if args.sample:
        print("\n".join(sample(judged, args.sample)))
        return
    report = {"html": html_table(docs, judged), "guard": guard_table(judged)}
    if args.articles:
        report["boilerplate"] = boilerplate_table(args.articles)
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
