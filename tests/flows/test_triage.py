"""The rule of the self-check, on every answer there can be."""

from __future__ import annotations

from collections import Counter

import pytest

from flows.report_model import Level
from flows.triage import QUESTIONS, Finding, Given, find_level

VECTORS = {
    (): 0,
    (11,): 1,
    (7,): 1,
    (6,): 1,
    (10,): 1,
    (7, 11): 1,
    (10, 11): 1,
    (6, 10, 11): 1,
    (7, 8): 2,
    (7, 10): 2,
    (6, 9): 2,
    (2,): 2,
    (3,): 2,
    (4,): 2,
    (5,): 2,
    (12,): 2,
    (3, 4): 3,
    (1,): 3,
}
EVERY = [frozenset(n for n in QUESTIONS if bits >> (n - 1) & 1) for bits in range(4096)]


def answers(*yes: int, skipped: tuple[int, ...] = ()) -> dict[int, Given]:
    """Yes to some, skipped some, no to the rest."""
    given = {number: Given.YES if number in yes else Given.NO for number in QUESTIONS}
    return {**given, **dict.fromkeys(skipped, Given.SKIP)}


@pytest.mark.parametrize(("yes", "level"), VECTORS.items())
def test_the_eighteen_vectors(yes, level):
    """Each agreed answer sheet has its agreed level."""
    assert (find_level(answers(*yes)).level, len(VECTORS)) == (level, 18)


def test_one_more_yes_never_lowers_the_level():
    """On all 4,096 answer sheets, each of the yeses that could be added."""
    level = {yes: find_level(answers(*yes)).level for yes in EVERY}
    steps = [(yes, yes | {more}) for yes in EVERY for more in QUESTIONS if more not in yes]
    assert [step for step in steps if level[step[1]] < level[step[0]]] == []
    assert len(steps) == 4096 * 12 / 2


def test_skipping_counts_as_no():
    """On all 4,096 answer sheets, with one no skipped and with every no skipped."""
    wrong = []
    for yes in EVERY:
        noes = [number for number in QUESTIONS if number not in yes]
        plain = find_level(answers(*yes))
        for skipped in [*((one,) for one in noes), tuple(noes)]:
            found = find_level(answers(*yes, skipped=skipped))
            wrong += [] if found.level is plain.level and found.reasons == plain.reasons else [yes]
    assert wrong == []


def test_the_reasons_alone_make_the_level():
    """What is given as the reason is all it takes: on all 4,096 answer sheets."""
    wrong = [
        yes
        for yes in EVERY
        if find_level(answers(*find_level(answers(*yes)).reasons)).level
        is not find_level(answers(*yes)).level
    ]
    assert wrong == []


def test_reasons_are_answers_with_yes_and_never_missing():
    """A level above the lowest is always explained by numbers that had a yes."""
    for yes in EVERY:
        found = find_level(answers(*yes))
        assert set(found.reasons) <= yes == set(found.yes)
        assert bool(found.reasons) is (found.level > Level.INFORMATION)


@pytest.mark.parametrize(
    ("yes", "reasons"),
    [
        ((1, 2, 11), (1,)),
        ((3, 4, 7), (3, 4)),
        ((1, 3, 4), (1, 3, 4)),
        ((2, 11), (2,)),
        ((2, 7, 10), (2, 7, 10)),
        ((2, 10), (2,)),
        ((7, 10, 11), (7, 10)),
        ((7, 11), (7, 11)),
    ],
)
def test_only_what_counts_is_a_reason(yes, reasons):
    """A missing contract is no sign of exploitation, need alone is none either."""
    assert find_level(answers(*yes)).reasons == reasons


@pytest.mark.parametrize(
    ("skipped", "unsure"),
    [
        ((), False),
        ((5,), False),
        ((5, 6, 7), False),
        ((5, 6, 7, 8), True),
        ((1,), True),
        ((2,), True),
        ((3,), True),
        ((4,), True),
    ],
)
def test_skipping_much_or_what_weighs_offers_a_person(skipped, unsure):
    """One of the first four, or four of all."""
    assert find_level(answers(skipped=skipped)).unsure is unsure


def test_what_was_not_asked_counts_as_skipped():
    """Nothing answered at all: no level, and the offer of a person."""
    assert find_level({}) == Finding(Level.INFORMATION, (), (), True)


def test_levels_are_not_all_the_same():
    """Of the 4,096 sheets: how many come to each level (a change of the rule shows here)."""
    counted = Counter(int(find_level(answers(*yes)).level) for yes in EVERY)
    assert counted == {0: 1, 1: 13, 2: 1522, 3: 2560}
