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
from storage.vault import Vault

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
        case (
            FindCourses()
            | FindCourse()
            | Enrol()
            | CallMe()
            | LeaveCourse()
            | AnswerOffer()
            | AskForCourses()
            | FindMyCalendar()
        ):
            raise NotImplementedError(f"{type(effect).__name__} is not carried out yet.")
        case _:
            assert_never(effect)
