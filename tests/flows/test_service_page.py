"""The page of a service: what is known is said, what is not is not, and the way there is shown."""

from __future__ import annotations

from typing import Any

import pytest

from flows.calendar_effects import SendPin
from flows.counter_words import NEEDS
from flows.service_model import Bring, Cost, Duty, Kind, Open, Papers, Theme, Visit, Whom
from flows.service_words import (
    BRINGS,
    COSTS,
    COUNTER,
    DUTIES,
    KIND_ICONS,
    KIND_WORDS,
    OPENS,
    PAPERS,
    THEME_ICONS,
    THEME_WORDS,
    VISITS,
    WHOMS,
)
from tests.chat import Chat, english
from tests.factories import a_world, somebody, tongues
from tests.flows.reporters import opened_at
from tests.flows.visitors import labels, told
from tests.serving import a_service

UNKNOWN = {
    "organisation": "",
    "town": "",
    "place": "",
    "how": "",
    "point": None,
    "step_free": "",
    "phone": "",
    "hours": "",
    "visit": "",
    "first": "",
    "cost": "",
    "papers": "",
    "bring": [],
    "languages": [],
}


def at_service(careful: bool = False, language: str = "en", **changes: Any) -> Chat:
    """The page of a service, with what matters of it given by name."""
    person = somebody(careful=careful, language=language)
    world = a_world(person, tongues=tongues("en", "it", "ar"))
    world.calendar["FindService"] = a_service(**changes)
    return opened_at(world, "services", "s1")


def test_what_nobody_knows_is_not_said():
    """A bare entry says what it is, that its hours are not known, and when it was checked."""
    chat = at_service(**UNKNOWN)
    assert told(chat) == [
        "📰 AFOL Seregno",
        "Job centre",
        "🕒 I do not know the hours. Call before you go.",
        "📖 Checked: 2026-11-20",
    ]
    assert labels(chat) == ["🤝 Talk to someone"]


def test_all_that_may_be_known_is_said():
    """Every fact has its row."""
    chat = at_service(
        always=True,
        visit="needed",
        cost="paid",
        papers="needed",
        bring=["permit"],
        bring_words="Una penna.",
        mediators="Arabo il lunedì",
        whom=["women", "families"],
        women_staff="yes",
        anonymous="yes",
        duty="public",
        children="yes",
        call_free="yes",
        phone="800 1",
        whatsapp="+39 333",
        email="a@example.org",
        website="example.org",
        source="INLAV",
    )
    assert told(chat)[2:] == [
        "🟢 Open day and night.",
        "📅 You need an appointment.",
        "👣 Prendi un numero.",
        "💶 It costs something. Ask first.",
        "🪪 You need a residence permit.",
        f"🎒 Bring: {english(BRINGS[Bring.PERMIT])}",
        "🎒 Una penna.",
        "🗣️ IT and EN",
        "💬 Arabo il lunedì",
        "👥 for women and for families",
        "👩 You can ask for a woman.",
        "🧒 You can bring your children.",
        "🙈 You do not have to say your name.",
        "♿ There are no steps.",
        "⚖️ By law they may have to tell a judge of a serious crime.",
        "📍 Via Verdi 1, Seregno",
        "📞 Free call: 800 1",
        "💬 WhatsApp: +39 333",
        "✉️ a@example.org",
        "🌐 example.org",
        "🏢 AFOL Monza Brianza",
        "📖 INLAV · checked 2026-11-20",
    ]
    assert "🕒 All the hours" not in labels(chat)


@pytest.mark.parametrize(
    ("local", "closed", "line"),
    [
        ("2026-12-03T10:30:00", "", "🟢 Open now, until 12:30."),
        ("2026-12-03T12:30:00", "", "🔴 Closed now. It opens: 2026-12-04 09:00:00."),
        ("2026-12-08T10:30:00", "", "🔴 Closed now. It opens: 2026-12-09 09:00:00."),
        ("2026-12-03T10:30:00", "2026-12-03", "🔴 Closed now. It opens: 2026-12-04 09:00:00."),
    ],
)
def test_whether_somebody_is_there_now(local, closed, line):
    """The hours, the holidays of Italy and the place's own closings say it."""
    assert told(at_service(local=local, closed=closed))[2] == line


def test_the_hours_of_the_week():
    """With the holidays, and the closings that are not over."""
    chat = at_service(
        hours="mon-fri 09:00-12:30; sat 09:00-11:00",
        closed="2026-11-01..2026-11-05, 2026-12-24..2027-01-06",
    ).walks("[🕒 All the hours]")
    assert told(chat) == [
        "AFOL Seregno",
        "Monday to Friday: 9:00–12:30",
        "Saturday: 9:00–11:00",
        "On Italian holidays it is closed.",
        "🔴 Closed from 2026-12-24 to 2027-01-06.",
    ]


def test_a_pin_comes_with_a_tap():
    """The way there is a page; the map is a message of its own, and only when it is asked for."""
    chat = at_service().walks("[🧭 Where it is]")
    assert told(chat)[:5] == [
        "🧭 Where it is",
        "👇 Show this to somebody.",
        "Excuse me, can you help me? I have to go here:",
        "📍 Via Verdi 1, Seregno",
        "🏢 AFOL Seregno",
    ]
    assert not [one for one in chat.world.effects if isinstance(one, SendPin)]
    chat.walks("[🗺️ Show me on the map]")
    assert SendPin("AFOL Seregno", "Via Verdi 1, Seregno", (45.65, 9.2)) in chat.world.effects
    chat.walks("[🤝 Talk to someone]")
    assert told(chat)[0] == "🤝 Talk to someone"


def test_the_words_for_the_counter_are_those_of_the_place():
    """At a job centre what one says there; elsewhere she says it herself. Back leads here."""
    chat = at_service().walks("[🪧 Show at the counter]")
    assert chat.conversation.stack[-1].at == "work"
    chat.walks("[⬅️]")
    assert told(chat)[0] == "📰 AFOL Seregno"
    assert at_service(kind="caf").walks("[🪧 Show at the counter]").conversation.stack[-1].at == ""
    assert set(COUNTER.values()) - set(NEEDS) == set()


def test_a_service_that_is_gone_is_said():
    """Nobody is sent to a place that is not in the list any more."""
    world = a_world(somebody())
    world.calendar["FindService"] = None
    chat = opened_at(world, "services", "s1")
    assert told(chat) == ["🙏 Sorry, this place is not in my list any more."]
    chat.walks("[📍 Look for something else]")
    assert told(chat)[1] == "What do you need?"


def test_a_talk_from_the_page_comes_back_to_it():
    """Back leads to the service."""
    chat = at_service().walks("[🤝 Talk to someone]", "[⬅️]")
    assert told(chat)[0] == "📰 AFOL Seregno"


@pytest.mark.parametrize(
    ("changes", "sensitive"),
    [({}, False), ({"kind": "women"}, True), ({"careful": True}, True)],
)
def test_what_others_should_not_see_leaves_the_chat_early(changes, sensitive):
    """Places for women, against exploitation, for who has no permit; and all in careful mode."""
    chat = at_service(**changes)
    assert chat.screen is not None
    assert chat.screen.sensitive is sensitive


def test_a_number_of_the_house_is_explained_in_her_language():
    """Its name and purpose are those of the numbers to call."""
    chat = at_service(**UNKNOWN, kind="women", name="1522", line="1522")
    assert told(chat)[:2] == ["👩 Violence line", "For violence."]


def test_every_value_has_its_words():
    """What is kept of a service can be said; what is unknown has none."""
    said = {
        Kind: (KIND_WORDS, KIND_ICONS),
        Theme: (THEME_WORDS, THEME_ICONS),
        Bring: (BRINGS,),
        Whom: (WHOMS,),
    }
    for kind, tables in said.items():
        assert [set(table) for table in tables] == [set(kind)] * len(tables)
    assert (set(Visit) - set(VISITS), set(Cost) - set(COSTS)) == ({Visit.UNKNOWN}, {Cost.UNKNOWN})
    assert (set(Papers) - set(PAPERS), set(Open) - set(OPENS)) == (
        {Papers.UNKNOWN},
        {Open.UNKNOWN},
    )
    assert set(DUTIES) == {Duty.PUBLIC}
