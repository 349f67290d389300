"""What a person is promised, made from the configuration in force and from nothing else."""

from __future__ import annotations

from flows.model import House
from flows.text import Text, _, ngettext, verbatim


def promise(house: House) -> list[Text]:
    """Who is behind this, what is kept, and what cannot be promised."""
    return [
        _(
            "This is a machine, run by {network}. No person reads what you write.",
            network=verbatim(house.network),
        ),
        _("I do not keep your name, your phone number or your words."),
        _("I keep your language, where you stopped reading and the address of this chat, locked."),
        ngettext(
            "After {count} day without you I delete all I keep.",
            "After {count} days without you I delete all I keep.",
            house.storage_days_idle,
        ),
        _("Telegram keeps this chat on its computers. I cannot change that."),
    ]
