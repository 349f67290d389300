"""What a person is promised, made from the configuration in force and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from flows.model import House
from flows.report_model import Office
from flows.text import Text, _, listed, ngettext, pictured, verbatim

NAMED = 3


def promise(house: House) -> list[Text]:
    """Who is behind this, what is kept, and what cannot be promised."""
    return [
        *(_with_reports(house) if house.offices else _without_reports(house)),
        pictured("🗂️", _KEPT),
        pictured(
            "⌛",
            ngettext(
                "After {count} day without you I delete all I keep.",
                "After {count} days without you I delete all I keep.",
                house.storage_days_idle,
            ),
        ),
        pictured("☁️", _TELEGRAM),
    ]


_KEPT = _("I keep your language, your last page and the address of this chat, locked.")
_TELEGRAM = _("Telegram keeps this chat on its computers. I cannot change that.")


def _without_reports(house: House) -> list[Text]:
    network = verbatim(house.network)
    alone = _(
        "This is a machine, run by {network}. No person reads what you write.", network=network
    )
    return [
        pictured("🤖", alone),
        pictured("🙈", _("I do not keep your name, your phone number or your words.")),
    ]


def _with_reports(house: House) -> list[Text]:
    """Who reads a report, and what they may have to do with what they read."""
    network = verbatim(house.network)
    reads = _(
        "This is a machine, run by {network}. A person reads only a report that you send.",
        network=network,
    )
    sealed = _("Reports are sealed. They are read by: {offices}.", offices=names_of(house.offices))
    bound = [office for office in house.offices if office.duty]
    gone = ngettext(
        "A report is deleted after {count} day without news.",
        "A report is deleted after {count} days without news.",
        house.report_days,
    )
    nameless = _("I keep no name, no phone number, and no words outside a sealed report.")
    return [
        pictured("🤖", reads),
        pictured("🔒", sealed),
        *([pictured("⚖️", _duty(bound))] if bound else []),
        pictured("🗑️", gone),
        pictured("🙈", nameless),
    ]


def _duty(bound: Sequence[Office]) -> Text:
    return _("By law these may have to tell a judge: {offices}.", offices=names_of(bound))


def names_of(offices: Sequence[Office]) -> Text:
    """The offices by name, or how many they are."""
    if len(offices) > NAMED:
        return ngettext(
            "{count} office of the network", "{count} offices of the network", len(offices)
        )
    return listed(verbatim(office.name) for office in offices)
