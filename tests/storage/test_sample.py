"""The made-up year gives exactly the figures of Desio and of Carate, and breaks no rule."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from flows.case_model import ActionState, Outcome, Purpose, Stage
from flows.case_rules import NEXT, TO_EMPLOYER
from storage import offices
from storage.access import find_contacts, for_operator
from storage.audit import count_entries
from storage.case_schema import case_file, case_step, plan_action
from storage.case_schema import contact as contacts
from storage.cases.finding import Sieve
from storage.cases.work import workload
from storage.database import Database, default_url
from storage.figures.counting import count_figures, has_sample, territories, whole_period
from storage.figures.model import Figure
from storage.sample import first_day, load_sample
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.cases.desk import LATER, an_office, an_operator
from tests.storage.conftest import Place
from tests.storage.factories import TODAY, someone

FIRST = ("S-22YSPW", "Renna svelta")
BASIC = ("S01", "S02", "S03", "S04", "S05", "S06")


@pytest.fixture
def engine() -> str:
    """The data is the same in both databases; the last test looks at the other one."""
    return "sqlite"


def fill(connection: Connection, vault: Vault) -> None:
    """Load the sample beside an operator in Desio."""
    an_operator(connection, an_office(connection, "Comune di Desio"), "Bruno")
    assert load_sample(connection, vault, TODAY) == 139 + 96


@pytest.fixture(scope="module")
def filled(ready: Callable[[str], Place], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the sample, made once: who looks at it looks at a copy."""
    data = tmp_path_factory.mktemp("sample") / "data"
    shutil.copytree(ready("sqlite").data, data)
    database = Database.open(default_url(data), data=data)
    with database.writing() as connection:
        fill(connection, database.vault)
        connection.commit()
    database.close()
    return data


@pytest.fixture
def year(
    request: pytest.FixtureRequest, engine: str, database: Database, tmp_path: Path
) -> Iterator[Connection]:
    """A database with the sample, and an operator in Desio; on SQLite, a copy with the same key."""
    if engine == "sqlite":
        data = tmp_path / "year"
        shutil.copytree(request.getfixturevalue("filled"), data)
        copy = Database.open(default_url(data), data=data)
        with copy.writing() as connection:
            yield connection
        copy.close()
        return
    with database.writing() as connection:
        fill(connection, database.vault)
        yield connection


def figures(connection: Connection, territory: str) -> dict[str, Figure]:
    """The figures of one PUA."""
    period = whole_period(connection, TODAY)
    found = count_figures(connection, territory, period).figures
    return {one.definition.code: one for one in found}


def share(figure: Figure) -> tuple[int | None, int | None]:
    """Numerator and denominator."""
    return figure.part, figure.whole


def test_desio_is_139_60_53(year: Connection) -> None:
    """139 sheets, 60 taken in charge, 53 concluded."""
    found = figures(year, "Desio")
    assert found["R2"].count == 139
    assert (found["R6"].count, share(found["R6"])) == (60, (60, 139))
    assert (found["R7"].count, share(found["R7"])) == (53, (53, 60))


def test_carate_is_42_34_and_19_of_27(year: Connection) -> None:
    """42 irregular situations, 34 of them in training, 19 of 27 with a regular contract."""
    found = figures(year, "Carate Brianza")
    assert found["R3"].count == 42
    assert share(found["R4"]) == (34, 42)
    assert share(found["R5"]) == (19, 27)


def test_the_six_services_are_delivered_at_both_desks(year: Connection) -> None:
    """S01 to S06 are all there, with minutes, and each of them at both desks."""
    query = (
        select(contacts.c.territory, plan_action.c.service, func.sum(plan_action.c.minutes))
        .join(contacts, contacts.c.id == plan_action.c.contact_id)
        .where(plan_action.c.state == ActionState.DELIVERED.value)
        .where(plan_action.c.service.in_(BASIC))
        .group_by(contacts.c.territory, plan_action.c.service)
    )
    found = {(territory, service) for territory, service, minutes in year.execute(query) if minutes}
    places = ("Carate Brianza", "Desio")
    assert found == {(place, service) for place in places for service in BASIC}


def test_the_sectors_are_those_of_the_two_desks(year: Connection) -> None:
    """Carate: logistics, cleaning, catering. Desio: most of all domestic work."""
    query = select(contacts.c.territory, contacts.c.sector, func.count()).where(
        contacts.c.sector != ""
    )
    query = query.group_by(contacts.c.territory, contacts.c.sector)
    found: dict[str, dict[str, int]] = {}
    for territory, sector, count in year.execute(query):
        found.setdefault(territory, {})[sector] = count
    assert set(found["Carate Brianza"]) == {"logistics", "cleaning", "restaurant"}
    wanted = {"domestic", "restaurant", "construction", "logistics", "craft_metal", "craft_wood"}
    assert set(found["Desio"]) == wanted
    assert max(found["Desio"], key=lambda one: found["Desio"][one]) == "domestic"


def test_every_day_lies_in_one_year(year: Connection) -> None:
    """The year is over when the present month begins."""
    first, last = first_day(TODAY), date(2026, 10, 31)
    assert first == date(2025, 11, 1)
    columns = (contacts.c.opened, case_file.c.taken, case_file.c.concluded, plan_action.c.done)
    for column in columns:
        low, high = year.execute(select(func.min(column), func.max(column))).one()
        assert first <= low <= high <= last
    assert year.execute(select(func.max(case_step.c.at))).scalar_one().date() <= last


def test_every_move_follows_the_rules(year: Connection) -> None:
    """Each step follows from the one before, no case began without the choice to keep a file, and
    nothing reaches an employer."""
    steps = year.execute(select(case_step.c.before, case_step.c.after)).all()
    assert len(steps) > 250
    assert all(Stage(after) in NEXT[Stage(before)] for before, after in steps)
    services = {one.value for one in TO_EMPLOYER}
    query = select(plan_action.c.service, plan_action.c.to_employer).distinct()
    assert not any(to or service in services for service, to in year.execute(query))


def test_an_operator_opens_any_of_her_cases(year: Connection, database: Database) -> None:
    """A concluded case of the sample reads like a real one: choices, steps, outcomes, words."""
    (load,) = workload(year, TODAY)
    assert (load.operator.name, load.cases > 0, load.tasks > 0) == ("Bruno", True, True)
    sieve = Sieve(stages=(Stage.CONCLUDED,))
    case = find_contacts(year, load.operator, sieve, limit=1)[0]
    file = for_operator(year, database.vault, load.operator, case.id, LATER)
    assert file is not None
    assert file.charge is not None
    assert Purpose.KEEP in {one.purpose for one in file.choices if one.holds}
    assert Outcome.INFORMED in {one.code for one in file.outcomes}
    assert all(one.what for one in file.actions)
    assert file.sheet.values["story"]
    assert file.contact.sample


def test_the_same_people_every_time(year: Connection, database: Database) -> None:
    """Numbers and designations are seeded: screenshots and guides stay true."""
    query = select(contacts.c.number, contacts.c.designation).order_by(contacts.c.number)
    first = year.execute(query).first()
    assert first is not None
    assert tuple(first) == FIRST
    assert year.execute(select(func.count(contacts.c.designation.distinct()))).scalar_one() > 280


def test_the_sample_leaves_no_row_in_the_audit(year: Connection) -> None:
    """Nobody did it, so nobody is said to have done it."""
    assert count_entries(year) == 0


def test_the_partners_receive_nothing(year: Connection) -> None:
    """The made-up organisations are closed: no report is sealed to them, nothing is sent."""
    partners = [one for one in offices.all_offices(year) if "(esempio)" in one.office.name]
    assert [one.active for one in partners if one.office.name.startswith("PUA")] == [True]
    assert {one.active for one in partners if not one.office.name.startswith("PUA")} == {False}


class TestPostgresql:
    """The other database."""

    @pytest.fixture
    def engine(self) -> str:
        """Only PostgreSQL."""
        return "postgresql"

    def test_the_figures_are_the_same(self, year: Connection) -> None:
        """139, 60 and 53 in Desio; 42, 34 and 19 of 27 in Carate."""
        desio, carate = figures(year, "Desio"), figures(year, "Carate Brianza")
        assert [desio[code].count for code in ("R2", "R6", "R7")] == [139, 60, 53]
        assert [carate[code].count for code in ("R3", "R4", "R5")] == [42, 34, 19]
        assert carate["R5"].whole == 27


def test_the_sample_is_loaded_once(year: Connection, database: Database) -> None:
    """Where it stands already nothing is added."""
    assert load_sample(year, database.vault, TODAY) == 0


def test_a_database_with_somebody_in_it_is_refused(database: Database, writer: Writer) -> None:
    """Made-up people never stand beside real ones."""
    someone(writer)
    with database.writing() as connection:
        assert load_sample(connection, database.vault, TODAY) == 0
        assert not has_sample(connection)
        assert territories(connection) == []
