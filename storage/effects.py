"""Carries out what conversations ask for, in the transaction of their turn."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import datetime
from typing import Any

from flows.effects import (
    CleanChat,
    CountUseful,
    Effect,
    FindMyData,
    ForgetPerson,
    Json,
    RememberCareful,
    RememberLanguage,
    SendMyData,
    Welcome,
)
from flows.model import Person
from storage import erase
from storage.desks import find_desk
from storage.ledger import Ledger
from storage.outbox import Lane, Outgoing
from storage.unit import Unit

DELETED_AT_ONCE = 100
DATA_FILE = "antenna.json"


class UnknownEffectError(Exception):
    """A flow asked for something the storage cannot do; nothing of its turn is kept."""


def perform(
    unit: Unit,
    ledger: Ledger,
    person: Person,
    chat_id: int,
    effect: Effect[Any],
    now: datetime,
) -> tuple[Json, Person]:
    """Do what an effect says; its result comes back, and the person as they are now.

    Raises:
        UnknownEffectError: there is no such effect here; the turn is undone.
    """
    match effect:
        case RememberLanguage(code):
            return True, _changed(unit, replace(person, language=code))
        case RememberCareful(careful):
            return True, _changed(unit, replace(person, careful=careful))
        case Welcome():
            return True, _changed(unit, replace(person, welcomed=True))
        case CountUseful(card, useful):
            unit.count_useful(card, person.language or "", now.strftime("%Y-%m"), useful)
            return True, person
        case CleanChat():
            return _clean(unit, person.id, chat_id, now), person
        case FindMyData():
            return _kept(unit, person, now), person
        case SendMyData():
            _send_data(unit, person, chat_id, now)
            return True, person
        case ForgetPerson():
            _clean(unit, person.id, chat_id, now)
            erase.forget(unit, ledger, person.id, now)
            return True, person
    raise UnknownEffectError(f"Nothing carries out {type(effect).__name__}: add it here.")


def _changed(unit: Unit, person: Person) -> Person:
    unit.save_person(person)
    return person


def _clean(unit: Unit, person_id: int, chat_id: int, now: datetime) -> int:
    """Ask for the deletion of everything that can be deleted; first of all that waits.

    The rows belong to nobody, so that they stay when the person is forgotten.
    """
    found = unit.clean_chat(person_id, now)
    for start in range(0, len(found), DELETED_AT_ONCE):
        some = found[start : start + DELETED_AT_ONCE]
        params = {"chat_id": chat_id, "message_ids": some}
        unit.send(Outgoing("deleteMessages", params, Lane.CLEAN))
    return len(found)


def _kept(unit: Unit, person: Person, now: datetime) -> dict[str, Json]:
    desk = find_desk(unit.direct(), person.desk) if person.desk else None
    return {
        "since": person.since.isoformat() if person.since else "",
        "language": person.language or "",
        "careful": person.careful,
        "desk": desk.name if desk else "",
        "messages": len(unit.messages_to_clean(person.id, now)),
    }


def _send_data(unit: Unit, person: Person, chat_id: int, now: datetime) -> None:
    """All that is kept about a person, as a file. The chat's own number is the person's to see."""
    state, _living = unit.conversation(person.id)
    everything = {
        **_kept(unit, person, now),
        "telegram_chat": chat_id,
        "message_numbers": list(unit.messages_to_clean(person.id, now)),
        "conversation": state,
    }
    content = json.dumps(everything, ensure_ascii=False, indent=2).encode()
    upload = {
        "name": DATA_FILE,
        "base64": base64.b64encode(content).decode(),
        "type": "application/json",
    }
    params = {"chat_id": chat_id, "document": {"upload": upload}}
    unit.send(Outgoing("sendDocument", params, person_id=person.id))
