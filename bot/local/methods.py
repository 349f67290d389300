"""The table of the Bot API: every method the local Telegram knows, by its name in lower case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bot.local import chats, copying, files, media, messages, profile, topics
from bot.local.arguments import Arguments
from bot.local.telegram import Telegram
from bot.local.updates import LONGEST_POLL_SECONDS
from bot.local.webhook import USUAL_CONNECTIONS


class Encoded:
    """A result that is JSON already."""

    __slots__ = ("body",)

    def __init__(self, body: bytes) -> None:
        self.body = body


async def get_updates(t: Telegram, a: Arguments) -> Encoded:
    """Give what has happened since the bot last asked."""
    t.updates.allow(a.json("allowed_updates", "Bad Request: can't parse allowed_updates"))
    batch = await t.updates.poll(
        a.integer("offset"),
        a.integer("limit", 100, 1, 100),
        a.integer("timeout", 0, 0, LONGEST_POLL_SECONDS),
    )
    return Encoded(b"[" + b",".join(batch) + b"]")


async def set_webhook(t: Telegram, a: Arguments) -> bool:
    """Have updates posted to an address; without one, stop doing so."""
    url, secret = a.text("url"), a.text("secret_token")
    if not url:
        return await delete_webhook(t, a)
    t.webhook.check(url, secret)
    await t.webhook.close()
    t.updates.allow(a.json("allowed_updates", "Bad Request: can't parse allowed_updates"))
    if a.flag("drop_pending_updates"):
        t.updates.pending.clear()
    t.webhook.open(url, secret, a.integer("max_connections", USUAL_CONNECTIONS, 1, 100))
    return True


async def delete_webhook(t: Telegram, a: Arguments) -> bool:
    """Stop posting updates; they wait for getUpdates again."""
    await t.webhook.close()
    if a.flag("drop_pending_updates"):
        t.updates.pending.clear()
    return True


def get_webhook_info(t: Telegram, a: Arguments) -> dict[str, Any]:
    """Say where updates are posted and what went wrong last."""
    return t.webhook.info()


Method = Callable[[Telegram, Arguments], Any | Awaitable[Any]]

SPELLED: dict[str, Method] = {
    "getMe": profile.get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "sendMessage": messages.send_message,
    "editMessageText": messages.edit_message_text,
    "editMessageCaption": messages.edit_message_caption,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "editMessageMedia": media.edit_message_media,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "answerCallbackQuery": messages.answer_callback_query,
    "copyMessage": copying.copy_message,
    "copyMessages": copying.copy_messages,
    "forwardMessage": copying.forward_message,
    "forwardMessages": copying.forward_messages,
    "sendPhoto": media.send_photo,
    "sendVoice": media.send_voice,
    "sendAudio": media.send_audio,
    "sendDocument": media.send_document,
    "sendVideo": media.send_video,
    "sendVideoNote": media.send_video_note,
    "sendAnimation": media.send_animation,
    "sendSticker": media.send_sticker,
    "sendLocation": media.send_location,
    "sendVenue": media.send_venue,
    "sendContact": media.send_contact,
    "sendDice": media.send_dice,
    "sendMediaGroup": media.send_media_group,
    "sendChatAction": chats.send_chat_action,
    "getFile": files.get_file,
    "setMessageReaction": chats.set_message_reaction,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "unpinAllChatMessages": chats.unpin_all_chat_messages,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "createForumTopic": topics.create_forum_topic,
    "editForumTopic": topics.edit_forum_topic,
    "closeForumTopic": topics.close_forum_topic,
    "reopenForumTopic": topics.reopen_forum_topic,
    "deleteForumTopic": topics.delete_forum_topic,
    "closeGeneralForumTopic": topics.close_general_forum_topic,
    "reopenGeneralForumTopic": topics.reopen_general_forum_topic,
    "editGeneralForumTopic": topics.edit_general_forum_topic,
    "hideGeneralForumTopic": topics.hide_general_forum_topic,
    "unhideGeneralForumTopic": topics.unhide_general_forum_topic,
    "getForumTopicIconStickers": topics.get_forum_topic_icon_stickers,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyName": profile.set_my_name,
    "getMyName": profile.get_my_name,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "setChatMenuButton": profile.set_chat_menu_button,
    "getChatMenuButton": profile.get_chat_menu_button,
}
METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, method) for name, method in SPELLED.items()
}
