"""The buttons of a reminder: each does what it says, from the message itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from flows.calendar_effects import FindNotice, GiveReply, Snooze
from flows.calendar_model import Reply, Subject
from flows.conversation import Tap
from flows.directory import PUSHED
from flows.effects import Json
from tests.calendaring import a_notice
from tests.chat import Chat, english
from tests.factories import a_chat, somebody

NOON = "2026-12-02T12:00:00"


def pressed(verb: str, notice: Json, **world: Any) -> Chat:
    """Somebody at home who pressed a button of a reminder."""
    chat = a_chat(somebody(**world)).walks("/menu")
    chat.world.calendar["FindNotice"] = notice
    chat.lines(chat.hear(Tap(PUSHED, 0, f"reminder/12.{verb}", here=False)))
    return chat


def page(chat: Chat) -> list[str]:
    """What stands on it, and its buttons."""
    assert chat.screen is not None
    lines = [english(line.text) for line in chat.screen.lines]
    return [*lines, *(f"[{english(one.label)}]" for one in chat.screen.buttons)]


def at(chat: Chat) -> str:
    """The flow on top, and where in it."""
    top = chat.conversation.stack[-1]
    return f"{top.flow}/{top.at}"


def did(chat: Chat) -> list[object]:
    """What was asked of the storage that changes something."""
    return [one for one in chat.world.effects if isinstance(one, GiveReply | Snooze)]


@pytest.mark.parametrize(
    ("subject", "subject_id"), [(Subject.LESSON, "l1"), (Subject.APPOINTMENT, "a1")]
)
@pytest.mark.parametrize(
    ("verb", "reply", "said"),
    [
        ("yes", Reply.COMES, "👍 Good. They know that you come."),
        ("no", Reply.CANNOT, "✅ They know that you cannot come."),
    ],
)
def test_yes_and_no_are_told_at_once(
    subject: Subject, subject_id: str, verb: str, reply: Reply, said: str
):
    """One tap on the message, and the page of the meeting comes with what can be done next."""
    chat = pressed(verb, a_notice(subject.value, subject_id))
    assert did(chat) == [GiveReply(subject, subject_id, reply)]
    assert (page(chat)[0], at(chat)) == (said, f"attending/{subject.value}.{subject_id}")


@pytest.mark.parametrize(
    ("verb", "title"), [("where", "🧭 How to get there"), ("open", "📘 Italian A1, evening")]
)
def test_where_and_read_only_show(verb: str, title: str):
    """Nobody is told anything."""
    chat = pressed(verb, a_notice())
    assert (page(chat)[0], did(chat)) == (title, [])


@pytest.mark.parametrize("verb", ["open", "where", "yes", "no"])
def test_a_date_opens_its_own_page(verb: str):
    """With the card, the other day, and the end of it."""
    assert at(pressed(verb, a_notice("date", "d1", kind="permit"))) == "dates/permit"


def test_a_date_of_a_kind_that_is_no_more_opens_all_of_them():
    """What is not known is no error."""
    assert at(pressed("open", a_notice("date", "d1"))) == "dates/"


def test_an_offer_and_a_message_to_many_open_where_they_belong():
    """In careful mode their words are not in the chat before this tap."""
    assert at(pressed("open", a_notice("offer", "e1", course="c1"), careful=True)) == "courses/c1"
    assert at(pressed("open", a_notice("mass", "m1"), careful=True)) == "mass/12"


@pytest.mark.parametrize("verb", ["yes", "later"])
def test_what_is_gone_is_said(verb: str):
    """A button of weeks ago changes nothing."""
    chat = pressed(verb, None)
    assert (page(chat)[0], did(chat)) == ("⏳ This reminder is not here any more.", [])


def test_nobody_is_reminded_later_of_what_has_begun():
    """But who is late can still say so, as long as it lasts: the page of the meeting knows."""
    begun = a_notice(is_over=True)
    assert page(pressed("later", begun))[0] == "⏳ This is over, or it was cancelled."
    assert at(pressed("where", begun)) == "attending/lesson.l1.where"


def test_later_is_chosen_and_said():
    """In an hour, this evening, tomorrow; the moment stands on the button."""
    chat = pressed("later", a_notice(now=NOON))
    chat.reads("""
        USER  [This evening: 19:00:00]
        BOT   ✅ I remind you again: 2026-12-02 15:30:00.
              🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
    assert did(chat) == [Snooze("12", 7 * 60)]


@pytest.mark.parametrize(
    ("now", "event", "labels"),
    [
        (NOON, "2026-12-03T14:30:00", ["In an hour", "This evening", "Tomorrow"]),
        (NOON, "2026-12-02T18:00:00", ["In an hour"]),
        ("2026-12-02T18:30:00", "2026-12-03T14:30:00", ["In an hour", "Tomorrow"]),
        (NOON, None, ["In an hour", "This evening", "Tomorrow"]),
    ],
)
def test_only_what_comes_before_the_event_is_offered(
    now: str, event: str | None, labels: list[str]
):
    """Nor what is over already."""
    chat = pressed("later", a_notice(now=now, event=event))
    assert [one[1:].partition(":")[0] for one in page(chat)[1:]] == labels


@pytest.mark.parametrize(
    "notice", [a_notice(now=NOON, event="2026-12-02T12:45:00"), a_notice(now=None)]
)
def test_where_nothing_comes_before_it_the_page_opens(notice: Json):
    """A reminder after the event would be of no use."""
    chat = pressed("later", notice)
    assert page(chat)[0] == "⏰ It begins soon: I cannot remind you later."
    assert at(chat) == "attending/lesson.l1"


@pytest.mark.parametrize(("still", "minutes"), [("2026-12-02T15:00:00", 240), (None, 420)])
def test_the_moment_holds_however_long_the_page_stood(still: str | None, minutes: int):
    """What the button said is what counts, not when it was drawn."""
    chat = pressed("later", a_notice(now=NOON))
    chat.world.calendar["FindNotice"] = None if still is None else a_notice(now=still)
    chat.walks("[This evening: 19:00:00]")
    assert did(chat) == [Snooze("12", minutes)]


def test_too_late_is_said():
    """The storage has the last word."""
    chat = pressed("later", a_notice(now=NOON))
    chat.world.calendar["Snooze"] = None
    chat.walks("[In an hour: 13:00:00]")
    assert page(chat)[0] == "⏰ It begins soon: I cannot remind you later."


def test_a_reminder_opens_over_what_is_on_and_leads_back():
    """Somebody who reads a card answers and reads on."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Hours]")
    chat.given(FindNotice("12"), a_notice())
    chat.lines(chat.hear(Tap(PUSHED, 0, "reminder/12.yes", here=False)))
    assert did(chat) == [GiveReply(Subject.LESSON, "l1", Reply.COMES)]
    assert page(chat.walks("[⬅️]"))[0] == "📄 Hours"


def test_the_moment_of_the_answer_is_local():
    """No zone stands in what a flow is told."""
    assert Snooze("12", 60).read("2026-12-02T15:30:00") == datetime.fromisoformat(
        "2026-12-02T15:30:00"
    )
