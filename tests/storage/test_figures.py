"""A figure says what it counts, of what, and shows no cell in which somebody is recognised."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, update

from flows.case_model import (
    ActionState,
    EndReason,
    How,
    Lane,
    Outcome,
    Purpose,
    Service,
    Stage,
)
from storage.case_schema import contact as contacts
from storage.cases.choices import choose, revoke
from storage.cases.model import Action
from storage.cases.moving import conclude, take_in_charge
from storage.cases.plan import outcome_add, plan_add, plan_change
from storage.database import Database
from storage.desks import Desk, save_desk
from storage.figures.counting import count_figures, territories, whole_period
from storage.figures.model import FEWEST, Figure, Period, Row, fold
from storage.figures.words import DEFINITIONS
from storage.handoff_schema import handoff
from storage.operators import Operator
from tests.storage.cases.desk import a_contact, a_hand, an_office, an_operator, taken, with_outcome
from tests.storage.factories import NOON, TODAY

NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that may write."""
    with database.writing() as connection:
        yield connection


@pytest.fixture
def anna(connection: Connection) -> Operator:
    """An operator of the desk."""
    return an_operator(connection, an_office(connection))


def counted(
    connection: Connection, period: Period = NOVEMBER, territory: str = "Desio"
) -> dict[str, Figure]:
    """The figures of Desio."""
    found = count_figures(connection, territory, period).figures
    return {one.definition.code: one for one in found}


class TestCohorts:
    """Whom a figure counts, and of whom it is a share."""

    def test_a_sheet_counts_where_and_when_it_was_opened(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Not in another month, not in another territory, and a contact without a sheet is none."""
        vault = database.vault
        a_contact(connection, vault, anna)
        a_contact(connection, vault, anna, territory="Lecco")
        a_contact(connection, vault, anna, opened_at=Stage.CONTACT)
        found = counted(connection)
        assert (found["R1"].count, found["R2"].count) == (2, 1)
        assert counted(connection, OCTOBER)["R2"].count == 0
        assert territories(connection) == ["Desio", "Lecco"]

    def test_who_does_not_agree_is_not_counted(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A no, and a yes that was taken back; a yes counts, and so does who was not asked."""
        vault = database.vault
        taken(connection, vault, anna)
        yes, no, back = (taken(connection, vault, anna) for _each in range(3))
        for hand in (yes, no, back):
            choose(hand, Purpose.STATISTICS, given=hand is not no, how=How.SPOKEN)
        revoke(back)
        found = counted(connection)
        assert [found[code].count for code in ("R1", "R2", "R6")] == [2, 2, 2]
        choose(no, Purpose.STATISTICS, given=True, how=How.SPOKEN)
        assert counted(connection)["R6"].count == 3

    def test_only_what_an_operator_confirmed_is_irregular(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """A code K01 to K24 on the sheet counts; something else, K99, does not."""
        for kinds in (["K01", "K99"], ["K99"], []):
            a_contact(connection, database.vault, anna, sheet={"kinds": kinds})
        figure = counted(connection)["R3"]
        assert (figure.count, figure.part, figure.whole) == (1, 1, 3)

    def test_a_contract_counts_among_those_with_a_path(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """The denominator is who accepted S11 or S12; a contract beside it is not in the ratio."""
        vault = database.vault
        with_outcome(taken(connection, vault, anna))
        for state in (ActionState.ACCEPTED, ActionState.DELIVERED, ActionState.OFFERED):
            hand = taken(connection, vault, anna)
            plan_add(hand, Lane.WORK, Service.MATCHING, state=state)
        with_outcome(hand)
        assert counted(connection)["R5"].part == 0
        hand = taken(connection, vault, anna)
        plan_add(hand, Lane.WORK, Service.TRAINEESHIP, state=ActionState.ACCEPTED)
        with_outcome(hand)
        figure = counted(connection)["R5"]
        assert (figure.part, figure.whole) == (1, 3)

    def test_only_a_goal_is_a_project_concluded(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Reached and partly reached count; moved away does not; a mistake is no case at all."""
        vault = database.vault
        reasons = (
            EndReason.GOAL_REACHED,
            EndReason.PARTLY_REACHED,
            EndReason.MOVED_AWAY,
            EndReason.MISTAKE,
        )
        for reason in reasons:
            assert conclude(with_outcome(taken(connection, vault, anna)), reason, "end") is None
        taken(connection, vault, anna)
        found = counted(connection)
        assert (found["R6"].count, found["R6"].part, found["R6"].whole) == (4, 4, 5)
        assert (found["R7"].count, found["R7"].part, found["R7"].whole) == (2, 2, 4)

    def test_a_case_that_goes_on_again_is_not_concluded(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Taken up again it counts as in charge, and its former end no more."""
        hand = with_outcome(taken(connection, database.vault, anna))
        assert conclude(hand, EndReason.GOAL_REACHED, "end") is None
        assert counted(connection)["R7"].count == 1
        assert take_in_charge(hand, "came back") is None
        found = counted(connection)
        assert (found["R6"].count, found["R7"].count) == (1, 0)

    def test_training_counts_persons_not_courses(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """Two courses of one person are one person, and only of those of R3."""
        vault = database.vault
        for sheet in ({"kinds": ["K01"]}, {}):
            hand = taken(connection, vault, anna, sheet=sheet)
            for _n in range(2):
                outcome_add(hand, Outcome.TRAINING_STARTED, TODAY)
        figure = counted(connection)["R4"]
        assert (figure.count, figure.part, figure.whole) == (1, 1, 1)

    def test_services_count_with_their_hours(
        self, connection: Connection, database: Database, anna: Operator
    ) -> None:
        """What was delivered counts on its day with its minutes; what was planned does not."""
        hand = taken(connection, database.vault, anna)
        for minutes in (30, 60, 45, 60, 45):
            made = plan_add(hand, Lane.PERSONAL, Service.MEDIATION, provider=anna.office)
            assert isinstance(made, Action)
            plan_change(hand, made.id, state=ActionState.DELIVERED, minutes=minutes)
        plan_add(hand, Lane.PERSONAL, Service.MEDIATION)
        figure = counted(connection)["R8"]
        assert figure.count == 5
        assert [one.rows for one in figure.breakdowns] == [
            (Row("", 5, 240),),
            (Row("S01", 5, 240),),
            (Row("not said", 5, 240),),
            (Row("PUA Desio", 5, 240),),
        ]
        assert counted(connection, OCTOBER)["R8"].count == 0


class TestTalks:
    """Conversations and chats."""

    def asked(self, connection: Connection, number: int, level: int | None, minutes: int) -> None:
        """A conversation that was answered after so many minutes."""
        connection.exec_driver_sql(
            "INSERT INTO person (id, lookup, chat, language, desk, since, seen) "
            f"VALUES ({number}, 'x{number}', 'x', 'ar', 'k1', '2026-11-22', '2026-11-22')"
        )
        connection.execute(
            insert(handoff).values(
                id=number,
                person_id=number,
                designation=f"Airone {number}",
                state="claimed",
                need="work",
                who="anybody",
                medium="text",
                safe="always",
                language="ar",
                level=level,
                territory="Desio",
                asked=NOON,
                answered=NOON + timedelta(minutes=minutes),
                stirred=NOON,
            )
        )

    def test_the_time_to_the_first_answer_is_a_median(self, connection: Connection) -> None:
        """By level where every level has enough; the whole alone where one has too few."""
        save_desk(connection, Desk("k1", "Desk", "Desio", True, TODAY))
        assert counted(connection)["R9"].count is None
        for number in range(5):
            self.asked(connection, 10 + number, 2, 10 * (number + 1))
        (shown,) = counted(connection)["R9"].breakdowns
        assert shown.rows == (Row("all levels", 5, 30), Row("level 2", 5, 30))
        self.asked(connection, 20, 0, 500)
        (shown,) = counted(connection)["R9"].breakdowns
        assert shown.rows == (Row("all levels", 6, 35),)
        found = counted(connection)
        assert (found["R13"].part, found["R13"].whole) == (5, 5)
        assert found["R1"].count == 6
        assert found["R12"].count == 1
        assert counted(connection, OCTOBER)["R9"].count is None

    def test_what_cannot_be_counted_says_why(self, connection: Connection, anna: Operator) -> None:
        """Referrals, reports and reminders have no count, and a reason; all fifteen are there."""
        found = counted(connection)
        assert list(found) == [f"R{number}" for number in range(1, 16)]
        absent = {code for code, figure in found.items() if figure.count is None}
        assert absent == {"R9", "R10", "R11", "R14"}
        assert all(one.absent for one in DEFINITIONS.values())
        assert (found["R15"].count, anna.office != "") == (1, True)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(1, 30), max_size=9))
def test_no_small_cell_can_be_read_or_worked_out(counts: dict[str, int]) -> None:
    """Every cell that is shown is large enough; what is folded is two cells or more, and large
    enough together; nothing is lost of the whole."""
    found = fold("by sector", counts)
    small = any(count < FEWEST for count in counts.values())
    if found is None:
        assert small
        return
    assert all(row.count >= FEWEST for row in found.rows)
    folded = 0 if found.folded is None else found.folded.count
    assert sum(row.count for row in found.rows) + folded == sum(counts.values())
    assert (found.folded is not None) == small
    if found.folded is not None:
        assert found.folded.count >= FEWEST
        assert len(counts) - len(found.rows) >= 2


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), st.integers(0, 800))
def test_a_period_is_whole_months(first: date, days: int) -> None:
    """From the first of a month to the last of a month, with both days given inside."""
    last = first + timedelta(days=days)
    period = Period.of_months(first, last)
    assert (period.first.day, (period.last + timedelta(days=1)).day) == (1, 1)
    assert period.holds(first)
    assert period.holds(last)
    assert not period.holds(None)
    assert (period.last - last).days < 31


def test_without_a_sheet_the_period_is_this_month(connection: Connection) -> None:
    """Nothing was counted yet: the present month."""
    assert whole_period(connection, TODAY) == NOVEMBER


def test_a_sample_is_left_out_where_only_what_is_real_counts(
    connection: Connection, database: Database, anna: Operator
) -> None:
    """Marked rows are not counted then, and otherwise it is said that they are in."""
    made = a_contact(connection, database.vault, anna)
    a_contact(connection, database.vault, anna)
    connection.execute(update(contacts).where(contacts.c.id == made.id).values(sample=True))
    everything = count_figures(connection, "Desio", NOVEMBER)
    real = count_figures(connection, "Desio", NOVEMBER, real_only=True)
    assert (everything.made_up, real.made_up) == (True, False)
    assert [one.figures[1].count for one in (everything, real)] == [2, 1]
    assert a_hand(connection, database.vault, anna, made).contact.sample
