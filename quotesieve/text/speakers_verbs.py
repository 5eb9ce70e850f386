"""Whether the word after a quote's comma may be a verb of saying that no table has, or a relative.

Holds the endings of the third person by language, and what ends like them: participles, adjectives,
nouns, function words. Not for English, whose tables are long; verbs of the tables are `cues`'s matter.
"""

from typing import Final, NamedTuple


class _Endings(NamedTuple):
    """What a verb of the language ends in, and what else does."""

    finite: tuple[str, ...]
    others: tuple[str, ...]  # endings of participles, adjectives and nouns
    words: frozenset[str]


def looks_finite(word: str, language: str) -> bool:
    """Whether a lower-case word may be a finite verb by its ending; in doubt it is none.

    A word too few leaves a quote without a speaker, a word too many gives it a wrong one.

    >>> looks_finite("balaie", "fr"), looks_finite("dont", "fr"), looks_finite("signée", "fr")
    (True, False, False)
    """
    endings = _ENDINGS.get(language)
    if endings is None or len(word) < _SHORTEST or word in endings.words:
        return False
    if language in _GE and word.startswith("ge") and word.endswith(("t", "d")):
        return False  # gesungen, gesagt
    return word.endswith(endings.finite) and not word.endswith(endings.others)


def opens_relative(word: str, language: str) -> bool:
    """Whether a clause about the quote opens: „…“, worüber Ada Quist schrieb.

    >>> opens_relative("worüber", "de"), opens_relative("wie", "de")
    (True, False)
    """
    return word in _RELATIVES.get(language, ())


def _of(finite: str, others: str, words: str) -> _Endings:
    return _Endings(tuple(finite.split()), tuple(others.split()), frozenset(words.split()))


_RELATIVES: Final = {
    language: frozenset(words.split())
    for language, words in {
        "de": """
            welche welcher welches welchen welchem deren dessen denen wo wobei wodurch wofür wogegen womit
            wonach woran worauf woraus worin worüber worum wovon wozu weshalb weswegen
        """,
        "fr": "dont où auquel duquel auxquels desquels laquelle lequel lesquels lesquelles auxquelles",
        "es": "donde adonde cuyo cuya cuyos cuyas",
        "it": "dove ove cui",
        "pt": "onde aonde cujo cuja cujos cujas",
        "nl": """
            waar waaraan waarbij waardoor waarin waarmee waarna waarom waarop waarover waartoe waartegen
            waaruit waarvan waarvoor wiens wier welke
        """,
        "da": "hvor hvilken hvilket hvilke hvormed hvorom hvortil hvorefter",
        "no": "hvor hvilken hvilket hvilke hvorpå hvoretter",
        "sv": "där vilken vilket vilka vars varpå varvid varefter",
        "pl": "gdzie który która które którego której którym którą których",
    }.items()
}
_SHORTEST: Final = 4  # letters
_GE: Final = ("de", "nl")  # participles begin with it
_ENDINGS: Final = {
    "de": _of(
        "t te",
        "ent ist ant kt iert ste heit keit schaft",
        """
        erst selbst einst sonst fast nicht meist längst zuletzt jetzt samt seit statt damit somit womit
        überhaupt bekannt jüngst unlängst zunächst höchst möglichst heute letzte gute dritte bekannte rechte
        benannt ernannt verfasst produziert dort hierfür derart oft sofort kommt
        """,
    ),
    "fr": _of(
        "a it e",
        "ée ère ue bre tre ique iste aire able ible euse eure ive nne ante ente crite uite dite elle isme",
        """
        via petit soit ainsi encore même comme quelque puisque lorsque presque malgré grâce mise prise promise
        comprise remise aussi madame veuve jeune rôle titre phrase parce dame extra crédit esprit celle
        """,
    ),
    "es": _of(
        "ó a e",
        "ada ida ado ido ista ora ente ante ble dad triz",
        """
        donde adonde aunque porque desde entre sobre hacia hasta contra para nunca ahora siempre cuya fuera
        salvo obra frase señora esposa madre padre ministra alcaldesa jefe antigua incluso mañana además
        adelante pese tarde noche todavía escrita dicha
        """,
    ),
    "it": _of(
        "ò ì a sce nge ude se ette",
        "ata ita uta ista ora ese esa tta",
        """
        forse senza sopra contra ancora prima dopo ormai signora allora così lunedì martedì mercoledì giovedì
        venerdì cara moglie opera scritta detta base così sindaca ministra nuova stessa
        """,
    ),
    "pt": _of(
        "ou eu iu a e",
        "ada ida ado ido ista ora ente ante vel dade triz",
        """
        onde aonde cuja embora agora ainda contra para sobre entre desde hoje sempre outra nunca seja obra
        frase senhora esposa ministra prefeita chefe antiga escrita dita quase tarde noite porque grande
        """,
    ),
    "nl": _of(
        "t de te",
        "ent aat ist ant iet eut ect oot ste ende dst lijkst",
        """
        omdat doordat zodat niet want totdat voordat nadat opdat mits behalve beide derde vierde goede bekende
        einde oude juist ooit nooit vooruit bovenuit grote echte aldaar vriend uitgebracht bedacht bekroond
        """,
    ),
    "da": _of("ede te de", "ste ende ande", "både ofte kendte såkaldte nævnte omtalte ansatte anførte"),
    "no": _of("ede te de", "ste ende ande", "både ofte kjente såkalte nevnte omtalte ansatte"),
    "sv": _of("de te ar", "ste ande ende nde", "både ofta inte kända kvar snar numera måste åtminstone"),
    "pl": _of(
        "ł ła li", "kół", "czyli jeśli jeżeli poseł generał artykuł tytuł dział zespół szkoła siła mała cała"
    ),
}  # fmt: skip
