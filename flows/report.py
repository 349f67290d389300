"""The anonymous report, from "who reads this" to the code: what is told goes to nobody before."""

from __future__ import annotations

from flows.engine import Ended
from flows.opening import Opening
from flows.report_draft import PRACTICE, Draft, new_draft
from flows.report_effects import OpenBox
from flows.report_ending import ask_ending, check_all, send
from flows.report_files import ask_files
from flows.report_questions import ask_basics, ask_excluded, ask_more, ask_wants
from flows.report_start import ask_age, ask_danger, begin, nobody
from flows.report_story import ask_story
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform, under
from flows.text import _

PRACTISING = Line(_("🧪 Practice. Nothing is kept."), Style.NOTE)


def report(opening: Opening) -> Flow[Ended]:
    """Tell what is wrong, without a name; with `at` "practice" nothing of it is ever done."""
    if opening.at == PRACTICE:
        return (yield from under(PRACTISING, _report(new_draft(opening))))
    return (yield from _report(new_draft(opening)))


def _report(draft: Draft) -> Flow[Ended]:
    if not draft.opening.house.offices:
        return (yield from nobody(draft.opening))
    begun = yield from begin(draft)
    if begun == "stop":
        return Ended("stopped", then="home")
    if begun == PRACTICE:
        return Ended("practice", then="report", at=PRACTICE)
    if not (yield from ask_age()):
        return Ended("child", then="stopped", at="child")
    if not draft.practice:
        draft.box = yield from perform("box", OpenBox())
    yield from ask_basics(draft)
    if (yield from _tells_more(draft)):
        yield from ask_more(draft)
        yield from ask_story(draft)
        yield from ask_wants(draft)
        yield from ask_excluded(draft)
        yield from ask_files(draft)
    else:
        yield from ask_wants(draft)
        yield from ask_excluded(draft)
    yield from ask_ending(draft)
    if not (yield from check_all(draft)):
        return Ended("deleted", then="stopped", at="deleted")
    return (yield from send(draft))


def _tells_more(draft: Draft) -> Flow[bool]:
    """Whether the person has time for the rest; the report is good without it."""
    options = [
        Option("more", _("➕ Go on: some more questions"), Weight.PRIMARY),
        Option("enough", _("⏩ That is enough for now")),
        *([] if draft.answers.get("danger") else [Option("danger", _("🆘 I am in danger now"))]),
    ]
    chosen = yield from choose(
        "hub",
        [
            Line(_("👍 The most important is said"), Style.TITLE),
            _("More questions help us to help you. You can skip each one."),
            _("There you can also write, speak and send photos."),
        ],
        options,
        sensitive=True,
    )
    if chosen.id == "danger":
        yield from ask_danger("danger on the way", draft)
        return (yield from _tells_more(draft))
    return chosen.id == "more"
