"""Closing: an end is said once, a new beginning forgets it, and every decision is noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update

from flows.handoff_model import Event, Reason, State, Urgency
from storage.database import Database
from storage.handoff_schema import handoff
from storage.handoffs.claims import claim
from storage.handoffs.closing import (
    ask_mediator,
    close,
    hand_on,
    rate,
    reopen,
    set_language,
    set_reachable,
    set_urgency,
)
from storage.handoffs.finding import (
    Sieve,
    count_many,
    find,
    find_many,
    find_of_person,
)
from storage.handoffs.lines import hear, say
from storage.handoffs.model import Handoff
from storage.handoffs.notes import find_notes
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do
from tests.storage.handoffs.factories import ANNA, DESK, HELLO, OTHER, REPLY, asked

LATER = NOON + timedelta(hours=1)


def as_it_is(database: Database, handoff_id: int) -> Handoff:
    """A conversation as it stands now."""
    with database.reading() as connection:
        found = find(connection, handoff_id)
    assert found is not None
    return found


def last_note(database: Database, handoff_id: int) -> tuple[Event, str, int | None]:
    """What happened last, in which words, and who did it."""
    with database.reading() as connection:
        found = find_notes(connection, database.vault, handoff_id)[-1]
    return found.event, found.text, found.operator_id


def test_an_end_is_said_once(writer: Writer, vault: Vault, database: Database) -> None:
    """The first closing counts, with its reason; nobody waits any more, and who had it is known."""
    made = asked(writer, vault, words="Aiuto")
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))
    ends = [Reason.ANSWERED, Reason.NO_ANSWER]
    done = [
        do(writer, lambda unit, why=why: close(unit.direct(), vault, made, why, LATER, ANNA))
        for why in ends
    ]
    found = as_it_is(database, made.id)
    assert done == [True, False]
    assert (found.state, found.reason, found.closed) == (State.CLOSED, Reason.ANSWERED, LATER)
    assert (found.owner, found.lock_until, found.waits_since) == (ANNA, None, None)
    assert last_note(database, made.id) == (Event.CLOSED, "answered", ANNA)


def test_the_persons_own_end_is_told_as_such(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Where the person ends it, colleagues read that she did."""
    made = asked(writer, vault)
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.BY_PERSON, LATER))
    assert last_note(database, made.id) == (Event.ENDED, "by-person", None)


@pytest.mark.parametrize(("operator", "state"), [(None, State.WAITING), (ANNA, State.CLAIMED)])
def test_who_opens_it_again_has_it(
    writer: Writer, vault: Vault, database: Database, operator: int | None, state: State
) -> None:
    """An operator who reopens owns it; what the person opens waits for anybody."""
    made = asked(writer, vault)
    assert do(writer, lambda unit: reopen(unit.direct(), made, LATER, operator)) is False
    do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, NOON))
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))
    do(writer, lambda unit: rate(unit.direct(), vault, made, 3, NOON))
    assert do(writer, lambda unit: reopen(unit.direct(), made, LATER, operator)) is True
    found = as_it_is(database, made.id)
    assert (found.state, found.owner, found.asked) == (state, operator, LATER)
    assert (found.closed, found.reason, found.rating, found.answered) == (None,) * 4


def test_contentment_is_asked_once_a_closing(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Only a closed conversation is rated, only once, and only from one to three."""
    made = asked(writer, vault)

    def rated(rating: int) -> bool:
        done: bool = do(writer, lambda unit: rate(unit.direct(), vault, made, rating, LATER))
        return done

    open_one = rated(3)
    do(writer, lambda unit: close(unit.direct(), vault, made, Reason.ANSWERED, NOON, ANNA))
    assert [open_one, rated(0), rated(4), rated(2), rated(3)] == [False, False, False, True, False]
    assert as_it_is(database, made.id).rating == 2
    assert last_note(database, made.id) == (Event.RATED, "2", None)


def test_a_decision_is_noted_once(writer: Writer, vault: Vault, database: Database) -> None:
    """Urgency, mediator and reach are changed and noted where they are different, else neither."""
    made = asked(writer, vault)
    acts: list[tuple[Callable[[Unit], bool], Event, str]] = [
        (
            lambda unit: set_urgency(unit.direct(), vault, made, Urgency.NOW, LATER, ANNA),
            Event.URGENCY,
            "2",
        ),
        (lambda unit: ask_mediator(unit.direct(), made, LATER, ANNA), Event.MEDIATOR, ""),
        (lambda unit: set_reachable(unit.direct(), made.id, False, LATER), Event.BLOCKED, ""),
        (lambda unit: set_reachable(unit.direct(), made.id, True, LATER), Event.BACK, ""),
    ]
    for act, event, words in acts:
        assert [do(writer, act), do(writer, act)] == [True, False]
        assert last_note(database, made.id)[:2] == (event, words)
    found = as_it_is(database, made.id)
    assert (found.urgency, found.mediator, found.reachable) == (Urgency.NOW, True, True)
    assert found.count == 5


def test_the_language_is_told_where_it_is_another(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """The language somebody reads from now on is kept, and the summary is looked at again."""
    made = asked(writer, vault)
    whole = update(handoff).values(behind_since=None, card_shows=b"shown")
    for language, again in (("it", None), ("ar", LATER)):
        do(writer, lambda unit: unit.direct().execute(whole))

        def job(unit: Unit, language: str = language) -> None:
            set_language(unit.direct(), made.id, language, LATER)

        do(writer, job)
        found = as_it_is(database, made.id)
        assert (found.language, found.behind_since) == (language, again)
        assert (found.card_shows is None) == (again is not None)


def test_what_is_handed_on_waits_at_the_other_desk(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """It belongs to the other desk's office, is nobody's, and the reason is read there."""
    made = asked(writer, vault, words="Aiuto")
    do(writer, lambda unit: claim(unit.direct(), made.id, ANNA, NOON))

    def pass_on(unit: Unit) -> bool:
        return hand_on(unit.direct(), vault, made, OTHER, "abita a Carate", LATER, ANNA)

    assert [do(writer, pass_on), do(writer, pass_on)] == [True, False]
    found = as_it_is(database, made.id)
    where = (found.desk, found.office, found.territory, found.owner, found.state)
    assert where == (OTHER.key, "o-carate", "Carate", None, State.WAITING)
    assert found.waits_since == NOON
    assert last_note(database, made.id) == (Event.HANDED_ON, "abita a Carate", ANNA)


def test_what_was_answered_and_handed_on_waits_at_the_new_desk(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """It does not lie below everything there because the desk before had answered."""
    made = asked(writer, vault, words="Aiuto")
    do(writer, lambda unit: say(unit.direct(), vault, made, ANNA, REPLY, NOON))
    do(writer, lambda unit: hand_on(unit.direct(), vault, made, OTHER, "x", LATER, ANNA))
    assert as_it_is(database, made.id).waits_since == LATER
    with database.reading() as connection:
        waiting = Sieve(offices=(OTHER.office,), waiting_since=LATER)
        assert [one.id for one in find_many(connection, waiting)] == [made.id]


def test_an_inbox_begins_with_who_needs_it_most(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Urgent ones first, then who waits longest for an answer, closed ones only when asked for."""
    early, late = NOON - timedelta(hours=2), NOON - timedelta(hours=1)
    times = (NOON, early, late, early)
    ids = [asked(writer, vault, CHAT + n, now=now).id for n, now in enumerate(times)]
    urgent, long, short, over = [as_it_is(database, id_) for id_ in ids]
    now = Urgency.NOW
    do(writer, lambda unit: set_urgency(unit.direct(), vault, urgent, now, NOON, ANNA))
    do(writer, lambda unit: hear(unit.direct(), vault, short, HELLO, LATER, source=1))
    do(writer, lambda unit: hear(unit.direct(), vault, long, HELLO, NOON, source=1))
    do(writer, lambda unit: close(unit.direct(), vault, over, Reason.NOT_OURS, NOON, ANNA))
    everything = Sieve(states=tuple(State))
    with database.reading() as connection:
        found = [one.id for one in find_many(connection)]
        second = [one.id for one in find_many(connection, limit=1, skip=1)]
        all_of_them = [one.id for one in find_many(connection, everything)]
        counts = (count_many(connection), count_many(connection, everything))
    assert found == [urgent.id, long.id, short.id]
    assert (second, all_of_them) == ([long.id], [urgent.id, long.id, short.id, over.id])
    assert counts == (3, 4)


def test_a_sieve_lets_through_what_is_asked_for(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Each of its questions alone tells two conversations apart."""
    mine = asked(writer, vault, CHAT, level=3, words="Aiuto", urgency=Urgency.SOON)
    theirs = asked(writer, vault, CHAT + 1, desk=OTHER.key, now=LATER)
    do(writer, lambda unit: claim(unit.direct(), mine.id, ANNA, NOON))
    mine = as_it_is(database, mine.id)
    sieves = [
        Sieve(states=(State.CLAIMED,)),
        Sieve(offices=("o-desio", "")),
        Sieve(territory="Desio"),
        Sieve(level=3),
        Sieve(owner=ANNA),
        Sieve(urgency=Urgency.SOON),
        Sieve(waiting_since=NOON),
        Sieve(words=mine.designation.split()[0][:-1].upper() + " " + mine.designation.split()[1]),
        Sieve(desk=DESK.key),
    ]
    with database.reading() as connection:
        through = [[one.id for one in find_many(connection, sieve)] for sieve in sieves]
        nobodys = [one.id for one in find_many(connection, Sieve(owner=0))]
        both = {one.id for one in find_many(connection, Sieve(language="it", need=mine.need))}
        none = find_many(connection, Sieve(language="ar"))
        hers = find_of_person(connection, mine.person_id)
    assert through == [[mine.id]] * len(sieves)
    assert (nobodys, both, none) == ([theirs.id], {mine.id, theirs.id}, [])
    assert hers == mine
