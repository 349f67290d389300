"""Writes a chat as a text, the way the tests of the project read conversations."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.local.state import Chat, Json, Line, Message
from bot.local.telegram import Telegram

_MARGIN = " " * 6


def transcript(t: Telegram, chat: Chat, *, thread: int | None = None, taps: bool = True) -> str:
    """Write a chat as it stands: messages as last edited, deleted ones gone, taps and pop-ups.

    In a private chat the person is USER; in a group each line begins with the writer's name.
    """
    lines = []
    for line in chat.lines:
        if thread is not None and (line.thread_id or 1) != thread:
            continue
        if line.kind == "message":
            message = chat.messages.get(line.message_id)
            if message is not None:
                lines.extend(_message(t, chat, message))
        elif line.kind == "popup":
            lines.extend(_block("POPUP", line.text))
        elif taps:
            lines.append(_tap(chat, line))
    if chat.keyboard is not None and chat.private:
        rows = [" ".join(f"[{key['text']}]" for key in row) for row in chat.keyboard["keyboard"]]
        lines.extend(_block("KEYS", "\n".join(rows)))
    return "\n".join(lines) + "\n" if lines else ""


def _block(speaker: str, text: str) -> list[str]:
    first, *rest = text.split("\n")
    return [
        f"{speaker:<6}{first}".rstrip(),
        *((_MARGIN + line).rstrip() for line in rest),
    ]


def _tap(chat: Chat, line: Line) -> str:
    name = "" if chat.private else f"{line.name}: "
    return f"USER  {name}[{line.text}]"


def _message(t: Telegram, chat: Chat, message: Message) -> list[str]:
    body = message.body
    text = words(body)
    if message.service:
        return _block("----", text)
    if message.mine:
        speaker = "BOT"
    else:
        speaker = "USER"
        if not chat.private:
            text = f"{body['from']['first_name']}: {text}"
    lines = _block(speaker, text)
    for row in body.get("reply_markup", {}).get("inline_keyboard", ()):
        lines.append(_MARGIN + " ".join(f"[{button['text']}]" for button in row))
    return lines


def words(body: Json) -> str:
    """Give the words of a message; what is no words stands in round brackets."""
    if "text" in body:
        return str(body["text"])
    for kind, describe in _DESCRIPTIONS.items():
        if kind in body:
            shown = describe(body[kind])
            return f"({shown}) {body['caption']}" if body.get("caption") else f"({shown})"
    return "(message)"


def _place(value: Any) -> str:
    return f"location {value['latitude']}, {value['longitude']}"


_DESCRIPTIONS: dict[str, Callable[[Any], str]] = {
    "photo": lambda _v: "photo",
    "voice": lambda v: f"voice {v['duration']} s",
    "audio": lambda v: f"audio {v['duration']} s",
    "video_note": lambda v: f"video note {v['duration']} s",
    "animation": lambda _v: "animation",
    "video": lambda v: f"video {v['duration']} s",
    "document": lambda v: f"document {v['file_name']}" if v.get("file_name") else "document",
    "sticker": lambda v: f"sticker {v['emoji']}" if v.get("emoji") else "sticker",
    "venue": lambda v: f"place {v['title']}",
    "location": _place,
    "contact": lambda v: f"contact {v['first_name']} {v['phone_number']}",
    "poll": lambda v: f"poll {v['question']}",
    "dice": lambda v: f"dice {v['emoji']} {v['value']}",
    "forum_topic_created": lambda v: f"topic opened: {v['name']}",
    "forum_topic_edited": lambda v: f"topic renamed: {v.get('name', '')}",
    "forum_topic_closed": lambda _v: "topic closed",
    "forum_topic_reopened": lambda _v: "topic opened again",
    "pinned_message": lambda _v: "pinned a message",
    "new_chat_members": lambda _v: "the bot joined",
    "story": lambda _v: "story",
}
