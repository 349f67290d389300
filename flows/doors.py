"""The doors behind which people answer: what exists today, said honestly."""

from __future__ import annotations

from flows.calling import FIRST_NUMBERS, explained, named, numbers_of, timed
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import MAX_BUTTONS, Flow, Line, Option, Style, Weight, choose, show
from flows.text import Text, _, pictured

TALK_CARDS = ("area.pua", "area.unions", "area.legal", "area.help")
WRONG_CARDS = ("exploit.signs", "home.unpaid", "exploit.passport", "exploit.safe")
CAREFUL_CARDS = ("work.contract", "work.payslip", "work.hours", "work.holidays")
CHECK, REPORT, PRACTICE, CODE, TALK = "check", "report", "practice", "code", "talk"
NOT_SAFE = "exploit"
"""Where somebody comes from who wrote words that sound like danger."""
WRONG_NUMBERS = FIRST_NUMBERS - 1


def work_label(opening: Opening) -> Text:
    """The door to `wrong`; in careful mode it says nothing that a boss should not read."""
    return _("💼 My work") if opening.person.careful else _("⚠️ Something is wrong at work")


def nobody(opening: Opening) -> Flow[Ended]:
    """Say that nobody answers in this chat yet, and who answers today."""
    offices = bool(opening.house.offices)
    lines: list[Text | Line] = [
        Line(_("🤝 Talk to someone"), Style.TITLE),
        _("Today no person answers in this chat."),
        *(
            [_("An office reads what you send in “{door}”.", door=work_label(opening))]
            if offices
            else []
        ),
        _("These numbers answer."),
        *(named(number) for number in numbers_of(opening)[1:FIRST_NUMBERS]),
        _("Other questions? See who helps near you."),
    ]
    wrong = [Option("wrong", work_label(opening))] if offices else []
    near = Option("services", _("📍 Who helps near me"))
    return (yield from _read_on(opening, lines, [*wrong, near], TALK_CARDS, sensitive=False))


def wrong(opening: Opening) -> Flow[Ended]:
    """Danger first, as words that work without buttons; then check, report, people, the cards."""
    careful, talks = opening.person.careful, bool(opening.house.helpers)
    lines = _watched(opening) if careful else _plain(opening)
    options = [
        Option(CHECK, _check(careful), Weight.PRIMARY),
        *(_reports(careful) if opening.house.offices else []),
        *([Option(TALK, _("🤝 Talk to someone"))] if talks else []),
    ]
    cards = (CAREFUL_CARDS if careful else WRONG_CARDS)[: MAX_BUTTONS - len(options)]
    return (yield from _read_on(opening, lines, options, cards, sensitive=True))


def _plain(opening: Opening) -> list[Text | Line]:
    today = (
        _("You can send a report with no name. An office reads it.")
        if opening.house.offices
        else _("Today you cannot send a report from this chat. These numbers can help you.")
    )
    return [
        Line(work_label(opening), Style.TITLE),
        _("In danger? Go to a safe place and call 112."),
        *(named(number) for number in numbers_of(opening)[:WRONG_NUMBERS]),
        today,
        _("If you are safe, talk to someone before you leave the job."),
    ]


def _watched(opening: Opening) -> list[Text | Line]:
    """The same door on a phone that others look at: nothing in it says what it leads to."""
    return [
        Line(work_label(opening), Style.TITLE),
        _("Emergency: call 112."),
        _("Contract, pay and hours: what the law says."),
    ]


def _check(careful: bool) -> Text:
    if careful:
        return _("🔎 12 questions (2 minutes)")
    return _("🔎 Is my work OK? (2 minutes)")


def _reports(careful: bool) -> list[Option]:
    return [
        Option(REPORT, _("📝 Write to the office") if careful else _("📝 Report with no name")),
        Option(CODE, _("🔑 I have a code")),
        Option(PRACTICE, _("🧪 Try it first") if careful else _("🧪 Try the report first")),
    ]


def emergency(opening: Opening) -> Flow[Ended]:
    """The numbers that answer, ordered by the person's language; always one tap away."""
    numbers = numbers_of(opening)
    first, rest = numbers[:FIRST_NUMBERS], numbers[FIRST_NUMBERS:]
    lines: list[Text | Line] = [
        Line(_("🆘 Numbers to call"), Style.TITLE),
        *(line for number in first for line in explained(number)),
        Line(_("Other numbers"), Style.HEADING),
        *(named(number) for number in rest),
        Line(_nobody_now(opening), Style.NOTE),
    ]
    return (yield from show("numbers", lines, sensitive=True))


def danger(opening: Opening) -> Flow[Ended]:
    """Numbers for somebody whose words sound like danger: no advice, people who answer."""
    lines: list[Text | Line] = [
        Line(_("🆘 Are you in danger? Call 112."), Style.TITLE),
        _("I am only a machine. These people can help you."),
        *(timed(number) for number in numbers_of(opening)[:FIRST_NUMBERS]),
        Line(_nobody_now(opening), Style.NOTE),
    ]
    talk = [Option(TALK, _("🤝 Talk to someone"))]
    ended = yield from _read_on(opening, lines, talk, ("health.mind",), sensitive=True)
    if ended.then == TALK and opening.house.helpers:  # and nothing secret waits under it
        return Ended(TALK, then=TALK, at=NOT_SAFE)
    return ended


def _nobody_now(opening: Opening) -> Text:
    if opening.house.helpers:
        return _("This chat is not for emergencies. People read it only in their hours.")
    if opening.house.offices:
        return _("This chat is not for emergencies. An office reads reports only in its hours.")
    return _("This chat is not for emergencies. No person reads it.")


def sent(opening: Opening) -> Flow[Ended]:
    """Somebody began with a photo, a voice message or a file: ask what it is for."""
    kinds = {
        "photo": _("📎 You sent a photo"),
        "voice": _("📎 You sent a voice message"),
        "document": _("📎 You sent a file"),
    }
    lines: list[Text | Line] = [
        Line(kinds.get(opening.at, kinds["document"]), Style.TITLE),
        _("I did not open it, and I keep no copy."),
        _("What is it for? Choose first, then send it again."),
    ]
    options = [
        Option("work", work_label(opening)),
        Option(TALK, _("🤝 Talk to someone")),
        Option("clean", _("🧹 Delete it")),
    ]
    chosen = yield from choose("for", lines, options, sensitive=True)
    if chosen.id != "work":
        comes_back = chosen.id == TALK and not opening.house.helpers
        return Ended(chosen.id, then=chosen.id, comes_back=comes_back)
    then = REPORT if opening.house.offices else "wrong"
    return Ended(then, then=then, comes_back=True)


def _read_on(
    opening: Opening,
    lines: list[Text | Line],
    doors: list[Option],
    cards: tuple[str, ...],
    *,
    sensitive: bool,
) -> Flow[Ended]:
    """Show doors and cards, and lead to what is chosen."""
    shelf = [card for one in cards if (card := opening.library.find_card(one))]
    options = [*doors, *(Option(card.id, pictured(card.icon, _(card.title))) for card in shelf)]
    chosen = yield from choose("read", lines, options, sensitive=sensitive)
    if chosen.id == PRACTICE:
        return Ended(PRACTICE, then=REPORT, at=PRACTICE, comes_back=True)
    if chosen in doors:
        return Ended(chosen.id, then=chosen.id, comes_back=True)
    return Ended("read", then="orientation", at=chosen.id, comes_back=True)
