"""Hints make patterns quick and change nothing: what the pattern finds, the hinted one finds."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kbtool.privacy import identifiers, persons, secrets, streets
from kbtool.privacy.hints import Begun, Hinted, folded

PIECES = (
    "Mrs Dr. Sayın hanım HANIM Bey my name is adım ADIM I'm colleague arkadaşım EŞİM Eva Holm Ayşe Yılmaz OÜ GmbH A.Ş"
    " token= api key: ſecret password: şifre ŞİFRE İfre parool salasõna contraseña пароль ghp_abcdefgh12345678 eyJabc.def"
    " order no: 12345 müşteri MÜŞTERİ arve nr 4711 tellimus reg. kood 12345678 заказ № 5512 plaka 34 ABC 123 auto 123 ABC"
    " born 12.03.1990 né le 1.2.80 DOB 1990-01-02 pin: 1234 kood on 123456 ext. 42 dahili 12 C:\\Users\\eva\\x /home/eva/"
    " https://a.example/?token=abcd WWW.b.example/x eva@x.example Rua das Flores 5 rue de Paris 12 ул. Ленина 5 Via Roma 1"
    " Pikk tänav 5 Kesk tee 4-2, Tartu Hauptstraße 12, Berlin Am Weg 3 10 High Street Mahallesi Sok. No: 5 apartmanı"
    " pw: pwd passphrase WLAN-Schlüssel key Kennwort: login Zugang\n credentials benutzername kullanıcı KULLANICI логин user ja parool"
    " CVV 123 code from sms 4711 serial no C02XK1 policy number HG/44 şasi no A1B2 sõiduk Kennzeichen B-KT 441 anschrift deliver"
    " to wohne адрес Am Bach 3, 94032 Passau Unit 5, Mill Lane born 7 March 1991 session=abcdefg Authorization: Bearer abcdefgh"
    " (Kase 5-2, Tartu) address: Kase 5 aadress I live at 5 Oak 12 10:30 07700 900461 1.2.3.4 ab:cd: AB1 2CD"
).split()


def hinted() -> Iterator[tuple[str, Hinted | Begun]]:
    """Every hinted pattern of the room by name."""
    for module in (identifiers, persons, secrets, streets):
        yield from _of(module)


def _of(module: ModuleType) -> Iterator[tuple[str, Hinted | Begun]]:
    for name, value in vars(module).items():
        for index, one in enumerate(value if isinstance(value, tuple) else (value,)):
            if isinstance(one, (Hinted, Begun)):
                yield f"{module.__name__}.{name}[{index}]", one


ALL = dict(hinted())


@pytest.mark.parametrize("name", ALL)
def test_hints_are_written_as_they_are_looked_for(name: str) -> None:
    """A hint that folding changes would never be found."""
    one = ALL[name]
    assert one.hints
    assert (isinstance(one, Hinted) and one.exact) or [folded(hint) for hint in one.hints] == list(
        one.hints
    )


@given(st.lists(st.sampled_from(PIECES), max_size=12), st.sampled_from([" ", "", "\n", ", "]))
def test_hinted_patterns_find_what_the_patterns_find(pieces: list[str], between: str) -> None:
    """In any mixture of what the patterns look for, in any case."""
    plain = between.join(pieces)
    for text in (plain, plain.upper(), plain.lower(), plain.title()):
        for name, one in ALL.items():
            found = [m.span() for m in one.finditer(text)]
            assert found == [m.span() for m in one.pattern.finditer(text)], name
