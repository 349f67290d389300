"""The steps a flow is made of, and the typed helpers through which every step goes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import NoReturn, Protocol, TypeAlias, TypeVar, cast

from flows.effects import Effect, Json
from flows.text import Text, _

MAX_BUTTONS = 8
PAGE_OPTIONS = MAX_BUTTONS - 1
MORE = "+"
DONE = "ok"


class Style(StrEnum):
    """How a line is set on the screen."""

    TITLE = "title"
    BODY = "body"
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
    """Lines that need no answer; with `stays` they are a message that nothing replaces."""

    lines: tuple[Line, ...]
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, its buttons and what else it takes.

    `binding` questions are never answered from an earlier log: the person says it again.
    `check` returns why a written answer cannot be taken, with an example, or None.
    `remembers` are options that are not on the screen but may stand in the log: those of other
    pages, and those the person's language or mode hides. `trims` says what of an answer is kept.
    `way_back` is what Back is called here, where a plainer word helps.
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
class Do:
    """An effect the shell carries out; the flow goes on with its result."""

    key: str
    effect: Effect[object]


Step: TypeAlias = Say | Ask | Do
R = TypeVar("R")
T = TypeVar("T", bound=Choosable)
Flow: TypeAlias = Generator[Step, Json, R]


def _lines(lines: Lines) -> tuple[Line, ...]:
    many: Iterable[Text | Line] = [lines] if isinstance(lines, Text | Line) else lines
    return tuple(Line(line) if isinstance(line, Text) else line for line in many)


def _option_id(value: Json) -> str:
    return str(cast(dict[str, Json], value).get("option", ""))


def say(*lines: Text | Line) -> Flow[None]:
    """Tell something; it stands above the next question, in the same message."""
    yield Say(_lines(lines))


def keep(*lines: Text | Line) -> Flow[None]:
    """Tell something that must stay: a message of its own."""
    yield Say(_lines(lines), stays=True)


def choose(
    key: str,
    lines: Lines,
    options: Sequence[T],
    *,
    hidden: Sequence[T] = (),
    sensitive: bool = False,
) -> Flow[T]:
    """Let the person choose one of the options; more than eight are shown page by page.

    Pages do not turn in a circle: Back leads to the page before, and the log stays short. `hidden`
    options are not offered, but stay good where they were chosen before.
    """
    every = (*options, *hidden)
    remembers = frozenset({MORE, *(option.id for option in every)})
    size = PAGE_OPTIONS if len(options) > MAX_BUTTONS else MAX_BUTTONS
    last = max(0, (len(options) - 1) // size)
    page = 0
    while True:
        buttons = tuple(map(_button, options[page * size : (page + 1) * size]))
        if page < last:
            buttons += (Option(MORE, _("➕ More")),)
        ask = Ask(key, _lines(lines), buttons, remembers=remembers, sensitive=sensitive)
        chosen = _option_id((yield ask))
        if chosen != MORE:
            return next(option for option in every if option.id == chosen)
        page = min(page + 1, last)


def _button(option: Choosable) -> Option:
    if isinstance(option, Option):
        return option
    return Option(option.id, option.label, getattr(option, "weight", Weight.PLAIN))


def show(
    key: str, lines: Lines, *, way_back: Text | None = None, sensitive: bool = False
) -> Flow[NoReturn]:
    """Show a page with nothing to answer: Back is the way on from it."""
    while True:
        yield Ask(key, _lines(lines), sensitive=sensitive, way_back=way_back)


def choose_many(
    key: str, lines: Lines, options: Sequence[T], *, sensitive: bool = False
) -> Flow[tuple[T, ...]]:
    """Let the person mark any number of up to seven options, then say it is done."""
    marked: set[str] = set()
    while True:
        buttons = tuple(
            replace(
                Option(option.id, option.label),
                label=_("✅ {choice}", choice=option.label)
                if option.id in marked
                else option.label,
            )
            for option in options
        )
        done = Option(DONE, _("✔️ Done"), Weight.PRIMARY)
        ask = Ask(key, _lines(lines), (*buttons, done), sensitive=sensitive)
        chosen = _option_id((yield ask))
        if chosen == DONE:
            return tuple(option for option in options if option.id in marked)
        marked ^= {chosen}


def confirm(
    key: str,
    lines: Lines,
    *,
    yes: Text | None = None,
    no: Text | None = None,
    sensitive: bool = False,
) -> Flow[bool]:
    """Ask yes or no; "No" is always as easy as "Yes"."""
    options = (
        Option("yes", yes or _("✅ Yes"), Weight.PRIMARY),
        Option("no", no or _("✖️ No")),
    )
    answer = yield Ask(key, _lines(lines), options, binding=True, sensitive=sensitive)
    return _option_id(answer) == "yes"


def ask_text(
    key: str, lines: Lines, *, limit: int = 1000, skip: bool = False, sensitive: bool = False
) -> Flow[str | None]:
    """Ask for words of one's own, at most `limit` characters; None when it was skipped."""

    def too_long(content: Json) -> Text | None:
        if len(str(content)) > limit:
            return _("This is too long. Please write at most {limit} letters.", limit=limit)
        return None if str(content).strip() else _("Please write a few words.")

    options = (Option("skip", _("⏭ Skip")),) if skip else ()
    answer = yield Ask(
        key, _lines(lines), options, frozenset({Accept.TEXT}), too_long, sensitive=sensitive
    )
    text = cast(dict[str, Json], answer).get("text")
    return None if text is None else str(text)


def ask_date(
    key: str, lines: Lines, days: Sequence[date], *, sensitive: bool = False
) -> Flow[date]:
    """Ask for one of the days that are possible; a day is tapped, never typed."""
    options = [Option(day.isoformat(), _("📅 {day}", day=day), shares=True) for day in days]
    chosen = yield from choose(key, lines, options, sensitive=sensitive)
    return date.fromisoformat(chosen.id)


def ask_place(key: str, lines: Lines) -> Flow[tuple[float, float] | None]:
    """Ask for a place on the map, kept to two decimals (a kilometre); None when it was skipped."""
    skip = Option("skip", _("⏭ Skip"))
    answer = yield Ask(
        key, _lines(lines), (skip,), frozenset({Accept.PLACE}), _unlike_a_place, trims=_roughly
    )
    place = cast(dict[str, Json], answer).get("place")
    if place is None:
        return None
    latitude, longitude = cast(list[float], place)
    return latitude, longitude


def _unlike_a_place(place: Json) -> Text | None:
    good = isinstance(place, list) and len(place) == 2
    good = good and all(isinstance(part, int | float) for part in cast(list[Json], place))
    return None if good else _("I cannot find this place. Please send it once more.")


def _roughly(place: Json) -> Json:
    """The exact place is never kept: not in what the flow returns, and not in the log."""
    return [round(float(part), 2) for part in cast(list[float], place)]


@dataclass(frozen=True, slots=True)
class Media:
    """A file somebody sent: what it is and where Telegram keeps it."""

    kind: Accept
    file_id: str
    size_bytes: int


def ask_media(
    key: str, lines: Lines, kinds: Iterable[Accept], *, sensitive: bool = False
) -> Flow[Media | None]:
    """Ask for a photo, a voice message or a document; None when it was skipped."""
    accepts = frozenset(kinds)
    answer = yield Ask(
        key, _lines(lines), (Option("skip", _("⏭ Skip")),), accepts, sensitive=sensitive
    )
    for kind in sorted(accepts):
        given = cast(dict[str, Json], answer).get(kind)
        if isinstance(given, dict):
            return Media(kind, str(given["file_id"]), int(cast(int, given["size_bytes"])))
    return None


def perform(key: str, effect: Effect[R]) -> Flow[R]:
    """Have the shell do something; the result is recorded, so a replay does not do it again."""
    value = yield Do(key, cast(Effect[object], effect))
    return effect.read(value)
