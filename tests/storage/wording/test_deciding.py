"""Words are let out by two people, and nothing that was ever written is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import Connection

from storage.database import Database
from storage.wording.deciding import Verdict, decide, keep_approved, propose
from storage.wording.finding import (
    edition,
    find_history,
    find_open,
    find_version,
    meaning_of,
    standing,
)
from storage.wording.model import Proposal, State, Who, first_meaning
from tests.storage.factories import NOON

ANNA, BRUNO = Who(1), Who(2)
KEY = (None, "You pay 16 euro.")


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction that is not committed."""
    with database.writing() as connection:
        yield connection


def said(language: str, words: str, *, changes: bool = False) -> Proposal:
    """A proposal of one form."""
    return Proposal("content", KEY, language, (words,), "the price went up", changes=changes)


def let_out(connection: Connection, proposal: Proposal) -> int:
    """Propose and approve."""
    return keep_approved(connection, [proposal], ANNA, BRUNO, NOON)[0]


def test_nobody_lets_out_what_they_wrote(connection: Connection) -> None:
    """Whoever wrote a version neither reviews nor approves nor refuses it; they may take it
    back."""
    version = propose(connection, said("it", "Paghi 16 euro."), ANNA, NOON)
    tried = [
        decide(connection, version, state, ANNA, NOON)
        for state in (State.REVIEWED, State.APPROVED, State.REFUSED, State.DROPPED)
    ]
    assert tried == [Verdict.SAME, Verdict.SAME, Verdict.SAME, Verdict.DONE]


def test_only_its_author_takes_a_draft_back(connection: Connection) -> None:
    """Others refuse it, and say so."""
    version = propose(connection, said("it", "Paghi 16 euro."), ANNA, NOON)
    assert decide(connection, version, State.DROPPED, BRUNO, NOON) is Verdict.SAME


def test_a_second_person_lets_words_out(connection: Connection) -> None:
    """What was approved holds, and a new edition tells every process."""
    version = propose(connection, said("it", "Paghi 16 euro."), ANNA, NOON)
    before = (standing(connection).approved, edition(connection))
    assert decide(connection, version, State.REVIEWED, BRUNO, NOON) is Verdict.DONE
    assert decide(connection, version, State.REVIEWED, BRUNO, NOON) is Verdict.ALREADY
    assert decide(connection, version, State.APPROVED, BRUNO, NOON, "checked") is Verdict.DONE
    assert decide(connection, version, State.APPROVED, BRUNO, NOON) is Verdict.LATE
    assert before == ((), 0)
    assert [one.forms for one in standing(connection).approved] == [("Paghi 16 euro.",)]
    assert edition(connection) == 1


def test_every_version_stays_with_who_and_when_and_why(connection: Connection) -> None:
    """The one replaced, the one dropped and the one refused are all still told."""
    let_out(connection, said("it", "Uno."))
    propose(connection, said("it", "Due."), ANNA, NOON)
    three = propose(connection, said("it", "Tre."), BRUNO, NOON)
    later = NOON + timedelta(days=1)
    decide(connection, three, State.REFUSED, ANNA, later, "no")
    let_out(connection, said("it", "Quattro."))
    found = find_history(connection, KEY, "it")
    assert [(one.forms[0], one.state) for one, _deeds in found] == [
        ("Quattro.", State.APPROVED),
        ("Tre.", State.REFUSED),
        ("Due.", State.DROPPED),
        ("Uno.", State.REPLACED),
    ]
    refused = [(deed.state, deed.who, deed.at, deed.why) for deed in found[1][1]]
    assert refused == [
        (State.DRAFT, BRUNO, NOON, "the price went up"),
        (State.REFUSED, ANNA, later, "no"),
    ]
    assert find_history(connection, KEY, "ar") == []


def test_what_waits_is_found_by_language(connection: Connection) -> None:
    """A list for the second person: drafts and those a reader found right."""
    first = propose(connection, said("it", "Uno."), ANNA, NOON)
    other = propose(connection, said("ar", "واحد."), ANNA, NOON)
    decide(connection, other, State.REVIEWED, BRUNO, NOON)
    assert [one.id for one in find_open(connection)] == [first, other]
    assert [one.id for one in find_open(connection, "ar")] == [other]


def test_a_changed_meaning_holds_from_its_approval_on(connection: Connection) -> None:
    """A draft changes nothing; approved, the message means something else, and says in which
    language."""
    version = propose(connection, said("en", "You pay 20 euro.", changes=True), ANNA, NOON)
    before = meaning_of(connection, KEY)
    decide(connection, version, State.APPROVED, BRUNO, NOON)
    after = meaning_of(connection, KEY)
    assert (before.mark, before.language) == (first_meaning(KEY), "en")
    assert (after.mark != before.mark, after.language) == (True, "en")


def test_a_translation_of_the_old_meaning_is_not_let_out_any_more(connection: Connection) -> None:
    """It was made before the change: it has to be looked at again, and written anew."""
    old = propose(connection, said("ar", "ستة عشر."), ANNA, NOON)
    rival = propose(connection, said("it", "Paghi 18 euro.", changes=True), ANNA, NOON)
    let_out(connection, said("en", "You pay 20 euro.", changes=True))
    assert decide(connection, old, State.APPROVED, BRUNO, NOON) is Verdict.STALE
    assert decide(connection, rival, State.APPROVED, BRUNO, NOON) is Verdict.STALE
    assert decide(connection, old, State.REFUSED, BRUNO, NOON) is Verdict.DONE
    new = propose(connection, said("ar", "عشرون."), ANNA, NOON)
    assert decide(connection, new, State.APPROVED, BRUNO, NOON) is Verdict.DONE


def test_a_slip_of_the_pen_leaves_the_meaning(connection: Connection) -> None:
    """Words that only say it better make nothing stale."""
    let_out(connection, said("en", "You pay 20 euro.", changes=True))
    meaning = meaning_of(connection, KEY)
    let_out(connection, said("en", "You have to pay 20 euro."))
    assert meaning_of(connection, KEY) == meaning


def test_what_was_written_and_read_by_one_person_is_kept_by_nobody(connection: Connection) -> None:
    """Four eyes, also for a file from the terminal."""
    with pytest.raises(ValueError, match="Whoever wrote"):
        keep_approved(connection, [said("it", "Uno.")], Who(0, "Anna"), Who(0, "Anna"), NOON)
    assert find_open(connection) == []


def test_who_came_from_outside_is_named(connection: Connection) -> None:
    """Somebody without an account has a name all the same."""
    version = propose(connection, said("it", "Uno."), Who(0, "Anna"), NOON)
    found = find_version(connection, version)
    assert found is not None
    assert (found.who, found.why, found.message) == (Who(0, "Anna"), "the price went up", KEY)
    assert find_version(connection, version + 1) is None
    assert decide(connection, version + 1, State.APPROVED, ANNA, NOON) is Verdict.LATE


def test_two_who_decide_at_once_are_told_apart(database: Database) -> None:
    """The console and a file at the terminal: each version is decided once, and of two that are let
    out at the same moment both count as something new to be read."""
    with database.writing() as connection:
        waiting = [propose(connection, said(one, "16."), ANNA, NOON) for one in ("it", "ar")]
        connection.commit()

    def approve(version: int) -> Verdict:
        with database.writing() as connection:
            verdict = decide(connection, version, State.APPROVED, BRUNO, NOON)
            began.set()
            may_end.wait(1)
            connection.commit()
            return verdict

    began, may_end = Event(), Event()
    with ThreadPoolExecutor(3) as pool:
        first = pool.submit(approve, waiting[0])
        assert began.wait(10)
        others = [pool.submit(approve, waiting[0]), pool.submit(approve, waiting[1])]
        may_end.wait(0.2)
        may_end.set()
        verdicts = [one.result() for one in (first, *others)]
    with database.reading() as connection:
        found = (verdicts, edition(connection))
    assert found == ([Verdict.DONE, Verdict.LATE, Verdict.DONE], 2)
