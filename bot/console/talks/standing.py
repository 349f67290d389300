"""Who has a conversation and who is at it now, in words for whoever looks at it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.console.people import People
from bot.console.talks.desk import Talks
from bot.console.talks.labels import clock
from bot.console.visit import Visit
from bot.group.words import REASONS
from flows.handoff_model import Reason, State
from flows.text import Text, _
from storage.handoffs import Handoff


@dataclass(frozen=True, slots=True)
class Standing:
    """Who has it, and what whoever looks may do about that."""

    words: Text
    kind: str
    is_mine: bool = False
    is_locked: bool = False
    may_claim: bool = False
    may_answer: bool = False
    is_closed: bool = False
    may_reopen: bool = False


def standing(one: Handoff, visit: Visit, staff: People) -> Standing:
    """Who has a conversation now."""
    now, me = visit.room.now, visit.operator.id
    if one.state is State.CLOSED:
        if one.reason is None:
            return Standing(_("It is closed."), "seen", is_closed=True, may_reopen=True)
        words = _("It is closed: {reason}.", reason=REASONS[one.reason])
        theirs = one.reason is Reason.BY_PERSON  # and only they begin again
        return Standing(words, "seen", is_closed=True, may_reopen=not theirs)
    if one.owner is None:
        free = _("Nobody has it yet. Whoever answers first has it.")
        return Standing(free, "warn", may_claim=True, may_answer=True)
    until = "" if one.lock_until is None else clock(one.lock_until, now, visit)
    is_over = one.lock_until is None or one.lock_until <= now
    name = staff.name(one.owner)
    if one.owner == me:
        if is_over:
            words = _("It is yours. You have been silent: a colleague may take it.")
        else:
            words = _("It is yours until {time}. Every answer makes it longer.", time=until)
        return Standing(words, "good", is_mine=True, may_answer=True)
    if is_over:
        words = _("{name} had it and has been silent: you may take it.", name=name)
        return Standing(words, "warn", may_claim=True, may_answer=True)
    words = _("{name} has it until {time}.", name=name, time=until)
    return Standing(words, "warn", is_locked=True)


def others(talks: Talks, visit: Visit, talk: int, staff: People) -> Iterator[Text]:
    """The colleagues who are at it this moment."""
    moment = visit.room.clock.monotonic()
    for one in talks.presence.others(talk, visit.operator.id, moment):
        name = staff.name(one.operator_id)
        if one.is_writing:
            yield _("{name} is writing to the person now", name=name)
        else:
            yield _("{name} has this open", name=name)
