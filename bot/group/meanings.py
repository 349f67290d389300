"""Words of an operator with their translation, in a topic: first to be looked at, then to be sent.

Nothing is asked of the translator within a turn: the group would stand still. What comes of it is
posted as an answer to whoever asked, with the button that sends both.
"""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from bot.group import answers, door
from bot.group.buttons import Button, Press, Rows, Verb, markup
from bot.group.scene import Scene
from bot.meaning.interpreter import OURS, Interpreter, Proposal
from bot.meaning.translator import NotMeant, Why
from bot.means import Means
from bot.relay.cargo import with_meant
from bot.words import Words
from flows.handoff_model import LineKind
from flows.text import Text, _, verbatim
from storage.handoffs import Content, Handoff
from storage.outbox import Outgoing
from storage.unit import Unit

MOST_AT_ONCE: Final = 8
REMEMBERED: Final = 200
_SEND: Final = _("✅ Send both")
_LEAVE: Final = _("✖️ No")
REASONS: Final[Mapping[Why, Text]] = {
    Why.OFF: answers.NO_TRANSLATOR,
    Why.LANGUAGE: answers.UNKNOWN_LANGUAGE,
    Why.LONG: answers.TOO_LONG_TO_MEAN,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Words that are to be translated, where and by whom it was asked; `text` is what they are."""

    chat: int = field(repr=False)
    thread: int | None
    message_id: int
    handoff_id: int
    operator_id: int
    text: str = field(repr=False)
    language: str


class Proposing:
    """Works off what was asked for in topics, in the event loop; it may be told from any thread."""

    def __init__(self, means: Means, interpreter: Interpreter) -> None:
        self._means = means
        self.interpreter = interpreter
        self._loop = asyncio.get_running_loop()
        self._asked: OrderedDict[tuple[int, int], None] = OrderedDict()
        self._guard = threading.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def refusal(self, handoff: Handoff, words: str) -> Text | None:
        """Why nothing can be translated for this conversation; None where it can."""
        if not self.interpreter.is_on:
            return answers.NO_TRANSLATOR
        if handoff.language == OURS:
            return answers.READS_ITALIAN
        return None if words.strip() else answers.WHICH_TO_MEAN

    def ask(self, wanted: Wanted) -> None:
        """Have this translated; the same message asks once, however often its turn is taken."""
        key = wanted.chat, wanted.message_id
        with self._guard:
            if key in self._asked:
                return
            self._asked[key] = None
            while len(self._asked) > REMEMBERED:
                self._asked.popitem(last=False)
        self._loop.call_soon_threadsafe(self._begin, wanted)

    async def close(self) -> None:
        """Leave what is under way: whoever asked asks again."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, wanted: Wanted) -> None:
        busy = len(self._tasks) >= MOST_AT_ONCE
        task = asyncio.create_task(self._propose(wanted, busy=busy))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _propose(self, wanted: Wanted, *, busy: bool) -> None:
        try:
            await self._answer(wanted, busy=busy)
        except Exception as error:  # whoever asked asks again
            self._means.watch.note("interpreter_failed", error=type(error).__name__)

    async def _answer(self, wanted: Wanted, *, busy: bool) -> None:
        found: Proposal | NotMeant = NotMeant(Why.BUSY)
        if not busy:
            found = await self.interpreter.propose(
                wanted.handoff_id, wanted.operator_id, wanted.text, wanted.language
            )
        words = self._means.languages.words(door.LANGUAGE)
        body, rows = self._shown(found, words)
        params: dict[str, Any] = {"chat_id": wanted.chat, **door.body_of(body)}
        if wanted.thread is not None:
            params["message_thread_id"] = wanted.thread
        there = {"message_id": wanted.message_id, "allow_sending_without_reply": True}
        params["reply_parameters"] = there
        if rows:
            params["reply_markup"] = markup(rows, words)

        def job(unit: Unit) -> list[Any]:
            unit.send(Outgoing("sendMessage", params))
            return list(unit.sent)

        self._means.delivery.hand_over(await self._means.done(job))

    def _shown(self, found: Proposal | NotMeant, words: Words) -> tuple[str, Rows]:
        if isinstance(found, NotMeant):
            return words.html(REASONS.get(found.why, answers.NO_MEANING_NOW)), ()
        send = Button(_SEND, Press(Verb.BOTH, found.key))
        leave = Button(_LEAVE, Press(Verb.LEAVE, found.key))
        return shown(found, words), ((send, leave),)


def shown(one: Proposal, words: Words) -> str:
    """What the person would read, what the machine makes of that, and whether numbers hold."""
    lines = [
        words.html(answers.MEANT_GOES),
        f"<blockquote>{words.html(verbatim(one.meant.text))}</blockquote>",
        words.html(answers.MEANT_BACK),
        f"<blockquote>{words.html(verbatim(one.meant.back))}</blockquote>",
    ]
    return "\n".join([*lines, words.html(answers.NUMBERS_DIFFER)] if one.differs else lines)


def sent(scene: Scene, one: Proposal, name: str) -> None:
    """The message tapped shows from now on what was sent, and by whom."""
    words = scene.words
    title = words.html(answers.meant_sent(name))
    said = f"<blockquote>{words.html(verbatim(one.meant.text))}</blockquote>"
    scene.rewrite(f"{title}\n{said}\n{words.html(verbatim(one.text))}")


def content_of(one: Proposal) -> Content:
    """The words, as they go together with their translation."""
    return with_meant(Content(LineKind.TEXT, one.text), one.meant)
