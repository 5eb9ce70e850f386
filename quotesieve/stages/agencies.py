"""News agencies: their names, and where an article says that its text is theirs.

The table is data; `agency_of` reads the two places where outlets credit a wire: the byline and the
dateline ("OSLO (AP) - "). What an article merely cites is no credit. Opens nothing.
"""

import re
from collections.abc import Iterable

# The names of each agency, in lower case; those of up to four letters count only where they stand alone
# ("AP", "Jo Bell, AP"), longer ones within a byline, too ("Jo Bell for Reuters").
AGENCIES: dict[str, tuple[str, ...]] = {
    "aap": ("aap", "australian associated press", "aapnews"),
    "adnkronos": ("adnkronos",),
    "afp": ("afp", "agence france-presse", "agence france presse"),
    "anp": ("anp",),
    "ansa": ("ansa",),
    "ap": ("ap", "the ap", "associated press", "apnews"),
    "apa": ("apa", "austria presse agentur"),
    "belga": ("belga",),
    "bloomberg": ("bloomberg news",),
    "canadian_press": ("cp", "the canadian press", "canadian press"),
    "dpa": ("dpa", "deutsche presse-agentur"),
    "efe": ("efe", "agencia efe"),
    "europa_press": ("europa press",),
    "ians": ("ians", "indo-asian news service"),
    "interfax": ("interfax",),
    "jiji": ("jiji", "jiji press"),
    "kyodo": ("kyodo", "kyodo news"),
    "lusa": ("lusa", "agência lusa"),
    "newswire": ("newswire", "news agencies", "agencies", "wire reports", "wire services", "agenturen"),
    "ntb": ("ntb",),
    "pa": ("pa", "pa media", "press association", "pa news agency"),
    "pap": ("pap",),
    "pti": ("pti", "press trust of india"),
    "reuters": ("reuters", "thomson reuters"),
    "ritzau": ("ritzau",),
    "sda": ("sda", "keystone-sda"),
    "sid": ("sid", "sport-informations-dienst"),
    "tass": ("tass",),
    "tt": ("tt", "tt nyhetsbyrån"),
    "upi": ("upi", "united press international"),
    "xinhua": ("xinhua",),
    "yonhap": ("yonhap",),
}  # fmt: skip
_SHORT = 4  # letters of a name that is an ordinary word or somebody's initials too often

_BY_NAME = {name: code for code, names in AGENCIES.items() for name in names}
_LONG = re.compile(
    r"\b("
    + "|".join(sorted((re.escape(n) for n in _BY_NAME if len(n) > _SHORT), key=len, reverse=True))
    + r")\b"
)
_PARTS = re.compile(r"\s*(?:[,;/|()]|\bfor\b|\bby\b|\bvia\b|\bwith\b|\band\b|\s[-–—]\s)\s*")
# "LONDON (AP) — ", "Berlin (dpa) - ", "(Reuters) - ", "MADRID, 3 May (EFE).- "
_DATELINE = re.compile(r"[^\n()]{0,60}\(([^()\n]{2,40})\)\s*\.?\s*[-–—:]")
# "PARIS, March 3, AFP - " and "ROME, Reuters — "
_BARE_DATELINE = re.compile(r"[^\W\d_]{3,}[^\n().:;–—]{0,40},\s*([^\n,().:;–—-]{2,30}?)\s[-–—]\s")

HEAD = 120  # characters of a body that a dateline lies in


def agency_of(authors: Iterable[str], head: str) -> tuple[str, str] | None:
    """The agency that an article credits and the place (byline, dateline) where; None if none.

    `head` is the beginning of the body.

    >>> agency_of(["Jo Bell, Associated Press"], ""), agency_of([], "OSLO (AP) — The harbour froze.")
    (('ap', 'byline'), ('ap', 'dateline'))
    >>> agency_of(["Pat Reuterson"], "The Agence (a bar) - it is called that - told Reuters nothing.")
    """
    for author in authors:
        if found := _credited(author):
            return found, "byline"
    for pattern in (_DATELINE, _BARE_DATELINE):
        if (match := pattern.match(head)) and (found := _credited(match.group(1))):
            return found, "dateline"
    return None


def _credited(words: str) -> str | None:
    """The agency that a byline, or what stands in a dateline's brackets, names.

    >>> _credited("Jo Bell for Reuters"), _credited("Reuters Staff"), _credited("AP"), _credited("AP Smith")
    ('reuters', 'reuters', 'ap', None)
    """
    folded = " ".join(words.lower().split())
    for part in _PARTS.split(folded):
        if part in _BY_NAME:
            return _BY_NAME[part]
    found = _LONG.search(folded)
    return _BY_NAME[found.group(1)] if found else None


def agency_named(name: str) -> str | None:
    """The agency of that very name; a leading article does not count.

    >>> agency_named("the Associated Press"), agency_named("Reuters"), agency_named("Harbour Post")
    ('ap', 'reuters', None)
    """
    folded = " ".join(name.lower().split())
    return _BY_NAME.get(folded) or _BY_NAME.get(folded.removeprefix("the "))
