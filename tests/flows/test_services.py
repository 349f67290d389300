"""Who helps near me: the best first, few taps, and the place somebody sent is kept nowhere."""

from __future__ import annotations

import json
from typing import Any

import pytest

from flows.conversation import Wrote
from flows.effects import Json
from flows.record import dump
from flows.service_effects import FindService, FindServices
from flows.service_model import ServiceSieve, Theme
from flows.service_words import KINDS_OF, MENU, OF_CARD
from tests.chat import Chat
from tests.factories import a_chat, a_world, somebody, tongues
from tests.flows.laws import MAX_STORED_BYTES, stored_bytes
from tests.flows.reporters import opened_at
from tests.flows.visitors import labels, told
from tests.serving import DESIO, a_place, a_service, a_service_line, around

HERE = (45.6512, 9.2034)


def a_seeker(services: dict[str, Json] | None = None, **person: Any) -> Chat:
    """The chat of somebody who looks for a service; `services` says what its effects give."""
    house = {"tongues": tongues("en", "it", "ar")}
    world = a_world(somebody(**person), **house)
    world.calendar = services or {}
    return a_chat(world=world)


def many(count: int, **changes: Any) -> Json:
    """So many job centres."""
    return [a_service_line(f"s{number}", **changes) for number in range(1, count + 1)]


def searched(chat: Chat) -> list[FindServices]:
    """What was looked for, one search after the other."""
    return [one for one in chat.world.effects if isinstance(one, FindServices)]


def send_place(chat: Chat, place: tuple[float, float] = HERE) -> Chat:
    """Answer with the place the phone sends."""
    chat.hear(Wrote("place", [*place], chat.seconds))
    return chat


def test_what_is_needed_then_who_helps():
    """Two taps lead to a page that says what happens there."""
    a_seeker({"FindService": a_service(bring=["cv"])}).reads("""
        USER  /services
        BOT   📍 Who helps near me
              What do you need?
              [💼 My job and my pay] [📰 Find a job] [🪪 Residence permit, papers]
              [💶 INPS, taxes, ISEE] [🩺 Doctor and health] [🏠 Food, clothes, a bed]
              [👩‍👧 Women and family] [📘 Learn Italian]
              [⬅️] [🏠] [🆘]
        USER  [📰 Find a job]
        BOT   📰 Find a job
              1️⃣ 📰 AFOL Seregno
              Seregno · 🟢 open until 12:30
              [1️⃣ Job centre] [📍 Near me] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [1️⃣ Job centre]
        BOT   📰 AFOL Seregno
              Job centre
              🟢 Open now, until 12:30.
              🚶 You can just go there.
              👣 Prendi un numero.
              💶 It is free
              🪪 Nobody asks for a residence permit.
              🎒 Bring: CV
              🗣️ IT and EN
              ♿ There are no steps.
              📍 Via Verdi 1, Seregno
              📞 Call: +39 0362 123 456
              🏢 AFOL Monza Brianza
              📖 Checked: 2026-11-20
              [🧭 Where it is] [🕒 All the hours] [🪧 Show at the counter]
              [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_every_need_has_somebody_who_helps_with_it():
    """No theme is without a kind of service, and a menu is one page."""
    assert ({one for one in Theme if not KINDS_OF[one]}, len(MENU)) == (set(), 8)


def test_a_few_a_page_and_no_third_page():
    """Who would have to turn more pages says what she needs."""
    chat = a_seeker({"FindServices": many(7)}).walks("/services", "[📰 Find a job]")
    assert labels(chat) == [
        "1️⃣ Job centre",
        "2️⃣ Job centre",
        "3️⃣ Job centre",
        "➕ More",
        "📍 Near me",
        "🔎 Find the right one",
    ]
    chat.walks("[➕ More]")
    assert told(chat)[-1] == "There are more. Say what you need: 🔎"
    assert labels(chat)[3:] == ["📍 Near me", "🔎 Find the right one", "🤝 Talk to someone"]


def test_a_button_says_what_tells_it_from_the_others():
    """Two of a kind in two towns are told apart by their town; one without a town says its kind."""
    found = [
        a_service_line("s1", town="Desio"),
        a_service_line("s2", town="Seregno"),
        a_service_line("s3", town=""),
    ]
    chat = a_seeker({"FindServices": found}).walks("/services", "[📰 Find a job]")
    assert labels(chat)[:3] == ["1️⃣ Desio", "2️⃣ Seregno", "3️⃣ Job centre"]


def test_the_place_somebody_sends_is_kept_nowhere():
    """What stays is which are near, and a ring around her; what no map knows has no distance."""
    places = [
        a_place("s1", point=[45.70, 9.20]),
        a_place("s2"),
        a_place("s3", point=None),
        a_place("s4", point=[46.9, 9.2]),
    ]
    services = {"FindSurroundings": around(*places), "FindServices": many(4)}
    chat = a_seeker(services).walks("/services", "[📰 Find a job]", "[📍 Near me]")
    assert told(chat)[1:] == [
        "Tap a town, or send your place: 📎, then “Location”.",
        "I use your place only now. I do not keep it.",
    ]
    send_place(chat)
    assert searched(chat)[-1].order == ("s2", "s1", "s4")
    assert told(chat)[1:] == [
        "📍 The nearest first",
        "1️⃣ 📰 AFOL Seregno",
        "Seregno · less than 10 km · 🟢 open until 12:30",
        "2️⃣ 📰 AFOL Seregno",
        "Seregno · less than 1 km · 🟢 open until 12:30",
        "3️⃣ 📰 AFOL Seregno",
        "Seregno · 🟢 open until 12:30",
    ]
    assert "📍 Near me" not in labels(chat)
    kept = json.dumps(dump(chat.conversation))
    assert [part for part in ("45.6512", "45.65,", "9.2034", "9.20,") if part in kept] == ["45.65,"]
    chat.walks("[➕ More]")
    assert told(chat)[3] == "Seregno · more than 50 km · 🟢 open until 12:30"


def test_a_place_is_not_kept_either_where_services_are():
    """Without the services' own places nothing in the log is a coordinate of hers."""
    chat = a_seeker({"FindSurroundings": around()}).walks(
        "/services", "[📰 Find a job]", "[📍 Near me]"
    )
    send_place(chat, (45.98765, 9.87654))
    kept = json.dumps(dump(chat.conversation))
    assert [one for one in ("45.9", "9.8", "98765", "87654") if one in kept] == []
    assert searched(chat)[-1].order == ()


def test_what_is_no_place_is_asked_once_more():
    """A location without numbers changes nothing."""
    chat = a_seeker().walks("/services", "[📰 Find a job]", "[📍 Near me]")
    chat.hear(Wrote("place", [], chat.seconds))
    assert chat.conversation.stack[-1].asked == "near"


def test_a_town_with_one_tap():
    """Those in the town come first, those with a place before those without; then the nearest."""
    places = [
        a_place("s1", DESIO, None),
        a_place("s2", DESIO, (45.62, 9.21)),
        a_place("s3", point=(45.63, 9.21)),
    ]
    services = {"FindSurroundings": around(*places), "FindServices": many(3)}
    chat = a_seeker(services).walks("/services", "[📰 Find a job]", "[📍 Near me]", "[📍 Desio]")
    assert searched(chat)[-1].order == ("s2", "s1", "s3")


def test_a_town_that_no_map_knows():
    """Only those in it come first."""
    places = [a_place("s1", DESIO), a_place("s2")]
    chat = a_seeker({"FindSurroundings": around(*places)}).walks("/services", "[📰 Find a job]")
    chat.walks("[📍 Near me]", "[📍 Seregno]")
    assert searched(chat)[-1].order == ("s2",)


def test_many_towns_are_shown_page_by_page():
    """The ninth is found too, and Back turns the page."""
    towns = [[f"Town {number}", None] for number in range(1, 10)]
    chat = a_seeker({"FindSurroundings": around(towns=towns)}).walks("/services", "[📰 Find a job]")
    chat.walks("[📍 Near me]", "[➕ More]")
    assert labels(chat) == ["📍 Town 8", "📍 Town 9"]
    chat.walks("[⬅️]")
    assert labels(chat)[-1] == "➕ More"


def test_without_towns_only_the_place_is_asked_for():
    """Nobody is told to tap a town that is not there."""
    chat = a_seeker({"FindSurroundings": around(towns=[])}).walks("/services", "[📰 Find a job]")
    chat.walks("[📍 Near me]")
    assert told(chat)[1] == "Send your place: 📎, then “Location”."


@pytest.mark.parametrize(
    ("second", "sieve"),
    [
        ("[🟢 Open now]", ServiceSieve(Theme.JOB, "ar", open_now=True)),
        ("[👩 A woman who listens]", ServiceSieve(Theme.JOB, "ar", women=True)),
    ],
)
def test_one_thing_after_the_other_makes_the_search_closer(second, sieve):
    """Each is two taps, is asked once, and stands above the list; two are enough."""
    chat = a_seeker({"FindServices": many(3, speaks=True)}, language="ar")
    chat.walks("/services", "[📰 Find a job]")
    assert told(chat)[2] == "Seregno · 🟢 open until 12:30 · 🗣️ your language"
    for tap in ("[🗣️ In my language]", second):
        chat.walks("[🔎 Find the right one]", tap)
    assert searched(chat)[-1].sieve == sieve
    assert told(chat)[1] == f"🗣️ In my language · {second[1:-1]}"
    assert "🔎 Find the right one" not in labels(chat)


def test_nobody_found_is_said_honestly():
    """With the doors: all of them, a person, the numbers, something else."""
    chat = a_seeker({"FindServices": many(2)}).walks("/services", "[📰 Find a job]")
    chat.world.calendar["FindServices"] = []
    chat.walks("[🔎 Find the right one]", "[🟢 Open now]")
    assert told(chat)[1:] == [
        "🟢 Open now",
        "I know no place for this that somebody has checked lately.",
        "A person can look for one with you.",
    ]
    assert labels(chat) == [
        "📚 See all of them",
        "🤝 Talk to someone",
        "📞 Numbers to call",
        "📍 Look for something else",
    ]


@pytest.mark.parametrize(
    ("tap", "title"),
    [
        ("[📞 Numbers to call]", "🆘 Numbers to call"),
        ("[🤝 Talk to someone]", "🤝 Talk to someone"),
        ("[📍 Look for something else]", "📍 Who helps near me"),
    ],
)
def test_where_nobody_is_found_the_doors_lead_on(tap, title):
    """Each to its page."""
    chat = a_seeker({"FindServices": []}).walks("/services", "[📰 Find a job]", tap)
    assert told(chat)[0] == title


def test_from_nothing_to_all_of_them():
    """What was asked for is let go; the need stays."""
    chat = a_seeker({"FindServices": many(2)}).walks("/services", "[📰 Find a job]")
    chat.world.calendar["FindServices"] = []
    chat.walks("[🔎 Find the right one]", "[🟢 Open now]")
    chat.world.calendar["FindServices"] = many(1, opens="", until="")
    chat.walks("[📚 See all of them]")
    assert told(chat) == ["📰 Find a job", "1️⃣ 📰 AFOL Seregno", "Seregno"]
    assert searched(chat)[-1].sieve == ServiceSieve(Theme.JOB)
    chat.walks("[🤝 Talk to someone]")
    assert told(chat)[0] == "🤝 Talk to someone"


def test_a_line_is_called_by_the_name_it_has_in_her_language():
    """What the house has as a number to call is named and explained as there."""
    line = a_service_line(kind="trafficking", name="Numero Verde", line="1522", town="")
    chat = a_seeker({"FindServices": [{**line, "opens": "", "until": ""}]})
    chat.walks("/services", "[💼 My job and my pay]")
    assert told(chat)[1:] == ["1️⃣ 🛟 Violence line"]


def test_the_button_of_a_card_leads_to_who_helps_with_it():
    """A card opens the list of its theme; every theme has cards or stands in the menu."""
    chat = a_seeker().walks("/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Pay]")
    chat.walks("[📍 Where to go]")
    assert searched(chat)[-1].sieve.theme is Theme.WORK
    chat.walks("[⬅️]")
    assert told(chat)[0] == "📄 Pay"
    assert set(Theme) - set(MENU) - set(OF_CARD.values()) == set()


def test_the_neighbourhood_leads_to_who_helps_near():
    """The area of places has the door above its cards."""
    chat = a_seeker().walks("/menu", "[🧭 I need information]", "[📍 My neighbourhood]")
    assert labels(chat)[0] == "📍 Who helps near me"
    chat.walks("[📍 Who helps near me]")
    assert told(chat)[1] == "What do you need?"


def test_a_service_is_opened_by_its_id():
    """Where another page leads straight to it."""
    chat = a_seeker()
    opened_at(chat.world, "services", "77")
    assert FindService("77") in chat.world.effects


def test_the_longest_search_stays_small():
    """Long names, every question that can be asked, the fullest page: little is kept."""
    far = str(2**63 - 1)[:-2]
    line = {"name": "n" * 60, "town": "t" * 30, "kind": "inspectorate", "opens": "closed"}
    found = [a_service_line(f"{far}{number:02}", **line) for number in range(7)]
    places = [a_place(f"{far}{number:02}", 60, (45.123, 9.123)) for number in range(90)]
    towns = [[f"{'t' * 12}{number:02}", [45.123, 9.123]] for number in range(70)]
    long = ("place", "how", "hours", "closed", "first", "bring_words", "mediators", "source")
    page = a_service(f"{far}00", name="n" * 60, **dict.fromkeys(long, "w" * 150))
    services = {"FindServices": found, "FindSurroundings": around(*places, towns=towns)}
    chat = a_seeker(services, language="ar").walks("/services", "[📰 Find a job]", "[📍 Near me]")
    send_place(chat)
    for tap in ("[🗣️ In my language]", "[🟢 Open now]"):
        chat.walks("[🔎 Find the right one]", tap)
    chat.world.calendar["FindService"] = {**page, "always": True}
    chat.walks("[➕ More]", "[1️⃣ Labour inspectorate]")
    assert chat.conversation.stack[-1].asked == "page"
    assert stored_bytes(chat.conversation) < MAX_STORED_BYTES
