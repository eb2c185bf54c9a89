"""Words by which mails that no person wrote are known, in the languages customers write in."""

from __future__ import annotations

import re

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
