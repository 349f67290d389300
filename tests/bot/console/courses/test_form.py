"""The form of a course: what is typed is what is kept, and every fault is at its own field."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.console.courses.fields import Fields, Typed
from bot.console.courses.form import NEW, copy_of, read_form, step_choices, steps_of, typed_of
from bot.console.courses.repeating import Preview, preview_of, read_rule
from bot.console.courses.repeating import typed_of as rule_typed_of
from flows.calendar_model import CourseKind, CourseState
from flows.repetition import Repetition, RepetitionError, Unit
from storage.courses.model import Course

DESKS, TONGUES = {"abcd"}, ("it", "ar", "bn")
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))
FILLED = Typed(
    NEW | {"title": "Italiano A1", "kind": "italian", "first": "2026-11-30", "starts": "18:30"}
)


def typed(**more: str) -> Typed:
    """A form that is right, with some fields otherwise."""
    return Typed(FILLED | {name.replace("__", "."): value for name, value in more.items()})


def faults(**more: str) -> set[str]:
    """Which fields are not right."""
    given_ = read_form(typed(**more), desks=DESKS, languages=TONGUES)
    assert (given_.course is None) == bool(given_.wrong)
    return set(given_.wrong)


def a_course(**more: object) -> Course:
    """A course as it is kept."""
    plain: dict[str, object] = {
        "id": 1,
        "ref": "",
        "office": "o",
        "state": CourseState.OPEN,
        "version": 3,
        "changed": datetime(2026, 1, 1, tzinfo=UTC),
        "created_by": 1,
        "title": "Italiano",
        "kind": CourseKind.ITALIAN,
        "level": "A1",
        "first": date(2026, 11, 30),
        "starts": time(18, 30),
        "rule": "weekly mon,wed until 2027-03-31 skip holidays, 2026-12-24..2027-01-06",
    }
    return Course(**(plain | more))  # type: ignore[arg-type]


STRETCHES = st.lists(
    st.tuples(DAYS, st.integers(0, 30)).map(lambda one: (one[0], one[0] + timedelta(one[1]))),
    max_size=3,
)


@st.composite
def rules(draw: st.DrawFn) -> Repetition:
    """Rules of every kind that fields can say."""
    unit = draw(st.sampled_from([Unit.NEVER, Unit.DAYS, Unit.WEEKS, Unit.MONTHS]))
    also = tuple(sorted(set(draw(st.lists(DAYS, max_size=3)))))
    if unit is Unit.NEVER:
        return Repetition(also=also)
    until = draw(st.none() | st.dates(date(2028, 1, 1), date(2028, 6, 1)))
    weekdays = draw(st.sets(st.integers(0, 6))) if unit is Unit.WEEKS else set()
    return Repetition(
        unit,
        draw(st.integers(1, 52)),
        tuple(sorted(weekdays)),
        unit is Unit.MONTHS and draw(st.booleans()),
        until,
        None if until else draw(st.integers(1, 200)),
        draw(st.booleans()),
        tuple(sorted(set(draw(STRETCHES)))),
        also,
    )


@given(rule=rules())
def test_a_rule_comes_back_from_its_fields(rule: Repetition) -> None:
    """Whatever rule fields can say, they show it, and read it again the same."""
    fields = Fields(rule_typed_of(str(rule), date(2026, 1, 1)))
    assert (read_rule(fields, date(2026, 1, 1)), fields.wrong) == (rule, {})


@given(days=st.sets(DAYS, min_size=1, max_size=40))
def test_a_list_of_days_stays_these_days(days: set[date]) -> None:
    """Days that an import listed one by one are the same days after somebody keeps the form."""
    listed, first = Repetition(Unit.LISTED, also=tuple(sorted(days))), min(days)
    rule = read_rule(Fields(rule_typed_of(str(listed), first)), first)
    assert rule is not None
    assert rule.days(first) == listed.days(first) == tuple(sorted(days))


@settings(max_examples=60)
@given(rule=rules(), first=st.dates(date(2026, 1, 1), date(2027, 1, 1)))
def test_the_preview_shows_the_days_and_what_is_left_out(rule: Repetition, first: date) -> None:
    """The days are those of the rule, and what is left out is none of them; without exceptions
    nothing is; where there are no days, the preview says why."""
    found, why = preview_of(rule, first), None
    try:
        days = rule.days(first)
    except RepetitionError as error:
        days, why = (), error.why
    if isinstance(found, Preview):
        whole = replace(rule, holidays=False, skipped=())
        assert (found.days, set(found.skipped) & set(days)) == (days, set())
        assert whole.left_out(first) == ()
    else:
        assert found == why


def test_what_is_left_out_is_named() -> None:
    """Of a course over Christmas the lessons that fall away are said one by one."""
    rule = Repetition.read("weekly thu until 2027-01-14 skip holidays, 2026-12-27..2027-01-02")
    found = preview_of(rule, date(2026, 12, 17))
    assert found == Preview(
        (date(2026, 12, 17), date(2026, 12, 24), date(2027, 1, 7), date(2027, 1, 14)),
        (date(2026, 12, 31),),
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "  "),
        ("first", "2026-02-31"),
        ("first", "1999-01-01"),
        ("starts", "25:00"),
        ("starts", "10:00+02:00"),
        ("minutes", "0"),
        ("minutes", "²"),
        ("seats", "501"),
        ("seats", "-1"),
        ("seats", ""),
        ("offer_hours", "169"),
        ("cost", "free"),
        ("cost", "12,345"),
        ("phone", "ask Anna"),
        ("position", "near the church"),
        ("desk", "another"),
        ("kind", "yoga"),
        ("level", "C2"),
        ("every", "moon"),
        ("about", "x" * 1001),
        ("also", "31/02/2027"),
        ("also", "01/01/2027-31/12/2027"),
        ("also", "01/02/2027-31/01/2027"),
    ],
)
def test_every_fault_is_at_its_field(name: str, value: str) -> None:
    """One field that is not right is named, and no other."""
    assert faults(**{name: value}) == {name}


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ({"until": ""}, {"until"}),
        ({"until": "2026-11-29"}, {"until"}),
        ({"ends": "times", "times": "201"}, {"times"}),
        ({"until": "2027-03-01", "except": "Christmas"}, {"except"}),
        ({"until": "2027-03-01", "step": "53"}, {"step"}),
        ({"until": "2026-12-01", "except": "01/11/2026-31/12/2026"}, {"every"}),
        ({"every": "days", "until": "2027-12-01"}, {"every"}),
    ],
)
def test_a_repetition_that_does_not_work_is_said_where(
    more: dict[str, str], where: set[str]
) -> None:
    """What is wrong with a repetition is said at the field it is about."""
    assert faults(**({"every": "weeks"} | more)) == where


def test_everything_wrong_is_said_at_once() -> None:
    """Nobody mends one field only to hear of the next."""
    found = faults(title="", first="", starts="", seats="x", cost="x", phone="x", also="x")
    assert found == {"title", "first", "starts", "seats", "cost", "phone", "also"}


@given(text=st.dictionaries(st.sampled_from([*sorted(FILLED), "also", "except"]), st.text()))
def test_whatever_is_typed_is_read(text: dict[str, str]) -> None:
    """No words in any field break the form: it is right, or it says what is not."""
    found = read_form(Typed(FILLED | text), desks=DESKS, languages=TONGUES)
    assert (found.course is None) == bool(found.wrong)


def test_what_is_kept_comes_back() -> None:
    """A course shown in its form and sent again is the same course."""
    course = a_course(
        desk="abcd",
        about="Vieni.\nAnche se non sai scrivere.",
        place="Via Cusani 10",
        how="Autobus z221",
        latitude=45.6789,
        longitude=9.2345,
        phone="0362 123 456",
        languages=("it", "bn"),
        cost_cents=1250,
        seats=18,
        waits=False,
        offer_hours=12,
        women_only=True,
        childcare=True,
        bring="un quaderno",
        minutes=90,
        steps="7d,2h",
    )
    found = read_form(typed_of(course), desks=DESKS, languages=TONGUES, before=course)
    assert found.wrong == {}
    assert typed_of(a_course(**_fields(found.course))) == typed_of(course)


def _fields(course: object) -> dict[str, object]:
    assert course is not None
    names = typed_fields()
    return {name: getattr(course, name) for name in names}


def typed_fields() -> list[str]:
    """The fields of a course that a form changes."""
    known = "desk kind level title about place how latitude longitude phone languages cost_cents"
    more = "seats waits offer_hours women_only childcare bring first starts minutes rule steps"
    return [*known.split(), *more.split()]


def test_what_no_field_asks_for_stays() -> None:
    """A zone, a language and a step that only an import knows are not lost by the form."""
    course = a_course(zone="Europe/Lisbon", languages=("ar", "wo"), steps="5d,1d")
    found = read_form(typed_of(course), desks=DESKS, languages=TONGUES, before=course).course
    assert found is not None
    assert (found.zone, found.languages, found.steps) == ("Europe/Lisbon", ("ar", "wo"), "1d,5d")
    assert "5d" in step_choices(course)


def test_own_steps_can_be_none_at_all() -> None:
    """Nothing ticked is no reminder; *as the desk does* is something else."""
    assert (steps_of({"steps": "own"}), steps_of({"steps.1d": "1"})) == ("", None)


def test_a_copy_has_no_days_yet() -> None:
    """A course like another begins without a first and a last day, and without exceptions."""
    course = a_course(rule="weekly mon until 2027-03-31 skip 2026-12-24 also 2027-05-01")
    copy = copy_of(course)
    names = ("title", "every", "on.mon", "first", "until", "except", "also", "version")
    found = [copy[name] for name in names]
    assert found == ["Italiano", "weeks", "1", "", "", "", "", ""]


def test_a_level_is_only_of_italian() -> None:
    """A course of another kind has no level, whatever the hidden field says."""
    found = read_form(typed(kind="forklift", level="A2"), desks=DESKS, languages=TONGUES).course
    assert found is not None
    assert found.level == ""
