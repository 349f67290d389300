"""A phone beside a bureau: what its owner does, and what she sees, turn by turn."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.app import furnish
from bot.group.door import Door
from bot.settings import load_settings
from bot.telegram.incoming import read_update
from bot.turn import Turns
from bot.turned import Turned
from flows.handoff_model import Helper
from flows.registry import FLOWS
from flows.report_model import Office
from storage.outbox import Row
from storage.unit import Unit
from tests.bot.relay.office import CARATE, DESIO, FATIMA, NOW, Bureau

Raw = dict[str, Any]


@dataclass
class Phone:
    """One chat. `sent` are the calls of the last turn, `keys` the buttons that can be tapped."""

    bureau: Bureau
    turns: Turns
    chat: int = FATIMA
    language: str = "ar"
    now: datetime = NOW
    updates: int = 0
    messages: int = 1000
    sent: list[Row] = field(default_factory=list)
    keys: list[tuple[int, str, str]] = field(default_factory=list)
    stirred: frozenset[int] = frozenset()

    @property
    def texts(self) -> list[str]:
        """What the bot said in the last turn."""
        return [str(row.params["text"]) for row in self.sent if "text" in row.params]

    @property
    def deleted(self) -> list[int]:
        """The messages that were to go in the last turn."""
        found: list[int] = []
        for row in self.sent:
            found += row.params.get("message_ids", ())
            if row.method == "deleteMessage" and "message_id" in row.params:
                found.append(row.params["message_id"])
        return found

    def writes(self, text: str, **more: Any) -> int:
        """Write words; the number of the message comes back."""
        return self.sends({"text": text, **more})

    def sends(self, content: Raw, kind: str = "message", message_id: int | None = None) -> int:
        """Send anything, or change what was sent."""
        self.messages += 1
        number = message_id or self.messages
        message = self._message(number) | content
        if kind == "edited_message":
            message["edit_date"] = message["date"]
        self._take({kind: message})
        return number

    def taps(self, option: str) -> None:
        """Tap the button whose data ends so."""
        message_id, data = next(
            (number, data) for number, _label, data in self.keys if data.endswith(f":{option}")
        )
        message = self._message(message_id) | {"text": "…"}
        message["from"] = {"id": 1, "is_bot": True, "first_name": "A"}
        query = {"id": str(self.updates), "from": self._account(), "data": data}
        self._take({"callback_query": query | {"message": message}})

    def waits(self, **more: float) -> None:
        """Time passes."""
        self.now += timedelta(**more)

    def state(self) -> str:
        """All that is kept of the flows, as one text to be searched."""

        def job(unit: Unit) -> str:
            person = unit.person(self.chat)
            assert person is not None
            draft = unit.draft(person.id)
            kept = [unit.conversation(person.id).state, None if draft is None else draft.state]
            return json.dumps(kept, ensure_ascii=False)

        return self.bureau.do(job)

    def _account(self) -> Raw:
        return {
            "id": self.chat,
            "is_bot": False,
            "first_name": "Canary",
            "language_code": self.language,
        }

    def _message(self, number: int) -> Raw:
        return {
            "message_id": number,
            "date": int(self.now.timestamp()),
            "chat": {"id": self.chat, "type": "private"},
            "from": self._account(),
        }

    def _take(self, update: Raw) -> Turned:
        self.updates += 1
        incoming = read_update(update | {"update_id": self.chat * 1000 + self.updates})
        assert incoming is not None
        turned = self.bureau.do(self.turns.take(incoming, self.now))
        self.show(turned.rows)
        self.stirred = turned.stirred
        return turned

    def show(self, rows: list[Row]) -> None:
        """Everything of this chat arrives, as Telegram would have it."""
        self.sent = [row for row in rows if row.params.get("chat_id", self.chat) == self.chat]

        def arrive(unit: Unit) -> None:
            for row in self.sent:
                makes = row.method.startswith("send")
                self.messages += makes
                number = self.messages if makes and row.slot.name != "EDIT" else row.living
                number = number or self.messages
                shown = number if row.method.startswith(("send", "edit")) else None
                unit.mark_sent(row, shown, self.now)
                markup = row.params.get("reply_markup") or {}
                for line in markup.get("inline_keyboard", ()):
                    self.keys[:0] = [(number, key["text"], key["callback_data"]) for key in line]

        self.bureau.do(arrive)


def a_phone(bureau: Bureau, **more: Any) -> Phone:
    """A phone whose owner has not done anything yet; two desks talk, one office reads reports."""
    furniture = furnish(load_settings(None), bureau.languages)
    helpers = tuple(Helper(one.key, one.name, one.territory, "") for one in (DESIO, CARATE))
    offices = (Office("o", "Desio", duty=False),)
    furniture.house = replace(furniture.house, helpers=helpers, offices=offices)
    door = Door(bureau.database.vault, bureau.languages)
    return Phone(bureau, Turns(FLOWS, bureau.languages, furniture, door), **more)
