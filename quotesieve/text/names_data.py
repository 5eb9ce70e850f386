"""Tables for telling people from bodies and places, and women from men. Data only, written by hand.

Given names say the gender of a person whom nothing else (Mr., spokeswoman) marks; a name used for
both is in neither table. The tables hold common names of English, other European, Latin American,
Arabic, Indian, Chinese, Japanese and Korean speakers as newspapers print them.
"""

from typing import Final


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MALE: Final = _words("""
    barnaby bartholomew caspar jasper montague monty ptolemy ferran
    raimund raimond eutimio eusebio warwick ansgar hinrich hartwig
    aitor alastair alf alois alvise anselmo archie arnau arvid asbjørn asger asier attila auberon
    aurélien baltasar balázs bastien baudouin baz benedikt bent biel bjarne bogusław bohdan bram
    burkhard bálint børge callan cathal celestino cem chidi ciaran ciarán clovis colm conall crispin
    cristian cyprien czesław dani davie daz deepak desiderio dewi diarmaid dinesh dmytro donal dragos
    dónal eamonn ebbe eckart eivind ejnar ekkehard eladio emeterio emlyn endre ermanno euan eugeniusz
    evaristo ewen fabien farooq faustino feliks femi ferenc fermín fiachra finlay fintan fionn firmin
    flemming florentino florin frode ganesh gaz gaëtan geir gernot gert gervais gervasio gheorghe
    ghislain gianmarco gijs giles gjermund gorka gorm gregorio gruff gruffydd grégoire gunnar gwilym
    gwyn gábor harish haroon hartmut henryk heribert heriberto hervey hilario hinnerk horace humphrey
    håvard idwal iestyn ieuan ifor ikechukwu iker imtiaz ingolf ionut ireneusz istván iñigo jacinto
    jaden janusz jatin javed jayden jean-claude jean-luc jean-marc jean-pierre jean-yves jelle jobst
    jofre jolyon joop joost joël jørgen kaj karlheinz kartik kazimierz keld kenan kev khurram knud
    koen kojo kolbjørn koldo korbinian kunle kwabena kwaku kåre kévin lachie laust leandro leoncio lew
    liviu llew lorcan lorenz lucjan ludger ludovic lutz lászló maarten marcelino maxence meinhard
    meirion menno micheál mickaël mieczysław mihai mikel mirosław mogens mukesh naveed naveen nicanor
    niek niels nitin obinna octave octavian oisin oisín oleh orhan oriol osman ostap otmar ottmar
    palle pankaj pelayo peregrine pierluigi pierre-yves piers pramod preben primitivo prudencio
    pádraig pål quirin radu rakesh razvan reg rhodri roderich rohan rohit romain rory-james ruairidh
    ruaridh rufino ruggero rutger ruud ryszard régis sanjeev satish saturnino secundino sepp serkan
    shahid siegbert sjaak sohail sorin steen struan suresh sylvain séamus sławomir tadhg tahir tamás
    tanguy taras tarek tarquin terje teun thijmen thorben thorkild tilman tilo tiziano tjeerd tolga
    tor-erik tore torgeir torquil trygve turlough uche uffe ufuk ugo ulpiano ulysse valentín vasile
    venancio vic vidar viggo vikas vinzenz virgilio vitaliy volkan waldemar waseem wilf wim wolfhard
    wouter włodzimierz xabier xaver yaroslav yngve yousaf yılmaz zacarías zdzisław zeno zenon zoltán
    zubair zygmunt åge éamonn ørjan øystein øyvind
    adebayo akio aled alexandros alun ambrogio arkadiusz aurelio babatunde bartosz benoît björn bogdan
    cesare christoffer cormac cédric dafydd dariusz diarmuid edoardo eike eirik emiliano erling espen
    fabrice filippo fraser fredrik gaël germán gerrit gonzalo grzegorz haakon hajo halvor harm hauke
    helge hiroki holger hywel håkan håkon ichiro ignacio ingmar ivar iwan jaap jacek jarosław jeppe
    jesper jochem kacper kamil kenta kenzo kieran kjell krzysztof lasse lech lennart leszek loris maciej
    marcin mariusz mateusz matthieu michał mikkel morten nacho nadhim octavio oddvar olav olof oluf
    olumide ove paweł piet pieter poul przemysław rafał rasmus rishi roar ronan rune sajid sandro segun
    sigurd simen sjoerd stanisław stellan sten svend sylwester søren tadeusz tancredi taro thijs théo
    timo tomasz tommaso troels trond valerio veit vicente wiesław witold wojciech zbigniew åke étienne
    idris aaron abdul abdullah abraham adam adolfo adrian ahmad ahmed akbar akira alain alan alasdair albert
    alberto alejandro aleksandr alessandro alessio alexander alexandre alexei alfonso alfred alfredo ali
    alistair allan allen alvaro alvin amir anders anderson andre andreas andrei andres
    andrew andriy andrzej andrés andy angelo angus anil anthony antoine anton antonio antti ari arjun
    armando armin arnaud arne arnold arthur arturo ashok asif axel ayman baptiste barack barry bart
    bashar basil ben benedict benito benjamin benny bernard bernardo bernd bernie bert bertrand bijan
    bill billy bjorn bob bobby boris brad bradley brandon brendan brent bret brett brian bruce bruno
    bryan bryce byron callum cameron carl carlo carlos carlton carsten casper cedric cesar chad charles
    charlie chester chinedu chris christian christoph christophe christopher chuck clarence clark claude
    claudio clayton clement cliff clifford clint clive colin conor conrad craig curt curtis cyril cyrus
    dale damian damien damon dan daniel daniele danny darren darryl daryl dave david davide dean declan
    deng denis dennis denny derek derrick desmond detlef devin didier diego dieter dietmar dimitri dirk
    dmitri dmitry domenico dominic dominik dominique don donald donnie doug douglas drew duncan dustin
    dwayne dwight eamon earl eckhard ed eddie edgar edmund edouard eduardo edward edwin egon eli elias
    elijah elliot elliott elmer elon emanuele emeka emil emilio emmanuel emmerson emre emyr enrico
    enrique eoin eric erich erik ernest ernesto ernie ernst erwin esteban ethan etienne eugene evan ewan
    fabian fabio fabrizio faisal fareed felipe felix ferdinand fergus fernando fidel filip finn florian
    floyd francesco francis francisco franck francois frank franklin franz françois fred freddie freddy
    frederic frederick friedrich fritz frédéric fumio gabriel gareth garrett garry gary gaston gavin
    gene geoff geoffrey georg george georges gerald gerard gerhard gerry gethin gianluca gianni gilbert
    gilles giorgio giovanni giulio giuseppe glen glenn goran gordon graham grant greg gregor gregory
    guido guillaume guillermo gunter gus gustav gustavo guy gérald gérard günther hakan hamid hamish
    hamza hans harald hardeep harold harris harry harvey hasan hassan hector heiko heinrich heinz helmut
    hendrik henri henrik henry herbert herman hermann hervé hideo hiroshi hjalmar horst howard hubert
    hubertus hugh hugo hugues humberto hussein huw ian ibrahim ignazio igor ihor imran ingo ira isaac
    ismail ivan ivo iñaki jack jackson jacob jacques jaime jair jake jakob jamal james jannik janos
    jared jaroslav jason javier jay jean jeb jeff jeffrey jens jeremy jerome jerry jerzy jesse jesus jim
    jimmy jinping joachim joao joaquin jochen joe joel joerg johan johann johannes john johnny jon jonas
    jonathan jordi jorg jorge jose josef josep joseph josh joshua josé juan juergen jules julian julien
    julio julius julián junichi justin jérôme jörg jörn jürgen kamal karan karim karl karsten keith
    kellyn kemal ken kenji kenneth kenny kent kevin khalid kirk klaus klemens knut kofi konrad
    konstantin kris kristian kumar kurt kwame kwasi kyle kylian lachlan lamar lance larry lars laurence
    laurent lawrence lee leif len leo leon leonard leonardo leopold leroy leslie lester lewis liam
    lindsey lionel lloyd lorenzo lothar lou louis loïc luc luca lucas luciano lucien ludwig luigi luis
    luiz lukas luke luther lyle lyndon mads magnus mahmoud malcolm malte manfred manny manoj manuel mao
    marc marcel marcello marcelo marco marcos marcus marek mario marius mark marko markus marlon
    marshall martin marty martín marvin massimiliano massimo mateo mathias mathieu mathis
    matt matteo matthew matthias maurice mauricio maurizio mauro max maxim maxime maximilian mehmet mel
    melvin michael michal michel michele miguel mikael mike mikhail miles milo milos mitch mitchell mitt
    mohamed mohammad mohammed mohan morgan moritz morris moses muhammad murat murray mustafa mykola
    nadeem naoki narendra nasser nate nathan nathaniel ned neil nelson newt niall nicholas
    nick nico nicolas nicolás nicolò nigel niklas nikolai nikolas nils noah noel norbert norm norman
    olaf ole oleg oleksandr oleksiy oliver olivier olu omar orlando osama oscar oskar otto owen pablo
    padraig paolo pascal patrice patrick pau paul paulo pavel pawel pedro per percy perry pete peter
    petro phil philip philipp philippe phillip pierre pietro piotr piyush prakash quentin rafael
    raffaele raheem rahul rainer raj rajesh rajiv ralf ralph ramesh ramon ramón rand randall randy raoul
    raphael raphaël rashid raul ravi ray raymond raúl recep reed reggie reginald reince reiner reinhard
    reinhold renato rene rené rex rhys ricardo riccardo rich richard rick ricky rob robbie robby robert
    roberto robin rodney rodolfo rodrigo roger roland rolf roman ron ronald ronnie ross roy ruairi ruben
    rudi rudolf rudy rufus rupert russ russell ryan rémi rémy rüdiger sadiq said salman salvador
    salvatore sam samir samuel sandeep sander sanjay santiago satoshi saul scott seamus sean sebastian
    sebastien sebastián serge sergei sergey sergio serhiy seth seymour shane shaun shawn sheldon sherman
    shigeru shinji shinzo sid sidney siegfried sigmar simon sipho sol spencer stan stanley
    stefan stefano steffen stephan stephane stephen sterling steve steven stewart stuart stéphane sundar
    sunil sven syed sébastien sönke tadashi takashi takeshi tariq tayyip ted teddy terence terrence
    terry thabo thad theo theodore theresia thibault thibaut thierry thilo thom thomas thorsten till tim
    timothy tito tobias toby todd tom tomas tommy tomás toni tony torben torsten travis trent trevor
    tristan troy tunde tyler udo ulf ulli ulrich umberto uwe vaclav valentin valéry vernon victor vijay
    vikram viktor vince vincent vincenzo virgil vishal vitaly vittorio vivek vladimir volker volkmar
    volodymyr víctor wade wallace walt walter ward warren wayne wendell werner wes wesley wilbur
    wilfried wilhelm will willem william willie willy winfried winston wladimir wolf wolfgang wolfram
    woody xavier xi yair yann yannick yasir yosef yoshihide youssef yuri yusuf yves zachary zack zeke
    álvaro íñigo óscar ömer
""")  # fmt: skip

FEMALE: Final = _words("""
    jule franziska agathe jette lina lotta ronja
    abbie abimobola adeola agne agneta ailsa aisling alena aminata amparo annalisa annamaria anneliese
    antonella aoibheann apolline arabella araceli araminta aylin ayşe beatrix bethan bev birgitta
    birte birthe blodwen bodil bronagh bukola camille-anne capucine catrin catriona chantelle
    charmaine chidinma claudine clementine clodagh cordelia corinna covadonga cressida daiva deb debs
    deepa demelza demi denisa dervla derya donatella dorte dorthe ebba edeltraud effie eleri eliane
    elide elif elspeth emine encarna enid erzsébet esra farah fatou fiorella folasade freya funmi
    gaynor geertje ghislaine giuliana glenys grainne graziella gro gudny gunilla gunnhild gwenllian
    gülsen hafsa halyna hanneke hannelore hattie hege heidrun hermione hrefna huguette ieva ifeoma
    ildikó ineke ingunn inês ioana iona irmgard iryna itziar izabela izaskun jacqui jade jantien
    jarmila jemima jitka jocelyne josefa josette josiane jurgita justyna kari karoline katalin kathrin
    katrín kavita keira kelly-anne kelsey kemi kinga kirstine kirsty kjersti krystyna laia lakshmi
    lavinia lesley-anne lexi lieke liesel lieselotte lisbeth liv loredana lowri lucienne ludmila
    lyudmila lærke maaike mairi maisie mandy marcelle mared mareike margareta mariangela maribel
    marieke marijke marisol mary-lou maryse mauricette mavis mechthild meera mhairi michèle milagros
    milda millie mireille mirela mirosława mirthe moira morag morven myfanwy máiréad naila nasreen
    nataliya nerea nerys nicoletta nienke nomsa noreen nuala nurhan núria oksana olena olive oluwaseun
    olwen orlaith ottavia ottoline paloma parveen patrizia perdita philippa pierrette pippa poppy
    ragna ragnhild raluca randi raymonde rebeka remedios rhona rieke rikke roisin rosamund rosanna
    rubina rukhsana rupa ruta régine sadia saima samia samina sana senga shabnam sharron shazia sheena
    shona sibel sidsel sigríður silvana sinead siri sissel sixtine sofie solange solvei sunniva
    swantje sylwia synnøve sólveig tamsin tanja temitope tetiana thandiwe thérèse tilda tineke
    titilayo tiziana torill torunn tove turid tuva tülay unni usha uta uzma vandana venetia verity
    vigdis viviana vroni walburga waltraud wenche wendela willemijn yetunde yewande ylva yolande yulia
    zahra zdenka zodwa zsuzsanna ágnes åse éliane þóra
    adaeze aino aleksandra anjali anneke blanca bożena carmel charlotta chiamaka consuelo danuta dorota
    dörte elin elísabet elżbieta emilie ewa femke fenella freja friederike gesa gitte grażyna grethe
    halina hanne hedda helle henrike hilde iben inger iwona jadwiga jytte katarzyna liselotte lone lotte
    lucyna lucía maja malin maren margrethe marit małgorzata meike merete mette mieke mira mirja nanna
    ornella pernille roswitha sanne shabana shireen signe simonetta siv solveig svea thea tilde trine
    ulla urszula vibeke wiebke wiktoria yuki zofia zuzanna ángela åsa élise
    abigail ada adela adele adriana adèle agatha agnes agnieszka agnès aicha ainhoa aisha akiko alana
    alba alejandra alessandra alessia alexandra alexandria alexis alice alicia alina aline alison
    allison alma almudena alyssa amal amanda amandine amara amber amelia amelie amina amira amy amélie
    ana ana-belén anastasia anaïs andrea angela angelica angelina angharad angie anita anja anke ann
    anna annabel annalena anne anne-laure annegret annette annie annika antje antonia aoife april ariana
    arianna arlene astrid audrey aurelie aurora aurélie ava ayesha barbara barbra beata beate beatrice
    beatriz becky begoña belinda bella belén benazir bernadette bernice bertha beth betsy bettina betty
    beverly bianca birgit bonnie brenda bridget brigitte britta brittany bronwen brooke bénédicte camila
    camilla camille candace candice caoimhe cara carina carla carlotta carly carmen carol carole
    carolina caroline carolyn carrie carys cassandra catalina catarina cate catherine cathy cecile
    cecilia celeste celia celine cerys charlene charlotte chelsea cherie cheryl chiara chioma chloe
    christa christelle christiane christina christine ciara cindy claire clara clare claudette claudia
    clémence clémentine coleen colleen concepción concetta condoleezza connie constance cora corinne
    cornelia courtney cristina crystal cynthia cécile céline dagmar daisy dana daniela danielle daphne
    darlene dawn debbie deborah debra deirdre delia delphine denise diana diane dianne dina dolores
    dominga donna dora doreen doris dorothea dorothy ebony edith edna eileen eilidh elaine eleanor elena
    eleonora elisa elisabeth elise elizabeth elke ella ellen elly elodie elsa elsie eluned elvira emilia
    emily emma encarnación erica erika erin esmeralda esperanza estelle esther ethel eugenia eunice eva
    eve evelyn fanny fatima fatma faye federica felicia fernanda ffion fiona fionnuala flavia flora
    florence folake fran frances francesca francine francoise françoise frauke frederica frieda gabriela
    gabriele gabriella gabrielle gail gayle gemma genevieve georgia georgina geraldine gerda gertrude
    gesine gillian gina ginevra ginger giorgia giovanna gisela giulia gladys glenda gloria grace
    graciela greta gretchen gráinne guadalupe gudrun gwen gwendolyn géraldine haley hanna hannah harriet
    hatice hazel heather heidi heike helen helena helene helga henrietta hilary hilda hildegard hillary
    hollie holly hope huma hélène ida ilaria ilka ilona ilse imelda imke imogen indira ines
    inga inge ingeborg ingrid inmaculada inès inés irena irene irina iris irma isabel isabella isabelle
    isobel ivana ivanka ivette jacinda jackie jacqueline jana jane janelle janet janice janina janine
    jasmine jeanette jeanne jenna jennifer jenny jessica jessie jill jo joan joanna joanne jocelyn jodi
    jodie johanna jolanta josefina josephine joy joyce joëlle juanita judith judy julia juliana julianne
    julie juliet juliette june justine jutta kaja kamala karen karin karina karla karolina katarina kate
    katharina katharine katherine kathleen kathryn kathy katia katie katja katrin katrina kay kayla
    kayleigh keiko keisha kellyanne kendra kerstin khadija kimberly kirsten kirstie klara konstanze
    kristen kristin kristina kristine krystal laetitia lara larissa latoya laura lauren laurie lea leah
    leanne leila leire lena lenora leonie leticia leyla liane lidia lilian lillian lilly lily linda
    lindsay lisa liz liza lois lola loretta lori lorna lorraine lottie louisa louise lourdes
    lucia lucie lucinda lucy ludovica luisa luise luz lydia lynda lynn lynne léa mabel macarena
    madeleine madeline maeve magda magdalena maggie mairead maite malala malia mallory malu manon
    manuela mara marcela marcia margaret margarita margaux margot marguerite maria mariah mariam marian
    mariana marianne mariastella marie marie-agnes mariela marilyn marina marine marion
    marisa marissa marjorie marlene marlène marsha marta martha martina mary maryam maría mathilde
    matilda maud maureen maxine maya maëlle meena meg megan meghan melania melanie melinda melissa
    mercedes mercè meredith meryl mia michaela michela michelle mildred mimi mina mindy minnie miranda
    miriam molly mona monica monika monique montserrat muriel myra myrna myrtle mélanie nadia nadine
    nadja najat nancy naomi natalia natalie natasha nathalie nele nell nellie ngozi nia niamh nicola
    nicole nikki nina noelia noelle nomvula nora norma noémie nuria octavia océane odette odile olga
    olivia oprah orla ottilie paige pam pamela paola pascale patricia patty paula paulette paulina
    pauline pearl peggy penelope penny petra phoebe phyllis pia pilar polly priscilla priti priya
    priyanka rachel rachida raffaella ramona raphaëlle raquel rebecca rebekka reem regina renata renate
    renee renée rhian rhiannon rhonda ricarda rita roberta rocío rosa rosalie rosalind rosalyn rosario
    rose rosemarie rosemary rosie rossella roxanne ruth róisín sabine sabrina sadie sahra sally salma
    samantha sandra sandrine sandy saoirse sara sarah saskia segolene selena selma serena
    shanna shannon sharon sheila shelby shelley sherri sheryl shirley sian sibylle sigrid silke silvia
    simona simone sinéad siobhan siobhán siân sofia soledad solène sonia sonja sonsoles sophia sophie
    sorcha stacey stacy stefania stefanie steffi stella stephanie sue sunita susan susana susanna
    susanne susie suzanne svenja svetlana swati sybil sylvia sylviane sylvie ségolène tabitha tamara
    tammy tania tanya tara tatiana tatjana teresa terri tessa thandi thelma theresa therese tiffany tina
    tracy trudy tulsi ulrike uma ursula ute valentina valeria valerie valérie vanessa vera verena
    veronica veronika veronique vicki vicky victoria viktoria viola violet virginia virginie vivian
    viviane wanda wendy whitney whoopi wilhelmina wilma winifred winnie xenia yasmin yasmine yaël yoko
    yolanda yuko yuliya yvette yvonne zainab zanele zara zelda zeynep zoe zoé zoë zsofia édith élisabeth
    élodie émilie
""")  # fmt: skip

BOTH: Final = _words("""
    alex ashley blair jan casey corey dakota dorian dylan frankie jamie jordan kelly kerry kim kirby
    lane leigh mackenzie merle pat quinn reese riley sasha sascha shelly skyler stevie taylor tracey val
    wei li chen wang zhang liu yang min jin hyun young kai jun yu ming xin lin gale carey ariel rory
    tatum devon harper peyton avery sage hayden cory nikola luka misha vanja
""")  # fmt: skip

# A body's name ends so (Justice Department, Ford Motor Co.), or it contains one of these.
BODY_TAILS: Final = _words("""
    department committee commission council court agency administration university college school
    institute institution foundation association organization organisation union party times post
    journal news press herald tribune gazette chronicle telegraph guardian observer magazine radio
    television tv channel network group inc inc. corp corp. corporation co co. company ltd ltd. llc plc
    gmbh ag sa spa holdings partners bank fund capital ventures trust society club league federation
    alliance coalition center centre house senate congress parliament assembly ministry bureau office
    board authority force service services police army navy corps pac campaign project initiative
    conference convention church hospital clinic airlines airways motors motor records studios pictures
    entertainment media communications technologies systems industries international report review today
    daily weekly digest post-gazette star-tribune forum museum gallery library team staff store stores
    restaurant cafe hotel casino resort laboratory lab academy registry register globe wire reuters
    bloomberg monitor sun mirror mail express standard independent examiner inquirer constitution
    amendment act law bill treaty agreement deal accord award awards prize cup bowl games olympics
    festival show series edition broadcasting analytics research consulting solutions energy electric
    pharmaceuticals pharma biotech software lines railways rail logistics action americans democrats
    republicans conservatives liberals voters workers families women teachers veterans
""")  # fmt: skip
PLACE_TAILS: Final = _words("""
    street avenue road boulevard lane drive square park tower towers plaza building hall bridge river
    lake mountain mountains valley beach bay island islands county city town village state states
    district province region coast sea ocean gulf desert forest airport station harbor harbour port hill
    hills heights springs east west north south kingdom republic
""")  # fmt: skip
PLACES: Final = _words("""
    afghanistan africa alabama alaska albania algeria america americas angola antarctica arabia
    argentina arizona arkansas armenia asia athens atlanta auckland austin australia austria azerbaijan
    baghdad bahrain baltimore bangkok bangladesh barcelona bavaria beijing beirut belarus belfast
    belgium belgrade bengaluru benghazi berlin bermuda bern birmingham bogota bolivia bonn bordeaux
    bosnia boston botswana brazil bremen brexit bristol britain britons brooklyn brussels bucharest
    budapest buenos buffalo bulgaria burma cairo calgary california cambodia cambridge cameroon canada
    canberra caracas cardiff catalonia charleston chechnya chicago chile china cincinnati cleveland
    cologne colombia colorado columbus congo connecticut copenhagen crimea croatia cuba cyprus dallas
    damascus delaware delhi denmark denver detroit dresden dubai dublin ecuador edinburgh egypt england
    estonia ethiopia europe ferguson finland flint florida france frankfurt gaza geneva germany ghana
    glasgow greece guantanamo guatemala haiti hamburg hanoi hanover havana hawaii helsinki hiroshima
    hollywood honduras houston hungary iceland idaho illinois india indiana indianapolis indonesia iowa
    iran iraq ireland islamabad israel istanbul italy jakarta jamaica japan jerusalem johannesburg
    jordan kabul kansas karachi kazakhstan kentucky kenya kiev kyiv korea kosovo kremlin kuwait lagos
    latvia lebanon leeds leipzig libya lima lisbon lithuania liverpool london louisiana luxembourg lyon
    madrid maine malaysia mali malta manchester manhattan manila marseille maryland massachusetts
    melbourne memphis mexico miami michigan milan milwaukee minneapolis minnesota mississippi missouri
    moldova mongolia montana montreal morocco moscow mozambique mumbai munich myanmar nairobi naples
    nashville nebraska netherlands nevada newark niger nigeria nsw nuremberg oakland ohio oklahoma omaha
    oregon oslo ottawa oxford pakistan palestine panama paraguay paris pennsylvania peru philadelphia
    philippines phoenix pittsburgh poland portland portugal prague pyongyang qatar quebec queens rio
    riyadh romania rome russia rwanda sacramento saudi scandinavia scotland seattle senegal seoul serbia
    shanghai shenzhen siberia sicily singapore slovakia slovenia somalia spain stockholm stuttgart sudan
    sweden switzerland sydney syria taipei taiwan tallinn tampa tanzania tehran tennessee texas thailand
    tibet tokyo toronto tripoli tucson tulsa tunisia turin turkey uganda uk ukraine uruguay us u.s. u.s
    usa utah vancouver vatican venezuela venice vermont vienna vietnam vilnius warsaw washington
    wisconsin wolfsburg wuhan wyoming yemen yorkshire zimbabwe zurich wales essex kent sussex surrey
""")  # fmt: skip
# Adjectives that stand with a capital letter before a name or a noun and are no part of a name.
ADJECTIVES: Final = _words("""
    democratic republican democrat american british english french german italian spanish russian
    chinese japanese korean indian iranian iraqi israeli syrian turkish mexican canadian australian
    african european asian arab muslim jewish catholic islamic palestinian saudi ukrainian polish dutch
    swedish norwegian danish finnish belgian swiss austrian greek irish scottish welsh hispanic latino
    latina black white progressive libertarian socialist communist labour tory conservative liberal
    south north west east southern northern western eastern central former acting deputy vice senior
    chief then-president ex-president top new another longtime young old first second third many most
    such several both federal interior foreign defense defence assistant associate executive honorary
    emeritus presidential bavarian
""")  # fmt: skip
# Written large by custom, yet never the name of anybody.
NOT_NAMES: Final = _words("""
    monday tuesday wednesday thursday friday saturday sunday january february march april june july
    august september october november december god christmas easter thanksgiving ramadan medicare
    medicaid obamacare internet web covid brexit olympics bible quran constitution editor’s editor's
    note photo image video update read related watch more advertisement copyright
""")  # fmt: skip
# What follows "told" or "according to" and reports: an outlet as source, by a word of its name.
OUTLETS: Final = _words("""
    reuters ap afp dpa upi bloomberg cnn bbc cnbc nbc msnbc abc cbs npr pbs espn itv sky fox c-span
    politico axios buzzfeed vox slate salon breitbart huffpost quartz wired time newsweek fortune forbes
    economist guardian telegraph independent mirror sun times post journal news herald tribune gazette
    chronicle observer examiner inquirer globe star press wire radio tv television magazine newspaper
    daily weekly today mail express standard review monitor dispatch record courier bee sentinel
    bulletin spiegel bild zeit welt süddeutsche faz handelsblatt ard zdf monde figaro libération
    liberation échos echos parisien rtl tf1 france-info franceinfo rfi país pais mundo vanguardia efe
    ansa repubblica corriere kyodo nikkei asahi yomiuri xinhua tass interfax jazeera haaretz autocar
    techcrunch verge intercept atlantic yorker reporter podcast broadcaster yahoo wsj nyt wapo
    propublica marketwatch variety billboard deadline people vanity vogue esquire gq
""")  # fmt: skip
# "the news agency", "the paper": an outlet by its kind.
OUTLET_NOUNS: Final = _words("""
    newspaper paper agency magazine network broadcaster station channel outlet website site programme
    program show daily weekly podcast publication wire tabloid broadsheet journal blog newswire
""")  # fmt: skip
PARTICLES: Final = _words("""
    de del della der den di da das do dos du van von zu zum zur la le el al bin ibn ben ter ten op y e
    dal af st
""")  # fmt: skip
SUFFIXES: Final = _words("jr jr. sr sr. ii iii iv phd md esq esq.")
# Letters after a name: Ada Quist KC.
POST_NOMINALS: Final = frozenset(
    "KC QC OBE MBE CBE DBE KBE KCB KCMG FRS MEP MSP MLA TD DL JP BEM CMG MdB MdL MdEP".split()
)
# German compounds for a role stand before the name: Betriebsratschef, Regierungssprecherin.
GERMAN_ROLE_ENDINGS: Final = (
    "chef", "chefin", "kapitän",
    "sprecher", "sprecherin", "vorsitzende", "vorsitzender", "minister", "ministerin",
    "präsident", "präsidentin", "leiter", "leiterin", "trainer", "trainerin", "anwalt", "anwältin",
    "direktor", "direktorin", "meister", "meisterin", "forscher", "forscherin", "experte", "expertin",
    "kanzler", "kanzlerin", "vorstand", "politiker", "politikerin", "führer", "führerin", "beauftragte",
    "sekretär", "sekretärin", "kandidat", "kandidatin", "musiker", "musikerin", "arbeiter", "arbeiterin",
    "sängerin", "sänger", "wirt", "wirtin", "lehrer", "lehrerin", "bewohner", "bewohnerin", "händler",
    "vertreter", "vertreterin", "rektor", "rektorin", "kommissar", "kommissarin", "ärztin", "pfleger",
    "pflegerin", "berater", "beraterin", "koch", "köchin", "pfarrer", "pfarrerin", "unternehmer",
    "unternehmerin",
)  # fmt: skip
# Roles by the word that takes one of them up again: Detective Inspector Quist, then "the officer".
ROLE_KINDS: Final = {
    kind: frozenset(roles.split())
    for kind, roles in {
        "politician": "senator congressman congresswoman mp lawmaker councillor governor mayor minister",
        "officer": "pc dci det insp supt "
        "inspector detective constable sergeant superintendent lieutenant captain insp. det. sgt.",
        "detective": "inspector sergeant constable",
        "policeman": "inspector detective constable sergeant officer",
        "lawmaker": "senator congressman congresswoman representative mp sen. rep. delegate assemblyman",
        "legislator": "senator congressman congresswoman representative mp sen. rep. delegate",
        "senator": "sen. sen",
        "judge": "justice recorder sheriff",
        "congressman": "rep. rep representative",
        "congresswoman": "rep. rep representative",
        "governor": "gov. gov",
        "general": "gen. gen",
        "professor": "prof. prof",
        "republican": "senator congressman sen. rep. gov. governor",
        "democrat": "senator congressman sen. rep. gov.",
        "lawyer": "attorney barrister solicitor counsel advocate",
        "attorney": "lawyer",
        "barrister": "lawyer kc qc",
        "solicitor": "lawyer",
        "counsel": "lawyer attorney barrister",
        "doctor": "dr dr. surgeon physician gp paediatrician pediatrician cardiologist",
        "surgeon": "dr dr.",
        "physician": "dr dr. doctor",
        "academic": "professor lecturer historian prof prof.",
        "scholar": "professor historian",
        "coach": "manager",
        "manager": "coach boss",
        "boss": "manager coach chief ceo",
        "executive": "ceo president chairman",
        "chief": "ceo boss",
        "ceo": "chief",
        "novelist": "author writer",
        "author": "novelist writer historian biographer",
        "writer": "novelist author",
        "performer": "singer actor actress musician comedian",
        "star": "actor actress singer",
        "actor": "actress star",
        "actress": "actor star",
        "leader": "president premier chairman chairwoman chancellor",
        "minister": "secretary",
        "chancellor": "minister",
        "spokesperson": "spokesman spokeswoman",
        "priest": "rev rev. father bishop",
        "cleric": "imam bishop priest rev rev.",
        "scientist": "researcher professor",
        "researcher": "scientist professor",
        "player": "striker midfielder defender goalkeeper forward captain",
        "athlete": "runner sprinter swimmer",
        "councillor": "cllr",
        "founder": "co-founder",
        "honour": "judge justice recorder magistrate",
        "honor": "judge justice magistrate",
        "ambassador": "envoy diplomat",
        "diplomat": "ambassador envoy",
        "soldier": "sergeant private corporal captain",
        "prosecutor": "attorney",
        "advokaten": "forsvarer forsvareren advokat",
        "anwalt": "rechtsanwalt verteidiger",
        "anwältin": "rechtsanwältin verteidigerin",
        "verteidiger": "anwalt rechtsanwalt",
        "verteidigerin": "anwältin rechtsanwältin",
    }.items()
}  # fmt: skip
# A relative before a given name that stands alone: his widow, Joan.
RELATIVES: Final = _words("""
    wife husband widow widower mother father son daughter sister brother partner girlfriend boyfriend
    fiancée fiancé grandmother grandfather grandson granddaughter aunt uncle niece nephew mum dad nan gran
    grandma grandad twin stepson stepdaughter stepfather stepmother
    sohn tochter bruder schwester mutter vater enkel enkelin oma opa onkel tante neffe nichte freund freundin
    witwe witwer hijo hija hermano hermana marido esposa nieto nieta abuelo abuela fils fille frère sœur mari
    épouse figlio figlia fratello sorella marito moglie søn datter bror søster zoon dochter broer zus
""")
FEMALE_TITLES: Final = _words("""
    mrs mrs. ms ms. miss lady dame madame mme mme. sister queen princess duchess congresswoman
    chairwoman spokeswoman councilwoman assemblywoman frau señora sra sra. doña signora actress mother
    wife daughter businesswoman bundeskanzlerin présidente presidenta ministra
""")  # fmt: skip
MALE_TITLES: Final = _words("""
    mr mr. sir lord father brother king prince duke pope congressman chairman spokesman councilman
    assemblyman herr hr. monsieur m. señor don signor actor husband son businessman bundeskanzler
""")  # fmt: skip
# Nouns that fix the gender of whoever is called so.
FEMALE_NOUNS: Final = _words("""
    spokeswoman congresswoman chairwoman councilwoman businesswoman actress mother wife daughter sister
    aunt niece grandmother queen princess woman girl lady waitress widow policewoman heroine mom
    saleswoman girlfriend duchess nun
""")  # fmt: skip
MALE_NOUNS: Final = _words("""
    spokesman congressman chairman councilman businessman father husband son brother uncle nephew
    grandfather king prince man boy gentleman waiter widower policeman hero dad salesman boyfriend duke
    priest monk
""")  # fmt: skip
# Also surnames: Post, Banks, Parks, when a given name or a title stands before them.
ALSO_SURNAMES: Final = _words("""
    post house bank banks church power powers school parks park lake hill hills east west north south
    rivers bush case sun page paige office law lane bay forest field fields glass register mail bell day
    knight king bishop price cash street team city drive motors bridge square village mountain ford
    cooper hall tower towers port coast springs heights workers staff court beach young guardian
    conservative action
""")  # fmt: skip
# Words that stand right before a given name in a long title: Secretary of State Ada Quist.
NEVER_GIVEN: Final = _words("""
    state defense defence treasury staff house senate security affairs energy labor labour health
    campaign news world interior agriculture commerce transportation education justice service
    operations relations policy committee commission party
""")  # fmt: skip
LONG_PLACES: Final = frozenset(word.replace("_", " ") for word in _words("""
    los_angeles new_york san_francisco las_vegas hong_kong north_carolina south_carolina north_dakota
    south_dakota north_korea south_korea new_jersey new_mexico new_hampshire new_zealand new_delhi
    new_orleans west_virginia rhode_island puerto_rico saudi_arabia sri_lanka costa_rica el_salvador
    tel_aviv abu_dhabi united_states united_nations south_africa south_sudan great_britain middle_east
    silicon_valley wall_street capitol_hill san_diego san_jose san_antonio san_juan santa_monica
    santa_fe santa_barbara fort_worth buenos_aires de_janeiro sao_paulo são_paulo mexico_city
    kansas_city baton_rouge des_moines cape_town cape_cod gold_coast northern_ireland cedar_rapids
    long_island palm_beach staten_island vatican_city palo_alto santa_clara ann_arbor little_rock
    sierra_leone ivory_coast burkina_faso czech_republic dominican_republic hyde_park guantanamo_bay
    downing_street notre_dame social_security tea_party super_bowl super_tuesday super_pac islamic_state
    st._louis st._paul st._petersburg el_paso green_bay grand_rapids salt_lake european_union
    north_america south_america latin_america west_bank east_germany west_germany north_sea black_sea
    red_sea red_cross old_city cold_war world_war civil_war great_depression big_ben big_tech big_oil
    fox_news abc_news cbs_news nbc_news sky_news wall_street_journal associated_press new_year
    fourth_july labor_day memorial_day veterans_day oval_office rose_garden supreme_court
"""))  # fmt: skip
# Firms, networks and bodies of one word that newspapers name without saying what they are.
FIRMS: Final = _words("""
    adidas airbnb airbus alibaba alphabet amazon apple aramco audi bentley bitcoin bmw boeing bosch
    bytedance chevron chrysler cisco citigroup citroen coca-cola daimler daimlerchrysler deloitte disney
    ebay equifax exxon exxonmobil facebook fedex fiat foxconn gazprom geely gm goldman google greenpeace
    hamas hezbollah honda huawei hyundai ibm ikea instagram intel isis kia kpmg lenovo lexus linkedin
    lufthansa mastercard mcdonald's mcdonald’s mckinsey mercedes-benz microsoft mitsubishi motorola nasa
    nestle netflix nike nintendo nissan nokia nvidia openai opel oracle oxfam paypal pepsi pepsico
    peugeot pfizer pinterest porsche reddit renault rolls-royce ryanair saab samsung siemens skoda
    snapchat sony spotify starbucks stellantis subaru suzuki taliban tesla tesco thyssenkrupp tiktok
    toyota twitter uber ubs unesco unicef verizon visa vodafone volkswagen volvo walmart wechat whatsapp
    wikileaks wikipedia yahoo youtube zoom
""")  # fmt: skip
# Bodies that are spoken to and are no outlet: told Congress.
STATE_BODIES: Final = _words("""
    congress senate house parliament court council committee commission assembly cabinet ministry
    department union nato un g7 g20 mps lawmakers democrats republicans americans britons police fbi cia
    legislature bundestag judges pentagon kremlin
""")  # fmt: skip
# One of a people, after "the": said the Spaniard.
DEMONYMS: Final = _words("""
    spaniard norwegian dane swede finn german frenchman frenchwoman italian belgian dutchman dutchwoman
    portuguese swiss austrian pole czech slovak slovene hungarian croat croatian serb serbian bosnian albanian
    greek turk russian ukrainian romanian bulgarian scot scotsman scotswoman welshman welshwoman irishman
    irishwoman englishman englishwoman briton american canadian mexican brazilian argentine argentinian
    chilean colombian uruguayan peruvian ecuadorian nigerian ghanaian senegalese ivorian kenyan ethiopian
    moroccan algerian tunisian egyptian cameroonian malian australian aussie kiwi japanese korean chinese
    indian pakistani bangladeshi londoner liverpudlian geordie mancunian yorkshireman glaswegian dubliner
    texan ulsterman cornishman icelander israeli iranian
""")
