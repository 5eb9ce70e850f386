"""HTML to a tree, and how deep the tree is: what both reading and extracting pages need.

Pure, and below both `store`, which refuses pages that are nested too deep, and `text`, which
extracts the others. Knows nothing of articles.
"""

import re
from collections import Counter
from functools import lru_cache
from typing import Any

from lxml import etree
from lxml import html as lxml_html

# libxml2 cuts the tree off at 256 levels, so a page that deep has lost its end. Real news pages: 19 in
# the median, 56 at most of 475.
PARSER_DEPTH = 256
# libxml2 compares each attribute of a tag with all before it: 200,000 of them take minutes.
_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{4000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MAX_ATTRIBUTES = 1000
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)")
# lxml's own lookup asks a Python function for every element that is looked at, a sixth of the time that a
# page takes, to make links and form fields of classes of their own.
_ONE_CLASS = etree.ElementDefaultClassLookup(element=lxml_html.HtmlElement)
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)


def parse_html(html: str) -> Any:
    """The page as an lxml tree without comments; None if there is nothing to parse.

    >>> parse_html("<p>Words").tag
    'html'
    """
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8", collect_ids=False)
    parser.set_element_class_lookup(_ONE_CLASS)
    try:
        return lxml_html.document_fromstring(_bounded(html).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None


def is_deeper(tree: Any, levels: int) -> bool:
    """Whether a tree has more levels of elements than that, the root counted as one.

    What the parser cut off counts as deeper, whatever the limit.
    """
    return bool(_level(min(levels + 1, PARSER_DEPTH))(tree))


def is_nested_deeper(html: str, levels: int) -> bool:
    """As `is_deeper`, for a page that is not parsed yet: most are told by counting tags, ten times faster.

    >>> is_nested_deeper("<div>" * 300 + "x", 200)
    True
    >>> is_nested_deeper("<p>x" * 300, 200)   # a new paragraph closes the one before
    False
    """
    if html.count("<") <= levels or _most_open(html) <= levels:
        return False
    tree = parse_html(html)
    return tree is not None and is_deeper(tree, levels)


def _most_open(html: str) -> int:
    """How many elements are open at once at most, where only an end tag closes one."""
    waiting: Counter[str] = Counter()
    is_open = most = 0
    for end, name in _TAG.findall(html):
        name = name.lower()
        if not end:
            if name not in _VOID:
                waiting[name] += 1
                is_open += 1
        elif waiting[name]:
            most = max(most, is_open)
            waiting[name] -= 1
            is_open -= 1
    return max(most, is_open)


@lru_cache(maxsize=4)
def _level(depth: int) -> Any:
    """Finds the elements of one level of a tree; compiled, as it is asked for every page."""
    return etree.XPath("/*" * depth)


def _bounded(html: str) -> str:
    """The page with no tag that has more than a thousand attributes."""
    return _LONG_TAG.sub(_without_attributes, html)


def _without_attributes(tag: re.Match[str]) -> str:
    """The tag as it is, or only its name where it has more attributes than any page needs."""
    plain = _QUOTED.sub("", tag[0])
    return tag[0] if len(plain.split()) <= _MAX_ATTRIBUTES else plain.split(None, 1)[0]
