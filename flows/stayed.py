"""Which messages that stay were sent already, so that none comes twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from hashlib import blake2b

from flows.engine import Kind, Said, Session, Turn

MAX_STAYED = 32


def unsent(turn: Turn, before: int) -> tuple[tuple[Said, ...], Session]:
    """What must stay and was not sent yet, and the session that remembers it was.

    `before` is the length of the log when the turn began: what was said up to there was sent. The
    marks also know what was sent before a Back, so the same words are sent again only when they
    come one time more than ever, or after another commit.
    """
    if not turn.stays:
        return (), turn.session
    sent = Counter(turn.session.stayed)
    fresh: list[Said] = []
    stayed = list(turn.session.stayed)
    for said in turn.stays:
        mark = _mark(said, turn.session)
        if sent[mark]:
            sent[mark] -= 1
        elif said.after > before:
            fresh.append(said)
            stayed.append(mark)
    return tuple(fresh), replace(turn.session, stayed=tuple(stayed[-MAX_STAYED:]))


def _mark(said: Said, session: Session) -> str:
    commits = sum(event.kind is Kind.COMMIT for event in session.log[: said.after])
    words = f"{commits} {said.say.lines!r}{said.say.picture}"
    return blake2b(words.encode(), digest_size=4).hexdigest()
