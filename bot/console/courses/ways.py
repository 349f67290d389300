"""Every address of the courses, and who may open it; whose course it is, `storage.access` asks."""

from __future__ import annotations

from bot.console.courses import deeds, figures, leafing, lesson, listing, reading, writing
from bot.console.courses.form import WRITTEN
from bot.console.visit import Access, Page, get, post

_WHO, _ONE = Access.OPERATOR, "/courses/{course}"
_LESSON, _PERSON = "/courses/lessons/{lesson}", f"{_ONE}/people/{{enrolment}}"

PAGES: tuple[Page, ...] = (
    get("/courses", _WHO, listing.show),
    get("/courses/calendar", _WHO, leafing.show),
    get("/courses/figures", _WHO, figures.show),
    get("/courses/new", _WHO, writing.begin),
    post("/courses/new", _WHO, writing.add, typed=WRITTEN),
    post("/courses/typed", _WHO, writing.keep_typed),
    post("/courses/typed-away", _WHO, writing.drop_typed),
    get(_LESSON, _WHO, lesson.show),
    post(_LESSON, _WHO, lesson.take),
    post(f"{_LESSON}/move", _WHO, lesson.move),
    post(f"{_LESSON}/cancel", _WHO, lesson.cancel),
    post(f"{_LESSON}/restore", _WHO, lesson.restore),
    get(_ONE, _WHO, reading.show),
    get(f"{_ONE}/edit", _WHO, writing.edit),
    post(f"{_ONE}/edit", _WHO, writing.change, typed=WRITTEN),
    post(f"{_ONE}/open", _WHO, deeds.open_),
    post(f"{_ONE}/close", _WHO, deeds.close),
    post(f"{_ONE}/cancel", _WHO, deeds.cancel),
    post(f"{_ONE}/lessons", _WHO, deeds.add),
    post(f"{_ONE}/people", _WHO, deeds.join, typed="name"),
    post(f"{_PERSON}/seat", _WHO, deeds.give_seat),
    post(f"{_PERSON}/remove", _WHO, deeds.take_off),
    post(f"{_PERSON}/complete", _WHO, deeds.complete_one),
    post(f"{_PERSON}/certify", _WHO, deeds.certify_one),
)
