"""Take the pictures of the Prefect UI that docs/operations.md shows. Needs Chromium and `make serve`.

    make serve, then: python scripts/ui_pictures.py http://127.0.0.1:4200

Shows the last run of refresh/nightly and its artifacts; writes docs/pictures/ui-*.png.
"""

import json
import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from playwright.sync_api import Page, sync_playwright

PICTURES = Path(__file__).resolve().parent.parent / "docs" / "pictures"


def ask(ui: str, path: str, body: Any = None) -> Any:
    """The API's answer."""
    data = None if body is None else json.dumps(body).encode()
    with urlopen(Request(f"{ui}/api{path}", data, {"Content-Type": "application/json"})) as response:
        return json.load(response)


def last_published(ui: str, deployment: str) -> str:
    """The last run that published: it has all artifacts."""
    body = {
        "deployments": {"id": {"any_": [deployment]}},
        "flow_runs": {"state": {"name": {"any_": ["Completed", "Degraded"]}}},
        "sort": "END_TIME_DESC",
    }
    return str(ask(ui, "/flow_runs/filter", body)[0]["id"])


def take(page: Page, url: str, words: str, name: str) -> None:
    """Open a page, wait for some words on it, and take its picture."""
    page.goto(url)
    page.get_by_text(words).first.wait_for()
    page.wait_for_timeout(2500)  # graphs and fonts draw after the words are there
    target = PICTURES / f"ui-{name}.png"
    page.screenshot(path=str(target))
    print(f"{target.relative_to(PICTURES.parent.parent)}: {target.stat().st_size:,} bytes")


def main(ui: str) -> None:
    """All pictures."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    deployment = ask(ui, "/deployments/name/refresh/nightly")["id"]
    run = last_published(ui, deployment)
    body = {"artifacts": {"flow_run_id": {"any_": [run]}}}
    artifacts = {artifact["key"]: artifact["id"] for artifact in ask(ui, "/artifacts/filter", body)}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1180, "height": 780})
        page.set_default_timeout(60_000)
        take(page, f"{ui}/runs", "Flow runs", "runs")
        take(page, f"{ui}/runs/flow-run/{run}", "Artifacts", "run")
        take(page, f"{ui}/artifacts/artifact/{artifacts['refresh-summary']}", "Published", "summary")
        take(page, f"{ui}/artifacts/artifact/{artifacts['refresh-reprinted']}", "printings", "reprinted")
        take(page, f"{ui}/artifacts/artifact/{artifacts['refresh-trend']}", "The last runs", "trend")
        take(page, f"{ui}/deployments/deployment/{deployment}/run", "Folder of the data set", "form")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://127.0.0.1:4200")
