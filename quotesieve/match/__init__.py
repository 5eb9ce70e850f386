"""Which statements are the same, printed differently. Pure, on arrays in memory; opens nothing.

The way of a statement: `normalise` (text -> tokens), `vocabulary` (tokens -> words and what they
mean, by the tables of `words_data`), `statements` (what is kept of all of them), `candidates`
(which pairs are worth comparing), `verify` (how alike they are; the only user of rapidfuzz) with
`guards` (what keeps them apart all the same), `cluster` (links -> groups). `group` is the whole
way, `align` compares one printing with the canonical one.
"""

from quotesieve.match.align import Alignment, align
from quotesieve.match.group import Grouping, group

__all__ = ["Alignment", "Grouping", "align", "group"]
