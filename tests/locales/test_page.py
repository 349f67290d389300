"""The page about the languages says what the catalogs are today."""

from __future__ import annotations

from tests.languages import BY_HAND, PAGE, page, table


def test_the_page_is_of_today() -> None:
    """Whoever changes words writes the page anew: `python -m tests.languages`."""
    assert PAGE.read_text(encoding="utf-8") == page()


def test_what_is_written_by_hand_stays(tmp_path) -> None:
    """Only what stands above the line is made."""
    old = tmp_path / "languages.md"
    old.write_text(f"An old table\n{BY_HAND}\n\n## Read back\n", encoding="utf-8")
    assert page(old) == f"{table()}\n{BY_HAND}\n\n## Read back\n"
