"""Which statements are the same, printed differently. Pure, on arrays in memory; opens nothing.

The way of a statement: `normalise` (text -> tokens), `vocabulary` (tokens -> words and what they
mean, by the tables of `words_data`), `fingerprints` (hashes and index entries of a batch),
`statements` (the distinct ones of all batches), `candidates` (which pairs are worth comparing),
`compare` (in chunks, for any process), `judge` with `verify` (how alike they are; the only user of
rapidfuzz) and `differences`, `guards`, `misprints` (what keeps them apart, or does not count),
`cluster` (links -> groups). `group` is the whole way, `align` compares one printing with the
canonical one.
"""

from quotesieve.match.align import Alignment, align, changes
from quotesieve.match.fingerprints import Batch, in_memory
from quotesieve.match.group import Grouping, group, shortest

__all__ = ["Alignment", "Batch", "Grouping", "align", "changes", "group", "in_memory", "shortest"]
