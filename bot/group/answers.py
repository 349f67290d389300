"""What operators are told in a topic when they do something there; short, plain, in their words."""

from __future__ import annotations

from flows.text import Text, _, verbatim

WHO_ARE_YOU = _(
    "🔗 I do not know who you are. In the console, under your account, “Link my Telegram” gives "
    "you a line to write here: /io 1234-5678"
)
ONLY_OPERATORS = _("Only operators. First link your account: /io and the word of the console.")
AS_YOURSELF = _(
    "🎭 You write as the group, so I do not know who you are and keep nothing. Switch “Remain "
    "anonymous” off and write again."
)
WRONG_WORD = _("This word is not right, or too old. The console gives you a new one.")
NOWHERE = _(
    "🚫 Not sent. Nobody is shown here any more: look for the newer topic of this conversation."
)
GENERAL = _(
    "🧭 From here nothing reaches anybody. Every conversation has its topic: write there. /aiuto"
)
KEPT_AS_NOTE = _(
    "📝 Kept as a note for colleagues, not sent. The person is reached by an answer to a message "
    "of theirs, by /r and your words, or by ✉️."
)
NOT_SENT_BY_EDIT = _(
    "📝 It stays a note: an edit sends nothing. Write a new message with /r and your words."
)
UNKNOWN_ORDER = _("🤔 I do not know this order. It is a note now, nothing was sent. /aiuto")
WHICH_WORDS = _("✉️ Write the words behind it: /r Good morning, …")
WHICH_MOMENT = _("📅 Write day, hour and where: /appuntamento 3/12 10:30 Via Roma 1")
WHICH_WHY = _("🔁 Write why: /subentra and the reason. Your colleagues read it.")
WHICH_NOTE = _("📝 Whatever you write here without /r is a note. Only colleagues see it.")
WHICH_URGENCY = _("🔴 Write: /urgente adesso, /urgente presto, /urgente no")
WHY_CLOSE = _("✅ Why is it closed?")
TOO_OLD = _("⌛ This button is too old. Write /aiuto: every button has a command, too.")
SENT_ALREADY = _("This has been sent already.")
NO_TRANSLATOR = _("🤖 No machine translates here. Write /r and your words.")
READS_ITALIAN = _("The person reads Italian. Write /r and your words.")
WHICH_TO_MEAN = _("🤖 Write the words behind it: /t Good morning, …")
UNKNOWN_LANGUAGE = _(
    "🤖 The translator does not know this language. Ask for a mediator, or write /r and your words."
)
TOO_LONG_TO_MEAN = _("🤖 This is too long for the translator. Please say it in two parts.")
NO_MEANING_NOW = _(
    "🤖 The translator gives no translation now. Try again, or write /r and your words."
)
MEANT_GOES = _("🤖 Not sent yet. The person would read this, and your own words below it:")
MEANT_BACK = _("The same, translated back into Italian by the machine:")
NUMBERS_DIFFER = _("⚠️ The numbers are not the same. Look before you send.")
NOT_YOUR_WORDS = _("Only who wrote these words can send them, for half an hour.")
LEFT_UNSENT = _("✖️ It was not sent.")
MEANT_HELP = _("🤖 /t and your words: you see them translated, then you send both.")
READY_TITLE = _("📋 Ready answers. Tap one to see how it goes out.")
READY_GOES = _("📋 It goes out like this:")
READY_MEANS = _("In Italian:")
HELP = (
    _("ℹ️ This topic shows one conversation. The person sees neither your name nor this group."),
    _("✉️ The person reads: an answer to a message of theirs, /r and your words, or ✉️."),
    _("📝 Everything else you write is a note for colleagues."),
    _("✏️ Edit your message and it changes for the person, too, for two days."),
    _(
        "🗑️ Telegram tells me nothing when you delete a message: the person keeps theirs. Use "
        "↩️ Undo within a minute."
    ),
    _(
        "✋ /prendi · ↩️ /rilascia · 🔁 /subentra reason · 🔴 /urgente · 🗣️ /mediatore · 📅 "
        "/appuntamento 3/12 10:30 where · 📋 /pronte · ✅ /chiudi · 🔓 /riapri"
    ),
    _("🔊 /voci: read with your voice what people would rather hear than read."),
)


def prompt(name: str) -> Text:
    """What asks for words that reach the person; the name is that of who tapped."""
    return _(
        "{name}, answer to this message: what you write in the answer reaches the person.",
        name=verbatim(name),
    )


def linked(name: str) -> Text:
    """That it is known now who somebody is."""
    return _("✅ {name}: from now on I know that you are you.", name=verbatim(name))


def meant_sent(name: str) -> Text:
    """Who sent words with their translation, above them."""
    return _("🤖 {name}, translated by a machine:", name=verbatim(name))


def ready_sent(name: str) -> Text:
    """Who sent a ready answer, above its words."""
    return _("📋 {name}:", name=verbatim(name))
