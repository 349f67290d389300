"""The first minute: a language, what this is, what nobody stores, who else sees this phone."""

from __future__ import annotations

from flows.effects import RememberCareful, Welcome
from flows.engine import Ended
from flows.language import pick_language
from flows.opening import Opening
from flows.promise import promise
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform
from flows.text import _, verbatim


def onboarding(opening: Opening) -> Flow[Ended]:
    """Welcome somebody new; nothing is asked that could tell who they are."""
    yield from pick_language(opening)

    desk = dict(opening.house.desks).get(opening.person.desk or "")
    yield from choose(
        "what",
        [
            Line(_("👋 Welcome to Antenna"), Style.TITLE),
            _("Here you find your rights at work, papers, courses and services."),
            _("It is free and in your language."),
            *([_("You come from: {desk}.", desk=verbatim(desk))] if desk else []),
        ],
        [Option("next", _("➡️ Next"), Weight.PRIMARY)],
    )
    yield from choose(
        "promise",
        [Line(_("🔐 Who reads this?"), Style.TITLE), *promise(opening.house)],
        [Option("next", _("👍 I understand"), Weight.PRIMARY)],
    )
    shared = yield from choose(
        "phone",
        [
            Line(_("📱 Does someone else look at this phone?"), Style.TITLE),
            _("For example your boss, your family, people in your room."),
            _("If yes, I write less and I delete more."),
        ],
        [Option("no", _("🙂 No, only me")), Option("yes", _("👀 Yes, or I am not sure"))],
    )
    yield from perform("careful", RememberCareful(shared.id == "yes"))
    yield from perform("welcome", Welcome())
    return Ended("welcomed")
