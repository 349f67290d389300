"""The questions before somebody answers: what it is about, and what can be changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from flows.calling import FIRST_NUMBERS, numbers_of, timed
from flows.handoff_model import Medium, Need, Safe, Urgency, Who
from flows.opening import Opening
from flows.question import MAX_BUTTONS, MORE
from flows.steps import (
    Accept,
    Flow,
    Line,
    Media,
    Option,
    Style,
    Weight,
    ask_open,
    choose,
)
from flows.talk_queue import find_helper
from flows.talk_wish import Wish
from flows.talk_words import INTERPRETER, MEDIUMS, NEEDS, SAFES, URGENCIES, WHOS
from flows.text import Text, _, verbatim

WORDS_LIMIT = 2000
SPOKEN = (Accept.TEXT, Accept.VOICE)

K = TypeVar("K", bound=str)


def ask_need(wish: Wish) -> Flow[None]:
    """What it is about: one of the needs, or own words, or a voice message."""
    lines: list[Text | Line] = [
        Line(_("🤝 What is it about?"), Style.TITLE),
        _("Tap one, or write or say it in your own words."),
    ]
    first, rest = list(NEEDS)[: MAX_BUTTONS - 1], list(NEEDS)[MAX_BUTTONS - 1 :]
    options = [*_options(NEEDS, first), Option(MORE, _("➕ More"))]
    told = yield from ask_open("need", lines, SPOKEN, options, limit=WORDS_LIMIT, sensitive=True)
    if isinstance(told, Option) and told.id == MORE:
        others = _options(NEEDS, rest)
        told = yield from ask_open("need", lines, SPOKEN, others, limit=WORDS_LIMIT, sensitive=True)
    if isinstance(told, Option):
        wish.need = Need(told.id)
    else:
        _tell(wish, told)


def ask_where(opening: Opening, wish: Wish) -> Flow[None]:
    """Which desk, where there are several and none is known."""
    options = [Option(one.key, verbatim(f"📍 {one.name}")) for one in opening.house.helpers]
    lines: list[Text | Line] = [
        Line(_("📍 Which desk is near you?"), Style.TITLE),
        _("The people of this desk answer you."),
    ]
    chosen = yield from choose("where", lines, options, sensitive=True)
    wish.helper = find_helper(opening, chosen.id) or wish.helper


def ask_safe(wish: Wish) -> Flow[None]:
    """When the phone is the person's own."""
    lines: list[Text | Line] = [
        Line(_("🕗 When are you alone with this phone?"), Style.TITLE),
        _("We write to you then. At other times only if it is very urgent."),
    ]
    chosen = yield from choose("safe", lines, _options(SAFES, list(SAFES)), sensitive=True)
    wish.safe = Safe(chosen.id)


def change(opening: Opening, wish: Wish) -> Flow[None]:
    """One thing more, or another way: each button says how it is now."""
    several = len(opening.house.helpers) > 1
    items = [
        Option("need", NEEDS[wish.need]),
        *([Option("where", verbatim(f"📍 {wish.helper.name}"))] if several else []),
        Option("who", WHOS[wish.who]),
        Option("interpreter", INTERPRETER[wish.interpreter]),
        Option("medium", MEDIUMS[wish.medium]),
        Option("safe", SAFES[wish.safe]),
        Option("urgency", URGENCIES[wish.urgency]),
        Option("words", _words_label(wish)),
    ]
    lines: list[Text | Line] = [
        Line(_("✏️ What do you want to change?"), Style.TITLE),
        _("This is how it is now. You can also leave it so."),
    ]
    chosen = yield from choose("change", lines, items, sensitive=True)
    if chosen.id == "where":
        yield from ask_where(opening, wish)
    elif chosen.id == "urgency":
        yield from _ask_urgency(opening, wish)
    else:
        yield from _ASKS[chosen.id](wish)


def _words_label(wish: Wish) -> Text:
    if wish.words or wish.voice:
        return _("📝 Say it in other words")
    return _("📝 Add some words")


def _ask_who(wish: Wish) -> Flow[None]:
    lines = [Line(_("👤 Who should answer you?"), Style.TITLE)]
    chosen = yield from choose("who", lines, _options(WHOS, list(WHOS)), sensitive=True)
    wish.who = Who(chosen.id)


def _ask_interpreter(wish: Wish) -> Flow[None]:
    lines: list[Text | Line] = [
        Line(_("🗣️ Do you want an interpreter?"), Style.TITLE),
        _("A person who speaks your language and knows how things are in Italy."),
    ]
    options = [Option("yes", INTERPRETER[True]), Option("no", INTERPRETER[False])]
    chosen = yield from choose("interpreter", lines, options, sensitive=True)
    wish.interpreter = chosen.id == "yes"


def _ask_medium(wish: Wish) -> Flow[None]:
    lines = [Line(_("💬 How do you like to talk?"), Style.TITLE)]
    chosen = yield from choose("medium", lines, _options(MEDIUMS, list(MEDIUMS)), sensitive=True)
    wish.medium = Medium(chosen.id)


def _ask_urgency(opening: Opening, wish: Wish) -> Flow[None]:
    """How soon; for what is serious now there are people who answer now."""
    lines = [Line(_("⏰ How soon do you need an answer?"), Style.TITLE)]
    options = [Option(str(int(one)), label) for one, label in URGENCIES.items()]
    chosen = yield from choose("urgency", lines, options, sensitive=True)
    wish.urgency = Urgency(int(chosen.id))
    if wish.urgency is not Urgency.NOW:
        return
    numbers: list[Text | Line] = [
        Line(_("🆘 In danger? Call 112"), Style.TITLE),
        *(Line(timed(one), Style.ACTION) for one in numbers_of(opening)[:FIRST_NUMBERS]),
        Line(_("This chat is not for emergencies."), Style.NOTE),
        Line(_("If it is serious now, we write to you at any time of the day."), Style.NOTE),
    ]
    on = Option("on", _("➡️ Go on"), Weight.PRIMARY)
    yield from choose("numbers now", numbers, [on], sensitive=True)


def _ask_words(wish: Wish) -> Flow[None]:
    lines: list[Text | Line] = [
        Line(_("📝 What do you want to say first?"), Style.TITLE),
        _("Write it, or send a voice message. You can also say it later."),
    ]
    none = Option("none", _("⏭️ Nothing for now"))
    told = yield from ask_open("words", lines, SPOKEN, [none], limit=WORDS_LIMIT, sensitive=True)
    _tell(wish, "" if isinstance(told, Option) else told)


def _tell(wish: Wish, told: str | Media) -> None:
    wish.words = told if isinstance(told, str) else ""
    wish.voice = told.file_id if isinstance(told, Media) else ""


_ASKS: Mapping[str, Callable[[Wish], Flow[None]]] = {
    "need": ask_need,
    "who": _ask_who,
    "interpreter": _ask_interpreter,
    "medium": _ask_medium,
    "safe": ask_safe,
    "words": _ask_words,
}


def _options(labels: Mapping[K, Text], some: Sequence[K]) -> list[Option]:
    return [Option(str(one), labels[one]) for one in some]
