"""Seals what this deployment keeps for itself, by sub-keys of its one key."""

from __future__ import annotations

import hmac

from storage.vault.keys import Key, Purpose, open_sealed, seal, stamp

_LOOKUP_BYTES = 16


class Vault:
    """Seals, opens and finds by the sub-keys of one key. Every sealing costs some 6 µs."""

    __slots__ = (
        "_case",
        "_chat",
        "_handoff",
        "_handover",
        "_lookup",
        "_operator",
        "_outbox",
        "_staff",
        "_state",
        "audit_key",
        "backup_key",
        "fingerprint",
    )

    def __init__(self, key: Key) -> None:
        self._lookup = key.derive(Purpose.LOOKUP).bytes
        self._chat = key.derive(Purpose.CHAT)
        self._state = key.derive(Purpose.STATE)
        self._outbox = key.derive(Purpose.OUTBOX)
        self._operator = key.derive(Purpose.OPERATOR)
        self._handoff = key.derive(Purpose.HANDOFF)
        self._case = key.derive(Purpose.CASE)
        self._handover = key.derive(Purpose.HANDOVER)
        self._staff = key.derive(Purpose.STAFF).bytes
        self.audit_key = key.derive(Purpose.AUDIT)
        self.backup_key = key.derive(Purpose.BACKUP)
        self.fingerprint = key.fingerprint

    def __repr__(self) -> str:
        return "Vault(…)"

    def lookup(self, chat_id: int) -> bytes:
        """What a chat is found by; without the key it says nothing about the chat."""
        number = chat_id.to_bytes(8, "big", signed=True)
        return hmac.digest(self._lookup, number, "sha256")[:_LOOKUP_BYTES]

    def seal_chat(self, chat_id: int, person_id: int) -> bytes:
        """Seal a chat id so that it opens only beside its own person."""
        return _sealed(chat_id.to_bytes(8, "big", signed=True), person_id, self._chat)

    def open_chat(self, sealed: bytes, person_id: int) -> int:
        """Open a chat id. Raises: VaultError where the bytes were changed or moved."""
        return int.from_bytes(_opened(sealed, person_id, self._chat), "big", signed=True)

    def seal_state(self, state: bytes, person_id: int) -> bytes:
        """Seal the state of a conversation for its own person."""
        return _sealed(state, person_id, self._state)

    def open_state(self, sealed: bytes, person_id: int) -> bytes:
        """Open the state of a conversation. Raises: VaultError."""
        return _opened(sealed, person_id, self._state)

    def seal_outgoing(self, body: bytes, row_id: int) -> bytes:
        """Seal what waits in the outbox for its own row."""
        return _sealed(body, row_id, self._outbox)

    def open_outgoing(self, sealed: bytes, row_id: int) -> bytes:
        """Open what waits in the outbox. Raises: VaultError."""
        return _opened(sealed, row_id, self._outbox)

    def seal_operator(self, secret: bytes, operator_id: int) -> bytes:
        """Seal what the house must read of an operator: the secret of the second factor."""
        return _sealed(secret, operator_id, self._operator)

    def open_operator(self, sealed: bytes, operator_id: int) -> bytes:
        """Open the secret of an operator's second factor. Raises: VaultError."""
        return _opened(sealed, operator_id, self._operator)

    def seal_words(self, plain: bytes, row_id: int) -> bytes:
        """Seal what a person and operators say to each other, and what is noted about it."""
        return _sealed(plain, row_id, self._handoff)

    def open_words(self, sealed: bytes, row_id: int) -> bytes:
        """Open a line or a note of a conversation with operators. Raises: VaultError."""
        return _opened(sealed, row_id, self._handoff)

    def seal_case(self, plain: bytes, kind: str, row_id: int) -> bytes:
        """Seal words of a case for their own row of their own table."""
        return seal(plain, self._case, _case_context(kind, row_id))

    def open_case(self, sealed: bytes, kind: str, row_id: int) -> bytes:
        """Open words of a case. Raises: VaultError."""
        return open_sealed(sealed, self._case, _case_context(kind, row_id))

    def account(self, from_id: int) -> bytes:
        """What an operator's account in the group is found by; it is no look-up of a person."""
        number = from_id.to_bytes(8, "big", signed=True)
        return hmac.digest(self._staff, number, "sha256")[:_LOOKUP_BYTES]

    def hash_handover(self, code: str) -> bytes:
        """What a hand-over code is found by; without the key nobody can try all of them."""
        return stamp(code.encode(), self._handover)


def _case_context(kind: str, row_id: int) -> bytes:
    return kind.encode() + row_id.to_bytes(8, "big")


def _sealed(plain: bytes, number: int, key: Key) -> bytes:
    return seal(plain, key, number.to_bytes(8, "big"))


def _opened(sealed: bytes, number: int, key: Key) -> bytes:
    return open_sealed(sealed, key, number.to_bytes(8, "big"))
