"""The plan of a case and what came of it: steps with service, provider, date and state."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from flows.case_model import ActionState, Lane, Outcome, Said, Service
from flows.case_rules import OPEN, may_step, reaches_employer
from flows.text import Text, _
from storage.audit import Action as Deed
from storage.case_schema import case_outcome, plan_action
from storage.cases.hand import Hand
from storage.cases.model import Action, Came, unpacked
from storage.vault import Vault, random_id


def plan_add(
    hand: Hand,
    lane: Lane,
    service: Service,
    *,
    provider: str = "",
    what: str = "",
    support: str = "",
    sign: str = "",
    due: date | None = None,
    state: ActionState = ActionState.PLANNED,
    to_employer: bool = False,
    language: str = "",
    in_group: bool = False,
) -> Action | Text:
    """Put a step into the plan; why not, where the bed comes before the boss."""
    refused = _refused(hand, service, to_employer, state)
    if refused is not None:
        return refused
    today = hand.now.date()
    made = Action(
        random_id(),
        lane,
        service,
        provider,
        due,
        state,
        Said.NOTHING,
        reaches_employer(service, to_employer),
        None,
        today if state is ActionState.DELIVERED else None,
        language or hand.contact.language,
        in_group,
        today,
        hand.operator_id,
        what,
        support,
        sign,
    )
    hand.connection.execute(
        insert(plan_action).values(
            id=made.id,
            contact_id=hand.contact.id,
            created=today,
            created_by=hand.operator_id,
            **_columns(hand, made),
        )
    )
    _changed(hand)
    return made


def plan_change(hand: Hand, action_id: int, **changes: Any) -> Action | Text:
    """Change a step: its `state`, `due`, `provider`, `what`, `minutes`, … as `Action` has them.

    Whatever brings it further is refused where it reaches the employer and the bed is not safe.
    What is delivered is so today, unless `done` says another day. Who had asked for another day is
    asked again about the new one.
    """
    known = find_action(hand.connection, hand.vault, hand.contact.id, action_id)
    if known is None:
        return _("This step is no longer there.")
    changed = replace(known, **changes)
    changed = replace(changed, to_employer=reaches_employer(changed.service, changed.to_employer))
    if changed.state is ActionState.DELIVERED:
        changed = replace(changed, done=changed.done or hand.now.date())
    elif changed.done is not None:
        changed = replace(changed, done=None)
    if changed.due != known.due and changed.said is Said.MOVE:
        changed = replace(changed, said=Said.NOTHING)
    if _way(changed) != _way(known):
        refused = _refused(hand, *_way(changed))
        if refused is not None:
            return refused
    _save(hand, changed)
    return changed


def step_answer(hand: Hand, action_id: int, said: Said) -> bool:
    """The person says yes or no to an open step, or asks for another day; False where it is over.

    A yes to what was offered accepts it, as far as the rules let it go on; a no refuses it.
    """
    known = find_action(hand.connection, hand.vault, hand.contact.id, action_id)
    if known is None or known.state not in OPEN or said is Said.NOTHING:
        return False
    state = known.state
    if said is Said.NO:
        state = ActionState.REFUSED
    elif said is Said.MOVE:
        state = ActionState.OFFERED if state is ActionState.ACCEPTED else state
    elif _refused(hand, known.service, known.to_employer, ActionState.ACCEPTED) is None:
        state = ActionState.ACCEPTED
    _save(hand, replace(known, said=said, state=state))
    return True


def outcome_add(hand: Hand, code: Outcome, day: date, words: str = "") -> Came | Text:
    """Record what came of it, on a day that has been."""
    if day > hand.now.date():
        return _("This day is still to come.")
    made = Came(random_id(), code, day, hand.operator_id, words)
    hand.connection.execute(
        insert(case_outcome).values(
            id=made.id,
            contact_id=hand.contact.id,
            code=code.value,
            day=day,
            body=hand.seal("outcome", made.id, words=words),
            operator_id=hand.operator_id,
        )
    )
    _changed(hand)
    return made


def find_actions(connection: Connection, vault: Vault, contact_id: int) -> tuple[Action, ...]:
    """The steps of a plan in the order they were made; those of one day by their date."""
    query = select(plan_action).where(plan_action.c.contact_id == contact_id)
    query = query.order_by(plan_action.c.created, plan_action.c.due, plan_action.c.id)
    return tuple(_action(row, vault) for row in connection.execute(query))


def find_action(
    connection: Connection, vault: Vault, contact_id: int, action_id: int
) -> Action | None:
    """A step of a contact's plan."""
    query = select(plan_action).where(
        plan_action.c.contact_id == contact_id, plan_action.c.id == action_id
    )
    row = connection.execute(query).first()
    return None if row is None else _action(row, vault)


def find_outcomes(connection: Connection, vault: Vault, contact_id: int) -> tuple[Came, ...]:
    """What came of a case, in the order of the days."""
    query = select(case_outcome).where(case_outcome.c.contact_id == contact_id)
    rows = connection.execute(query.order_by(case_outcome.c.day, case_outcome.c.id))
    return tuple(
        Came(
            row.id,
            Outcome(row.code),
            row.day,
            row.operator_id,
            unpacked(vault.open_case(bytes(row.body), "outcome", row.id)).get("words", ""),
        )
        for row in rows
    )


def _way(action: Action) -> tuple[Service, bool, ActionState]:
    """What decides whether a step may be."""
    return action.service, action.to_employer, action.state


def _refused(hand: Hand, service: Service, to_employer: bool, state: ActionState) -> Text | None:
    """Why a step may not be; of most there is nothing to look up."""
    if not reaches_employer(service, to_employer):
        return None
    return may_step(service, to_employer, state, hand.facts())


def _save(hand: Hand, changed: Action) -> None:
    here = (plan_action.c.contact_id == hand.contact.id) & (plan_action.c.id == changed.id)
    hand.connection.execute(update(plan_action).where(here).values(**_columns(hand, changed)))
    _changed(hand)


def _columns(hand: Hand, action: Action) -> dict[str, Any]:
    words = {"what": action.what, "support": action.support, "sign": action.sign}
    return {
        "lane": action.lane.value,
        "service": action.service.value,
        "provider": action.provider,
        "body": hand.seal("action", action.id, **words),
        "due": action.due,
        "state": action.state.value,
        "said": action.said.value,
        "to_employer": action.to_employer,
        "minutes": action.minutes,
        "done": action.done,
        "language": action.language,
        "in_group": action.in_group,
    }


def _changed(hand: Hand) -> None:
    hand.change()
    hand.note(Deed.CASE_CHANGED)


def _action(row: Row[Any], vault: Vault) -> Action:
    words = unpacked(vault.open_case(bytes(row.body), "action", row.id))
    return Action(
        row.id,
        Lane(row.lane),
        Service(row.service),
        row.provider,
        row.due,
        ActionState(row.state),
        Said(row.said),
        bool(row.to_employer),
        row.minutes,
        row.done,
        row.language,
        bool(row.in_group),
        row.created,
        row.created_by,
        words.get("what", ""),
        words.get("support", ""),
        words.get("sign", ""),
    )
