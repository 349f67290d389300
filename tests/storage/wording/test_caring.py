"""A card has somebody who looks after it, and a day by which it is looked at again."""

from __future__ import annotations

from datetime import date

from storage.database import Database
from storage.wording.caring import find_care, give_to, note_check
from storage.wording.finding import edition
from storage.wording.model import Care
from tests.storage.factories import NOON

TODAY, LATER = date(2026, 11, 22), date(2027, 5, 22)


def test_a_check_keeps_its_day_its_source_and_who_looks_after_it(database: Database) -> None:
    """Giving a card to somebody leaves its check, a check leaves its owner."""
    with database.writing() as connection:
        give_to(connection, "docs.renew", 9, 7, NOON)
        first = edition(connection)
        note_check(connection, "docs.renew", TODAY, LATER, 9, NOON, "DM 5/5/2017")
        checked = edition(connection)
        give_to(connection, "docs.renew", None, 7, NOON)
        found = find_care(connection)
    care = Care("docs.renew", None, TODAY, LATER, NOON, 7, "DM 5/5/2017")
    assert (found, first, checked) == ({"docs.renew": care}, 0, 1)
