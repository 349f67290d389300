"""What the report's flows ask for comes back as they read it, and tries are counted in memory."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.reporting import Reporting
from bot.tries import ALL_TRIES, CHAT_TRIES, MOST_CHATS, Tries
from flows.report_effects import (
    AddToReport,
    CutLine,
    GiveCode,
    KeepCode,
    OpenByCode,
    WithdrawReport,
)
from flows.report_model import Ending, Opened, Status, Words
from storage.reports import Push, Reports
from storage.reports.database import default_reports_url
from storage.vault import LIGHT_EFFORT, Recipient
from tests.storage.reports.makers import ANNA, EVERYBODY, a_report

CHAT = 777_000_111


class Still(Clock):
    """A clock whose seconds are set by hand."""

    at = 1000.0

    def monotonic(self) -> float:
        """Where it was set."""
        return self.at


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Reports]:
    """Reports of their own, with light codes."""
    found = Reports.open(default_reports_url(tmp_path), data=tmp_path, effort=LIGHT_EFFORT)
    yield found
    found.close(Clock().now())


@pytest.fixture
def reporting(reports: Reports) -> Reporting:
    """The performer, with everybody entitled to everything."""
    return Reporting(reports, lambda province, excluded: EVERYBODY, Still())


def test_a_report_goes_from_sending_to_withdrawal(reporting: Reporting, reports: Reports) -> None:
    """Each effect's result is JSON that the effect itself reads back."""
    made = a_report(ending=Ending.LINE)
    number = reporting.perform(made, CHAT, careful=True)
    assert number == reports.queue(ANNA)[0].number
    reports.mailboxes.prepare()
    code = reporting.perform(GiveCode(made.box), CHAT)
    assert isinstance(code, str)
    assert reporting.perform(KeepCode(made.box), CHAT) is True
    push = reports.reply(ANNA, made.box.id, Words(True, "Come"), Clock().now())
    assert push == Push(CHAT, "ar", careful=True)
    opening = OpenByCode(code)
    value = json.loads(json.dumps(reporting.perform(opening, CHAT)))
    assert opening.read(value) == Opened(
        made.box, Status.RECEIVED, "", (Words(True, "Come"),), 1, line=True
    )
    assert reporting.perform(AddToReport(made.box, "More", ()), CHAT) is True
    assert reporting.perform(CutLine(made.box), CHAT) is True
    assert reporting.perform(WithdrawReport(made.box), CHAT) is True
    assert reporting.perform(AddToReport(made.box, "More", ()), CHAT) is False
    assert reporting.perform(KeepCode(made.box), CHAT) is False
    assert reporting.perform(opening, CHAT) == "unknown"


def test_who_is_entitled_is_asked_with_what_the_person_said(reports: Reports) -> None:
    """Province and excluded offices are handed on; with too few keys the answer is empty."""
    asked: list[tuple[str, tuple[str, ...]]] = []

    def find(province: str, excluded: Sequence[str]) -> Sequence[Recipient]:
        asked.append((province, tuple(excluded)))
        return ()

    made = a_report(excluded=("desk-7",))
    assert Reporting(reports, find, Clock()).perform(made, CHAT) == ""
    assert asked == [("MB", ("desk-7",))]


def test_after_five_wrong_codes_a_chat_waits_an_hour(reports: Reports) -> None:
    """The sixth try is not even made; another chat may try meanwhile, and so may it later."""
    clock = Still()
    reporting = Reporting(reports, lambda province, excluded: EVERYBODY, clock)
    wrong = OpenByCode("0000000000000000")
    said = [reporting.perform(wrong, CHAT) for _ in range(CHAT_TRIES + 2)]
    assert said == ["unknown"] * 5 + ["wait"] * 2
    assert reporting.perform(wrong, CHAT + 1) == "unknown"
    clock.at += 3599
    assert reporting.perform(wrong, CHAT) == "wait"
    clock.at += 1
    assert reporting.perform(wrong, CHAT) == "unknown"


class TestTries:
    """How tries are counted."""

    def test_all_together_try_ten_times_a_minute(self) -> None:
        """However many chats there are, the eleventh of a minute waits for the first to be old."""
        tries = Tries()
        may = [tries.may(chat, 100.0 + chat) for chat in range(ALL_TRIES + 1)]
        assert may == [True] * 10 + [False]
        assert tries.may(99, 159.9) is False
        assert tries.may(99, 160.0) is True

    def test_slow_tries_are_never_too_many(self) -> None:
        """Four an hour go on for ever."""
        tries = Tries()
        assert all(tries.may(CHAT, 900.0 * n) for n in range(100))

    def test_a_right_code_clears_the_count(self) -> None:
        """Whoever has the code may look as often as they like."""
        tries = Tries()
        for n in range(20):
            assert tries.may(CHAT, n * 61.0) is True
            tries.forgive(CHAT)

    def test_a_new_day_knows_nothing_of_the_old(self) -> None:
        """The key that chats were counted under is another one."""
        tries = Tries()
        for _ in range(CHAT_TRIES):
            tries.may(CHAT, 0.0)
        before = tries._name(CHAT)
        assert tries.may(CHAT, 1.0) is False
        assert tries.may(CHAT, 86_400.0) is True
        assert tries._name(CHAT) != before

    def test_memory_is_bounded(self) -> None:
        """A crowd of strangers does not fill it."""
        tries = Tries()
        for chat in range(MOST_CHATS + 50):
            tries.may(chat, chat * 7.0 % 80_000)
        assert len(tries._chats) <= MOST_CHATS

    def test_nothing_in_it_names_a_chat(self) -> None:
        """What it keeps holds no chat id."""
        tries = Tries()
        tries.may(CHAT, 0.0)
        assert CHAT.to_bytes(9, "big", signed=True) not in b"".join(tries._chats)
