"""Who said what: quoted spans and speakers on annotated articles, beside rivals.

    python benchmarks/quotes.py --data ../shared/eval [--rival-python PYTHON] [--rounds N] [--limit N] \
        [--errors N] [--reliability] [--sample N [--seed S]] [--json]

`--data` is the folder that holds `quotes/polnear_dev.jsonl` and `quotes/score_quotes.py`; the figures are
that scorer's (quotes under five words don't count; `e2e` is the right span with the right speaker, `canon`
the resolved name). Nothing of the data is part of the project.

`--reliability` prints only what the confidences are worth: stated against observed by confidence and by rule,
precision and recall at each cut-off and at recall .80, and the expected calibration error.

`--sample` prints so many attributions above the default cut-off with the words around them, to judge by eye.

Speed is CPU time of one core, load times left out. The methods take turns: in each of `--rounds` rounds
every method reads the same share of the articles, and the time is the sum. Rivals: a plain regex (below)
and textacy with spaCy's small English model, in a Python of its own (`--rival-python`, see
requirements-rivals.in), on whole articles, as a user would call it; an article on which it raises gives
no quotes.
"""

import argparse
import importlib.util
import json
import os
import platform
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from quotesieve import __version__  # noqa: E402
from quotesieve.settings import DEFAULTS  # noqa: E402
from quotesieve.text.speakers import extract, extract_with_rules  # noqa: E402

Prediction = dict[str, Any]
CUT_OFFS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95)
WANTED_RECALL = 0.80
BINS = (0.0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.01)


# -- the methods -----------------------------------------------------------------------------------


def quotesieve(text: str) -> list[Prediction]:
    """Ours, with confidence, rule-of-thumb type and method for the error list."""
    return [
        {
            "start": q.start,
            "end": q.end,
            "speaker": q.speaker_as_printed,
            "speaker_resolved": q.speaker,
            "confidence": q.confidence,
            "method": q.method,
        }
        for q in extract(text)
    ]


def with_rules(text: str) -> list[Prediction]:
    """The same with the rule that found the speaker; not timed."""
    rules = [rule for _, rule in extract_with_rules(text)]
    return [{**q, "rule": rule} for q, rule in zip(quotesieve(text), rules, strict=True)]


_QUOTED = re.compile(r"“([^”\n]+)”|\"([^\"\n]+)\"|''(.+?)''")
_NAME = r"(?:(?:[A-Z][\w.’'-]+ ){0,3}[A-Z][\w’'-]+|[Hh]e|[Ss]he|[Tt]hey)"
_VERB = r"(?:said|says|told|added|wrote|asked|replied|tweeted|stated|noted|argued|explained|continued)"
_AFTER = re.compile(rf"[,\s]*(?:{_VERB} ({_NAME})|({_NAME})(?:, [^,.]+,)? {_VERB})")
_BEFORE = re.compile(rf"({_NAME})(?:, [^,.]+,)? {_VERB}\b[^.“\"]*$")


def plain_regex(text: str) -> list[Prediction]:
    """Marks by regex; the name beside a reporting verb after the quote, else before it in the sentence."""
    out: list[Prediction] = []
    last = None
    for found in _QUOTED.finditer(text):
        start, end = found.span(found.lastindex or 0)
        after = _AFTER.match(text, found.end(), found.end() + 200)
        before = _BEFORE.search(text[max(text.rfind("\n", 0, start), start - 200) : start - 1])
        if after:
            last = after.group(1) or after.group(2)
        elif before:
            last = before.group(1)
        out.append({"start": start, "end": end, "speaker": last, "speaker_resolved": last})
    return out


METHODS: dict[str, Callable[[str], list[Prediction]]] = {"quotesieve": quotesieve, "plain regex": plain_regex}


def textacy(python: str, texts: Sequence[str]) -> tuple[list[list[Prediction]], float, dict[str, Any]]:
    """textacy's quotes of each text, CPU seconds without loading, and what it ran on."""
    done = subprocess.run(
        [python, str(HERE / "quotes_textacy.py")],
        input=json.dumps(list(texts)),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"textacy failed in {python}:\n{done.stderr[-2000:]}")
    answer = json.loads(done.stdout.splitlines()[-1])
    return answer["quotes"], answer["cpu_seconds"], answer["setup"]


# -- running and scoring ---------------------------------------------------------------------------


def load_scorer(folder: Path) -> ModuleType:
    """The scorer that comes with the data."""
    path = folder / "score_quotes.py"
    spec = importlib.util.spec_from_file_location("score_quotes", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise SystemExit(f"{path}: not there. --data takes the folder that holds quotes/score_quotes.py.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run_all(
    gold: dict[str, Any], rounds: int, rival: str | None
) -> tuple[dict[str, dict[str, list[Prediction]]], dict[str, float], dict[str, Any]]:
    """Every method's quotes by article, its CPU seconds, and the rival's set-up."""
    found: dict[str, dict[str, list[Prediction]]] = {name: {} for name in METHODS}
    seconds: dict[str, float] = defaultdict(float)
    setup: dict[str, Any] = {}
    keys = list(gold)
    for part in range(rounds):
        share = keys[part::rounds]
        for name, method in METHODS.items():
            begun = time.process_time()
            answers = [method(gold[key]["text"]) for key in share]
            seconds[name] += time.process_time() - begun
            found[name].update(zip(share, answers, strict=True))
        if rival:
            answers, took, setup = textacy(rival, [gold[key]["text"] for key in share])
            seconds["textacy"] += took
            found.setdefault("textacy", {}).update(zip(share, answers, strict=True))
    return found, dict(seconds), setup


def score_all(
    scorer: ModuleType, gold: dict[str, Any], found: dict[str, Any], seconds: dict[str, float]
) -> Any:
    """One row of figures a method."""
    rows = {}
    for name, articles in found.items():
        result, _ = scorer.score(gold, {key: {"quotes": quotes} for key, quotes in articles.items()})
        rows[name] = {
            "span_f1": result["span80"]["F1"],
            "exact_f1": result["exact"]["F1"],
            "speaker": result["speaker"]["name"],
            "canon": result["speaker"]["canon"],
            "e2e_f1": result["e2e"]["F1"],
            "by_kind": result["by_kind"],
            "articles_per_second": round(len(gold) / seconds[name], 1),
            "time_ours_1": round(seconds[name] / seconds["quotesieve"], 2),
        }
    return rows


def judge(
    scorer: ModuleType, gold: dict[str, Any], found: dict[str, list[Prediction]]
) -> list[dict[str, Any]]:
    """Our quotes that match an annotated one, each with whether its speaker is right.

    `right`: the words at the cue or the resolved name fit, as in e2e; `name_right`: the resolved name
    fits the data's, which a program made, so that this figure is too low by some hundredths.
    """
    out = []
    for key, article in gold.items():
        text = article["text"]
        ours = {scorer.trim(text, q["start"], q["end"]): q for q in found[key]}
        for quote in article["quotes"]:
            q = ours.get(scorer.trim(text, quote["start"], quote["end"]))
            if q is None or quote.get("tier") != "core" or not quote.get("speaker"):
                continue
            right = scorer.spk_name(quote, q["speaker_resolved"]) or scorer.spk_name(quote, q["speaker"])
            name = scorer.spk_canon(quote, q["speaker_resolved"]) if quote.get("speaker_resolved") else right
            row = {"doc_id": key, "right": bool(right), "confidence": q["confidence"], "method": q["method"]}
            row |= {"name_right": bool(name), "rule": q.get("rule", "")}
            row |= {"ours": q["speaker_resolved"], "gold": quote["speaker"]}
            out.append(row | {"text": text[max(0, q["start"] - 80) : q["end"] + 60].replace("\n", " ")})
    return out


def reliability(judged: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """How often the speaker is right, by confidence."""
    rows = []
    for low, high in pairwise(BINS):
        bin_ = [row for row in judged if low <= row["confidence"] < high]
        if bin_:
            mean = sum(row["confidence"] for row in bin_) / len(bin_)
            share = sum(row["right"] for row in bin_) / len(bin_)
            name = sum(row["name_right"] for row in bin_) / len(bin_)
            rows.append({"from": low, "n": len(bin_), "confidence": mean, "right": share, "name_right": name})
    return rows


def reliability_by_rule(judged: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """How often the speaker is right, by the rule that found it, most frequent first."""
    rows = []
    for rule in sorted({row["rule"] for row in judged}):
        bin_ = [row for row in judged if row["rule"] == rule]
        mean = sum(row["confidence"] for row in bin_) / len(bin_)
        share = sum(row["right"] for row in bin_) / len(bin_)
        rows.append({"rule": rule or "none", "n": len(bin_), "confidence": mean, "right": share})
    return sorted(rows, key=lambda row: -row["n"])


def calibration_error(rows: Sequence[dict[str, Any]]) -> float:
    """The expected calibration error: how far stated and observed differ, over the bins, by their size."""
    count = sum(row["n"] for row in rows)
    return sum(row["n"] * abs(row["confidence"] - row["right"]) for row in rows) / max(1, count)


def at_cut_off(
    scorer: ModuleType, gold: dict[str, Any], found: dict[str, list[Prediction]], cut_off: float
) -> dict[str, float]:
    """End-to-end precision and recall of the quotes whose confidence is at least `cut_off`."""
    kept = {key: {"quotes": [q for q in qs if q["confidence"] >= cut_off]} for key, qs in found.items()}
    result = scorer.score(gold, kept)[0]["e2e"]
    return {"cut_off": cut_off, "precision": result["P"] or 0.0, "recall": result["R"] or 0.0}


def at_recall(
    scorer: ModuleType, gold: dict[str, Any], found: dict[str, list[Prediction]], recall: float
) -> dict[str, float]:
    """The same at the highest cut-off whose recall is at least `recall`."""
    values = sorted({q["confidence"] for qs in found.values() for q in qs}, reverse=True)
    low, high = 0, len(values) - 1  # recall rises along `values`
    while low < high:
        middle = (low + high) // 2
        if at_cut_off(scorer, gold, found, values[middle])["recall"] >= recall:
            high = middle
        else:
            low = middle + 1
    return at_cut_off(scorer, gold, found, values[low])


# -- printing --------------------------------------------------------------------------------------


def describe(arguments: argparse.Namespace, gold: dict[str, Any], setup: dict[str, Any]) -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "quotesieve": __version__,
        "articles": len(gold),
        "words_per_article": round(sum(len(a["text"].split()) for a in gold.values()) / max(1, len(gold))),
        "rounds": arguments.rounds,
        "textacy": setup or "not run (--rival-python)",
    }


def print_reliability(report: dict[str, Any]) -> None:
    print("\n| confidence from | n | mean confidence | words at the cue right | resolved name right |")
    print("|---|---|---|---|---|")
    for row in report["reliability"]:
        figures = f"{row['confidence']:.3f} | {row['right']:.3f} | {row['name_right']:.3f}"
        print(f"| {row['from']:.2f} | {row['n']} | {figures} |")
    print(f"\nexpected calibration error {report['calibration_error']:.4f}")
    print("\n| cut-off | end-to-end precision | recall |\n|---|---|---|")
    for row in [*report["cut_offs"], report["at_recall"]]:
        print(f"| {row['cut_off']:.3f} | {row['precision']:.3f} | {row['recall']:.3f} |")


def print_sample(gold: dict[str, Any], found: dict[str, list[Prediction]], count: int, seed: int) -> None:
    """Attributions that a default run would publish, at random, each with its surroundings."""
    trusted = DEFAULTS.speakers.min_confidence
    rows = [(key, q) for key, quotes in found.items() for q in quotes if q["confidence"] >= trusted]
    for number, (key, q) in enumerate(random.Random(seed).sample(rows, min(count, len(rows)))):
        text = gold[key]["text"]
        before, words = text[max(0, q["start"] - 400) : q["start"]], text[q["start"] : q["end"]]
        around = f"{before}[[{words}]]{text[q['end'] : q['end'] + 150]}".replace("\n", " ¶ ")
        print(f"{number} {q['speaker_resolved']} ({q['method']}, {q['confidence']:.2f}): {around}")


def print_rules(rows: Sequence[dict[str, Any]]) -> None:
    print("\n| rule | n | mean confidence | right |\n|---|---|---|---|")
    for row in rows:
        print(f"| {row['rule']} | {row['n']} | {row['confidence']:.3f} | {row['right']:.3f} |")


def print_tables(report: dict[str, Any]) -> None:
    print(" · ".join(f"{key} {value}" for key, value in report["setup"].items()))
    print("\n| method | span F1 | exact F1 | speaker | canon | e2e F1 | articles/s | time, ours = 1 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, row in report["methods"].items():
        figures = [f"{row[key]:.3f}" for key in ("span_f1", "exact_f1", "speaker", "canon", "e2e_f1")]
        print(f"| {name} | {' | '.join(figures)} | {row['articles_per_second']} | {row['time_ours_1']} |")
    print("\n| ours, by how the article names the speaker | n | found | speaker | canon | e2e recall |")
    print("|---|---|---|---|---|---|")
    for kind, row in report["methods"]["quotesieve"]["by_kind"].items():
        figures = [row["recall"], row["name"], row["canon"], row["e2e_recall"]]
        shown = " | ".join("-" if value is None else f"{value:.3f}" for value in figures)
        print(f"| {kind} | {row['gold']} | {shown} |")
    print_reliability(report)
    for row in report["errors"]:
        print(
            f"\n{row['confidence']:.2f} {row['method']} {row['doc_id']}\n"
            f"  ours {row['ours']!r}, gold {row['gold']!r}"
        )
        print(f"  … {row['text']} …")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/eval"), help="folder that holds quotes/")
    parser.add_argument("--rival-python", help="a Python that has textacy and a spaCy model")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--limit", type=int, help="only so many articles")
    parser.add_argument("--errors", type=int, default=0, help="print so many of the most confident errors")
    parser.add_argument("--reliability", action="store_true", help="only what the confidences are worth")
    parser.add_argument("--sample", type=int, help="print so many attributions to be judged by eye")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    folder = arguments.data / "quotes"
    scorer = load_scorer(folder)
    gold = dict(list(scorer.load(folder / "polnear_dev.jsonl").items())[: arguments.limit])
    ours = {key: with_rules(article["text"]) for key, article in gold.items()}
    if arguments.sample:
        print_sample(gold, ours, arguments.sample, arguments.seed)
        return
    judged = judge(scorer, gold, ours)
    bins = reliability(judged)
    worth = {
        "reliability": bins,
        "calibration_error": calibration_error(bins),
        "cut_offs": [at_cut_off(scorer, gold, ours, cut_off) for cut_off in CUT_OFFS],
        "at_recall": at_recall(scorer, gold, ours, WANTED_RECALL),
        "rules": reliability_by_rule(judged),
    }
    if arguments.reliability:
        print_reliability(worth)
        print_rules(worth["rules"])
        return
    found, seconds, setup = run_all(gold, arguments.rounds, arguments.rival_python)
    wrong = sorted((row for row in judged if not row["right"]), key=lambda row: -row["confidence"])
    report = {
        "setup": describe(arguments, gold, setup),
        "methods": score_all(scorer, gold, found, seconds),
        **worth,
        "errors": wrong[: arguments.errors],
    }
    if arguments.json:
        print(json.dumps(report, ensure_ascii=False, indent=1))
    else:
        print_tables(report)


if __name__ == "__main__":
    main()
