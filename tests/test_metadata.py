"""What a metadata value means, and the laws of the canonical URL."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quotesieve.metadata import (
    canonical_url,
    host_of,
    parse_authors,
    parse_language,
    parse_string,
    parse_time,
    parse_url,
)

MOMENT = datetime(2026, 3, 11, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-11T09:30:00Z",
        "2026-03-11T10:30+01:00",
        "2026-03-11 10:30:00 +0100",
        "2026-03-11T09:30:00.000000000Z",
        "2026-03-11 09:30 UTC",
        "20260311T093000",
        "Wed, 11 Mar 2026 09:30:00 GMT",
        "11 Mar 2026 10:30:00 +0100",
        "Wed, 11 Mar 2026 04:30:00 EST",
        1773221400,
        1773221400000,
        MOMENT,
        MOMENT.replace(tzinfo=None),
    ],
)
def test_a_moment_in_the_forms_that_feeds_use(value: object) -> None:
    assert parse_time(value) == MOMENT


def test_a_day_is_its_beginning() -> None:
    assert parse_time("2026-03-11") == parse_time(date(2026, 3, 11)) == datetime(2026, 3, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        "", "yesterday", "11/03/2026", "March 11, 2026", "2026", "2026-13-01", "2026-02-30",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59-14:00", "Wed, 99 Mar 2026 09:30:00 GMT",
        0, 7, -1, 1e300, float("nan"), True, None, [], {},
    ],
)  # fmt: skip
def test_what_is_no_date_or_could_be_two_is_none(value: object) -> None:
    assert parse_time(value) is None


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("A. Bee; C. Dee", ("A. Bee", "C. Dee")),
        (["A. Bee", None, 5, "", "A. Bee"], ("A. Bee", "5")),
        ("by A. Bee", ("A. Bee",)),
        ("Bee, Anna", ("Bee, Anna",)),
        ("https://social.example/bee", ()),
        ("Bytes, Bill", ("Bytes, Bill",)),
        (None, ()),
        ({"name": "A. Bee"}, ()),
    ],
)
def test_authors(value: object, names: tuple[str, ...]) -> None:
    assert parse_authors(value) == names


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("en", "en"),
        ("EN-gb", "en"),
        ("pt_BR", "pt"),
        ("eng", None),
        ("English", None),
        ("x", None),
        (5, None),
    ],
)
def test_languages(value: object, code: str | None) -> None:
    assert parse_language(value) == code


@pytest.mark.parametrize("value", ["\ud800", "", "  ", "None", "NaN", "~", True, None, []])
def test_strings_that_say_nothing(value: object) -> None:
    assert parse_string(value) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://News.Example/a", "https://news.example/a"),
        ("https://news.example/a/", "https://news.example/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a#part", "https://news.example/a"),
        ("https://news.example:8080/a", "https://news.example:8080/a"),
        ("https://me:secret@news.example/a", "https://news.example/a"),
        ("https://news.example/a?utm_medium=x&UTM_source=y&fbclid=z", "https://news.example/a"),
        ("https://news.example/a?b=2&a=1&a=0&empty=", "https://news.example/a?a=0&a=1&b=2&empty="),
        ("https://news.example/?id=5&ref=home", "https://news.example/?id=5&ref=home"),
        ("https://www.news.example/a", "https://www.news.example/a"),
        ("https://news.example./a", "https://news.example/a"),
        ("https://[::1]:80/a", "https://[::1]/a"),
        ("/a", None),
        ("ftp://news.example/a", None),
        ("https://", None),
        ("https://[x", None),
        ("https://news.example:port/", None),
        ("", None),
    ],
)
def test_canonical_urls(url: str, expected: str | None) -> None:
    assert canonical_url(url) == expected


_URLS = st.text(max_size=60) | st.from_regex(
    r"https?://[a-z.]{1,20}(:[0-9]{1,5})?/[^\s]{0,30}", fullmatch=True
)


@given(_URLS)
def test_a_canonical_url_is_its_own(url: str) -> None:
    found = canonical_url(url)
    if found is not None:
        assert canonical_url(found) == found
        assert host_of(found) == host_of(url)


@given(st.text(max_size=40) | st.integers() | st.floats() | st.none() | st.lists(st.text(max_size=5)))
def test_no_value_raises_and_what_comes_out_can_be_stored(value: object) -> None:
    found = [parse_string(value), parse_url(value), parse_language(value), *parse_authors(value)]
    for text in found:
        assert text is None or text.encode("utf-8")
    moment = parse_time(value)
    assert moment is None or moment.tzinfo is UTC
