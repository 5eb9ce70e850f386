"""Word tables like those of `cues_tables` for Danish, Norwegian, Swedish and Polish. Data only."""

from typing import Final

TABLES: Final[dict[str, dict[str, str]]] = {
    "da": {
        "cue": """
            siger sagde skriver skrev fortæller fortalte forklarer forklarede udtaler udtalte mener
            mente tilføjer tilføjede svarer svarede spørger spurgte lyder lød understreger understregede
            erkender erkendte oplyser oplyste vurderer vurderede advarer advarede lover lovede
            konstaterer konstaterede kommenterer udbryder fastslår fastslog påpeger påpegede bekræfter
            bekræftede griner grinede sukker sukkede indrømmer indrømmede forsikrer forsikrede håber
            nikker medgiver medgav pointerer pointerede beretter berettede forudser kræver krævede
            opfordrer opfordrede hævder hævdede påstår påstod konkluderer konkluderede spår erklærer
            erklærede noterer gentager gentog insisterer insisterede fastholder fastholdt jubler jublede
            raser rasede frygter frygtede spøger spøgte anfører anførte
        """,
        "weak": "kalder kaldte betegner betegnede beskriver beskrev roser roste kritiserer kritiserede taler",
        "verb": """
            gik kommer kom gør gjorde ser står stod vil skal kan kunne må blev bliver holder peger fik får
            tog
        """,
        "aux": "har havde er var",
        "adv": "også ikke nu så dog bare kun igen senere desuden derfor nok",
        "prep": "i på til fra med af om for over under ved efter mod uden hos siden",
        "det": "den det de denne dette disse",
        "indef": "en et flere nogle to tre",
        "pron": "han hun jeg man",
        "plural": "vi de",
        "obj": "ham hende dem mig os sig",
        "poss": "hans hendes sin sit sine deres vores",
        "conj": "og eller men",
        "sub": "at fordi hvis når da mens som",
        "rel": "der som hvem",
        "time": "mandag tirsdag onsdag torsdag fredag lørdag søndag dag aften morgen uge år",
        "body": """
            rapporten rapport virksomheden partiet regeringen politiet ministeriet avisen kommunen retten
            foreningen
        """,
        "source": "ifølge",
    },
    "no": {
        "cue": """
            sier sa skriver skrev forteller fortalte forklarer forklarte uttaler uttalte mener mente
            legger tilføyer svarer svarte spør spurte lyder lød understreker understreket innrømmer
            innrømmet opplyser opplyste vurderer advarer advarte lover lovet fastslår fastslo påpeker
            påpekte bekrefter bekreftet kommenterer ler sukker forsikrer forsikret håper medgir påstår
            påsto hevder hevdet konkluderer konkluderte spår erklærer erklærte gjentar gjentok
            insisterer krever krevde oppfordrer oppfordret skryter jubler jublet raser frykter beretter
            fleiper konstaterer konstaterte sukket lo roper ropte
        """,
        "weak": "kaller kalte betegner beskriver beskrev roser roste kritiserer kritiserte snakker",
        "verb": """
            gikk kommer kom gjør gjorde ser står sto vil skal kan kunne må ble blir holder peker fikk får
            tok
        """,
        "aux": "har hadde er var",
        "adv": "også ikke nå så bare kun igjen senere dessuten derfor nok til",
        "prep": "i på til fra med av om for over under ved etter mot uten hos siden",
        "det": "den det de denne dette disse",
        "indef": "en et ei flere noen to tre",
        "pron": "han hun jeg man",
        "plural": "vi de",
        "obj": "ham henne dem meg oss seg",
        "poss": "hans hennes sin sitt sine deres vår",
        "conj": "og eller men",
        "sub": "at fordi hvis når da mens som",
        "rel": "som hvem",
        "time": "mandag tirsdag onsdag torsdag fredag lørdag søndag dag kveld morgen uke år",
        "body": """
            rapporten rapport selskapet partiet regjeringen politiet departementet avisen kommunen retten
            foreningen
        """,
        "source": "ifølge",
    },
    "sv": {
        "cue": """
            säger sade sa skriver skrev berättar berättade förklarar förklarade uttalar menar menade
            tillägger svarar svarade frågar frågade lyder löd understryker betonar betonade medger
            medgav uppger uppgav bedömer varnar varnade lovar lovade konstaterar konstaterade
            kommenterar påpekar bekräftar bekräftade hävdar hävdade tycker utropar suckar suckade
            skrattar skrattade försäkrar försäkrade hoppas kräver krävde uppmanar uppmanade jublar rasar
            upprepar upprepade skämtar skämtade fruktar klagar klagade
        """,
        "weak": "kallar kallade betecknar beskriver beskrev berömmer kritiserar kritiserade talar",
        "verb": """
            gick kommer kom gör gjorde ser står stod vill ska kan kunde måste blev blir håller pekar fick
            får tog
        """,
        "aux": "har hade är var",
        "adv": "också inte nu så dock bara igen senare dessutom därför nog",
        "prep": "i på till från med av om för över under vid efter mot utan hos sedan enligt",
        "det": "den det de denna detta dessa",
        "indef": "en ett flera några två tre",
        "pron": "han hon jag man",
        "plural": "vi de",
        "obj": "honom henne dem mig oss sig",
        "poss": "hans hennes sin sitt sina deras vår",
        "conj": "och eller men",
        "sub": "att eftersom om när då medan som",
        "rel": "som vem",
        "time": """
            måndag måndagen tisdag tisdagen onsdag onsdagen torsdag torsdagen fredag fredagen lördag söndag
            år vecka
        """,
        "body": """
            rapporten rapport företaget bolaget partiet regeringen polisen departementet tidningen kommunen
        """,
        "source": "enligt",
    },
    "pl": {
        "cue": """
            powiedział powiedziała mówi mówił mówiła mówią dodał dodała dodaje stwierdził stwierdziła
            stwierdza podkreślił podkreśliła podkreśla zaznaczył zaznaczyła zaznacza wyjaśnił wyjaśniła
            wyjaśnia tłumaczy tłumaczył tłumaczyła przyznał przyznała przyznaje ocenił oceniła ocenia
            napisał napisała pisze poinformował poinformowała informuje zapewnił zapewniła zapewnia
            odpowiedział odpowiedziała odpowiada zapytał zapytała pyta ostrzegł ostrzega zapowiedział
            zapowiedziała zapowiada oświadczył oświadczyła twierdzi uważa relacjonuje opowiada wspomina
            komentuje skomentował skomentowała argumentuje przekonuje przekonywał apeluje zauważa
            zauważył zauważyła grzmi dorzuca dorzucił dorzuciła ripostuje wtóruje precyzuje deklaruje
            alarmuje przypomina przypomniał przypomniała sugeruje żartuje żartował żartowała wzdycha
            narzeka ubolewa krytykuje kwituje podsumowuje podsumował podsumowała proponuje obiecuje
            potwierdza potwierdził potwierdziła zaprzecza krzyczy szepcze wylicza wtrąca dopowiada
            dopytuje śmieje cieszy dziwi prosi
        """,
        "weak": "nazwał nazwała nazywa określił określiła określa skrytykował skrytykowała",
        "verb": """
            był była było były jest są będzie będą może mogą chce ma miał miała został została robi idzie
        """,
        "aux": "już nie",
        "adv": "też także również jednak tylko potem później dziś wczoraj",
        "prep": "w we na z ze do od o po przez dla przy za pod nad bez przed",
        "det": "ten ta to te tego tej",
        "indef": "jeden jedna kilku",
        "pron": "on ona ja",
        "plural": "oni one my",
        "obj": "go jej mu nam im się",
        "poss": "jego jej ich nasz nasza",
        "conj": "i oraz lub ale a",
        "sub": "że bo gdy jeśli kiedy żeby",
        "rel": "który która którzy kto",
        "time": "poniedziałek wtorek środę czwartek piątek sobotę niedzielę rok roku",
        "body": "raport komunikat spółka partia rząd policja ministerstwo sąd gazeta firma",
        "source": "według zdaniem",
    },
}
TABLES["nb"] = TABLES["nn"] = TABLES["no"]
# Nouns for people in a role, before or instead of a name.
ROLES: Final = """
    direktør direktøren formand formanden leder lederen talsmand talsperson talskvinde borgmester
    borgmesteren chefredaktør redaktør professor forsker forskeren statsminister statsministeren
    ordfører politikommissær advokat advokaten næringsminister styreleder rektor kommissær
    statsministern direktören ordförande ordföranden talesperson forskare finansminister borgarråd
    rzecznik rzeczniczka prezes dyrektor dyrektorka burmistrz prezydent premier minister profesor
    adwokat prokurator trener szef szefowa wójt posłanka poseł senator autor autorka lærer læreren
    ministeren undervisningsminister forsvarer forsvareren overborgmester vicepolitiinspektør
    politiinspektør beboer naboen nabo chefen driftsleder statsråd træner spiller forfatter forfatteren
    skuespiller læge lægen lege legen ejer ejeren politimand formannen mieszkaniec mieszkanka mieszkańcy
    nauczycielka nauczyciel pełnomocnik mecenas sąsiad sąsiadka świadek ekspert ekspertka lekarz lekarka
    policjant strażak radny radna starosta kierowca rolnik rolniczka naukowiec badacz badaczka trenerka
    piłkarz aktor aktorka reżyser reżyserka pisarz pisarka
"""
COMMON_WORDS: Final[dict[str, str]] = {
    "da": "af at det den der en er et for fra han har hun i ikke med og på siger sig som til var vi være",
    "no": "av at det den en er et for fra han har hun i ikke med og på sier seg som til var vi være",
    "sv": "att av är den det en ett för från han har hon i inte med och om på säger sig som till var vi",
    "pl": "a ale co dla do i jak jest już na nie o od po przez są się tak to w z za że",
}
