"""What is wrong in a file, said so that whoever wrote it finds the place."""

from __future__ import annotations

from dataclasses import dataclass

from flows.text import Text


@dataclass(frozen=True, slots=True)
class Mistake:
    """One mistake: its line in the file, from 1, the field as the file calls it, and why."""

    line: int
    field: str
    why: Text


class FileError(Exception):
    """A file that cannot be taken; nothing of it was."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        super().__init__(f"{len(mistakes)} mistakes")
        self.mistakes = mistakes


class FieldError(ValueError):
    """A value that cannot be read."""

    def __init__(self, why: Text) -> None:
        super().__init__(why.source)
        self.why = why
