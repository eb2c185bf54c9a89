"""Lines that help desks, forges, newsletter tools and mail gateways write: data, no rules."""

from __future__ import annotations

from kbtool.tickets.cleaning.notices import THIS_MAIL
from kbtool.tickets.cleaning.phrases import Phrases

ABOVE = Phrases(
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

_TICKET = r"(?:requests?|tickets?|cases?|anfragen?|vorgang|demande|dossier|solicitud|caso|talebi\w*|talep|kaydı\w*|päring\w*|pöördumi\w*|pilet\w*|запрос\w*|заявк\w*|обращени\w*|тикет\w*)"
_NUMBER = r"[\s(]{0,2}(?:id|no|nr|nummer|number|numaral[ıi]|numbriga|número|numéro|n°|№|#|номер)?[.:]?\s?[#(]{0,2}(?<!\w)\d{2,12}\)?"
_DONE = (
    r"(?:updated|received|solved|resolved|closed|created|opened|assigned|reopened|aktualisiert|bearbeitet|erhalten|empfangen|gelöst|geschlossen|erstellt|eröffnet|angelegt|zugewiesen"
    r"|mise? à jour|reçue?|résolue?|fermée?|clôturée?|créée?|enregistrée?|assignée?|attribuée?|affectée?|actualiz\w+|recibid\w+|resuelt\w+|cerrad\w+|cread\w+|registrad\w+|asignad\w+|güncel\w+|alın\w+|çözül\w+"
    r"|kapat\w+|oluştur\w+|yanıtlan\w+|atan(?:dı|mıştır)|uuendat\w+|vastu võetud|kätte saadud|lahendat\w+|suletud|loodud|registreerit\w+|vastatud|määratud|suunatud|обновл\w+|получен\w*|реш[её]н\w*|закрыт\w*"
    r"|создан\w*|зарегистрирован\w*|назначен\w*)"
)
_WHOSE = (
    r"(?:(?:your|the|this|an?|new|a new|we have received your|ihre?|das|die|der|eine?|neues?|neue[rs]?|ein(?:e)? neue[rs]?|votre|le|la|un|une|une nouvelle|nouvelle|nouveau|un nouveau|su|el|una|una nueva|nueva|se ha actualizado su|yeni|yeni bir|bir"
    r"|teie|uus|ваш\w{0,2}|нов\w{2})\s(?:support\s)?)"
)
_ASSIGNED = (
    r"(?:you (?:have been|were|are) (?:assigned|added)(?: to)? |ihnen wurde |vous avez été assignée? (?:à |au )?|on vous a (?:assigné|attribué) |(?:se )?(?:le|te) (?:ha sido|ha|han) asignad[oa] |se (?:le )?ha (?:asignado|creado|registrado) |size |sana"
    r" |teile (?:on )?(?:määrati|määratud|suunati|suunatud) |вам (?:был[аои]? )?назначен\w? |создан\w? |зарегистрирован\w? |loodi |loodud on )"
)
_ANSWERING = r"(?:comment|kommentar|commentaire|comentario|yorum|комментар|reply|respond|antwort|répon|respuesta|yanıt|vasta|ответ|feedback|review)"
_HAPPENED = (
    rf"(?:{_ASSIGNED}?{_WHOSE}?{_TICKET}.{{0,12}}?{_NUMBER}|\(?#?\d{{2,12}}\)?\snumaral[ıi]\s{_TICKET})"
    rf"(?:[^.?\n]{{0,40}}{_DONE}(?: to (?:group|you)[^.?!]{{0,80}}|[^.?!]{{0,16}}))?(?:[.!]\s.{{0,80}}{_ANSWERING}.{{0,120}})?"
)
"""Also without a verb: a line that only names the ticket."""
_COMMENTED = (
    rf"(?=.{{0,160}}(?:{_TICKET}.{{0,12}}?{_NUMBER}|\d{{2,12}}\)?\snumaral[ıi]\s{_TICKET}))(?=.{{0,160}}(?:\byour\b|\bihre[rmns]?\b|\bvotre\b|\bsu\b|n[ıiuü]z|\bteie\b|ваш))"
    r"(?=.{0,160}(?:comment|kommentar|commentaire|comentario|yorum|kommenta|комментари|\breply\b|antwort|réponse|respuesta|yanıt|vastus|ответ|update))"
    r"(?=.{0,160}(?:added|posted|new|received|neue[rn]?|hinzugefügt|erhalten|eingegangen|ajouté|nouve|añadid|agregad|nuev|eklen|yeni|lisat|lisand|uus|добавлен|нов|получен))"
    r"(?!.{0,160}\b(?:i|i'm|my|ich|mein\w{0,2}|je|mon|ma|yo|mi|he|ben|minu|mul|я|мой|мо[юе])\b)[^?\n]{10,180}"
)
"""Somebody has commented on your request 123."""
_HOW_TO_ANSWER = (
    rf"(?:to (?:reply|respond|answer)[^.?!]{{0,40}}(?:reply|respond) to {THIS_MAIL}[^?]{{0,80}}|sie können (?:direkt )?auf {THIS_MAIL} antworten[^?]{{0,80}}|um zu antworten,[^?]{{3,90}}{THIS_MAIL}[^?]{{0,40}}"
    rf"|pour répondre,[^?]{{3,60}}(?:répond\w+ )?à {THIS_MAIL}[^?]{{0,40}}|para (?:responder|contestar),[^?]{{3,40}} {THIS_MAIL}[^?]{{0,40}}|yanıtlamak için[^?]{{0,30}}{THIS_MAIL}[^?]{{0,60}}"
    rf"|vastamiseks [^?]{{3,40}}{THIS_MAIL}(?:le)?[^?]{{0,40}}|чтобы ответить,[^?]{{3,40}}{THIS_MAIL}[^?]{{0,40}})"
)
_SERVICE = (
    rf"{THIS_MAIL},? (?:is a service (?:from|of|provided by)|ist ein (?:service|dienst) (?:von|der|des)|est un service (?:de|d'|du|des|fourni|proposé)|es un servicio (?:de|ofrecido)|.{{1,80}} tarafından (?:sunulan|sağlanan|verilen) bir hizmet"
    r"|.{1,80} (?:bir )?hizmetidir|on (?:.{1,80} )?teenus\b|является (?:услугой|сервисом)|отправлено службой|is een (?:service|dienst) van|è un servizio (?:di|offerto)|é um serviço (?:d[aeo]|oferecido)|är en tjänst (?:från|av)"
    r"|er en (?:tjeneste|service) fra|jest usługą|on .{1,80} palvelu).{0,160}"
)
_DESK = (
    r"(?:zendesk|freshdesk|freshservice|freshworks|zoho desk|zoho|help ?scout|intercom|hubspot(?: service hub)?|zammad|front(?:app)?|jira service (?:management|desk)|servicenow|kayako|gorgias|gladly|groove|happyfox|hiver|kustomer|liveagent"
    r"|re:?amaze|crisp|tidio|tawk\.to|teamwork desk|uvdesk|osticket|freescout|chatwoot|deskpro|salesforce|dixa|richpanel|trengo|missive|odoo|otrs|znuny|glpi|bitrix24|юздеск|usedesk|omnidesk)"
)
_NAMED = r"(?!(?:i|we|you|he|she|they|it|who|my|our|your|his|her|their|the|a|an|someone|somebody|nobody|everyone) )(?:[^\W\d_][\w.'-]{0,20} ){1,4}"
"""A person's name, and no pronoun."""
NOTICE = Phrases(
    {
        # Zendesk and others: what happened to the ticket, and how to answer
        **dict.fromkeys(
            (
                "request",
                "ticket",
                "case",
                "anfrage",
                "vorgang",
                "demande",
                "dossier",
                "solicitud",
                "caso",
                "taleb",
                "talep",
                "kaydı",
                "päring",
                "pöördumi",
                "pilet",
                "запрос",
                "заявк",
                "обращени",
                "тикет",
            ),
            f"(?:{_HAPPENED}|{_COMMENTED})",
        ),
        **dict.fromkeys(
            (
                "to reply",
                "to respond",
                "to answer",
                "antworten",
                "répondre",
                "para responder",
                "para contestar",
                "yanıtlamak",
                "vastamiseks",
                "чтобы ответить",
            ),
            _HOW_TO_ANSWER,
        ),
        "comment": r"to (?:add|leave|make) (?:additional |a |more )?comments?,? (?:(?:to (?:this|the|your) (?:request|ticket|case),? )?)(?:please |simply |just |you can )?(?:reply|respond|click|visit|follow|log|sign|go|use).{0,160}|you can add a comment by .{0,160}|to review the status of the request.{0,160}|pour ajouter (?:des |un |d'autres )?comment.{0,160}",
        "reopen": r"to reopen (?:this|the|your) (?:request|ticket|case),? .{0,120}",
        "to respond": r"to respond,? reply.{0,120}|.{0,40}reply to this e?-?mail to respond.{0,60}",
        "kommentar": r"um (?:einen |weitere |zusätzliche )?kommentare? hinzuzufügen.{0,160}",
        "comentario": r"para (?:añadir|agregar|dejar) (?:más |un |otros )?comentarios?.{0,160}",
        "yorum": r"(?:ek |yeni )?yorum(?:lar)? (?:eklemek|yazmak) için.{0,160}",
        "kommentaar": r"(?:täiendava(?:te)? )?kommentaari(?:de)? lisamiseks.{0,160}|(?:uue )?kommentaari lisamiseks.{0,120}",
        "комментар": r"чтобы (?:добавить|оставить) (?:новый |дополнительный )?комментар.{0,160}",
        "/tickets/": r"(?:[^:\n]{0,40}:\s?)?<?https?://\S{3,200}/tickets/\d\S{0,100}",
        "/requests/": r"(?:[^:\n]{0,40}:\s?)?<?https?://\S{3,200}/requests/\d\S{0,100}",
        "registered as": r"you are registered as a cc on this .{0,120}",
        **dict.fromkeys(
            (
                "servic",
                "serviz",
                "serviç",
                "dienst",
                "hizmet",
                "teenus",
                "услуг",
                "сервис",
                "служб",
                "tjänst",
                "tjenest",
                "usług",
                "palvelu",
            ),
            _SERVICE,
        ),
        **dict.fromkeys(
            ("powered by", "delivered by", "provided by", "sent via", "sent with"),
            rf"(?:powered|delivered|provided|sent) (?:by|via|with) {_DESK}(?: .{{0,30}})?",
        ),
        **dict.fromkeys(
            (
                "bereitgestellt",
                "gesendet mit",
                "fourni par",
                "propulsé",
                "assuré par",
                "ofrecido",
                "entregado",
                "proporcionado",
                "edastas",
                "edastaja",
                "доставлено",
                "работает на",
                "con la tecnología",
                "desarrollado por",
                "teenust pakub",
                "mit unterstützung",
            ),
            rf"(?:bereitgestellt (?:von|durch)|gesendet mit|fourni par|propulsé par|assuré par|ofrecido por|entregado por|proporcionado por|edastas|edastaja:|доставлено (?:через|с помощью)|работает на(?: платформе)?|con la tecnología de|teenust pakub|desarrollado por|mit unterstützung von) {_DESK}(?: .{{0,30}})?",
        ),
        **dict.fromkeys(
            ("ile ", "tarafından", "üzerinden"),
            rf"{_DESK} (?:ile|tarafından|üzerinden) (?:gönderil|iletil|sunul|desteklen)\w{{2,10}}",
        ),
        # ServiceNow, Salesforce, Help Scout: what they know the ticket by
        "ref:": r"\[? ?ref:!?_?00d[^\s:]{3,90}:ref ?\]?|ref: ?(?:msg|tis)\d{5,12}\w{0,30}",
        "thread::": r"thread::\S{8,60}::",
        "{#": r"\{#(?:hs|fs):[\d-]{3,40}#?\}?",
        "click here to view": r"click here to view (?:the |your )?(?:incident|requested item|request|case|ticket|task|hr case|change request)s?:? ?\S{0,60}",
        # Jira, Zammad, osTicket
        "commented": rf"{_NAMED}(?:has )?commented:",
        "added a comment": rf"{_NAMED}added a comment[.:]?",
        "changed the status": rf"{_NAMED}changed the status to .{{1,60}}",
        "in zammad": r"view this in zammad.{0,80}",
        "we hope this response": r"we hope this response has sufficiently answered your questions?.{0,300}",
        # Freshdesk: where the ticket stands
        "status of": r"to (?:view|check|see) the status of (?:the|your) (?:ticket|request|case)(?: or add (?:a )?comments?)?,? .{0,200}",
        "status": r"um den status (?:des|ihres) tickets (?:anzuzeigen|einzusehen|zu sehen).{0,200}",
        "statut": r"pour (?:voir|consulter|afficher) (?:le statut|l'état) (?:du|de votre) ticket.{0,200}",
        "estado": r"para (?:ver|consultar) el estado (?:del|de su) (?:ticket|solicitud|caso).{0,200}",
        "durumunu": r"(?:talebin|talebinizin|biletin|kaydınızın) durumunu (?:görüntülemek|görmek|öğrenmek).{0,200}",
        "staatus": r"(?:pileti|päringu|pöördumise) staatuse (?:vaatamiseks|nägemiseks).{0,200}",
        "статус": r"чтобы (?:просмотреть|посмотреть|узнать|проверить) статус (?:заявки|запроса|обращения|тикета).{0,200}",
        # how satisfied one is
        "would you rate": r"how would you rate (?:the|our|my) (?:support|help|service|reply|answer|conversation)(?: you (?:received|got|had))?\?.{0,200}",
        "bewerten": r"wie (?:würden|bewerten) sie (?:den|die|unseren|unsere) (?:erhaltene\w? )?(?:support|service|hilfe|kundendienst|unterstützung).{0,200}",
        "évalu": r"comment évalue(?:z|riez)-vous (?:l'assistance|l'aide|le service|le support).{0,200}",
        "calificar": r"¿?cómo calificaría (?:el|la) (?:soporte|asistencia|servicio|atención|ayuda).{0,200}",
        "değerlendir": r"(?:aldığınız|size verilen) (?:desteği|hizmeti) nasıl değerlendir.{0,200}",
        "hinda": r"kuidas (?:te )?hinda(?:te|ksite) (?:saadud|meie) (?:tuge|abi|teenindust).{0,200}",
        "оцен": r"как (?:бы )?вы оцени(?:ваете|ли|те) (?:полученную |нашу |качество )?(?:поддержк|помощь|обслуживани).{0,200}",
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
        "follow us": r"follow us(?: on)?:?(?: .{0,80})?",
        "folgen sie uns": r"folgen sie uns.{0,80}",
        "suivez-nous": r"(?:re)?suivez-nous.{0,80}",
        "síguenos": r"síguenos.{0,80}",
        "takip edin": r"bizi .{0,60}takip edin.{0,40}",
        "jälgi meid": r"jälgi(?:ge)? meid.{0,80}",
        "соцсетях": r".{0,40}(?:мы|нас) в соцсетях.{0,80}",
        "©": r"(?:copyright )?©.{0,120}",
        "rights reserved": r".{0,80}all rights reserved.{0,40}",
        "you receive": r"you receive(?:d)? this (?:e-?mail|message|newsletter) because.{0,300}",
        "no longer": r"if you no longer (?:wish|want) to receive .{0,40}(?:e-?mail|message|newsletter|notification).{0,200}",
        "sie erhalten diese": r"sie erhalten diese (?:e-?mail|nachricht|mail).{0,300}",
        "nicht mehr erhalten": r"(?:wenn|falls|sollten) sie .{0,60}(?:newsletter|e-mails?|mails?|nachrichten?|benachrichtigungen?).{0,20} nicht mehr erhalten (?:möchten|wollen).{0,200}",
        "iptal et": r"(?:abonelik|aboneliğinizi|üyeliğinizi) iptal etmek için.{0,160}",
        "keine e-mails mehr": r"wenn sie keine e-mails mehr.{0,240}",
        "recevez ce": r"vous recevez (?:cet e-?mail|ce (?:courriel|message|mail)).{0,300}",
        "ne souhaitez plus": r"si vous ne souhaitez plus recevoir .{0,40}(?:mail|courriel|message|newsletter|notification|lettre).{0,200}",
        "recibe": r"(?:usted |ha )?recib(?:e|es|ido) este (?:correo|mensaje|e-?mail).{0,40}(?:porque|ya que|debido).{0,240}",
        "no desea": r"si (?:ya )?no desea (?:seguir )?recib.{0,40}(?:correo|mensaje|bolet|notific|e-?mail).{0,200}",
        "alıyorsunuz": r"bu (?:e-?posta|mesaj|ileti)\w{0,4} .{0,200}alıyorsunuz.{0,120}",
        "almak istemi": r".{0,60}(?:e-?posta|bülten|bildirim|mesaj).{0,40}almak istemi(?:yor|r)s.{0,200}",
        "saite selle": r"(?:te )?sai(?:te|d) selle (?:e-?)?kirja,? .{0,240}",
        "saate": r"(?:te )?saate (?:selle|seda) (?:e-?)?kirja,? .{0,240}",
        "ei soovi enam": r"kui (?:te |sa )?ei soovi enam.{0,40}(?:kirju|uudiskirj|teateid|teavitusi).{0,200}",
        "вы получили": r"вы получили это (?:письмо|сообщение),? .{0,240}",
        "не хотите": r"если вы (?:больше )?не хотите .{0,20}получать.{0,40}(?:письм|рассылк|уведомл|сообщен).{0,200}",
        "this email": r"(?:can'?t|trouble|problems?) (?:see|view|read)(?:ing)? this email.{0,80}",
        "browser": r"(?:view|read|open|see) (?:this )?(?:e-?mail |message |it )?(?:in|with) (?:your|the|a)? ?(?:web ?)?browser.{0,40}"
        r"|(?:(?:diese )?(?:e-?mail|nachricht|newsletter) )?(?:im|in ihrem) browser (?:ansehen|anzeigen|öffnen).{0,20}",
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
