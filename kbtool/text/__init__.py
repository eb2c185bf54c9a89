"""The one place where languages live: folding, words, sentences, slugs, identification."""

from typing import TYPE_CHECKING

from kbtool.lazy import lazily
from kbtool.text.fold import lower, match_key, typed_keys
from kbtool.text.languages import Language, get_language
from kbtool.text.languages.record import LANGUAGE_CODE
from kbtool.text.nearest import did_you_mean
from kbtool.text.sentences import is_list_item, sentences
from kbtool.text.slug import slugify
from kbtool.text.tokens import is_stop_word, plain_terms, term, terms, words

if TYPE_CHECKING:
    from kbtool.text.identify import foreign_language, identify_language
    from kbtool.text.thesaurus import concepts

__all__ = [
    "LANGUAGE_CODE",
    "Language",
    "concepts",
    "did_you_mean",
    "foreign_language",
    "get_language",
    "identify_language",
    "is_list_item",
    "is_stop_word",
    "lower",
    "match_key",
    "plain_terms",
    "sentences",
    "slugify",
    "term",
    "terms",
    "typed_keys",
    "words",
]

if not TYPE_CHECKING:
    __getattr__ = lazily(__name__, __all__, ("thesaurus", "identify"))
