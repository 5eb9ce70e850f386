"""Take the pictures of the report in docs/pictures: a real browser over the report of data/raw.

Needs the packages of requirements-dev.txt and Chromium (`apt-get install chromium`). The sample
corpus is this project's own text. Run it after a change to the report: `make pictures`.
"""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect, sync_playwright

import quotesieve as qs

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000  # bytes of a picture
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

DESKTOP: dict[str, Any] = {"viewport": {"width": 1040, "height": 720}}
TALL: dict[str, Any] = {"viewport": {"width": 1040, "height": 880}}
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 780}, "color_scheme": "dark"}


def figures(page: Page) -> None:
    """The top of the page."""


def statement(page: Page) -> None:
    """One statement, opened: timeline and differences."""
    page.fill("#q", "textbook")
    expect(page.locator("#found")).to_contain_text(" of ")
    page.locator("#list button").first.click()
    page.locator("#found").evaluate("e => e.scrollIntoView()")


def outlets(page: Page) -> None:
    """The table of outlets and the heat map."""
    page.locator("#outlets").evaluate("e => e.scrollIntoView()")


def removed(page: Page) -> None:
    """An article before and after."""
    page.select_option("#article-outlet", "harbourpost.example")
    page.locator("#choose-article").evaluate("e => e.scrollIntoView()")


SHOTS = (
    ("report-figures", TALL, figures),
    ("report-statement", DESKTOP, statement),
    ("report-outlets", TALL, outlets),
    ("report-removed", DESKTOP, removed),
    ("report-phone-statement", PHONE, statement),
    ("report-phone-removed", PHONE, removed),
)


def nights(folder: Path) -> Path:
    """The report of three runs over the sample corpus, of which two parts come later than the rest."""
    later = ("outlet=northernledger.example", "trade")
    shutil.copytree(ROOT / "data" / "raw", folder / "raw", ignore=shutil.ignore_patterns(*later))
    for part in (None, *later):
        if part:
            shutil.copytree(ROOT / "data" / "raw" / part, folder / "raw" / part)
        qs.run(folder / "raw", folder / "clean", {"run": {"workers": 1}})
    return qs.write_report(folder / "clean")


def main() -> int:
    """Open the report of the sample corpus, take the pictures; 1 if one is too large."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        report = nights(Path(folder))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for name, options, prepare in SHOTS:
            page = browser.new_page(**options, reduced_motion="reduce")
            page.goto(report.as_uri())
            page.locator("#list li").first.wait_for()
            prepare(page)
            page.screenshot(path=PICTURES / f"{name}.png")
            page.close()
        browser.close()
    large = [p.name for p in PICTURES.glob("report-*.png") if p.stat().st_size > LARGEST]
    print(*(f"{p.name}: {p.stat().st_size:,} bytes" for p in sorted(PICTURES.glob("report-*.png"))), sep="\n")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
