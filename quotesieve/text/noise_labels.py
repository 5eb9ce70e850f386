"""Lines that say by their own form what they are, whatever stands around them.

Three forms: a link behind its label ("Related: ..."), a bar of links ("News | Sport | Obituaries"),
and an offer that ends in the words of its button ("... Subscribe now"). Holds these tests and
their words; how lines are judged otherwise is `noise`.
"""

import re
from collections.abc import Iterable

_LABELS = (
    "related|related story|related stories|related article|read more|read also|read next|also read|see also|"
    "watch|listen|more on this|more from|puzzles|quiz|podcast|newsletter|in pictures|gallery|"
    "mehr zum thema|lesen sie auch|lesen sie mehr|auch interessant|lire aussi|à lire aussi|voir aussi|"
    "lea también|lee también|te puede interesar|leggi anche|lees ook|läs också|les også|læs også"
)
_LABEL = re.compile(rf"\W*(?:{_LABELS})\s*[:|»>–]\s*\S", re.IGNORECASE)
_MORE = re.compile(r"\W*(?:more|most (?:read|popular)) (?:from|in|on) [\w’' -]{2,40}$", re.IGNORECASE)
_BAR = re.compile(r"\W*[\w’'&.-]+(?: [\w’'&.-]+){0,2}(?:\s*[|•·›]\s*[\w’'&.-]+(?: [\w’'&.-]+){0,2}){2,}\W*$")
# What no label and no bar is without: told in a tenth of the time of their patterns.
_LABEL_MARKS = ":|»>–"
_BAR_MARKS = "|•·›"
_LABEL_WORDS = 24  # a longer line is a paragraph that begins with such a word

_OFFER = re.compile(
    r"\b(?:subscri\w+|(?:free )?articles? (?:left|remaining)|newsletters?|per (?:week|month)|"
    r"a (?:week|month)|sign(?:ed)? up|premium|membership|abonn\w+|suscr\w+|lettre d.information)\b",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"(?:subscribe(?: (?:now|today|here))?|log ?in|sign in|sign up(?: (?:now|today|here))?|register(?: now)?|"
    r"join (?:now|us)|start (?:your )?free trial|jetzt (?:abonnieren|testen|anmelden))\W*$|"
    r"^\W*(?:abonnez-vous|inscrivez-vous|suscríbete|suscríbase|iscriviti|jetzt abonnieren)\b",
    re.IGNORECASE,
)
_OFFER_WORDS = 20
# How the words of a line begin or end that has no mark and is a label or an offer all the same.
_BEGINNINGS = ("more ", "most ", "abonnez", "inscrivez", "suscr", "iscriviti", "jetzt abonnieren")
_ENDINGS = (
    "subscribe", "now", "today", "here", "in", "up", "register", "us", "free trial", "abonnieren", "testen",
    "anmelden",
)  # fmt: skip


def may_be_unmarked(key: str) -> bool:
    """Whether the words of a line may be those of an offer, or of a label without a mark.

    >>> may_be_unmarked("you have 0 free articles left subscribe now"), may_be_unmarked("a sentence")
    (True, False)
    """
    return key.endswith(_ENDINGS) or key.startswith(_BEGINNINGS)


def is_label_or_offer(line: str) -> bool:
    """True for a labelled link, a bar of links or an offer with its button.

    >>> is_label_or_offer("Related: What is a virtual ward?")
    True
    >>> is_label_or_offer("You have 2 free articles left this month. Subscribe now")
    True
    >>> is_label_or_offer("News | Opinion | Sport | Obituaries"), is_label_or_offer("More from The Courant")
    (True, True)
    >>> is_label_or_offer("Related companies were asked to log in.")   # no colon, no offer
    False
    >>> is_label_or_offer("“Read more: it is the only way,” she told the class.")   # somebody's words
    False
    """
    words = line.count(" ") + 1
    if words > _LABEL_WORDS or _has_any(line, "“”„"):
        return False
    if _has_any(line, _LABEL_MARKS) and _LABEL.match(line):
        return True
    if _MORE.match(line) or (_has_any(line, _BAR_MARKS) and _BAR.match(line)):
        return True
    return words <= _OFFER_WORDS and bool(_BUTTON.search(line)) and bool(_OFFER.search(line))


def _has_any(line: str, pieces: Iterable[str]) -> bool:
    return any(map(line.__contains__, pieces))
