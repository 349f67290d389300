"""Dates of a person's own, in words: what each is, how it is asked for, and the card about it."""

from __future__ import annotations

from flows.calendar_model import DateKind
from flows.text import Text, _

KINDS: dict[DateKind, Text] = {
    DateKind.PERMIT: _("🪪 Residence permit"),
    DateKind.PERMIT_STATE: _("🔎 Is my permit ready?"),
    DateKind.HEALTH_CARD: _("🩺 Health card"),
    DateKind.CONTRACT: _("💼 Work contract"),
    DateKind.JOB_LOST: _("📦 I lost my job"),
}
"""In the order in which they are offered."""

ASKED: dict[DateKind, Text] = {
    DateKind.PERMIT: _("On which day does your permit end? It is written on the card."),
    DateKind.HEALTH_CARD: _("On which day does your health card end? It is written on the card."),
    DateKind.CONTRACT: _("On which day does your contract end?"),
    DateKind.JOB_LOST: _("Which was your last day of work?"),
}

SAYS: dict[DateKind, Text] = {
    DateKind.PERMIT: _("I remind you 90, 60, 30 and 7 days before it ends."),
    DateKind.HEALTH_CARD: _("I remind you 30 and 7 days before it ends."),
    DateKind.CONTRACT: _("I remind you 30 and 7 days before it ends, and the day after."),
    DateKind.JOB_LOST: _("I remind you of the days that count for unemployment money (NASpI)."),
    DateKind.PERMIT_STATE: _("I remind you every week to look. I do not keep the file number."),
}
"""What comes of it, as desks and people do not change it; see `flows.reminding`."""

CARDS: dict[DateKind, str] = {
    DateKind.PERMIT: "docs.renew",
    DateKind.PERMIT_STATE: "docs.receipt",
    DateKind.HEALTH_CARD: "docs.cf",
    DateKind.CONTRACT: "home.naspi",
    DateKind.JOB_LOST: "home.naspi",
}
"""The card that explains what is to be done."""

OF_CARD: dict[str, DateKind] = {
    "docs.renew": DateKind.PERMIT,
    "docs.receipt": DateKind.PERMIT_STATE,
    "docs.cf": DateKind.HEALTH_CARD,
    "home.naspi": DateKind.JOB_LOST,
}
"""The date that a card tells about: somebody who reads it can be reminded."""

STATE_PAGE = "https://questure.poliziadistato.it/stranieri/"
"""Where one looks whether a permit is ready, with the number of the receipt."""

MONTHS = (
    _("January"),
    _("February"),
    _("March"),
    _("April"),
    _("May"),
    _("June"),
    _("July"),
    _("August"),
    _("September"),
    _("October"),
    _("November"),
    _("December"),
)
