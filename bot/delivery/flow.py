"""How much the delivery does at once, and how patient it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Flow:
    """How much is under way at once, how often is looked, how long is waited."""

    under_way: int = 160
    bulk_under_way: int = 16
    unrecorded: int = 256
    rows: int = 20_000
    bulk_rows: int = 1_000
    look_seconds: float = 5.0
    retry_seconds: float = 0.5
    longest_retry_seconds: float = 30.0
    failures_until_away: int = 3
    losses_until_given_up: int = 10
    chats_remembered: int = 20_000
