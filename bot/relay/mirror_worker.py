"""Keeps the topics of one group up to date: the most urgent first, one call after the other."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.delivery.sending import Fate, Sent, Why
from bot.means import Means
from bot.pace import Window
from bot.relay import mirror_steps as steps
from bot.relay.mirror_calls import Call
from bot.relay.mirror_look import Looking, Work
from bot.relay.mirror_notes import Notes
from bot.relay.refusals import UNDO
from bot.telegram.render import Params
from flows.handoff_model import LineState, Trouble
from storage.group import Group
from storage.handoffs import Handoff
from storage.handoffs.model import PASSED_OVER
from storage.outbox import Lane, Outgoing, Policy

SOON: Final = 1.0
FIRST_PAUSE: Final = 5.0
LONGEST_PAUSE: Final = 60.0
IDLE: Final = 60.0
MOST_CARDS: Final = 2_000
IN_A_ROW: Final = 5
"""So many things in a row are done for one conversation while another one lacks something: what
somebody sends without end keeps nobody else's words from their topic."""

_PASSING: Final = frozenset({Fate.UNKNOWN, Fate.RETRY, Fate.LOST, Fate.NOT_MARKED, Fate.WAIT})
_TROUBLES: Final = {
    Why.NO_CHAT: Trouble.GONE,
    Why.NO_RIGHT: Trouble.RIGHTS,
    Why.NO_FORUM: Trouble.NO_TOPICS,
}


@dataclass(frozen=True, slots=True)
class _Fading:
    """A message whose button goes at a moment of the monotonic clock."""

    at: float
    chat: int
    message_id: int


class Worker:
    """Works in one group until it is cancelled, or until there is no such group any more."""

    def __init__(
        self,
        means: Means,
        looking: Looking,
        group_id: int,
        window: Window,
        changed: Callable[[int], None],
    ) -> None:
        self._means = means
        self._looking = looking
        self._group_id = group_id
        self._window = window
        self._changed = changed
        self._group: Group | None = None
        self._notes = Notes(means, group_id)
        self._woken = asyncio.Event()
        self._skip: dict[int, float] = {}
        self._waits: dict[int, float] = {}
        self._cards: OrderedDict[int, bytes] = OrderedDict()
        self._fading: deque[_Fading] = deque()
        self._halted_until = 0.0
        self._opens_from = 0.0
        self._pause = FIRST_PAUSE
        self._last, self._in_a_row = 0, 0

    def wake(self) -> None:
        """Something has changed, perhaps what was waited for."""
        self._waits.clear()
        self._woken.set()

    def meet(self, group: Group) -> None:
        """This is known of the group now; where it is news, everything is tried again."""
        if self._group is not None and group != self._group:
            self._halted_until = self._opens_from = 0.0
            self._skip.clear()
            self.wake()

    async def run(self) -> None:
        """Show what is to be shown, until the group is ours no more."""
        while True:
            self._woken.clear()
            try:
                wait = await self._turn()
            except Exception as error:  # one conversation must not silence a group
                self._means.watch.note("mirror_failed", error=type(error).__name__)
                wait = FIRST_PAUSE
            if wait is None:
                return
            if wait > 0:
                await self._sleep(wait)

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(min(seconds, IDLE)):
                await self._woken.wait()
        except TimeoutError:
            pass

    async def _turn(self) -> float | None:
        """Do one thing; the seconds until the next, None where there is no group."""
        now = self._means.clock.monotonic()
        if self._halted_until > now:
            return self._halted_until - now
        wait = self._window.wait(now)
        if wait > 0:
            return wait
        gives_way = (self._last,) if self._in_a_row >= IN_A_ROW else ()
        found = await self._look(now, gives_way)
        if gives_way and isinstance(found, Group):
            found = await self._look(now)
        if found is None:
            return None
        if isinstance(found, Group):
            self._group = found
            return await self._idle(now)
        self._group = found.group
        here = found.seen.board.handoff.id
        self._last, self._in_a_row = here, self._in_a_row + 1 if here == self._last else 1
        return await self._carry_out(found)

    async def _look(self, now: float, gives_way: tuple[int, ...] = ()) -> Group | Work | None:
        for waiting in (self._skip, self._waits):
            for handoff_id in [one for one, until in waiting.items() if until <= now]:
                del waiting[handoff_id]
        moment = self._means.clock.now()
        chat = None if self._group is None else self._group.chat
        opens = self._opens_from <= now
        return await self._means.done(
            lambda unit: self._looking.next_work(
                unit,
                self._group_id,
                moment,
                chat=chat,
                opens=opens,
                skip=(*self._skip, *self._waits, *gives_way),
                cards=dict(self._cards),
            )
        )

    async def _idle(self, now: float) -> float:
        """Nothing is to be shown: take away a button whose time is over."""
        if self._fading and self._fading[0].at <= now:
            one = self._fading.popleft()
            params: Params = {"chat_id": one.chat, "message_id": one.message_id}
            await self._send(Call("editMessageReplyMarkup", params))
            return 0
        waits = [until - now for until in (*self._skip.values(), *self._waits.values())]
        if self._fading:
            waits.append(self._fading[0].at - now)
        if self._opens_from > now:
            waits.append(self._opens_from - now)
        return max(0.01, min(waits, default=math.inf))

    # -- one thing

    async def _carry_out(self, work: Work) -> float:
        """Do a step; the seconds until the next look."""
        step, handoff = work.step, work.seen.board.handoff
        match step:
            case steps.Wait():
                later = (step.until - self._means.clock.now()).total_seconds()
                self._waits[handoff.id] = self._means.clock.monotonic() + max(0.05, later)
            case None:
                await self._notes.in_order(handoff)
                self._later(handoff, SOON)
            case steps.Unchanged():
                await self._notes.summarised(handoff, handoff.card or 0, step.shows)
            case steps.PassOver():
                await self._notes.posted(step.items, PASSED_OVER)
            case steps.Create():
                await self._create(work)
            case steps.Summarise():
                await self._summarise(work, step)
            case steps.Show():
                await self._show(work, step)
            case steps.Acknowledge():
                await self._acknowledge(work, step)
            case steps.Rename():
                await self._rename(work, step)
            case steps.Leave():
                await self._leave(work, step)
        return 0.0

    async def _create(self, work: Work) -> None:
        board = work.seen.board
        sent = await self._send(board.create())
        if sent.thread is None:
            await self._refused(work, sent)
            return
        await self._works(work)
        if not await self._notes.opened(board.handoff, sent.thread, board.name()):
            gone: Params = {"chat_id": board.chat, "message_thread_id": sent.thread}
            await self._send(Call("deleteForumTopic", gone), Policy.AGAIN)

    async def _summarise(self, work: Work, step: steps.Summarise) -> None:
        board, message_id = work.seen.board, work.seen.board.handoff.card
        if not step.anew:
            sent = await self._send(board.changed_card())
            if sent.why is Why.NO_MESSAGE:
                message_id = None
            elif not _done(sent):
                await self._refused(work, sent)
                return
        if message_id is None:
            sent = await self._send(board.card())
            if not await self._landed(work, sent):
                return
            message_id = sent.message_ids[0]
        await self._notes.summarised(board.handoff, message_id, step.shows)
        self._cards[board.handoff.id] = step.shows
        self._cards.move_to_end(board.handoff.id)
        if len(self._cards) > MOST_CARDS:
            self._cards.popitem(last=False)

    async def _show(self, work: Work, step: steps.Show) -> None:
        board = work.seen.board
        first, *rest = board.show(step.items, repeated=work.repeated, reply_to=step.reply_to)
        sent = await self._send(first)
        if sent.fate is Fate.REFUSED:
            await self._notes.not_shown(step.items)
        if _is_its_own(sent, first):
            self._means.watch.note("mirror_unshowable")
            first, rest = board.unshowable(step.items[0], repeated=work.repeated), []
            sent = await self._send(first)
        if not await self._landed(work, sent):
            return
        for call in rest:
            more = await self._send(call)
            if not _is_its_own(more, call) and not await self._landed(work, more):
                return  # all of it is shown again: better twice than in part
        await self._notes.shown(step.items, sent)

    async def _acknowledge(self, work: Work, step: steps.Acknowledge) -> None:
        board, lines = work.seen.board, step.lines
        message_id = lines[0].ack if step.anew else None
        if message_id is not None:
            sent = await self._send(board.acknowledge_anew(lines[0]))
            if sent.why is Why.NO_MESSAGE:
                message_id = None
            elif not _done(sent):
                await self._refused(work, sent)
                return
        if message_id is None:
            sent = await self._send(board.acknowledge(lines))
            if not await self._landed(work, sent):
                return
            message_id = sent.message_ids[0]
        await self._notes.acknowledged(lines, message_id)
        if len(lines) == 1 and lines[0].state is LineState.SENT and board.may_be_undone(lines[0]):
            at = self._means.clock.monotonic() + UNDO.total_seconds()
            self._fading.append(_Fading(at, board.chat, message_id))

    async def _rename(self, work: Work, step: steps.Rename) -> None:
        board = work.seen.board
        calls = [board.on_topic("editForumTopic", name=step.name)]
        if step.reopen:
            calls.insert(0, board.on_topic("reopenForumTopic"))
        if step.close:
            calls.append(board.on_topic("closeForumTopic"))
        for call in calls:
            sent = await self._send(call)
            # A name is not worth holding up anything.
            if not _done(sent) and sent.why not in (Why.NO_RIGHT, Why.NO_FORUM, Why.OTHER):
                await self._refused(work, sent)
                return
        await self._notes.named(board.handoff, step.name)

    async def _leave(self, work: Work, step: steps.Leave) -> None:
        board = work.seen.board
        if board.handoff.topic is not None:
            for call in (board.moved(), board.on_topic("closeForumTopic")):
                if (await self._send(call)).fate in _PASSING:
                    self._later(board.handoff, SOON)
                    return
        await self._notes.moved(board.handoff, step.group_id)
        self._changed(board.handoff.id)

    # -- what comes of it

    async def _send(self, call: Call, policy: Policy = Policy.ONCE) -> Sent:
        self._window.start()
        try:
            outgoing = Outgoing(call.method, call.params, Lane.ALERT, policy)
            return await self._means.delivery.send(outgoing)
        finally:
            self._window.done(self._means.clock.monotonic())

    async def _landed(self, work: Work, sent: Sent) -> bool:
        """Whether a message stands in its topic; where it does not, what can be mended is mended.

        One that fell into General is taken away: there everybody would answer it.
        """
        if sent.fate is not Fate.SENT:
            await self._refused(work, sent)
            return False
        if sent.thread == work.seen.board.handoff.topic:
            await self._works(work)
            return True
        fallen: Params = {
            "chat_id": work.seen.board.chat,
            "message_ids": list(sent.message_ids),
        }
        self._means.delivery.send(Outgoing("deleteMessages", fallen, Lane.CLEAN))
        await self._lose_topic(work.seen.board.handoff)
        return False

    async def _works(self, work: Work) -> None:
        self._pause = FIRST_PAUSE
        if work.group.gone is not None:
            await self._notes.back()

    async def _refused(self, work: Work, sent: Sent) -> None:
        """Something could not be shown: mend what can be mended, and wait with the rest."""
        handoff, closed = work.seen.board.handoff, sent.why is Why.TOPIC_CLOSED
        if closed:
            sent = await self._send(work.seen.board.on_topic("reopenForumTopic"))
            if _done(sent):
                return
        if sent.fate in _PASSING:
            self._later(handoff, SOON)
        elif sent.why is Why.NO_TOPIC:
            await self._lose_topic(handoff)
        elif sent.why in _TROUBLES and not (closed and sent.why is Why.NO_RIGHT):
            await self._halt(work, _TROUBLES[sent.why])
        else:
            await self._notes.trouble(handoff, Trouble.RIGHTS)
            self._later(handoff, self._grown())
            self._changed(handoff.id)

    async def _halt(self, work: Work, trouble: Trouble) -> None:
        """Nothing, or nothing new, can be shown in this group for now."""
        until = self._means.clock.monotonic() + self._grown()
        if work.seen.board.handoff.topic is None and trouble is not Trouble.GONE:
            self._opens_from = until
        else:
            self._halted_until = until
        await self._notes.trouble_all(trouble)
        self._means.watch.note("mirror_halted", why=trouble.value)
        self._changed(work.seen.board.handoff.id)

    async def _lose_topic(self, handoff: Handoff) -> None:
        """The topic is gone: a new one begins with the summary and what was said last."""
        await self._notes.lost(handoff)
        self._cards.pop(handoff.id, None)
        self._means.watch.note("topic_lost")
        self._changed(handoff.id)

    def _later(self, handoff: Handoff, seconds: float) -> None:
        self._skip[handoff.id] = self._means.clock.monotonic() + seconds

    def _grown(self) -> float:
        pause, self._pause = self._pause, min(self._pause * 2, LONGEST_PAUSE)
        return pause


def _done(sent: Sent) -> bool:
    return sent.fate is Fate.SENT or sent.why is Why.SAME


def _is_its_own(sent: Sent, call: Call) -> bool:
    """Whether it is the message itself that Telegram does not take, and not the place."""
    if sent.fate is not Fate.REFUSED:
        return False
    if sent.why in (Why.NO_FILE, Why.TOO_LONG, Why.OTHER):
        return True
    return sent.why is Why.NO_RIGHT and call.method != "sendMessage"
