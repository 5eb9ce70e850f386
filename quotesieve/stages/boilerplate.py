"""Which lines an outlet repeats from story to story: what is counted, and from which count on.

Pure, and a function of the current articles alone: their order and the runs that they came with don't
matter. The lines' hashes carry the outlet and the kind of line (`text.noise.fingerprint`), so that
one array holds all outlets' boilerplate.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from quotesieve.text.noise import LONG_LINE

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Least:
    """From when on a line is boilerplate: so many stories, and such a share of the outlet's."""

    stories: int
    share: float


# A sentence that comes back word for word in follow-ups of one story is in a few of the outlet's stories;
# a template's is in most. Headings ("What we know so far") come back by nature, so short lines take more.
LONG = Least(5, 0.05)
SHORT = Least(10, 0.2)


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Lines that come back often enough to be looked at, sorted, each with its stories and the outlet's."""

    lines: Ints
    stories: Ints
    of: Ints


NOTHING = Counted(*(np.empty(0, np.int64),) * 3)


def count_lines(rows: pa.Table) -> Counted:
    """In how many stories of its outlet each line stands. `rows` are those of store.fingerprints.

    A reprint is no second story, so that a line is never removed for having been printed again with
    its article: counted are articles most of whose longest paragraphs stand nowhere else in the outlet,
    and of the others those that differ in their longest and in their second longest.
    """
    lines, parents = _flat(rows, "lines")
    frequent = _frequent(lines)
    lines, parents = lines[frequent], parents[frequent]
    if not len(lines):
        return NOTHING
    longest, is_original = _stories(rows)
    values, place = np.unique(lines, return_inverse=True)
    count = _stories_with_each(place, lines, longest[parents], is_original[parents], len(values))
    outlets = np.asarray(rows.column("outlet").combine_chunks().dictionary_encode().indices, np.int64)
    every = _distinct(outlets, longest[:, 0], int(outlets.max()) + 1)
    own = np.empty(len(values), np.int64)
    own[place] = every[outlets[parents]]
    return Counted(values, count, own)


def boilerplate_lines(rows: pa.Table) -> Ints:
    """Hashes of the lines that are boilerplate, sorted."""
    found = count_lines(rows)
    is_long = found.lines & 3 == LONG_LINE
    least = np.where(is_long, LONG.stories, SHORT.stories)
    share = np.where(is_long, LONG.share, SHORT.share)
    lines: Ints = found.lines[(found.stories >= least) & (found.stories >= share * found.of)]
    return lines


def _stories(rows: pa.Table) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """The three longest paragraphs of each article (0 where there are fewer), and whether it is original.

    It is if at least half of its longest paragraphs stand in no other article of the outlet.
    """
    paragraphs, parents = _flat(rows, "story")
    size = np.bincount(parents, minlength=rows.num_rows)
    position = np.arange(len(parents)) - (np.cumsum(size) - size)[parents]
    longest = np.zeros((rows.num_rows, 3), np.int64)
    first = position < 3
    longest[parents[first], position[first]] = paragraphs[first]
    _, place, counts = np.unique(paragraphs, return_inverse=True, return_counts=True)
    alone = np.bincount(parents[counts[place] == 1], minlength=rows.num_rows)
    return longest, 2 * alone >= size


def _stories_with_each(
    place: Ints, lines: Ints, longest: Ints, is_original: npt.NDArray[np.bool_], size: int
) -> Ints:
    """In how many stories each line stands; one row a line and article. The line itself tells no story."""
    first = np.where(longest[:, 0] == lines, longest[:, 1], longest[:, 0])
    second = np.where((longest[:, :2] == lines[:, None]).any(axis=1), longest[:, 2], longest[:, 1])
    other = ~is_original
    again = np.minimum(*(_distinct(place[other], story[other], size) for story in (first, second)))
    counts: Ints = np.bincount(place[is_original], minlength=size) + again
    return counts


def stale(rows: pa.Table, known: Ints) -> npt.NDArray[np.bool_]:
    """Which articles were cleaned by another state of their lines than `known` says."""
    lines, parents = _flat(rows, "lines")
    removed, owners = _flat(rows, "removed")
    is_known = np.isin(lines, known)
    wanted = np.bincount(parents[is_known], minlength=rows.num_rows)
    had = np.bincount(owners, minlength=rows.num_rows)
    kept = np.bincount(owners[np.isin(removed, known)], minlength=rows.num_rows)
    differs: npt.NDArray[np.bool_] = (wanted != had) | (kept != had)
    return differs


def _frequent(lines: Ints) -> npt.NDArray[np.bool_]:
    """Whether each line is in enough articles to be looked at: nearly all are in one alone."""
    _, place, counts = np.unique(lines, return_inverse=True, return_counts=True)
    frequent: npt.NDArray[np.bool_] = (counts >= min(LONG.stories, SHORT.stories))[place]
    return frequent


def _distinct(groups: Ints, values: Ints, size: int) -> Ints:
    """How many different values each group has.

    >>> _distinct(np.array([0, 0, 1, 0]), np.array([7, 7, 7, 8]), 2).tolist()
    [2, 1]
    """
    order = np.lexsort((values, groups))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(groups[order]) != 0) | (np.diff(values[order]) != 0)
    counts: Ints = np.bincount(groups[order][new], minlength=size)
    return counts


def _flat(rows: pa.Table, column: str) -> tuple[Ints, Ints]:
    """The values of a list column end to end, and the row of each."""
    values = rows.column(column).combine_chunks()
    flat = np.asarray(pc.list_flatten(values), np.int64)
    return flat, np.asarray(pc.list_parent_indices(values), np.int64)
