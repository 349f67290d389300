"""The methods about words: send, edit, delete, answer a button."""

from __future__ import annotations

from typing import Any

from bot.local import errors
from bot.local.arguments import Arguments
from bot.local.errors import refused
from bot.local.formatting import formatted
from bot.local.html import Entity
from bot.local.keyboards import Markup, read_markup
from bot.local.links import utf16_length
from bot.local.posting import check_may_write, find_topic, note, post, remove
from bot.local.state import Chat, Content, Json, Message, Topic
from bot.local.telegram import Telegram
from bot.local.updates import CALLBACK_SECONDS

TEXT_UNITS = 4096
CAPTION_UNITS = 1024
ANSWER_UNITS = 200
DELETE_SECONDS = 48 * 3600
MOST_AT_ONCE = 100
FILE_KINDS = ("photo", "video", "animation", "audio", "document", "voice", "video_note", "sticker")
CAPTIONED = ("photo", "video", "animation", "audio", "document", "voice")


class Place:
    """Where and how a bot wants its message: read once, before anything is changed."""

    __slots__ = ("chat", "extra", "markup", "protect", "reply_to", "silent", "topic")

    def __init__(self, t: Telegram, a: Arguments) -> None:
        self.chat: Chat = t.writable_chat(a.values.get("chat_id"))
        self.topic: Topic | None = None
        if "message_thread_id" in a.values or self.chat.forum:
            self.topic = find_topic(self.chat, a.integer("message_thread_id"))
            check_may_write(t, self.chat, self.topic)
        self.markup: Markup = markup_argument(a, self.chat)
        self.silent = a.flag("disable_notification")
        self.protect = a.flag("protect_content")
        self.reply_to = _reply_target(a, self.chat)
        if self.reply_to is not None and self.topic is None and self.reply_to.thread_id:
            self.topic = self.chat.topics.get(self.reply_to.thread_id)

    def post(self, t: Telegram, content: Content, extra: Json | None = None) -> Message:
        """Send a message to this place."""
        return post(
            t,
            self.chat,
            content,
            topic=self.topic,
            reply_to=self.reply_to,
            markup=self.markup,
            silent=self.silent,
            protect=self.protect,
            extra=extra,
        )


def markup_argument(a: Arguments, chat: Chat, *, inline_only: bool = False) -> Markup:
    """Read the reply markup of a request."""
    value = a.json("reply_markup", errors.MARKUP_NOT_JSON)
    return read_markup(value, private=chat.private, inline_only=inline_only)


def _reply_target(a: Arguments, chat: Chat) -> Message | None:
    wish = a.json("reply_parameters", "Bad Request: can't parse reply parameters JSON object")
    optional = a.flag("allow_sending_without_reply")
    if wish is None:
        message_id = a.message_id("reply_to_message_id")
    elif not isinstance(wish, dict):
        raise refused("Bad Request: object expected as reply parameters")
    else:
        sent = Arguments(wish)
        message_id = sent.message_id()
        optional = sent.flag("allow_sending_without_reply")
    if not message_id:
        return None
    message = chat.messages.get(message_id)
    if message is None and not optional:
        raise refused(errors.REPLY_NOT_FOUND)
    return message


def text_argument(t: Telegram, a: Arguments) -> tuple[str, list[Entity]]:
    """Read a text with its markup.

    Raises: ApiError when it is empty or its markup is wrong.
    """
    raw = a.text("text")
    if not raw:
        raise refused(errors.TEXT_EMPTY)
    given = a.json("entities", "Bad Request: can't parse entities JSON object")
    text, entities = formatted(raw, a.text("parse_mode"), given, users=t.users)
    if not text:
        raise refused(errors.TEXT_BLANK)
    return text, entities


def caption_argument(t: Telegram, a: Arguments) -> Json:
    """Read a caption: the fields it adds to a message.

    Raises: ApiError when it is too long or its markup is wrong.
    """
    raw = a.text("caption")
    if not raw:
        return {}
    given = a.json("caption_entities", "Bad Request: can't parse entities JSON object")
    text, entities = formatted(raw, a.text("parse_mode"), given, users=t.users)
    if utf16_length(text) > CAPTION_UNITS:
        raise refused(errors.CAPTION_TOO_LONG)
    fields: Json = {"caption": text} if text else {}
    if entities:
        fields["caption_entities"] = entities
    if a.flag("show_caption_above_media"):
        fields["show_caption_above_media"] = True
    return fields


def _preview(a: Arguments) -> Json | None:
    value = a.json(
        "link_preview_options", "Bad Request: can't parse link preview options JSON object"
    )
    if isinstance(value, dict) and value:
        return {"link_preview_options": value}
    if a.flag("disable_web_page_preview"):
        return {"link_preview_options": {"is_disabled": True}}
    return None


def send_message(t: Telegram, a: Arguments) -> Json:
    """Send a text."""
    text, entities = text_argument(t, a)
    place = Place(t, a)
    if len(text) > TEXT_UNITS or utf16_length(text) > TEXT_UNITS:
        raise refused(errors.TEXT_TOO_LONG)
    return place.post(t, Content.of_text(text, entities), _preview(a)).body


def own_message(t: Telegram, a: Arguments, chat: Chat) -> Message:
    """Find the message of its own a bot wants to edit.

    Raises: ApiError when there is none or it can't be edited.
    """
    message = chat.messages.get(a.message_id())
    if message is None:
        raise refused(errors.EDIT_NOT_FOUND)
    if not message.mine or message.service or message.keyboard:
        raise refused(errors.EDIT_REFUSED)
    return message


def change(t: Telegram, chat: Chat, message: Message, fields: Json, markup: Json | None) -> Json:
    """Give a message of the bot new fields (`None` removes one) and a new keyboard.

    Raises: ApiError when nothing would change.
    """
    body = message.body
    wanted = {**fields, "reply_markup": markup}
    if all(body.get(name) == value for name, value in wanted.items()):
        raise refused(errors.NOT_MODIFIED)
    words_change = any(body.get(name) != value for name, value in fields.items())
    body = dict(body)  # what was quoted or recorded keeps the words it had
    for name, value in wanted.items():
        if value is None:
            body.pop(name, None)
        else:
            body[name] = value
    if words_change:
        body["edit_date"] = t.date()
    message.body = body
    t.events.publish("edit", chat.id, message_id=message.id, thread=message.thread_id)
    return body


def edit_message_text(t: Telegram, a: Arguments) -> Json:
    """Replace the words of a text message."""
    text, entities = text_argument(t, a)
    chat = t.writable_chat(a.values.get("chat_id"))
    message = own_message(t, a, chat)
    if "text" not in message.body:
        raise refused(errors.EDIT_NO_TEXT)
    markup = markup_argument(a, chat, inline_only=True)
    if len(text) > TEXT_UNITS or utf16_length(text) > TEXT_UNITS:
        raise refused(errors.TEXT_TOO_LONG_EDIT)
    fields: Json = {"text": text, "entities": entities or None}
    preview = _preview(a)
    fields["link_preview_options"] = preview["link_preview_options"] if preview else None
    return change(t, chat, message, fields, markup.inline)


def edit_message_caption(t: Telegram, a: Arguments) -> Json:
    """Replace the caption of a photo, a voice message or another file."""
    chat = t.writable_chat(a.values.get("chat_id"))
    message = own_message(t, a, chat)
    if not any(kind in message.body for kind in CAPTIONED):
        raise refused(errors.EDIT_NO_CAPTION)
    names = ("caption", "caption_entities", "show_caption_above_media")
    fields = {**dict.fromkeys(names), **caption_argument(t, a)}
    markup = markup_argument(a, chat, inline_only=True)
    return change(t, chat, message, fields, markup.inline)


def edit_message_reply_markup(t: Telegram, a: Arguments) -> Json:
    """Replace the buttons under a message."""
    chat = t.writable_chat(a.values.get("chat_id"))
    message = own_message(t, a, chat)
    return change(t, chat, message, {}, markup_argument(a, chat, inline_only=True).inline)


def _deletable(t: Telegram, chat: Chat, message: Message) -> bool:
    """May the bot delete this? Nothing after 48 hours; in groups others' messages by right."""
    if t.date() - message.body["date"] >= DELETE_SECONDS:
        return False
    if "forum_topic_created" in message.body:
        return False
    return chat.private or message.mine or "can_delete_messages" in chat.rights


def delete_message(t: Telegram, a: Arguments) -> bool:
    """Delete one message."""
    chat = t.find_chat(a.values.get("chat_id"))
    if not a.message_id():
        raise refused(errors.MESSAGE_ID_EMPTY)
    message = chat.messages.get(a.message_id())
    if message is None:
        raise refused(errors.DELETE_NOT_FOUND)
    if not _deletable(t, chat, message):
        raise refused(errors.DELETE_REFUSED)
    remove(t, chat, message)
    return True


def id_list(a: Arguments, name: str = "message_ids") -> list[int]:
    """Read up to a hundred message numbers.

    Raises: ApiError when they are missing, too many or no numbers.
    """
    value = a.json(name, f"Bad Request: can't parse {name} JSON object")
    if value is None:
        raise refused(errors.MESSAGE_IDS_EMPTY)
    if not isinstance(value, list):
        raise refused(errors.MESSAGE_IDS_NOT_ARRAY)
    if len(value) > MOST_AT_ONCE:
        raise refused(errors.MESSAGE_IDS_TOO_MANY)
    numbers = []
    for item in value:
        try:
            numbers.append(int(item))
        except (TypeError, ValueError):
            raise refused("Bad Request: message identifier must be a Number") from None
        if numbers[-1] <= 0:
            raise refused("Bad Request: invalid message identifier specified")
    if not numbers:
        raise refused(errors.MESSAGE_IDS_EMPTY)
    return numbers


def delete_messages(t: Telegram, a: Arguments) -> bool:
    """Delete many messages; those that are not there are passed over."""
    numbers = id_list(a)
    chat = t.find_chat(a.values.get("chat_id"))
    found = [chat.messages[number] for number in numbers if number in chat.messages]
    if not all(_deletable(t, chat, message) for message in found):
        raise refused(errors.DELETE_REFUSED)
    for message in dict.fromkeys(message.id for message in found):
        remove(t, chat, chat.messages[message])
    return True


def answer_callback_query(t: Telegram, a: Arguments) -> bool:
    """Stop the spinner on a tapped button, with or without words."""
    text = a.text("text")
    if len(text) > ANSWER_UNITS:
        raise refused(errors.ANSWER_TOO_LONG)
    query = t.queries.pop(a.text("callback_query_id"), None)
    if query is None or t.time() - query.at > CALLBACK_SECONDS:
        raise refused(errors.QUERY_TOO_OLD)
    alert = a.flag("show_alert")
    answer: dict[str, Any] = {"text": text, "show_alert": alert, "url": a.text("url")}
    if query.answer is not None and not query.answer.done():
        query.answer.set_result(answer)
    chat = t.chats.get(query.chat_id)
    if text and chat is not None:
        note(chat, "popup", None, "", text)
        t.events.publish("popup", chat.id, person=query.person_id, text=text, show_alert=alert)
    return True
