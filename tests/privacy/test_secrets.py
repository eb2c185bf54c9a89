"""Passwords and codes, wherever people put them; and what is said about passwords stays."""

from __future__ import annotations

import pytest

from kbtool.privacy.redact import Redactor

REDACTOR = Redactor((), ("GB", "TR", "EE"), ("Velmo",))


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password: Larch44moss", "Larch44moss"),
        ("my password is still Larch44moss", "Larch44moss"),
        ("password is depot2025!", "depot2025"),
        ("Parool: kuusemets", "kuusemets"),
        ("the wifi password Larch44moss is right", "Larch44moss"),
        ("Larch44moss is our wifi password", "Larch44moss"),
        ("Larch44moss (wifi password)", "Larch44moss"),
        ("Password for the shed:\nLarch44moss\nbye", "Larch44moss"),
        ("My login:\nmoss.larch\nLarch44moss", "Larch44moss"),
        ("the password was wrong (maybe Larch44moss?)", "Larch44moss"),
        ("portal login larchuser / Larch!moss", "Larch!moss"),
        ("kullanıcı adı larch_user", "larch_user"),
        ("user larchfan, password Larch44moss", "larchfan"),
        ("WLAN-Schlüssel: 1122 3344 5566 7788", "1122 3344 5566 7788"),
        ("the secret abcd_Zx81Kq0pLm22", "abcd_Zx81Kq0pLm22"),
        ("the code from the text was 551 208", "551 208"),
        ("SMS kodu 4471 geldi", "4471"),
        ("cvv 481", "481"),
    ],
)
def test_secrets_go(text: str, secret: str) -> None:
    """To their last character."""
    shown = REDACTOR.redact(text)
    assert secret not in shown
    assert "[secret]" in shown


@pytest.mark.parametrize(
    "text",
    [
        "Password: required",
        "the password must have 10 characters",
        "reset password on iPhone15 or Office365",
        "user guide and admin page",
        "The user name is admin.",
        "error code 4471, postal code 51007, country code 44",
        "module auth::session::resume failed",
        "author = requester",
        "press the key twice",
        "Passwort vergessen",
    ],
)
def test_talk_about_secrets_stays(text: str) -> None:
    """Rules, defaults of devices, error codes and program text are needed in an answer."""
    assert REDACTOR.redact(text) == text
