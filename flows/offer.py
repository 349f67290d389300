"""A seat that became free is offered to somebody who waited: yes or no, from the message itself."""

from __future__ import annotations

from flows.calendar_effects import FindCourse
from flows.calendar_model import PlaceState
from flows.course_page import refuse, take
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Style, perform, say
from flows.text import _

_LATE = _("⏳ This seat is not kept for you any more.")


def offer(opening: Opening) -> Flow[Ended]:
    """Answer an offer: `at` is `<course>.yes`, `<course>.no`, or the course to read first."""
    course_id, _dot, said = opening.at.partition(".")
    course = yield from perform("offered", FindCourse(course_id))
    if course is None:
        return Ended("gone", then="courses", at=course_id)
    if course.mine.state is not PlaceState.OFFERED:
        if course.mine.state is not PlaceState.ENROLLED:
            yield from say(Line(_LATE, Style.NOTE))
        return Ended("over", then="courses", at=course_id)
    if said == "yes":
        return (yield from take(course, opening))
    if said == "no":
        return (yield from refuse(course, opening))
    return Ended("read", then="courses", at=course_id)
