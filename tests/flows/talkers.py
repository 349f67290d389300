"""Somebody who talks to a desk, short to write: the house, the ways, what is there already."""

from __future__ import annotations

from typing import Any

from flows.effects import Json
from flows.handoff_effects import AskForHuman
from flows.handoff_model import Asked
from tests.chat import Chat
from tests.factories import a_chat, a_world, somebody
from tests.talking import CARATE, DESIO

ASK = "[🤝 I want to talk to someone]"
DOOR = ("/menu", ASK)
PAY = (*DOOR, "[💶 My pay]")
ASKED = (*PAY, "[✅ Ask for a person]")
PLAN = ("/menu", "[🗂️ My things]", "[🗂️ My plan]")


def a_talker(
    *, desks: int = 1, talk: Json = None, mine: Json = None, offices: Any = (), **person: Any
) -> Chat:
    """The chat of somebody in a house where one or two desks talk."""
    world = a_world(somebody(**person), helpers=(DESIO, CARATE)[:desks], offices=offices)
    world.talk, world.mine = talk, mine
    return a_chat(world=world)


def asked(chat: Chat) -> list[Asked]:
    """What went to a desk."""
    return [one.asked for one in chat.world.effects if isinstance(one, AskForHuman)]
