"""The page about the languages says what the catalogs are today."""

from __future__ import annotations

from tests.languages import BY_HAND, PAGE, page, table


def test_the_page_is_of_today_and_keeps_what_is_written_by_hand() -> None:
    """Whoever changes words writes the table anew: `python -m tests.languages`."""
    old = PAGE.read_text(encoding="utf-8")
    made, line, by_hand = old.partition(BY_HAND)
    assert (f"{table()}\n", line, "## Read back" in by_hand) == (made, BY_HAND, True)
    assert page("# Another\n", old) == f"# Another\n\n{BY_HAND}{by_hand}"
