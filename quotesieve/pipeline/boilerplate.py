"""What a snapshot's articles say of their outlets' boilerplate, read from its part files.

Which lines count as boilerplate decides `stages.boilerplate`; cleaning again is
`pipeline.boilerplate_settling`'s. Reads, writes nothing.
"""

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from quotesieve.stages.boilerplate import Ints, boilerplate_lines, stale
from quotesieve.store import fingerprints
from quotesieve.store.fingerprints import FINGERPRINTS, keys_of
from quotesieve.store.ledger import Key
from quotesieve.store.snapshot import Snapshot, whole_parts


@dataclass(frozen=True, slots=True, eq=False)
class Learned:
    """The fingerprints of all articles of a snapshot, and the lines that are boilerplate by them."""

    rows: pa.Table
    lines: Ints

    def stale(self, counted: Set[Key], asked: Set[Key]) -> list[Key]:
        """Of the records asked about those that were cleaned by other lines, if only some count."""
        keys = keys_of(self.rows)
        rows = self.rows.filter(pa.array([key in counted for key in keys], pa.bool_()))
        lines = self.lines if rows.num_rows == self.rows.num_rows else boilerplate_lines(rows)
        return [key for key, differs in zip(keys_of(rows), stale(rows, lines), strict=True)
                if differs and key in asked]  # fmt: skip


def learned(clean: Path, previous: Snapshot | None, damaged: Set[str] = frozenset()) -> Learned:
    """What the snapshot before says; nothing where there is none, or it was made before this was kept."""
    rows = published_fingerprints(clean, previous, damaged)
    return Learned(rows, boilerplate_lines(rows))


def published_fingerprints(
    clean: Path, previous: Snapshot | None, damaged: Set[str] = frozenset()
) -> pa.Table:
    """The fingerprints of a snapshot's articles, as far as its files are whole."""
    return fingerprints.read(whole_parts(clean, previous, FINGERPRINTS.name, damaged))
