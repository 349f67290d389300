"""The catalogue of bad input: nothing breaks, nothing changes unsaid, one short way forward.

No question of today takes free words, so what the catalogue says of text in a form is shown on the
refusal that leaves everything as it was. Operators' groups come later: until then every group is a
stranger's.
"""

from __future__ import annotations

import pytest

from tests.acceptance.catalogue import ROWS, WAYS, reader
from tests.acceptance.rows import commands, people, strangers, taps, words
from tests.acceptance.town import Town

# By name, so that a row that is taken out is missed.
NUMBERS = [*range(1, 17), *range(31, 46), 52, 57, *range(59, 65), 69]
__all__ = ["commands", "people", "strangers", "taps", "words"]


@pytest.mark.parametrize("name", sorted(ROWS))
async def test_bad_input(town: Town, name: str) -> None:
    """Whoever reads a card is where they were, with one screen before them and the ways on."""
    amina = await reader(town)
    before = amina.place()
    await ROWS[name](town, amina)
    assert amina.place() == before
    assert len(amina.screens) == 1
    assert amina.screen.labels[-3:] == WAYS


def test_every_row_of_the_catalogue_is_tried() -> None:
    """Each number of the catalogue that is about today's bot has at least one row."""
    tried = {int(name[4:6]) for name in ROWS}
    assert sorted(tried) == NUMBERS
