"""Names that nobody told: people whom the words around them, or their place, give away.

A cue that only a person can follow (``my wife …``, a title) takes any word with a capital; one that
things can follow as well (``… said``) needs a common first name, or a place inside a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from kbtool.privacy.gazetteer import first_names, no_names
from kbtool.privacy.hints import Hinted
from kbtool.privacy.names import ORGANISATION_KEYS, greeting_words, stems, without_suffix
from kbtool.privacy.spans import CAPITALISED, UPPER, Span
from kbtool.text.fold import match_key, word_key
from kbtool.text.languages import KNOWN, get_language

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_SMALL = "".join(chr(c) for c in (*range(0x61, 0x180), *range(0x430, 0x460)) if chr(c).islower())
_REST = rf"[{_SMALL}]{{1,20}}(?:[-'’][^\W\d_]{{1,20}})?"
GIVEN = rf"(?:Ma?c)?[{UPPER}]{_REST}"
"""A word written as names are: ``DPD`` is none."""
_ADDRESSED = frozenset(
    "all there everyone everybody sir madam folks guys koik koik hea klient arkadaslar yetkili herren damen"
    " hommikust paevast ohtust gunler aksamlar again".split()
)
_TITLES = (
    Hinted(
        re.compile(
            rf"(?<!\w)(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Herrn|Frau|Fam|Familie|Sayın|Sayin|härra|proua|Härra|Proua|Mme|Monsieur|Madame"
            rf"|Señor|Señora|господин|госпожа)\.? ({CAPITALISED}(?: {CAPITALISED})?)(?!\w)"
        ),
        *"Mr Ms Miss Dr Prof Herr Frau Fam Say ärra roua Mme Monsieur Madame Señor господин госпожа".split(),
        exact=True,
    ),
    Hinted(
        re.compile(
            rf"(?<!\w)((?:{CAPITALISED} ){{0,2}}{CAPITALISED})(?= (?i:hanım|hanim|bey|beyefendi|hocam)(?:\b|['’]))"
        ),
        " hanim",
        " bey",
        " hocam",
    ),
    Hinted(
        re.compile(
            rf"(?<!\w)(?i:my name is|the name is|adım|ismim|minu nimi on|mein name ist|je m'appelle|me llamo|меня зовут)[ :]{{1,2}}"
            rf"({CAPITALISED}(?: {CAPITALISED})?)"
        ),
        *"adim ismim m'appelle зовут".split(),
        "name is",
        "nimi on",
        "name ist",
        "me llamo",
    ),
    Hinted(
        re.compile(
            rf"(?<!\w)(?i:i am|i'm|this is|ben|mina olen|olen|ich bin|je suis|soy) ({CAPITALISED} {CAPITALISED})"
        ),
        *"i'm ben olen soy".split(),
        "i am",
        "this is",
        "ich bin",
        "je suis",
    ),
)
"""What only a name follows, or goes before."""
_RELATION = re.compile(
    r"colleague|friend|(?:girl|boy|ex-?)friend|husband|wife|fianc[ée]e?|partner|son|daughter|mother|mum|mom|father|dad|brother|sister"
    r"|grand(?:mother|father|son|daughter|ma|pa)|uncle|aunt(?:ie)?|cousin|nephew|niece|(?:flat|room|house)mate|neighbou?r|landlord"
    r"|landlady|tenant|boss|manager|assistant|secretary|accountant|co-?worker|technician|engineer|courier|plumber|electrician|nurse"
    r"|doctor|teacher"
    r"|(?:arkadaş|eş|komşu|kız|oğl|oğul|anne|baba|kardeş|abla|abi|ağabey|yeğen|kuzen|dayı|teyze|amca|hala|nişanlı|sevgili|müdür|patron"
    r"|karı|koca)[ıiuü]?m(?:[ıiuü]n?|a|e|la|le)?|kurye(?:niz)?|kargocu(?:nuz)?|usta|teknisyen\w{0,4}|temsilci(?:niz|si)?|(?:şef|müdür|sorumlu|personel|görevli|operatör|yönetici|çalışan)(?:i|ü|u|ı|si|su)"
    r"|naine|naise\w{0,2}|mees|mehe\w{0,2}|abikaasa\w{0,2}|elukaasla[ns]e\w{0,2}|poeg|poja\w{0,2}|tütar|tütre\w{0,2}|(?:ema|isa)(?:le|ga)?"
    r"|vend|venna\w{0,2}|õde|õe\w{0,2}|sõber|sõbra\w{0,4}|kolleeg\w{0,3}|naaber|naabri\w{0,2}|vana(?:ema|isa)\w{0,2}|tehnik\w{0,4}|kuller\w{0,4}"
    r"|asendaja\w{0,2}|ülemus\w{0,3}|raamatupidaja\w{0,2}|õpetaja\w{0,2}"
    r"|kolleg(?:e|in)|муж\w{0,2}|жен[аеуы]|сын\w{0,2}|доч(?:ь|ери)|мам[аеуы]|пап[аеуы]|отец|мать|брат\w{0,2}|сестр[аеуы]|коллег[аеуи]|друг\w{0,2}"
    r"|подруг[аеуи]|сосед\w{0,4}|мастер\w{0,2}|курьер\w{0,2}|техник\w{0,2}|оператор\w{0,2}|менеджер\w{0,2}|начальни\w{1,3}"
)
"""What a person is to another; the name follows."""
_OF_SOMEBODY = re.compile(r"\b(?:(?:mein|unser|ihr|euer|sein)\w{0,3}|d\w{2}) \w+$")
"""German: also nouns that are no people's have a capital, so somebody's they must be."""
_HELD = re.compile(
    r"(?:account ?holder|card ?holder|beneficiary|recipient|contact(?: person)?(?: on site)?|attn|saaja|kontaktisik|kontoomanik"
    r"|hesap sahibi|alıcı|kontoinhaber(?:in)?|empfänger(?:in)?|ansprechpartner(?:in)?|получатель|на имя"
    r"|(?:^|[,;(\n] ?)(?:name|nimi|isim|ad soyad|фио))(?: is| on| ist)?[ :,]{1,3}$"
)
"""A label that a full name follows."""
_LABELS = frozenset(
    "holder beneficiary recipient contact person site attn saaja kontaktisik kontoomanik sahibi alıcı kontoinhaber kontoinhaberin"
    " empfänger empfängerin ansprechpartner ansprechpartnerin получатель имя name nimi isim soyad фио is on ist".split()
)
_I_AM = re.compile(r"(?:\b(?:i am|i'm|this is|mina olen|ma olen|с вами|я)|(?:^|[.!?,\n] ?)ben) $")
_SELF_WORDS = frozenset("am i'm is olen ben вами я".split())
_AFTER_SELF = re.compile(
    r" from\b| here\b| again\b|, (?:the|a|an|your|and)\b| and I\b| ja\b| \w{3,20}st\b|,(?= \w)|[.]?$"
)
_SPOKE = re.compile(
    r"(?:sp[eo]ak?|spoken?|speaking|talk(?:ed|ing)|chatted|deal(?:t|ing)|rääki\w{1,6}|suhtle\w{1,6}|говорил\w{0,2}|общал\w{1,3}"
    r"|разговаривал\w{0,2}|according)(?: (?:again|eile|täna|just|already|yesterday|вчера|сегодня|to|with|со?)){0,2} $"
)
_SPOKE_ENDS = frozenset("to with с со eile täna".split())
_SAYS = re.compile(
    r"(?P<sure> (?:(?:told|promised|assured|called|helped|emailed) (?:me|us)|said (?:she|he)|told (?:my|our) \w+)\b)"
    r"| (?:said|says|promised|explained|confirmed|wrote|phoned|replied)\b| and I\b| (?:from|in) your (?:\w{1,14} )?(?:team|department|office)\b"
    r"|,? (?:ütles|lubas|kirjutas|helistas|vastas|soovitas|kinnitas|väitis)\b| ja mina\b"
    r"| (?:dedi|söyledi|aradı|yazdı|belirtti|iletti)\b|(?:['’](?:la|le|yla|yle)|(?:['’]\w{1,3})? ile) (?:konuş|görüş|yazış|telefon)"
    r"| (?:sagte|meinte|schrieb|versprach|hat (?:mir|uns))\b| und ich\b| (?:сказал|обещал|написал|позвонил|ответил|говорил|и я\b)"
)
_NAMED = re.compile(
    r"\b(?:driver|agent|man|woman|guy|lady|person|boy|girl|(?:my|our|his|her) \w+),?(?: is)? (?:called|named) $"
)
_SAYS_BEGINS = frozenset(" ,'’")
_GERMAN_KIN = frozenset(
    "mann frau sohn tochter kollege kollegin nachbar nachbarin chef chefin mutter vater freund freundin partner partnerin"
    " schwester bruder techniker technikerin fahrer fahrerin oma opa mitarbeiter mitarbeiterin".split()
)
_CUES = _LABELS | _SELF_WORDS | _SPOKE_ENDS | _GERMAN_KIN | {"called", "named", "from"}
_CUE_STARTS = ("rääki", "suhtle")
_OWNS = re.compile(r"['’]s (?:iPhone|iPad|Galaxy|phone)\b")
_SEEN_BEFORE = 44
_COMPANY = Hinted(
    re.compile(
        rf"(?<!\w)((?:{CAPITALISED} (?:& |ja |ve )?){{1,4}}(?:OÜ|AS|Ltd|A\.Ş|GmbH|UG|LLC|Inc|San\. ?Tic|B\.V|ApS|Oy|SRL|Şti)(?!\w))"
    ),
    *"OÜ AS Ltd A.Ş GmbH UG LLC Inc San B.V ApS Oy SRL Şti".split(),
    exact=True,
)
_PEOPLE = re.compile(rf"[{UPPER}](?<![\w@./\\-].){_REST}(?: {GIVEN}){{0,3}}(?![\w@])")
"""What is looked for first is a capital, which is quick; then what stands before it."""
_LINE_END = re.compile(r"[ ]{0,3}[,.!*_]{0,2}[ ]{0,3}(?:\n|$)")
_OPENS = re.compile(r"(?:^|[.!?:\n>–(-])\s*$")


def cued_name_spans(text: str, own_keys: frozenset[str]) -> Iterator[Span]:
    """Names that words around them or their place give away (``Tere, Jaan!``, ``Ayşe Hanım``)."""
    for pattern in (*_TITLES, _greeted()):
        for match in pattern.finditer(text):
            yield from _name(text, match.start(1), match.end(1), own_keys)
    for match in _PEOPLE.finditer(text):
        yield from _cued(text, match.start(), match.end(), own_keys)
    for match in _COMPANY.finditer(text):
        if own_keys.isdisjoint(word_key(word) for word in _WORD.findall(match.group(1))):
            yield Span(match.start(1), match.end(1), "name")


def _cued(text: str, start: int, end: int, own_keys: frozenset[str]) -> Iterator[Span]:
    """What is a name of ``text[start:end]``, one to four words with capitals."""
    words = text[start:end].split(" ")
    first = start
    for word in words:
        if text[first - 1 : first] in (" ", "(") and _introduces(text, first, end):
            yield from _name(text, first, end, own_keys)
            return
        first += len(word) + 1
    if text[end : end + 1] in _SAYS_BEGINS and (says := _SAYS.match(text, end)):
        yield from _name(text, start, end, own_keys, known=not says["sure"])
    common = next((n for n, word in enumerate(words) if _is_first_name(word)), None)
    if common is not None and len(words) - common > 1:
        begins = start + sum(len(word) + 1 for word in words[:common])
        yield from _name(text, begins, end, own_keys, least=2, known=True)
    elif _LINE_END.match(text, end):
        head = _before_in_line(text, start)
        if _is_signed(text, start, head) or (common is not None and not head):
            yield from _name(text, start, end, own_keys)


def _introduces(text: str, start: int, end: int) -> bool:
    """Whether what stands before the words is only said of a person."""
    word = text[max(0, start - 25) : start - 1].rsplit(" ", 1)[-1].strip(",:(*\n")
    cue = word.rsplit("\n", 1)[-1].lower()
    if not (_is_relation(cue) or cue in _CUES or cue.startswith(_CUE_STARTS)):
        return False
    before = text[max(0, start - _SEEN_BEFORE) : start].lower()
    words = text[start:end].split(" ")
    if _is_relation(cue) and (word[0].islower() or _opens(text, start - len(word) - 1)):
        return True
    if cue in _SELF_WORDS and _I_AM.search(before):
        sure = cue in ("am", "i'm", "is") or _is_first_name(words[0])
        return sure and bool(_AFTER_SELF.match(text, end))
    if cue in _SPOKE_ENDS or cue.startswith(_CUE_STARTS):
        said = _SPOKE.search(before)
        sure = said is not None and not said[0].startswith("according")
        return sure or (said is not None and _is_first_name(words[0]))
    if cue in ("called", "named"):
        return bool(_NAMED.search(before))
    if cue in _LABELS and len(words) > 1 and _HELD.search(before):
        return True
    if cue == "from" and (owner := _OWNS.search(text, start, end + 20)):
        return owner.start() < end + 1
    return cue in _GERMAN_KIN and bool(_OF_SOMEBODY.search(before.strip()))


def _before_in_line(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, start) + 1 : start].strip(" >*_–-")


def _is_signed(text: str, start: int, head: str) -> bool:
    """Whether what ends a line is a signature: below a closing or two dashes, or behind one.

    ``head`` is what its line has before it.
    """
    if head:
        return head[-1] in ",!" and match_key(head[:-1]) in _closings()
    line = text.rfind("\n", 0, start) + 1
    above = text[max(0, line - _SEEN_BEFORE) : line].rstrip(" >\n")
    above = above[above.rfind("\n") + 1 :].strip(" >*_")
    return above == "--" or match_key(above.strip(" ,.!–-")) in _closings()


def _name(
    text: str,
    start: int,
    end: int,
    own_keys: frozenset[str],
    *,
    least: int = 1,
    known: bool = False,
) -> Iterator[Span]:
    """The words of ``text[start:end]`` that are a name: what is none ends it, or goes before it.

    At least so many, the first of them a common first name if it must be ``known``.
    """
    kept: list[re.Match[str]] = []
    for match in _WORD.finditer(text, start, end):
        if not kept and (_is_no_name(match.group()) or _is_relation(match.group().lower())):
            continue
        if _is_no_name(match.group()):
            break
        kept.append(match)
    if len(kept) < least or (known and not _is_first_name(kept[0].group() if kept else "")):
        return
    keys = {word_key(match.group()) for match in kept}
    if not keys or keys & (own_keys | ORGANISATION_KEYS | _ADDRESSED | greeting_words()):
        return
    first, last = kept[0].start(), kept[-1].end()
    yield Span(first, without_suffix(text, first, last), "name")


@lru_cache(maxsize=20_000)
def _is_no_name(word: str) -> bool:
    return not no_names().isdisjoint(stems(word)) and word_key(word) not in first_names()


@lru_cache(maxsize=20_000)
def _is_relation(word: str) -> bool:
    return bool(_RELATION.fullmatch(word))


@lru_cache(maxsize=20_000)
def _is_first_name(word: str) -> bool:
    return not first_names().isdisjoint(stems(word))


def _opens(text: str, place: int) -> bool:
    """Whether a sentence or line begins at the place."""
    return bool(_OPENS.search(text[max(0, place - 4) : place]))


@cache
def _closings() -> frozenset[str]:
    return frozenset(
        match_key(closing) for code in KNOWN for closing in get_language(code).closings
    )


@cache
def _greeted() -> Hinted:
    greetings = sorted(
        {g for code in KNOWN for g in get_language(code).greetings}, key=lambda g: (-len(g), g)
    )
    words = "|".join(re.escape(g) for g in greetings)
    return Hinted(
        re.compile(
            rf"(?m)^[ >*_]{{0,4}}(?i:{words})(?i: again)?[ ,]{{1,2}}({CAPITALISED}(?: {CAPITALISED}){{0,2}})(?= ?(?:[,!.:)–-]|$))"
        ),
        "",
    )
