"""The outlet to which the words were said, as an article prints it: "Reuters" in "told Reuters".

Holds nothing about who speaks (`speakers_claims`), nor which outlet printed the article.
"""

from typing import Final

from quotesieve.text import names_data as data
from quotesieve.text.cues import APOS, CAP, DET, HEARD, ING, OBJ, SOURCE
from quotesieve.text.names import LIKELY
from quotesieve.text.names_cast import Cast
from quotesieve.text.speakers_grammar import subject_before
from quotesieve.text.speakers_phrases import Claim, name_in, phrase_end
from quotesieve.text.speakers_sources import citing_verb
from quotesieve.text.speakers_tokens import Paragraph


def cited_source(claim: Claim, cast: Cast) -> str | None:
    """The outlet to which the words were said, as printed: "Reuters" in "told Reuters", or None.

    Also the N of "in an interview with N", "according to N" after another speaker, and the citing
    subject of "N cited X as saying".
    """
    p = claim.paragraph
    if claim.cue is None:
        return None
    v = claim.cue[1] - 1
    first, last = p.around(v)
    if p.flags[v] & HEARD and v + 1 < last:
        found = _outlet(p, v + 1, last, cast, loose=True)
        if found:
            return found
    if p.flags[v] & ING and v > first and p.words[v - 1] == "as":
        verb = citing_verb(p, v - 1, first)
        subject = subject_before(p, verb, first) if verb > first else None
        if subject is not None:
            return _outlet(p, subject.first, subject.last, cast, loose=False)
    return _interviewer(p, first, last, claim, cast)


_MEETINGS: Final = frozenset("""
    interview statement comments remarks email e-mail letter op-ed column essay appearance conversation
    speaking article briefing note message post
""".split())  # fmt: skip


def _interviewer(p: Paragraph, first: int, last: int, claim: Claim, cast: Cast) -> str | None:
    is_sourced = claim.rule != "according" and any(value & SOURCE for value in p.flags[first:last])
    if not is_sourced and _MEETINGS.isdisjoint(p.words[first:last]):
        return None
    for k in range(first, last):
        if p.words[k] in _MEETINGS:
            for j in range(k + 1, min(last - 1, k + 4)):
                if p.words[j] in ("with", "on", "to", "for", "in"):
                    return _outlet(p, j + 1, last, cast, loose=False)
        elif is_sourced and p.flags[k] & SOURCE and k + 2 < last:
            found = _outlet(p, k + 2, last, cast, loose=False)
            if found:
                return found
    return None


def _outlet(p: Paragraph, i: int, stop: int, cast: Cast, *, loose: bool) -> str | None:
    """The outlet that the phrase at token `i` names. `loose`: a name that is known as nobody will do."""
    end = phrase_end(p, i, stop)
    if end == i:
        return None
    if end + 1 < stop and p.words[end] == "of" and p.flags[end - 1] & CAP and p.flags[end + 1] & CAP:
        end = phrase_end(p, end + 1, stop)  # the Voice of Harrow
    for k in range(i, end):  # CNN's Jake Quist: the outlet stands before the 's
        if p.flags[k] & APOS and p.flags[k] & CAP:
            end = k + 1
            break
    words = [p.words[k].removesuffix("'s").removesuffix("’s").lower() for k in range(i, end)]
    printed = p.printed(i, end).removesuffix("'s").removesuffix("’s")
    if any(word in data.OUTLETS for k, word in enumerate(words) if p.flags[i + k] & CAP):
        return printed
    if p.flags[i] & DET and words[-1] in data.OUTLET_NOUNS:
        return printed
    if not loose:
        return None
    found = name_in(p, i, end)
    if found is None or found[0] != i or p.flags[i] & OBJ:
        return None
    name = found[1]
    body = any(word in data.STATE_BODIES or word in data.PLACES for word in words)
    known = cast.find(name, p.starts[i]) is not None or name.kind >= LIKELY
    return None if body or known else printed
