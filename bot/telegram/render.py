"""From a screen without a language to a Bot API message in the person's language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from bot.words import Words
from flows.effects import Json
from flows.screen import Button, Screen
from flows.steps import Line, Style, Weight

MAX_TEXT_UNITS = 4096
SHORT_LABEL = 14
PAIR_LABELS = 24
MOST_WAYS = 3
"""So many ways stand in one row of a phone without one being cut."""

Params: TypeAlias = dict[str, Json]

_NO_PREVIEW: Json = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a style is written: what stands around the words, and where a line is left free."""

    before: str = ""
    after: str = ""
    free_above: bool = False
    free_below: bool = False


_SETTINGS = {
    Style.TITLE: _Setting("<b>", "</b>", free_above=True, free_below=True),
    Style.BODY: _Setting(),
    Style.PART: _Setting(free_above=True),
    Style.ROW: _Setting(),
    Style.ACTION: _Setting("<b>", "</b>", free_above=True, free_below=True),
    Style.HEADING: _Setting("<b>", "</b>", free_above=True),
    Style.NOTE: _Setting("<i>", "</i>", free_above=True, free_below=True),
    Style.BIG: _Setting("<b>", "</b>", free_above=True, free_below=True),
    Style.QUOTE: _Setting("<blockquote expandable>", "</blockquote>", free_above=True),
}


def units(text: str) -> int:
    """The length as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, most: int) -> str:
    """The beginning of a text that has at most so many units, no sign broken in two."""
    while units(text) > most:
        text = text[: -max(1, (units(text) - most) // 2)]
    return text


def bodies(lines: Sequence[Line], words: Words) -> list[str]:
    """The lines as HTML; more than one body only when they pass Telegram's limit.

    A body is cut between lines, never inside one, so no entity is ever broken.
    """
    parts: list[str] = [""]
    free = False
    for line in lines:
        setting = _SETTINGS[line.style]
        html = f"{setting.before}{words.html(line.text)}{setting.after}"
        gap = "\n\n" if free or setting.free_above else "\n"
        if parts[-1] and _too_long(parts[-1], gap, html):
            parts.append(html)
        else:
            parts[-1] += (gap if parts[-1] else "") + html
        free = setting.free_below
    return parts


def _too_long(*parts: str) -> bool:
    # A character is two units at most: only what is near the limit has to be counted.
    return 2 * sum(map(len, parts)) > MAX_TEXT_UNITS and sum(map(units, parts)) > MAX_TEXT_UNITS


def keyboard(screen: Screen, words: Words, listen: Button | None = None) -> Json:
    """The buttons: one a row, two where both are short and share; the ways out always last.

    The way to listen stands before the last of these; four ways are two rows, so that none is cut.
    """
    rows: list[Json] = []
    waiting: tuple[int, Json] | None = None
    for place, button in enumerate(screen.buttons):
        if screen.columns > 1:
            if place % screen.columns == 0:
                rows.append([])
            cast(list[Json], rows[-1]).append(_cell(button, words.label(button.label)))
            continue
        label = words.label(button.label)
        cell = _cell(button, label)
        slim = button.shares and len(label) <= SHORT_LABEL
        if waiting and slim and waiting[0] + len(label) <= PAIR_LABELS:
            rows[-1] = [waiting[1], cell]
            waiting = None
            continue
        rows.append([cell])
        waiting = (len(label), cell) if slim else None
    ways = [*screen.ways[:-1], *((listen,) if listen else ()), *screen.ways[-1:]]
    half = len(ways) // 2 if len(ways) > MOST_WAYS else 0
    for row in (ways[:half], ways[half:]):
        if row:
            rows.append([_cell(way, words.label(way.label)) for way in row])
    return {"inline_keyboard": rows}


def _cell(button: Button, label: str) -> Json:
    cell: dict[str, Json] = {"text": label, "callback_data": button.data}
    if button.weight is not Weight.PLAIN:
        cell["style"] = button.weight.value
    return cell


def message(chat_id: int, html: str, markup: Json | None = None, *, silent: bool) -> Params:
    """The parameters of sendMessage."""
    params: Params = {
        "chat_id": chat_id,
        "text": html,
        "parse_mode": "HTML",
        "link_preview_options": _NO_PREVIEW,
    }
    if markup is not None:
        params["reply_markup"] = markup
    if silent:
        params["disable_notification"] = True
    return params


def picture(chat_id: int, name: str, caption: str, *, silent: bool) -> Params:
    """The parameters of sendPhoto, for `bot.pictures`: the picture is only named."""
    params: Params = {
        "chat_id": chat_id,
        "photo": {"picture": name},
        "caption": caption,
        "parse_mode": "HTML",
    }
    if silent:
        params["disable_notification"] = True
    return params
