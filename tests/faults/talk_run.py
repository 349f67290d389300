"""One run of people and operators who talk through troubles and crashes, and what holds then."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bot.local import state
from bot.local.state import Chat
from flows.handoff_model import LineState
from tests.faults.nursery import Cradle, Nursery, nursery
from tests.faults.process import Life, set_ahead
from tests.faults.talk_house import Left, found, is_quiet, kept, look
from tests.faults.talk_trouble import Killer, Saboteur
from tests.faults.talkers import TOKEN, Overheard, Talks
from tests.telegram import local_telegram

QUIET_SECONDS = 120.0
CLEAN_SECONDS = 10.0
KEPT_MESSAGES = 200_000


@dataclass(frozen=True)
class Plan:
    """How much of it there is to be, at least."""

    messages: int
    kills: int
    points: tuple[str, ...] = ("K5", "K6", "K7")
    troubles: tuple[str, ...] = ()
    people: int = 8
    operators: int = 2
    pause_seconds: float = 0.3
    passes: int = 40
    seed: int = 0


@dataclass
class Outcome:
    """What was run, and what came of it."""

    messages: int = 0
    to_operators: int = 0
    to_people: int = 0
    notes: int = 0
    kills: int = 0
    troubles: dict[str, int] = field(default_factory=dict)
    gone_unread: int = 0  # operators' words that went with topic or group before they were read
    told_unsent: int = 0  # operators' words in a topic that shows nobody any more
    lost: int = 0
    false_sent: int = 0
    unknown: int = 0
    most_unknown_in_a_talk: int = 0
    duplicates: int = 0
    limited: int = 0
    fallen: int = 0  # messages with words that fell into General
    in_general: int = 0  # those of them that stand there still
    states: dict[str, int] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


async def run(folder: Path, memory: Path, cradle: Cradle, plan: Plan) -> Outcome:
    """Let them talk, and hold what is left against what must be."""
    vars(state)["KEPT_MESSAGES"] = KEPT_MESSAGES
    async with local_telegram() as telegram:
        heard = telegram.state.calls = Overheard()
        phones = [await telegram.phone(f"P{n}", language="it") for n in range(plan.people)]
        staff = [await telegram.phone(f"O{n}", language="it") for n in range(plan.operators)]
        groups = [await telegram.group(name, *staff) for name in ("Desio", "Tutti")]
        for phone in phones:
            telegram.state.private_chat(telegram.state.people[phone.person_id])
        data = folder / "data"
        house = await asyncio.to_thread(
            found,
            data,
            [phone.chat_id for phone in phones],
            [phone.person_id for phone in staff],
            groups,
        )
        by_chat = {phone.chat_id: phone for phone in phones}
        people = {name: by_chat[chat] for name, chat in house.people.items()}
        talks = Talks(telegram, heard, people, staff, groups, plan.seed)
        clock = folder / "clock"
        set_ahead(clock, 0.0)
        life = Life(
            data=str(data),
            api=telegram.address,
            token=telegram.token,
            log=str(folder / "bot.log"),
            group_per_minute=1_000_000,
            group_seconds=1.0,
            memory=str(memory),
            clock=str(clock),
        )
        async with nursery(cradle, life) as bots:
            killer = Killer(bots, plan.points, plan.kills, plan.passes, plan.seed)
            saboteur = Saboteur(talks, plan.troubles, plan.pause_seconds, clock, plan.seed)

            def enough() -> bool:
                return killer.kills >= plan.kills and len(talks.said) >= plan.messages

            try:
                await _greet(talks, bots)
                async with asyncio.TaskGroup() as group:
                    group.create_task(killer.rage())
                    group.create_task(saboteur.rage(enough))
                    group.create_task(talks.go_on(enough))
                await _quiet(talks, data)
                assert await bots.stop() == 0
            except BaseException as error:
                error.add_note(bots.log())
                raise
        left = await asyncio.to_thread(look, data)
        return judged(talks, left, killer.kills, saboteur.done, people)


async def _greet(talks: Talks, bots: Nursery) -> None:
    """Everybody says a first word and is shown a page, so that nothing is in doubt afterwards."""
    await bots.start()
    for phone in talks.people.values():
        await phone.send("/menu")
    for phone in talks.people.values():
        await phone.wait_until(lambda text: "BOT" in text, QUIET_SECONDS)
    assert await bots.stop() == 0


async def _quiet(talks: Talks, data: Path) -> None:
    """Wait until every update is confirmed, every topic shows everything, every row has gone."""
    telegram = talks.telegram
    with kept(data) as asked:

        async def rests() -> bool:
            if telegram.state.updates.pending:
                return False
            return await asyncio.to_thread(asked, is_quiet)

        try:
            await telegram.wait_until(rests, QUIET_SECONDS)
        except TimeoutError:
            raise AssertionError("it never became quiet") from None
    with suppress(TimeoutError):  # what cannot be taken away is counted afterwards
        await telegram.wait_until(lambda: _in_general(talks) == 0, CLEAN_SECONDS)


def judged(
    talks: Talks,
    left: Left,
    kills: int,
    troubles: dict[str, int],
    people: dict[str, object],
) -> Outcome:
    """What was said, kept and shown, held against each other."""
    heard, outcome = talks.heard, Outcome(kills=kills, troubles=troubles)
    outcome.messages = len(talks.said)
    outcome.to_operators, outcome.to_people = talks.count("p"), talks.count("o")
    outcome.notes = talks.count("n")
    outcome.duplicates, outcome.limited = heard.duplicates, heard.limited
    outcome.fallen, outcome.in_general = heard.fallen, _in_general(talks)
    outcome.states = left.states()
    problems = outcome.problems
    lines = {_word(line.text): line for line in left.lines if _word(line.text)}
    noted = {_word(note.text) for note in left.notes}
    lost = [word for word in talks.said if word[0] == "p" and word not in heard.shown]
    lost += [word for word in talks.said if word[0] == "p" and word not in lines]
    standing = _standing(talks)
    for word in talks.said:
        if word[0] == "p" or word in lines or (word[0] == "n" and word in noted):
            continue
        if word not in standing:
            outcome.gone_unread += 1
        elif standing[word] in heard.answered:
            outcome.told_unsent += 1
        else:
            lost.append(word)
    outcome.lost = len(lost)
    if lost:
        problems.append(f"lost: {lost[:5]}")
    wrong = [
        word
        for word, line in lines.items()
        if talks.said.get(word, left.chats[line.handoff_id]) != left.chats[line.handoff_id]
    ]
    if wrong:
        problems.append(f"in another's conversation: {wrong[:5]}")
    unknown: Counter[int] = Counter()
    chats = {name: phone.chat_id for name, phone in talks.people.items()}
    for word, line in lines.items():
        if not line.outward:
            continue
        arrived = [one for one in heard.shown.get(word, ()) if one.chat > 0]
        unknown[line.handoff_id] += line.state is LineState.UNKNOWN
        if any(one.chat != chats[left.chats[line.handoff_id]] for one in arrived):
            problems.append(f"{word} went to somebody else")
        if len(arrived) > 1:
            problems.append(f"{word} reached its person {len(arrived)} times")
        if line.state is LineState.SENT and not arrived:
            outcome.false_sent += 1
        if line.state in (LineState.BLOCKED, LineState.FAILED) and arrived:
            problems.append(f"{word} is called {line.state.value} and arrived")
        if line.acked != line.state.value:
            problems.append(f"{word} is {line.state.value}, the topic says {line.acked!r}")
    outcome.unknown = unknown.total()
    outcome.most_unknown_in_a_talk = max(unknown.values(), default=0)
    leaked = [word for word in noted if any(one.chat > 0 for one in heard.shown.get(word, ()))]
    if leaked:
        problems.append(f"notes that reached somebody: {leaked[:5]}")
    if heard.unmarked:
        problems.append(f"repeated without saying so: {heard.unmarked[:5]}")
    ids = [str(phone.person_id) for phone in talks.people.values()]
    if any(one in told for told in heard.to_groups for one in ids):
        problems.append("a group was told somebody's number")
    return outcome


def _standing(talks: Talks) -> dict[str, tuple[int, int]]:
    """Which messages of operators still stand in a group that is there, by the words in them."""
    found = {}
    for chat in _groups(talks):
        for message in chat.messages.values():
            word = _word(str(message.body.get("text", "")))
            if word and not message.mine:
                found[word] = chat.id, message.id
    return found


def _in_general(talks: Talks) -> int:
    """How many messages of the bot show somebody's words where they belong into no topic."""
    return sum(
        message.mine and message.thread_id is None and TOKEN.search(str(message.body)) is not None
        for chat in _groups(talks)
        for message in chat.messages.values()
    )


def _groups(talks: Talks) -> list[Chat]:
    """The groups that are there."""
    chats = [one for one in talks.telegram.state.chats.values() if not one.private]
    return [one for one in chats if one.migrated_to is None and not one.disbanded]


def _word(text: str) -> str:
    found = TOKEN.search(text)
    return found.group() if found else ""
