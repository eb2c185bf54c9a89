"""What signatures are made of: names, addresses, telephone numbers, registers."""

from __future__ import annotations

import re

from kbtool.text.fold import word_key
from kbtool.tickets.cleaning.closings import LONGEST_LINE, WORD

_NAME_WORDS = 4
_SENTENCE_WORDS = 7
_CAPITAL_SHARE = 0.65
_MOST_WORDS = 18

_PLACES = frozenset({"de"})
_SENDERS = frozenset({"aus", "vom", "from", "desde", "depuis", "из", "от"})
"""Words after which a closing says where or whom it is from; "merci de" begins a request."""

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
_POSTAL = re.compile(r",\s?(?:[A-Z]{1,2}-)?\d{4,6}\s[^\W\d_a-z][\w' -]{2,40}$")
"""A street, then ", 99999 Exampleville"."""
_PARTED = re.compile(r"\S\s{0,3}[|·•¦]\s{0,3}\S")
_MARKS = " -–—*_~\t/"
_BEHIND_NAME = re.compile(r"[|,@/(–—]|\s-\s")
_BEHIND_OWN_NAME = re.compile(r"[|,@/(–—:]|\s-\s|\d")
_ASKING = re.compile(
    r"\b(?:please|pls|bitte|merci de|svp|s'il vous pla[iî]t|veuillez|por favor|lütfen|palun|пожалуйста|alstublieft|per favore)\b",
    re.IGNORECASE,
)
"""What nobody writes behind a name in a signature."""
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


def is_signed(rest: str, known: frozenset[str]) -> bool:
    """Whether what follows closing words on their line is nothing, a name or a place."""
    words = WORD.findall(rest)
    if len(words) > _NAME_WORDS or "?" in rest or any(c.isdigit() for c in rest):
        return False
    if words and word_key(words[0]) in _SENDERS:
        return len(words) > 1
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
    head, rest = _parts(_ON_BEHALF.sub("", line.strip(_MARKS)), _BEHIND_NAME)
    words = WORD.findall(head.strip(" .!"))
    return (
        0 < len(words) <= _NAME_WORDS
        and not _NOT_SIGNED.search(line)
        and not any(c.isdigit() for c in head)
        and all(w[0].isupper() or word_key(w) in known or len(w) < 4 for w in words)
        and (words[0][0].isupper() or word_key(words[0]) in known)
        and _is_title(rest)
    )


def is_own_name(line: str, known: frozenset[str]) -> bool:
    """Whether a line is the sender's own name, perhaps with a title or a number behind it."""
    head, rest = _parts(line.strip(_MARKS), _BEHIND_OWN_NAME)
    words = WORD.findall(head.strip(" .!+"))
    return (
        0 < len(words) <= _NAME_WORDS
        and word_key(words[0]) in known
        and all(word_key(w) in known or len(w) == 1 or w[0].isupper() for w in words)
        and _is_title(rest)
    )


def _parts(text: str, mark: re.Pattern[str]) -> tuple[str, str]:
    """(what stands before a mark, the mark and what follows)."""
    match = mark.search(text)
    return (text[: match.start()], text[match.start() :]) if match else (text, "")


def _is_title(rest: str) -> bool:
    """Whether what follows a name is a title, a company or an address, and no sentence.

    "Nora, please call me", "Nora: it leaks" and "Nora 2 seals are missing" are the writer's words.
    """
    rest = rest.strip()
    if not rest or is_contact(rest) or _is_strong(rest):
        return True
    if rest[0] == ":" or rest[0].isdigit() or rest[-1] in ".!?" or _ASKING.search(rest):
        return bool(_COMPANY.search(rest[-25:]))
    return len(WORD.findall(rest)) <= _MOST_WORDS


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
    parted = any(
        map(bool, (_PARTED.search(text), _COMPANY.search(text[-25:]), _POSTAL.search(text)))
    )
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
