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
        "vabandame", "vabandust", "vabandan", "kahju", "täname", "tänan", "aitäh", "aitame", "andke teada",
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
)
