"""Who is signed in: kept in memory only, forgotten with the process, the key after half an hour."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from storage.operators import Operator
from storage.vault import PrivateKey

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=10)
MOST_SESSIONS = 500
MOST_ENDED = 1000
_ID_BYTES = 32


class Ended(StrEnum):
    """Why a session is no more, where the person should be told."""

    IDLE = "idle"
    OVER = "over"
    CUT = "cut"


@dataclass(eq=False, slots=True)
class Session:
    """One browser of one operator. The opened key lives here and nowhere else."""

    operator_id: int
    epoch: int
    began: datetime
    began_monotonic: float
    seen_monotonic: float
    id_hash: bytes = field(repr=False)
    key: PrivateKey | None = field(repr=False)
    drafts: dict[str, object] = field(default_factory=dict, repr=False)
    """What a page keeps between two requests of this session, like a key not yet confirmed."""

    def forget(self) -> None:
        """Let go of the opened key and of everything that was kept beside it."""
        self.key = None
        self.drafts.clear()


class Sessions:
    """Every open session. An id is found by its hash: what is compared is never the id itself."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._open: OrderedDict[bytes, Session] = OrderedDict()
        self._ended: OrderedDict[bytes, Ended] = OrderedDict()
        self._stamp = secrets.token_bytes(32)

    def __len__(self) -> int:
        return len(self._open)

    def begin(self, operator: Operator, key: PrivateKey, now: datetime) -> str:
        """Open a session and give its id, which is always a new one."""
        id_ = new_id()
        moment = self._monotonic()
        while len(self._open) >= MOST_SESSIONS:
            self._open.popitem(last=False)[1].forget()
        hashed = _hashed(id_)
        self._open[hashed] = Session(operator.id, operator.epoch, now, moment, moment, hashed, key)
        return id_

    def find(self, id_: str | None) -> Session | None:
        """The session of an id, if it still lives; one that was idle for too long ends here."""
        session = self._open.get(_hashed(id_)) if id_ else None
        if session is None:
            return None
        why = self._why_over(session)
        if why is None:
            return session
        self.end(session, why)
        return None

    def touch(self, session: Session) -> None:
        """The operator is there: the half hour begins again."""
        session.seen_monotonic = self._monotonic()

    def why_ended(self, id_: str | None) -> Ended | None:
        """Why the session of an id ended, if it is to be told."""
        return self._ended.get(_hashed(id_)) if id_ else None

    def end(self, session: Session, why: Ended | None = None) -> None:
        """End a session and forget its key."""
        session.forget()
        self._open.pop(session.id_hash, None)
        if why is not None:
            self._ended[session.id_hash] = why
            while len(self._ended) > MOST_ENDED:
                self._ended.popitem(last=False)

    def end_all(self, operator_id: int, why: Ended | None = None) -> int:
        """End every session of an operator; how many there were."""
        found = self.of(operator_id)
        for session in found:
            self.end(session, why)
        return len(found)

    def of(self, operator_id: int) -> list[Session]:
        """The open sessions of an operator, the oldest first."""
        return [one for one in self._open.values() if one.operator_id == operator_id]

    def sweep(self) -> None:
        """End what nobody has used for too long, also where no request comes any more."""
        for session in list(self._open.values()):
            why = self._why_over(session)
            if why is not None:
                self.end(session, why)

    def close(self) -> None:
        """Forget everything."""
        for session in list(self._open.values()):
            self.end(session)

    def token(self, id_: str) -> str:
        """What a form must carry to prove that it is ours: made from the id in the cookie."""
        return hmac.digest(self._stamp, id_.encode(), "sha256").hex()

    def is_token(self, id_: str | None, token: str) -> bool:
        """Whether a form's token belongs to the id in the cookie."""
        return id_ is not None and hmac.compare_digest(self.token(id_).encode(), token.encode())

    def _why_over(self, session: Session) -> Ended | None:
        moment = self._monotonic()
        if moment - session.seen_monotonic >= IDLE.total_seconds():
            return Ended.IDLE
        if moment - session.began_monotonic >= LONGEST.total_seconds():
            return Ended.OVER
        return None


def new_id() -> str:
    """An id nobody can guess."""
    return secrets.token_urlsafe(_ID_BYTES)


def _hashed(id_: str) -> bytes:
    return hashlib.sha256(id_.encode("utf-8", "replace")).digest()
