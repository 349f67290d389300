"""Whoever reads a page that is not true any more in their language is told so, on the page."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.furniture import LOCALES, furnish
from bot.group.door import Door
from bot.languages import Languages
from bot.settings import load_settings
from bot.telegram.incoming import read_update
from bot.turn import Turns
from bot.wording.refreshing import Wordings
from flows.registry import FLOWS
from storage.database import Database, default_url
from storage.wording.deciding import keep_approved
from storage.wording.model import Proposal, Who
from storage.writer import Writer

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CHAT = 700_001
ASKED = (None, "🔐 Your privacy")


@pytest.mark.parametrize(
    ("language", "words", "notice"),
    [
        ("en", "🔐 Your privacy now", False),
        ("ar", "🔐 Your privacy now", True),
        ("it", "🔐 Your privacy now", True),
    ],
)
def test_a_page_that_changed_says_so(
    tmp_path: Path, language: str, words: str, notice: bool
) -> None:
    """The new English stands there for everybody; English readers are told nothing."""
    languages = Languages.load(LOCALES, drafts=True)
    furniture = furnish(load_settings(None), languages)
    database = Database.open(default_url(tmp_path), data=tmp_path)
    writer = Writer(database)
    turns = Turns(FLOWS, languages, furniture, Door(database.vault, languages))
    proposal = Proposal("antenna", ASKED, "en", (words,), "why", changes=True)
    account = {"id": CHAT, "is_bot": False, "first_name": "A"}
    chat = {"id": CHAT, "type": "private"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": account, "text": "/privacy"}
    update = read_update({"update_id": 1, "message": message})
    assert update is not None
    try:
        with database.writing() as connection:
            keep_approved(connection, [proposal], Who(1), Who(2), NOW)
            connection.commit()
        Wordings(database, languages, furniture)
        writer.submit(lambda unit: unit.create_person(CHAT, language, NOW.date())).result()
        turned = writer.submit(turns.take(update, NOW), chat=CHAT, update_id=1).result()
    finally:
        writer.close()
        database.close()
    said = str(turned.rows[-1].params["text"])
    assert (words in said, said.startswith("<i>")) == (True, notice)
