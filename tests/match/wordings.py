"""Small adversarial corpora for the laws of matching: templates, chains, excerpts of two parents."""

from hypothesis import strategies as st

WORDS = (
    "the council will not build a new bridge over river before winter because nobody asked engineers "
    "what harbour costs and people of Lindholm never forgave Torsby for it in 2031 with 40 boats"
).split()
TEMPLATES = (
    "Shares of {name} rose {number} percent on Monday after the company cut its forecast",
    "Our thoughts are with the {number} families in {name} tonight and with the crews",
    "We expect to hire {number} people at the yard in {name} by the end of the year",
)
NAMES = ("Lindholm", "Torsby", "Halvor", "Arendal")
NUMBERS = ("3", "40", "3.4", "2031")


@st.composite
def statements(draw: st.DrawFn) -> str:
    """A statement from a template, or of words that many others share."""
    if draw(st.booleans()):
        template = draw(st.sampled_from(TEMPLATES))
        return template.format(name=draw(st.sampled_from(NAMES)), number=draw(st.sampled_from(NUMBERS)))
    return " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=4, max_size=18)))


@st.composite
def printings(draw: st.DrawFn, of: str) -> str:
    """Another printing of a statement: cut, changed, joined with more, in other marks."""
    words = of.split()
    kind = draw(st.integers(0, 6))
    if kind == 0:
        return of.lower()
    if kind == 1:
        return f"“{of},”"
    at = draw(st.integers(0, len(words) - 1))
    if kind == 2:
        return " ".join(words[: max(at, 3)])
    if kind == 3:
        return " ".join(words[min(at, len(words) - 3) :])
    if kind == 4:
        return " ".join([*words[:at], draw(st.sampled_from(WORDS)), *words[at + 1 :]])
    if kind == 5:
        return " ".join([*words[:at], "...", *words[at + 2 :]])
    return f"{of}. {draw(statements())}"


@st.composite
def corpora(draw: st.DrawFn, most: int = 8) -> list[str]:
    """A few statements, and printings of them and of their printings."""
    texts = draw(st.lists(statements(), min_size=1, max_size=3))
    for _ in range(draw(st.integers(1, most - 3))):
        texts.append(draw(printings(draw(st.sampled_from(texts)))))
    return texts
