"""Shows what the local Telegram knows as the page needs it."""

from __future__ import annotations

from typing import Any

from bot.local.formatting import safe_html
from bot.local.state import Chat, Json, Message, Notification, Person
from bot.local.telegram import Telegram
from bot.local.transcript import words

SHOWN_MESSAGES = 200
SHOWN_PEOPLE = 100
_FILES = ("photo", "voice", "audio", "video", "video_note", "animation", "document", "sticker")
_COPIED = {
    "duration": "duration",
    "file_size": "size",
    "file_name": "name",
    "mime_type": "mime_type",
    "width": "width",
    "height": "height",
    "emoji": "emoji",
}


def _media(body: Json) -> Json | None:
    for kind in _FILES:
        if kind in body:
            file = body[kind][-1] if kind == "photo" else body[kind]
            media: Json = {"kind": kind, "url": f"/sim/file/{file['file_unique_id']}"}
            media |= {ours: file[its] for its, ours in _COPIED.items() if its in file}
            return media
    if "venue" in body:
        venue = body["venue"]
        place = venue["location"]
        return {
            "kind": "venue",
            "lat": place["latitude"],
            "lon": place["longitude"],
            "name": venue["title"],
            "address": venue["address"],
        }
    if "location" in body:
        place = body["location"]
        return {"kind": "location", "lat": place["latitude"], "lon": place["longitude"]}
    if "contact" in body:
        contact = body["contact"]
        name = " ".join(filter(None, (contact["first_name"], contact.get("last_name", ""))))
        return {"kind": "contact", "name": name, "phone": contact["phone_number"]}
    if "poll" in body:
        poll = body["poll"]
        options = [option["text"] for option in poll["options"]]
        return {"kind": "poll", "name": poll["question"], "options": options}
    if "dice" in body:
        return {"kind": "dice", "name": body["dice"]["emoji"], "value": body["dice"]["value"]}
    return None


def _buttons(body: Json) -> list[list[Json]]:
    rows = []
    for row in body.get("reply_markup", {}).get("inline_keyboard", ()):
        shown = []
        for button in row:
            one: Json = {"text": button["text"]}
            if "callback_data" in button:
                one["data"] = button["callback_data"]
            if "url" in button:
                one["url"] = button["url"]
            if "copy_text" in button:
                one["copy"] = button["copy_text"]["text"]
            if "style" in button:
                one["style"] = button["style"]
            shown.append(one)
        rows.append(shown)
    return rows


def message_view(chat: Chat, message: Message) -> Json:
    """Show one message."""
    body = message.body
    user = body["from"]
    name = " ".join(filter(None, (user["first_name"], user.get("last_name", ""))))
    field = "text" if "text" in body else "caption"
    text = body.get(field, "")
    entities = body.get("entities" if field == "text" else "caption_entities", [])
    view: Json = {
        "message_id": message.id,
        "from": {"id": user["id"], "is_bot": user["is_bot"], "name": name},
        "date": body["date"],
        "html": safe_html(text, entities),
        "text": text,
        "entities": entities,
        "silent": message.silent,
        "protected": bool(body.get("has_protected_content")),
        "service": words(body).strip("()") if message.service else None,
        "pinned": message.id in chat.pinned,
        "thread": message.thread_id,
    }
    if "edit_date" in body:
        view["edit_date"] = body["edit_date"]
    media = None if message.service else _media(body)
    if media is not None:
        view["media"] = media
    reply = body.get("reply_to_message")
    if reply is not None and "forum_topic_created" not in reply:
        view["reply_to"] = {
            "message_id": reply["message_id"],
            "name": reply["from"]["first_name"],
            "text": words(reply)[:120],
        }
    if "forward_origin" in body:
        view["forwarded"] = True
    buttons = _buttons(body)
    if buttons:
        view["buttons"] = buttons
    if message.reactions:
        view["reactions"] = [
            {"user": user_id, "emoji": reaction.get("emoji", "")}
            for user_id, reactions in message.reactions.items()
            for reaction in reactions
        ]
    if "media_group_id" in body:
        view["media_group"] = body["media_group_id"]
    return view


def messages_view(chat: Chat, most: int = SHOWN_MESSAGES) -> list[Json]:
    """Show the newest messages of a chat, oldest first."""
    newest = list(chat.messages.values())[-most:]
    return [message_view(chat, message) for message in newest]


def notification_view(notification: Notification | None) -> Json | None:
    """Show a line of a locked screen."""
    if notification is None:
        return None
    return {
        "at": notification.at,
        "title": notification.title,
        "text": notification.text,
        "silent": notification.silent,
        "chat": notification.chat,
    }


def chat_view(t: Telegram, chat: Chat, most: int = SHOWN_MESSAGES) -> Json:
    """Show a chat as it stands."""
    view: Json = {"id": chat.id, "type": chat.kind, "messages": messages_view(chat, most)}
    if chat.keyboard is not None:
        view["keyboard"] = {
            "rows": [
                [
                    {
                        "text": key["text"],
                        "request": "location"
                        if key.get("request_location")
                        else "contact"
                        if key.get("request_contact")
                        else None,
                    }
                    for key in row
                ]
                for row in chat.keyboard["keyboard"]
            ],
            "placeholder": chat.keyboard.get("input_field_placeholder"),
            "one_time": bool(chat.keyboard.get("one_time_keyboard")),
        }
    until, action = chat.typing
    if until > t.time():
        view["typing"] = action
    return view


def person_view(t: Telegram, person: Person, most: int = SHOWN_MESSAGES) -> Json:
    """Show a person and their phone."""
    chat = t.chats.get(person.id)
    last = person.notifications[-1] if person.notifications else None
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "label": person.label,
        "language_code": person.language_code,
        "blocked": person.blocked,
        "started": chat is not None,
        "chat": chat_view(t, chat, most) if chat is not None else {"messages": []},
        "notification": notification_view(last),
    }


def group_view(chat: Chat, most: int = SHOWN_MESSAGES) -> Json:
    """Show a group, topic by topic; General comes first and has number 1."""
    by_thread: dict[int, list[Json]] = {}
    for message in list(chat.messages.values())[-most:]:
        thread = message.thread_id if message.thread_id in chat.topics else 1
        by_thread.setdefault(thread or 1, []).append(message_view(chat, message))
    topics: list[dict[str, Any]] = [
        {
            "thread_id": 1,
            "name": "General",
            "icon_color": 0x6FB9F0,
            "closed": chat.general_closed,
            "hidden": chat.general_hidden,
            "messages": by_thread.get(1, []),
        }
    ]
    for topic in chat.topics.values():
        topics.append(
            {
                "thread_id": topic.thread_id,
                "name": topic.name,
                "icon_color": topic.icon_color,
                "icon_custom_emoji_id": topic.icon_custom_emoji_id,
                "closed": topic.closed,
                "messages": by_thread.get(topic.thread_id, []),
            }
        )
    return {
        "id": chat.id,
        "title": chat.title,
        "forum": chat.forum,
        "members": [{"id": user, "status": status} for user, status in chat.members.items()],
        "bot": chat.bot_status,
        "topics": topics,
    }


def state_view(t: Telegram, most: int = SHOWN_MESSAGES) -> Json:
    """Show everything the page needs at once; of many people, the first hundred."""
    people = list(t.people.values())[:SHOWN_PEOPLE]
    commands = [
        {"scope": scope, "language_code": language, "commands": listed}
        for (scope, language), listed in t.profile.commands.items()
    ]
    return {
        "me": {
            **t.me,
            "description": t.profile.descriptions.get("", ""),
            "descriptions": t.profile.descriptions,
        },
        "console": t.console,
        "now": t.date(),
        "event": t.events.last,
        "people": [person_view(t, person, most) for person in people],
        "groups": [group_view(chat, most) for chat in t.chats.values() if not chat.private],
        "faults": [fault.as_json() for fault in t.faults.active.values()],
        "commands": commands,
        "menu_buttons": {str(key): value for key, value in t.profile.menu_buttons.items()},
        "webhook": t.webhook.info(),
        "counts": {
            "people": len(t.people),
            "messages": sum(len(chat.messages) for chat in t.chats.values()),
            "calls": t.call_count,
            "pending_updates": len(t.updates.pending) + t.webhook.waiting,
            "confirmed_updates": len(t.updates.confirmed),
            "open_queries": len(t.queries),
        },
    }
