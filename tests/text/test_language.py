"""Languages: right on a sentence, silent on a word."""

import pytest

from quotesieve.text import language
from quotesieve.text.language import detect

SENTENCES = {
    "en": "The council put off its vote on the new tram line until next week, the mayor said.",
    "de": "Der Stadtrat hat die Abstimmung über die neue Straßenbahnlinie verschoben.",
    "fr": "Le conseil municipal a reporté le vote sur la nouvelle ligne de tramway.",
    "es": "El ayuntamiento aplazó la votación sobre la nueva línea de tranvía.",
    "it": "Il consiglio comunale ha rinviato il voto sulla nuova linea del tram.",
    "pt": "A câmara municipal adiou a votação sobre a nova linha de elétrico.",
    "nl": "De gemeenteraad heeft de stemming over de nieuwe tramlijn uitgesteld.",
    "sv": "Kommunfullmäktige sköt upp omröstningen om den nya spårvägslinjen.",
    "pl": "Rada miasta odłożyła głosowanie nad nową linią tramwajową.",
    "cs": "Zastupitelé odložili hlasování o nové tramvajové trati.",
    "tr": "Belediye meclisi yeni tramvay hattı için yapılacak oylamayı erteledi.",
    "ru": "Городской совет отложил голосование по новой трамвайной линии.",
    "uk": "Міська рада відклала голосування щодо нової трамвайної лінії.",
    "el": "Το δημοτικό συμβούλιο ανέβαλε την ψηφοφορία για τη νέα γραμμή του τραμ.",
    "ja": "市議会は新しい路面電車の路線に関する投票を延期した。",
    "zh": "市议会推迟了关于新电车线路的投票，市长说需要更多时间。",
    "ko": "시의회는 새 전차 노선에 대한 투표를 연기했다고 시장이 말했다.",
    "ar": "أجل مجلس المدينة التصويت على خط الترام الجديد حتى الأسبوع المقبل.",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_is_enough(code: str) -> None:
    assert detect(SENTENCES[code]) == code


@pytest.mark.parametrize(
    "text", ["", "OK", "12:30 – 14:00", "€ 5.00 / 7.00 / 9.00", "“Yes”", "BMW X5 M", "\n\n", "…" * 500]
)
def test_what_could_be_anything_is_none(text: str) -> None:
    assert detect(text) is None


def test_only_the_beginning_is_looked_at() -> None:
    assert detect(SENTENCES["en"] * 4 + SENTENCES["de"] * 50) == "en"
    assert detect(" " * 100 + SENTENCES["de"]) == "de"


def test_lone_surrogates_do_no_harm() -> None:
    assert detect("\ud800" + SENTENCES["en"]) in ("en", None)


ENGLISH = (
    "The council put off its vote on the new line until next week, and the mayor said that she would not "
    "run it with less money than they have now. He was told of it by those who were there at the time."
)
# What only looks like English, with English words in it or none of its function words.
LOOK_ALIKES = {
    "nl": "De raad was in de war: we had over drie weken of eerder in de hal het plan, zei de man, en is "
    "nu bang dat er geen land is. Of het best is of niet, we want to know, zei hij, of toch in mei.",
    "de": "The Voice of Germany: Die Jury war hart, also war man in den Hallen still. Das Finale of the "
    "Voice will Rea noch gewinnen, so der Sender. Man war an die See gereist und hat dort gesungen.",
    "af": "Die raad was in die wind en het vir ons of vir hulle die land se water weer belowe, het die man "
    "in die stad gesê. Hy is nou by die see en wil nie praat oor die geld nie.",
    "pl": "To jest to, co to miasto to wie: to nie jest to, a to, że to prezydent to powiedział, to już to "
    "samo. To on to zrobił i to do tego to jeszcze raz to powtórzył, to prawda, to wszyscy to wiedzą.",
    "es": "The New York Times y The Guardian dicen que The Beatles y The Rolling Stones, entre otros, no "
    "volverán a la ciudad. El ayuntamiento lo lamenta, y la banda The Who tampoco quiere venir este año.",
}


def _model_says(text: str) -> str:
    return str(language._identifier().classify(text[: language.SAMPLE_CHARS])[0])


def test_plain_english_does_not_ask_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _model_says(ENGLISH) == "en"
    monkeypatch.delattr(language, "_identifier")
    assert detect(ENGLISH) == "en"
    assert detect(ENGLISH.upper()) == "en"


@pytest.mark.parametrize("code", LOOK_ALIKES)
def test_look_alikes_of_english_are_none(code: str) -> None:
    assert not language._is_surely_english(LOOK_ALIKES[code])
    assert detect(LOOK_ALIKES[code]) == code


@pytest.mark.parametrize(
    "text",
    [
        "The wee bairn didnae ken whaur tae gang, an aabody in the toun wis fair dumfoonert bi it aw.",
        "Di goment don tok say dem go give moni to all di pipo wey dey suffer for inside dis kontri.",
        "To be or not to be.",
        "Mayor, council, budget: trams, buses, roads, bridges; schools, parks, libraries, markets, taxes.",
        "Ada Bell, Tom Quist, Ute Lorenz, Ann Sorrel, Marta van der Berg, Ian Roe, Max Power, Jo March",
        "to to to to to to to to to to to to to to to to",
        ENGLISH[:120] + SENTENCES["de"] + " " + SENTENCES["nl"],
        SENTENCES["sv"] + " " + ENGLISH[:120],
        ENGLISH[:120] + SENTENCES["zh"] * 4,
    ],
)
def test_the_model_is_asked_in_doubt(text: str) -> None:
    """Scots, pidgin, short and mixed texts, lists without function words."""
    assert not language._is_surely_english(" ".join(text.split())[: language.SAMPLE_CHARS])


@pytest.mark.parametrize(
    "foreign", ["市議会は月曜日に新しい橋の建設を承認した" * 4, "市议会星期一批准了新桥的建设工程" * 5]
)
def test_an_english_sentence_in_a_text_without_spaces_is_no_english_text(foreign: str) -> None:
    said = "He said that they would be there when the others could not, because it was what we have to do."
    assert detect(f"{foreign} {said} {foreign}") != "en"
