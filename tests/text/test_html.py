"""Pages: the article's lines, what the page says of itself, and pages made to hurt."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.model import Metadata
from quotesieve.text.html import HtmlDocument, extract_html, merge_metadata

PARAGRAPHS = (
    "The new bridge over the Ern opened on Monday, two years late and £4m over its budget.",
    "“We were told that it would take a year, and it took three,” said the mayor, Ann O’Hara.",
    "People who live on the north bank have waited since the ferry stopped in the spring of last year.",
)


def page(head: str = "", body: str = "", lang: str = "") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>'
    foot = "<footer><p>Copyright The Example. All rights reserved.</p></footer>"
    return (
        f'<!doctype html><html{lang}><head><meta charset="utf-8">{head}</head><body>{menu}<article>'
        f"<h1>Bridge opens at last</h1>{body}{text}</article>{foot}</body></html>"
    )


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def test_the_article_is_found_and_the_rest_is_not() -> None:
    lines = extract_html(page()).lines
    assert [line for line in lines if line in PARAGRAPHS] == list(PARAGRAPHS)
    assert not any("Copyright" in line or "Sport" in line for line in lines)


def test_one_block_is_one_line() -> None:
    body = "<p>One line<br>and another of the same paragraph, with <b>bold</b> and <a href='x'>linked</a> "
    body += "words.</p><ul><li>First item of the list</li><li>Second item of the list</li></ul>"
    lines = extract_html(page(body=body)).lines
    assert "and another of the same paragraph, with bold and linked words." in lines
    assert "First item of the list" in lines
    assert "Second item of the list" in lines
    assert not any("\n" in line for line in lines)


def test_entities_and_broken_encodings_are_left_for_repair_in_lines_and_repaired_in_titles() -> None:
    found = extract_html(
        page(head="<title>Fish &amp; chips: itâ€™s back</title>").replace("<h1>Bridge opens at last</h1>", "")
    )
    assert found.title == "Fish & chips: it’s back"


def test_json_ld_of_the_article() -> None:
    head = json_ld(
        '{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "The Example"},'
        ' {"@type": ["NewsArticle"], "headline": "Bridge &amp; ferry",'
        ' "datePublished": "2026-03-11T09:00:00+01:00", "dateModified": "2026-03-12",'
        ' "author": [{"@type": "Person", "name": "A. Bee"}, {"name": "C. Dee"}],'
        ' "inLanguage": "en-GB", "license": "https://licence.example/by"}]}'
    )
    found = extract_html(page(head=head), url="https://www.example.example/bridge?utm_source=x")
    assert found.title == "Bridge & ferry"
    assert found.published_at == datetime(2026, 3, 11, 8, tzinfo=UTC)
    assert found.authors == ("A. Bee", "C. Dee")
    assert found.language == "en"
    assert found.licence == "https://licence.example/by"
    assert found.canonical_url == "https://www.example.example/bridge"
    assert found.outlet == "example.example"


def test_of_several_articles_in_json_ld_only_the_one_of_this_address_counts() -> None:
    teaser = '{"@type": "NewsArticle", "url": "https://n.example/other", "datePublished": "2020-01-01"}'
    own = teaser.replace("https://n.example/other", "http://n.example/own/").replace(
        "2020-01-01", "2026-03-11"
    )
    both = json_ld(f"[{teaser}, {own}]")
    assert extract_html(page(head=both), url="https://n.example/own").published_at == datetime(
        2026, 3, 11, tzinfo=UTC
    )
    assert extract_html(page(head=both), url="https://n.example/third").published_at is None


def test_meta_elements_where_there_is_no_json_ld() -> None:
    head = (
        '<meta property="og:title" content="Bridge opens | The Example">'
        '<meta property="og:site_name" content="The Example">'
        '<meta property="article:published_time" content="2026-03-11T09:00:00Z">'
        '<meta name="author" content="A. Bee and C. Dee">'
        '<link rel="canonical" href="/news/bridge/"><meta property="og:locale" content="fr_FR">'
    )
    found = extract_html(page(head=head, lang=' lang="zxx-nonsense"'), url="https://n.example/x?id=1")
    assert (found.title, found.site_name) == ("Bridge opens", "The Example")
    assert found.published_at == datetime(2026, 3, 11, 9, tzinfo=UTC)
    assert found.authors == ("A. Bee", "C. Dee")
    assert found.canonical_url == "https://n.example/news/bridge"
    assert found.language == "fr"


@pytest.mark.parametrize(
    "body",
    [
        "<p>Published on 11 March 2026 by A. Bee</p>",  # words, not metadata
        '<time datetime="2026-03-11">a teaser</time>',
        "".join(
            f'<time itemprop="datePublished" datetime="{day}"></time>' for day in ("2026-03-11", "2020-01-01")
        ),
        '<meta property="article:modified_time" content="2026-03-11">',
    ],
)
def test_no_date_is_better_than_a_wrong_one(body: str) -> None:
    assert extract_html(page(body=body)).published_at is None


def test_a_standfirst_is_one_only_if_it_is_printed() -> None:
    words = "The ferry stopped last spring, and since then the north bank has waited for this day."
    head = f'<meta name="description" content="{words}">'
    assert extract_html(page(head=head)).standfirst is None
    printed = page(head=head).replace("<article>", f'<header class="top"><h2>{words}</h2></header><article>')
    found = extract_html(printed)
    assert found.standfirst == words or words in found.lines


def test_what_is_known_from_outside_comes_before_what_the_page_says() -> None:
    said = HtmlDocument(
        (), title="P", authors=("P",), published_at=datetime(2026, 1, 1, tzinfo=UTC), outlet="p.example",
        language="fr", canonical_url="https://p.example/", licence="P",
    )  # fmt: skip
    alone = merge_metadata(Metadata(), said)
    assert (alone.outlet, alone.outlet_from, alone.published_from) == ("p.example", "metadata", "metadata")
    assert (alone.title, alone.authors, alone.url, alone.licence) == ("P", ("P",), "https://p.example/", "P")
    assert alone.language is None  # the words decide, not the template
    known = Metadata(
        outlet="o.example", outlet_from="manifest", title="O", url="https://o.example/1", language="en"
    )
    merged = merge_metadata(known, said)
    assert (merged.outlet, merged.outlet_from, merged.title, merged.url) == (
        "o.example",
        "manifest",
        "O",
        "https://o.example/1",
    )
    assert merged.language == "en"


def test_a_page_that_the_extractor_gives_up_gives_its_visible_text() -> None:
    found = extract_html(
        "<html><body><script>var x</script><div>Two<div>words</div></div><style>a{}</style></body></html>"
    )
    assert found.lines == ("Two", "words") or found.lines == ("Two words",)


@pytest.mark.parametrize(
    "html", ["", " ", "<", "<!-- -->", "\0", "<html>", "<?xml?>", "\ud800", "<p", "&", "<![CDATA["]
)
def test_pages_that_are_none(html: str) -> None:
    assert extract_html(html).title is None


@pytest.mark.parametrize("levels", [100, 190])
def test_nesting_up_to_the_limit_is_read(levels: int) -> None:
    found = extract_html("<div>" * levels + page() + "</div>" * levels)
    assert not found.too_nested


@pytest.mark.parametrize("levels", [210, 300, 50_000])
def test_deeper_nesting_is_told_and_not_read(levels: int) -> None:
    found = extract_html("<div>" * levels + "words")
    assert found.too_nested
    assert found.lines == ()
    assert extract_html("<div>" * 20 + "words", max_nesting=10).too_nested


_PARAGRAPH = f"<p>{PARAGRAPHS[0]}</p>"
BOMBS = {
    "paragraphs": _PARAGRAPH * 40_000,
    "unclosed": "<p>" * 100_000,
    "headings": "<h1>x</h1>" * 40_000,
    "attributes": "<div " + " ".join(f"a{number}=1" for number in range(200_000)) + ">x</div>",
    "attributes_of_many_tags": ("<div " + " ".join(f"a{number}=1" for number in range(400)) + ">x</div>")
    * 500,
    "links": "<a href=x>x</a>" * 100_000,
    "one_line": "word " * 1_000_000,
    "entities": "&amp;" * 300_000,
    "json": '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
    "json_objects": '<script type="application/ld+json">['
    + '{"@type":"NewsArticle"},' * 40_000
    + "{}]</script>",
    "metas": '<meta name="author" content="A; B">' * 40_000,
    "less_than": "<" * 500_000,
}


@pytest.mark.parametrize("name", BOMBS)
def test_bombs_take_seconds(name: str) -> None:
    begun = time.process_time()
    extract_html(f'<html><head><meta name="description" content="x"></head><body>{BOMBS[name]}</body></html>')
    assert time.process_time() - begun < 20


_TAGS = st.sampled_from(
    "<p>|</p>|<div>|</div>|<article>|<table>|<tr><td>|"
    "<br>|<script>|</script>|<!--|-->|<h1>|text |&lt;|&#0;|<a href=x>"
    '|<meta name=author content=A>|<script type="application/ld+json">|<title>|<link rel=canonical href=//[>'
    '|{"@type":"NewsArticle","author":5,"datePublished":{}}|\0|\ufeff'
    "|<time itemprop=datePublished datetime=0>|<svg>|<select><option>|<img src=x>|<form><input>".split("|")
)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(_TAGS, max_size=40).map("".join) | st.text(max_size=200),
    st.sampled_from([None, "https://n.example/a", "http://["]),
)
def test_no_page_raises(html: str, url: str | None) -> None:
    found = extract_html(html, url=url)
    assert all(line.strip() and "\n" not in line for line in found.lines)
