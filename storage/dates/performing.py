"""Carries out what a conversation asks of the person's own dates."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from flows.calendar_effects import (
    DropDate,
    FindMyDates,
    KeepDate,
)
from flows.effects import Json
from flows.model import Person
from storage.vault import Vault

DateEffect = KeepDate | FindMyDates | DropDate


def perform_dates(
    connection: Connection, vault: Vault, person: Person, effect: DateEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case KeepDate() | FindMyDates() | DropDate():
            raise NotImplementedError(f"{type(effect).__name__} is not carried out yet.")
        case _:
            assert_never(effect)
