"""What a call of `weigh` found out, as the archive of the next: one segment more."""

from collections.abc import Callable, Iterator

import numpy as np
import pyarrow as pa

from quotesieve.match.archive import (
    Archive,
    Block,
    Contents,
    Keep,
    KeepInMemory,
    key_ranges,
    make_segment,
    unit_blocks,
)
from quotesieve.match.entries import I32, Entries
from quotesieve.match.fingerprints import signatures
from quotesieve.match.group import Weighed
from quotesieve.match.statements import Statements


def with_found(weighed: Weighed, keep: Callable[[], Keep] = KeepInMemory) -> Archive:
    """The archive of all statements that were weighed; `keep` is called for a new segment."""
    statements, archive = weighed.statements, weighed.statements.archive
    row_of = _rows(statements)
    segments, in_use, dropped = list(archive.segments), np.zeros(archive.rows, np.bool_), weighed.dropped
    in_use[row_of[: statements.fresh]] = True
    new = len(statements) - statements.fresh
    if new or len(weighed.found):
        segments.append(make_segment(_contents(weighed, row_of), keep()))
        in_use = np.append(in_use, np.ones(new, np.bool_))
        dropped = np.append(dropped, np.zeros(len(weighed.found), np.bool_))
    return Archive(
        segments=segments,
        unit_of=row_of[statements.unit_of],
        blemished=statements.blemished,
        in_use=in_use,
        dropped=dropped,
        serial=statements.serial,
    )


def _rows(statements: Statements) -> I32:
    """The row of each unit in the new archive."""
    new = statements.archive.rows + np.arange(len(statements) - statements.fresh)
    return np.concatenate((statements.founder[: statements.fresh], new)).astype(np.int32)


def _contents(weighed: Weighed, row_of: I32) -> Contents:
    """What the segment of the units that are not in the archive is made of."""
    statements, fresh = weighed.statements, weighed.statements.fresh
    return Contents(
        statements.size[fresh:],
        statements.wording[fresh:],
        statements.content[fresh:],
        statements.speaker[fresh:],
        _words(statements),
        _entries(statements),
        _texts(statements),
        weighed.found.renumbered(row_of),
    )


def _fresh(statements: Statements) -> I32:
    return np.arange(statements.fresh, len(statements), dtype=np.int32)


def _words(statements: Statements) -> Iterator[Block]:
    units = _fresh(statements)
    for block in unit_blocks(len(units)):
        first, words = statements.words(units[block])
        yield {"words": words, "bits": signatures(first, words).ravel()}


def _entries(statements: Statements) -> Iterator[Entries]:
    for low, high in key_ranges(int(statements.size[statements.fresh :].sum())):
        found = statements.fresh_entries(low, high)
        yield Entries(found.keys, found.units - np.int32(statements.fresh), found.at).by_key()


def _texts(statements: Statements) -> Iterator[pa.LargeStringArray]:
    units = _fresh(statements)
    for block in unit_blocks(len(units)):
        yield pa.array(statements.texts(units[block]), pa.large_string())
