"""The second factor: the standard's own vectors, one step to each side, each code once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from storage.vault import new_totp_secret, totp_code, totp_letters, totp_matches, totp_step

SECRET = b"12345678901234567890"
AT = datetime(2026, 11, 22, 12, 0, 10, tzinfo=UTC)
NOW = totp_step(AT)


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_standard_s_vectors(seconds: int, code: str) -> None:
    """The last six digits of each vector of RFC 6238 are found."""
    assert totp_code(SECRET, seconds // 30) == code


def test_a_clock_may_be_one_step_off() -> None:
    """The step before, this one and the next are good; two steps off is not."""
    found = [totp_matches(SECRET, totp_code(SECRET, NOW + off), AT) for off in range(-2, 3)]
    assert found == [None, NOW - 1, NOW, NOW + 1, None]


def test_a_code_counts_once() -> None:
    """What was used, and everything older, is not good again."""
    codes = [totp_code(SECRET, NOW + off) for off in (-1, 0, 1)]
    assert [totp_matches(SECRET, code, AT, used=NOW) for code in codes] == [None, None, NOW + 1]


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "\x00" * 6])
def test_what_is_no_code_is_not_good(code: str) -> None:
    """Other lengths, letters and foreign digits match nothing and raise nothing."""
    assert totp_matches(SECRET, code, AT) is None


def test_spaces_round_a_code_do_not_matter() -> None:
    """A code that was copied with a space is the same code."""
    assert totp_matches(SECRET, f" {totp_code(SECRET, NOW)} ", AT) == NOW


def test_a_new_secret_is_as_long_as_its_mac() -> None:
    """Twenty bytes, 32 letters, another one each time."""
    first, second = new_totp_secret(), new_totp_secret()
    assert (len(first), len(totp_letters(first)), first == second) == (20, 32, False)
