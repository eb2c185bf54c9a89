"""What signatures are made of: closings, names, addresses, telephone numbers, registers."""

from __future__ import annotations

import re
from functools import cache

from kbtool.text.fold import word_key
from kbtool.text.languages import KNOWN, get_language

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
LONGEST_LINE = 110
_NAME_WORDS = 4
_SENTENCE_WORDS = 7
_CAPITAL_SHARE = 0.65
_MOST_WORDS = 18

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
_PLACES = frozenset({"aus", "from", "de", "desde", "depuis", "из"})

_FORMULA = re.compile(
    r"^.{0,60}(?:veuillez|vous pri(?:e|ons)|prie d).{0,40}agréer.{0,100}(?:salutations|sentiments|considération|respects)",
    re.IGNORECASE,
)
"""How a French letter ends."""
_LABELLED = re.compile(
    r"^[\W_]{0,4}(?:(?:tel|telefon|telefoon|téléphone|teléfono|phone|ph|mob|mobile|mobil|mobiil|móvil|movil|portable|handy|gsm|cep|fax|faks|faxas|e-?mail|e-?post|e-posta|eposta|mail|meil"
    r"|courriel|correo|web|website|webseite|site|internet|koduleht|homepage|www|skype|linkedin|facebook|twitter|instagram|whatsapp|viber|telegram|youtube|address|adres|adresse|aadress"
    r"|dirección|direccion|адрес|тел|телефон|моб|факс|почта|эл|сайт|direct|office|hotline|t|m|f|p|e|w|a|d|h|c|o|и|т|м|ф)\s?(?:\([a-z]\)|no|nr|num)?\.?\s?[:.)|/+]"
    r"|(?:reg(?:istri)?(?:\.|kood|nr|istration)?|kmkr|kmk|vat|ust|uid|steuer|siret|siren|rcs|tva|naf|nif|cif|vkn|vergi|v\.d|mersis|инн|кпп|огрн|hrb|hra|handelsreg|iban|bic|swift|ein|abn|company (?:no|number|reg)|registered)\b.{0,40}\d"
    r"|(?:kliendi|klient|customer|client|kunde|order|tellimus|sipariş|müşteri|commande|pedido|заказ|bestell|ticket|case|viite|viitenumber)\w{0,12}\s?(?:no|nr|id|number|numarası|n°|№)?\.?\s?[:#№]\s?\S{1,30}$)",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{2,}|\[(?:email|phone)\]", re.IGNORECASE
)
_NUMBER = re.compile(r"(?<![\w.])(?:\+|00)?\(?\d[\d ()./-]{6,18}\d(?![\w])")
_LOGO = re.compile(
    r"^[\s*_|]{0,6}(?:(?:!?\[[^\]\n]{0,120}\](?:\([^)\n]{0,900}\))?|<(?:https?|mailto):[^>\n]{3,900}>|\[?cid:[^\]\s]{3,200}\]?|\[image:? ?[^\]\n]{0,120}\])[\s|·•*_,]{0,6}){1,8}$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"\S\s{0,3}[|·•¦]\s{0,3}\S")
_URL = re.compile(r"(?:https?://|www\.)\S+|<[^>\n]{1,300}>|\([^)\n]{0,300}\)")
_ITEM = re.compile(r"^\s*(?:[-*+]\s|\d{1,3}[.)]\s|\|)")
_NOT_SIGNED = re.compile(r"[?]|:\s*$|`")
_COMPANY = re.compile(
    r"(?<!\w)(?:oü|as|ltd|limited|llc|inc|gmbh|ag|kg|ug|e\.k|s\.a\.?r?\.?l?|sas|sasu|s\.l|s\.a|a\.ş|ltd\. ?şti|şti|ооо|зао|оао|ип|b\.v|oy|ab|aps|plc|corp|co\.)(?:\.|\b)",
    re.IGNORECASE,
)

POINTING = re.compile(
    r"fyi|f\.y\.i|see (?:the )?(?:below|mail|message|attached|forwarded|e-?mail)|(?:message|mail|e-?mail|request|thread|question)s? below|forward(?:ed|ing)?\b|fwd"
    r"|siehe (?:unten|anbei|nachstehend)|s\. ?u\.|z\. ?k\.|zur (?:info|kenntnis|information)|weitergeleitet|weiterleit|unten(?:stehende)?"
    r"|voir (?:ci-dessous|plus bas|le message)|ci-dessous|pour (?:info|information)|pvi|je vous (?:transfère|transmets)"
    r"|ver (?:abajo|más abajo|el correo)|más abajo|reenvío|les reenvío|para su información"
    r"|aşağıda|bilginize|bilgilerinize|iletiyorum|yönlendiriyorum|vt\.? ?(?:all|kirja|altpoolt)|vaata (?:all|kirja)|allpool|teadmiseks|edasta|suunan"
    r"|см\. ?ниже|смотрите ниже|ниже|для информации|пересыла|перенаправля",
    re.IGNORECASE,
)
"""A forwarder's words that only point to the mail below."""


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


def is_signed(rest: str, known: frozenset[str]) -> bool:
    """Whether what follows closing words on their line is nothing, a name or a place."""
    words = WORD.findall(rest)
    if len(words) > _NAME_WORDS or "?" in rest or any(c.isdigit() for c in rest):
        return False
    if words and word_key(words[0]) in _PLACES:
        return len(words) > 1 and words[-1][0].isupper()
    return all(w[0].isupper() or word_key(w) in known for w in words) or (
        len(words) == 1 and len(words[0]) < 12
    )


_ON_BEHALF = re.compile(
    r"^(?:i\.?\s?[av]\.?|ppa\.?|p\.\s?p\.|im auftrag|in vertretung)\s+", re.IGNORECASE
)
"""What German writers put before their name in a company's letter."""


def is_name(line: str, known: frozenset[str]) -> bool:
    """Whether a line is only a name, perhaps with a title or company behind a comma or a bar."""
    text = _ON_BEHALF.sub("", line.strip(" -–—*_~\t/"))
    head = re.split(r"[|,@/(–—]|\s-\s", text)[0].strip(" .!")
    words = WORD.findall(head)
    return (
        0 < len(words) <= _NAME_WORDS
        and not _NOT_SIGNED.search(line)
        and not any(c.isdigit() for c in head)
        and all(w[0].isupper() or word_key(w) in known or len(w) < 4 for w in words)
        and (words[0][0].isupper() or word_key(words[0]) in known)
    )


def is_own_name(line: str, known: frozenset[str]) -> bool:
    """Whether a line opens with the sender's own name and is only a name (and a number)."""
    head = re.split(r"[|,@/(–—:]|\s-\s|\d", line.strip(" -–—*_~\t/"))[0].strip(" .!+")
    words = WORD.findall(head)
    return (
        0 < len(words) <= _NAME_WORDS
        and word_key(words[0]) in known
        and all(word_key(w) in known or len(w) == 1 or w[0].isupper() for w in words)
    )


def is_contact(line: str) -> bool:
    """Whether a line holds an address, a number or a register entry, and no sentence."""
    text = line.strip(" *_|\t")
    if not text or len(text) > 2 * LONGEST_LINE or "?" in _URL.sub("", text):
        return False
    if _LABELLED.match(text) or _LOGO.match(text):
        return True
    if not _is_strong(text):
        return False
    words = WORD.findall(_URL.sub("", text))
    return len(words) <= _SENTENCE_WORDS or _capital_share(words) >= _CAPITAL_SHARE


def _is_strong(text: str) -> bool:
    if ("@" in text or "[" in text) and _MAIL.search(text):
        return True
    if "http" in text or "www." in text.lower():
        return True
    return bool(_NUMBER.search(text))


def is_signature_line(line: str) -> bool:
    """Whether a line could stand in a signature: a contact line, or short and no sentence."""
    text = line.strip()
    if is_contact(text):
        return True
    if len(text) > 2 * LONGEST_LINE or _NOT_SIGNED.search(text) or _ITEM.match(text):
        return False
    words = WORD.findall(text)
    if not words:
        return True
    parted = bool(_PARTED.search(text)) or bool(_COMPANY.search(text[-25:]))
    if text[-1] in ".!" and len(words) > _NAME_WORDS and not parted:
        return False
    if _capital_share(words) >= _CAPITAL_SHARE or parted:
        return len(words) <= _MOST_WORDS
    return len(words) <= _SENTENCE_WORDS - 1 and len(text) <= LONGEST_LINE // 2 + 10


def is_logo(line: str) -> bool:
    """Whether a line holds only pictures and links."""
    return bool(_LOGO.match(line))


def _capital_share(words: list[str]) -> float:
    if not words:
        return 1.0
    return sum(1 for w in words if not w[0].islower()) / len(words)
