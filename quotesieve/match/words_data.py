"""Word tables of the match room, by language. Data only; `vocabulary` reads them once.

The tables of all languages hold at once, as the language of a short statement is not known for
certain. A word that negates in one language and is an ordinary word in another (Spanish "sin",
French "pas" in English "faux pas") is left out where the second use is frequent in news.
Nothing here is used to find candidates, only to judge them. Words are casefolded, without
accents, with "'" for every apostrophe. The tables are part of what decides whether two
statements are linked: a change here changes the published groups.
"""

# Words that stand for others: one word -> the words it is compared as. Contractions are neutral.
SPELLED_OUT: dict[str, dict[str, str]] = {
    "en": {
        "don't": "do not",
        "doesn't": "does not",
        "didn't": "did not",
        "isn't": "is not",
        "aren't": "are not",
        "wasn't": "was not",
        "weren't": "were not",
        "can't": "can not",
        "cannot": "can not",
        "won't": "will not",
        "wouldn't": "would not",
        "shouldn't": "should not",
        "couldn't": "could not",
        "mustn't": "must not",
        "needn't": "need not",
        "haven't": "have not",
        "hasn't": "has not",
        "hadn't": "had not",
        "ain't": "is not",
        "i'm": "i am",
        "you're": "you are",
        "we're": "we are",
        "they're": "they are",
        "it's": "it is",
        "that's": "that is",
        "he's": "he is",
        "she's": "she is",
        "there's": "there is",
        "here's": "here is",
        "what's": "what is",
        "who's": "who is",
        "let's": "let us",
        "i've": "i have",
        "you've": "you have",
        "we've": "we have",
        "they've": "they have",
        "i'll": "i will",
        "you'll": "you will",
        "he'll": "he will",
        "she'll": "she will",
        "it'll": "it will",
        "we'll": "we will",
        "they'll": "they will",
        "i'd": "i would",
        "you'd": "you would",
        "he'd": "he would",
        "she'd": "she would",
        "we'd": "we would",
        "they'd": "they would",
        "gonna": "going to",
        "wanna": "want to",
        "%": "percent",
        "bn": "billion",
        "mn": "million",
        "mln": "million",
        "tn": "trillion",
        "trn": "trillion",
        "&": "and",
    },
    "de": {"prozent": "percent", "mrd": "milliarden", "mio": "millionen"},
    "fr": {"pourcent": "percent"},
    "es": {},
}
# The same with the apostrophe lost, as broken encodings print them; only where that is no word.
LOST_APOSTROPHE = (
    "dont doesnt didnt isnt arent wasnt werent wouldnt shouldnt couldnt havent hasnt hadnt "
    "youre theyre thats hes shes theres youve weve theyve youll theyll"
)

# Number words -> digits. "one" is left out: it is a pronoun more often than a count.
NUMBERS: dict[str, dict[str, str]] = {
    "en": {
        "two": "2",
        "three": "3",
        "four": "4",
        "five": "5",
        "six": "6",
        "seven": "7",
        "eight": "8",
        "nine": "9",
        "ten": "10",
        "eleven": "11",
        "twelve": "12",
        "thirteen": "13",
        "fourteen": "14",
        "fifteen": "15",
        "sixteen": "16",
        "seventeen": "17",
        "eighteen": "18",
        "nineteen": "19",
        "twenty": "20",
        "thirty": "30",
        "forty": "40",
        "fifty": "50",
        "sixty": "60",
        "seventy": "70",
        "eighty": "80",
        "ninety": "90",
        "first": "1 st",
        "second": "2 nd",
        "third": "3 rd",
        "fourth": "4 th",
        "fifth": "5 th",
        "sixth": "6 th",
        "seventh": "7 th",
        "eighth": "8 th",
        "ninth": "9 th",
        "tenth": "10 th",
    },
    "de": {
        "zwei": "2",
        "drei": "3",
        "vier": "4",
        "funf": "5",
        "sechs": "6",
        "sieben": "7",
        "acht": "8",
        "neun": "9",
        "zehn": "10",
        "elf": "11",
        "zwolf": "12",
    },
    "fr": {
        "deux": "2",
        "trois": "3",
        "quatre": "4",
        "cinq": "5",
        "sept": "7",
        "huit": "8",
        "neuf": "9",
        "dix": "10",
    },
    "es": {
        "dos": "2",
        "tres": "3",
        "cuatro": "4",
        "cinco": "5",
        "siete": "7",
        "ocho": "8",
        "nueve": "9",
        "diez": "10",
    },
}
# What a letter means straight after a figure: "3.4m" is 3.4 million.
AFTER_FIGURE = {"m": "million", "b": "billion", "k": "thousand"}

# Part of a number: another word of this table in the same place is another number.
SCALES: dict[str, str] = {
    "en": "hundred thousand million billion trillion dozen half hundreds thousands millions billions",
    "de": "hundert tausend million millionen milliarde milliarden billion billionen",
    "fr": "mille million millions milliard milliards",
    "es": "cien mil millon millones",
}

# One of these on one side alone turns a statement into its opposite.
NEGATIONS: dict[str, str] = {
    "en": "not no never none nobody nothing neither nor nowhere without",
    "de": "nicht kein keine keinen keinem keiner keines niemals niemand nichts weder",
    "fr": "ne jamais aucun aucune",
    "es": "nunca nadie ningun ninguna ninguno jamas",
}

# Never a name, whatever its case: a name may not be told from one of these by case alone.
FUNCTION_WORDS: dict[str, str] = {
    "en": (
        "a an the this that these those i me my mine we us our ours you your yours he him his she her "
        "hers it its they them their theirs who whom whose which what when where why how there here "
        "and or but so if then than as at by for from in into of off on onto out over to up with "
        "within about after again against all also although am among any are around be because been "
        "before being below between both can could did do does doing down during each else ever every "
        "few further get go going got had has have having however just let like made make many "
        "maybe might more most mr mrs ms dr much must need now only other own perhaps please quite "
        "rather really said same say says see shall should since some still such take tell that "
        "though through thus till too under until upon very want was well were while will would yes "
        "yet yeah okay ok oh today tomorrow yesterday even once one ones everyone everybody someone "
        "somebody anyone anybody everything something anything people let sir madam thank thanks "
        "think know believe good great first second third not no never nor neither none nobody "
        "nothing without sure certainly clearly obviously indeed actually finally instead meanwhile "
        "moreover nonetheless otherwise therefore regarding following prior able certain change find "
        "big large small new old early late long short high low"
    ),
    "de": (
        "der die das den dem des ein eine einen einem einer eines und oder aber ich du er sie es wir "
        "ihr mich dich ihn uns euch mein dein sein unser nicht auch nur noch schon sehr mehr als wie "
        "wenn dass weil ob zu in im an am auf aus bei mit nach von vor fur uber unter um durch gegen "
        "ohne ist sind war waren hat haben wird werden kann konnen muss soll"
    ),
    "fr": (
        "le la les un une des du de et ou mais je tu il elle nous vous ils elles on ce cet cette ces "
        "mon ton son notre votre leur que qui quoi dont ou en dans sur sous avec pour par sans est "
        "sont etait ont a au aux"
    ),
    "es": (
        "el la los las un una unos unas y o pero yo tu ella nosotros ellos ellas que quien como "
        "cuando donde en de del al con por para sin sobre es son era ha han se su sus este esta estos "
        "estas eso"
    ),
}

# Verbs of an aside ("he said") that outlets put into the middle of a statement.
SPEECH_VERBS: dict[str, str] = {
    "en": (
        "said says say told added adds explained explains noted notes continued replied stated "
        "claimed argued insisted warned recalled joked admitted commented declared remarked concluded"
    ),
    "de": "sagte sagt erklarte betonte meinte fugte",
    "fr": "dit declare affirme explique ajoute precise",
    "es": "dijo afirmo explico anadio declaro senalo",
}

# Days and months: another one in the same place is another day, in any case of letters. "May" and
# "March" are verbs, too, and not here: they are names by their capital, as other names are.
CALENDAR: dict[str, str] = {
    "en": (
        "monday tuesday wednesday thursday friday saturday sunday january february april june july "
        "august september october november december"
    ),
    "de": (
        "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag januar janner februar "
        "marz april mai juni juli august september oktober november dezember"
    ),
    "fr": (
        "lundi mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril mai juin "
        "juillet aout septembre octobre novembre decembre"
    ),
    "es": (
        "lunes martes miercoles jueves viernes sabado domingo enero febrero marzo abril mayo junio "
        "julio agosto septiembre setiembre octubre noviembre diciembre"
    ),
}

# Modal verbs by what they say of a statement: one for another of the same row is tense or style
# ("can", "could"), one for another of another row changes what is claimed ("must", "should").
# German "wurde" stands for "würde", too, as accents do not count.
MODALS: dict[str, dict[str, str]] = {
    "necessity": {
        "en": "must",
        "de": "muss mussen musst musste mussten",
        "fr": "doit doivent dois devons devez",
        "es": "debe deben debo debemos",
    },
    "advice": {
        "en": "should ought",
        "de": "soll sollen sollst sollte sollten",
        "fr": "devrait devraient devrais devrions devriez",
        "es": "deberia deberian deberiamos",
    },
    "possibility": {
        "en": "may might can could",
        "de": "kann kannst konnen konnte konnten darf durfen durfte durften",
        "fr": "peut peuvent peux pouvons pouvez pourrait pourraient pourrais pourrions pourriez",
        "es": "puede pueden puedo podemos podria podrian podriamos",
    },
    "prediction": {
        "en": "will would shall",
        "de": "wird wirst werden werde wurde wurden",
        "fr": "va vont",
        "es": "va van vamos",
    },
}

# A point after one of these ends no sentence: "Mr. Bell" is a name in the middle of one.
TITLES: dict[str, str] = {
    "en": "mr mrs ms dr st sen gov gen lt col sgt prof rep rev hon",
    "de": "dr prof hr fr",
    "fr": "m mme mlle dr",
    "es": "sr sra dr dra",
}

# Two words that are one: the pair -> the word.
JOINED = {("per", "cent"): "percent"}

# Syllables that turn a word into its opposite: "likely", "unlikely".
# The least letters that must be left: "inform" is not the opposite of "form".
NEGATING_PREFIXES = {"un": 4, "dis": 4, "non": 4, "in": 5, "im": 5, "il": 5, "ir": 5}

# What a scale multiplies by, so that 3,400 million is 3.4 billion.
SCALE_VALUES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "millionen": 1e6,
    "milliarden": 1e9,
    "millions": 1e6,
    "milliards": 1e9,
}
