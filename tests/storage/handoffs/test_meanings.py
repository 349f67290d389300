"""What a machine makes of a person's words: once a line, sealed, shown below it, gone with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from flows.handoff_model import LineKind, Reason
from storage.database import Database
from storage.erase import forget, retain
from storage.handoff_schema import handoff
from storage.handoff_schema import handoff_meaning as table
from storage.handoffs import meanings
from storage.handoffs.closing import close
from storage.handoffs.finding import find
from storage.handoffs.lines import hear, say
from storage.handoffs.meanings import State
from storage.handoffs.model import PASSED_OVER, Content, Handoff, Line
from storage.handoffs.notes import find_notes
from storage.handoffs.view import begin_post, lose_topic, set_card, set_posted, set_topic
from storage.personal import everything_of
from storage.vault import Vault
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, do
from tests.storage.handoffs.factories import ANNA, GROUP, REPLY, asked, behind, bind_group

WORDS = Content(LineKind.TEXT, "لم يدفع لي 300 يورو")
SOON = NOON + timedelta(minutes=10)
SAID = "Non mi ha pagato 300 euro"


def talking(writer: Writer, vault: Vault, chat: int = CHAT, language: str = "ar") -> Handoff:
    """Somebody who reads a language has asked."""
    made = asked(writer, vault, chat)
    values = update(handoff).where(handoff.c.id == made.id).values(language=language)
    do(writer, lambda unit: unit.direct().execute(values))
    return replace(made, language=language)


def said(writer: Writer, vault: Vault, made: Handoff, content: Content = WORDS) -> Line:
    """The person says something."""

    def job(unit: Any) -> Line:
        return hear(unit.direct(), vault, made, content, NOON, source=5)

    line: Line = do(writer, job)
    return line


def kept(writer: Writer, vault: Vault, line: Line, state: State = State.MADE) -> bool:
    """What was made of a line is kept."""
    words = SAID if state is State.MADE else ""
    done: bool = do(
        writer, lambda unit: meanings.keep(unit.direct(), vault, line, state, SOON, words, "ar")
    )
    return done


def due(database: Database, vault: Vault, after: datetime = NOON) -> list[int]:
    """The lines that are to be translated."""
    with database.reading() as connection:
        found = meanings.find_due(connection, vault, after, "it", 10)
    return [one.line.id for one in found]


def in_topic(writer: Writer, made: Handoff, *lines: Line) -> None:
    """The conversation has a topic, in which these stand."""

    def job(unit: Any) -> None:
        connection = unit.direct()
        set_topic(connection, made.id, GROUP, 400, "Airone")
        for told in find_notes(connection, unit.vault, made.id):
            set_posted(connection, "note", told.id, 499)
        for number, line in enumerate(lines):
            set_posted(connection, "line", line.id, 500 + number)
        found = find(connection, made.id)
        assert found is not None
        set_card(connection, found, 401, b"")

    do(writer, job)


def test_only_foreign_words_said_lately_are_due(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Neither an operator's words, nor a place, nor what is old, nor what reads Italian."""
    arabic = talking(writer, vault)
    italian = talking(writer, vault, CHAT + 1, "it")
    line = said(writer, vault, arabic)
    said(writer, vault, italian)
    said(writer, vault, arabic, Content(LineKind.PLACE, extra={"latitude": 45.6}))
    do(writer, lambda unit: say(unit.direct(), vault, arabic, ANNA, REPLY, NOON))
    assert due(database, vault) == [line.id]
    assert due(database, vault, NOON + timedelta(seconds=1)) == []


def test_a_line_is_translated_once(writer: Writer, vault: Vault, database: Database) -> None:
    """The second translation of a line is not kept, and nobody asks for one."""
    made = talking(writer, vault)
    line = said(writer, vault, made)
    assert [kept(writer, vault, line), kept(writer, vault, line)] == [True, False]
    assert due(database, vault) == []
    with database.reading() as connection:
        [found] = meanings.find_meanings(connection, vault, made.id).values()
    assert (found.line_id, found.text, found.language) == (line.id, SAID, "ar")
    assert (found.number, found.state) == (line.number, State.MADE)


def test_it_is_sealed(writer: Writer, vault: Vault, database: Database) -> None:
    """The table holds neither the words nor the language they were in."""
    kept(writer, vault, said(writer, vault, talking(writer, vault)))
    with database.reading() as connection:
        row = connection.execute(select(table)).one()
    assert [one for one in row if SAID.encode() in str(one).encode()] == []
    assert SAID.encode() not in bytes(row.body)


def test_it_goes_with_the_person_and_with_the_words(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """Nothing of it is left after a person is forgotten, or after the words have had their time."""

    def left() -> int:
        with database.reading() as connection:
            return int(connection.execute(select(func.count()).select_from(table)).scalar_one())

    one = talking(writer, vault)
    other = talking(writer, vault, CHAT + 1)
    for made in (one, other):
        kept(writer, vault, said(writer, vault, made))
    assert left() == 2
    do(writer, lambda unit: forget(unit, one.person_id, SOON))
    assert left() == 1
    do(
        writer,
        lambda unit: close(unit.direct(), vault, other, Reason.ANSWERED, SOON, ANNA),
    )
    do(writer, lambda unit: retain(unit, SOON + timedelta(days=31), 180, 30))
    assert left() == 0


def test_it_is_hers_to_read(writer: Writer, vault: Vault) -> None:
    """Who asks for all that is kept of them gets the translations with it."""
    made = talking(writer, vault)
    kept(writer, vault, said(writer, vault, made))

    def job(unit: Any) -> Any:
        return everything_of(unit, unit.person(CHAT), CHAT, SOON)

    [line] = do(writer, job)["talk"]["lines"]
    assert (line["words"], line["translated"]) == (WORDS.text, SAID)


def test_a_topic_lacks_it_until_it_stands_below_its_line(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """A conversation is behind while a translation is missing there, and no longer after."""
    bind_group(writer, vault)
    made = talking(writer, vault)
    line = said(writer, vault, made)
    in_topic(writer, made, line)

    def is_behind() -> bool:
        with database.reading() as connection:
            return [one.id for one in behind(connection, vault, SOON, 5)] == [made.id]

    kept(writer, vault, line)
    with database.reading() as connection:
        [missing] = meanings.find_unposted(connection, vault, made.id)
    assert (missing.stands, missing.said, missing.text) == (500, WORDS.text, SAID)
    assert is_behind()
    again = [do(writer, lambda unit: begin_post(unit.direct(), "meaning", missing.id))]
    again += [do(writer, lambda unit: begin_post(unit.direct(), "meaning", missing.id))]
    do(writer, lambda unit: set_posted(unit.direct(), "meaning", missing.id, 600))
    with database.reading() as connection:
        assert meanings.find_unposted(connection, vault, made.id) == []
    assert (is_behind(), again) == (False, [0, 1])


def test_what_cannot_be_translated_is_said_once_there(
    writer: Writer, vault: Vault, database: Database
) -> None:
    """A language that nobody knows is said at its first line; words to be left alone never."""
    bind_group(writer, vault)
    made = talking(writer, vault, language="pa")
    lines = [said(writer, vault, made) for _ in range(4)]
    in_topic(writer, made, *lines)
    for line, state in zip(
        lines, (State.LANGUAGE, State.LANGUAGE, State.SAME, State.LONG), strict=True
    ):
        kept(writer, vault, line, state)
    with database.reading() as connection:
        shown = meanings.find_unposted(connection, vault, made.id)
        all_ = meanings.find_meanings(connection, vault, made.id)
    assert [one.state for one in shown] == [State.LANGUAGE, State.LONG]
    assert [all_[one.id].posted for one in lines] == [None, PASSED_OVER, PASSED_OVER, None]


def test_in_a_new_topic_it_is_shown_again(writer: Writer, vault: Vault, database: Database) -> None:
    """Where a topic was lost, translations follow their lines into the next one."""
    bind_group(writer, vault)
    made = talking(writer, vault)
    line = said(writer, vault, made)
    in_topic(writer, made, line)
    kept(writer, vault, line)
    [one] = do(writer, lambda unit: meanings.find_unposted(unit.direct(), vault, made.id))
    do(writer, lambda unit: set_posted(unit.direct(), "meaning", one.id, 600))
    do(writer, lambda unit: lose_topic(unit.direct(), made.id, SOON))
    nothing = do(writer, lambda unit: meanings.find_unposted(unit.direct(), vault, made.id))
    in_topic(writer, made, line)
    [again] = do(writer, lambda unit: meanings.find_unposted(unit.direct(), vault, made.id))
    assert (nothing, again.id, again.posted, again.tries) == ([], one.id, None, 0)
