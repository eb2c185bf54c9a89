"""English."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="en",
    name="English",
    stemmer="english",
    stop_words=frozenset(
        "a an the and or but of to in on at by for with from as is are was were be been am it its "
        "this that these those i me my we our you your he she they them his her their do does did "
        "has have had will would can could should there here so if then than too very just also "
        "about into over any some what which who how when where why please hi hello dear".split()
    ),
    question_words=(
        "how", "what", "when", "where", "which", "who", "why", "can i", "can you", "could i",
        "could you", "do i", "do you", "does", "is there", "is it", "am i", "are you", "may i",
        "should i", "will i", "would it",
    ),
    problem_words=(
        "can't", "cannot", "can not", "couldn't", "unable", "not working", "doesn't", "does not",
        "didn't", "did not", "won't", "isn't", "is not", "never", "no longer", "nothing happens",
        "problem", "issue", "error", "fails", "failed", "broken", "stuck", "missing", "wrong",
        "need to", "want to", "would like",
    ),
    greetings=("hi", "hello", "hey", "hiya", "morning", "afternoon", "evening", "good day", "dear", "good morning", "good afternoon", "good evening", "greetings"),
    closings=(
        "best", "best regards", "kind regards", "regards", "many thanks", "thanks", "thank you",
        "cheers", "sincerely", "respectfully", "yours faithfully", "yours", "warm regards", "all the best", "with kind regards",
        "sent from my", "best wishes", "take care",
    ),
    thanks=("thank", "thanks", "cheers", "great, works", "works now", "that worked", "perfect", "solved"),
    courtesies=(
        "sorry", "apologi", "thank you for", "thanks for", "let me know", "let us know", "happy to help",
        "feel free", "hope this helps", "hope that helps", "reach out", "get back to you",
        "have a nice", "have a great", "anything else", "glad to", "please do not hesitate",
        "don't hesitate", "looking forward", "enjoy the", "you're welcome", "no worries",
        "i understand", "i have checked", "i've checked", "i can see", "i checked", "happy riding",
    ),
    negations=("not", "never", "cannot", "cant", "can't", "don't", "doesn't", "isn't", "aren't", "won't", "wouldn't", "couldn't", "shouldn't", "mustn't", "didn't", "wasn't", "hasn't", "haven't", "nor", "none", "unable", "impossible"),
    conditions=("if", "when", "unless", "in case", "once", "as soon as"),
    imperatives=(
        "open", "go to", "click", "tap", "choose", "select", "press", "hold", "enter", "turn on",
        "turn off", "switch", "pull", "wait", "update", "install", "uninstall", "log", "sign", "check",
        "make sure", "bring", "upload", "download", "add", "remove", "set", "scroll", "restart", "reset",
        "try", "stand", "type", "fill", "send", "pick", "use", "connect", "disconnect", "wipe", "move",
    ),
    auto_replies=(
        "out of office", "automatic reply", "auto-reply", "autoreply", "i am away until", "i am out of the office",
        "do not reply to this", "delivery status notification", "undeliverable", "undelivered mail", "mail delivery failed",
    ),
    answers=("yes", "yes you can", "no", "sure", "ok", "okay", "of course", "right", "no problem"),
    link_words=("article", "link", "guide", "help centre", "help center", "help page", "instructions", "knowledge base", "below", "faq"),
    first_person=("i", "i've", "i'm", "i'll", "i'd"),
    pointers=("it", "it's", "this", "that", "that's", "they", "these", "those", "then", "and", "but", "so", "also", "each"),
    numerals=("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    vague_links=(
        "here", "click here", "click", "this", "this link", "this page", "this article", "link",
        "the link", "more", "read more", "learn more", "details", "see here", "follow this link",
        "go here", "press here", "tap here",
    ),
    times=(("second*", "sec", "secs"), ("minute*", "min", "mins"), ("hour*", "h", "hr", "hrs"), ("day*",), ("week*",), ("month*",), ("year*",)),
    honorifics=("mr", "mrs", "ms", "miss", "dr", "sir", "madam"),
    open_path="Open {}",
    placeholders=(("order", "order number"), ("number", "number"), ("phone", "phone number"), ("email", "e-mail address"), ("iban", "account number"), ("card", "card number"), ("id", "personal code")),
    bounds=("no more than", "not more than", "no later than", "not later than", "no less than", "not less than", "no longer than", "no earlier than", ),
    case_words=("in your case", "as you are", "as you're", "this time", "for you now", "sorry about that", "as i said", "as mentioned", "yours is", "yours was", "you were told", "you wrote", "you mentioned", "your neighbour", "i looked", "i checked", "i see", "today", "tomorrow", "yesterday", "tonight", "last week", "this week", "next week", "last year", ),
    joins=("but", "so", "which is why", "that's why", "otherwise you", ),
    please=("please", "pls", "plz", "kindly"),
    reason_words=("why", "how come"),
    prepositions=("from", "to", "for", "in", "at", "on", "with", "without", "of", "since", "after", "before", "between", "by", "into", "onto", "through", "during", "over", "under", "because", "until", "till", "near"),
    calendar=("monday*", "tuesday*", "wednesday*", "thursday*", "friday*", "saturday*", "sunday*", "january", "february", "april", "june", "july", "august", "september", "october", "november", "december", "jan", "feb", "apr", "aug", "sept", "oct", "nov", "dec"),
    rude=("damn", "bloody", "fucking", "fuck", "shit", "crap", "hell", "wtf", "arse"),
    absences=("no", "without", ),
)
