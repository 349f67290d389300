"""Says in words when a course meets, as its rule has it."""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.console.courses.repeating import WEEKDAYS
from flows.repetition import Repetition, RepetitionError, Unit
from flows.text import Text, _, ngettext, verbatim
from storage.courses.model import Course


def rule_words(course: Course) -> list[Text]:
    """When a course meets, part by part."""
    ends = datetime.combine(course.first, course.starts) + timedelta(minutes=course.minutes)
    clock = verbatim(f"{course.starts:%H:%M}–{ends:%H:%M}")
    try:
        rule = Repetition.read(course.rule)
    except RepetitionError:  # brought by an older hand: its lessons say it
        return [clock]
    said = [*_often(rule), clock]
    if rule.unit is not Unit.NEVER:
        said.append(_("from {day}", day=course.first))
    if rule.until is not None:
        said.append(_("until {day}", day=rule.until))
    if rule.times is not None:
        said.append(ngettext("{count} lesson", "{count} lessons", rule.times))
    if rule.holidays:
        said.append(_("not on holidays"))
    return said


def _often(rule: Repetition) -> list[Text]:
    if rule.unit is Unit.DAYS:
        return [ngettext("every day", "every {count} days", rule.every)]
    if rule.unit is Unit.MONTHS:
        often = ngettext("every month", "every {count} months", rule.every)
        return [often, _("on the same day of the week")] if rule.same_weekday else [often]
    if rule.unit is Unit.WEEKS:
        days = [WEEKDAYS[number][1] for number in rule.weekdays]
        return [ngettext("every week", "every {count} weeks", rule.every), *days]
    return [_("once")]
