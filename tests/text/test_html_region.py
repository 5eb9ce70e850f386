"""The fast way: the part of the page that has the prose."""

from quotesieve.stages.clean import clean
from quotesieve.text.html import extract_html
from quotesieve.text.html_region import prose_region

PROSE = [
    "The river board of Oxley agreed on Tuesday to raise the banks of the Tarn by forty centimetres.",
    "“We cannot wait for another flood,” said its chairman, Ivo Marsh, after the vote in the town hall.",
    "The work will cost two million and begin in September, when the water is lowest, the board said.",
]
MENU = "<nav><ul>" + "".join(f"<li><a href='/{i}'>Section {i}</a></li>" for i in range(9)) + "</ul></nav>"
TEASER = "<div class='more'><p>Ardley counts its beds: a hospital nobody wanted is full.</p></div>"
PAGE = f"<body>{MENU}<main><div>{''.join(f'<p>{line}</p>' for line in PROSE)}</div></main>{TEASER}</body>"


def test_the_part_with_the_prose() -> None:
    found = extract_html(PAGE, fast=True)
    assert (found.lines, found.extractor) == (tuple(PROSE), "prose_region")


def test_paragraphs_side_by_side_stay_together() -> None:
    """No single paragraph is the part, however long."""
    page = f"<body><div><p>{PROSE[0] * 20}</p><p>{PROSE[1]}</p></div></body>"
    assert extract_html(page, fast=True).lines == (PROSE[0] * 20, PROSE[1])


def test_a_page_without_prose_gives_its_visible_text() -> None:
    found = extract_html("<body><nav>Menu</nav><div>Sold out</div></body>", fast=True)
    assert (found.lines, found.extractor) == (("Sold out",), "visible_text")


def test_the_words_of_a_script_are_no_prose() -> None:
    from quotesieve.markup import parse_html

    tree = parse_html(f"<body><div><p>{PROSE[0]}</p></div><script>{PROSE[1] * 50}</script></body>")
    assert prose_region(tree, frozenset(("script",))).tag in ("div", "body")


def test_the_setting_is_the_stage_s() -> None:
    from quotesieve.model import Metadata, RawArticle

    raw = RawArticle(
        raw_path="a.html", record=None, format="html", kind="html", payload=PAGE.encode(), encoding="utf-8",
        encoding_from="utf8", metadata=Metadata(), digest="",
    )  # fmt: skip
    assert clean(raw, fast_pages=True).text.split("\n") == PROSE
