"""Opening: what is promised about files, keys and engines holds, or the start is refused."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import LargeBinary, func, select, text
from sqlalchemy.exc import DBAPIError

from storage import migrating
from storage.database import KEY_FILE, Database, default_url, engine_for, parsed_url
from storage.errors import DatabaseError, NewerDatabaseError, VaultError
from storage.schema import metadata
from storage.writer import Writer
from tests.storage.conftest import Place
from tests.storage.factories import CHAT, do, message, send, someone
from tests.storage.shapes import POPULATED, SINCE


def test_the_first_start_makes_key_and_tables(empty_place: Place) -> None:
    """An empty place becomes a database that a second start opens with the same key."""
    first = empty_place.open()
    writer = Writer(first)
    person = someone(writer)
    writer.close()
    first.close()
    second = empty_place.open()
    writer = Writer(second)
    assert do(writer, lambda unit: unit.person(CHAT)) == person
    writer.close()
    second.close()


def test_a_lost_key_is_said_and_not_replaced(place: Place) -> None:
    """A database without its key file is refused, and no key is made."""
    place.open().close()
    (place.data / KEY_FILE).unlink()
    with pytest.raises(VaultError, match="is missing"):
        place.open()
    assert not (place.data / KEY_FILE).exists()


def test_a_wrong_key_is_said(place: Place) -> None:
    """A key that is not the database's is refused before anything is read or written."""
    place.open().close()
    (place.data / KEY_FILE).write_bytes(bytes(32))
    with pytest.raises(VaultError, match="is not the one"):
        place.open()


def test_a_newer_database_is_refused(place: Place) -> None:
    """A revision this release does not know is left alone."""
    database = place.open()
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()
    database.close()
    with pytest.raises(NewerDatabaseError, match="9999"):
        place.open()


def test_a_foreign_database_is_refused(empty_place: Place) -> None:
    """A database with somebody else's tables is not touched."""
    empty_place.open().close()
    database = empty_place.open()
    with database.writing() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
        connection.commit()
    database.close()
    with pytest.raises(DatabaseError, match="not Antenna's"):
        empty_place.open()


def test_only_the_bot_brings_a_database_up_to_date(empty_place: Place) -> None:
    """A command that may not migrate says so and makes neither tables nor key."""
    with pytest.raises(DatabaseError, match="not up to date"):
        empty_place.open(migrate=False)
    assert not (empty_place.data / KEY_FILE).exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "not understood"),
        ("sqlite://", "needs a file"),
        ("mysql://root@localhost/antenna", "not in mysql"),
    ],
)
def test_a_url_that_cannot_be_used_is_said(tmp_path: Path, url: str, said: str) -> None:
    """Each URL that Antenna cannot keep data in is refused with the reason."""
    with pytest.raises(DatabaseError, match=said):
        Database.open(url, data=tmp_path)


def test_an_unreachable_server_is_said_without_the_password(tmp_path: Path) -> None:
    """The error names the host and never the password."""
    url = "postgresql://antenna:hunter2@127.0.0.1:1/antenna"
    with pytest.raises(DatabaseError, match=r"127\.0\.0\.1") as raised:
        Database.open(url, data=tmp_path)
    assert "hunter2" not in str(raised.value)


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    """A file that is no database is refused and left as it is."""
    file = tmp_path / "antenna.db"
    file.write_bytes(b"not a database, but long enough to be looked at" * 100)
    before = file.read_bytes()
    with pytest.raises(DatabaseError, match="cannot be opened"):
        Database.open(default_url(tmp_path), data=tmp_path)
    assert file.read_bytes() == before


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """Where the file cannot be made, the error says which and why."""
    (tmp_path / "occupied").write_text("a file")
    with pytest.raises(DatabaseError, match="cannot be made"):
        Database.open(default_url(tmp_path / "occupied"), data=tmp_path)


class TestSqlite:
    """What holds on SQLite alone."""

    @pytest.fixture
    def engine(self) -> str:
        """Only SQLite."""
        return "sqlite"

    def test_only_the_owner_reads_the_files(self, place: Place) -> None:
        """The database and its log have mode 0600, even when the file was laxer before."""
        (place.data / "antenna.db").chmod(0o644)
        database = place.open()
        writer = Writer(database)
        someone(writer)
        modes = {
            one.name: stat.S_IMODE(one.stat().st_mode) for one in place.data.glob("antenna.db*")
        }
        writer.close()
        database.close()
        assert modes == dict.fromkeys(("antenna.db", "antenna.db-wal", "antenna.db-shm"), 0o600)

    def test_commits_survive_a_power_cut(self, database: Database) -> None:
        """Every connection runs with the settings that the promises rest on."""
        names = ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "temp_store")
        for connect in (database.writing, database.reading):
            with connect() as connection:
                found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
            assert found == ["wal", 2, 1, 1, 2]

    def test_a_writer_locks_at_once_and_a_reader_never(self, place: Place) -> None:
        """While one writes, a reader reads and a second writer is refused, not both surprised."""
        database = place.open(busy_seconds=0.05)
        with database.writing() as one, database.writing() as two, database.reading() as three:
            one.execute(text("SELECT 1"))
            assert three.execute(text("SELECT count(*) FROM person")).scalar() == 0
            with pytest.raises(DBAPIError, match="locked"):
                two.execute(text("SELECT 1"))
        database.close()


class TestPostgresql:
    """What holds on PostgreSQL alone."""

    @pytest.fixture
    def engine(self) -> str:
        """Only PostgreSQL."""
        return "postgresql"

    def test_asynchronous_commits_are_refused(self, empty_place: Place) -> None:
        """A server that confirms before it has written is not used."""
        with psycopg.connect(empty_place.url, autocommit=True) as connection:
            name = connection.info.dbname
            connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
        with pytest.raises(DatabaseError, match="synchronous_commit"):
            empty_place.open()

    def test_a_reader_cannot_write(self, database: Database) -> None:
        """A reading connection refuses to change anything."""
        with database.reading() as connection, pytest.raises(DBAPIError, match="read-only"):
            connection.execute(text("DELETE FROM person"))

    def test_the_server_keeps_no_samples(self, database: Database, writer: Writer) -> None:
        """Of nobody and of nothing sealed a value stays in the statistics and outlives its row."""
        for n in range(5):
            send(writer, message(person=someone(writer, CHAT + n)))
        with database.writing() as connection:
            connection.execute(text("ANALYZE"))  # the server does so by itself, sooner or later
            found = {(table, column) for table, column in connection.execute(SAMPLED)}
        assert ("outbox", "lane") in found
        assert found & UNSAMPLED == set()

    def test_samples_from_before_go_too(self, empty_place: Place) -> None:
        """What the server had sampled of an older shape is gone after the migration."""
        engine = engine_for(parsed_url(empty_place.url))
        with engine.begin() as connection:
            migrating.upgrade(connection, "0003")
            for n in range(5):
                values = {"n": n, "sealed": b"sealed %d" % n}
                connection.execute(text(A_PERSON), values)
            connection.execute(text("ANALYZE"))
        with engine.begin() as connection:
            before = {(table, column) for table, column in connection.execute(SAMPLED)}
            migrating.upgrade(connection)
            after = {(table, column) for table, column in connection.execute(SAMPLED)}
        engine.dispose()
        assert ("person", "chat") in before
        assert after & UNSAMPLED == set()


class TestMigrations:
    """From any released shape to this one, in one piece or not at all."""

    def test_the_list_of_revisions_is_the_folder(self) -> None:
        """The revisions that are looked up without Alembic are those that Alembic finds."""
        files = sorted((Path(migrating.__file__).parent / "migrations" / "versions").glob("0*.py"))
        assert tuple(file.name.split("_")[0] for file in files) == migrating.REVISIONS

    def test_migrated_tables_are_those_of_the_schema(self, place: Place) -> None:
        """Alembic finds no difference between what was migrated and what is declared."""
        from alembic.autogenerate import compare_metadata
        from alembic.migration import MigrationContext

        database = place.open()
        with database.writing() as connection:
            context = MigrationContext.configure(connection, opts={"compare_type": False})
            assert compare_metadata(context, metadata) == []
        database.close()

    @pytest.mark.parametrize("revision", migrating.REVISIONS)
    def test_every_released_shape_is_brought_up_to_date_with_its_data(
        self, empty_place: Place, revision: str
    ) -> None:
        """A populated database of each revision opens with this release, nothing lost."""
        empty_place.open().close()  # makes the key, whose fingerprint goes into the old shape
        engine = engine_for(parsed_url(empty_place.url))
        old = POPULATED[revision]
        with engine.begin() as connection:
            fingerprint = connection.execute(text("SELECT value FROM setting")).scalar()
            for table in reversed(metadata.sorted_tables):
                connection.execute(text(f"DROP TABLE {table.name}"))
            connection.execute(text("DROP TABLE alembic_version"))
        with engine.begin() as connection:
            migrating.upgrade(connection, revision)
            for statement, values in old:
                connection.execute(text(statement), values | {"fingerprint": fingerprint})
        engine.dispose()
        database = empty_place.open()
        with database.reading() as connection:
            found = {
                table.name: connection.execute(select(func.count()).select_from(table)).scalar()
                for table in metadata.sorted_tables
            }
        database.close()
        wanted = {t.name: int(t.name not in SINCE[revision]) for t in metadata.sorted_tables}
        assert found == wanted

    def test_the_copy_of_a_migration_goes_when_all_is_well(self, tmp_path: Path) -> None:
        """After a good migration no copy lies around in which erased people live on."""
        file = _small_database(tmp_path)
        with migrating.copy_kept(file, "0000"):
            assert len(list(tmp_path.iterdir())) == 2
        assert list(tmp_path.iterdir()) == [file]

    def test_the_copy_of_a_migration_stays_when_it_fails(self, tmp_path: Path) -> None:
        """After a migration that failed, the copy holds what was there before, for its owner."""
        file = _small_database(tmp_path)
        with pytest.raises(ZeroDivisionError), migrating.copy_kept(file, "0000"):
            raise ZeroDivisionError
        copy = tmp_path / f"small.db.before-{migrating.HEAD}"
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        connection = sqlite3.connect(copy)
        assert connection.execute("SELECT * FROM one").fetchall() == [(1,)]
        connection.close()

    def test_a_failed_migration_changes_nothing(
        self, empty_place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """When a migration fails half way, the database is as it was, and the next start works."""
        real = migrating.upgrade

        def breaking(connection: object, to: str = migrating.HEAD) -> None:
            real(connection, to)  # type: ignore[arg-type]
            raise DatabaseError("The disk went away.")

        monkeypatch.setattr(migrating, "upgrade", breaking)
        with pytest.raises(DatabaseError, match="went away"):
            empty_place.open()
        monkeypatch.setattr(migrating, "upgrade", real)
        empty_place.open().close()


A_PERSON = """
    INSERT INTO person (id, lookup, chat, language, since, seen)
    VALUES (:n, :sealed, :sealed, 'it', '2026-11-22', '2026-11-22')
"""
SAMPLED = text("SELECT tablename, attname FROM pg_stats WHERE schemaname = 'public'")
UNSAMPLED = {
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, LargeBinary)
    or table.name in ("person", "conversation", "draft")
    or column.name in ("person_id", "message_id")
    or (table.name, column.name) == ("setting", "value")
}
"""What is sealed, and what is of one person: also a column that is still to come."""


def _small_database(folder: Path) -> Path:
    file = folder / "small.db"
    connection = sqlite3.connect(file)
    connection.executescript("CREATE TABLE one (a INTEGER); INSERT INTO one VALUES (1);")
    connection.close()
    return file
