"""F1 of extracted pages stays above the pinned floors; skipped where the data is absent."""

import gzip
import importlib.util
import json
import sys
from pathlib import Path

import pytest

from quotesieve.text.html import extract_html

FLOORS = json.loads((Path(__file__).parent.parent / "floors" / "html.json").read_text(encoding="utf-8"))
SETS = {"news": ("aeb", "fev", "ftest"), "wcxb": ("wcxb",)}


@pytest.fixture(scope="module")
def pairs(shared: Path) -> dict[str, list[tuple[str, str]]]:
    """Gold and extracted text of every tenth page, by set."""
    folder = shared / "eval" / "noise"
    if not (folder / "docs_dev.jsonl.gz").is_file():
        pytest.skip(f"{folder} is not there")
    with gzip.open(folder / "docs_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][::10]
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in SETS}
    for row in rows:
        html = gzip.decompress((folder / row["html"]).read_bytes()).decode()
        name = "wcxb" if row["dataset"] == "wcxb" else "news"
        found[name].append((row["gold"], "\n".join(extract_html(html).lines)))
    return found


@pytest.mark.parametrize("name", SETS)
def test_extraction_is_as_good_as_it_was(
    name: str, pairs: dict[str, list[tuple[str, str]]], root: Path
) -> None:
    spec = importlib.util.spec_from_file_location("noise_scoring", root / "benchmarks" / "noise_scoring.py")
    assert spec is not None
    assert spec.loader is not None
    scoring = importlib.util.module_from_spec(spec)
    sys.modules["noise_scoring"] = scoring  # its dataclasses look their module up
    spec.loader.exec_module(scoring)
    figure = scoring.score(pairs[name]).f1
    print(f"{name}: F1 {figure:.4f} on {len(pairs[name])} pages")
    assert figure >= FLOORS[name]
