"""Whom the first paragraph of an article describes and the next sentence or paragraph names.

"A farmer has accused … of “playing God”.\nGwilym Roe, whose family …": news names people late. What
describes people who are known already is `speakers_roles`'s.
"""

from typing import Final

from quotesieve.text.cues import PLURAL, ROLE
from quotesieve.text.names import LIKELY
from quotesieve.text.names_cast import Cast, Person
from quotesieve.text.speakers_clauses import main_subject
from quotesieve.text.speakers_phrases import Subject
from quotesieve.text.speakers_roles import fits, head_noun
from quotesieve.text.speakers_tokens import Flags, Paragraph

_LINE: Final = 1000  # characters of the next paragraph that are read
_BEFORE: Final = 6  # words before a name that say what its bearer is
# Who speaks for others or of others: never the person whom the first paragraph is about.
_OFFICES: Final = frozenset("""
    spokesman spokeswoman spokesperson source sources aide official judge coroner magistrate recorder
    prosecutor barrister solicitor lawyer detective inspector sergeant constable superintendent det insp
    sgt supt pc dc ds di dci police officer prosecuting defending mitigating advocate witness
    sprecher sprecherin richter richterin staatsanwalt
""".split())  # fmt: skip
_LONG: Final = 4  # words: the new leader of the union
_SINGLE: Final = frozenset("a an ein eine un une una uno en et ett een".split())


def named_next(text: str, p: Paragraph, subject: Subject, cast: Cast, flags: Flags) -> Person | None:
    """The person named by the sentence after the one with the description, if it may be the same."""
    head = head_noun(p, subject)
    noun = p.words[head].lower()
    if p.words[subject.first].lower() not in _SINGLE and subject.last - subject.first < _LONG:
        return None
    if noun in _OFFICES or not p.flags[head] & ROLE or p.flags[head] & PLURAL:
        return None
    own = p.sentence_of(subject.first)
    here = p.starts[subject.first]
    if own + 1 < len(p.sentences):
        return _named(p, own + 1, noun, here, cast)
    start = text.find("\n", p.end_of(p.count - 1))
    while 0 <= start < len(text) and text[start].isspace():
        start += 1
    end = text.find("\n", start) if start >= 0 else -1
    following = Paragraph(text, start, min(len(text) if end < 0 else end, start + _LINE), [], flags)
    return _named(following, 0, noun, here, cast) if start >= 0 and following.sentences else None


def _named(p: Paragraph, sentence: int, noun: str, here: int, cast: Cast) -> Person | None:
    """The subject of a sentence, if it is a person who has not been named before `here`."""
    first, last = p.sentences[sentence]
    subject = main_subject(p, first, last)
    name = subject.name if subject is not None else None
    if subject is None or name is None or name.kind < LIKELY or len(name.tokens) < 2:
        return None
    person = cast.find(name, p.starts[subject.first])
    if person is None or person.first < here or (person.gender and not fits(noun, person.gender)):
        return None
    around = p.words[max(first, subject.first - 1) : min(last, subject.last + _BEFORE)]
    if any(word.lower().rstrip(".") in _OFFICES for word in [*around, *name.titles]):
        return None
    return person
