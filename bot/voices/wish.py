"""That somebody wants to hear something: what leaves a turn and is written nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field

from flows.passage import Passage


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be heard, by whom, in which language.

    `passage` is a page of the flows; without one `words` are read, those of a message of ours that
    stays in the chat. `secret`: nothing of it is kept, not even that somebody heard it.
    """

    person_id: int = field(repr=False)
    chat_id: int = field(repr=False)
    language: str
    passage: Passage | None = field(default=None, repr=False)
    words: str = field(default="", repr=False)
    careful: bool = field(default=False, repr=False)
    secret: bool = field(default=False, repr=False)
