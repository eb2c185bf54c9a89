"""The golden mails: exactly the body stays, whatever program and language a mail is from."""

from __future__ import annotations

import pytest

from kbtool.tickets.cleaning.clean import clean
from tests.tickets.cleaning.mails import MAILS, Mail


@pytest.mark.parametrize("mail", MAILS, ids=lambda mail: mail.name)
def test_the_body_stays_and_the_rest_goes(mail: Mail) -> None:
    """Quotes, signatures, notices and greetings are cut; lines and paragraphs are as they were."""
    assert clean(mail.text, is_html=mail.is_html, names=mail.names).text == mail.body
