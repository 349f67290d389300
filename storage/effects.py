"""Carries out what a conversation asks for, in the transaction of its turn."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from datetime import datetime

from flows import calendar_effects, effects, handoff_effects, service_effects
from flows.effects import Effect, Json
from flows.model import Person
from storage.calendar_effects import perform_calendar
from storage.case_effects import CaseEffect, perform_case
from storage.erase import forget
from storage.handoffs.performing import TalkEffect, perform_talk
from storage.outbox import Lane, Outgoing
from storage.personal import everything_of, kept_of
from storage.services.performing import perform_services
from storage.unit import Unit
from storage.voices.hearing import set_spoken

SEARCH = "search"
"""Counted like a card: how often looking for words helped, and how often nothing was found."""
EMPTY = "…"  # what stays of a message that nobody can delete any more
MOST_IDS = 100  # of one call of deleteMessages

Known = (
    effects.RememberLanguage
    | effects.RememberSpoken
    | effects.RememberCareful
    | effects.Welcome
    | effects.CountUseful
    | effects.CountSearch
    | effects.CleanChat
    | effects.CloseChat
    | effects.FindMyData
    | effects.SendMyData
    | effects.ForgetPerson
    | TalkEffect
    | CaseEffect
    | calendar_effects.CalendarEffect
    | service_effects.ServiceEffect
)


def perform(
    unit: Unit,
    person: Person,
    chat_id: int,
    effect: Effect[object],
    now: datetime,
    *,
    file_wash_at: datetime | None = None,
) -> tuple[Json, Person]:
    """Carry out one effect; its result for the log, and the person as they are afterwards.

    After `ForgetPerson` the person is still handed on, for the words of farewell, and nothing
    about them is kept any more. `file_wash_at` is when a file of their data leaves the chat again.
    """
    known: Known = effect  # type: ignore[assignment]
    match known:
        case effects.RememberLanguage(code):
            return True, _saved(unit, replace(person, language=code))
        case effects.RememberSpoken(code):
            set_spoken(unit.direct(), person.id, code)
            return True, person
        case effects.RememberCareful(careful):
            return True, _saved(unit, replace(person, careful=careful))
        case effects.Welcome():
            return True, _saved(unit, replace(person, welcomed=True))
        case effects.CountUseful(card, useful):
            unit.count_useful(card, person.language or "", f"{now:%Y-%m}", useful)
            return True, person
        case effects.CountSearch(found):
            unit.count_useful(SEARCH, person.language or "", f"{now:%Y-%m}", found)
            return True, person
        case effects.CleanChat():
            return _clean(unit, person, chat_id, now), person
        case effects.CloseChat():
            return _clean(unit, person, chat_id, now, but_the_living=True), person
        case effects.FindMyData():
            return kept_of(unit, person, now), person
        case effects.SendMyData():
            _send_file(unit, person, chat_id, now, file_wash_at)
            return True, person
        case effects.ForgetPerson():
            _clean(unit, person, chat_id, now)
            return forget(unit, person.id, now), person
        case (
            handoff_effects.FindQueue()
            | handoff_effects.FindTalk()
            | handoff_effects.AskForHuman()
            | handoff_effects.EndTalk()
            | handoff_effects.RateTalk()
        ):
            return perform_talk(unit, person, known, now), person
        case handoff_effects.FindMyPlan():  # only looks: nothing has to be written before it
            return perform_case(unit.reading(), unit.vault, person, known, now), person
        case (
            handoff_effects.AnswerStep()
            | handoff_effects.StopCase()
            | handoff_effects.MakeHandover()
            | handoff_effects.TakeHandover()
        ):
            return perform_case(unit.direct(), unit.vault, person, known, now), person
        case (
            service_effects.FindServices()
            | service_effects.FindSurroundings()
            | service_effects.FindService()
        ):
            return perform_services(unit.reading(), person, known, now), person
        case _:
            calendar = perform_calendar(unit, person, chat_id, known, now, wash_at=file_wash_at)
            return calendar, person


def _saved(unit: Unit, person: Person) -> Person:
    unit.save_person(person)
    return person


def _clean(
    unit: Unit, person: Person, chat_id: int, now: datetime, *, but_the_living: bool = False
) -> int:
    """Ask for the deletion of all that the chat shows; how many messages that is.

    The calls belong to nobody: they outlive a person who is deleted in the same turn.
    """
    living = unit.conversation(person.id).living
    ids = unit.clean_chat(person.id, now, living if but_the_living else None)
    if living is not None and living not in ids and not but_the_living:
        # Too old to be deleted, and edited since: its words go, though its place stays.
        gone = {"chat_id": chat_id, "message_id": living, "text": EMPTY}
        unit.send(Outgoing("editMessageText", gone, Lane.CLEAN))
    for first in range(0, len(ids), MOST_IDS):
        params = {"chat_id": chat_id, "message_ids": ids[first : first + MOST_IDS]}
        unit.send(Outgoing("deleteMessages", params, Lane.CLEAN))
    return len(ids)


def _send_file(
    unit: Unit, person: Person, chat_id: int, now: datetime, wash_at: datetime | None
) -> None:
    """Send what is kept as a file that any program can read."""
    kept = everything_of(unit, person, chat_id, now)
    content = json.dumps(kept, ensure_ascii=False, indent=2).encode()
    upload: Json = {"name": "antenna.json", "base64": base64.b64encode(content).decode()}
    params: dict[str, Json] = {"chat_id": chat_id, "document": {"upload": upload}}
    if person.careful:
        params["disable_notification"] = True
    unit.send(Outgoing("sendDocument", params, person_id=person.id, wash_at=wash_at))
