"""The ways to a person, as the contact page shows them."""

from __future__ import annotations

from typing import Any

from kbtool.config import Contact
from kbtool.handoff import desk_address


def shown_contact(contact: Contact, holdout_percent: int = 0) -> dict[str, Any]:
    """What templates see as ``site.contact``. The webhook's address is a secret of the server's."""
    return {
        "url": contact.url,
        "plain": desk_address(contact.url, {}) if contact.url else None,
        "email": contact.email,
        "webhook": contact.webhook is not None,
        "holdout": holdout_percent,
    }
