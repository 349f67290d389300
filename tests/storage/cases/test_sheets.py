"""A contact sheet: what is written stays, whoever writes at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from flows.case_fields import BY_KEY, FIELDS
from flows.case_model import Result, Source, Stage
from storage.access import for_operator, to_change
from storage.cases import sheets
from storage.cases.contacts import open_contact
from storage.cases.model import Clash
from storage.cases.sheets import FieldError, begun, load, save_sheet, shown
from storage.database import Database
from storage.operators import Operator
from tests.storage.cases.desk import LATER, a_contact, a_hand, an_office, an_operator
from tests.storage.factories import NOON, TODAY


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


@pytest.fixture
def anna(connection: Connection) -> Operator:
    """An operator of the desk."""
    return an_operator(connection, an_office(connection))


class TestOpening:
    """A sheet is opened for a person or for somebody at the desk."""

    def test_a_walk_in_has_a_name_of_two_words_and_a_number(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Nobody is asked for a name: two words and a number tell the sheet from others."""
        made = a_contact(connection, database.vault, anna, sheet={"sector": "domestic"})
        assert len(made.designation.split()) == 2
        assert (made.number[:2], len(made.number)) == ("S-", 8)
        assert (made.stage, made.sector, made.opened) == (Stage.SHEET_OPEN, "domestic", TODAY)
        assert (made.office, made.has_chat, made.version) == (anna.office, False, 0)

    def test_what_is_counted_stands_beside_the_sealed_sheet(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Level, result, confirmed irregularities and the bed come from the fields."""
        fields = {
            "kinds": ["K04", "K01"],
            "housing_tied": "yes",
            "level": "2",
            "result": "irregular_work",
            "needs": ["legal", "work"],
            "gender": "woman",
            "age": "25-34",
        }
        made = a_contact(connection, database.vault, anna, sheet=fields)
        assert (made.irregular, made.housing_tied, made.level) == (True, True, 2)
        assert (made.result, made.need) == (Result.IRREGULAR, "work")
        assert (made.gender, made.age) == ("woman", "25-34")

    def test_a_field_that_does_not_exist_opens_nothing(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A sheet with an unknown field, or a value that is none of the choices, is refused."""
        for wrong in ({"surname": "x"}, {"level": "9"}, {"kinds": ["K77"]}, {"town": "x" * 201}):
            with pytest.raises(FieldError):
                a_contact(connection, database.vault, anna, sheet=wrong)

    def test_the_sheet_is_unreadable_without_the_key(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """No word of a sheet stands in its row."""
        made = a_contact(connection, database.vault, anna, sheet={"story": "canary-51"})
        sealed = connection.exec_driver_sql("SELECT sheet FROM contact").scalar_one()
        assert b"canary-51" not in bytes(sealed)
        hand = a_hand(connection, database.vault, anna, made)
        assert save_sheet(hand, {}, 0).values["story"] == "canary-51"


class TestTwoAtOnce:
    """Two operators save one sheet, each having seen the same version."""

    def test_two_different_fields_are_both_kept(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Whole forms that differ in one field each leave both changes, and no clash."""
        hand = a_hand(connection, database.vault, anna, a_contact(connection, database.vault, anna))
        save_sheet(hand, {"job": "cook", "town": ""}, 0)
        saved = save_sheet(hand, {"job": "", "town": "Desio"}, 0)
        assert (saved.values, saved.clashes) == ({"job": "cook", "town": "Desio"}, {})
        assert hand.contact.version == 2

    def test_the_same_field_keeps_both_until_one_decides(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """What came second stands beside what came first; the next who saves the field decides."""
        hand = a_hand(connection, database.vault, anna, a_contact(connection, database.vault, anna))
        save_sheet(hand, {"job": "cook"}, 0)
        saved = save_sheet(hand, {"job": "waiter"}, 0)
        assert saved.values == {"job": "cook"}
        assert saved.clashes == {"job": (Clash("waiter", anna.id),)}
        file = for_operator(connection, database.vault, anna, hand.contact.id, LATER)
        assert file is not None
        assert file.sheet == saved
        decided = save_sheet(hand, {"job": "cook and waiter"}, hand.contact.version)
        assert (decided.values, decided.clashes) == ({"job": "cook and waiter"}, {})

    def test_threads_that_save_at_once_lose_nothing(self, database: Database) -> None:
        """Of eight operators who save at the same moment every word is there afterwards."""
        with database.writing() as connection:
            anna = an_operator(connection, an_office(connection))
            made = a_contact(connection, database.vault, anna)
            connection.commit()
        keys = ["job", "town", "story", "ccnl"]

        def save(number: int) -> None:
            with database.writing() as connection:
                hand = to_change(connection, database.vault, anna, made.id, LATER)
                assert hand is not None
                save_sheet(hand, {keys[number % 4]: f"words {number}"}, 0)
                connection.commit()

        with ThreadPoolExecutor(8) as pool:
            list(pool.map(save, range(8)))
        with database.reading() as connection:
            sheet = shown(load(connection, database.vault, made.id))
        found = [*sheet.values.values()]
        found += [clash.value for clashes in sheet.clashes.values() for clash in clashes]
        assert sorted(found) == [f"words {number}" for number in range(8)]


VALUES = st.sampled_from(["", "one", "two", "three"])
SAVES = st.lists(
    st.tuples(
        st.dictionaries(st.sampled_from(["job", "town"]), VALUES),
        st.integers(min_value=0, max_value=3),
        st.sampled_from([7, 8]),
    ),
    max_size=12,
)


class _Desk:
    """As much of a hand as saving needs, without a database."""

    def __init__(self) -> None:
        self.kept: sheets.Kept = begun({}, 7)
        self.version = 0

    def save(self, changes: dict[str, Any], back: int, operator: int) -> None:
        """Save what an operator wrote who had seen a version so many saves ago."""
        seen, changed = max(0, self.version - back), False
        for key, value in changes.items():
            one = self.kept.setdefault(key, {"h": []})
            clean = sheets._clean(key, value)
            changed |= sheets._write(one, clean, seen, self.version + 1, operator)
        self.version += changed


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(SAVES)
def test_whatever_is_saved_in_whatever_order_is_still_somewhere(saves: list[Any]) -> None:
    """Every value that anybody changed a field to is its value, a former one, or a clash, or was
    decided by somebody who had seen it."""
    desk = _Desk()
    for changes, back, operator in saves:
        before = shown(desk.kept)
        seen = max(0, desk.version - back)
        stale = {k for k, one in desk.kept.items() if one["h"] and one["h"][-1][0] > seen}
        thens = {k: sheets._now(one, seen) for k, one in desk.kept.items()}
        desk.save(changes, back, operator)
        after = shown(desk.kept)
        for key in ("job", "town"):
            now = after.values.get(key)
            clashes = [clash.value for clash in after.clashes.get(key, ())]
            if key not in changes:
                assert (now, clashes) == _of(before, key)
            elif key not in stale:
                assert now == (changes[key] or None)
            else:
                assert now == before.values.get(key)
                wanted = changes[key] or None
                assert wanted in (now, thens[key], *clashes)


def _of(sheet: Any, key: str) -> tuple[Any, list[Any]]:
    return sheet.values.get(key), [clash.value for clash in sheet.clashes.get(key, ())]


def test_every_field_has_a_title_and_choices_where_it_is_chosen() -> None:
    """The list of fields is whole: keys are unique and what is chosen has something to choose."""
    assert len(BY_KEY) == len(FIELDS)
    chosen = {key for key, field in BY_KEY.items() if field.choices}
    assert chosen == {key for key, field in BY_KEY.items() if field.kind in ("one", "many")}


def test_a_person_has_one_sheet(connection: Connection, database: Database, anna: Operator) -> None:
    """Opening a second sheet for the same chat gives back the first."""
    connection.exec_driver_sql(
        "INSERT INTO person (id, lookup, chat, since, seen) "
        "VALUES (5, 'x', 'x', '2026-11-22', '2026-11-22')"
    )
    first = a_contact(connection, database.vault, anna, person_id=5, source=Source.BOT)
    again = open_contact(
        connection,
        database.vault,
        office=anna.office,
        operator_id=anna.id,
        source=Source.DESK,
        now=NOON,
        person_id=5,
    )
    assert again == first
