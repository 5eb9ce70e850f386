"""corrections.csv at the top of the input: what people corrected, read and checked row by row.

    action,target,value,article,note
    speaker,3f2a90c1d4e5b678,Ada Bell,,the caption has the wrong name

A bad row does not stop the run: it is refused, told with its line, and published with what is wrong. A file
that cannot be read as a table at all does. What the rows do is `quotesieve.corrections`'s.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from quotesieve.corrections import ACTIONS, OF_MENTIONS, REJECTABLE, Correction
from quotesieve.errors import CorrectionsError
from quotesieve.store.side_text import read_side_text
from quotesieve.store.tables import CORRECTIONS

NAME = "corrections.csv"
COLUMNS = ("action", "target", "value", "article", "note")
_MAX_BYTES = 64 * 1024 * 1024
_ID = re.compile(r"[0-9a-f]{16}$")


def load_corrections(root: str) -> list[Correction]:
    """The rows in their order; none if there is no corrections.csv. What is wrong with a row is its `detail`.

    Raises CorrectionsError if the file as a whole cannot be used.
    """
    text = read_side_text(root, NAME, _MAX_BYTES, CorrectionsError)
    return [] if text is None else [_checked(row) for row in _csv_rows(text)]


def is_id(text: str) -> bool:
    """Whether it is written as an id of a mention or speaker.

    >>> is_id("3f2a90c1d4e5b678"), is_id("Ada Bell")
    (True, False)
    """
    return bool(_ID.match(text))


def _csv_rows(text: str) -> Iterator[Correction]:
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        names = [column.strip().lower() for column in reader.fieldnames or ()]
        unknown = sorted(set(names) - set(COLUMNS) - {""})
        if not {"action", "target"} <= set(names) or unknown:
            problem = (
                f"no column named {unknown[0]!r} is known" if unknown else "no column `action` or `target`"
            )
            raise CorrectionsError(f"{NAME}, line 1: {problem}; it must be: {','.join(COLUMNS)}.")
        reader.fieldnames = names
        for row in reader:
            cells = {key: (value or "").strip() for key, value in row.items() if isinstance(key, str)}
            if any(cells.values()):
                yield _correction(reader.line_num, cells, is_wide=None in row)
    except csv.Error as error:
        raise CorrectionsError(
            f"{NAME}, line {reader.line_num}: {error}. Mend the line, or quote the cell."
        ) from error


def _correction(line: int, cells: Mapping[str, str], *, is_wide: bool) -> Correction:
    action, target, value, article, note = (cells.get(name, "") for name in COLUMNS)
    row = Correction(line, action.lower(), target, value, article, note)
    wide = "more cells than columns: put quotes around a cell with commas"
    return refused(row, wide) if is_wide else row


def refused(row: Correction, detail: str) -> Correction:
    """The row, refused for what is wrong with it."""
    return replace(row, state="refused", detail=detail + ".")


def _checked(row: Correction) -> Correction:
    """The row, refused if it cannot be meant whatever the data say."""
    if row.state == "refused":
        return row
    problem = _problem(row)
    if problem:
        return refused(row, problem)
    if row.action == "reject":
        return replace(row, value=row.value.lower() or REJECTABLE[0])
    return row


def _problem(row: Correction) -> str | None:
    if row.action not in ACTIONS:
        return f"action {row.action!r}; write {', '.join(ACTIONS)}"
    if not row.target:
        return "no target; give a mention id, or a name"
    if row.action in OF_MENTIONS and not row.article and not is_id(row.target):
        return f"{row.target!r} is no mention id; give one, or the article whose speaker it is"
    if row.action not in OF_MENTIONS and row.article:
        return f"{row.action} is for all articles; leave `article` empty"
    if row.action != "reject" and not row.value:
        if row.action == "speaker":
            return "no value; give the right name, or write reject with the value speaker"
        return "no value; give the other name"
    if row.action == "reject" and row.value.lower() not in ("", *REJECTABLE):
        return f"value {row.value!r}; write {' or '.join(REJECTABLE)}, or nothing"
    return None


def to_table(rows: Sequence[Correction]) -> pa.Table:
    """The corrections table."""
    columns = [[getattr(row, column.name) for row in rows] for column in CORRECTIONS.columns]
    arrays = [pa.array(v, c.type) for v, c in zip(columns, CORRECTIONS.columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=CORRECTIONS.schema)


def from_table(rows: pa.Table) -> list[Correction]:
    """The rows that a published table was made from, with what came of them."""
    return [Correction(**row) for row in rows.to_pylist()]
