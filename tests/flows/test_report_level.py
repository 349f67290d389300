"""How urgent a report is: a pure rule, and to tell more never lowers it."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.report_choices import KINDS, ReportKind
from flows.report_details import DETAILS, EVERY_DETAIL
from flows.report_level import INDICES, STRONG, level_of, loses_bed
from flows.report_model import Level
from tests.flows.laws import LAW

CHOICES = ("yes", "no", "unknown", "-")
REPORTS = st.fixed_dictionaries(
    {},
    optional={
        "triage": st.fixed_dictionaries({"level": st.integers(0, 3), "numbers": st.just([])}),
        "kinds": st.lists(st.sampled_from(sorted(KINDS)), unique=True),
        "bed": st.dictionaries(
            st.sampled_from(["sleeps", "loses", "rent"]), st.sampled_from(CHOICES)
        ),
        "details": st.dictionaries(st.sampled_from(sorted(EVERY_DETAIL)), st.sampled_from(CHOICES)),
        "minors": st.sampled_from(CHOICES),
    },
)
PLAIN = settings(max_examples=300, deadline=None, derandomize=True, database=None)

VECTORS: list[tuple[dict[str, Any], Level]] = [
    ({}, Level.INFORMATION),
    ({"kinds": ["K99"]}, Level.INFORMATION),
    ({"kinds": ["K01"]}, Level.IRREGULAR),
    ({"kinds": ["K03"]}, Level.IRREGULAR),
    ({"kinds": ["K03", "K04", "K05"]}, Level.IRREGULAR),
    ({"kinds": ["K12"]}, Level.IRREGULAR),
    ({"kinds": ["K03", "K06"]}, Level.SERIOUS),
    ({"kinds": ["K08", "K13"]}, Level.SERIOUS),
    ({"kinds": ["K03", "K11"]}, Level.SERIOUS),
    ({"kinds": ["K11"]}, Level.IRREGULAR),
    ({"kinds": ["K14", "K16"]}, Level.SERIOUS),
    ({"bed": {"sleeps": "yes", "loses": "no"}}, Level.INFORMATION),
    ({"bed": {"sleeps": "yes", "loses": "unknown"}}, Level.INFORMATION),
    ({"bed": {"sleeps": "yes", "loses": "yes"}}, Level.SERIOUS),
    ({"minors": "yes"}, Level.SERIOUS),
    ({"minors": "-"}, Level.INFORMATION),
    ({"details": {"broker": "yes"}}, Level.SERIOUS),
    ({"details": {"account": "yes"}}, Level.SERIOUS),
    ({"details": {"accident": "yes"}}, Level.INFORMATION),
    ({"triage": {"level": 1, "numbers": [11]}}, Level.IRREGULAR),
    ({"triage": {"level": 3, "numbers": [1]}, "kinds": ["K01"]}, Level.DANGER),
    ({"danger": True}, Level.DANGER),
]


@pytest.mark.parametrize(("answers", "level"), VECTORS)
def test_the_level_is_what_was_told(answers, level):
    """Vectors that a person can check by hand."""
    assert level_of(answers) is level


def test_every_strong_sign_is_serious_alone():
    """Papers, debt, threats, violence, confinement, a child, a caporale."""
    assert {level_of({"kinds": [kind]}) for kind in STRONG} == {Level.SERIOUS}
    assert len(STRONG) == 7


def test_two_kinds_are_serious_only_by_different_indices():
    """Over all pairs without a strong sign and without a lie about the job."""
    kinds = [kind for kind in ReportKind if kind not in STRONG and kind != "K11"]
    serious = {pair for pair in combinations(kinds, 2) if level_of({"kinds": [*pair]}) == 2}
    wanted = {
        pair
        for pair in combinations(kinds, 2)
        if len({INDICES[one] for one in pair if one in INDICES}) == 2
    }
    assert (serious, len(serious)) == (wanted, 17)


@LAW
@PLAIN
@given(REPORTS, REPORTS)
def test_to_tell_more_never_lowers_the_level(report, more):
    """Kinds added, a bed that hangs on the job, children, the check, danger: only up."""
    level = level_of(report)
    kinds = sorted({*report.get("kinds", []), *more.get("kinds", [])})
    higher = [
        {**report, "kinds": kinds},
        {**report, "bed": {"sleeps": "yes", "loses": "yes"}},
        {**report, "minors": "yes"},
        {**report, "danger": True},
        {**report, "triage": {"level": 3, "numbers": []}},
        {**report, "details": {**report.get("details", {}), "broker": "yes"}},
    ]
    assert [one for one in higher if level_of(one) < level] == []


@LAW
@PLAIN
@given(REPORTS)
def test_only_the_person_says_danger(report):
    """No mark among the questions makes danger: the button does, or the check."""
    checked = report.get("triage", {}).get("level", 0)
    assert (level_of(report) is Level.DANGER) == (checked == 3)
    assert level_of({**report, "danger": True}) is Level.DANGER


def test_the_bed_is_lost_only_where_both_are_yes():
    """Skipped and unknown never count as yes."""
    lost = {
        (sleeps, loses)
        for sleeps in CHOICES
        for loses in CHOICES
        if loses_bed({"bed": {"sleeps": sleeps, "loses": loses}})
    }
    assert (lost, loses_bed({})) == ({("yes", "yes")}, False)


def test_every_trade_has_its_own_questions():
    """One to three each, no two of the first trades alike, and every answer has words."""
    sizes = {len(details) for details in DETAILS.values()}
    first = ["logistics", "restaurant", "domestic", "construction", "agriculture", "delivery"]
    assert sizes == {1, 2, 3}
    assert len({tuple(detail.id for detail in DETAILS[one]) for one in first}) == len(first)
    details = EVERY_DETAIL.values()
    assert [one.id for one in details if not one.answers or one.strong - set(one.answers)] == []
