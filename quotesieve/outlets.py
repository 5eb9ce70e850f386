"""What is known of the outlets: which names and hosts are one outlet, and in which zone it writes.

Pure: `store.outlets` reads outlets.csv, `stages.clean` applies this to each article. Nothing is
guessed: a name that is not listed stays as it is, a zone that is not given is UTC.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC
from zoneinfo import ZoneInfo

from quotesieve.model import Metadata

KINDS = ("outlet", "agency", "aggregator")


@dataclass(frozen=True, slots=True)
class Outlet:
    """One row of outlets.csv. `hosts` are other names it goes by: hosts of its addresses, aliases."""

    id: str
    hosts: tuple[str, ...] = ()
    owner: str | None = None
    country: str | None = None  # ISO 3166-1 alpha-2
    time_zone: str | None = None  # IANA name
    kind: str | None = None  # KINDS

    @property
    def names(self) -> frozenset[str]:
        """Every name that leads to this outlet, in lower case."""
        return frozenset(normal_name(name) for name in (self.id, *self.hosts))

    @property
    def deciding(self) -> tuple[frozenset[str], str | None]:
        """What of the row can change an article: its names and its zone."""
        return self.names, self.time_zone


def normal_name(name: str) -> str:
    """A name or host as it is looked up.

    >>> normal_name(" WWW.News.Example. ")
    'news.example'
    """
    return name.strip().lower().rstrip(".").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class Outlets:
    """All rows, and the way from any name to its row."""

    rows: tuple[Outlet, ...] = ()
    by_name: Mapping[str, Outlet] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Of what can change an article."""
        deciding = sorted((row.id, sorted(row.names), row.time_zone or "") for row in self.rows)
        return hashlib.sha256(repr(deciding).encode()).hexdigest()[:16]

    @classmethod
    def of(cls, rows: Iterable[Outlet]) -> "Outlets":
        """The registry of some rows; where two claim a name the first has it."""
        listed = tuple(rows)
        by_name: dict[str, Outlet] = {}
        for row in listed:
            for name in row.names:
                by_name.setdefault(name, row)
        return cls(listed, by_name)

    def find(self, name: str | None) -> Outlet | None:
        """The outlet of that name, None if it is not listed."""
        return self.by_name.get(normal_name(name)) if name else None

    def apply(self, metadata: Metadata) -> Metadata:
        """The same with the outlet's id for its alias, and its zone for a time without one.

        >>> from datetime import datetime
        >>> known = Outlets.of([Outlet("ledger", ("ledger.example",), time_zone="Europe/Berlin")])
        >>> day = datetime(2026, 7, 1, tzinfo=UTC)
        >>> given = Metadata(outlet="www.ledger.example", published_at=day, published_zoned=False)
        >>> known.apply(given).outlet, known.apply(given).published_at.isoformat()
        ('ledger', '2026-06-30T22:00:00+00:00')
        >>> known.apply(Metadata(outlet="other.example")).outlet
        'other.example'
        """
        outlet = self.find(metadata.outlet)
        if outlet is None:
            return metadata
        at = metadata.published_at
        if at is not None and outlet.time_zone and not metadata.published_zoned:
            at = at.replace(tzinfo=ZoneInfo(outlet.time_zone)).astimezone(UTC)
        return replace(metadata, outlet=outlet.id, published_at=at, published_zoned=True)

    def changed_names(self, before: "Outlets") -> frozenset[str]:
        """Names whose articles come out differently under this registry than under `before`.

        A row may hand a name over to another: the names of the old and of the new row count.
        """
        was, now = ({row.id: row for row in side.rows} for side in (before, self))
        changed: set[str] = set()
        for name in was.keys() | now.keys():
            # An outlet that is not listed is one that nothing is known of.
            old, new = was.get(name, Outlet(name)), now.get(name, Outlet(name))
            if old.deciding != new.deciding:
                changed |= old.names | new.names
        return frozenset(changed)

    def says_as_much_as(self, other: "Outlets") -> bool:
        """Whether the two would publish the same columns for every outlet."""
        return self._informed() == other._informed()

    def _informed(self) -> frozenset[Outlet]:
        return frozenset(row for row in self.rows if row != Outlet(row.id))


NO_OUTLETS = Outlets()
