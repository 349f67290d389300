"""The page of one course: what, when, where; take a seat in one tap, wait for one, leave."""

from __future__ import annotations

from flows.calendar_effects import (
    AnswerOffer,
    CallMe,
    Enrol,
    FindCourse,
    LeaveCourse,
    SendCalendarFile,
)
from flows.calendar_model import HAS_SEAT, CourseState, CourseView, LessonState, PlaceState, Subject
from flows.course_words import (
    CARDS,
    cost_words,
    lesson_row,
    named,
    place_line,
    row,
    title_of,
    tongues_of,
)
from flows.engine import Ended
from flows.finding import show_way, spot_of
from flows.opening import Opening
from flows.steps import (
    Accept,
    Flow,
    Line,
    Option,
    Style,
    Weight,
    ask_open,
    choose,
    confirm,
    keep,
    perform,
    say,
    show,
)
from flows.text import Text, _, ngettext, pictured, verbatim

NAME_LETTERS = 60
SKIPPED = 3  # so many lessons are named where none of them takes place
_HELD = (LessonState.PLANNED, LessonState.MOVED)
_GONE = _("🙏 Sorry, this course is not there any more.")
_QUICKER = _("🙏 Sorry, somebody was quicker. There is no seat now.")
_LATE = _("⏳ This seat is not kept for you any more.")
_FILE = _("📄 The file is in this chat. Open it to put the days into your phone.")
_PROMISED = _("I write to you when there is a seat.")
_LEFT = _("👌 You left the course. Thank you for telling.")
_NO_NAME = Option("none", _("🙈 No name on the list"))
_WHERE = Option("where", _("🧭 Where it is"))
_DAYS = Option("days", _("🗓️ All the dates"))
_OTHERS = Option("courses", _("📚 See all courses"))
_TALK = Option("talk", _("🤝 Talk to someone"))
_LEAVE = Option("leave", _("🚪 I do not come any more"))


def course_page(opening: Opening, course_id: str) -> Flow[Ended]:
    """Show a course and do with it what the person says."""
    course = yield from perform("course", FindCourse(course_id))
    if course is None or course.state is CourseState.DRAFT:
        return (yield from _gone())
    sensitive, told = opening.person.careful, False
    while True:
        lines = [*course_lines(course, opening), *([Line(_FILE, Style.NOTE)] if told else [])]
        options = _options(course, opening)
        chosen = yield from choose("page", lines, options, sensitive=sensitive)
        if chosen.id != "file":
            return (yield from _go_on(course, opening, chosen.id))
        about = SendCalendarFile(Subject.LESSON, course.lessons[0].id)
        told = yield from perform("file", about)


def _go_on(course: CourseView, opening: Opening, chosen: str) -> Flow[Ended]:
    """What a button of the page leads to."""
    if chosen == "enrol":
        return (yield from _enrol(course, opening))
    if chosen == "take":
        return (yield from take(course, opening))
    if chosen == "refuse":
        return (yield from refuse(course, opening))
    if chosen == "leave":
        return (yield from _leave(course, opening))
    if chosen == "courses":
        return Ended("others", then="courses")
    if chosen == "name":
        return (yield from _name(course))
    if chosen == "days":
        lines = [Line(_title(course), Style.TITLE), *_days(course)]
        return (yield from show("days", lines, sensitive=opening.person.careful))
    if chosen == "where":
        return (yield from _way(course, opening))
    return _talk(course)


def _way(course: CourseView, opening: Opening) -> Flow[Ended]:
    """The way there; whoever does not find it can talk to somebody."""
    title, careful = _("🧭 Where it is"), opening.person.careful
    others = [_TALK] if opening.house.helpers else []
    yield from show_way(spot_of(course), title, others, sensitive=careful)
    return _talk(course)


def _talk(course: CourseView) -> Ended:
    """To a person, who is told what it is about."""
    return Ended("talk", then="talk", at=CARDS.get(course.kind, ""), comes_back=True)


def _gone() -> Flow[Ended]:
    yield from choose("gone", _GONE, [_OTHERS])
    return Ended("gone", then="courses")


def _title(course: CourseView) -> Text:
    return title_of(course.kind, course.level, course.title)


def course_lines(course: CourseView, opening: Opening) -> list[Text | Line]:
    """All there is to know, the most important first, a fact a row."""
    days = ngettext("🔁 {count} lesson to come", "🔁 {count} lessons to come", course.count)
    return [
        Line(_title(course), Style.TITLE),
        _standing(course),
        *([Line(_PROMISED, Style.NOTE)] if _is_waiting(course) else []),
        *_next(course),
        *([row(days)] if course.count > 1 else []),
        *named("📍", course.place),
        row(cost_words(course.cost_cents)),
        *([row(pictured("🗣️", tongues_of(course.languages, opening)))] if course.languages else []),
        *([row(_("👩 Only for women"))] if course.women_only else []),
        *([row(_("🧒 Somebody looks after the children"))] if course.childcare else []),
        *named("🎒", course.bring),
        *named("🏢", course.organisation),
        *([Line(verbatim(course.about), Style.QUOTE)] if course.about else []),
    ]


def _next(course: CourseView) -> list[Line]:
    """The next lesson that takes place; one before it that does not is said too."""
    held = (place for place, one in enumerate(course.lessons, 1) if one.state in _HELD)
    return [lesson_row(one, course.place) for one in course.lessons[: next(held, SKIPPED)]]


def _is_waiting(course: CourseView) -> bool:
    return course.mine.state is PlaceState.WAITING and course.state is not CourseState.CANCELLED


def _standing(course: CourseView) -> Line:
    """The one thing to see first: whether there is a seat, and whether it is mine."""
    if course.state is CourseState.CANCELLED:
        return Line(_("❌ This course does not take place."), Style.ACTION)
    is_mine = course.mine.state in (*HAS_SEAT, PlaceState.WAITING)
    if course.state is CourseState.CLOSED and not is_mine:
        return Line(_("🔒 It takes nobody new now."), Style.ACTION)
    return place_line(course)


def _options(course: CourseView, opening: Opening) -> list[Option]:
    """At most eight; what the person came for is first."""
    has_seat = course.mine.state is PlaceState.ENROLLED
    to_phone = has_seat and course.lessons and not opening.person.careful
    is_held = course.state is not CourseState.CANCELLED
    seat = _seat_options(course) if is_held else []
    return [
        *(seat or [_OTHERS]),
        *([_WHERE] if is_held and (course.place or course.phone) else []),
        *([_DAYS] if is_held and len(course.lessons) > 1 else []),
        *([Option("file", _("📄 Into my phone's calendar"))] if is_held and to_phone else []),
        *([_TALK] if opening.house.helpers else []),
        *([_LEAVE] if is_held and has_seat else []),
    ]


def _seat_options(course: CourseView) -> list[Option]:
    """To take a seat or a place among those who wait, as the person stands to the course now."""
    state = course.mine.state
    if state is PlaceState.ENROLLED:
        return [Option("name", _("✏️ My name for the teacher"))]
    if state is PlaceState.WAITING:
        return [Option("leave", _("🚪 Do not wait any more"))]
    if state is PlaceState.OFFERED:
        return [
            Option("take", _("✅ Yes, I take the seat"), Weight.PRIMARY),
            Option("refuse", _("✖️ No, thank you")),
        ]
    if course.state is not CourseState.OPEN:
        return []
    if course.free:
        return [Option("enrol", _("✅ Yes, I want to come"), Weight.PRIMARY)]
    return [Option("enrol", _("⏳ Wait for a seat"), Weight.PRIMARY)] if course.waits else []


def _days(course: CourseView) -> list[Text | Line]:
    more = course.count - len(course.lessons)
    rest = ngettext("And {count} lesson more.", "And {count} lessons more.", max(0, more))
    return [
        *(lesson_row(one, course.place) for one in course.lessons),
        *([Line(rest, Style.NOTE)] if more > 0 else []),
    ]


def _enrol(course: CourseView, opening: Opening) -> Flow[Ended]:
    """Take a seat at once: the page itself said all that binds, and one can leave any time."""
    place = yield from perform("enrol", Enrol(course.id))
    if place.state is PlaceState.ENROLLED:
        yield from _seated(course, opening)
    elif place.state is not PlaceState.WAITING:
        yield from say(Line(_QUICKER, Style.NOTE))
    return Ended(place.state.value, then="courses", at=course.id)


def _seated(course: CourseView, opening: Opening) -> Flow[None]:
    """Leave a message that stays, to be found again; nothing where others look at the phone."""
    if opening.person.careful:
        return
    yield from keep(
        Line(_("✅ You have a seat."), Style.TITLE),
        row(_title(course)),
        *_next(course),
        *named("📍", course.place),
        *named("🎒", course.bring),
    )


def take(course: CourseView, opening: Opening) -> Flow[Ended]:
    """Take the seat that was offered, if it is still there."""
    place = yield from perform("take", AnswerOffer(course.id, takes=True))
    if place.state is PlaceState.ENROLLED:
        yield from _seated(course, opening)
    else:
        yield from say(Line(_LATE, Style.NOTE))
    return Ended(place.state.value, then="courses", at=course.id)


def refuse(course: CourseView, opening: Opening) -> Flow[Ended]:
    """Let the next one have the seat, after a yes: it does not come back."""
    sure = yield from confirm(
        "sure to refuse",
        [
            Line(_title(course), Style.TITLE),
            _("Somebody else gets the seat. Is that right?"),
        ],
        yes=_("✅ Yes, I do not come"),
        no=_("✖️ No, I still think"),
        sensitive=opening.person.careful,
    )
    if not sure:
        return Ended("thinks", then="courses", at=course.id)
    yield from perform("refuse", AnswerOffer(course.id, takes=False))
    yield from say(Line(_("👌 Somebody else gets the seat."), Style.NOTE))
    return Ended("refused", then="courses", at=course.id)


def _leave(course: CourseView, opening: Opening) -> Flow[Ended]:
    sure = yield from confirm(
        "sure to leave",
        [
            Line(_title(course), Style.TITLE),
            _("Do you not come any more? Then somebody else gets your place."),
        ],
        yes=_("🚪 Yes, I leave"),
        no=_("✖️ No, I stay"),
        sensitive=opening.person.careful,
    )
    if not sure:
        return Ended("stays", then="courses", at=course.id)
    left = yield from perform("leave", LeaveCourse(course.id))
    if not left:
        yield from say(Line(_GONE, Style.NOTE))
    elif opening.person.careful or course.mine.state is PlaceState.WAITING:
        yield from say(Line(_LEFT, Style.NOTE))
    else:  # the message that says there is a seat has stayed too
        yield from keep(Line(_LEFT, Style.TITLE), row(_title(course)))
    return Ended("left", then="courses", at=course.id)


def _name(course: CourseView) -> Flow[Ended]:
    """A name for the teacher's list, if the person likes: the seat is theirs without one."""
    lines: list[Text | Line] = [
        Line(_("✏️ Your name for the teacher"), Style.TITLE),
        _("Write the name that the teacher calls. You need not."),
        _("Only the people of this course's office read it."),
    ]
    name = yield from ask_open(
        "name", lines, {Accept.TEXT}, [_NO_NAME], limit=NAME_LETTERS, sensitive=True
    )
    words = name if isinstance(name, str) else ""
    yield from perform("call me", CallMe(course.id, words))
    told = _("✏️ The teacher calls you: {name}", name=verbatim(words))
    yield from say(Line(told if words else _("🙈 There is no name on the list."), Style.NOTE))
    return Ended("named", then="courses", at=course.id)
