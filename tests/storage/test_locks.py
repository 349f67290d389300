"""Two instances by mistake, and many workers on purpose."""

from __future__ import annotations

import pytest

from storage.database import Database
from storage.errors import AlreadyRunningError
from storage.locks import lock_instance, lock_sender
from tests.storage.conftest import Place


def test_a_second_instance_says_so(place: Place, database: Database) -> None:
    """While one Antenna runs, another on the same database is refused."""
    lock = lock_instance(database)
    other = place.open()
    with pytest.raises(AlreadyRunningError, match="already works"):
        lock_instance(other)
    assert lock.held()
    lock.release()
    other.close()


def test_the_next_instance_starts_after_the_first(place: Place, database: Database) -> None:
    """A lock that was released can be taken, and the one who released it knows."""
    lock = lock_instance(database)
    lock.release()
    other = place.open()
    again = lock_instance(other)
    assert (lock.held(), again.held()) == (False, True)
    again.release()
    other.close()


def test_one_of_many_workers_sends(place: Place, database: Database) -> None:
    """The sender's lock is another than the instance's, one has it, the others are told no."""
    instance, sender = lock_instance(database), lock_sender(database)
    other = place.open()
    assert sender is not None
    assert lock_sender(other) is None
    sender.release()
    second = lock_sender(other)
    assert second is not None
    second.release()
    instance.release()
    other.close()
