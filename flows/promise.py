"""What a person is promised, made from the configuration in force and from nothing else."""

from __future__ import annotations

from flows.model import House
from flows.text import Text, _, ngettext, verbatim


def promise(house: House) -> list[Text]:
    """Who is behind this, what is kept, and what cannot be promised."""
    return [
        _("This is a machine. It belongs to {network}.", network=verbatim(house.network)),
        _("I do not keep your name, your phone number or what you write to me."),
        _("I keep your language and where you stopped reading."),
        _("I keep the address of this chat, locked. I need it to answer you."),
        ngettext(
            "After {count} day without you I delete all of this.",
            "After {count} days without you I delete all of this.",
            house.storage_days_idle,
        ),
        _("Telegram keeps this chat on its computers. I cannot change that."),
        _("I do not ask if you have a permit."),
    ]
