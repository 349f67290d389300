"""Run a flow from what was answered: replay, Back, edit and language switch are one mechanism."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import TypeAlias, cast

from flows.effects import Json
from flows.steps import Ask, Do, Flow, Say, Step

MAX_STEPS = 2000
MAX_EVENTS = 200


class FlowError(Exception):
    """A flow broke a law of the house; nothing it did in this turn is kept."""


class EndlessFlowError(FlowError):
    """A flow went on without asking; it was stopped."""


class LogFullError(FlowError):
    """A conversation grew past its limit; it ends here and the person goes home."""


class Kind(StrEnum):
    """The three kinds of event."""

    ANSWER = "a"
    RESULT = "r"
    COMMIT = "c"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened in a flow, under the key of its step."""

    kind: Kind
    key: str
    value: Json


@dataclass(frozen=True, slots=True)
class Session:
    """A flow under way: all of its memory is the log.

    `turn` grows with every answer and stands in the buttons, so an old button is recognised.
    `kept` are answers from before a change, used again where they still fit.
    """

    id: str
    flow: str
    begun: date
    at: str = ""
    turn: int = 0
    log: tuple[Event, ...] = ()
    kept: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a flow ended, and where the person goes next (home, when nothing is said)."""

    result: str
    then: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Something told, and how many events had happened by then."""

    after: int
    say: Say


@dataclass(frozen=True, slots=True)
class Turn:
    """Where a flow stands: what was said since the last answer, and what it waits for."""

    session: Session
    said: tuple[Said, ...]
    stays: tuple[Said, ...]
    waits: Ask | Do | None
    ended: Ended | None
    cut: bool


Conduct: TypeAlias = Callable[[], Flow[Ended]]


class _Replay:
    """One run of a flow over its log."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.log = list(session.log)
        self.kept = list(session.kept)
        self.at = 0
        self.cut = False
        self.said: list[Said] = []
        self.stays: list[Said] = []

    def turn(self, waits: Ask | Do | None, ended: Ended | None) -> Turn:
        session = replace(
            self.session,
            log=tuple(self.log[: self.at]),
            kept=tuple(self.kept),
            turn=self.session.turn + (1 if self.cut else 0),
        )
        return Turn(session, tuple(self.said), tuple(self.stays), waits, ended, self.cut)

    def tell(self, say: Say) -> None:
        (self.stays if say.stays else self.said).append(Said(self.at, say))

    def cut_here(self) -> None:
        answers = [event for event in self.log[self.at :] if event.kind is Kind.ANSWER]
        self.kept = answers + self.kept
        del self.log[self.at :]
        self.cut = True

    def recorded(self, step: Ask | Do) -> Event | None:
        """The event that belongs to this step, or None where the flow has to wait."""
        if self.at < len(self.log):
            event = self.log[self.at]
            if _belongs(event, step):
                return event
            self.cut_here()
        if isinstance(step, Ask) and not step.binding:
            return self.fitting(step)
        return None

    def fitting(self, ask: Ask) -> Event | None:
        """An earlier answer to the same question that still fits; older ones are let go."""
        for index, event in enumerate(self.kept):
            if event.key == ask.key:
                del self.kept[: index + 1]
                if ask.refusal(event.value) is None:
                    self.log.append(event)
                    return event
                return None
        return None


def _belongs(event: Event, step: Ask | Do) -> bool:
    if event.key != step.key:
        return False
    if isinstance(step, Ask):
        return event.kind is Kind.ANSWER and step.refusal(event.value) is None
    return event.kind is (Kind.COMMIT if step.effect.commits else Kind.RESULT)


def run(conduct: Conduct, session: Session) -> Turn:
    """Replay a flow over its log, up to the question or the effect it now waits for.

    Where the replay finds another step than the one recorded (the flow was changed, an option
    vanished), the log is cut there and later answers are used again where they still fit.

    Raises:
        EndlessFlowError: the flow made more than MAX_STEPS steps; the session is as it was.
    """
    replay = _Replay(session)
    flow = conduct()
    value: Json = None
    try:
        for _step in range(MAX_STEPS):
            step: Step = flow.send(value)
            value = None
            if isinstance(step, Say):
                replay.tell(step)
                continue
            event = replay.recorded(step)
            if event is None:
                return replay.turn(step, None)
            replay.at += 1
            value = event.value
            if isinstance(step, Ask):
                replay.said.clear()
    except StopIteration as stop:
        return replay.turn(None, cast(Ended, stop.value))
    finally:
        flow.close()
    raise EndlessFlowError(
        f"The flow {session.flow!r} made {MAX_STEPS} steps without waiting: it was stopped, "
        "nothing was changed. Look for a loop without a question."
    )


def answered(session: Session, ask: Ask, value: Json) -> Session:
    """The session after an answer.

    Raises:
        LogFullError: the log is at its limit; the session is as it was.
    """
    if len(session.log) >= MAX_EVENTS:
        raise LogFullError(f"The flow {session.flow!r} has {MAX_EVENTS} events: it ends here.")
    event = Event(Kind.ANSWER, ask.key, value)
    return replace(session, log=(*session.log, event), turn=session.turn + 1)


def performed(session: Session, do: Do, value: Json) -> Session:
    """The session after an effect was carried out."""
    kind = Kind.COMMIT if do.effect.commits else Kind.RESULT
    return replace(session, log=(*session.log, Event(kind, do.key, value)))


def back(session: Session) -> Session | None:
    """The session before its last answer, or None at the beginning or behind a commit."""
    for index in range(len(session.log) - 1, -1, -1):
        event = session.log[index]
        if event.kind is Kind.COMMIT:
            return None
        if event.kind is Kind.ANSWER:
            return replace(session, log=session.log[:index], kept=(), turn=session.turn + 1)
    return None


def edit(session: Session, key: str) -> Session | None:
    """The session at an earlier question, asked again; later answers are used where they fit.

    None when there is no such answer or something was committed after it.
    """
    for index, event in enumerate(session.log):
        if event.kind is Kind.ANSWER and event.key == key:
            later = session.log[index + 1 :]
            if any(one.kind is Kind.COMMIT for one in later):
                return None
            kept = tuple(one for one in later if one.kind is Kind.ANSWER)
            return replace(session, log=session.log[:index], kept=kept, turn=session.turn + 1)
    return None


@dataclass(frozen=True, slots=True)
class Past:
    """What stays of a flow that ended: which, how, and on which day it began and ended."""

    flow: str
    result: str
    begun: date
    ended: date


def compact(session: Session, ended: Ended, today: date) -> Past:
    """Let the words go when a flow ends."""
    return Past(session.flow, ended.result, session.begun, today)
