"""Finding a course: few taps, nothing typed, and never a shelf that is empty."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.calendar_effects import FindCourses
from flows.calendar_model import LEVELS, CourseKind, CourseSieve, Part
from flows.course_words import CARDS, ICONS, KINDS, LEVEL_WORDS, PARTS
from flows.library import Area, Library, Offer
from tests.calendaring import a_course, a_lesson, a_line
from tests.chat import Chat, english
from tests.factories import a_card
from tests.flows.laws import MAX_STORED_BYTES, stored_bytes
from tests.flows.reporters import opened_at
from tests.flows.visitors import a_shelf, a_visitor, labels, lines, sought, told

MANY = {"FindShelves": [a_shelf("italian", 6), a_shelf("safety", 2), a_shelf("forklift", 0)]}
DESIO = {"name": "Desio", "point": [45.62, 9.21]}
ITALIAN = CourseKind.ITALIAN


def test_a_seat_is_three_taps_from_home():
    """Where there are few courses they stand at once: the course, and yes."""
    chat = a_visitor()
    chat.reads("""
        USER  /courses
        BOT   📚 Courses and appointments
              1️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 4 free seats
              [1️⃣ 2026-12-03 14:30:00] [🔔 Tell me of new courses]
              [📅 Book an appointment] [🗓️ My calendar]
              [⬅️] [🏠] [🆘]
        USER  [1️⃣ 2026-12-03 14:30:00]
        BOT   📘 Italian A1, evening
              🪑 4 free seats
              🗓️ 2026-12-03 14:30:00 – 16:30:00
              🔁 20 lessons to come
              📍 Via Rossi 1, Desio
              💶 It is free
              🗣️ IT and EN
              🎒 A pen.
              🏢 CPIA Monza
              [✅ Yes, I want to come] [🧭 Where it is] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)
    assert sought(chat) == [CourseSieve()]


def test_of_many_courses_the_kind_is_asked_first():
    """Only kinds that have courses; then those of the kind, a few a page."""
    chat = a_visitor(calendar={**MANY, "FindCourses": lines(6)})
    chat.reads("""
        USER  /courses
        BOT   📚 Courses and appointments
              What do you want to learn?
              [📘 Learn Italian] [🦺 Safety at work] [📍 Near me] [📅 Book an appointment]
              [🗓️ My calendar]
              [⬅️] [🏠] [🆘]
        USER  [📘 Learn Italian]
        BOT   📘 Learn Italian
              1️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 4 free seats
              2️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 4 free seats
              3️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 4 free seats
              4️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 4 free seats
              5️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 4 free seats
              [1️⃣ 2026-12-01 18:30:00] [2️⃣ 2026-12-02 18:30:00]
              [3️⃣ 2026-12-03 18:30:00] [4️⃣ 2026-12-04 18:30:00]
              [5️⃣ 2026-12-05 18:30:00] [➕ More] [🔎 Find the right one]
              [⬅️] [🏠] [🆘]
        USER  [➕ More]
        BOT   📘 Learn Italian
              1️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 4 free seats
              [1️⃣ 2026-12-06 18:30:00] [🔎 Find the right one]
              [🔔 Tell me of new courses]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[1️⃣ 2026-12-06 18:30:00]")
    assert chat.conversation.stack[-1].asked == "page"
    chat.walks("[⬅️]", "[⬅️]")
    assert labels(chat)[0] == "1️⃣ 2026-12-01 18:30:00"


def test_more_than_two_pages_are_never_turned():
    """Who would have to turn more pages is asked what she needs."""
    chat = a_visitor(calendar={**MANY, "FindCourses": lines(9)})
    chat.walks("/courses", "[📘 Learn Italian]", "[➕ More]")
    assert told(chat)[-1] == "There are more. Say what you need: 🔎"
    assert "➕ More" not in labels(chat)
    assert FindCourses(CourseSieve(ITALIAN), 9) in chat.world.effects


def test_the_only_course_of_a_kind_is_shown_at_once():
    """One tap less; Back leads to the kinds."""
    chat = a_visitor(calendar=MANY).walks("/courses", "[🦺 Safety at work]")
    assert chat.conversation.stack[-1].asked == "page"
    chat.walks("[⬅️]")
    assert chat.conversation.stack[-1].asked == "kind"


def test_courses_near_a_town_are_found_with_one_tap():
    """A town stands for its place; the map's own place is taken too, and kept roughly."""
    calendar = {**MANY, "FindTowns": [DESIO], "FindCourses": lines(2, km=3.4)}
    chat = a_visitor(calendar=calendar).walks("/courses")
    chat.reads("""
        USER  [📍 Near me]
        BOT   📍 Where are you?
              Tap a town, or send your place: 📎, then “Location”.
              I use it only for this search.
              [📍 Desio] [⏭️ Skip]
              [⬅️] [🏠] [🆘]
        USER  [📍 Desio]
        BOT   📚 Courses
              📍 Near me
              1️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 3 km · 4 free seats
              2️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 3 km · 4 free seats
              [1️⃣ 2026-12-01 18:30:00] [2️⃣ 2026-12-02 18:30:00] [🔎 Find the right one]
              [🔔 Tell me of new courses]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   📍 Where are you?
              Tap a town, or send your place: 📎, then “Location”.
              I use it only for this search.
              [📍 Desio] [⏭️ Skip]
              [⬅️] [🏠] [🆘]
        USER  [⏭️ Skip]
        BOT   📚 Courses and appointments
              1️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 3 km · 4 free seats
              2️⃣ 📘 Italian A1, evening
              Via Rossi 1, Desio · 3 km · 4 free seats
              [1️⃣ 2026-12-01 18:30:00] [2️⃣ 2026-12-02 18:30:00]
              [🔔 Tell me of new courses] [📅 Book an appointment] [🗓️ My calendar]
              [⬅️] [🏠] [🆘]
    """)
    assert sought(chat) == [CourseSieve(near=(45.62, 9.21)), CourseSieve()]
    chat.world.calendar["FindTowns"] = []
    chat.walks("/courses", "[📍 Near me]")
    assert told(chat)[1] == "Send your place: 📎, then “Location”."


LEVEL = ["[🎚️ How much Italian I speak]", "[🔤 I cannot read and write yet]"]
PART = ["[🕗 When I have time]", "[🌙 In the evening]"]
TOWN = ["[📍 Near me]", "[📍 Desio]"]
WOMEN, CHILD, TONGUE = (
    ["[👩 Only for women]"],
    ["[🧒 Somebody looks after my child]"],
    ["[🗣️ In my language]"],
)


@pytest.mark.parametrize(
    ("taps", "sieve", "above"),
    [
        (
            [LEVEL, PART, TOWN],
            CourseSieve(ITALIAN, "A0", "", Part.EVENING, near=(45.62, 9.21)),
            "🔤 I cannot read and write yet · 🌙 In the evening · 📍 Near me",
        ),
        (
            [WOMEN, CHILD, TONGUE],
            CourseSieve(ITALIAN, "", "ar", None, True, True),
            "👩 Only for women · 🧒 Somebody looks after my child · 🗣️ In my language",
        ),
    ],
)
def test_one_thing_after_the_other_makes_the_search_closer(taps, sieve, above):
    """Each is one or two taps, is not asked twice, and stands above what was found; three do."""
    calendar = {**MANY, "FindCourses": lines(6), "FindTowns": [DESIO]}
    chat = a_visitor(calendar=calendar, language="ar").walks("/courses", "[📘 Learn Italian]")
    for some in taps:
        chat.walks("[🔎 Find the right one]")
        assert some[0][1:-1] in labels(chat)
        chat.walks(*some)
    assert sought(chat)[-1] == sieve
    assert told(chat)[1] == above
    assert "🔎 Find the right one" not in labels(chat)


def test_the_longest_search_stays_small():
    """Long names, every question that can be asked, the fullest page: little is kept."""
    far = str(2**63 - 1)
    line = {"title": "t" * 80, "place": "p" * 60, "km": 123.4}
    found = [{**one, "id": far[:-2] + f"{place:02}"} for place, one in enumerate(lines(9, **line))]
    course = a_course(
        far, about="a" * 1000, how="h" * 500, bring="b" * 300, lessons=[a_lesson(far)] * 10
    )
    calendar = {
        "FindShelves": [a_shelf(kind.value, 9) for kind in CourseKind],
        "FindTowns": [DESIO] * 7,
        "FindCourses": found,
        "FindCourse": course,
    }
    chat = a_visitor(calendar=calendar, language="ar").walks("/courses", "[📘 Learn Italian]")
    for some in (LEVEL, PART, TOWN):
        chat.walks("[🔎 Find the right one]", *some)
    chat.walks("[1️⃣ 2026-12-01 18:30:00]")
    assert 12_000 < stored_bytes(chat.conversation) < MAX_STORED_BYTES


def test_levels_and_languages_are_asked_where_they_mean_something():
    """A safety course has no level of Italian; who reads Italian needs no other language."""
    chat = a_visitor(calendar={**MANY, "FindCourses": lines(2)}, language="it")
    chat.walks("/courses", "[🦺 Safety at work]", "[🔎 Find the right one]")
    assert labels(chat) == [
        "🕗 When I have time",
        "📍 Near me",
        "👩 Only for women",
        "🧒 Somebody looks after my child",
    ]


@pytest.mark.parametrize(
    ("line", "name", "words"),
    [
        (a_line(free=0), "📘 Italian A1, evening", "Via Rossi 1, Desio · full now"),
        (a_line(free=1, place=""), "📘 Italian A1, evening", "1 free seat"),
        (a_line(title="Per donne", km=0.4, place=""), "📘 Per donne · A1", "near · 4 free seats"),
        (a_line(kind="job_day", level="", title="Ikea", place=""), "🏭 Ikea", "4 free seats"),
    ],
)
def test_a_course_in_a_list_says_what_matters(line, name, words):
    """Its name with the level, where, how far, and whether there is room."""
    chat = a_visitor(calendar={"FindCourses": [line]}).walks("/courses")
    assert told(chat)[1:] == [f"1️⃣ {name}", words]


def test_where_there_is_nothing_the_next_course_is_told():
    """No dead end: to be told, the other courses, the card, a person."""
    calendar = {**MANY, "FindCourses": []}
    chat = a_visitor(calendar=calendar)
    chat.reads("""
        USER  /courses
        BOT   📚 Courses and appointments
              What do you want to learn?
              [📘 Learn Italian] [🦺 Safety at work] [📍 Near me] [📅 Book an appointment]
              [🗓️ My calendar]
              [⬅️] [🏠] [🆘]
        USER  [📘 Learn Italian]
        BOT   📘 Learn Italian
              There is no such course now.
              I can tell you of the next one.
              [🔔 Tell me of new courses] [📚 See all courses] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [📚 See all courses]
        BOT   📚 Courses and appointments
              What do you want to learn?
              [📘 Learn Italian] [🦺 Safety at work] [📍 Near me] [📅 Book an appointment]
              [🗓️ My calendar]
              [⬅️] [🏠] [🆘]
        =>    wider
    """)
    chat.walks("[📘 Learn Italian]", "[🤝 Talk to someone]")
    assert chat.conversation.stack[-1].flow == "talk"


def test_a_house_without_courses_says_so():
    """Appointments are there all the same."""
    chat = a_visitor(calendar={"FindShelves": [a_shelf("italian", 0)], "FindCourses": []})
    chat.reads("""
        USER  /courses
        BOT   📚 Courses and appointments
              There is no such course now.
              I can tell you of the next one.
              [🔔 Tell me of new courses] [🤝 Talk to someone] [📅 Book an appointment]
              [🗓️ My calendar]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[🗓️ My calendar]")
    assert chat.conversation.stack[-1].flow == "my_calendar"


def test_the_calendar_and_appointments_are_below_the_courses():
    """Also where there are many; Back leads to the courses again."""
    for calendar in ({}, MANY):
        chat = a_visitor(calendar=calendar).walks("/courses", "[🗓️ My calendar]")
        assert chat.conversation.stack[-1].flow == "my_calendar"
        chat.walks("[⬅️]")
        assert chat.conversation.stack[-1].flow == "courses"


def test_a_card_leads_to_the_courses_of_its_kind(skilled):
    """And a kind without a course leads to the card."""
    chat = opened_at(skilled.world, "orientation", "skills.italian")
    assert labels(chat)[1] == "🎓 See the courses"
    chat.walks("[🎓 See the courses]")
    assert sought(chat) == [CourseSieve(ITALIAN)]
    chat.walks("[⬅️]")
    assert chat.conversation.stack[-1].asked == "skills.italian"
    chat.world.calendar["FindCourses"] = []
    chat.walks("[🎓 See the courses]", "[📖 Read about it]")
    assert chat.conversation.stack[-1].asked == "skills.italian"


def test_a_card_with_courses_stays_one_page(skilled):
    """Eight buttons, however much the card offers."""
    chat = opened_at(skilled.world, "orientation", "skills.italian")
    assert len(labels(chat)) == 8
    assert "➕ More" not in labels(chat)


@pytest.fixture
def skilled() -> Chat:
    """A house that has the card of Italian, with all that a card can offer, read in Arabic."""
    others = [a_card(f"skills.{name}", name) for name in ("review", "titles", "driving")]
    card = a_card(
        "skills.italian",
        "Learn Italian for free",
        offers=(Offer.TALK, Offer.REPORT),
        related=tuple(one.id for one in others),
    )
    cards = {one.id: one for one in (card, *others)}
    area = Area("skills", "🎓", "Skills", "Competenze", tuple(cards))
    chat = a_visitor(language="ar")
    chat.world = replace(chat.world, library=Library((area,), cards))
    return chat


def test_every_word_of_the_model_is_said():
    """Kinds, levels and times of day have their words, and every kind its pictogram."""
    assert (set(KINDS), set(ICONS)) == (set(CourseKind), set(CourseKind))
    assert tuple(LEVEL_WORDS) == LEVELS[1:]
    assert set(PARTS) == set(Part)
    assert all(english(KINDS[kind]).startswith(ICONS[kind]) for kind in CourseKind)
    assert set(CARDS) <= set(CourseKind)
