"""Speech that no quotation mark encloses: transcripts by label, dialogue by dash, block quotations.

Holds the finding of such segments, line by line; marks are `quotes`' matter, speakers `speakers`'.
A line counts only with a sign of speech: a label that the article uses again, a reporting verb in the
incise of a dash, a ">" at its start. Other lines are looked at by their first characters only.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from quotesieve.text import names_data as data
from quotesieve.text.cues import ABBREVIATION_STOP, CAP, CUE, DET, LOWER, PRON, TITLES
from quotesieve.text.quotes import Segment
from quotesieve.text.speakers_tokens import Flags

_DASHES: Final = "–—―"
_LABEL: Final = re.compile(r"((?:[A-ZÀ-Þ][\w.’'-]{0,30} ?){1,4}):\s+(?=\S)")
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What an interviewer's questions and the answers to them are labelled with.
_QUESTIONS: Final = frozenset("Q Question Questions F Frage P Pregunta D Domanda Interviewer Vraag".split())
ANSWERS: Final = frozenset("A Answer Answers Antwort R Respuesta Réponse Risposta Antwoord Odp Svar".split())
# Words before a colon that announce no speech.
_NO_SPEAKERS: Final = frozenset("""
    update note related read watch photo photos video picture image source sources correction listen more
    see by editor's editor’s editors' editors’ breaking opinion analysis review exclusive live caption
    tweet warning spoiler what when where who why how tickets info price prices rating
""".split())  # fmt: skip
_LONGEST_LABEL: Final = 40
# A dash between two parts of a dialogue line: spaced, or glued to the incise as in Spanish.
_INNER_DASH: Final = re.compile(r"\s[–—―-]\s|\s[–—―](?=\w)|(?<=\w)[–—―](?=[.,;:!?…\s]|$)")
_COMMA: Final = re.compile(r"[,!?…»”]\s+(?=[^\W\d_])")
# What is said to somebody: English prints lists with dashes, and hardly ever speech.
_ADDRESSES: Final = re.compile(r"\b(?:I|[Ww]e|[Yy]ou|me|us|[Mm]y|[Oo]ur|[Yy]our)\b|[?!]")
_SENTENCE_END: Final = re.compile(rf"(?!{ABBREVIATION_STOP})[.!?…]\s+(?=[A-ZÀ-Þ])")
_WITHIN: Final = re.compile(r"[.!?…”]\s([–—]\s(?=[^\W\d_]))")  # a dash that opens speech within a line
# After "– Vi går, säger Quist." a line may go on with speech, if it speaks as one does to somebody.
_NORTHERN: Final = frozenset(["da", "no", "sv"])
_SPOKEN: Final = re.compile(
    r"\b(?:jeg|jag|mig|meg|mej|min|mitt|mit|mine|mina|vi|os|oss|vor|vår|vårt|våra|våre|vores|du|deg|dig|din|ditt"
    r"|dit|dine|dina|dere|deres|jer|ni"
    r"|ju|jo|väl|vel|faktiskt|faktisk|tyvärr|desværre|dessverre)\b|\?",
    re.IGNORECASE,
)
_THIRD_PERSON: Final = frozenset(["Han", "Hun", "Hon"])
_INCISE: Final = 4  # words from a dash or comma to the reporting verb
_MAX_PARTS: Final = 50
_MAX_SPEAKERS: Final = 40  # a text with more labels is a list, no transcript


class _Line(NamedTuple):
    number: int
    start: int
    end: int
    text: str


def may_be_unmarked(text: str) -> bool:
    """Whether any line looks at its beginning like speech without marks; cheap."""
    return next(_lines(text), None) is not None or _WITHIN.search(text) is not None


def with_unmarked(text: str, marked: list[Segment], flags: Flags) -> list[Segment]:
    """The marked segments and those without marks, in order; of two that overlap the one without marks
    stays, unless marks enclose nearly all of it.
    """
    unmarked = find_unmarked(text, flags)
    if not unmarked:
        return marked
    in_line: dict[int, list[Segment]] = {}
    for segment in marked:
        in_line.setdefault(segment.paragraph_no, []).append(segment)
    taken = [
        s for s in unmarked if not any(_is_same(s, m) for m in in_line.get(s.paragraph_no, ())[:_MAX_PARTS])
    ]
    spans: dict[int, list[Segment]] = {}
    for segment in taken:
        spans.setdefault(segment.paragraph_no, []).append(segment)
    free = [m for m in marked if not any(_overlap(s, m) for s in spans.get(m.paragraph_no, ()))]
    return sorted(free + taken)


def _overlap(one: Segment, other: Segment) -> bool:
    return one.outer_start < other.outer_end and other.outer_start < one.outer_end


def _is_same(unmarked: Segment, marked: Segment) -> bool:
    inside = min(unmarked.end, marked.end) - max(unmarked.start, marked.start)
    return inside > 0.6 * (unmarked.end - unmarked.start)


def find_unmarked(text: str, flags: Flags) -> list[Segment]:
    """The segments of speech without marks, in order; `flags` classifies a word of the text's language.

    >>> from quotesieve.text.speakers_tokens import flags_for
    >>> text = "Ada Quist came.\\nCHAIR: Did you sign?\\nQUIST: I did.\\nCHAIR: Thank you."
    >>> [(s.label, text[s.start:s.end]) for s in find_unmarked(text, flags_for("en"))]
    [('CHAIR', 'Did you sign?'), ('QUIST', 'I did.'), ('CHAIR', 'Thank you.')]
    """
    labelled: list[tuple[_Line, str, int]] = []
    out: list[Segment] = []
    quoted = -1  # the number of the last line of a block quotation
    for line in _lines(text):
        first = line.text[:1]
        if first in _DASHES or line.text.startswith("- "):
            out += _dialogue(line, flags)
        elif first == ">":
            start = line.end - len(line.text.lstrip("> \t"))
            if any(map(str.isalnum, line.text)):
                out.append(Segment(start, line.end, line.start, line.end, line.number, True, quoted >= 0))
                quoted = line.number
            continue
        elif ":" in line.text[:_LONGEST_LABEL]:
            label = _LABEL.match(line.text)
            if label is not None:
                labelled.append((line, label.group(1).strip(), line.start + label.end()))
        quoted = -1
    if flags.language == "pl":
        out += [segment for line in _opened_within(text) for segment in _dialogue(line, flags)]
    out += _transcript(text, labelled)
    return sorted(out)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for number, line in enumerate(text.split("\n")):
        body = line.strip()
        if body and (body[0] in "–—―->" or ": " in body[: _LONGEST_LABEL + 2]):
            begin = start + len(line) - len(line.lstrip())
            yield _Line(number, begin, begin + len(body), body)
        start += len(line) + 1


def _opened_within(text: str) -> Iterator[_Line]:
    """The ends of lines from a dash that opens speech after a sentence, as Polish papers print it."""
    start = 0
    for number, line in enumerate(text.split("\n")):
        opening = _WITHIN.search(line) if line[:1] not in _DASHES else None
        if opening is not None:
            body = line[opening.start(1) :].rstrip()
            begin = start + opening.start(1)
            yield _Line(number, begin, begin + len(body), body)
        start += len(line) + 1


# -- labels --------------------------------------------------------------------------------------


def _transcript(text: str, labelled: list[tuple[_Line, str, int]]) -> Iterator[Segment]:
    """The labelled lines, if they are those of a transcript or an interview; questions left out."""
    # What is said ends as a sentence does; the items of a list mostly do not.
    labels = Counter(label for line, label, _ in labelled if line.text.rstrip("\"'”’»")[-1:] in tuple(".!?…"))
    asked = not _QUESTIONS.isdisjoint(labels) and not ANSWERS.isdisjoint(labels)
    named = len(labels) <= _MAX_SPEAKERS and _is_talk(text, labelled)
    speakers = _speakers(text, labels) if named else frozenset()
    for line, label, start in labelled:
        if not any(map(str.isalnum, text[start : line.end])):
            continue
        if (asked and label in ANSWERS) or label in speakers:
            yield Segment(start, line.end, line.start, line.end, line.number, True, False, label)


def _is_talk(text: str, labelled: Sequence[tuple[_Line, str, int]]) -> bool:
    """Whether somebody speaks more than once, or something is asked: a list names each once.

    Marks for players and portraits of candidates have a name and a colon before every line, too.
    """
    several = len({label for _, label, _ in labelled}) < len(labelled)
    return several or any("?" in text[start : line.end] for line, _, start in labelled)


def _speakers(text: str, labels: Counter[str]) -> frozenset[str]:
    """The labels that name somebody: people whom the text names in full, and who else takes turns with them.

    "Tips:" and "Battery Life:" head the items of a list.
    """
    possible = [label for label in labels if _may_speak(label)]
    people = [
        label for label in possible if (label.isupper() or labels[label] > 1) and _is_person(text, label)
    ]
    if sum(labels[label] for label in people) < 2 and not (people and len(possible) > 1):
        return frozenset()
    turns = [label for label in possible if label.isupper() and len(label) > 2]
    return frozenset(people + turns)


def _may_speak(label: str) -> bool:
    if label in _QUESTIONS or label in ANSWERS:
        return False
    return not any(word.lower() in _NO_SPEAKERS for word in label.split())


def _is_person(text: str, label: str) -> bool:
    """Whether the label's name stands in the text after a given name or a title, or is a role in capitals."""
    words = label.title().split() if label.isupper() else label.split()
    if label.isupper() and words[-1].lower() in TITLES:
        return True  # CHAIR, JUDGE
    before = re.findall(rf"\b(\w{{1,{_LONGEST_LABEL}}})\.? {re.escape(words[-1])}\b(?!:)", text)
    return 2 * sum(word.lower() in _BEFORE_NAMES for word in before) > len(before)


_BEFORE_NAMES: Final = data.MALE | data.FEMALE | TITLES | {"doktor", "mr", "mrs", "ms", "dr"}


# -- dashes --------------------------------------------------------------------------------------


def _dialogue(line: _Line, flags: Flags) -> list[Segment]:
    """The speech of a line that begins with a dash, if a reporting verb stands in it."""
    spans = _between_dashes(line, flags) or _before_comma(line, flags)
    if (
        line.text[0] == "-"
        and flags.language == "en"
        and not any(
            _ADDRESSES.search(line.text, start - line.start, end - line.start) for start, end, _ in spans
        )
    ):
        return []  # an item of a list: - Profit rose, Quist said
    return [
        Segment(start, end, outer, end, line.number, True, False)
        for start, end, outer in spans
        if any(map(str.isalnum, line.text[start - line.start : end - line.start]))
    ]


def _between_dashes(line: _Line, flags: Flags) -> list[tuple[int, int, int]]:
    """– Speech – said X. – Speech: the parts around an incise that begins with a reporting verb."""
    text = line.text
    marks = [(0, len(text) - len(text[1:].lstrip()))]
    marks += [found.span() for found in _INNER_DASH.finditer(text, marks[0][1])][:_MAX_PARTS]
    out: list[tuple[int, int, int]] = []
    spoken, begun, incises = True, marks[0], 0
    for mark in [*marks[1:], (len(text), len(text))]:
        if spoken and mark[0] < len(text) and not _reports(text, mark[1], flags):
            continue  # a dash within the speech
        if spoken:
            out.append((line.start + begun[1], line.start + mark[0], line.start + begun[0]))
            incises += mark[0] < len(text)
        begun = mark if text[mark[1] : mark[1] + 1].isspace() else _past_stop(text, mark)
        spoken = not spoken
    return out if incises else []


def _past_stop(text: str, mark: tuple[int, int]) -> tuple[int, int]:
    """The end of an incise with the full stop that follows its dash: said X—. Then."""
    end = mark[1]
    while end < len(text) and text[end] in ".,;: ":
        end += 1
    return end, end


def _before_comma(line: _Line, flags: Flags) -> list[tuple[int, int, int]]:
    """– Speech, says X to the paper: the words before a comma with a reporting verb after it."""
    begin = len(line.text) - len(line.text[1:].lstrip())
    for found in _COMMA.finditer(line.text, begin):
        if _reports(line.text, found.end(), flags):
            stop = found.start() + (found.group()[0] != ",")
            spans = [(line.start + begin, line.start + stop, line.start)]
            return spans + _rest(line, found.end()) if flags.language in _NORTHERN else spans
    return []


def _rest(line: _Line, at: int) -> list[tuple[int, int, int]]:
    """What is said after the incise that stands at `at`: – Speech, säger X. Speech.

    Many lines go on with narration. Speech says I, we, you or "of course" in its first sentence, which does
    not open with a name of the incise: "Quist har vores bil."
    """
    end = _SENTENCE_END.search(line.text, at)
    if end is None:
        return []
    begin = end.end()
    after = _SENTENCE_END.search(line.text, begin)
    if not _SPOKEN.search(line.text, begin, after.end() if after is not None else len(line.text)):
        return []
    opening = _WORD.match(line.text, begin)
    names = {name for name in _WORD.findall(line.text, at, end.start()) if name[0].isupper()}
    if opening is not None and opening.group().removesuffix("s") in _THIRD_PERSON | names:
        return []
    return [(line.start + begin, line.end, line.start + begin)]


def _reports(text: str, at: int, flags: Flags) -> bool:
    """Whether an incise begins at `at`: a reporting verb with a name or a pronoun beside it."""
    words = [
        found.group() for _, found in zip(range(_INCISE), _WORD.finditer(text, at, at + 80), strict=False)
    ]
    values = [flags[word] for word in words]
    if flags.language == "en":  # items of lists begin with a dash too: only the verb and a name side by side
        pairs = pairwise(values[:3])
        return any(_side_by_side(one, other) for one, other in pairs)
    if flags.language == "pl" and values and values[0] & CUE and values[0] & LOWER:
        return True  # – przyznał we wtorek dyrektor zarządu dróg Tomasz Roe
    return any(
        value & CUE and value & LOWER and any(other & (CAP | DET | PRON) for other in values)
        for value in values[:3]
    )


def _side_by_side(one: int, other: int) -> bool:
    """A reporting verb and a name or pronoun, in either order."""
    if one & CUE and one & LOWER:
        return bool(other & (CAP | PRON))
    return bool(one & (CAP | PRON) and other & CUE and other & LOWER)
