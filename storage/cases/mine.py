"""The person's own case: what she sees of it, and what she says to it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from flows.case_model import ActionState, EndReason, Said, Stage
from flows.case_rules import IN_CHARGE
from flows.handoff_effects import MyPlan, PlanStep
from storage.cases.choices import revoke
from storage.cases.files import find_charge
from storage.cases.finding import find_contact_of
from storage.cases.hand import Hand
from storage.cases.moving import drop_open, end_by_person
from storage.cases.plan import find_actions, step_answer
from storage.cases.tasks import find_tasks, task_add
from storage.schema import office
from storage.vault import Vault

STOPPED = "La persona ha fermato il lavoro sul suo caso (dalla chat)."
ANSWERED = {
    Said.NO: "La persona dice no a un passo del progetto (dalla chat).",
    Said.MOVE: "La persona chiede un altro giorno per un passo del progetto (dalla chat).",
}
"""Tasks for operators, who speak Italian: what the person said is to be answered by somebody."""


def for_person(connection: Connection, vault: Vault, person_id: int) -> MyPlan | None:
    """The person's case and plan as she is shown them; None where there is none."""
    contact = find_contact_of(connection, person_id)
    if contact is None:
        return None
    names = {row.key: row.name for row in connection.execute(select(office.c.key, office.c.name))}
    charge = find_charge(connection, vault, contact.id)
    steps = tuple(
        PlanStep(
            str(one.id),
            one.lane,
            one.service,
            one.state,
            one.said,
            one.due,
            names.get(one.provider, ""),
            one.what,
        )
        for one in find_actions(connection, vault, contact.id)
        if one.state is not ActionState.DROPPED
    )
    return MyPlan(
        contact.stage,
        names.get(contact.office, ""),
        contact.designation,
        steps,
        "" if charge is None else charge.goals,
        charge is not None and charge.reason is EndReason.PERSONS_CHOICE,
    )


def answer_step(hand: Hand, step: str, said: Said) -> bool:
    """Keep what the person says to a step; a no, or another day, becomes a task for the office."""
    if not step.isdecimal() or not step_answer(hand, int(step), said):
        return False
    words = ANSWERED.get(said)
    if words is not None:
        _tell(hand, words)
    return True


def stop_case(hand: Hand) -> bool:
    """End the work on the person's case because she wants it: her choices are revoked, the steps of
    the plan dropped, a case is concluded, and the office has a task, one until it is done. False
    where it has ended."""
    revoked = revoke(hand)
    stage = hand.contact.stage
    if stage is Stage.CONCLUDED and not revoked:
        return False
    if stage in IN_CHARGE:
        end_by_person(hand, STOPPED)
    else:
        drop_open(hand)
    tasks = find_tasks(hand.connection, hand.vault, hand.contact.id)
    if not any(one.words == STOPPED and one.done is None for one in tasks):
        _tell(hand, STOPPED)
    return True


def _tell(hand: Hand, words: str) -> None:
    case, today = hand.contact.id, hand.now.date()
    owner = hand.contact.owner
    task_add(hand.connection, hand.vault, case, words, today, by=hand.operator_id, owner=owner)
