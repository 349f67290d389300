"""My calendar: what is to come, each a button; and the way there, wherever it is shown."""

from __future__ import annotations

import pytest

from flows.calendar_effects import FindMyCalendar, SendPin
from flows.finding import Spot, dialled, show_way, way_lines
from flows.question import Ask, Do
from flows.steps import Line, Option, Style
from flows.text import verbatim
from tests.calendaring import an_item
from tests.chat import english
from tests.flows.visitors import a_visitor, labels

ITEMS = [
    an_item(item_id=f"l{number}", starts=f"2026-12-{number:02}T14:30:00") for number in range(1, 8)
]


def test_what_is_to_come_stands_in_its_order():
    """Lessons and appointments with their place, what was said to them, and new days."""
    items = [
        an_item(moved=True, reply="comes"),
        an_item("appointment", "a1", place="", reply="cannot"),
        an_item("appointment", "a2", title="Questura"),
    ]
    chat = a_visitor(calendar={"FindMyCalendar": items})
    chat.reads("""
        USER  /calendar
        BOT   🗓️ My calendar
              1️⃣ 🎓 Italian A1, evening
              ❗ new day · Via Rossi 1, Desio · 👍
              2️⃣ 🪪 My documents
              ✖️
              3️⃣ 📅 Questura
              Via Rossi 1, Desio
              [1️⃣ 2026-12-03 14:30:00] [2️⃣ 2026-12-03 14:30:00]
              [3️⃣ 2026-12-03 14:30:00]
              [⬅️] [🏠] [🆘]
    """)
    assert FindMyCalendar(10) in chat.world.effects


@pytest.mark.parametrize("item", [an_item(), an_item("appointment", "a1")])
def test_each_leads_to_its_page(item):
    """And Back to the calendar."""
    chat = a_visitor(calendar={"FindMyCalendar": [item]})
    chat.walks("/calendar", "[1️⃣ 2026-12-03 14:30:00]")
    top = chat.conversation.stack[-1]
    assert (top.flow, top.at) == ("attending", f"{item['subject']}.{item['id']}")
    chat.walks("[⬅️]")
    assert chat.conversation.stack[-1].asked == "calendar"


def test_an_appointment_without_an_address_is_one_line():
    """There is no empty row under it."""
    chat = a_visitor(calendar={"FindMyCalendar": [an_item("appointment", "a1", place="")]})
    chat.reads("""
        USER  /calendar
        BOT   🗓️ My calendar
              1️⃣ 🪪 My documents
              [1️⃣ 2026-12-03 14:30:00]
              [⬅️] [🏠] [🆘]
    """)


def test_a_long_calendar_goes_on_over_pages():
    """Five a page, each with its number."""
    chat = a_visitor(calendar={"FindMyCalendar": ITEMS}).walks("/calendar")
    assert labels(chat)[-2:] == ["5️⃣ 2026-12-05 14:30:00", "➕ More"]
    chat.walks("[➕ More]")
    assert labels(chat) == ["1️⃣ 2026-12-06 14:30:00", "2️⃣ 2026-12-07 14:30:00"]


def test_an_empty_calendar_leads_on():
    """To the courses, or to an appointment."""
    chat = a_visitor(calendar={"FindMyCalendar": []})
    chat.reads("""
        USER  /calendar
        BOT   🗓️ My calendar
              You have nothing to come yet.
              [🎓 Find a course] [📅 Book an appointment]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[🎓 Find a course]")
    assert chat.conversation.stack[-1].flow == "courses"


def test_where_others_look_the_calendar_leaves_the_chat_early():
    """Its pages are sensitive in careful mode, and only there."""
    for careful in (False, True):
        for items in (ITEMS, []):
            chat = a_visitor(calendar={"FindMyCalendar": items}, careful=careful)
            chat.walks("/calendar")
            assert chat.screen is not None
            assert chat.screen.sensitive is careful


# -- the way there


def page(spot: Spot) -> list[str]:
    """What is shown of a place."""
    return [english(one.text if hasattr(one, "text") else one) for one in way_lines(spot)]


def test_without_a_point_a_map_is_searched():
    """And without an address somebody is called."""
    assert page(Spot("1", "", "Via Rossi 1, Desio"))[-1] == (
        "🗺️ https://www.openstreetmap.org/search?query=Via%20Rossi%201%2C%20Desio"
    )
    assert page(Spot("1", "CPIA", "", phone="800 123456")) == [
        "The address is not here. Please call, or ask a person.",
        "🏢 CPIA",
        "📞 Call: 800 123456",
    ]


def test_where_there_is_neither_address_nor_number_the_name_is_shown():
    """Large and in Italian, as an address would be; without a name there is a person to ask."""
    assert page(Spot("1", "PUA Desio", "")) == [
        "👇 Show this to somebody.",
        "Excuse me, can you help me? I have to go here:",
        "🏢 PUA Desio",
    ]
    lines = way_lines(Spot("1", "PUA Desio", ""))
    assert [line.style for line in lines if isinstance(line, Line)] == [
        Style.NOTE,
        Style.BIG,
        Style.BIG,
    ]
    assert page(Spot("1", "", "")) == ["The address is not here. Please ask a person."]


@pytest.mark.parametrize(
    ("written", "called"),
    [
        ("039 123456", "+39 039 123456"),
        ("333 1234567", "+39 333 1234567"),
        ("+39 039 123456", "+39 039 123456"),
        ("112", "112"),
        ("1522", "1522"),
        ("800 290 290", "800 290 290"),
        ("0331", "0331"),
    ],
)
def test_a_number_is_called_with_one_tap(written, called):
    """With the country before it a phone knows that it is one; short and free ones stay."""
    assert dialled(written) == called


@pytest.mark.parametrize(
    ("spot", "title", "address"),
    [
        (Spot("7", "PUA", "Via Rossi 1", point=(1.0, 2.0)), "PUA", "Via Rossi 1"),
        (Spot("7", "", "Via Rossi 1", point=(1.0, 2.0)), "Via Rossi 1", "Via Rossi 1"),
        (Spot("7", "PUA", "", point=(1.0, 2.0)), "PUA", "PUA"),
    ],
)
def test_a_pin_has_a_name(spot, title, address):
    """Telegram takes none without; what there is of name and address stands for both."""
    flow = show_way(spot, verbatim("Way"), [Option("on", verbatim("on"))])
    asked = next(flow)
    assert isinstance(asked, Ask)
    assert [one.id for one in asked.options] == ["pin", "on"]
    done = flow.send({"option": "pin"})
    assert isinstance(done, Do)
    assert done.effect == SendPin(title, address, (1.0, 2.0))
    flow.send(True)
    with pytest.raises(StopIteration) as stop:
        flow.send({"option": "on"})
    assert stop.value.value == "on"


def test_a_place_that_has_no_pin_and_no_name_is_no_button():
    """What cannot be sent is not offered; what else was offered comes back."""
    flow = show_way(
        Spot("7", "", "", point=(1.0, 2.0)), verbatim("Way"), [Option("on", verbatim("on"))]
    )
    asked = next(flow)
    assert isinstance(asked, Ask)
    assert [one.id for one in asked.options] == ["on"]
    with pytest.raises(StopIteration) as stop:
        flow.send({"option": "on"})
    assert stop.value.value == "on"
