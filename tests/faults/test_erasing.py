"""Who was forgotten stays forgotten, to the last byte, also when the bot dies at that moment."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.faults.nursery import PATIENCE_SECONDS
from tests.faults.process import KILLED
from tests.faults.scene import Scene, Stage


def lookup_of_the_last(here: Scene) -> bytes:
    """The bytes that the person who came last is found by."""
    database = sqlite3.connect(here.data / "antenna.db")
    try:
        return bytes(database.execute("SELECT lookup FROM person").fetchall()[-1][0])
    finally:
        database.close()


def is_in_the_files(data: Path, secret: bytes) -> bool:
    """Whether these bytes stand anywhere in the files of the database."""
    return any(secret in file.read_bytes() for file in data.glob("antenna.db*"))


async def test_a_crash_before_the_files_are_cleaned_leaves_no_byte(stage: Stage) -> None:
    """Killed between the commit and the cleaning, the bot cleans at its next start."""
    async with stage(people=1) as here:
        await here.bots.start()
        person = here.town.people[0]
        await person.arrive()
        await here.quiet()
        assert await here.bots.stop() == 0
        secret = lookup_of_the_last(here)
        await here.bots.start(point="purge", times=2)
        await person.commands_("forget")
        screen = await person.sees_new("yes")
        await person.taps(screen, 0, "yes")
        assert await here.bots.ended() == KILLED
        assert is_in_the_files(here.data, secret)
        await here.bots.start()
        await here.telegram.wait_until(
            lambda: not is_in_the_files(here.data, secret), PATIENCE_SECONDS
        )
        await here.quiet()
        assert await here.bots.stop() == 0
