"""Carries out what a conversation asks of a person's case, and of hand-over codes."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from flows.effects import Json
from flows.handoff_effects import (
    AnswerStep,
    FindMyPlan,
    MakeHandover,
    MyPlan,
    StopCase,
    TakeHandover,
)
from flows.model import Person
from storage.access import for_person, of_person
from storage.cases.mine import answer_step, stop_case
from storage.handover import Whose, make_handover, take_in_chat
from storage.vault import Vault

CaseEffect = FindMyPlan | AnswerStep | StopCase | MakeHandover | TakeHandover


def perform_case(
    connection: Connection, vault: Vault, person: Person, effect: CaseEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case FindMyPlan():
            found = for_person(connection, vault, person.id)
            return None if found is None else as_json(found)
        case AnswerStep(step, said):
            hand = of_person(connection, vault, person.id, now)
            return hand is not None and answer_step(hand, step, said)
        case StopCase():
            hand = of_person(connection, vault, person.id, now)
            return hand is not None and stop_case(hand)
        case MakeHandover():
            return make_handover(connection, vault, Whose(person_id=person.id), 0, now)
        case TakeHandover(code):
            joined = take_in_chat(connection, vault, code, person.id, now)
            return "" if joined is None else joined.designation
        case _:
            assert_never(effect)


def as_json(plan: MyPlan) -> Json:
    """A person's plan as the log of the conversation keeps it."""
    steps: list[Json] = [
        {
            "id": one.id,
            "lane": one.lane.value,
            "service": one.service.value,
            "state": one.state.value,
            "said": one.said.value,
            "due": None if one.due is None else one.due.isoformat(),
            "provider": one.provider,
            "what": one.what,
        }
        for one in plan.steps
    ]
    return {
        "stage": plan.stage.value,
        "office": plan.office,
        "designation": plan.designation,
        "goal": plan.goal,
        "stopped": plan.stopped,
        "steps": steps,
    }
