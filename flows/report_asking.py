"""How a report asks: every question can stay without an answer, and says why it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

from flows.effects import Effect
from flows.report_choices import ASK_WHY, SKIP, options_of
from flows.steps import (
    Flow,
    Line,
    Option,
    Style,
    choose,
    choose_many,
    perform,
    show,
)
from flows.text import Text, _

R = TypeVar("R")

BUSY = Line(
    _("⏳ That did not work now. Nothing is lost: please try again in a minute."), Style.NOTE
)
BACK_TO_QUESTION = _("⬅️ To the question")


def ask_one(
    key: str,
    lines: Sequence[Text | Line],
    labels: Mapping[str, Text],
    why: Text | None,
    *,
    skip: bool = True,
) -> Flow[str]:
    """Ask for one answer; UNSAID when the person prefers not to say."""
    options = [*options_of(labels), *([SKIP] if skip else []), *([ASK_WHY] if why else [])]
    chosen = yield from choose(key, lines, options, sensitive=True)
    if chosen.id == ASK_WHY.id and why is not None:
        yield from explain(key, why)
    return chosen.id


def ask_many(
    key: str, lines: Sequence[Text | Line], labels: Mapping[str, Text]
) -> Flow[tuple[str, ...]]:
    """Ask for any number of answers; none is an answer too."""
    chosen = yield from choose_many(key, lines, options_of(labels), sensitive=True)
    return tuple(one.id for one in chosen)


def explain(key: str, *why: Text) -> Flow[None]:
    """Say why something is asked; the way on is the way back to the question."""
    title = Line(_("❓ Why do we ask?"), Style.TITLE)
    yield from show(f"{key} why", [title, *why], way_back=BACK_TO_QUESTION, sensitive=True)


def read_on(key: str, lines: Sequence[Text | Line], label: Text | None = None) -> Flow[None]:
    """Show something that must be read, and go on when the person says so."""
    option = Option("ok", label or _("👍 I understand"))
    yield from choose(key, lines, [option], sensitive=True)


def try_to(key: str, effect: Effect[R]) -> Flow[R | None]:
    """Have something slow done; None when there was no room for it now, and nothing happened."""
    return (yield from perform(key, effect))
