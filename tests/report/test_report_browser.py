"""The report in a real browser: headless Chromium, from disk, without a network."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import quotesieve as qs

expect = pytest.importorskip("playwright.sync_api").expect

# Relative luminance and contrast: WCAG 2.2, 1.4.3. Returns the texts below the ratio they need.
CONTRAST = """() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((v, i) => v * a / 255 + below[i] * (1 - a / 255));
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = rgba(getComputedStyle(element).backgroundColor);
    return own[3] === 255 ? own.slice(0, 3) : over(own, ground(element.parentElement));
  };
  const light = (rgb) => {
    const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
    const [r, g, b] = rgb.map((v) => linear(v / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const bad = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement, words = walker.currentNode.data.trim();
    if (!words || !element.checkVisibility() || element.closest("script, :disabled, .skip")) continue;
    const style = getComputedStyle(element), back = ground(element);
    const [a, b] = [light(over(rgba(style.color), back)), light(back)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < 4.5) bad.push([element.className, words.slice(0, 30), ratio]);
  }
  return bad;
}"""


class Opened:
    """A page, and everything it asked for or complained about."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", lambda dialog: self.complaints.append(dialog.message))

    def load(self, path: Path) -> Any:
        self.page.goto(path.as_uri())
        self.page.locator("#list li").first.wait_for()
        return self.page


@pytest.fixture
def opened(browser: Any, request: pytest.FixtureRequest) -> Iterator[Opened]:
    """An empty page; parametrize indirectly with options of the browser context."""
    context = browser.new_context(**getattr(request, "param", {}))
    context.set_default_timeout(15_000)
    yield Opened(context.new_page())
    context.close()


@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_it_opens_without_errors_and_asks_for_nothing(
    opened: Opened, name: str, request: pytest.FixtureRequest
) -> None:
    path = Path(request.getfixturevalue(name)) / "report.html"
    page = opened.load(path)
    for button in page.locator("#list h3 button").all():
        button.click()
    for option in page.locator("#article-outlet option").all():
        page.select_option("#article-outlet", option.inner_text())
    assert opened.complaints == []
    assert opened.requests == [path.as_uri()]


def test_script_in_an_article_shows_as_text(opened: Opened, hostile: Path) -> None:
    page = opened.load(hostile / "report.html")
    for button in page.locator("#list h3 button").all():
        button.click()
    assert "<script>document.title='taken'</script>" in page.inner_text("#list")
    assert "onerror=" in page.inner_text("#list")
    assert page.title().startswith("Quotesieve report")
    assert (
        page.locator(
            "#list script, #list img, #list b, #list i, #before-after script, #before-after img"
        ).count()
        == 0
    )
    page.select_option("#article-outlet", "<b>one</b>.example")
    assert "onerror=" in page.inner_text("#before-after")


def test_search_and_filters_narrow_the_list(opened: Opened, sample: Path) -> None:
    page = opened.load(sample / "report.html")
    assert page.locator("#list > li").count() == 20
    assert page.inner_text("#page") == "Page 1 of 2"
    page.fill("#q", "halvorsen FACTORY")
    expect(page.locator("#found")).to_contain_text("of 40 statements")
    assert page.locator("#list > li").count() < 20
    assert "second factory" in page.inner_text("#list")
    page.fill("#q", "nothing like this")
    expect(page.locator("#list > li")).to_have_count(0)
    page.click("button[type=reset]")
    expect(page.locator("#list > li")).to_have_count(20)
    page.select_option("#kind", "several")
    assert page.inner_text("#found") == "17 of 40 statements in this page"
    page.select_option("#outlet", "harbourpost.example")
    page.select_option("#other", "thecourant.example")
    assert all("outlets" in facts for facts in page.locator("#list .facts").all_inner_texts())
    page.click("button[type=reset]")
    page.click("#next")
    assert page.inner_text("#page") == "Page 2 of 2"


def test_the_keyboard_reaches_and_opens_a_statement(opened: Opened, sample: Path) -> None:
    page = opened.load(sample / "report.html")
    focused = "(e => [e.tagName, e.id, e.getAttribute('aria-expanded')])(document.activeElement)"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    order = []
    for _ in range(30):
        page.keyboard.press("Tab")
        tag, name, expanded = page.evaluate(focused)
        order.append(name or tag)
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", (tag, name)
        if expanded is not None:
            break
    assert order[:5] == ["A"] * 5
    assert order[5:10] == ["q", "outlet", "other", "kind", "sort"]
    page.keyboard.press("Enter")
    assert page.evaluate(focused)[2] == "true"
    assert page.locator("#list .printings").first.is_visible()
    page.keyboard.press("Space")
    assert page.evaluate(focused)[2] == "false"


def test_differences_and_timeline_of_a_statement(opened: Opened, sample: Path) -> None:
    page = opened.load(sample / "report.html")
    page.fill("#q", "beds")
    expect(page.locator("#found")).to_contain_text("of 40 statements")
    for button in page.locator("#list h3 button").all():
        button.click()
    assert page.locator("#list ins").count() > 0
    assert page.locator("#list del").count() > 0
    assert "earliest seen" in page.locator("#list .timeline").first.inner_text()
    assert page.locator("#list .timeline .dot.first").count() > 0


def test_earliest_seen_is_said_where_the_table_of_outlets_counts_it(opened: Opened, sample: Path) -> None:
    page = opened.load(sample / "report.html")
    column = page.locator("#outlets thead th").all_inner_texts().index("of these earliest seen here")
    rows = page.locator("#outlets table").first.locator("tbody tr").all()
    counted = {
        row.locator("th").inner_text(): int(row.locator("td").nth(column - 1).inner_text()) for row in rows
    }
    said = dict.fromkeys(counted, 0)
    page.select_option("#kind", "several")
    found = page.locator("#list .facts").all_inner_texts()
    for facts in found:
        if "earliest seen" in facts:
            said[facts.rpartition(", ")[2].partition(";")[0]] += 1
    assert said == counted
    assert sum(said.values()) == 8
    assert any("2 outlets and 1 article of unknown outlet" in facts for facts in found)
    assert any("dated 11 Mar 2026, 15:05, brightbusiness.example; 3 of 4 undated" in facts for facts in found)


@pytest.mark.parametrize("opened", [{"viewport": {"width": 390, "height": 780}}], indirect=True)
def test_a_phone_shows_every_part_in_the_menu(opened: Opened, sample: Path) -> None:
    page = opened.load(sample / "report.html")
    assert page.evaluate("(e => e.scrollWidth <= e.clientWidth)(document.querySelector('nav ul'))")


def test_a_cell_of_the_heat_map_lists_its_statements(opened: Opened, sample: Path) -> None:
    page = opened.load(sample / "report.html")
    page.locator("#heat tbody td[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    said = page.inner_text("#heat-said")
    assert "both print" in said
    count = int(page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Enter")
    expect(page.locator("#outlet")).to_be_focused()
    assert page.inner_text("#found") == f"{count} of 40 statements in this page"


def test_an_address_with_an_id_opens_that_statement(opened: Opened, sample: Path) -> None:
    passage = qs.read_table(sample, "passages", ["passage_id"]).to_pylist()[-1]["passage_id"]
    opened.page.goto((sample / "report.html").as_uri() + f"#s-{passage}")
    assert opened.page.locator(f"#s-{passage} .printings").is_visible()
    opened.page.fill("#q", "nothing like this")
    expect(opened.page.locator("#list > li")).to_have_count(0)
    opened.page.evaluate("location.hash = '#s-0000'")
    expect(opened.page.locator("#found")).to_have_text(
        "Statement 0000 is not in this page: quotesieve show CLEAN 0000"
    )
    opened.page.evaluate(f"location.hash = '#s-{passage}'")
    expect(opened.page.locator(f"#s-{passage} .printings")).to_be_visible()


PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


@pytest.mark.parametrize("opened", [PHONE], indirect=True)
@pytest.mark.parametrize("name", ["sample", "hostile", "archive"])
def test_a_phone_needs_no_sideways_scrolling(
    opened: Opened, name: str, request: pytest.FixtureRequest
) -> None:
    page = opened.load(report_of(Path(request.getfixturevalue(name))))
    for button in page.locator("#list h3 button").all()[:5]:
        button.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    heights = "[...document.querySelectorAll('button, select')].map(e => e.offsetHeight).filter(Boolean)"
    assert min(page.evaluate(heights)) >= 24  # WCAG 2.2, 2.5.8


@pytest.mark.parametrize("opened", [{"color_scheme": "light"}, {"color_scheme": "dark"}], indirect=True)
@pytest.mark.parametrize("name", ["sample", "archive"])
def test_text_has_contrast(opened: Opened, name: str, request: pytest.FixtureRequest) -> None:
    page = opened.load(report_of(Path(request.getfixturevalue(name))))
    for button in page.locator("#list h3 button").all()[:6]:
        button.click()
    assert page.evaluate(CONTRAST) == []


def test_a_large_report_opens_within_two_seconds(opened: Opened, archive: Path) -> None:
    page = opened.load(report_of(archive))
    # What the page itself takes: parsing, building the list; a busy machine gets the benefit of three tries.
    ready = [page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart")]
    while min(ready) >= 2000 and len(ready) < 3:
        opened.load(report_of(archive))
        ready.append(page.evaluate("performance.timing.loadEventEnd - performance.timing.navigationStart"))
    assert min(ready) < 2000
    assert opened.complaints == []


def test_it_prints_without_controls(opened: Opened, sample: Path) -> None:
    page = opened.load(sample / "report.html")
    page.emulate_media(media="print")
    assert not page.locator("#q").is_visible()
    assert not page.locator("nav").is_visible()
    assert page.locator("#list .words").first.is_visible()


def report_of(clean: Path) -> Path:
    """The report of CLEAN, made if there is none yet."""
    path = clean / "report.html"
    if not path.exists():
        qs.write_report(clean)
    return path
