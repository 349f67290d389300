"""Booking an appointment: where, what about, which day, which time."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flows.calendar_effects import BookSlot
from flows.effects import Json
from flows.handoff_model import Need
from tests.calendaring import FIRST, an_appointment
from tests.chat import Chat
from tests.factories import a_chat, somebody

DESK: Json = {"desk": "desio", "name": "PUA Desio", "needs": ["papers"]}
TIME = ("[📅 2026-12-03]", "[🕒 14:30]")


def booking(person: Any = None, **calendar: Json) -> Chat:
    """Somebody at home, and what the storage gives."""
    chat = a_chat(person)
    chat.world.calendar.update(calendar)
    return chat.walks("/menu")


def booked(chat: Chat) -> list[BookSlot]:
    """What was asked to be booked."""
    return [one for one in chat.world.effects if isinstance(one, BookSlot)]


def test_a_time_is_booked():
    """Where, what about, the day, the time, a yes; what was agreed stays in the chat."""
    chat = booking()
    chat.reads("""
        USER  /appointment
        BOT   📅 Book an appointment
              It is free. You do not need papers to ask.
              Where do you want to go?
              [📍 PUA Desio] [📍 PUA Carate]
              [⬅️] [🏠] [🆘]
        USER  [📍 PUA Desio]
        BOT   📍 PUA Desio
              What is it about?
              [💼 My work] [🪪 My documents]
              [⬅️] [🏠] [🆘]
        USER  [🪪 My documents]
        BOT   🪪 My documents
              On which day can you come?
              [📅 2026-12-03] [📅 2026-12-04]
              [⬅️] [🏠] [🆘]
        USER  [📅 2026-12-03]
        BOT   📅 2026-12-03
              At what time?
              [🕒 14:30] [🕒 15:00]
              [⬅️] [🏠] [🆘]
        USER  [🕒 14:30]
        BOT   📅 Book this time?
              📅 2026-12-03 14:30:00
              📍 PUA Desio
              🪪 My documents
              They see the time and two made-up words, not your name.
              [✅ Yes, book it] [✖️ No]
              [⬅️] [🏠] [🆘]
        USER  [✅ Yes, book it]
        KEEP  📅 2026-12-03 14:30:00
              🏢 PUA Desio
              📍 Via Rossi 1, Desio
              🎒 Bring: Your permit.
              📞 039 123
        BOT   ✅ It is booked. I remind you before.
              🪪 My documents
              📅 2026-12-03 14:30:00
              📍 Via Rossi 1, Desio
              🏢 PUA Desio
              🎒 Bring: Your permit.
              [👍 I come] [🧭 How to get there] [✖️ I cannot come] [📅 Another day]
              [🗑️ Cancel it] [📄 Into my phone's calendar]
              [⬅️] [🏠] [🆘]
        =>    booked
        USER  [⬅️]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
    assert [(one.opening, one.starts.isoformat(), one.need) for one in booked(chat)] == [
        ("o1", "2026-12-03T14:30:00", "papers")
    ]


def test_one_desk_and_one_need_are_not_asked_for():
    """What has one answer is no question."""
    booking(FindBookable=[DESK]).reads("""
        USER  /appointment
        BOT   🪪 My documents
              On which day can you come?
              [📅 2026-12-03] [📅 2026-12-04]
              [⬅️] [🏠] [🆘]
        USER  [📅 2026-12-04]
        BOT   📅 2026-12-04
              At what time?
              [🕒 09:00]
              [⬅️] [🏠] [🆘]
        USER  [🕒 09:00]
        BOT   📅 Book this time?
              📅 2026-12-04 09:00:00
              📍 PUA Desio
              🪪 My documents
              They see the time and two made-up words, not your name.
              [✅ Yes, book it] [✖️ No]
              [⬅️] [🏠] [🆘]
    """)


def test_the_own_desk_stands_first():
    """Whoever came by a desk's code is offered that desk first."""
    booking(somebody(desk="carate")).reads("""
        USER  /appointment
        BOT   📅 Book an appointment
              It is free. You do not need papers to ask.
              Where do you want to go?
              [📍 PUA Carate] [📍 PUA Desio]
              [⬅️] [🏠] [🆘]
    """)


def test_a_time_that_somebody_took_is_asked_again():
    """The person is told, and sees what is free now."""
    chat = booking(FindBookable=[DESK])
    chat.walks("/appointment", *TIME)
    chat.given(BookSlot("o1", datetime.fromisoformat(FIRST), Need.PAPERS), "", "a1")
    chat.reads("""
        USER  [✅ Yes, book it]
        BOT   ⏳ Somebody took this time a moment ago. These are the others.
              🪪 My documents
              On which day can you come?
              [📅 2026-12-03] [📅 2026-12-04]
              [⬅️] [🏠] [🆘]
        USER  [📅 2026-12-03]
        BOT   📅 2026-12-03
              At what time?
              [🕒 14:30] [🕒 15:00]
              [⬅️] [🏠] [🆘]
        USER  [🕒 14:30]
        BOT   📅 Book this time?
              📅 2026-12-03 14:30:00
              📍 PUA Desio
              🪪 My documents
              They see the time and two made-up words, not your name.
              [✅ Yes, book it] [✖️ No]
              [⬅️] [🏠] [🆘]
        USER  [✅ Yes, book it]
        KEEP  📅 2026-12-03 14:30:00
              🏢 PUA Desio
              📍 Via Rossi 1, Desio
              🎒 Bring: Your permit.
              📞 039 123
        BOT   ✅ It is booked. I remind you before.
              🪪 My documents
              📅 2026-12-03 14:30:00
              📍 Via Rossi 1, Desio
              🏢 PUA Desio
              🎒 Bring: Your permit.
              [👍 I come] [🧭 How to get there] [✖️ I cannot come] [📅 Another day]
              [🗑️ Cancel it] [📄 Into my phone's calendar]
              [⬅️] [🏠] [🆘]
        =>    booked
    """)
    assert len(booked(chat)) == 2


def test_no_is_no():
    """Nothing is booked without a yes."""
    chat = booking(FindBookable=[DESK]).walks("/appointment", *TIME)
    chat.reads("""
        USER  [✖️ No]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        =>    declined
    """)
    assert booked(chat) == []


def test_where_nothing_is_free_a_person_helps():
    """Neither a desk without times nor none at all is a dead end."""
    booking(FindBookable=[DESK], FindSlots=[]).reads("""
        USER  /appointment
        BOT   📅 No time is free for this now.
              📅 Book an appointment
              Today no free times are here. Ask a person for an appointment.
              [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 Talk to someone
              Today no person answers in this chat.
              These numbers answer.
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              Other questions? See who helps near you.
              [📍 Who helps near me] [📄 The office]
              [⬅️] [🏠] [🆘]
    """)
    booking(FindBookable=[]).reads("""
        USER  /appointment
        BOT   📅 Book an appointment
              Today no free times are here. Ask a person for an appointment.
              [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_what_has_no_words_leaves_no_empty_line():
    """A desk may say nothing of the place, the number, or what to bring."""
    bare = an_appointment(organisation="", place="", phone="", bring="", point=None)
    chat = booking(FindBookable=[DESK], FindAppointment=bare).walks("/appointment", *TIME)
    chat.reads("""
        USER  [✅ Yes, book it]
        KEEP  📅 2026-12-03 14:30:00
        BOT   ✅ It is booked. I remind you before.
              🪪 My documents
              📅 2026-12-03 14:30:00
              [👍 I come] [🧭 How to get there] [✖️ I cannot come] [📅 Another day]
              [🗑️ Cancel it] [📄 Into my phone's calendar]
              [⬅️] [🏠] [🆘]
        =>    booked
    """)


def test_in_careful_mode_nothing_stays():
    """The page tells it, and leaves the chat; no message or file of its own is sent."""
    chat = booking(somebody(careful=True), FindBookable=[DESK]).walks("/appointment", *TIME)
    chat.reads("""
        USER  [✅ Yes, book it]
        BOT   ✅ It is booked. I remind you before.
              🪪 My documents
              📅 2026-12-03 14:30:00
              📍 Via Rossi 1, Desio
              🏢 PUA Desio
              🎒 Bring: Your permit.
              [👍 I come] [🧭 How to get there] [✖️ I cannot come] [📅 Another day]
              [🗑️ Cancel it]
              [⬅️] [🏠] [🆘]
        =>    booked
    """)


def test_what_was_cancelled_in_the_same_moment_is_said():
    """An appointment that is not there any more after the booking has no page."""
    chat = booking(FindBookable=[DESK], FindAppointment=None).walks("/appointment", *TIME)
    chat.reads("""
        USER  [✅ Yes, book it]
        BOT   ✅ It is booked. I remind you before.
              ⏳ This is over, or it is not in your calendar any more.
              🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        =>    booked
    """)
