"""Is my work OK? Twelve questions, a level with its reasons, and people who can help."""

from __future__ import annotations

from flows.check_answers import answer
from flows.check_words import QUESTIONS, Question, Whom
from flows.engine import Ended
from flows.opening import Opening
from flows.report_model import Level
from flows.screen import CLOSE_NOW
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, say
from flows.text import Text, _, listed, pictured, titled
from flows.triage import NOW, Finding, Given, find_level

TALK, REPORT, PHONE, ON = "talk", "report", "phone", "on"
RIGHTS = "work"
CARDS = {
    Level.INFORMATION: (),
    Level.IRREGULAR: ("work.hours", "area.unions"),
    Level.SERIOUS: ("exploit.permit", "area.unions"),
    Level.DANGER: (),
}
ANSWERS = [
    Option(Given.YES, _("✅ Yes"), shares=True),
    Option(Given.NO, _("✖️ No"), shares=True),
    Option(Given.SKIP, _("⏭️ Skip")),
]


def check(opening: Opening) -> Flow[Ended]:
    """Ask the twelve questions about somebody's work; nothing is kept of it."""
    yield from _phone_safety("phone.first")
    whom = yield from _choose_whom(opening)
    given: dict[int, Given] = {}
    for question in QUESTIONS:
        given[question.number] = yield from _ask(question, whom)
        if question.number == NOW and given[NOW] is Given.YES:
            left = yield from _show(opening, whom, find_level({**_NOTHING, **given}), goes_on=True)
            if left is not None:
                return left
        elif given[question.number] is Given.YES and question.line is not None:
            yield from say(Line(pictured("💡", question.line.said_of(whom)), Style.NOTE))
    return (yield from _show(opening, whom, find_level(given))) or Ended("known")


_NOTHING = {question.number: Given.NO for question in QUESTIONS}


def _phone_safety(key: str) -> Flow[None]:
    """Before the first question, and again where it is serious."""
    lines: list[Text | Line] = [
        Line(_("📱 Is this phone only yours?"), Style.TITLE),
        _("If another person can see it, read me only when you are alone."),
        _("Mute this chat. At the end clean it, and delete calls too."),
        _("If the boss gave you the phone or pays for it, use another phone."),
        _("If someone comes, tap “{button}”.", button=CLOSE_NOW),
    ]
    yield from choose(key, lines, [Option("next", _("➡️ Next"), Weight.PRIMARY)], sensitive=True)


def _choose_whom(opening: Opening) -> Flow[Whom]:
    kept = (
        _("I do not keep the answers, unless you send them.")
        if opening.house.offices or opening.house.helpers
        else _("I do not keep the answers.")
    )
    lines: list[Text | Line] = [
        Line(_("🔎 Is my work OK? 12 short questions"), Style.TITLE),
        _("I do not ask your name, your papers or your boss."),
        kept,
        _("This is not a judgement: it shows when it is good to talk to a person."),
        Line(_("👉 Who is it about?"), Style.ACTION),
    ]
    options = [
        Option(Whom.ME, _("🙋 About me")),
        Option(Whom.OTHER, _("👤 About someone else")),
        Option(Whom.GROUP, _("👥 About a group")),
    ]
    return Whom((yield from choose("whom", lines, options, sensitive=True)).id)


def _ask(question: Question, whom: Whom) -> Flow[Given]:
    counted = _("Question {number} of {count}", number=question.number, count=len(QUESTIONS))
    lines = [
        Line(counted, Style.NOTE),
        Line(pictured(question.icon, question.asks.said_of(whom)), Style.BODY),
    ]
    chosen = yield from choose(f"q{question.number}", lines, ANSWERS, sensitive=True)
    return Given(chosen.id)


def _show(
    opening: Opening, whom: Whom, found: Finding, *, goes_on: bool = False
) -> Flow[Ended | None]:
    """Show what was found until the person leaves for a next step or goes on asking."""
    key = f"level.{found.level}" + ("-now" if goes_on else "")
    options = _options(opening, found, goes_on=goes_on)
    while True:
        chosen = yield from choose(key, answer(opening, whom, found), options, sensitive=True)
        if chosen.id == ON:
            return None
        if chosen.id == PHONE:
            yield from _phone_safety("phone.again")
        elif chosen.id == REPORT:
            return (yield from _to_report(found))
        elif chosen.id == TALK:
            return (yield from _to_talk(opening, found))
        else:
            return Ended("read", then="orientation", at=chosen.id, comes_back=True)


def _options(opening: Opening, found: Finding, *, goes_on: bool) -> list[Option]:
    """What can be done next: only what exists, and the person to talk to first where it counts."""
    serious = found.level >= Level.SERIOUS
    cards = [card for one in CARDS[found.level] if (card := opening.library.find_card(one))]
    rights = found.level is Level.INFORMATION and opening.library.find_area(RIGHTS)
    reports = opening.house.offices and found.level > Level.INFORMATION
    return [
        *([Option(ON, _("➡️ Go on with the questions"))] if goes_on else []),
        *([Option(RIGHTS, _("💼 Read my rights"))] if rights else []),
        Option(TALK, _("🤝 Talk to someone"), Weight.PRIMARY if serious else Weight.PLAIN),
        *([Option(REPORT, _("📝 Report with no name"))] if reports else []),
        *(Option(card.id, titled(card.icon, card.title)) for card in cards),
        *([Option(PHONE, _("📱 Phone safety"))] if serious else []),
    ]


def _to_report(found: Finding) -> Flow[Ended]:
    """Go to the report; the answers go along only when the person says so."""
    carries = yield from confirm(
        "carry",
        [
            Line(_("📎 Add your answers to the report?"), Style.TITLE),
            _(
                "The office then sees this result, and your yes to: {numbers}.",
                numbers=listed(found.yes),
            ),
            _("You can also begin without them."),
        ],
        yes=_("📎 Yes, add them"),
        no=_("✖️ No, begin without"),
        sensitive=True,
    )
    numbers = ",".join(map(str, found.yes))
    at = f"l{int(found.level)}:{numbers}" if carries else ""
    return Ended(REPORT, then=REPORT, at=at, comes_back=True)


def _to_talk(opening: Opening, found: Finding) -> Flow[Ended]:
    """Go to whoever answers; what was found goes along only when the person says so.

    Then nothing of the check waits under what is not secret.
    """
    if not opening.house.helpers:
        return Ended(TALK, then=TALK, comes_back=True)
    if found.level is Level.INFORMATION:
        return Ended(TALK, then=TALK, at=RIGHTS)
    tells = yield from confirm(
        "tell",
        [
            Line(_("🤝 Say what the questions showed?"), Style.TITLE),
            _("The person who answers then knows how serious it is. Not your answers."),
            _("You can also begin without it."),
        ],
        yes=_("📎 Yes, say it"),
        no=_("✖️ No, begin without"),
        sensitive=True,
    )
    return Ended(TALK, then=TALK, at=f"l{int(found.level)}" if tells else RIGHTS)
