"""New courses are told to who asked: one tap for a kind, marks for several."""

from __future__ import annotations

from flows.calendar_effects import AskForCourses
from flows.calendar_model import CourseKind
from tests.chat import Chat
from tests.flows.visitors import a_shelf, a_visitor, told

MANY = {"FindShelves": [a_shelf("italian", 6), a_shelf("safety", 2)]}
ITALIAN = CourseKind.ITALIAN


def asked_for(chat: Chat) -> list[AskForCourses]:
    """What somebody wants to be told of."""
    return [one for one in chat.world.effects if isinstance(one, AskForCourses)]


def test_new_courses_of_a_kind_are_told_and_told_no_more():
    """One tap, and the bell says how it is."""
    chat = a_visitor(calendar={**MANY, "FindCourses": []})
    chat.walks("/courses", "[📘 Learn Italian]")
    chat.world.calendar["FindShelves"] = [a_shelf("italian", 0, asked=True)]
    chat.reads("""
        USER  [🔔 Tell me of new courses]
        BOT   🔔 I write to you when there is a new course.
              📘 Learn Italian
              There is no such course now.
              I tell you of the next one.
              [🔕 Tell me no more of new courses] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        =>    told
    """)
    chat.world.calendar["FindShelves"] = [a_shelf("italian", 0)]
    chat.reads("""
        USER  [🔕 Tell me no more of new courses]
        BOT   🔕 I do not write to you about new courses.
              📘 Learn Italian
              There is no such course now.
              I can tell you of the next one.
              [🔔 Tell me of new courses] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        =>    told
    """)
    assert asked_for(chat) == [AskForCourses(ITALIAN, True), AskForCourses(ITALIAN, False)]


def test_of_all_kinds_those_that_are_marked_are_told():
    """What was asked for is marked already; only what changed is kept."""
    shelves = [a_shelf("italian", 1, asked=True), a_shelf("safety", 1, asked=True)]
    chat = a_visitor(calendar={"FindShelves": shelves}).walks("/courses")
    chat.reads("""
        USER  [🔔 Tell me of new courses]
        BOT   🔔 New courses
              What do you want to hear of? Tap one or more.
              [✅ 📘 Learn Italian] [✅ 🦺 Safety at work] [🏗️ Forklift licence]
              [🎓 A course for a job] [🛠️ Workshops] [🏭 Meet companies]
              [📌 Other meetings] [✔️ Done]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[✅ 🦺 Safety at work]", "[🏗️ Forklift licence]", "[✔️ Done]")
    assert told(chat)[0] == "🔔 I write to you when there is a new course."
    assert asked_for(chat) == [
        AskForCourses(CourseKind.SAFETY, False),
        AskForCourses(CourseKind.FORKLIFT, True),
    ]
    chat.walks("[🔔 Tell me of new courses]", "[✅ 📘 Learn Italian]", "[✅ 🦺 Safety at work]")
    chat.walks("[✔️ Done]")
    assert told(chat)[0] == "🔕 I do not write to you about new courses."
