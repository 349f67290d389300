"""What a person sees: lines and buttons, still without a language."""

from __future__ import annotations

from dataclasses import dataclass

from flows.engine import Said, Session
from flows.steps import Ask, Line, Option, Style, Weight
from flows.text import Text, _

BACK = "<"
HOME_BUTTON = "^"
HELP = "?"
CLOSE = "!"
LISTEN = ">"
CLOSE_NOW = _("🚪 Close now")
HEAR = _("🔊 Listen")


@dataclass(frozen=True, slots=True)
class Button:
    """A button and what it sends: `session : turn : option`, at most 64 bytes."""

    label: Text
    data: str
    weight: Weight = Weight.PLAIN
    shares: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """The living message: lines, the buttons of the question, and the row that is always there."""

    lines: tuple[Line, ...]
    buttons: tuple[Button, ...]
    ways: tuple[Button, ...]
    sensitive: bool = False
    columns: int = 1


def way_to_listen(session: Session) -> Button:
    """The way to hear a page read aloud; the shell shows it where there is a voice for it."""
    return Button(HEAR, callback_data(session, LISTEN))


def hint(text: Text) -> Line:
    """A line that explains, set apart from the question."""
    return Line(text, Style.NOTE)


def callback_data(session: Session, option: str) -> str:
    """What a button of this question sends."""
    return f"{session.id}:{session.turn}:{option}"


def screen_of(
    session: Session,
    ask: Ask,
    said: tuple[Said, ...],
    *,
    back: bool,
    home: bool,
    helps: bool,
    closes: bool = False,
    sensitive: bool = False,
) -> Screen:
    """Draw a question: what was said stands above it, the ways out below."""
    above = tuple(line for one in said for line in one.say.lines)
    buttons = tuple(
        Button(option.label, callback_data(session, option.id), option.weight, option.shares)
        for option in ask.options
    )
    ways = (
        *((Option(BACK, ask.way_back or _("⬅️ Back")),) if back else ()),
        *((Option(HOME_BUTTON, _("🏠 Home")),) if home else ()),
        *((Option(CLOSE, CLOSE_NOW),) if closes else ()),
        *((Option(HELP, _("🆘 Help")),) if helps else ()),
    )
    row = tuple(Button(way.label, callback_data(session, way.id)) for way in ways)
    return Screen((*above, *ask.lines), buttons, row, sensitive or ask.sensitive, ask.columns)
