"""Figures for Prometheus: how much and how fast, with labels from closed sets only."""

from __future__ import annotations

from collections.abc import Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from bot.codes import KINDS, LANES, METHODS, OUTCOMES, RESULTS, listed
from bot.events import EVENTS

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_EVENTS = frozenset(EVENTS)
ROUNDED_TO = 10  # nobody can be told from a count: the last person to come is not seen coming
TURN_SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)
CALL_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
LATE_SECONDS = (1, 5, 10, 20, 30, 60, 120, 300, 900, 3600, 14400, 86400)
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Metrics:
    """Every figure of this process. One object, handed to whoever counts."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._found: dict[tuple[Counter, tuple[str, ...]], Counter] = {}
        # Not the platform collector: it tells the version of Python.
        ProcessCollector(namespace="antenna", registry=self._registry)
        self._updates = self._counter("updates", "Updates handled", "kind", "outcome")
        self._turns = self._histogram("turn_seconds", "One turn, replies included", TURN_SECONDS)
        self._batches = self._histogram("batch_turns", "Turns in one transaction", BATCHES)
        self._commits = self._histogram("commit_seconds", "One transaction", TURN_SECONDS)
        self._calls = self._counter("deliveries", "Calls to Telegram", "method", "result")
        self._seconds = self._histogram("delivery_seconds", "One call to Telegram", CALL_SECONDS)
        self._late = self._histogram(
            "notice_late_seconds", "How long after it was due a reminder arrived", LATE_SECONDS
        )
        self._retries = self._counter("retries", "Calls tried again", "result")
        self._events = self._counter("events", "Events of the loops", "event")
        self._quarantined = self._counter("quarantined", "Updates set aside", "kind")
        self._outbox = self._gauge("outbox", "Messages waiting to be sent", "lane")
        self._people = self._gauge("people", "People known, rounded")
        self._conversations = self._gauge("conversations", "Conversations kept, rounded")

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"antenna_{name}", words, labels, registry=self._registry)

    def _gauge(self, name: str, words: str, *labels: str) -> Gauge:
        return Gauge(f"antenna_{name}", words, labels, registry=self._registry)

    def _histogram(self, name: str, words: str, buckets: tuple[float, ...]) -> Histogram:
        return Histogram(f"antenna_{name}", words, buckets=buckets, registry=self._registry)

    def _labelled(self, counter: Counter, *labels: str) -> Counter:
        """The counter of these labels, looked up once: five are counted in every turn."""
        key = counter, labels
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = counter.labels(*labels)
        return found

    def count_update(self, kind: str, outcome: str = "done") -> None:
        """Count an update that was handled, repeated, set aside or left alone."""
        self._labelled(self._updates, listed(kind, KINDS), listed(outcome, OUTCOMES)).inc()
        if outcome == "quarantined":
            self._quarantined.labels(listed(kind, KINDS)).inc()

    def count_event(self, event: str, amount: int = 1) -> None:
        """Count an event of the list."""
        self._labelled(self._events, listed(event, _EVENTS)).inc(amount)

    def time_turn(self, seconds: float) -> None:
        """Note how long a turn took."""
        self._turns.observe(seconds)

    def time_commit(self, turns: int, seconds: float) -> None:
        """Note how many turns a transaction held and how long it took."""
        self._batches.observe(turns)
        self._commits.observe(seconds)

    def count_call(self, method: str, result: str, seconds: float) -> None:
        """Count a call to Telegram by its method and what became of it."""
        self._calls.labels(listed(method, METHODS), listed(result, RESULTS)).inc()
        self._seconds.observe(seconds)

    def time_late(self, seconds: float) -> None:
        """Note how long after it was due something was told."""
        self._late.observe(max(seconds, 0.0))

    def count_retry(self, result: str) -> None:
        """Count a call that will be made again, by what became of the last one."""
        self._retries.labels(listed(result, RESULTS)).inc()

    def show_outbox(self, depths: Mapping[str, int]) -> None:
        """Show how many messages wait in each lane; a lane that is not named is empty."""
        for lane in LANES:
            self._outbox.labels(lane).set(depths.get(lane, 0))

    def show_people(self, people: int, conversations: int) -> None:
        """Show how many people and conversations are kept, rounded."""
        self._people.set(_rounded(people))
        self._conversations.set(_rounded(conversations))

    def page(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self._registry)


def _rounded(number: int) -> int:
    return ROUNDED_TO * ((number + ROUNDED_TO // 2) // ROUNDED_TO)
