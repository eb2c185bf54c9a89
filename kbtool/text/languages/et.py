"""Estonian."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="et",
    name="Eesti",
    letters="äõöüšž",
    drop_after_apostrophe=True,
    stop_words=frozenset(
        "ja ning või ka et on oli oled olen oleme olete ole see selle seda need nende mina ma sina "
        "sa tema ta meie me teie te nemad nad minu sinu mu su kui siis aga kuid sest nagu juba veel "
        "kas kuidas miks kus millal mis kes milline palun tere tervist kõik üks väga ainult siin "
        "seal nüüd mulle teile teil mul meil".split()
    ),
    question_words=(
        "kas", "kuidas", "miks", "kus", "kust", "kuhu", "millal", "mis", "kes", "milline", "mitu",
        "kui palju", "kui kaua", "mida", "kellele", "mille",
    ),
    problem_words=(
        "ei tööta", "ei toimi", "ei saa", "ei avane", "ei tule", "ei tulnud", "ei lae", "ei leia", "ei õnnestu",
        "ei läinud", "ei lahe", "ei näe", "probleem", "viga", "veateade", "mure", "katki", "kadunud", "vale",
        "tahan", "soovin", "sooviksin", "tahaks", "vaja", "ei toota", "ei onnestu",
    ),
    greetings=("tere", "tere hommikust", "tere päevast", "tere õhtust", "tere taas", "tsau", "tervist", "tervitus", "hei", "hommikust", "lugupeetud", "austatud", "kallis", "head klienditeenindajad"),
    closings=(
        "tervitades", "lugupidamisega", "parimate soovidega", "heade soovidega", "kõike head", "aitäh",
        "tänan", "tänades", "tänud", "ette tänades", "parimat", "head päeva", "ilusat päeva",
        "tervitustega", "heade soovidega", "parimat soovides", "saadetud minu",
    ),
    thanks=("aitäh", "aitah", "tänan", "tanan", "tänud", "korras", "sai korda", "toimib"),
    courtesies=(
        "vabandame", "vabandust", "vabandan", "täname", "tänan", "aitäh", "aitame", "andke teada",
        "kirjutage meile", "head päeva", "ilusat", "mõistan", "rõõmuga", "loodan", "head sõitu", "mõnusat sõitu",
        "kui tekib küsimusi", "kontrollisin", "vaatasin", "võtke julgelt",
    ),
    negations=("ei", "pole", "mitte", "ära", "ärge", "enam", "keelatud", "võimatu"),
    conditions=("^kui", "juhul", "siis kui", "niipea", "kuni"),
    imperatives=(
        "avage", "minge", "valige", "vajutage", "puudutage", "klõpsake", "hoidke", "oodake", "sisestage",
        "lülitage", "tõmmake", "uuendage", "kontrollige", "proovige", "tooge", "lisage", "eemaldage",
        "laadige", "seiske", "kirjutage", "saatke", "kasutage", "kinnitage", "pühkige", "ühendage", "ava", "vali",
        "vajuta", "hoia", "sisesta", "kontrolli", "oota",
    ),
    auto_replies=(
        "automaatvastus", "automaatne vastus", "kontorist väljas", "olen puhkusel", "viibin puhkusel", "olen kontorist ara",
    ),
    answers=("jah", "ei", "muidugi", "jaa", "olgu"),
    link_words=("artikkel", "artikli", "artiklis", "link", "lingi", "juhend", "juhendi", "abikeskus", "leht", "lehel", "siit", "siin", "allpool"),
    first_person=("ma", "mina", "mul", "mulle", "saatsin", "tegin", "panin", "muutsin", "parandasin", "uurin"),
    pointers=("see", "seda", "need", "ja", "aga", "siis", "samuti", "lisaks"),
    numerals=("kaks", "kolm", "neli", "", "", "seitse", "kaheksa", "üheksa", "kümme"),
    note="Märkus",
    see_also="Vaata ka",
    link_phrase="Teie küsimusele vastab see abikeskuse artikkel:",
    vague_links=(
        "siin", "siit", "siia", "kliki siia", "klõpsa siia", "klõpsake siia", "klikkige siia",
        "vajuta siia", "see link", "sellel lingil", "link", "loe edasi", "loe lähemalt",
        "loe siit", "rohkem", "vaata siit",
    ),
    times=(("sekund*", "sek"), ("minut*", "min"), ("tund*", "tunn*", "h"), ("päev*", "ööpäev*", "tööpäev*", "paev*", "toopaev*"), ("nädal*", "nadal*"), ("kuu", "kuud", "kuu*"), ("aasta*",)),
    honorifics=("härra", "hr", "proua", "pr"),
    open_path="Avage {}",
    placeholders=(("order", "tellimuse number"), ("number", "number"), ("phone", "telefoninumber"), ("email", "e-posti aadress"), ("iban", "kontonumber"), ("card", "kaardinumber"), ("id", "isikukood")),
    bounds=("mitte rohkem kui", "mitte hiljem kui", "mitte vähem kui", "mitte kauem kui", "mitte varem kui", ),
    case_words=("teie puhul", "sinu puhul", "teil praegu", "sul praegu", "seekord", "täna", "homme", "eile", "möödunud nädalal", "eelmisel nädalal", "sel nädalal", "kirjutasite", "mainisite", "sinul on", "seega", ),
    joins=("aga", "kuid", "nii et", "seega", "seepärast", "vaid", ),
    please=("palun",),
    reason_words=("miks",),
    prepositions=("ilma", "alates", "enne", "kuni"),
    calendar=("esmaspäev*", "teisipäev*", "kolmapäev*", "neljapäev*", "reede*", "laupäev*", "pühapäev*", "jaanuar*", "veebruar*", "märts*", "aprill*", "juuni*", "juuli*", "august*", "septemb*", "oktoob*", "novemb*", "detsemb*"),
    rude=("kurat", "kuradi", "perse", "pask", "sitt"),
    absences=("ilma", ),
    irregular=(
        # nouns and adjectives
        "viga vea- vigu vigade-", "rida rea- ridu ridade-", "tuba toa- tube tubade-", "leht- lehe- lehte lehti-", "pank- panga- panka panku-", "laps- lapse- last laste- lapsi", "mees mehe- meest mehi meeste-",
        "käsi käe- kätt käte-", "vesi vee- vett", "uus uue- uut uusi uute-", "täis täie-", "pood- poe- poodi", "viit- viida- viita", "ratas ratta- ratast rattad", "hammas hamba- hammast", "kaas kaane- kaant kaasi",
        "rent- rendi- renti", "pilt- pildi- pilti- pilte", "hind- hinna- hinda hindu", "tund- tunni- tundi tunde", "kord- korra- korda", "koht- koha- kohta kohti", "siht- sihi-", "tähtaeg tähtaja-", "aeg aja- aega aegu", "algus alguse-",
        "poeg poja- poega", "jalg jala- jalga jalgu", "nimi nime- nimesid", "keel keele-", "uks ukse- ust", "kiri kirja- kirju", "asi asja- asju", "sõber sõbra-", "number numbri-", "tõbi tõve-", "lubi lubja-", "hari harja-", "osa osi",
        "sõit- sõidu- sõite", "lukk- luku- lukke", "nupp- nupu- nuppe nuppu", "kott- koti- kotti", "pakk- paki- pakke pakki", "tekk teki-", "kapp- kapi- kappi", "sokk soki-", "kokk koka-", "tükk- tüki-", "lipp lipu-", "müük müügi- müüki", "rikk- rikke-", "rike rikke- riket",
        "luba loa- lubade- lube", "tõke tõkke- tõket", "kiht kihi-", "riik- riigi- riiki riike", "õis õie-", "süda südame-", "laud- laua- lauda laudu", "raud raua-", "kuld kulla-", "põld põllu-", "sild- silla- silda", "keeld keelu-", "võlg- võla- võlga võlgu",
        "märk- märgi- märke märki", "link- lingi- linke linki", "park- pargi- parki", "tank- tangi-", "kink kingi-", "ring- ringi-", "arst arsti-", "kast- kasti-", "vend venna- venda", "lind linnu-", "hund hundi-", "lõng lõnga-", "king- kinga-", "pool poole- pooli", "suur suure- suuri", "väike väikese- väikest",
        "soe sooja- sooje", "paks paksu-", "must musta-", "puhas puhta- puhast", "kallis kalli-", "rikas rikka-", "katus katuse-", "liige liikme- liiget", "võti võtme- võtit", "seade seadme- seadet", "mõte mõtte- mõtet", "viide viite- viidet", "toode toote- toodet", "hoius hoiuse-", "kanne kande- kannet", "ühine ühise-",
        "ese eseme- eset", "ost- ostu- oste", "töö tööd töös tööle tööl", "õde õe-", "jõud jõu-", "nõue nõude- nõuet", "õu õue-", "sada saja-", "kaks kahe- kaht", "kolm kolme-", "seitse seitsme-", "kümme kümne-",
        "esimene esimese-", "naine naise- naist naisi", "hobune hobuse-", "inimene inimese- inimest", "saabas saapa-", "kinnas kinda- kinnast", "lammas lamba-", "kuningas kuninga-", "taevas taeva-", "tõug tõu-", "kumm kummi-", "külg külje-", "järg järje-", "arve arved", "velg velje-", "jälg jälje-", "värk värgi-", "kate katte- katet", "tarne tarnet", "hulk hulga- hulki", "nurk nurga-", "ots otsa- otsi",
        "lamp- lambi- lampi", "pump- pumba- pumpa", "komme kombe-", "tamm tamme-", "kurk kurgi-", "kork korgi-", "leib leiva- leiba", "kaup- kauba- kaupa kaupu", "lõpp- lõpu- lõppu", "hüpe hüppe-", "trepp trepi-", "klapp klapi-", "saak saagi-", "jook joogi-", "kook koogi-", "saade saate- saadet", "teade teate- teadet", "hoog hoo-", "roog roa-",
        # verbs
        "osta* osts* ostm* oste* ostj* ostnu*", "minna minn* mine- lähe lähen lähed läheb läheme lähete lähevad läks läksin läksid läinud", "teha teen teeb teeme teete teevad tegi tegin tegid teinud tegem* tehtu* tehakse", "saada saan saab saad saame saate saavad sain sai saanud saama saaks", "tulla tulen tuleb tuled tuleme tulete tulevad tuli tulin tulnud tulema tuleks", "panna pane panen paneb paned paneme pani panin pannud panema pandud pannakse",
        "anda anna annan annab anname andis andsin andnud andma antud antakse andmine", "maksta maksa* maksi* maksm* makst* maksn*", "sulge* sule- suletud suletakse sulen suleb sulges*", "jätta jäta jätan jätab jättis* jätnud jätma jäetud jäetakse", "võtta võta võtan võtab võttis võtnud võtma võetud võetakse",
        "näha näen näeb nägi nägin näinud nägema nähtud", "leida leia leian leiab leiame leidis leidsin leidnud leidma leidmi* leitud leitakse", "hoida hoia hoian hoiab hoiame hoidis hoidsin hoidnud hoidma hoidmi* hoitud hoitakse", "lugeda loe loen loeb loeme luges lugesin lugenud lugema lugemi* loetud loetakse", "lubada luba- luban lubatud", "pidada pean peab peame peate peavad pidi pidin pidanud pidama peetud",
        "käia käin käib käime käivad käis käisin käinud käima käimine", "jääda jään jääb jääd jäävad jäi jäin jäid jäänud", "viia viin viib viime viivad viisin viinud viima viidud viimine viimise", "tuua toon toob toome toovad tõi tõin toonud tooma toodud", "müüa müü müün müüme müüvad müüs müüsin müünud müüma müüdud müümine", "süüa söön sööb sõi söönud sööma söömine", "juua joob jõi joonud jooma joomine",
        "lüüa lööb löön löönud lööma löömine", "luua loo loon loob loome loovad loonud looma loodud loomine* loomise*", "lasta lase- lasen lasi lasknud laskma lastud", "kaotada kaota- kadunud kadus kadusid kaduma kadumi* kaob kaovad kaotsi", "tahta tahan tahab tahad tahame tahtis tahtsin tahaks tahaksin", "teada tean teab teame teavad teadis teadsin teadnud teadma", "jõuda jõua jõuan jõuab jõudis jõudnud jõudma", "nõuda nõua nõuan nõuab nõuame nõudis nõudma nõutud nõutakse",
        "laadida laadi laadim* lae laen laeb laed laeme laadis laadisin laeti laetud laetakse", "kanda kanna kannan kannab kandis kandma kantud kantakse", "vahetada vaheta-", "muuta muudan muudab muuda muutis muutsin muutma muudetud muudetakse", "saata saadan saadab saatis saatsin saatma saadetud saadetakse", "rentida rendi- rent*", "peatada peata-", "võita võida-", "sõita sõida- sõit*",
        "oodata oota ootan ootab ootas ootasin ootami*", "vaadata vaata vaatan vaatab vaatas vaatasin vaatami*", "hüpata hüppa-", "lõpetada lõpeta-", "lõppeda lõpe- lõppes", "alata alga- algab algas", "murda murra-", "keelata keela-", "tõmmata tõmba-", "hakata hakka-", "karta karda-", "pesta pese- pesi* pesn*", "tõsta tõsta*", "avada ava avan avab avame avane* avas avasin avatu* avami*",
    ),
    ending=r"([dt]?e|i)?(sse|st?|le|lt?|ks|ni|na|ta|ga|d|t|id|sid)?|n|b|me|te|vad?|sin|sid|in|is|ma(s|st|ta)?|mi(ne|se\w*)|da|nud|tud|takse|ti|v|ks(in)?|[gk][eu]",
    endings=("", "d", "s", "ga", "l", "le", "st", "lt", "ks"),
    lookalikes=frozenset("korter korteri kordi viib tood tead pead muud saad saat kuud koot poot raat moot liit hiit muut paat keet neet leit voit hoit teat".split()),
)
