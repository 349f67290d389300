"""The page of a course: a seat in one tap, a place among those who wait, a name, the way out."""

from __future__ import annotations

import pytest

from flows.calendar_effects import (
    AnswerOffer,
    CallMe,
    Enrol,
    FindCourse,
    LeaveCourse,
    SendCalendarFile,
    SendPin,
)
from flows.calendar_model import Subject
from flows.effects import Json
from tests.calendaring import a_course, a_lesson
from tests.chat import Chat, english
from tests.flows.reporters import opened_at
from tests.flows.visitors import a_visitor, at_course, labels, told

SEAT: Json = {"state": "enrolled", "turn": 0, "until": None}
WAITS: Json = {"state": "waiting", "turn": 2, "until": None}
LAPSED: Json = {"state": "lapsed", "turn": 0, "until": None}
HELD: Json = {"state": "offered", "turn": 0, "until": "2026-11-25T12:00:00"}


def did(chat: Chat, *kinds: type) -> list[object]:
    """What was done of these."""
    return [one for one in chat.world.effects if isinstance(one, kinds)]


def then(chat: Chat, **changes: Json) -> None:
    """What the course is like from now on."""
    chat.world.calendar["FindCourse"] = a_course(**changes)


def test_a_seat_is_one_tap():
    """It is taken at once, a message stays, and the page says so."""
    chat = at_course()
    then(chat, mine=SEAT)
    chat.reads("""
        USER  [✅ Yes, I want to come]
        KEEP  ✅ You have a seat.
              📘 Italian A1, evening
              🗓️ 2026-12-03 14:30:00 – 16:30:00
              📍 Via Rossi 1, Desio
              🎒 A pen.
        BOT   📘 Italian A1, evening
              ✅ You have a seat.
              🗓️ 2026-12-03 14:30:00 – 16:30:00
              🔁 20 lessons to come
              📍 Via Rossi 1, Desio
              💶 It is free
              🗣️ IT and EN
              🎒 A pen.
              🏢 CPIA Monza
              [✏️ My name for the teacher] [🧭 Where it is] [📄 Into my phone's calendar]
              [🚪 I do not come any more]
              [⬅️] [🏠] [🆘]
        =>    enrolled
    """)
    assert did(chat, Enrol) == [Enrol("c1")]


def test_where_others_look_nothing_stays():
    """In careful mode there is no message that stays, and no file for the phone."""
    chat = at_course(a_visitor(careful=True))
    then(chat, mine=SEAT)
    reply = chat.hear(chat.heard("[✅ Yes, I want to come]"))
    assert reply.stays == ()
    assert reply.screen is not None
    assert reply.screen.sensitive
    assert "📄 Into my phone's calendar" not in labels(chat)


def test_where_it_is_full_somebody_waits_with_a_number():
    """The list is offered as what it is; one can leave it."""
    chat = at_course(free=0, waiting=1)
    assert told(chat)[1] == "🪑 It is full. 1 person waits."
    chat.given(Enrol("c1"), WAITS)
    then(chat, free=0, waiting=2, mine=WAITS)
    chat.walks("[⏳ Wait for a seat]")
    assert told(chat)[1] == "⏳ You wait for a seat. Your number: 2."
    assert told(chat)[2] == "I write to you when there is a seat."
    assert labels(chat) == ["🚪 Do not wait any more", "🧭 Where it is"]
    chat.walks("[🚪 Do not wait any more]", "[🚪 Yes, I leave]")
    assert did(chat, LeaveCourse) == [LeaveCourse("c1")]


def test_whoever_was_quicker_is_said():
    """The last seat went while the page was read; nothing is claimed."""
    chat = at_course(waits=False)
    chat.given(Enrol("c1"), {"state": "nowhere", "turn": 0, "until": None})
    then(chat, waits=False, free=0)
    chat.walks("[✅ Yes, I want to come]")
    assert told(chat)[0] == "🙏 Sorry, somebody was quicker. There is no seat now."
    assert told(chat)[2] == "🪑 It is full."
    assert labels(chat) == ["📚 See all courses", "🧭 Where it is"]


@pytest.mark.parametrize(
    ("changes", "standing", "first"),
    [
        ({"free": 0}, "🪑 It is full.", "⏳ Wait for a seat"),
        ({"state": "closed"}, "🔒 It takes nobody new now.", "📚 See all courses"),
        ({"state": "closed", "mine": SEAT}, "✅ You have a seat.", "✏️ My name for the teacher"),
        ({"mine": {**WAITS, "state": "left"}}, "🪑 4 free seats", "✅ Yes, I want to come"),
        (
            {"mine": HELD},
            "🎉 There is a seat for you until 2026-11-25 12:00:00.",
            "✅ Yes, I take the seat",
        ),
        (
            {"mine": {**HELD, "until": None}},
            "🎉 There is a seat for you.",
            "✅ Yes, I take the seat",
        ),
    ],
)
def test_how_somebody_stands_is_said_first(changes, standing, first):
    """And the first button is what can be done about it."""
    chat = at_course(**changes)
    assert (told(chat)[1], labels(chat)[0]) == (standing, first)


def test_a_course_that_is_cancelled_asks_for_nothing():
    """It says so, also to who had a seat; only a person can help."""
    chat = at_course(state="cancelled", mine=SEAT)
    assert told(chat)[1] == "❌ This course does not take place."
    assert labels(chat) == ["📚 See all courses"]
    chat.walks("[📚 See all courses]")
    assert chat.conversation.stack[-1].asked == "course"


@pytest.mark.parametrize("course", [None, a_course(state="draft")])
def test_a_course_that_is_not_there_leads_to_the_others(course):
    """An old button, or a course that is not shown yet."""
    chat = a_visitor(calendar={"FindCourse": course})
    chat = opened_at(chat.world, "courses", "c9")
    assert told(chat) == ["🙏 Sorry, this course is not there any more."]
    chat.walks("[📚 See all courses]")
    assert chat.conversation.stack[-1].asked == "course"


def test_the_page_says_all_there_is():
    """Cost, women only, children, what it is about, days that moved; and nothing that is not."""
    chat = at_course(
        cost_cents=1550,
        women_only=True,
        childcare=True,
        about="We read and write.",
        languages=[],
        how="",
        bring="",
        organisation="",
        title="Per donne",
        waits=False,
        lessons=[
            a_lesson(state="cancelled"),
            a_lesson("l2", state="moved", place="Via Verdi 2"),
            a_lesson("l3", place="Via Rossi 1, Desio"),
        ],
    )
    assert told(chat) == [
        "📘 Per donne · A1",
        "🪑 4 free seats",
        "❌ Not on: 2026-12-03 14:30:00",
        "🔁 New day: 2026-12-03 14:30:00 – 16:30:00 · Via Verdi 2",
        "🔁 20 lessons to come",
        "📍 Via Rossi 1, Desio",
        "💶 It costs 15,50 €",
        "👩 Only for women",
        "🧒 Somebody looks after the children",
        "We read and write.",
    ]
    then(chat, count=1, cost_cents=2000, place="", phone="", lessons=[], level="")
    chat = opened_at(chat.world, "courses", "c1")
    assert told(chat)[2:] == [
        "💶 It costs 20 €",
        "🗣️ IT and EN",
        "🎒 A pen.",
        "🏢 CPIA Monza",
    ]
    assert labels(chat) == ["✅ Yes, I want to come"]


def test_all_the_days_are_a_page_of_their_own():
    """What is moved or not on is said, and how many come after these."""
    days = [a_lesson(), a_lesson("l2", state="cancelled")]
    chat = at_course(lessons=days, count=3)
    chat.reads("""
        USER  [🗓️ All the dates]
        BOT   📘 Italian A1, evening
              🗓️ 2026-12-03 14:30:00 – 16:30:00
              ❌ Not on: 2026-12-03 14:30:00
              And 1 lesson more.
              [⬅️] [🏠] [🆘]
    """)
    chat = at_course(lessons=days, count=2).walks("[🗓️ All the dates]")
    assert len(told(chat)) == 3


def test_a_name_for_the_teacher_is_optional():
    """It is said who reads it; it can be taken back, and nothing of it stays in the chat."""
    chat = at_course(mine=SEAT).walks("[✏️ My name for the teacher]")
    assert chat.screen is not None
    assert chat.screen.sensitive
    chat.reads("""
        USER  Fatima
        BOT   ✏️ The teacher calls you: Fatima
              📘 Italian A1, evening
              ✅ You have a seat.
              🗓️ 2026-12-03 14:30:00 – 16:30:00
              🔁 20 lessons to come
              📍 Via Rossi 1, Desio
              💶 It is free
              🗣️ IT and EN
              🎒 A pen.
              🏢 CPIA Monza
              [✏️ My name for the teacher] [🧭 Where it is] [📄 Into my phone's calendar]
              [🚪 I do not come any more]
              [⬅️] [🏠] [🆘]
        =>    named
    """)
    chat.walks("[✏️ My name for the teacher]", "[🙈 No name on the list]")
    assert told(chat)[0] == "🙈 There is no name on the list."
    assert did(chat, CallMe) == [CallMe("c1", "Fatima"), CallMe("c1", "")]


def test_somebody_who_leaves_is_asked_once():
    """ "No" is as easy; the seat goes to somebody else, and that is said before."""
    chat = at_course(mine=SEAT)
    chat.reads("""
        USER  [🚪 I do not come any more]
        BOT   📘 Italian A1, evening
              Do you not come any more? Then somebody else gets your place.
              [🚪 Yes, I leave] [✖️ No, I stay]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[✖️ No, I stay]")
    assert did(chat, LeaveCourse) == []
    then(chat)
    chat.walks("[🚪 I do not come any more]")
    reply = chat.hear(chat.heard("[🚪 Yes, I leave]"))
    stays = [english(line.text) for said in reply.stays for line in said.say.lines]
    assert stays == ["👌 You left the course. Thank you for telling.", "📘 Italian A1, evening"]
    assert labels(chat)[0] == "✅ Yes, I want to come"


def test_where_others_look_leaving_leaves_no_message():
    """It is said above the page, which goes early; so it is to who only waited."""
    for careful, mine in ((True, SEAT), (False, WAITS)):
        chat = at_course(a_visitor(desks=0, careful=careful), mine=mine)
        chat.walks("[🚪 Do not wait any more]" if mine is WAITS else "[🚪 I do not come any more]")
        reply = chat.hear(chat.heard("[🚪 Yes, I leave]"))
        assert reply.stays == ()
        assert told(chat)[0] == "👌 You left the course. Thank you for telling."


def test_leaving_a_course_that_is_gone_is_said():
    """Nothing is claimed that did not happen."""
    chat = at_course(mine=SEAT).walks("[🚪 I do not come any more]")
    chat.given(LeaveCourse("c1"), False)
    chat.walks("[🚪 Yes, I leave]")
    assert told(chat)[0] == "🙏 Sorry, this course is not there any more."


def test_the_days_go_into_the_phone():
    """A file comes, and the page says what to do with it."""
    chat = at_course(mine=SEAT).walks("[📄 Into my phone's calendar]")
    assert told(chat)[-1] == "📄 The file is in this chat. Open it to put the days into your phone."
    assert did(chat, SendCalendarFile) == [SendCalendarFile(Subject.LESSON, "l1")]


def test_the_way_is_shown_to_somebody_in_the_street():
    """Large, in Italian; the map comes as a message, and Back leads to the course."""
    chat = at_course(a_visitor(desks=0, language="ar"))
    chat.reads("""
        USER  [🧭 Where it is]
        BOT   🧭 Where it is
              👇 Show this to somebody.
              Excuse me, can you help me? I have to go here:
              📍 Via Rossi 1, Desio
              🏢 CPIA Monza
              🚌 Bus z250, stop Station.
              📞 Call: +39 039 123
              [🗺️ Show me on the map]
              [⬅️] [🏠] [🆘]
    """)
    assert chat.screen is not None
    assert [line.text.language for line in chat.screen.lines][2] == "it"
    chat.walks("[🗺️ Show me on the map]")
    assert told(chat)[-1] == "🗺️ The map is in this chat. Tap it to see the way."
    assert did(chat, SendPin) == [SendPin("CPIA Monza", "Via Rossi 1, Desio", (45.62, 9.21))]
    chat.walks("[⬅️]")
    assert chat.conversation.stack[-1].asked == "page"
    chat.walks("[🧭 Where it is]", "[🗺️ Show me on the map]")
    assert len(did(chat, SendPin)) == 1


def test_who_does_not_find_it_talks_to_somebody():
    """From the page and from the way; they are told that it is about Italian."""
    world = at_course(a_visitor()).world
    for taps in (["[🤝 Talk to someone]"], ["[🧭 Where it is]", "[🤝 Talk to someone]"]):
        chat = opened_at(world, "courses", "c1").walks(*taps)
        top = chat.conversation.stack[-1]
        assert (top.flow, top.at) == ("talk", "skills.italian")


@pytest.mark.parametrize(
    ("answered", "words"),
    [
        (SEAT, ["📘 Italian A1, evening", "✅ You have a seat."]),
        (LAPSED, ["⏳ This seat is not kept for you any more.", "📘 Italian A1, evening"]),
    ],
)
def test_an_offer_is_taken_from_its_message(answered, words):
    """One tap; where the time is over it is said."""
    chat = a_visitor(calendar={"AnswerOffer": answered})
    chat.given(FindCourse("c1"), a_course(mine=HELD), a_course(mine=answered))
    chat = opened_at(chat.world, "offer", "c1.yes")
    assert told(chat)[:2] == words
    assert did(chat, AnswerOffer) == [AnswerOffer("c1", True)]


def test_an_offer_is_refused_after_a_yes():
    """What does not come back is asked; "no" leads to the course, where it is still offered."""
    chat = a_visitor(calendar={"FindCourse": a_course(mine=HELD)})
    chat = opened_at(chat.world, "offer", "c1.no")
    assert told(chat)[1] == "Somebody else gets the seat. Is that right?"
    chat.walks("[✖️ No, I still think]")
    assert labels(chat)[:2] == ["✅ Yes, I take the seat", "✖️ No, thank you"]
    then(chat)
    chat.walks("[✖️ No, thank you]", "[✅ Yes, I do not come]")
    assert told(chat)[0] == "👌 Somebody else gets the seat."
    assert did(chat, AnswerOffer) == [AnswerOffer("c1", False)]


def test_an_offer_is_read_and_taken_on_the_page():
    """In careful mode the message only leads here."""
    chat = a_visitor(calendar={"FindCourse": a_course(mine=HELD)}, careful=True)
    chat = opened_at(chat.world, "offer", "c1")
    then(chat, mine=SEAT)
    chat.walks("[✅ Yes, I take the seat]")
    assert told(chat)[1] == "✅ You have a seat."


@pytest.mark.parametrize(
    ("mine", "first"),
    [
        (SEAT, "📘 Italian A1, evening"),
        (LAPSED, "⏳ This seat is not kept for you any more."),
    ],
)
def test_an_old_offer_leads_to_the_course(mine, first):
    """Who has the seat already sees it; who came too late is told."""
    chat = a_visitor(calendar={"FindCourse": a_course(mine=mine)})
    chat = opened_at(chat.world, "offer", "c1.yes")
    assert told(chat)[0] == first
    assert did(chat, AnswerOffer) == []


def test_an_offer_of_a_course_that_is_gone_says_so():
    """An old message, and no dead end."""
    chat = a_visitor(calendar={"FindCourse": None})
    chat = opened_at(chat.world, "offer", "c1.yes")
    assert told(chat) == ["🙏 Sorry, this course is not there any more."]
