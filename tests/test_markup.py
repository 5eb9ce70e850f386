"""Nesting is told without parsing where that is enough, and never wrongly."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.markup import is_deeper, is_nested_deeper, parse_html


@pytest.mark.parametrize("levels", [10, 100, 200, 5000])
@pytest.mark.parametrize("limit", [50, 150, 400])
def test_nested_divs(levels: int, limit: int) -> None:
    depth = levels + 2  # html and body stand around them
    html = "<div>" * levels + "x" + "</div>" * levels
    # The parser's own depth is a limit that no setting lifts.
    assert is_nested_deeper(html, limit) == (depth > limit or depth >= 256)


@pytest.mark.parametrize(
    "html",
    [
        "<p>x" * 1000,
        "<li>x" * 1000,
        "<br><img src=x><hr>" * 1000,
        "<div>x</div>" * 1000,
        "<tr><td>x" * 1000,
        "a < b and b < c " * 1000,
        "<script>" + "'<div>' + " * 1000 + "</script>",
        "",
    ],
)
def test_many_tags_are_not_nesting(html: str) -> None:
    assert not is_nested_deeper(html, 200)


_PARTS = st.sampled_from(
    ["<div>", "</div>", "<p>", "</p>", "<ul>", "</ul>", "<li>", "<span>", "</span>", "x", "<br>"]
)


@settings(deadline=None)
@given(st.lists(_PARTS, max_size=120).map("".join))
def test_what_is_told_without_parsing_is_what_the_tree_says(html: str) -> None:
    tree = parse_html(html)
    assert is_nested_deeper(html, 20) == (tree is not None and is_deeper(tree, 20))
