"""Somebody who would rather hear than read: the voice comes, and leaves with its page."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.app import LOCALES, furnish
from bot.languages import Languages
from bot.voices.booth import mark_of
from bot.voices.machine import Machine, MachineError, Sound
from bot.voices.speakers import read_speakers
from bot.voices.utterance import Segment
from flows.directory import ALOUD
from flows.model import Person as Somebody
from flows.opening import Opening
from flows.registry import FLOWS
from flows.rehearsal import rehearse
from storage.unit import Unit
from storage.voices.recordings import Wanted, add, decide
from tests.acceptance.town import Person, Town, open_town

LISTEN = "🔊 Listen"
TODAY = date(2026, 11, 23)


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


async def test_a_voice_that_comes_too_late_goes_again(
    loud: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has gone on before the voice is there never has the one of another page."""
    person, gate, read = await loud.resident(), threading.Event(), Machine.read

    def slow(machine: Machine, segments: Sequence[Segment]) -> Sound:
        assert gate.wait(30)
        return read(machine, segments)

    monkeypatch.setattr(Machine, "read", slow)
    await person.taps(LISTEN)
    await person.taps("⚠️ Something is wrong at work")
    gate.set()
    await arrives(loud)
    assert await voices(person) == []


async def test_who_is_forgotten_meanwhile_gets_no_voice(
    loud: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was being read, nothing of it comes into a chat that was just emptied."""
    person, gate, read = await loud.resident(), threading.Event(), Machine.read

    def slow(machine: Machine, segments: Sequence[Segment]) -> Sound:
        assert gate.wait(30)
        return read(machine, segments)

    monkeypatch.setattr(Machine, "read", slow)
    await person.taps(LISTEN)
    await person.sends("/forget")
    await person.taps("🗑️ Yes, forget me")
    gate.set()
    await arrives(loud)
    assert (await voices(person), await loud.telegram.calls("sendVoice")) == ([], [])
    assert loud.query("SELECT passage FROM heard") == []


async def test_a_machine_that_fails_says_so(loud: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person is told, kindly, and the line goes with the page."""

    def broken(machine: Machine, segments: Sequence[Segment]) -> Sound:
        raise MachineError("it is broken")

    monkeypatch.setattr(Machine, "read", broken)
    loud.expected.add("voice_failed")
    person = await loud.resident()
    await listens(person)
    assert [one["text"] for one in await person.phone.chat()][-1].startswith("🔇")
    await person.taps("⚠️ Something is wrong at work")
    assert not [one for one in await person.phone.chat() if one["text"].startswith("🔇")]


async def test_a_file_telegram_forgot_is_sent_up_again(loud: Town) -> None:
    """The person notices nothing of it."""
    one, two = await loud.resident(), await loud.resident("Binta")
    await listens(one)
    words = "Bad Request: wrong file identifier/HTTP URL specified"
    await loud.telegram.fault("400", "sendVoice", times=1, description=words)
    loud.expected.add("row_refused")
    await listens(two)
    assert len(await voices(two)) == 1


async def recorded(town: Town, code: str, *, reads: str = "") -> None:
    """Somebody recorded home in a language, and a second one approved it."""
    antenna = town.antenna
    assert antenna.voices is not None
    languages = Languages.load(LOCALES)
    house = furnish(town.settings, languages)
    opening = Opening(Somebody(0, "en", welcomed=True), house.house, house.library, (), TODAY)
    home = next(one for one in rehearse(FLOWS, opening, "home")).passage
    wanted = Wanted(home.key, code, mark_of(languages, reads or code, home.core))
    sound = Machine(read_speakers()).read((Segment("it", "Ciao."),)).content

    def job(unit: Unit) -> None:
        made = add(unit.direct(), wanted, sound, 2, 5, town.clock.now())
        assert decide(unit.direct(), made.id, 6, True, town.clock.now())

    await antenna.voices.do(job)
    await antenna.scheduler.do("voices")


async def test_a_person_is_heard_before_a_machine(loud: Town) -> None:
    """Where somebody recorded the page, it is their voice; it is sent up once."""
    await recorded(loud, "en")
    one, two = await loud.resident(), await loud.resident("Binta")
    await listens(one)
    await listens(two)
    told = [[voice["text"] for voice in await voices(who)] for who in (one, two)]
    assert told == [["👤 A person is reading."]] * 2
    sent = [call["params"]["voice"] for call in await loud.telegram.calls("sendVoice")]
    assert [voice.endswith("bytes)") for voice in sent] == [True, False]


async def test_who_hears_another_language_than_they_read(loud: Town) -> None:
    """Whoever chose Mandinka reads English, and hears a person where somebody recorded the page;
    other pages are read by the machine."""
    await recorded(loud, "mnk", reads="en")
    person = await loud.resident()
    await person.goes("🌐 Language", "🔊 Mandinka")
    await listens(person)
    told = [voice["text"] for voice in await voices(person)]
    await person.taps("⚠️ Something is wrong at work")
    await listens(person)
    told += [voice["text"] for voice in await voices(person)]
    assert told == ["👤 A person is reading.", "🤖 A machine is reading."]


async def test_a_message_that_stays_is_read_as_it_stands(loud: Town) -> None:
    """A reminder has its own button, and the voice of it is kept nowhere."""
    person = await loud.resident()
    keys = {"inline_keyboard": [[{"text": LISTEN, "callback_data": ALOUD}]]}
    sent = await loud.telegram.call(
        "sendMessage", chat_id=person.chat_id, text="Tomorrow at 9:30", reply_markup=keys
    )
    await person.taps(LISTEN, message_id=sent["result"]["message_id"])
    await arrives(loud)
    assert len(await voices(person)) == 1
    assert loud.query("SELECT name FROM voice_file") == []
