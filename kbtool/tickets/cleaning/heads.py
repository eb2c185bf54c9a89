"""How a quoted or forwarded mail begins: header lines and "-----Original Message-----".

These are facts about mail programs, not about a language's grammar, so they live here and not in
``kbtool.text``: a quote in any language must go, whatever languages a knowledge base has.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kbtool.text import lower

_LABELS = {
    "from": "from|von|de|от|от кого|kimden|gönderen|saatja|kellelt|van|från|fra|da|lähettäjä|no|nuo|od|expéditeur"
    "|expediteur|remitente|absender|mittente|afzender|feladó|від|від кого|expediente|отправитель|发件人|差出人",
    "date": "sent|date|date sent|sent on|sent at|gesendet|gesendet am|datum|envoyé|envoye|envoyé le|date d'envoi|enviado"
    "|enviado el|enviado em|fecha|fecha de envío|gönderme|gönderildi|gönderme tarihi|gönderilme tarihi"
    "|gönderim tarihi|gönderilen|tarih|saatmisaeg|saadetud|kuupäev|aeg|отправлено|дата|дата отправки|отправлен"
    "|verzonden|skickat|inviato|data|lähetetty|päivämäärä|päiväys|wysłano|sendt|dato|nosūtīts|nosūtīja|datums"
    "|išsiųsta|надіслано|elküldve|发送时间|送信日時|time|zeit|дата и время|kuupäev ja kellaaeg",
    "to": "to|an|à|a|para|kime|alıcı|alici|saaja|kellele|кому|aan|till|til|vastaanottaja|do|kam|kam|címzett|destinataire"
    "|destinatario|destinatário|empfänger|ontvanger|получатель|收件人|宛先",
    "cc": "cc|kopie|copie|copie à|bilgi|koopia|копия|kopia|kopio|dw|copia|ook aan|bcc|cci|cco|gizli|skrytá kopie|抄送",
    "subject": "subject|betreff|objet|asunto|konu|teema|тема|onderwerp|ämne|oggetto|assunto|aihe|temat|emne|temats|tēma"
    "|tema|předmět|tárgy|主题|件名",
    "other": "reply-to|reply to|importance|attachments|attachment|priority|antwort an|wichtigkeit|anlagen|anhänge"
    "|répondre à|importance|pièces jointes|adjuntos|importancia|ekler|önem|manused|tähtsus|вложения|важность"
    "|bijlagen|sensitivity|organisation|organization|message-id|in-reply-to",
}
_KIND_OF = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}

_FORWARDED = re.compile(
    r"(?:forwarded (?:message|e-?mail|by\b.{0,80})|begin forwarded (?:message|e-?mail)|weitergeleitete (?:nachricht|e-?mail)"
    r"|anfang der weitergeleiteten (?:nachricht|e-?mail)|message (?:transféré|réexpédié|transmis)|courriel transféré"
    r"|début du (?:message|courriel) (?:transféré|réexpédié)|mensaje reenviado|(?:inicio|comienzo) del mensaje reenviado"
    r"|(?:iletilen|yönlendirilen|yönlendirilmiş|i̇letilen) (?:mesaj|ileti|e-?posta)(?: başlangıcı)?"
    r"|(?:iletilmiş|iletilen) (?:mesajın?|iletinin?) başlangıcı|edastatud (?:sõnum|kiri|meil)|edastatud (?:sõnumi|kirja|meili) algus"
    r"|(?:пересылаемое|пересланное|переадресованное|перенаправленное) (?:сообщение|письмо)"
    r"|начало (?:переадресованного|пересылаемого|пересланного) (?:сообщения|письма)"
    r"|doorgestuurd (?:bericht|e-?mail)|begin doorgestuurd bericht|vidarebefordrat meddelande|messaggio inoltrato"
    r"|inizio messaggio inoltrato|mensagem (?:encaminhada|reencaminhada)|välitetty viesti|przekazana wiadomość"
    r"|wiadomość przekazana|videresendt (?:meddelelse|melding)|pārsūtīt[sā] (?:ziņojums|vēstule)|persiųst(?:as laiškas|a žinutė))"
)
_ORIGINAL = re.compile(
    r"(?:original (?:message|appointment|e-?mail)|reply message|replied message|message d'origine|message (?:original|initial)"
    r"|ursprüngliche (?:nachricht|e-?mail|mail)|originalnachricht|original-?nachricht|mensaje original|correo original"
    r"|özgün (?:ileti|mesaj)|orijinal (?:mesaj|ileti|e-?posta)|orjinal (?:mesaj|ileti)|asıl ileti"
    r"|algne (?:sõnum|kiri|meil)|algsõnum|esialgne (?:sõnum|kiri|meil)|algkiri"
    r"|исходное (?:сообщение|письмо)|оригинальное (?:сообщение|письмо)"
    r"|oorspronkelijk (?:bericht|e-?mail)|ursprungligt meddelande|originalmeddelande|messaggio originale"
    r"|mensagem original|alkuperäinen viesti|(?:wiadomość oryginalna|oryginalna wiadomość)"
    r"|(?:oprindelig|opprinnelig) (?:meddelelse|melding|besked)|sākotnējais ziņojums|pirminis laiškas|originál(?:ní)? zpráva)"
)
SEPARATORS = (
    "origin", "orij", "orji", "forward", "weitergel", "ursprüng", "transf", "réexp", "transm", "reenv", "özgün", "ilet", "asıl",
    "yönlend", "algn", "algs", "algk", "edastat", "esialg", "исход", "перес", "переад", "перенап", "ориг", "oorspr", "doorg",
    "vidarebef", "inoltr", "encaminh", "välit", "alkup", "przekaz", "oprin", "opprin", "videres", "pārs", "sākot", "persių",
    "pirmin", "reply mess", "replied", "message initial", "wrote -", "wrote-", "schrieb -", "écrit -", "escribió -", "yazdı -", "написал -",
)  # fmt: skip
"""What a line must hold, in lower case, to be a separator."""
_RULE = r"[-_=*—–~#+]{2,60}"
_SEPARATOR = re.compile(
    rf"^[\s>*]{{0,6}}(?:{_RULE}\s{{0,3}})?(?P<words>[^\W\d_][^:\n]{{4,90}}?)(?P<mark>\s?:)?(?:\s{{0,3}}{_RULE})?[\s*]{{0,4}}$"
)
_SELF_STANDING = re.compile(
    r"^[\s>*]{0,6}(?:begin|anfang|début|inicio|comienzo|начало|iletilen|yönlendirilen|edastatud|inizio|doorgestuurd)",
    re.I,
)
_ZOHO = re.compile(
    r"^[\s>]{0,4}-{2,8}\s?.{0,200}\b(?:wrote|schrieb|a écrit|escribió|yazdı|написал(?:\(а\))?)\s?:?\s?-{2,6}\s*$",
    re.I,
)
_LONGEST_SEPARATOR = 140

_CLOCK_WITHIN = 200
CLOCK = re.compile(r"(?<![\d.])\d{1,2}\s?[:.h]\s?\d{2}(?!\d|\.\d)|\d\s?(?:am|pm|uhr)\b")
DAY = re.compile(
    r"(?:19|20)\d\d|(?<!\d)\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?<![\d:])\d{1,2}\.?\s[^\W\d_]{3,12}|[^\W\d_]{3,12}\s\d{1,2}(?!\d)"
)


def plain(line: str) -> str:
    """Lower case, one kind of apostrophe, and none of the marks that tell a text's direction."""
    return lower(
        line.replace("’", "'").replace("\u200e", "").replace("\u202a", "").replace("\u202c", "")
    )


@lru_cache(maxsize=2048)
def _kind_of(label: str) -> str | None:
    return _KIND_OF.get(plain(label))


def header(line: str) -> str | None:
    """Which header of a mail the line holds (``from``, ``date``, ``to``, ``cc``, ``subject``, ``other``)."""
    head, colon, _ = line[:60].partition(":")
    if not colon or len(head) > 34:
        head, colon, _ = line[:60].partition("\uff1a")
        if not colon:
            return None
    return _kind_of(head.strip("> *_|\t\u200e"))


_SENT = re.compile(
    r"sent|gesendet|envoyé|enviado|gönder|saatmis|saadetud|отправлен|verzonden|skickat|inviato|lähetetty|wysłano|sendt|nosūt"
    r"|išsiųsta|надіслано"
)


def is_sent(line: str) -> bool:
    """Whether the header is one that only mail has: "Sent", not "Date"."""
    return bool(_SENT.search(plain(line[:60].partition(":")[0])))


def has_clock(line: str) -> bool:
    """Whether an hour is in the line's beginning, where dates stand."""
    return bool(CLOCK.search(plain(line[:_CLOCK_WITHIN])))


def is_dated(line: str) -> bool:
    """Whether a day and an hour are in the line."""
    text = plain(line)
    return bool(CLOCK.search(text) and DAY.search(text))


def separator(line: str, headed: bool = False) -> str | None:
    """``forward`` or ``original`` for a line such as ``-----Original Message-----``.

    Without a rule beside the words, a header must follow (``headed``), unless they say that a
    mail begins here.
    """
    if not 8 < len(line) < _LONGEST_SEPARATOR:
        return None
    match = _SEPARATOR.match(line)
    if match is None:
        return "original" if _ZOHO.match(plain(line)) else None
    words = plain(match["words"]).strip(" -_=*—–~")
    if not (headed or line.lstrip("> \t")[0] in "-_=*—–~#+" or _SELF_STANDING.match(words)):
        return None
    if _FORWARDED.fullmatch(words):
        return "forward"
    return "original" if _ORIGINAL.fullmatch(words) else None
