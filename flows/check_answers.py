"""What the self-check answers at each level: danger first, the reasons by number, who can help."""

from __future__ import annotations

from flows.calling import FIRST_NUMBERS, numbers_of, timed
from flows.check_words import Whom, Worded
from flows.hours import said
from flows.opening import Opening
from flows.report_model import Level
from flows.steps import Line, Style
from flows.text import Text, _, listed, verbatim
from flows.triage import Finding

DANGER_NUMBERS = FIRST_NUMBERS + 1
SERIOUS_NUMBERS = FIRST_NUMBERS - 1
OFFICES_NAMED = 2


def answer(opening: Opening, whom: Whom, found: Finding) -> list[Text | Line]:
    """The screen of a level; the reasons are always there as numbers."""
    makers = {
        Level.INFORMATION: _information,
        Level.IRREGULAR: _irregular,
        Level.SERIOUS: _serious,
        Level.DANGER: _danger,
    }
    lines = makers[found.level](opening, whom, found)
    if found.unsure:
        lines.append(Line(_("👉 Do you want to talk to a person?"), Style.ACTION))
    return lines


def _information(_opening: Opening, whom: Whom, found: Finding) -> list[Text | Line]:
    nothing = _("From your answers I see no problem with the law.")
    little = _("You skipped some questions, so I know too little to say.")
    keep = Worded(
        _("Keep your contract and your payslips."),
        _("It is good to keep contract and payslips."),
        _("It is good to keep contract and payslips."),
    )
    return [
        Line(_("🔹 Your answers"), Style.TITLE),
        little if found.unsure else nothing,
        _("I know only what you told me."),
        keep.said_of(whom),
        _("If something changes, come back."),
    ]


def _irregular(opening: Opening, whom: Whom, found: Finding) -> list[Text | Line]:
    blameless = Worded(
        _("You did nothing wrong, and you have rights also with no contract."),
        _("This person did nothing wrong, and has rights also with no contract."),
        _("These people did nothing wrong, and they have rights also with no contract."),
    )
    return [
        Line(_("🔸 Something may be not legal"), Style.TITLE),
        _("I say this because you answered yes to: {numbers}.", numbers=listed(found.reasons)),
        blameless.said_of(whom),
        _("Write every day when the work begins and ends."),
        _("A union can look at the case."),
        *_report(opening),
        *_hours(opening),
    ]


def _serious(opening: Opening, whom: Whom, found: Finding) -> list[Text | Line]:
    blameless = Worded(
        _("It is serious, and it is not your fault."),
        _("It is serious, and it is not this person’s fault."),
        _("It is serious, and it is not the fault of these people."),
    )
    law = Worded(
        _("The law can protect you, also with no permit, but a person must look at your case."),
        _("The law can protect them, also with no permit, but a person must look at the case."),
        _("The law can protect them, also with no permit, but a person must look at the case."),
    )
    calm = Worded(
        _("You do not have to decide today."),
        _("Nobody has to decide today."),
        _("Nobody has to decide today."),
    )
    quiet = Worded(
        _("Do not tell the boss. Leave only when it is safe to leave."),
        _("Do not tell the boss. Everybody should leave only when it is safe to leave."),
        _("Do not tell the boss. Everybody should leave only when it is safe to leave."),
    )
    return [
        Line(_("🔶 This is serious"), Style.TITLE),
        _("These answers are signs of exploitation: {numbers}.", numbers=listed(found.reasons)),
        blameless.said_of(whom),
        law.said_of(whom),
        calm.said_of(whom),
        quiet.said_of(whom),
        Line(_("📞 Who can help now"), Style.HEADING),
        *(timed(number) for number in numbers_of(opening)[:SERIOUS_NUMBERS]),
        *_hours(opening),
    ]


def _danger(opening: Opening, whom: Whom, found: Finding) -> list[Text | Line]:
    """Words that help without any button, and nobody promised who does not read at night."""
    title = Worded(
        _("⚠️ You may be in danger now"),
        _("⚠️ This person may be in danger now"),
        _("⚠️ These people may be in danger now"),
    )
    first = Worded(
        _("If you can, go where there are other people."),
        _("Do not go alone to where the danger is."),
        _("Do not go alone to where the danger is."),
    )
    return [
        Line(title.said_of(whom), Style.TITLE),
        first.said_of(whom),
        _("Call 112. Say “help” and the address."),
        *(timed(number) for number in numbers_of(opening)[:DANGER_NUMBERS]),
        _("I say this because you answered yes to: {numbers}.", numbers=listed(found.reasons)),
        Line(_("This chat is not for emergencies."), Style.NOTE),
        *_hours(opening),
    ]


def _report(opening: Opening) -> list[Text | Line]:
    if not opening.house.offices:
        return []
    return [_("You can send a report with no name. We never call the boss.")]


def _hours(opening: Opening) -> list[Text | Line]:
    """When somebody reads reports, where an office has said so."""
    known = [office for office in opening.house.offices if office.hours]
    return [
        Line(
            _(
                "🕒 {office} reads reports: {hours}.",
                office=verbatim(office.name),
                hours=said(office.hours),
            ),
            Style.NOTE,
        )
        for office in known[:OFFICES_NAMED]
    ]
