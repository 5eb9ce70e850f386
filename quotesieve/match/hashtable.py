"""64-bit hashes -> small numbers, whole arrays at a time."""

import numpy as np

from quotesieve.match.normalise import I64, U64


class HashTable:
    """A dictionary from distinct hashes to numbers from 0, which may repeat; open addressing in two arrays.

    >>> table = HashTable()
    >>> table.add(np.array([7, 9], np.uint64), np.array([0, 1]))
    >>> table.find(np.array([9, 8], np.uint64)).tolist()     # 8 is not there
    [1, -1]
    """

    def __init__(self) -> None:
        self._numbers = np.full(1 << 12, -1, np.int32)
        self._hashes = np.zeros(1 << 12, np.uint64)
        self._used = 0

    def find(self, hashes: U64) -> I64:
        """The number of each hash; -1 for one that was never added."""
        slot = self._slot(hashes)
        numbers = self._numbers[slot].astype(np.int64)
        left = np.flatnonzero((self._hashes[slot] != hashes) & (numbers >= 0))  # most are found at once
        while len(left):
            slot[left] = (slot[left] + 1) & (len(self._numbers) - 1)
            numbers[left] = self._numbers[slot[left]]
            left = left[(self._hashes[slot[left]] != hashes[left]) & (numbers[left] >= 0)]
        return numbers

    def add(self, hashes: U64, numbers: I64) -> None:
        """Enter hashes that are new and distinct."""
        self._used += len(hashes)
        if self._used * 10 > len(self._numbers) * 7:
            filled = np.flatnonzero(self._numbers >= 0)
            hashes = np.concatenate((hashes, self._hashes[filled]))
            numbers = np.concatenate((numbers, self._numbers[filled]))
            size = 1 << (self._used * 2).bit_length()
            self._numbers = np.full(size, -1, np.int32)
            self._hashes = np.zeros(size, np.uint64)
        self._place(hashes, numbers)

    def _place(self, hashes: U64, numbers: I64) -> None:
        slot = self._slot(hashes)
        while len(hashes):
            free = np.flatnonzero(self._numbers[slot] < 0)
            self._numbers[slot[free]] = numbers[free]
            self._hashes[slot[free]] = hashes[free]
            # Where several wanted one slot the last has it; the others go on, as do all that found it taken.
            # Told by their hashes: two spellings of one word have one number.
            lost = self._hashes[slot] != hashes
            hashes, numbers = hashes[lost], numbers[lost]
            slot = (slot[lost] + 1) & (len(self._numbers) - 1)

    def _slot(self, hashes: U64) -> I64:
        return (hashes & np.uint64(len(self._numbers) - 1)).astype(np.int64)
