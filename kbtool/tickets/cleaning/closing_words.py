"""Words and formulas that letters close with, in the languages customers write in: data, no rules."""

from __future__ import annotations

CLOSINGS = (
    # en
    "best", "br", "rgds", "kr", "warmly", "warmest regards", "best of luck", "yours truly", "yours sincerely", "sincerely yours",
    "faithfully", "cordially", "thx", "ty", "tia", "tnx", "many thanks in advance", "thanks in advance", "thanks a lot", "thanks so much",
    "thank you very much", "thank you so much", "thanks again", "thank you again", "thank you in advance", "thanks very much",
    "thanks a million", "much appreciated", "with best regards", "with regards", "with thanks", "with many thanks", "with best wishes",
    "kindest regards", "have a nice day", "have a great day", "have a good day", "have a good one", "have a nice weekend",
    "have a great weekend", "have a good weekend", "have a lovely day", "talk soon", "speak soon", "greetings", "ta", "cheers",
    "yours in anticipation", "respectfully yours", "bye", "see you", "thank you kindly", "kindly",
    # de
    "mit vorzüglicher hochachtung", "mit besten grüßen", "mit freundlichem gruß", "mit freundlichen grüssen", "mit freundlichen gruessen", "mit vielen grüßen",
    "mit lieben grüßen", "mit herzlichen grüßen", "mit sonnigen grüßen", "freundliche grüsse", "viele grüsse", "freundlichen gruß", "schönen gruß", "lieben gruß", "beste grüsse", "liebe grüsse",
    "hochachtungsvoll", "danke schön", "dankeschön", "vielen dank im voraus", "vielen dank vorab", "danke vorab", "dank im voraus", "herzlichen dank", "besten dank im voraus",
    "danke und gruß", "danke und viele grüße", "mit bestem dank", "schönen tag noch", "schönes wochenende", "einen schönen tag", "ich danke ihnen", "tschüss", "bis dann", "beste", "vlg", "bg", "ciao",
    # fr
    "bien cordialement", "très cordialement", "cordiales salutations", "salutations distinguées", "sincèrement", "amicalement", "bien amicalement",
    "respectueusement", "merci beaucoup", "merci par avance", "merci bien", "merci à vous", "avec mes remerciements", "bonne soirée",
    "bonne réception", "bonne fin de journée", "bon week-end", "belle journée", "à vous lire", "dans l'attente de votre réponse", "bien à toi", "bises", "meilleurs messages",
    "veuillez agréer mes salutations distinguées", "en vous remerciant", "en vous remerciant par avance", "merci d'avance pour votre aide", "merci d'avance pour votre réponse",
    # es
    "un cordial saludo", "cordial saludo", "saludos", "muchos saludos", "un saludo cordial", "reciba un cordial saludo", "reciban un cordial saludo", "muy atentamente", "atte", "mil gracias", "gracias y saludos",
    "muchas gracias de antemano", "muchísimas gracias", "abrazos", "besos", "que tenga un buen día", "que tengan un buen día", "buen día", "feliz día", "quedo a la espera", "quedo atento", "quedo atenta", "hasta luego", "sin otro particular", "gracias por adelantado",
    # tr
    "saygılar", "en içten saygılarımla", "en derin saygılarımla", "iyi haftalar", "iyi hafta sonları", "iyi tatiller", "çok teşekkürler",
    "çok teşekkür ederim", "çok teşekkür ederiz", "şimdiden teşekkürler", "şimdiden teşekkür ederim", "şimdiden teşekkür ederiz", "teşekkürlerimle", "teşekkür ederek", "kolay gelsin", "selamlar", "saygı ve sevgilerimle",
    "iyi çalışmalar dilerim", "iyi çalışmalar dileriz", "iyi akşamlar dilerim", "sevgilerimle", "hürmetler", "arz ederim", "bilgilerinize", "sağlıcakla kalın", "esen kalın", "görüşmek üzere", "tşk", "tşkler", "tesekkur ederiz", "simdiden tesekkurler",
    "saygilar", "iyi gunler", "iyi gunler dilerim", "hayırlı işler", "sağ olun", "sağolun",
    # et
    "parimat soovides", "parimate tervitustega", "heade soovidega", "lugupidamisega", "austusega", "tervitusi", "tervitustega", "tervitused", "tervisi", "lp", "parimat", "kena päeva", "kaunist päeva",
    "ilusat päeva jätku", "kena päeva jätku", "head nädalavahetust", "ilusat nädalavahetust", "ilusat õhtut", "head õhtut", "aitäh juba ette", "suur aitäh", "suured tänud", "tänud ette", "tänan ette", "tänan juba ette", "aitäh ette", "ette tänulik", "ette tänudes",
    "palju tänu", "suurim tänu", "sõbralike tervitustega", "parimaga", "kõike paremat", "edu", "tervitab", "tänulikult", "jõudu", "head soovides", "heade tervitustega", "häid soove", "head soovi",
    # ru
    "с наилучшими пожеланиями", "с благодарностью", "искренне ваш", "искренне ваша", "большое спасибо", "спасибо большое", "спасибо заранее", "заранее благодарю", "заранее благодарна", "заранее благодарен", "спасибо за помощь",
    "всего хорошего", "всего наилучшего", "хорошего вечера", "хороших выходных", "с пожеланиями", "с приветом", "с ув", "до связи", "удачи", "спасибо вам", "благодарим", "благодарю вас", "благодарю заранее", "жду ответа", "с лучшими пожеланиями", "доброго дня",
    # nl, it, pt, fi, sv, pl, lv, lt
    "met vriendelijke groet", "met vriendelijke groeten", "vriendelijke groet", "groeten", "groet", "mvg", "alvast bedankt", "bedankt", "hartelijke groet",
    "cordiali saluti", "distinti saluti", "saluti", "grazie", "grazie mille", "un saluto", "buona giornata", "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "obrigado", "obrigada", "abraços",
    "ystävällisin terveisin", "terveisin", "terv", "kiitos", "parhain terveisin", "med vänliga hälsningar", "vänliga hälsningar", "med vänlig hälsning", "hälsningar", "mvh", "tack", "tack på förhand",
    "med venlig hilsen", "venlig hilsen", "mange hilsner", "hilsen", "med vennlig hilsen", "vennlig hilsen", "på forhånd takk", "på forhånd tak", "god bless", "season's greetings", "warm wishes", "with warm wishes", "best wishes and thanks", "z poważaniem", "pozdrawiam", "pozdrowienia", "dziękuję", "z góry dziękuję", "ar cieņu", "paldies", "ar laba vēlējumiem", "pagarbiai", "ačiū", "su pagarba", "geriausi linkėjimai",
)  # fmt: skip
"""Words that close a letter, beside those of the languages kbtool knows."""

_HELP_EN = r"(?:help|support|assistance|time|attention|understanding|cooperation|patience|efforts?|reply|response|answer|consideration|trouble|service|feedback)"
_HELP_DE = r"(?:hilfe|unterstützung|bemühungen|bemühung|mühe|antwort|rückmeldung|zeit|verständnis|geduld|mithilfe|einsatz|nachricht|aufmerksamkeit)"
_HELP_FR = r"(?:aide|réponse|retour|attention|compréhension|soutien|patience|temps|diligence|assistance|collaboration|intervention)"
_HELP_ES = r"(?:ayuda|atención|colaboración|tiempo|respuesta|comprensión|apoyo|paciencia|interés|gestión|amabilidad|asistencia)"
_HELP_TR = r"(?:ilginiz|ilgi ve \w{3,14}|yardımınız|yardımlarınız|yardım ve \w{3,14}|desteğiniz|destekleriniz|emeğiniz|dönüşünüz|cevabınız|yanıtınız|anlayışınız|zamanınız|vaktiniz|sabrınız|hizmetiniz)"
_HELP_ET = (
    r"(?:abi|vastuse|toe|tähelepanu|mõistmise|mõistva suhtumise|aja|panuse|koostöö|kannatlikkuse)"
)
_HELP_RU = r"(?:помощь|ответ|внимание|понимание|сотрудничество|поддержку|содействие|терпение|отзывчивость|разъяснения)"
_WELL_RU = r"(?:(?:(?:искренним|глубоким|большим|огромным|неизменным|наилучшими|лучшими|самыми|добрыми|т[её]плыми) ){0,3}(?:уважением|пожеланиями|приветом|благодарностью|почтением))"
_WELL_ET = r"(?:(?:[^\W\d_]{2,20} ){0,3}(?:tervitus(?:t)?ega|tervitades|soovidega|lugupidamisega|austusega|tänuga)|(?:kõike |palju )?(?:head|edu|jõudu|ilusat|parimat|kena|päikest|päikeselist|häid|rõõmu) (?:[^\W\d_]{2,20} ){0,2}soovides|(?:juba )?(?:ette|südamest|siiralt) tänades)"

FORMULAS = {
    # en
    "from you": r"(?:(?:i|we)(?: am| are|'m|'re)? )?(?:looking forward|look forward|hoping|hope|waiting|wait) to hear(?:ing)? (?:back )?from you(?: soon| shortly| in due course)?",
    "your": r"(?:(?:i|we)(?: am| are|'m|'re)? )?(?:look(?:ing)? forward to|await(?:ing)?|wait(?:ing)? for|hop(?:e|ing) for) your (?:(?:quick|prompt|early|kind|swift|speedy|timely|urgent) ){0,2}(?:reply|response|answer|feedback)(?: soon)?",
    "grateful": rf"(?:i|we) (?:should|would|will|shall) be (?:most |very |really |extremely )?grateful for (?:(?:an?|your|any) )?(?:(?:early|prompt|quick|swift|speedy|kind) )?{_HELP_EN}",
    "appreciated": r"any (?:help|assistance|advice) (?:is|will be|would be) (?:much |greatly |highly |very much )?appreciated",
    # de
    "verbleib": r"(?:in erwartung [^.?!]{3,60} |mit der bitte um [^.?!]{3,60} )?(?:ich verbleibe|wir verbleiben|verbleibe ich|verbleiben wir|verbleibe)(?: bis dahin)?",
    "freue": r"(?:(?:ich würde mich|wir würden uns|ich freue mich|wir freuen uns) (?:sehr )?(?:auf|über) (?:ihre|eine|deine|eure)|(?:auf|über) (?:ihre|eine|deine|eure)) (?:[^\W\d_]{4,12}e )?(?:antwort|rückmeldung|nachricht|hilfe)(?: würde ich mich| würden wir uns| freue ich mich| freuen wir uns)?(?: (?:sehr )?freuen)?",
    "wäre": rf"(?:für|über) (?:eine?|ihre|jede) (?:[^\W\d_]{{4,12}}e )?(?:klärung|bearbeitung|erledigung|{_HELP_DE}) (?:wäre ich|wären wir) (?:ihnen )?(?:sehr |überaus )?(?:dankbar|verbunden)(?: und (?:ich |wir )?verbleiben?)?",
    "für ihre": rf"für ihre? (?:[^\W\d_]{{4,12}}e )?{_HELP_DE} (?:im voraus |vorab |schon jetzt |bereits jetzt )?(?=(?:vielen|besten|herzlichen|danke))",
    # fr
    "agréer": r"(?:(?:dans|en|comptant|espérant|restant|souhaitant|confiant|avec|vous remerciant) [^.?!]{3,90}, ?)?(?:(?:je|nous) vous (?:prie|prions) (?:de bien vouloir |de |d')|veuillez |prière d')(?:agréer|bien vouloir agréer)[^?]{0,160}",
    "salutations": r"(?:(?:dans|en|comptant|espérant|restant|souhaitant|confiant|avec|vous remerciant) [^.?!]{3,90}, ?)?(?:(?:je|nous) vous (?:prie|prions) (?:de bien vouloir |de )|veuillez )?(?:recevez|recevoir|agréez|croyez|croire|acceptez)[^.?]{0,80}salutations[^.?]{0,30}|(?:mes|nos) (?:[^\W\d_]{5,14} ){0,2}salutations(?: [^\W\d_]{5,14}){0,2}",
    "sentiments": r"(?:(?:je|nous) vous (?:prie|prions) (?:de bien vouloir |de )|veuillez )?(?:recevez|recevoir|agréez|croyez|croire)[^.?]{0,80}sentiments[^.?]{0,40}|(?:comptant|espérant|dans|en) [^.?!]{3,90}, ?je vous prie de [^.?]{3,120}sentiments[^.?]{0,40}",
    "l'expression": r"(?:(?:mesdames|messieurs|madame|monsieur)[, ]{1,3}){0,2}(?:à )?l'expression de (?:mes|nos|ma|notre|mon|toute)[^?]{0,80}",
    "l'assurance": r"(?:(?:mesdames|messieurs|madame|monsieur)[, ]{1,3}){0,2}(?:à )?l'assurance de (?:mes|nos|ma|notre|mon|toute)[^?]{0,80}",
    "attente": r"(?:dans l'|en )attente (?:de votre (?:réponse|retour)|de vous lire|d'une (?:réponse|suite))(?: rapide| favorable| positive)?(?: de votre part)?",
    "remerciant": rf"(?:en|tout en) vous remerciant(?: (?:par avance|d'avance|encore))?(?: (?:de|pour) votre {_HELP_FR})?(?: rapide)?",
    # es
    "particular": r"sin otro particular(?: por el momento)?",
    "saluda": r"(?:les?|te) saluda(?:mos|n)?(?: (?:muy )?(?:atentamente|cordialmente))?",
    "despid": r"(?:se despide|me despido|nos despedimos)(?: (?:de usted(?:es)?|muy))?(?: (?:atentamente|cordialmente))?",
    "espera de": r"(?:quedo |quedamos |me quedo )?(?:a la espera|en espera|a espera) de (?:sus?|tus?|vuestra|una) (?:pronta |rápida |amable |gratas )?(?:respuesta|noticias|contestación|comentarios|solución)",
    "quedo": r"qued(?:o|amos) (?:de ustedes?,? |de usted,? )?(?:muy )?(?:atentamente|cordialmente|atent[oa]s?)",
    "espero": r"espero (?:su|tu|vuestra|una) (?:pronta |rápida )?respuesta",
    "agradeci": rf"agradeciéndo?(?:le|les|te|os)?(?: de antemano| por adelantado)?(?: por)?(?: (?:su|tu|vuestra|la) {_HELP_ES})?(?: prestada)?|agradeciendo(?: de antemano| por adelantado)?(?: (?:su|tu|vuestra|la) {_HELP_ES})?(?: prestada)?",
    "agradezco": r"(?:les? |te |os )?(?:agradezco|agradecemos) (?:de antemano|por adelantado)(?: (?:su|tu|vuestra|la) [^\W\d_]{4,14})?",
    "saludo": r"(?:reciban? |le[s]? (?:envío|envía|mando) )(?:un )?(?:muy )?(?:cordial|afectuoso|atento)?(?:es)? ?saludos?",
    # tr
    "arz ": r"(?:durumu |konuyu |konuyla ilgili |konu hakkında |bu konuda )?(?:gereğini(?:n yapılmasını)?|bilgilerinize|bilginize|bilgi ve gereğini|saygıyla|saygı ile|saygılarımla|saygılarımızla)[^.?!]{0,40} arz(?: ve (?:talep|rica))? eder(?:im|iz)?",
    "rica eder": r"(?:gereğini(?:n yapılmasını)?|gereğinin)[^.?!]{0,30} rica eder(?:im|iz)?",
    "teşekkür": rf"(?:şimdiden )?(?:{_HELP_TR}(?:den|dan|ten|tan)? (?:için|dolayı) )?(?:şimdiden |çok |tekrar |peşinen ){{0,2}}teşekkür(?:lerimi(?:zi)? sunar(?:ım|ız)|lerimle|ler| eder(?:im|iz)?| ediyor(?:um|uz)?)?",
    "diler": r"(?:iyi|hayırlı|mutlu|güzel|keyifli) (?:günler|akşamlar|çalışmalar|haftalar|hafta sonları|geceler|bayramlar|tatiller|işler) diler(?:im|iz)?",
    "sunar": r"(?:(?:en )?(?:derin|içten|kalbi) )?(?:saygı|sevgi)(?: ve (?:saygı|sevgi))?l[ae]r[ıi]m(?:ızı|izi|ı|i) sunar(?:ım|ız)",
    "bekl": r"(?:acil |olumlu |kısa sürede |en kısa sürede )?(?:geri )?(?:dönüşünüzü|yanıtınızı|cevabınızı) bekl(?:iyorum|iyoruz|erim|eriz)",
    # et
    "ootama": r"(?:jään|jääme) (?:teie |sinu )?(?:peatset |kiiret )?(?:vastust|tagasisidet|vastuseid) ootama",
    "loodan": r"(?:loodan|loodame) (?:peatsele|kiirele|positiivsele|teie) (?:lahendusele|vastusele|tagasisidele|mõistmisele)",
    "jään ": r"(?:jään|jääme) (?=lugupidamisega|teie|tervit|parimate)",
    "oodates": r"(?:teie |sinu )?(?:peatset |kiiret )?(?:vastust|tagasisidet) oodates",
    "ootan": r"ootan (?:teie |sinu )?(?:peatset |kiiret )?(?:vastust|tagasisidet)",
    "ega": _WELL_ET,
    "des": _WELL_ET,
    # ru
    "уважением": rf"с {_WELL_RU}(?: и {_WELL_RU})?(?: к вам)?",
    "пожеланиями": rf"с {_WELL_RU}(?: и {_WELL_RU})?",
    "благодар": rf"(?:заранее |буду (?:очень |вам )?)?благодар(?:ю|им|ен|на|ны|ствую)(?: вас| вам)?(?: заранее)?(?= за |$|[\s]*[.,!;])(?: за (?:(?:вашу|ваш|ваше|быстрый|скорый|оперативный|оказанную) ){{0,2}}{_HELP_RU})?",
    "признател": rf"(?:заранее |буду (?:очень |вам )?)?признател(?:ен|ьна|ьны)(?: вам)?(?: за (?:(?:ваш|быстр|скор|оперативн)\w{{0,3}} ){{0,2}}(?:{_HELP_RU}|решение)(?: (?:вопроса|проблемы))?)?",
    "ответ": r"(?:с нетерпением |очень )?(?:жду|жд[её]м|ожидаю|ожидаем) (?:(?:вашего|скорого|быстрого) ){0,2}ответа|надеюсь на (?:(?:ваш|скорый|быстрый|оперативный) ){0,2}ответ|в ожидании (?:вашего )?ответа",
    # nl, it, pt
    "afwachting": r"in afwachting van (?:uw|je|jullie) (?:reactie|antwoord)(?: verblijf ik)?",
    "voorbaat": r"bij voorbaat (?:hartelijk |alvast )?dank",
    "attesa": r"(?:resto |rimango )?in attesa di (?:un |una )?(?:vostr[oa] |suo |sua |cortese )?(?:riscontro|risposta)",
    "ringrazi": r"ringraziando(?:vi|la)?(?: (?:anticipatamente|in anticipo))?|(?:vi |la )?ringrazio (?:anticipatamente|in anticipo)",
    "porg": r"(?:porgo|porgiamo)(?: (?:cordiali|distinti) saluti)?",
    "aguard": r"(?:fico a aguardar|aguardo|aguardamos) (?:a )?(?:sua |vossa |o seu )?(?:resposta|retorno)",
    "desde já": r"desde já (?:muito )?(?:obrigad[oa]|agradeço|agradecemos)",
}  # fmt: skip
"""By stem: sentences and clauses that say nothing but that the letter ends."""

COMPLEMENTS = {
    "for ": rf"for (?:all )?(?:of )?(?:your|the|any) (?:(?:quick|kind|prompt|great|continued|swift|fast) )?{_HELP_EN}(?:,? and (?:your )?{_HELP_EN})?(?: in advance| in this matter)?",
    "für ": rf"für (?:ihre?n?|deine?n?|eure?n?|die|jede) (?:[^\W\d_]{{4,12}}e )?{_HELP_DE}(?: und (?:ihre |deine )?{_HELP_DE})?(?: im voraus| vorab)?",
    "vot": rf"(?:de|pour) votre {_HELP_FR}(?: rapide)?(?: et (?:de |pour )?votre {_HELP_FR})?",
    "por ": rf"(?:de antemano )?por (?:su|tu|vuestra|la|toda su) (?:(?:pronta|rápida|amable|gran) )?{_HELP_ES}(?: y (?:su )?{_HELP_ES})?(?: prestada)?",
    "eest": rf"(?:(?:teid|teile|sulle|väga|juba|ette) ){{0,2}}(?:teie |sinu )?(?:kiire )?{_HELP_ET}(?: ja {_HELP_ET})? eest(?: ette)?",
    "за ": rf"за (?:(?:вашу|ваш|ваше|быстрый|скорый|оперативный|оказанную) ){{0,2}}{_HELP_RU}(?: и {_HELP_RU})?",
    "voor ": r"voor (?:uw|je|jullie|de) (?:snelle )?(?:hulp|reactie|antwoord|moeite|tijd|medewerking|aandacht)",
    "per ": r"per (?:la|il|l') ?(?:vostr[oa] |su[oa] )?(?:aiuto|collaborazione|attenzione|risposta|disponibilità|cortese attenzione)",
    "za ": r"za (?:pomoc|odpowiedź|szybką odpowiedź|zrozumienie|uwagę)",
}  # fmt: skip
"""By stem: what may follow words of thanks and says nothing either."""
