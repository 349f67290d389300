"""The list of conversations: who stands in it, in which order, what it says, what it hides."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from flows.handoff_model import LineKind, Need, Reason, Urgency
from storage.handoffs import Content
from storage.operators import Role
from tests.bot.console.talks.house import Bureau

NAMES = re.compile(r'class="talk-name">.*?<bdi>(.*?)</bdi>', re.S)


async def listed(bureau: Bureau, query: str = "") -> list[str]:
    """The names in Anna's list, from the top."""
    browser = await bureau.at(bureau.anna)
    answer = await browser.get(f"/talks{query}")
    assert answer.status == 200
    return NAMES.findall(browser.text)


async def test_who_needs_an_answer_most_stands_first(bureau: Bureau) -> None:
    """What is urgent now comes first, then who waits longest, then what was answered."""
    answered = bureau.asks(words="uno")
    await bureau.handoffs.say(bureau.anna.operator, answered.id, Content(LineKind.TEXT, "Sì"))
    long = bureau.asks(words="due")
    bureau.clock.go(timedelta(minutes=5))
    short = bureau.asks(words="tre")
    urgent = bureau.asks(words="quattro", urgency=Urgency.NOW)
    wanted = [one.designation for one in (urgent, long, short, answered)]
    assert await listed(bureau) == wanted


async def test_others_offices_conversations_are_not_there(bureau: Bureau) -> None:
    """What another office is asked stands in nobody's list of this one."""
    ours, theirs = bureau.asks(), bureau.asks(desk="carate")
    assert await listed(bureau) == [ours.designation]
    browser = await bureau.at(bureau.carla)
    await browser.get("/talks")
    assert NAMES.findall(browser.text) == [theirs.designation]


async def test_the_list_says_nothing_of_what_was_told(bureau: Bureau) -> None:
    """No word of a person, and nothing that says which account it is, is in the list."""
    talk = bureau.asks(words="non mi pagano da due mesi")
    browser = await bureau.at(bureau.anna)
    await browser.get("/talks")
    hidden = ("non mi pagano", str(talk.person_id), str(bureau.chats))
    assert [one for one in hidden if one in browser.text] == []


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("", "abd"),
        ("?state=closed", "c"),
        ("?state=all", "abcd"),
        ("?state=claimed", "b"),
        ("?owner=mine", "b"),
        ("?owner=nobody", "ad"),
        ("?need=house", "a"),
        ("?language=bn", "b"),
        ("?level=3", "d"),
        ("?territory=Desio", "abd"),
        ("?territory=Carate", ""),
        ("?waits=60", "a"),
        ("?need=nothing&level=x&waits=-1&state=%00&owner=1'", "abd"),
    ],
)
async def test_the_list_is_narrowed_to_what_is_asked_for(
    bureau: Bureau, query: str, wanted: str
) -> None:
    """By state, owner, need, language, level, territory and waiting time; what is none is none."""
    made = {"a": bureau.asks(need=Need.HOUSE, words="a")}
    bureau.clock.go(timedelta(hours=2))
    made["b"] = bureau.asks("bn", words="b")
    await bureau.handoffs.claim(bureau.anna.operator, made["b"].id)
    made["c"] = bureau.asks(words="c")
    await bureau.handoffs.close(bureau.bruno.operator, made["c"].id, Reason.ANSWERED)
    made["d"] = bureau.asks(words="d", level=3)
    by_name = {talk.designation: sign for sign, talk in made.items()}
    found = await listed(bureau, query)
    assert "".join(sorted(by_name[one] for one in found)) == wanted


async def test_one_is_found_by_its_name_in_any_state(bureau: Bureau) -> None:
    """Whoever reads a name in the group finds the conversation, also a closed one."""
    talk = bureau.asks()
    bureau.asks()
    await bureau.handoffs.close(bureau.bruno.operator, talk.id, Reason.ANSWERED)
    word = talk.designation.split()[0]
    assert talk.designation in await listed(bureau, f"?words={word}")


async def test_it_is_said_who_is_on_it(bureau: Bureau) -> None:
    """Whose it is, who has it open and who is writing stands beside each."""
    talk = bureau.asks()
    await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
    browser = await bureau.at(bureau.anna)
    await browser.get("/talks")
    assert "with Bruno" in browser.text
    with bureau.talks.presence.looking(talk.id, bureau.bruno.operator.id):
        await browser.get("/talks")
        assert "Bruno has this open" in browser.text
        bureau.talks.presence.writes(talk.id, bureau.bruno.operator.id, bureau.clock.monotonic())
        await browser.get("/talks")
        assert "Bruno is writing to the person now" in browser.text
    bureau.clock.go(timedelta(minutes=1))
    await browser.get("/talks")
    assert "writing to the person" not in browser.text


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "%00"])
async def test_a_page_of_the_list_is_one_that_is_there(bureau: Bureau, page: str) -> None:
    """Whatever is asked for, a page of the list comes back."""
    talk = bureau.asks()
    assert await listed(bureau, f"?page={page}") == [talk.designation]


async def test_antennas_have_no_list(bureau: Bureau) -> None:
    """Whoever only hands on is not let in, and their menu does not lead here."""
    ada = bureau.reader("Ada", Role.ANTENNA, bureau.desio)
    talk = bureau.asks()
    browser = await bureau.at(ada)
    found = [
        (await browser.get(path)).status
        for path in ("/talks", "/talks/now", "/talks/live", f"/talks/{talk.id}")
    ]
    await browser.get("/account")
    assert (found, 'href="/talks"' in browser.text) == ([403] * 4, False)
