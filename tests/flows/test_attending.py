"""One lesson or appointment: what is said to it, and what is told to whom."""

from __future__ import annotations

from typing import Any

import pytest

from flows.attending import read_at
from flows.calendar_effects import (
    CancelAppointment,
    GiveReply,
    LeaveCourse,
    MoveAppointment,
    SendCalendarFile,
    SendPin,
)
from flows.calendar_model import Reply, Subject
from flows.conversation import Conversation, begin
from flows.effects import Json
from flows.engine import Session
from flows.model import Person
from tests.calendaring import a_course, an_appointment, an_item
from tests.chat import FIRST_DAY, Chat, english
from tests.factories import a_chat, somebody

TODAY = "2026-11-23T14:30:00"
LESSON, APPOINTMENT = "lesson.l1", "appointment.a1"
ACTS = (GiveReply, LeaveCourse, MoveAppointment, CancelAppointment, SendPin, SendCalendarFile)


def standing(
    at: str, person: Person | None = None, chat: Chat | None = None, **calendar: Json
) -> Chat:
    """Somebody on the page of that meeting, with their calendar under it."""
    chat = (chat or a_chat(person)).walks("/menu", "/calendar")
    chat.world.calendar.update(calendar)
    session = Session("meeting", "attending", FIRST_DAY, at)
    chat.conversation = Conversation((*chat.conversation.stack, session))
    reply = begin(chat.flows, chat.conversation, chat.world)
    chat.conversation, chat.screen = reply.conversation, reply.screen
    return chat


def page(chat: Chat) -> list[str]:
    """What stands on it, and its buttons."""
    assert chat.screen is not None
    lines = [english(line.text) for line in chat.screen.lines]
    return [*lines, *(f"[{english(one.label)}]" for one in chat.screen.buttons)]


def did(chat: Chat) -> list[object]:
    """What was asked of the storage that changes something."""
    return [one for one in chat.world.effects if isinstance(one, ACTS)]


def test_a_lesson_shows_when_where_and_what_to_bring():
    """And what can be said days before it: not yet that one is late."""
    chat = standing(LESSON)
    assert page(chat) == [
        "📘 Italian A1, evening",
        "📅 2026-12-03 14:30:00",
        "📍 Via Rossi 1, Desio",
        "🏢 CPIA Monza",
        "🎒 Bring: A pen.",
        "[👍 I come]",
        "[🧭 How to get there]",
        "[✖️ I cannot come]",
        "[📄 Into my phone's calendar]",
        "[🎓 See the course]",
    ]


def test_a_lesson_of_today_has_late_and_lost():
    """Also from the day before on, for whoever left the page open."""
    today = standing(LESSON, FindMyCalendar=[an_item(starts=TODAY)])
    assert [one for one in page(today) if "late" in one or "lost" in one] == [
        "[⏰ I am late]",
        "[🧭 I am lost]",
    ]


def test_an_appointment_shows_what_the_desk_wrote():
    """The words of the desk are its title; it can be moved and cancelled."""
    chat = standing(APPOINTMENT, FindAppointment=an_appointment(what="Questura"))
    assert page(chat) == [
        "📅 Questura",
        "📅 2026-12-03 14:30:00",
        "📍 Via Rossi 1, Desio",
        "🏢 PUA Desio",
        "🎒 Bring: Your permit.",
        "[👍 I come]",
        "[🧭 How to get there]",
        "[✖️ I cannot come]",
        "[📅 Another day]",
        "[🗑️ Cancel it]",
        "[📄 Into my phone's calendar]",
    ]


def test_an_appointment_elsewhere_is_moved_by_the_desk_only():
    """Without free times of its own there is no other day to choose."""
    bare = an_appointment(online=False, place="", organisation="", bring="")
    chat = standing(APPOINTMENT, FindAppointment=bare)
    assert page(chat) == [
        "🪪 My documents",
        "📅 2026-12-03 14:30:00",
        "[👍 I come]",
        "[🧭 How to get there]",
        "[✖️ I cannot come]",
        "[🗑️ Cancel it]",
        "[📄 Into my phone's calendar]",
    ]


def test_a_lesson_that_was_moved_says_so_and_is_somewhere_else():
    """The pin of the course would lead to the wrong place: only the address is shown."""
    item = an_item(moved=True, place="Via Verdi 2, Desio", starts=TODAY)
    chat = standing(LESSON, FindMyCalendar=[item])
    assert page(chat)[2] == "❗ This is a new time."
    assert "[🗺️ Show me on the map]" not in page(chat.walks("[🧭 I am lost]"))


@pytest.mark.parametrize("at", [LESSON, APPOINTMENT])
@pytest.mark.parametrize(
    ("label", "reply"), [("👍 I come", Reply.COMES), ("✖️ I cannot come", Reply.CANNOT)]
)
def test_the_desk_is_told(at: str, label: str, reply: Reply):
    """One tap says it; the page says that they know."""
    chat = standing(at).walks(f"[{label}]")
    assert did(chat) == [GiveReply(Subject(at.split(".")[0]), at.split(".")[1], reply)]
    assert page(chat)[0].endswith(
        {Reply.COMES: "They know that you come.", Reply.CANNOT: "They know that you cannot come."}[
            reply
        ]
    )


def test_after_a_no_one_may_still_come_or_take_another_day():
    """What was said is not offered again, and everything else is."""
    chat = standing(APPOINTMENT, FindAppointment=an_appointment(reply="cannot"))
    assert page(chat) == [
        "🪪 My documents",
        "📅 2026-12-03 14:30:00",
        "📍 Via Rossi 1, Desio",
        "🏢 PUA Desio",
        "🎒 Bring: Your permit.",
        "✖️ You said: I cannot come.",
        "[👍 I come]",
        "[🧭 How to get there]",
        "[📅 Another day]",
        "[🗑️ Cancel it]",
        "[📄 Into my phone's calendar]",
    ]


def test_late_says_how_much():
    """The desk reads the minutes."""
    chat = standing(APPOINTMENT, FindAppointment=an_appointment(starts=TODAY))
    chat.reads("""
        USER  [⏰ I am late]
        BOT   ⏰ How late are you?
              I tell the people there. Come all the same.
              [⏰ 10 minutes] [⏰ 20 minutes] [⏰ 30 minutes] [⏰ 60 minutes]
              [⬅️] [🏠] [🆘]
        USER  [⏰ 20 minutes]
        BOT   ✅ They know: you come 20 minutes later.
              🪪 My documents
              📅 2026-11-23 14:30:00
              📍 Via Rossi 1, Desio
              🏢 PUA Desio
              🎒 Bring: Your permit.
              [👍 I come] [⏰ I am late] [🧭 I am lost] [✖️ I cannot come] [📅 Another day]
              [🗑️ Cancel it] [📄 Into my phone's calendar]
              [⬅️] [🏠] [🆘]
    """)
    assert did(chat) == [GiveReply(Subject.APPOINTMENT, "a1", Reply.LATE, 20)]


def test_lost_shows_the_way_first():
    """An address in Italian for anybody in the street, a pin, a number; then the desk is told."""
    chat = standing(LESSON, FindMyCalendar=[an_item(starts=TODAY)])
    chat.reads("""
        USER  [🧭 I am lost]
        BOT   🧭 I am lost
              👇 Show this to somebody.
              Excuse me, can you help me? I have to go here:
              📍 Via Rossi 1, Desio
              🏢 CPIA Monza
              🚌 Bus z250, stop Station.
              📞 Call: +39 039 123
              [🗺️ Show me on the map] [🙋 Tell them that I am lost] [⏰ I am late]
              [⬅️] [🏠] [🆘]
        USER  [🗺️ Show me on the map]
        BOT   🧭 I am lost
              👇 Show this to somebody.
              Excuse me, can you help me? I have to go here:
              📍 Via Rossi 1, Desio
              🏢 CPIA Monza
              🚌 Bus z250, stop Station.
              📞 Call: +39 039 123
              🗺️ The map is in this chat. Tap it to see the way.
              [🙋 Tell them that I am lost] [⏰ I am late]
              [⬅️] [🏠] [🆘]
        USER  [🙋 Tell them that I am lost]
        BOT   ✅ They know that you are looking for the place.
              📘 Italian A1, evening
              📅 2026-11-23 14:30:00
              📍 Via Rossi 1, Desio
              🏢 CPIA Monza
              🎒 Bring: A pen.
              [👍 I come] [⏰ I am late] [🧭 I am lost] [✖️ I cannot come]
              [📄 Into my phone's calendar] [🎓 See the course]
              [⬅️] [🏠] [🆘]
    """)
    assert did(chat) == [
        SendPin("CPIA Monza", "Via Rossi 1, Desio", (45.62, 9.21)),
        GiveReply(Subject.LESSON, "l1", Reply.LOST),
    ]


def test_whoever_is_lost_may_say_that_they_are_late():
    """From the page of the way."""
    chat = standing(LESSON, FindMyCalendar=[an_item(starts=TODAY)])
    chat.walks("[🧭 I am lost]", "[⏰ I am late]", "[⏰ 10 minutes]")
    assert did(chat) == [GiveReply(Subject.LESSON, "l1", Reply.LATE, 10)]


def test_how_to_get_there_can_be_read_before():
    """Nobody is told anything by that."""
    chat = standing(LESSON)
    chat.reads("""
        USER  [🧭 How to get there]
        BOT   🧭 How to get there
              👇 Show this to somebody.
              Excuse me, can you help me? I have to go here:
              📍 Via Rossi 1, Desio
              🏢 CPIA Monza
              🚌 Bus z250, stop Station.
              📞 Call: +39 039 123
              [🗺️ Show me on the map] [📄 Into my phone's calendar]
              [⬅️] [🏠] [🆘]
        USER  [📄 Into my phone's calendar]
        BOT   📄 The file comes now. Open it: your phone keeps the day.
              📘 Italian A1, evening
              📅 2026-12-03 14:30:00
              📍 Via Rossi 1, Desio
              🏢 CPIA Monza
              🎒 Bring: A pen.
              [👍 I come] [🧭 How to get there] [✖️ I cannot come]
              [📄 Into my phone's calendar] [🎓 See the course]
              [⬅️] [🏠] [🆘]
    """)
    assert did(chat) == [SendCalendarFile(Subject.LESSON, "l1")]


def test_the_course_of_a_lesson_is_one_tap_away():
    """And Back leads to the lesson."""
    chat = standing(LESSON).walks("[🎓 See the course]")
    top = chat.conversation.stack[-1]
    assert (top.flow, top.at) == ("courses", "c1")
    assert page(chat.walks("[⬅️]"))[1] == "📅 2026-12-03 14:30:00"


def test_what_is_over_meanwhile_is_said():
    """No word of somebody goes nowhere without their being told so."""
    over = standing(APPOINTMENT, GiveReply=False).walks("[👍 I come]")
    assert page(over)[0] == GONE
    cancelled = standing(APPOINTMENT, CancelAppointment=False)
    assert page(cancelled.walks("[🗑️ Cancel it]", "[🗑️ Yes, cancel it]"))[0] == GONE
    filed = standing(LESSON, SendCalendarFile=False)
    assert page(filed.walks("[📄 Into my phone's calendar]"))[0] == GONE


GONE = "⏳ This is over, or it is not in your calendar any more."


@pytest.mark.parametrize(
    ("at", "calendar"),
    [
        ("lesson.l9", {}),
        (LESSON, {"FindCourse": None}),
        (APPOINTMENT, {"FindAppointment": None}),
        (APPOINTMENT, {"FindAppointment": an_appointment(state="cancelled")}),
        ("date.1", {}),
        ("lesson", {}),
        ("", {}),
    ],
)
def test_what_is_not_in_the_calendar_has_no_page(at: str, calendar: dict[str, Any]):
    """Something cancelled, somebody else's, or no meeting at all: it is said, and nothing done."""
    chat = standing(at, **calendar)
    assert (page(chat)[0], did(chat)) == (GONE, [])


def test_an_act_may_stand_behind_the_meeting():
    """The button of a reminder does at once what it says; what is no act opens the page."""
    assert read_at("lesson.l1.late") == (Subject.LESSON, "l1", "late")
    assert read_at("appointment.7.dance") == (Subject.APPOINTMENT, "7", "")
    chat = standing("lesson.l1.comes")
    assert did(chat) == [GiveReply(Subject.LESSON, "l1", Reply.COMES)]
    assert page(chat)[0] == "👍 Good. They know that you come."


def test_a_course_without_a_way_is_called():
    """Where there is no address, the page says whom to ask."""
    course = a_course(place="", how="", point=None)
    chat = standing(LESSON, FindMyCalendar=[an_item(place="")], FindCourse=course)
    chat.walks("[🧭 How to get there]")
    assert page(chat) == [
        "🧭 How to get there",
        "The address is not here. Please call, or ask a person.",
        "🏢 CPIA Monza",
        "📞 Call: +39 039 123",
        "[📄 Into my phone's calendar]",
    ]


def test_in_careful_mode_no_file_is_offered():
    """A day in the phone's own calendar is seen by whoever looks at the phone."""
    chat = standing(APPOINTMENT, person=somebody(careful=True))
    before = page(chat)
    chat.walks("[🧭 How to get there]")
    assert [line for line in (*before, *page(chat)) if "calendar" in line] == []


def test_in_careful_mode_no_new_time_stays_in_the_chat():
    """Neither a moved nor a cancelled appointment leaves a message of its own."""
    chat = standing(APPOINTMENT, person=somebody(careful=True))
    moved = chat.walks("[📅 Another day]", "[📅 2026-12-04]", "[🕒 09:00]")
    assert not any(line.startswith("KEEP") for line in moved.do("[✅ Yes, this time]"))
    cancelled = moved.walks("[🗑️ Cancel it]")
    assert not any(line.startswith("KEEP") for line in cancelled.do("[🗑️ Yes, cancel it]"))
