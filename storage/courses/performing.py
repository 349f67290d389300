"""Carries out what a conversation asks of courses."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from flows.calendar_effects import (
    AnswerOffer,
    AskForCourses,
    CallMe,
    Enrol,
    FindCourse,
    FindCourses,
    FindMyCalendar,
    LeaveCourse,
)
from flows.effects import Json
from flows.model import Person
from flows.plain import plain
from storage.courses.browsing import browse, view_of
from storage.courses.interest import ask_for
from storage.courses.mine import my_calendar
from storage.courses.seats import answer_offer, call, enrol, leave
from storage.vault import Vault

LONGEST_NAME = 60

CourseEffect = (
    FindCourses
    | FindCourse
    | Enrol
    | CallMe
    | LeaveCourse
    | AnswerOffer
    | AskForCourses
    | FindMyCalendar
)


def perform_courses(
    connection: Connection, vault: Vault, person: Person, effect: CourseEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case FindCourses(sieve, most):
            return plain(browse(connection, sieve, now)[:most])
        case FindCourse(course):
            return plain(view_of(connection, id_of(course), person.id, now))
        case Enrol(course):
            return plain(enrol(connection, vault, id_of(course), person_id=person.id, now=now))
        case CallMe(course, name):
            words = " ".join(name.split())[:LONGEST_NAME]
            return call(connection, vault, id_of(course), person.id, words)
        case LeaveCourse(course):
            return leave(connection, vault, id_of(course), person.id, now)
        case AnswerOffer(course, takes):
            return plain(answer_offer(connection, vault, id_of(course), person.id, takes, now))
        case AskForCourses(kind, wanted):
            return ask_for(connection, person.id, kind, wanted)
        case FindMyCalendar(most):
            return plain(my_calendar(connection, vault, person.id, now, most))
        case _:
            assert_never(effect)


def id_of(words: str) -> int:
    """An id as buttons and logs carry it; 0, which nothing has, where it is none."""
    is_number = words.isascii() and words.isdecimal() and len(words) < 20
    return int(words) if is_number and int(words) < 2**63 else 0
