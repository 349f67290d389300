"""What goes between a chat and the flows: what the person did, what they see, what is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeAlias

from flows.effects import Effect, Json
from flows.engine import Past, Said, Session
from flows.opening import Opening
from flows.screen import Screen
from flows.text import Text


@dataclass(frozen=True, slots=True)
class Tap:
    """A button was pressed; `here` says that it hangs on the living message."""

    session: str
    turn: int
    option: str
    here: bool = True


@dataclass(frozen=True, slots=True)
class Wrote:
    """Something was sent that is not a command: what it is, and what of it may be an answer.

    `worrying`: it sounds as if somebody were in danger.
    """

    kind: str
    content: Json
    at: int
    worrying: bool = False


@dataclass(frozen=True, slots=True)
class Command:
    """A command the bot knows, without its slash."""

    name: str


Heard: TypeAlias = Tap | Wrote | Command


@dataclass(frozen=True, slots=True)
class Conversation:
    """The flows that are open in a chat, the last on top, and what stays of those that ended.

    `paused` is what home offers to go on with, `shelf` the forms that were set aside before it.
    `hinted` is when a hint was given, `typed` when words were last taken. `lost` is never kept:
    what was secret here is gone. `voice` is the message that reads the page on the screen aloud.
    """

    stack: tuple[Session, ...] = ()
    paused: Session | None = None
    past: tuple[Past, ...] = ()
    hinted: int | None = None
    shelf: tuple[Session, ...] = ()
    typed: int | None = None
    lost: bool = False
    voice: int | None = None

    @property
    def page(self) -> tuple[str, str] | None:
        """What is on the screen: which session, and its question."""
        return (self.stack[-1].id, self.stack[-1].asked) if self.stack else None

    @property
    def aside(self) -> tuple[Session, ...]:
        """What was set aside, the last one last."""
        return (*self.shelf, *((self.paused,) if self.paused else ()))

    def setting_aside(self, *sessions: Session) -> Conversation:
        """The same with these set aside, the last of them offered first."""
        return replace(self, shelf=sessions[:-1], paused=sessions[-1] if sessions else None)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn leads to: the conversation as it is now, and what the person sees.

    `below`: the screen goes under what was written, the old one makes room, keeping `trace`.
    `over`: nothing is left of the conversation; only `stays` are sent. `pops` stand over the chat
    for a moment, for whoever tapped. `secret`: something secret is or was open; what was sent here
    goes at once, and the screen stays in its place. `listens`: the page is to be read aloud,
    and nothing else has changed.
    """

    conversation: Conversation
    screen: Screen | None = None
    stays: tuple[Said, ...] = ()
    notice: Text | None = None
    below: bool = False
    trace: Text | None = None
    over: bool = False
    pops: tuple[Said, ...] = ()
    secret: bool = False
    listens: bool = False


class World(Protocol):
    """What the shell lends to a turn."""

    def opening(self, at: str, begun: date, paused: bool) -> Opening:
        """All a flow may know, as it is at this moment of the turn."""

    def perform(self, effect: Effect[object]) -> Json:
        """Carry out an effect in the turn's transaction."""

    def new_session_id(self, *, secret: bool = False) -> str:
        """A short random id; that of a secret session begins with VEIL."""

    @property
    def today(self) -> date: ...
