"""Everything a conversation can ask the shell to do, as data that a test can print and compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Generic, TypeAlias, TypeVar, Union, cast

Json: TypeAlias = Union[bool, int, float, str, list["Json"], dict[str, "Json"], None]  # noqa: UP007 (a name in quotes cannot stand beside |)

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Effect(Generic[R]):
    """Something to be done in the turn's transaction. Its result is JSON, kept in the log.

    `commits` is true of an effect that changed the world for good: nobody goes Back over it.
    `once` is true of a small one that Back passes over, and that is not done again in a session.
    `slow` is true of one that takes long or calls out: it is done before the transaction, and must
    be harmless when it is done twice.
    """

    commits: ClassVar[bool] = False
    once: ClassVar[bool] = False
    slow: ClassVar[bool] = False

    def lasts(self, value: Json) -> bool:
        """Whether this result holds for the rest of a session, when the same is asked again."""
        return False

    def read(self, value: Json) -> R:
        """Turn the recorded result into what the flow works with."""
        return cast(R, value)


@dataclass(frozen=True, slots=True)
class RememberLanguage(Effect[bool]):
    """Speak this language from now on."""

    code: str


@dataclass(frozen=True, slots=True)
class RememberSpoken(Effect[bool]):
    """They listen to this language, which is not the one they read; or with none to that one."""

    code: str


@dataclass(frozen=True, slots=True)
class RememberCareful(Effect[bool]):
    """Switch the careful mode on or off: somebody else looks at this phone, or nobody does."""

    careful: bool


@dataclass(frozen=True, slots=True)
class Welcome(Effect[bool]):
    """The person has read the promise and may go in."""


@dataclass(frozen=True, slots=True)
class CountUseful(Effect[bool]):
    """Add one to a card's counter, with no trace of who it was."""

    once: ClassVar[bool] = True

    card: str
    useful: bool


@dataclass(frozen=True, slots=True)
class CountSearch(Effect[bool]):
    """Count that somebody looked for something, and whether it was found; never the words."""

    found: bool


@dataclass(frozen=True, slots=True)
class CleanChat(Effect[int]):
    """Delete every message of this chat that can be deleted; the number asked for comes back."""

    commits: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class CloseChat(Effect[int]):
    """Delete every message of this chat but the living one, which becomes something else."""

    commits: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class KeptData:
    """What is kept about a person, counted, as they may see it."""

    since: date | None
    language: str
    careful: bool
    desk: str
    messages: int


@dataclass(frozen=True, slots=True)
class FindMyData(Effect[KeptData]):
    """Look up what is kept about the person."""

    def read(self, value: Json) -> KeptData:
        """Read the counts as the storage gives them."""
        found = cast(Mapping[str, Json], value)
        return KeptData(
            since=date.fromisoformat(str(found["since"])) if found["since"] else None,
            language=str(found["language"]),
            careful=bool(found["careful"]),
            desk=str(found["desk"]),
            messages=int(cast(int, found["messages"])),
        )


@dataclass(frozen=True, slots=True)
class SendMyData(Effect[bool]):
    """Send the person a file with all that is kept about them."""


@dataclass(frozen=True, slots=True)
class ForgetPerson(Effect[bool]):
    """Delete the chat's messages and everything kept about the person."""

    commits: ClassVar[bool] = True
