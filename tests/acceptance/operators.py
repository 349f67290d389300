"""The operators' group and what a terminal says to it, for tests over the local Telegram."""

from __future__ import annotations

import argparse

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.commands import group as commands
from bot.commands.place import Place
from bot.local.transcript import words
from storage import group as kept
from storage.group import Group
from tests.acceptance.town import Person, Town


def place(town: Town) -> Place:
    """Where a command of a terminal is carried out."""
    return Place(town.settings, argparse.Namespace(), town.clock)


def word(town: Town, capsys: object) -> str:
    """The line to write in a group, as `group connect` prints it."""
    assert commands.carry_out_connect(place(town)) == 0
    said: str = capsys.readouterr().out.strip()  # type: ignore[attr-defined]
    return said


async def found(town: Town, operator: Person, title: str = "Operators", **wish: object) -> Person:
    """Found a group with the bot in it; the operator, in it."""
    chat = await town.telegram.group(title, operator.phone, **wish)
    return Person(town, operator.phone.within(chat))


async def connect(town: Town, capsys: object, **wish: object) -> Person:
    """Found a group, bind it, and let the bot look at its rights there."""
    rosa = await town.newcomer("Rosa", language="it")
    line = word(town, capsys)
    within = await found(town, rosa, **wish)
    await within.sends(line)
    await tick(town)
    return within


async def tick(town: Town) -> None:
    """The house looks after the group and tells what is to be told."""
    await town.antenna.scheduler.do("group")
    await town.settles()


async def bound(town: Town) -> Group | None:
    """What is kept of the group."""
    engine = create_engine(f"sqlite:///{town.database}", poolclass=NullPool)
    with engine.connect() as connection:
        return next(iter(kept.all_groups(connection, town.vault())), None)


def told(person: Person) -> list[str]:
    """What the bot said in a group, one message after the other."""
    return [words(one.body) for one in person.messages if one.mine]
