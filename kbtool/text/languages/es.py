"""Spanish."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="es",
    name="Español",
    letters="áéíñóúü",
    stemmer="spanish",
    stop_words=frozenset(
        "el la los las un una unos unas de del a al y o pero en con por para sin sobre es son era fue soy "
        "eres ser he ha han hay tengo tiene yo tú él ella nosotros ustedes ellos me te se mi mis tu su sus "
        "nuestro este esta estos eso que qué quien como cuando donde si no más muy ya también hola "
        "gracias".split()
    ),
    question_words=(
        "cómo", "qué", "cuándo", "dónde", "por qué", "cuál", "cuáles", "cuánto", "cuánta", "quién",
        "puedo", "pueden", "podrían", "se puede", "hay", "debo", "como puedo",
    ),
    problem_words=(
        "no funciona", "no puedo", "no me deja", "no llega", "no ha llegado", "imposible", "problema",
        "error", "roto", "falta", "quiero", "quisiera", "necesito", "me gustaría",
    ),
    greetings=("hola", "buenos días", "buenas tardes", "buenas noches", "buenas", "estimado", "estimada", "estimados"),
    closings=(
        "saludos", "un saludo", "saludos cordiales", "atentamente", "cordialmente", "gracias",
        "muchas gracias", "gracias de antemano", "un abrazo",
    ),
    thanks=("gracias", "solucionado", "ya funciona", "perfecto"),
    courtesies=(
        "lo sentimos", "lamentamos", "disculpe", "disculpa", "gracias por", "no dude", "con gusto",
        "que tenga", "entiendo", "he comprobado",
    ),
    negations=("no", "nunca", "ningún", "ninguna", "tampoco"),
    conditions=("si", "cuando", "en caso de", "en cuanto"),
    imperatives=(
        "abra", "abre", "vaya", "haga clic", "pulse", "pulsa", "seleccione", "elija", "mantenga",
        "introduzca", "active", "espere", "instale", "compruebe", "añada", "elimine", "reinicie", "pruebe",
        "envíe", "use", "conecte",
    ),
    link_words=("artículo", "enlace", "guía", "centro de ayuda", "página", "aquí", "abajo"),
    first_person=("yo",),
    answers=("sí", "claro"),
    pointers=("esto", "eso", "y", "pero", "luego", "después", "también"),
    numerals=("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez"),
    note="Nota",
    see_also="Véase también",
    link_phrase="Este artículo de nuestro centro de ayuda responde a su pregunta:",
    vague_links=(
        "aquí", "haz clic aquí", "haga clic aquí", "pulse aquí", "este enlace", "esta página",
        "enlace", "más", "leer más", "más información", "ver aquí",
    ),
    times=(("segundo*",), ("minuto*", "min"), ("hora*", "h"), ("día*", "dia*"), ("semana*",), ("mes", "meses"), ("año*",)),
    honorifics=("señor", "señora", "sr", "sra"),
    open_path="Abra {}",
    placeholders=(("order", "número de pedido"), ("number", "número"), ("phone", "número de teléfono"), ("email", "correo electrónico")),
    bounds=("no más de", "no más tarde de", "no menos de", ),
    case_words=("en su caso", "esta vez", "hoy", "mañana", "ayer", ),
    joins=("pero", "así que", "por eso", ),
    reason_words=("por qué",),
    prepositions=("de", "del", "a", "al", "para", "por", "en", "con", "sin", "desde", "hasta", "tras", "entre", "sobre", "durante"),
    calendar=("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    rude=("mierda", "joder", "puto", "puta", "coño"),
    absences=("sin", ),
)
