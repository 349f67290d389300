"""Every flow of the house under its name, and the commands that open them."""

from __future__ import annotations

from datetime import timedelta

from flows import (
    appointment,
    attending,
    check,
    code,
    courses,
    dates,
    doors,
    handover,
    home,
    language,
    mass,
    my_calendar,
    offer,
    onboarding,
    orientation,
    plan,
    privacy,
    reminder,
    report,
    report_start,
    talk,
    talk_room,
    things,
    wishes,
    word,
)
from flows.directory import Entry, Flows
from flows.report_draft import PRACTICE

CHECK_LIVES = timedelta(minutes=30)
REPORT_LIVES = timedelta(hours=24)
CODE_LIVES = timedelta(minutes=30)

FLOWS = Flows(
    entries={
        "onboarding": Entry(onboarding.onboarding, leaves=False),
        "home": Entry(home.home, leaves=False),
        "orientation": Entry(orientation.orientation, resumable=True),
        "talk": Entry(talk.talk),
        "talk_room": Entry(talk_room.talk_room, alone=True, pushed=True),
        "rate": Entry(talk_room.rate, over=True, pushed=True),
        "plan": Entry(plan.plan),
        "mass": Entry(mass.mass, over=True, pushed=True, points=True),
        "courses": Entry(courses.courses, pushed=True, points=True),
        "offer": Entry(offer.offer, over=True, pushed=True, points=True),
        "my_calendar": Entry(my_calendar.my_calendar, pushed=True),
        "things": Entry(things.things),
        "appointment": Entry(appointment.appointment),
        "attending": Entry(attending.attending, over=True),
        "reminder": Entry(reminder.reminder, over=True, pushed=True, points=True),
        "dates": Entry(dates.dates),
        "wishes": Entry(wishes.wishes),
        "handover": Entry(handover.handover, secret=True, lives=CODE_LIVES, closes=True),
        "desk_code": Entry(handover.desk_code, secret=True, lives=CODE_LIVES, closes=True),
        "wrong": Entry(doors.wrong),
        "check": Entry(check.check, secret=True, lives=CHECK_LIVES, closes=True),
        "sent": Entry(doors.sent, secret=True, lives=CHECK_LIVES, closes=True),
        "danger": Entry(
            doors.danger, over=True, helps=False, secret=True, lives=CHECK_LIVES, closes=True
        ),
        "help": Entry(doors.emergency, over=True, helps=False),
        "language": Entry(language.language, over=True),
        "privacy": Entry(privacy.privacy, over=True),
        "careful": Entry(privacy.careful, over=True),
        "data": Entry(privacy.data, over=True),
        "clean": Entry(privacy.clean, over=True),
        "forget": Entry(privacy.forget, over=True),
        "report": Entry(
            report.report,
            resumable=True,
            form=True,
            secret=True,
            lives=REPORT_LIVES,
            closes=True,
            apart=frozenset({PRACTICE}),
        ),
        "code": Entry(code.code, secret=True, lives=CODE_LIVES, closes=True, pushed=True),
        "line": Entry(code.line, secret=True, lives=CODE_LIVES, closes=True, pushed=True),
        "stopped": Entry(report_start.stopped, secret=True, lives=CODE_LIVES, closes=True),
        "close": Entry(word.close, over=True),
        "word": Entry(word.word, helps=False, backs=False),
    },
    commands={
        "start": "home",
        "menu": "home",
        "language": "language",
        "help": "help",
        "clean": "clean",
        "stop": "clean",
        "privacy": "privacy",
        "mydata": "data",
        "forget": "forget",
        "code": "code",
        "desk": "handover",
        "courses": "courses",
        "calendar": "my_calendar",
        "appointment": "appointment",
        "dates": "dates",
        "reminders": "wishes",
    },
    help="help",
    media="sent",
    danger="danger",
)
