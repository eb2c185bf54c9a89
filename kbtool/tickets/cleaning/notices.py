"""Phrases that programs and companies add to mails, by stem and in lower case: data, no rules."""

from __future__ import annotations

from kbtool.tickets.cleaning.phrases import Phrases

_DEVICE = (
    r"(?:i ?phone|i ?pad|ipod|android|samsung|galaxy|huawei|honor|xiaomi|redmi|poco|mi \d|pixel|oneplus|oppo|realme|nokia|motorola|sony"
    r"|xperia|lg\b|htc|blackberry|windows|mac\b|smartphone|smart phone|mobile|mobil|mobiil|phone|cell|handy|tablet|telefon|telefoon|móvil|movil"
    r"|teléfono|téléphone|portable|nutitelefon|akıllı|cep|смартфон|телефон|мобильн|планшет|устройств|outlook|yahoo|gmail|proton"
    r"|mail|posta|почт|spark|airmail|aol|gmx|web\.de|zoho|fairmail|bluemail|k-9|thunderbird|orange|laposte|e-?mail|айфон|nutiseade)"
)
_WITH = rf".{{0,40}}{_DEVICE}.{{0,70}}"

PHONE = Phrases(
    {
        "sent from": rf"(?:reply )?sent from .{{0,30}}{_DEVICE}.{{0,70}}|sent from my (?!.*(?:account|bank|card|address|profile))[\w-]{{2,20}}(?: [\w-]{{1,20}}){{0,2}}",
        "sent with": rf"sent with .{{0,30}}{_DEVICE}.{{0,70}}",
        "sent via": rf"sent via .{{0,30}}{_DEVICE}.{{0,70}}",
        "sent using": rf"sent using .{{0,30}}{_DEVICE}.{{0,70}}",
        "sent by": rf"sent by (?:my |the )?.{{0,10}}{_DEVICE}.{{0,40}}",
        "written ": rf"written (?:from|on|with) .{{0,30}}{_DEVICE}.{{0,70}}",
        "typed ": rf"typed (?:from|on|with) .{{0,30}}{_DEVICE}.{{0,70}}",
        "composed ": rf"composed (?:from|on|with) .{{0,30}}{_DEVICE}.{{0,70}}",
        "outlook": r"(?:get|download|try) (?:the )?(?:new )?outlook\b.{0,60}|outlook (?:for|für|pour|para|для) (?:android|ios|iphone|mac|windows).{0,20}"
        r"|(?:android|ios|iphone|mac|windows)['’]?(?: için| jaoks| для)? outlook.{0,30}|(?:télécharge[rz]?|obtenir|obtenez) outlook.{0,40}"
        r"|(?:obtener|descargar|descarga|obtén) outlook.{0,40}|(?:outlook für .{0,12} )(?:beziehen|herunterladen|holen)|(?:holen sie sich|laden sie) outlook.{0,40}"
        r"|(?:hankige|laadige alla|hangi) (?:endale )?outlook.{0,40}|(?:скачать|получить|загрузить) outlook.{0,40}|.{0,30}outlook['’]?[uü] (?:edinin|indirin|alın)",
        "yahoo mail": r"yahoo mail: .{0,60}|(?:get|try) .{0,20}yahoo mail.{0,40}",
        "bluemail": r"(?:get|try) bluemail.{0,40}",
        "gesendet": rf"(?:diese (?:nachricht|e-?mail) wurde )?gesendet (?:mit|von|aus|über){_WITH}"
        rf"|(?:diese (?:nachricht|e-?mail) wurde )?(?:von|mit|über|aus) .{{0,40}}(?:{_DEVICE}|unterwegs).{{0,40}} gesendet\.?|von unterwegs gesendet\.?",
        "geschrieben": rf"(?:von|mit|auf|am) .{{0,40}}{_DEVICE}.{{0,20}} geschrieben\.?|geschrieben (?:mit|von|auf){_WITH}",
        "verschickt": rf"(?:von|mit|über) .{{0,40}}{_DEVICE}.{{0,20}} verschickt\.?",
        "envoy": rf"envoyée? (?:de|depuis|avec|à partir d\w|via|par){_WITH}",
        "expédi": rf"expédiée? (?:de|depuis|avec|via){_WITH}",
        "enviad": rf"enviad[oa] (?:desde|con|por|via|do|da|a partir|pelo|pela){_WITH}",
        "escrito": rf"escrito (?:desde|con){_WITH}",
        "gönder": rf".{{0,40}}{_DEVICE}.{{0,30}}(?:d[ae]n|t[ae]n|ile|üzerinden|kullanılarak|aracılığıyla) (?:gönderildi|gönderilmiştir|gönderilen|gönderdim)\.?",
        "gonder": rf".{{0,40}}{_DEVICE}.{{0,30}}(?:d[ae]n|t[ae]n|ile) gonderildi\.?",
        "yazıldı": rf".{{0,40}}{_DEVICE}.{{0,20}}(?:d[ae]n|t[ae]n|ile) yazıldı\.?",
        "saadetud": rf"(?:see )?(?:kiri )?(?:on )?saadetud{_WITH}",
        "saatsin": rf"saatsin .{{0,40}}(?:{_DEVICE}.{{0,40}}|telefonist.{{0,20}})",
        "kirjutatud": rf"kirjutatud{_WITH}",
        "отправлен": rf"отправлено? (?:с|со|из|через|от|при помощи){_WITH}",
        "написано": rf"написано (?:с|со|на){_WITH}",
        "verzonden": rf"verzonden (?:vanaf|via|met|vanuit|door){_WITH}",
        "verstuurd": rf"verstuurd (?:vanaf|via|met|vanuit){_WITH}",
        "skickat": rf"skickat (?:från|via|med){_WITH}",
        "sendt fra": rf"sendt fra{_WITH}",
        "inviat": rf"inviat[oa] (?:da|dal|dallo|con|tramite){_WITH}",
        "wysłan": rf"wysłan[oey] (?:z|ze|za){_WITH}",
        "lähetetty": rf"lähetetty{_WITH}",
        "nosūtīts": rf"nosūtīts (?:no|ar){_WITH}",
        "išsiųsta": rf"išsiųsta (?:iš|naudojant){_WITH}",
        "надіслано": rf"надіслано (?:з|із|зі){_WITH}",
    },
    before=r"^[\W_]{0,6}",
    after=r"(?:[<(]{0,2}https?://\S{0,300})?[\W_]{0,6}$",
)
"""What a phone or a mail program writes about itself, alone on its line."""

THIS_MAIL = (
    r"(?:(?:this|the|diese|dieses|cet|ce|este|esta|bu|see|seda|selle|sellele|käesolev|käesoleva|это|данное|настоящее|dit|deze|questo|questa|det här|denna|denne|ta|tämä)"
    r" (?:(?:electronic|incoming|outgoing|elektronik|electrónico|электронное) )?(?:e-?mail|message|mail|nachricht|courriel|correo(?: electrónico)?|mensaje|e-?posta(?:lar)?|ileti|mesaj"
    r"|(?:e-?)?kiri|(?:e-?)?kirja(?:le)?|sõnum|sõnumi|meil|письмо|сообщение|bericht|messaggio|mensagem|e-post(?:meddelande)?t?|wiadomość(?: e-?mail)?|sähköposti))"
)
"""How a notice names the mail it stands in."""

_SCANNER = r"(?:avast|avg\b|avira|kaspersky|eset\b|norton|mcafee|nod32|bitdefender|[\w-]*antivir[\w-]*|[\w-]*антивирус[\w-]*)"
_VIRUS = r"(?:virus|viren|virüs|viirus|вирус|malware|schadsoftware|zararlı)"
_CHECKED = (
    r"(?:checked|scanned|protected|verified|tested|certified|geprüft|überprüft|gescannt|geschützt|untersucht|vérifié|analysé|contrôlé|scanné|protégé|garanti|comprobado|analizado|revisado"
    r"|verificado|escaneado|protegido|taran|denetlen|kontrol edil|korun|incelen|kontrollitud|kontrollinud|skannitud|skanninud|skaneeritud|провер|просканир|защищен|gecontroleerd|gescand|controllato"
    r"|analizzat|kontrollerat|sprawdzon)"
)
_FREE = (
    r"(?:virus-?free|virenfrei|(?:garanti )?sans virus|libre de virus|livre de vírus|virüs(?:süz| yok| bulunmuyor| içermiyor)|viirus(?:te|e)?vaba|viiruseid ei leitud|без вирусов|не содержит вирусов"
    r"|вирусов нет|virusvrij|no virus(?:es)? (?:found|detected)|kein(?:e)? vir(?:us|en) gefunden|privo di virus|senza virus)"
)
VIRUS = Phrases(
    dict.fromkeys(
        ("vir", "вирус", "viirus", "malware", "schadsoft", "zararlı"),
        rf"{THIS_MAIL}.{{0,120}}(?:{_VIRUS}.{{0,120}}{_CHECKED}|{_CHECKED}.{{0,120}}{_VIRUS}).{{0,120}}"
        rf"|{THIS_MAIL}.{{0,40}}{_FREE}.{{0,120}}|{_FREE}(?: in this (?:incoming|outgoing)? ?message)?[.!]?(?:$|[^\w,]{{0,3}}(?:www|http|checked|{_SCANNER}).{{0,300}})"
        rf"|(?:e-?mail )?{_CHECKED}\w{{0,4}} .{{0,60}}(?:{_SCANNER}|{_VIRUS}).{{0,120}}|{_SCANNER}[^.?]{{0,40}} (?:message|mail|nachricht)[^.?]{{0,20}} (?:clean|sauber|propre).{{0,60}}",
    ),
    before=r"^[\W_]{0,10}",
)
"""What a virus scanner writes about the mail it has looked at."""

LEGAL = Phrases(
    {
        # en
        "intended": r"intended (?:only |solely |exclusively )?for (?:the (?:use|attention|exclusive|sole|person|individual|addressee|named|recipient|intended)|use by)|(?:not|other than) (?:the|an) intended (?:recipient|addressee).{0,120}(?:e-?mail|message|communication|transmission|information|notif|disclos|delet|copy)|(?:e-?mail|message|communication|transmission|information).{0,160}intended recipient",
        "receive": r"if you (?:have )?receive(?:d)? this (?:e-?mail|message|communication|transmission|mail).{0,20} (?:in error|by mistake)",
        "confidential": r"this (?:e-?mail|electronic|message|communication|transmission|mail).{0,160}(?:is|are|may (?:be|contain)|contains?|be) .{0,40}confidential"
        r"|information (?:contained )?in this (?:e-?mail|message).{0,80}confidential|confidential(?:ity)? (?:and|or|and/or) (?:may be )?(?:legally )?privileged|^\W{0,6}confidentiality (?:notice|note|statement)",
        "privileged": r"this (?:e-?mail|message|communication).{0,120}privileged",
        "disclaimer": r"^\W{0,6}(?:e-?mail |legal )?disclaimer\s?:",
        "print": r"(?:before|think|need to).{0,30}print(?:ing)? (?:this|the) (?:e-?mail|mail|message)",
        "environment": r"(?:^\W{0,6}|please |let's |help (?:us )?(?:to )?)(?:consider|think of|think about|save|protect) (?:the|our) environment",
        "opinions": r"opinions (?:expressed|presented|contained|and).{0,60}(?:author|sender|not necessarily)|(?:views|opinions) or opinions",
        "views": r"views (?:expressed|presented|and|or) .{0,60}(?:author|sender|not necessarily)",
        "registered": r"registered (?:in|office|company):? .{0,60}(?:england|wales|scotland|ireland|company (?:number|no\b))",
        "unsubscribe": r"to unsubscribe,? (?:from .{0,60})?(?:please |just |simply )?(?:click|reply|send|visit|follow|use)|unsubscribe (?:here|\||·|<|\(http)|^\W{0,6}unsubscribe\W{0,6}$|\| unsubscribe",
        "preferences": r"(?:manage|update) your (?:e-?mail |subscription )?preferences",
        # de
        "vertraulich": r"(?:diese|die in dieser) (?:e-?mail|nachricht|mitteilung).{0,120}vertraulich|vertraulichkeitshinweis|vertrauliche (?:und|oder|informationen).{0,120}(?:e-?mail|empfänger|adressat)",
        "geschützt": r"(?:diese|der inhalt dieser) (?:e-?mail|nachricht|mitteilung).{0,120}rechtlich geschützt",
        "ausschließlich": r"(?:diese|dieser) (?:e-?mail|nachricht|mitteilung).{0,80}ausschließlich für",
        "adressat": r"nicht der (?:richtige|beabsichtigte|vorgesehene) adressat",
        "empfänger": r"nicht der (?:richtige|beabsichtigte|vorgesehene) empfänger",
        "irrtümlich": r"diese (?:e-?mail|nachricht) irrtümlich erhalten",
        "druck": r"(?:bevor|ehe) sie diese (?:e-?mail|nachricht|mail) .{0,30}druck|umwelt.{0,60}druck",
        "umwelt": r"denken sie an die umwelt|der umwelt zuliebe",
        "gesellschaft": r"sitz der gesellschaft",
        "handelsregister": r"handelsregister\b.{0,40}\d|handelsregister: ",
        "amtsgericht": r"amtsgericht .{0,40}hr[ab]",
        "geschäftsführ": r"geschäftsführ(?:er|erin|ung|erinnen)?(?: der .{0,40})?\s?:",
        "abmelden": r"^\W{0,6}(?:(?:vom )?newsletter )?abmelden\W{0,6}$",
        "abbestellen": r"^\W{0,6}(?:newsletter )?abbestellen\W{0,6}$",
        # fr
        "confidentiel": r"(?:ce (?:message|courriel|mail)|cet e-?mail|ce courrier).{0,160}confidentiel|message confidentiel",
        "destiné": r"(?:ce (?:message|courriel|mail)|cet e-?mail|ce courrier).{0,120}(?:exclusivement|uniquement|strictement)?.{0,20}destiné.{0,40}(?:destinataire|usage|attention|personne)",
        "par erreur": r"reçu (?:ce (?:message|courriel|mail)|cet e-?mail|ce courrier).{0,20}par erreur",
        "avis de conf": r"^\W{0,6}avis de confidentialité",
        "environnement": r"pens(?:ez|er|ons) à l'environnement",
        "imprim": r"avant d'imprimer (?:ce (?:mail|message|courriel)|cet e-?mail)|n'imprimez (?:ce (?:mail|message|courriel)|cet e-?mail)",
        "désabonner": r"^\W{0,6}se désabonner\W{0,6}$|pour (?:se|vous) désabonner",
        "désinscri": r"^\W{0,6}(?:se |me )?désinscri(?:re|ption)\W{0,6}$|pour (?:se|vous) désinscrire",
        # es
        "confidencial": r"(?:este (?:mensaje|correo|e-?mail)|la información contenida en este|esta mensagem).{0,200}confidencial",
        "destinatari": r"(?:este (?:mensaje|correo|e-?mail)).{0,160}(?:dirigid[oa]|exclusiv\w{1,7}).{0,60}destinatari|si (?:usted )?no es (?:el|usted el) destinatario",
        "por error": r"ha recibido este .{0,30}por error",
        "aviso ": r"^\W{0,6}aviso (?:legal|de confidencialidad)",
        "medio ambiente": r"(?:piense en|proteja|cuide|respete|por) el medio ?ambiente",
        "imprimir": r"antes de imprimir este (?:mensaje|correo|e-?mail)",
        "de baja": r"^\W{0,6}darse de baja\W{0,6}$|para darse de baja",
        "protección de datos": r"protección de datos.{0,200}(?:rgpd|reglamento|tratamiento|responsable)",
        # tr
        "gizli": r"bu (?:e-?posta|mesaj|ileti|e-?mail|elektronik posta).{0,200}gizli|^\W{0,6}gizlilik (?:bildirimi|notu|uyar[ıi]s[ıi])",
        "kişiye özel": r"(?:e-?posta|mesaj|ileti).{0,160}kişiye özel",
        "kişi": r"bu (?:e-?posta|mesaj|ileti|e-?mail).{0,120}(?:yalnızca|sadece) .{0,60}(?:kişi|kurulu)",
        "alıcı": r"bu (?:e-?posta|mesaj|ileti|e-?mail).{0,120}(?:yalnızca|sadece) .{0,40}alıcı",
        "muhatab": r"(?:e-?posta|mesaj|ileti).{0,160}muhatab",
        "yasal uyar": r"^\W{0,6}yasal uyar[ıi]",
        "yanlışlıkla": r"(?:e-?posta|mesaj|ileti).{0,80}yanlışlıkla|yanlışlıkla (?:size )?ulaş",
        "yazdırmadan": r"(?:e-?posta|mesaj|ileti)\w{0,6} yazdırmadan önce",
        "çevre": r"çevre(?:yi|mizi|ye) (?:düşün|koru|duyarl)",
        "abonelikten": r"abonelikten (?:çıkmak|ayrılmak) için",
        "kvkk": r"kvkk.{0,80}(?:kapsam|aydınlatma|gereğ)",
        "mersis": r"mersis ?(?:no|n|:|num)",
        "ticaret sicil": r"ticaret sicil ?(?:no|n|:|num)",
        # et
        "konfidents": r"(?:käesolev|see|antud) (?:e-?kiri|kiri|sõnum|e-?mail|meil|teade).{0,200}konfidents|^\W{0,6}konfidentsiaalsus(?:teade|nõue|klausel|märkus)",
        "mõeldud": r"(?:kiri|sõnum|e-?mail|meil|teade|teave|info).{0,160}mõeldud (?:ainult|üksnes|vaid|kasutamiseks|isiku|adressaa)",
        "ekslikult": r"(?:kirja|sõnumi|meili|saanud).{0,60}ekslikult|ekslikult .{0,20}(?:kirja|sõnumi|saanud)",
        "eksikombel": r"(?:kirja|sõnumi|meili|saanud).{0,60}eksikombel|eksikombel .{0,20}(?:kirja|sõnumi|saanud)",
        "mõtle": r"(?:mõtle|mõelge) (?:loodusele|keskkonnale|enne .{0,40}(?:print|trükk))|(?:print|trükk).{0,40}(?:mõtle|mõelge)",
        "säästa": r"säästa(?:ge|me)? (?:loodust|keskkonda)",
        "uudiskirja": r"^\W{0,6}(?:uudiskirjast loobumi\w{2,5}|loobu uudiskirjast)\W{0,6}$|uudiskirjast loobumiseks",
        # ru
        "конфиденц": r"(?:это|данное|настоящее) (?:электронное )?(?:сообщение|письмо).{0,200}конфиденц|уведомление о конфиденциальности",
        "предназнач": r"(?:это|данное|настоящее) (?:электронное )?(?:сообщение|письмо).{0,200}предназначен",
        "по ошибке": r"получили (?:это|данное) .{0,40}по ошибке",
        "печатать": r"прежде чем (?:рас)?печатать (?:это |данное )?(?:письмо|сообщение)",
        "окружающ": r"(?:подумайте|позаботьтесь|заботьтесь) об окружающей",
        "природ": r"берегите природу",
        "отписаться": r"^\W{0,6}отписаться|чтобы отписаться",
        # others
        "vertrouwelijk": r"dit (?:bericht|e-?mail).{0,120}vertrouwelijk",
        "riservat": r"questo messaggio.{0,160}riservat",
        "destinat": r"questo messaggio.{0,120}destinat",
    }
)
"""What only a notice below a mail says."""

MORE_LEGAL = Phrases(
    {
        word: word
        for word in "unauthori disclos liab haft responsab virus viren sorumlu vastuta ответствен copy copi kopi delete lösch supprim elimin silin"
        " kustuta удалит sender absender expéditeur remitente gönderen saatja отправител registered unsubscrib confiden vertraul gizli konfident"
        " конфиден intended e-mail e-posta e-kiri".split()
    }
)
"""What a further paragraph of such a notice holds."""
