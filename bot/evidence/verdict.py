"""What comes of making a file harmless: the clean copy, or in one word why there is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Word = Literal["big", "kind", "broken", "busy", "gone", "full"]


@dataclass(frozen=True, slots=True)
class Harmless:
    """A file made anew of what can be seen or heard, and nothing else."""

    kind: str  # photo, voice, document
    type: str
    content: bytes = field(repr=False)


class Refusal(Exception):  # noqa: N818 (a refusal is no error)
    """A file that is not taken, and why, in one word."""

    def __init__(self, word: Word) -> None:
        super().__init__(word)
        self.word: Word = word
