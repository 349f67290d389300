"""The telephone lines in the order that helps the one who reads."""

from __future__ import annotations

from datetime import date

import pytest

from flows.facts import Number, lines_for
from flows.library import Status


def number(
    name: str, order: int, *, first: str = "", second: str = "", danger: bool = False
) -> Number:
    """A line of which only its place matters."""
    return Number(
        id=name,
        order=order,
        icon="📞",
        name=name,
        italian=name,
        phone=str(order),
        purpose="Help.",
        free=True,
        hours="",
        languages=("zh", "en"),
        source="",
        status=Status.VERIFIED,
        checked=None,
        review=date(2027, 1, 31),
        danger=danger,
        first=tuple(first.split()),
        second=tuple(second.split()),
    )


LINES = (
    number("violence", 3),
    number("workers", 4, first="ur fr", second="zh other"),
    number("trafficking", 2, first="zh other", second="fr"),
    number("danger", 9, danger=True),
)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("ur", "danger workers trafficking violence"),
        ("fr", "danger workers trafficking violence"),
        ("zh-Hans", "danger trafficking workers violence"),
        ("ta", "danger trafficking workers violence"),
    ],
)
def test_the_order_follows_the_language(language: str, expected: str) -> None:
    """Danger first, then who understands the person best, then the rest by their own order."""
    assert " ".join(one.id for one in lines_for(language, LINES)) == expected


def test_a_line_says_which_languages_it_answers() -> None:
    """A script or a country in the code of a language does not hide the line."""
    assert [LINES[0].answers(code) for code in ("zh-Hans", "en", "ur")] == [True, True, False]
