"""What somebody says at a counter, in words: what they need, what they have, what they speak."""

from __future__ import annotations

from flows.text import Text, _

NEEDS: dict[str, tuple[Text, Text]] = {
    "renew": (
        _("📮 Renew the residence permit"),
        _("I need to renew my residence permit (permesso di soggiorno)."),
    ),
    "health": (
        _("🏥 Enrol in the health service"),
        _("I want to enrol in the health service (SSN)."),
    ),
    "residence": (
        _("🏛️ Register my address"),
        _("I want to register my address (residenza)."),
    ),
    "taxcode": (_("🔢 Tax code"), _("I need a tax code (codice fiscale).")),
    "work": (
        _("🔎 Register at the job centre"),
        _("I am looking for work. I want to register (DID)."),
    ),
    "money": (_("⏳ Unemployment money"), _("I lost my job. I want to ask for NASpI.")),
    "identity": (_("💳 Identity card (CIE)"), _("I want an electronic identity card (CIE).")),
    "pay": (_("💶 Help with my pay"), _("I want help with my pay. I have a question.")),
    "doctor": (_("🩺 See a doctor"), _("I need a doctor.")),
    "care": (_("🩹 Care without a permit (STP)"), _("I need an STP code.")),
    "other": (_("💬 Something else"), _("I need help.")),
}
"""What a button says, and what is said at the counter; in the order in which they are offered.

The keys are named in procedures and by other flows: they never change their meaning.
"""

PAPERS: dict[str, Text] = {
    "passport": _("📕 Passport"),
    "permit": _("🪪 Residence permit"),
    "receipt": _("📩 Receipt of the permit"),
    "taxcode": _("🔢 Tax code"),
    "health": _("🩺 Health card"),
    "identity": _("💳 Identity card"),
    "contract": _("📄 Work contract"),
    "payslips": _("🧾 Payslips"),
    "rent": _("🔑 Rent contract"),
}
"""Papers that somebody has with them."""

SPEAKS: dict[str, Text] = {
    "ar": _("I speak Arabic."),
    "bn": _("I speak Bengali."),
    "zh-Hans": _("I speak Chinese."),
    "en": _("I speak English."),
    "fil": _("I speak Filipino."),
    "fr": _("I speak French."),
    "hi": _("I speak Hindi."),
    "mnk": _("I speak Mandinka."),
    "pt": _("I speak Portuguese."),
    "ff": _("I speak Pular."),
    "pa": _("I speak Punjabi."),
    "ro": _("I speak Romanian."),
    "ru": _("I speak Russian."),
    "si": _("I speak Sinhala."),
    "es": _("I speak Spanish."),
    "sq": _("I speak Albanian."),
    "uk": _("I speak Ukrainian."),
    "ur": _("I speak Urdu."),
    "wo": _("I speak Wolof."),
}
"""In the order of the alphabet; a person who reads one language may speak another one better."""

A_LITTLE = _("I understand only a little Italian.")
SLOWLY = _("Please speak slowly.")
WRITE = _("Please write on paper what I must do now.")
