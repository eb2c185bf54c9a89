"""Words that change what a sentence promises: "not", "before", "only", "week", "off".

Two sentences may share nine words of ten and say the opposite. These lists are for comparing a
sentence with its source: which such words came, which went, and what a "not" is about. ``guarante-``
stands for every word that begins so, ``-ten`` for every one that ends so, ``at_least`` for two words
in a row; diacritics do not count. They are lists, not a grammar: where they err, they should call
two equal sentences different.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from kbtool.text.fold import word_key
from kbtool.text.languages import get_language
from kbtool.text.tokens import is_stop_word, term


@dataclass(frozen=True, slots=True)
class Promises:
    """The lists of one language; each entry holds words of one meaning, separated by spaces."""

    qualifiers: tuple[str, ...] = ()
    """Limits, amounts, spans of time, duties."""
    opposites: tuple[tuple[str, str], ...] = ()
    acts: tuple[str, ...] = ()
    """Verbs that may stand for each other, those of steps above all."""
    light: str = ""
    """Verbs that carry a "not" for the word beside them ("ei saa tühistada")."""
    carried: str = r".*"
    """Pattern of the words for which a light verb carries a "not", without diacritics."""
    nots: str = r"(?!)"
    """Pattern of further words that say "not" of another word, without diacritics (``can't``)."""
    negated: str = r"(?!)"
    """Pattern of words that hold a "not" of their own, without diacritics (``edilemez``)."""
    verb_last: bool = False
    """A "not" is about the word before it."""


_NONE = Promises()
_BY_LANGUAGE = {
    "en": Promises(
        qualifiers=(
            "before prior until till", "after afterwards following since", "within during",
            "only solely exclusively", "always", "sometimes usually normally often", "at_least minimum",
            "at_most up_to maximum max no_more", "more_than over exceed-", "less_than fewer under below", "unless except excluding excludes",
            "including includes included", "all every each", "none nobody nothing neither nor",
            "must requires required mandatory obligatory need needs", "optional optionally",
            "forbidden prohibited impossible unable fails failed refused rejected declined denied",
            "free", "guarantee-", "immediate- instant- straightaway", "automatic-", "manual-",
            "twice double-", "half", "quarter", "dozen-", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "sixty",
            "seventy", "eighty", "ninety", "hundred-", "thousand-", "million-",
            "first", "last final", "next", "previous", "second seconds", "minute minutes", "hour hours hourly",
            "day days daily", "week weeks weekly", "month months monthly", "year years yearly annual annually",
            "today", "tomorrow", "yesterday", "weekend-", "working business weekday-", "calendar",
        ),
        opposites=(
            ("on", "off"), ("in", "out"), ("up", "down"), ("left", "right"), ("with", "without"),
            ("open-", "clos-"), ("add-", "remov- delet-"), ("enabl-", "disabl-"), ("activat-", "deactivat-"),
            ("accept- approv-", "declin- reject- refus-"), ("allow- permit-", "deny denied block- forbid-"),
            ("send sends sent", "receiv-"), ("same", "differ- other another"), ("old", "new"),
            ("valid", "invalid"), ("public-", "private-"), ("increas-", "decreas- reduc-"),
            ("upload-", "download-"), ("install-", "uninstall-"), ("connect-", "disconnect-"),
            ("lock-", "unlock-"), ("subscrib-", "unsubscrib- cancel-"), ("login", "logout"), ("online", "offline"),
            ("early earlier earliest", "late later latest"), ("start- begin-", "stop- end ends"),
            ("above", "below"), ("import-", "export-"), ("full", "empty"), ("possible", "impossible"),
            ("can may", "cannot must"), ("free", "paid charge-"), ("keep- kept", "discard- throw- delet-"),
        ),
        acts=("tap click press hit", "choose select pick", "open go visit", "enter type fill", "check verify", "get gets receive receives",
            "come comes arrive arrives", "keep keeps store stores"),
        light="can could able be need have do will would should may must",
        nots=r".+n't|cannot",
        negated=r"non.{4,}",
    ),
    "tr": Promises(
        qualifiers=(
            "-dan_önce -den_önce -tan_önce -ten_önce gün_önce saat_önce hafta_önce ay_önce dakika_önce öncesi öncesinde öncesine",
            "-dan_sonra -den_sonra -tan_sonra -ten_sonra gün_sonra saat_sonra hafta_sonra ay_sonra dakika_sonra sonrası sonrasında sonrasına",
            "kadar dek", "içinde",
            "sadece yalnızca yalnız", "daima", "genellikle bazen", "en_az asgari", "en_fazla en_çok azami", "-den_fazla -dan_fazla", "hariç dışında haricinde",
            "dahil dahildir", "tüm bütün hepsi", "hiçbir hiç kimse", "zorunlu zorunda gerek- lazım şart- mecburi",
            "isteğe opsiyonel", "yasak- imkansız başarısız-", "ücretsiz- bedava", "ücretli-", "garanti-", "hemen anında derhal",
            "otomatik-", "elle manuel", "yarım yarı yarısı", "çift", "on onu", "yirmi", "otuz", "kırk", "elli", "altmış",
            "yetmiş", "seksen", "doksan", "yüz", "bin", "milyon", "ilk", "son", "sonraki", "önceki", "saniye-", "dakika-", "saat-",
            "gün güne günde günü günün günden günlük günler günleri gündür", "hafta-", "ay ayda ayı ayın aydan aylık aylar",
            "yıl- sene-", "bugün", "yarın", "dün", "iş",
        ),
        opposites=(
            ("açın açınız açılır açık aç", "kapatın kapatınız kapanır kapalı kapat"), ("ekle-", "kaldır- sil- çıkar-"),
            ("kabul", "red reddet- reddedil-"), ("yükle-", "indir- kaldır-"), ("giriş girin", "çıkış çıkın"),
            ("eski", "yeni"), ("sağ", "sol"), ("artır-", "azalt-"), ("içinde", "dışında"), ("geçerli-", "geçersiz-"),
            ("ücretli-", "ücretsiz-"), ("var", "yok"), ("aynı", "farklı başka"), ("önce", "sonra"), ("dahil", "hariç"),
            ("çevrimiçi", "çevrimdışı"), ("mümkün", "imkansız"), ("etkin-", "devre"), ("kilitle-", "kilidi"), ("altın-", "üstün-"),
        ),
        acts=("dokun- basın basıp tıkla-", "seç-", "açın açıp gidin gidip", "yaz- girin girip doldur-", "bekleyin"),
        light="edil- edebil- edem- etme- ediyor- edin et ol- olmaz yap- verilme- mümkün gerek-",
        nots=r"degil.*|yok(?:tur|sa)?|olma(?:z|d|y|m).*",
        negated=(
            r"(?!uygulama|sozlesme|guncelleme).+(?:m[ae]z(?:sin(?:iz)?|l[ae]r|s[ae].*|di.*|ken)?|m[iu]yor.*|m[ae]di.{0,6}|m[ae]yin(?:iz|c[ae])?"
            r"|m[ae]m[ae].*|m[ae]d[ae]n|m[ae]y[ae]c.*|m[ae]mis.*|m[ae]ksizin|m[ae]y[ae]n.*|m[ae]yip|m[ae]y[ae]bil.*)"
            r"|.{3,}s[iu]z(?:d[iu]r|l[ae]r|lik.*|c[ae]|s[ae].*|ken)?"
        ),
        verb_last=True,
    ),
    "et": Promises(
        qualifiers=(
            "enne", "pärast peale järel", "kuni", "jooksul", "ainult vaid üksnes", "alati", "tavaliselt mõnikord", "vähemalt",
            "maksimaalselt", "rohkem üle", "vähem alla", "arvatud", "kaasa", "kõik kogu iga", "keegi midagi ükski",
            "peab peavad peate tuleb vaja vajalik kohustuslik", "keelatud võimatu ebaõnnestu- tagasilükatud",
            "tasuta", "tasuline tasulise", "garantee-", "kohe viivitamata", "automaat-", "käsitsi", "pool poole", "kahekord-",
            "neli", "viis", "kuus", "üksteist", "kaksteist", "kolmteist", "neliteist", "viisteist", "kakskümmend", "kolmkümmend",
            "nelikümmend", "viiskümmend", "kuuskümmend", "sada", "tuhat", "esimene esimese esimest", "viimane viimase viimast",
            "järgmi-", "eelmi-", "sekund-", "minut-", "tund tundi tunni tunnis tunniga", "päev päeva päevas päevaga päevane päevase päevast päevaks",
            "nädal-", "kuu kuud kuuga kuine", "aasta-", "täna", "homme", "eile", "tööpäev-", "kalendri-", "nädalavahetus-",
        ),
        opposites=(
            ("ava-", "sulge- sule-"), ("lisa-", "eemalda- kustuta-"), ("sisse", "välja"), ("vasak-", "parem-"),
            ("uus uue uut", "vana-"), ("sama", "erinev- teine teise teist"), ("lubatud lubatakse", "keelatud"),
            ("enne", "pärast"), ("üles", "alla"), ("üle", "alla"), ("tasuta", "tasuline tasulise tasu"), ("kehtib kehtiv", "kehtetu"),
            ("saab saate võib", "ei"), ("luba-", "keela- blokeeri-"), ("lukusta-", "ava-"), ("ühenda-", "katkesta-"), ("suurem", "väiksem"), ("sees sisse", "väljas välja"),
        ),
        acts=("vajuta- puuduta- klõpsa-", "valige vali", "avage ava minge mine", "sisestage sisesta", "kontrollige kontrolli", "oodake oota"),
        light="saa tohi pea või ole lähe õnnestu vaja",
        negated=r".{3,}mat(?:a|u|ud|us)|mitte.+",
        carried=r".{2,}[dt]a|.{2,}ma",
    ),
    "de": Promises(
        qualifiers=(
            "vor vorher bis", "nach nachdem danach", "innerhalb binnen", "nur ausschließlich", "immer", "meist- manchmal",
            "mindestens", "höchstens maximal", "mehr über", "weniger unter", "außer ausgenommen", "inklusive inbegriffen",
            "alle jede jeder jedes", "niemand nichts", "muss müssen erforderlich nötig notwendig", "optional",
            "verboten unmöglich abgelehnt", "kostenlos gratis", "garantie-", "sofort", "automatisch-", "manuell",
            "doppelt zweimal", "halb-", "zwanzig", "dreißig", "fünfzig", "hundert-", "tausend-", "erste-", "letzte-", "nächste-",
            "sekunde-", "minute-", "stunde-", "tag tage tagen täglich", "woche-", "monat-", "jahr-", "heute", "morgen", "gestern",
            "werktag- arbeitstag-",
        ),
        opposites=(
            ("ein", "aus"), ("mit", "ohne"), ("öffn-", "schließ-"), ("hinzufüg-", "entfern- lösch-"), ("aktivier-", "deaktivier-"),
            ("links", "rechts"), ("alt-", "neu-"), ("anmeld-", "abmeld-"), ("vor", "nach"), ("installier-", "deinstallier-"),
            ("gültig", "ungültig"), ("möglich", "unmöglich"), ("hochlad-", "herunterlad-"),
        ),
        acts=("tippen klicken drücken", "wählen", "öffnen gehen", "eingeben geben"),
        light="kann können wird werden ist sind sein darf dürfen muss müssen",
        nots=r"kein.*",
        negated=r"un(?:gultig|moglich|zulassig).*",
    ),
    "es": Promises(
        qualifiers=(
            "antes", "después", "hasta", "dentro durante", "solo sólo solamente únicamente", "siempre", "mínimo menos", "máximo más",
            "excepto salvo", "incluido incluye", "todos todas cada todo toda", "nadie nada", "debe deben necesario obligatorio",
            "opcional", "prohibido imposible", "gratis gratuito gratuita", "inmediat-", "automátic-", "manual-", "doble", "medio media",
            "veinte", "treinta", "cincuenta", "cien ciento", "mil", "primero primera primer", "último última", "siguiente", "segundos",
            "minuto-", "hora-", "día días diario", "semana-", "mes meses mensual", "año años", "hoy", "mañana", "ayer", "laborable- hábil-",
        ),
        opposites=(
            ("con", "sin"), ("abr-", "cierr- cerr-"), ("añad-", "elimin- quit- borr-"), ("activ-", "desactiv-"), ("izquierd-", "derech-"),
            ("antes", "después"), ("instal-", "desinstal-"), ("válido", "inválido"), ("nuevo nueva", "antiguo antigua"),
        ),
        acts=("pulse pulsa clic", "seleccione elija", "abra abre vaya", "introduzca escriba"),
        light="puede pueden es son se está están ser debe",
    ),
    "fr": Promises(
        qualifiers=(
            "avant", "après", "jusqu", "sous pendant", "seulement uniquement seul", "toujours", "moins minimum", "maximum", "sauf excepté hors",
            "inclus compris", "tous toutes chaque tout toute", "personne rien", "doit doivent nécessaire obligatoire faut",
            "facultatif", "interdit impossible", "gratuit gratuite gratuitement", "immédiat-", "automatique-", "manuel-", "double",
            "demi", "vingt", "trente", "cinquante", "cent", "mille", "premier première", "dernier dernière", "prochain suivant",
            "seconde-", "minute-", "heure-", "jour jours", "semaine-", "mois", "an ans année-", "aujourd", "demain", "hier", "ouvré ouvrés ouvrable-",
        ),
        opposites=(
            ("avec", "sans"), ("ouvr-", "ferm-"), ("ajout-", "supprim- retir-"), ("activ-", "désactiv-"), ("gauche", "droite"),
            ("avant", "après"), ("install-", "désinstall-"), ("valide", "invalide"), ("nouveau nouvelle", "ancien ancienne"),
        ),
        acts=("cliquez appuyez touchez", "choisissez sélectionnez", "ouvrez allez", "entrez saisissez"),
        light="peut peuvent est sont être doit pouvez",
        nots=r"n'.+",
    ),
    "ru": Promises(
        qualifiers=(
            "до перед прежде", "после", "течение", "только лишь исключительно", "всегда", "минимум", "максимум", "более больше свыше", "менее меньше",
            "кроме", "включая", "все каждый каждая", "никто ничего", "должны нужно необходимо обязательно", "запрещено невозможно",
            "бесплатно бесплатный бесплатная", "сразу немедленно", "автоматически", "вручную", "двойн-", "половин-", "двадцать", "тридцать",
            "сорок", "пятьдесят", "сто", "тысяч-", "перв-", "последн-", "следующ-", "секунд-", "минут-", "час часа часов", "день дня дней дни",
            "недел-", "месяц-", "год года лет", "сегодня", "завтра", "вчера", "рабоч-",
        ),
        opposites=(
            ("с", "без"), ("откр-", "закр-"), ("добав-", "удал-"), ("включ-", "выключ- отключ-"), ("до", "после"), ("лев-", "прав-"),
            ("войд-", "выйд-"), ("нов-", "стар-"), ("платн-", "бесплатн-"), ("можно", "нельзя"),
        ),
        acts=("нажмите коснитесь", "выберите", "откройте перейдите", "введите"),
        light="может могут можно есть быть",
        negated=r"не(?:возмож|доступ|дейст|льзя|правил).*",
    ),
}  # fmt: skip


def qualifiers(words: Sequence[str], lang: str) -> dict[str, str]:
    """The limits, amounts, spans of time and duties among lower-case ``words``: a name for each
    meaning → how it is said here.
    """
    entries = _lists(lang).qualifiers
    said = [*words, *(f"{one}_{next_}" for one, next_ in pairwise(words))]
    named = ((_name(word, entries), word.replace("_", " ")) for word in reversed(said))
    return {name: word for name, word in named if name}


def opposite(words: Sequence[str], source: Sequence[str], lang: str) -> str | None:
    """The first of ``words`` that turns one of ``source`` into its opposite; None without one.

    A word that ``source`` has itself turns nothing.
    """
    theirs = frozenset(word_key(word) for word in source)
    for word in words:
        key = word_key(word)
        if key in theirs:
            continue
        for pair in _lists(lang).opposites:
            for mine, other in (pair, pair[::-1]):
                said = _is_one(key, mine) and not any(_is_one(one, mine) for one in theirs)
                if said and any(_is_one(one, other) for one in theirs):
                    return word
    return None


def negations(words: Sequence[str], lang: str) -> tuple[str, ...]:
    """For each "not" among lower-case ``words`` the index term of what it is about, in order.

    It is the nearest word of weight after it (before it where the verb comes last), a verb like
    "can" having none; a word with a "not" of its own is about itself.
    """
    lists = _lists(lang)
    found = []
    for at, word in enumerate(words):
        own = bool(re.fullmatch(lists.negated, word_key(word)))
        if not own and not says_not(word, lang):
            continue
        after, before = words[at + 1 :], words[:at][::-1]
        near = [*before, *after] if lists.verb_last else [*after, *before]
        near = [word, *near] if own else near
        weighty = [one for one in near if _weighs(one, lang)]
        if near and _is_one(word_key(near[0]), lists.light):
            weighty.sort(key=lambda one: not re.fullmatch(lists.carried, word_key(one)))
        found.append(term(weighty[0], lang) if weighty else "")
    return tuple(found)


def act(word: str, lang: str) -> str:
    """One verb for all that may stand for a lower-case ``word`` in a step; mostly the word itself."""
    return (_name(word, _lists(lang).acts) or word).rstrip("-")


def _lists(lang: str) -> Promises:
    return _BY_LANGUAGE.get(lang.partition("-")[0], _NONE)


@lru_cache(maxsize=100_000)
def _name(word: str, entries: tuple[str, ...]) -> str | None:
    """The first word of the entry that ``word`` stands in."""
    key = word_key(word)
    return next((entry.split()[0] for entry in entries if _is_one(key, entry)), None)


def _is_one(key: str, entry: str) -> bool:
    exact, beginnings, endings = _parts(entry)
    return key in exact or key.startswith(beginnings) or key.endswith(endings)


@cache
def _parts(entry: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    """The words of an entry, its beginnings and its endings, without diacritics."""
    found = [word_key(word) for word in entry.split()]
    return (
        frozenset(word for word in found if "-" not in word),
        tuple(word[:-1] for word in found if word.endswith("-")),
        tuple(word[1:] for word in found if word.startswith("-")),
    )


def says_not(word: str, lang: str) -> bool:
    """Whether a lower-case word says "not" of another one."""
    key = word_key(word)
    return key in _negation_keys(lang) or bool(re.fullmatch(_lists(lang).nots, key))


@cache
def _negation_keys(lang: str) -> frozenset[str]:
    language = get_language(lang)
    return frozenset(word_key(word) for word in (*language.negations, *language.absences))


@lru_cache(maxsize=100_000)
def _weighs(word: str, lang: str) -> bool:
    return (
        len(word) > 1
        and not word.isdigit()
        and not is_stop_word(word, lang)
        and not says_not(word, lang)
        and not _is_one(word_key(word), _lists(lang).light)
    )
