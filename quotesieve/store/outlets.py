"""outlets.csv at the top of the input: which outlets there are, read and checked.

    id,hosts,owner,country,time_zone,kind
    harbourpost.example,www.harbourpost.example harbour-post.example,Quay Media,GB,Europe/London,outlet

Unlike a bad article a bad row stops the run: it would put the wrong zone or name on every article of
an outlet. What the rows do is `quotesieve.outlets`'s.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pyarrow as pa

from quotesieve.errors import OutletsError
from quotesieve.outlets import KINDS, Outlet, Outlets, normal_name
from quotesieve.store.side_text import read_side_text
from quotesieve.store.tables import OUTLETS

NAME = "outlets.csv"
COLUMNS = ("id", "hosts", "owner", "country", "time_zone", "kind")
_MAX_BYTES = 16 * 1024 * 1024
_COUNTRY = re.compile(r"[A-Z]{2}$")
_BETWEEN = re.compile(r"[\s;|,]+")


def load_outlets(root: str) -> Outlets:
    """The registry beside the manifest; empty if there is no outlets.csv.

    Raises OutletsError, which says what is wrong in which line and what to write instead.
    """
    text = read_side_text(root, NAME, _MAX_BYTES, OutletsError)
    if text is None:
        return Outlets()
    rows: list[Outlet] = []
    claimed: dict[str, int] = {}
    for number, values in _csv_rows(text):
        row = _outlet(number, values)
        for name in sorted(row.names):
            if name in claimed:
                _fail(number, f"`{name}` stands in line {claimed[name]} too", "give each name to one outlet")
            claimed[name] = number
        rows.append(row)
    return Outlets.of(rows)


def _fail(number: int, problem: str, remedy: str) -> None:
    raise OutletsError(f"{NAME}, line {number}: {problem}; {remedy}.")


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [column.strip().lower() for column in reader.fieldnames or ()]
        unknown = sorted(set(names) - set(COLUMNS) - {""})
        if "id" not in names or unknown:
            problem = f"no column named {unknown[0]!r} is known" if unknown else "there is no column `id`"
            _fail(1, problem, f"the first line must be: {','.join(COLUMNS)}")
        reader.fieldnames = names
        for row in reader:
            if None in row:
                _fail(reader.line_num, "more cells than columns", "put quotes around a cell with commas")
            if any(row.values()):
                yield reader.line_num, {key: (value or "").strip() for key, value in row.items()}
    except csv.Error as error:
        raise OutletsError(
            f"{NAME}, line {reader.line_num}: {error}. Mend the line, or quote the cell."
        ) from error


def _outlet(number: int, values: Mapping[str, str]) -> Outlet:
    name, kind = values["id"], values.get("kind", "").lower()
    country, zone = values.get("country", "").upper(), values.get("time_zone", "")
    if not name:
        _fail(number, "no id", "give the outlet's own host or a short name")
    if kind and kind not in KINDS:
        _fail(number, f"kind {kind!r}", f"write {', '.join(KINDS)}, or nothing")
    if country and not _COUNTRY.match(country):
        _fail(number, f"country {country!r}", "write two letters, as GB or DE, or nothing")
    if zone and not _is_zone(zone):
        _fail(number, f"no time zone {zone!r}", "write an IANA name, as Europe/London, or nothing")
    hosts = {normal_name(host) for host in _BETWEEN.split(values.get("hosts", "")) if host}
    return Outlet(
        id=name,
        hosts=tuple(sorted(hosts - {normal_name(name)})),
        owner=values.get("owner") or None,
        country=country or None,
        time_zone=zone or None,
        kind=kind or None,
    )


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def to_table(outlets: Outlets, articles: Mapping[str, int]) -> pa.Table:
    """The outlets table: every listed outlet and every one that has articles, by id."""
    known = {row.id: row for row in outlets.rows}
    rows = [known.get(name, Outlet(name)) for name in sorted(known.keys() | articles.keys())]
    columns = [
        [row.id for row in rows],
        [list(row.hosts) for row in rows],
        [row.owner for row in rows],
        [row.country for row in rows],
        [row.time_zone for row in rows],
        [row.kind for row in rows],
        [articles.get(row.id, 0) for row in rows],
    ]
    arrays = [pa.array(v, c.type) for v, c in zip(columns, OUTLETS.columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=OUTLETS.schema)


def from_table(rows: pa.Table) -> Outlets:
    """The registry that a published table was made from; outlets nobody listed are in it by name only."""
    return Outlets.of(
        Outlet(
            row["outlet"],
            tuple(row["hosts"]),
            row["owner"],
            row["country"],
            row["time_zone"],
            row["kind"],
        )
        for row in rows.to_pylist()
    )
