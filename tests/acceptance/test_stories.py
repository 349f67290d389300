"""The whole story of a person and Antenna, read over the phone."""

from __future__ import annotations

from tests.acceptance.story import Story
from tests.acceptance.town import Town


async def test_the_first_minute_in_english(town: Town) -> None:
    """Four short screens in one message lead home, and every one of them offers help."""
    story = Story(await town.newcomer(language="en"))
    await story.reads(
        """
