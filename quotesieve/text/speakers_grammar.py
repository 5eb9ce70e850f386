"""A shallow reading of the words around quotes: tokens, sentences, noun phrases, subjects.

No parser: flags of single words (`cues`) and a few rules about what stands beside what. Each
quoted segment is one token here, so that what is said inside a quote never counts as a clause.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from quotesieve.text import cues
from quotesieve.text import names_data as data
from quotesieve.text.cues import (
    ADV, AUX, CAP, CLOSE, COLON, COMMA, CONJ, CUE, DASH, DET, INDEF, ING, NUMBER, OBJ, OPEN, OTHER, PER, POSS, PREP,
    PRON, QUOTE, REL, ROLE, STOP, SUB, TIME, TITLE, VERB, WEAK,
)  # fmt: skip
from quotesieve.text.names import NOT_PERSON, PERSON, Name, analyse
from quotesieve.text.quotes import Segment

_TOKEN = re.compile(
    rf"(?:{cues.ABBREVIATIONS})\.|(?:[A-Z]\.)+(?:[A-Z]\b)?|\w+(?:[-‑’'&./]\w+)*|--|\.\.+|[^\w\s]"
)
_PUNCTUATION: Final = {
    ",": COMMA, ".": STOP, "!": STOP, "?": STOP, ";": STOP, "…": STOP, ":": COLON, "-": DASH, "--": DASH, "–": DASH,
    "—": DASH, "(": OPEN, "[": OPEN, ")": CLOSE, "]": CLOSE, "...": STOP, "..": STOP, "•": STOP, "|": STOP,
}  # fmt: skip
APOS: Final = 1 << 32  # ends in 's: stands before its noun like an article
LOWER: Final = 1 << 33  # begins with a small letter
_NOUNS: Final = CAP | OTHER | ROLE | PER | TITLE | NUMBER | DET | APOS | POSS | INDEF
_BREAKS: Final = COMMA | STOP | COLON | DASH | OPEN | CLOSE | QUOTE | REL
_ANY_VERB: Final = CUE | WEAK | VERB | AUX | ING
_CACHE_LIMIT: Final = 200_000


class Flags(dict[str, int]):
    """Flags by word as printed; a new word is classified once and kept."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._table = cues.lexicon(language)

    def __missing__(self, word: str) -> int:
        value = flags_of(word, self._table)
        if len(self) < _CACHE_LIMIT:
            self[word] = value
        return value


def flags_of(word: str, table: dict[str, int]) -> int:
    """The flags of one token, by table, else by its shape."""
    if word in _PUNCTUATION:
        return _PUNCTUATION[word]
    lower = word.lower()
    value = 0
    if lower.endswith(("'s", "’s")) and lower not in table:
        value, lower = APOS, lower[:-2]
        if lower in ("he", "she", "it", "that", "who", "there", "what", "here", "let"):
            return table.get(lower, OTHER)
    value |= table.get(lower, 0)
    if "-" in lower and not value & ~APOS:
        value |= table.get(lower.rsplit("-", 1)[1], 0) & (ROLE | PER)
    first = word[0]
    value |= CAP if first.isupper() else LOWER if first.islower() else 0
    if first.isdigit():
        value |= NUMBER
    if not value & ~(APOS | LOWER | CAP):
        value |= _by_shape(lower, first.isupper())
    return value


def _by_shape(lower: str, capital: bool) -> int:
    if capital or not lower[0].isalpha():
        return 0
    if lower.endswith("ly") and len(lower) > 4:
        return ADV
    if lower.endswith("ed") and len(lower) > 4:
        return VERB
    if lower.endswith("ing") and len(lower) > 5:
        return VERB | OTHER
    return OTHER


class Subject(NamedTuple):
    """Who speaks, as printed: token range [first, last) and what kind of words they are."""

    first: int
    last: int
    kind: str  # name | pronoun | descriptor | relative
    name: Name | None  # of a name


class Paragraph:
    """The tokens of one paragraph with its quoted segments folded into one token each."""

    __slots__ = ("ends", "flags", "segments", "sentence_of", "sentences", "starts", "text", "words")

    def __init__(self, text: str, start: int, end: int, segments: Sequence[Segment], flags: Flags) -> None:
        self.text = text
        self.words: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.flags: list[int] = []
        self.segments: dict[int, Segment] = {}  # token index -> segment
        at = start
        for segment in segments:
            self._read(at, segment.outer_start, flags)
            self.segments[len(self.words)] = segment
            self._push("\ue000", segment.outer_start, segment.outer_end, QUOTE)
            at = segment.outer_end
        self._read(at, end, flags)
        self.sentences = self._split()
        self.sentence_of = [0] * len(self.words)
        for number, (first, last) in enumerate(self.sentences):
            for i in range(first, last):
                self.sentence_of[i] = number

    def _read(self, start: int, end: int, flags: Flags) -> None:
        if start >= end:
            return
        words, starts, ends, values = self.words, self.starts, self.ends, self.flags
        for found in _TOKEN.finditer(self.text, start, end):
            word = found.group()
            words.append(word)
            starts.append(found.start())
            ends.append(found.end())
            values.append(flags[word])

    def _push(self, word: str, start: int, end: int, value: int) -> None:
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)
        self.flags.append(value)

    def _split(self) -> list[tuple[int, int]]:
        """Token ranges of the sentences."""
        out, first, count = [], 0, len(self.words)
        for i in range(count):
            value = self.flags[i]
            if value & (STOP | QUOTE) and (self._ends_at_stop(i) if value & STOP else self._ends_at_quote(i)):
                out.append((first, i + 1))
                first = i + 1
        if first < count:
            out.append((first, count))
        return out

    def _ends_at_stop(self, i: int) -> bool:
        return i + 1 >= len(self.words) or not self.flags[i + 1] & (LOWER | STOP | COMMA | CLOSE)

    def _ends_at_quote(self, i: int) -> bool:
        """Whether the sentence ends inside the quote: "It is." but not "It is," nor "Is it?" he said."""
        last = self.last_char(i)
        if last not in ".!?…" or i + 1 >= len(self.words):
            return last in ".!?…"
        following = self.flags[i + 1]
        if following & (LOWER | COMMA | STOP | DASH | CLOSE | OPEN):
            return False
        if last in "!?" and self.tail_cue(i + 1) >= 0:
            return False
        return True

    def last_char(self, i: int) -> str:
        """The last character of the words of quote token `i`, closing marks inside it left out."""
        segment = self.segments[i]
        return self.text[max(segment.start, segment.end - 4) : segment.end].rstrip("'\"’”» \u00a0")[-1:] or " "

    def tail_cue(self, i: int, reach: int = 8) -> int:
        """Index of a reporting verb in a tail such as "he said" or "Ms. Roe told Reuters", else -1."""
        for j in range(i, min(i + reach, len(self.words))):
            value = self.flags[j]
            if value & CUE and value & LOWER and j > i:
                return j
            if value & (_BREAKS | VERB | WEAK | SUB) and not value & (CAP | AUX):
                return -1
        return -1

    def sentence(self, i: int) -> tuple[int, int]:
        """The token range of the sentence that holds token `i`."""
        return self.sentences[self.sentence_of[i]]

    def printed(self, first: int, last: int) -> str:
        """The text of a token range, on one line."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""

    # -- noun phrases ------------------------------------------------------------------------

    def phrase_end(self, i: int, stop: int) -> int:
        """End of the noun phrase that begins at token `i`: before the first preposition, verb or mark."""
        j = i
        while j < stop:
            value = self.flags[j]
            if value & CAP and not (j == i and value & (PREP | SUB | CONJ | ADV)):
                if value & (CUE | WEAK) and j > i and not value & (ROLE | PER | TITLE):
                    break
                j += 1
            elif value & (ROLE | PER | TITLE) or (value & _NOUNS and not value & (_ANY_VERB | PREP)):
                if value & _ANY_VERB and j > i and not self.flags[j - 1] & (DET | POSS | APOS | OTHER):
                    break
                j += 1
            elif value & VERB and value & OTHER and j > i and self.flags[j - 1] & (DET | POSS | APOS):
                j += 1
            elif self.words[j] in data.PARTICLES and j + 1 < stop and self.flags[j + 1] & CAP and j > i and self.flags[j - 1] & CAP:
                j += 1
            else:
                break
        return j

    def name_in(self, first: int, last: int) -> tuple[int, Name] | None:
        """The name that ends the phrase [first, last), and where its capitalised run begins."""
        k = last
        while k > first and (
            (self.flags[k - 1] & CAP and not (k < last and self.flags[k - 1] & APOS))
            or (k < last and k - 1 > first and self.words[k - 1] in data.PARTICLES and self.flags[k - 2] & CAP)
        ):
            k -= 1
        if k == last:
            return None
        run = " ".join(self.words[k:last])
        if run.endswith(("'s", "’s")):
            run = run[:-2]
        name = analyse(run)
        return (k, name) if name.text else None

    def subject_of_phrase(self, first: int, last: int, stop: int) -> Subject | None:
        """The subject that the words [first, last) name, apposition up to `stop` looked at."""
        first = self._skip_lead(first, last)
        if first >= last:
            return None
        if self.flags[first] & PRON and last - first == 1:
            return Subject(first, last, "pronoun", None)
        found = self.name_in(first, last)
        if found is not None:
            return Subject(first, last, "name", found[1])
        if not any(self.flags[k] & (OTHER | ROLE | PER | TITLE | CAP | NUMBER | DET) for k in range(first, last)):
            return None
        apposed = self._apposed_name(last, stop)
        if apposed is not None:
            return apposed
        return Subject(first, self._with_complement(last, stop), "descriptor", None)

    def _skip_lead(self, first: int, last: int) -> int:
        """Past the words that open a clause and are no part of its subject: But, Meanwhile, On Friday."""
        while first < last:
            value = self.flags[first]
            if value & (CONJ | ADV | SUB | COMMA) and not value & (DET | PRON):
                first += 1
            elif value & TIME and first + 1 < last:
                first += 1
            else:
                break
        return first

    def _apposed_name(self, i: int, stop: int) -> Subject | None:
        """The name in "a professor of law at Quarry Hill, Ada Quist, said", `i` after "professor"."""
        j = i
        while j < min(stop, i + 14) and not self.flags[j] & (COMMA | STOP | QUOTE | COLON | CUE | REL | AUX):
            j += 1
        if j >= stop or not self.flags[j] & COMMA:
            return None
        end = self.phrase_end(j + 1, stop)
        if end == j + 1 or not all(self.flags[k] & CAP for k in (j + 1, end - 1)):
            return None
        found = self.name_in(j + 1, end)
        if found is None or found[0] != j + 1 or found[1].kind < 1:
            return None
        if end < stop and not self.flags[end] & (COMMA | STOP | CUE | WEAK | AUX | DASH | CLOSE | QUOTE | ADV):
            return None
        return Subject(j + 1, end, "name", found[1])

    def _with_complement(self, last: int, stop: int) -> int:
        """A descriptor keeps its "of …" or "for …": a spokesman for the town."""
        if last < stop and self.words[last] in ("of", "for"):
            end = self.phrase_end(last + 1, stop)
            if end > last + 1 and end - last <= 7:
                return end
        return last

    # -- subjects ----------------------------------------------------------------------------

    def subject_after(self, verb: int, stop: int) -> Subject | None:
        """The subject of an inverted clause: "said Ada Quist, a professor"."""
        i = verb + 1
        while i < stop and self.flags[i] & ADV and not self.flags[i] & CAP:
            i += 1
        if i < stop and self.flags[i] & PRON and not self.flags[i] & PLURAL_OBJECT:
            return Subject(i, i + 1, "pronoun", None)
        if i >= stop or not self.flags[i] & (CAP | DET | ROLE | OTHER | TITLE | PER | INDEF) or self.flags[i] & (TIME | OBJ):
            return None
        end = self.phrase_end(i, stop)
        if end == i:
            return None
        long_title = self._long_title(i, end, stop)
        return long_title or self.subject_of_phrase(i, end, stop)

    def _long_title(self, first: int, end: int, stop: int) -> Subject | None:
        """ "Secretary of State Ada Quist": the title goes on over a preposition to a name."""
        head = self.flags[end - 1]
        if not head & (TITLE | ROLE) or end >= stop or not self.flags[end] & PREP:
            return None
        j = end
        while j < min(stop, end + 12) and not self.flags[j] & (_BREAKS | CUE | AUX | SUB | WEAK):
            j += 1
        found = self.name_in(end + 1, j)
        if found is None or found[1].kind != PERSON:
            return None
        return Subject(first, j, "name", found[1])

    def subject_before(self, verb: int, start: int) -> Subject | None:
        """The subject of the verb, looked for to its left within [start, verb)."""
        j = self._skip_left(verb - 1, start)
        if j < start:
            return None
        value = self.flags[j]
        if value & PRON:
            return Subject(j, j + 1, "pronoun", None)
        if value & REL:
            return self._antecedent(j, start)
        if value & (COMMA | DASH | CLOSE):
            return self._over_insertion(j, start)
        if value & (CONJ | SUB | COLON | QUOTE | STOP):
            return self.main_subject(start, j) if value & CONJ else None
        return self._adjacent(j, start, verb)

    def _skip_left(self, j: int, start: int) -> int:
        while j >= start:
            value = self.flags[j]
            if value & (AUX | ADV) and not value & (CAP | PRON):
                j -= 1
            elif value & TIME and j - 1 >= start:
                j -= 2 if self.flags[j - 1] & PREP else 1
            else:
                break
        return j

    def _antecedent(self, relative: int, start: int) -> Subject | None:
        """Whom "who" stands for: the phrase before it, over a comma."""
        j = relative - 1
        if j >= start and self.flags[j] & (COMMA | PREP):
            j -= 1
        if j < start or self.flags[j] & _BREAKS:
            if j >= start and self.flags[j] & CLOSE:
                while j > start and not self.flags[j] & OPEN:
                    j -= 1
                return self._adjacent(j - 1, start, j) if j > start else None
            return None
        return self._adjacent(j, start, j + 1)

    def _over_insertion(self, j: int, start: int) -> Subject | None:
        """Over "(D-Ohio)", ", who is 70," or " – a doctor – " to the phrase before it."""
        if self.flags[j] & CLOSE:
            k = j
            while k > start and not self.flags[k] & OPEN:
                k -= 1
            return self.subject_before(k, start) if k > start else None
        return self.main_subject(start, j)

    def _adjacent(self, j: int, start: int, verb: int) -> Subject | None:
        """The noun phrase that ends at token `j`, right before its verb."""
        k = j
        while k >= start and self._inside_phrase(k, start):
            k -= 1
        first = self._skip_lead(k + 1, j + 1)
        if first > j:
            return None
        if self.flags[first] & PREP and not self.flags[first] & (CUE | DET):
            if self.flags[first] & SUB:
                first += 1  # after Roe said
            else:
                found = self.name_in(first + 1, j + 1)
                return Subject(found[0], j + 1, "name", found[1]) if found else None
        end = self.phrase_end(first, j + 1)
        if end <= first:
            end = first + 1
        if end <= j:
            long_title = self._long_title(first, end, verb)
            if long_title is not None:
                return long_title
            if not self.flags[end] & PREP:
                end = j + 1
        return self.subject_of_phrase(first, end, verb)

    def _inside_phrase(self, k: int, start: int) -> bool:
        """Whether token `k` may stand inside a noun phrase, read from its end."""
        value = self.flags[k]
        if value & _BREAKS:
            return False
        if value & CAP:
            return not (value & (SUB | CONJ | PRON) and not value & (TITLE | PREP))
        if value & CONJ:
            return k - 1 >= start and bool(self.flags[k - 1] & (CAP | ROLE)) and bool(self.flags[k + 1] & (CAP | ROLE | DET)) and not self._verb_before(k, start)
        if value & PREP:
            return True
        if value & (PRON | AUX | OBJ) and not value & DET:
            return False
        if value & SUB and not value & DET:
            return False
        if value & (CUE | WEAK | VERB | ING) and not value & (ROLE | PER | OTHER):
            return False
        return bool(value & (_NOUNS | TIME | ADV))

    def _verb_before(self, k: int, start: int) -> bool:
        return any(self.flags[i] & (CUE | WEAK | VERB | AUX | QUOTE) for i in range(max(start, k - 12), k))

    def main_subject(self, start: int, stop: int) -> Subject | None:
        """The subject of the clause that fills [start, stop): its first phrase, openings skipped."""
        i = start
        while i < stop and self.flags[i] & (CONJ | ADV | COMMA | QUOTE | DASH | STOP) and not self.flags[i] & (DET | PRON):
            i += 1
        if i >= stop:
            return None
        value = self.flags[i]
        if value & (PREP | SUB | ING | VERB | WEAK | CUE) and not (value & CAP and self._starts_name(i, stop)):
            return self._after_opening(i, stop)
        return self._phrase_subject(i, stop)

    def _starts_name(self, i: int, stop: int) -> bool:
        """Whether a word that may open a clause is a name here: Mark, Will, Grant."""
        word = self.words[i].lower()
        return word in data.MALE or word in data.FEMALE

    def _after_opening(self, i: int, stop: int) -> Subject | None:
        """Past "In an interview on Friday," and its like: the first phrase after a comma that has a verb."""
        fallback: Subject | None = None
        for j in range(i + 1, min(stop, i + 60)):
            if not self.flags[j] & COMMA or j + 1 >= stop:
                continue
            following = self.flags[j + 1]
            if following & (PREP | SUB | ING | REL | CONJ | COMMA | QUOTE) and not following & (PRON | DET):
                continue
            subject = self._phrase_subject(j + 1, stop)
            if subject is None:
                continue
            fallback = fallback or subject
            after = subject.last
            if after >= stop or self.flags[after] & (_ANY_VERB | ADV) or (
                self.flags[after] & COMMA and after + 1 < stop and self.flags[after + 1] & (REL | DET | INDEF)
            ):
                return subject
        return fallback

    def _phrase_subject(self, i: int, stop: int) -> Subject | None:
        if self.flags[i] & PRON:
            return Subject(i, i + 1, "pronoun", None)
        end = self.phrase_end(i, stop)
        if end == i:
            return None
        return self._long_title(i, end, stop) or self.subject_of_phrase(i, end, stop)


PLURAL_OBJECT: Final = 0


def is_person_name(name: Name | None) -> bool:
    """Whether a printed name may be a person's."""
    return name is not None and name.kind != NOT_PERSON
