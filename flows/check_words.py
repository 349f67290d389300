"""The words of the self-check: each question whole, for oneself, for somebody else, for a group.

Nothing is glued from parts: a language may need another sentence for each, and gets one. The
questions follow the eleven signs of forced labour of the International Labour Organization and
the indices of art. 603-bis c.p.; none asks who somebody is, or which papers they have.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from flows.text import Text, _


class Whom(StrEnum):
    """Whom the check is about."""

    ME = "me"
    OTHER = "other"
    GROUP = "group"


@dataclass(frozen=True, slots=True)
class Worded:
    """The same thing said about oneself, about one person, about several."""

    me: Text
    other: Text
    group: Text

    def said_of(self, whom: Whom) -> Text:
        """The words for those it is about."""
        return {Whom.ME: self.me, Whom.OTHER: self.other, Whom.GROUP: self.group}[whom]


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its pictogram, and the short line that a yes gets."""

    number: int
    icon: str
    asks: Worded
    line: Worded | None = None


def _same(words: Text) -> Worded:
    return Worded(words, words, words)


QUESTIONS = (
    Question(
        1,
        "⚠️",
        Worded(
            _(
                "Are you in danger now? For example: someone hurts you, locks you in, "
                "or says they will hurt you today."
            ),
            _(
                "Is this person in danger now? For example: someone hurts them, locks them in, "
                "or says they will hurt them today."
            ),
            _(
                "Are these people in danger now? For example: someone hurts them, "
                "locks them in, or says they will hurt them today."
            ),
        ),
    ),
    Question(
        2,
        "🛂",
        Worded(
            _(
                "Does someone keep your passport, permit, phone or bank card, "
                "and you cannot have it back?"
            ),
            _(
                "Does someone keep this person’s passport, permit, phone or bank card, "
                "and does not give it back?"
            ),
            _(
                "Does someone keep the passports, permits, phones or bank cards of these people, "
                "and does not give them back?"
            ),
        ),
        Worded(
            _("Nobody may keep your documents."),
            _("Nobody may keep the documents of another person."),
            _("Nobody may keep the documents of other people."),
        ),
    ),
    Question(
        3,
        "🔒",
        Worded(
            _("Does someone stop you from going out, leaving the job, or talking to people?"),
            _(
                "Does someone stop this person from going out, leaving the job, "
                "or talking to people?"
            ),
            _(
                "Does someone stop these people from going out, leaving the job, "
                "or talking to people?"
            ),
        ),
        Worded(
            _("You have the right to go out and to leave."),
            _("Everybody has the right to go out and to leave."),
            _("Everybody has the right to go out and to leave."),
        ),
    ),
    Question(
        4,
        "😨",
        Worded(
            _(
                "Does someone at work threaten you or your family, hit you, touch you, "
                "or say they will call the police about your papers?"
            ),
            _(
                "Does someone at work threaten this person or the family, hit them, touch them, "
                "or say they will call the police about their papers?"
            ),
            _(
                "Does someone at work threaten these people or their families, hit them, "
                "touch them, or say they will call the police about their papers?"
            ),
        ),
        Worded(
            _("This is a crime. It is not your fault."),
            _("This is a crime. It is not this person’s fault."),
            _("This is a crime. It is not the fault of these people."),
        ),
    ),
    Question(
        5,
        "⛓️",
        Worded(
            _("Do you have a debt with the boss or an agent, and you cannot leave until you pay?"),
            _(
                "Does this person have a debt with the boss or an agent, "
                "and cannot leave until it is paid?"
            ),
            _(
                "Do these people have a debt with the boss or an agent, "
                "and cannot leave until it is paid?"
            ),
        ),
        Worded(
            _("A debt does not give anyone power over you."),
            _("A debt does not give anyone power over another person."),
            _("A debt does not give anyone power over other people."),
        ),
    ),
    Question(
        6,
        "🎭",
        Worded(
            _("Is the job very different from the promise, or did you pay someone to get it?"),
            _(
                "Is the job very different from the promise, "
                "or did this person pay someone to get it?"
            ),
            _(
                "Is the job very different from the promise, "
                "or did these people pay someone to get it?"
            ),
        ),
        _same(_("Nobody may ask money for a job.")),
    ),
    Question(
        7,
        "💶",
        Worded(
            _("Do they often pay you much less than they should, not pay you, or take money back?"),
            _(
                "Do they often pay this person much less than they should, not pay, "
                "or take money back?"
            ),
            _(
                "Do they often pay these people much less than they should, not pay, "
                "or take money back?"
            ),
        ),
        Worded(
            _("All your hours must be paid."),
            _("All hours of work must be paid."),
            _("All hours of work must be paid."),
        ),
    ),
    Question(
        8,
        "⏰",
        Worded(
            _("Do you often work more than 10 hours a day, or 7 days a week with no rest day?"),
            _(
                "Does this person often work more than 10 hours a day, "
                "or 7 days a week with no rest day?"
            ),
            _(
                "Do these people often work more than 10 hours a day, "
                "or 7 days a week with no rest day?"
            ),
        ),
        Worded(
            _("You must have 11 hours of rest a day and one day a week."),
            _("Everybody must have 11 hours of rest a day and one day a week."),
            _("Everybody must have 11 hours of rest a day and one day a week."),
        ),
    ),
    Question(
        9,
        "🦺",
        Worded(
            _(
                "Is the work dangerous with no protection, or is the place where you work "
                "or sleep very bad, or do they watch you all the time?"
            ),
            _(
                "Is the work dangerous with no protection, or is the place where this person works "
                "or sleeps very bad, or do they watch this person all the time?"
            ),
            _(
                "Is the work dangerous with no protection, or is the place where these people work "
                "or sleep very bad, or do they watch them all the time?"
            ),
        ),
        Worded(
            _("If there is serious danger, you can stop working."),
            _("If there is serious danger, everybody can stop working."),
            _("If there is serious danger, everybody can stop working."),
        ),
    ),
    Question(
        10,
        "🤷",
        Worded(
            _(
                "Do you stay only because you have no choice: no papers, no house, no money, "
                "or family to help?"
            ),
            _(
                "Does this person stay only because there is no choice: no papers, no house, "
                "no money, or family to help?"
            ),
            _(
                "Do these people stay only because there is no choice: no papers, no house, "
                "no money, or family to help?"
            ),
        ),
        _same(_("There can be other choices, and people who help to find them.")),
    ),
    Question(
        11,
        "📄",
        Worded(
            _(
                "Do you have no contract, or fewer hours on paper than real, "
                "or a partita IVA but the boss decides everything?"
            ),
            _(
                "Does this person have no contract, or fewer hours on paper than real, "
                "or a partita IVA but the boss decides everything?"
            ),
            _(
                "Do these people have no contract, or fewer hours on paper than real, "
                "or a partita IVA but the boss decides everything?"
            ),
        ),
        Worded(
            _("You have rights also with no contract."),
            _("Everybody has rights also with no contract."),
            _("Everybody has rights also with no contract."),
        ),
    ),
    Question(
        12,
        "🧒",
        _same(_("Does a child under 16 work there?")),
        _same(_("A child under 16 cannot work. Help is at 114.")),
    ),
)
