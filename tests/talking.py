"""The conversation with operators as a test plays it: what its effects give."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flows.effects import Effect, Json
from flows.handoff_effects import (
    AnswerStep,
    AskForHuman,
    EndTalk,
    FindMyPlan,
    FindQueue,
    FindTalk,
    MakeHandover,
    RateTalk,
    StopCase,
    TakeHandover,
)
from flows.handoff_model import Helper

DESIO = Helper(
    "desio", "PUA Desio", "Desio", "mon-fri 09:00-12:30 14:00-18:00", place="Via Rossi 1"
)
CARATE = Helper("carate", "PUA Carate", "Carate", "mon-fri 09:00-12:30", duty=True)
HANDOVER = "48217730"


def a_queue(**changes: Any) -> Json:
    """A desk that is open, with nobody before the person."""
    return {"ahead": 0, "is_open": True, "opens": None, **changes}


def a_talk(**changes: Any) -> Json:
    """A conversation that waits for its first answer; what matters is given by name."""
    given: dict[str, Any] = {
        "state": "waiting",
        "desk": "desio",
        "need": "pay",
        "designation": "Airone verde",
        "queue": a_queue(),
        "rated": False,
        "answered": False,
    }
    return {**given, **changes}


def talked(effect: Effect[object], otherwise: Callable[[], Json]) -> Json:
    """What the storage of conversations gives: nobody has one, and asking for one works."""
    match effect:
        case FindTalk() | FindMyPlan():
            return None
        case FindQueue():
            return a_queue()
        case AskForHuman(asked):
            return a_talk(desk=asked.desk, need=asked.need.value)
        case MakeHandover():
            return HANDOVER
        case TakeHandover(code):
            return "Airone verde" if code == HANDOVER else ""
        case EndTalk() | RateTalk() | AnswerStep() | StopCase():
            return True
    return otherwise()
