"""Gives a person, in a conversation, what a message to many said."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from flows.calendar_effects import FindMass
from flows.calendar_model import Subject
from flows.effects import Json
from flows.model import Person
from storage.calendar_schema import mass, notice

MOST = 1 << 63
"""No id is greater."""


def perform_mass(connection: Connection, person: Person, effect: FindMass) -> Json:
    """What the notice of this person was about, for the log; None where it is not theirs."""
    if not (effect.notice.isdecimal() and int(effect.notice) < MOST):
        return None
    query = (
        select(mass.c.words)
        .join(notice, notice.c.subject_id == mass.c.id)
        .where(
            notice.c.id == int(effect.notice),
            notice.c.person_id == person.id,
            notice.c.subject == Subject.MASS.value,
        )
    )
    words = connection.execute(query).scalar()
    found: Json = None if words is None else json.loads(words)
    return found
