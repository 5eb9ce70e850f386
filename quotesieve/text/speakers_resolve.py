"""From the words at the cue to a name: surnames to full names, pronouns and descriptors to people.

Everything is within one article. Which person a pronoun means is `speakers_people`'s, whom a role means
`speakers_roles`'s; docs/quotes.md says how often each method is right.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.cues import BODY, CAP, COMMA, DET, INDEF, PLURAL, POSS, ROLE
from quotesieve.text.names import LIKELY, NOT_PERSON, PERSON, analyse
from quotesieve.text.names_cast import Cast, Person
from quotesieve.text.quotes import Segment
from quotesieve.text.quotes_unmarked import ANSWERS
from quotesieve.text.speakers_clauses import main_subject
from quotesieve.text.speakers_lead import named_next
from quotesieve.text.speakers_people import GENDERS, People, Speaker
from quotesieve.text.speakers_phrases import Claim, Subject, can_speak
from quotesieve.text.speakers_roles import (
    Roles,
    fits,
    head_noun,
    indefinite_body,
    is_definite,
    is_demonym,
    takes_up,
    takes_up_topic,
)
from quotesieve.text.speakers_tokens import Flags, Paragraph

_SHE_OR_THEY: Final = frozenset(["sie", "zij", "ze"])
_CONTRACTION = re.compile(r"[’'].*")
_OPENING: Final = 2  # tokens before a pronoun in the first reporting clause of a paragraph: “…,” he said
_SENTENCES_BACK: Final = 6  # looked back over for the subject that a pronoun takes up


class Resolver:
    """Names the subjects of claims, in the order of the text."""

    def __init__(self, text: str, cast: Cast, segments: Sequence[Segment], flags: Flags) -> None:
        self.text = text
        self._flags = flags
        self._people = People(text, cast, segments, flags)
        self._roles = Roles(text, cast)
        self._interviewed: Person | None = None
        self._titles: dict[str, str] = {}  # Duchess: Duchess of Wessex
        self._described: dict[str, str] = {}  # who is unnamed, by the noun of the description
        self._first_uses: dict[str, int] = {}
        self.cast = cast

    @cached_property
    def _lower(self) -> str:
        return self.text.lower()

    @cached_property
    def _lead_end(self) -> int:
        """Where the headline and the first paragraph end: the second line."""
        headline = self.text.find("\n")
        lead = self.text.find("\n", headline + 1) if headline >= 0 else -1
        return lead if lead >= 0 else len(self.text)

    def resolve(self, claim: Claim, previous: Speaker | None) -> Speaker:
        """The speaker that a claim's subject means, `previous` being who spoke last."""
        p, subject = claim.paragraph, claim.subject
        printed = p.printed(subject.first, subject.last).rstrip(",")
        position = p.starts[subject.first]
        if subject.kind == "pronoun":
            return self._pronoun(claim, printed, position, previous)
        if subject.name is None or is_demonym(p, subject):
            return self._descriptor(p, subject, printed, position, previous)
        person = self.cast.find(subject.name, position)
        name = person.text if person is not None else self._full_title(subject.name.text)
        kind = "body" if person is None and subject.name.kind == NOT_PERSON else "name"
        return Speaker(name, printed, "explicit", kind, person, position)

    def _full_title(self, name: str) -> str:
        """A title of one word as it was first printed in full: the Duchess is the Duchess of Wessex."""
        if name in self._titles or " of " not in name:
            return self._titles.get(name, name)
        self._titles[name.split(" ", 1)[0]] = name
        return name

    def by_label(self, label: str, position: int) -> Speaker:
        """The speaker of a transcript's label: WALLACE, REP. QUIST, or A for who is interviewed."""
        if label in ANSWERS:
            return self._interviewee(label, position)
        name = analyse(label.title(), self._flags.language)
        person = self.cast.find(name, position) if name.text else None
        full = person.text if person is not None else name.text or label
        return Speaker(full, label, "explicit", "name", person, position)

    def _interviewee(self, label: str, position: int) -> Speaker:
        """Whom an article in questions and answers is about: who was named most before the first answer."""
        if self._interviewed is None:
            people = [person for person in self.cast.people if person.kind >= LIKELY]
            counts = [bisect_right(person.positions, position) for person in people]
            self._interviewed = people[counts.index(max(counts))] if any(counts) else None
        person = self._interviewed
        kind = "role" if person is not None else "unresolved"
        return Speaker(person.text if person else None, label, "explicit", kind, person, position)

    # -- pronouns ----------------------------------------------------------------------------

    def _pronoun(self, claim: Claim, printed: str, position: int, previous: Speaker | None) -> Speaker:
        p = claim.paragraph
        word = printed.lower().rsplit("-", 1)[-1]
        gender = GENDERS.get(_CONTRACTION.sub("", word), "")
        if word in _SHE_OR_THEY and claim.cue is not None and not p.words[claim.cue[1] - 1].endswith("n"):
            gender = "f"  # sagte sie, zegt ze, but: sagten sie, zeggen ze
        if gender:
            topic = self._people.topic(claim, gender, previous)
            start = p.starts[0]
            if topic is None and (claim.subject.first <= _OPENING or claim.rule == "inside"):
                topic, start = self._people.topic_before(start, gender)
            person = self._people.person_for(gender, position, start, previous, topic)
            described = None
            if topic is None:
                described = self._described_before(claim, gender, previous) or self._still_described(
                    claim, gender, previous
                )
            if described is not None:
                return Speaker(described, printed, "pronoun", "pronoun", None, position)
            name = person.text if person is not None else _unnamed(previous, gender)
            name = name or self._described_subject(claim, gender)
            return Speaker(name, printed, "pronoun", "pronoun" if name else "unresolved", person, position)
        name = None
        if word in ("it", "they") or p.flags[claim.subject.first] & PLURAL:
            one = (
                self._named_they(p, previous) if word == "they" and claim.subject.first <= _OPENING else None
            )
            if one is not None:
                return Speaker(one.text, printed, "pronoun", "pronoun", one, position)
            name = self._body(claim, previous)
        return Speaker(name, printed, "pronoun", "body" if name else "unresolved", None, position)

    def _named_they(self, p: Paragraph, previous: Speaker | None) -> Person | None:
        """The one whom the paragraph before is about: Runner Ada Quist said it was late.¶“…,” they said."""
        person, start = self._people.topic_before(p.starts[0], "", or_mentioned=False)
        return None if previous is not None and previous.position > start else person

    def _body(self, claim: Claim, previous: Speaker | None) -> str | None:
        """What "it" or "they" means: the subject before it that is no single person."""
        p = claim.paragraph
        own = p.sentence_of(claim.subject.first)
        for sentence in range(own, max(-1, own - 6), -1):
            first, last = p.sentences[sentence]
            subject = main_subject(p, first, last)
            if subject is None or subject.first >= claim.subject.first or not can_speak(p, subject):
                continue
            if subject.name is None and subject.kind != "pronoun":
                return _without_capital(p.printed(subject.first, subject.last))
            name = subject.name
            if (
                name is not None
                and name.kind < PERSON
                and self.cast.find(name, p.starts[subject.first]) is None
            ):
                return name.text
        printed = p.words[claim.subject.first].lower() == "it" and own and indefinite_body(p, own - 1)
        if printed:
            return printed  # had put up a sign. It read:
        if previous is not None and previous.person is None and previous.kind in ("body", "anonymous"):
            return previous.name
        return None

    def _described_before(self, claim: Claim, gender: str, previous: Speaker | None) -> str | None:
        """The unnamed subject of the sentence before: His neighbour has got it back. “…,” he says."""
        p = claim.paragraph
        own = p.sentence_of(claim.subject.first)
        subject = main_subject(p, *p.sentences[own - 1]) if own else None
        if subject is None or subject.kind != "descriptor" or not p.flags[subject.first] & (INDEF | POSS):
            return None
        if previous is not None and previous.position > p.starts[subject.first]:
            return None
        first = subject.first
        if first > 1 and p.flags[first - 1] & COMMA and p.flags[first - 2] & CAP:
            return None  # Among them was Ada Quist, a widow.
        head = head_noun(p, subject)
        if not p.flags[head] & ROLE or not fits(p.words[head], gender):
            return None
        return _without_capital(p.printed(subject.first, subject.last))

    def _still_described(self, claim: Claim, gender: str, previous: Speaker | None) -> str | None:
        """Who was described and spoke last, nobody being named since: “…,” the aide said. “…,” he added."""
        if previous is None or previous.kind != "anonymous" or self._flags.language != "en":
            return None
        position = claim.paragraph.starts[claim.subject.first]
        k = bisect_left(self._people.positions, previous.position)
        if k < len(self._people.positions) and self._people.positions[k] < position:
            return None
        words = (previous.name or "").lower().split()
        told = any(word in _ONE_WHO_SPEAKS for word in words)
        return previous.name if told and all(fits(word, gender) for word in words) else None

    def _described_subject(self, claim: Claim, gender: str) -> str | None:
        """The last unnamed person who is the subject of a sentence before the pronoun in its paragraph."""
        p = claim.paragraph
        own = p.sentence_of(claim.subject.first)
        for sentence in range(own, max(-1, own - _SENTENCES_BACK), -1):
            first, last = p.sentences[sentence]
            subject = main_subject(p, first, min(last, claim.subject.first))
            if subject is None or subject.kind != "descriptor":
                continue
            head = head_noun(p, subject)
            if p.flags[head] & ROLE and fits(p.words[head], gender):
                return _without_capital(p.printed(subject.first, subject.last))
        return None

    # -- descriptors -------------------------------------------------------------------------

    def _descriptor(
        self, p: Paragraph, subject: Subject, printed: str, position: int, previous: Speaker | None
    ) -> Speaker:
        first = p.flags[subject.first]
        head = head_noun(p, subject)
        definite = is_definite(p, subject, head)
        if definite:
            person = self._roles.person(p.words[head].lower(), position)
            if person is None and takes_up(p, subject):
                spoke_here = previous is not None and previous.position >= p.starts[0]
                if previous is not None and spoke_here and previous.kind == "anonymous":
                    return previous._replace(printed=printed, position=position)
                described = self._described_sentence(p, subject, previous)
                if described is not None:
                    return Speaker(described, printed, "anonymous", "anonymous", None, position)
                person = self._taken_up(p, subject, position, previous)
            elif person is None and _is_new(p, previous) and self._is_first_use(p, subject, head):
                person = self._topic(p, subject) or _who_spoke(previous)
                gender = self._people.gender_of(person) if person is not None else ""
                if gender and not fits(p.words[head], gender):
                    person = None
            if person is not None:
                return Speaker(person.text, printed, "explicit", "role", person, position)
            if previous is not None and previous.kind in ("name", "body") and previous.person is None:
                named = previous.name is not None and not previous.name.islower()
                if named and p.words[head].lower() in _FIRM_NOUNS:
                    return previous._replace(printed=printed, position=position)
        if position < self._lead_end:
            person = named_next(self.text, p, subject, self.cast, self._flags) or self._roles.only(
                p.words[head].lower(), position
            )
            if person is not None:
                return Speaker(person.text, printed, "explicit", "role", person, position)
        name = _without_capital(printed)
        if definite:
            name = self._described.get(p.words[head].lower(), name)  # "the source"
        else:
            for k in range(subject.first, subject.last):
                if p.flags[k] & ROLE:
                    self._described[p.words[k].lower()] = name
        body = p.flags[head] & BODY and not p.flags[head] & ROLE
        if body and not first & INDEF:
            return Speaker(name, printed, "explicit", "body", None, position)
        return Speaker(name, printed, "anonymous", "anonymous", None, position)

    def _taken_up(
        self, p: Paragraph, subject: Subject, position: int, previous: Speaker | None
    ) -> Person | None:
        """Whom "the 44-year-old" or "the Spaniard" means: who is spoken of, as with a pronoun."""
        k = bisect_left(self._people.positions, position)
        opens = subject.first == p.sentences[p.sentence_of(subject.first)][0]  # not: …, said the Spaniard
        if opens and is_demonym(p, subject) and k and self._people.positions[k - 1] >= p.starts[0]:
            return self._people.spots[k - 1].person
        gender = _GENDER_OF_AGE.get(p.words[subject.first].lower(), "") if p.language == "de" else ""
        topic, start = self._people.topic_of(p, subject, gender), p.starts[0]
        if topic is None and (previous is None or previous.position < start):
            topic, start = self._people.topic_before(start, gender)
        return self._people.person_for(gender, position, start, previous, topic)

    def _is_first_use(self, p: Paragraph, subject: Subject, head: int) -> bool:
        """Whether a definite description brings up no new person: "the nurse", and no nurse before it.

        Then it is somebody who is named already. Not of those whom reports bring up so: the spokesman.
        """
        word = p.words[head].lower()
        if takes_up_topic(p, subject):  # but not in: A manager was angry. “…,” the manager said
            return word not in map(str.lower, p.words[: subject.first])
        if not p.flags[head] & ROLE or word in _BROUGHT_UP or subject.last - 1 != head:
            return False
        plural = p.language == "en" and word.endswith("s")
        return not plural and self._comes_up(word) >= p.starts[subject.first]

    def _comes_up(self, word: str) -> int:
        """Where a noun first stands in the article; each is looked for once."""
        if word not in self._first_uses:
            self._first_uses[word] = self._lower.find(word)
        return self._first_uses[word]

    def _topic(self, p: Paragraph, subject: Subject) -> Person | None:
        """Whom the sentence or the paragraph before is about."""
        gender = _GENDER_OF_AGE.get(p.words[subject.first].lower(), "") if p.language == "de" else ""
        own = self._people.topic_of(p, subject, gender)
        return own or self._people.topic_before(p.starts[0], gender)[0]

    def _described_sentence(self, p: Paragraph, subject: Subject, previous: Speaker | None) -> str | None:
        """The unnamed subject of the sentence before: A neighbour heard it. “…,” said the 63-year-old."""
        own = p.sentence_of(subject.first)
        before = main_subject(p, *p.sentences[own - 1]) if own and _is_new(p, previous) else None
        if before is None or before.kind != "descriptor" or not p.flags[before.first] & INDEF:
            return None
        if not p.flags[head_noun(p, before)] & ROLE or is_demonym(p, subject):
            return None
        return _without_capital(p.printed(before.first, before.last))


_BROUGHT_UP: Final = frozenset("""
    spokesman spokeswoman spokesperson source aide judge coroner magistrate officer official prosecutor police
    family couple crowd group audience people men women children relatives parents staff crew jury panel
    public widow widower reporter interviewer president minister secretary pope king queen lawyer barrister
    victim driver adviser
    sprecher sprecherin richter richterin staatsanwalt staatsanwältin zeuge zeugin portavoz fiscal juez jueza
    presidente presidenta porte-parole procureur maire juge portavoce sindaco giudice woordvoerder
""".split())  # fmt: skip
_ONE_WHO_SPEAKS: Final = frozenset("""
    spokesman spokeswoman spokesperson aide source insider official officer neighbour neighbor resident
    adviser pal friend
""".split())  # fmt: skip


def _is_new(p: Paragraph, previous: Speaker | None) -> bool:
    """Whether nobody was named as a speaker in the paragraph so far."""
    return previous is None or previous.position < p.starts[0]


def _who_spoke(previous: Speaker | None) -> Person | None:
    """The person who spoke last: “…,” said Ada Quist.¶“…,” the businesswoman said."""
    return previous.person if previous is not None else None


_GENDER_OF_AGE: Final = {"der": "m", "die": "f"}


_FIRM_NOUNS: Final = frozenset("""
    company firm group retailer carmaker chipmaker operator supplier unternehmen konzern bedrijf empresa
    compañía entreprise azienda
""".split())  # fmt: skip


def _unnamed(previous: Speaker | None, gender: str) -> str | None:
    """Who spoke last, if described and not named, and the description's gender fits."""
    if previous is None or previous.person is not None or previous.name is None:
        return None
    nouns = data.FEMALE_NOUNS if gender == "f" else data.MALE_NOUNS
    if previous.kind == "name" and nouns.isdisjoint(previous.name.lower().split()):
        return None  # she: the Duchess of Wessex
    if previous.kind not in ("anonymous", "name"):
        return None
    return previous.name if all(fits(word, gender) for word in previous.name.split()) else None


def _without_capital(printed: str) -> str:
    """A descriptor as it stands inside a sentence: "The report" is "the report"; names keep their capital."""
    head = printed.split(" ", 1)[0]
    return head.lower() + printed[len(head) :] if head.lower() in _ARTICLES else printed


_ARTICLES: Final = frozenset(word for word, value in cues.lexicon("en").items() if value & (DET | INDEF)) | {
    *"der die das ein eine le la les un une des el los las una il lo gli uno de het een o os um uma".split()
}
