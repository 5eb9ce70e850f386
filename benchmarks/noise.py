"""How much of an article is left, and how much else: the noise stage beside its rivals.

    python benchmarks/noise.py --data ../shared/eval
    python benchmarks/noise.py --data ../shared/eval --field region_text --json

The model was trained on these pages, so the row "quotesieve" is the training fit: it shows that
nothing is broken, not how good the stage is. What counts is "quotesieve, unseen outlets": every page
judged by a model that never saw its outlet (written by scripts/train_noise.py). Speeds are of this
run: the time of trafilatura on the same pages' HTML divided by the rival's.
"""

import argparse
import gzip
import importlib.util
import json
import os
import platform
import re
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from noise_scoring import FIELDS, Doc, groups, label_lines, line_f1, load_docs, page_score, score

from quotesieve.text.noise import classify

HERE = Path(__file__).resolve().parent
WORST = 20
C4_END = re.compile(r"[.!?…][\"'”’)\]]*$|[\"”]$")
Keep = Callable[[list[str]], list[bool]]


def ours(lines: list[str]) -> list[bool]:
    """The lines of `Article.text`."""
    return [verdict.role in ("body", "heading") for verdict in classify(lines)]


def as_it_is(lines: list[str]) -> list[bool]:
    return [True] * len(lines)


def c4(lines: list[str]) -> list[bool]:
    """The line rule of C4 (Raffel et al. 2020), with curly quotes and …: five words and a sentence's end."""
    return [
        C4_END.search(line.rstrip()) is not None
        and len(line.split()) >= 5
        and "javascript" not in line.lower()
        for line in lines
    ]


LINE_RIVALS: Mapping[str, Keep] = {"quotesieve": ours, "input as it is": as_it_is, "C4 line rule": c4}


def by_trafilatura(html: str) -> str:
    import trafilatura

    return trafilatura.extract(html) or ""


def by_justext(html: str) -> str:
    import justext

    paragraphs = justext.justext(html.encode(), justext.get_stoplist("English"))
    return "\n".join(p.text for p in paragraphs if not p.is_boilerplate)


HTML_RIVALS = {"trafilatura": by_trafilatura, "justext": by_justext}


def read_html(doc: Doc) -> str:
    return gzip.decompress(doc.html.read_bytes()).decode("utf-8", errors="replace")


def run_lines(docs: Sequence[Doc], field: str, keep: Keep) -> tuple[dict[str, list[bool]], float]:
    """Kept lines by doc_id, and seconds of CPU."""
    split = {doc.doc_id: doc.text(field).split("\n") for doc in docs}
    started = time.process_time()
    kept = {doc_id: keep(lines) for doc_id, lines in split.items()}
    return kept, time.process_time() - started


def run_html(docs: Sequence[Doc], extract: Callable[[str], str]) -> tuple[dict[str, str], float]:
    pages = {doc.doc_id: read_html(doc) for doc in docs}
    started = time.process_time()
    texts = {doc_id: extract(page) for doc_id, page in pages.items()}
    return texts, time.process_time() - started


def figures(docs: Sequence[Doc], texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 by data set."""
    out = {}
    for name, members in groups().items():
        s = score([(doc.gold, texts[doc.doc_id]) for doc in docs if doc.dataset in members])
        out[name] = {"n": s.n, "precision": s.precision, "recall": s.recall, "f1": s.f1}
    return out


def keep_f1(docs: Sequence[Doc], field: str, kept: Mapping[str, list[bool]]) -> dict[str, float]:
    """Line-level F1 of the lines to keep, all lines of a data set together."""
    labels = {doc.doc_id: label_lines(doc.text(field).split("\n"), doc.gold) for doc in docs}
    return {
        name: line_f1([x for doc in docs if doc.dataset in members for x in labels[doc.doc_id]],
                      [x for doc in docs if doc.dataset in members for x in kept[doc.doc_id]])
        for name, members in groups().items()
    }  # fmt: skip


def left(doc: Doc, field: str, kept: Sequence[bool]) -> str:
    return "\n".join(line for line, keep in zip(doc.text(field).split("\n"), kept, strict=True) if keep)


def measure(docs: Sequence[Doc], fields: Sequence[str], *, html: bool = True) -> dict[str, Any]:
    """All figures: {"html": {rival: ...}, field: {rival: ...}}; a rival that isn't installed is "not run"."""
    out: dict[str, Any] = {"html": {}}
    reference = None
    for name, extract in HTML_RIVALS.items() if html else ():
        if importlib.util.find_spec(name) is None:
            out["html"][name] = "not run"
            continue
        texts, seconds = run_html(docs, extract)
        reference = reference or seconds
        out["html"][name] = {"scores": figures(docs, texts), "speed": reference / seconds}
    for field in fields:
        out[field] = {}
        for name, keep in LINE_RIVALS.items():
            kept, seconds = run_lines(docs, field, keep)
            texts = {doc.doc_id: left(doc, field, kept[doc.doc_id]) for doc in docs}
            out[field][name] = {"scores": figures(docs, texts), "keep_line_f1": keep_f1(docs, field, kept),
                                "speed": reference / seconds if reference else None,
                                "ms_per_page": 1000 * seconds / len(docs)}  # fmt: skip
    return out


def worst(docs: Sequence[Doc], field: str) -> list[dict[str, Any]]:
    """The pages that we score worst on, with what the input as it is would score."""
    kept, _ = run_lines(docs, field, ours)
    rows = []
    for doc in docs:
        p, r, f1 = page_score(doc.gold, left(doc, field, kept[doc.doc_id]))
        rows.append({"doc_id": doc.doc_id, "f1": f1, "precision": p, "recall": r,
                     "as_it_is": page_score(doc.gold, doc.text(field))[2]})  # fmt: skip
    return sorted(rows, key=lambda row: row["f1"])[:WORST]


def cross_validated() -> dict[str, Any] | None:
    """The figures of the last cross-validation by outlet, None if there was none."""
    path = HERE / "noise_cross_validated.json"
    return json.loads(path.read_text()) if path.exists() else None


def setup(docs: Sequence[Doc]) -> str:
    def of(name: str) -> str:
        try:
            return f"{name} {version(name)}"
        except PackageNotFoundError:
            return f"{name} not installed"

    return (
        f"{os.cpu_count()} cores, Python {platform.python_version()}, {of('numpy')}, {of('trafilatura')}, "
        f"{of('justext')}; {len(docs)} pages; 4-gram precision, recall, F1; CPU time of one process"
    )


def row(
    name: str,
    scores: Mapping[str, Mapping[str, float]],
    lines: Mapping[str, float] | None,
    speed: float | None,
) -> str:
    cells = [f"{s['f1']:.3f} ({s['precision']:.3f}/{s['recall']:.3f})" for s in scores.values()]
    line = f"{lines['news']:.3f} / {lines['wcxb']:.3f}" if lines else "-"
    return f"| {name} | {' | '.join(cells)} | {line} | {'-' if speed is None else f'{speed:.1f}'} |"


def print_tables(docs: Sequence[Doc], result: Mapping[str, Any], fields: Sequence[str]) -> None:
    unseen = cross_validated()
    names = list(groups())
    print(setup(docs), "\n")
    for field in ("html", *fields):
        print(f"## {field}: F1 (precision/recall)\n")
        print(f"| | {' | '.join(names)} | keep-line F1 news / wcxb | speed, trafilatura = 1 |")
        print("|---" * (len(names) + 3) + "|")
        if unseen and field in unseen["figures"]:
            print(
                row("**quotesieve, unseen outlets** (cross-validated)", unseen["figures"][field], None, None)
            )
        for name, value in result[field].items():
            label = "quotesieve (training fit)" if name == "quotesieve" else name
            print(f"| {label} | not run |" if value == "not run"
                  else row(label, value["scores"], value.get("keep_line_f1"), value["speed"]))  # fmt: skip
        print()
    print(f"## The {WORST} worst pages ({fields[0]}, training fit)\n")
    print("| page | F1 | precision | recall | as it is |\n|---|---|---|---|---|")
    for bad in worst(docs, fields[0]):
        cells = [f"{bad[key]:.3f}" for key in ("f1", "precision", "recall", "as_it_is")]
        print(f"| {bad['doc_id']} | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=HERE.parent.parent / "shared" / "eval", help="the eval data folder"
    )
    parser.add_argument("--field", choices=FIELDS, help="only this input form (default: all three)")
    parser.add_argument(
        "--no-html", action="store_true", help="leave out the rivals that read HTML (and all speeds)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    args = parser.parse_args()
    docs = load_docs(args.data)
    fields = (args.field,) if args.field else ("region_text", "mild_text", "flat_text")
    result = measure(docs, fields, html=not args.no_html)
    if args.json:
        report = {
            "setup": setup(docs),
            "cross_validated_by_outlet": cross_validated(),
            "training_fit": result,
        }
        print(json.dumps({**report, "worst": worst(docs, fields[0])}, indent=1))
    else:
        print_tables(docs, result, fields)


if __name__ == "__main__":
    main()
