"""Español."""

from kbtool.text.languages.record import Language

LANGUAGE = Language(
    code="es",
    name="Español",
    stemmer="spanish",
    auto_replies=(
        "respuesta automática", "fuera de la oficina", "ausente de la oficina",
    ),
)
