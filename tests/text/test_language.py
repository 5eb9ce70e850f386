"""Languages: right on a sentence, silent on a word."""

import pytest

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


@pytest.mark.parametrize("language", SENTENCES)
def test_a_sentence_is_enough(language: str) -> None:
    assert detect(SENTENCES[language]) == language


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
