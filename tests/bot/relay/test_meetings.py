"""An appointment told in a conversation is a real one, and goes when the words are taken back."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.group.meetings import UNKNOWN, did
from bot.relay import refusals as why
from bot.relay.meeting import Wanted
from flows.calendar_model import News, Reply
from flows.handoff_model import Event, LineState, Need
from flows.text import Text
from storage.appointments.finding import mine
from storage.appointments.model import Appointment, Body
from storage.appointments.replying import reply
from storage.appointments.telling import Said
from storage.handoffs import Handoff
from tests.bot.relay.office import NOW, Bureau
from tests.storage.appointments.makers import an_opening, booked

WHEN = datetime.fromisoformat("2026-12-03T10:30")
AT_ROMA = Wanted(WHEN, "Via Roma 1", "Porti il passaporto")


@pytest.fixture
def handoff(bureau: Bureau) -> Handoff:
    """Somebody who reads Italian has asked."""
    return bureau.asks(language="it")


def appointments(bureau: Bureau, handoff: Handoff) -> tuple[Appointment, ...]:
    """What is booked for the person of a conversation."""
    return bureau.do(lambda unit: mine(unit.direct(), unit.vault, handoff.person_id, NOW))


def test_what_is_told_is_booked(bureau: Bureau, handoff: Handoff) -> None:
    """The office of whoever tells it has the appointment, with place and words as the person
    reads them, and the line knows which one it is."""
    done = bureau.deed(bureau.deeds.appointment, bureau.anna, handoff.id, AT_ROMA, NOW)
    [made] = appointments(bureau, handoff)
    assert done.line is not None
    assert done.line.extra["appointment"] == str(made.id)
    assert (made.office, made.desk, made.need) == (bureau.anna.office, "desio", Need.PAY)
    assert (made.local, made.designation) == (WHEN, handoff.designation)
    assert made.body == Body(place="Via Roma 1", bring="Porti il passaporto")
    assert (made.created_by, made.opening_id) == (bureau.anna.id, None)


def test_what_is_taken_back_is_no_appointment(bureau: Bureau, handoff: Handoff) -> None:
    """Words that are taken back take the appointment with them."""
    done = bureau.deed(bureau.deeds.appointment, bureau.anna, handoff.id, AT_ROMA, NOW)
    assert done.line is not None
    undone = bureau.deed(bureau.deeds.undo, bureau.anna, handoff.id, done.line.id, NOW)
    assert undone.ok
    assert appointments(bureau, handoff) == ()


def test_what_cannot_be_told_is_not_booked(bureau: Bureau, handoff: Handoff) -> None:
    """Somebody who cannot be reached gets no appointment she does not know of."""
    bureau.do(lambda unit: unit.set_unreachable(handoff.person_id, NOW))
    done = bureau.deed(bureau.deeds.appointment, bureau.anna, handoff.id, AT_ROMA, NOW)
    assert done.line is not None
    assert (done.ok, done.line.state) == (False, LineState.BLOCKED)
    assert appointments(bureau, handoff) == ()


def test_a_time_of_an_opening_is_told_once(bureau: Bureau, handoff: Handoff) -> None:
    """In an opening it takes a seat; where somebody was quicker nothing is said to the person."""
    rahim = bureau.asks(chat=5)
    opening = bureau.do(lambda unit: an_opening(unit.direct(), bureau.anna.office))
    wanted = Wanted(datetime.fromisoformat("2026-11-24T09:00"), opening=opening)
    first = bureau.deed(bureau.deeds.appointment, bureau.anna, handoff.id, wanted, NOW)
    second = bureau.deed(bureau.deeds.appointment, bureau.anna, rahim.id, wanted, NOW)
    assert first.ok
    assert second == why.TAKEN
    assert [one.seat for one in appointments(bureau, handoff)] == [1]
    assert appointments(bureau, rahim) == ()


def test_an_answer_stands_in_the_conversation_of_the_office(
    bureau: Bureau, handoff: Handoff
) -> None:
    """What the person says to an appointment is noted where the office talks with her, and what
    she says to another office's is not."""
    bureau.deed(bureau.deeds.appointment, bureau.anna, handoff.id, AT_ROMA, NOW)
    bureau.do(
        lambda unit: booked(
            unit.direct(),
            unit.vault,
            opening=None,
            office=bureau.carla.office,
            person_id=handoff.person_id,
            day=date(2026, 12, 4),
            operator_id=bureau.carla.id,
        )
    )
    for one in appointments(bureau, handoff):
        bureau.do(
            lambda unit, one=one: reply(
                unit.direct(), unit.vault, one.id, handoff.person_id, Reply.LATE, NOW, 15
            )
        )
    noted = [one for one in bureau.notes(handoff.id) if one.event is Event.MEETING]
    assert [one.text for one in noted] == ["late 2026-12-03T10:30 15"]


@pytest.mark.parametrize("what", [*News, Reply.COMES])
@pytest.mark.parametrize("minutes", [None, 15])
def test_what_was_done_comes_back_from_its_note(what: News | Reply, minutes: int | None) -> None:
    """Whatever a person does is written into a note and read out of it the same."""
    said = Said(what, WHEN, minutes)
    assert Said.read(said.written()) == said


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("late 2026-12-03T10:30 15", "🏃 The person is {count} minute late: {when}."),
        ("late 2026-12-03T10:30", "🏃 The person is late: {when}."),
        ("comes 2026-12-03T10:30", "✅ The person comes: {when}."),
        ("cancelled 2026-12-03T10:30", "❌ The person has cancelled: {when}."),
        ("booked", UNKNOWN.source),
        ("gap 2026-12-03T10:30", UNKNOWN.source),
        ("nonsense 2026-12-03T10:30", UNKNOWN.source),
    ],
)
def test_a_note_says_what_the_person_did(text: str, source: str) -> None:
    """Each answer has a sentence with its time; a text nobody can read has one without."""
    told: Text = did(text)
    assert told.source == source
