"""What the extractor left out comes back where two witnesses say so, and nowhere else."""

import json

import pytest

from quotesieve.text.html import extract_html
from quotesieve.text.html_gaps import complete

PROSE = [
    "The river board of Oxley agreed on Tuesday to raise the banks of the Tarn by forty centimetres.",
    "“We cannot wait for another flood,” said its chairman, Ivo Marsh, after the vote in the town hall.",
    "The work will cost two million and begin in September, when the water is lowest, the board said.",
    "Farmers on the left bank had asked for a reservoir instead, which would have cost twice as much.",
    "The last flood, in February, closed the school for a month and the mill by the bridge for good.",
    "A decision on the reservoir is expected next year, when the county has counted its money.",
]


def test_paragraphs_between_extracted_ones_come_back_in_their_place() -> None:
    extracted = [PROSE[0], PROSE[1], PROSE[5]]
    assert complete(extracted, ["Menu", *PROSE, "Log in"], None) == PROSE


def test_links_between_extracted_paragraphs_do_not() -> None:
    visible = [
        *PROSE[:3],
        "Advertisement",
        "Read more: Floods",
        "Share",
        "Sign up for our newsletter",
        *PROSE[3:],
    ]
    assert complete(PROSE, visible, None) == PROSE


def test_what_stands_outside_the_article_does_not() -> None:
    assert complete(PROSE[:3], [*PROSE[:3], *PROSE[3:]], None) == PROSE[:3]


def test_a_line_that_is_part_of_an_extracted_one_is_not_missing() -> None:
    joined = [" ".join(PROSE[:3]), " ".join(PROSE[3:])]
    assert complete(joined, PROSE, None) == joined


@pytest.mark.parametrize(
    ("body", "taken"),
    [
        (" ".join(PROSE), True),
        ("".join(f"<p>{line}</p>" for line in PROSE), True),
        (PROSE[0][:60] + "…", False),  # a teaser
        (" ".join([*PROSE[:4], "A decision on the ..."]), False),  # it breaks off
        (" ".join(PROSE[:2] * 4), False),  # the same words over and over
    ],
)
def test_the_article_body_of_json_ld(body: str, taken: bool) -> None:
    """The extractor found something else; the body is on the page in its own paragraphs."""
    wrong = ["Popular this week in Oxley and around it, chosen by our readers."]
    visible = ["Menu", *PROSE, *wrong]
    assert complete(wrong, visible, body) == (PROSE if taken else wrong)


def test_a_body_that_the_page_does_not_print_is_taken_as_it_is() -> None:
    assert complete(["Loading the page."], ["Loading the page."], "\n".join(PROSE)) == PROSE


def test_a_body_that_agrees_with_the_extractor_changes_nothing() -> None:
    assert complete(PROSE, PROSE, " ".join(PROSE)) == PROSE


def test_a_page_with_a_body_that_cannot_be_stored() -> None:
    data = json.dumps({"@type": "NewsArticle", "articleBody": "\ud83d " + " ".join(PROSE)})
    page = f'<script type="application/ld+json">{data}</script><article><p>{PROSE[0]}</p></article>'
    lines = extract_html(page).lines
    assert "\n".join(lines).encode()  # raises where a lone surrogate got through
