"""The reports' own database: apart, sound after a power cut, and with nothing in it that tells."""

from __future__ import annotations

import sqlite3
import stat
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Integer,
    LargeBinary,
    SmallInteger,
    Text,
    func,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import StatementError

from flows.report_model import Ending
from storage import migrating
from storage.database import Database, engine_for, parsed_url
from storage.errors import DatabaseError, NewerDatabaseError, VaultError
from storage.reports import Reports
from storage.reports.database import LINE, PRAGMAS, SALT_FILE, ReportsDatabase, note_about
from storage.reports_schema import Monday, about, metadata, monday_of, report, week_after
from storage.vault import LIGHT_EFFORT
from tests.storage.reports.conftest import Place
from tests.storage.reports.makers import ANNA, CHAT, NOON, sent

FORBIDDEN = ("chat", "person", "user", "update", "message", "time", "created", "at", "seen", "name")
OPEN = {
    # What may lie open, said here again so that a new column is a decision: see the threat model.
    "report": {"id", "number", "level", "status", "ending", "week", "until", "warned"}
    | {"unread", "answered"},
    "sealed_key": {"report_id", "operator_id"},
    "mailbox": {"report_id", "locator", "kept"},
    "line": {"report_id", "until"},
    "line_key": {"report_id", "operator_id"},
    "word": {"id", "report_id"},
    "note": {"id", "report_id"},
    "evidence": {"id", "report_id", "lost"},
    "alert": {"id", "aged"},
    "tally": {"month", "level", "what", "count"},
    "about": {"key", "value"},
}
SEALED = {"label", "letter", "sealed", "locked", "handle"}


def columns() -> list[tuple[str, Column[object]]]:
    """Every column there is."""
    return [(table.name, one) for table in metadata.sorted_tables for one in table.columns]


class TestSchema:
    """What the tables may hold."""

    def test_no_column_tells_of_a_person_or_a_moment(self) -> None:
        """None is called like one that would, and none has a type that is finer than a day."""
        named = [
            f"{table}.{column.name}"
            for table, column in columns()
            if set(column.name.split("_")) & set(FORBIDDEN)
        ]
        kinds = (Boolean, Integer, LargeBinary, Monday, SmallInteger, Text)
        typed = [
            f"{table}.{column.name}"
            for table, column in columns()
            if not isinstance(column.type, kinds) and column.name != "operator_id"
        ]
        assert (named, typed) == ([], [])

    def test_only_what_was_decided_lies_open(self) -> None:
        """Every other column is sealed."""
        for name, table in metadata.tables.items():
            there = {column.name for column in table.columns}
            assert (name, there - SEALED) == (name, OPEN[name])

    def test_no_table_keeps_the_order_in_which_rows_came(self) -> None:
        """None has a hidden row id, and none counts upward."""
        for table in metadata.sorted_tables:
            assert table.dialect_options["sqlite"]["with_rowid"] is False
            assert [c.name for c in table.columns if c.autoincrement is True] == []

    def test_every_day_is_a_monday(self) -> None:
        """There is no column for another day, and a value that is none is refused."""
        days = [c for _, c in columns() if isinstance(c.type, Date)]
        assert days == []
        with pytest.raises(ValueError, match="Only Mondays"):
            Monday().process_bind_param(date(2026, 11, 25), None)  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("day", "days", "end"),
        [
            (date(2026, 11, 23), 0, date(2026, 11, 23)),
            (date(2026, 11, 23), 7, date(2026, 11, 30)),
            (date(2026, 11, 23), 8, date(2026, 12, 7)),
            (date(2026, 11, 29), 1, date(2026, 11, 30)),
            (date(2026, 11, 29), 90, date(2027, 3, 1)),
        ],
    )
    def test_a_week_ends_something_never_too_early(self, day: date, days: int, end: date) -> None:
        """It is the first Monday on which so many days have passed."""
        assert week_after(day, days) == end
        assert monday_of(end) == end


def test_a_day_is_refused_by_the_database_too(reports: Reports) -> None:
    """No statement gets a finer date past the column."""
    with pytest.raises(StatementError), reports.database.writing() as connection:
        connection.execute(report.update().values(week=date(2026, 11, 25)))


def test_a_second_start_opens_what_the_first_made(empty_place: Place) -> None:
    """Tables and salt are made once; the salt is its owner's alone."""
    first = empty_place.open()
    made = sent(first)
    first.close(NOON)
    salt = empty_place.data / SALT_FILE
    assert (stat.S_IMODE(salt.stat().st_mode), len(salt.read_bytes())) == (0o600, 32)
    second = empty_place.open()
    assert second.read(ANNA, made.box.id) is not None
    second.close(NOON)


def test_a_lost_salt_is_said_and_not_replaced(place: Place) -> None:
    """Reports without their salt are not opened, and no other salt is made."""
    (place.data / SALT_FILE).unlink()
    with pytest.raises(VaultError, match="is missing"):
        place.open()
    assert not (place.data / SALT_FILE).exists()


def test_a_wrong_salt_is_said(place: Place) -> None:
    """A salt that is not the database's is refused: every code would be dead."""
    (place.data / SALT_FILE).write_bytes(bytes(32))
    with pytest.raises(VaultError, match="is not the one"):
        place.open()


def test_a_salt_that_others_can_read_is_refused(place: Place) -> None:
    """With it a copy of the database lets somebody try codes."""
    (place.data / SALT_FILE).chmod(0o644)
    with pytest.raises(VaultError, match="read by others"):
        place.open()


def test_the_bot_s_own_database_is_refused(empty_place: Place) -> None:
    """Reports never lie beside people; nothing is changed by the mistake, in either direction."""
    Database.open(empty_place.url, data=empty_place.data).close()
    with pytest.raises(DatabaseError, match="bot's own database"):
        empty_place.open()
    assert not (empty_place.data / SALT_FILE).exists()


def test_the_bot_is_not_given_the_reports_database(place: Place) -> None:
    """The other way round it is refused too."""
    with pytest.raises(DatabaseError):
        Database.open(place.url, data=place.data)


def test_a_newer_database_is_refused(place: Place) -> None:
    """A revision this release does not know is left alone."""
    reports = place.open()
    with reports.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'r9999'"))
    reports.close(NOON)
    with pytest.raises(NewerDatabaseError, match="r9999"):
        place.open()


def test_only_the_bot_brings_it_up_to_date(empty_place: Place) -> None:
    """A command that may not migrate makes neither tables nor salt."""
    with pytest.raises(DatabaseError, match="not up to date"):
        empty_place.open(migrate=False)
    assert not (empty_place.data / SALT_FILE).exists()


def test_an_unreachable_server_is_said_without_the_password(tmp_path: Path) -> None:
    """The error names the host and never the password."""
    url = "postgresql://antenna:hunter2@127.0.0.1:1/reports"
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1") as raised:
        ReportsDatabase.open(url, data=tmp_path)
    assert "hunter2" not in str(raised.value)


class TestSqlite:
    """What holds on SQLite alone."""

    @pytest.fixture
    def engine(self) -> str:
        """Only SQLite."""
        return "sqlite"

    def test_every_connection_keeps_the_promises(self, reports: Reports) -> None:
        """A rollback journal, everything on the disk at a commit, deleted rows overwritten."""
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
        assert len(PRAGMAS) == len(names)
        for connect in (reports.database.writing, reports.database.reading):
            with connect() as connection:
                found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
            assert found == ["delete", 3, 1, 1, 2]

    def test_only_the_owner_reads_the_file(self, place: Place) -> None:
        """Mode 0600, even when it was laxer before; no journal stays."""
        (place.data / "reports.db").chmod(0o644)
        reports = place.open()
        sent(reports)
        modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in place.data.glob("reports.*")}
        reports.close(NOON)
        assert modes == {"reports.db": 0o600}

    def test_a_snapshot_lets_others_write_and_leaves_no_copy(
        self, reports: Reports, place: Place
    ) -> None:
        """What is read is one moment; what is written meanwhile is not in it."""
        sent(reports)
        with reports.database.snapshot() as connection:
            sent(reports)
            query = select(func.count()).select_from(report)
            assert connection.execute(query).scalar() == 1
        assert (reports.count(), list(place.data.glob("*.copy"))) == (2, [])


class TestPostgresql:
    """What holds on PostgreSQL alone."""

    @pytest.fixture
    def engine(self) -> str:
        """Only PostgreSQL."""
        return "postgresql"

    def test_a_forgetful_server_is_refused(self, place: Place) -> None:
        """With synchronous_commit=off a report that is said to be kept could be lost."""
        reports = place.open()
        name = reports.database.engine.url.database
        with reports.database.writing() as connection:
            connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
        reports.close(NOON)
        with pytest.raises(DatabaseError, match="synchronous_commit"):
            place.open()

    def test_mixing_gives_way_to_a_long_reader(self, reports: Reports) -> None:
        """While a backup reads, the tables are not mixed, and nobody waits behind the mixing."""
        sent(reports)
        with reports.database.snapshot():
            assert reports.shuffle() is False
            sent(reports)
            assert reports.count() == 2
        assert reports.purge() is True

    def test_the_server_keeps_no_samples(self, reports: Reports) -> None:
        """Of no column, also one that is still to come, a value is left to outlive its row."""
        for _ in range(5):
            sent(reports, ending=Ending.LINE, chat=CHAT)
        query = text("SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'")
        with reports.database.writing() as connection:
            connection.execute(text("ANALYZE"))
            assert connection.execute(query).all() == []


class TestMigrations:
    """From any released shape to this one."""

    def test_the_list_of_revisions_is_the_folder(self) -> None:
        """The revisions that are looked up without Alembic are those that Alembic finds."""
        files = sorted((LINE.scripts / "versions").glob("r0*.py"))
        assert tuple(file.name.split("_")[0] for file in files) == LINE.revisions
        assert set(LINE.revisions) & set(migrating.REVISIONS) == set()

    def test_migrated_tables_are_those_of_the_schema(self, reports: Reports) -> None:
        """Alembic finds no difference between what was migrated and what is declared."""
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        with reports.database.writing() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            assert compare_metadata(context, metadata) == []

    def test_migrated_tables_have_no_row_ids(self, reports: Reports) -> None:
        """On SQLite what was made is without row ids, not only what is declared."""
        if reports.database.is_postgresql:
            assert inspect(reports.database.engine).get_sequence_names() == []
            return
        assert reports.database.file is not None
        connection = sqlite3.connect(reports.database.file)
        made = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        lax = [name for name, sql in made if "WITHOUT ROWID" not in sql]
        connection.close()
        assert lax == ["alembic_version"]

    @pytest.mark.parametrize("revision", LINE.revisions)
    def test_every_released_shape_is_brought_up_to_date_with_its_data(
        self, empty_place: Place, revision: str
    ) -> None:
        """A populated database of each revision opens with this release, nothing lost."""
        empty_place.open().close(NOON)  # makes the salt
        engine = engine_for(parsed_url(empty_place.url), pragmas=PRAGMAS)
        with engine.begin() as connection:
            kept = connection.execute(text("SELECT value FROM about ORDER BY key DESC")).scalar()
            for table in reversed(metadata.sorted_tables):
                connection.execute(text(f"DROP TABLE {table.name}"))
            connection.execute(text("DROP TABLE alembic_version"))
        with engine.begin() as connection:
            migrating.upgrade(connection, revision, LINE)
            note_about(connection, str(kept), LIGHT_EFFORT)
            for statement in POPULATED[revision]:
                connection.execute(text(statement), {"b": b"sealed", "id": bytes(16)})
        engine.dispose()
        reports = empty_place.open()
        with reports.database.reading() as connection:
            found = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar()
                for table in metadata.sorted_tables
            }
        reports.close(NOON)
        assert found == {
            table.name: 1 + (table.name == "about") for table in metadata.sorted_tables
        }


POPULATED = {
    "r0001": [
        "INSERT INTO report VALUES (:id, '7F3K', 2, 'read', 'line', '2026-11-23', '2027-03-01', "
        "false, 0, 0, :b, :b)",
        "INSERT INTO sealed_key VALUES (:id, 11, :b)",
        "INSERT INTO mailbox VALUES (:id, :b, :b, :b, true)",
        "INSERT INTO line VALUES (:id, '2026-12-28', :b)",
        "INSERT INTO line_key VALUES (:id, 11, :b)",
        "INSERT INTO word VALUES (:id, :id, :b)",
        "INSERT INTO note VALUES (:id, :id, :b)",
        "INSERT INTO evidence VALUES (:id, :id, :b, false)",
        "INSERT INTO alert VALUES (:id, :b, false)",
        "INSERT INTO tally VALUES ('2026-11', 2, 'sent', 1)",
    ],
}


@pytest.mark.parametrize("engine", ["sqlite"])
def test_no_copy_stays_behind(place: Place) -> None:
    """While a copy is read nobody finds it, and one that a crash left is gone after a start."""
    reports = place.open()
    copy = place.data / "reports.copy"
    with reports.database.snapshot() as connection:
        assert (copy.exists(), connection.execute(select(about)).all() != []) == (False, True)
    copy.write_bytes(b"what was withdrawn since")
    reports.start(NOON)
    assert copy.exists() is False
    reports.close(NOON)
