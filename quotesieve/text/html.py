"""A web page to the lines of its article, and to what it says of itself.

Parsing is lxml's, finding the article is trafilatura's; the lines that come out are judged by the
line stage like those of a text file. What a page says of itself is read in `page_metadata`. Offsets
do not exist here: a page's lines stand nowhere in its source as such.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import trafilatura
from lxml import etree

from quotesieve.markup import is_deeper, parse_html
from quotesieve.metadata import host_of
from quotesieve.model import Metadata
from quotesieve.text.html_gaps import complete
from quotesieve.text.html_region import FURNITURE, prose_region
from quotesieve.text.page_metadata import PageMetadata, page_metadata
from quotesieve.text.repair import repair_lines

# Its warnings are about pages, not about the program; a page without an article shows in the tables.
logging.getLogger("trafilatura").addHandler(logging.NullHandler())

# The extractor takes time with the square of some pages' size: at 12,000 elements a second or two, at
# 100,000 minutes. Larger pages give all their visible text to the line stage. News pages of the
# development set have 800 elements in the median and 4,000 at most.
_MAX_ELEMENTS = 12_000
_COUNT = etree.XPath("count(//*)")

# What the extractor may raise on pages that surprise it: bugs of a heuristic, none of ours to
# mend, and no reason to lose the page.
_EXTRACTOR_ERRORS = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    etree.LxmlError,
)

# Elements of trafilatura's result that begin and end a line, and of HTML for the plain fallback.
_ARTICLE_BLOCKS = frozenset(
    ("head", "p", "quote", "list", "item", "table", "row", "lb", "graphic", "code", "body")
)
# fmt: off
_HTML_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "br", "button", "caption", "dd", "details",
    "dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3",
    "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p", "pre", "section",
    "summary", "table", "td", "tfoot", "th", "thead", "tr", "ul",
))
_INVISIBLE = frozenset((
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "textarea", "select",
    "math",
))
# fmt: on


@dataclass(frozen=True, slots=True)
class HtmlDocument:
    """The article's lines, in order and without markup, and what the page says of itself."""

    lines: tuple[str, ...]
    title: str | None = None
    standfirst: str | None = None  # printed on the page, outside the lines
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None  # aware, UTC
    published_precision: str | None = None  # day | second
    published_zoned: bool = True
    outlet: str | None = None  # the host of the page's own address
    site_name: str | None = None
    language: str | None = None  # ISO 639-1, as the page declares it
    canonical_url: str | None = None
    licence: str | None = None
    too_nested: bool = False  # deeper than allowed, and nothing was extracted
    extractor: str = "trafilatura"  # | prose_region | visible_text | none


def extract_html(
    html: str, *, url: str | None = None, max_nesting: int = 200, fast: bool = False
) -> HtmlDocument:
    """The article of a page. Never raises: a page without an article has no lines.

    `url` is where the page was fetched; relative links in it are resolved against that. A page whose
    elements are nested deeper than `max_nesting` levels (at most 255) is not extracted. `fast` takes the
    part of the page that has its prose, without an extractor.

    >>> page = "<article><h2>Ern bridge opens</h2><p>The bridge over the Ern opened on Monday.</p></article>"
    >>> extract_html(page).lines
    ('Ern bridge opens', 'The bridge over the Ern opened on Monday.')
    >>> extract_html("").lines
    ()
    """
    tree = parse_html(html)
    if tree is None:
        return HtmlDocument((), extractor="none")
    if is_deeper(tree, max_nesting):
        return HtmlDocument((), too_nested=True, extractor="none")
    about = page_metadata(tree, url)
    if fast:
        part = prose_region(tree, _INVISIBLE)
        found = _lines(part, _HTML_BLOCKS, skip=_INVISIBLE | FURNITURE)
        return _document(about, found, "visible_text" if part is tree else "prose_region")
    visible = _lines(tree, _HTML_BLOCKS, skip=_INVISIBLE)
    lines, extractor = _article_lines(tree) if _COUNT(tree) <= _MAX_ELEMENTS else [], "trafilatura"
    if lines:
        lines = complete(lines, visible, about.body)
    else:
        lines, extractor = visible, "visible_text"
    return _document(about, lines, extractor)


def _document(about: PageMetadata, lines: list[str], extractor: str) -> HtmlDocument:
    title, standfirst = _repaired(about.title), _repaired(about.standfirst)
    if standfirst is not None and any(line.startswith(standfirst) for line in lines):
        standfirst = None
    return HtmlDocument(
        lines=tuple(lines),
        title=title,
        standfirst=standfirst,
        authors=tuple(repair_lines(about.authors)),
        published_at=about.published.at if about.published else None,
        published_precision=about.published.precision if about.published else None,
        published_zoned=about.published.zoned if about.published else True,
        outlet=host_of(about.canonical_url) if about.canonical_url else None,
        site_name=about.site_name,
        language=about.language,
        canonical_url=about.canonical_url,
        licence=about.licence,
        extractor=extractor,
    )


def _repaired(text: str | None) -> str | None:
    return repair_lines([text])[0] if text else None


def merge_metadata(outside: Metadata, page: HtmlDocument) -> Metadata:
    """What is known from outside, and for the rest what the page says of itself.

    But for its language: templates declare one that the article is not in, so what the words are in
    counts more, and the page's word for it stays in `page.language`.

    >>> merge_metadata(Metadata(title="From the manifest"), HtmlDocument((), title="From the page")).title
    'From the manifest'
    """
    merged = replace(
        outside,
        url=outside.url or page.canonical_url,
        title=outside.title or page.title,
        authors=outside.authors or page.authors,
        licence=outside.licence or page.licence,
    )
    if outside.outlet is None and page.outlet:
        merged = replace(merged, outlet=page.outlet, outlet_from="metadata")
    if outside.published_at is None and page.published_at:
        merged = replace(
            merged,
            published_at=page.published_at,
            published_from="metadata",
            published_precision=page.published_precision,
            published_zoned=page.published_zoned,
        )
    return merged


def _article_lines(tree: Any) -> list[str]:
    """The lines that trafilatura takes for the article.

    Without comments and with its default balance: on the news sets of the development pages that
    gave the best F1 of the options that keep recall (docs/input.md), and noise that is left in is the
    line stage's to find.
    """
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    except _EXTRACTOR_ERRORS:
        return []
    body = getattr(found, "body", None)
    return [] if body is None else _lines(body, _ARTICLE_BLOCKS)


def _lines(root: Any, blocks: frozenset[str], skip: frozenset[str] = frozenset()) -> list[str]:
    """The text under an element, one block a line, white space made single spaces."""
    lines = []
    pieces: list[str] = []
    for piece in _pieces(root, blocks, skip):
        if piece is not None:
            pieces.append(piece)
        elif pieces:
            line = " ".join("".join(pieces).split())
            if line:
                lines.append(line)
            pieces = []
    return lines


def _pieces(root: Any, blocks: frozenset[str], skip: frozenset[str]) -> Iterator[str | None]:
    """Text in document order, None where a line ends."""
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, element in walk:
        if event == "start" and element.tag in skip:
            walk.skip_subtree()
        elif event == "start":
            if element.tag in blocks:
                yield None
            yield " " if element.tag == "cell" else ""
            yield element.text or ""
        if event == "end":
            if element.tag in blocks:
                yield None
            yield element.tail or "" if element is not root else ""
    yield None
