"""One update in, one transaction, the replies out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.drafts import PASTING, WRITING, Talk, find_talk, is_gone, keep_talk
from bot.group.door import GROUPS, Door
from bot.hearing import alarmed, heard_in, worried
from bot.languages import Languages
from bot.relay.private import HANDOVER, ROOM, Hearing, Relay, code_of_link, refreshed
from bot.showing import Show, answer_tap
from bot.telegram import incoming as seen
from bot.telegram.incoming import Incoming, Kind, Sender
from bot.turned import ALONE, Apart, Around, Take, Taken, Turned, Washing
from bot.world import Furniture, SlowError, TurnWorld
from flows.conversation import (
    Conversation,
    Tap,
    begin,
    enter,
    hides,
    receive,
    retreat,
)
from flows.directory import ALOUD, Flows
from flows.effects import Effect, Json
from flows.engine import FlowError
from flows.model import Person
from flows.steps import Line
from flows.text import Text, _
from storage.desks import find_desk
from storage.handoffs.closing import set_reachable
from storage.notices.planning import plan_person
from storage.outbox import Outgoing, Row
from storage.unit import Unit

TOO_FAST = _("⏳ One moment, please. That is a lot at once.")
TOO_FAST_FOR_THE_DESK = _(
    "⏳ One moment, please. That is a lot at once. The last one did not arrive: in half a minute, "
    "please send it again."
)
FAILED = _(
    "⚠️ Something went wrong on our side. I cannot tell if your last step was done. Please do it "
    "again: nothing is done twice."
)


@dataclass(frozen=True, slots=True)
class Turns:
    """Takes updates, each in the transaction of the unit it is given."""

    flows: Flows
    languages: Languages
    furniture: Furniture
    door: Door

    def take(self, update: Incoming, now: datetime, around: Around = ALONE) -> Take:
        """The job that takes an update: all of it happens, once, or nothing does.

        Where a flow broke a law, what it did is taken back and the person begins afresh. Where it
        wants something slow, all is taken back, and the update has to be taken again with it.
        """

        def job(unit: Unit) -> Turned:
            known = None if update.chat_id is None else unit.person(update.chat_id)
            apart = Apart()
            try:
                taken = self._take(unit, update, now, around, apart)
            except SlowError as slow:
                unit.undo()
                return Turned(Taken.WAITS, [], wants=slow.effect, asker=slow.asker)
            except FlowError:
                unit.undo()
                apart = Apart()
                self._take(unit, update, now, replace(around, afresh=True), apart)
                taken = Taken.RESET
            gone = known.id if known is not None and taken is Taken.FORGOTTEN else None
            stirred = frozenset(unit.stirred)
            return Turned(
                taken, unit.sent, gone, tuple(apart.unkept), stirred=stirred, wish=apart.wish
            )

        return job

    def slow_down(self, update: Incoming, now: datetime) -> Take:
        """The job that tells somebody who writes too fast to wait a moment, and nothing else."""

        def job(unit: Unit) -> Turned:
            if unit.handled(update.update_id):
                return Turned(Taken.IGNORED, unit.sent)
            person = None if update.chat_id is None else unit.person(update.chat_id)
            standing = None if person is None else unit.standing(person.id)
            talks = standing is not None and standing.is_open
            told = self._tell(unit, update, now, TOO_FAST_FOR_THE_DESK if talks else TOO_FAST)
            if told is Taken.ANSWERED:
                unit.mark_handled(update.update_id, now.date())
            return Turned(told, unit.sent)

        return job

    def set_aside(self, update: Incoming, now: datetime) -> Take:
        """The job that notes an update that failed every time, by id and kind, and says so to
        whoever it came from."""

        def job(unit: Unit) -> Turned:
            again = unit.handled(update.update_id)
            unit.quarantine(update.update_id, update.kind.value, now)
            if again or update.kind not in (Kind.MESSAGE, Kind.CALLBACK):
                return Turned(Taken.IGNORED, unit.sent)
            return Turned(self._tell(unit, update, now, FAILED), unit.sent)

        return job

    def _tell(self, unit: Unit, update: Incoming, now: datetime, words: Text) -> Taken:
        """Say one line to somebody; what was private of theirs leaves the chat all the same."""
        person = None if update.chat_id is None else unit.person(update.chat_id)
        if person is None or update.chat_id is None:
            return Taken.IGNORED
        show = Show(self.languages, unit, self._world(unit, person, update.chat_id, now))
        private = person.careful or unit.draft(person.id) is not None
        if private and update.kind is Kind.MESSAGE and update.message_id is not None:
            show.delete([update.message_id])
        show.say(Line(words))
        return Taken.ANSWERED

    def _take(
        self,
        unit: Unit,
        update: Incoming,
        now: datetime,
        around: Around,
        apart: Apart,
    ) -> Taken:
        if unit.handled(update.update_id):
            answer_tap(unit, update)
            return Taken.REPEATED
        unit.mark_handled(update.update_id, now.date())
        taken = Taken.IGNORED
        if update.chat_type in GROUPS:
            taken = Taken(self.door.take(unit, update, now, around.ready))
        elif update.kind is Kind.MEMBER:
            return self._member(unit, update, now)
        # In a private chat the sender is the chat; whoever says otherwise is not let into it.
        at_home = update.chat_type == "private" and update.from_id == update.chat_id
        if at_home and update.sender is Sender.PERSON:
            taken = self._private(unit, update, now, around, apart)
        if taken is Taken.IGNORED:
            answer_tap(unit, update)
        return taken

    def _member(self, unit: Unit, update: Incoming, now: datetime) -> Taken:
        """Somebody blocked or unblocked the bot, or put it into a channel."""
        assert isinstance(update.content, seen.Membership)
        assert update.chat_id is not None
        present = update.content.status not in ("kicked", "left")
        if update.chat_type == "private":
            person = unit.person(update.chat_id)
            if person is not None and not present:
                unit.set_unreachable(person.id, now)
                standing = unit.standing(person.id)
                unit.stirred.update(() if standing is None else (standing.handoff_id,))
            return Taken.MEMBER
        if present:
            unit.send(Outgoing("leaveChat", {"chat_id": update.chat_id}))
            return Taken.LEFT
        return Taken.MEMBER

    def _private(
        self,
        unit: Unit,
        update: Incoming,
        now: datetime,
        around: Around,
        apart: Apart,
    ) -> Taken:
        if update.chat_id is None or update.content is None:
            return Taken.IGNORED
        person = unit.person(update.chat_id)
        if person is None:
            code = self.languages.match(update.language_code)
            person = unit.create_person(update.chat_id, code, now.date())
        self._see(unit, person, now)
        unit.fleeting.turn(now)
        talk = find_talk(unit, person, self.flows, now)
        living = talk.living
        heard = alarmed(heard_in(update, living, now), self.languages.alarms)
        heard = worried(heard, self.languages.distress)
        person = self._desk(unit, person, update)
        world = self._world(unit, person, update.chat_id, now, around.ready)
        wrote = update.kind is Kind.MESSAGE
        if update.message_id is not None and (wrote or _is_strange(update, heard)):
            wash = now + world.wash_after(sensitive=True) if person.careful else None
            unit.remember_message(person.id, update.message_id, now, wash, incoming=wrote)
        conversation = Conversation() if around.afresh else talk.conversation
        if isinstance(heard, Tap) and is_gone(unit, conversation, heard.session):
            conversation = replace(conversation, lost=True)
        aged = person.careful and living is not None and unit.is_aged(person.id, living, now)
        show = Show(self.languages, unit, world, living is None, aged, apart.unkept)
        if isinstance(update.content, seen.Tap) and update.content.data == ALOUD:
            apart.wish = show.aloud(update, update.content)
            return Taken.ANSWERED
        relay = Relay.LEFT
        if not around.afresh:
            talk = replace(talk, conversation=conversation)
            relay = Hearing(self.flows, unit, world, talk, show).take(update, heard)
        if relay is Relay.KEPT:
            return Taken.ANSWERED
        conversation = refreshed(unit, person, conversation)
        show.aged = show.aged or relay is Relay.WORRY  # the page is far above what they said since
        if around.afresh or heard is None or relay is Relay.UNSURE:
            reply = begin(self.flows, conversation, world)
        elif relay is Relay.REOPENED:
            reply = enter(self.flows, conversation, ROOM, "", world)
        elif (code := code_of_link(update)) and HANDOVER in self.flows:
            reply = enter(self.flows, conversation, HANDOVER, code, world)
        else:
            reply = receive(self.flows, conversation, heard, world)
        here = not isinstance(heard, Tap) or heard.here
        show.reply(reply, update, here=here, more=around.more)
        if reply.over:
            return Taken.FORGOTTEN
        apart.wish = show.wish
        after = show.hush(talk.conversation, reply.conversation)
        was, hidden = (hides(self.flows, one) for one in (conversation, after))
        writes_for = PASTING if relay is Relay.UNSURE or (was and not hidden) else None
        self._keep(unit, world, talk, after, writes_for=writes_for)
        return Taken.ANSWERED

    def _see(self, unit: Unit, person: Person, now: datetime) -> None:
        """They are here: they can be reached, and operators who could not answer are told so."""
        was_away = not unit.reachable(person.id)
        unit.mark_seen(person.id, now.date())
        if was_away:
            plan_person(unit.direct(), unit.vault, person.id, now)
        standing = unit.standing(person.id) if was_away else None
        if standing is not None and set_reachable(unit.direct(), standing.handoff_id, True, now):
            unit.stirred.add(standing.handoff_id)

    def _keep(
        self,
        unit: Unit,
        world: TurnWorld,
        before: Talk,
        after: Conversation,
        *,
        writes_for: timedelta | None = None,
    ) -> None:
        house, now = self.furniture.house, world.now
        keep_talk(unit, world.person, before, after, self.flows, house, now, writes_for=writes_for)

    def _world(
        self,
        unit: Unit,
        person: Person,
        chat_id: int,
        now: datetime,
        ready: Mapping[Effect[object], Json] = ALONE.ready,
    ) -> TurnWorld:
        return TurnWorld(unit, self.furniture, person, chat_id, now, ready=ready)

    def _desk(self, unit: Unit, person: Person, update: Incoming) -> Person:
        """A deep link names the desk a person comes from: one of the list, or it says nothing."""
        content = update.content
        if not isinstance(content, seen.Command) or content.name != "start" or not content.payload:
            return person
        desk = find_desk(unit.reading(), content.payload)
        if desk is None or not desk.active or person.desk == desk.key:
            return person
        person = replace(person, desk=desk.key)
        unit.save_person(person)
        return person

    def wash(self, due: Washing, now: datetime) -> Callable[[Unit], list[Row]]:
        """The job that takes from a chat what has been there for long enough.

        A private page on the living message gives way to home, which says nothing; everything else
        goes, home too, when its time has come.
        """

        def job(unit: Unit) -> list[Row]:
            person = unit.person_by_id(due.person_id)
            if person is None:
                return unit.sent
            talk = find_talk(unit, person, self.flows, now)
            conversation, living = talk.conversation, talk.living
            show = Show(self.languages, unit, self._world(unit, person, due.chat_id, now))
            page = begin(self.flows, conversation, show.world).screen
            private = page is not None and page.sensitive
            gone = [one for one in due.message_ids if one != living or not private]
            if len(gone) < len(due.message_ids):
                reply = retreat(self.flows, conversation, show.world)
                show.reply(reply, None)
                hidden = WRITING if hides(self.flows, conversation) else None
                after = show.hush(conversation, reply.conversation)
                self._keep(unit, show.world, talk, after, writes_for=hidden)
            show.delete(gone)
            unit.forget_messages(person.id, gone)
            return unit.sent

        return job

    def end_drafts(self, person_id: int, now: datetime) -> Callable[[Unit], list[Row]]:
        """The job that takes a secret page from a chat when its time has come, and what was begun
        when nobody went on with it. What can still be gone on with is set aside."""

        def job(unit: Unit) -> list[Row]:
            person = unit.person_by_id(person_id)
            chat_id = unit.chat_id(person_id)
            draft = unit.draft(person_id)
            if person is None or chat_id is None or draft is None:
                return unit.sent
            talk = find_talk(unit, person, self.flows, now)
            world = self._world(unit, person, chat_id, now)
            conversation = talk.conversation
            if conversation.lost or (draft.wash_at is not None and draft.wash_at <= now):
                reply = retreat(self.flows, conversation, world)
                show = Show(self.languages, unit, world)
                show.reply(replace(reply, secret=True), None)
                conversation = show.hush(conversation, reply.conversation)
            hidden = WRITING if hides(self.flows, talk.conversation) else None
            self._keep(unit, world, talk, conversation, writes_for=hidden)
            return unit.sent

        return job


def _is_strange(update: Incoming, heard: object) -> bool:
    """Whether a tap tells of a message that is not the living one: perhaps one that arrived without
    our ever hearing of it, so this is the only way to know its number and to delete it later."""
    content = update.content
    return (
        isinstance(heard, Tap)
        and isinstance(content, seen.Tap)
        and (content.accessible and not heard.here)
    )
