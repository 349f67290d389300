"""Where slow effects are done: few hands, short lines, a busy word; and how often one may ask."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.clock import Clock
from bot.quota import EVIDENCE_A_DAY, REPORTS_A_DAY, Quota, limit_reports
from bot.workshop import Asker, Bench, Workshop, WorkshopError
from flows.effects import Json
from flows.report_effects import SendReport, TakeEvidence
from flows.report_model import Box, Ending, Level
from tests.flows.secret import Hand, Seal

HER = Asker(700_001)
TODAY = date(2026, 11, 23)


class Hands:
    """A performer that is told when it may end, and counts who is at work."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.at_work = 0
        self.most = 0

    async def seal(self, effect: Seal, asker: Asker) -> Json:
        """Work until told to end."""
        self.at_work += 1
        self.most = max(self.most, self.at_work)
        await self.go.wait()
        self.at_work -= 1
        return effect.file_id


async def test_so_many_hands_and_so_many_who_wait() -> None:
    """Two work, three wait, whoever comes then hears the busy word at once."""
    workshop, hands = Workshop(), Hands()
    workshop.teach(Seal, hands.seal, Bench(2, line=3), busy="busy")
    works = [asyncio.ensure_future(workshop.work(Seal(str(n)), HER)) for n in range(7)]
    done, _waiting = await asyncio.wait(works, return_when=asyncio.FIRST_COMPLETED)
    assert sorted(str(work.result()) for work in done) == ["busy", "busy"]
    hands.go.set()
    assert await asyncio.gather(*works) == ["0", "1", "2", "3", "4", "busy", "busy"]
    assert (hands.most, hands.at_work) == (2, 0)


async def test_nobody_waits_longer_than_the_bench_allows() -> None:
    """What takes too long is given up with the busy word, and its hand is free for the next."""
    workshop, hands = Workshop(), Hands()
    workshop.teach(Seal, hands.seal, Bench(1, seconds=0.01), busy="busy")
    assert await workshop.work(Seal("a"), HER) == "busy"
    hands.go.set()
    assert await workshop.work(Seal("b"), HER) == "b"


async def test_plain_work_is_done_in_a_thread_of_its_bench() -> None:
    """The loop goes on meanwhile; the chat it is done for is told."""
    workshop = Workshop()
    workshop.teach_work(Hand, lambda effect, asker: f"{effect.told} {asker.chat_id}", Bench(1))
    assert await workshop.work(Hand("told"), HER) == "told 700001"
    workshop.close()


async def test_what_nobody_was_taught_is_said() -> None:
    """A mistake in how the house was put together has words."""
    with pytest.raises(WorkshopError, match="Nobody does Hand here"):
        await Workshop().work(Hand("told"), HER)


def test_nobody_is_named_by_what_is_done_for_them() -> None:
    """An asker prints as nothing."""
    assert repr(HER) == "Asker()"


def test_a_chat_has_its_own_count_and_the_same_thing_counts_once() -> None:
    """Another chat is not touched, a repeated update costs nothing, tomorrow is a new day."""
    quota = Quota(2)
    asked = [(1, "a"), (1, "b"), (1, "a"), (1, "c"), (2, "c")]
    assert [quota.allows(*one, TODAY) for one in asked] == [True, True, True, False, True]
    assert quota.allows(1, "c", TODAY + timedelta(days=1))
    assert len(quota) == 1


def test_a_flood_of_chats_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """The chats that were silent longest are let go."""
    monkeypatch.setattr("bot.quota.MOST_CHATS", 3)
    quota = Quota(1)
    for chat in range(10):
        quota.allows(chat, "a", TODAY)
    assert len(quota) == 3


async def test_one_report_or_file_too_many_gets_the_word_of_a_full_house() -> None:
    """Six reports and twenty-one files of one day: the last of each is not taken, and nobody is
    told that nobody reads reports."""
    workshop = Workshop()
    limit_reports(workshop, Clock())

    async def number(effect: SendReport, asker: Asker) -> Json:
        return "7F3K"

    async def taken(effect: TakeEvidence, asker: Asker) -> Json:
        return {}

    workshop.teach(SendReport, number, Bench(1))
    workshop.teach(TakeEvidence, taken, Bench(1))
    box = Box("00", "00")
    report = SendReport(box, "{}", (), Level.SERIOUS, "field", "MB", Ending.CODE, "it")
    sent = [
        await workshop.work(replace(report, box=Box(str(n), "00")), HER)
        for n in range(REPORTS_A_DAY + 1)
    ]
    files = [
        await workshop.work(TakeEvidence(box, "photo", str(n), 1), HER)
        for n in range(EVIDENCE_A_DAY + 1)
    ]
    assert (sent, files[-2:]) == (["7F3K"] * REPORTS_A_DAY + [None], [{}, "full"])
