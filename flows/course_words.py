"""What is said of courses, lessons and places: the words that several conversations share."""

from __future__ import annotations

from datetime import date, datetime, time

from flows.calendar_model import (
    CourseKind,
    CourseLine,
    CourseView,
    LessonState,
    LessonView,
    Part,
    Place,
    PlaceState,
)
from flows.opening import Opening
from flows.steps import Line, Style
from flows.text import Text, _, listed, ngettext, pictured, verbatim

ICONS: dict[CourseKind, str] = {
    CourseKind.ITALIAN: "📘",
    CourseKind.SAFETY: "🦺",
    CourseKind.FORKLIFT: "🏗️",
    CourseKind.TRAINING: "🎓",
    CourseKind.WORKSHOP: "🛠️",
    CourseKind.JOB_DAY: "🏭",
    CourseKind.OTHER: "📌",
}
KINDS: dict[CourseKind, Text] = {
    CourseKind.ITALIAN: _("📘 Learn Italian"),
    CourseKind.SAFETY: _("🦺 Safety at work"),
    CourseKind.FORKLIFT: _("🏗️ Forklift licence"),
    CourseKind.TRAINING: _("🎓 A course for a job"),
    CourseKind.WORKSHOP: _("🛠️ Workshops"),
    CourseKind.JOB_DAY: _("🏭 Meet companies"),
    CourseKind.OTHER: _("📌 Other meetings"),
}
"""In the order in which they are offered."""

CARDS: dict[CourseKind, str] = {
    CourseKind.ITALIAN: "skills.italian",
    CourseKind.SAFETY: "skills.safety",
    CourseKind.FORKLIFT: "skills.forklift",
    CourseKind.TRAINING: "skills.training",
}
"""The card that tells about a kind, and leads to its courses."""

LEVEL_WORDS: dict[str, Text] = {
    "A0": _("🔤 I cannot read and write yet"),
    "A1": _("🐣 I begin: A1"),
    "A2": _("🙂 I speak a little: A2"),
    "B1": _("😃 I speak well: B1"),
    "B2": _("🎓 I speak very well: B2"),
}
PARTS: dict[Part, Text] = {
    Part.MORNING: _("🌅 In the morning"),
    Part.AFTERNOON: _("☀️ In the afternoon"),
    Part.EVENING: _("🌙 In the evening"),
    Part.WEEKEND: _("📅 Saturday or Sunday"),
}
KEYCAPS = ("1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣")


def joined(*parts: Text | str | int | date | datetime | None, gap: str = " · ") -> Text:
    """What there is of these, with a dot between."""
    there = [one for one in parts if one not in (None, "")]
    named = {f"part{place}": one for place, one in enumerate(there) if one is not None}
    source = gap.join(f"{{{name}}}" for name in named)
    return Text(source, tuple(named.items()), literal=True)


def named(icon: str, words: str) -> list[Text | Line]:
    """A row of an office's own words behind a pictogram; nothing where there are none."""
    return [row(pictured(icon, verbatim(words)))] if words else []


def row(text: Text) -> Line:
    """One fact of a list."""
    return Line(text, Style.ROW)


def title_of(kind: CourseKind, level: str, title: str) -> Text:
    """What a course is called: its pictogram, and its level where the name does not say it."""
    shown = level if level and level not in title else ""
    return pictured(ICONS[kind], joined(verbatim(title), verbatim(shown) if shown else None))


def moment_label(icon: str, starts: datetime) -> Text:
    """What stands on the button of something that has a day: short, and never cut."""
    return pictured(icon, joined(starts))


def course_rows(icon: str, line: CourseLine) -> list[Line]:
    """A course in a list: its name; under it where, how far, and whether there is room."""
    far = None if line.km is None else far_words(line.km)
    place = verbatim(line.place) if line.place else None
    name = pictured(icon, title_of(line.kind, line.level, line.title))
    return [Line(name, Style.HEADING), row(joined(place, far, free_words(line)))]


def far_words(km: float) -> Text:
    """How far, in a number that means something on foot or by bus."""
    if km < 1:
        return _("near")
    return _("{number} km", number=round(km))


def free_words(course: CourseLine | CourseView) -> Text:
    """Whether there is room."""
    if course.free:
        return ngettext("{count} free seat", "{count} free seats", course.free)
    return _("full now")


def cost_words(cents: int) -> Text:
    """What it costs, as people write it here."""
    if not cents:
        return _("💶 It is free")
    euros, rest = divmod(cents, 100)
    amount = f"{euros},{rest:02} €" if rest else f"{euros} €"
    return _("💶 It costs {amount}", amount=verbatim(amount))


def tongues_of(codes: tuple[str, ...], opening: Opening) -> Text:
    """The languages of a course, each as it calls itself."""
    names = {one.code: one.name for one in opening.house.tongues}
    return listed(verbatim(names.get(code, code)) for code in codes)


def when_words(lesson: LessonView) -> Text:
    """The day by its name, from when to when."""
    ends = time(lesson.ends.hour, lesson.ends.minute)
    return _("{moment} – {end}", moment=lesson.starts, end=ends)


def lesson_row(lesson: LessonView, place: str) -> Line:
    """One day of a course; what is not as it was planned is said."""
    if lesson.state is LessonState.CANCELLED:
        return row(_("❌ Not on: {when}", when=lesson.starts))
    elsewhere = verbatim(lesson.place) if lesson.place and lesson.place != place else None
    told = joined(when_words(lesson), elsewhere)
    if lesson.state is LessonState.MOVED:
        return row(_("🔁 New day: {when}", when=told))
    return row(pictured("🗓️", told))


def place_line(course: CourseView) -> Line:
    """How the person stands to the course, as the one thing to see first."""
    return Line(_standing(course, course.mine), Style.ACTION)


def _standing(course: CourseView, mine: Place) -> Text:
    if mine.state is PlaceState.ENROLLED:
        return _("✅ You have a seat.")
    if mine.state is PlaceState.WAITING:
        return _("⏳ You wait for a seat. Your number: {turn}.", turn=mine.turn)
    if mine.state is PlaceState.OFFERED and mine.until is not None:
        return _("🎉 There is a seat for you until {moment}.", moment=mine.until)
    if mine.state is PlaceState.OFFERED:
        return _("🎉 There is a seat for you.")
    if course.free:
        return pictured("🪑", free_words(course))
    if course.waits and course.waiting:
        return ngettext(
            "🪑 It is full. {count} person waits.",
            "🪑 It is full. {count} people wait.",
            course.waiting,
        )
    return _("🪑 It is full.")
