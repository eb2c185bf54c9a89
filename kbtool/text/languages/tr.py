"""Turkish."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="tr",
    name="Türkçe",
    letters="çğıöşüâîû",
    drop_after_apostrophe=True,
    stop_words=frozenset(
        "ve veya ya da de ki bu şu o bir için ile gibi daha çok en ben sen biz siz onlar benim "
        "senin bizim sizin onun mı mi mu mü ne nasıl neden niye nerede hangi kim kadar ama fakat "
        "ancak ise her hiç şey olan olarak var lütfen merhaba selam ayrıca artık bana beni size "
        "sizi sonra önce diye".split()
    ),
    question_words=(
        "nasıl", "neden", "niye", "niçin", "nerede", "nereden", "nereye", "ne zaman", "ne kadar",
        "hangi", "kim", "kaç", "mı", "mi", "mu", "mü", "mısınız", "misiniz", "musunuz", "müsünüz",
        "mıyım", "miyim", "muyum", "müyüm",
    ),
    problem_words=(
        "çalışmıyor", "olmuyor", "gelmiyor", "gelmedi", "açılmıyor", "açamıyorum", "yapamıyorum",
        "edemiyorum", "giremiyorum", "göremiyorum", "bulamıyorum", "alamıyorum", "hata", "sorun",
        "problem", "sıkıntı", "istiyorum", "lazım", "gerekiyor", "yok", "değil", "kayboldu", "bozuk",
        "reddedildi", "başarısız", "calismiyor", "acilmiyor", "yapamiyorum", "giremiyorum",
    ),
    greetings=("merhaba", "merhabalar", "kolay gelsin", "iyi çalışmalar", "iyi geceler", "slm", "mrb", "mrhb", "selam", "selamlar", "iyi günler", "iyi akşamlar", "günaydın", "sayın", "sevgili", "iyi gunler", "iyi aksamlar", "gunaydin", "sayin"),
    closings=(
        "saygılarımla", "saygılarımızla", "saygılar", "sevgiler", "iyi çalışmalar", "iyi günler", "teşekkürler",
        "teşekkür ederim", "teşekkür ederiz", "iyi günler dilerim", "iyi günler dileriz", "kolay gelsin",
        "saygilarimla", "tesekkurler", "tesekkur ederim", "iyi calismalar", "iyi akşamlar", "hoşça kalın",
    ),
    thanks=("teşekkür", "tesekkur", "sağ olun", "sağolun", "çözüldü", "oldu, ", "süper"),
    courtesies=(
        "üzgünüz", "özür dileriz", "özür dilerim", "kusura bakmayın", "teşekkür ederiz", "teşekkür ederim",
        "yardımcı olmaktan", "memnuniyet", "bize yazabilirsiniz", "bize yazın", "haber verin", "iyi günler",
        "iyi sürüşler", "anlıyorum", "anlıyoruz", "kontrol ettim", "başka bir sorunuz", "geçmiş olsun",
        "rica ederiz", "rica ederim", "umarım",
    ),
    negations=("değil", "değildir", "yok", "yoktur", "hayır", "asla", "olmaz", "hiçbir", "-maz", "-mez", "-mazlar", "-mezler", "-mazsınız", "-mezsiniz", "-mıyor", "-miyor", "-muyor", "-müyor", "-mıyoruz", "-miyoruz", "-muyoruz", "-müyoruz", "-mayın", "-meyin", "-mayınız", "-meyiniz", "-mamaktadır", "-memektedir"),
    conditions=("eğer", "halinde", "takdirde", "durumunda", "ise", "olursa", "olmazsa", "gelmezse", "değilse", "yoksa", "-mezse", "-mazsa", "-ıyorsa", "-iyorsa", "-uyorsa", "-üyorsa", "-ıysa", "-iysa", "-iyse", "-ediyse", "-adıysa", "-arsa", "-erse", "-ırsa", "-irse", "-muşsa", "-müşse", "-mışsa", "-mişse"),
    imperatives=(
        "açın", "açınız", "gidin", "girin", "tıklayın", "dokunun", "seçin", "basın", "basılı", "bekleyin",
        "güncelleyin", "yükleyin", "kontrol edin", "deneyin", "getirin", "ekleyin", "kaldırın", "çekin",
        "durun", "yazın", "gönderin", "kullanın", "silin", "onaylayın", "yenileyin", "kapatın",
    ),
    auto_replies=(
        "otomatik yanıt", "otomatik cevap", "ofis dışında", "izindeyim, dönüşte", "yıllık izinde olacağım", "iletilemedi",
    ),
    answers=("evet", "hayır", "tamam", "tabii", "elbette", "haklısınız"),
    link_words=("makale", "makalemiz", "yazı", "yazımız", "bağlantı", "link", "rehber", "kılavuz", "yardım merkezi", "sayfa", "aşağıdaki", "buradan"),
    first_person=("ben", "bana", "benim", "-yorum", "-dım", "-dim", "-dum", "-düm", "-tım", "-tim", "-tüm", "-tum", "-acağım", "-eceğim"),
    pointers=("bu", "bunu", "buna", "bunun", "o", "onu", "ve", "ama", "ayrıca", "sonra", "yine"),
    numerals=("iki", "üç", "dört", "beş", "altı", "yedi", "sekiz", "dokuz", "on"),
    note="Not",
    see_also="Ayrıca bakın",
    link_phrase="Yardım merkezimizdeki bu makale sorunuzu yanıtlıyor:",
    vague_links=(
        "burada", "buraya", "buradan", "burası", "tıklayın", "buraya tıklayın", "tıkla",
        "buraya tıkla", "bu bağlantı", "bu link", "bağlantı", "link", "bu sayfa", "bu makale",
        "devamı", "devamını oku", "daha fazla", "daha fazla bilgi",
    ),
    times=(("saniye*", "sn"), ("dakika*", "dk"), ("saat", "saati", "saatte", "saatten", "saatlik", "sa"), ("gün*", "işgünü*", "gun", "gunu", "gunde"), ("hafta*",), ("ay", "ayı", "ayda", "aylık"), ("yıl*", "sene*")),
    honorifics=("bey", "beyi", "hanım", "hanim", "bay", "bayan", "sayın", "sn", "abi", "abla"),
    open_path="{} yolunu izleyin",
    placeholders=(("order", "sipariş numarası"), ("number", "numara"), ("phone", "telefon numarası"), ("email", "e-posta adresi"), ("iban", "IBAN"), ("card", "kart numarası"), ("id", "kimlik numarası")),
    case_words=("sizin durumunuzda", "sizinki", "bu seferlik", "bu sefer", "bugün", "yarın", "dün", "bu hafta", "geçen hafta", "yazmışsınız", "belirttiğiniz", "dediğiniz", ),
    joins=("ama", "fakat", "ancak", "bu yüzden", "yani", "o yüzden", "dolayısıyla", ),
    please=("lütfen",),
    reason_words=("neden", "niye", "niçin"),
    calendar=("pazartesi*", "çarşamba*", "perşembe*", "cuma*", "cumartesi*", "şubat*", "nisan*", "haziran*", "temmuz*", "ağustos*", "eylül*", "kasım*"),
    rude=("lan", "ulan", "amk", "lanet", "kahretsin"),
    asks_last=True,
    absences=("olmadan", ),
    irregular=(
        # a last consonant softens before a vowel
        "renk- reng-", "cep- ceb-", "dip- dib-", "kalp- kalb-", "harp- harb-", "kurt- kurd-", "dert- derd-", "cilt- cild-", "yurt- yurd-",
        "dört- dörd-", "tat- tad-", "ahenk- aheng-", "denk- deng-", "gök- göğ-", "kitap- kitab-", "hesap- hesab-", "cevap- cevab-", "sebep- sebeb-", "talep- taleb-",
        "dolap- dolab-", "sahip- sahib-", "kulüp- kulüb-", "mektup- mektub-", "garip- garib-", "kasap- kasab-", "çorap- çorab-", "şarap- şarab-", "kebap- kebab-", "kayıp- kayb-",
        "kanat- kanad-", "adet- aded-", "kilit- kilid-", "umut- umud-", "senet- sened-", "yoğurt- yoğurd-", "bulut- bulud-", "armut- armud-", "kağıt- kağıd-", "kâğıt- kâğıd-", "tehdit- tehdid-", "standart- standard-",
        # a vowel falls before a vowel
        "şehir- şehr-", "resim- resm-", "fikir- fikr-", "boyun- boyn-", "isim- ism-", "burun- burn-", "oğul- oğl-", "ağız- ağz-", "karın- karn-", "göğüs- göğs-", "akıl- akl-", "vakit- vakt-",
        "nakit- nakd-", "kayıt- kayd-", "emir- emr-", "ömür- ömr-", "zehir- zehr-", "nehir- nehr-", "sabır- sabr-", "kısım- kısm-", "cisim- cism-", "asıl- asl-", "nesil- nesl-", "şekil- şekl-", "metin- metn-", "izin- izn-",
        "seyir- seyr-", "hüküm- hükm-", "ilim- ilm-", "zihin- zihn-", "nakil- nakl-", "keşif- keşf-", "devir- devr-", "hacim- hacm-", "akis- aks-", "haciz- hacz-", "bahis- bahs-", "beyin- beyn-", "cürüm- cürm-", "gönül- gönl-",
        "hapis- haps-", "hasım- hasm-", "kesir- kesr-", "lütuf- lütf-", "meyil- meyl-", "mühür- mühr-", "nabız- nabz-", "nefis- nefs-", "özür- özr-", "rahim- rahm-", "sihir- sihr-", "şahıs- şahs-", "şükür- şükr-",
        "tavır- tavr-", "ufuk- ufk-", "vakıf- vakf-", "vasıf- vasf-", "zulüm- zulm-", "zikir- zikr-", "kasıt- kast-", "keyif- keyf-", "kutup- kutb-", "fetih- feth-", "şerit- şerid-", "oyun oyn*", "ritim- ritm-",
        # verbs whose stem changes, or whose last vowel narrows before -yor
        "git gitmek gitti gittim gitmiyor gidiyor gidecek giden gidin gitmedi", "et etmek etti ettim etmiyor ediyor ediyorum edecek eden edin etmedi edilir",
        "demek dedi diyor diyorum diyecek denir", "yemek yiyor yiyecek yiyen", "ara aramak aradı aradım arayın arıyor arıyorum araması", "iste- istiyor*", "ekle- ekliyor*", "öde- ödüyor*", "oku okumak okudu okuyor", "tat tatmak tattı tadıyor",
        "söyle- söylüyor*", "başla- başlıyor*", "bekle- bekliyor*", "yükle- yüklüyor*", "kullan- kullanıyor*", "çevir- çevril*", "ayır- ayrıl*", "devret* devred*", "kaydet* kayded*", "affet* affed*", "seyret* seyred*", "reddet* redded*",
    ),
    ending=r"(l[ae]r)?(([iu](m|n|m[iu]z|n[iu]z)?)?(n?[iu]|n?[ae]|n?[iu]n|n?[dt][ae]n?|y?l[ae]|c[ae])?|l[iu](k\w*)?|s[iu]z)(k[iu]\w*)?",
    endings=("H", "A", "Hm", "Hn", "HmH", "HnH", "HmHz", "HnHz", "HnA"),
    verbs=tuple(
        "al aç at as bas bak bil bin bit boz bul böl çal çek çık çiz dal diz dol don dök dön dur duy düş ek geç gel gez gir gör giy in iç it kaç kal kes kır koy kur sar sat say seç sev sil sor sök sun sür tak tut tık uç uy ver vur yak yap yat yaz yen yık yüz".split()
    ),
    lookalikes=frozenset("kesin alan için sayın inin yazın dizin yedin alın koyun satın başlar altı artı koyu başı ise işte iste hata ana ona onu buna bunu bun on üç ile ne kim biz siz ben sen gider ilan yan çıktı çıktısı çıktısını çıktıyı köyü önü posta".split()),
)
