"""Accuracy on annotated pages stays above the pinned floors; skipped where the data is absent."""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from quotesieve.text.noise import classify

FLOORS_PATH = Path(__file__).parent.parent / "floors" / "noise.json"
FLOORS = json.loads(FLOORS_PATH.read_text(encoding="utf-8"))
EVERY = 3  # pages left out between two that are read: the whole set takes too long for a test
SLACK = 0.01


@pytest.fixture(scope="module")
def scoring(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("noise_scoring", root / "benchmarks" / "noise_scoring.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["noise_scoring"] = module  # its dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def judge(figure: float, floor: float, name: str) -> None:
    """Fail below the floor; well above it say how to raise it."""
    assert figure >= floor, f"{name}: {figure:.4f} is below the floor of {floor}"
    if figure > floor + SLACK:
        print(f"{name}: {figure:.4f}; raise it in {FLOORS_PATH.name} by {figure - floor - SLACK / 2:.3f}")


@pytest.mark.parametrize("field", ["region_text", "mild_text"])
def test_training_fit(field: str, shared: Path, scoring: ModuleType) -> None:
    if not (shared / "eval" / "noise" / "docs_dev.jsonl.gz").is_file():
        pytest.skip("the annotated pages are not there")
    docs = scoring.load_docs(shared / "eval")[::EVERY]
    left = {}
    for doc in docs:
        lines = doc.text(field).split("\n")
        kept = [line for line, v in zip(lines, classify(lines), strict=True) if v.role in ("body", "heading")]
        left[doc.doc_id, field] = "\n".join(kept)
    as_it_is = {(doc.doc_id, field): doc.text(field) for doc in docs}
    ours, untouched = scoring.summary(docs, left)[field], scoring.summary(docs, as_it_is)[field]
    for name, floor in FLOORS["training_fit"][field].items():
        judge(ours[name]["f1"], floor, f"{field} {name}")
        assert ours[name]["f1"] >= untouched[name]["f1"], f"{field} {name}: worse than the input as it is"


def test_cross_validated(root: Path) -> None:
    figures = json.loads((root / "benchmarks" / "noise_cross_validated.json").read_text(encoding="utf-8"))[
        "figures"
    ]
    for field, floors in FLOORS["cross_validated"].items():
        for name, floor in floors.items():
            judge(figures[field][name]["f1"], floor, f"cross-validated {field} {name}")
