"""Where somebody did something in a group of ours, and what is answered there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.group import door
from bot.group.buttons import Rows, markup
from bot.languages import Languages
from bot.showing import MOST_POPPED
from bot.telegram.incoming import Incoming, Tap
from bot.telegram.render import cut
from bot.words import Words
from flows.effects import Json
from flows.text import Text
from storage.group import Group
from storage.outbox import Lane, Outgoing
from storage.unit import Unit

PAUSE = timedelta(hours=1)
"""What nobody asked for is told once in so long."""

TOLD = "group told"
MOST_TOLD = 200


@dataclass(frozen=True, slots=True)
class Scene:
    """An update of a group, in the transaction it is taken in."""

    unit: Unit
    update: Incoming
    group: Group
    languages: Languages
    now: datetime

    @property
    def words(self) -> Words:
        """The language of the group."""
        return self.languages.words(door.LANGUAGE)

    @property
    def tapped(self) -> int | None:
        """The message whose button was tapped."""
        content = self.update.content
        return content.message_id if isinstance(content, Tap) else None

    def html(self, text: Text) -> str:
        """Words as HTML, in the language of the group."""
        return self.words.html(text)

    def say(self, *lines: Text, rows: Rows = ()) -> None:
        """Answer to what somebody wrote, where they wrote it."""
        self.post("\n".join(map(self.html, lines)), rows)

    def post(self, html: str, rows: Rows = (), **more: Any) -> None:
        """Say something in the topic, as an answer to what somebody wrote."""
        params: dict[str, Any] = {"chat_id": self.group.chat, **door.body_of(html), **more}
        if self.update.thread_id is not None:
            params["message_thread_id"] = self.update.thread_id
        if self.update.message_id is not None and self.tapped is None:
            params["reply_parameters"] = {
                "message_id": self.update.message_id,
                "allow_sending_without_reply": True,
            }
        if rows:
            params["reply_markup"] = markup(rows, self.words)
        self.unit.send(Outgoing("sendMessage", params))

    def pop(self, text: Text | None = None, *, alert: bool = False) -> None:
        """Answer to a tap, for whoever tapped alone."""
        content = self.update.content
        if not isinstance(content, Tap):
            return
        params: dict[str, Any] = {"callback_query_id": content.query_id}
        if text is not None:
            params["text"] = cut(self.words.plain(text), MOST_POPPED)
            params["show_alert"] = alert
        self.unit.send(Outgoing("answerCallbackQuery", params, Lane.ANSWER))

    def show_rows(self, rows: Rows) -> None:
        """Put other buttons under the message that was tapped."""
        params = {**self._there(), "reply_markup": markup(rows, self.words)}
        self.unit.send(Outgoing("editMessageReplyMarkup", params))

    def rewrite(self, html: str, rows: Rows = (), keys: Json = None) -> None:
        """Put other words in the place of the message that was tapped; `keys` are other buttons
        than those of conversations."""
        params = {**self._there(), **door.body_of(html)}
        if rows:
            params["reply_markup"] = markup(rows, self.words)
        if keys:
            params["reply_markup"] = {"inline_keyboard": keys}
        self.unit.send(Outgoing("editMessageText", params))

    def delete(self, message_id: int) -> None:
        """Take a message out of the group."""
        params = {"chat_id": self.group.chat, "message_id": message_id}
        self.unit.send(Outgoing("deleteMessage", params, Lane.CLEAN))

    def is_news(self, what: str) -> bool:
        """Whether this was not told here lately; from now on it was."""
        kept: dict[str, str] = json.loads(self.unit.setting(TOLD) or "{}")
        late = {
            key: at for key, at in kept.items() if self.now - datetime.fromisoformat(at) < PAUSE
        }
        key = f"{self.group.id} {self.update.thread_id or 0} {what}"
        if key in late:
            return False
        late[key] = self.now.isoformat()
        self.unit.set_setting(TOLD, json.dumps(dict(list(late.items())[-MOST_TOLD:])))
        return True

    def _there(self) -> dict[str, Any]:
        return {"chat_id": self.group.chat, "message_id": self.tapped}
