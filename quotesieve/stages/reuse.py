"""Which articles share text: pairs of articles with paragraphs or statements in common.

Pairs come from groups that `match` found, never from comparing articles. In a group of up to
ALL_PAIRS articles every two are a pair; in a larger one each is paired with the earliest alone, so
that a line which stands in every article costs a row an article; what that leaves out is counted.
Once a pair is there, everything that it shares counts, by whichever groups.

Works on codes and numbers of all articles of a run, block by block. Opens nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from quotesieve.match.cluster import components
from quotesieve.stages.passages import NO_TIME, Codes, Ints

Bools = npt.NDArray[np.bool_]

ALL_PAIRS = 12  # articles in a group up to which every two of them are a pair
BLOCK = 500_000  # groups of the articles of pairs that are measured at once: some tens of megabytes
# An article is a copy of another if both have so much of the shorter one's own words, those outside of
# quotes, in common paragraphs: what two reporters write alike of one speech is the speech.
COPY_SHARE, COPY_WORDS = 0.5, 15
FRAME_WORDS = 12  # words around a quote that two articles do not both write by chance
WIRE_REACH = 4  # known outlets that print a paragraph from which on copies are taken for a wire's


@dataclass(frozen=True, slots=True)
class Sources:
    """The current articles of a run, one value each; -1 is unknown, and articles are numbers from here on."""

    outlet: Codes
    published: Ints  # first moment, microseconds, NO_TIME if unknown
    until: Ints  # last moment: a day later where only the day is known
    rank: Ints  # by publication, then id: which of two comes first where dates do not tell


@dataclass(frozen=True, slots=True)
class Parts:
    """Paragraphs, or statements as printed: the article, the group and the words of each."""

    article: Codes
    group: Codes
    words: Codes


@dataclass(frozen=True, slots=True)
class Printed:
    """The statements as printed, and for each the paragraph (its number among all, -1 if in none)."""

    parts: Parts
    paragraph: Codes


@dataclass(frozen=True, slots=True)
class Shared:
    """Pairs of articles and what they share. `left` is earlier where `earlier` says so."""

    left: Codes
    right: Codes
    earlier: Bools
    paragraphs: Codes
    passages: Codes
    left_words: Codes  # in shared paragraphs, or in shared statements outside of them
    right_words: Codes
    left_share: npt.NDArray[np.float32]  # of the words of the body
    right_share: npt.NDArray[np.float32]
    copy: Bools
    reach: Codes  # known outlets that print the most widespread of the shared paragraphs

    def __len__(self) -> int:
        return len(self.left)


@dataclass(frozen=True, slots=True)
class _Memberships:
    """The groups of each article, ascending by article, then group; both as one key."""

    key: Ints
    first: Ints  # of each article
    words: Ints
    own_words: Ints  # outside of quotes


class Sharing:
    """Everything that articles have, ready to be asked for what two of them share.

    `frames` has for each statement the group of the paragraph that it stands in, if that says enough
    around it, else -1.
    """

    def __init__(self, sources: Sources, paragraphs: Parts, printed: Printed) -> None:
        self._sources = sources
        count, statements = len(sources.outlet), printed.parts
        inside = printed.paragraph >= 0
        quoted = np.bincount(
            printed.paragraph[inside], weights=statements.words[inside], minlength=len(paragraphs.words)
        )
        own = np.maximum(paragraphs.words - quoted.astype(np.int64), 0)
        framed = inside & (own[printed.paragraph] >= FRAME_WORDS) if len(own) else inside
        self.frames: Ints = np.where(framed, paragraphs.group[printed.paragraph] if len(own) else -1, -1)
        self._scale = 1 + max(_highest(paragraphs.group), _highest(statements.group))
        self._copies = _memberships(paragraphs, paragraphs.words, own, self._scale, count)
        body = np.where(inside, statements.words, 0)
        self._passages = _memberships(statements, body, body, self._scale, count)
        self._body = np.bincount(paragraphs.article, weights=paragraphs.words, minlength=count)
        self._own = np.bincount(paragraphs.article, weights=own, minlength=count)
        self._reach = _reach(paragraphs, sources.outlet)
        # A statement within a paragraph is counted with it where both articles have the paragraph.
        quotes = np.flatnonzero(inside & _in_several(statements.group))
        keys = statements.article[quotes].astype(np.int64) * self._scale + statements.group[quotes]
        order = np.argsort(keys, kind="stable")
        self._quote_key = keys[order]
        self._quote_words = statements.words[quotes[order]]
        self._quote_copies = paragraphs.group[printed.paragraph[quotes[order]]]

    def pairs(self) -> tuple[Ints, int]:
        """Pairs of articles, as left * articles + right, ascending; and how many were left out at most."""
        count = len(self._sources.outlet)
        found, left_out = [np.empty(0, np.int64)], 0
        for memberships in (self._copies, self._passages):
            pairs, cut = _pairs(
                memberships.key // self._scale, memberships.key % self._scale, self._sources.rank
            )
            left_out += cut
            found.append(pairs[:, 0] * count + pairs[:, 1])
        return np.unique(np.concatenate(found)), left_out

    def measured(self, pairs: Ints) -> Iterator[Shared]:
        """What the pairs share, block by block."""
        count = len(self._sources.outlet)
        many = np.diff(self._copies.first) + np.diff(self._passages.first)
        before = np.cumsum(many[pairs // count])
        blocks = int(before[-1]) // BLOCK + 1 if len(pairs) else 0
        for own in np.split(pairs, np.searchsorted(before, np.arange(1, blocks) * BLOCK)):
            yield self._measure(own // count, own % count)

    def _measure(self, left: Ints, right: Ints) -> Shared:
        copies = _common(self._copies, left, right, self._scale)
        passages = _common(self._passages, left, right, self._scale)
        count = len(left)
        shared = np.sort(copies.pair * self._scale + copies.group)
        words, own = [], []
        for side, at in ((left, copies.left), (right, copies.right)):
            by_paragraph = np.bincount(copies.pair, weights=self._copies.words[at], minlength=count)
            words.append(by_paragraph + self._quoted(side, passages, shared, count))
            own.append(np.bincount(copies.pair, weights=self._copies.own_words[at], minlength=count))
        reach = np.zeros(count, np.int64)
        np.maximum.at(reach, copies.pair, self._reach[copies.group])
        total = np.maximum(self._own[left], 1), np.maximum(self._own[right], 1)
        shorter = np.where(total[0] <= total[1], own[0] / total[0], own[1] / total[1])
        shares = [
            np.minimum(part / np.maximum(self._body[side], 1), 1)
            for part, side in ((words[0], left), (words[1], right))
        ]
        return Shared(
            left.astype(np.int32),
            right.astype(np.int32),
            earlier(self._sources, left, right),
            np.bincount(copies.pair, minlength=count).astype(np.int32),
            np.bincount(passages.pair, minlength=count).astype(np.int32),
            words[0].astype(np.int32),
            words[1].astype(np.int32),
            shares[0].astype(np.float32),
            shares[1].astype(np.float32),
            (shorter >= COPY_SHARE) & (np.minimum(own[0], own[1]) >= COPY_WORDS),
            reach.astype(np.int32),
        )

    def _quoted(self, side: Ints, passages: "_Common", shared: Ints, count: int) -> npt.NDArray[np.float64]:
        """Words of shared statements that stand outside of the shared paragraphs, by pair."""
        wanted = side[passages.pair] * self._scale + passages.group
        begin = np.searchsorted(self._quote_key, wanted)
        many = np.searchsorted(self._quote_key, wanted, "right") - begin
        pair = np.repeat(passages.pair, many)
        row = np.repeat(begin - np.cumsum(many) + many, many) + np.arange(int(many.sum()))
        outside = ~_among(shared, pair * self._scale + self._quote_copies[row])
        weights = self._quote_words[row[outside]]
        return np.bincount(pair[outside], weights=weights, minlength=count).astype(np.float64)


def earlier(sources: Sources, left: Ints, right: Ints) -> Bools:
    """Whether the dates say that left was published before right: a day is over when the next begins."""
    known = (sources.published[left] != NO_TIME) & (sources.published[right] != NO_TIME)
    before = sources.published[left] < sources.published[right]
    found: Bools = known & before & (sources.until[left] <= sources.published[right])
    return found


def origins(count: int, copies: list[tuple[Codes, Codes]]) -> Ints:
    """For each article the number of what it is a copy of, with all other copies of that."""
    left = np.concatenate([np.empty(0, np.int32), *(pair[0] for pair in copies)])
    right = np.concatenate([np.empty(0, np.int32), *(pair[1] for pair in copies)])
    return components(count, left, right)


def _highest(values: Codes) -> int:
    return int(values.max()) if len(values) else 0


def _among(sorted_keys: Ints, wanted: Ints) -> Bools:
    """Which of the wanted are among sorted keys."""
    if not len(sorted_keys):
        return np.zeros(len(wanted), np.bool_)
    at = np.minimum(np.searchsorted(sorted_keys, wanted), len(sorted_keys) - 1)
    found: Bools = sorted_keys[at] == wanted
    return found


def _in_several(groups: Codes) -> Bools:
    """Whether there are others in the group of each; of most there are none, and they need no looking at."""
    found: Bools = (np.bincount(groups) > 1)[groups]
    return found


def _memberships(
    parts: Parts, words: Ints | Codes, own: Ints | Codes, scale: int, count: int
) -> _Memberships:
    """The groups of each article that another article has, too."""
    rows = np.flatnonzero(_in_several(parts.group))
    keys = parts.article[rows].astype(np.int64) * scale + parts.group[rows]
    key, inverse = np.unique(keys, return_inverse=True)
    several = np.bincount(key % scale, minlength=scale)[key % scale] > 1
    sums = [
        np.bincount(inverse, weights=values[rows], minlength=len(key)).astype(np.int64)
        for values in (words, own)
    ]
    kept = key[several]
    return _Memberships(
        kept, np.searchsorted(kept, np.arange(count + 1) * scale), sums[0][several], sums[1][several]
    )


def _reach(paragraphs: Parts, outlet: Codes) -> Ints:
    """How many known outlets print each group of several paragraphs."""
    known = np.flatnonzero(_in_several(paragraphs.group))
    known = known[outlet[paragraphs.article[known]] >= 0]
    scale = _highest(outlet) + 1
    groups = paragraphs.group[known].astype(np.int64)
    pairs = np.unique(groups * scale + outlet[paragraphs.article[known]])
    return np.bincount(pairs // scale, minlength=_highest(paragraphs.group) + 1)


def _pairs(article: Ints, group: Ints, rank: Ints) -> tuple[Ints, int]:
    """The pairs under each group, and how many were left out."""
    order = np.lexsort((rank[article], group))
    article, group = article[order], group[order]
    starts = np.flatnonzero(np.concatenate(([True], group[1:] != group[:-1]))) if len(group) else group
    sizes = np.diff(np.append(starts, len(group)))
    found = [np.empty((0, 2), np.int64)]
    for size in np.unique(sizes[sizes <= ALL_PAIRS]).tolist():
        members = article[starts[sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        found.append(np.stack((members[:, one].ravel(), members[:, other].ravel()), axis=1))
    large = np.flatnonzero(sizes > ALL_PAIRS)
    for begin, size in zip(starts[large].tolist(), sizes[large].tolist(), strict=True):
        others = article[begin + 1 : begin + size]
        found.append(np.stack((np.full(size - 1, article[begin]), others), axis=1))
    left_out = int(((sizes[large] - 1) * (sizes[large] - 2) // 2).sum())
    pairs = np.concatenate(found)
    later = rank[pairs[:, 0]] > rank[pairs[:, 1]]
    pairs[later] = pairs[later][:, ::-1]
    return pairs, left_out


@dataclass(frozen=True, slots=True)
class _Common:
    """Groups that both articles of a pair have: the pair, the group, and each side's membership."""

    pair: Ints
    group: Ints
    left: Ints
    right: Ints


def _common(of: _Memberships, left: Ints, right: Ints, scale: int) -> _Common:
    many = of.first[left + 1] - of.first[left]
    pair = np.repeat(np.arange(len(left)), many)
    before = np.cumsum(many) - many
    mine = np.repeat(of.first[left] - before, many) + np.arange(int(many.sum()))
    group = of.key[mine] % scale
    wanted = right[pair] * scale + group
    both = _among(of.key, wanted)
    pair, group, mine, wanted = pair[both], group[both], mine[both], wanted[both]
    return _Common(pair, group, mine, np.searchsorted(of.key, wanted))
