"""The whole corpus of files, harmless and not: no crash, no wrong answer, no word left."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.bot.evidence.corpus import samples
from tests.bot.evidence.test_corpus import all_judged, expected


@pytest.mark.faults
@pytest.mark.timeout(900)
def test_the_whole_corpus_is_taken_clean_or_refused(
    record_property: Callable[[str, object], None],
) -> None:
    """Of 244 files each becomes what it should, and none holds a word of metadata afterwards."""
    wanted = list(samples())
    found = all_judged(wanted)
    record_property("files", len(found))
    record_property("metadata found", sum(bool(words) for _n, _b, _s, words in found))
    assert (len(found), found) == (244, expected(wanted))
