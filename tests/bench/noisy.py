"""Questions as customers type them, made up from a fixed seed, as many as wanted.

Seven of ten belong to one of ``TOPICS`` topics whose sizes follow Zipf's law down to 0.005 % of
all; three of ten were asked once. A topic is a thing and what is wrong with it, said in other words
each time: templates, synonyms, politeness, stories around it, order numbers, typing errors, three
languages. Its answer is put together from the sentences of its macro, with names and numbers in
the slots, shortened and reordered by each agent; one ticket in six got an answer that says nothing.
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from kbtool.mining.questions.question import Question

ONCE = 0.3
LEAST = 0.000_05
"""Share of all questions of the smallest topic."""
LANGS = ("en", "de", "tr")
SHARES = (0.6, 0.25, 0.15)
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
MONTHS = 22
RARE = 8_000
"""Words from which what is asked once is made, by Zipf's law."""

THINGS = {
    "en": "order|parcel|invoice|subscription|password|account|refund|voucher|gift card|delivery address|phone number|credit card|bank account|newsletter|bicycle|helmet|battery|charger|seat cover|front light|rear wheel|brake pad|chain guard|basket|child seat|lock|key|app|display|software update|warranty|insurance|test ride|repair appointment|workshop|pump|tyre|pedal|motor|saddle|handlebar|bell|mudguard|rack|bag|trailer|rental|damage report|theft report|receipt|tax number|company account|instalment|discount code|student discount|loyalty points|waiting list|pickup point|courier|customs form|return label|replacement part|spare key|user manual|ride history|speed limit|alarm|tracker|sim card|bluetooth pairing",
    "de": "Bestellung|Paket|Rechnung|Abo|Passwort|Konto|Erstattung|Gutschein|Geschenkkarte|Lieferadresse|Telefonnummer|Kreditkarte|Bankkonto|Newsletter|Fahrrad|Helm|Akku|Ladegerät|Sitzbezug|Frontlicht|Hinterrad|Bremsbelag|Kettenschutz|Korb|Kindersitz|Schloss|Schlüssel|App|Display|Softwareupdate|Garantie|Versicherung|Probefahrt|Reparaturtermin|Werkstatt|Pumpe|Reifen|Pedal|Motor|Sattel|Lenker|Klingel|Schutzblech|Gepäckträger|Tasche|Anhänger|Miete|Schadensmeldung|Diebstahlmeldung|Quittung|Steuernummer|Firmenkonto|Ratenzahlung|Rabattcode|Studentenrabatt|Treuepunkte|Warteliste|Abholstation|Kurier|Zollformular|Rücksendeetikett|Ersatzteil|Ersatzschlüssel|Handbuch|Fahrtenverlauf|Tempolimit|Alarm|Ortung|SIM-Karte|Bluetooth-Kopplung",
    "tr": "siparişim|paketim|faturam|aboneliğim|şifrem|hesabım|iadem|kuponum|hediye kartım|teslimat adresim|telefon numaram|kredi kartım|banka hesabım|bültenim|bisikletim|kaskım|bataryam|şarj cihazım|sele kılıfım|ön ışığım|arka tekerleğim|fren balatam|zincir korumam|sepetim|çocuk koltuğum|kilidim|anahtarım|uygulamam|ekranım|yazılım güncellemem|garantim|sigortam|test sürüşüm|tamir randevum|servisim|pompam|lastiğim|pedalım|motorum|selem|gidonum|zilim|çamurluğum|bagajım|çantam|römorkum|kiralamam|hasar bildirimim|hırsızlık bildirimim|fişim|vergi numaram|şirket hesabım|taksitim|indirim kodum|öğrenci indirimim|sadakat puanlarım|bekleme listem|teslim noktam|kuryem|gümrük formum|iade etiketim|yedek parçam|yedek anahtarım|kullanım kılavuzum|sürüş geçmişim|hız sınırım|alarmım|takip cihazım|sim kartım|bluetooth eşleştirmem",
}
TROUBLES = {
    "en": "how do I cancel my {t}?;I want to cancel the {t};please stop my {t}, I no longer need it|how can I change my {t}?;is it possible to modify the {t}?;I need to update my {t}|where is my {t}?;my {t} still has not arrived;no sign of my {t} so far|my {t} is broken;the {t} arrived damaged;there is a crack in my {t}|I was charged twice for the {t};double payment for my {t};you took the money for the {t} two times|how long does the {t} take?;when will I get my {t}?;how many days until my {t} is ready?|the {t} does not work;my {t} stopped working;nothing happens when I use the {t}|how much does the {t} cost?;what is the price of a {t}?;is there a fee for the {t}?|I lost my {t};my {t} is gone, what now?;I cannot find the {t} any more|can I transfer my {t} to someone else?;I would like to give my {t} to a friend;put the {t} in another name|the wrong {t} came;I received a different {t};this is not the {t} I chose|how do I activate my {t}?;my {t} cannot be activated;first steps to switch on the {t}|how do I return the {t}?;I want to send back my {t};return of a {t}|do you have a {t} in another size?;is the {t} available in larger?;which size of {t} fits me?|can I get a copy of my {t}?;please resend the {t};I deleted the mail with my {t}|my {t} was rejected;why is the {t} declined?;you refused my {t}|the {t} expired;how do I extend my {t}?;renew my {t} please|which {t} do you recommend?;I am unsure which {t} to take;help me choose a {t}|I did not ask for this {t};who booked a {t} in my name?;unknown {t} in my profile|the {t} makes a noise;strange sound from my {t};my {t} rattles all the time|can I use the {t} abroad?;does my {t} work in another country?;taking the {t} on holiday|how do I clean my {t}?;care for the {t};my {t} is dirty, what may I use?|I get an error when I open the {t};error message on my {t};the {t} page shows a failure|how do I delete my {t}?;remove the {t} for good;erase my {t} under data protection|I need the {t} for my tax office;proof of my {t} for the authorities;an official paper about the {t}|my {t} is locked;I am locked out of the {t};unblock my {t}|can I pay the {t} later?;spread the cost of my {t};postpone the payment of the {t}|is my {t} covered if it rains?;water got into the {t};is the {t} waterproof?",
    "de": "wie storniere ich {t}?;ich möchte {t} stornieren;bitte {t} beenden, brauche ich nicht mehr|wie kann ich {t} ändern?;kann man {t} anpassen?;ich muss {t} aktualisieren|wo ist {t}?;{t} immer noch nicht angekommen;keine Spur von {t}|{t} ist kaputt;{t} kam beschädigt an;da ist ein Riss, {t}|{t} doppelt abgebucht;zweimal bezahlt: {t};Sie haben das Geld für {t} zweimal genommen|wie lange dauert {t}?;wann bekomme ich {t}?;wie viele Tage bis {t} fertig ist?|{t} funktioniert nicht;{t} geht nicht mehr;es passiert nichts bei {t}|was kostet {t}?;wie hoch ist der Preis für {t}?;gibt es eine Gebühr für {t}?|ich habe {t} verloren;{t} ist weg, was nun?;ich finde {t} nicht mehr|kann ich {t} übertragen?;ich möchte {t} einem Freund geben;{t} auf anderen Namen umschreiben|falsche Lieferung: {t};ich habe etwas anderes statt {t} erhalten;das ist nicht das gewählte {t}|wie aktiviere ich {t}?;{t} lässt sich nicht freischalten;erste Schritte mit {t}|wie schicke ich {t} zurück?;Rücksendung von {t};ich will {t} retournieren|gibt es {t} in anderer Größe?;ist {t} größer lieferbar?;welche Größe bei {t} passt mir?|kann ich eine Kopie bekommen, {t}?;bitte {t} erneut senden;ich habe die Mail mit {t} gelöscht|{t} wurde abgelehnt;warum wird {t} verweigert?;Sie haben {t} zurückgewiesen|{t} ist abgelaufen;wie verlängere ich {t}?;bitte {t} erneuern|welches {t} empfehlen Sie?;unsicher, welches {t};Hilfe bei der Auswahl von {t}|{t} habe ich nicht bestellt;wer hat {t} in meinem Namen gebucht?;unbekanntes {t} im Profil|{t} macht Geräusche;seltsamer Ton von {t};{t} klappert ständig|kann ich {t} im Ausland nutzen?;geht {t} in einem anderen Land?;{t} in den Urlaub mitnehmen|wie reinige ich {t}?;Pflege von {t};{t} ist schmutzig, was darf ich verwenden?|Fehler beim Öffnen von {t};Fehlermeldung bei {t};die Seite {t} zeigt eine Störung|wie lösche ich {t}?;{t} endgültig entfernen;{t} nach Datenschutz löschen|ich brauche {t} fürs Finanzamt;Nachweis über {t} für die Behörde;eine Bescheinigung zu {t}|{t} ist gesperrt;ich bin ausgesperrt, {t};bitte {t} entsperren|kann ich {t} später bezahlen?;Kosten für {t} aufteilen;Zahlung von {t} aufschieben|ist {t} bei Regen versichert?;Wasser ist in {t} gelaufen;ist {t} wasserdicht?",
    "tr": "{t} nasıl iptal edilir?;{t} iptal etmek istiyorum;lütfen {t} durdurun, artık gerek yok|{t} nasıl değiştirebilirim?;{t} düzenlemek mümkün mü?;{t} güncellemem lazım|{t} nerede?;{t} hâlâ gelmedi;{t} ortada yok|{t} kırıldı;{t} hasarlı geldi;{t} üzerinde çatlak var|{t} için iki kez ödeme alındı;çift çekim oldu {t};{t} parasını iki defa aldınız|{t} ne kadar sürer?;{t} ne zaman gelir?;{t} kaç günde hazır olur?|{t} çalışmıyor;{t} bozuldu;{t} kullanınca hiçbir şey olmuyor|{t} ne kadar?;{t} fiyatı nedir?;{t} için ücret var mı?|{t} kaybettim;{t} kayboldu, ne yapmalıyım?;{t} bulamıyorum|{t} başkasına devredebilir miyim?;{t} arkadaşıma vermek istiyorum;{t} başka isme geçsin|yanlış ürün geldi, {t};farklı bir {t} aldım;seçtiğim {t} bu değil|{t} nasıl etkinleştirilir?;{t} aktif olmuyor;{t} açmak için ilk adımlar|{t} nasıl iade ederim?;{t} geri göndermek istiyorum;{t} iadesi|{t} başka bedende var mı?;{t} daha büyüğü var mı?;{t} hangi beden bana uyar?|{t} kopyasını alabilir miyim?;lütfen {t} tekrar gönderin;{t} olan maili sildim|{t} reddedildi;{t} neden kabul edilmiyor?;{t} geri çevrildi|{t} süresi doldu;{t} nasıl uzatılır?;{t} yenileyin lütfen|hangi {t} önerirsiniz?;{t} seçiminde kararsızım;{t} seçmeme yardım edin|bu {t} bana ait değil;benim adıma {t} kim açtı?;profilimde bilinmeyen {t}|{t} ses yapıyor;{t} garip ses çıkarıyor;{t} sürekli takırdıyor|{t} yurt dışında kullanılır mı?;{t} başka ülkede çalışır mı?;{t} tatile götürmek|{t} nasıl temizlenir?;{t} bakımı;{t} kirlendi, ne kullanayım?|{t} açınca hata alıyorum;{t} hata mesajı;{t} sayfası arıza veriyor|{t} nasıl silinir?;{t} tamamen kaldırın;{t} verilerimi silin|vergi dairesi için {t} lazım;{t} belgesi gerekiyor;{t} hakkında resmî yazı|{t} kilitlendi;{t} engellendi;{t} engelini açın|{t} sonra ödeyebilir miyim?;{t} masrafını bölmek;{t} ödemesini ertelemek|{t} yağmurda güvende mi?;{t} içine su girdi;{t} su geçirir mi?",
}
POLITE = {
    "en": ("", "", "", "Hello, ", "Hi there, ", "Good morning, ", "Dear team, "),
    "de": ("", "", "", "Hallo, ", "Guten Tag, ", "Liebes Team, "),
    "tr": ("", "", "", "Merhaba, ", "İyi günler, ", "Selam, "),
}
STORIES = {
    "en": "I bought it last week|my neighbour told me to write to you|this is the third time I write|I am leaving on Friday|it worked fine until yesterday|my order number is {n}|I tried it on two phones|nobody answered on the phone|sorry for my English|I have been a customer since 2019|my wife uses it too|it was a birthday present|please answer quickly|I am quite disappointed|see my earlier mail {n}",
    "de": "ich habe es letzte Woche gekauft|mein Nachbar riet mir zu schreiben|ich schreibe zum dritten Mal|ich fahre am Freitag weg|bis gestern ging alles|meine Bestellnummer ist {n}|ich habe es auf zwei Telefonen versucht|am Telefon hat niemand geantwortet|ich bin seit 2019 Kunde|es war ein Geburtstagsgeschenk|bitte antworten Sie schnell|ich bin recht enttäuscht|siehe meine frühere Mail {n}",
    "tr": "geçen hafta aldım|komşum size yazmamı söyledi|üçüncü kez yazıyorum|cuma günü yola çıkıyorum|düne kadar iyiydi|sipariş numaram {n}|iki telefonda denedim|telefonda kimse cevap vermedi|2019'dan beri müşterinizim|doğum günü hediyesiydi|lütfen hızlı cevap verin|epey üzgünüm|önceki mailime bakın {n}",
}
EMPTY = {
    "en": "Thank you for your message, this is settled now.|We have passed this on and will call you.|Done. Have a nice day.|I have looked into it and changed it for you.|Thanks for waiting, all is well again.|We talked on the phone, so I close this.",
    "de": "Danke für Ihre Nachricht, das ist nun erledigt.|Wir haben es weitergegeben und rufen Sie an.|Erledigt. Schönen Tag noch.|Ich habe nachgesehen und es für Sie geändert.|Danke für die Geduld, alles ist wieder gut.|Wir haben telefoniert, ich schließe das.",
    "tr": "Mesajınız için teşekkürler, sorun çözüldü.|İlettik, sizi arayacağız.|Tamamlandı. İyi günler.|Baktım ve sizin için değiştirdim.|Beklediğiniz için teşekkürler, her şey yolunda.|Telefonda konuştuk, kapatıyorum.",
}
SMALL = {
    "en": "the a to and of in it is that for with on my you not at this but from have was be or we as if so they there when what",
    "de": "der die das und in zu den nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch als an nach wie im für",
    "tr": "ve bir bu da de için çok ben o ile ama gibi daha ne var mı kadar sonra şey her olan en ki hem diye ya veya değil bana",
}
STEPS = {
    "en": "open|press|choose|enter|check|confirm|send us|wait for|download|print|turn off|restart|attach|call|visit",
    "de": "öffnen Sie|drücken Sie|wählen Sie|geben Sie ein|prüfen Sie|bestätigen Sie|senden Sie uns|warten Sie auf|laden Sie|drucken Sie|schalten Sie aus|starten Sie|fügen Sie bei|rufen Sie an|besuchen Sie",
    "tr": "açın|basın|seçin|girin|kontrol edin|onaylayın|bize gönderin|bekleyin|indirin|yazdırın|kapatın|yeniden başlatın|ekleyin|arayın|ziyaret edin",
}
SYLLABLES = "ka to mi re su pa li vo ne du ba ro fi na se ko ta lu mo vi ga ri po le".split()


@dataclass(frozen=True, slots=True)
class Topic:
    """What is asked again and again."""

    thing: int
    trouble: int
    macro: dict[str, tuple[str, ...]]
    """Sentences of its answer, by language."""


class Generator:
    """Questions number 0, 1, 2 …: the same number gives the same question."""

    def __init__(self, count: int, seed: int = 4) -> None:
        """``count`` says how many there will be; the topics are the same whatever it is."""
        rng = random.Random(seed)
        self._things = {lang: THINGS[lang].split("|") for lang in LANGS}
        self._troubles = {
            lang: [kind.split(";") for kind in TROUBLES[lang].split("|")] for lang in LANGS
        }
        self._stories = {lang: STORIES[lang].split("|") for lang in LANGS}
        self._empty = {lang: EMPTY[lang].split("|") for lang in LANGS}
        self._small = {lang: SMALL[lang].split() for lang in LANGS}
        self._rare = [invented(rng) for _ in range(RARE)]
        self._often = list(accumulate(1 / (n + 20) for n in range(RARE)))
        self._steps = {lang: STEPS[lang].split("|") for lang in LANGS}
        pairs = [(a, b) for a in range(70) for b in range(28)]
        rng.shuffle(pairs)
        self.topics = [Topic(a, b, self._macro(rng, a)) for a, b in pairs]
        weights = [1.0 / rank for rank in range(1, len(pairs) + 1)]
        scale = (1 - ONCE) / sum(weights)
        self.shares = [max(w * scale, LEAST) for w in weights]
        self._cumulative = list(accumulate(self.shares))
        self._count, self._seed = count, seed

    def questions(self) -> Iterator[tuple[Question, int]]:
        """(question, number of its topic or −1)."""
        for number in range(self._count):
            yield self.question(number)

    def question(self, number: int) -> tuple[Question, int]:
        """One question and the number of its topic, −1 for none."""
        rng, lang, topic = self._begin(number)
        asked = self._asked(rng, lang, topic)
        said = [asked]
        for _ in range(rng.choices((0, 1, 2), (5, 3, 2))[0]):
            said.insert(rng.randint(0, len(said)), rng.choice(self._stories[lang]) + ".")
        text = typed(
            rng, " ".join(said).replace("{n}", f"{rng.choice('AVX')}{rng.randint(10**5, 10**6)}")
        )
        subject = self._asked(rng, lang, topic).rstrip("?.")
        title = typed(rng, rng.choice((subject, " ".join(subject.split()[:6]), "")))
        whole = f"{title}\n{rng.choice(POLITE[lang])}{text}".strip()
        at = FIRST + timedelta(minutes=rng.randrange(MONTHS * 30 * 1440))
        return (
            Question(
                ticket=f"bench:{number}", text=whole, wordings=tuple(whole.splitlines()[-1:]),
                lang=lang, at=at, requester=f"{rng.randrange(self._count):024x}",
                reply=self._answered(rng, lang, topic),
            ),
            topic,
        )  # fmt: skip

    def topic_of(self, number: int) -> int:
        """The number of the topic of a question, −1 for none."""
        return self._begin(number)[2]

    def _begin(self, number: int) -> tuple[random.Random, str, int]:
        rng = random.Random(self._seed * 1_000_003 + number)
        lang = rng.choices(LANGS, SHARES)[0]
        place = bisect_right(self._cumulative, rng.random() * self._cumulative[-1] / (1 - ONCE))
        return rng, lang, place if place < len(self.topics) else -1

    def _asked(self, rng: random.Random, lang: str, topic: int) -> str:
        if topic >= 0:
            found = self.topics[topic]
            kind, thing = found.trouble, found.thing
            return rng.choice(self._troubles[lang][kind]).format(t=self._things[lang][thing])
        return self._rambling(rng, lang)

    def _rambling(self, rng: random.Random, lang: str) -> str:
        """A sentence about something nobody else asks, in which a known thing may be named."""
        words = rng.choices(self._rare, cum_weights=self._often, k=rng.randint(4, 9))
        words += rng.choices(self._small[lang], k=rng.randint(4, 9))
        words += rng.choices(self._things[lang], k=rng.choice((0, 0, 1)))
        rng.shuffle(words)
        return " ".join(words) + rng.choice("?..")

    def _answered(self, rng: random.Random, lang: str, topic: int) -> str:
        if topic < 0:
            told = [self._rambling(rng, lang) for _ in range(rng.randint(1, 4))]
        elif rng.random() < 1 / 6:
            told = [rng.choice(self._empty[lang])]
        else:
            told = [s for s in self.topics[topic].macro[lang] if rng.random() < 0.8]
            if rng.random() < 0.2:
                told.append(self._sentence(rng, lang))
            if rng.random() < 0.3:
                rng.shuffle(told)
        slots = {"n": str(rng.randint(2, 30)), "w": rng.choice(("Eva", "Jonas", "Mehmet", "Mari"))}
        return "\n".join(told or [rng.choice(self._empty[lang])]).format(**slots)

    def _macro(self, rng: random.Random, thing: int) -> dict[str, tuple[str, ...]]:
        """Three to five steps: the same places and names in every language."""
        names = [invented(rng) for _ in range(rng.randint(3, 5))]
        return {
            lang: tuple(
                self._sentence(rng, lang, name, self._things[lang][thing]) for name in names
            )
            for lang in LANGS
        }

    def _sentence(self, rng: random.Random, lang: str, name: str = "", thing: str = "") -> str:
        step = rng.choice(self._steps[lang])
        thing = thing or rng.choice(self._things[lang])
        other = rng.choice(self._things[lang])
        ending = rng.choice(("", "", " {n}", " ({w})"))
        return f"{step.capitalize()} {name or invented(rng)} {rng.choice((thing, other))}{ending}."


def invented(rng: random.Random) -> str:
    """A word of three or four syllables: menu names, place names, product names."""
    return "".join(rng.choices(SYLLABLES, k=rng.choice((3, 3, 4))))


def typed(rng: random.Random, text: str) -> str:
    """With a typing error in one of 30 words."""
    words = text.split(" ")
    for i, word in enumerate(words):
        if len(word) > 3 and rng.random() < 1 / 30:
            at = rng.randrange(len(word) - 1)
            swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
            words[i] = rng.choice((swapped, word[:at] + word[at + 1 :]))
    return " ".join(words)
