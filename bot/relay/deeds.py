"""What operators do with a conversation: the one way, from their group and from the console alike.

Everything that must hold is decided here, in one transaction: who may, who has it now, when the
person's phone is her own. What cannot be done is refused with the reason, and nothing is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from bot.languages import Languages
from bot.relay import meeting
from bot.relay import refusals as why
from bot.relay.refusals import Done, did, is_editable, taken_by, why_not
from bot.relay.spoken import Voice
from bot.relay.way import Way, local
from bot.settings import Settings
from flows.handoff_model import Event, LineState, Reason, State, Urgency
from flows.text import _, verbatim
from storage.access import Reach
from storage.cases.refusing import says_no_to_words
from storage.desks import find_desk
from storage.handoffs import Content, Handoff, Line, claims, closing, lines, notes
from storage.handoffs.finding import find
from storage.operators import Operator, find_operator
from storage.outbox import take_back
from storage.unit import Unit
from storage.vault import Vault

_GOING = frozenset({LineState.WAITS, LineState.SENDING})


@dataclass(frozen=True, slots=True)
class Deeds:
    """Every verb takes the unit it happens in, who does it and to which conversation."""

    vault: Vault
    languages: Languages
    settings: Settings

    @property
    def way(self) -> Way:
        """How anything comes to a person."""
        return Way(self.languages, self.settings)

    # -- who has it

    def claim(self, unit: Unit, operator: Operator, handoff_id: int, now: datetime) -> Done:
        """Take a conversation nobody has, or whose owner has been silent for the lock's time."""
        found = self._open(unit, operator, handoff_id)
        if isinstance(found, Done):
            return found
        taken = claims.claim(unit.direct(), found.id, operator.id, now)
        if not taken.taken:
            return taken_by(unit, taken.owner)
        return did(unit, found.id, _("✋ It is yours now."))

    def release(self, unit: Unit, operator: Operator, handoff_id: int, now: datetime) -> Done:
        """Let go of a conversation of one's own."""
        found = self._open(unit, operator, handoff_id)
        if isinstance(found, Done):
            return found
        if not claims.release(unit.direct(), found.id, operator.id, now):
            return why.NOT_YOURS
        return did(unit, found.id, _("👐 It is free now: a colleague can take it."))

    def take_over(
        self,
        unit: Unit,
        operator: Operator,
        handoff_id: int,
        reason: str,
        now: datetime,
        *,
        expected: int | None = None,
    ) -> Done:
        """Take a conversation that a colleague has, with the reason; `expected`: and who that was
        when the operator looked. A third one, who has taken it meanwhile, keeps it."""
        found = self._open(unit, operator, handoff_id)
        if isinstance(found, Done):
            return found
        if expected is not None and found.owner not in (None, operator.id, expected):
            return taken_by(unit, found.owner)
        if not reason.strip():
            return why.NO_REASON
        connection = unit.direct()
        taken = claims.take_over(
            connection, self.vault, found.id, operator.id, reason.strip(), now, found.owner
        )
        if not taken.taken:
            return taken_by(unit, taken.owner)
        return did(unit, found.id, _("🔁 It is yours now. Your colleagues see why."))

    # -- what reaches the person

    def say(
        self,
        unit: Unit,
        operator: Operator,
        handoff_id: int,
        content: Content,
        now: datetime,
        *,
        source: int | None = None,
        album: str | None = None,
    ) -> Done:
        """Say something to the person: kept, and on its way in the same transaction."""
        found = self._answering(unit, operator, handoff_id, now)
        if isinstance(found, Done):
            return found
        return self._say(unit, operator, found, content, now, source=source, album=album)

    def appointment(
        self,
        unit: Unit,
        operator: Operator,
        handoff_id: int,
        wanted: meeting.Wanted,
        now: datetime,
        *,
        source: int | None = None,
    ) -> Done:
        """Book an appointment, and tell the person when to come."""
        found = self._answering(unit, operator, handoff_id, now)
        if isinstance(found, Done):
            return found
        say = partial(self._say, unit, operator, found, now=now, source=source)
        return meeting.appoint(unit, self.vault, operator, found, wanted, now, say)

    def edit(
        self,
        unit: Unit,
        operator: Operator,
        handoff_id: int,
        line_id: int,
        content: Content,
        now: datetime,
        *,
        source: int | None = None,
    ) -> Done:
        """Put other words in the place of those of a line; what was never sent is not sent now."""
        found = self._answering(unit, operator, handoff_id, now)
        if isinstance(found, Done):
            return found
        line = self._line(unit, found.id, line_id)
        if line is None or not is_editable(line, content):
            return why.NOT_TO_CHANGE
        if line.text == content.text:
            return Done(True, _("Nothing is different."), line)
        if wrong := why_not(content):
            return wrong
        if line.state in _GOING:
            if not take_back(unit.direct(), line.id):
                return why.ON_ITS_WAY
            lines.undo(unit.direct(), line.id, now)
            return self._say(unit, operator, found, content, now, source=source, edit_of=line)
        if line.state is not LineState.SENT or line.delivered is None:
            return why.NOT_TO_CHANGE
        if now - (line.delivered_at or line.at) > why.EDITS:
            return why.TOO_LATE_TO_CHANGE
        return self._say(unit, operator, found, content, now, source=source, edit_of=line)

    def undo(
        self, unit: Unit, operator: Operator, handoff_id: int, line_id: int, now: datetime
    ) -> Done:
        """Take a line back: before it goes out at any time, after that for a minute."""
        found = self._answering(unit, operator, handoff_id, now, closed=True)
        if isinstance(found, Done):
            return found
        line = self._line(unit, found.id, line_id)
        if line is None or line.state not in (*_GOING, LineState.SENT):
            return why.NOTHING_TO_UNDO
        meeting.hold(unit, line)
        connection = unit.direct()
        if line.state in _GOING:
            if not take_back(connection, line.id):
                return why.ON_ITS_WAY
        elif now - (line.delivered_at or line.at) > why.UNDO + why.GRACE or line.delivered is None:
            return why.TOO_LATE_TO_UNDO
        else:
            self.way.take_away(unit, found, line.delivered)
        if not lines.undo(connection, line.id, now):
            return why.NOTHING_TO_UNDO
        meeting.take_back(unit, line)
        notes.note(connection, self.vault, found.id, Event.UNDONE, "", now, operator.id)
        return did(unit, found.id, _("↩️ It is taken back."), replace(line, state=LineState.UNDONE))

    def hindrance(
        self, unit: Unit, operator: Operator, handoff_id: int, now: datetime
    ) -> Done | None:
        """Why this operator could not say anything to the person now; None where they could."""
        found = self._answering(unit, operator, handoff_id, now)
        if isinstance(found, Handoff):
            return why.NO_CONTACT if says_no_to_words(unit.direct(), found) else None
        return found

    # -- what only colleagues see

    def note(
        self,
        unit: Unit,
        operator: Operator,
        handoff_id: int,
        text: str,
        now: datetime,
        *,
        source: int | None = None,
    ) -> Done:
        """Keep words for colleagues. No way leads from here to the person."""
        found = self._known(unit, operator, handoff_id)
        if isinstance(found, Done):
            return found
        if not text.strip():
            return why.EMPTY
        connection = unit.direct()
        notes.note(connection, self.vault, found.id, Event.NOTE, text, now, operator.id, source)
        return did(unit, found.id, _("📝 Noted. Only colleagues see it."))

    def urgency(
        self, unit: Unit, operator: Operator, handoff_id: int, urgency: Urgency, now: datetime
    ) -> Done:
        """Say how soon somebody should answer."""
        found = self._open(unit, operator, handoff_id)
        if isinstance(found, Done):
            return found
        closing.set_urgency(unit.direct(), self.vault, found, urgency, now, operator.id)
        return did(unit, found.id, why.URGENCIES[urgency])

    def mediator(self, unit: Unit, operator: Operator, handoff_id: int, now: datetime) -> Done:
        """Ask for somebody who speaks the person's language."""
        found = self._open(unit, operator, handoff_id)
        if isinstance(found, Done):
            return found
        if not closing.ask_mediator(unit.direct(), found, now, operator.id):
            return Done(True, _("🗣️ A mediator was asked for already."))
        return did(unit, found.id, _("🗣️ A mediator is asked for."))

    # -- its end, and where it goes

    def close(
        self, unit: Unit, operator: Operator, handoff_id: int, reason: Reason, now: datetime
    ) -> Done:
        """Close a conversation; the person is told, and asked how it was."""
        found = self._answering(unit, operator, handoff_id, now)
        if isinstance(found, Done):
            return found
        if not closing.close(unit.direct(), self.vault, found, reason, now, operator.id):
            return why.CLOSED
        voice = self._herald(unit, found, now)
        if voice is not None:
            self.way.send(unit, found, voice.closed(reason), voice.now)
        return did(unit, found.id, _("📁 It is closed."))

    def reopen(self, unit: Unit, operator: Operator, handoff_id: int, now: datetime) -> Done:
        """Open a closed conversation again, as one's own; what the person ended only they begin."""
        found = self._known(unit, operator, handoff_id)
        if isinstance(found, Done):
            return found
        if found.reason is Reason.BY_PERSON:
            return why.ENDED_BY_PERSON
        if not closing.reopen(unit.direct(), found, now, operator.id):
            return why.OPEN_ALREADY
        return did(unit, found.id, _("📂 It is open again, and yours."))

    def hand_on(
        self,
        unit: Unit,
        operator: Operator,
        handoff_id: int,
        desk_key: str,
        reason: str,
        now: datetime,
    ) -> Done:
        """Give a conversation to another desk; the person is told who answers from now on."""
        found = self._open(unit, operator, handoff_id, assigns=True)
        if isinstance(found, Done):
            return found
        gives = Reach(operator).oversees(found.office, found.territory)
        if found.is_locked(operator.id, now) and not gives:
            return taken_by(unit, found.owner)
        desk = find_desk(unit.reading(), desk_key)
        if desk is None or not desk.talks or desk.key == found.desk:
            return why.NO_SUCH_DESK
        if not reason.strip():
            return why.NO_REASON
        connection = unit.direct()
        closing.hand_on(connection, self.vault, found, desk, reason.strip(), now, operator.id)
        voice = self._herald(unit, replace(found, desk=desk.key), now)
        if voice is not None:
            self.way.send(unit, found, voice.handed_on(), now)
        return did(unit, found.id, _("🔁 {desk} has it now.", desk=verbatim(desk.name)))

    # -- what must hold

    def _known(
        self, unit: Unit, operator: Operator, handoff_id: int, *, assigns: bool = False
    ) -> Handoff | Done:
        """The conversation, where this operator may work on it."""
        # As they are in this transaction: somebody who has just left does nothing any more.
        doer = find_operator(unit.reading(), operator.id)
        found = find(unit.reading(), handoff_id)
        if doer is None or found is None:
            return why.GONE
        reach = Reach(doer)
        if reach.talks_in(found.office):
            return found
        gives = assigns and reach.oversees(found.office, found.territory)
        return found if gives else why.NOT_FOR_YOU

    def _open(
        self, unit: Unit, operator: Operator, handoff_id: int, *, assigns: bool = False
    ) -> Handoff | Done:
        found = self._known(unit, operator, handoff_id, assigns=assigns)
        if isinstance(found, Handoff) and found.state is State.CLOSED:
            return why.CLOSED
        return found

    def _answering(
        self,
        unit: Unit,
        operator: Operator,
        handoff_id: int,
        now: datetime,
        *,
        closed: bool = False,
    ) -> Handoff | Done:
        """The conversation, where this operator may reach the person now."""
        found = (self._known if closed else self._open)(unit, operator, handoff_id)
        if isinstance(found, Handoff) and found.is_locked(operator.id, now):
            return taken_by(unit, found.owner)
        return found

    def _line(self, unit: Unit, handoff_id: int, line_id: int) -> Line | None:
        """A line of an operator in this conversation."""
        line = lines.find_line(unit.direct(), self.vault, line_id)
        return line if line and line.handoff_id == handoff_id and line.outward else None

    # -- how it goes

    def _herald(self, unit: Unit, handoff: Handoff, now: datetime) -> Voice | None:
        """What tells the person of something nobody wrote; silent where she wants no words."""
        refused = says_no_to_words(unit.direct(), handoff)
        return None if refused else self.way.voice(unit, handoff, now)

    def _say(
        self,
        unit: Unit,
        operator: Operator,
        handoff: Handoff,
        content: Content,
        now: datetime,
        *,
        source: int | None,
        album: str | None = None,
        edit_of: Line | None = None,
    ) -> Done:
        if wrong := why_not(content):
            return wrong
        connection = unit.direct()
        if says_no_to_words(connection, handoff):
            return why.NO_CONTACT
        taken = claims.claim(connection, handoff.id, operator.id, now)
        if not taken.taken:
            return taken_by(unit, taken.owner)
        voice = self.way.voice(unit, handoff, now)
        goes = None if voice is None else self.way.goes_at(handoff, now)
        replaces = edit_of is not None and edit_of.state is LineState.SENT
        state = LineState.BLOCKED if voice is None else LineState.SENDING
        if goes is not None and not replaces:
            state = LineState.WAITS
        line = lines.say(
            connection,
            self.vault,
            handoff,
            operator.id,
            content,
            now,
            source=source,
            state=state,
            edit_of=None if edit_of is None else edit_of.edit_of or edit_of.id,
            album=album,
        )
        unit.stirred.add(handoff.id)
        if voice is None:
            return Done(False, why.UNREACHABLE, line)
        if replaces and edit_of is not None and edit_of.delivered is not None:
            speech = voice.changed(content, edit_of.delivered)
            self.way.send(unit, handoff, speech, now, line)
            return Done(True, _("✏️ It is being changed."), line)
        self.way.send(unit, handoff, voice.said(content), now, line)
        if goes is not None:
            when = local(goes)
            return Done(True, _("⏳ It will go out at {when}: then it is safe.", when=when), line)
        return Done(True, _("✉️ It is on its way."), line)
