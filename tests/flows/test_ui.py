"""The pages that people look at, in a real browser: a run, its artifacts, the form of its parameters.

Skips with a reason where there is no Chromium.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import ROOT, Served

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium that reaches nothing but this machine."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def run(served: Served, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A run of the shipped deployment over the sample corpus."""
    del tmp_path_factory
    deployment = served.ask("/deployments/name/refresh/nightly")["id"]
    started = served.start(deployment)
    served.ended(started, "Completed")
    return started


@pytest.fixture
def page(browser: Any, served: Served) -> Iterator[Any]:
    """A page; whatever it asks of another machine fails the test."""
    opened = browser.new_page(viewport={"width": 1300, "height": 1000})
    opened.set_default_timeout(90_000)
    strangers: list[str] = []
    opened.on("request", lambda request: _note(request.url, served.ui, strangers))
    yield opened
    opened.close()
    assert strangers == []


def _note(url: str, ui: str, strangers: list[str]) -> None:
    address = ui.removeprefix("http://")
    if not url.startswith((ui, f"ws://{address}", "data:", "blob:", "about:")):
        strangers.append(url)


def test_run_page_shows_state_name_tags_and_tasks(page: Any, served: Served, run: str) -> None:
    page.goto(f"{served.ui}/runs/flow-run/{run}")
    page.get_by_text("Completed", exact=True).first.wait_for()
    page.get_by_text(f"{ROOT / 'data' / 'raw'} to").first.wait_for()
    for tag in ("quotesieve", "refresh"):
        page.get_by_text(tag, exact=True).first.wait_for()
    page.get_by_text("are printings of").first.wait_for()  # a line of the log, for people


def test_trend_is_a_picture_that_renders_offline(page: Any, served: Served, run: str) -> None:
    page.goto(f"{served.ui}/artifacts/artifact/{served.artifacts(run)['refresh-trend']['id']}")
    picture = page.locator("img[src^='data:image/svg+xml']").first
    picture.wait_for()
    page.wait_for_function(
        "image => image.complete && image.naturalWidth > 100", arg=picture.element_handle()
    )


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("refresh-summary", "Published"),
        ("refresh-reprinted", "Ingrid Halvorsen"),
        ("refresh-rejections", "bad_json"),
        ("refresh-noise", "harbourpost.example"),
    ],
)
def test_artifact_renders(page: Any, served: Served, run: str, key: str, words: str) -> None:
    page.goto(f"{served.ui}/artifacts/artifact/{served.artifacts(run)[key]['id']}")
    page.get_by_text(words).first.wait_for()
    assert page.locator("table").count() >= 1


def test_parameters_are_a_form_with_descriptions(page: Any, served: Served) -> None:
    deployment = served.ask("/deployments/name/refresh/nightly")["id"]
    page.goto(f"{served.ui}/deployments/deployment/{deployment}/run")
    page.get_by_text("Folder, file or fsspec URL of scraped articles").first.wait_for()
    page.get_by_text("Only articles from this date on").first.wait_for()


def test_automations_are_listed(page: Any, served: Served) -> None:
    page.goto(f"{served.ui}/automations")
    page.get_by_text("Quotesieve: dead runs are crashed").first.wait_for()


def test_pictures_in_the_docs_are_small() -> None:
    pictures = list((Path(ROOT) / "docs" / "pictures").glob("ui-*.png"))
    assert pictures
    assert max(picture.stat().st_size for picture in pictures) < 200_000
