"""A turn at work: flows open, wait under each other, end, and lead to the next screen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import cast

from flows.directory import CLEAN, CLOSE, FORGET, HOME, ONBOARDING, Flows
from flows.engine import (
    Ended,
    FlowError,
    Run,
    Said,
    Session,
    Turn,
    back,
    compact,
    performed,
)
from flows.exchange import Conversation, Reply, World
from flows.opening import Opening
from flows.question import Ask, Do, Say
from flows.screen import Screen, hint, screen_of
from flows.stayed import unsent
from flows.text import Text, _

MAX_TURN_EFFECTS = 20
MAX_DEPTH = 5
MAX_PAST = 8
MAX_ASIDE = 4

_GOES_ON = _("You began this before. Here you go on.")
_CHANGED = _("I have changed since then, sorry. Let us go on from here.")


@dataclass(slots=True)
class Stage:
    """The only place where a conversation changes, one replacement at a time.

    `known` is how long the logs were when the turn began, `told` what ended flows said last,
    `hints` what is needed, under the question.
    """

    flows: Flows
    world: World
    now: Conversation
    known: dict[str, int] = field(default_factory=dict)
    stays: tuple[Said, ...] = ()
    told: tuple[Said, ...] = ()
    pops: tuple[Said, ...] = ()
    hints: tuple[Text, ...] = ()
    cut: bool = False
    asking: Run | None = None
    secret: bool = False

    def __post_init__(self) -> None:
        open_now = (*self.now.stack, *self.now.aside)
        self.known = {session.id: len(session.log) for session in open_now}
        self.secret = self.flows.is_secret(*self.now.stack)

    @property
    def top(self) -> Session:
        return self.now.stack[-1]

    def put(self, session: Session) -> None:
        stack = (*self.now.stack[:-1], session)
        self.now = replace(self.now, stack=stack, hinted=None, typed=None)

    def pop(self) -> None:
        """Leave the flow on top for the one that waits under it."""
        self.now = replace(self.now, stack=self.now.stack[:-1], hinted=None)

    def open(self, name: str, at: str = "") -> None:
        """Begin a flow over those that are on.

        An aside that is on already moves up instead of standing there twice. A form that was begun
        goes on where it was left, with what it is opened with now. Of too many flows the middle
        ones go: the first is what the person came for, the last are the way Back.
        """
        if self._goes_on(name, at):
            return
        spec = self.flows[name]
        if spec.alone:
            self._set_all_aside(by_command=True)
        new_id = self.world.new_session_id(secret=spec.secret)
        session = Session(new_id, name, self.world.today, at)
        aside = spec.over
        below = tuple(one for one in self.now.stack if not (aside and one.flow == name))
        if len(below) >= MAX_DEPTH:
            below = (below[0], *below[-MAX_DEPTH + 2 :])
        self.now = replace(self.now, stack=(*below, session), hinted=None)

    def open_under(self, name: str, at: str) -> None:
        """Let a flow wait under the one that is on, as if it had been left for it."""
        if all(session.flow != name for session in self.now.stack):
            new_id = self.world.new_session_id(secret=self.flows[name].secret)
            session = Session(new_id, name, self.world.today, at)
            self.now = replace(self.now, stack=(session, *self.now.stack))

    def _goes_on(self, name: str, at: str) -> bool:
        """Whether this form was begun, here or before, and is on top now."""
        spec = self.flows[name]
        if not spec.form:
            return False
        kind = at if at in spec.apart else ""
        for session in (*reversed(self.now.stack), *reversed(self.now.aside)):
            kind_of_it = session.at if session.at in spec.apart else ""
            if session.flow == name and session.log and kind_of_it == kind:
                aside = tuple(one for one in self.now.aside if one.id != session.id)
                below = tuple(one for one in self.now.stack if one.id != session.id)
                session = replace(session, at=at or session.at)
                now = self.now.setting_aside(*aside)
                self.now = replace(now, stack=(*below, session), hinted=None)
                self.told += (Said(0, Say((hint(_GOES_ON),))),)
                return True
        return False

    def set_aside(self, session: Session) -> None:
        """Keep a flow for later. A form gives way to another only by one place; what is no form,
        or only practice, never takes the place of one."""
        spec = self.flows[session.flow]
        others = [one for one in self.now.aside if one.flow != session.flow]
        forms = [one for one in others if self.flows[one.flow].form]
        gives_way = not spec.form or session.at in spec.apart
        if gives_way and self.now.aside and self.flows[self.now.aside[-1].flow].form:
            return
        self.now = self.now.setting_aside(*[*forms, session][-MAX_ASIDE:])

    def go_home(self, *, by_command: bool) -> None:
        """Leave everything; what was under way is set aside, so that home can offer it again."""
        welcomed = self.world.opening("", self.world.today, False).person.welcomed
        if not welcomed and self.now.stack and self.now.stack[0].flow == ONBOARDING:
            self.now = replace(self.now, stack=self.now.stack[:1], hinted=None)
            return
        self._set_all_aside(by_command=by_command)
        self.open(HOME if welcomed else ONBOARDING)

    def _set_all_aside(self, *, by_command: bool) -> None:
        for session in sorted(self.now.stack, key=lambda one: self.flows[one.flow].form):
            spec = self.flows[session.flow]  # a form comes last and wins: it holds what was told
            if spec.resumable and (by_command or spec.form) and (session.log or session.at):
                self.set_aside(session)
        self.now = replace(self.now, stack=())

    def finish(self, turn: Turn, ended: Ended) -> None:
        """A flow ended: its words go, and the next one comes."""
        session = turn.session
        self.told += turn.said
        self.pops += turn.pops
        self.pop()
        if ended.result == "resume" and self.now.paused is not None:
            *aside, session = self.now.aside
            self.now = replace(self.now.setting_aside(*aside), stack=(session,))
            return
        waiting = back(session) if ended.comes_back else None
        if waiting is not None:
            self.now = replace(self.now, stack=(*self.now.stack, waiting))
        elif self._is_remembered(session, ended):
            past = (*self.now.past, compact(session, ended, self.world.today))[-MAX_PAST:]
            self.now = replace(self.now, past=past)
        if session.flow in (CLEAN, CLOSE):
            self.now = Conversation(past=self.now.past)
        if ended.then:
            self.open(ended.then, ended.at)
        elif not self.now.stack:
            self.go_home(by_command=False)

    def _is_remembered(self, session: Session, ended: Ended) -> bool:
        """Whether it stays that this flow was there: nothing of what is or led to a secret."""
        spec = self.flows[session.flow]
        leads_to_secret = bool(ended.then) and self.flows[ended.then].secret
        return not (spec.over or spec.secret or leads_to_secret or session.flow == HOME)

    def settle(self) -> tuple[Ask, tuple[Said, ...]] | None:
        """Go on until somebody has to answer; None when nothing is left of the conversation.

        Raises:
            FlowError: a flow broke a law; nothing of the turn may be kept.
        """
        for _effect in range(MAX_TURN_EFFECTS):
            if not self.now.stack:
                self.go_home(by_command=False)
            turn = self.turn_of(self.top)
            self.cut = self.cut or turn.cut
            if isinstance(turn.waits, Do):
                value = self.world.perform(turn.waits.effect)
                self.put(performed(turn.session, turn.waits, value))
                continue
            stays, session = unsent(turn, self.known.get(turn.session.id, -1))
            self.stays += stays
            if turn.waits is not None:
                if session.asked != turn.waits.key:
                    session = replace(session, asked=turn.waits.key)
                self.put(session)
                self.pops += turn.pops
                return turn.waits, turn.said
            ended = cast(Ended, turn.ended)
            if session.flow == FORGET and ended.result == "forgotten":
                return None
            self.finish(turn, ended)
        raise FlowError(
            f"A turn had more than {MAX_TURN_EFFECTS} effects and endings: nothing of it is kept. "
            "Look for flows that lead to each other without a question."
        )

    def turn_of(self, session: Session) -> Turn:
        """Where a flow stands.

        An answer is given to the run that asked the question: running the flow again from its
        beginning would cost as much as all the rest of a turn. What an effect changed is new to
        the flow, so after one it is run again.
        """
        earlier, self.asking = self.asking, None
        if earlier is not None:
            turn = earlier.go_on(session)
            if turn is not None:
                return turn
        opening = self.opening(session)
        conduct = self.flows[session.flow].conduct
        self.asking = Run(lambda: conduct(opening), session)
        return self.asking.turn

    def opening(self, session: Session) -> Opening:
        """What a flow is given; in careful mode nobody is led to a secret draft by one tap."""
        paused = self.now.paused
        opening = self.world.opening(session.at, session.begun, paused is not None)
        if paused is not None and opening.person.careful and self.flows[paused.flow].secret:
            return replace(opening, paused=False)
        return opening

    def reply(
        self, *, notice: Text | None = None, below: bool = False, trace: Text | None = None
    ) -> Reply:
        """Settle, and draw the screen of where the conversation stands then."""
        settled = self.settle()
        if settled is None:
            return Reply(Conversation(), stays=self.stays, over=True)
        screen = self.drawn(*settled)
        secret = self.secret or self.flows.is_secret(*self.now.stack)
        below = below and not secret
        return Reply(
            self.now, screen, self.stays, notice, below, trace, pops=self.pops, secret=secret
        )

    def drawn(self, ask: Ask, said: tuple[Said, ...]) -> Screen:
        session = self.top
        spec = self.flows[session.flow]
        waits_on_another = len(self.now.stack) > 1
        goes_back = waits_on_another or bool(session.log) or session.flow not in (HOME, ONBOARDING)
        closes = any(self.flows[one.flow].closes for one in self.now.stack)
        screen = screen_of(
            session,
            ask,
            (*self.told, *said),
            back=goes_back and spec.backs,
            home=session.flow != HOME and spec.leaves and not closes,
            helps=spec.helps,
            closes=closes,
            sensitive=self.flows.is_secret(*self.now.stack),
        )
        if not self.cut and not self.hints:
            return screen
        sorry = (hint(_CHANGED),) if self.cut else ()
        hints = (hint(one) for one in self.hints)
        return replace(screen, lines=(*sorry, *screen.lines, *hints))
