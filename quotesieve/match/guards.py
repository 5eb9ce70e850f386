"""What keeps two statements apart although they are nearly alike: numbers, names, negation.

Rules on single words; `verify` says which words stand in the place of which others.
"""

import math
import re

from quotesieve.match.words_data import NEGATING_PREFIXES, SCALE_VALUES

# Letters that optical recognition takes for one another; a name that differs in one is a misprint.
_CONFUSABLE = {frozenset(pair) for pair in ("l1", "il", "i1", "o0", "ec", "hb", "tf", "s5", "b8", "uv", "nu")}


# The same of letter groups, as one letter each.
_GROUPS = (("rn", "m"), ("vv", "w"))
# Negations whose misprints are told, and the letters misread in them without making another word.
_MISPRINTED_NEGATIONS = frozenset("never neither none nor not nothing without".split())
_DOUBLED_NEGATIONS = frozenset("never nor not".split())
_MISREAD = {frozenset(pair) for pair in ("l1", "i1", "o0", "ec", "hb", "tf", "s5")}
_LETTER_AFTER_ITSELF = re.compile(r"(.)\1")


def opposed(left: str, right: str) -> bool:
    """Whether the one word is the other with a negating prefix.

    >>> opposed("able", "unable"), opposed("form", "inform"), opposed("able", "capable")
    (True, False, False)
    """
    shorter, longer = sorted((left, right), key=len)
    prefix = longer[: len(longer) - len(shorter)]
    least = NEGATING_PREFIXES.get(prefix)
    return least is not None and len(shorter) >= least and longer.endswith(shorter)


def magnitude(word: str) -> float:
    """The decimal logarithm of what a figure says or a scale multiplies by; 0 for other words.

    The sum over "3.4", "billion" is the sum over "3400", "million".

    >>> round(magnitude("3.4") + magnitude("billion") - magnitude("3400") - magnitude("million"), 9)
    0.0
    """
    number = SCALE_VALUES.get(word)
    if number is None and is_figure(word):
        number = float(word) or 1e-9
    return math.log10(number) if number else 0.0


def is_figure(word: str) -> bool:
    """Whether a word is a number in digits.

    >>> is_figure("3.4"), is_figure("x5"), is_figure("1.2.3")
    (True, False, False)
    """
    return word.replace(".", "", 1).isdecimal()


def same_name(left: str, right: str) -> bool:
    """Whether two spellings can be one name misprinted: a letter lost, doubled, swapped or misread.

    >>> same_name("froehlich", "frohlich"), same_name("smith", "smtih"), same_name("gerrnan", "german")
    (True, True, True)
    >>> same_name("iran", "iraq"), same_name("austria", "australia")
    (False, False)
    """
    if abs(len(left) - len(right)) > 1:
        return False
    if any(_with_group(left, right, *group) or _with_group(right, left, *group) for group in _GROUPS):
        return True
    if min(len(left), len(right)) < 4:
        return False
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    a, b = left[start:], right[start:]
    if len(a) != len(b):
        longer, shorter = (a, b) if len(a) > len(b) else (b, a)
        return longer[1:] == shorter
    if a[2:] == b[2:] and a[:2] == b[1::-1]:
        return True
    return a[1:] == b[1:] and frozenset((a[:1], b[:1])) in _CONFUSABLE


def _with_group(misread: str, word: str, letters: str, letter: str) -> bool:
    """Whether one letter of a word was read as several."""
    longer = letters in misread and len(misread) == len(word) + 1
    return longer and misread.replace(letters, letter, 1) == word


def same_negation(misprint: str, negation: str) -> bool:
    """Whether a word is a misprint of an English negation, and no word of its own: a letter misread or
    doubled. A lost or another letter is not enough, "nt" apart: "no" and "now" are words.

    >>> same_negation("n0t", "not"), same_negation("nnot", "not"), same_negation("nt", "not")
    (True, True, True)
    >>> same_negation("now", "not"), same_negation("no", "not"), same_negation("avenue", "aucune")
    (False, False, False)
    """
    if negation not in _MISPRINTED_NEGATIONS:
        return False
    if len(misprint) == len(negation):
        other = [frozenset(pair) for pair in zip(misprint, negation, strict=True) if len(set(pair)) > 1]
        return len(other) == 1 and other[0] in _MISREAD
    if len(misprint) == len(negation) + 1:
        doubled = _LETTER_AFTER_ITSELF.finditer(misprint) if negation in _DOUBLED_NEGATIONS else ()
        return any(misprint[: at.start()] + misprint[at.start() + 1 :] == negation for at in doubled)
    return (misprint, negation) == ("nt", "not")
