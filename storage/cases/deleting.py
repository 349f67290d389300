"""Deletes a contact sheet and all that hangs on it, because the person asks or it should not be."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Connection, delete, select

from storage.audit import Action
from storage.calendar_leaving import leave_with_sheet
from storage.case_schema import contact as table
from storage.cases.hand import Hand
from storage.ledger import Ledger
from storage.vault import Vault


class Reason(StrEnum):
    """Why a sheet is deleted. The words are fixed: the audit keeps them for good."""

    ASKED = "the person asked"
    MISTAKE = "opened by mistake"
    TWICE = "opened twice"
    OVER = "no longer needed"


def delete_contact(hand: Hand, ledger: Ledger, typed: str, reason: Reason) -> bool:
    """Delete a sheet with its case, plan, choices, flags, tasks, story and codes; False where
    what was typed is not its number: then nothing is deleted.

    No outline stays, so the figures count one less. The audit keeps the number and the reason, and
    the ledger a mark, so that no backup brings the sheet back. Call `purge` after the commit.
    """
    if typed.strip().upper() != hand.contact.number:
        return False
    hand.note(Action.CASE_DELETED, reason.value)
    ledger.add(mark(hand.vault, hand.contact.id), hand.now.date())
    leave_with_sheet(hand.connection, hand.vault, hand.contact.id, hand.now)
    hand.connection.execute(delete(table).where(table.c.id == hand.contact.id))
    return True


def delete_again(connection: Connection, vault: Vault, marks: set[bytes]) -> int:
    """Delete from a restored database the sheets whose marks the ledger holds; how many."""
    ids = connection.execute(select(table.c.id)).scalars()
    gone = [one for one in ids if mark(vault, one) in marks]
    for one in gone:
        leave_with_sheet(connection, vault, one, None)
        connection.execute(delete(table).where(table.c.id == one))
    return len(gone)


def mark(vault: Vault, contact_id: int) -> bytes:
    """What the ledger keeps of a deleted sheet; without the key it says nothing."""
    return vault.hash_handover(f"sheet {contact_id}")
