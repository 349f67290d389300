"""The doors behind which people will answer: what exists today, said honestly."""

from __future__ import annotations

from flows.engine import Ended
from flows.facts import Number, lines_for
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, choose, show
from flows.text import Text, _, pictured, verbatim

TALK_CARDS = ("area.pua", "area.unions", "area.legal", "area.help")
WRONG_CARDS = (
    "exploit.signs",
    "home.unpaid",
    "exploit.nero",
    "exploit.passport",
    "exploit.housing",
    "exploit.safe",
)
FIRST_NUMBERS = 4


def talk(opening: Opening) -> Flow[Ended]:
    """Say that nobody answers in this chat yet, and who answers today."""
    lines: list[Text | Line] = [
        Line(_("🤝 Talk to someone"), Style.TITLE),
        _("Today no person answers in this chat."),
        _("These numbers answer."),
        *(_name(number) for number in _numbers(opening)[1:FIRST_NUMBERS]),
        _("Other questions? See who helps near you."),
    ]
    return (yield from _read_on(opening, lines, TALK_CARDS, sensitive=False))


def wrong(opening: Opening) -> Flow[Ended]:
    """Danger first, as words that work without buttons; then who helps, and what to read."""
    lines: list[Text | Line] = [
        Line(_("⚠️ Something is wrong at work"), Style.TITLE),
        _("In danger? Go to a safe place and call 112."),
        *(_name(number) for number in _numbers(opening)[:FIRST_NUMBERS]),
        _("Today you cannot send a report from this chat. A union or these numbers can help you."),
        _("If you are safe, talk to someone before you leave the job."),
    ]
    return (yield from _read_on(opening, lines, WRONG_CARDS, sensitive=True))


def emergency(opening: Opening) -> Flow[Ended]:
    """The numbers that answer, ordered by the person's language; always one tap away."""
    numbers = _numbers(opening)
    first, rest = numbers[:FIRST_NUMBERS], numbers[FIRST_NUMBERS:]
    lines: list[Text | Line] = [
        Line(_("🆘 Numbers to call"), Style.TITLE),
        *(line for number in first for line in _explained(number)),
        Line(_("Other numbers"), Style.HEADING),
        *(_name(number) for number in rest),
        Line(_("This chat is not for emergencies. No person reads it."), Style.NOTE),
    ]
    return (yield from show("numbers", lines, sensitive=True))


def _read_on(
    opening: Opening, lines: list[Text | Line], cards: tuple[str, ...], *, sensitive: bool
) -> Flow[Ended]:
    shelf = [card for one in cards if (card := opening.library.find_card(one))]
    options = [Option(card.id, pictured(card.icon, _(card.title))) for card in shelf]
    chosen = yield from choose("read", lines, options, sensitive=sensitive)
    return Ended("read", then="orientation", at=chosen.id, comes_back=True)


def _numbers(opening: Opening) -> tuple[Number, ...]:
    return lines_for(opening.person.language or "en", opening.numbers)


def _name(number: Number) -> Text:
    """The number and whose it is: enough to call."""
    named = _("{phone} · {name}", phone=verbatim(number.phone), name=_(number.name))
    return pictured(number.icon, named)


def _explained(number: Number) -> list[Text | Line]:
    """The number with what it is for, and when and how else it answers."""
    more = [_(number.purpose)]
    if number.hours:
        more.append(pictured("🕒", _(number.hours)))
    if number.second_phone:
        way, phone = _(number.second_way), verbatim(number.second_phone)
        more.append(_("{way}: {phone}", way=way, phone=phone))
    return [Line(_name(number), Style.HEADING), *more]
