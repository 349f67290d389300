"""Somebody who would rather hear than read: the voice comes, and leaves with its page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.town import Person, Town, open_town

LISTEN = "🔊 Listen"


@pytest.fixture
async def loud(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which a machine reads."""
    async with open_town(tmp_path / "data", aloud=True) as running:
        yield running


async def listens(person: Person) -> None:
    """Tap the button, and wait until the voice is there."""
    await person.taps(LISTEN)
    await arrives(person.town)


async def arrives(town: Town) -> None:
    """Wait until every voice that was asked for has been brought."""
    assert town.antenna.voices is not None
    await town.antenna.voices.settle()
    await town.settles()


async def voices(person: Person) -> list[dict[str, Any]]:
    """The voices in the chat."""
    return [one for one in await person.phone.chat() if one.get("media", {}).get("kind") == "voice"]


async def test_a_page_is_read_aloud(loud: Town) -> None:
    """The voice comes below the page, says what it is, and the page stays as it was."""
    person = await loud.resident()
    before = person.screen.labels
    await listens(person)
    (voice,) = await voices(person)
    assert voice["text"] == "🤖 A machine is reading."
    assert (person.screen.labels, LISTEN in before) == (before, True)


async def test_a_voice_leaves_with_its_page(loud: Town) -> None:
    """Whoever goes on has no voice of another page in the chat; the next page has its own."""
    person = await loud.resident()
    await listens(person)
    await person.taps("⚠️ Something is wrong at work")
    assert await voices(person) == []
    await listens(person)
    await listens(person)
    assert len(await voices(person)) == 1


async def test_a_voice_is_made_once(loud: Town) -> None:
    """A second person gets the same file, and nothing is made or sent up again."""
    one, two = await loud.resident(), await loud.resident("Binta")
    await listens(one)
    await listens(two)
    sent = [call["params"]["voice"] for call in await loud.telegram.calls("sendVoice")]
    assert len(list((loud.data / "voices").iterdir())) == 1
    assert sent[0].endswith("bytes)")
    assert not sent[1].endswith("bytes)")


async def test_nothing_is_kept_of_a_secret_page(loud: Town) -> None:
    """No file, no count and no name of it; the voice goes with the page, or after an hour."""
    person = await loud.resident()
    await person.goes("⚠️ Something is wrong at work")
    await person.taps(person.screen.labels[0])
    kept = loud.query("SELECT passage FROM heard")
    await listens(person)
    assert len(await voices(person)) == 1
    assert not (loud.data / "voices").exists()
    assert loud.query("SELECT passage FROM heard") == kept
    assert loud.query("SELECT name FROM voice_file") == []
    await loud.passes(timedelta(minutes=62))
    assert await voices(person) == []


async def test_in_careful_mode_the_voice_goes_with_the_private_page(loud: Town) -> None:
    """After ten minutes nothing of it is in the chat of somebody whose phone is looked at."""
    person = await loud.resident(careful=True)
    await person.taps("💼 My work")
    await listens(person)
    assert len(await voices(person)) == 1
    await loud.passes(timedelta(minutes=11))
    assert await voices(person) == []
