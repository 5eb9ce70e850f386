"""From the words at the cue to a name: surnames to full names, pronouns and descriptors to people.

Everything is within one article. Weights of the pronoun rule are round numbers set by hand and
checked on `benchmarks/quotes.py` (`canon`); see docs/quotes.md for how often each method is right.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.cues import BODY, CUE, DET, INDEF, PLURAL, POSS, ROLE, SUB
from quotesieve.text.names import LIKELY, NOT_PERSON, PERSON, analyse
from quotesieve.text.names_cast import Cast, Person, Spot
from quotesieve.text.quotes import Segment
from quotesieve.text.quotes_unmarked import ANSWERS
from quotesieve.text.speakers_claims import introduction
from quotesieve.text.speakers_clauses import main_subject, phrase_subject
from quotesieve.text.speakers_lead import named_next
from quotesieve.text.speakers_phrases import Claim, Subject, can_speak
from quotesieve.text.speakers_roles import (
    Roles,
    fits,
    head_noun,
    indefinite_body,
    is_definite,
    is_demonym,
    takes_up,
)
from quotesieve.text.speakers_tokens import Flags, Paragraph


class Speaker(NamedTuple):
    """Who an article says is speaking."""

    name: str | None  # as full as the article gives it
    printed: str
    method: str  # explicit | pronoun | anonymous
    kind: str  # how the name was found: name | body | pronoun | role | anonymous | unresolved
    person: Person | None
    position: int  # of the words at the cue


_GENDERS: Final = {
    "he": "m", "she": "f", "er": "m", "il": "m", "elle": "f", "él": "m", "ella": "f", "hij": "m", "ele": "m",
    "ela": "f",
    "han": "m", "hun": "f", "hon": "f", "ona": "f", "jej": "f", "jego": "m",
    "lui": "m", "lei": "f", "egli": "m", "his": "m", "her": "f", "him": "m",
}  # fmt: skip
_SHE_OR_THEY: Final = frozenset(["sie", "zij", "ze"])
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_CONTRACTION = re.compile(r"[’'].*")
_INSERTION = re.compile(r", [^,.;\n“”\"]{1,90},|,? \([^)\n]{1,40}\)")
_WINDOW: Final = 30  # mentions looked back over for a pronoun
# Points for a candidate: how near, what part it played, what is known of it.
_PER_CHARACTER: Final = -1 / 250
_LEADS: Final = (0.0, 0.5, 1.0)
_SPOKE_LAST: Final = 0.5
_SPOKE_HERE: Final = 1.0
_GENDER_UNKNOWN: Final = -1.0
_HARDLY_PERSON: Final = -1.2
_POSSESSIVE: Final = -0.6
_SPEAKS: Final = 1.5
_TOPIC: Final = 2.5
_MOST: Final = _LEADS[2] + _SPEAKS + _TOPIC  # points that any mention can have, nearness apart
_OPENING: Final = 2  # tokens before a pronoun in the first reporting clause of a paragraph: “…,” he said
_LINE: Final = 4000  # characters of the paragraph before that are read
_SENTENCES_BACK: Final = 6  # looked back over for the subject that a pronoun takes up


class Resolver:
    """Names the subjects of claims, in the order of the text."""

    def __init__(self, text: str, cast: Cast, segments: Sequence[Segment], flags: Flags) -> None:
        self.text = text
        self._flags = flags
        self._speaking: dict[int, bool] = {}
        self._segments = segments
        self._roles = Roles(text, cast)
        self._guessed: dict[Person, str] = {}
        self._interviewed: Person | None = None
        self._titles: dict[str, str] = {}  # Duchess: Duchess of Wessex
        self._described: dict[str, str] = {}  # who is unnamed, by the noun of the description
        self.cast = cast

    @cached_property
    def spots(self) -> list[Spot]:
        """The mentions of people outside of quotes; only pronouns ask for them."""
        return _outside(self.cast.spots, self._segments)

    @cached_property
    def _lead_end(self) -> int:
        """Where the headline and the first paragraph end: the second line."""
        headline = self.text.find("\n")
        lead = self.text.find("\n", headline + 1) if headline >= 0 else -1
        return lead if lead >= 0 else len(self.text)

    @cached_property
    def _ends(self) -> list[int]:
        return [segment.end for segment in self._segments]

    @cached_property
    def _positions(self) -> list[int]:
        return [spot.position for spot in self.spots]

    @cached_property
    def _leading(self) -> dict[Person, list[Spot]]:
        """The mentions of each person that open a sentence."""
        leading: dict[Person, list[Spot]] = {}
        for spot in self.spots:
            if spot.lead == 2:
                leading.setdefault(spot.person, []).append(spot)
        return leading

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
        gender = _GENDERS.get(_CONTRACTION.sub("", word), "")
        if word in _SHE_OR_THEY and claim.cue is not None and not p.words[claim.cue[1] - 1].endswith("n"):
            gender = "f"  # sagte sie, zegt ze, but: sagten sie, zeggen ze
        if gender:
            topic = self._topic(claim, gender, previous)
            start = p.starts[0]
            if topic is None and (claim.subject.first <= _OPENING or claim.rule == "inside"):
                topic, start = self._topic_before(start, gender)
            person = self.person_for(gender, position, start, previous, topic)
            described = None
            if topic is None:
                described = self._described_before(claim, gender, previous)
            if described is not None:
                return Speaker(described, printed, "pronoun", "pronoun", None, position)
            name = person.text if person is not None else _unnamed(previous, gender)
            name = name or self._described_subject(claim, gender)
            return Speaker(name, printed, "pronoun", "pronoun" if name else "unresolved", person, position)
        name = None
        if word in ("it", "they") or p.flags[claim.subject.first] & PLURAL:
            name = self._body(claim, previous)
        return Speaker(name, printed, "pronoun", "body" if name else "unresolved", None, position)

    def person_for(
        self, gender: str, position: int, paragraph: int, previous: Speaker | None, topic: Person | None
    ) -> Person | None:
        """The person whom "he" or "she" at `position` most likely means, or None.

        `topic` is the subject that the paragraph has brought up since anybody spoke (see `_topic`).
        """
        last = bisect_left(self._positions, position)
        best: Person | None = None
        best_score = -6.0
        for spot in reversed(self.spots[max(0, last - _WINDOW) : last]):
            if _PER_CHARACTER * (position - spot.position) + _MOST < best_score:
                break  # it and all before it are too far away
            known = self._gender(spot.person)
            if gender and known not in ("", gender):
                continue
            score = _score(spot, position, known) + (_SPEAKS if self._speaks(spot) else 0.0)
            score += _TOPIC if spot.person is topic and spot.position >= paragraph else 0.0
            if score >= best_score:
                best, best_score = spot.person, score
        spoke = previous.person if previous is not None else None
        if spoke is not None and previous is not None and (not gender or self._gender(spoke) in ("", gender)):
            score = (
                _PER_CHARACTER * (position - previous.position)
                + _LEADS[2]
                + _SPOKE_LAST
                + _character(spoke, self._gender(spoke))
            )
            score += _SPOKE_HERE if previous.position >= paragraph else 0.0
            if score > best_score:
                best = spoke
        return best

    def _topic(self, claim: Claim, gender: str, previous: Speaker | None) -> Person | None:
        """The nearest named subject before the pronoun in its paragraph, if its gender fits.

        Nobody where the last speaker was quoted after that subject, or where a pronoun carries on from
        before the paragraph: "She has written to Ada Quist." Nor is Quist, an object, ever the topic.
        """
        p = claim.paragraph
        if previous is not None and previous.position >= p.starts[0]:
            return self._topic_of(p, claim.subject, gender, previous.position)
        return self._topic_of(p, claim.subject, gender)

    def _topic_before(self, start: int, gender: str) -> tuple[Person | None, int]:
        r"""Who speaks in the paragraph before the one at `start`, or is its subject, and where it begins.

        "Quist, sacked twice, shrugged off the question.\n“Ask my knees,” he said." Nobody if it has quotes.
        """
        end = start
        while end and self.text[end - 1].isspace():
            end -= 1
        line = max(self.text.rfind("\n", 0, end) + 1, end - _LINE)
        k = bisect_right(self._ends, line)
        if end == 0 or (k < len(self._segments) and self._segments[k].start < end):
            return None, start
        k = bisect_left(self._positions, line)
        if k == len(self.spots) or self.spots[k].position >= end:
            return None, start
        p = Paragraph(self.text, line, end, [], self._flags)
        claim = introduction(p, len(p.sentences) - 1) if p.sentences else None
        subjects = [main_subject(p, *sentence) for sentence in reversed(p.sentences)]
        for subject in [claim.subject] if claim is not None and claim.subject.name else subjects:
            name = subject.name if subject else None
            person = self.cast.find(name, p.starts[subject.first]) if subject and name else None
            if person is not None and self._gender(person) in ("", gender):
                return person, line
        there = {spot.person for spot in self.spots[k : bisect_left(self._positions, end)]}
        fitting = [person for person in there if self._gender(person) in ("", gender)]
        return (fitting[0], line) if len(fitting) == 1 else (None, start)

    def _topic_of(self, p: Paragraph, taken_up: Subject, gender: str, after: int = -1) -> Person | None:
        pronoun = taken_up.first
        own = p.sentence_of(pronoun)
        for sentence in range(own, max(-1, own - _SENTENCES_BACK), -1):
            first, last = p.sentences[sentence]
            subject = main_subject(p, first, min(last, pronoun))
            if subject is None and p.flags[first] & SUB and first + 1 < min(last, pronoun):
                subject = phrase_subject(p, first + 1, min(last, pronoun))  # When Quist came, he
            if subject is None or subject.first >= pronoun:
                continue
            if p.starts[subject.first] <= after:
                return None
            if subject.kind == "pronoun":
                if _GENDERS.get(p.words[subject.first].lower()) == gender:
                    continue  # Quist is back. He is 70. “…,” he said
                return None
            person = self.cast.find(subject.name, p.starts[subject.first]) if subject.name else None
            if person is not None and (not gender or self._gender(person) in ("", gender)):
                return person
        return None

    def _speaks(self, spot: Spot) -> bool:
        """Whether a reporting verb is beside the mention: "said Quist", "Quist, a judge, said"."""
        if spot.position not in self._speaking:
            inserted = _INSERTION.match(self.text, spot.end)
            end = inserted.end() if inserted is not None else spot.end
            before = self.text[max(0, spot.position - 14) : spot.position].split()[-1:]
            around = before + self.text[end : end + 24].split(None, 2)[:2]
            self._speaking[spot.position] = any(self._flags[word] & CUE for word in around)
        return self._speaking[spot.position]

    def _gender(self, person: Person) -> str:
        """The person's gender; where no name or title tells it, by the pronouns after its mentions."""
        if person.gender or person in self._guessed:
            return person.gender or self._guessed[person]
        votes = {"m": 0, "f": 0}
        for spot in self._leading.get(person, ()):
            pronoun = _PRONOUN.search(self.text, spot.position, spot.position + 200)
            if pronoun is not None:
                votes["m" if pronoun.group().lower() in ("he", "his", "him") else "f"] += 1
        self._guessed[person] = (
            "m" if votes["m"] > 2 * votes["f"] else "f" if votes["f"] > 2 * votes["m"] else ""
        )
        return self._guessed[person]

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
        head = head_noun(p, subject)
        if not p.flags[head] & ROLE or not fits(p.words[head], gender):
            return None
        return _without_capital(p.printed(subject.first, subject.last))

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
                person = self._taken_up(p, subject, position, previous)
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
        k = bisect_left(self._positions, position)
        opens = subject.first == p.sentences[p.sentence_of(subject.first)][0]  # not: …, said the Spaniard
        if opens and is_demonym(p, subject) and k and self._positions[k - 1] >= p.starts[0]:
            return self.spots[k - 1].person
        topic, start = self._topic_of(p, subject, ""), p.starts[0]
        if topic is None and (previous is None or previous.position < start):
            topic, start = self._topic_before(start, "")
        return self.person_for("", position, start, previous, topic)


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


def _outside(spots: Sequence[Spot], segments: Sequence[Segment]) -> list[Spot]:
    """The mentions that stand outside of quotes."""
    ends = [segment.end for segment in segments]
    out = []
    for spot in spots:
        k = bisect_left(ends, spot.position + 1)
        if k == len(segments) or spot.position < segments[k].start:
            out.append(spot)
    return out


def _character(person: Person, gender: str) -> float:
    points = 0.0 if gender else _GENDER_UNKNOWN
    return points if person.kind == PERSON else points + _HARDLY_PERSON


def _score(spot: Spot, position: int, gender: str) -> float:
    points = _PER_CHARACTER * (position - spot.position) + _LEADS[spot.lead] + _character(spot.person, gender)
    return points + _POSSESSIVE if spot.possessive else points


def _without_capital(printed: str) -> str:
    """A descriptor as it stands inside a sentence: "The report" is "the report"; names keep their capital."""
    head = printed.split(" ", 1)[0]
    return head.lower() + printed[len(head) :] if head.lower() in _ARTICLES else printed


_ARTICLES: Final = frozenset(word for word, value in cues.lexicon("en").items() if value & (DET | INDEF)) | {
    *"der die das ein eine le la les un une des el los las una il lo gli uno de het een o os um uma".split()
}
