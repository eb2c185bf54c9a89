"""How letters close: "Kind regards", "Thanks in advance", "Je vous prie d'agréer …"."""

from __future__ import annotations

import re
from functools import cache

from kbtool.text.fold import word_key
from kbtool.text.languages import KNOWN, get_language

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
LONGEST_LINE = 110

_CLOSINGS = (
    # en
    "best", "br", "rgds", "kr", "warmly", "warmest regards", "best of luck", "yours truly", "yours sincerely", "sincerely yours",
    "faithfully", "cordially", "thx", "ty", "tia", "tnx", "many thanks in advance", "thanks in advance", "thanks a lot", "thanks so much",
    "thank you very much", "thank you so much", "thanks again", "thank you again", "thank you in advance", "thanks very much",
    "thanks a million", "much appreciated", "with best regards", "with regards", "with thanks", "with many thanks", "with best wishes",
    "kindest regards", "have a nice day", "have a great day", "have a good day", "have a good one", "have a nice weekend",
    "have a great weekend", "have a good weekend", "have a lovely day", "talk soon", "speak soon", "greetings", "ta", "cheers",
    "yours in anticipation", "respectfully yours", "bye", "see you", "thank you kindly", "kindly",
    # de
    "mit besten grüßen", "mit freundlichem gruß", "mit freundlichen grüssen", "mit freundlichen gruessen", "mit vielen grüßen",
    "mit lieben grüßen", "mit herzlichen grüßen", "mit sonnigen grüßen", "freundliche grüsse", "viele grüsse", "freundlichen gruß", "schönen gruß", "lieben gruß", "beste grüsse", "liebe grüsse",
    "hochachtungsvoll", "danke schön", "dankeschön", "vielen dank im voraus", "vielen dank vorab", "danke vorab", "dank im voraus", "herzlichen dank", "besten dank im voraus",
    "danke und gruß", "danke und viele grüße", "mit bestem dank", "schönen tag noch", "schönes wochenende", "einen schönen tag", "ich danke ihnen", "tschüss", "bis dann", "beste", "vlg", "bg", "ciao",
    # fr
    "bien cordialement", "très cordialement", "cordiales salutations", "salutations distinguées", "sincèrement", "amicalement", "bien amicalement",
    "respectueusement", "merci beaucoup", "merci par avance", "merci bien", "merci à vous", "avec mes remerciements", "bonne soirée",
    "bonne réception", "bonne fin de journée", "bon week-end", "belle journée", "à vous lire", "dans l'attente de votre réponse", "bien à toi", "bises", "meilleurs messages",
    "veuillez agréer mes salutations distinguées", "en vous remerciant", "en vous remerciant par avance", "merci d'avance pour votre aide", "merci d'avance pour votre réponse",
    # es
    "un cordial saludo", "cordial saludo", "saludos", "muchos saludos", "un saludo cordial", "reciba un cordial saludo", "reciban un cordial saludo", "muy atentamente", "atte", "mil gracias", "gracias y saludos",
    "muchas gracias de antemano", "muchísimas gracias", "abrazos", "besos", "que tenga un buen día", "que tengan un buen día", "buen día", "feliz día", "quedo a la espera", "quedo atento", "quedo atenta", "hasta luego", "sin otro particular", "gracias por adelantado",
    # tr
    "saygılar", "en içten saygılarımla", "en derin saygılarımla", "iyi haftalar", "iyi hafta sonları", "iyi tatiller", "çok teşekkürler",
    "çok teşekkür ederim", "çok teşekkür ederiz", "şimdiden teşekkürler", "şimdiden teşekkür ederim", "şimdiden teşekkür ederiz", "teşekkürlerimle", "teşekkür ederek", "kolay gelsin", "selamlar", "saygı ve sevgilerimle",
    "iyi çalışmalar dilerim", "iyi çalışmalar dileriz", "iyi akşamlar dilerim", "sevgilerimle", "hürmetler", "arz ederim", "bilgilerinize", "sağlıcakla kalın", "esen kalın", "görüşmek üzere", "tşk", "tşkler", "tesekkur ederiz", "simdiden tesekkurler",
    "saygilar", "iyi gunler", "iyi gunler dilerim", "hayırlı işler", "sağ olun", "sağolun",
    # et
    "parimat soovides", "parimate tervitustega", "heade soovidega", "lugupidamisega", "austusega", "tervitusi", "tervitustega", "tervitused", "tervisi", "lp", "parimat", "kena päeva", "kaunist päeva",
    "ilusat päeva jätku", "kena päeva jätku", "head nädalavahetust", "ilusat nädalavahetust", "ilusat õhtut", "head õhtut", "aitäh juba ette", "suur aitäh", "suured tänud", "tänud ette", "tänan ette", "tänan juba ette", "aitäh ette", "ette tänulik", "ette tänudes",
    "palju tänu", "suurim tänu", "sõbralike tervitustega", "parimaga", "kõike paremat", "edu", "tervitab", "tänulikult", "jõudu", "head soovides", "heade tervitustega",
    # ru
    "с наилучшими пожеланиями", "с благодарностью", "искренне ваш", "искренне ваша", "большое спасибо", "спасибо большое", "спасибо заранее", "заранее благодарю", "заранее благодарна", "заранее благодарен", "спасибо за помощь",
    "всего хорошего", "всего наилучшего", "хорошего вечера", "хороших выходных", "с пожеланиями", "с приветом", "с ув", "до связи", "удачи", "спасибо вам", "благодарим", "благодарю вас", "благодарю заранее", "жду ответа", "с лучшими пожеланиями", "доброго дня",
    # nl, it, pt, fi, sv, pl, lv, lt
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "groeten", "groet", "mvg", "alvast bedankt", "bedankt", "hartelijke groet",
    "cordiali saluti", "distinti saluti", "saluti", "grazie", "grazie mille", "un saluto", "buona giornata", "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "obrigado", "obrigada", "abraços",
    "ystävällisin terveisin", "terveisin", "terv", "kiitos", "parhain terveisin", "med vänliga hälsningar", "vänliga hälsningar", "med vänlig hälsning", "hälsningar", "mvh", "tack", "tack på förhand",
    "z poważaniem", "pozdrawiam", "pozdrowienia", "dziękuję", "z góry dziękuję", "ar cieņu", "paldies", "ar laba vēlējumiem", "pagarbiai", "ačiū", "su pagarba", "geriausi linkėjimai",
)  # fmt: skip
_THANKS = frozenset(
    word_key(word)
    for word in "thanks thank thx ty danke dank vielen merci gracias teşekkürler teşekkür tşk sağolun aitäh tänan tänud täname suur"
    " спасибо благодарю bedankt dank grazie obrigado obrigada kiitos tack dziękuję paldies ačiū perfect great super ok okay yes no".split()
)
_JOINING = frozenset({"and", "und", "et", "y", "ve", "ja", "и", "en", "ed", "e", "och", "i"})

_FORMULA = re.compile(
    r"^.{0,60}(?:veuillez|vous pri(?:e|ons)|prie d).{0,40}agréer.{0,100}(?:salutations|sentiments|considération|respects)",
    re.IGNORECASE,
)
"""How a French letter ends."""


@cache
def _closings() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Closings by their first word, longest first, in keys without diacritics."""
    found = {closing for code in KNOWN for closing in get_language(code).closings} | set(_CLOSINGS)
    parted = {tuple(word_key(word) for word in WORD.findall(closing)) for closing in found}
    grouped: dict[str, list[tuple[str, ...]]] = {}
    for words in sorted(parted, key=lambda words: (-len(words), words)):
        grouped.setdefault(words[0], []).append(words)
    return {first: tuple(others) for first, others in grouped.items()}


def after_closing(line: str) -> str | None:
    """What follows the closing words of a line; ``None`` when it does not begin with any."""
    if len(line) > LONGEST_LINE:
        return None
    if "agréer" in line and _FORMULA.match(line):
        return ""
    first = WORD.search(line)
    if (
        first is None
        or word_key(first[0]) not in _closings()
        or line[: first.start()].strip("-–—*_ \t~>")
    ):
        return None
    matches = list(WORD.finditer(line))
    keys = [word_key(match[0]) for match in matches]
    at = _closing_length(keys, 0)
    while at and at < len(keys):
        joined = at + (keys[at] in _JOINING)
        more = _closing_length(keys, joined)
        if not more:
            break
        at = joined + more
    return line[matches[at - 1].end() :].strip(" ,.!;:-–—/&*_~)\t") if at else None


def says_thanks(line: str) -> bool:
    """Whether a line begins with words of thanks."""
    first = WORD.search(line[:LONGEST_LINE])
    return first is not None and word_key(first[0]) in _THANKS


def _closing_length(keys: list[str], start: int) -> int:
    if start >= len(keys):
        return 0
    for words in _closings().get(keys[start], ()):
        if tuple(keys[start : start + len(words)]) == words:
            return len(words)
    return 0
