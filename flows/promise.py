"""What a person is promised, made from the configuration in force and from nothing else."""

from __future__ import annotations

from collections.abc import Sequence

from flows.model import House
from flows.report_model import Office
from flows.text import Text, _, listed, ngettext, pictured, verbatim

NAMED = 3


def promise(house: House) -> list[Text]:
    """Who is behind this, what is kept, and what cannot be promised."""
    if house.helpers:
        first = _with_people(house)
    else:
        first = _with_reports(house) if house.offices else _without_reports(house)
    return [
        *first,
        pictured("📅", _BOOKED),
        pictured("✍️", _NAMED_ON_A_LIST),
        pictured("🗂️", _KEPT),
        pictured(
            "⌛",
            ngettext(
                "After {count} day without you I delete all I keep.",
                "After {count} days without you I delete all I keep.",
                house.storage_days_idle,
            ),
        ),
        pictured("⏰", _AWAITED),
        pictured("☁️", _TELEGRAM_TOO if house.helpers else _TELEGRAM),
    ]


def _with_people(house: House) -> list[Text]:
    """Who reads what somebody writes to a desk, and for how long it is kept."""
    network = verbatim(house.network)
    reads = (
        _(
            "This is a machine, run by {network}. People read only what you write to a desk, "
            "and a report that you send.",
            network=network,
        )
        if house.offices
        else _(
            "This is a machine, run by {network}. People read only what you write to a desk.",
            network=network,
        )
    )
    kept = ngettext(
        "What you and a desk write is kept locked, until {count} day after the end.",
        "What you and a desk write is kept locked, until {count} days after the end.",
        house.talk_days,
    )
    bound = [desk.name for desk in house.helpers if desk.duty]
    bound += [office.name for office in house.offices if office.duty and office.name not in bound]
    return [
        pictured("🤖", reads),
        pictured("💬", kept),
        WITH_A_FILE,
        *translated(house),
        *(_sealed(house) if house.offices else []),
        *([pictured("⚖️", _duty(bound))] if bound else []),
        pictured(
            "🙈",
            _("I keep no name and no phone number. In their place people see two made-up words."),
        ),
    ]


WITH_A_FILE = _("📂 If a desk keeps a file with your yes, the words stay with it.")
"""What else the deletion of a conversation's words depends on; said wherever it is promised."""


def translated(house: House) -> list[Text]:
    """That words go to a computer elsewhere, wherever it is said who reads them."""
    if not house.translates_at:
        return []
    place = verbatim(house.translates_at)
    said = _(
        "🌐 What you and a desk write also goes to {place}. A machine there translates it.",
        place=place,
    )
    return [said]


_BOOKED = _("I keep your courses, appointments and dates. Your own dates no desk sees.")
_NAMED_ON_A_LIST = _("A course sees your name only if you write it for its list.")
_AWAITED = _("If a lesson, an appointment or a reminder is still to come, I wait until then.")
_KEPT = _("I keep your language, your last page and the address of this chat, locked.")
_TELEGRAM = _("Telegram keeps this chat on its computers. I cannot change that.")
_TELEGRAM_TOO = _(
    "Telegram keeps this chat, and the group where a desk reads, on its computers. I cannot change "
    "that."
)


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
    bound = [office.name for office in house.offices if office.duty]
    sealed, gone = _sealed(house)
    nameless = _("Outside a sealed report I keep no name, no phone number and no words.")
    return [
        pictured("🤖", reads),
        sealed,
        *([pictured("⚖️", _duty(bound))] if bound else []),
        gone,
        pictured("🙈", nameless),
    ]


def _sealed(house: House) -> tuple[Text, Text]:
    """Who reads reports, and when a report goes."""
    sealed = _("Reports are sealed. They are read by: {offices}.", offices=names_of(house.offices))
    gone = ngettext(
        "A report is deleted after {count} day without news.",
        "A report is deleted after {count} days without news.",
        house.report_days,
    )
    return pictured("🔒", sealed), pictured("🗑️", gone)


def _duty(bound: Sequence[str]) -> Text:
    return _(
        "By law these offices may have to tell a judge what they read: {offices}.",
        offices=_named(bound),
    )


def names_of(offices: Sequence[Office]) -> Text:
    """The offices by name, or how many they are."""
    return _named([office.name for office in offices])


def _named(names: Sequence[str]) -> Text:
    if len(names) > NAMED:
        return ngettext(
            "{count} office of the network", "{count} offices of the network", len(names)
        )
    return listed(map(verbatim, names))
