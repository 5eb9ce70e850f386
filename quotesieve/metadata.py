"""What a metadata value means: times, authors, languages, URLs; and which source wins.

Pure, and below both `store` (manifests, sidecars, columns) and `text` (what a page says of
itself), because the two must read a date or a URL alike. Holds no file access and no HTML.
Every parser answers None for what it cannot read: null is better than wrong.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from quotesieve.model import Metadata

T = TypeVar("T")

# Other names that a manifest, sidecar, front matter or column may use for ours.
ALIASES = {"author": "authors", "license": "licence", "lang": "language", "date": "published_at"}

# Query parameters that say how a reader came, not what is read. Matched in lower case.
# "ref", "cid", "id" and "p" are absent: on some sites they name the article.
TRACKING = frozenset(
    (
        "fbclid",
        "gclid",
        "dclid",
        "gbraid",
        "wbraid",
        "msclkid",
        "yclid",
        "twclid",
        "ttclid",
        "igshid",
        "igsh",
        "mc_cid",
        "mc_eid",
        "cmp",
        "cmpid",
        "ocid",
        "ito",
        "smid",
        "smtyp",
        "sms_ss",
        "xtor",
        "spm",
        "_ga",
        "_gl",
        "wt_mc",
        "s_kwcid",
        "ftag",
        "guccounter",
        "ncid",
        "taid",
        "vero_id",
        "vero_conv",
        "mkt_tok",
        "ref_src",
        "ref_url",
        "__twitter_impression",
        "oly_anon_id",
        "oly_enc_id",
        "wickedid",
        "_hsenc",
        "_hsmi",
        "rb_clickid",
    )
)
TRACKING_PREFIXES = ("utm_", "at_medium", "at_campaign", "at_custom", "ns_", "guce_", "pk_", "mtm_", "hsa_")

MAX_URL = 4096  # characters; longer ones are data: URIs and accidents
MAX_AUTHORS = 50
_EARLIEST_YEAR = 1600  # before the first newspaper; 0001-01-01 and 1582 are "no date" in some systems

_RFC2822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2}\s+[A-Za-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}")
_SPACED_ZONE = re.compile(r"\s+(?=[+-]\d{2}:?\d{2}$)")
_UTC_NAME = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_AUTHOR_SPLIT = re.compile(r"\s*[;|\n]\s*")
_BY = re.compile(r"^by\s+", re.IGNORECASE)
_LANGUAGE = re.compile(r"([A-Za-z]{2})(?:[-_][A-Za-z0-9_-]*)?$")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def parse_string(value: object) -> str | None:
    """A scalar as a single-line string, None if it is empty, no scalar, or cannot be stored as UTF-8.

    >>> parse_string("  The Daily\\n Example ")
    'The Daily Example'
    >>> parse_string("null")   # None: YAML and CSV write it so
    >>> parse_string(["a"])    # None
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = " ".join(str(value).split())
    if not text or text.lower() in ("null", "none", "nan", "~"):
        return None
    return text if _storable(text) else None


def _storable(text: str) -> bool:
    """Whether the text is Unicode that UTF-8 can hold: a lone surrogate is not."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time as a source gives it."""

    at: datetime  # aware, UTC; without a zone of its own read as UTC
    precision: str  # day | second
    zoned: bool  # False: the zone is not given, and is the outlet's where that is known


def parse_moment(value: object) -> Moment | None:
    """As `parse_time`, and how exact the source is.

    >>> parse_moment("2024-05-01").precision, parse_moment("2024-05-01T10:00Z").precision
    ('day', 'second')
    >>> parse_moment("2024-05-01T10:00").zoned, parse_moment("2024-05-01T10:00Z").zoned
    (False, True)
    """
    at = parse_time(value)
    if at is None:
        return None
    if isinstance(value, datetime):
        return Moment(at, "second", value.tzinfo is not None)
    if isinstance(value, date):
        return Moment(at, "day", False)
    if not isinstance(value, str):
        return Moment(at, "second", True)  # Unix time
    text = value.strip()
    if _DAY.match(text):
        return Moment(at, "day", False)
    return Moment(at, "second", _is_zoned(text))


_DAY = re.compile(r"\d{4}-?\d\d-?\d\d$|\d{4}-?W\d\d(?:-?\d)?$")


def _is_zoned(text: str) -> bool:
    moment = _parse_time_string(text)
    return moment is not None and moment.tzinfo is not None


def parse_time(value: object) -> datetime | None:
    """A moment as an aware UTC datetime; a time without a zone counts as UTC.

    Reads ISO 8601, RFC 2822, dates, datetimes and Unix times (seconds or milliseconds).

    >>> parse_time("2024-05-01T10:00:00+02:00").isoformat()
    '2024-05-01T08:00:00+00:00'
    >>> parse_time("Wed, 01 May 2024 10:00:00 GMT").isoformat()
    '2024-05-01T10:00:00+00:00'
    >>> parse_time("01/05/2024")   # None: May or January
    """
    if isinstance(value, str):
        moment = _parse_time_string(value.strip())
    elif isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        moment = datetime(value.year, value.month, value.day, tzinfo=UTC)
    elif isinstance(value, int | float) and not isinstance(value, bool):
        moment = _from_unix(float(value))
    else:
        return None
    return None if moment is None else _as_utc(moment)


def _as_utc(moment: datetime) -> datetime | None:
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    try:
        moment = moment.astimezone(UTC)
    except (OverflowError, ValueError):  # 0001-01-01T00:00+14:00
        return None
    return moment if moment.year >= _EARLIEST_YEAR else None


def _parse_time_string(text: str) -> datetime | None:
    if not 8 <= len(text) <= 60:
        return None
    try:
        if _RFC2822.match(text):
            return parsedate_to_datetime(text)
        return datetime.fromisoformat(_UTC_NAME.sub("+00:00", _SPACED_ZONE.sub("", text)))
    except (ValueError, OverflowError):
        return None


def _from_unix(number: float) -> datetime | None:
    """Seconds between 1973 and 2100, or milliseconds between the same dates."""
    if 1e11 <= number <= 4.1e12:
        number /= 1000
    return _EPOCH + timedelta(seconds=number) if 1e8 <= number <= 4.1e9 else None


def parse_authors(value: object) -> tuple[str, ...]:
    """Names from a list, or from one string with semicolons between them.

    A comma does not separate: "Doe, Jane" is one person. URLs are not names.

    >>> parse_authors("By Jane Doe; John Roe")
    ('Jane Doe', 'John Roe')
    >>> parse_authors(["Jane Doe", "https://social.example/jane", "Jane Doe"])
    ('Jane Doe',)
    """
    parts: Iterable[object] = _AUTHOR_SPLIT.split(value) if isinstance(value, str) else _as_list(value)
    names = (_author_name(part) for part in parts)
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_AUTHORS]


def _as_list(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else ()


def _author_name(value: object) -> str | None:
    name = parse_string(value)
    if name is None or len(name) > 200 or "://" in name or name.startswith("@"):
        return None
    return _BY.sub("", name) or None


def parse_language(value: object) -> str | None:
    """The ISO 639-1 code of a language tag.

    >>> parse_language("en-GB")
    'en'
    >>> parse_language("English")   # None: a name, not a tag
    """
    text = parse_string(value)
    match = _LANGUAGE.match(text) if text else None
    return match[1].lower() if match else None


def parse_url(value: object) -> str | None:
    """An absolute http(s) URL, otherwise unchanged; None for anything else.

    >>> parse_url("https://news.example/a?b=1#c")
    'https://news.example/a?b=1#c'
    >>> parse_url("/a/b")   # None
    """
    text = parse_string(value)
    return text if text and len(text) <= MAX_URL and host_of(text) else None


def host_of(url: str) -> str | None:
    """The host of an http(s) URL in lower case, without "www.": the outlet, where nothing names one.

    >>> host_of("https://WWW.News.Example:443/story")
    'news.example'
    >>> host_of("mailto:desk@news.example")   # None
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # "http://[::1"
        return None
    if parts.scheme not in ("http", "https") or not host:
        return None
    return host.rstrip(".").removeprefix("www.") or None


def canonical_url(url: str) -> str | None:
    """One spelling for all the URLs of one article; None if `url` is no http(s) URL.

    Lower-case host, https, no user, default port, fragment, tracking parameters or trailing
    slash; other parameters in order of name. "www." stays: it may be another site.

    >>> canonical_url("HTTP://News.Example:80/a/story/?utm_source=x&b=2&a=1#top")
    'https://news.example/a/story?a=1&b=2'
    >>> canonical_url("https://news.example/?p=123")
    'https://news.example/?p=123'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    host = (host or "").rstrip(".")
    if parts.scheme not in ("http", "https") or not host:
        return None
    if ":" in host:
        host = f"[{host}]"
    if port not in (None, 80, 443):
        host = f"{host}:{port}"
    path = parts.path.rstrip("/")
    return urlunsplit(("https", host, path or "/", _canonical_query(parts.query), ""))


def _canonical_query(query: str) -> str:
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return query
    return urlencode(sorted(pair for pair in pairs if not _is_tracking(pair[0].lower())))


def _is_tracking(name: str) -> bool:
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def assemble(sources: Sequence[tuple[str, Mapping[str, object]]]) -> Metadata:
    """Metadata from several sources, strongest first: field by field, the first that knows wins.

    A source is its code (see `Metadata.outlet_from`) and its values under the manifest's names
    or their aliases. Where no source names the outlet, the host of the first URL does.

    >>> manifest = ("manifest", {"url": "https://www.a.example/1"})
    >>> found = assemble([manifest, ("directory", {"outlet": "b.example"})])
    >>> found.outlet, found.outlet_from
    ('b.example', 'directory')
    >>> assemble([manifest]).outlet
    'a.example'
    """
    known = [(code, _own_names(values)) for code, values in sources if values]
    outlet, outlet_from = _first(known, "outlet", parse_string)
    if outlet is None:
        outlet, outlet_from = _first(known, "url", _host)
    published, published_from = _first(known, "published_at", parse_moment)
    return Metadata(
        outlet=outlet,
        outlet_from=outlet_from or "unknown",
        url=_first(known, "url", parse_url)[0],
        title=_first(known, "title", parse_string)[0],
        authors=_first(known, "authors", parse_authors)[0] or (),
        published_at=published.at if published else None,
        published_from=published_from,
        published_precision=published.precision if published else None,
        published_zoned=published.zoned if published else True,
        fetched_at=_first(known, "fetched_at", parse_time)[0],
        language=_first(known, "language", parse_language)[0],
        licence=_first(known, "licence", parse_string)[0],
    )


def _own_names(values: Mapping[str, object]) -> dict[str, object]:
    """The same values under our names; where a name and its alias both stand, the name wins."""
    named = {ALIASES[key]: value for key, value in values.items() if key in ALIASES}
    own = ((key, value) for key, value in values.items() if key not in ALIASES)
    named.update((key, value) for key, value in own if value not in (None, ""))
    return named


def _first(
    known: Sequence[tuple[str, Mapping[str, object]]], field: str, parse: Callable[[object], T | None]
) -> tuple[T | None, str | None]:
    """The first value of a field that parses to something, with the code of its source."""
    for code, values in known:
        given = values.get(field)
        value = None if given is None else parse(given)
        if value:
            return value, code
    return None, None


def _host(value: object) -> str | None:
    url = parse_url(value)
    return host_of(url) if url else None
