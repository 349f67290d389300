"""The typed helpers through which every step of a flow goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import NoReturn, TypeVar, cast

from flows.effects import Effect, Json
from flows.likeness import roughly, unlike_a_place, unlike_a_spot, unlike_told, unlike_words
from flows.question import (
    DONE,
    EDIT,
    MAX_BUTTONS,
    MORE,
    Accept,
    Ask,
    Choosable,
    Do,
    Flow,
    Line,
    Lines,
    Media,
    Option,
    R,
    Say,
    Step,
    Style,
    Weight,
    media_of,
)
from flows.text import Text, _

__all__ = [
    "DONE",
    "EDIT",
    "MAX_BUTTONS",
    "MORE",
    "Accept",
    "Ask",
    "Choosable",
    "Do",
    "Flow",
    "Line",
    "Lines",
    "Media",
    "Option",
    "Say",
    "Step",
    "Style",
    "Weight",
    "ask_date",
    "ask_media",
    "ask_nearby",
    "ask_open",
    "ask_pad",
    "ask_place",
    "ask_text",
    "choose",
    "choose_many",
    "confirm",
    "keep",
    "perform",
    "pop",
    "review",
    "say",
    "show",
    "under",
]

PAGE_OPTIONS = MAX_BUTTONS - 1
T = TypeVar("T", bound=Choosable)


def _lines(lines: Lines) -> tuple[Line, ...]:
    many: Iterable[Text | Line] = [lines] if isinstance(lines, Text | Line) else lines
    return tuple(Line(line) if isinstance(line, Text) else line for line in many)


def _option_id(value: Json) -> str:
    return str(cast(dict[str, Json], value).get("option", ""))


def say(*lines: Text | Line) -> Flow[None]:
    """Tell something; it stands above the next question, in the same message."""
    yield Say(_lines(lines))


def keep(*lines: Text | Line, picture: str = "") -> Flow[None]:
    """Tell something that must stay: a message of its own, or words under a paper's picture."""
    yield Say(_lines(lines), stays=True, picture=picture)


def pop(*lines: Text | Line) -> Flow[None]:
    """Tell something over the chat and not in it: at most 200 characters in any language.

    It comes up with the tap that leads to the next question, and again with every tap that stays
    there. What was written, not tapped, brings up nothing: offer a button that shows it.
    """
    yield Say(_lines(lines), popup=True)


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
    last = max(0, -(-(len(options) - MAX_BUTTONS) // PAGE_OPTIONS))  # the last page has no More
    page = 0
    while True:
        first = page * PAGE_OPTIONS
        shown = options[first : first + PAGE_OPTIONS] if page < last else options[first:]
        buttons = tuple(map(_button, shown))
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


def ask_pad(
    key: str,
    lines: Lines,
    options: Sequence[Option],
    columns: int,
    *,
    check: Callable[[Json], Text | None] | None = None,
    sensitive: bool = False,
) -> Flow[str]:
    """Offer small buttons in rows, as on a telephone; the id of the one pressed comes back.

    With `check` words may be written instead: they come back where it finds nothing wrong.
    """
    ask = Ask(key, _lines(lines), tuple(options), frozenset({Accept.TEXT} if check else ()), check)
    given = yield replace(ask, columns=columns, sensitive=sensitive)
    return str(*cast(dict[str, Json], given).values())


def under(line: Line, flow: Flow[R]) -> Flow[R]:
    """Run a flow with one line above each of its questions."""
    value: Json = None
    while True:
        try:
            step = flow.send(value)
        except StopIteration as stop:
            return cast(R, stop.value)
        value = yield replace(step, lines=(line, *step.lines)) if isinstance(step, Ask) else step


def show(
    key: str, lines: Lines, *, way_back: Text | None = None, sensitive: bool = False
) -> Flow[NoReturn]:
    """Show a page with nothing to answer: Back is the way on from it."""
    while True:
        yield Ask(key, _lines(lines), sensitive=sensitive, way_back=way_back)


def choose_many(
    key: str,
    lines: Lines,
    options: Sequence[T],
    *,
    marked: Iterable[str] = (),
    done: Text | None = None,
    sensitive: bool = False,
) -> Flow[tuple[T, ...]]:
    """Let the person mark any number of options, page by page, then say it is done.

    Back leads to the page before, and from the first page out of the question; a mark is taken
    off by a second tap. `marked` are the ids of those that are from the beginning.
    """
    remembers = frozenset({MORE, *(option.id for option in options)})
    size = PAGE_OPTIONS - 1 if len(options) > PAGE_OPTIONS else PAGE_OPTIONS
    last = max(0, (len(options) - 1) // size)
    marked = set(marked)
    page = 0
    while True:
        shown = options[page * size : (page + 1) * size]
        buttons = tuple(_markable(option, option.id in marked) for option in shown)
        if page < last:
            buttons += (Option(MORE, _("➕ More")),)
        buttons += (Option(DONE, done or _("✔️ Done"), Weight.PRIMARY),)
        chosen = _option_id(
            (
                yield Ask(
                    key,
                    _lines(lines),
                    buttons,
                    remembers=remembers,
                    sensitive=sensitive,
                    gathers=True,
                )
            )
        )
        if chosen == DONE:
            return tuple(option for option in options if option.id in marked)
        if chosen == MORE:
            page = min(page + 1, last)
        else:
            marked ^= {chosen}


def _markable(option: Choosable, marked: bool) -> Option:
    label = _("✅ {choice}", choice=option.label) if marked else option.label
    return Option(option.id, label)


def review(
    key: str,
    lines: Lines,
    items: Sequence[tuple[str, Text]],
    options: Sequence[T],
    *,
    sensitive: bool = False,
) -> Flow[T]:
    """Show what was answered, each item a button that asks its question again, and what to do now.

    An item is the key of a question of this flow and what its button says. Of a question asked
    several times (marks, files one after the other) the last answer is taken back, so that the
    others stay. Later answers are used again where they still fit, and the way leads back here.
    The options stand on every page of items.
    """
    room = MAX_BUTTONS - len(options)
    size = room - 1 if len(items) > room else room
    last = max(0, (len(items) - 1) // size)
    page = 0
    while True:
        shown = items[page * size : (page + 1) * size]
        buttons = tuple(Option(f"{EDIT}{question}", label) for question, label in shown)
        if page < last:
            buttons += (Option(MORE, _("➕ More")),)
        ask = Ask(
            key,
            _lines(lines),
            (*buttons, *map(_button, options)),
            binding=True,
            sensitive=sensitive,
            edits=frozenset(question for question, _label in items),
        )
        chosen = _option_id((yield ask))
        if chosen != MORE:
            return next(option for option in options if option.id == chosen)
        page = min(page + 1, last)


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
    ask = Ask(key, _lines(lines), options, binding=True, sensitive=sensitive)
    return _option_id((yield ask)) == "yes"


def ask_text(
    key: str, lines: Lines, *, limit: int = 1000, skip: bool = False, sensitive: bool = False
) -> Flow[str | None]:
    """Ask for words of one's own, at most `limit` characters; None when it was skipped."""
    options = (Option("skip", _("⏭️ Skip")),) if skip else ()
    answer = yield Ask(
        key,
        _lines(lines),
        options,
        frozenset({Accept.TEXT}),
        partial(unlike_words, limit),
        sensitive=sensitive,
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


def ask_place(
    key: str, lines: Lines, towns: Sequence[tuple[Text, tuple[float, float]]] = ()
) -> Flow[tuple[float, float] | None]:
    """Ask for a place on the map, kept to two decimals (a kilometre); None when it was skipped.

    `towns` are places that are near enough with one tap.
    """
    near = (Option(f"{point[0]:.2f},{point[1]:.2f}", label) for label, point in towns)
    options = (*tuple(near)[:PAGE_OPTIONS], Option("skip", _("⏭️ Skip")))
    answer = yield Ask(
        key, _lines(lines), options, frozenset({Accept.PLACE}), unlike_a_place, trims=roughly
    )
    place = cast(dict[str, Json], answer).get("place") or _option_id(answer).split(",")
    if place == ["skip"]:
        return None
    latitude, longitude = map(float, cast(list[float], place))
    return latitude, longitude


def ask_nearby(
    key: str, lines: Lines, towns: Sequence[Option], rank: Callable[[Json], Json]
) -> Flow[Json]:
    """Ask for a town, page by page, or for a place: of that only what `rank` makes of it is kept,
    and where it was never is."""
    remembers = frozenset({MORE, *(town.id for town in towns)})
    ask = Ask(key, _lines(lines), (), frozenset({Accept.PLACE}), unlike_a_spot, remembers, rank)
    page = 0
    while True:
        shown, more = towns[page : page + PAGE_OPTIONS], towns[page + PAGE_OPTIONS :]
        answer = yield replace(
            ask, options=(*shown, *([Option(MORE, _("➕ More"))] if more else []))
        )
        if _option_id(answer) != MORE:
            return answer
        page += PAGE_OPTIONS


def ask_media(
    key: str,
    lines: Lines,
    kinds: Iterable[Accept],
    *,
    skip: Text | None = None,
    sensitive: bool = False,
) -> Flow[Media | None]:
    """Ask for a photo, a voice message or a document; None when it was skipped.

    In a loop the same key asks for one more, and `skip` says that these were all.
    """
    options = (Option("skip", skip or _("⏭️ Skip")),)
    return media_of((yield Ask(key, _lines(lines), options, frozenset(kinds), sensitive=sensitive)))


def ask_open(
    key: str,
    lines: Lines,
    kinds: Iterable[Accept],
    options: Sequence[T] = (),
    *,
    limit: int = 1000,
    elsewhere: Mapping[Accept, Text] | None = None,
    trims: Callable[[Json], Json] | None = None,
    sensitive: bool = False,
) -> Flow[str | Media | T]:
    """Ask for words or files, as the person likes, beside buttons; what came is what comes back.

    `elsewhere` is what is said to who sends what a later question takes, or none. `trims` says what
    of the words is kept, and comes back.
    """
    check = partial(unlike_told, limit)
    buttons = tuple(map(_button, options))
    later = tuple((elsewhere or {}).items())
    ask = Ask(key, _lines(lines), buttons, frozenset(kinds), check, trims=trims)
    answer = yield replace(ask, sensitive=sensitive, elsewhere=later)
    given = cast(dict[str, Json], answer)
    if "text" in given:
        return str(given["text"])
    media = media_of(answer)
    if media is not None:
        return media
    return next(option for option in options if option.id == given.get("option"))


def perform(key: str, effect: Effect[R]) -> Flow[R]:
    """Have the shell do something; the result is recorded, so a replay does not do it again."""
    value = yield Do(key, cast(Effect[object], effect))
    return effect.read(value)
