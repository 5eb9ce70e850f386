"""The ids that the snapshot before gave: which mention was in which passage and whose it was.

Reads those of its files that are whole. Who inherits what decides `stages.passages`.
"""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.pipeline.plan import Plan
from quotesieve.stages.passages import NO_PRIOR, Prior, make_prior
from quotesieve.stages.people.identity import NOBODY_BEFORE, PeopleBefore
from quotesieve.store.parquet import read_parts
from quotesieve.store.snapshot import whole_parts
from quotesieve.store.tables import TABLES


@dataclass(frozen=True, slots=True)
class Before:
    """What passages and people inherit."""

    passages: Prior = NO_PRIOR
    people: PeopleBefore = NOBODY_BEFORE


def read_prior(plan: Plan) -> Before:
    """The passages and people of the snapshot before; none if there is none."""
    if plan.previous is None:
        return Before()
    mentions = _read(plan, "mentions", ("mention_id", "passage_id", "speaker_id"))
    passages = make_prior(
        mentions,
        _read(plan, "passages", ("passage_id", "founding_mention_id", "founded_run")),
        _read(plan, "redirects", ("passage_id", "target_passage_id")),
    )
    return Before(passages, _people(plan, mentions))


def _people(plan: Plan, mentions: pa.Table) -> PeopleBefore:
    """People are to `make_prior` what passages are; what founded them is a name."""
    named = mentions.filter(pc.is_valid(mentions.column("speaker_id"))).select(["mention_id", "speaker_id"])
    known = _read(plan, "speakers", ("speaker_id", "founded_run", "founding_name"))
    moved = _read(plan, "speaker_redirects", ("speaker_id", "target_speaker_id"))
    empty = pa.array([""] * known.num_rows, pa.string())
    prior = make_prior(
        named.rename_columns(["mention_id", "passage_id"]),
        pa.table(
            [known.column("speaker_id"), empty, known.column("founded_run")],
            ["passage_id", "founding_mention_id", "founded_run"],
        ),
        moved.rename_columns(["passage_id", "target_passage_id"]),
    )
    return PeopleBefore(prior, known.column("founding_name").to_pylist())


def _read(plan: Plan, table: str, columns: tuple[str, ...]) -> pa.Table:
    """Some columns of a table of the snapshot before; empty if an earlier version did not have it."""
    return read_parts(whole_parts(plan.clean, plan.previous, table, plan.damaged), TABLES[table], columns)
