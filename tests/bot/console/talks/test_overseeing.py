"""What a coordinator sees of other offices' conversations, and gives to another desk."""

from __future__ import annotations

import pytest

from storage.handoffs import Handoff
from storage.operators import Role, set_role
from tests.bot.console.house import Browser
from tests.bot.console.talks.house import Bureau


async def coordinator(bureau: Bureau, territory: str = "Carate") -> Browser:
    """Rosa of Desio, who coordinates a territory."""
    rosa = bureau.reader("Rosa", Role.COORDINATOR, bureau.desio)
    bureau.do(lambda c: set_role(c, rosa.operator.id, Role.COORDINATOR, territory))
    return await bureau.at(rosa)


async def test_a_coordinator_sees_who_waits_and_no_word(bureau: Bureau) -> None:
    """Name, desk, how long and with whom; nothing of what was told or what it is about."""
    theirs, ours = bureau.asks("bn", "carate", words="segreto"), bureau.asks()
    browser = await coordinator(bureau)
    await browser.get("/talks/others")
    assert (theirs.designation in browser.text, ours.designation in browser.text) == (True, False)
    assert [one for one in ("segreto", "Pay", "Bengali", "Bangla") if one in browser.text] == []
    assert (await browser.get(f"/talks/{theirs.id}")).status == 404


async def test_a_coordinator_gives_one_to_another_desk(bureau: Bureau) -> None:
    """With the reason it is the other desk's; without one nothing is different."""
    theirs = bureau.asks(desk="carate")
    browser = await coordinator(bureau)
    await browser.get("/talks/others")
    refused = await browser.post(f"/talks/{theirs.id}/hand", desk="desio", why="")
    assert refused.headers["Location"] == "/talks/others?done=refused"
    assert bureau.kept(theirs).desk == "carate"
    await browser.post(f"/talks/{theirs.id}/hand", desk="desio", why="lì nessuno risponde")
    assert (bureau.kept(theirs).desk, bureau.kept(theirs).office) == ("desio", bureau.desio)


@pytest.mark.parametrize("territory", ["Desio", ""])
async def test_another_territory_is_not_theirs(bureau: Bureau, territory: str) -> None:
    """What belongs to another territory is neither in the list nor to be given away."""
    theirs: Handoff = bureau.asks(desk="carate")
    browser = await coordinator(bureau, territory)
    await browser.get("/talks/others")
    assert theirs.designation not in browser.text
    answer = await browser.post(f"/talks/{theirs.id}/hand", desk="desio", why="perché")
    assert (answer.status, bureau.kept(theirs).desk) == (404, "carate")


async def test_an_operator_has_no_such_list(bureau: Bureau) -> None:
    """Whoever gives no work to others is refused, and no link leads there."""
    browser = await bureau.at(bureau.anna)
    assert (await browser.get("/talks/others")).status == 403
    await browser.get("/talks")
    assert "/talks/others" not in browser.text
