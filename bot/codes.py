"""The closed sets of words that may stand in logs and metrics; whatever else turns up is `other`."""

from __future__ import annotations

OTHER = "other"

METHODS = frozenset(
    """
    answerCallbackQuery close copyMessage copyMessages createForumTopic deleteForumTopic
    deleteMessage deleteMessages deleteMyCommands deleteWebhook editForumTopic editMessageCaption
    editMessageMedia editMessageReplyMarkup editMessageText getChat getChatMember getFile getMe
    getMyCommands getUpdates getWebhookInfo leaveChat logOut pinChatMessage sendAudio
    sendChatAction sendContact sendDocument sendLocation sendMediaGroup sendMessage sendPhoto
    sendVenue sendVideo sendVoice setChatMenuButton setMessageReaction setMyCommands
    setMyDescription setMyName setMyShortDescription setWebhook unpinChatMessage
    """.split()
)

KINDS = frozenset(
    """
    message edited_message channel_post callback_query my_chat_member chat_member
    message_reaction inline_query poll poll_answer chat_join_request
    command text voice photo document location contact media
    """.split()
)

LANES = frozenset({"answer", "clean", "reply", "welcome", "alert", "bulk"})

RESULTS = frozenset(
    """
    sent edited deleted again retry_after forbidden bad_request not_found conflict unauthorized
    network timeout unknown dropped too_late server_error ok failed
    """.split()
)

OUTCOMES = frozenset({"done", "repeated", "quarantined", "failed", "ignored"})

CHECKS = frozenset({"loop", "database", "key", "intake", "delivery", "scheduler"})

SIGNALS = frozenset({"SIGTERM", "SIGINT", "SIGHUP"})


def listed(word: object, allowed: frozenset[str]) -> str:
    """The word if it is one of the allowed ones, otherwise `other`."""
    text = word.lower() if isinstance(word, str) and allowed is not METHODS else word
    return text if isinstance(text, str) and text in allowed else OTHER
