"""A turn that wants something slow: taken back whole, and taken again with what it wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from bot.app import LOCALES, furnish
from bot.group.door import Door
from bot.languages import Languages
from bot.settings import load_settings
from bot.telegram.incoming import read_update
from bot.turn import Turns
from bot.turned import ALONE, Around, Taken, Turned
from storage.database import Database
from storage.outbox import Slot
from storage.writer import Writer
from tests.flows.secret import Seal, secret_flows
from tests.ready import ready_database

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHAT = 700_001


@dataclass
class House:
    """A database, a writer, and turns over the secret flows of the tests."""

    database: Database
    writer: Writer
    turns: Turns
    last: int = 0

    def hears(self, *, around: Around = ALONE, again: bool = False, **content: Any) -> Turned:
        """One message of the one person, or the last one again."""
        self.last += not again
        account = {"id": CHAT, "is_bot": False, "first_name": "A", "language_code": "en"}
        chat = {"id": CHAT, "type": "private"}
        message = {"message_id": self.last, "date": 1, "chat": chat, "from": account, **content}
        update = read_update({"update_id": self.last, "message": message})
        assert update is not None
        job = self.turns.take(update, NOW, around)
        return self.writer.submit(job, chat=CHAT, update_id=self.last).result()

    def rows(self) -> list[tuple[Any, ...]]:
        """Everything that a turn can change, as bytes."""
        tables = ("person", "conversation", "outbox", "chat_message", "handled", "draft")
        with self.database.reading() as connection:
            return [
                tuple(row) for t in tables for row in connection.execute(text(f"SELECT * FROM {t}"))
            ]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """Somebody who is asked for a photo."""
    languages = Languages.load(LOCALES)
    furniture = furnish(load_settings(None), languages)
    database = ready_database(tmp_path)
    writer = Writer(database)
    door = Door(database.vault, languages)
    found = House(database, writer, Turns(secret_flows(), languages, furniture, door))
    for words in ("/start", "/telling"):
        found.hears(text=words)
    yield found
    writer.close()
    database.close()


def photo(name: str = "f") -> dict[str, Any]:
    """A photo as Telegram hands it in."""
    return {"photo": [{"file_id": name, "file_unique_id": name, "file_size": 9}]}


def asked_for_a_photo(house: House) -> None:
    """Answer what comes before."""
    conversation = house.writer.submit(
        lambda unit: unit.draft(unit.person(CHAT).id), chat=CHAT
    ).result()
    session = conversation.state["s"][-1]
    house.last += 1
    message = {"message_id": 1, "date": 1, "chat": {"id": CHAT, "type": "private"}}
    data = f"{session['i']}:{session.get('t', 0)}:pay"
    sender = {"id": CHAT, "is_bot": False}
    query = {"id": "1", "from": sender, "message": message, "data": data}
    update = read_update({"update_id": house.last, "callback_query": query})
    assert update is not None
    house.writer.submit(house.turns.take(update, NOW), chat=CHAT, update_id=house.last).result()
    house.hears(text="my boss keeps my passport")


def test_a_turn_that_wants_something_slow_leaves_no_trace(house: House) -> None:
    """Nothing is written, the update is not handled, and what is wanted is told."""
    asked_for_a_photo(house)
    before = house.rows()
    turned = house.hears(**photo())
    assert (turned.taken, turned.rows, turned.wants) == (Taken.WAITS, [], Seal("f"))
    assert turned.asker is not None
    assert house.rows() == before


def test_the_same_update_is_taken_with_what_it_wanted(house: House) -> None:
    """With the result at hand the turn is like any other, and happens once."""
    asked_for_a_photo(house)
    house.hears(**photo())
    around = Around(ready={Seal("f"): "sealed"})
    turned = house.hears(again=True, around=around, **photo())
    again = house.hears(again=True, around=around, **photo())
    assert (turned.taken, again.taken) == (Taken.ANSWERED, Taken.REPEATED)
    methods = [(row.method, row.slot, row.secret) for row in turned.rows]
    assert methods == [
        ("deleteMessage", Slot.NONE, False),
        ("sendMessage", Slot.NEW, True),  # nothing was ever delivered here: none to edit
    ]


def test_the_screen_of_a_quick_series_is_left_to_its_last(house: House) -> None:
    """What was sent is taken and leaves the chat; the page waits."""
    asked_for_a_photo(house)
    around = Around(ready={Seal("f"): "sealed"}, more=True)
    turned = house.hears(around=around, **photo())
    assert [row.method for row in turned.rows] == ["deleteMessage"]


def test_what_another_file_gave_is_not_taken_for_this_one(house: House) -> None:
    """A result belongs to its effect, not to whatever is slow next."""
    asked_for_a_photo(house)
    turned = house.hears(around=Around(ready={Seal("other"): "sealed"}), **photo())
    assert turned.wants == Seal("f")
