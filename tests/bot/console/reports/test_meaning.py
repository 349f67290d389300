"""A report is translated on this machine or nowhere: no request leaves with its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.clock import Clock
from bot.console.reports import meaning
from bot.meaning.interpreter import Interpreter, for_reports
from bot.meaning.libretranslate import LibreTranslate
from bot.meaning.translator import NONE, Meant, NotMeant, Why
from bot.watch import Silent
from tests.bot.console.reports.bureau import Bureau
from tests.bot.console.reports.shelf import STORY
from tests.bot.meaning.scripted import Scripted

WORDS = "Il datore tiene il mio passaporto."


def on_this_machine(*says: Meant | NotMeant) -> Scripted:
    """A translator here."""
    return Scripted(list(says), place="127.0.0.1", is_local=True)


@pytest.fixture(autouse=True)
def filled(bureau: Bureau) -> Iterator[None]:
    """A report for Anna, with words in it."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna")])
    yield
    bureau.desk.interpreter = None


def test_who_is_elsewhere_is_given_no_report() -> None:
    """Neither a scripted one nor LibreTranslate at any address but this machine's."""
    clock, watch = Clock(), Silent()
    for url, may in (
        ("http://127.0.0.1:5000", True),
        ("http://[::1]:5000", True),
        ("http://localhost:5000", False),
        ("http://10.0.0.7:5000", False),
        ("https://mt.example", False),
    ):
        made = Interpreter(LibreTranslate(url, None, clock), clock, watch)
        assert for_reports(made) is (made if may else None)
    assert for_reports(Scripted().interpreter()) is None
    assert for_reports(Interpreter(NONE, clock, watch)) is None
    assert for_reports(None) is None


async def test_without_one_here_nothing_is_offered_and_nothing_is_asked(bureau: Bureau) -> None:
    """The page has no button, and its address answers without a word to anybody."""
    elsewhere = Scripted()
    bureau.desk.interpreter = for_reports(elsewhere.interpreter())
    page = await bureau["Anna"].get("/reports/r1")
    answer = await bureau["Anna"].post("/reports/r1/meaning")
    assert "/reports/r1/meaning" not in page.text
    assert (answer.status, "goes to no other" in answer.words) == (200, True)
    assert elsewhere.asked == []


async def test_what_was_written_stands_in_italian_below_it(bureau: Bureau) -> None:
    """Only what the person typed is asked for, it is marked, and the words themselves stay."""
    here = on_this_machine(Meant(WORDS, "ar"))
    bureau.desk.interpreter = here.interpreter()
    offered = await bureau["Anna"].get("/reports/r1")
    page = await bureau["Anna"].post("/reports/r1/meaning")
    asked = [text for text, _, _ in here.asked]
    assert 'action="/reports/r1/meaning"' in offered.text
    assert here.asked[0][2] == "it"
    assert STORY in asked
    assert [one for one in ("MB", "now", "worker") if one in asked] == []
    assert WORDS in page.text
    assert STORY.split("\n")[0] in page.text


async def test_nothing_of_it_is_kept(bureau: Bureau) -> None:
    """The next look at the report asks again, and shows nothing of the last."""
    bureau.desk.interpreter = on_this_machine(Meant(WORDS, "ar")).interpreter()
    await bureau["Anna"].post("/reports/r1/meaning")
    again = await bureau["Anna"].get("/reports/r1")
    assert WORDS not in again.text


async def test_where_it_fails_the_report_is_there_and_it_is_said(bureau: Bureau) -> None:
    """Half a translation says that it is half one."""
    here = on_this_machine(NotMeant(Why.SLOW))
    bureau.desk.interpreter = here.interpreter()
    page = await bureau["Anna"].post("/reports/r1/meaning")
    assert len(here.asked) == 1  # who does not answer is not waited for once more
    assert "did not translate everything" in page.words
    assert STORY.split("\n")[0] in page.text


async def test_more_than_is_translated_at_once_is_said(
    bureau: Bureau, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody gave to the machine does not look as if there was nothing more."""
    monkeypatch.setattr(meaning, "MOST", 1)
    here = on_this_machine(Meant(WORDS, "ar"))
    bureau.desk.interpreter = here.interpreter()
    page = await bureau["Anna"].post("/reports/r1/meaning")
    assert (len(here.asked), "did not translate everything" in page.words) == (1, True)
