"""The conversation with operators as a test plays it: what its effects give."""

from __future__ import annotations

from typing import Any, cast

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
CARATE = Helper("carate", "PUA Carate", "Carate", "by appointment", duty=True)
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


def a_step(step_id: str = "1", **changes: Any) -> Json:
    """A step of a plan that was offered; what matters is given by name."""
    given: dict[str, Any] = {
        "id": step_id,
        "lane": "work",
        "service": "S07",
        "state": "offered",
        "said": "",
        "due": "2026-12-03",
        "provider": "CFP Desio",
        "what": "Forklift licence, four evenings.",
    }
    return {**given, **changes}


def a_plan(*steps: Json, **changes: Any) -> Json:
    """A case that is followed, with these steps."""
    given: dict[str, Any] = {
        "stage": "project_active",
        "office": "PUA Desio",
        "designation": "Airone verde",
        "goal": "A regular job.",
        "stopped": False,
        "steps": list(steps),
    }
    return {**given, **changes}


def talked(effect: Effect[object], talk: Json, mine: Json) -> tuple[Json, Json] | None:
    """What the storage of conversations gives, and the conversation after it; None: not its own."""
    now = cast(dict[str, Json], talk)
    match effect:
        case FindTalk():
            return talk, talk
        case FindMyPlan():
            return mine, talk
        case FindQueue():
            return a_queue(), talk
        case AskForHuman(asked):
            made = a_talk(desk=asked.desk, need=asked.need.value)
            return made, made
        case EndTalk():
            return True, {**now, "state": "closed"} if now else talk
        case RateTalk():
            return True, {**now, "rated": True} if now else talk
        case MakeHandover():
            return HANDOVER, talk
        case TakeHandover(code):
            return ("Airone verde" if code == HANDOVER else ""), talk
        case AnswerStep() | StopCase():
            return True, talk
    return None
