"""Recordings: two people each, never other words than on the screen, gone when they are deleted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from storage.voices.files import drop_file, find_file, keep_file
from storage.voices.hearing import count_heard, set_spoken, spoken_of, times_heard
from storage.voices.recordings import (
    Recording,
    State,
    Wanted,
    add,
    all_of,
    decide,
    erase,
    find,
    find_playable,
    playable,
    sound_of,
)
from storage.writer import Writer
from tests.storage.factories import do, someone

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
RENEW = Wanted("docs.renew", "ar", "mark")
AMINA, BINTA = 5, 6
Kept = Callable[[Callable[[Connection], Any]], Any]


@pytest.fixture
def kept(writer: Writer) -> Kept:
    """Does something with what is kept, in a transaction."""
    return lambda job: do(writer, lambda unit: job(unit.direct()))


def recorded(kept: Kept, wanted: Wanted = RENEW, *, by: int = AMINA) -> Recording:
    """Somebody recorded it."""
    made: Recording = kept(lambda connection: add(connection, wanted, b"OggS", 30, by, NOW))
    return made


def approved(kept: Kept, made: Recording, *, by: int = BINTA, after: int = 0) -> bool:
    """Whether it was approved."""
    moment = NOW + timedelta(minutes=after)
    return bool(kept(lambda connection: decide(connection, made.id, by, True, moment)))


def test_a_recording_is_heard_after_a_second_person_approved_it(kept: Kept) -> None:
    """Before that nobody hears it, and whose voice it is cannot be the second."""
    made = recorded(kept)
    assert kept(lambda one: find_playable(one, "ar", "mark")) is None
    assert [approved(kept, made, by=who) for who in (AMINA, BINTA)] == [False, True]
    found = kept(lambda one: find_playable(one, "ar", "mark"))
    assert (found.id, found.decided_by, found.state) == (made.id, BINTA, State.APPROVED)
    assert kept(lambda one: sound_of(one, made.id)) == b"OggS"
    assert kept(playable) == {("ar", "mark")}


def test_what_was_decided_is_decided(kept: Kept) -> None:
    """A no after a yes changes nothing."""
    made = recorded(kept)
    approved(kept, made)
    assert not kept(lambda one: decide(one, made.id, 7, False, NOW))
    assert kept(lambda one: find(one, made.id)).state is State.APPROVED


def test_a_refused_one_is_never_heard(kept: Kept) -> None:
    """It stays as a version, and nobody hears it."""
    made = recorded(kept)
    assert kept(lambda one: decide(one, made.id, BINTA, False, NOW))
    assert kept(lambda one: find_playable(one, "ar", "mark")) is None
    assert kept(playable) == frozenset()


def test_other_words_are_another_recording(kept: Kept) -> None:
    """Of a passage whose words have changed, or in another language, nothing is found."""
    approved(kept, recorded(kept))
    looked = (("ar", "other"), ("ur", "mark"), ("ar", "mark"))
    found = [kept(lambda one, at=at: find_playable(one, *at)) is not None for at in looked]  # type: ignore[misc]
    assert found == [False, False, True]


def test_the_newest_is_heard_and_the_older_is_kept(kept: Kept) -> None:
    """A better recording takes the place of the first one; deleted, the first is heard again."""
    first, second = recorded(kept), recorded(kept, by=BINTA)
    approved(kept, first)
    approved(kept, second, by=AMINA, after=1)
    assert kept(lambda one: find_playable(one, "ar", "mark")).id == second.id
    assert kept(lambda one: erase(one, second.id))
    assert kept(lambda one: find_playable(one, "ar", "mark")).id == first.id


def test_a_deleted_voice_is_gone(kept: Kept) -> None:
    """The sound, and the file that Telegram has of it; a second time there is nothing."""
    made = recorded(kept)
    kept(lambda one: keep_file(one, made.name, 7, "file"))
    assert [kept(lambda one: erase(one, made.id)) for _time in range(2)] == [True, False]
    assert kept(lambda one: sound_of(one, made.id)) is None
    assert kept(lambda one: find_file(one, made.name, 7)) is None


def test_recordings_of_some_passages(kept: Kept) -> None:
    """Asked for a card, only its own come."""
    made = recorded(kept)
    recorded(kept, Wanted("work.pay", "ar", "x"))
    assert kept(lambda one: all_of(one, ["docs.renew"])) == [made]


def test_a_file_is_known_to_its_bot_alone(kept: Kept) -> None:
    """Another bot has to send it up itself; a new file takes the place of the old one."""
    kept(lambda one: keep_file(one, "name", 7, "old"))
    kept(lambda one: keep_file(one, "name", 7, "new"))
    assert kept(lambda one: (find_file(one, "name", 7), find_file(one, "name", 8))) == ("new", None)
    kept(lambda one: drop_file(one, "name"))
    assert kept(lambda one: find_file(one, "name", 7)) is None


def test_what_is_heard_is_counted_by_month(kept: Kept) -> None:
    """Numbers of passages in a language, and nothing of who listened."""
    for month, language in (("2026-11", "ar"), ("2026-11", "ar"), ("2026-12", "ar"), ("x", "fr")):
        kept(lambda one, at=(language, month): count_heard(one, "docs.renew", *at))  # type: ignore[misc]
    assert kept(lambda one: times_heard(one, "ar")) == {"docs.renew": 3}


def test_who_listens_in_which_language_goes_with_them(writer: Writer) -> None:
    """The last choice is kept, and is gone with the person."""
    person = someone(writer)
    do(writer, lambda unit: set_spoken(unit.direct(), person.id, "wo"))
    do(writer, lambda unit: set_spoken(unit.direct(), person.id, "ff"))
    assert do(writer, lambda unit: spoken_of(unit.direct(), person.id)) == "ff"
    do(writer, lambda unit: unit.delete_person(person.id))
    assert do(writer, lambda unit: spoken_of(unit.direct(), person.id)) == ""
