"""One chat as a whole: take what the person did, and say what they see next."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flows.directory import CLEAN, HOME, ONBOARDING, VEIL, Flows
from flows.directory import CLOSE as CLOSING
from flows.effects import Json
from flows.engine import (
    MAX_EVENTS,
    Kind,
    LogFullError,
    Session,
    Turn,
    answered,
    back,
    edit,
    last_words,
)
from flows.exchange import Command, Conversation, Heard, Reply, Tap, World, Wrote
from flows.lookup import HELLO, LONG, answered_once, looked_up
from flows.pushed import push, pushes
from flows.question import EDIT, Accept, Ask
from flows.screen import BACK, CLOSE, HELP, HOME_BUTTON, LISTEN
from flows.stage import Stage
from flows.text import Text, _

__all__ = [
    "Command",
    "Conversation",
    "Heard",
    "Reply",
    "Tap",
    "World",
    "Wrote",
    "begin",
    "enter",
    "hides",
    "is_wanted",
    "receive",
    "retreat",
]

HINT_SECONDS = 3
JOIN_SECONDS = 3

_OLD = _("This button is old. Here is where we are now.")
_DONE = _("This is already done. You cannot go back here.")
_MANY = _("We have talked for long. Let us begin again from here.")
_LOST = _("⏳ What you began here is not kept any more. Please begin again.")
_HELLO = _("👋 Hello! Tap a button, or write what you are looking for.")
_UNKNOWN = _("I do not know this word. Please use the buttons below.")


def begin(flows: Flows, conversation: Conversation, world: World) -> Reply:
    """Show where the conversation stands, whatever was heard; nothing is answered."""
    return Stage(flows, world, conversation).reply(below=True)


def retreat(flows: Flows, conversation: Conversation, world: World) -> Reply:
    """Leave what is on the screen for a page that says nothing: the chat washes itself."""
    stage = Stage(flows, world, conversation)
    stage.go_home(by_command=True)
    return stage.reply()


def receive(flows: Flows, conversation: Conversation, heard: Heard, world: World) -> Reply:
    """Take what a person did, and say what they see next.

    Raises:
        FlowError: a flow broke a law; the caller keeps the conversation as it was.
    """
    stage = Stage(flows, world, replace(conversation, lost=False))
    if isinstance(heard, Command):
        return _command(stage, heard)
    if isinstance(heard, Tap) and heard.option == CLOSE and _is_closing(stage, heard):
        return _close(stage)
    if isinstance(heard, Wrote) and heard.worrying and flows.danger:
        return _worry(stage, heard)
    if conversation.lost:
        stage.hints = (_LOST,)
        if not pushes(flows, heard):
            return stage.reply(below=not isinstance(heard, Tap))
    if isinstance(heard, Tap) and pushes(flows, heard):
        return push(stage, heard)
    if isinstance(heard, Wrote) and _leads_elsewhere(stage, heard.kind):
        return _send_elsewhere(stage, heard.kind)
    if not conversation.stack:
        return stage.reply(below=True)
    if isinstance(heard, Tap):
        return _tap(stage, heard)
    return _words(stage, heard)


def enter(flows: Flows, conversation: Conversation, name: str, at: str, world: World) -> Reply:
    """Open a flow that a link leads to; before the first minute is over it waits under it."""
    stage = Stage(flows, world, replace(conversation, lost=False))
    return _lead_to(stage, name, at)


def is_wanted(flows: Flows, conversation: Conversation, heard: Wrote, world: World) -> bool:
    """Whether what was written belongs to the flows: a question asked for it, or something secret
    is open, or is gone, for which it may have been meant."""
    if hides(flows, conversation):
        return True
    typed = conversation.typed
    if heard.kind == Accept.TEXT and typed is not None and 0 <= heard.at - typed <= JOIN_SECONDS:
        return True  # the end of a long paste
    if not conversation.stack:
        return False
    asked = _asked(Stage(flows, world, conversation))
    return asked is None or heard.kind in set(asked[1].accepts)


def hides(flows: Flows, conversation: Conversation) -> bool:
    """Whether something secret is open, or was until now.

    The numbers to call ask for nothing: they hide nothing.
    """
    open_now = (one for one in conversation.stack if one.flow != flows.danger)
    return conversation.lost or flows.is_secret(*open_now)


def _is_closing(stage: Stage, heard: Tap) -> bool:
    """Whether there is something to close. An old button counts: who uses it has no time."""
    return stage.secret or heard.session.startswith(VEIL)


def _close(stage: Stage) -> Reply:
    """Let everything go at once: what was begun, what the chat shows, what was on the screen."""
    stage.now = Conversation(past=stage.now.past)
    stage.open(CLOSING)
    return stage.reply()


def _leads_elsewhere(stage: Stage, kind: str) -> bool:
    """Whether a file that came by itself opens the way to those who take files."""
    if not stage.flows.media or kind not in (Accept.PHOTO, Accept.VOICE, Accept.DOCUMENT):
        return False
    if any(stage.flows[session.flow].form for session in stage.now.stack):
        return False
    asked = _asked(stage) if stage.now.stack else None
    told = () if asked is None else (*asked[1].accepts, *dict(asked[1].elsewhere))
    return kind not in told


def _send_elsewhere(stage: Stage, kind: str) -> Reply:
    """Open that way, where it is not the one that is open."""
    if stage.now.stack and stage.top.flow == stage.flows.media:
        return stage.reply(below=True)
    return _lead_to(stage, stage.flows.media, kind)


def _lead_to(stage: Stage, name: str, at: str) -> Reply:
    """Open a flow; before the first minute is over it waits under it."""
    if not stage.now.stack:
        stage.go_home(by_command=False)
    if stage.top.flow == ONBOARDING:
        stage.open_under(name, at)
    else:
        stage.open(name, at)
    return stage.reply(below=True)


def _command(stage: Stage, heard: Command) -> Reply:
    name = stage.flows.commands.get(heard.name)
    if name == CLEAN and stage.secret:
        return _close(stage)
    if name == HOME or not stage.now.stack:
        stage.go_home(by_command=True)
    if name is None:
        return _refused(stage, _UNKNOWN)
    if name != HOME:
        _open_by_command(stage, name)
    return stage.reply(below=True)


def _open_by_command(stage: Stage, name: str) -> None:
    """What keeps something of a newcomer waits until the promise was read; help does not wait."""
    spec = stage.flows[name]
    if stage.top.flow == ONBOARDING and not (spec.over or spec.secret):
        stage.open_under(name, "")
    else:
        stage.open(name)


def _tap(stage: Stage, heard: Tap) -> Reply:
    session = stage.top
    below = not heard.here
    if heard.option == HELP:
        # Also from an old button: whoever asks for the numbers to call gets them.
        stage.open(stage.flows.help)
        return stage.reply(below=below)
    if (heard.session, heard.turn) != (session.id, session.turn) and not _is_typed(stage, heard):
        # On the living message this is a second tap, faster than the answer to the first.
        return stage.reply(notice=None if heard.here else _OLD, below=below)
    if heard.option == LISTEN:
        return replace(stage.reply(below=below), listens=heard.here and not stage.cut)
    if heard.option == HOME_BUTTON:
        stage.go_home(by_command=False)
        return stage.reply(below=below)
    if heard.option == BACK:
        return _back(stage, below)
    return _answer(stage, {"option": heard.option}, below=below)


def _is_typed(stage: Stage, heard: Tap) -> bool:
    """Whether a key of a pad was pressed before the pad could be drawn anew: each press counts."""
    session, ago = stage.top, stage.top.turn - heard.turn
    if not heard.here or heard.session != session.id or not 0 < ago <= len(session.log):
        return False
    asked = stage.turn_of(session).waits
    is_key = isinstance(asked, Ask) and any(one.id == heard.option for one in asked.options)
    if not isinstance(asked, Ask) or asked.columns == 1 or not is_key:
        return False
    return all(event.key == asked.key for event in session.log[-ago:])


def _back(stage: Stage, below: bool) -> Reply:
    session = stage.top
    turn = stage.turn_of(session)
    earlier = back(session, turn.waits if isinstance(turn.waits, Ask) else None)
    if earlier is not None:
        stage.put(earlier)
    elif any(event.kind is Kind.COMMIT for event in session.log):
        return stage.reply(notice=_DONE, below=below)
    elif len(stage.now.stack) > 1:
        stage.pop()
    else:
        stage.go_home(by_command=False)
    return stage.reply(below=below)


def _asked(stage: Stage) -> tuple[Turn, Ask] | None:
    """The question on the screen; None where a new release asks another one now.

    What was meant for one question never answers another: a "yes" is a yes to words that were read.
    """
    turn = stage.turn_of(stage.top)
    same = isinstance(turn.waits, Ask) and turn.waits.key == turn.session.asked
    if isinstance(turn.waits, Ask) and same and not turn.cut:
        return turn, turn.waits
    stage.cut = True
    return None


def _answer(stage: Stage, value: Json, *, below: bool) -> Reply:
    asked = _asked(stage)
    if asked is None:
        return stage.reply(below=below)
    turn, ask = asked
    refusal = ask.refusal(value)
    if refusal is not None:
        return stage.reply(notice=refusal, below=below)
    option = str(cast(dict[str, Json], value)["option"])
    if option[:1] == EDIT and option[1:] in ask.edits:
        edited = edit(turn.session, option[1:])
        stage.put(edited or turn.session)
        return stage.reply(notice=None if edited else _DONE, below=below)
    return _record(stage, turn, ask, value, below=below)


def _record(
    stage: Stage, turn: Turn, ask: Ask, value: Json, *, below: bool, trace: Text | None = None
) -> Reply:
    try:
        stage.put(answered(turn.session, ask, value))
    except LogFullError:
        stage.now = replace(stage.now, stack=())
        return stage.reply(notice=_MANY, below=below)
    return stage.reply(below=below, trace=trace)


def _words(stage: Stage, heard: Wrote) -> Reply:
    asked = _asked(stage)
    if asked is None:
        return stage.reply(below=True)
    (turn, ask), before = asked, stage.now.typed
    value: Json = {heard.kind: heard.content}
    if heard.kind == Accept.TEXT:
        joined = _more_of_it(stage, turn, ask, heard)
        if joined is not None:
            return joined
    if heard.kind not in set(ask.accepts):
        found = looked_up(stage, heard)
        if found == HELLO:
            return _refused(stage, _HELLO, at=heard.at)
        if found:
            return answered_once(_lead_to(stage, stage.flows.search, found), heard, before)
        return _refused(stage, *_ways(ask, heard.kind), at=heard.at)
    refusal = ask.refusal(value)
    if refusal is not None:
        reply = _refused(stage, refusal, at=heard.at)
        return _typed(reply, heard) if len(str(heard.content)) >= LONG else reply
    # What a sensitive question asked is not left in the chat either.
    trace = None if ask.sensitive else _("✓ {question}", question=ask.lines[0].text)
    reply = _record(stage, turn, ask, value, below=True, trace=trace)
    if heard.kind != Accept.TEXT:
        return reply
    return answered_once(reply, heard, before) if ask.trims else _typed(reply, heard)


def _typed(reply: Reply, heard: Wrote) -> Reply:
    """Remember when these words came: a long paste comes in parts."""
    return replace(reply, conversation=replace(reply.conversation, typed=heard.at))


def _more_of_it(stage: Stage, turn: Turn, ask: Ask, heard: Wrote) -> Reply | None:
    """The reply to words that belong to those just before: the end of a paste, one more line.

    None when they are an answer of their own. What follows words that were too long is passed over.
    """
    now, before = stage.now, stage.now.typed
    if before is None or not 0 <= heard.at - before <= JOIN_SECONDS:
        return None
    if now.hinted == before:
        return Reply(replace(now, hinted=heard.at, typed=heard.at), secret=stage.secret)
    told = last_words(turn.session)
    if told is None or (Accept.TEXT in ask.accepts and len(told) < LONG):
        return None
    stage.put(cast(Session, edit(turn.session, turn.session.log[-1].key)))  # it is the last one
    asked = stage.turn_of(stage.top)
    before_it = cast(Ask, asked.waits)
    words: Json = {Accept.TEXT.value: f"{told}\n{heard.content}"}
    refusal = before_it.refusal(words)
    if refusal is not None:
        stage.put(turn.session)
        return _typed(_refused(stage, refusal, at=heard.at), heard)
    return _typed(_record(stage, asked, before_it, words, below=True), heard)


def _worry(stage: Stage, heard: Wrote) -> Reply:
    """Numbers first; what was written still answers the question it was meant for."""
    asked = _asked(stage) if stage.now.stack else None
    if not stage.now.stack:
        stage.go_home(by_command=True)
    value: Json = {heard.kind: heard.content}
    if (
        asked is not None
        and heard.kind in set(asked[1].accepts)
        and asked[1].refusal(value) is None
    ):
        turn, ask = asked
        if len(turn.session.log) < MAX_EVENTS:
            stage.put(answered(turn.session, ask, value))
    stage.cut = False  # no apology stands before a number to call
    stage.open(stage.flows.danger)
    return stage.reply(below=True)


def _refused(stage: Stage, *why: Text, at: int | None = None) -> Reply:
    """Say kindly what is needed; what comes within HINT_SECONDS of that gets no second answer."""
    before = stage.now.hinted
    if at is not None and before is not None and 0 <= at - before <= HINT_SECONDS:
        return Reply(stage.now, secret=stage.secret)
    stage.hints = why
    reply = stage.reply(below=True)
    return replace(reply, conversation=replace(reply.conversation, hinted=at))


def _ways(ask: Ask, kind: str) -> tuple[Text, ...]:
    """What cannot be taken here, and what can; or only where it is taken."""
    for elsewhere, words in ask.elsewhere:
        if kind == elsewhere:
            return (words,)
    ways = [_CAN[accepted] for accepted in Accept if accepted in ask.accepts]
    if kind == Accept.VOICE and Accept.TEXT in ask.accepts:
        ways.append(_DICTATE)
    return (_CANNOT.get(kind, _CANNOT[""]), *(ways or [_TAP]))


_TAP = _("Please tap a button below.")
_DICTATE = _("🎤 The small microphone on your keyboard writes what you say.")
_CANNOT: dict[str, Text] = {
    "": _("I cannot read this."),
    "edited": _("I do not read what is changed later."),
    "code": _("I took these numbers away. A code is entered with buttons: write /code."),
    Accept.TEXT: _("I cannot read words here."),
    Accept.VOICE: _("I cannot listen to voice here."),
    Accept.PHOTO: _("I cannot look at photos here."),
    Accept.DOCUMENT: _("I cannot open files here."),
    Accept.PLACE: _("I do not need a place here."),
}
_CAN = {
    Accept.TEXT: _("You can write words here."),
    Accept.VOICE: _("You can send a voice message."),
    Accept.PHOTO: _("You can send a photo."),
    Accept.DOCUMENT: _("You can send a file."),
    Accept.PLACE: _("You can send a place."),
}
