"""Which mentions name the same person, across articles and outlets: `find_people` is the entry."""

import numpy as np

from quotesieve.stages.passages import Ints, MentionColumns
from quotesieve.stages.people.mentions import NOBODY, Mentions, about_forms
from quotesieve.stages.people.place import place_open
from quotesieve.stages.people.settle import (
    NO_RULES,
    Rules,
    close_lonely,
    join_short_forms,
    settle_names,
)


def find_people(columns: MentionColumns, statements: Ints, rules: Rules = NO_RULES) -> Ints:
    """The person of each mention, counted from 0; -1 where nobody is named.

    `statements` are the labels of the passages: a surname in one printing of a statement means the person
    whom another printing names in full.
    """
    named = np.flatnonzero(columns.is_named & (columns.speaker >= 0))
    people = np.full(len(columns), NOBODY, np.int64)
    if len(named):
        people[named] = _of_named(Mentions.of(columns, statements, named), rules)
    return people


def _of_named(mentions: Mentions, rules: Rules) -> Ints:
    forms = settle_names(mentions.names, rules)
    about = about_forms(mentions)
    join_short_forms(forms, mentions, about)
    close_lonely(forms, about)
    root = np.array([forms.union.root(i) for i in range(len(forms.names))], np.int64)
    is_open = np.zeros(len(root), np.bool_)
    is_open[list(forms.open)] = True
    person = root[mentions.form]
    chosen = np.flatnonzero(is_open[mentions.form])
    if len(chosen):
        person[chosen] = place_open(mentions, forms, root, is_open, about, chosen)
    dense: Ints = np.unique(person, return_inverse=True)[1].astype(np.int64)
    return dense
