"""Word tables for reading who speaks, by language: reporting verbs, function words, roles and titles.

Data only, written by hand for news prose; `cues.lexicon` turns the groups into flags. The English
verbs of saying stand in their plain form (`saying`, `weak`, `belief`, `heard`) and are inflected
there; the other languages' tables are much smaller and list the forms themselves.
"""

from typing import Final

TABLES: Final[dict[str, dict[str, str]]] = {
    "en": {
        "saying": """
            add admit advise affirm agree allege announce answer argue assert assure boast caution
            charge chide claim clarify comment complain concede conclude confess confide confirm contend
            continue counter cry declare demand deny disclose elaborate emphasize emphasise enthuse
            exclaim exhort explain fume grumble hint imply inform insist interject interrupt joke lament
            maintain marvel mention muse mutter note object observe opine plead pledge ponder posit post
            proclaim promise pronounce protest quip rant reason reassure recall reckon recount reflect
            reiterate rejoin relate remark remember remind reminisce repeat reply report respond retort
            reveal riff scoff scream shout shrug sigh snap sneer speculate state stress suggest surmise
            testify theorize thunder tweet retweet underline underscore urge vent venture volunteer vow
            wail warn whisper wonder yell email text blog chant confer croon drawl echo effuse estimate
            expound fret gloat gripe groan growl gush hedge howl intone jest jibe moan mumble murmur
            predict forecast preach profess quote quiz rage roar sob stammer summarize summarise swear
            sing tease threaten implore ask begin read propose acknowledge point say tell write go put
            grin beam chuckle giggle chortle cackle smirk splutter bellow holler shriek screech hiss
            bark purr rasp declaim chime bristle smile laugh
        """,
        "weak": """
            accuse address apologize applaud assail attack bash belittle bemoan berate blame blast brand
            call caricature castigate celebrate champion characterize characterise cite commend compare
            condemn congratulate credit criticize criticise decry defend deem define denigrate denounce
            deplore deride describe diagnose dismiss disparage dub endorse envision exult fault hail
            impugn label lambast lambaste laud liken mock name oppose pan portray praise pitch ridicule
            rip savage scold slam speak stump talk taunt term thank tout voice welcome issue release
            utter cheer beg deliver dispute emphasize evoke highlight advocate commit recommend refuse
            repudiate refer rebuke attribute invoke rail rate classify
        """,
        "belief": """
            want believe feel fear hope doubt worry think consider wish expect suspect imagine
            dream like need love prefer mean intend agree know
        """,
        "heard": """
            advise ask assure inform remind reassure urge warn quiz implore thank tell text
            email beg exhort promise
        """,
        "plain_cue": "say write tell",
        "verb": """
            took takes take went came comes come gave gives give got gets get ran runs run won
            wins lost loses met meets left leaves leave became become becomes saw sees see knew
            knows know kept keeps keep brought brings bring set sets let lets made makes make
            found finds find stood stands stand sat sits sit led leads lead paid pays sent sends
            send built spent spends shows show showed shown grew grows fell falls rose rises
            drew draws drove drives chose chooses broke breaks beat beats hit hits cut cuts
            bought buys sold sells taught caught fought sought understood meant means wore wears
            threw throws hung laid lay lies lied seems seemed appears appeared looks looked
            needs need wants want likes liked loves loved hates tries tried helps works worked
            plans faces faced joined joins signed signs seized turned turns remains remained
            served serves visited visits launched nodded smiled laughed cried shook oversaw
            oversees stepped walked sounded sounds proved forced raised drawn holds held has did
            does doing being having getting making going taking agrees differs acts hopes favors
            favours backs urges leaned stopped started starts ends ended noticed learned heard
            hears included includes contains contained carries carried bears appear happen
            happened fired promised pushed pulled opened closed insists kicked handed adds
        """,
        "aux": """
            has have had is are was were be been being am will would can could may might must
            shall should did does do 's ’s 'd ’d 'll ’ll 've ’ve doesn't didn't doesn’t didn’t
            isn't wasn't hasn't hadn't hasn’t hadn’t wasn’t isn’t won't won’t wouldn't wouldn’t
            couldn't couldn’t can't can’t cannot
        """,
        "be": "is are was were be been being am gets got",
        "adv": """
            also later then once recently often now already still just again even only never
            always not n't ever soon earlier today tonight yesterday tomorrow famously
            reportedly further instead perhaps too however meanwhile thus therefore ago twice
            sometimes afterward afterwards besides indeed nevertheless nonetheless quite rather
            both thereby though first last next finally here there very well else away together
            simply long himself herself themselves itself
        """,
        "prep": """
            of for at in on from with by to about into over after before during under against
            between among through without within as like near since until till toward towards
            upon amid despite per via than outside inside behind beyond across around up down
            off out along alongside including regarding concerning following onto versus
        """,
        "det": """
            the this that these those its his her their our my your whose every each any no all
            both either neither
        """,
        "indef": """
            a an another some several many two three four five six seven eight nine ten dozens
            hundreds one few most more other others various certain unnamed multiple
        """,
        "pron": """
            he she it i you he's he’s she's she’s he'd he’d she'd she’d he'll he’ll she'll
            she’ll i'm i’m i'd i’d i've i’ve i'll i’ll it's it’s
        """,
        "plural": """
            they we they're they’re they've they’ve we're we’re we've we’ve they'd they’d
            they'll they’ll we'll we’ll
        """,
        "obj": "him them me us himself herself themselves myself yourself",
        "poss": "his her their its my our your whose",
        "conj": "and but or nor yet so plus &",
        "sub": """
            that when while because although if whether where why how unless until though since
            once after before as what whatever whenever wherever
        """,
        "rel": "who which whom",
        "time": """
            monday tuesday wednesday thursday friday saturday sunday january february march april may june
            july august september october november december morning afternoon evening night week month year
            hours minutes days weeks months moments weekend sunday's mon tue wed thu fri sat sun jan feb mar
            apr jun jul aug sep sept oct nov dec
        """,
        "body": """
            report statement letter email e-mail memo memorandum document documents study survey poll
            book article story editorial column piece post tweet message note filing lawsuit complaint
            indictment affidavit ruling opinion decision bill law resolution amendment platform plan
            policy ad advertisement commercial video headline sign signs placard banner poster shirt
            t-shirt website site page blog release transcript testimony passage paragraph campaign
            committee commission council court board company firm bank agency department ministry office
            bureau government administration police army military navy university college school
            hospital union association organization organisation institute foundation charity church
            party team club league newspaper paper magazine network station channel broadcaster
            programme program show authority authorities regulator watchdog fund think-tank coalition
            industry group lobby pac nonprofit manufacturer carmaker automaker airline retailer maker
            label studio publisher state city county country nation congress senate house parliament
            embassy consulate pentagon fbi cia kremlin invitation script caption inscription slogan
            flyer leaflet brochure questionnaire narrator voiceover petition draft constitution
            guidelines rules excerpt summary account dispatch cable newswire inquiry tribunal review
            investigation inquest probe taskforce trust operator supplier insurer brewer hospice
            constabulary academy judgment judgement diary entry notice plaque menu log graffiti findings
            rulebook minutes almanac
        """,
        "source": "according",
    },
    "de": {
        "cue": """
            sagte sagt sagten sagen erklärte erklärt betonte betont meinte meint teilte fügte ergänzte
            ergänzt schrieb schreibt berichtete berichtet kritisierte kritisiert forderte fordert warnte
            warnt kündigte bestätigte bestätigt erläuterte erläutert äußerte äußert antwortete antwortet
            fragte fragt behauptete behauptet versicherte versichert unterstrich unterstreicht mahnte
            mahnt verkündete verkündet twitterte klagte klagt lobte lobt resümierte resümiert erinnerte
            erinnert befand bekräftigte bekräftigt argumentierte argumentiert beklagte beklagt erzählt
            erzählte erzählen widersprach widerspricht entgegnete entgegnet erwiderte erwidert räumte
            räumt gab gibt lautet lautete stellte stellt fuhr rief ruft wetterte wettert spottete
            spottet flüsterte prophezeite prophezeit ließ lässt warb wirbt bemängelte bemängelt hob
            schimpfte schimpft freute bedauerte bedauert plädierte plädiert frotzelte gratulierte
            rechtfertigte verteidigte sagen gestand beteuerte beteuert konstatierte konterte
            kommentierte kommentiert zitierte verwies heißt begründete begründet seufzte seufzt stöhnte
            stöhnt lachte lacht brummte knurrte murmelte raunte witzelte witzelt hofft gesteht
            bilanzierte bilanziert appellierte appelliert empörte empört hieß gesagt erklären urteilte
            urteilt schwärmte scherzte nörgelt nörgelte moniert monierte poltert polterte sinniert
            sinnierte präzisierte dementierte dementiert verlangte verlangt rät riet verrät verriet
            staunt staunte jubelt jubelte meldet ätzt brummt zürnt zürnte wiegelt wiegelte quittiert
            quittierte versprochen zugesichert geschrieben gerufen
        """,
        "weak": """
            wirft warf nannte nennt bezeichnete bezeichnet sprach spricht bezeichneten nannten beschrieb
            beschreibt würdigte würdigt rühmte rügte dankte dankt
        """,
        "verb": """
            ging geht kam kommt machte macht sah sieht steht stand will wollte soll sollte kann
            konnte muss musste wird werde wurde werden habe hätte sei wäre bleibt blieb liegt
            lag gibt zeigt zeigte braucht gehört freut
        """,
        "aux": "hat haben hatte hatten ist sind war waren",
        "adv": """
            auch noch dann später zudem außerdem weiter nun jetzt bereits schon gestern heute
            dazu daraufhin zugleich dabei jedoch aber nur
        """,
        "prep": """
            in im am an auf bei beim mit von vom zu zum zur für über unter vor nach aus durch
            gegen gegenüber um seit während wegen ohne bis ins
        """,
        "det": "der die das den dem des dieser diese dieses jener jene beide alle",
        "indef": "ein eine einer einem einen eines mehrere einige viele zwei drei",
        "pron": "er sie es ich man",
        "plural": "wir",
        "obj": "ihm ihn ihr ihnen uns mich sich sie",
        "poss": """
            sein seine seiner ihr ihre ihrer unser unsere dessen deren
        """,
        "conj": "und oder sondern denn",
        "sub": "dass weil wenn als ob obwohl damit wie nachdem bevor",
        "rel": "wer",
        "time": """
            montag dienstag mittwoch donnerstag freitag samstag sonntag morgen abend januar
            februar märz april mai juni juli august september oktober november dezember mittag
            nachmittag vormittag woche monat jahr
        """,
        "body": """
            bericht studie mitteilung erklärung unternehmen konzern partei regierung ministerium
            behörde polizei verband gewerkschaft zeitung agentur gericht kommission fraktion
            stadt universität firma bank brief papier stellungnahme
        """,
        "source": "laut so zufolge nach",
    },
    "fr": {
        "cue": """
            dit déclare déclaré affirme affirmé explique expliqué ajoute ajouté précise précisé estime
            estimé indique indiqué souligne souligné assure assuré annonce annoncé raconte raconté
            confie confié répond répondu lance lancé regrette regretté poursuit poursuivi conclut conclu
            rappelle rappelé note noté insiste insisté écrit reconnaît reconnu admet admis dénonce
            dénoncé martèle martelé observe observé constate constaté juge jugé prévient prévenu avertit
            averti promet promis plaide plaidé résume résumé témoigne témoigné détaille détaillé analyse
            analysé soutient soutenu rapporte rapporté interroge interrogé demande demandé renchérit
            s'exclame s’exclame tweete tweeté complète complété tranche tranché commente commenté
            déplore déploré glisse glissé nuance nuancé rétorque rétorqué disait déclarait affirmait
            expliquait soupire soupiré balaie balayé ironise ironisé plaisante plaisanté tempère tempéré
            souffle soufflé lâche lâché tonne tonné s'étonne s’étonne s'indigne s’indigne sourit peste
            murmure murmuré justifie justifié espère concède concédé ajoutait déclara affirma expliqua
            ajouta répliqua répliqué s'inquiète s’inquiète s'insurge s’insurge temporise abonde riposte
            fustige
        """,
        "weak": """
            qualifie qualifié évoque évoqué parle parlé salue salué critique critiqué appelle
            appelé
        """,
        "verb": "est était sont va vont fait faire peut doit veut prend met voit",
        "aux": "a ont avait avaient aurait",
        "be": "été",
        "adv": """
            aussi encore ensuite puis également déjà hier aujourd'hui aujourd’hui alors enfin notamment
            ainsi plus toutefois cependant ne
        """,
        "prep": """
            de du des d' à au aux en dans sur sous par pour avec sans chez vers lors depuis
            devant contre entre après avant
        """,
        "det": "le la les l' ce cette ces",
        "indef": "un une plusieurs deux trois quelques certains certaines d'autres",
        "pron": "il elle on je",
        "plural": "ils elles nous",
        "obj": "lui leur me se",
        "poss": "son sa ses leur leurs notre nos",
        "conj": "et ou mais",
        "sub": "que qu' lorsque quand si comme parce tandis",
        "rel": "qui",
        "time": """
            lundi mardi mercredi jeudi vendredi samedi dimanche matin soir janvier février mars
            avril mai juin juillet août septembre octobre novembre décembre semaine mois
        """,
        "body": """
            rapport communiqué étude entreprise société groupe gouvernement ministère police
            parti syndicat association journal agence tribunal commission parquet mairie
            direction préfecture université texte lettre
        """,
        "source": "selon d’après d'après",
    },
    "es": {
        "cue": """
            dijo dice dicho declaró declara declarado afirmó afirma afirmado aseguró asegura asegurado
            explicó explica explicado añadió añade añadido señaló señala señalado indicó indica indicado
            subrayó subraya subrayado destacó destaca destacado agregó agrega comentó comenta comentado
            respondió responde respondido contó cuenta contado advirtió advierte advertido reconoció
            reconoce reconocido insistió insiste insistido apuntó apunta apuntado manifestó manifestado
            sostuvo sostiene lamentó lamenta lamentado recordó recuerda recordado concluyó concluye
            anunció anuncia anunciado escribió escribe precisó precisa precisado admitió admite denunció
            denuncia denunciado preguntó pregunta confesó confiesa replicó replica tuiteó expresó
            expresa reiteró reitera matizó matiza zanjó argumentó argumenta prometió promete resumió
            resume ironizó ironiza bromeó bromea protestó protesta criticó critica justificó justifica
            recalcó recalca espetó exclamó suspiró relató relata narró detalló ruega rogó prosiguió
            prosigue abundó abunda apostilló apostilla remachó sentenció espeta ríe rio contestó
            contesta inquirió susurra celebra celebró corrobora corroboró avanzó niega negó reprocha
            reprochó afea afeó achaca achacó garantiza garantizó recrimina recriminó
        """,
        "weak": """
            calificó califica llamó tachó definió describió acusó pidió pide destacó destaca hablado
            habla habló
        """,
        "verb": "es era son está estaba va fue hace hizo puede debe quiere tiene tuvo",
        "aux": "ha han había habían",
        "be": "sido",
        "adv": "también además después luego ayer hoy ya aún todavía así más entonces asimismo no",
        "prep": """
            de del a al en con por para sobre sin entre desde hasta ante tras contra durante
            según
        """,
        "det": "el la los las este esta estos estas ese esa",
        "indef": "un una unos unas varios varias dos tres algunos otro otra",
        "pron": "él ella yo",
        "plural": "ellos ellas nosotros",
        "obj": "le les me se nos lo",
        "poss": "su sus nuestro nuestra mi",
        "conj": "y e o pero",
        "sub": """
            que cuando porque si aunque mientras como donde preguntado preguntada preguntados preguntadas
            cuestionado cuestionada
        """,
        "rel": "quien quienes",
        "time": """
            lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo
            junio julio agosto septiembre octubre noviembre diciembre semana mes año
        """,
        "body": """
            informe comunicado estudio empresa compañía grupo gobierno ministerio policía
            partido sindicato asociación periódico agencia tribunal comisión ayuntamiento
            universidad texto carta
        """,
        "source": "según",
    },
    "it": {
        "time": """
            lunedì martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo
            aprile maggio giugno luglio agosto settembre ottobre novembre dicembre settimana
            mese anno
        """,
        "cue": """
            dice detto diceva scriveva scrivono dichiara dichiarato afferma affermato spiega spiegato
            aggiunge aggiunto sottolinea sottolineato racconta raccontato commenta commentato scrive
            scritto ricorda ricordato osserva osservato risponde risposto conclude concluso disse spiegò
            aggiunse affermò dichiarò annuncia annunciato precisa precisato assicura assicurato avverte
            ribadisce ribadito ammette ammesso ribatte ribattuto replica replicato sostiene sostenuto
            denuncia denunciato chiede chiesto chiarisce chiarito attacca attaccato insiste insistito
            confessa confessato promette promesso rivela rivelato protesta protestato scherza scherzato
            sbotta sbottato lamenta lamentato sospira riassume taglia tuona incalza rilancia replicava
            confida confidato chiosa rincara rimarca rimarcato evidenzia evidenziato auspica auspicato
            esulta esorta ammonisce minimizza smentisce riferisce riferito
        """,
        "weak": "definisce definito chiama parla parlato",
        "verb": "è era sono va fa può deve vuole",
        "aux": "ha hanno aveva",
        "adv": "infatti anche ancora poi ieri oggi già inoltre infine così",
        "prep": """
            agli allo ai dagli dai nei negli sugli sui dello degli alle dalle nelle sulle di del
            della dei delle da dal a al alla in nel nella con su sul per tra fra
        """,
        "det": "il lo la i gli le l' questo questa",
        "indef": "un uno una due tre alcuni alcune",
        "pron": "lui lei egli",
        "plural": "loro noi",
        "poss": "suo sua suoi sue",
        "conj": "e ed o ma",
        "sub": "che quando se perché mentre come",
        "body": """
            rapporto comunicato studio azienda società gruppo governo ministero polizia partito
            sindacato
        """,
        "source": "secondo",
    },
    "nl": {
        "time": """
            maandag dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart
            april mei juni juli augustus september oktober november december week maand jaar
        """,
        "cue": """
            zegt zei zeiden verklaart verklaarde stelt stelde vertelt vertelde schrijft schreef
            benadrukt benadrukte reageert reageerde vraagt vroeg meldt meldde antwoordt antwoordde
            waarschuwt waarschuwde legt voegt vindt aldus belooft beloofde moppert mopperde klaagt
            klaagde verzucht verzuchtte zucht zuchtte lacht lachte grapt grapte erkent erkende bevestigt
            bevestigde concludeert concludeerde denkt hoopt twittert twitterde rekent schampert sneert
            roept riep oppert licht laat liet
        """,
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
        "time": """
            segunda terça quarta quinta sexta sábado domingo janeiro fevereiro março abril maio
            junho julho agosto setembro outubro novembro dezembro semana mês ano
        """,
        "cue": """
            disse diz dito declarou declara afirmou afirma explicou explica acrescentou
            acrescenta contou conta escreveu escreve destacou destaca ressaltou ressalta
            respondeu lembrou lembra concluiu comentou comenta garantiu garante avisou alertou
            alerta admitiu reconheceu sublinhou
        """,
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
}

# Verbs whose forms no rule gives: third person and past (and participle).
IRREGULAR: Final[dict[str, str]] = {
    "say": "says said",
    "tell": "tells told",
    "write": "writes wrote written",
    "read": "reads read",
    "begin": "begins began",
    "grin": "grins grinned",
    "put": "puts put",
    "think": "thinks thought",
    "go": "goes went",
    "sing": "sings sang",
    "swear": "swears swore",
    "know": "knows knew",
    "mean": "means meant",
    "speak": "speaks spoke spoken",
    "forecast": "forecasts forecast",
    "feel": "feels felt",
    "rip": "rips ripped",
    "text": "texts texted",
    "quiz": "quizzes quizzed",
    "refer": "refers referred",
    "confer": "confers conferred",
    "stump": "stumps stumped",
    "slam": "slams slammed",
    "pan": "pans panned",
    "snap": "snaps snapped",
    "sob": "sobs sobbed",
    "quip": "quips quipped",
    "admit": "admits admitted",
    "commit": "commits committed",
    "beg": "begs begged",
    "dub": "dubs dubbed",
    "label": "labels labeled labelled",
    "cry": "cries cried",
    "deny": "denies denied",
    "decry": "decries decried",
    "imply": "implies implied",
    "reply": "replies replied",
    "clarify": "clarifies clarified",
    "testify": "testifies testified",
    "worry": "worries worried",
}

# Roles and titles are one set for all languages: a name's title is read without knowing the language.
ENGLISH_ROLES: Final = """
    spokesman spokeswoman spokesperson spokespeople spokesmen official officials executive executives
    source sources aide aides adviser advisers advisor advisors senator senators congressman
    congresswoman congressmen representative representatives lawmaker lawmakers mayor governor president
    chairman chairwoman chair chairperson director manager secretary minister ambassador judge justice
    lawyer lawyers attorney attorneys prosecutor prosecutors officer officers detective sheriff chief
    analyst analysts economist economists strategist strategists professor scientist scientists
    researcher researchers expert experts author writer editor columnist reporter reporters journalist
    journalists host anchor correspondent critic critics historian candidate candidates nominee
    frontrunner front-runner leader leaders ceo boss founder co-founder owner partner investor investors
    banker trader teacher student students doctor nurse physician surgeon victim victims witness
    witnesses resident residents neighbor neighbour neighbors neighbours voter voters supporter
    supporters activist activists protester protesters protestor protestors organizer organizers
    organiser operative operatives consultant insider insiders donor donors veteran delegate delegates
    member members mother father son daughter wife husband brother sister friend friends cousin uncle
    aunt widow man woman men women boy girl person people colleague colleagues coach player captain
    singer actor actress star artist musician rapper comedian designer engineer developer pilot driver
    farmer worker workers employee employees employer commander general colonel soldier pope priest
    bishop pastor rabbi imam king queen prince princess duke politician politicians democrat democrats
    republican republicans liberal conservative conservatives diplomat diplomats negotiator envoy
    commissioner superintendent principal dean pollster speechwriter biographer blogger head heads fan
    fans teammate rival rivals opponent opponents moderator defendant plaintiff juror suspect guest
    participant participants billionaire mogul businessman businesswoman entrepreneur tycoon chancellor
    premier mp mps councillor vice-president whip deputy marshal agent agents trooper guard inspector
    specialist staffer staffers surrogate surrogates observer observers onlooker passer-by customer
    customers user users viewer reader readers caller parent parents child children kid teenager youth
    couple family crowd audience group physicist chemist biologist psychologist psychiatrist sociologist
    anthropologist philosopher pensioner pensioners landlord landlady shopkeeper shopkeepers crofter
    crofters plumber roofer electrician barrister barristers solicitor solicitors coroner magistrate
    advocate signalman headteacher headmaster headmistress lecturer midwife midwives paramedic
    paramedics carer carers vicar curate volunteer volunteers trustee trustees clerk backbencher
    backbenchers frontbencher msp msps mep peer peers campaigner campaigners conservationist ecologist
    archaeologist geologist meteorologist forecaster climatologist novelist poet playwright screenwriter
    sculptor retiree grandmother grandfather grandson granddaughter mum dad gran grandad tenant tenants
    homeowner homeowners householder commuter commuters passenger passengers motorist motorists cyclist
    cyclists pedestrian holidaymaker holidaymakers tourist tourists villager villagers islander
    islanders shopper shoppers punter punters diner diners waiter waitress chef barman barmaid bartender
    cashier postman fisherman fishermen stallholder stallholders florist hairdresser gp midfielder
    defender striker winger goalkeeper referee umpire jockey pundit commentator presenter producer
    cleaner warden caretaker constable coordinator ombudsman whistleblower whistleblowers informant
    interpreter librarian curator bookseller promoter organisers steward courier accountant auditor
    statistician academic academics scholar scholars mathematician astronomer technician mechanic
    vlogger youtuber influencer podcaster patient patients survivor survivors bystander bystanders
    passerby eyewitness burglar robber claimant applicant appellant inmate prisoner cellmate hiker
    climber swimmer companion surveyor surveyors planner planners firefighter firefighters lifeguard
    lifeboatman coastguard landowner housebuilder pal mate batsman bowler seamer spinner all-rounder
    scrum-half fly-half sailor sailors drummer guitarist bassist violinist pianist conductor
    choreographer festivalgoer
"""
OTHER_ROLES: Final = """
    abgeordnete abgeordneter abogada abogado alcalde alcaldesa analyst anwalt anwältin auteur autor
    autorin avocat avocate avvocato burgemeester bürgermeister bürgermeisterin chef chefin chercheur
    chercheuse deputato diputada diputado directeur director directora directrice direktor direktorin
    direttore direttrice député députée economista expert experta experte expertin experto fiscal
    forscher forscherin geschäftsführer geschäftsführerin giudice investigador investigadora jefa jefe
    juez jueza juge kanzler kanzlerin konzernchef leiter leiterin maire minister ministerin ministra
    ministre ministro patron patronne politiker politikerin porta-voz portavoce portavoz porte-parole
    presidenta presidente pressesprecher pressesprecherin procureur procureure profesor profesora
    professeur professeure präsident präsidentin président présidente responsable richter richterin
    secretaria secretario secrétaire senador senadora sindaco sprecher sprecherin sénateur sénatrice
    senatore senatrice deputata senadora kapitän managerin manager
    trainer voorzitter vorsitzende vorsitzender vorstand vorstandschef vorstandsvorsitzende
    vorstandsvorsitzender wissenschaftler wissenschaftlerin woordvoerder woordvoerster économiste ökonom
    ökonomin landwirt landwirtin polizeisprecher polizeisprecherin nachbar nachbarin anwohner anwohnerin
    zeuge zeugin musiker musikerin sänger sängerin sopranistin mitglied mitarbeiter mitarbeiterin
    insider beobachter beobachterin kritiker kritikerin wirt wirtin inhaber inhaberin eigentümer lehrer
    lehrerin schüler schülerin arzt ärztin fahrer kunde kundin besucher besucherin rentner rentnerin
    mann mutter vater tochter sohn angeklagte angeklagter verteidiger verteidigerin staatsanwalt
    staatsanwältin rechtsanwalt rechtsanwältin gutachter gutachterin schriftsteller schriftstellerin
    stürmer torwart kapitän intendant intendantin dezernent dezernentin landrat landrätin aktivist
    aktivistin gewerkschafter manager managerin gründer gründerin unternehmer unternehmerin händler
    händlerin pfarrer pfarrerin bischof kommissar kommissarin ermittler einsatzleiter oberbürgermeister
    oberbürgermeisterin bauer bäuerin vermieter mieter mieterin commissaire enquêteur enquêtrice suspect
    victime témoin voisin voisine habitant habitante riverain riveraine client cliente commerçant
    commerçante agriculteur agricultrice éleveur préfet préfète policier policière gendarme élu élue
    conseiller conseillère entraîneur joueur joueuse sélectionneur écrivain romancier romancière
    historien historienne sociologue médecin infirmière infirmier syndicaliste militant militante gérant
    gérante propriétaire salarié salariée ouvrier ouvrière retraité retraitée père mère concejal
    concejala consejero consejera vecino vecina delegado delegada entrenador entrenadora técnico jugador
    jugadora portero escritor escritora novelista testigo víctima médico médica enfermero enfermera
    agricultor agricultora ganadero ganadera voluntario voluntaria dueño dueña propietario propietaria
    camarero camarera taxista conductor conductora agente sindicalista activista padre madre hijo hija
    assessore consigliere consigliera titolare ristoratore ristoratrice avvocata professore
    professoressa residente testimone vicino vicina commerciante allenatore giocatore scrittore
    scrittrice regista questore prefetto magistrato procuratore commissario figlio figlia bestuurder
    wethouder bewoner bewoonster buurman buurvrouw boer advocaat advocate rechter machinist
    kraanmachinist werknemer klant eigenaar eigenares capitán comandante sargento teniente comisario
    comisaria capitano carabiniere maresciallo adjudant keeper cazador cazadora rektor rektorin
    elternvertreter elternvertreterin
"""
ENGLISH_TITLES: Final = """
    mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor sen sen. senator rep rep. representative gov
    gov. governor president vice-president mayor judge justice sir lord lady dame rev rev. reverend
    father sister brother pope bishop archbishop cardinal king queen prince princess gen gen. general
    col col. colonel lt lt. lieutenant maj maj. major capt capt. captain sgt sgt. sergeant cpl cpl. pvt
    pvt. adm adm. admiral cmdr cmdr. commander officer detective sheriff chief chairman chairwoman chair
    chairperson chancellor premier minister secretary ambassador congressman congresswoman speaker
    leader director commissioner spokesman spokeswoman spokesperson attorney ceo cfo coo cto dean coach
    inspector superintendent constable mps mp councillor lawmaker candidate nominee strategist pollster
    adviser advisor aide analyst correspondent reporter columnist editor author host anchor manager
    treasurer deputy executive economist pastor rabbi imam agent councilman councilwoman alderman
    assemblyman assemblywoman delegate comptroller supt supt. hon hon. cllr
    coun baroness pc dci det insp
"""
OTHER_TITLES: Final = """
    außenminister außenministerin bundeskanzler bundeskanzlerin bundespräsident chef chefin don doña
    finanzminister finanzministerin frau herr innenminister innenministerin kanzler kanzlerin
    konzernchef m. madame meneer mevrouw minister ministerin ministerpräsident ministerpräsidentin
    ministra ministre ministro mme monsieur presidenta presidente präsident präsidentin président
    présidente señor señora signor signora sprecher sprecherin vorstandschef wirtschaftsminister
"""
# Words that end in a full stop inside a sentence.
ABBREVIATED: Final = """
    Mr Mrs Ms Dr Prof Sen Sens Rep Reps Gov Govs Gen Col Lt Maj Capt Sgt Cpl Pvt Adm Cmdr Rev Hon Supt
    St Jr Sr Inc Corp Co Ltd No vs Ave Blvd Jan Feb Mar Apr Jun Jul Aug Sept Sep Oct Nov Dec Mass Conn
    Calif Ariz Ala Ark Colo Del Fla Ga Ill Ind Kan Ky La Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa
    Penn Tenn Tex Va Vt Wash Wis Wyo Mme Mlle Hr Fr Sra Dra Dipl bzw etc approx Assoc Asst Atty Lieut
    Mgr Msgr Pres Univ Mt Ft ca z.B u.a d.h
"""
# The commonest words of each language, for telling which of them a text is in.
COMMON_WORDS: Final[dict[str, str]] = {
    "en": """
        and are at be by for from have he her his in is it not of on said she that the they this to
        was with
    """,
    "de": """
        am auch auf das dem den der des die ein eine er es haben hat im ist mit nicht sagte sich und
        von wir zu
    """,
    "fr": """
        a au avec ce d dans des du elle en est et il l la le les nous par pas pour que qui sont sur
        une été
    """,
    "es": "al con de del dijo el en es ha la las lo los más no para por que se su un una y",
    "it": "al alla che con da dei del della di gli ha il la le lo nel non per si sono un una è",
    "nl": "aan dat de die een en er heeft het hij ik is met naar niet ook op te van voor we zijn",
    "pt": "a ao as com da de do dos e em foi mais na no não o os para por que se um uma é",
}
