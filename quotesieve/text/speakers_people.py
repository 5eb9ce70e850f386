"""Which person "he", "she" or "the Spaniard" means: by gender, nearness, part in the sentence and topic.

Weights are round numbers set by hand and checked on `benchmarks/quotes.py` (`canon`). What the words at
the cue are, and what is no person, is `speakers_resolve`'s.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from quotesieve.text.cues import BE, CUE, SUB
from quotesieve.text.names import PERSON
from quotesieve.text.names_cast import Cast, Person, Spot
from quotesieve.text.quotes import Segment
from quotesieve.text.speakers_claims import introduction
from quotesieve.text.speakers_clauses import main_subject, phrase_subject
from quotesieve.text.speakers_phrases import Claim, Subject
from quotesieve.text.speakers_tokens import Flags, Paragraph


class Speaker(NamedTuple):
    """Who an article says is speaking."""

    name: str | None  # as full as the article gives it
    printed: str
    method: str  # explicit | pronoun | anonymous
    kind: str  # how the name was found: name | body | pronoun | role | anonymous | unresolved
    person: Person | None
    position: int  # of the words at the cue


GENDERS: Final = {
    "he": "m", "she": "f", "er": "m", "il": "m", "elle": "f", "él": "m", "ella": "f", "hij": "m", "ele": "m",
    "ela": "f",
    "han": "m", "hun": "f", "hon": "f", "ona": "f", "jej": "f", "jego": "m",
    "lui": "m", "lei": "f", "egli": "m", "his": "m", "her": "f", "him": "m",
}  # fmt: skip
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
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
_LINE: Final = 4000  # characters of the paragraph before that are read
_SENTENCES_BACK: Final = 6  # looked back over for the subject that a pronoun takes up


class People:
    """Who is spoken of where in an article: mentions outside of quotes, genders, subjects."""

    def __init__(self, text: str, cast: Cast, segments: Sequence[Segment], flags: Flags) -> None:
        self.text = text
        self.cast = cast
        self._segments = segments
        self._flags = flags
        self._speaking: dict[int, bool] = {}
        self._guessed: dict[Person, str] = {}

    @cached_property
    def spots(self) -> list[Spot]:
        """The mentions of people outside of quotes; only pronouns ask for them."""
        return _outside(self.cast.spots, self._segments)

    @cached_property
    def _ends(self) -> list[int]:
        return [segment.end for segment in self._segments]

    @cached_property
    def positions(self) -> list[int]:
        return [spot.position for spot in self.spots]

    @cached_property
    def _leading(self) -> dict[Person, list[Spot]]:
        """The mentions of each person that open a sentence."""
        leading: dict[Person, list[Spot]] = {}
        for spot in self.spots:
            if spot.lead == 2:
                leading.setdefault(spot.person, []).append(spot)
        return leading

    def person_for(
        self, gender: str, position: int, paragraph: int, previous: Speaker | None, topic: Person | None
    ) -> Person | None:
        """The person whom "he" or "she" at `position` most likely means, or None.

        `topic` is the subject that the paragraph has brought up since anybody spoke (see `_topic`).
        """
        last = bisect_left(self.positions, position)
        best: Person | None = None
        best_score = -6.0
        for spot in reversed(self.spots[max(0, last - _WINDOW) : last]):
            if _PER_CHARACTER * (position - spot.position) + _MOST < best_score:
                break  # it and all before it are too far away
            known = self.gender_of(spot.person)
            if gender and known not in ("", gender):
                continue
            score = _score(spot, position, known) + (_SPEAKS if self._speaks(spot) else 0.0)
            score += _TOPIC if spot.person is topic and spot.position >= paragraph else 0.0
            if score >= best_score:
                best, best_score = spot.person, score
        spoke = previous.person if previous is not None else None
        if (
            spoke is not None
            and previous is not None
            and (not gender or self.gender_of(spoke) in ("", gender))
        ):
            score = (
                _PER_CHARACTER * (position - previous.position)
                + _LEADS[2]
                + _SPOKE_LAST
                + _character(spoke, self.gender_of(spoke))
            )
            score += _SPOKE_HERE if previous.position >= paragraph else 0.0
            if score > best_score:
                best = spoke
        return best

    def topic(self, claim: Claim, gender: str, previous: Speaker | None) -> Person | None:
        """The nearest named subject before the pronoun in its paragraph, if its gender fits.

        Nobody where the last speaker was quoted after that subject, or where a pronoun carries on from
        before the paragraph: "She has written to Ada Quist." Nor is Quist, an object, ever the topic.
        """
        p = claim.paragraph
        if previous is not None and previous.position >= p.starts[0]:
            return self.topic_of(p, claim.subject, gender, previous.position)
        return self.topic_of(p, claim.subject, gender)

    def topic_before(
        self, start: int, gender: str, *, or_mentioned: bool = True
    ) -> tuple[Person | None, int]:
        r"""Who speaks in the paragraph before the one at `start`, or is its subject, and where it begins;
        else, if that is wanted, the one person who is mentioned there.

        "Quist, sacked twice, shrugged off the question.\n“Ask my knees,” he said." Nobody if it has quotes.
        """
        end = start
        while end and self.text[end - 1].isspace():
            end -= 1
        line = max(self.text.rfind("\n", 0, end) + 1, end - _LINE)
        k = bisect_right(self._ends, line)
        if end == 0 or (k < len(self._segments) and self._segments[k].start < end):
            return None, start
        k = bisect_left(self.positions, line)
        if k == len(self.spots) or self.spots[k].position >= end:
            return None, start
        p = Paragraph(self.text, line, end, [], self._flags)
        claim = introduction(p, len(p.sentences) - 1) if p.sentences else None
        subjects = (main_subject(p, *sentence) for sentence in reversed(p.sentences))
        for subject in [claim.subject] if claim is not None and claim.subject.name else subjects:
            name = subject.name if subject else None
            person = self.cast.find(name, p.starts[subject.first]) if subject and name else None
            if person is not None and (not gender or self.gender_of(person) in ("", gender)):
                return person, line
        if not or_mentioned:
            return None, start
        there = {spot.person for spot in self.spots[k : bisect_left(self.positions, end)]}
        fitting = [own for own in there if own.kind == PERSON and self.gender_of(own) in ("", gender)]
        return (fitting[0], line) if len(fitting) == 1 else (None, start)

    def topic_of(self, p: Paragraph, taken_up: Subject, gender: str, after: int = -1) -> Person | None:
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
                if GENDERS.get(p.words[subject.first].lower()) == gender:
                    continue  # Quist is back. He is 70. “…,” he said
                return None
            name, at = subject.name, subject.first
            if name is None and subject.last + 1 < last and _identifies(p, subject.last):
                at = subject.last + 1  # The man was Ada Quist, 41.
                identified = phrase_subject(p, at, last)
                name = identified.name if identified is not None else None
            person = self.cast.find(name, p.starts[at]) if name else None
            if person is not None and (not gender or self.gender_of(person) in ("", gender)):
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

    def _is_quoted(self, position: int) -> bool:
        k = bisect_right(self._ends, position)
        return k < len(self._segments) and self._segments[k].start <= position

    def gender_of(self, person: Person) -> str:
        """The person's gender; where no name or title tells it, by the pronouns after its mentions."""
        if person.gender or person in self._guessed:
            return person.gender or self._guessed[person]
        votes = {"m": 0, "f": 0}
        for spot in self._leading.get(person, ()):
            pronoun = _PRONOUN.search(self.text, spot.position, spot.position + 200)
            if pronoun is not None and not self._is_quoted(pronoun.start()):
                votes["m" if pronoun.group().lower() in ("he", "his", "him") else "f"] += 1
        self._guessed[person] = (
            "m" if votes["m"] > 2 * votes["f"] else "f" if votes["f"] > 2 * votes["m"] else ""
        )
        return self._guessed[person]


def _identifies(p: Paragraph, verb: int) -> bool:
    """Whether a verb says who somebody is: The man was Ada Quist. Einer davon ist Ada Quist."""
    return bool(p.flags[verb] & BE) or (p.language == "de" and p.words[verb] in ("ist", "war"))


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
