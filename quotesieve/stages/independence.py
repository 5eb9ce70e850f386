"""How many outlets have a statement of their own, and how many from the same source as another.

Outlets count once where, for one passage, their printing articles are copies of one original
(`reuse.origins`), carry one agency's text, or say that they have the quote from one source ("told
Reuters"). Works on codes of all mentions of a run. Opens nothing.
"""

from collections.abc import Sequence

import numpy as np

from quotesieve.match.cluster import components
from quotesieve.stages.passages import Codes, Ints


def independent_outlets(passage: Ints, publisher: Ints, sources: Sequence[Ints], passages: int) -> Codes:
    """Of each passage the number of publishers that print it, those with a source in common as one.

    One value a mention: `publisher` has a number for each outlet, and one for each article of
    unknown outlet; each of `sources` a code for something it comes from, -1 for nothing.

    >>> wire, cited = np.array([4, 4, -1, 9]), np.array([-1, 5, 5, -1])
    >>> independent_outlets(np.zeros(4, np.int64), np.array([7, 8, 9, 10]), [wire, cited], 1).tolist()
    [2]
    """
    mentions = np.bincount(passage, minlength=passages)
    several = np.flatnonzero(mentions[passage] > 1)  # of the others it is one, and they are most
    found = _among_several(passage[several], publisher[several], [own[several] for own in sources], passages)
    return np.where(mentions > 1, found, np.minimum(mentions, 1)).astype(np.int32)


def _among_several(passage: Ints, publisher: Ints, sources: Sequence[Ints], passages: int) -> Ints:
    scale = 1 + int(publisher.max()) if len(publisher) else 1
    node, of_mention = np.unique(passage * scale + publisher, return_inverse=True)
    known = [np.flatnonzero(codes >= 0) for codes in sources]
    codes = np.concatenate([own[rows] for own, rows in zip(sources, known, strict=True)])
    rows = np.concatenate(known)
    order = np.lexsort((codes, passage[rows]))
    codes, rows = codes[order], rows[order]
    tied = (codes[1:] == codes[:-1]) & (passage[rows[1:]] == passage[rows[:-1]])
    root = components(len(node), of_mention[rows[:-1][tied]], of_mention[rows[1:][tied]])
    alone = root == np.arange(len(node))
    return np.bincount(node[alone] // scale, minlength=passages)


def squeezed(name: str) -> str:
    """A name as names are compared that may be written together: letters and figures only.

    >>> squeezed("The Harbour Post"), squeezed("harbourpost.example")
    ('harbourpost', 'harbourpostexample')
    """
    return "".join(filter(str.isalnum, name.casefold().removeprefix("the ")))


def named_outlets(names: Sequence[str], outlets: Sequence[Sequence[str]]) -> Codes:
    """Which outlet each printed name is, by the names and hosts of the outlets; -1 if none.

    >>> named_outlets(["the Auto Express", "a radio"], [["autoexpress.co.uk"], ["bbc.co.uk"]]).tolist()
    [0, -1]
    """
    known: dict[str, int] = {}
    for code, own in enumerate(outlets):
        for name in own:
            label = squeezed(name.removeprefix("www.").partition(".")[0])
            for form in (squeezed(name), label, label.removeprefix("the")):
                known.setdefault(form, code)
    return np.array([known.get(squeezed(name), -1) for name in names], np.int32)
