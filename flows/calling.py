"""The lines to call, as a person reads them: a number that works without any button."""

from __future__ import annotations

from flows.facts import Number, lines_for
from flows.opening import Opening
from flows.steps import Line, Style
from flows.text import Text, _, pictured, verbatim

FIRST_NUMBERS = 4


def numbers_of(opening: Opening) -> tuple[Number, ...]:
    """Every number, in the order that helps this person most."""
    return lines_for(opening.person.language or "en", opening.numbers)


def named(number: Number) -> Text:
    """The number and whose it is: enough to call."""
    words = _("{phone} · {name}", phone=verbatim(number.phone), name=_(number.name))
    return pictured(number.icon, words)


def timed(number: Number) -> Text:
    """The number, whose it is and when somebody answers; in danger nobody asks for the hours."""
    if number.danger or not number.hours:
        return named(number)
    words = _(
        "{phone} · {name} · {hours}",
        phone=verbatim(number.phone),
        name=_(number.name),
        hours=_(number.hours),
    )
    return pictured(number.icon, words)


def explained(number: Number) -> list[Text | Line]:
    """The number with what it is for, and when and how else it answers."""
    more = [_(number.purpose)]
    if number.hours:
        more.append(pictured("🕒", _(number.hours)))
    if number.second_phone:
        way, phone = _(number.second_way), verbatim(number.second_phone)
        more.append(_("{way}: {phone}", way=way, phone=phone))
    return [Line(named(number), Style.HEADING), *more]
