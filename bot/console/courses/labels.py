"""How the console calls the things of courses, and what it says after something was done."""

from __future__ import annotations

from flows.calendar_model import CourseKind, CourseState, LessonState, PlaceState, Presence, Reply
from flows.text import Text, _, pgettext

KINDS: dict[CourseKind, Text] = {
    CourseKind.ITALIAN: _("Italian"),
    CourseKind.SAFETY: _("Safety at work (81/08)"),
    CourseKind.FORKLIFT: _("Forklift"),
    CourseKind.TRAINING: _("Training"),
    CourseKind.WORKSHOP: _("Workshop"),
    CourseKind.JOB_DAY: _("Job day"),
    CourseKind.OTHER: pgettext("course", "Other"),
}

STATES: dict[CourseState, Text] = {
    CourseState.DRAFT: pgettext("course", "draft"),
    CourseState.OPEN: pgettext("course", "open"),
    CourseState.CLOSED: pgettext("course", "closed to new people"),
    CourseState.CANCELLED: pgettext("course", "cancelled"),
}

LESSON_STATES: dict[LessonState, Text] = {
    LessonState.PLANNED: pgettext("lesson", "as planned"),
    LessonState.MOVED: pgettext("lesson", "moved"),
    LessonState.CANCELLED: pgettext("lesson", "cancelled"),
}

PLACES: dict[PlaceState, Text] = {
    PlaceState.ENROLLED: _("enrolled"),
    PlaceState.WAITING: pgettext("course", "waits"),
    PlaceState.OFFERED: _("a seat is offered"),
    PlaceState.LEFT: pgettext("course", "left"),
    PlaceState.LAPSED: _("did not answer the offer"),
    PlaceState.REMOVED: _("taken off"),
}

PRESENCES: dict[Presence, Text] = {
    Presence.PRESENT: pgettext("lesson", "Present"),
    Presence.ABSENT: pgettext("lesson", "Absent"),
    Presence.EXCUSED: pgettext("lesson", "Excused"),
}

REPLIES: dict[Reply, Text] = {
    Reply.COMES: _("says: I come"),
    Reply.CANNOT: _("says: I cannot come"),
    Reply.LATE: _("says: I am late"),
    Reply.LOST: _("says: I am lost"),
}

DONE: dict[str, Text] = {
    "added": _("The course is kept as a draft: look at it, then open it."),
    "changed": _("The course is changed."),
    "open": _("The course is open: people find it and can enrol."),
    "close": _("The course takes nobody new. Who has a seat keeps it."),
    "cancel": _("The course is cancelled. Now tell the people who had a seat."),
    "lesson": _("The lesson is added."),
    "enrolled": _("There was a seat: they have it."),
    "waiting": _("All seats are taken: they are on the waiting list."),
    "offered": _("A seat is kept for them already: it was offered in the chat."),
    "removed": _("They are off the list. The seat goes to the first who waits."),
    "completed": _("It is written down that they attended to the end."),
    "certified": _("The certificate is written down."),
    "undone": _("It is not written there any more."),
    "kept": _("The attendance is kept."),
    "moved": _("The lesson is moved. Now tell the people."),
    "cancelled": _("The lesson is cancelled. Now tell the people."),
    "restored": _("The lesson takes place as it was planned."),
}
