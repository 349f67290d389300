"""Moves a case from stage to stage, each move guarded, with who, when and why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import insert, update

from flows.case_model import ActionState, Bed, EndReason, Stage
from flows.case_rules import OPEN, may_move
from flows.text import Text, _
from storage.audit import Action
from storage.case_schema import case_file, plan_action
from storage.cases.hand import Hand


def move(hand: Hand, to: Stage, why: str) -> Text | None:
    """Bring a contact to another stage; why not, where it may not. Taking in charge and concluding
    say more, and have ways of their own."""
    if to is Stage.TAKEN_IN_CHARGE and hand.contact.stage is not Stage.SUSPENDED:
        return _("Taking in charge needs its own form.")
    if to is Stage.CONCLUDED:
        return _("Say why the case ends.")
    return _moved(hand, to, why)


def may_move_to(hand: Hand, to: Stage, reason: EndReason | None = None) -> Text | None:
    """Why the contact may not go to a stage now; None where it may."""
    return may_move(hand.contact.stage, to, replace(hand.facts(), reason=reason))


def _moved(hand: Hand, to: Stage, why: str, reason: EndReason | None = None) -> Text | None:
    if not why.strip():
        return _("Say why, in a few words.")
    refused = may_move_to(hand, to, reason)
    if refused is not None:
        return refused
    hand.step(to, why.strip())
    hand.change(stage=to.value)
    hand.note(Action.CASE_MOVED)
    return None


def take_in_charge(
    hand: Hand,
    why: str,
    *,
    goals: str = "",
    rules: str = "",
    risk: str = "",
    review: date | None = None,
) -> Text | None:
    """Take a person in charge, or a concluded case again; refused without the choice of a file.

    Who does so follows the case, where nobody does yet. A case that is taken up again counts from
    its first day, and what was agreed then stays.
    """
    refused = _moved(hand, Stage.TAKEN_IN_CHARGE, why)
    if refused is not None:
        return refused
    contact_id, today = hand.contact.id, hand.now.date()
    opened_again = {"concluded": None, "reason": "", "review": review}
    known = update(case_file).where(case_file.c.contact_id == contact_id).values(**opened_again)
    if hand.connection.execute(known).rowcount == 0:
        hand.connection.execute(
            insert(case_file).values(
                contact_id=contact_id,
                taken=today,
                taken_by=hand.operator_id,
                review=review,
                body=hand.seal("file", contact_id, goals=goals, rules=rules, risk=risk),
            )
        )
    if hand.contact.owner is None:
        hand.change(owner=hand.operator_id)
    return None


def agree(hand: Hand, *, goals: str, rules: str, risk: str, review: date | None) -> Text | None:
    """Write down anew what was agreed when the person was taken in charge."""
    contact_id = hand.contact.id
    body = hand.seal("file", contact_id, goals=goals, rules=rules, risk=risk)
    changed = hand.connection.execute(
        update(case_file)
        .where(case_file.c.contact_id == contact_id)
        .values(body=body, review=review)
    )
    if changed.rowcount == 0:
        return _("First take the person in charge.")
    hand.change()
    hand.note(Action.CASE_CHANGED)
    return None


def conclude(hand: Hand, reason: EndReason, why: str) -> Text | None:
    """Conclude a case for a reason; steps of the plan that are open are dropped."""
    refused = _moved(hand, Stage.CONCLUDED, why, reason)
    if refused is not None:
        return refused
    contact_id = hand.contact.id
    values = {"concluded": hand.now.date(), "reason": reason.value, "review": None}
    hand.connection.execute(
        update(case_file).where(case_file.c.contact_id == contact_id).values(**values)
    )
    drop_open(hand)
    return None


def end_by_person(hand: Hand, why: str) -> None:
    """Conclude a case because the person wants it, whatever its stage in charge."""
    conclude(hand, EndReason.PERSONS_CHOICE, why)


def drop_open(hand: Hand) -> None:
    """Drop the steps of the plan that are open."""
    hand.connection.execute(
        update(plan_action)
        .where(
            plan_action.c.contact_id == hand.contact.id,
            plan_action.c.state.in_([state.value for state in OPEN]),
        )
        .values(state=ActionState.DROPPED.value)
    )


def set_bed(hand: Hand, bed: Bed, why: str) -> Text | None:
    """Record that another bed is found, that the person goes on without one, or neither."""
    if not why.strip():
        return _("Say why, in a few words.")
    hand.step(hand.contact.stage, why.strip(), bed)
    hand.change(bed=bed.value)
    hand.note(Action.CASE_CHANGED)
    return None


def give_to(hand: Hand, operator_id: int | None) -> None:
    """Give a contact to the operator who follows it from now on, or to nobody yet."""
    hand.change(owner=operator_id)
    hand.note(Action.CASE_GIVEN)
