"""The closed sets of words that may stand in logs and metrics; anything else is `other`."""

from __future__ import annotations

OTHER = "other"


def spelled(words: str) -> frozenset[str]:
    """The set of the words of a text."""
    return frozenset(words.split())


METHODS = spelled(
    """
    answerCallbackQuery close closeForumTopic copyMessage copyMessages createForumTopic
    deleteForumTopic deleteMessage deleteMessages deleteMyCommands deleteWebhook editForumTopic
    editMessageCaption editMessageMedia editMessageReplyMarkup editMessageText getChat getChatMember
    getFile getMe getMyCommands getUpdates getWebhookInfo leaveChat logOut pinChatMessage
    reopenForumTopic sendAnimation sendAudio sendChatAction sendContact sendDocument sendLocation
    sendMediaGroup sendMessage sendPhoto sendVenue sendVideo sendVideoNote sendVoice
    setChatMenuButton setMessageReaction setMyCommands setMyDescription setMyName
    setMyShortDescription setWebhook unpinChatMessage
    """
)

KINDS = spelled(
    """
    message edited_message channel_post callback_query my_chat_member chat_member
    message_reaction inline_query poll poll_answer chat_join_request
    callback edited ignored member unreadable
    command text voice photo document location contact media
    """
)

LANES = frozenset({"answer", "clean", "reply", "welcome", "alert", "notice", "bulk"})

RESULTS = spelled(
    """
    sent edited deleted again retry_after forbidden bad_request not_found conflict unauthorized
    network timeout unknown dropped too_late server_error ok failed
    """
)

OUTCOMES = frozenset({"done", "repeated", "quarantined", "failed", "ignored"})

TROUBLES = spelled("no-group gone rights no-topics")


def listed(word: object, allowed: frozenset[str]) -> str:
    """The word if it is one of the allowed ones, otherwise `other`."""
    return word if isinstance(word, str) and word in allowed else OTHER
