"""A small made-up press for the tests: articles that share statements, written to a folder."""

import random
from pathlib import Path

PEOPLE = ("Ada Bell", "Jon Marsh", "Rosa Lind", "Petra Holm", "Karl Voss", "Mina Odell")
THINGS = ("ferry", "harbour", "library", "tram line", "school", "theatre", "bridge", "market hall")
WORDS = (
    "budget council winter repairs timetable visitors report engineers tender island season weather "
    "workshop residents contract opening schedule planning meeting estimate delivery railway summer "
    "cranes pilots fishermen tunnels bakeries orchards lanterns murals archives signals beacons cellars "
    "gardens kitchens laundries markets meadows nurseries pavements quarries reservoirs shelters stables "
    "terraces vineyards warehouses windmills chapels docks factories galleries hostels jetties kiosks"
).split()
VERBS = "needs follows delays carries shapes outlasts feeds guards replaces measures shares moves".split()


def statement(number: int) -> tuple[str, str]:
    """The speaker and the words of statement `number`: always the same, all different."""
    rng = random.Random(number)
    clauses = [
        f"{rng.choice(('every', 'each', 'this', 'no other'))} {a} {rng.choice(VERBS)} the {b}"
        for a, b in (rng.sample(WORDS, 2) for _ in range(4))
    ]
    joins = rng.sample(("and", "while", "because", "so", "as"), 3)
    text = " ".join(piece for pair in zip(clauses, [*joins, ""], strict=True) for piece in pair).strip()
    return rng.choice(PEOPLE), text[0].upper() + text[1:]


def story(number: int, statements: list[int]) -> str:
    """An article that quotes some statements."""
    rng = random.Random(1000 + number)
    out = [f"Council returns to the {rng.choice(THINGS)} question in part {number}", ""]
    for quoted in statements:
        speaker, words = statement(quoted)
        out += [
            f"The matter of the {rng.choice(THINGS)} came up once more at the town hall on the evening of "
            f"the meeting, where the {rng.choice(WORDS)} was discussed for {rng.randint(2, 9)} hours.",
            "",
            f"“{words},” said {speaker}, who chairs the {rng.choice(WORDS)} board.",
            "",
        ]
    out += ["Advertisement", "", "The board meets again next month to look at the figures in detail."]
    return "\n".join(out) + "\n"


def press(folder: Path, count: int, *, outlets: int = 4, seed: int = 1) -> list[Path]:
    """Write `count` articles by `outlets` outlets; about a third of the statements are reprinted."""
    rng = random.Random(seed)
    paths = []
    for number in range(count):
        chosen = [number * 2, number * 2 + 1]
        if number:
            chosen.append(rng.randrange(number * 2))
        path = folder / f"outlet=paper{number % outlets}.example" / f"story-{number:04d}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(story(number, chosen), encoding="utf-8")
        paths.append(path)
    return paths
