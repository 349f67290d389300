"""A topic of a group with operators in it, over a real database; updates as Telegram sends them.

stage = Stage(bureau)
handoff = stage.shows(bureau.asks())
stage.writes("/r Buongiorno", by="anna")
assert stage.sent() == ["Buongiorno"]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from bot.group.door import Door
from bot.group.meanings import Proposing
from bot.group.staff import StaffTurns
from bot.telegram.incoming import ANONYMOUS, Incoming, read_update
from flows.handoff_model import LineKind
from storage import accounts
from storage import group as kept
from storage.group import Group
from storage.handoffs import Content, Handoff, Line, lines, view
from storage.outbox import Row
from storage.unit import Unit
from tests.bot.relay.office import NOW, Bureau

CHAT = -1_001_000_000_777
ME = 4_711
TOPIC = 40
CARD = 41
ACCOUNTS = {"anna": 900_001, "bruno": 900_002, "carla": 900_003, "ada": 900_004}
STRANGER = 900_900


@dataclass
class Stage:
    """The group, what left for whom, and the clock. `last` is the message written last."""

    bureau: Bureau
    now: datetime = NOW
    group: Group = field(init=False)
    door: Door = field(init=False)
    rows: list[Row] = field(default_factory=list)
    last: int = 0
    proposing: Proposing | None = None
    numbers: count[int] = field(default_factory=lambda: count(100))

    def __post_init__(self) -> None:
        vault, languages = self.bureau.database.vault, self.bureau.languages
        self.door = Door(vault, languages, self._staff())
        self.group = self.bureau.do(self._furnish)

    def _staff(self) -> StaffTurns:
        return StaffTurns(self.bureau.deeds, self.bureau.languages, ME, None, self.proposing)

    def _furnish(self, unit: Unit) -> Group:
        connection, vault = unit.direct(), self.bureau.database.vault
        for name, account in ACCOUNTS.items():
            operator = getattr(self.bureau, name)
            word = accounts.make_link(connection, operator.id, self.now)
            assert accounts.bind_telegram(connection, vault, word, account, self.now)
        return kept.add_group(connection, vault, CHAT, self.now)

    # -- what stands in the topic

    def shows(self, handoff: Handoff, topic: int = TOPIC, card: int = CARD) -> Handoff:
        """A conversation is shown in a topic."""

        def job(unit: Unit) -> None:
            view.set_topic(unit.direct(), handoff.id, self.group.id, topic, "name")
            view.set_card(unit.direct(), handoff, card, b"")

        self.bureau.do(job)
        return self.bureau.handoff(handoff.id)

    def heard(self, handoff: Handoff, words: str = "Aiuto", posted: int = 60) -> Line:
        """The person says something, and it stands in the topic."""

        def job(unit: Unit) -> Line:
            content = Content(LineKind.TEXT, words)
            vault = self.bureau.database.vault
            line = lines.hear(unit.direct(), vault, handoff, content, self.now, source=5)
            view.set_posted(unit.direct(), "line", line.id, posted)
            return line

        return self.bureau.do(job)

    def said(self, handoff: Handoff, words: str = "Eccomi", posted: int = 61) -> Line:
        """An operator says something in the console, and it stands in the topic."""
        content = Content(LineKind.TEXT, words)
        done = self.bureau.deed(
            self.bureau.deeds.say, self.bureau.anna, handoff.id, content, self.now
        )
        line = done.line
        assert line is not None
        self.bureau.do(lambda unit: view.set_posted(unit.direct(), "line", line.id, posted))
        return line

    # -- what people do there

    def writes(
        self,
        text: str | None,
        *,
        by: str = "anna",
        topic: int | None = TOPIC,
        reply: dict[str, Any] | None = None,
        edits: int | None = None,
        **more: Any,
    ) -> str:
        """Somebody writes; what became of it."""
        self.last = message_id = next(self.numbers) if edits is None else edits
        body: dict[str, Any] = {"message_id": message_id, "date": 1_795_000_000, **sender(by)}
        body |= {"chat": {"id": CHAT, "type": "supergroup"}, **more}
        if text is not None:
            body["text"] = text
        if topic is not None:
            body |= {"message_thread_id": topic, "is_topic_message": True}
            body["reply_to_message"] = {"message_id": topic, "forum_topic_created": {}}
        if reply is not None:
            body["reply_to_message"] = reply
        return self._takes({"message" if edits is None else "edited_message": body})

    def taps(
        self, data: str, *, by: str = "anna", topic: int | None = TOPIC, message_id: int = CARD
    ) -> str:
        """Somebody taps a button."""
        message = {"message_id": message_id, "date": 1_795_000_000}
        message |= {"chat": {"id": CHAT, "type": "supergroup"}}
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        return self._takes(
            {"callback_query": {"id": "q", "data": data, "message": message, **sender(by)}}
        )

    def _takes(self, body: dict[str, Any]) -> str:
        update = read_update({"update_id": next(self.numbers), **body}, "ant_bot")
        assert update is not None

        def job(unit: Unit) -> tuple[str, list[Row]]:
            taken = self.take(unit, update)
            return taken, list(unit.sent)

        taken, rows = self.bureau.do(job)
        self.rows += rows
        return taken

    def take(self, unit: Unit, update: Incoming) -> str:
        """What the turn does with it."""
        return self.door.take(unit, update, self.now)

    def passes(self, **time: float) -> None:
        """Let time pass."""
        self.now += timedelta(**time)

    # -- what came of it

    def to_people(self) -> list[Row]:
        """What is on its way to persons."""
        return [row for row in self.rows if row.person_id is not None]

    def to_group(self, method: str | None = None) -> list[Row]:
        """What is on its way to the group."""
        return [
            row
            for row in self.rows
            if row.person_id is None and (method is None or row.method == method)
        ]

    def told(self) -> list[str]:
        """What was answered in the group, its words alone."""
        return [str(row.params["text"]) for row in self.to_group("sendMessage")]

    def popped(self) -> list[str]:
        """What popped up for whoever tapped."""
        return [str(row.params.get("text", "")) for row in self.to_group("answerCallbackQuery")]

    def keys(self, row: Row) -> list[str]:
        """The callback data under a message."""
        rows = row.params["reply_markup"]["inline_keyboard"]
        return [one["callback_data"] for row in rows for one in row]


def sender(by: str) -> dict[str, Any]:
    """Who wrote or tapped, as Telegram says it."""
    if by == "anonymous":
        return {
            "from": {"id": ANONYMOUS, "is_bot": True},
            "sender_chat": {"id": CHAT, "type": "supergroup"},
        }
    if by == "channel":
        return {
            "from": {"id": 136817688, "is_bot": True},
            "sender_chat": {"id": -1_005, "type": "channel"},
        }
    if by == "bot":
        return {"from": {"id": 77, "is_bot": True}}
    return {"from": {"id": ACCOUNTS.get(by, STRANGER), "is_bot": False, "first_name": by}}


def of_bot(message_id: int, text: str = "", bot: int = ME) -> dict[str, Any]:
    """A message of the bot, as it stands in an answer to it."""
    return {"message_id": message_id, "from": {"id": bot, "is_bot": True}, "text": text}


def of_colleague(message_id: int, text: str = "") -> dict[str, Any]:
    """A message of an operator, as it stands in an answer to it."""
    return {"message_id": message_id, "from": {"id": ACCOUNTS["bruno"]}, "text": text}
