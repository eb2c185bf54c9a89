"""What help desks, lists and mail gateways put around a message: "reply above this line" and its kin."""

from __future__ import annotations

from kbtool.tickets.cleaning.lines import Line
from kbtool.tickets.cleaning.phrases import Phrases, lowered

_ABOVE = Phrases(
    {
        "##-": r"##-.{0,200}-##.{0,20}",
        "above": r"(?:please )?(?:type|write|enter|add|reply|respond|your reply|answer|in replies|all text|everything).{0,60}\babove (?:this|the) (?:dotted )?line.{0,80}",
        "below this line": r"(?:please )?(?:do not|don't) (?:write|type|reply|edit|remove|delete).{0,20} below this line.{0,40}",
        "zeile": r"(?:bitte )?(?:geben|schreiben|antworten|ihre antwort).{0,60}(?:oberhalb|über) (?:dieser|diese|der) zeile.{0,60}",
        "linie": r"(?:bitte )?(?:geben|schreiben|antworten|ihre antwort).{0,60}(?:oberhalb|über) (?:dieser|diese|der) linie.{0,60}",
        "ligne": r"(?:veuillez |merci de )?(?:répond|saisi|entr|écri|tap|inscri|votre réponse).{0,60}au-dessus de (?:cette|la) ligne.{0,60}",
        "línea": r"(?:por favor,? )?(?:responda|escriba|escribe|ingrese|introduzca|su respuesta).{0,60}(?:encima|arriba) de (?:esta|la) línea.{0,60}",
        "satır": r"(?:lütfen )?.{0,60}bu satırın (?:üst|yukar|üzer).{0,60}",
        "çizgi": r"(?:lütfen )?.{0,60}bu çizginin (?:üst|yukar|üzer).{0,60}",
        "joone": r"(?:palun )?.{0,60}(?:selle|käesoleva) joone (?:kohale|peale|ette).{0,60}",
        "rea ": r"(?:palun )?.{0,60}(?:selle|käesoleva) rea (?:kohale|peale|ette).{0,60}",
        "выше эт": r"(?:пожалуйста,? )?.{0,60}(?:ответ|отвечайте|пишите|введите).{0,60}выше этой (?:строки|линии|черты).{0,60}",
    },
    before=r"^[\W_]{0,40}",
    after=r"[\W_]{0,40}$",
)
"""Lines above which the reply is to stand: what is below is the mail that was answered."""

_TICKET = r"(?:your (?:request|ticket|case)|ihre? (?:anfrage|ticket)|votre (?:demande|ticket)|su (?:solicitud|ticket)|teie (?:päring|pöördumine|pilet)|ваш (?:запрос|тикет)|talebiniz)"
_NUMBERED = rf"{_TICKET} ?\(?#?\d{{1,12}}\)?.{{0,40}}"
_NOTICE = Phrases(
    {
        # Zendesk and others: what happened to the ticket
        "your ": rf"{_NUMBERED}(?:has been|was|is|on).{{0,200}}",
        "wurde": rf"{_NUMBERED}wurde.{{0,200}}",
        "a été": rf"{_NUMBERED}a été.{{0,200}}",
        "ha sido": rf"{_NUMBERED}ha sido.{{0,200}}",
        "teie p": rf"{_NUMBERED} on .{{0,200}}",
        "ваш ": rf"{_NUMBERED}был.{{0,200}}",
        "talebiniz": rf"\(?#?\d{{1,12}}\)? numaralı talebiniz.{{0,200}}|{_NUMBERED}(?:güncel|alın).{{0,200}}",
        "comment": r"to add (?:additional )?comments?,? .{0,120}|pour ajouter (?:des |un )?comment.{0,120}",
        "to respond": r"to respond,? reply.{0,120}|.{0,40}reply to this e?-?mail to respond.{0,60}",
        "kommentar": r"um (?:weitere )?kommentare hinzuzufügen.{0,120}",
        "comentario": r"para (?:añadir|agregar) (?:más )?comentarios.{0,120}",
        "yorum": r"(?:ek )?yorum eklemek için.{0,120}",
        "kommentaari": r"(?:täiendavate )?kommentaaride lisamiseks.{0,120}",
        "комментар": r"чтобы добавить комментар.{0,120}",
        "registered as": r"you are registered as a cc on this .{0,120}",
        "is a service": r"this e?-?mail is a service from .{0,120}",
        "zendesk": r"delivered by zendesk.{0,20}",
        "]": r"\[[a-z0-9]{6}-[a-z0-9]{4,6}\]",
        "end of forwarded": r"end of forwarded (?:message|e-?mail)",
        "ende der weiter": r"ende der weitergeleiteten (?:nachricht|e-?mail)",
        "конец пере": r"конец (?:пересылаемого|пересланного|переадресованного) (?:сообщения|письма)",
        "jira": r"powered by jira service .{0,30}",
        "is shared with": r"this is shared with .{0,120}",
        "view request": r"view request(?:\s?·.{0,80})?",
        "turn off this": r"turn off this request'?s notifications.{0,20}",
        # forges and forums
        "reply to this e": r"reply to this e-?mail directly.{0,300}",
        "receiving this": r"you(?:'re| are) receiving this (?:e?-?mail |message |notification )?because.{0,300}",
        "github mobile": r"triage notifications on the go with github mobile.{0,120}",
        "message id": r"message id: ?<.{3,200}>",
        "visit topic": r"visit topic.{0,30}(?:or )?reply.{0,80}",
        "visit message": r"visit message.{0,30}(?:or )?reply.{0,80}",
        # newsletters
        "this email": r"(?:can'?t|trouble|problems?) (?:see|view|read)(?:ing)? this email.{0,80}",
        "browser": r"(?:view|read|open|see) (?:this )?(?:e-?mail |message |it )?(?:in|with) (?:your|the|a)? ?(?:web ?)?browser.{0,40}"
        r"|(?:diese (?:e-?mail|nachricht) )?(?:im|in ihrem) browser (?:ansehen|anzeigen|öffnen).{0,20}",
        "online": r"(?:view|read) (?:it )?online",
        "web version": r"(?:view|read) (?:the )?web version",
        "navigateur": r"(?:voir|afficher|ouvrir|visualiser) (?:cet e-?mail |ce (?:message|mail) )?dans (?:le|votre|un) navigateur",
        "navegador": r"ver (?:este (?:correo|mensaje|e-?mail) )?en (?:el|su|tu) navegador",
        "tarayıcı": r"(?:bu e-postayı )?tarayıcı(?:nız)?da (?:görüntüle|aç)\w{0,6}",
        "brauseris": r"vaata (?:seda )?(?:kirja |meili )?(?:veebi)?brauseris",
        "lehitsejas": r"vaata (?:seda )?(?:kirja |meili )?(?:veebi)?lehitsejas",
        "браузере": r"(?:открыть|посмотреть) (?:письмо )?в браузере",
        # gateways
        "external": r"external(?: e-?mail| sender| mail| message)?|(?:caution|warning|attention)[:!]? ?(?:this (?:e-?mail|message) .{0,40})?external.{0,300}",
        "originated": r"(?:(?:caution|warning|attention)[:!] ?)?this (?:e-?mail|message) originated (?:from )?outside.{0,300}",
        "extern": r"extern(?:e e-?mail)?|achtung[:!]? ?(?:diese|externe) .{0,30}e-?mail.{0,300}",
        "often get": r"you don'?t often get e-?mail from .{0,300}|some people who received this message don'?t often get.{0,300}",
        "learn why": r"learn why this is important.{0,120}",
        "kurum dışı": r"(?:uyarı|dikkat)[:!] ?bu (?:e-?posta|mesaj).{0,20}kurum dışı.{0,300}",
    },
    before=r"^[\W_]{0,10}",
    after=r"[\W_]{0,10}(?:https?://\S{0,300})?[\W_]{0,10}$",
)
"""Lines that a help desk, a forge, a newsletter tool or a mail gateway has written."""
_LONGEST = 400


def cut_delimiters(lines: list[Line]) -> None:
    """Take out "reply above this line", and as a quote what is below it when a reply is above."""
    for index in _ABOVE.candidates(lines):
        line = lines[index]
        if line.tag == "code" or len(line.text) > _LONGEST or not _ABOVE.found(lowered(line.text)):
            continue
        line.cut = "delimiter"
        if line.tag != "quote" and any(_says(other) for other in lines[:index]):
            for other in lines[index + 1 :]:
                other.cut = "quote"
            return


def _says(line: Line) -> bool:
    """Whether a line above a delimiter is text of the sender's and no drawn rule."""
    return (
        line.cut is None and line.tag in ("", "own", "code") and any(c.isalnum() for c in line.text)
    )


def cut_notices(lines: list[Line]) -> None:
    """Take out lines that a help desk, a forge, a newsletter tool or a mail gateway has added."""
    for index in _NOTICE.candidates(lines):
        line = lines[index]
        if (
            len(line.text) <= _LONGEST
            and line.tag in ("", "signature")
            and _NOTICE.found(lowered(line.text))
        ):
            line.cut = "delimiter"


def cut_comments(lines: list[Line]) -> None:
    """Take out the instructions of an issue template: ``<!-- … -->``, also over several lines."""
    closes = [index for index, line in enumerate(lines) if "-->" in line.text]
    inside, last = False, closes[-1] if closes else -1
    for index, line in enumerate(lines[: last + 1]):
        if line.tag:
            continue
        text = line.text.strip()
        if not inside and text.startswith("<!--") and index <= last:
            inside = True
        if inside:
            line.cut = "delimiter"
            if "-->" in text:
                inside = False
                if not text.endswith("-->"):
                    line.cut = None
