"""Secret flows in a whole town: what the chat shows, what the disk holds, and how it all goes."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.pace import Limits
from bot.workshop import Asker, Bench
from flows.effects import Json
from storage.vault import MEMORY
from tests.acceptance.search import count
from tests.acceptance.town import Person, Town, open_town
from tests.flows.secret import Hand, Seal, secret_flows

STORY = "the boss keeps my passport in his car"
CODE = "4711 0815 1234 5678"


@pytest.fixture
async def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Town]:
    """A town whose bot knows the secret flows of the tests, and does what is slow in them."""
    monkeypatch.setattr("bot.app.FLOWS", secret_flows())
    # No test here is about the pace: where two hundred are answered nobody waits for it.
    async with open_town(tmp_path / "data", limits=Limits(per_second=0)) as running:
        teach(running)
        yield running


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder of this test in memory."""
    folder = MEMORY / f"antenna-test-{os.getpid()}-{os.urandom(4).hex()}"
    folder.mkdir(mode=0o700)
    yield folder
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    folder.rmdir()


def teach(town: Town) -> None:
    """What is slow is done at once."""

    async def seal(effect: Seal, asker: Asker) -> Json:
        return "sealed"

    async def hand(effect: Hand, asker: Asker) -> Json:
        return CODE

    town.antenna.workshop.teach(Seal, seal, Bench(4))
    town.antenna.workshop.teach(Hand, hand, Bench(1))


async def teller(town: Town, *, careful: bool = False) -> Person:
    """Somebody in the middle of telling."""
    amina = await town.resident(careful=careful)
    await amina.sends("/telling")
    await amina.taps("pay")
    await amina.sends(STORY)
    return amina


@pytest.mark.parametrize("careful", [False, True])
async def test_what_is_told_leaves_the_chat_at_once(town: Town, careful: bool) -> None:
    """Words and photos are deleted for everybody; one page is edited where it is."""
    amina = await town.resident(careful=careful)
    await amina.sends("/telling")
    page = amina.screen.message_id
    await amina.taps("pay")
    await amina.sends(STORY)
    await amina.sends(photo={})
    await amina.sends("a word where none is asked for")
    assert [one.id for one in amina.messages if one.mine and one.id >= page] == [page]
    assert (amina.screen.message_id, len(amina.screens)) == (page, 1)
    assert [text for text in amina.wrote if text != "/start"] == []


@pytest.mark.parametrize("careful", [False, True])
async def test_who_hits_a_mistake_of_ours_is_told_and_goes_on(town: Town, careful: bool) -> None:
    """What fails every time is said in one line and leaves the chat; the same step goes on then."""
    amina = await teller(town, careful=careful)

    async def broken(effect: Seal, asker: Asker) -> Json:
        raise ZeroDivisionError

    town.antenna.workshop.teach(Seal, broken, Bench(4))
    town.expected |= {"turn_failed", "update_quarantined"}
    page = amina.screen
    await amina.sends(photo={})
    told = [one for one in amina.said if "Something went wrong on our side" in one]
    assert (len(told), amina.screen, amina.wrote) == (1, page, ["/start"])
    assert "photo" not in told[0]
    teach(town)
    await amina.sends(photo={})
    await amina.taps("⏭️ Skip")
    assert amina.screen.text.splitlines()[0] == f"pay {STORY} sealed"


async def test_an_image_of_the_disk_opens_no_draft(town: Town) -> None:
    """Neither the files nor the key of the house say what was told, or that anything was."""
    amina = await teller(town)
    vault = town.vault()
    lookups = town.query("SELECT lookup, body FROM draft")
    files = [file for file in town.data.rglob("*") if file.is_file()]
    assert count(b"".join(file.read_bytes() for file in files), [STORY, "passport"]) == 0
    assert [flow for flow, _at, _log in amina.place()] == ["home"]
    assert len(lookups) == 1
    assert lookups[0][0] != vault.lookup(amina.chat_id)
    assert town.query("SELECT count(*) FROM chat_message WHERE wash_at IS NOT NULL") == [(0,)]


async def test_the_log_of_the_database_names_nobody_who_told(town: Town) -> None:
    """Fifteen seconds later no transaction is left in it, so that none of them says to whom
    something secret was sent."""
    await teller(town)
    log = town.database.with_name(f"{town.database.name}-wal")
    before = log.stat().st_size
    await town.ticks()
    assert (before > 0, log.stat().st_size) == (True, 0)


async def test_a_restart_finds_what_was_begun(town: Town, memory: Path) -> None:
    """The keys are in memory that outlives the process: the next word goes on."""
    town.settings = town.settings.model_copy(update={"memory": memory})
    await town.restarts()
    teach(town)
    amina = await teller(town)
    await town.restarts()
    teach(town)
    await amina.sends(photo={})
    assert amina.screen.text.splitlines()[0] == "A photo?"
    await amina.taps("⏭️ Skip")
    assert amina.screen.text.splitlines()[0] == f"pay {STORY} sealed"


async def test_without_the_keys_the_person_is_told_to_begin_again(town: Town) -> None:
    """After the machine was off nothing can be opened; one sentence says so, and no row stays."""
    amina = await teller(town)
    await town.restarts()
    teach(town)
    await amina.taps("⏭️ Skip")
    assert "What you began here is not kept any more. Please begin again." in amina.screen.text
    await town.ticks()
    assert town.query("SELECT count(*) FROM draft") == [(0,)]


@pytest.mark.parametrize(("careful", "minutes"), [(False, 61), (True, 11)])
async def test_a_secret_page_is_washed_and_can_be_gone_on_with(
    town: Town, careful: bool, minutes: int
) -> None:
    """Home stands in its place; what was told is set aside for those who come back.

    On a watched phone home does not show that there is anything: only the form's own door goes on.
    """
    amina = await teller(town, careful=careful)
    page = amina.screen.message_id
    await town.passes(timedelta(minutes=minutes), step=timedelta(minutes=minutes))
    title = "📚 Courses and information" if careful else "🏠 How can I help you?"
    assert (amina.screen.text.splitlines()[0], amina.screen.message_id) == (title, page)
    assert ("▶️ Go on where you were" in amina.screen.labels) is not careful
    if careful:
        await amina.sends("/telling")
        assert "You began this before. Here you go on." in amina.screen.text.splitlines()
    else:
        await amina.taps("▶️ Go on where you were")
    assert "A photo?" in amina.screen.text.splitlines()


async def test_what_was_begun_is_gone_after_its_time(town: Town) -> None:
    """A day after the last word nothing is left to go on with, not even the row."""
    amina = await teller(town)
    await town.passes(timedelta(hours=25), step=timedelta(hours=5))
    assert town.query("SELECT count(*) FROM draft") == [(0,)]
    await amina.sends("/menu")
    assert "▶️ Go on where you were" not in amina.screen.labels


async def test_what_is_gone_on_with_again_and_again_has_an_end(town: Town) -> None:
    """It is let go no later than the files that wait for it, so that none is missed later."""
    amina = await teller(town)
    offered = []
    for _evening in range(3):
        await town.passes(timedelta(hours=20), step=timedelta(hours=5))
        offered.append("▶️ Go on where you were" in amina.screen.labels)
        if offered[-1]:
            await amina.taps("▶️ Go on where you were")
    assert (offered[0], offered[-1]) == (True, False)
    assert town.query("SELECT count(*) FROM draft") == [(0,)]


@pytest.mark.parametrize("deed", ["[🚪 Close now]", "/stop", "/clean", "stop"])
async def test_close_now_leaves_a_word_of_italian(town: Town, deed: str) -> None:
    """Under 429 too: when it is over, one message stands in the chat and nothing else."""
    amina = await teller(town)
    page = amina.screen.message_id
    for method in ("deleteMessages", "editMessageText"):
        await town.telegram.fault("429", method, times=3, retry_after=1)
    if deed.startswith("["):
        await amina.phone.tap(deed[1:-1])
    else:
        await amina.phone.send(deed)
    await town.settles()
    assert [one.id for one in amina.messages] == [page]
    assert amina.screen.text.splitlines()[0] == "📘 Italian word of the day"
    assert amina.screen.labels == ["🏠 Home"]
    assert town.query("SELECT count(*) FROM draft") == [(0,)]


async def test_close_now_waits_for_a_locked_database(town: Town) -> None:
    """While another holds the database nothing is lost: the page goes as soon as it is free."""
    amina = await teller(town)
    with closing(sqlite3.connect(town.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        tapping = asyncio.ensure_future(amina.phone.tap("🚪 Close now"))
        await town.until(lambda: town.telegram.state.updates.pending != [])
        other.execute("ROLLBACK")
    await tapping
    await town.settles()
    assert (len(amina.messages), amina.screen.labels) == (1, ["🏠 Home"])


async def test_the_code_stands_over_the_chat_and_never_in_it(town: Town) -> None:
    """With 429 it comes a little later; it is in no message, no row and no file."""
    amina = await teller(town)
    await amina.taps("⏭️ Skip")
    await town.telegram.fault("429", "answerCallbackQuery", times=1, retry_after=1)
    await amina.phone.tap("send", wait=5)
    await town.settles()
    await town.until(lambda: amina.popups != [])
    await amina.taps("again")
    assert amina.popups == [CODE, CODE]
    assert [text for text in amina.said if CODE in text] == []
    files = [file for file in town.data.rglob("*") if file.is_file()]
    assert count(b"".join(file.read_bytes() for file in files), [CODE]) == 0


async def test_an_album_is_taken_whole_and_shown_once(town: Town) -> None:
    """Ten photos are ten answers and one page."""
    amina = await teller(town)
    before = len(town.judge.of("editMessageText"))
    await amina.phone.send(album=[{"photo": {}}] * 10)
    await town.settles()
    shown = len(town.judge.of("editMessageText")) - before
    await amina.taps("⏭️ Skip")
    assert amina.screen.text.splitlines()[0] == f"pay {STORY} " + " ".join(["sealed"] * 10)
    assert shown == 1


async def test_a_slow_file_holds_up_nobody_else(town: Town) -> None:
    """Two hundred others are answered while one file takes as long as it may."""
    amina = await teller(town)
    given_up = asyncio.Event()

    async def seal(effect: Seal, asker: Asker) -> Json:
        await given_up.wait()
        raise TimeoutError  # as the bench does when the seconds are over: here the test says when

    town.antenna.workshop.teach(Seal, seal, Bench(4), busy="busy")
    phones = [await town.telegram.phone(f"N{number}") for number in range(200)]
    await amina.phone.send(photo={})
    for phone in phones:
        await phone.send("/start")

    def answered() -> list[bool]:
        chats = town.telegram.state.chats
        return [any(one.mine for one in chats[p.chat_id].messages.values()) for p in phones]

    # Telegram shows the hundred oldest updates; the others are reached when the file is given up.
    await town.until(lambda: sum(answered()) >= 99)
    held = answered()
    given_up.set()
    await town.until(lambda: all(answered()))
    assert held == [True] * 99 + [False] * 101
