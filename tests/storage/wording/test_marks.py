"""Marks tell words apart, and only words."""

from __future__ import annotations

from storage.wording.marks import key_of, mark


def test_the_same_words_have_the_same_mark_for_ever():
    """A recording made today is known to fit tomorrow: the mark is fixed, not salted."""
    assert mark(["Ask for help.", "It is free."]) == "9a6c6f7c0fafcf06"


def test_every_change_of_a_character_is_another_mark():
    """Other words, another order, another division: another mark."""
    marks = {mark(some) for some in (["a b", "c"], ["a", "b c"], ["c", "a b"], ["a b c"], [])}
    assert len(marks) == 5


def test_how_an_accent_is_made_up_and_spaces_at_the_ends_make_no_difference():
    """Editors and files differ in these without anybody having changed a word."""
    assert mark(["Perche\u0301 no? "]) == mark(["Perch\u00e9 no?"])


def test_a_message_is_known_by_its_context_too():
    """The same words in another context are another message; no context is an empty one."""
    assert key_of(None, "Open") == key_of("", "Open")
    assert key_of("a shop", "Open") != key_of(None, "Open")
