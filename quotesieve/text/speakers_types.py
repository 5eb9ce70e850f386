"""What kind of thing stands between the marks: speech, a part of a sentence, a title, a scare quote."""

from typing import Final

from quotesieve.text.cues import (
    APOS,
    AUX,
    BASE,
    BE,
    CAP,
    COLON,
    COMMA,
    CUE,
    DASH,
    ING,
    OPEN,
    QUOTE,
    STOP,
    WEAK,
)
from quotesieve.text.speakers_carry import OWN_WORDS
from quotesieve.text.speakers_tokens import Paragraph

# Rules that found words of reporting for this very quote.
_REPORTED: Final = (OWN_WORDS - {"agent", "inside"}) | {"announced", "weak"}
_WORKS: Final = frozenset("""
    book books novel memoir film films movie documentary song songs album single show series sitcom
    drama musical play opera programme program podcast episode magazine column article essay paper poem
    exhibition exhibit painting game report titled entitled headlined headline called named dubbed
    nicknamed section chapter hashtag franchise hit blockbuster thriller bestseller best-seller
    sang sings singing performed performing
    soundtrack ballad track anthology biography autobiography lecture seminar segment film’s movie’s
""".split())  # fmt: skip
_SMALL_WORDS: Final = frozenset("""
    a an the of and or in on to for with at by from as but nor vs is it's its der die das und von le la
    les de du des et el los y del
""".split())  # fmt: skip
_SCARE_WORDS: Final = 3
_LONGEST_NAME: Final = 5  # words


def quote_type(p: Paragraph, q: int, rule: str) -> str:
    """speech | partial | title | scare for quote token `q`, whose speaker was found by `rule`.

    A title is written with capitals throughout and named as a work, or reported by nobody; a scare
    quote is up to three words inside a sentence that reports nothing.
    """
    segment = p.segments[q]
    words = p.text[segment.start : min(segment.end, segment.start + 400)].split()
    inside = _is_embedded(p, q)
    if (
        _in_title_case(words)
        and (len(words) > 1 or _after_work(p, q) or p.language == "de")
        and (_after_work(p, q) or (inside and rule not in _REPORTED) or _is_show(p, q))
    ):
        return "title"
    small = p.text[segment.start].islower() or p.text[segment.start] in "…["
    if len(words) <= _SCARE_WORDS and rule not in _REPORTED and (inside or small):
        return "scare"
    return "partial" if small or inside else "speech"


def _in_title_case(words: list[str]) -> bool:
    """Crippled Harbour: How to Win, but not: We will go."""
    if not words or not words[0][:1].isupper() or (words[-1][-1:] == "." and len(words) > _LONGEST_NAME):
        return False
    for word in words:
        bare = word.strip("“”‘’'\",.:;!?()")
        if bare[:1].islower() and bare.lower() not in _SMALL_WORDS:
            return False
    return True


def _after_work(p: Paragraph, q: int) -> bool:
    """Whether "the book", "titled" or another word for a work stands right before the quote."""
    first = p.around(q)[0]
    return any(p.words[k].lower() in _WORKS for k in range(max(first, q - 3), q) if not p.flags[k] & QUOTE)


def _is_show(p: Paragraph, q: int) -> bool:
    """Whether a programme or a paper is named, not quoted: said on "Harrow Tonight", told "The Hour"."""
    first = p.around(q)[0]
    before = p.words[q - 1] if q > first else ""
    name = p.text[p.segments[q].start : p.segments[q].end].split()
    if 1 < len(name) <= _LONGEST_NAME and _is_subject(p, q):
        return True  # said “Harbour Lights” was
    if before == "the" and 1 < len(name) <= _LONGEST_NAME:
        return True  # the “Growth and Opportunity Project”
    if q > first and p.flags[q - 1] & APOS and p.flags[q - 1] & CAP and 1 < len(name) <= _LONGEST_NAME:
        return True  # on ABC's "Good Morning America."
    follows = p.flags[q + 1] if q + 1 < p.count else STOP
    if before in ("dem", "der", "im") and (follows & COLON or (follows & (OPEN | STOP) and len(name) <= 2)):
        return True  # sagte sie dem „Nordkurier“:
    if p.language == "pl" and q > first and p.flags[q - 1] & CUE and len(name) == 1 and follows & STOP:
        return True  # mówi „Gazecie”.
    return before in ("on", "told", "in", "from", "host") and p.text[p.segments[q].start].isupper()


def _is_subject(p: Paragraph, q: int) -> bool:
    """Whether the quote is the subject of the verb after it."""
    if q + 1 >= p.count or p.last_character(q) in ",?!.":
        return False
    return bool(p.flags[q + 1] & (BE | AUX) and not p.flags[q + 1] & CUE)


def _is_embedded(p: Paragraph, q: int) -> bool:
    """Whether the quote goes on from words before it: he called it "a mess"."""
    first = p.around(q)[0]
    if q == first:
        return False
    value = p.flags[q - 1]
    if value & (COLON | DASH | STOP | QUOTE):
        return False
    if value & COMMA:
        return q - 2 >= first and not any(
            p.flags[k] & (CUE | ING | WEAK | BASE) for k in range(max(first, q - 12), q - 1)
        )
    return not (
        value & CUE and not value & WEAK and p.text[p.segments[q].start].isupper() and value & ~CAP != 0
    )
