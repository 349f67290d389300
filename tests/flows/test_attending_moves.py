"""An appointment is moved or given back: another time is chosen, and a lost one is asked again."""

from __future__ import annotations

from datetime import datetime

import pytest

from flows.calendar_effects import (
    CancelAppointment,
    MoveAppointment,
)
from tests.calendaring import FIRST, a_slot, an_appointment
from tests.flows.test_attending import APPOINTMENT, did, page, standing


def test_another_day_is_chosen():
    """Until another time is taken, the old one stays."""
    chat = standing(APPOINTMENT)
    chat.reads("""
        USER  [📅 Another day]
        BOT   📅 Choose another day
              On which day can you come?
              [📅 2026-12-03] [📅 2026-12-04]
              [⬅️] [🏠] [🆘]
        USER  [📅 2026-12-04]
        BOT   📅 2026-12-04
              At what time?
              [🕒 09:00]
              [⬅️] [🏠] [🆘]
        USER  [🕒 09:00]
        BOT   📅 2026-12-04 09:00:00
              Shall I take this time? The old one goes to others.
              [✅ Yes, this time] [✖️ No, as it was]
              [⬅️] [🏠] [🆘]
        USER  [✅ Yes, this time]
        KEEP  📅 2026-12-04 09:00:00
              ❗ This is a new time.
              🏢 PUA Desio
              📍 Via Rossi 1, Desio
              🎒 Bring: Your permit.
              📞 039 123
        BOT   ✅ Done. This is your new time.
              🪪 My documents
              📅 2026-12-03 14:30:00
              📍 Via Rossi 1, Desio
              🏢 PUA Desio
              🎒 Bring: Your permit.
              [👍 I come] [🧭 How to get there] [✖️ I cannot come] [📅 Another day]
              [🗑️ Cancel it] [📄 Into my phone's calendar]
              [⬅️] [🏠] [🆘]
    """)
    assert [(one.id, one.opening, one.starts.isoformat()) for one in did(chat)] == [  # type: ignore[attr-defined]
        ("a1", "o1", "2026-12-04T09:00:00")
    ]


def test_a_time_that_somebody_took_is_asked_again():
    """And the old one is still hers."""
    chat = standing(APPOINTMENT, FindSlots=[a_slot()])
    move = MoveAppointment("a1", "o1", datetime.fromisoformat(FIRST))
    chat.given(move, False, True)
    chat.walks("[📅 Another day]", "[📅 2026-12-03]", "[🕒 14:30]")
    chat.reads("""
        USER  [✅ Yes, this time]
        BOT   ⏳ Somebody took this time a moment ago. These are the others.
              📅 Choose another day
              On which day can you come?
              [📅 2026-12-03]
              [⬅️] [🏠] [🆘]
        USER  [📅 2026-12-03]
        BOT   📅 2026-12-03
              At what time?
              [🕒 14:30]
              [⬅️] [🏠] [🆘]
        USER  [🕒 14:30]
        BOT   📅 2026-12-03 14:30:00
              Shall I take this time? The old one goes to others.
              [✅ Yes, this time] [✖️ No, as it was]
              [⬅️] [🏠] [🆘]
        USER  [✅ Yes, this time]
        KEEP  📅 2026-12-03 14:30:00
              ❗ This is a new time.
              🏢 PUA Desio
              📍 Via Rossi 1, Desio
              🎒 Bring: Your permit.
              📞 039 123
        BOT   ✅ Done. This is your new time.
              🪪 My documents
              📅 2026-12-03 14:30:00
              📍 Via Rossi 1, Desio
              🏢 PUA Desio
              🎒 Bring: Your permit.
              [👍 I come] [🧭 How to get there] [✖️ I cannot come] [📅 Another day]
              [🗑️ Cancel it] [📄 Into my phone's calendar]
              [⬅️] [🏠] [🆘]
    """)
    assert did(chat) == [move, move]


def test_whoever_does_not_move_keeps_the_time():
    """No is as easy as yes."""
    chat = standing(APPOINTMENT).walks("[📅 Another day]", "[📅 2026-12-03]", "[🕒 14:30]")
    chat.walks("[✖️ No, as it was]")
    assert (did(chat), page(chat)[0]) == ([], "🪪 My documents")


@pytest.mark.parametrize("phone", ["039 123", ""])
def test_where_no_other_time_is_free_the_old_one_stays(phone: str):
    """A person can help, by telephone or in the chat."""
    chat = standing(APPOINTMENT, FindSlots=[], FindAppointment=an_appointment(phone=phone))
    chat.walks("[📅 Another day]")
    assert page(chat) == [
        "📅 No other time is free now",
        "Your appointment stays as it is.",
        *([f"📞 {phone}"] if phone else []),
        "[🤝 Talk to someone]",
        "[🗑️ Cancel it]",
    ]
    chat.walks("[🤝 Talk to someone]", "[⬅️]", "[🗑️ Cancel it]", "[✖️ No, keep it]")
    assert did(chat) == []


def test_an_appointment_is_cancelled_after_a_yes():
    """The time is for somebody else then; what was cancelled is said in a message that stays."""
    chat = standing(APPOINTMENT)
    chat.reads("""
        USER  [🗑️ Cancel it]
        BOT   🗑️ Cancel this appointment?
              📅 2026-12-03 14:30:00
              Then somebody else can have this time.
              [🗑️ Yes, cancel it] [✖️ No, keep it]
              [⬅️] [🏠] [🆘]
    """)
    said = chat.do("[🗑️ Yes, cancel it]")
    assert said[:2] == [
        "KEEP  🗑️ Cancelled: 2026-12-03 14:30:00.",
        "BOT   ✅ It is cancelled. The desk knows.",
    ]
    assert did(chat) == [CancelAppointment("a1")]
