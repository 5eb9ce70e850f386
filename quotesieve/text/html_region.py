"""The part of a page that its prose stands in: the fast way to an article, without an extractor.

From the whole page down, as long as one element inside has nearly all the prose. What else stands in
that part (captions, teasers, forms) is the line stage's to find. Tree in, element out.
"""

from typing import Any

PROSE_CHARS = 60  # of a block's own text: what is shorter may be a link or a label
NEARLY_ALL = 0.8

# Elements that hold no article, and those whose own text may be prose.
FURNITURE = frozenset(("nav", "footer", "aside", "form", "button"))
_BLOCKS = ("p", "blockquote", "li", "div", "td", "pre", "dd", "section", "article")
_WHOLE = frozenset(("p", "blockquote"))  # text of elements inside counts too
_INLINE = frozenset(
    (
        "a",
        "b",
        "i",
        "em",
        "strong",
        "span",
        "u",
        "sup",
        "sub",
        "abbr",
        "cite",
        "q",
        "font",
        "mark",
        "br",
        "time",
    )
)


def prose_region(tree: Any, skip: frozenset[str]) -> Any:
    """The smallest element that has nearly all the prose; `skip` are tags whose content is not looked at."""
    prose = _prose(tree, skip | FURNITURE)
    region = tree
    while own := prose.get(region):
        inner = max((child for child in region if child in prose), key=prose.__getitem__, default=None)
        if inner is None or inner.tag in _BLOCKS[:3] or prose[inner] < NEARLY_ALL * own:
            break
        region = inner
    return region


def _prose(tree: Any, skip: frozenset[str]) -> dict[Any, int]:
    """Characters of prose under each element that has any."""
    found: dict[Any, int] = {}
    for block in tree.iter(*_BLOCKS):
        size = len(_own_text(block).strip())
        if size < PROSE_CHARS:
            continue
        path = [block, *block.iterancestors()]
        if any(element.tag in skip for element in path):
            continue
        for element in path:
            found[element] = found.get(element, 0) + size
    return found


def _own_text(block: Any) -> str:
    """The text of a block that stands in no other block."""
    if block.tag in _WHOLE:
        return "".join(block.itertext())
    inside = ((child.text or "") * (child.tag in _INLINE) + (child.tail or "") for child in block)
    return (block.text or "") + "".join(inside)
