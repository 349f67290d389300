"""The report code: sixteen digits, one derivation, two things that do not tell of each other."""

from __future__ import annotations

from storage.vault import LIGHT_EFFORT, CodeKey, Mailbox, new_code, open_with, seal_to

SALT = bytes(range(16))
CODE = "4821073359264107"


def test_a_code_has_sixteen_digits() -> None:
    """Also where it begins with zeros; and a thousand of them are a thousand."""
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert {(len(code), code.isdecimal()) for code in codes} == {(16, True)}


def test_a_code_opens_its_mailbox_and_no_other_does() -> None:
    """What is sealed to the mailbox opens with the code; a neighbour's code finds another place."""
    mailbox = Mailbox.prepare(CODE, SALT, LIGHT_EFFORT)
    sealed = seal_to(mailbox.public, b"data key")
    right, wrong = (CodeKey.of(code, SALT, LIGHT_EFFORT) for code in (CODE, CODE[:-1] + "8"))
    private = right.unlock(mailbox.locked)
    assert private is not None
    assert open_with(private, sealed) == b"data key"
    assert right.locator == mailbox.locator
    assert wrong.locator != mailbox.locator
    assert wrong.unlock(mailbox.locked) is None


def test_the_same_code_with_another_salt_is_another_code() -> None:
    """Without the salt's file a copy of the database lets nobody try codes."""
    mine, other = (CodeKey.of(CODE, salt, LIGHT_EFFORT) for salt in (SALT, bytes(16)))
    assert mine.locator != other.locator
    assert mine.key.bytes != other.key.bytes


def test_the_place_says_nothing_of_the_key() -> None:
    """Place and key are different bytes, and neither is part of what the other is printed as."""
    found = CodeKey.of(CODE, SALT, LIGHT_EFFORT)
    assert found.locator not in found.key.bytes
    shown = repr(found) + repr(Mailbox.prepare(CODE, SALT, LIGHT_EFFORT))
    assert CODE not in shown
    assert found.locator.hex() not in shown


def test_spaces_and_foreign_digits_are_read() -> None:
    """A code typed in groups or in Arabic digits is the same code."""
    arabic = CODE.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    spaced = " ".join(CODE[at : at + 4] for at in range(0, 16, 4))
    places = {CodeKey.of(code, SALT, LIGHT_EFFORT).locator for code in (CODE, arabic, spaced)}
    assert len(places) == 1
