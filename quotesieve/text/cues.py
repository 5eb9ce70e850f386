"""Word tables for reading who speaks: reporting verbs and function words, by language.

Data and the flags made from it, no reading of text. The tables were written by hand for news
prose. A word has one entry of bit flags per language; what is in no table is classified by its
shape (`flags_of`).
"""

import re
from functools import cache
from typing import Final

from quotesieve.text.cues_languages import LANGUAGES, OTHER_ROLES, OTHER_TITLES

# Bit flags of a word.
CUE: Final = 1 << 0  # a finite reporting verb: said, wrote, argues
ING: Final = 1 << 1  # its participle: saying, adding; the subject is the sentence's
WEAK: Final = 1 << 2  # a verb that often carries a partial quote: called, dismissed, praised
VERB: Final = 1 << 3  # any other verb: it bounds a noun phrase
AUX: Final = 1 << 4
ADV: Final = 1 << 5
PREP: Final = 1 << 6
DET: Final = 1 << 7
INDEF: Final = 1 << 8  # a determiner that introduces somebody unnamed: a, another, some, two
PRON: Final = 1 << 9  # a subject pronoun
POSS: Final = 1 << 10
CONJ: Final = 1 << 11
SUB: Final = 1 << 12  # that, when, because: a clause begins
REL: Final = 1 << 13  # who, which
TIME: Final = 1 << 14
CAP: Final = 1 << 15  # begins with a capital letter
COMMA: Final = 1 << 16
STOP: Final = 1 << 17
COLON: Final = 1 << 18
DASH: Final = 1 << 19
OPEN: Final = 1 << 20  # ( or [
CLOSE: Final = 1 << 21
QUOTE: Final = 1 << 22  # a whole quoted segment
OBJ: Final = 1 << 23  # an object pronoun
ROLE: Final = 1 << 24  # a noun for a person in a role: spokesman, senator
PER: Final = 1 << 25  # a noun for a body or document that can "say": report, court, campaign
TITLE: Final = 1 << 26  # stands before a name: Mr., Sen., President
OTHER: Final = 1 << 27
NUMBER: Final = 1 << 28
PLURAL: Final = 1 << 29  # they, we: more than one
NEG: Final = 1 << 30
HEARD: Final = 1 << 31  # takes the hearer as its object: told, asked, reminded
APOS: Final = 1 << 32  # ends in 's: stands before its noun like an article
LOWER: Final = 1 << 33  # begins with a small letter
BASE: Final = 1 << 34  # the plain form of a verb of saying: a noun (a report) or an infinitive (to say)
BELIEF: Final = 1 << 35  # wants, believes: reports a mind, not words
SOURCE: Final = 1 << 36  # according (to), laut, selon: the speaker follows
BE: Final = 1 << 37  # a form of "be": makes the passive of what follows



def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Regular English verbs of saying: the forms are made by `_inflect`.
_SAYING = """
add admit advise affirm agree allege announce answer argue assert assure boast caution charge chide
claim clarify comment complain concede conclude confess confide confirm contend continue counter cry declare
demand deny disclose elaborate emphasize emphasise enthuse exclaim exhort explain fume
grumble hint imply inform insist interject interrupt joke lament maintain marvel mention muse mutter note
object observe opine plead pledge ponder posit post proclaim promise pronounce protest quip
rant reason reassure recall reckon recount reflect reiterate rejoin relate remark remember remind reminisce repeat reply
report respond retort reveal riff scoff scream shout shrug sigh snap sneer speculate state stress suggest surmise
testify theorize thunder tweet retweet underline underscore urge vent venture volunteer vow wail warn
whisper wonder yell email text blog chant confer croon drawl echo effuse estimate expound
fret gloat gripe groan growl gush hedge howl intone jest jibe moan mumble murmur predict forecast preach profess
quote quiz rage roar sob stammer summarize summarise swear sing tease threaten implore
ask begin read conclude explain implore propose acknowledge point declare
"""
_WEAKLY = """
accuse address apologize applaud assail attack bash belittle bemoan berate blame blast brand call caricature
castigate celebrate champion characterize characterise cite commend compare condemn congratulate credit criticize criticise
decry defend deem define denigrate denounce deplore deride describe diagnose dismiss disparage dub
endorse envision exult fault hail impugn label lambast lambaste laud liken
mock name oppose pan portray praise pitch
ridicule rip savage scold slam speak stump talk taunt term thank tout
voice welcome issue release utter cheer beg
deliver dispute emphasize evoke highlight advocate commit
recommend refuse repudiate refer rebuke attribute invoke rail
"""
_BELIEF = """
want believe feel fear hope doubt worry think consider wish expect suspect imagine dream like need love prefer mean intend agree know
"""
_HEARING = (
    "advise ask assure inform remind reassure urge warn quiz implore thank tell text email beg exhort promise"
)
_IRREGULAR = {
    "say": "says said", "tell": "tells told", "write": "writes wrote written", "read": "reads read", "begin": "begins began",
    "put": "puts put", "think": "thinks thought", "go": "goes went", "sing": "sings sang", "swear": "swears swore",
    "know": "knows knew", "mean": "means meant", "speak": "speaks spoke spoken", "forecast": "forecasts forecast", "feel": "feels felt", "rip": "rips ripped",
    "foresee": "foresees foresaw", "hold": "holds held", "text": "texts texted", "quiz": "quizzes quizzed",
    "begrudge": "begrudges begrudged", "refer": "refers referred", "confer": "confers conferred", "spin": "spins spun",
    "stump": "stumps stumped", "rap": "raps rapped", "slam": "slams slammed", "slap": "slaps slapped", "pan": "pans panned",
    "snap": "snaps snapped", "sob": "sobs sobbed", "quip": "quips quipped", "flag": "flags flagged", "admit": "admits admitted",
    "commit": "commits committed", "beg": "begs begged", "dub": "dubs dubbed", "label": "labels labeled labelled",
    "signal": "signals signaled signalled", "dispel": "dispels dispelled", "cry": "cries cried", "deny": "denies denied",
    "decry": "decries decried", "imply": "implies implied", "reply": "replies replied", "clarify": "clarifies clarified",
    "testify": "testifies testified", "worry": "worries worried",
}  # fmt: skip
_IRREGULAR_ING = {"say": "saying", "tell": "telling", "write": "writing", "read": "reading", "put": "putting"}
# go: "he went on"; put: "as she put it"; both only count with their particle (see speakers_grammar).
_PLAIN_CUES = "say write tell"  # the plain form is hardly ever a noun
_CORE = " say tell write go put"

_VERBS = _words(
    "took takes take went came comes come gave gives give got gets get ran runs run won wins lost loses met meets left leaves "
    "leave became become becomes saw sees see knew knows know kept keeps keep brought brings bring set sets let lets "
    "made makes make found finds find stood stands stand sat sits sit led leads lead paid pays sent sends send built "
    "spent spends shows show showed shown grew grows fell falls rose rises drew draws drove drives "
    "chose chooses broke breaks beat beats hit hits cut cuts bought buys sold sells won taught caught fought sought "
    "understood meant means wore wears wears threw throws hung laid lay lies lied seems seemed appears appeared "
    "looks looked needs need wants want likes liked loves loved hates tries tried tries helps works worked plans "
    "faces faced joined joins signed signs seized turned turns remains remained served serves visited visits "
    "launched nodded smiled laughed cried shook oversaw oversees stepped walked sounded sounds proved forced raised asked drawn "
    "holds held has did does doing being having getting making going taking agrees differs acts hopes favors favours "
    "backs urges leaned stopped started starts ends ended noticed learned "
    "heard hears included includes contains contained carries carried bears appear happen happened fired "
    "promised pushed pulled opened closed insists knew kicked handed adds"
)
_AUX = _words(
    "has have had is are was were be been being am will would can could may might must shall should did does do "
    "'s ’s 'd ’d 'll ’ll 've ’ve doesn't didn't doesn’t didn’t isn't wasn't hasn't hadn't hasn’t hadn’t wasn’t isn’t "
    "won't won’t wouldn't wouldn’t couldn't couldn’t can't can’t cannot"
)
_BE = _words("is are was were be been being am gets got")
_ADV = _words(
    "also later then once recently often now already still just again even only never always not n't ever soon "
    "earlier today tonight yesterday tomorrow famously reportedly further instead perhaps too however meanwhile "
    "thus therefore ago twice sometimes afterward afterwards besides indeed nevertheless nonetheless quite rather "
    "both thereby though first last next finally here there very well else away together simply long himself herself themselves itself"
)
_PREP = _words(
    "of for at in on from with by to about into over after before during under against between among through "
    "without within as like near since until till toward towards upon amid despite per via than outside inside "
    "behind beyond across around up down off out along alongside including regarding concerning following onto versus"
)
_DET = _words(
    "the this that these those its his her their our my your whose every each any no all both either neither"
)
_INDEF = _words(
    "a an another some several many two three four five six seven eight nine ten dozens hundreds one few most more "
    "other others various certain unnamed multiple"
)
_CONTRACTED = _words("he's he’s she's she’s he'd he’d she'd she’d he'll he’ll she'll she’ll i'm i’m i'd i’d i've i’ve i'll i’ll it's it’s")
_PRON_SINGULAR = _words("he she it i you") | _CONTRACTED
_PRON_PLURAL = _words("they we they're they’re they've they’ve we're we’re we've we’ve they'd they’d they'll they’ll we'll we’ll")
_OBJ = _words("him them me us himself herself themselves myself yourself")
_POSS = _words("his her their its my our your whose")
_CONJ = _words("and but or nor yet so plus &")
_SUB = _words(
    "that when while because although if whether where why how unless until though since once after before as "
    "what whatever whenever wherever"
)
_REL = _words("who which whom")
_TIME = _words(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december morning afternoon evening night week month year weekend sunday's mon tue wed thu "
    "fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec"
)
_ROLES_EN = _words(
    "spokesman spokeswoman spokesperson spokespeople spokesmen official officials executive executives source sources aide aides adviser "
    "advisers advisor advisors senator senators congressman congresswoman congressmen representative representatives lawmaker lawmakers mayor governor "
    "president chairman chairwoman chair chairperson director manager secretary minister ambassador judge justice lawyer "
    "lawyers attorney attorneys prosecutor prosecutors officer officers detective sheriff chief analyst analysts economist "
    "economists strategist strategists professor scientist scientists researcher researchers expert experts author "
    "writer editor columnist reporter reporters journalist journalists host anchor correspondent critic critics "
    "historian candidate candidates nominee frontrunner front-runner leader leaders ceo boss founder co-founder owner "
    "partner investor investors banker trader teacher student students doctor nurse physician surgeon victim victims "
    "witness witnesses resident residents neighbor neighbour neighbors neighbours voter voters supporter supporters "
    "activist activists protester protesters protestor protestors organizer organizers organiser operative operatives consultant insider insiders "
    "donor donors veteran delegate delegates member members mother father son daughter wife husband brother sister "
    "friend friends cousin uncle aunt widow man woman men women boy girl person people colleague colleagues coach player captain "
    "singer actor actress star artist musician rapper comedian designer engineer developer pilot driver farmer worker "
    "workers employee employees employer boss commander general colonel soldier pope priest bishop pastor rabbi imam king "
    "queen prince princess duke politician politicians democrat democrats republican republicans liberal conservative conservatives "
    "diplomat diplomats negotiator envoy commissioner superintendent principal dean pollster speechwriter "
    "biographer blogger fan fans teammate rival rivals opponent opponents moderator defendant plaintiff juror suspect guest participant participants "
    "billionaire mogul businessman businesswoman entrepreneur tycoon chancellor premier mp mps councillor "
    "vice-president whip deputy marshal agent agents trooper guard inspector specialist staffer staffers surrogate surrogates "
    "observer observers onlooker passer-by customer customers user users viewer reader readers caller parent parents "
    "child children kid teenager youth couple family crowd audience group "
    "physicist chemist biologist psychologist psychiatrist sociologist anthropologist philosopher"
)  # fmt: skip
BODIES: Final = _words(
    "report statement letter email e-mail memo memorandum document documents study survey poll book article story "
    "editorial column piece post tweet message note filing lawsuit complaint indictment affidavit ruling opinion order "
    "decision bill law act resolution amendment platform plan policy ad advertisement commercial video headline sign signs "
    "placard banner poster shirt t-shirt website site page blog release transcript testimony passage paragraph text "
    "campaign committee commission council court board company firm bank agency department ministry office bureau government "
    "administration police army military navy university college school hospital union association organization "
    "organisation institute foundation charity church party team club league newspaper paper magazine network station "
    "channel broadcaster programme program show authority authorities regulator watchdog fund think-tank coalition "
    "industry group lobby pac nonprofit manufacturer carmaker automaker airline retailer maker label studio publisher "
    "state city county country nation congress senate house parliament union embassy consulate pentagon fbi cia "
    "white department kremlin invitation script caption inscription slogan flyer leaflet brochure questionnaire "
    "narrator voiceover petition draft constitution guidelines rules excerpt summary account dispatch cable"
)  # fmt: skip
_TITLES_EN = _words(
    "mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sen sen. senator rep rep. representative gov gov. "
    "governor president vice-president mayor judge justice sir lord lady dame rev rev. reverend father sister brother pope bishop archbishop cardinal "
    "king queen prince princess gen gen. general col col. colonel lt lt. lieutenant maj maj. major capt capt. captain sgt sgt. "
    "sergeant cpl cpl. pvt pvt. adm adm. admiral cmdr cmdr. commander officer detective sheriff chief chairman chairwoman chair chairperson chancellor "
    "premier minister secretary ambassador congressman congresswoman speaker leader director commissioner "
    "spokesman spokeswoman spokesperson attorney ceo cfo coo cto dean coach inspector superintendent constable "
    "mps mp councillor lawmaker candidate nominee strategist pollster adviser advisor aide analyst correspondent reporter "
    "columnist editor author host anchor manager treasurer deputy executive economist pastor rabbi imam agent "
    "councilman councilwoman alderman assemblyman assemblywoman delegate comptroller supt supt. hon hon. "
)  # fmt: skip
ROLES: Final = _ROLES_EN | OTHER_ROLES
TITLES: Final = _TITLES_EN | OTHER_TITLES

_ABBREVIATED = (
    "Mr Mrs Ms Dr Prof Sen Sens Rep Reps Gov Govs Gen Col Lt Maj Capt Sgt Cpl Pvt Adm Cmdr Rev Hon Supt St Jr Sr Inc Corp Co "
    "Ltd No vs Ave Blvd Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mass Conn Calif Ariz Ala Ark Colo Del Fla Ga "
    "Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Penn Tenn Tex Va Vt Wash Wis Wyo Mme Mlle "
    "Hr Fr Sra Dra Dipl bzw etc approx Assoc Asst Atty Lieut Mgr Msgr Pres Univ Mt Ft ca z.B u.a d.h"
)


def _after_abbreviation() -> str:
    """A pattern for a full stop that ends an abbreviation or an initial and not a sentence."""
    by_length: dict[int, list[str]] = {}
    for word in _ABBREVIATED.split():
        by_length.setdefault(len(word), []).append(re.escape(word))
    parts = [rf"(?<=\b(?:{'|'.join(words)}))" for _, words in sorted(by_length.items())]
    return rf"(?:(?<=\b[A-Z])|{'|'.join(parts)})\."


ABBREVIATION_STOP: Final = _after_abbreviation()


def _inflect(base: str) -> tuple[list[str], str]:
    """Finite forms and the participle of a verb.

    >>> _inflect("argue"), _inflect("reply")[0], _inflect("say")
    ((['argues', 'argued'], 'arguing'), ['replies', 'replied'], (['says', 'said'], 'saying'))
    """
    ing = _IRREGULAR_ING.get(base) or _participle(base)
    if base in _IRREGULAR:
        return _IRREGULAR[base].split(), ing
    ending = "es" if base.endswith(("s", "sh", "ch", "x", "z")) else "s"
    past = base + "d" if base.endswith("e") else base + "ed"
    return [base + ending, past], ing


def _participle(base: str) -> str:
    past = _IRREGULAR.get(base, "").split()[-1:]
    if past and past[0].endswith("ed") and not past[0].endswith("ied"):
        return past[0][:-2] + "ing"  # ripped -> ripping
    return (base[:-1] if base.endswith("e") and not base.endswith("ee") else base) + "ing"


def _verbs(table: dict[str, int], bases: str, finite: int, participle: int, plain: int) -> None:
    for base in bases.split():
        forms, ing = _inflect(base)
        for form in forms:
            table[form] = table.get(form, 0) | finite
        table[ing] = table.get(ing, 0) | participle
        table[base] = table.get(base, 0) | plain


def _english() -> dict[str, int]:
    table: dict[str, int] = {}
    _verbs(table, _BELIEF, BELIEF | VERB, VERB, VERB)
    _verbs(table, _WEAKLY, WEAK, ING | WEAK, VERB | BASE)
    _verbs(table, _SAYING + _CORE, CUE, ING, VERB | BASE)
    for base in _PLAIN_CUES.split():
        table[base] |= CUE
    for base in _HEARING.split():
        forms, participle = _inflect(base)
        for form in (*forms, participle, base):
            table[form] = table.get(form, 0) | HEARD
    groups = (
        (_VERBS, VERB), (_AUX, AUX), (_BE, BE | AUX), (_ADV, ADV), (_PREP, PREP), (_DET, DET), (_INDEF, DET | INDEF),
        (_PRON_SINGULAR, PRON), (_PRON_PLURAL, PRON | PLURAL), (_OBJ, OBJ), (_POSS, POSS | DET), (_CONJ, CONJ),
        (_SUB, SUB), (_REL, REL), (_TIME, TIME), (_ROLES_EN, ROLE), (BODIES, PER), (_TITLES_EN, TITLE),
        (_words("according"), SOURCE),
    )  # fmt: skip
    for words, flag in groups:
        for word in words:
            table[word] = table.get(word, 0) | flag
    return table


@cache
def lexicon(language: str) -> dict[str, int]:
    """Flags by lower-case word; English where the language has no table of its own."""
    if language not in LANGUAGES:
        return _english()
    table: dict[str, int] = {}
    for group, flag in _GROUPS.items():
        for word in LANGUAGES[language].get(group, "").split():
            table[word] = table.get(word, 0) | flag
    for word in ROLES:
        table[word] = table.get(word, 0) | ROLE
    for word in TITLES:
        table[word] = table.get(word, 0) | TITLE
    return table


_GROUPS: Final = {
    "cue": CUE, "weak": WEAK, "ing": ING, "verb": VERB, "aux": AUX, "be": BE | AUX, "adv": ADV, "prep": PREP, "det": DET,
    "indef": DET | INDEF, "pron": PRON, "plural": PRON | PLURAL, "obj": OBJ, "poss": POSS | DET, "conj": CONJ, "sub": SUB,
    "rel": REL, "time": TIME, "body": PER, "source": SOURCE, "heard": HEARD,
}  # fmt: skip
