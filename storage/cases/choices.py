"""What the person agreed to, and what to be careful about: recorded, revoked, ended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, insert, select, update

from flows.case_model import Flag, How, Purpose
from flows.text import Text, _
from storage.audit import Action as Deed
from storage.case_schema import case_choice, case_flag
from storage.cases.hand import Hand
from storage.cases.model import Choice, Flagged, unpacked
from storage.notices.planning import plan_person
from storage.vault import Vault, random_id

LONGEST_FLAG = timedelta(days=366)
"""A flag that should stand for longer is set again: somebody has looked at it then."""


def choose(
    hand: Hand, purpose: Purpose, *, given: bool, how: How, office: str = ""
) -> Choice | Text:
    """Record a choice of the person; what they said of it before holds no more."""
    if (purpose is Purpose.SHARE) != bool(office):
        return _("Say for which organisation.")
    _end(hand, case_choice.c.purpose == purpose.value, case_choice.c.office == office)
    made = Choice(random_id(), purpose, office, given, how, hand.now, hand.operator_id, None)
    hand.connection.execute(
        insert(case_choice).values(
            id=made.id,
            contact_id=hand.contact.id,
            purpose=purpose.value,
            office=office,
            given=given,
            how=how.value,
            at=hand.now,
            operator_id=hand.operator_id,
        )
    )
    hand.change()
    hand.note(Deed.CHOICE_RECORDED)
    _replan(hand, purpose is Purpose.CONTACT)
    return made


def revoke(hand: Hand, choice_id: int | None = None) -> int:
    """The person takes a choice back, or all of them; how many held until now."""
    ended = _end(hand, *(() if choice_id is None else (case_choice.c.id == choice_id,)))
    if ended:
        hand.change()
        hand.note(Deed.CHOICE_RECORDED)
        _replan(hand)
    return ended


def _replan(hand: Hand, is_due: bool = True) -> None:
    """Plan anew of what they are reminded: it hangs on whether they may be written to."""
    if is_due and hand.contact.person_id is not None:
        plan_person(hand.connection, hand.vault, hand.contact.person_id, hand.now)


def _end(hand: Hand, *conditions: Any) -> int:
    mine = (case_choice.c.contact_id == hand.contact.id, case_choice.c.revoked.is_(None))
    ended = update(case_choice).where(*mine, *conditions).values(revoked=hand.now)
    return hand.connection.execute(ended).rowcount


def find_choices(connection: Connection, contact_id: int) -> tuple[Choice, ...]:
    """Every choice that was recorded, also those that hold no more; the newest last."""
    query = select(case_choice).where(case_choice.c.contact_id == contact_id)
    rows = connection.execute(query.order_by(case_choice.c.at, case_choice.c.id))
    return tuple(
        Choice(
            row.id,
            Purpose(row.purpose),
            row.office,
            bool(row.given),
            How(row.how),
            row.at,
            row.operator_id,
            row.revoked,
        )
        for row in rows
    )


def flag_add(hand: Hand, kind: Flag, until: date, words: str = "") -> Flagged | Text:
    """Set a flag that stands until a day."""
    today = hand.now.date()
    if not today <= until <= today + LONGEST_FLAG:
        return _("A flag ends on a day within a year. Then somebody looks at it again.")
    made = Flagged(random_id(), kind, today, until, None, hand.operator_id, words)
    hand.connection.execute(
        insert(case_flag).values(
            id=made.id,
            contact_id=hand.contact.id,
            kind=kind.value,
            since=today,
            until=until,
            body=hand.seal("flag", made.id, words=words),
            operator_id=hand.operator_id,
        )
    )
    hand.change()
    hand.note(Deed.CASE_CHANGED)
    return made


def flag_end(hand: Hand, flag_id: int) -> bool:
    """End a flag today; False where it has ended."""
    mine = (case_flag.c.contact_id == hand.contact.id) & (case_flag.c.id == flag_id)
    ended = update(case_flag).where(mine, case_flag.c.ended.is_(None))
    if hand.connection.execute(ended.values(ended=hand.now.date())).rowcount == 0:
        return False
    hand.change()
    hand.note(Deed.CASE_CHANGED)
    return True


def find_flags(connection: Connection, vault: Vault, contact_id: int) -> tuple[Flagged, ...]:
    """Every flag, also those that have ended."""
    query = select(case_flag).where(case_flag.c.contact_id == contact_id)
    rows = connection.execute(query.order_by(case_flag.c.since, case_flag.c.id))
    return tuple(
        Flagged(
            row.id,
            Flag(row.kind),
            row.since,
            row.until,
            row.ended,
            row.operator_id,
            unpacked(vault.open_case(bytes(row.body), "flag", row.id)).get("words", ""),
        )
        for row in rows
    )
