"""German."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="de",
    name="Deutsch",
    letters="äöüß",
    stemmer="german",
    stop_words=frozenset(
        "der die das den dem des ein eine einen einem einer und oder aber auch in im an am auf aus bei "
        "mit von vom zu zum zur für ist sind war waren bin hat habe haben hatte wird werden wurde kann "
        "können ich mich mir mein meine wir uns unser sie ihr ihre ihnen er es man dass wenn dann als so "
        "noch schon nur sehr hier da was wie wo wann wer warum bitte hallo".split()
    ),
    question_words=(
        "wie", "was", "wann", "wo", "wohin", "woher", "wer", "warum", "weshalb", "welche", "welcher",
        "welches", "kann ich", "können sie", "könnten sie", "muss ich", "gibt es", "ist es", "darf ich",
    ),
    problem_words=(
        "geht nicht", "funktioniert nicht", "kann nicht", "klappt nicht", "nicht möglich", "kein", "keine",
        "nicht angekommen", "problem", "fehler", "fehlermeldung", "kaputt", "defekt", "falsch", "fehlt",
        "möchte", "brauche", "würde gern",
    ),
    greetings=(
        "hallo", "guten tag", "guten morgen", "guten abend", "sehr geehrte", "sehr geehrter", "liebe",
        "lieber", "moin", "servus", "grüß gott", "hi",
    ),
    closings=(
        "mit freundlichen grüßen", "freundliche grüße", "viele grüße", "beste grüße", "liebe grüße",
        "schöne grüße", "herzliche grüße", "mfg", "lg", "vg", "gruß", "grüße", "danke", "vielen dank",
        "besten dank", "danke im voraus",
    ),
    thanks=("danke", "vielen dank", "hat geklappt", "funktioniert jetzt", "erledigt"),
    courtesies=(
        "leider", "entschuldig", "es tut uns leid", "tut mir leid", "vielen dank für", "melden sie sich",
        "gerne", "bei fragen", "schönen tag", "ich habe nachgesehen", "wir helfen",
    ),
    negations=("nicht", "nie", "niemals", "nicht mehr"),
    conditions=("wenn", "falls", "sofern", "sobald", "im falle"),
    imperatives=(
        "öffnen", "gehen", "klicken", "tippen", "wählen", "drücken", "halten", "geben", "schalten",
        "warten", "aktualisieren", "installieren", "melden", "prüfen", "laden", "entfernen", "starten",
        "versuchen", "senden", "verwenden", "trennen", "verbinden",
    ),
    link_words=("artikel", "link", "anleitung", "hilfeseite", "hilfecenter", "seite", "hier", "unten"),
    first_person=("ich", "mir", "mich"),
    answers=("ja", "nein", "klar", "natürlich"),
    pointers=("es", "das", "dies", "sie", "und", "aber", "dann", "auch"),
    numerals=("zwei", "drei", "vier", "fünf", "sechs", "sieben", "", "neun", "zehn"),
    note="Hinweis",
    see_also="Siehe auch",
    link_phrase="Dieser Artikel aus unserem Hilfecenter beantwortet Ihre Frage:",
    vague_links=(
        "hier", "hier klicken", "klicken sie hier", "klick hier", "dieser link", "diesem link",
        "dieser seite", "diese seite", "link", "mehr", "mehr erfahren", "weiterlesen",
        "weitere informationen", "siehe hier",
    ),
    times=(("sekunde*", "sek"), ("minute*", "min"), ("stunde*", "h", "std"), ("tag", "tage", "tagen", "werktag*", "arbeitstag*"), ("woche*",), ("monat*",), ("jahr*",)),
    honorifics=("herr", "herrn", "frau", "dr"),
    open_path="Öffnen Sie {}",
    placeholders=(("order", "Bestellnummer"), ("number", "Nummer"), ("phone", "Telefonnummer"), ("email", "E-Mail-Adresse"), ("iban", "Kontonummer"), ("card", "Kartennummer")),
    bounds=("nicht mehr als", "nicht später als", "nicht weniger als", "nicht länger als", ),
    case_words=("in ihrem fall", "bei ihnen", "diesmal", "heute", "morgen", "gestern", "wie sie schreiben", "diese woche", "letzte woche", ),
    joins=("aber", "also", "deshalb", "daher", ),
    please=("bitte",),
    reason_words=("warum", "weshalb", "wieso"),
    prepositions=("von", "vom", "zu", "zum", "zur", "für", "in", "im", "an", "am", "auf", "mit", "ohne", "seit", "nach", "vor", "bei", "bis", "ab", "aus", "über", "unter", "durch", "wegen", "während", "trotz", "zwischen"),
    calendar=("montag*", "dienstag*", "mittwoch*", "donnerstag*", "freitag*", "samstag*", "sonntag*", "januar", "februar", "märz", "april", "juni", "juli", "august", "september", "oktober", "november", "dezember"),
    rude=("scheiße", "scheiß", "verdammt", "verdammte", "verflucht", "mist"),
    absences=("kein", "keine", "ohne", ),
    irregular=(
        # plurals with an umlaut, which people also type as two letters
        "haus häuser häusern", "baum bäume bäumen", "ast äste ästen", "zug züge zügen", "platz plätze plätzen", "satz sätze sätzen",
        "schrank schränke", "vertrag verträge verträgen", "betrag beträge beträgen", "antrag anträge anträgen", "auftrag aufträge aufträgen",
        "stand stände", "bestand bestände", "anschluss anschlüsse", "schluss schlüsse", "fluss flüsse", "kuss küsse", "fuss füsse füssen", "gruss grüsse grüssen",
        "stuhl stühle", "hut hüte", "hof höfe", "ton töne", "sohn söhne", "kopf köpfe", "knopf knöpfe", "topf töpfe", "korb körbe",
        "wunsch wünsche", "plan pläne plänen", "gang gänge", "zugang zugänge", "eingang eingänge", "ausgang ausgänge", "vorgang vorgänge",
        "fall fälle fällen", "unfall unfälle", "ausfall ausfälle", "pass pässe", "arzt ärzte ärztin", "gast gäste", "rand ränder", "land länder", "band bänder", "pfand pfänder",
        "wand wände", "hand hände", "bank bänke banken", "stadt städte städten", "kraft kräfte", "nacht nächte", "macht mächte", "angst ängste",
        "rad räder rädern", "fahrrad fahrräder", "glas gläser", "fach fächer", "dach dächer", "bad bäder", "blatt blätter", "buch bücher büchern", "tuch tücher",
        "schloss schlösser", "loch löcher", "dorf dörfer", "wort wörter worte", "bruder brüder", "mutter mütter", "vater väter", "tochter töchter", "garten gärten",
        "laden läden", "schaden schäden", "kasten kästen", "faden fäden", "apfel äpfel", "vogel vögel", "mangel mängel", "mantel mäntel", "nagel nägel", "ofen öfen",
        "block blöcke", "kanal kanäle", "saal säle", "draht drähte", "abstand abstände", "umstand umstände", "zustand zustände", "grund gründe", "druck drücke", "beschluss beschlüsse",
        "verlust verluste", "vorschlag vorschläge", "zuschlag zuschläge", "ablauf abläufe", "einkauf einkäufe", "kauf käufe", "verkauf verkäufe", "umzug umzüge", "auszug auszüge", "abzug abzüge",
    ),
    verbs=(
        "backen gebacken backt bäckt", "befehlen befohlen befiehlt", "beginnen begonnen beginnt begann begannen", "beissen gebissen", "bergen geborgen birgt", "biegen gebogen biegt bog",
        "bieten geboten bietet boten", "binden gebunden bindet", "bitten gebeten bittet", "bleiben geblieben bleibt blieb blieben", "braten gebraten brät",
        "brechen gebrochen bricht brich brach brachen", "brennen gebrannt brennt brannte", "bringen gebracht bringt brachte brachten", "denken gedacht denkt dachte", "dringen gedrungen dringt",
        "dürfen gedurft darf durfte", "empfehlen empfohlen empfiehlt empfahl", "erlöschen erloschen erlischt erlosch", "essen gegessen isst", "fahren gefahren fährt fuhr fuhren", "fallen gefallen fällt fiel fielen",
        "fangen gefangen fängt fing fingen", "finden gefunden findet fand fanden", "fliegen geflogen fliegt flog", "fliehen geflohen", "fliessen geflossen fliesst", "fressen gefressen frisst",
        "frieren gefroren friert fror", "geben gegeben gibt gibst gib gab gaben", "gehen gegangen geht ging gingen gehe", "gelingen gelungen gelingt gelang", "gelten gegolten gilt galt galten",
        "geniessen genossen", "geschehen geschieht geschah", "gewinnen gewonnen gewinnt gewann", "giessen gegossen", "gleichen geglichen", "gleiten geglitten", "graben gegraben gräbt", "greifen gegriffen greift",
        "haben gehabt", "halten gehalten hält hielt hielten", "hängen gehangen hängt hing hingen", "heben gehoben hebt hob hoben", "heissen geheissen heisst hiess", "helfen geholfen hilft hilf half halfen",
        "kennen gekannt kennt kannte", "klingen geklungen klingt", "kommen gekommen kommt kam kamen", "kriechen gekrochen", "laden geladen lädt lud luden", "lassen gelassen lässt liess liessen",
        "laufen gelaufen läuft lief liefen", "leiden gelitten", "leihen geliehen leiht lieh liehen", "lesen gelesen liest lies las", "liegen gelegen liegt lag lagen", "lügen gelogen lügt",
        "meiden gemieden meidet", "messen gemessen misst", "nehmen genommen nimmt nimmst nimm nahm nahmen", "nennen genannt nennt nannte", "pfeifen gepfiffen", "raten geraten rät riet",
        "reiben gerieben", "reissen gerissen reisst", "rennen gerannt rennt rannte", "riechen gerochen riecht roch", "rufen gerufen ruft rief riefen", "schaffen geschafft geschaffen",
        "scheiden geschieden scheidet", "scheinen geschienen scheint schien", "schieben geschoben schiebt schob", "schiessen geschossen schoss", "schlafen geschlafen schläft schlief", "schlagen geschlagen schlägt schlug",
        "schliessen geschlossen schliesst schliesse", "schmelzen geschmolzen", "schneiden geschnitten schneidet", "schreiben geschrieben schreibt schrieb schrieben", "schreien geschrien", "schreiten geschritten schreitet",
        "schweigen geschwiegen", "schwimmen geschwommen", "schwinden geschwunden schwindet schwand", "sehen gesehen sieht siehst siehe sah sahen", "senden gesendet gesandt sendet sandte", "singen gesungen", "sinken gesunken sinkt", "sitzen gesessen sitzt",
        "sprechen gesprochen spricht sprich sprach", "springen gesprungen springt", "stechen gestochen sticht", "stecken gesteckt steckt", "stehen gestanden steht stehe", "stehlen gestohlen stiehlt stahl", "steigen gestiegen steigt stieg stiegen",
        "sterben gestorben stirbt starb", "stossen gestossen stösst stiess", "streichen gestrichen streicht", "streiten gestritten streitet", "tragen getragen trägt trug", "treffen getroffen trifft traf", "treiben getrieben treibt",
        "treten getreten tritt trat", "trinken getrunken trinkt", "tun getan tut tat", "verderben verdorben verdirbt", "vergessen vergisst vergass", "verlieren verloren verliert verlor", "verzeihen verziehen", "wachsen gewachsen wächst wuchs", "waschen gewaschen wäscht wusch",
        "weisen gewiesen weist wies", "wenden gewendet wendet wandte", "werben geworben wirbt", "werfen geworfen wirft wirf warf", "wiegen gewogen wiegt", "wissen gewusst wusste", "ziehen gezogen zieht ziehe zog zogen", "zwingen gezwungen zwingt",
    ),
    separable=(
        "zusammen", "herunter", "hinunter", "zurecht", "zurück", "herein", "hinein", "heraus", "hinaus", "weiter", "wieder", "vorbei", "voraus", "runter", "nieder", "fertig", "hinzu", "durch", "frei", "fest", "fort", "nach", "teil", "raus", "rein", "hoch", "auf", "aus", "ein", "bei", "vor", "mit", "her", "hin", "los", "weg", "dar", "um", "ab", "an", "zu",
    ),
    inseparable=("ver", "ent", "zer", "emp", "miss", "be", "er", "ge"),
    lookalikes=frozenset(
        "gehälter gehältern gerät gewicht gericht gesicht gedicht gesamt geschäft gebiet gehalt gewalt gestalt gehört gefällt gewohnt gesandt gebot gemüt geburt genügt gelangt gewährt gehorcht gemeint gegend "
        "anderen andern anders abenden zusammen nachrichten antworten vorderen weiteren einzelnen mittleren äusseren oberen unteren angaben ausgaben aufgaben eingaben abgaben zugaben vorgaben anlagen auflagen einlagen vorlagen "
        "einnahmen ausnahmen aufnahmen annahmen abnahmen zunahmen zuständen umständen beständen abständen anständen einheiten aufträgen anträgen beiträgen vorteilen nachteilen anteilen beispielen mitarbeitern anbietern ausländern eintritten "
        "zugängen eingängen ausgängen vorgängen auszügen abzügen umzügen ausfällen unfällen vorfällen umsätzen zusätzen aufsätzen vorschlägen zuschlägen beilagen zutaten uhrzeiten zeiten fristen kosten karten seiten daten minuten personen stunden rechnung rechnungen zeitung zeitungen wohnung wohnungen kleidung ordnung sitzung sitzungen stiftung festung umgebung umgebungen richtung richtungen".split()
    ),
)
