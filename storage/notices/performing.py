"""Carries out what a conversation asks of reminders."""

from __future__ import annotations

from datetime import datetime
from typing import assert_never

from sqlalchemy import Connection

from flows.calendar_effects import (
    FindNotice,
    FindWishes,
    KeepWishes,
    Snooze,
)
from flows.effects import Json
from flows.model import Person
from storage.vault import Vault

NoticeEffect = FindNotice | Snooze | FindWishes | KeepWishes


def perform_notices(
    connection: Connection, vault: Vault, person: Person, effect: NoticeEffect, now: datetime
) -> Json:
    """Carry out one of these effects in the transaction of its turn; its result for the log."""
    match effect:
        case FindNotice() | Snooze() | FindWishes() | KeepWishes():
            raise NotImplementedError(f"{type(effect).__name__} is not carried out yet.")
        case _:
            assert_never(effect)
