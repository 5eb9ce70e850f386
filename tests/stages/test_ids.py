"""Ids are published: they may never change by accident."""

from quotesieve.stages import ids


def test_ids_are_pinned() -> None:
    assert ids.article_id("https://paper.example/a", None, "x.txt", None) == "adcbc429324f24dc"
    assert ids.article_id(None, "paper.example", "x.txt", 3) == "16f016b4aba3f626"
    assert ids.mention_id("a", "well open in may", 0) == "9676a3b07f342c13"
    assert ids.utterance_id("m") == "7bbbbb44b4a6657d"
    assert ids.passage_id("m") == "28a9fbdd37ecfbdd"
    assert ids.copy_group_id("a", "A paragraph.") == "6183c17ef8ff4422"
    assert ids.speaker_id("Ada Bell") == "a9d97ae87c0ba0c2"


def test_a_mention_keeps_its_id_through_marks_and_case_but_not_words() -> None:
    def of(article: str, text: str, occurrence: int = 0) -> str:
        return ids.mention_id(article, ids.words_key(text), occurrence)

    printed = of("a", "We’ll open in May.")
    assert of("a", "we'll  open in May") == printed
    assert of("a", "We’ll open in June.") != printed
    assert of("a", "We’ll open in May.", 1) != printed
    assert of("b", "We’ll open in May.") != printed


def test_an_article_with_an_address_keeps_its_id_when_its_file_moves() -> None:
    one = ids.article_id("https://paper.example/a", "paper.example", "x.txt", None)
    assert ids.article_id("https://paper.example/a", "paper.example", "old/y.txt", 7) == one
