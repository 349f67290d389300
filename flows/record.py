"""A conversation as JSON and back: what is kept of it between two turns."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from hashlib import blake2b
from typing import Any

from flows.directory import HOME, SESSION_BYTES, Flows
from flows.effects import Json
from flows.engine import Event, Kind, Past, Session
from flows.exchange import Conversation

_Any = Any  # what comes out of JSON has no shape until it is read here


def _events(log: tuple[Event, ...]) -> list[Json]:
    return [[event.kind.value, event.key, event.value] for event in log]


def _log(rows: _Any) -> tuple[Event, ...]:
    return tuple(Event(Kind(kind), key, value) for kind, key, value in rows)


def _session(session: Session) -> dict[str, Json]:
    record: dict[str, Json] = {
        "i": session.id,
        "f": session.flow,
        "d": session.begun.isoformat(),
    }
    if session.at:
        record["a"] = session.at
    if session.turn:
        record["t"] = session.turn
    if session.asked:
        record["q"] = session.asked
    if session.log:
        record["l"] = _events(session.log)
    if session.kept:
        record["k"] = _events(session.kept)
    if session.once:
        record["o"] = _events(session.once)
    if session.stayed:
        record["y"] = list(session.stayed)
    if session.editing:
        record["e"] = session.editing
    return record


def _session_of(record: _Any) -> Session:
    return Session(
        id=record["i"],
        flow=record["f"],
        begun=date.fromisoformat(record["d"]),
        at=record.get("a", ""),
        turn=record.get("t", 0),
        asked=record.get("q", ""),
        log=_log(record.get("l", ())),
        kept=_log(record.get("k", ())),
        once=_log(record.get("o", ())),
        stayed=tuple(record.get("y", ())),
        editing=record.get("e", ""),
    )


def dump(conversation: Conversation) -> dict[str, Json]:
    """The conversation as JSON; what is empty is left out."""
    record: dict[str, Json] = {}
    if conversation.stack:
        record["s"] = [_session(session) for session in conversation.stack]
    if conversation.paused:
        record["p"] = _session(conversation.paused)
    if conversation.past:
        record["e"] = [
            [past.flow, past.result, past.begun.isoformat(), past.ended.isoformat()]
            for past in conversation.past
        ]
    if conversation.hinted is not None:
        record["h"] = conversation.hinted
    if conversation.shelf:
        record["b"] = [_session(session) for session in conversation.shelf]
    if conversation.typed is not None:
        record["w"] = conversation.typed
    if conversation.voice is not None:
        record["v"] = conversation.voice
    return record


def load(record: _Any, flows: Container[str]) -> Conversation:
    """The conversation kept earlier; sessions of flows that are no more are let go."""
    if not record:
        return Conversation()
    stack = tuple(_session_of(one) for one in record.get("s", ()))
    paused = _session_of(record["p"]) if record.get("p") else None
    shelf = tuple(_session_of(one) for one in record.get("b", ()))
    return Conversation(
        stack=tuple(session for session in stack if session.flow in flows),
        paused=paused if paused and paused.flow in flows else None,
        past=tuple(
            Past(flow, result, date.fromisoformat(begun), date.fromisoformat(ended))
            for flow, result, begun, ended in record.get("e", ())
        ),
        hinted=record.get("h"),
        shelf=tuple(session for session in shelf if session.flow in flows),
        typed=record.get("w"),
        voice=record.get("v"),
    )


_SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def cover(conversation: Conversation, flows: Flows) -> Conversation:
    """What may be kept under the house's key: a conversation in which nothing secret was opened.

    Where only something secret is open, whoever looks finds home.
    """
    if not flows.is_secret(*conversation.stack, *conversation.aside):
        return conversation
    stack = tuple(one for one in conversation.stack if not flows.is_secret(one))
    if conversation.stack and not stack:
        top = conversation.stack[-1]
        # It looks like any other id: whoever reads it must not see that this home stands for more.
        chance = blake2b(top.id.encode(), digest_size=SESSION_BYTES * 4 // 3).digest()
        home = "".join(_SIGNS[byte % len(_SIGNS)] for byte in chance)
        stack = (Session(home, HOME, top.begun, asked="door"),)
    aside = (one for one in conversation.aside if not flows.is_secret(one))
    plain = Conversation(stack, past=conversation.past, voice=conversation.voice)
    return plain.setting_aside(*aside)


def without(conversation: Conversation, sessions: Container[str]) -> Conversation:
    """The conversation after some of its sessions were let go."""
    stack = tuple(one for one in conversation.stack if one.id not in sessions)
    aside = (one for one in conversation.aside if one.id not in sessions)
    lost = len(stack) < len(conversation.stack)
    return replace(conversation.setting_aside(*aside), stack=stack, lost=lost)
