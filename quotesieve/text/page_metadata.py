"""What a web page says of itself: title, authors, date, address, language, licence.

Reads JSON-LD, meta elements and links that are meant for machines, never the visible words: a date
in the text may be a teaser's (htmldate took one), and null is better than wrong.
"""

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from quotesieve.metadata import (
    Moment,
    canonical_url,
    parse_authors,
    parse_language,
    parse_moment,
    parse_string,
    parse_url,
)

# Names of meta elements, strongest first.
_TITLE = ("og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title")
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "article:published", "article.published",
    "datepublished", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime",
    "dc.date.issued", "dcterms.created", "dc.date.created", "dc.date", "date.created", "publishdate",
    "publish-date", "publish_date", "publication_date", "pubdate", "originalpublicationdate",
)  # fmt: skip
_AUTHOR = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
)  # fmt: skip
_DESCRIPTION = ("og:description", "description", "twitter:description")
_NESTING = ("@graph", "mainEntity", "mainEntityOfPage")
_ARTICLE_TYPES = re.compile(r"Article$|^BlogPosting$|^Report$|^LiveBlogPosting$")
_MAX_JSON = 1_000_000  # characters of one JSON-LD block
_MAX_ITEMS = 500  # objects looked at in all blocks of a page
_AND = re.compile(r"\s+(?:and|und|et|y)\s+|\s*,\s*")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’-]*(?: [\w.'’-]+){0,2} [A-ZÀ-ÖØ-Þ][\w.'’-]+$")


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """As `text.html.HtmlDocument`, before repair."""

    title: str | None
    standfirst: str | None
    authors: tuple[str, ...]
    published: Moment | None
    site_name: str | None
    language: str | None
    canonical_url: str | None
    licence: str | None
    body: str | None = None  # JSON-LD's articleBody; may be a teaser, have markup, or no line breaks


def page_metadata(tree: Any, url: str | None) -> PageMetadata:
    """What the page says of itself. `url` is where it was fetched, if that is known."""
    metas = _metas(tree)
    address = _address(tree, metas, url)
    article = _article_object(list(_json_objects(tree)), address)
    site_name = parse_string(metas.get("og:site_name"))
    return PageMetadata(
        title=_title(tree, metas, article, site_name),
        standfirst=_standfirst(tree, metas),
        authors=_authors(metas, article),
        published=_published(tree, metas, article),
        site_name=site_name,
        language=_language(tree, metas, article),
        canonical_url=address,
        licence=_licence(tree, article),
        body=_body(article.get("articleBody")),
    )


def _metas(tree: Any) -> dict[str, str]:
    """Content of the meta elements by lower-case name or property; the first of each counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(key)
            if name and content:
                found.setdefault(name.strip().lower(), content)
    return found


def _links(tree: Any, relation: str) -> Iterator[str]:
    for element in tree.iter("link", "a"):
        if relation in (element.get("rel") or "").lower().split() and element.get("href"):
            yield element.get("href").strip()


def _address(tree: Any, metas: dict[str, str], url: str | None) -> str | None:
    """The page's own address: its canonical link, og:url, or where it was fetched."""
    declared = next(_links(tree, "canonical"), None)
    for candidate in (declared, metas.get("og:url"), url):
        absolute = _absolute(candidate, url)
        if absolute:
            return canonical_url(absolute)
    return None


def _absolute(link: str | None, base: str | None) -> str | None:
    if not link:
        return None
    try:
        return parse_url(urljoin(base, link) if base else link)
    except ValueError:  # "http://[x"
        return None


def _json_objects(tree: Any) -> Iterator[dict[str, Any]]:
    """The objects of all JSON-LD blocks, nested ones of a @graph included."""
    count = 0
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        pending = [_json(script.text or "")]
        while pending and count < _MAX_ITEMS:
            value = pending.pop(0)
            if isinstance(value, list):
                pending.extend(value[:_MAX_ITEMS])
            elif isinstance(value, dict):
                count += 1
                yield value
                pending.extend(value[key] for key in _NESTING if key in value)


def _json(text: str) -> object:
    if len(text) > _MAX_JSON:
        return None
    try:
        return json.loads(text.strip().rstrip(";"), strict=False)
    except (ValueError, RecursionError):
        return None


def _article_object(objects: Sequence[dict[str, Any]], address: str | None) -> dict[str, Any]:
    """The object that describes this page's article: the one of this address, or the only one."""
    articles = [item for item in objects if any(map(_ARTICLE_TYPES.search, _types(item)))]
    here = [item for item in articles if address and address in set(_addresses_of(item))]
    if here:
        return here[0]
    return articles[0] if len(articles) == 1 else {}


def _types(item: dict[str, Any]) -> list[str]:
    kinds = item.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return [kind for kind in kinds if isinstance(kind, str)]


def _addresses_of(item: dict[str, Any]) -> Iterator[str | None]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = item.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            yield canonical_url(value)


def _unescaped(value: object) -> str | None:
    """JSON-LD is often escaped for HTML once too often."""
    return parse_string(html.unescape(value)) if isinstance(value, str) else None


def _body(value: object) -> str | None:
    """The text with its line breaks; None where it cannot be stored."""
    text = html.unescape(value) if isinstance(value, str) else None
    return text if parse_string(text) else None


def _title(tree: Any, metas: dict[str, str], article: dict[str, Any], site_name: str | None) -> str | None:
    """The headline: JSON-LD, og:title, the only h1, <title>; the site's name at its end goes."""
    headings = [" ".join("".join(element.itertext()).split()) for element in tree.iter("h1")]
    candidates = (
        _unescaped(article.get("headline")),
        *(parse_string(metas.get(name)) for name in _TITLE),
        parse_string(headings[0]) if len(headings) == 1 else None,
        parse_string(tree.findtext(".//title")),
    )
    found = next((candidate for candidate in candidates if candidate), None)
    return _without_site(found, site_name) if found else None


def _without_site(title: str, site_name: str | None) -> str:
    """The title without " | The Example" at its end."""
    for mark in (" | ", " - ", " – ", " — ", " :: ", " · "):
        head, found, tail = title.rpartition(mark)
        if found and site_name and head and tail.strip().lower() == site_name.lower():
            return head.strip()
    return title


_PRINTED = etree.XPath(
    "(//p | //h2 | //h3 | //div[not(*)] | //span[not(*)])[starts-with(normalize-space(.), $beginning)]"
)


def _standfirst(tree: Any, metas: dict[str, str]) -> str | None:
    """The page's description of itself, if a paragraph or heading prints it: else it is for machines."""
    for name in _DESCRIPTION:
        wanted = parse_string(metas.get(name))
        if wanted is None:
            continue
        for element in _PRINTED(tree, beginning=wanted[:40]):
            if " ".join("".join(element.itertext()).split()) == wanted:
                return wanted
    return None


def _authors(metas: dict[str, str], article: dict[str, Any]) -> tuple[str, ...]:
    named = article.get("author")
    people = named if isinstance(named, list) else [named]
    names = [_unescaped(one.get("name") if isinstance(one, dict) else one) for one in people]
    found = parse_authors([part for name in names if name for part in _people(name)])
    if found:
        return found
    for name in _AUTHOR:
        found = parse_authors([part for whole in parse_authors(metas.get(name)) for part in _people(whole)])
        if found:
            return found
    return ()


def _people(name: str) -> list[str]:
    """The names in "Jane Doe and John Roe"; whole where a part does not look like a person's."""
    parts = [part.strip() for part in _AND.split(name)]
    return parts if all(map(_NAME.match, parts)) else [name]


def _published(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> Moment | None:
    """When it was published; never when it was changed, and no date out of the text."""
    found = parse_moment(article.get("datePublished"))
    if found:
        return found
    for name in _PUBLISHED:
        found = parse_moment(metas.get(name))
        if found:
            return found
    marked = [
        parse_moment(element.get("datetime") or element.get("content"))
        for element in tree.iter("time", "span", "meta")
        if (element.get("itemprop") or "").lower() == "datepublished" or element.get("pubdate") is not None
    ]
    moments = {moment.at: moment for moment in marked if moment}
    return moments.popitem()[1] if len(moments) == 1 else None  # teasers carry dates of their own


def _language(tree: Any, metas: dict[str, str], article: dict[str, Any]) -> str | None:
    spoken = article.get("inLanguage")
    candidates = (
        spoken if isinstance(spoken, str) else None,
        tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang"),
        metas.get("content-language"),
        metas.get("og:locale"),
    )
    return next((code for code in map(parse_language, candidates) if code), None)


def _licence(tree: Any, article: dict[str, Any]) -> str | None:
    """A licence's address or name, if the page declares one."""
    declared = article.get("license")
    if isinstance(declared, dict):
        declared = declared.get("@id") or declared.get("url") or declared.get("name")
    return parse_string(declared) or next((link for link in _links(tree, "license") if parse_url(link)), None)
