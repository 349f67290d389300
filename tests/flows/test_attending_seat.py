"""The last lesson that somebody cannot come to, and a place that has neither address nor number."""

from __future__ import annotations

from typing import Any

import pytest

from flows.calendar_effects import LeaveCourse
from flows.effects import Json
from tests.calendaring import a_course, a_lesson, an_appointment, an_item
from tests.chat import english
from tests.factories import a_chat, a_world, somebody
from tests.flows.test_attending import APPOINTMENT, GONE, LESSON, TODAY, did, page, standing
from tests.talking import DESIO

LAST_ONE = {"lessons": [a_lesson(), a_lesson("l2", state="cancelled")], "count": 2}
CANNOT = [an_item(reply="cannot")]


def test_whoever_cannot_come_to_the_last_lesson_may_give_the_seat():
    """Two taps after the no; the course has nothing else for them, and somebody may wait."""
    chat = standing(LESSON, FindMyCalendar=CANNOT, FindCourse=a_course(**LAST_ONE))
    chat.reads("""
        USER  [🪑 Give my seat to somebody else]
        BOT   📘 Italian A1, evening
              Do you not come any more? Then somebody else gets your place.
              [🪑 Yes, give it] [✖️ No, keep it]
              [⬅️] [🏠] [🆘]
        USER  [✖️ No, keep it]
        BOT   📘 Italian A1, evening
              📅 2026-12-03 14:30:00
              📍 Via Rossi 1, Desio
              🏢 CPIA Monza
              🎒 Bring: A pen.
              ✖️ You said: I cannot come.
              [🪑 Give my seat to somebody else] [👍 I come] [🧭 How to get there]
              [📄 Into my phone's calendar] [🎓 See the course]
              [⬅️] [🏠] [🆘]
    """)
    assert did(chat) == []
    chat.walks("[🪑 Give my seat to somebody else]")
    reply = chat.hear(chat.heard("[🪑 Yes, give it]"))
    stays = [english(line.text) for said in reply.stays for line in said.say.lines]
    assert stays == ["✅ Somebody else can have your seat. Thank you.", "📘 Italian A1, evening"]
    assert did(chat) == [LeaveCourse("c1")]


@pytest.mark.parametrize(
    ("item", "course"),
    [
        (an_item(), LAST_ONE),
        (an_item(reply="cannot"), {"lessons": [a_lesson(), a_lesson("l2")], "count": 2}),
        (an_item(reply="cannot"), {"lessons": [a_lesson()], "count": 9}),
    ],
)
def test_a_seat_is_given_away_only_where_nothing_else_comes(item: Json, course: dict[str, Any]):
    """Whoever comes, or misses one lesson of many, keeps it and is not asked."""
    chat = standing(LESSON, FindMyCalendar=[item], FindCourse=a_course(**course))
    assert [line for line in page(chat) if "🪑" in line] == []


@pytest.mark.parametrize(("careful", "left"), [(True, True), (False, False)])
def test_a_seat_given_leaves_no_message(careful: bool, left: bool):
    """Neither where others look, nor where it was not theirs any more: then that is said."""
    given = {"FindMyCalendar": CANNOT, "FindCourse": a_course(**LAST_ONE), "LeaveCourse": left}
    chat = standing(LESSON, person=somebody(careful=careful), **given)
    chat.walks("[🪑 Give my seat to somebody else]")
    reply = chat.hear(chat.heard("[🪑 Yes, give it]"))
    said = "✅ Somebody else can have your seat. Thank you." if left else GONE
    assert (reply.stays, page(chat)[0]) == ((), said)


def test_without_a_number_somebody_answers_here():
    """Where people of a desk answer in the chat; where there is a number it is called."""
    lost = {"starts": TODAY, "place": "", "phone": ""}
    found = []
    for more in (lost, {"starts": TODAY}):
        chat = a_chat(world=a_world(somebody(), helpers=(DESIO,)))
        chat = standing(APPOINTMENT, chat=chat, FindAppointment=an_appointment(**more))
        chat.walks("[🧭 I am lost]")
        found.append("[🤝 Talk to someone]" in page(chat))
        if more is lost:
            assert "🏢 PUA Desio" in page(chat)
            chat.walks("[🤝 Talk to someone]")
            assert chat.conversation.stack[-1].flow == "talk"
    assert found == [True, False]
