"""Words that mail programs put around a message, in the languages customers write in.

They are facts about mail programs, not about a language's grammar, so they live here and not in
``kbtool.text``: a quote in any language must go, whatever languages a knowledge base has.
"""

from __future__ import annotations

import re

HEADER_LABELS = frozenset(
    # English, German, French, Spanish, Turkish, Estonian, Russian, Dutch, Swedish, Italian
    "from sent date to cc bcc subject reply-to importance attachments"
    " von gesendet datum an betreff kopie"
    " de envoyé date à objet enviado para asunto fecha"
    " kimden gönderen gönderme gönderildi gönderilme tarih tarihi kime alıcı konu bilgi"
    " saatja kellelt saatmisaeg saadetud kuupäev saaja kellele teema koopia"
    " от отправлено дата кому тема копия"
    " van verzonden aan onderwerp från skickat till ämne da inviato a oggetto".split()
)
"""First words of the lines that head a quoted mail (``From: …``)."""

SEPARATOR = re.compile(
    r"^[\s>]{0,4}(?:[-_=*]{2,40}\s?)?(?:"
    r"original (?:message|appointment)|forwarded (?:message|email)|begin forwarded message|reply message"
    r"|ursprüngliche nachricht|originalnachricht|weitergeleitete nachricht|anfang der weitergeleiteten nachricht"
    r"|message (?:d'origine|original|transféré)|début du message transféré|mensaje (?:original|reenviado)"
    r"|özgün ileti|orijinal (?:mesaj|ileti)|orjinal (?:mesaj|ileti)|iletilen (?:mesaj|ileti)|yönlendirilmiş ileti"
    r"|algne (?:sõnum|kiri)|algsõnum|edastatud (?:sõnum|kiri)|esialgne (?:sõnum|kiri)"
    r"|исходное сообщение|пересылаемое сообщение|пересланное сообщение|переадресованное сообщение"
    r"|oorspronkelijk bericht|ursprungligt meddelande|messaggio originale"
    r")\s?:?(?:\s?[-_=*]{2,40})?\s*$",
    re.IGNORECASE,
)
"""``-----Original Message-----`` and its kin."""

INTRODUCTION = re.compile(
    r"(?:\bwrote|\bschrieb(?: am)?|a écrit|escribió|yazdı|\bkirjutas|\bnapisał|писал(?:\(?а\)?)?|написал(?:\(?а\)?)?|schreef"
    r"|\bskrev|ha scritto|escreveu|kirjoitti)\b",
    re.IGNORECASE,
)
"""The verb of a line such as ``On … Eva wrote:``."""

DELIMITER = re.compile(
    r"^[\s>]{0,4}(?:##-.{0,200}-##|[-=–—]{3,}\s?(?:reply above this line|please type your reply above).{0,80})\s*$",
    re.IGNORECASE,
)
"""Help desks' "write above this line"."""

MOBILE = re.compile(
    r"^\s*(?:"
    r"sent (?:from|via|with) (?:my |a |the |yahoo |outlook |proton|mail for|samsung|gmail)?.{0,40}|get outlook for .{0,20}"
    r"|von (?:meinem|unterwegs).{0,40}gesendet.{0,20}|gesendet (?:mit|von|aus) .{0,40}"
    r"|envoyé (?:de|depuis|avec) .{0,40}|enviado (?:desde|con) .{0,40}"
    r"|.{0,30}(?:'?u?mdan|dan|den|ile|üzerinden) gönderildi\.?|(?:android|ios) için outlook.{0,20}|outlook for \w{3,8}.{0,20}"
    r"|saadetud (?:minu|nutitelefonist|telefonist|.{0,20}(?:iphone|android|samsung)).{0,40}|saatsin selle .{0,30}"
    r"|отправлено (?:с|из|через) .{0,40}|verzonden (?:vanaf|met) .{0,40}|skickat från .{0,40}"
    r")\s*$",
    re.IGNORECASE,
)
"""Lines a phone adds."""

DISCLAIMER = re.compile(
    r"confidential|konfidentsiaal|vertraulich|confidentiel|confidencial|gizli(?:dir|lik)|конфиденциальн|intended (?:only )?for|intended recipient"
    r"|unsubscribe|think before you print|consider the environment|disclaimer|yasal uyarı|bu e-posta.{0,40}(?:kişiye|alıcı)",
    re.IGNORECASE,
)
_ABOUT_MAIL = re.compile(
    r"e-?mail|message|e-?kir[ij]|sõnum|e-?posta|ileti|nachricht|courriel|correo|письм|сообщени|recipient|adress",
    re.IGNORECASE,
)

AUTOMATIC_SUBJECT = re.compile(
    r"^\W{0,3}(?:(?:re|fw|vs)\s?:\s*)?(?:auto(?:matic)?[ -]?(?:reply|response)|out of (?:the )?office|undelivered mail|undeliverable"
    r"|delivery status notification|mail delivery|otomatik (?:yanıt|cevap)|automaatvastus|automatische antwort|abwesenheit"
    r"|réponse automatique|absence|respuesta automática|автоответ|автоматический ответ)",
    re.IGNORECASE,
)
"""Subjects of mails that no person wrote."""

AUTOMATIC_BODY = re.compile(
    r"this is an automat(?:ic|ed) (?:message|reply|response|e-?mail)|this is the mail system at host|i am (?:currently )?out of (?:the )?office"
    r"|we have received your (?:request|message|e-?mail)|(?:bu|bu bir) (?:mesaj |ileti )?otomatik|otomatik olarak gönderil"
    r"|talebiniz .{0,40}alın(?:mıştır|dı)|yıllık izinde olaca|see on automaat|pöördumine .{0,60}on kätte saadud"
    r"|dies ist eine automatische|ceci est un message automatique|este es un mensaje automático|это автоматическое",
    re.IGNORECASE,
)
"""Sentences that only such mails hold."""


def is_disclaimer(paragraph: str) -> bool:
    """Whether a paragraph only speaks about the mail's own confidentiality."""
    return bool(DISCLAIMER.search(paragraph)) and bool(_ABOUT_MAIL.search(paragraph))


def header_label(line: str) -> bool:
    """Whether a line begins like a quoted mail's header (``Kimden: …``)."""
    label, colon, _ = line.lstrip("> *_\t").partition(":")
    words = label.strip("* _").lower().replace("i\u0307", "i").split()
    return bool(colon) and 0 < len(words) <= 3 and words[0] in HEADER_LABELS
