"""Somebody fishes: tries codes, follows links, looks for a difference between right and wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

import storage.reports.returning
import storage.reports.sealing
import storage.vault.codes
from flows.report_model import Words as Said
from storage.reports import Reports
from storage.vault import LIGHT_EFFORT, new_code
from tests.acceptance.bureau import opens_office
from tests.acceptance.teller import BASICS, CODED, ENOUGH, SENT, Teller
from tests.acceptance.town import Person, Town
from tests.storage.reports.makers import ANNA, NOON, a_code, sent

WRONG = 1_000
LINKS = ("report", "code", "check", "line", "practice", "push:0:code", "l3:1,2", "../report")


@pytest.fixture
def reports(tmp_path: Path) -> Iterator[Reports]:
    """Reports on a disk, with codes that cost little."""
    url = f"sqlite:///{tmp_path / 'reports.db'}"
    opened = Reports.open(url, data=tmp_path, effort=LIGHT_EFFORT)
    yield opened
    opened.close(NOON)


@pytest.fixture
def work(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts what costs: derivations, openings, questions to the database."""
    done: Counter[str] = Counter()

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def work(*given: Any, **more: Any) -> Any:
            done[name] += 1
            return real(*given, **more)

        return work

    for module, name in (
        (storage.vault.codes, "derive"),
        (storage.reports.sealing, "open_with"),
        (storage.reports.sealing, "open_padded"),
        (storage.reports.sealing, "open_text"),
    ):
        monkeypatch.setattr(module, name, counted(name, getattr(module, name)))

    def asked(*_given: Any) -> None:
        done["asked"] += 1

    event.listen(reports.database.engine, "before_cursor_execute", asked)
    return done


def test_wrong_codes_and_right_ones_cost_the_same_work(
    reports: Reports, work: Counter[str]
) -> None:
    """A thousand wrong codes and a right one: as many derivations, openings and questions each."""
    code = a_code(reports, made := sent(reports))
    reports.reply(ANNA, made.box.id, Said(True, canned="thanks"), NOON)
    work.clear()
    assert reports.open_by_code(code, NOON) is not None
    right = dict(work)
    costs = set()
    for _try in range(WRONG):
        work.clear()
        assert reports.open_by_code(new_code(), NOON) is None
        costs.add(tuple(sorted(work.items())))
    assert costs == {tuple(sorted(right.items()))}
    assert right["derive"] == 1


async def coded(town: Town) -> Teller:
    """Somebody whose report was sent and who has its code."""
    await opens_office(town)
    teller = Teller(await town.resident())
    await teller.chooses("wrong", "report", *BASICS, *ENOUGH)
    await teller.hurries_to("send")
    await teller.chooses(*SENT, *CODED, "home")
    return teller


async def tries(person: Person, code: str) -> str:
    """Enter a code; what is to be read then."""
    teller = Teller(person)
    await person.sends("/code")
    await teller.chooses(*code, "v")
    return person.screen.text


async def test_every_refusal_has_the_same_words(town: Town) -> None:
    """Never there, withdrawn, too many tries of one chat, too many of all: one sentence for all."""
    amina = await coded(town)
    code = amina.codes[-1]
    others = [await town.resident(f"P{number}") for number in range(3)]
    said = {await tries(others[0], new_code()) for _try in range(6)}
    await town.passes(timedelta(minutes=2))
    await tries(others[1], code)
    teller = Teller(others[1])
    await teller.chooses("withdraw", "yes")
    said |= {await tries(others[2], code) for _try in range(6)}
    assert len(said) == 1
    assert said.pop().splitlines()[-1].startswith("🔒 I cannot open it now.")


async def test_tries_are_few(town: Town) -> None:
    """After five wrong codes the right one is refused too, for an hour; then it opens."""
    amina = await coded(town)
    code = amina.codes[-1]
    for _try in range(5):
        await tries(amina.person, new_code())
        await town.passes(timedelta(minutes=2))
    assert "🔓" not in await tries(amina.person, code)
    await town.passes(timedelta(minutes=61))
    assert "🔓" in await tries(amina.person, code)


async def test_a_code_that_is_typed_is_taken_away(town: Town) -> None:
    """Sixteen digits in the chat are deleted, kept nowhere, and open nothing."""
    amina = await coded(town)
    for form in amina.codes[-2:]:
        before = amina.person.place()
        await amina.person.sends(form)
        assert form not in amina.person.wrote
        assert amina.person.place() == before
    assert town.ears.written().count(amina.codes[-1]) == 0


async def test_no_link_opens_the_report(town: Town) -> None:
    """A link that was sent round leads home, whatever stands in it."""
    await opens_office(town)
    amina = await town.resident()
    await amina.sends("/menu")
    home = amina.screen.text
    for payload in LINKS:
        await amina.sends(f"/start {payload}")
        assert amina.screen.text == home
