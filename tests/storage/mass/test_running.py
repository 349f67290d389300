"""A message to many goes to each once, whatever is stopped, gone on with, or done twice."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Connection, select, update

from flows.calendar_effects import FindMass
from flows.calendar_model import MassState, NoticeState
from flows.effects import Json
from flows.model import Person
from storage.calendar_schema import notice
from storage.database import Database
from storage.effects import perform
from storage.mass import drafting, running
from storage.mass.facts import STAYS
from storage.mass.model import Mass
from storage.mass.running import Figures
from storage.notices.replanning import settle_restored
from storage.people import delete_person
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.cases.desk import an_office
from tests.storage.factories import NOON, do
from tests.storage.mass.crowd import WORDS, a_crowd, a_draft, kept, known_as

LATER = NOON + timedelta(hours=1)


def going(database: Database, many: int = 4) -> tuple[Mass, list[int]]:
    """A message that was let go a moment ago, and to whom."""
    with database.writing() as connection:
        people = a_crowd(connection, database.vault, ["ar"] * many)
        mass = running.let_go(connection, a_draft(connection, an_office(connection)), 8, NOON)
        connection.commit()
    assert mass is not None
    return mass, people


def rows(connection: Connection) -> dict[int, str]:
    """The state of each person's notice."""
    query = select(notice.c.person_id, notice.c.state)
    return {row.person_id: row.state for row in connection.execute(query)}


def ends(connection: Connection, person_id: int, state: NoticeState) -> None:
    """What became of one."""
    mine = update(notice).where(notice.c.person_id == person_id)
    connection.execute(mine.values(state=state.value))


def test_it_is_let_go_once_as_it_was_seen(database: Database) -> None:
    """Each recipient has one row, in the transaction of the word that let it go; a second word, or
    one to a draft that has changed since, does nothing."""
    mass, people = going(database)
    with database.writing() as connection:
        assert rows(connection) == dict.fromkeys(people, "waiting")
        assert (mass.state, mass.recipients, mass.approved_by) == (MassState.RUNNING, 4, 8)
        assert (mass.audience.languages, mass.audience.careful) == ((("ar", 4),), 0)
        assert running.let_go(connection, mass, 8, NOON) is None
        seen = a_draft(connection, mass.office)
        facts = (seen.view, seen.audience, seen.until)
        assert drafting.change(connection, seen, facts, 9)
        assert not drafting.change(connection, seen, facts, 9)
        assert running.let_go(connection, seen, 8, NOON) is None
        changed = kept(connection, seen.id)
        assert (changed.created_by, changed.version) == (9, 1)
        assert running.let_go(connection, changed, 8, NOON + STAYS) is None
        assert not drafting.drop(connection, seen)
        assert drafting.drop(connection, changed)
        assert drafting.find_mass(connection, seen.id) is None
        assert len(rows(connection)) == 4


def test_who_cannot_be_reached_has_no_row(database: Database) -> None:
    """They are not counted among the recipients either."""
    with database.writing() as connection:
        one, two = a_crowd(connection, database.vault, ("ar", "it"))
        known_as(connection, one, reachable=False)
        mass = running.let_go(connection, a_draft(connection, an_office(connection)), 8, NOON)
        assert mass is not None
        assert (rows(connection), mass.recipients) == ({two: "waiting"}, 1)


def test_stopped_it_waits_and_goes_on_with_who_was_not_told(database: Database) -> None:
    """Who was told before the stop is not told again; each deed counts once."""
    mass, (one, two, three, four) = going(database)
    with database.writing() as connection:
        ends(connection, one, NoticeState.SENT)
        assert running.stop(connection, mass.id)
        assert not running.stop(connection, mass.id)
        assert rows(connection) == {
            one: "sent",
            two: "stopped",
            three: "stopped",
            four: "stopped",
        }
        assert running.find_running(connection) == []
        assert running.settle(connection, LATER) == []
        assert not running.resume(connection, mass.id, NOON + STAYS)
        assert not running.resume(connection, 1, NOON)
        assert running.resume(connection, mass.id, LATER)
        assert not running.resume(connection, mass.id, LATER)
        assert rows(connection)[one] == "sent"
        assert [one.id for one in running.find_running(connection)] == [mass.id]


def test_given_up_it_is_over(database: Database) -> None:
    """Nobody more is told, and it cannot be begun again."""
    mass, people = going(database)
    with database.writing() as connection:
        assert running.give_up(connection, mass.id, LATER)
        assert rows(connection) == dict.fromkeys(people, "stopped")
        found = kept(connection, mass.id)
        assert (found.state, found.ended) == (MassState.DONE, LATER)
        assert not running.resume(connection, mass.id, LATER)
        assert not running.give_up(connection, mass.id, LATER)


def test_it_is_done_when_nobody_is_left(database: Database) -> None:
    """And not a moment before: what waits in the outbox is not yet told."""
    mass, (one, two, three, four) = going(database)
    with database.writing() as connection:
        for who in (one, two, three):
            ends(connection, who, NoticeState.SENT)
        ends(connection, four, NoticeState.HANDED)
        assert running.settle(connection, LATER) == []
        ends(connection, four, NoticeState.UNKNOWN)
        assert running.settle(connection, LATER) == [mass.id]
        found = kept(connection, mass.id)
        assert (found.state, found.ended) == (MassState.DONE, LATER)


def test_from_a_backup_nobody_is_told_again(database: Database) -> None:
    """Whether it ran or was stopped when the backup was made: of who was not told then nobody
    knows, it is over, and cannot be gone on with."""
    mass, (one, two, three, four) = going(database)
    with database.writing() as connection:
        ends(connection, one, NoticeState.SENT)
        ends(connection, two, NoticeState.BLOCKED)
        ends(connection, three, NoticeState.STOPPED)
        draft = a_draft(connection, mass.office)
        settle_restored(connection, database.vault, LATER)
        assert rows(connection) == {one: "sent", two: "blocked", three: "unknown", four: "unknown"}
        states = [kept(connection, each.id).state for each in (mass, draft)]
        assert states == [MassState.DONE, MassState.DRAFT]
        assert not running.resume(connection, mass.id, LATER)


def test_the_figures_add_up(database: Database) -> None:
    """Told, not told, still to go; who was forgotten since is counted as gone, and nothing else."""
    mass, (one, two, three, four) = going(database)
    with database.writing() as connection:
        ends(connection, one, NoticeState.SENT)
        ends(connection, two, NoticeState.BLOCKED)
        delete_person(connection, three)
        found = running.figures_of(connection, [mass])[mass.id]
        states = {NoticeState.SENT: 1, NoticeState.BLOCKED: 1, NoticeState.WAITING: 1}
        assert found == Figures(4, states)
        assert (found.left, found.over, found.gone) == (1, 3, 1)


def test_it_is_read_by_whom_it_was_written_to(database: Database, writer: Writer) -> None:
    """A person opens what she was sent; somebody else's notice, or no number, opens nothing."""

    mass, (one, two, *_rest) = going(database)

    def job(unit: Unit) -> list[Json]:
        query = select(notice.c.id).where(notice.c.person_id == one)
        number = unit.direct().execute(query).scalar_one()
        asked = [(one, str(number)), (two, str(number)), (one, "x"), (one, "9" * 30)]
        return [
            perform(unit, Person(who, "ar"), 1, FindMass(written), NOON)[0]
            for who, written in asked
        ]

    found, *others = do(writer, job)
    assert FindMass("").read(found) == mass.view
    assert (others, mass.view.words) == ([None, None, None], WORDS)
