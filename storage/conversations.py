"""The state of a conversation: JSON, sealed at rest, read at most once in a transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, NamedTuple

from storage.vault import Vault

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class _Unchanged(Enum):
    UNCHANGED = "unchanged"


UNCHANGED: Final = _Unchanged.UNCHANGED
Living = int | None | _Unchanged


class Conversation(NamedTuple):
    """Where a person's conversation stands: its state, and the living message of the chat."""

    state: dict[str, Any] | None
    living: int | None

    def __repr__(self) -> str:
        return "Conversation(…)"


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in a transaction: sealed as read, or plain as saved."""

    sealed: bytes | None = None
    plain: bytes | None = None
    living: int | None = None

    def __repr__(self) -> str:
        return "Talk(…)"


NO_TALK = Talk()


def written(state: dict[str, Any]) -> bytes:
    """A state as the bytes that are sealed."""
    return _encode(state).encode()


def conversation_of(talk: Talk, person_id: int, vault: Vault) -> Conversation:
    """The conversation as a copy of its own: what a failing job does to it reaches nobody."""
    plain = talk.plain
    if plain is None and talk.sealed is not None:
        plain = vault.open_state(talk.sealed, person_id)
    return Conversation(None if plain is None else json.loads(plain), talk.living)
