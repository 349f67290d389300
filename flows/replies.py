"""What an office may say to whoever sent a report, said once and well, in the person's language.

An operator chooses one of these by its key; the key is what is kept, and the person reads it in
their own language. There is no place in them for a name, a street or a promise.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.text import Text, _


@dataclass(frozen=True, slots=True)
class Canned:
    """A reply that is ready: the key that is kept, and what the person reads."""

    key: str
    text: Text


REPLIES = (
    Canned("thanks", _("✅ We have read your report. Thank you.")),
    Canned("working", _("🔎 We are working on it. It can take some days.")),
    Canned("safe", _("🆘 Are you safe now? If you are in danger, call {number}.", number="112")),
    Canned("still", _("❓ We have a question: does this still happen now?")),
    Canned("others", _("❓ We have a question: do other people there have the same problem?")),
    Canned("town", _("❓ We have a question: in which town is it? Do not write the address.")),
    Canned(
        "papers",
        _("❓ We have a question: do you have photos, messages or papers? You can add them here."),
    ),
    Canned("more", _("❓ We do not understand everything. Can you tell us more? Write no names.")),
    Canned(
        "bed",
        _("🛏️ Do not tell your boss and do not leave suddenly. First we look for a safe bed."),
    ),
    Canned("boss", _("🤝 We do not call your boss. We do nothing without your yes.")),
    Canned(
        "inspectors",
        _("📄 The inspectors need your real name. You decide. First we can talk about it."),
    ),
    Canned("talk", _("💬 If you want, a person can talk with you. You need not say your name.")),
    Canned("visit", _("🚪 You can also come to one of our desks. You need not show papers.")),
    Canned(
        "help",
        _(
            "📞 For exploitation at work call {number}: free, day and night, also with no name.",
            number="800 290 290",
        ),
    ),
    Canned("end", _("📁 We close your report now. If something new happens, write to us again.")),
)

REASONS = (
    Canned("done", _("It is done.")),
    Canned("moved", _("Another office follows it now.")),
    Canned("silent", _("We asked something, and there was no answer.")),
    Canned("unclear", _("We could not find out more.")),
    Canned("elsewhere", _("We cannot help with this. Other offices can: look at the numbers.")),
)
"""Why a report was closed or passed on, as whoever sent it reads it."""

_BY_KEY = {reply.key: reply.text for reply in REPLIES}
_REASON_BY_KEY = {reason.key: reason.text for reason in REASONS}


def find_reply(key: str) -> Text | None:
    """What a kept key says; None for one that is no more."""
    return _BY_KEY.get(key)


def find_reason(key: str) -> Text | None:
    """What a kept reason says; None for one that is no more, or that somebody wrote."""
    return _REASON_BY_KEY.get(key)
