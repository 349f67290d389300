"""What one person gets of a message to many: in her language, or a neutral line first."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.showing import NEUTRAL
from flows.text import Text
from storage.calendar_schema import mass as table
from storage.calendar_schema import notice
from storage.notices.model import Notice, notice_of
from storage.outbox import Lane, Policy
from storage.unit import Unit
from tests.bot.console.house import LANGUAGES
from tests.bot.mass.house import NOW, House

NAMES = [LANGUAGES.words("it").plain(one) for one in NEUTRAL]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[list[House]]:
    """Houses, closed afterwards."""
    houses: list[House] = []
    yield houses
    for house in houses:
        house.close()


def got(folder: list[House], tmp_path: Path, *languages: str, **more: Any) -> dict[str, Any]:
    """What each language is sent."""
    house = House(tmp_path, *languages, **more)
    folder.append(house)
    house.let_go()
    by_person = {one.person_id: one for one in house.claim()}
    return {
        language: by_person[whose] for language, whose in zip(languages, house.people, strict=True)
    }


def test_everybody_reads_their_own_language(folder: list[House], tmp_path: Path) -> None:
    """Or the Italian, with a word that it is Italian; from whom it is stands below."""
    sent = got(folder, tmp_path, "it", "ar", "bn")
    assert "Ciao a tutti" in sent["it"].params["text"]
    assert "مرحبا" in sent["ar"].params["text"]
    note = Text("This is in Italian. You can ask us what it says.")
    said = sent["bn"].params["text"]
    assert (LANGUAGES.words("bn").plain(note) in said, "Ciao a tutti" in said) == (True, True)
    assert all("PUA Desio" in one.params["text"] for one in sent.values())
    one = sent["it"]
    assert (one.lane, one.policy, one.wash_at) == (Lane.BULK, Policy.ONCE, None)
    assert ("reply_markup" in one.params, "disable_notification" in one.params) == (False, False)


def test_many_signs_are_sent_whole(folder: list[House], tmp_path: Path) -> None:
    """Each sign that HTML writes with more letters is one for Telegram: nothing is cut away, and no
    tag of an operator is one."""
    house = House(tmp_path, "bn")
    folder.append(house)
    words = "<b>" + "&" * 990 + "</b>"
    house.let_go((("it", words),))
    (row,) = house.claim()
    assert escape(words, quote=False) in row.params["text"]


def test_where_the_phone_is_looked_at_a_neutral_line_stands(
    folder: list[House], tmp_path: Path
) -> None:
    """Without a sound, and it leaves the chat; a tap opens the words in the living message."""
    one = got(folder, tmp_path, "it", careful=True)["it"]
    assert one.params["text"] in NAMES
    ((key,),) = one.params["reply_markup"]["inline_keyboard"]
    assert key["callback_data"] == f"push:0:mass/{one.notice}"
    assert (one.params["disable_notification"], one.wash_at is not None) == (True, True)


def test_of_a_message_that_is_gone_nothing_is_sent(folder: list[House], tmp_path: Path) -> None:
    """Its notices end, and nobody reads an empty one."""
    house = House(tmp_path, "it")
    folder.append(house)
    house.let_go()
    found = house.do(lambda unit: [house.render(unit, one, NOW) for one in _notices(unit)])
    assert len(found) == 1
    assert found[0] is not None
    house.write(lambda c: c.execute(delete(table)))
    gone = house.do(lambda unit: [house.render(unit, one, NOW) for one in _notices(unit)])
    assert gone == [None]


def _notices(unit: Unit) -> list[Notice]:
    rows = unit.reading().execute(select(notice)).mappings()
    return [notice_of(row) for row in rows]
