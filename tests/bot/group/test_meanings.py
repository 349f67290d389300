"""Words with their translation in a topic: asked for, looked at, and sent by whoever wrote them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.group import answers
from bot.group.meanings import MOST_AT_ONCE, Proposing
from bot.meaning.interpreter import Interpreter
from bot.meaning.translator import NONE, Meant, NotMeant, Why
from bot.means import Means
from bot.relay import refusals
from bot.relay.cargo import MeantWords, read_meant
from flows.handoff_model import LineState, Reason
from storage.handoffs import Handoff
from storage.outbox import Row
from tests.bot.group.house import Ears
from tests.bot.group.stage import ME, TOPIC, Stage, of_bot
from tests.bot.meaning.scripted import Scripted
from tests.bot.relay.mirrored import NOON, SetClock
from tests.bot.relay.office import open_bureau

PREVIEW = 90
FORWARD, BACK = Meant("تعال غدا 10", "it"), Meant("Vieni domani 10", "ar")


class Leaving:
    """Takes what the proposals lead to."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def hand_over(self, rows: list[Row]) -> None:
        """Keep it."""
        self.rows += rows


class Topic(Stage):
    """A topic in which a machine translates."""

    scripted: Scripted
    leaving: Leaving

    async def posted(self, many: int = 1) -> list[dict[str, Any]]:
        """What was posted by itself, once it is there."""
        async with asyncio.timeout(20):
            while len(self.leaving.rows) < many:
                await asyncio.sleep(0.01)
        return [dict(row.params) for row in self.leaving.rows]


@pytest_asyncio.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Topic]:
    """A topic that shows a conversation with somebody who reads Arabic."""
    with open_bureau(tmp_path) as bureau:
        leaving, scripted = Leaving(), Scripted([FORWARD, BACK])
        means = Means(
            None,  # type: ignore[arg-type]
            bureau.writer,
            leaving,  # type: ignore[arg-type]
            bureau.database.vault,
            bureau.languages,
            SetClock(NOON),
            Ears(),
            bureau.deeds.settings,
        )
        interpreter = Interpreter(scripted, SetClock(NOON), Ears())
        proposing = Proposing(means, interpreter)
        made = Topic(bureau, proposing=proposing)
        made.scripted, made.leaving = scripted, leaving
        yield made
        await proposing.close()


@pytest_asyncio.fixture
async def handoff(stage: Topic) -> Handoff:
    """The conversation."""
    return stage.shows(stage.bureau.asks(language="ar"))


def english(text: Any) -> str:
    """Words as the group reads them here."""
    return str(text.source)


async def test_it_is_looked_at_first(stage: Topic, handoff: Handoff) -> None:
    """Nothing goes to the person; below the words stand both ways, and two buttons."""
    stage.writes("/t Venga domani alle 10")
    [posted] = await stage.posted()
    keys = stage.keys(stage.leaving.rows[0])
    assert (stage.to_people(), stage.told(), stage.bureau.lines(handoff.id)) == ([], [], [])
    assert posted["text"].split("\n") == [
        english(answers.MEANT_GOES),
        "<blockquote>تعال غدا 10</blockquote>",
        english(answers.MEANT_BACK),
        "<blockquote>Vieni domani 10</blockquote>",
    ]
    assert (posted["message_thread_id"], posted["reply_parameters"]["message_id"]) == (
        TOPIC,
        stage.last,
    )
    assert [key.rpartition(":")[0] for key in keys] == ["h:both", "h:leave"]
    assert stage.scripted.asked == [
        ("Venga domani alle 10", "it", "ar"),
        ("تعال غدا 10", "ar", "it"),
    ]


async def test_both_go_with_one_tap_and_once(stage: Topic, handoff: Handoff) -> None:
    """The line carries the words and the translation; a second tap sends nothing."""
    stage.writes("/traduci Venga domani alle 10")
    await stage.posted()
    [send, _] = stage.keys(stage.leaving.rows[0])
    stage.taps(send, message_id=PREVIEW)
    stage.taps(send, message_id=PREVIEW)
    [line] = stage.bureau.lines(handoff.id)
    [row] = stage.to_people()
    assert (line.text, line.state, line.source) == (
        "Venga domani alle 10",
        LineState.SENDING,
        PREVIEW,
    )
    assert read_meant(line.content) == MeantWords("ar", FORWARD.text, BACK.text)
    assert FORWARD.text in row.params["text"]
    assert stage.popped()[-1] == english(answers.SENT_ALREADY)
    [rewritten] = stage.to_group("editMessageText")
    assert "reply_markup" not in rewritten.params


async def test_no_is_no(stage: Topic, handoff: Handoff) -> None:
    """Whoever does not want it leaves it: nothing is sent, and no button stays."""
    stage.writes("/t Venga domani alle 10")
    await stage.posted()
    [_, leave] = stage.keys(stage.leaving.rows[0])
    stage.taps(leave, message_id=PREVIEW)
    [rewritten] = stage.to_group("editMessageText")
    assert (stage.to_people(), stage.bureau.lines(handoff.id)) == ([], [])
    assert rewritten.params["text"] == english(answers.LEFT_UNSENT)


async def test_a_colleague_does_not_send_them(stage: Topic, handoff: Handoff) -> None:
    """Words are sent by whoever wrote them, for half an hour."""
    stage.writes("/t Venga domani alle 10", by="anna")
    await stage.posted()
    [send, _] = stage.keys(stage.leaving.rows[0])
    stage.taps(send, by="bruno", message_id=PREVIEW)
    stage.taps("h:both:0123456789abcdef", message_id=PREVIEW)
    assert (stage.to_people(), stage.popped()) == ([], [english(answers.NOT_YOUR_WORDS)] * 2)


async def test_an_answer_to_the_preview_is_a_note(stage: Topic, handoff: Handoff) -> None:
    """What a machine proposes is no message of the person: words below it reach nobody."""
    stage.writes("/t Venga domani alle 10")
    [posted] = await stage.posted()
    stage.writes("bello", reply=of_bot(PREVIEW, posted["text"], ME))
    assert (stage.to_people(), stage.told()) == ([], [english(answers.KEPT_AS_NOTE)])


async def test_an_answer_to_a_translation_of_the_person_reaches_them(
    stage: Topic, handoff: Handoff
) -> None:
    """It begins as the person's words do, and an answer to it is one to them."""
    stage.writes("Va bene", reply=of_bot(70, f"👤 🤖 {handoff.designation}\nCiao", ME))
    assert [line.text for line in stage.bureau.lines(handoff.id)] == ["Va bene"]


async def test_other_numbers_are_said_before_sending(stage: Topic, handoff: Handoff) -> None:
    """A number that changed on the way is seen by whoever is about to send it."""
    stage.scripted.says = [Meant("تعال غدا 11", "it"), BACK]
    stage.writes("/t Venga domani alle 10")
    [posted] = await stage.posted()
    assert posted["text"].endswith(english(answers.NUMBERS_DIFFER))


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Why.LANGUAGE, answers.UNKNOWN_LANGUAGE),
        (Why.LONG, answers.TOO_LONG_TO_MEAN),
        (Why.SLOW, answers.NO_MEANING_NOW),
        (Why.REFUSED, answers.NO_MEANING_NOW),
    ],
)
async def test_where_there_is_none_it_is_said_what_to_do(
    stage: Topic, handoff: Handoff, why: Why, told: Any
) -> None:
    """Each reason in words, and no button."""
    stage.scripted.says = [NotMeant(why)]
    stage.writes("/t Venga domani")
    [posted] = await stage.posted()
    assert (posted["text"], "reply_markup" in posted) == (english(told), False)


async def test_what_could_not_be_sent_is_not_translated(stage: Topic, handoff: Handoff) -> None:
    """Words that could not go to the person do not go to the translator: it is said why."""
    stage.writes("/t")
    stage.shows(stage.bureau.asks(700_777, language="it"), topic=77, card=78)
    stage.writes("/t Venga domani", topic=77)
    stage.bureau.deed(stage.bureau.deeds.claim, stage.bureau.bruno, handoff.id, stage.now)
    stage.writes("/t Venga domani")
    assert stage.told()[:2] == [english(answers.WHICH_TO_MEAN), english(answers.READS_ITALIAN)]
    assert "Bruno" in stage.told()[2]
    assert stage.proposing is not None
    stage.proposing.interpreter.translator = NONE
    stage.writes("/t Venga domani", by="bruno")
    assert stage.told()[3] == english(answers.NO_TRANSLATOR)
    assert stage.scripted.asked == []


async def test_one_message_asks_once(stage: Topic, handoff: Handoff) -> None:
    """A turn that is taken twice, as after a crash, has nothing translated twice."""
    stage.writes("/t Venga domani alle 10")
    stage.writes("/t Venga domani alle 10", message_id=stage.last)
    await stage.posted()
    await asyncio.sleep(0.05)
    assert len(stage.leaving.rows) == 1


async def test_too_many_at_once_are_told_to_try_again(stage: Topic, handoff: Handoff) -> None:
    """A group that asks without end waits for nobody else's answers."""
    stage.scripted.waits = asyncio.Event()
    for _ in range(MOST_AT_ONCE + 1):
        stage.writes("/t Venga domani alle 10")
    [busy] = await stage.posted()
    stage.scripted.waits.set()
    await stage.posted(MOST_AT_ONCE + 1)
    assert busy["text"] == english(answers.NO_MEANING_NOW)


async def test_without_a_translator_the_order_says_so(tmp_path: Path) -> None:
    """Where nobody translates, /t is an order that sends nothing, and help does not name it."""
    with open_bureau(tmp_path) as bureau:
        stage = Stage(bureau)
        stage.shows(bureau.asks(language="ar"))
        stage.writes("/t Venga")
        stage.writes("/aiuto")
        stage.taps("h:both:0123456789abcdef", message_id=PREVIEW)
    assert stage.told()[0] == english(answers.NO_TRANSLATOR)
    assert english(answers.MEANT_HELP) not in stage.told()[1]
    assert stage.popped() == [english(answers.NOT_YOUR_WORDS)]


async def test_a_refusal_on_sending_is_told(stage: Topic, handoff: Handoff) -> None:
    """A conversation that was closed meanwhile takes no words, translated or not."""
    stage.writes("/t Venga domani alle 10")
    await stage.posted()
    [send, _] = stage.keys(stage.leaving.rows[0])
    reason = refusals.CLOSED.words
    close = stage.bureau.deeds.close
    stage.bureau.deed(close, stage.bureau.anna, handoff.id, Reason.ANSWERED, stage.now)
    stage.taps(send, message_id=PREVIEW)
    assert (stage.popped(), stage.to_group("editMessageText")) == ([english(reason)], [])
