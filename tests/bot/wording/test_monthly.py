"""The groups are told once a month what has to be done about the words: figures, nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.furniture import LOCALES, load_library, load_numbers
from bot.group import door
from bot.means import Means
from bot.settings import Settings
from bot.wording.book import load_book
from bot.wording.digest import lines, make_digest
from bot.wording.monthly import Monthly
from bot.wording.states import Desk
from bot.world import Furniture
from flows.library import Library
from flows.model import House
from storage.group import Bond, add_group
from storage.outbox import find_pending
from storage.unit import Unit
from storage.wording.deciding import propose
from storage.wording.model import Proposal, Standing, Who
from tests.bot.relay.mirrored import Ears, SetClock
from tests.bot.relay.office import Bureau, open_bureau
from tests.storage.factories import NOON

CONTENT = LOCALES / "content"


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    """A database with two offices."""
    with open_bureau(tmp_path) as made:
        yield made


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Speak to the group in the words of the source, which stay the same."""
    monkeypatch.setattr(door, "LANGUAGE", "en")


def monthly(bureau: Bureau, clock: SetClock, tmp_path: Path) -> Monthly:
    """The work that is done now and then."""
    settings = Settings(_env_file=None, data=tmp_path, console_url="https://console.example")  # type: ignore[call-arg]
    means = Means(
        *(None, bureau.writer, None, bureau.database.vault),  # type: ignore[arg-type]
        *(bureau.languages, clock, Ears(), settings),
    )
    house = House("Antenna", 365, 5, 40, 90)
    furniture = Furniture(house, load_library(CONTENT), load_numbers(CONTENT))
    return Monthly(means, furniture)


def groups(bureau: Bureau, *bonds: Bond) -> None:
    """Bind groups, with the chats -1, -2 and so on."""
    vault = bureau.database.vault

    def bind(unit: Unit) -> None:
        for at, bond in enumerate(bonds, 1):
            add_group(unit.direct(), vault, -at, NOON, bond)

    bureau.do(bind)


def told(bureau: Bureau) -> list[tuple[Any, str]]:
    """What waits to be sent: to which group, its words."""
    database = bureau.database

    def look(unit: Unit) -> list[Any]:
        return find_pending(unit.reading(), database.vault, database.fleeting, 50)

    return [(row.params["chat_id"], row.params["text"]) for row in bureau.do(look)]


async def test_a_month_is_told_once_on_a_working_day_by_day(bureau: Bureau, tmp_path: Path) -> None:
    """Not on a Sunday, not at night, not twice; the next month again."""
    groups(bureau, Bond(), Bond(territory="Desio"))
    clock = SetClock("2026-11-22T12:00:00+01:00")
    work = monthly(bureau, clock, tmp_path)
    many = []
    for hours in (0, 14, 8, 1, 24, 24 * 7):  # Sunday noon, the night, Monday morning, later
        clock.passes(hours * 3600)
        await work.tick()
        many.append(len(told(bureau)))
    assert many == [0, 0, 1, 1, 1, 2]
    assert {chat for chat, _words in told(bureau)} == {-1}


async def test_it_holds_figures_and_where_the_rest_is(bureau: Bureau, tmp_path: Path) -> None:
    """No title, no name, no word that somebody wrote; without a group of all, each territory's."""
    groups(
        bureau, Bond(territory="Desio"), Bond(office=bureau.anna.office), Bond(territory="Carate")
    )
    proposal = Proposal(
        "content", (None, "You get a date for fingerprints."), "ar", ("x",), "secret"
    )
    bureau.do(lambda unit: propose(unit.direct(), proposal, Who(7), NOON))
    await monthly(bureau, SetClock("2026-11-23T10:00:00+01:00"), tmp_path).tick()
    found = told(bureau)
    assert {chat for chat, _words in found} == {-1, -3}
    words = found[0][1].split("\n")
    assert words[0] == "📚 The words of Antenna this month:"
    assert "• 1 text waits for a second person" in words
    assert words[-1] == "All of it: https://console.example/words/digest"
    assert all(line.startswith("•") for line in words[1:-1])
    assert "secret" not in found[0][1]


async def test_where_there_is_nothing_to_do_nobody_is_told(bureau: Bureau, tmp_path: Path) -> None:
    """A month in which all is well is not worth a line."""
    groups(bureau, Bond())
    work = monthly(bureau, SetClock("2026-11-23T10:00:00+01:00"), tmp_path)
    work._furniture.library, work._furniture.numbers = Library(()), ()
    work._book = load_book(tmp_path)
    await work.tick()
    assert told(bureau) == []


def test_each_thing_stands_in_the_digest_once(bureau: Bureau) -> None:
    """Overdue before soon, soon before never checked."""
    desk = Desk.laid(load_book(LOCALES), bureau.languages, Standing(), [])
    library, numbers = load_library(CONTENT), load_numbers(CONTENT)
    digest = make_digest(desk, library, numbers, {}, date(2026, 12, 20))
    lists = [digest.overdue, digest.soon, digest.unverified]
    subjects = [one.subject for found in lists for one in found]
    assert len(subjects) == len(set(subjects))
    assert all(digest.overdue)
    assert lines(digest, "")[-1].source.startswith("•")
