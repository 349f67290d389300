"""What a person says before anybody answers, in words: for her and for whoever answers."""

from __future__ import annotations

from flows.handoff_model import Medium, Need, Safe, Urgency, Who
from flows.text import Text, _

NEEDS: dict[Need, Text] = {
    Need.PAY: _("💶 My pay"),
    Need.WORK: _("💼 My work"),
    Need.PAPERS: _("🪪 My documents"),
    Need.SAFETY: _("🛟 I do not feel safe"),
    Need.HOUSE: _("🛏️ House, a bed"),
    Need.HEALTH: _("🩺 Health, how I feel"),
    Need.FAMILY: _("🧒 Family, children"),
    Need.LEGAL: _("⚖️ Law, a lawyer"),
    Need.LANGUAGE: _("📘 Learn Italian"),
    Need.OTHER: _("💬 Something else"),
}
"""In the order in which they are offered."""

WHOS: dict[Who, Text] = {
    Who.ANYBODY: _("🙂 No matter who"),
    Who.WOMAN: _("👩 A woman"),
    Who.MAN: _("👨 A man"),
}
MEDIUMS: dict[Medium, Text] = {
    Medium.TEXT: _("✍️ We write"),
    Medium.VOICE: _("🎙️ We send voice messages"),
}
SAFES: dict[Safe, Text] = {
    Safe.ALWAYS: _("🕗 At any time"),
    Safe.MORNING: _("🌅 In the morning: 6 to 12"),
    Safe.AFTERNOON: _("☀️ In the afternoon: 12 to 18"),
    Safe.EVENING: _("🌙 In the evening: 18 to 23"),
    Safe.SUNDAY: _("📅 Only on Sunday"),
}
URGENCIES: dict[Urgency, Text] = {
    Urgency.NORMAL: _("🙂 It can wait some days"),
    Urgency.SOON: _("⏰ Soon"),
    Urgency.NOW: _("🔴 Now: it is serious"),
}
INTERPRETER: dict[bool, Text] = {
    True: _("🗣️ With an interpreter"),
    False: _("🗣️ Without an interpreter"),
}

NEED_OF_CARD = {
    "work.payslip": Need.PAY,
    "work.pay": Need.PAY,
    "work.tfr": Need.PAY,
    "home.unpaid": Need.PAY,
    "exploit.passport": Need.PAPERS,
    "exploit.permit": Need.PAPERS,
    "exploit.housing": Need.HOUSE,
    "home.rent": Need.HOUSE,
    "home.host": Need.HOUSE,
    "skills.italian": Need.LANGUAGE,
    "area.legal": Need.LEGAL,
}
_NEED_OF_AREA = {
    "work": Need.WORK,
    "exploit": Need.SAFETY,
    "docs": Need.PAPERS,
    "jobs": Need.WORK,
    "skills": Need.WORK,
    "business": Need.WORK,
    "health": Need.HEALTH,
    "family": Need.FAMILY,
}


def need_of(at: str) -> Need | None:
    """What somebody who comes from a card wants to talk about; None where nobody knows."""
    return NEED_OF_CARD.get(at) or _NEED_OF_AREA.get(at.split(".")[0])
