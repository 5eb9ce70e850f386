"""Which statements the report carries, and their printings with the differences marked.

All of them where they fit; of a large archive those that most outlets print and the newest. The
rows are plain lists and dicts with short keys, since they travel as JSON in the page: `ROW` and
`PRINTING` say what is what.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from quotesieve.match.align import Piece, differences
from quotesieve.report.embed import fitting
from quotesieve.report.facts import rows

REPRINTED = 2000  # so many of the most reprinted statements at most
NEWEST = 600  # and so many of the newest others
PRINTINGS = 30  # of one statement
PEOPLE = 8  # that one statement is credited to
BYTES = 3_000_000  # of all of them together, as JSON
CONTEXT = 90  # characters before and after the words
LONG = 900  # a longer statement is cut in the page
GAP_WORDS = 12  # a longer stretch that a printing leaves out is counted, not printed

KINDS = {"same": 0, "added": 1, "missing": 2}
OMITTED = 3  # a stretch that is only counted: [3, number of words]

Json = dict[str, Any]
Chosen = tuple[str, int]  # passage_id, outlet_count


@dataclass(frozen=True, slots=True)
class Choice:
    """The statements in the page, and how many there are in all."""

    rows: tuple[str, ...]  # each as JSON
    of: int
    reprinted: int  # of those in the page: chosen as the most reprinted
    fewest_outlets: int  # the least number of outlets among those


_REPRINTED = f"""
SELECT passage_id, outlet_count FROM passages WHERE mention_count > 1
ORDER BY outlet_count DESC, mention_count DESC, founded_run DESC, passage_id LIMIT {REPRINTED}
"""
_NEWEST = f"""
SELECT passage_id, outlet_count FROM passages
ORDER BY founded_run DESC, coalesce(first_published_at, first_fetched_at) DESC NULLS LAST, passage_id
LIMIT {REPRINTED + NEWEST}
"""


def choose(data: duckdb.DuckDBPyConnection, run: int, *, limit: int = BYTES) -> Choice:
    """Pick statements, most reprinted first, up to `limit` bytes of JSON; `run` marks the new ones."""
    often = data.execute(_REPRINTED).fetchall()
    known = {row[0] for row in often}
    newest = [row for row in data.execute(_NEWEST).fetchall() if row[0] not in known][:NEWEST]
    order = list(_fair(often, newest))
    of = (data.execute("SELECT count(*) FROM passages").fetchone() or (0,))[0]
    data.execute("CREATE TEMP TABLE chosen (passage_id VARCHAR)")
    if order:
        data.execute("INSERT INTO chosen SELECT unnest($1)", [[passage for passage, _ in order]])
    passages = {
        row["passage_id"]: row
        for row in rows(data, "SELECT p.* FROM passages p JOIN chosen USING (passage_id)")
    }
    printings = _printings(data)
    data.execute("DROP TABLE chosen")
    kept = fitting((_row(passages[p], printings.get(p, []), run) for p, _ in order), limit)
    reprinted = [outlets for passage, outlets in order[: len(kept)] if passage in known]
    return Choice(tuple(kept), of, len(reprinted), min(reprinted, default=0))


def _fair(often: Sequence[Chosen], newest: Sequence[Chosen]) -> Iterator[Chosen]:
    """Three of the most reprinted, one of the newest, and so on: a limit cuts both."""
    first, second = iter(often), iter(newest)
    while batch := [row for source in (first, first, first, second) if (row := next(source, None))]:
        yield from batch


_OF_CHOSEN = f"""
WITH own AS (
  SELECT m.passage_id, m.mention_id, m.article_id, m.outlet, m.url, m.published_at, m.text, m.relation,
    m.similarity, m.speaker_as_printed, m.cue, m.field, left(m.context_after, {CONTEXT}) AS after,
    right(m.context_before, {CONTEXT}) AS before,
    count(*) FILTER (m.published_at IS NULL) OVER (PARTITION BY m.passage_id) AS undated,
    row_number() OVER (PARTITION BY m.passage_id, m.outlet ORDER BY m.published_at NULLS LAST, m.mention_id)
      AS turn
  FROM mentions m JOIN chosen USING (passage_id)
), first AS (
  SELECT *, row_number() OVER (PARTITION BY passage_id ORDER BY turn, published_at NULLS LAST, mention_id)
    AS place FROM own
)
SELECT first.* FROM first WHERE place <= {PRINTINGS}
ORDER BY passage_id, published_at NULLS LAST, outlet NULLS LAST, mention_id
"""


def _printings(data: duckdb.DuckDBPyConnection) -> dict[str, list[Json]]:
    """By statement, earliest first; of very many those of as many outlets as possible."""
    found: dict[str, list[Json]] = {}
    for row in rows(data, _OF_CHOSEN):
        found.setdefault(row["passage_id"], []).append(row)
    return found


def _row(passage: Mapping[str, Any], printings: Sequence[Mapping[str, Any]], run: int) -> Json:
    """A statement for the page: id, text, speaker, how it was attributed, counts, times, printings."""
    canonical, people = passage["canonical_text"], passage["speakers"]
    return _full(
        i=passage["passage_id"],
        t=_cut(canonical),
        l=passage["language"],
        s=passage["speaker"],
        m=passage["attribution_method"],
        c=round(passage["speaker_confidence"], 2),
        w=[[s["speaker"], s["mentions"]] for s in people[:PEOPLE]] if len(people) > 1 else 0,
        x=max(0, len(people) - PEOPLE),
        n=passage["mention_count"],
        u=printings[0]["undated"] if printings else 0,
        a=passage["article_count"],
        k=passage["outlet_count"],
        j=_fewer(passage["independent_outlet_count"], passage["outlet_count"]),
        o=passage["outlets"],
        f=_minutes(passage["first_published_at"]),
        r=int(passage["founded_run"] == run),
        p=[_printing(row, canonical) for row in printings],
    )


def _printing(row: Mapping[str, Any], canonical: str) -> Json:
    """A printing: outlet, time, article, relation, pieces (absent: the canonical text), surroundings."""
    return _full(
        o=row["outlet"],
        d=_minutes(row["published_at"]),
        a=row["article_id"],
        r=row["relation"],
        v=int(row["similarity"]) if row["relation"] != "exact" else 0,
        q=pieces(row["text"], canonical) if row["text"] != canonical else 0,
        b=_before(row["before"]),
        e=_after(row["after"]),
        s=row["speaker_as_printed"],
        c=row["cue"],
        h=int(row["field"] != "body"),
        u=row["url"],
    )


def _fewer(independent: int, outlets: int) -> int:
    """The independent outlets where that says something: fewer than all of them."""
    return independent if independent < outlets else 0


def _before(context: str) -> str:
    """The same paragraph's words before; a first word that was cut goes.

    >>> _before("e end.\\nThe minister said: “"), _before("x" * 60 + " of the quay" * 3 + "“")[:8]
    ('The minister said: “', '… of the')
    """
    own = context.rpartition("\n")[2].lstrip()
    return own if len(own) < CONTEXT else "…" + own[own.find(" ") :]


def _after(context: str) -> str:
    """The same paragraph's words after; a last word that was cut goes."""
    own = context.partition("\n")[0].rstrip()
    return own if len(own) < CONTEXT else own[: own.rfind(" ") + 1] + "…"


def _full(**values: Any) -> Json:
    """Only what says something: null, 0 and "" are left out."""
    return {name: value for name, value in values.items() if value not in (None, 0, "", [])}


def pieces(text: str, canonical: str) -> list[list[Any]]:
    """A printing beside the canonical text: [kind, words], a long stretch left out as its count.

    >>> pieces("We open in June", "We will open in May")
    [[0, 'We '], [2, 'will '], [0, 'open in '], [2, 'May'], [1, 'June']]
    >>> pieces("and so it ends", "one two three four five six seven eight nine ten and eleven and so it ends")
    [[3, 12], [0, 'and so it ends']]
    """
    return [_piece(piece) for piece in differences(_cut(text), _cut(canonical))]


def _piece(piece: Piece) -> list[Any]:
    words = len(piece.text.split())
    if piece.kind == "missing" and words >= GAP_WORDS:
        return [OMITTED, words]
    return [KINDS[piece.kind], piece.text]


def _cut(text: str) -> str:
    return text if len(text) <= LONG else text[:LONG].rsplit(" ", 1)[0] + " …"


def _minutes(when: datetime | None) -> int | None:
    """Minutes since 1970, UTC.

    >>> from datetime import UTC
    >>> _minutes(datetime(1970, 1, 2, 0, 5, tzinfo=UTC))
    1445
    """
    return None if when is None else int(when.timestamp() // 60)
