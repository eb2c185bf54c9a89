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
)
