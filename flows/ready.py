"""What an operator may say with one tap, written once and well, and read in the person's language.

The key is what is kept. There is no name, no street and no promise in them: nothing an operator
could not keep, and no "surely".
"""

from __future__ import annotations

from flows.replies import Canned
from flows.text import Text, _

READY = (
    Canned("hello", _("👋 Hello. I am a person, I work at this desk. I have read your message.")),
    Canned("wait", _("⏳ I am looking for the answer. Please give me some time.")),
    Canned("more", _("❓ Can you tell me more? You can write or send a voice message.")),
    Canned("since", _("📅 Since when is it so? The month is enough.")),
    Canned("town", _("📍 In which town do you live or work? Do not write the address.")),
    Canned("photo", _("📎 Can you send a photo of the paper? Cover your name first.")),
    Canned("safe", _("🆘 Are you safe now? If you are in danger, call {number}.", number="112")),
    Canned("when", _("🕗 When can we write to you? We do not want others to read it.")),
    Canned("call", _("📞 Do you want us to call you? Then write the number and a good time.")),
    Canned("desk", _("🚪 You can come to our desk. It is free. You do not need to show papers.")),
    Canned(
        "keep",
        _("🗂️ Please keep everything: contract, payslips, messages, photos of your hours."),
    ),
    Canned("sign", _("✍️ Please do not sign anything today. First show it to us or to a union.")),
    Canned(
        "stay",
        _("💼 Please do not leave the job suddenly. First we look at what it means for you."),
    ),
    Canned("bed", _("🛏️ Do not tell the boss yet. First we talk about another place to sleep.")),
    Canned("boss", _("🤝 We do not speak with your boss. We do nothing without your yes.")),
    Canned("mediator", _("🗣️ I am asking an interpreter to help us. It can take some days.")),
    Canned("colleague", _("👥 A colleague knows this better than I do. May I ask them?")),
    Canned(
        "other",
        _("🧭 Another office helps with this. I can tell you where it is and when it opens."),
    ),
    Canned("understood", _("🙏 Thank you for telling me. It is not your fault.")),
    Canned(
        "end", _("📁 I close this conversation now. You can write here again when you need us.")
    ),
)
"""In the order in which a conversation goes. A key is never used again for something else."""

_BY_KEY = {one.key: one.text for one in READY}


def find_ready(key: str) -> Text | None:
    """What a kept key says; None for one that is no more."""
    return _BY_KEY.get(key)
