"""Carries out what a conversation asks of appointments, and keeps what is said to them."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from flows.calendar_effects import (
    BookSlot,
    CancelAppointment,
    FindAppointment,
    FindBookable,
    FindSlots,
    GiveReply,
    MoveAppointment,
)
from flows.effects import Json
from flows.model import Person
from storage.vault import Vault

MeetingEffect = (
    FindBookable
    | FindSlots
    | BookSlot
    | FindAppointment
    | MoveAppointment
    | CancelAppointment
    | GiveReply
)


def perform_appointments(
    connection: Connection, vault: Vault, person: Person, effect: MeetingEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case (
            FindBookable()
            | FindSlots()
            | BookSlot()
            | FindAppointment()
            | MoveAppointment()
            | CancelAppointment()
            | GiveReply()
        ):
            raise NotImplementedError(f"{type(effect).__name__} is not carried out yet.")
        case _:
            assert_never(effect)
