"""Two instances by mistake: the second is refused, and a lock that broke is noticed."""

from __future__ import annotations

import psycopg
import pytest

from storage.errors import AlreadyRunningError, DatabaseError
from storage.locks import lock_instance
from tests.storage.conftest import Place


def test_a_second_instance_says_so(place: Place) -> None:
    """While one Antenna runs, another on the same database is refused."""
    lock = lock_instance(place.url)
    with pytest.raises(AlreadyRunningError, match="already works"):
        lock_instance(place.url)
    assert lock.held()
    lock.release()


def test_a_second_instance_does_not_even_migrate(empty_place: Place) -> None:
    """The lock is there before the first table, so a second one changes nothing at all."""
    lock = lock_instance(empty_place.url)
    with pytest.raises(AlreadyRunningError):
        lock_instance(empty_place.url)
    with pytest.raises(DatabaseError, match="not up to date"):
        empty_place.open(migrate=False)
    lock.release()


def test_the_next_instance_starts_after_the_first(place: Place) -> None:
    """A lock that was released can be taken, and the one who released it knows."""
    lock = lock_instance(place.url)
    lock.release()
    again = lock_instance(place.url)
    assert (lock.held(), again.held()) == (False, True)
    again.release()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_lock_that_got_lost_is_taken_again(place: Place) -> None:
    """A broken connection takes the lock with it: whoever keeps it takes it again."""
    lock = lock_instance(place.url)
    _cut_connections(place)
    lock.keep()
    with pytest.raises(AlreadyRunningError, match="already works"):
        lock_instance(place.url)
    lock.release()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_lock_that_another_took_meanwhile_is_not(place: Place) -> None:
    """Whoever finds the lock in other hands is told to stop."""
    lock = lock_instance(place.url)
    _cut_connections(place)
    other = lock_instance(place.url)
    with pytest.raises(AlreadyRunningError, match="while the connection"):
        lock.keep()
    assert other.held()
    other.release()
    lock.release()


def _cut_connections(place: Place) -> None:
    with psycopg.connect(place.url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
