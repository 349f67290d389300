"""The operators' group: bound with a word, kept in order, left alone otherwise."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.commands import group as commands
from bot.commands.place import RefusedError
from bot.group import door
from storage.group import SUPER
from tests.acceptance.operators import bound, connect, found, place, tick, told, word
from tests.acceptance.town import Town

Capsys = pytest.CaptureFixture[str]
ANONYMOUS = {"anonymous": True}


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    """The group is spoken to in Italian; here in the words of the source, which stay the same."""
    monkeypatch.setattr(door, "LANGUAGE", "en")


def left(town: Town) -> list[int]:
    """The groups the bot has left."""
    return [call.params["chat_id"] for call in town.judge.of("leaveChat")]


async def test_a_group_is_bound_with_its_word(town: Town, capsys: Capsys) -> None:
    """The word is written, the group is kept, sealed, and told; the rights are looked at."""
    rosa = await connect(town, capsys)
    group = await bound(town)
    assert group is not None
    assert (group.chat, group.status, group.may_delete) == (rosa.chat_id, "administrator", True)
    assert [line.splitlines()[0][:8] for line in told(rosa)] == ["✅ This g"]
    assert str(rosa.chat_id) not in repr(town.query("SELECT * FROM setting"))


@pytest.mark.parametrize("when", ["wrong", "spent", "old"])
async def test_only_the_word_of_now_binds(when: str, town: Town, capsys: Capsys) -> None:
    """A wrong word, one that was used and one of twenty minutes ago bind nothing."""
    rosa = await town.newcomer("Rosa")
    line = word(town, capsys)
    if when == "spent":
        await (await found(town, rosa, "First")).sends(line)
        line = line if word(town, capsys) else ""
    if when == "old":
        await town.passes(timedelta(minutes=20))
    before = await bound(town)
    other = await found(town, rosa, "Other")
    await other.sends("/connect 0000-0000" if when == "wrong" else line)
    assert await bound(town) == before
    assert (other.chat_id in left(town)) == (when == "old")


async def test_five_wrong_words_make_the_right_one_void(town: Town, capsys: Capsys) -> None:
    """Nobody guesses: after five tries the word that was printed binds nothing either."""
    rosa = await town.newcomer("Rosa")
    line = word(town, capsys)
    within = await found(town, rosa)
    for number in range(5):
        await within.sends(f"/connect 0000-000{number}")
    await within.sends(line)
    assert await bound(town) is None


async def test_strangers_groups_are_left(town: Town) -> None:
    """Without a word out, the bot leaves at once whoever brings it in, and says nothing."""
    rosa = await town.newcomer("Rosa")
    joined = await town.telegram.sim("join", **{"from": rosa.chat_id, "title": "Strangers"})
    await town.settles()
    assert len(left(town)) == 1, joined
    assert [call.method for call in town.judge.of("sendMessage")] == []


async def test_a_guest_leaves_when_the_word_is_old(town: Town, capsys: Capsys) -> None:
    """While a word is out the bot waits in a group; a quarter of an hour later it goes."""
    rosa = await town.newcomer("Rosa")
    word(town, capsys)
    await town.telegram.sim("join", **{"from": rosa.chat_id, "title": "Slow"})
    await town.settles()
    await tick(town)
    assert left(town) == []
    await town.passes(timedelta(minutes=20))
    await tick(town)
    assert len(left(town)) == 1


async def test_a_second_group_takes_the_place_of_the_first(town: Town, capsys: Capsys) -> None:
    """The first is told and left; the second is bound."""
    first = await connect(town, capsys)
    second = await connect(town, capsys, title="Second")
    group = await bound(town)
    assert group is not None
    assert group.chat == second.chat_id
    assert told(first)[-1].startswith("👋")
    assert left(town) == [first.chat_id]


async def test_a_group_that_becomes_a_supergroup_is_followed(town: Town, capsys: Capsys) -> None:
    """The new id is kept, the rights are looked at anew, and the new group is not left."""
    rosa = await connect(town, capsys, kind="group", rights=None, id=-4_242)
    moved = await town.telegram.sim("migrate", **{"from": rosa.phone.person_id}, chat=rosa.chat_id)
    await town.settles()
    await tick(town)
    group = await bound(town)
    assert group is not None
    assert (group.chat, group.is_super, group.checked) == (moved["id"], moved["id"] <= SUPER, True)
    assert left(town) == []


async def test_a_group_that_threw_the_bot_out_is_noted(town: Town, capsys: Capsys) -> None:
    """The removal is kept for `group show`; coming back mends it."""
    rosa = await connect(town, capsys)
    wish = {"from": rosa.phone.person_id, "chat": rosa.chat_id}
    await town.telegram.sim("join", **wish, status="kicked")
    await town.settles()
    commands.carry_out_list(place(town))
    assert "the bot was removed" in capsys.readouterr().out
    await town.telegram.sim("join", **wish, status="administrator")
    await town.settles()
    await tick(town)
    commands.carry_out_list(place(town))
    assert "✓ The bot is there as administrator." in capsys.readouterr().out


async def test_an_administrator_without_a_face_is_asked_to_show_it(
    town: Town, capsys: Capsys
) -> None:
    """Row 44: who writes as the group is nobody in particular; the word stays good."""
    rosa = await town.newcomer("Rosa")
    line = word(town, capsys)
    within = await found(town, rosa)
    await within.sends(line, **ANONYMOUS)
    assert told(within)[-1].startswith("You write as the group.")
    await within.sends(line)
    assert await bound(town) is not None


async def test_nothing_else_in_the_group_is_heard(town: Town, capsys: Capsys) -> None:
    """Words, commands, taps and other bots in the bound group lead to no call and no person."""
    rosa = await connect(town, capsys)
    people = town.query("SELECT count(*) FROM person")
    calls = len(town.judge.calls)
    for line in ("hello", "/start", "/help", "/connect 1111-2222", "/clean", "4821773011920045"):
        await rosa.sends(line)
    await rosa.sends("/start", **ANONYMOUS)
    profile = ("getMy", "setMy")  # of a beginning that is still under way, in every language
    heard = [one for one in town.judge.calls[calls:] if not one.method.startswith(profile)]
    assert heard == []
    assert town.query("SELECT count(*) FROM person") == people


async def test_without_the_right_to_delete_it_is_said(town: Town, capsys: Capsys) -> None:
    """The group is told what is missing, and messages are kept for two days only."""
    rosa = await connect(town, capsys, rights=None)
    assert [line[:2] for line in told(rosa)] == ["✅ ", "⚠️"]
    commands.carry_out_list(place(town))
    assert "two days" in capsys.readouterr().out


async def test_goodbye(town: Town, capsys: Capsys) -> None:
    """`group disconnect`: the running bot says so and leaves; nothing is bound any more."""
    rosa = await connect(town, capsys)
    commands.carry_out_disconnect(place(town))
    await town.restarts()
    await town.settles()
    assert told(rosa)[-1].startswith("👋")
    assert (left(town), await bound(town)) == ([rosa.chat_id], None)
    with pytest.raises(RefusedError):
        commands.carry_out_disconnect(place(town))
