"""One chat as a whole: which flow is on, what the person did, what they see next."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol, TypeAlias, cast

from flows.directory import CLEAN, FORGET, HOME, ONBOARDING, Flows
from flows.effects import Effect, Json
from flows.engine import (
    Ended,
    FlowError,
    Past,
    Said,
    Session,
    Turn,
    answered,
    back,
    compact,
    performed,
    run,
)
from flows.opening import Opening
from flows.screen import BACK, HELP, HOME_BUTTON, Screen, hint, screen_of
from flows.steps import Accept, Ask, Do
from flows.text import Text, _

MAX_TURN_EFFECTS = 20
MAX_DEPTH = 4
MAX_PAST = 8
HINT_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was pressed; `here` says that it hangs on the living message."""

    session: str
    turn: int
    option: str
    here: bool = True


@dataclass(frozen=True, slots=True)
class Wrote:
    """Something was sent that is not a command: what it is, and what of it may be an answer."""

    kind: str
    content: Json
    at: int


@dataclass(frozen=True, slots=True)
class Command:
    """A command the bot knows, without its slash."""

    name: str


Heard: TypeAlias = Tap | Wrote | Command


@dataclass(frozen=True, slots=True)
class Conversation:
    """The flows that are open in a chat, the last on top, and what stays of those that ended."""

    stack: tuple[Session, ...] = ()
    paused: Session | None = None
    past: tuple[Past, ...] = ()
    hinted: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn leads to: the conversation as it is now, and what the person sees.

    `below`: the screen goes under what was written, the old one makes room, keeping `trace`.
    `over`: nothing is left of the conversation; only `stays` are sent.
    """

    conversation: Conversation
    screen: Screen | None = None
    stays: tuple[Said, ...] = ()
    notice: Text | None = None
    below: bool = False
    trace: Text | None = None
    over: bool = False


class World(Protocol):
    """What the shell lends to a turn."""

    def opening(self, at: str, begun: date, paused: bool) -> Opening:
        """All a flow may know, as it is at this moment of the turn."""

    def perform(self, effect: Effect[object]) -> Json:
        """Carry out an effect in the turn's transaction."""

    def new_session_id(self) -> str:
        """A short random id."""

    @property
    def today(self) -> date: ...


@dataclass(slots=True)
class _Stage:
    """A turn at work: the only place where a conversation changes, one replacement at a time."""

    flows: Flows
    world: World
    now: Conversation
    known: dict[str, int] = field(default_factory=dict)
    stays: tuple[Said, ...] = ()
    cut: bool = False
    over: bool = False

    def __post_init__(self) -> None:
        open_now = (*self.now.stack, *((self.now.paused,) if self.now.paused else ()))
        self.known = {session.id: len(session.log) for session in open_now}

    @property
    def top(self) -> Session:
        return self.now.stack[-1]

    def put(self, session: Session) -> None:
        self.now = replace(self.now, stack=(*self.now.stack[:-1], session), hinted=None)

    def open(self, name: str, at: str = "") -> None:
        """Begin a flow: over the one that is on, or in its place."""
        session = Session(self.world.new_session_id(), name, self.world.today, at)
        if self.flows[name].over and self.now.stack:
            below = tuple(one for one in self.now.stack if one.flow != name)
            self.now = replace(self.now, stack=(*below[: MAX_DEPTH - 1], session), hinted=None)
        else:
            self.now = replace(self.now, stack=(session,), hinted=None)

    def pause(self, *, by_command: bool) -> None:
        """Set aside what was under way, so that home can offer it again."""
        if not self.now.stack:
            return
        base = self.now.stack[0]
        spec = self.flows[base.flow]
        if base.log and spec.resumable and (by_command or spec.form):
            self.now = replace(self.now, paused=base)

    def go_home(self, *, by_command: bool) -> None:
        welcomed = self.world.opening("", self.world.today, False).person.welcomed
        if not welcomed and self.now.stack and self.now.stack[0].flow == ONBOARDING:
            self.now = replace(self.now, stack=self.now.stack[:1])
            return
        self.pause(by_command=by_command)
        self.open(HOME if welcomed else ONBOARDING)

    def finish(self, ended: Ended) -> None:
        """A flow ended: its words go, and the next one comes."""
        session = self.top
        spec = self.flows[session.flow]
        if ended.result == "resume" and self.now.paused is not None:
            self.now = replace(self.now, stack=(self.now.paused,), paused=None)
            return
        if not spec.over and session.flow != HOME:
            past = (*self.now.past, compact(session, ended, self.world.today))[-MAX_PAST:]
            self.now = replace(self.now, past=past)
        if session.flow == FORGET and ended.result == "forgotten":
            self.over = True
            return
        if session.flow == CLEAN:
            self.now = Conversation(past=self.now.past)
        below = self.now.stack[:-1] if spec.over else ()
        if ended.then:
            self.now = replace(self.now, stack=below)
            self.open(ended.then, ended.at)
        elif below:
            self.now = replace(self.now, stack=below)
        else:
            self.now = replace(self.now, stack=())
            self.go_home(by_command=False)

    def settle(self) -> Ask | None:
        """Go on until somebody has to answer; None when nothing is left of the conversation."""
        for _effect in range(MAX_TURN_EFFECTS):
            if not self.now.stack:
                self.go_home(by_command=False)
            turn = self.turn_of(self.top)
            self.put(turn.session)
            self.cut = self.cut or turn.cut
            if isinstance(turn.waits, Do):
                value = self.world.perform(turn.waits.effect)
                self.put(performed(turn.session, turn.waits, value))
                continue
            before = self.known.get(turn.session.id, -1)
            self.stays += tuple(said for said in turn.stays if said.after > before)
            if turn.waits is not None:
                return turn.waits
            self.finish(cast(Ended, turn.ended))
            if self.over:
                return None
        raise FlowError("A turn asked for too many effects: nothing of it is kept.")

    def turn_of(self, session: Session) -> Turn:
        paused = self.now.paused is not None
        opening = self.world.opening(session.at, session.begun, paused)
        conduct = self.flows[session.flow].conduct
        return run(lambda: conduct(opening), session)

    def reply(
        self, *, notice: Text | None = None, below: bool = False, trace: Text | None = None
    ) -> Reply:
        """Settle, and draw the screen of where the conversation stands then."""
        ask = self.settle()
        if ask is None:
            return Reply(Conversation(), stays=self.stays, over=True)
        screen = self.drawn(ask)
        if self.cut:
            screen = replace(screen, lines=(hint(_CHANGED), *screen.lines))
        return Reply(self.now, screen, self.stays, notice, below, trace)

    def drawn(self, ask: Ask) -> Screen:
        session = self.top
        said = self.turn_of(session).said
        deep = len(self.now.stack) > 1
        spec = self.flows[session.flow]
        can_go_back = deep or bool(session.log) or session.flow not in (HOME, ONBOARDING)
        at_home = session.flow == HOME or not spec.leaves
        return screen_of(session, ask, said, back=can_go_back, home=not at_home, helps=spec.helps)


_CHANGED = _("I have changed since then, sorry. Let us go on from here.")
_OLD = _("This button is old. Here is where we are now.")
_DONE = _("This is already done. You cannot go back here.")
_MANY = _("We have talked for long. Let us begin again from here.")


def begin(flows: Flows, conversation: Conversation, world: World) -> Reply:
    """Show where the conversation stands, whatever was heard; nothing is answered."""
    return _Stage(flows, world, conversation).reply(below=True)


def retreat(flows: Flows, conversation: Conversation, world: World) -> Reply:
    """Leave what is on the screen for a page that says nothing: the chat washes itself."""
    stage = _Stage(flows, world, conversation)
    stage.go_home(by_command=True)
    return stage.reply()


def receive(flows: Flows, conversation: Conversation, heard: Heard, world: World) -> Reply:
    """Take what a person did, and say what they see next.

    Raises:
        FlowError: a flow broke a law; the caller keeps the conversation as it was.
    """
    stage = _Stage(flows, world, conversation)
    if isinstance(heard, Command):
        return _command(stage, heard)
    if not conversation.stack:
        return stage.reply(below=True)
    if isinstance(heard, Tap):
        return _tap(stage, heard)
    return _words(stage, heard)


def _command(stage: _Stage, heard: Command) -> Reply:
    name = stage.flows.commands.get(heard.name, "")
    if not stage.now.stack:
        stage.go_home(by_command=True)
    if name == HOME:
        stage.go_home(by_command=True)
    elif name:
        stage.open(name)
    elif stage.now.stack:
        return _refused(stage, _("I do not know this word. Please use the buttons below."))
    return stage.reply(below=True)


def _tap(stage: _Stage, heard: Tap) -> Reply:
    session = stage.top
    if (heard.session, heard.turn) != (session.id, session.turn):
        notice = None if heard.here and heard.session == session.id else _OLD
        return stage.reply(notice=notice, below=not heard.here)
    below = not heard.here
    if heard.option == HELP:
        stage.open(stage.flows.help)
        return stage.reply(below=below)
    if heard.option == HOME_BUTTON:
        stage.go_home(by_command=False)
        return stage.reply(below=below)
    if heard.option == BACK:
        return _back(stage, below)
    return _answer(stage, {"option": heard.option}, below=below)


def _back(stage: _Stage, below: bool) -> Reply:
    session = stage.top
    earlier = back(session)
    if earlier is not None:
        stage.put(earlier)
        return stage.reply(below=below)
    if session.log and any(event.kind == "c" for event in session.log):
        return stage.reply(notice=_DONE, below=below)
    if len(stage.now.stack) > 1:
        stage.now = replace(stage.now, stack=stage.now.stack[:-1])
        return stage.reply(below=below)
    stage.go_home(by_command=False)
    return stage.reply(below=below)


def _answer(stage: _Stage, value: Json, *, below: bool, trace: Text | None = None) -> Reply:
    session = stage.top
    turn = stage.turn_of(session)
    if not isinstance(turn.waits, Ask):
        return stage.reply(below=below)
    refusal = turn.waits.refusal(value)
    if refusal is not None:
        return stage.reply(notice=refusal, below=below)
    try:
        stage.put(answered(turn.session, turn.waits, value))
    except FlowError:
        stage.now = replace(stage.now, stack=())
        return stage.reply(notice=_MANY, below=below)
    return stage.reply(below=below, trace=trace)


def _words(stage: _Stage, heard: Wrote) -> Reply:
    turn = stage.turn_of(stage.top)
    if isinstance(turn.waits, Ask):
        refusal = turn.waits.refusal({heard.kind: heard.content})
        if refusal is None:
            question = turn.waits.lines[0].text
            trace = _("✓ {question}", question=question)
            return _answer(stage, {heard.kind: heard.content}, below=True, trace=trace)
        if heard.kind in set(turn.waits.accepts):
            return _refused(stage, refusal, heard.at)
    return _refused(stage, _WAYS.get(heard.kind, _WAYS[""]), heard.at)


def _refused(stage: _Stage, why: Text, at: int | None = None) -> Reply:
    """Say kindly what is needed; several messages in a row get one answer."""
    before = stage.now.hinted
    if at is not None and before is not None and 0 <= at - before <= HINT_SECONDS:
        return Reply(replace(stage.now, hinted=at))
    reply = stage.reply(below=True)
    if reply.screen is None:
        return reply
    screen = replace(reply.screen, lines=(*reply.screen.lines, hint(why)))
    return replace(reply, screen=screen, conversation=replace(reply.conversation, hinted=at))


_WAYS: dict[str, Text] = {
    "": _("I cannot read this. Please tap a button below."),
    Accept.TEXT: _("I cannot read words here. Please tap a button below."),
    Accept.VOICE: _("I cannot listen to voice here. Please tap a button below."),
    Accept.PHOTO: _("I cannot look at photos here. Please tap a button below."),
    Accept.DOCUMENT: _("I cannot open files here. Please tap a button below."),
    Accept.PLACE: _("I do not need a place here. Please tap a button below."),
}
