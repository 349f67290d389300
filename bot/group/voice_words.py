"""What is said in the operators' group about voices: what to record, who listens, what is heard."""

from __future__ import annotations

from flows.text import Text, _, ngettext, verbatim

ORDERED = _("🔊 Voices. Choose the language you speak: I post here what people need most.")
HOW = _(
    "🎤 Answer a passage with a voice message. Read it slowly, as it is written. A second person "
    "who speaks the language listens and approves."
)
KEPT = _(
    "🔒 What is kept is your voice and that it is yours, until you delete it with 🗑️. People hear "
    "the voice and never your name."
)
NONE_LEFT = _("✅ In this language every passage has a voice, or waits for one.")
MORE = _("➕ More to record")
APPROVE = _("✅ It is right")
REFUSE = _("✖️ Record again")
DELETE = _("🗑️ Delete")
SECOND = _("👥 Somebody else has to listen: two of you, each recording.")
NOT_YOURS = _("🗑️ Only whose voice it is, who approved it, or an administrator.")
DECIDED = _("⌛ Somebody has decided already.")
GONE = _("🗑️ This recording is deleted.")
ONLY_VOICE = _("🎤 Please answer with a voice message.")
CHANGED = _("♻️ The words have changed since: this recording would not be played. Ask for new ones.")
UNREADABLE = _("⚠️ I cannot use this recording. Please record it again, at most five minutes.")
AWAY = _("⏳ I could not fetch the recording. Please send it once more.")
ITALIAN = _("In Italian:")
RENEW = _("♻️ The words have changed: record it again.")


def to_record(language: str, title: Text) -> Text:
    """The head of a passage that is to be recorded."""
    return _("🎙️ {language}: {title}", language=verbatim(language), title=title)


def is_recorded(who: str, language: str, seconds: int) -> Text:
    """That somebody recorded it, for whoever approves."""
    return _(
        "🎧 {who} has recorded this in {language}: {seconds} seconds. Who else speaks it? Listen "
        "to all of it, and read along.",
        who=verbatim(who),
        language=verbatim(language),
        seconds=seconds,
    )


def is_approved(who: str, by: str) -> Text:
    """That people hear it from now on."""
    return _(
        "✅ {who} reads it, {by} has approved it. People hear it now.",
        who=verbatim(who),
        by=verbatim(by),
    )


def is_refused(by: str) -> Text:
    """That it is to be done again."""
    return _("✖️ {by} asks to record it again.", by=verbatim(by))


def left(count: int) -> Text:
    """How many passages have no voice in a language."""
    return ngettext(
        "{count} passage has no voice yet.", "{count} passages have no voice yet.", count
    )
