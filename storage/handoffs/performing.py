"""Carries out what a conversation asks of the talk between a person and operators."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from flows.effects import Json
from flows.handoff_effects import AskForHuman, EndTalk, FindQueue, FindTalk, RateTalk
from flows.handoff_model import Queue, Reason, Talk
from flows.model import Person
from storage.desks import find_desk
from storage.handoffs.asking import ask, queue_of, talk, talk_of
from storage.handoffs.closing import close, rate
from storage.handoffs.ending import find_under_way
from storage.handoffs.finding import find_of_person
from storage.handoffs.lines import undo
from storage.handoffs.model import Handoff
from storage.notices.planning import plan_heard
from storage.outbox import take_back
from storage.unit import Unit

TalkEffect = FindQueue | FindTalk | AskForHuman | EndTalk | RateTalk


def perform_talk(unit: Unit, person: Person, effect: TalkEffect, now: datetime) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case FindQueue(key):
            desk = find_desk(unit.reading(), key)
            nobody = Queue(0, False)
            return queue_json(nobody if desk is None else queue_of(unit.reading(), desk, now))
        case FindTalk():
            if unit.standing(person.id) is None:  # known of nearly everybody without a question
                return None
            return talk_json(talk_of(unit.reading(), person.id, now))
        case AskForHuman(asked):
            made = ask(unit.direct(), unit.vault, person, asked, now)
            if made is None:
                return None
            plan_heard(unit.direct(), unit.vault, person.id, now)
            return talk_json(talk(unit.direct(), made, now))
        case EndTalk():
            found = find_of_person(unit.direct(), person.id)
            return found is not None and _end(unit, found, now)
        case RateTalk(rating):
            found = find_of_person(unit.direct(), person.id)
            return found is not None and rate(unit.direct(), unit.vault, found, rating, now)
        case _:
            assert_never(effect)


def _end(unit: Unit, handoff: Handoff, now: datetime) -> bool:
    """The person has said that it is over: what was still to go out does not come any more."""
    connection = unit.direct()
    ended = close(connection, unit.vault, handoff, Reason.BY_PERSON, now)
    for line_id in find_under_way(connection, handoff.id):
        if take_back(connection, line_id):
            undo(connection, line_id, now)
    return ended


def queue_json(queue: Queue) -> Json:
    """A queue as the log of the conversation keeps it."""
    opens = None if queue.opens is None else queue.opens.isoformat()
    return {"ahead": queue.ahead, "is_open": queue.is_open, "opens": opens}


def talk_json(found: Talk | None) -> Json:
    """A conversation as the log of the person's own keeps it."""
    if found is None:
        return None
    return {
        "state": found.state.value,
        "desk": found.desk,
        "need": found.need.value,
        "designation": found.designation,
        "queue": queue_json(found.queue),
        "rated": found.rated,
        "answered": found.answered,
    }
