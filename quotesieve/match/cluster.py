"""Links -> groups: which links tie, which printing stands for the group, what is kept as evidence.

Strong links tie whatever they join: edited printings of one extent, with every number and name of
the one in the other. All others are weak, that of an excerpt, of a printing which lacks a number, of a
short statement by nobody known: several statements may hold what it says. So everything that is tied
by strong links picks at most one weak link, its best, and two statements are never tied by what was
cut from both.

All choices follow from the set of links and from the statements, never from the order of either.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match.differences import F64, I8
from quotesieve.match.entries import I32
from quotesieve.match.normalise import I64, U64, Bools

EDITED, EXCERPT, IDENTICAL = 0, 1, 3  # 2 is an excerpt that another joins: see `joined`

SAME_WORDS = 101.0  # what the same words count as a weak link: more than an excerpt word for word
NEARLY_FULL = 0.8  # of the words of the fullest printing: among those one without blemish is preferred


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of units that may be linked, `child` being the one that picks among weak links."""

    child: I64
    parent: I64
    kind: I8
    score: F64  # 0-100, of what `kind` asks for
    strong: Bools

    def where(self, which: Bools | I64) -> "Links":
        """Some of the links."""
        return Links(
            self.child[which], self.parent[which], self.kind[which], self.score[which], self.strong[which]
        )


def components(count: int, left: I32 | I64, right: I32 | I64) -> I64:
    """The smallest member of the connected component of each of `count` nodes.

    >>> components(5, np.array([0, 3]), np.array([1, 1])).tolist()
    [0, 0, 2, 0, 4]
    """
    label = np.arange(count)
    while True:
        low = np.minimum(label[left], label[right])
        before = label.copy()
        np.minimum.at(label, label[left], low)
        np.minimum.at(label, label[right], low)
        while True:
            jumped = label[label]
            if np.array_equal(jumped, label):
                break
            label = jumped
        if np.array_equal(before, label):
            return label


def group_units(head: I64, links: Links, size: I32, rank: I64, content: U64, printings: I64) -> I64:
    """The component of each unit: by identity, strong links and the weak links that were picked.

    `head` is the unit that each is identical with, itself if none; `printings` how often each was printed.
    These and `size`, `rank` and `content` settle ties between parents: see `_best_of_each`.
    """
    count, firm = len(head), np.flatnonzero(links.strong)
    same = np.flatnonzero(head != np.arange(count))
    child, parent = links.child[firm], links.parent[firm]
    tied = components(count, np.concatenate((same, child)), np.concatenate((head[same], parent)))
    weak = links.where(np.flatnonzero(~links.strong & (tied[links.child] != tied[links.parent])))
    of_each = np.bincount(tied, weights=printings, minlength=count).astype(np.float64)
    picked = _best_of_each(tied, weak, of_each, size, rank, content)
    own = np.flatnonzero(tied != np.arange(count))
    return components(
        count,
        np.concatenate((tied[own], weak.child[picked])),
        np.concatenate((own, weak.parent[picked])),
    )


def _best_of_each(tied: I64, weak: Links, printings: F64, size: I32, rank: I64, content: U64) -> I64:
    """Indexes of the best link out of every set of tied units, which was printed so often.

    Of parents that fit equally that with the most printings is the likeliest to be cited once more: those
    of its set, and of what fits that set alone. Then the longest, the lowest rank, content.
    """
    score = np.where(weak.kind == IDENTICAL, SAME_WORDS, weak.score)
    out = _highest(np.arange(len(score)), tied[weak.child], score)  # most sets have one such
    likely = _with_sure(tied[weak.child[out]], tied[weak.parent[out]], printings)
    out = _highest(out, tied[weak.child[out]], likely[tied[weak.parent[out]]])
    out = _highest(out, tied[weak.child[out]], size[weak.parent[out]])
    child, parent = weak.child[out], weak.parent[out]
    order = np.lexsort((content[child], content[parent], rank[parent], tied[child]))
    owners = tied[child][order]
    first = np.ones(len(owners), np.bool_)
    first[1:] = owners[1:] != owners[:-1]
    best: I64 = out[order[first]]
    return best


def _highest(rows: I64, owner: I64, values: F64 | I32) -> I64:
    """The rows that have the highest value of their owner: sorting is left for those."""
    best = np.full(int(owner.max(initial=-1)) + 1, -np.inf)
    np.maximum.at(best, owner, values)
    highest: I64 = rows[values == best[owner]]
    return highest


def _with_sure(child: I64, parent: I64, printings: F64) -> F64:
    """The printings of each set, and of those that fit into it alone, by pairs of sets."""
    pairs = np.unique(child << 32 | parent)
    own = pairs >> 32
    alone = np.bincount(own, minlength=len(printings))[own] == 1
    own, fits = own[alone], (pairs & 0xFFFFFFFF)[alone]
    total: F64 = printings + np.bincount(fits, weights=printings[own], minlength=len(printings))
    return total


def dense_labels(groups: I64) -> I64:
    """Labels from 0 in order of first appearance.

    >>> dense_labels(np.array([7, 3, 7, 9])).tolist()
    [0, 1, 0, 2]
    """
    if not len(groups):
        return groups
    first = np.full(int(groups.max()) + 1, len(groups))
    np.minimum.at(first, groups, np.arange(len(groups)))
    begins = np.zeros(len(groups), np.bool_)
    begins[first[first < len(groups)]] = True
    number = np.cumsum(begins) - 1
    dense: I64 = number[first[groups]]
    return dense


def choose_canonical(labels: I64, size: I32, blemished: Bools, rank: I64) -> I64:
    """The statement that stands for each label: the fullest without blemish, then the lowest rank.

    A printing with a blemish (brackets, an ellipsis, broken characters, all capitals) stands only
    where no clean one has nearly as many words: an excerpt is no better than a bracket.
    """
    groups = int(labels.max()) + 1 if len(labels) else 0
    canonical = np.zeros(groups, np.int64)
    canonical[labels] = np.arange(len(labels))  # right where a label has one statement
    several = np.flatnonzero(np.bincount(labels, minlength=groups)[labels] > 1)
    own, size = labels[several], size[several].astype(np.int64)
    fullest = np.zeros(groups, np.int64)
    np.maximum.at(fullest, own, size)
    short = size < NEARLY_FULL * fullest[own]
    # Several keys in one integer sort faster; what is equal stays in order.
    key = (own << 2 | short.astype(np.int64) << 1 | blemished[several]) << 32 | int(
        size.max(initial=0)
    ) - size
    order = several[np.lexsort((rank[several], key))]
    first = np.ones(len(order), np.bool_)
    first[1:] = labels[order[1:]] != labels[order[:-1]]
    canonical[labels[order[first]]] = order[first]
    return canonical


def joined(links: npt.NDArray[np.bool_], parent: I64, start: I32, end: I32, slack: int) -> Bools:
    """True for excerpts beside which another excerpt of the same parent lies, end to end.

    Such a parent joins what others print apart. Only rows of `links` count.
    """
    result = np.zeros(len(parent), np.bool_)
    rows = np.flatnonzero(links)
    rows = rows[np.bincount(parent[rows], minlength=1)[parent[rows]] > 1]
    if not len(rows):
        return result
    scale = int(end.max()) + 2 * slack + 2
    base = parent[rows] * scale + slack
    begins, ends = base + start[rows], base + end[rows]
    result[rows] = _within(ends, begins, slack) | _within(begins, ends, slack)
    return result


def _within(values: I64, others: I64, slack: int) -> Bools:
    """Whether one of the others lies so near to each value."""
    order, keys = np.argsort(values), np.sort(others)  # in order they are found much faster
    own = values[order]
    found = np.zeros(len(values), np.bool_)
    found[order] = np.searchsorted(keys, own + slack, "right") > np.searchsorted(keys, own - slack)
    return found


def top_of_each(owner: I64, score: F64, ties: tuple[I64 | U64, ...], most: int) -> Bools:
    """True for the rows among the `most` best of their owner; the last of `ties` is the first to count."""
    # One integer sorts much faster than several keys: ties are looked at only where they decide. Scores
    # are not negative, so that their bits are in their order; those that fit into the integer come first.
    coarse = np.int64((1 << 40) - 1) - (score.view(np.int64) >> 23)
    key = owner.astype(np.int64) << 40 | coarse
    order = np.argsort(key)
    owners = owner[order]
    new = np.ones(len(owners), np.bool_)
    new[1:] = owners[1:] != owners[:-1]
    starts = np.flatnonzero(new)
    sizes = np.diff(np.append(starts, len(owners)))
    over = starts[sizes > most] + most
    undecided = key[order[over]][key[order[over]] == key[order[over - 1]]] if most else over[:0]
    tied = np.flatnonzero(np.isin(key[order], undecided))
    rows = order[tied]
    order[tied] = rows[np.lexsort((*(values[rows] for values in ties), -score[rows], key[rows]))]
    kept = np.zeros(len(owners), np.bool_)
    kept[order[np.arange(len(owners)) - np.repeat(starts, sizes) < most]] = True
    return kept
