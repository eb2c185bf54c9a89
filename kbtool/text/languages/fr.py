"""French."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="fr",
    name="Français",
    letters="àâæçéèêëîïôœùûüÿ",
    stemmer="french",
    stop_words=frozenset(
        "le la les un une des de du au aux et ou mais donc dans sur sous par pour avec sans est sont était "
        "suis es été être ai as a avons avez ont avait je tu il elle on nous vous ils elles me te se mon ma "
        "mes votre vos notre nos son sa ses ce cet cette ces qui que quoi dont où si ne pas plus très "
        "bonjour merci".split()
    ),
    question_words=(
        "comment", "quand", "où", "pourquoi", "quel", "quelle", "quels", "quelles", "combien", "qui",
        "que", "est-ce", "puis-je", "pouvez-vous", "pourriez-vous", "peut-on", "dois-je", "y a-t-il",
    ),
    problem_words=(
        "ne fonctionne pas", "ne marche pas", "impossible", "ne peux pas", "n'arrive pas", "pas reçu",
        "problème", "erreur", "panne", "cassé", "manque", "je voudrais", "j'aimerais", "besoin",
    ),
    greetings=("bonjour", "bonsoir", "salut", "cher", "chère", "madame, monsieur", "coucou"),
    closings=(
        "cordialement", "bien cordialement", "bien à vous", "salutations", "sincères salutations",
        "meilleures salutations", "merci", "merci d'avance", "bonne journée", "à bientôt", "cdt",
    ),
    thanks=("merci", "ça marche", "résolu", "parfait"),
    courtesies=(
        "désolé", "toutes nos excuses", "nous nous excusons", "merci pour", "n'hésitez pas", "avec plaisir",
        "bonne journée", "je comprends", "j'ai vérifié",
    ),
    negations=("ne", "pas", "jamais", "plus"),
    conditions=("si", "lorsque", "quand", "dès que", "au cas où"),
    imperatives=(
        "ouvrez", "allez", "cliquez", "appuyez", "choisissez", "sélectionnez", "maintenez", "entrez",
        "saisissez", "activez", "attendez", "installez", "vérifiez", "ajoutez", "supprimez", "redémarrez",
        "essayez", "envoyez", "utilisez", "connectez",
    ),
    link_words=("article", "lien", "guide", "centre d'aide", "page", "ici", "dessous"),
    first_person=("je", "moi"),
    answers=("oui", "non", "bien sûr"),
    pointers=("il", "elle", "cela", "ça", "et", "mais", "puis", "ensuite", "aussi"),
    numerals=("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "", "dix"),
    note="Remarque",
    see_also="Voir aussi",
    link_phrase="Cet article de notre centre d’aide répond à votre question :",
    vague_links=(
        "ici", "cliquez ici", "cliquer ici", "clique ici", "ce lien", "cette page", "lien",
        "plus", "en savoir plus", "lire la suite", "voir ici",
    ),
    times=(("seconde*",), ("minute*", "min"), ("heure*", "h"), ("jour*",), ("semaine*",), ("mois",), ("an", "ans", "année*")),
    honorifics=("monsieur", "madame", "m", "mme"),
    open_path="Ouvrez {}",
    placeholders=(("order", "numéro de commande"), ("number", "numéro"), ("phone", "numéro de téléphone"), ("email", "adresse e-mail")),
    bounds=("pas plus de", "pas plus tard que", "pas moins de", ),
    case_words=("dans votre cas", "cette fois", "aujourd'hui", "demain", "hier", ),
    joins=("mais", "donc", "c'est pourquoi", ),
    please=("svp",),
    reason_words=("pourquoi",),
    prepositions=("de", "du", "des", "à", "au", "aux", "pour", "en", "dans", "sur", "avec", "sans", "depuis", "après", "avant", "chez", "par", "vers", "pendant", "entre"),
    calendar=("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "janvier", "février", "avril", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"),
    rude=("merde", "putain", "bordel"),
    absences=("sans", "aucun", "aucune", ),
)
