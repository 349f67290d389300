"""Asking: one conversation a person, at the right desk, called by two words of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from flows.handoff_model import Event, LineKind, LineState, Need, Reason, State, Urgency
from storage.cases.contacts import put_contact
from storage.cases.sheets import begun
from storage.database import Database
from storage.handoffs.asking import queue_of, talk_of
from storage.handoffs.claims import claim
from storage.handoffs.closing import close
from storage.handoffs.designations import (
    FEMININE,
    MASCULINE,
    QUALITIES,
    draw,
    pairs,
)
from storage.handoffs.finding import find
from storage.handoffs.lines import find_lines
from storage.handoffs.notes import find_about, find_notes
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do, someone
from tests.storage.handoffs.factories import (
    ANNA,
    DESK,
    OTHER,
    QUIET,
    ask_again,
    asked,
)

LATER = NOON + timedelta(hours=1)


def test_who_asks_waits_at_the_desk_they_asked(writer: Writer, vault: Vault) -> None:
    """A new conversation waits, belongs to the desk's office and territory, and was never shown."""
    made = asked(writer, vault, need=Need.HOUSE, urgency=Urgency.SOON, level=2)
    shown = (made.state, made.need, made.urgency, made.level, made.office, made.territory)
    wanted = (State.WAITING, Need.HOUSE, Urgency.SOON, 2, "o-desio", "Desio")
    assert shown == wanted
    assert (made.owner, made.topic, made.behind_since) == (None, None, NOON)


def test_whom_a_desk_knows_already_keeps_their_name(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """The two words of the sheet their chat was joined to; of what is called so already, others."""
    hers, taken = someone(writer), someone(writer, CHAT + 1)
    first = asked(writer, vault, CHAT + 2)

    def known(unit: Unit) -> None:
        for person, name in ((hers, "Airone verde"), (taken, first.designation)):
            sheet = begun({}, ANNA)
            values = {"person_id": person.id, "designation": name, "office": "o-desio"}
            values |= {"number": name, "created_by": ANNA, "source": "desk", "stage": "contact"}
            put_contact(unit.direct(), vault, sheet, NOON, **values)

    do(writer, known)
    names = [ask_again(writer, vault, person) for person in (hers, taken)]
    called = [one.designation for one in names if one is not None]
    assert called[0] == "Airone verde"
    assert len({*called, first.designation}) == 3


def test_what_it_is_about_and_the_words_are_kept(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """The door they came from is noted, their words are their first line and wait for an answer."""
    made = asked(writer, vault, about="card:pay", words="Non mi pagano")
    with database.reading() as connection:
        lines = find_lines(connection, vault, made.id)
        about = find_about(connection, vault, made.id)
        events = [one.event for one in find_notes(connection, vault, made.id)]
    assert [(one.text, one.outward, one.state) for one in lines] == [
        ("Non mi pagano", False, LineState.KEPT)
    ]
    assert (about, events, made.waits_since) == ("card:pay", [Event.ASKED], NOON)


def test_a_voice_is_the_first_line_too(writer: Writer, vault: Vault, database: Database) -> None:
    """Who said it aloud is heard: the file stands behind the words, and both wait."""
    made = asked(writer, vault, words="Senti", voice="file-1")
    with database.reading() as connection:
        lines = find_lines(connection, vault, made.id)
    assert [(one.kind, one.text, one.file_id) for one in lines] == [
        (LineKind.TEXT, "Senti", ""),
        (LineKind.VOICE, "", "file-1"),
    ]
    assert made.waits_since == NOON


@pytest.mark.parametrize("desk", [QUIET.key, "no-such-desk"])
def test_nobody_is_asked_where_nobody_talks(writer: Writer, vault: Vault, desk: str) -> None:
    """A desk without people, or without existence, opens no conversation."""
    assert ask_again(writer, vault, someone(writer), desk=desk) is None


def test_who_asks_again_has_the_same_conversation(writer: Writer, vault: Vault) -> None:
    """While it is open it keeps its words for a name and its owner, and learns what is new."""
    person = someone(writer)
    first = ask_again(writer, vault, person)
    assert first is not None
    do(writer, lambda unit: claim(unit.direct(), first.id, ANNA, NOON))
    again = ask_again(writer, vault, person, need=Need.SAFETY, now=LATER)
    assert again is not None
    assert (again.id, again.designation, again.owner) == (first.id, first.designation, ANNA)
    assert (again.need, again.asked) == (Need.SAFETY, NOON)


def test_asking_again_does_not_end_the_wait(writer: Writer, vault: Vault) -> None:
    """Words that nobody answered still wait after the person has asked once more."""
    person = someone(writer)
    ask_again(writer, vault, person, words="Aiuto")
    again = ask_again(writer, vault, person, now=LATER)
    other = ask_again(writer, vault, person, desk=OTHER.key, now=LATER)
    assert [one.waits_since for one in (again, other) if one is not None] == [NOON, NOON]


def test_a_closed_conversation_begins_again(writer: Writer, vault: Vault) -> None:
    """After the end it waits for anybody, as if it had never been answered or rated."""
    person = someone(writer)
    first = ask_again(writer, vault, person)
    assert first is not None
    do(writer, lambda unit: claim(unit.direct(), first.id, ANNA, NOON))
    do(writer, lambda unit: close(unit.direct(), vault, first, Reason.ANSWERED, NOON, ANNA))
    again = ask_again(writer, vault, person, now=LATER)
    assert again is not None
    kept = (again.id, again.state, again.owner, again.asked, again.closed, again.reason)
    assert kept == (first.id, State.WAITING, None, LATER, None, None)


def test_another_desk_is_another_beginning(writer: Writer, vault: Vault) -> None:
    """Who asks another desk leaves the one they were talking with."""
    person = someone(writer)
    first = ask_again(writer, vault, person)
    assert first is not None
    do(writer, lambda unit: claim(unit.direct(), first.id, ANNA, NOON))
    again = ask_again(writer, vault, person, desk=OTHER.key, now=LATER)
    assert again is not None
    assert (again.office, again.owner, again.state) == ("o-carate", None, State.WAITING)


def test_the_queue_is_of_ones_own_desk(writer: Writer, vault: Vault, database: Database) -> None:
    """The more urgent and the earlier come before; other desks and conversations claimed do not."""
    early = asked(writer, vault, CHAT)
    mine = asked(writer, vault, CHAT + 1, now=LATER)
    asked(writer, vault, CHAT + 2, now=LATER + timedelta(minutes=1))
    asked(writer, vault, CHAT + 3, now=LATER + timedelta(minutes=2), urgency=Urgency.NOW)
    asked(writer, vault, CHAT + 4, desk=OTHER.key)
    with database.reading() as connection:
        before_mine = queue_of(connection, DESK, LATER, mine).ahead
        before_new = queue_of(connection, DESK, LATER).ahead
    do(writer, lambda unit: claim(unit.direct(), early.id, ANNA, LATER))
    with database.reading() as connection:
        after_claim = queue_of(connection, DESK, LATER, mine).ahead
    assert (before_mine, before_new, after_claim) == (2, 4, 1)


def test_a_person_is_shown_her_own_conversation(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """State, desk and name come back, and nothing where nobody was ever asked."""
    made = asked(writer, vault)
    with database.reading() as connection:
        shown = talk_of(connection, made.person_id, NOON)
        nothing = talk_of(connection, 1, NOON)
    assert shown is not None
    found = (shown.state, shown.desk, shown.designation, shown.answered, shown.rated)
    assert found == (State.WAITING, DESK.key, made.designation, False, False)
    assert nothing is None


def test_there_are_words_for_everybody() -> None:
    """No word stands twice, the pairs are ten thousand and more, and adjectives agree."""
    nouns = [*MASCULINE, *FEMININE]
    assert (len(set(nouns)), len(set(QUALITIES))) == (len(nouns), len(QUALITIES))
    assert pairs() >= 10_000
    drawn = {draw() for _ in range(2_000)}
    odd = [
        words
        for words in drawn
        for noun, word in [words.lower().split()]
        if noun in FEMININE and f"{word[:-1]}o/a" in QUALITIES and word.endswith("o")
    ]
    assert odd == []


def test_no_two_are_called_alike(
    writer: Writer, vault: Vault, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where chance gives the same words, a number tells them apart."""
    monkeypatch.setattr("storage.handoffs.designations.draw", lambda: "Airone verde")
    names = [asked(writer, vault, CHAT + n).designation for n in range(3)]
    assert names[0] == "Airone verde"
    assert len(set(names)) == 3
    assert all(name.startswith("Airone verde") for name in names)


def test_nothing_of_a_person_is_in_the_words_of_a_conversation(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """What a handoff prints as holds neither the person nor the topic."""
    made = asked(writer, vault)
    printed = repr(replace(made, topic=991_991))
    assert (str(made.person_id) in printed, "991991" in printed) == (False, False)
    with database.reading() as connection:
        assert find(connection, made.id) == made
