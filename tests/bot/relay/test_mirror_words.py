"""What topics say: every event, end and trouble has words, and no name is too long."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.group.words import NEEDS
from bot.languages import ROME
from bot.relay import mirror_words as words
from bot.relay.mirror_calls import LONGEST_NAME, Board
from bot.telegram.render import units
from flows import talk_words
from flows.handoff_model import (
    Event,
    LineKind,
    LineState,
    Need,
    Reason,
    Safe,
    State,
    Trouble,
    Urgency,
)
from flows.ready import READY
from storage.handoffs import Content, Note
from tests.bot.relay.mirrored import LANGUAGES, mirrored

NOW = datetime(2026, 11, 23, 11, tzinfo=UTC)
FACTS = words.Facts(names={5: "Anna"})
ENGLISH = LANGUAGES.words("en")


@pytest.mark.parametrize("event", list(Event))
@pytest.mark.parametrize("operator_id", [None, 5, 6])
def test_every_event_is_one_line(event: Event, operator_id: int | None) -> None:
    """Whoever did it, somebody who is gone and the person herself too."""
    texts = {Event.URGENCY: "2", Event.RATED: "3", Event.CLOSED: Reason.ANSWERED.value}
    note = Note(1, 2, 3, event, texts.get(event, ""), NOW, operator_id, None, None, 0)
    told = ENGLISH.plain(words.event(note, FACTS))
    assert (len(told) > 3, "\n" in told, "{" in told) == (True, False, False)


def test_every_value_that_is_kept_has_words() -> None:
    """A value added to the model is added here, or this fails."""
    assert set(words.NEEDS) == set(talk_words.NEEDS) == set(Need)
    assert set(words.SAFE) == set(Safe)
    assert set(words.TROUBLES) == {None, *Trouble}


@pytest.mark.parametrize("need", list(Need))
def test_a_need_is_called_as_in_the_console_behind_what_the_person_tapped(need: Need) -> None:
    """Whoever is not safe is not taken for somebody without a helmet."""
    sign = talk_words.NEEDS[need].source.partition(" ")[0]
    told = ENGLISH.plain(words.NEEDS[need])
    assert (told, sign.isascii()) == (f"{sign} {ENGLISH.plain(NEEDS[need])}", False)


@pytest.mark.parametrize(
    ("safe", "said"),
    [
        (Safe.ALWAYS, "⏳ Goes out when the phone is safe"),
        (Safe.EVENING, "⏳ Goes out: Monday 23 November, 18:00"),
        (Safe.SUNDAY, "⏳ Goes out: Sunday 29 November, 06:00"),
    ],
)
async def test_what_waits_says_when_it_goes(tmp_path: Path, safe: Safe, said: str) -> None:
    """The hour in which the phone is the person's own, by the clocks of Italy."""
    async with mirrored(tmp_path, started=False) as here:
        talk = await here.asks(safe=safe)
        line = await here.says(talk, "Hello", state=LineState.WAITS)
    local = NOW.astimezone(ROME).replace(tzinfo=None)
    assert ENGLISH.plain(words.acknowledgement(line, talk, local)) == said


async def test_a_name_fits_and_begins_with_how_urgent_it_is(tmp_path: Path) -> None:
    """However long the words of a language are, nothing is refused for its length."""
    async with mirrored(tmp_path, started=False) as here:
        talk = await here.asks(urgency=Urgency.NOW, level=3)
    facts = words.Facts(language="x" * 200)
    name = Board(ENGLISH, -1, talk, facts, NOW).name()
    assert (units(name) <= LONGEST_NAME, name[0]) == (True, "🔴")


@pytest.mark.usefixtures("in_english")
async def test_a_ready_answer_and_an_appointment_are_read_by_colleagues(tmp_path: Path) -> None:
    """What is kept as a key or a moment stands in the topic in words."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        await here.says(talk, "", content=Content(LineKind.CANNED, READY[0].key))
        when = {"when": "2026-12-03T10:30", "place": "Via Roma 1"}
        made = await here.says(talk, "", content=Content(LineKind.APPOINTMENT, extra=when))
        for line in await here.lines(talk):
            await here.goes(talk, line)
        await here.shown()
        head = f"✉️ Anna → {talk.designation}"
        assert await here.topic(talk) == [
            f"{head}\n{ENGLISH.plain(READY[0].text)}\n✉️ Sent",
            f"{head}\n📅 Appointment: Thursday 3 December, 10:30\n📍 Via Roma 1\n✉️ Sent",
        ]
        assert made.kind is LineKind.APPOINTMENT


@pytest.mark.usefixtures("in_english")
async def test_what_is_on_its_way_waits_a_moment_for_its_end(tmp_path: Path) -> None:
    """Most words arrive at once, and one message says all; slow ones are shown as on their way."""
    async with mirrored(tmp_path) as here:
        await here.binds()
        talk = await here.asks()
        await here.shown()
        line = await here.says(talk, "Slow")
        await here.hears(talk, "Meanwhile")
        assert await here.topic(talk) == []
        here.clock.passes(timedelta(seconds=3.1).total_seconds())
        here.news.tell(talk.id)
        await here.until(lambda: here.methods().count("sendMessage") == 3)
        head = f"✉️ Anna → {talk.designation}\nSlow\n"
        assert (await here.topic(talk))[0] == head + "📤 Is being sent"
        await here.goes(talk, line)
        await here.shown()
        assert (await here.topic(talk))[0] == head + "✉️ Sent"
        assert (await here.talk(talk)).state is State.WAITING
