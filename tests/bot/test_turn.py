"""A turn whose flow breaks a law of the house: what it did is taken back, the person goes on."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.app import LOCALES, furnish
from bot.group.door import Door
from bot.languages import Languages
from bot.settings import load_settings
from bot.telegram.incoming import read_update
from bot.turn import Turns
from bot.turned import Taken
from flows.directory import Entry, Flows
from flows.effects import RememberLanguage
from flows.engine import Ended
from flows.opening import Opening
from flows.registry import FLOWS
from flows.steps import Flow, perform
from storage.database import Database, default_url
from storage.writer import Writer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHAT = 700_001


def _message(update_id: int, text: str) -> dict[str, object]:
    account = {"id": CHAT, "is_bot": False, "first_name": "A", "language_code": "en"}
    chat = {"id": CHAT, "type": "private"}
    message = {"message_id": update_id, "date": 1, "chat": chat, "from": account, "text": text}
    return {"update_id": update_id, "message": message}


def _spoils(_opening: Opening) -> Flow[Ended]:
    yield from perform("language", RememberLanguage("it"))
    while True:
        yield from perform("again", RememberLanguage("it"))


def test_what_a_broken_flow_did_is_taken_back(tmp_path: Path) -> None:
    """The language it set is not kept, the update counts as handled, and home is shown."""
    languages = Languages.load(LOCALES)
    furniture = furnish(load_settings(None), languages)
    flows = Flows(
        {**FLOWS.entries, "broken": Entry(_spoils, over=True)}, {"broken": "broken"}, FLOWS.help
    )
    database = Database.open(default_url(tmp_path), data=tmp_path)
    turns = Turns(flows, languages, furniture, Door(database.vault, languages))
    writer = Writer(database)
    try:
        start = read_update(_message(1, "/start"))
        broken = read_update(_message(2, "/broken"))
        assert start is not None
        assert broken is not None
        writer.submit(turns.take(start, NOW), chat=CHAT, update_id=1).result()
        turned = writer.submit(turns.take(broken, NOW), chat=CHAT, update_id=2).result()
        again = writer.submit(turns.take(broken, NOW), chat=CHAT, update_id=2).result()
        person = writer.submit(lambda unit: unit.person(CHAT), chat=CHAT).result()
    finally:
        writer.close()
        database.close()
    assert turned.taken is Taken.RESET
    assert [row.method for row in turned.rows] == ["deleteMessage", "sendMessage"]
    assert again.taken is Taken.REPEATED
    assert person is not None
    assert person.language == "en"
