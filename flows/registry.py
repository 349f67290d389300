"""Every flow of the house under its name, and the commands that open them."""

from __future__ import annotations

from datetime import timedelta

from flows import check, doors, home, language, onboarding, orientation, privacy
from flows.directory import Entry, Flows

CHECK_LIVES = timedelta(minutes=30)

FLOWS = Flows(
    entries={
        "onboarding": Entry(onboarding.onboarding, leaves=False),
        "home": Entry(home.home, leaves=False),
        "orientation": Entry(orientation.orientation, resumable=True),
        "talk": Entry(doors.talk),
        "wrong": Entry(doors.wrong),
        "check": Entry(check.check, secret=True, lives=CHECK_LIVES, closes=True),
        "sent": Entry(doors.sent, secret=True, lives=CHECK_LIVES, closes=True),
        "danger": Entry(doors.danger, over=True, helps=False),
        "help": Entry(doors.emergency, over=True, helps=False),
        "language": Entry(language.language, over=True),
        "privacy": Entry(privacy.privacy, over=True),
        "careful": Entry(privacy.careful, over=True),
        "data": Entry(privacy.data, over=True),
        "clean": Entry(privacy.clean, over=True),
        "forget": Entry(privacy.forget, over=True),
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
    },
    help="help",
    media="sent",
    danger="danger",
)
