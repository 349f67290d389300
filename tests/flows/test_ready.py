"""What operators may say with one tap: short, in plain words, and none of it a promise."""

from __future__ import annotations

import pytest

from flows.ready import READY, find_ready
from tests.chat import english
from tests.flows.laws import SENTENCE_END

PROMISES = ("sure", "always", "never", "guarantee", "promise", "will ", "you get", "you win")


@pytest.mark.parametrize("one", READY, ids=lambda one: one.key)
def test_a_ready_answer_is_short_and_promises_nothing(one):
    """At most three sentences and two hundred letters, a pictogram first, no word of certainty."""
    words = english(one.text)
    assert len(words) <= 200
    assert len(SENTENCE_END.findall(words)) <= 3
    assert not words[0].isascii()
    assert [word for word in PROMISES if word in words.lower()] == []


def test_there_is_one_for_every_part_of_a_conversation():
    """Enough to choose from, each under a key of its own that says what it is."""
    keys = [one.key for one in READY]
    assert (len(keys) >= 15, len(set(keys))) == (True, len(keys))
    assert all(key.isascii() and key.islower() and len(key) <= 20 for key in keys)


def test_a_key_is_read_as_its_words():
    """A key that is no more says nothing."""
    assert find_ready("bed") == next(one.text for one in READY if one.key == "bed")
    assert find_ready("nothing") is None
