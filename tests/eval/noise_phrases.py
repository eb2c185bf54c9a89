"""What people write around a question, by language; people and companies are fictional."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of one language; ``{}`` is a number, a code or a name as the field says."""

    subjects: tuple[str, ...]
    """Subjects that tell nothing; some hold a code."""
    greetings: tuple[str, ...]
    openings: tuple[str, ...]
    """Sentences before the question; some look like questions themselves."""
    facts: tuple[str, ...]
    """Sentences with a code in them."""
    chatter: tuple[str, ...]
    """Sentences after the question."""
    thanks: tuple[str, ...]
    closings: tuple[str, ...]
    names: tuple[str, ...]
    jobs: tuple[str, ...]
    """Lines of a signature below the name."""
    quoted: tuple[str, ...]
    """Headers of a quoted mail; what follows has ``> `` before each line where they end in a colon."""
    old: tuple[str, ...]
    """What the quoted mail says; several lines."""
    replies: tuple[str, ...]
    """Answers of agents that fit any question."""
    accents: tuple[str, str] = ("", "")
    """Letters that hurried people replace, and what with."""


PHRASES = {
    "en": Phrases(
        subjects=("Question", "Help needed", "URGENT!!", "Order {}", "Re: Your order {}", "hello", "Enquiry", "Problem", "(no subject)", "Request {}", "Fwd: my account", "need help asap"),
        greetings=("Hi,", "Hello,", "Hi there,", "Dear Sir or Madam,", "Hello Velmo team,", "Good morning,", "hey guys", "Dear Velmo support team,", "Good afternoon!", "To whom it may concern,"),
        openings=("I hope you are well.", "I hope this email finds you well.", "I have a question.", "Can you help me?", "Could you please help me with the following?", "I have been a happy customer of yours for six years.", "I tried to call you but nobody answered the phone.", "This is the second time I am writing to you.", "Quick question for you.", "I am writing to you because I did not find it on your website."),
        facts=("My order number is {}.", "Customer number: {}", "Ref. {}", "My account is {}.", "Here is the link: {}", "See {}", "The invoice number is {}."),
        chatter=("I am leaving on holiday on Friday, so the sooner the better.", "My husband told me that you were very helpful last time.", "I have been waiting for two days.", "It is rather urgent.", "Please let me know.", "You can also call me after 5 pm.", "Looking forward to hearing from you.", "I would appreciate a quick reply.", "Sorry to bother you with this.", "Everything else works fine so far, we love your bikes."),
        thanks=("Thanks!", "Thank you in advance.", "Many thanks for your help.", "Thanks a lot for your support!", "Thank you very much.", "thx"),
        closings=("Best regards,", "Kind regards,", "Best,", "Cheers", "Yours sincerely,", "Regards", "With kind regards", "BR,"),
        names=("Harriet Blythe", "Tom Okafor", "Lena Marsh", "Priya Nair", "Gareth Pugh", "Moira Flint", "Callum Reid", "Joan Whitlock"),
        jobs=("Office Manager | Brightwater Ltd", "Tel. +44 20 7946 0{}", "12 Orchard Lane, Leeds LS1 4AP", "www.brightwater.example", "Sent from my iPhone", "This email and any attachments are confidential and intended solely for the addressee.", "Please consider the environment before printing this email."),
        quoted=("On Mon, 5 Jan 2026 at 10:12, Velmo Support <help@velmo.example> wrote:", "-----Original Message-----\nFrom: Velmo Support <help@velmo.example>\nSent: Monday, January 5, 2026 10:12 AM\nTo: me\nSubject: RE: Your request"),
        old=("Hello,\n\nyour parcel has left our warehouse. Can you tell us whether it arrived?\nWe never ask for your password.\n\nBest regards\nVelmo Support", "Dear customer,\n\nthank you for your payment. How satisfied are you with us?\nThe invoice is attached.\n\nVelmo Support"),
        replies=("thank you for your message. I have looked into it and sent you the details.", "thanks for getting in touch. This is done now, please have a look.", "I have taken care of it. Is there anything else we can do for you?"),
    ),
    "de": Phrases(
        subjects=("Frage", "Anfrage", "Hilfe", "DRINGEND", "Bestellung {}", "AW: Ihre Bestellung {}", "Problem", "Kundennummer {}", "WG: mein Konto", "Bitte um Rückmeldung"),
        greetings=("Hallo,", "Guten Tag,", "Sehr geehrte Damen und Herren,", "Liebes Velmo-Team,", "Guten Morgen,", "Hi,", "Moin,", "Hallo zusammen,"),
        openings=("Ich hoffe, es geht Ihnen gut.", "Ich habe eine Frage.", "Können Sie mir helfen?", "Ich bin seit sechs Jahren Kunde bei Ihnen.", "Telefonisch habe ich leider niemanden erreicht.", "Ich schreibe Ihnen schon zum zweiten Mal.", "Auf Ihrer Seite habe ich dazu nichts gefunden.", "Könnten Sie mir bitte weiterhelfen?"),
        facts=("Meine Bestellnummer ist {}.", "Kundennummer: {}", "Rechnung {}", "Hier der Link: {}", "Mein Konto: {}"),
        chatter=("Am Freitag fahre ich in den Urlaub, es eilt also.", "Mein Mann war mit Ihrer Hilfe letztes Mal sehr zufrieden.", "Ich warte schon seit zwei Tagen.", "Bitte geben Sie mir Bescheid.", "Sie können mich auch nach 17 Uhr anrufen.", "Ich freue mich auf Ihre Antwort.", "Sonst läuft alles gut.", "Entschuldigen Sie die Störung."),
        thanks=("Danke!", "Vielen Dank im Voraus.", "Herzlichen Dank für Ihre Hilfe.", "Danke schön!", "Besten Dank"),
        closings=("Mit freundlichen Grüßen", "Viele Grüße", "Liebe Grüße,", "MfG", "Beste Grüße", "Freundliche Grüße", "LG"),
        names=("Heike Brandt", "Jonas Keller", "Ulrike Sommer", "Mehmet Aksoy", "Bernd Vogel", "Svenja Petersen"),
        jobs=("Einkauf | Brandt GmbH", "Tel. 030 2312 5{}", "Lindenweg 4, 04277 Leipzig", "www.brandt.example", "Von meinem iPhone gesendet", "Diese E-Mail ist vertraulich und nur für den Empfänger bestimmt."),
        quoted=("Am 05.01.2026 um 10:12 schrieb Velmo Support <help@velmo.example>:", "-----Ursprüngliche Nachricht-----\nVon: Velmo Support <help@velmo.example>\nGesendet: Montag, 5. Januar 2026 10:12\nAn: mich\nBetreff: AW: Ihre Anfrage"),
        old=("Guten Tag,\n\nIhr Paket hat unser Lager verlassen. Ist es schon angekommen?\nWir fragen nie nach Ihrem Passwort.\n\nMit freundlichen Grüßen\nVelmo Support", "Lieber Kunde,\n\nvielen Dank für Ihre Zahlung. Wie zufrieden sind Sie mit uns?\nDie Rechnung liegt bei.\n\nVelmo Support"),
        replies=("vielen Dank für Ihre Nachricht. Ich habe es geprüft und Ihnen alles geschickt.", "danke für Ihre Anfrage. Das ist jetzt erledigt, bitte sehen Sie nach.", "ich habe mich darum gekümmert. Können wir sonst noch etwas für Sie tun?"),
        accents=("äöüß", "aous"),
    ),
    "et": Phrases(
        subjects=("Küsimus", "Abi", "KIIRE!", "Tellimus {}", "Re: Teie tellimus {}", "tere", "Probleem", "Päring {}", "Palun abi", "Fwd: minu konto"),
        greetings=("Tere,", "Tere!", "Tere päevast!", "Lugupeetud klienditugi,", "Tere hommikust,", "Hei,", "Tervist!", "Tere, Velmo tiim!"),
        openings=("Loodan, et teil läheb hästi.", "Mul on üks küsimus.", "Kas saaksite mind aidata?", "Olen teie klient juba kuus aastat.", "Proovisin helistada, aga keegi ei vastanud.", "Kirjutan teile juba teist korda.", "Kodulehelt ma vastust ei leidnud.", "Palun aidake mind järgmise asjaga."),
        facts=("Minu tellimuse number on {}.", "Kliendinumber: {}", "Viitenumber {}", "Siin on link: {}", "Minu konto on {}.", "Arve number {}"),
        chatter=("Reedel sõidan puhkusele, seega mida kiiremini, seda parem.", "Abikaasa ütles, et aitasite teda eelmine kord väga hästi.", "Olen juba kaks päeva oodanud.", "Palun andke teada.", "Mulle võib helistada ka pärast kella viit.", "Jään vastust ootama.", "Muu on kõik korras.", "Vabandan tülitamise pärast."),
        thanks=("Aitäh!", "Ette tänades", "Suur tänu abi eest.", "Tänan väga!", "Aitäh juba ette."),
        closings=("Lugupidamisega", "Parimate soovidega", "Heade soovidega,", "Tervitades", "Kõike head", "LP"),
        names=("Mari Kask", "Toomas Rebane", "Liis Saar", "Andres Mägi", "Kadri Lepik", "Jaan Põld"),
        jobs=("Ostujuht | Põld OÜ", "Tel +372 5555 {}", "Pikk tn 4, Tallinn", "www.pold.example", "Saadetud minu iPhone'ist", "See kiri on konfidentsiaalne ja mõeldud ainult adressaadile."),
        quoted=("Kuupäev E, 5. jaanuar 2026 kell 10:12 kirjutas Velmo klienditugi <abi@velmo.example>:", "-----Algne sõnum-----\nSaatja: Velmo klienditugi <abi@velmo.example>\nSaadetud: esmaspäev, 5. jaanuar 2026 10:12\nAdressaat: mina\nTeema: RE: Teie päring"),
        old=("Tere!\n\nTeie pakk on laost välja läinud. Kas see jõudis juba kohale?\nMe ei küsi kunagi teie parooli.\n\nLugupidamisega\nVelmo klienditugi", "Hea klient!\n\nTäname makse eest. Kui rahul te meiega olete?\nArve on lisatud.\n\nVelmo klienditugi"),
        replies=("täname kirja eest. Vaatasin asja üle ja saatsin teile info.", "aitäh, et kirjutasite. See on nüüd tehtud, palun vaadake järele.", "tegin selle korda. Kas saame veel millegagi aidata?"),
        accents=("äöüõšž", "aouosz"),
    ),
    "tr": Phrases(
        subjects=("Soru", "Yardım", "ACİL", "Sipariş {}", "Ynt: Siparişiniz {}", "merhaba", "Sorun", "Talep {}", "Yardım lütfen", "Fwd: hesabım"),
        greetings=("Merhaba,", "Merhabalar,", "İyi günler,", "Sayın yetkili,", "Selam,", "Günaydın,", "Merhaba Velmo ekibi,", "Kolay gelsin,"),
        openings=("Umarım iyisinizdir.", "Bir sorum var.", "Bana yardımcı olabilir misiniz?", "Altı yıldır müşterinizim.", "Telefonla aradım ama kimse açmadı.", "Size ikinci kez yazıyorum.", "Sitenizde cevabını bulamadım.", "Bir konuda yardımınızı rica ediyorum."),
        facts=("Sipariş numaram {}.", "Müşteri no: {}", "Referans {}", "Bağlantı burada: {}", "Hesabım {}.", "Fatura numarası {}"),
        chatter=("Cuma günü tatile çıkıyorum, ne kadar erken olursa o kadar iyi.", "Eşim geçen sefer çok yardımcı olduğunuzu söyledi.", "İki gündür bekliyorum.", "Lütfen bilgi verin.", "Beni saat beşten sonra da arayabilirsiniz.", "Cevabınızı bekliyorum.", "Onun dışında her şey yolunda.", "Rahatsız ettiğim için özür dilerim."),
        thanks=("Teşekkürler!", "Şimdiden teşekkür ederim.", "Yardımınız için çok teşekkürler.", "Sağ olun.", "Çok teşekkür ederim!"),
        closings=("Saygılarımla", "İyi çalışmalar", "Saygılarımla,", "İyi günler dilerim", "Sevgiler", "Kolay gelsin"),
        names=("Ayşe Demirtaş", "Kerem Yalçın", "Zeynep Koçak", "Burak Şentürk", "Elif Aydoğan", "Hakan Çetin"),
        jobs=("Satın Alma | Çetin Ltd. Şti.", "Tel: 0212 555 1{}", "Bahçe Sok. No: 4, Kadıköy / İstanbul", "www.cetin.example", "iPhone'umdan gönderildi", "Bu e-posta gizlidir ve yalnızca alıcısı içindir."),
        quoted=("Velmo Destek <destek@velmo.example>, 5 Oca 2026 Pzt, 10:12 tarihinde şunu yazdı:", "-----Özgün İleti-----\nKimden: Velmo Destek <destek@velmo.example>\nGönderildi: 5 Ocak 2026 Pazartesi 10:12\nKime: ben\nKonu: YNT: Talebiniz"),
        old=("Merhaba,\n\nkoliniz depomuzdan çıktı. Elinize ulaştı mı?\nŞifrenizi asla sormayız.\n\nSaygılarımızla\nVelmo Destek", "Değerli müşterimiz,\n\nödemeniz için teşekkürler. Bizden ne kadar memnunsunuz?\nFatura ektedir.\n\nVelmo Destek"),
        replies=("mesajınız için teşekkürler. Konuyu inceledim ve bilgileri size gönderdim.", "bize yazdığınız için teşekkürler. İşleminiz tamamlandı, lütfen kontrol edin.", "gereğini yaptım. Başka bir konuda yardımcı olabilir miyiz?"),
        accents=("çğıöşü", "cgiosu"),
    ),
}  # fmt: skip

FOREIGN = {
    "en": "Sorry for my English, my mother tongue is another one.",
    "de": "Bitte antworten Sie mir auf Deutsch, wenn es geht.",
    "et": "Palun vastake eesti keeles, kui võimalik.",
    "tr": "Mümkünse bana Türkçe cevap verin lütfen.",
}
"""A line in another language than the question's."""
