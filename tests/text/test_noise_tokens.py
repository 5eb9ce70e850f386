"""Reading many lines by arrays gives what reading each by expressions would."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from quotesieve.text.noise_features import read_page, read_pages
from quotesieve.text.noise_labels import is_label_or_offer, may_be_unmarked
from quotesieve.text.noise_tokens import READ_CHARS, SIGNS, WORD, hashes_of, tokenise

# Letters whose lower case depends on what stands around them or is longer, numbers of other scripts, signs.
PIECES = st.sampled_from(
    "the|The |É|ß|ΟΔΟΣ|Σ|İ|ǅ|日本|ab_c|x² |2024|007|0|٣٤|1,000| |\n|\t|\x00|“|”|.com|http://| (@a|. |? |。|"
    "©|a|😀|-|\ud800".split("|")
)
LINES = st.lists((st.lists(PIECES, max_size=9).map("".join) | st.text(max_size=40)), max_size=8)


def words_of(line: str) -> list[str]:
    return WORD.findall(line)


def key_of(line: str) -> str:
    return re.sub(r"\d+", "0", " ".join(words_of(line)).lower())


@settings(deadline=None)
@given(LINES)
def test_keys_words_and_numbers(lines: list[str]) -> None:
    tokens = tokenise(lines)
    assert tokens.keys == [key_of(line) for line in lines]
    assert tokens.words.tolist() == [len(words_of(line)) for line in lines]
    pairs = [pair for line in lines for pair in zip(words_of(line), key_of(line).split(), strict=True)]
    assert tokens.changed.tolist() == [printed != word for printed, word in pairs]
    assert tokens.numbers == [
        number for line in lines for number in re.findall(r"\d+", line.replace("_", " "))
    ]


@settings(deadline=None)
@given(LINES)
def test_words_are_equal_where_their_hashes_are(lines: list[str]) -> None:
    words = [word for line in lines for word in key_of(line).split()]
    hashes = tokenise(lines).hashes.tolist()
    assert len(set(hashes)) == len(set(words)) == len(set(zip(hashes, words, strict=True)))
    plain = sorted({word for word in words if WORD.fullmatch(word) and word == key_of(word)})
    assert set(hashes_of(plain).tolist()) <= set(hashes)


@settings(deadline=None)
@given(LINES)
def test_signs_and_pieces_are_counted(lines: list[str]) -> None:
    tokens = tokenise(lines)
    for name, chars in SIGNS.items():
        follows = " " if name == "stop" else ""
        expected = [sum(line.count(char + follows) for char in chars) for line in lines]
        assert tokens.sign(name).tolist() == expected, name
    assert tokens.pieces([".com", "http"]).tolist() == [
        line.count(".com") + line.count("http") for line in lines
    ]


PAGE = st.lists(
    st.sampled_from(
        [
            "Skip advert", "By Ann Sorrel", "More from The Courant", "NEWS | SPORT | WEATHER | JOBS",
            "The council of Calder met on Monday and agreed on nothing, its chairman told the Courant.",
            "“We cannot wait for another flood,” Ivo Marsh told the meeting in Oxley on 12.3.2026.",
            "Der Rat der Stadt hat am Montag beschlossen, dass die Brücke im Mai gebaut wird.",
            "記事はここから始まります。記事はここで終わります。", "関連記事", "A" * (READ_CHARS + 9),
        ]
    )
    | st.text(min_size=1, max_size=30).map(lambda text: text + "a"),
    min_size=1,
    max_size=12,
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.tuples(PAGE, st.sampled_from([None, "en", "de", "ja", "xx"])), min_size=1, max_size=5))
def test_pages_read_together_are_as_each_by_itself(pages: list[tuple[list[str], str | None]]) -> None:
    together = read_pages([lines for lines, _ in pages], [language for _, language in pages])
    for (lines, language), page in zip(pages, together, strict=True):
        alone = read_page(lines, language)
        assert (page.shapes, page.language) == (alone.shapes, alone.language)
        assert (page.features == alone.features).all()


@given(
    st.lists(
        st.sampled_from(
            "Subscribe now|log in|You have 2 free articles left.|More from|The Oxley Post|sign up".split("|")
        ),
        max_size=4,
    ).map(" ".join)
)
def test_no_label_without_a_mark_is_missed(line: str) -> None:
    assert may_be_unmarked(key_of(line)) or not is_label_or_offer(line)
