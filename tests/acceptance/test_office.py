"""What the office sees of whoever wrote, and what Telegram is given of what was told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest

from storage.group import SUPER
from storage.reports import Reader
from tests.acceptance.bureau import Bureau, Screen, opens_office, reports_of, signed_in
from tests.acceptance.operators import connect, tick
from tests.acceptance.search import count
from tests.acceptance.teller import BASICS, CODED, SENT, Teller
from tests.acceptance.town import Town

Capsys = pytest.CaptureFixture[str]
CHAT = 7_345_678_901
NAME, LAST, USERNAME, PHONE = "Kanarina", "Lastcanary", "canary_username", "+39 351 444 0917"
WHO: list[str | int] = [CHAT, NAME, LAST, USERNAME, PHONE, PHONE.replace(" ", "")]
STORY = "They keep the passports in the grey safe, since spring"
TOLD: list[str | int] = [STORY, "grey safe", "passports"]


@dataclass
class Told:
    """A report on its way from a phone to the office and back."""

    teller: Teller
    bureau: Bureau
    screen: Screen
    report: str


async def tell(town: Town, *, danger: bool = True, ending: str = "line") -> Teller:
    """Somebody with a telling name tells, with a reply line."""
    names = {"last_name": LAST, "username": USERNAME}
    amina = await town.resident(NAME, id=CHAT, **names)
    teller = Teller(amina)
    await teller.chooses("wrong", "report")
    if danger:
        await teller.chooses("danger", "mark")
        await teller.chooses(*BASICS[1:], "more")
    else:
        await teller.chooses(*BASICS, "more")
    await teller.passes_to("story")
    await teller.writes(STORY)
    await teller.writes(contact={"phone_number": PHONE, "user_id": CHAT, "first_name": NAME})
    await teller.chooses("done")
    await teller.hurries_to("send", ending=ending)
    await teller.chooses(*SENT, *CODED)
    return teller


async def the_report(screen: Screen, reader: Reader, town: Town) -> str:
    """The one report of the list."""
    await screen.opens("/reports")
    (row,) = reports_of(town).queue(reader)
    await screen.opens(f"/reports/{row.id}")
    return row.id


async def test_nothing_that_reaches_the_office_names_the_person(town: Town, capsys: Capsys) -> None:
    """0 of 6 ways to name somebody in every page of the console and every call for the group."""
    await connect(town, capsys)
    bureau = await opens_office(town)
    await tell(town)
    await tick(town)
    async with signed_in(town, bureau.colleagues[0]) as screen:
        report = await the_report(screen, bureau.readers[0], town)
        assert STORY in screen.received[-2], "the office does read the story"
        await screen.replies(report, "thanks")
        await screen.opens("/audit")
    group = [one.params for one in town.judge.calls if to_group(one.params)]
    pages = "\n".join(screen.received).encode()
    calls = json.dumps(group, ensure_ascii=False).encode()
    assert (len(group) >= 2, len(screen.received) >= 10) == (True, True)
    assert count(pages, WHO) == 0, f"of {len(WHO)} in {len(screen.received)} answers"
    assert count(calls, WHO) == 0, f"of {len(WHO)} in {len(group)} calls"


async def test_no_words_of_a_report_reach_a_group(town: Town, capsys: Capsys) -> None:
    """0 words told in any call to a group; nothing is forwarded or copied, to anybody."""
    rosa = await connect(town, capsys)
    await opens_office(town)
    await tell(town)
    await tick(town)
    group = [one.params for one in town.judge.calls if to_group(one.params)]
    assert "🔴" in rosa.messages[-1].body["text"], "the group is told that it is there"
    assert count(json.dumps(group, ensure_ascii=False).encode(), TOLD) == 0
    copied = {"forwardMessage", "forwardMessages", "copyMessage", "copyMessages"}
    assert [one.method for one in town.judge.calls if one.method in copied] == []


async def test_an_answer_finds_its_way_back(town: Town) -> None:
    """The office answers; the phone gets one neutral line; its button leads to the code."""
    bureau = await opens_office(town)
    teller = await tell(town, danger=False)
    before = len(teller.person.messages)
    async with signed_in(town, bureau.colleagues[0]) as screen:
        report = await the_report(screen, bureau.readers[0], town)
        await screen.replies(report, "thanks")
    assert len(teller.person.messages) == before + 1
    note = teller.person.messages[-1]
    assert (note.body["text"].splitlines()[-1], note.silent) == (
        "✉️ There is an answer for you.",
        True,
    )
    await teller.person.taps("🔑 Read with my code")
    await teller.chooses(*teller.codes[-1], "v")
    await teller.chooses("read")
    assert "✅ We have read your report. Thank you." in teller.person.screen.text


async def test_an_excluded_office_cannot_open_it(town: Town) -> None:
    """Two offices, one marked as knowing the boss: its people do not even see the report."""
    near = await opens_office(town, "Near", "Anna", "Bruno")
    far = await opens_office(town, "Far", "Carla")
    amina = await town.resident()
    teller = Teller(amina)
    await teller.chooses("wrong", "report", *BASICS, "enough", "inform", "ok")
    await teller.chooses(near.office.key, "ok")
    await teller.hurries_to("send")
    await teller.chooses(*SENT)
    seen = [len(reports_of(town).queue(one)) for one in (*near.readers, *far.readers)]
    assert seen == [0, 0, 1]


def to_group(params: dict[str, Any]) -> bool:
    """Whether a call goes to a group."""
    chat = params.get("chat_id")
    return isinstance(chat, int) and chat <= SUPER
