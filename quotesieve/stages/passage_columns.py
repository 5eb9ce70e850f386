"""Rows of the passages table: what a statement is, of all its printings together.

Nine passages in ten were printed once; they are made column by column, the others one by one. Knows
nothing of how groups are found, or of files.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from quotesieve.stages.passages import NO_TIME, Codes, Identity, Ints, Members, MentionColumns

# By the name of the column, in the order of the groups.
Columns = dict[str, list[Any]]


def passage_columns(
    columns: MentionColumns, members: Members, groups: Ints, canonical: Ints, identity: Identity
) -> Columns:
    """The columns of the passages table for some groups, but for texts and independent outlets.

    `canonical` is the index of the mention that stands for each group of all. Times are microseconds since
    1970, as Arrow takes them.
    """
    best, sizes = canonical[groups], members.sizes[groups]
    made = _singles(columns, best)
    for place in np.flatnonzero(sizes > 1).tolist():
        for name, value in _several(columns, members[groups[place]]).items():
            made[name][place] = value
    return made | {
        "passage_id": identity.passage_ids[groups].astype(str).tolist(),
        "canonical_mention_id": columns.ids[best].astype(str).tolist(),
        "founding_mention_id": identity.founding_ids[groups].astype(str).tolist(),
        "founded_run": identity.founded_run[groups].tolist(),
        "language": _named(columns.languages, columns.language[best]),
    }


def _singles(columns: MentionColumns, at: Ints) -> Columns:
    """Of passages that were printed once, in these mentions."""
    ones = [1] * len(at)
    speakers = _named(columns.speakers, columns.speaker[at])
    outlets = _named(columns.outlets, columns.outlet[at])
    published = _times(columns.published[at])
    return {
        "speaker": speakers,
        "speaker_id": _named(columns.speaker_ids, columns.speaker[at]),
        "attribution_method": _named(columns.methods, columns.method[at]),
        "speaker_confidence": columns.confidence[at].tolist(),
        "mention_count": ones.copy(),
        "article_count": ones.copy(),
        "outlet_count": ones.copy(),
        "outlets": [[outlet] if outlet is not None else [] for outlet in outlets],
        "speakers": [[{"speaker": name, "mentions": 1}] if name else [] for name in speakers],
        "first_published_at": published,
        "last_published_at": published.copy(),
        "first_fetched_at": _times(columns.fetched[at]),
    }


def _several(columns: MentionColumns, members: Ints) -> dict[str, Any]:
    credited = _credits(columns, members)
    speaker = credited[0][0] if credited else -1
    surest = _surest(columns, members, speaker)
    name = columns.speakers[speaker] if speaker >= 0 else None
    known = columns.outlet[members] >= 0
    outlets = np.unique(columns.outlet[members][known])
    unknown = np.unique(columns.article[members][~known])
    dated = columns.published[members][columns.published[members] != NO_TIME]
    return {
        "speaker": name,
        "speaker_id": columns.speaker_ids[speaker] if speaker >= 0 else None,
        "attribution_method": columns.methods[columns.method[surest]],
        "speaker_confidence": float(columns.confidence[surest]),
        "mention_count": len(members),
        "article_count": len(np.unique(columns.article[members])),
        "outlet_count": len(outlets) + len(unknown),
        "outlets": sorted(columns.outlets[code] for code in outlets),
        "speakers": [{"speaker": columns.speakers[code], "mentions": count} for code, count, _ in credited],
        "first_published_at": int(dated.min()) if len(dated) else None,
        "last_published_at": int(dated.max()) if len(dated) else None,
        "first_fetched_at": _times(columns.fetched[members].min(keepdims=True))[0],
    }


def _credits(columns: MentionColumns, members: Ints) -> list[tuple[int, int, float]]:
    """(speaker, mentions, summed confidence) of everybody credited: most and surest first.

    A name goes before a descriptor: one outlet's "a spokeswoman" is another's Ada Bell.
    """
    counts: Counter[int] = Counter()
    weight: defaultdict[int, float] = defaultdict(float)
    named: set[int] = set()
    for index in members.tolist():
        code = int(columns.speaker[index])
        if code >= 0:
            counts[code] += 1
            weight[code] += float(columns.confidence[index])
            if columns.is_named[index]:
                named.add(code)
    order = sorted(
        counts,
        key=lambda code: (
            code not in named,
            -round(weight[code], 6),
            columns.speakers[code],
            columns.speaker_ids[code] or "",
        ),
    )
    return [(code, counts[code], weight[code]) for code in order]


def _surest(columns: MentionColumns, members: Ints, speaker: int) -> int:
    """The most confident mention of that speaker, or of nobody where nobody is credited."""
    own = members[columns.speaker[members] == speaker] if speaker >= 0 else members
    return int(min(own.tolist(), key=lambda i: (-float(columns.confidence[i]), columns.ids[i])))


def _named(names: Sequence[str | None], codes: Codes | Ints) -> list[str | None]:
    return [names[code] if code >= 0 else None for code in codes.tolist()]


def _times(values: Ints) -> list[int | None]:
    return [None if value == NO_TIME else value for value in values.tolist()]
