"""Word tables for quotes in German, French, Spanish, Italian, Dutch and Portuguese. Data only.

Much smaller than the English ones: the reporting verbs and function words that bound a speaker's
name in news prose. Groups are the keys that `cues.lexicon` turns into flags.
"""

from typing import Final

LANGUAGES: Final[dict[str, dict[str, str]]] = {
    "de": {
        "cue": "sagte sagt sagten sagen erklärte erklärt betonte betont meinte meint teilte fügte ergänzte ergänzt schrieb schreibt "
        "berichtete berichtet kritisierte kritisiert forderte fordert warnte warnt kündigte bestätigte bestätigt erläuterte erläutert "
        "äußerte äußert antwortete antwortet fragte fragt behauptete behauptet versicherte versichert unterstrich unterstreicht hob "
        "mahnte mahnt räumte gab stellte verkündete verkündet twitterte rief klagte klagt lobte lobt resümierte resümiert "
        "erinnerte erinnert befand bekräftigte bekräftigt argumentierte argumentiert beklagte beklagt gestand beteuerte beteuert "
        "konstatierte konterte kommentierte kommentiert zitierte wies verwies heißt hieß gesagt erklären urteilte urteilt schwärmte scherzte",
        "weak": "nannte nennt bezeichnete bezeichnet sprach spricht",
        "verb": "ging geht kam kommt machte macht sah sieht steht stand will wollte soll sollte kann konnte muss musste wird werde wurde werden "
        "habe hätte sei wäre bleibt blieb liegt lag gibt zeigt zeigte braucht gehört freut",
        "aux": "hat haben hatte hatten ist sind war waren",
        "adv": "auch noch dann später zudem außerdem weiter nun jetzt bereits schon gestern heute dazu daraufhin zugleich dabei jedoch aber nur",
        "prep": "in im am an auf bei beim mit von vom zu zum zur für über unter vor nach aus durch gegen gegenüber um seit während wegen ohne bis ins",
        "det": "der die das den dem des dieser diese dieses jener jene beide alle",
        "indef": "ein eine einer einem einen eines mehrere einige viele zwei drei",
        "pron": "er sie es ich man",
        "plural": "wir",
        "obj": "ihm ihn ihr ihnen uns mich sich",
        "poss": "sein seine seiner ihr ihre ihrer unser unsere",
        "conj": "und oder sondern denn",
        "sub": "dass weil wenn als ob obwohl damit wie nachdem bevor",
        "rel": "wer",
        "time": "montag dienstag mittwoch donnerstag freitag samstag sonntag morgen abend januar februar märz april mai juni juli august "
        "september oktober november dezember mittag nachmittag vormittag woche monat jahr",
        "body": "bericht studie mitteilung erklärung unternehmen konzern partei regierung ministerium behörde polizei verband gewerkschaft "
        "zeitung agentur gericht kommission fraktion stadt universität firma bank brief papier stellungnahme",
        "source": "laut so zufolge",
    },
    "fr": {
        "cue": "dit déclare déclaré affirme affirmé explique expliqué ajoute ajouté précise précisé estime estimé indique indiqué souligne souligné "
        "assure assuré annonce annoncé raconte raconté confie confié répond répondu lance lancé regrette regretté poursuit poursuivi "
        "conclut conclu rappelle rappelé note noté insiste insisté écrit reconnaît reconnu admet admis dénonce dénoncé martèle martelé "
        "observe observé constate constaté juge jugé prévient prévenu avertit averti promet promis plaide plaidé résume résumé témoigne témoigné "
        "détaille détaillé analyse analysé soutient soutenu rapporte rapporté interroge interrogé demande demandé renchérit s'exclame "
        "s’exclame tweete tweeté complète complété tranche tranché commente commenté déplore déploré glisse glissé nuance nuancé rétorque rétorqué "
        "disait déclarait affirmait expliquait ajoutait déclara affirma expliqua ajouta répliqua répliqué s'inquiète s’inquiète s'insurge s’insurge",
        "weak": "qualifie qualifié évoque évoqué parle parlé salue salué critique critiqué appelle appelé",
        "verb": "est était sont va vont fait faire peut doit veut prend met voit",
        "aux": "a ont avait avaient aurait",
        "be": "été",
        "adv": "aussi encore ensuite puis également déjà hier aujourd'hui aujourd’hui alors enfin notamment ainsi plus toutefois cependant",
        "prep": "de du des d' à au aux en dans sur sous par pour avec sans chez vers lors depuis devant contre entre après avant",
        "det": "le la les l' ce cette ces",
        "indef": "un une plusieurs deux trois quelques certains certaines d'autres",
        "pron": "il elle on je",
        "plural": "ils elles nous",
        "obj": "lui leur me se",
        "poss": "son sa ses leur leurs notre nos",
        "conj": "et ou mais",
        "sub": "que qu' lorsque quand si comme parce tandis",
        "rel": "qui",
        "time": "lundi mardi mercredi jeudi vendredi samedi dimanche matin soir janvier février mars avril mai juin juillet août septembre octobre "
        "novembre décembre semaine mois",
        "body": "rapport communiqué étude entreprise société groupe gouvernement ministère police parti syndicat association journal agence tribunal "
        "commission parquet mairie direction préfecture université texte lettre",
        "source": "selon d’après d'après",
    },
    "es": {
        "cue": "dijo dice dicho declaró declara declarado afirmó afirma afirmado aseguró asegura asegurado explicó explica explicado añadió añade "
        "añadido señaló señala señalado indicó indica indicado subrayó subraya subrayado destacó destaca destacado agregó agrega comentó "
        "comenta comentado respondió responde respondido contó cuenta contado advirtió advierte advertido reconoció reconoce reconocido insistió "
        "insiste insistido apuntó apunta apuntado manifestó manifestado sostuvo sostiene lamentó lamenta lamentado recordó recuerda recordado "
        "concluyó concluye anunció anuncia anunciado escribió escribe precisó precisa precisado admitió admite denunció denuncia denunciado "
        "preguntó pregunta confesó confiesa replicó replica tuiteó expresó expresa reiteró reitera matizó zanjó argumentó prometió",
        "weak": "calificó califica llamó tachó definió describió acusó",
        "verb": "es era son está estaba va fue hace hizo puede debe quiere tiene tuvo",
        "aux": "ha han había habían",
        "be": "sido",
        "adv": "también además después luego ayer hoy ya aún todavía así más entonces asimismo no",
        "prep": "de del a al en con por para sobre sin entre desde hasta ante tras contra durante según",
        "det": "el la los las este esta estos estas ese esa",
        "indef": "un una unos unas varios varias dos tres algunos otro otra",
        "pron": "él ella yo",
        "plural": "ellos ellas nosotros",
        "obj": "le les me se nos lo",
        "poss": "su sus nuestro nuestra mi",
        "conj": "y e o pero",
        "sub": "que cuando porque si aunque mientras como",
        "rel": "quien quienes",
        "time": "lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
        "diciembre semana mes año",
        "body": "informe comunicado estudio empresa compañía grupo gobierno ministerio policía partido sindicato asociación periódico agencia tribunal "
        "comisión ayuntamiento universidad texto carta",
        "source": "según",
    },
    "it": {
        "cue": "dice detto dichiara dichiarato afferma affermato spiega spiegato aggiunge aggiunto sottolinea sottolineato racconta raccontato "
        "commenta commentato scrive scritto ricorda ricordato osserva osservato risponde risposto conclude concluso disse spiegò aggiunse "
        "affermò dichiarò annuncia annunciato precisa precisato assicura assicurato avverte ribadisce ribadito ammette ammesso",
        "weak": "definisce definito chiama",
        "verb": "è era sono va fa può deve vuole",
        "aux": "ha hanno aveva",
        "adv": "anche ancora poi ieri oggi già inoltre infine così",
        "prep": "di del della dei delle da dal a al alla in nel nella con su sul per tra fra",
        "det": "il lo la i gli le l' questo questa",
        "indef": "un uno una due tre alcuni alcune",
        "pron": "lui lei egli",
        "plural": "loro noi",
        "poss": "suo sua suoi sue",
        "conj": "e ed o ma",
        "sub": "che quando se perché mentre come",
        "body": "rapporto comunicato studio azienda società gruppo governo ministero polizia partito sindacato",
        "source": "secondo",
    },
    "nl": {
        "cue": "zegt zei zeiden verklaart verklaarde stelt stelde vertelt vertelde schrijft schreef benadrukt benadrukte reageert reageerde vraagt vroeg "
        "meldt meldde antwoordt antwoordde waarschuwt waarschuwde legt voegt vindt aldus",
        "weak": "noemt noemde spreekt sprak",
        "verb": "is was wordt werd gaat ging kan moet wil",
        "aux": "heeft had hebben",
        "adv": "ook nog toen later gisteren vandaag al nu daarnaast",
        "prep": "van in op aan bij met voor over na uit door tegen tot",
        "det": "de het deze dit die dat",
        "indef": "een twee drie enkele verschillende",
        "pron": "hij zij ze ik",
        "plural": "wij we",
        "poss": "zijn haar hun onze",
        "conj": "en of maar",
        "sub": "dat omdat als toen terwijl",
        "source": "volgens aldus",
    },
    "pt": {
        "cue": "disse diz dito declarou declara afirmou afirma explicou explica acrescentou acrescenta contou conta escreveu escreve destacou destaca "
        "ressaltou ressalta respondeu lembrou lembra concluiu comentou comenta garantiu garante avisou alertou alerta admitiu reconheceu sublinhou",
        "weak": "chamou classificou",
        "verb": "é era são foi vai faz pode deve quer tem",
        "aux": "tem tinha havia",
        "adv": "também ainda depois ontem hoje já além",
        "prep": "de do da dos das em no na a ao à com por para sobre sem entre",
        "det": "o a os as este esta",
        "indef": "um uma dois duas três alguns",
        "pron": "ele ela eu",
        "plural": "eles elas nós",
        "poss": "seu sua seus suas",
        "conj": "e ou mas",
        "sub": "que quando porque se enquanto como",
        "source": "segundo",
    },
}  # fmt: skip

# The commonest words of each language, for telling which of them a text is in.
COMMON_WORDS: Final[dict[str, frozenset[str]]] = {
    "en": frozenset("the and of to in that is was for on with he she said".split()),
    "de": frozenset("der die und das den von zu mit ist des im nicht ein eine auf dem".split()),
    "fr": frozenset("le la les et des est dans une du en pour que qui pas sur au".split()),
    "es": frozenset("el la los de y que las del en por con una para se su no".split()),
    "it": frozenset("il di che la per una della non del con le dei è nel sono gli".split()),
    "nl": frozenset("de het een van en is dat op te zijn voor met niet die aan er".split()),
    "pt": frozenset("o de que e do da em um para com não uma os no se na dos".split()),
}

# Roles and titles are one set for all languages: a name's title is read without knowing the language.
OTHER_ROLES: Final = frozenset(
    "sprecher sprecherin pressesprecher pressesprecherin minister ministerin kanzler kanzlerin präsident präsidentin chef chefin vorstand "
    "vorsitzender vorsitzende geschäftsführer geschäftsführerin direktor direktorin leiter leiterin experte expertin forscher forscherin "
    "anwalt anwältin richter richterin bürgermeister bürgermeisterin trainer abgeordneter abgeordnete politiker politikerin analyst "
    "vorstandschef vorstandsvorsitzender vorstandsvorsitzende konzernchef ökonom ökonomin wissenschaftler wissenschaftlerin autor autorin "
    "porte-parole président présidente ministre directeur directrice maire chercheur chercheuse avocat avocate juge procureur procureure "
    "patron patronne député députée sénateur sénatrice responsable secrétaire expert experte économiste professeur professeure auteur "
    "portavoz presidente presidenta ministro ministra director directora alcalde alcaldesa abogado abogada juez jueza investigador investigadora "
    "diputado diputada senador senadora secretario secretaria experto experta economista profesor profesora fiscal jefe jefa "
    "portavoce sindaco ministra deputato avvocato giudice direttore direttrice "
    "woordvoerder woordvoerster voorzitter burgemeester porta-voz".split()
)
OTHER_TITLES: Final = frozenset(
    "herr frau monsieur madame mme m. señor señora don doña signor signora ministerpräsident ministerpräsidentin bundeskanzler bundeskanzlerin "
    "bundespräsident außenminister außenministerin innenminister innenministerin finanzminister finanzministerin wirtschaftsminister "
    "kanzler kanzlerin minister ministerin präsident präsidentin vorstandschef konzernchef sprecher sprecherin "
    "président présidente ministre presidente presidenta ministro ministra chef chefin meneer mevrouw".split()
)
