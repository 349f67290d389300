"""What is heard of a message: a report code is known however it is written."""

from __future__ import annotations

import pytest

from bot.hearing import is_report_code
from bot.telegram.incoming import Wrote


@pytest.mark.parametrize(
    ("text", "is_code"),
    [
        ("1234567890123456", True),
        ("my code: 1234 5678 9012 3456!", True),
        ("1234  5678  9012  3456", True),
        ("1234\n5678\n9012\n3456", True),
        ("1234\u00a05678\u00a09012\u00a03456", True),
        ("1234 – 5678 – 9012 – 3456", True),
        ("1234, 5678, 9012, 3456", True),
        ("1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6", True),
        ("١٢٣٤ ٥٦٧٨ ٩٠١٢ ٣٤٥٦", True),
        ("12345678901234567", False),
        ("1234 5678 9012 345", False),
        ("call +39 333 123 4567 at 8", False),
    ],
)
def test_sixteen_digits_are_a_code_however_they_stand(text: str, is_code: bool) -> None:
    """In one run, in groups, on lines of their own, in the digits of any script."""
    assert is_report_code(Wrote("text", text)) is is_code
