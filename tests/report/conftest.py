"""Snapshots that reports are made of, and a browser to open them in."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quotesieve as qs

sys.path.insert(0, str(Path(__file__).parent))

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@pytest.fixture(scope="session")
def sample(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CLEAN of the sample corpus, with its report."""
    clean = tmp_path_factory.mktemp("sample_report") / "clean"
    qs.run(root / "data" / "raw", clean, {"run": {"workers": 1}})
    qs.write_report(clean)
    return clean


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CLEAN of articles whose words are markup and script, with its report."""
    from hostile import press

    folder = tmp_path_factory.mktemp("hostile_report")
    press(folder / "raw")
    qs.run(folder / "raw", folder / "clean", {"run": {"workers": 1}})
    qs.write_report(folder / "clean")
    return folder / "clean"


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """CLEAN of 50,000 made-up articles, without a report."""
    from archive import publish_archive

    clean = tmp_path_factory.mktemp("archive_report") / "clean"
    publish_archive(clean, articles=50_000)
    return clean


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium; the test skips where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()
