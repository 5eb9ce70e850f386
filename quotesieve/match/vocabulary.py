"""Words and what they mean: ids, what a word is compared as, and the units that are matched.

A `Vocabulary` numbers the distinct words of a run and says of each what kind it is (a number, a
negation, never a name) from the tables in `words_data`. `encode` turns the tokens of a block into
ids after the rewriting that makes contractions, number words and "%" neutral and takes out asides
("A," he said, "B").
"""

from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from quotesieve.match import contractions, words_data
from quotesieve.match.guards import is_figure, magnitude
from quotesieve.match.hashtable import HashTable
from quotesieve.match.normalise import (
    ALL_CAPS,
    BRACKETED,
    BREAK,
    CAPITAL,
    GAP,
    I64,
    LETTERS_OF_SIGN,
    MAX_LETTERS,
    START,
    SYMBOL,
    U8,
    U64,
    Bools,
    Tokens,
)

# Kinds of words: bits.
NUMBER = 1
NEGATION = 2
FUNCTION = 4  # never a name
SPEECH = 8  # a verb of an aside
CALENDAR = 16  # a day or a month
AFFIX = 32  # "m", "bn": a scale after a figure
MONEY = 64  # a sign of a currency
TITLE = 128  # "Mr": a point after it ends no sentence

# Flags of a word in its statement: bits.
NAME = 1  # printed with a capital within a sentence
PLAIN = 2  # no name: in lower case where a name would show, or a function word, or a figure
# and GAP, BRACKETED of `normalise`

_ASIDE_WORDS = 6  # "added the finance minister of Freedonia"
_CURRENCY = "$£€¥₹₽₩₺₴₪฿₫₱"


def _union(tables: dict[str, str]) -> frozenset[str]:
    return frozenset(word for words in tables.values() for word in words.split())


_NEGATIONS = _union(words_data.NEGATIONS)
_SCALES = _union(words_data.SCALES)
_FUNCTION = _union(words_data.FUNCTION_WORDS)
_SPEECH = _union(words_data.SPEECH_VERBS)
_CALENDAR = _union(words_data.CALENDAR)
_TITLES = _union(words_data.TITLES)
# A bit a row of the table; the numbers of the rows mean nothing.
_MODALS = {
    word: 1 << row for row, languages in enumerate(words_data.MODALS.values()) for word in _union(languages)
}
_REWRITES = {
    word: tuple(words.split())
    for tables in (words_data.SPELLED_OUT, words_data.NUMBERS)
    for table in tables.values()
    for word, words in table.items()
}
_REWRITES |= {
    word.replace("'", ""): words
    for word, words in _REWRITES.items()
    if word.replace("'", "") in words_data.LOST_APOSTROPHE.split()
}


def spelled_out(word: str) -> tuple[str, ...]:
    """The words that a folded word is compared as.

    >>> spelled_out("don't"), spelled_out("three"), spelled_out("minister's")
    (('do', 'not'), ('3',), ('minister',))
    >>> spelled_out("3.50"), spelled_out("its")
    (('3.5',), ('its',))
    >>> spelled_out("desn't"), spelled_out("do'nt"), spelled_out("doesn'tlike")   # misprinted
    (('does', 'not'), ('do', 'not'), ('does', 'not', 'like'))
    """
    if word in _REWRITES:
        return _REWRITES[word]
    if "'" in word and (negated := contractions.spelled_out(word)):
        return negated
    if word.endswith("'s"):
        return (word[:-2],)
    if word[0].isdigit() and "." in word:
        return (word.rstrip("0").rstrip("."),)
    return (word,)


def kind_of(word: str) -> int:
    """The kinds of a spelled-out word, as bits.

    >>> kind_of("2030") == NUMBER, kind_of("never") == NEGATION | FUNCTION, kind_of("a1ways")
    (True, True, 0)
    """
    kind = 0
    if word in _SCALES or word.replace(".", "").isdigit():
        kind |= NUMBER
    if word in _CURRENCY:
        kind |= MONEY
    if word in _NEGATIONS:
        kind |= NEGATION
    if word in _FUNCTION or word in _NEGATIONS or word in _SPEECH:
        kind |= FUNCTION
    if word in _SPEECH:
        kind |= SPEECH
    if word in _CALENDAR:
        kind |= CALENDAR
    if word in words_data.AFTER_FIGURE:
        kind |= AFFIX
    if word in _TITLES:
        kind |= TITLE
    return kind


def modality_of(word: str) -> int:
    """What a modal verb says of a statement, as a bit; 0 for other words.

    >>> modality_of("can") == modality_of("could"), modality_of("must") == modality_of("should")
    (True, False)
    """
    return _MODALS.get(word, 0)


class Vocabulary:
    """Numbers words in the order they come; looks up whole arrays of hashes at once.

    Every word has a number, and beside it the numbers of the words it is compared as. Nothing
    that decides a link depends on the numbers: only on the words behind them.
    """

    def __init__(self) -> None:
        self.words: list[str] = []
        self._ids: dict[str, int] = {}
        self._kinds: list[int] = []
        self._letters: list[int] = []
        self._hashes: list[int] = []
        self._spelled: list[tuple[int, ...]] = []
        self._magnitudes: list[float] = []
        self._figures: list[bool] = []
        self._modalities: list[int] = []
        self._arrays = _Arrays.of([], [], [], [], [], [], [])
        self._of_hash = HashTable()

    def __len__(self) -> int:
        return len(self.words)

    def number(self, word: str, *, symbol: bool = False) -> int:
        """The number of a word, new or known."""
        known = self._ids.get(word)
        if known is not None:
            return known
        index = len(self.words)
        self.words.append(word)
        self._ids[word] = index
        self._kinds.append(kind_of(word))
        self._letters.append(LETTERS_OF_SIGN if symbol else min(len(word), MAX_LETTERS))
        digest = blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        self._hashes.append(int.from_bytes(digest))
        numeric = self._kinds[index] & NUMBER
        self._magnitudes.append(magnitude(word) if numeric else 0.0)
        self._figures.append(bool(numeric) and is_figure(word))
        self._modalities.append(modality_of(word))
        parts = spelled_out(word)
        self._spelled.append((index,))
        if parts != (word,):
            self._spelled[index] = tuple(self.number(part) for part in parts)
        return index

    def arrays(self) -> "_Arrays":
        """What is known of the words, as arrays by number."""
        known = len(self._arrays.kinds)
        if known < len(self.words):
            more = _Arrays.of(
                self._kinds[known:],
                self._letters[known:],
                self._hashes[known:],
                self._spelled[known:],
                self._magnitudes[known:],
                self._figures[known:],
                self._modalities[known:],
            )
            self._arrays = self._arrays.extended(more)
        return self._arrays

    def numbers_of(self, tokens: Tokens) -> I64:
        """The number of each token's own word, before it is spelled out."""
        numbers = self._of_hash.find(tokens.hashes)
        missing = np.flatnonzero(numbers < 0)
        if len(missing):
            self._learn(tokens, missing)
            numbers[missing] = self._of_hash.find(tokens.hashes[missing])
        return numbers

    def _learn(self, tokens: Tokens, at: I64) -> None:
        """Enter the words of the given tokens."""
        _, first = np.unique(tokens.hashes[at], return_index=True)
        at = at[np.sort(first)]
        symbols = ((tokens.flags[at] & SYMBOL) > 0).tolist()
        words = zip(tokens.words(at), symbols, strict=True)
        numbers = [self.number(word, symbol=symbol) for word, symbol in words]
        self._of_hash.add(tokens.hashes[at], np.array(numbers, np.int64))


@dataclass(frozen=True, slots=True)
class _Arrays:
    """What a vocabulary knows, by the number of the word."""

    kinds: U8
    letters: U8
    hashes: U64  # the same in every run
    spelled_first: I64  # one longer
    spelled_words: I64
    magnitudes: npt.NDArray[np.float64]  # see `guards.magnitude`
    figures: Bools
    modalities: U8  # see `modality_of`

    @classmethod
    def of(
        cls,
        kinds: list[int],
        letters: list[int],
        hashes: list[int],
        spelled: list[tuple[int, ...]],
        magnitudes: list[float],
        figures: list[bool],
        modalities: list[int],
    ) -> "_Arrays":
        """From lists, one item a word."""
        first = np.zeros(len(spelled) + 1, np.int64)
        np.cumsum(np.array([len(row) for row in spelled], np.int64), out=first[1:])
        words = np.array([item for row in spelled for item in row], np.int64)
        return cls(
            np.array(kinds, np.uint8),
            np.array(letters, np.uint8),
            np.array(hashes, np.uint64),
            first,
            words,
            np.array(magnitudes, np.float64),
            np.array(figures, np.bool_),
            np.array(modalities, np.uint8),
        )

    def extended(self, more: "_Arrays") -> "_Arrays":
        """These words and more."""
        return _Arrays(
            np.concatenate((self.kinds, more.kinds)),
            np.concatenate((self.letters, more.letters)),
            np.concatenate((self.hashes, more.hashes)),
            np.concatenate((self.spelled_first, more.spelled_first[1:] + self.spelled_first[-1])),
            np.concatenate((self.spelled_words, more.spelled_words)),
            np.concatenate((self.magnitudes, more.magnitudes)),
            np.concatenate((self.figures, more.figures)),
            np.concatenate((self.modalities, more.modalities)),
        )


@dataclass(frozen=True, slots=True)
class Words:
    """Statements as they are compared: `first[i]` and `first[i + 1]` bound the words of statement i."""

    first: I64
    numbers: I64  # in the vocabulary
    flags: U8
    blemished: Bools  # a statement: not to stand for others if there is a better printing

    def __len__(self) -> int:
        return len(self.first) - 1


def encode(tokens: Tokens, vocabulary: Vocabulary) -> Words:
    """Tokens -> the words that are compared.

    >>> vocabulary = Vocabulary()
    >>> from quotesieve.match.normalise import tokenise
    >>> words = encode(tokenise(["“It won’t cost $3.4bn,” said Ada Bell, “or 5 per cent.”"]), vocabulary)
    >>> " ".join(vocabulary.words[n] for n in words.numbers)
    'it will not cost $ 3.4 billion or 5 percent'
    """
    own = vocabulary.numbers_of(tokens)
    arrays = vocabulary.arrays()
    count = (arrays.spelled_first[own + 1] - arrays.spelled_first[own]).astype(np.int64)
    total = np.zeros(len(own) + 1, np.int64)
    np.cumsum(count, out=total[1:])
    source = np.repeat(np.arange(len(own)), count)
    within = np.arange(int(total[-1])) - total[:-1][source]
    numbers = arrays.spelled_words[arrays.spelled_first[own[source]] + within]
    flags = tokens.flags[source]
    flags[within > 0] &= ~np.uint8(START | BREAK | GAP)
    first = total[tokens.first]
    inner = np.ones(len(numbers) + 1, np.bool_)
    inner[first] = False
    numbers, joined = _join_words(numbers, inner[:-1], vocabulary)
    arrays = vocabulary.arrays()
    asides = _asides(arrays.kinds[numbers], flags, first)
    blemished = tokens.blemished.copy()
    blemished[np.searchsorted(first, np.flatnonzero(asides), "right") - 1] = True
    single_case, marks = _name_flags(arrays.kinds[numbers], flags, first, inner[:-1])
    blemished |= single_case & (np.diff(first) > _ASIDE_WORDS)
    kept = ~(asides | joined)
    shift = np.zeros(len(kept) + 1, np.int64)
    np.cumsum(kept, out=shift[1:])
    return Words(shift[first], numbers[kept], marks[kept], blemished)


def _join_words(numbers: I64, inner: Bools, vocabulary: Vocabulary) -> tuple[I64, Bools]:
    """Make "m" after a figure a million, and pairs one word; True where a word is to go.

    `inner` tells the words that are not the first of their statement.
    """
    numbers = numbers.copy()
    gone = np.zeros(len(numbers), np.bool_)
    kinds = vocabulary.arrays().kinds
    affix = np.flatnonzero(((kinds[numbers] & AFFIX) > 0) & inner)
    affix = affix[(kinds[numbers[affix - 1]] & NUMBER) > 0]
    for at in affix.tolist():
        numbers[at] = vocabulary.number(words_data.AFTER_FIGURE[vocabulary.words[numbers[at]]])
    for (left, right), word in words_data.JOINED.items():
        second = np.flatnonzero((numbers == vocabulary.number(right)) & inner)
        second = second[numbers[second - 1] == vocabulary.number(left)]
        gone[second - 1] = True
        numbers[second] = vocabulary.number(word)
    return numbers, gone


def _asides(kinds: U8, flags: U8, first: I64) -> Bools:
    """The words of asides: few, with a verb of speech, between two quotation marks or dashes.

    `He said "we said no" twice` loses nothing: there must be words of the statement before and
    after. What the statement itself puts between dashes with such a verb is lost in every printing.
    """
    found = np.zeros(len(kinds), np.bool_)
    verbs = np.flatnonzero(kinds & SPEECH)
    breaks = np.flatnonzero(flags & BREAK)
    if not len(verbs) or not len(breaks):
        return found
    after = np.searchsorted(breaks, verbs, "right")
    verbs, after = verbs[(after > 0) & (after < len(breaks))], after[(after > 0) & (after < len(breaks))]
    start, end = breaks[after - 1], breaks[after]
    statement = np.searchsorted(first, verbs, "right") - 1
    inner = (start > first[statement]) & (end < first[statement + 1]) & (end - start <= _ASIDE_WORDS)
    inner &= verbs - start <= 3
    for a, b in zip(start[inner].tolist(), end[inner].tolist(), strict=True):
        found[a:b] = True
    return found


def _name_flags(kinds: U8, flags: U8, first: I64, inner: Bools) -> tuple[Bools, U8]:
    """Whether each statement is all in one case, and the flags of each word in its statement."""
    capital = (flags & CAPITAL) > 0
    caps = np.add.reduceat(np.append(flags & ALL_CAPS, 0) > 0, first[:-1], dtype=np.int64)
    capitals = np.add.reduceat(np.append(capital, False), first[:-1], dtype=np.int64)
    count = np.diff(first)
    single_case = (count > 0) & ((capitals == 0) | (caps * 2 > count))
    start = (flags & START) > 0
    titled = np.flatnonzero(kinds[:-1] & TITLE) + 1
    start[titled[inner[titled]]] = False
    may_be = (kinds & (FUNCTION | NUMBER | NEGATION)) == 0
    may_be &= (flags & SYMBOL) == 0
    unsure = np.repeat(single_case, count)
    name = (capital & ~start & ~unsure & may_be) | ((kinds & CALENDAR) > 0)
    plain = ~name & (~may_be | ~(unsure | capital))
    marks = name.astype(np.uint8) * NAME | plain.astype(np.uint8) * PLAIN
    return single_case, marks | (flags & (GAP | BRACKETED))
