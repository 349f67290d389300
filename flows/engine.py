"""Run a flow from what was answered: replay, Back, edit and language switch are one mechanism."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from typing import TypeAlias, cast

from flows.effects import Json
from flows.question import DONE, MORE, Ask, Do, Flow, Say, Step

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
    `asked` is the question on the screen: an answer meant for it never goes to another one.
    `kept` are answers from before a change, used again where they still fit. `once` are the effects
    that are done once in a session, and `stayed` the marks of the messages that were sent to stay:
    both outlive Back. `editing` is the question that is asked again out of its turn.
    """

    id: str
    flow: str
    begun: date
    at: str = ""
    turn: int = 0
    asked: str = ""
    log: tuple[Event, ...] = ()
    kept: tuple[Event, ...] = ()
    once: tuple[Event, ...] = ()
    stayed: tuple[str, ...] = ()
    editing: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a flow ended, and where the person goes next (home, when nothing is said).

    With `comes_back` the flow waits under the next one: Back leads to the question it was left at.
    """

    result: str
    then: str = ""
    at: str = ""
    comes_back: bool = False


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
    pops: tuple[Said, ...] = ()


Conduct: TypeAlias = Callable[[], Flow[Ended]]


class _Replay:
    """One run of a flow over its log."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.log = list(session.log)
        self.kept = list(session.kept)
        self.at = 0
        self.cut = False
        self.spent = False
        self.said: list[Said] = []
        self.stays: list[Said] = []
        self.pops: list[Said] = []

    def turn(self, waits: Ask | Do | None, ended: Ended | None) -> Turn:
        session, log, kept = self.session, tuple(self.log[: self.at]), tuple(self.kept)
        if self.cut or (log, kept) != (session.log, session.kept):
            session = replace(session, log=log, kept=kept, turn=session.turn + self.cut)
        said, stays, pops = tuple(self.said), tuple(self.stays), tuple(self.pops)
        return Turn(session, said, stays, waits, ended, self.cut, pops)

    def tell(self, say: Say) -> None:
        where = self.stays if say.stays else self.pops if say.popup else self.said
        where.append(Said(self.at, say))

    def hush(self) -> None:
        """What was said before an answer was read by whoever gave it."""
        self.said.clear()
        self.pops.clear()

    def cut_here(self) -> None:
        """Let go of what does not belong any more; a commit among it can never be done again."""
        gone = self.log[self.at :]
        self.kept = _answers(gone) + self.kept
        self.spent = _commits(gone) > 0
        self.cut = True
        del self.log[self.at :]

    def recorded(self, step: Ask | Do) -> Event | None:
        """The event that belongs to this step, or None where the flow has to wait."""
        if self.at < len(self.log):
            event = self.log[self.at]
            if _belongs(event, step):
                return event
            self.cut_here()
        earlier = self.fitting(step) if isinstance(step, Ask) else self.done(step)
        if earlier is not None:
            self.log.append(earlier)
        return earlier

    def fitting(self, ask: Ask) -> Event | None:
        """An earlier answer to the same question that still fits; older ones are let go."""
        keys = [event.key for event in self.kept]
        if ask.binding or ask.key not in keys or ask.key == self.session.editing:
            return None
        event = self.kept[keys.index(ask.key)]
        del self.kept[: keys.index(ask.key) + 1]
        return event if ask.fits(event.value) else None

    def done(self, do: Do) -> Event | None:
        """What an effect that is done once in a session gave the first time.

        Of one whose result lasts, what it gave when it was asked for in the very same words.
        """
        if do.effect.once:
            return next((event for event in self.session.once if event.key == do.key), None)
        if not any(event.key.startswith(f"{do.key}#") for event in self.session.once):
            return None
        mark = _mark(do)
        found = (event for event in self.session.once if event.key == mark)
        return next((replace(event, key=do.key) for event in found), None)


def _answers(events: Iterable[Event]) -> list[Event]:
    return [event for event in events if event.kind is Kind.ANSWER]


def _commits(events: Iterable[Event]) -> int:
    return sum(event.kind is Kind.COMMIT for event in events)


def _belongs(event: Event, step: Ask | Do) -> bool:
    if event.key != step.key:
        return False
    if isinstance(step, Ask):
        return event.kind is Kind.ANSWER and step.fits(event.value)
    return event.kind is (Kind.COMMIT if step.effect.commits else Kind.RESULT)


class Run:
    """A flow run over its log, up to the question or the effect it waits for: `turn`.

    Where the replay finds another step than the one recorded (the flow was changed, an option
    vanished), the log is cut there and later answers are used again where they still fit. A flow
    that would lose a commit by the cut ends instead: what was done is never done twice.

    Raises:
        EndlessFlowError: the flow made more than MAX_STEPS steps; the session is as it was.
    """

    def __init__(self, conduct: Conduct, session: Session) -> None:
        self._flow = conduct()
        self._replay = _Replay(session)
        self._steps = 0
        self.turn = self._go(None)

    def go_on(self, session: Session) -> Turn | None:
        """From the question on with its answer, without telling again what led there.

        None when this session is not the one that waits here, with one answer more.
        """
        before, log = self.turn.session, session.log
        if self.turn.cut or not isinstance(self.turn.waits, Ask) or log[:-1] != before.log:
            return None
        if not log or (session.id, session.kept) != (before.id, before.kept):
            return None
        replay, answer = self._replay, log[-1]
        if not _belongs(answer, self.turn.waits):
            return None
        replay.session, replay.log, replay.at = session, list(log), len(log)
        replay.hush()
        self.turn = self._go(answer.value)
        return self.turn

    def close(self) -> None:
        """Let the flow go where it waits."""
        self._flow.close()

    def _go(self, value: Json) -> Turn:
        replay, flow = self._replay, self._flow
        try:
            while self._steps < MAX_STEPS:
                self._steps += 1
                step: Step = flow.send(value)
                value = None
                if isinstance(step, Say):
                    replay.tell(step)
                    continue
                event = replay.recorded(step)
                if replay.spent:
                    return replay.turn(None, Ended("changed"))
                if event is None:
                    return replay.turn(step, None)
                replay.at += 1
                value = event.value
                if isinstance(step, Ask):
                    replay.hush()
        except StopIteration as stop:
            replay.cut = replay.cut or replay.at < len(replay.log)
            return replay.turn(None, cast(Ended, stop.value))
        flow.close()
        raise EndlessFlowError(
            f"The flow {replay.session.flow!r} made {MAX_STEPS} steps without waiting: it was "
            "stopped, nothing was changed. Look for a loop without a question."
        )


def run(conduct: Conduct, session: Session) -> Turn:
    """Run a flow over its log and let it go where it waits.

    Raises:
        EndlessFlowError: the flow made more than MAX_STEPS steps; the session is as it was.
    """
    found = Run(conduct, session)
    found.close()
    return found.turn


def answered(session: Session, ask: Ask, value: Json) -> Session:
    """The session after an answer.

    Raises:
        LogFullError: the log is at its limit; the session is as it was.
    """
    if len(session.log) >= MAX_EVENTS:
        raise LogFullError(f"The flow {session.flow!r} has {MAX_EVENTS} events: it ends here.")
    event = Event(Kind.ANSWER, ask.key, ask.recorded(value))
    kept = session.kept[1:] if session.editing else session.kept
    log = (*session.log, event)
    return replace(session, log=log, kept=kept, editing="", turn=session.turn + 1)


def performed(session: Session, do: Do, value: Json) -> Session:
    """The session after an effect was carried out."""
    event = Event(Kind.COMMIT if do.effect.commits else Kind.RESULT, do.key, value)
    once = (*session.once, event) if do.effect.once else session.once
    if do.effect.lasts(value):
        once += (replace(event, key=_mark(do)),)
    return replace(session, log=(*session.log, event), once=once)


def _mark(do: Do) -> str:
    """The key of an effect and its words, as a mark that tells nothing of them."""
    words = repr((type(do.effect).__name__, astuple(do.effect)))
    return f"{do.key}#{blake2b(words.encode(), digest_size=8).hexdigest()}"


def back(session: Session, ask: Ask | None = None) -> Session | None:
    """The session before its last answer, or None at the beginning or behind a commit.

    An answer whose effect is done once (a vote) cannot be taken back: the one before it is. Out of
    a question that is asked again the way leads to where it was asked from, with the old answer.
    Where `ask` gathers answers, Back turns a page, or leaves it with all of them.
    """
    if session.editing:
        return replace(session, editing="", turn=session.turn + 1)
    if ask is not None and ask.gathers:
        first, page = _gathered(session, ask.key)
        if page is not None:
            log = (*session.log[:page], *session.log[page + 1 :])
            return replace(session, log=log, turn=session.turn + 1)
        session = replace(session, log=session.log[:first])
    passes = False
    for index in range(len(session.log) - 1, -1, -1):
        event = session.log[index]
        if event.kind is Kind.COMMIT:
            return None
        if event.kind is Kind.RESULT:
            passes = passes or event in session.once
        elif passes:
            passes = False
        else:
            # What was answered before a change waits on, but not for the question that comes back.
            kept = tuple(one for one in session.kept if one.key != event.key)
            return replace(session, log=session.log[:index], kept=kept, turn=session.turn + 1)
    return None


def _gathered(session: Session, key: str) -> tuple[int, int | None]:
    """Where the answers begin that a question has gathered so far, and the last turn of a page."""
    first, page = len(session.log), None
    while first and session.log[first - 1].key == key:
        option = cast(dict[str, Json], session.log[first - 1].value).get("option")
        if option == DONE:  # of another round
            break
        first -= 1
        if option == MORE and page is None:
            page = first
    return first, page


def edit(session: Session, key: str) -> Session | None:
    """The session at an earlier question, asked again; later answers are used where they fit.

    Of several answers to that question (pages, marks, files) only the last is asked again. None
    when there is no such answer or something was committed after it.
    """
    for index in range(len(session.log) - 1, -1, -1):
        event = session.log[index]
        if event.kind is Kind.COMMIT:
            return None
        if event.kind is Kind.ANSWER and event.key == key:
            kept = tuple(_answers(session.log[index:]))
            log, turn = session.log[:index], session.turn + 1
            return replace(session, log=log, kept=kept, editing=key, turn=turn)
    return None


def last_words(session: Session) -> str | None:
    """What was written as the last answer, where nothing has come of it yet."""
    last = session.log[-1] if session.log else None
    if last is None or last.kind is not Kind.ANSWER:
        return None
    words = cast(dict[str, Json], last.value).get("text")
    return words if isinstance(words, str) else None


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
