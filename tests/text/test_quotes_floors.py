"""Accuracy on annotated articles stays above the pinned floors; skipped where the data is absent."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from quotesieve.text.speakers import extract

FLOORS = json.loads((Path(__file__).parent.parent / "floors" / "quotes.json").read_text(encoding="utf-8"))


def scorer_of(folder: Path, name: str = "score_quotes.py") -> ModuleType:
    path = folder / name
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if not path.is_file() or spec is None or spec.loader is None:
        pytest.skip(f"{path} is not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def figures(shared: Path) -> dict[str, float]:
    folder = shared / "eval" / "quotes"
    scorer = scorer_of(folder)
    gold = scorer.load(folder / "polnear_dev.jsonl")
    predicted: dict[str, Any] = {}
    for key, article in gold.items():
        rows = [
            {"start": q.start, "end": q.end, "speaker": q.speaker_as_printed, "speaker_resolved": q.speaker}
            for q in extract(article["text"])
        ]
        predicted[key] = {"quotes": rows}
    result, _ = scorer.score(gold, predicted)
    return {
        "span_f1": result["span80"]["F1"],
        "exact_f1": result["exact"]["F1"],
        "speaker": result["speaker"]["name"],
        "canon": result["speaker"]["canon"],
        "e2e_f1": result["e2e"]["F1"],
    }


@pytest.mark.parametrize("name", ["span_f1", "exact_f1", "speaker", "canon", "e2e_f1"])
def test_floor(figures: dict[str, float], name: str) -> None:
    assert figures[name] >= FLOORS[name]


def test_seeds(shared: Path) -> None:
    """The seed articles, noise lines taken out by their gold: who says how many quotes, told to whom."""
    gold_path = shared / "eval" / "noise" / "seeds_gold.json"
    if not gold_path.is_file():
        pytest.skip(f"{gold_path} is not there")
    said: list[tuple[str, str | None, str | None]] = []
    for name, gold in json.loads(gold_path.read_text(encoding="utf-8")).items():
        lines = (shared / "seeds" / name).read_text(encoding="utf-8").split("\n")
        text = "\n".join(lines[number - 1].strip() for number in gold["keep"])
        said += [(name[:3], q.speaker, q.cited_source) for q in extract(text) if q.confidence >= 0.5]
    assert len(said) == FLOORS["seed_quotes"]
    assert [row[1] for row in said if row[0] in ("001", "004")] == ["Oliver Zipse"] * 9
    assert [row[1] for row in said if row[0] == "002"] == ["Klaus Froehlich", "Nick Rogers"]
    assert [row[1:] for row in said if row[0] == "003"][:2] == [
        ("a Great Wall executive", "Reuters"),
        ("a second executive", "the news agency"),
    ]
    assert [row[1] for row in said if row[0] == "003"][2:] == ["Carl-Peter Forster"] * 3


def test_confidence_is_calibrated(shared: Path, root: Path) -> None:
    benchmark = scorer_of(root / "benchmarks", "quotes.py")
    scorer = scorer_of(shared / "eval" / "quotes")
    gold = scorer.load(shared / "eval" / "quotes" / "polnear_dev.jsonl")
    found = {key: benchmark.with_rules(article["text"]) for key, article in gold.items()}
    bins = benchmark.reliability(benchmark.judge(scorer, gold, found))
    assert benchmark.calibration_error(bins) <= FLOORS["calibration_error_most"]
    wanted = benchmark.at_recall(scorer, gold, found, 0.80)
    assert wanted["recall"] >= 0.80
    assert wanted["precision"] >= FLOORS["precision_at_recall_80"]
