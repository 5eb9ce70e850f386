"""What a call of `weigh` found out, as the archive of the next: one segment more."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa

from quotesieve.match.archive import Archive, Segment
from quotesieve.match.entries import I32
from quotesieve.match.fingerprints import signatures
from quotesieve.match.group import Weighed
from quotesieve.match.statements import Statements

_TEXTS_AT_ONCE = 50_000


def with_found(weighed: Weighed) -> Archive:
    """The archive of all statements that were weighed."""
    statements, archive = weighed.statements, weighed.statements.archive
    row_of = _rows(statements)
    segments, in_use, dropped = list(archive.segments), np.zeros(archive.rows, np.bool_), weighed.dropped
    in_use[row_of[: statements.fresh]] = True
    new = len(statements) - statements.fresh
    if new or len(weighed.found):
        segments.append(_segment(weighed, row_of))
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


def _segment(weighed: Weighed, row_of: I32) -> Segment:
    statements, fresh = weighed.statements, weighed.statements.fresh
    units = np.arange(fresh, len(statements), dtype=np.int32)
    first, words = statements.words(units)
    identity = statements.identity[fresh:]
    order = np.argsort(identity, kind="stable")
    entries = statements.fresh_entries()
    entries = replace(entries, units=entries.units - np.int32(fresh))
    return Segment(
        first,
        words,
        statements.wording[fresh:],
        statements.content[fresh:],
        statements.speaker[fresh:],
        signatures(first, words),
        identity[order],
        order.astype(np.int32),
        entries.where(np.argsort(entries.keys, kind="stable")),
        pa.chunked_array(_texts(statements, units), pa.large_string()).combine_chunks(),
        weighed.found.renumbered(row_of),
    )


def _texts(statements: Statements, units: I32) -> Iterator[pa.LargeStringArray]:
    """The texts of some units, some thousand at a time: as Python's strings they take far more memory."""
    for begin in range(0, len(units), _TEXTS_AT_ONCE):
        yield pa.array(statements.texts(units[begin : begin + _TEXTS_AT_ONCE]), pa.large_string())
