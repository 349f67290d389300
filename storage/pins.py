"""Sends a place on the map: a message of its own, which every phone opens with its own map."""

from __future__ import annotations

from datetime import datetime

from flows.calendar_effects import SendPin
from flows.effects import Json
from flows.model import Person
from storage.outbox import Outgoing
from storage.unit import Unit


def send_pin(
    unit: Unit, person: Person, chat_id: int, pin: SendPin, wash_at: datetime | None
) -> bool:
    """Send it; where somebody else looks at the phone it makes no sound, and leaves again."""
    latitude, longitude = pin.point
    params: dict[str, Json] = {
        "chat_id": chat_id,
        "latitude": latitude,
        "longitude": longitude,
        "title": pin.title,
        "address": pin.address,
    }
    if person.careful:
        params["disable_notification"] = True
    unit.send(Outgoing("sendVenue", params, person_id=person.id, wash_at=wash_at))
    return True
