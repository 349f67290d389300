"""Chats that stand at the beginning of a report, of a practice or of a code."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from flows.conversation import Conversation, begin
from flows.effects import Json
from flows.engine import Session
from flows.registry import FLOWS
from flows.report_effects import SendReport
from tests.chat import FIRST_DAY, Chat, FakeWorld
from tests.factories import a_world, somebody
from tests.reporting import DESIO, UNION

# The shortest way through the basics and on to the end.
BASICS = (
    "[➡️ Go on]",
    "[✅ Yes]",
    "[🙋 I work there]",
    "[📦 Warehouse, parcels]",
    "[📄 No contract]",
    "[✔️ Done]",
    "[✖️ No]",
    "[📍 Monza e Brianza]",
)
ENOUGH = ("[⏩ That is enough for now]", "[💬 Your answer here]", "[✔️ Done]")
BY_CODE = ("[🙂 No, only me]", "[🔑 I come back with a code]")
SENT = ("[✉️ Go on and send]", "[✅ Yes, send]")
KEPT = ("[🔑 Show my code]", "[✅ I have it]")


def a_reporter(
    at: str = "", flow: str = "report", *, offices: int = 1, careful: bool = False, **person: Any
) -> Chat:
    """Somebody who has just opened the report (or another flow of it)."""
    house = {"offices": (DESIO, UNION)[:offices], "report_days": 90}
    world = a_world(somebody(careful=careful, **person), **house)
    return opened_at(world, flow, at)


def opened_at(world: FakeWorld, flow: str, at: str = "") -> Chat:
    """A chat in which a flow is open at its first question."""
    session = Session("s", flow, FIRST_DAY, at)
    chat = Chat(FLOWS, world, Conversation((session,)))
    reply = begin(FLOWS, chat.conversation, world)
    chat.conversation, chat.screen = reply.conversation, reply.screen
    return chat


def sent(chat: Chat) -> SendReport:
    """The one report that was sent from a chat."""
    (report,) = [one for one in chat.world.effects if isinstance(one, SendReport)]
    return report


def answers(chat: Chat) -> dict[str, Json]:
    """What was in the report that was sent."""
    return dict(json.loads(sent(chat).answers))


def named(chat: Chat) -> list[str]:
    """The effects that were asked for, by name."""
    return [type(one).__name__ for one in chat.world.effects]


def texts(chat: Chat) -> list[str]:
    """The lines of the screen as it stands now."""
    reply = begin(chat.flows, chat.conversation, replace(chat.world))
    return [line.strip() for line in chat.lines(replace(reply, pops=()))]
