"""Which language a text is in: py3langid with a cut-off, None when it cannot be told.

The model takes about a second to load and is loaded at first use, once a process. Nine English texts
in ten are known by their function words alone, a hundred times as fast.
"""

from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

# Languages with a written press whose ISO 639-1 code the model knows. Without the cut a headline
# in capitals is Volapük and a caption Lingala; on 30 characters of news this tells 2 in 100 more.
LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id "
    "is it ja ka kk km kn ko lb lo lt lv mk ml mn mr ms mt my ne nl nn no pa pl ps pt ro ru si "
    "sk sl so sq sr sv sw ta te th tl tr uk ur uz vi xh zh zu"
)
SAMPLE_CHARS = 240  # more changes nothing: 120 and 600 characters of news gave the same answers
MIN_LETTERS = 12
# Function words that English shares with no other language, or as good as: "of" is Dutch for "or". So
# many of them in both halves of a sample leave no doubt, nor room for another language beside English.
_ENGLISH = frozenset("""
    about after against and any are because been before being between both but by could did does during
    for from has have he her his how if into it its just many more most much not of only or other our
    said says she should since such than that the their them there these they this those through to told
    under very was were we what when where which while who why will with without would you your
""".split())  # fmt: skip
# Without those that are words of a Germanic neighbour after all, or of names ("Bank of America").
_ONLY_ENGLISH = _ENGLISH - frozenset("for her under by of was will".split())
_ENGLISH_IN_HALF = 4
_LAST_LATIN = "\u024f"  # the last letter of Latin Extended-B
_ENGLISH_KINDS = 4  # different ones in all: "to to to to" is Polish
MIN_CONFIDENCE = 0.6  # at 30 characters and above as good as on whole articles; see docs/input.md


def detect(text: str) -> str | None:
    """The ISO 639-1 code of the language of `text`, None if it is too short or uncertain.

    Looks at the first 240 characters, and at 480 more where those may be English. Bokmål is "no",
    Nynorsk "nn".

    >>> detect("The council will vote on the plan again next week, the mayor said.")
    'en'
    >>> detect("Der Stadtrat stimmt nächste Woche noch einmal über den Plan ab.")
    'de'
    >>> detect("OK")   # None: could be any
    """
    words = " ".join(text[: 4 * SAMPLE_CHARS].split())
    sample, more = words[:SAMPLE_CHARS], words[SAMPLE_CHARS : 3 * SAMPLE_CHARS]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    if _is_surely_english(sample):
        return "en"
    if _may_be_english(sample) and any(map(_is_surely_english, (more[:SAMPLE_CHARS], more[SAMPLE_CHARS:]))):
        return "en"
    language, confidence = _identifier().classify(sample)
    return str(language) if confidence >= MIN_CONFIDENCE else None


def _is_surely_english(sample: str) -> bool:
    """Whether English function words stand thickly in both halves of a sample; False says nothing."""
    if any(char > _LAST_LATIN and char.isalpha() for char in set(sample)):
        return False  # scripts without spaces make one word of a hundred letters
    words = sample.lower().split()
    english = [i for i, word in enumerate(words) if word in _ENGLISH]
    first = sum(2 * i < len(words) for i in english)
    return (
        min(first, len(english) - first) >= _ENGLISH_IN_HALF
        and len({words[i] for i in english}) >= _ENGLISH_KINDS
    )


def _may_be_english(sample: str) -> bool:
    """Whether a sample has words that English alone has, though too few to be sure; no other script."""
    if any(char > _LAST_LATIN and char.isalpha() for char in set(sample)):
        return False
    return len(_ONLY_ENGLISH.intersection(sample.lower().split())) >= _ENGLISH_KINDS // 2


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    every = LanguageIdentifier.from_model_file(MODEL_FILE)
    every.set_languages(LANGUAGES.split())
    # Made anew of what is left: the first one would keep the numbers of all languages, 20 MB a process.
    return LanguageIdentifier(
        every.nb_ptc,
        every.nb_pc,
        every.nb_classes,
        every.tk_nextmove,
        every.tk_output,
        norm_probs=True,
        tk_row=every.tk_row,
    )
