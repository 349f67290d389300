"""What a flow yields: something said, something asked, something the shell is to do."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeAlias, TypeVar, cast

from flows.effects import Effect, Json
from flows.text import Text, _

MAX_BUTTONS = 8
MORE = "+"
DONE = "ok"
EDIT = "="


class Style(StrEnum):
    """How a line is set on the screen."""

    TITLE = "title"
    BODY = "body"
    PART = "part"
    ROW = "row"
    ACTION = "action"
    HEADING = "heading"
    NOTE = "note"
    BIG = "big"
    QUOTE = "quote"


class Accept(StrEnum):
    """What a question takes beside its buttons."""

    TEXT = "text"
    VOICE = "voice"
    PHOTO = "photo"
    DOCUMENT = "document"
    PLACE = "place"


class Weight(StrEnum):
    """How a button looks: most are plain."""

    PLAIN = ""
    PRIMARY = "primary"
    SUCCESS = "success"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a screen."""

    text: Text
    style: Style = Style.BODY


Lines: TypeAlias = Text | Line | Sequence[Text | Line]


@dataclass(frozen=True, slots=True)
class Option:
    """A button of a question; its id is what is recorded, never its label or its place.

    `shares`: it may stand beside the next one that shares, where both are short.
    """

    id: str
    label: Text
    weight: Weight = Weight.PLAIN
    shares: bool = False


class Choosable(Protocol):
    """Anything with an id and a label can be offered as a choice."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> Text: ...


@dataclass(frozen=True, slots=True)
class Say:
    """Lines that need no answer.

    With `stays` they are a message that nothing replaces; as a `popup` they stand over the chat
    for a moment and never in it. A `picture` is the id of a paper (`flows.guides`) whose picture
    the lines stand under; the screen comes below it.
    """

    lines: tuple[Line, ...]
    stays: bool = False
    popup: bool = False
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, its buttons and what else it takes.

    `binding` questions are never answered from an earlier log: the person says it again.
    `check` returns why a written answer cannot be taken, with an example, or None.
    `remembers` are options that are not on the screen but may stand in the log: those of other
    pages, and those the person's language or mode hides. `trims` says what of an answer is kept.
    `way_back` is what Back is called here, where a plainer word helps. `gathers`: answers are
    gathered one by one, and Back leaves the question with all of them. `edits` are the questions
    that an option which begins with EDIT leads back to. `columns`: how many buttons stand in a row
    of a key pad; otherwise each has its own. `elsewhere`: what is said to who sends here what
    another question takes, or none.
    """

    key: str
    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    accepts: frozenset[Accept] = frozenset()
    check: Callable[[Json], Text | None] | None = None
    remembers: frozenset[str] = frozenset()
    trims: Callable[[Json], Json] | None = None
    binding: bool = False
    sensitive: bool = False
    way_back: Text | None = None
    gathers: bool = False
    edits: frozenset[str] = frozenset()
    columns: int = 1
    elsewhere: tuple[tuple[Accept, Text], ...] = ()

    def refusal(self, value: Json) -> Text | None:
        """Why this answer does not fit the question, or None when it fits."""
        kind, content = _given(value)
        if kind == "option":
            known = any(option.id == content for option in self.options)
            return None if known else _("This answer is not offered any more.")
        if kind not in set(self.accepts):
            return _("Please use the buttons below.")
        return self.check(content) if self.check else None

    def fits(self, value: Json) -> bool:
        """Whether an answer given earlier still answers this question."""
        kind, content = _given(value)
        return (kind == "option" and content in self.remembers) or self.refusal(value) is None

    def recorded(self, value: Json) -> Json:
        """What of an answer is kept."""
        kind, content = _given(value)
        return {kind: self.trims(content)} if self.trims and kind != "option" else value


def _given(value: Json) -> tuple[str, Json]:
    """An answer as what it is and what it says."""
    given = value if isinstance(value, dict) else {}
    return next(iter(given.items()), ("", None))


@dataclass(frozen=True, slots=True)
class Media:
    """A file somebody sent: what it is and where Telegram keeps it."""

    kind: Accept
    file_id: str
    size_bytes: int


def media_of(answer: Json) -> Media | None:
    """The file that an answer is; None where it is something else."""
    for kind, given in cast(dict[str, Json], answer).items():
        if isinstance(given, dict):
            return Media(Accept(kind), str(given["file_id"]), int(cast(int, given["size_bytes"])))
    return None


@dataclass(frozen=True, slots=True)
class Do:
    """An effect the shell carries out; the flow goes on with its result."""

    key: str
    effect: Effect[object]


Step: TypeAlias = Say | Ask | Do
R = TypeVar("R")
Flow: TypeAlias = Generator[Step, Json, R]
