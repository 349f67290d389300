"""The figures count what happens and cannot name anybody."""

from __future__ import annotations

import pytest

from bot.codes import LANES
from bot.metrics import Metrics
from bot.watchman import Watchman


def figures(metrics: Metrics, name: str) -> dict[str, float]:
    """The lines of one figure: labels as Prometheus writes them, and the value."""
    found = {}
    for line in metrics.page().decode().splitlines():
        key, _, value = line.rpartition(" ")
        if key.partition("{")[0] == f"antenna_{name}":
            found[key.partition("{")[2].rstrip("}")] = float(value)
    return found


def test_what_is_counted_is_shown() -> None:
    """Each count appears under its labels."""
    metrics = Metrics()
    metrics.count_update("message")
    metrics.count_update("message")
    metrics.count_update("callback_query", "quarantined")
    metrics.count_call("sendMessage", "sent", 0.2)
    metrics.count_retry("retry_after")
    assert figures(metrics, "updates_total") == {
        'kind="message",outcome="done"': 2.0,
        'kind="callback_query",outcome="quarantined"': 1.0,
    }
    assert figures(metrics, "quarantined_total") == {'kind="callback_query"': 1.0}
    assert figures(metrics, "deliveries_total") == {'method="sendMessage",result="sent"': 1.0}
    assert figures(metrics, "retries_total") == {'result="retry_after"': 1.0}


def test_times_and_batches_fall_into_buckets() -> None:
    """A turn's seconds and a transaction's turns are kept as histograms."""
    metrics = Metrics()
    metrics.time_turn(0.002)
    metrics.time_commit(5, 0.003)
    assert figures(metrics, "turn_seconds_count") == {"": 1.0}
    assert figures(metrics, "batch_turns_bucket")['le="4.0"'] == 0.0
    assert figures(metrics, "batch_turns_bucket")['le="8.0"'] == 1.0
    assert figures(metrics, "commit_seconds_sum") == {"": 0.003}


def test_a_label_from_outside_becomes_other() -> None:
    """A label that is not on the list is counted as `other`: no name can become a label."""
    metrics = Metrics()
    metrics.count_update("Karim", "5830000001")
    metrics.count_call("sendMessage?chat_id=5830000001", "Karim", 1.0)
    metrics.count_retry("Karim")
    page = metrics.page().decode()
    assert "Karim" not in page
    assert "5830000001" not in page
    assert figures(metrics, "updates_total") == {'kind="other",outcome="other"': 1.0}


def test_every_lane_is_shown_also_when_empty() -> None:
    """A lane nobody waits in shows nought, not the last figure."""
    metrics = Metrics()
    metrics.show_outbox({"reply": 7, "karim": 3})
    metrics.show_outbox({"bulk": 2})
    shown = figures(metrics, "outbox")
    assert {lane: depth for lane, depth in shown.items() if depth} == {'lane="bulk"': 2.0}
    assert len(shown) == len(LANES)


@pytest.mark.parametrize(
    ("people", "shown"), [(0, 0.0), (4, 0.0), (5, 10.0), (14, 10.0), (101, 100.0)]
)
def test_people_are_rounded(people: int, shown: float) -> None:
    """One person more or less is not to be seen."""
    metrics = Metrics()
    metrics.show_people(people, people)
    assert figures(metrics, "people") == {"": shown}
    assert figures(metrics, "conversations") == {"": shown}


def test_versions_are_not_told() -> None:
    """The page names no version of Python or of a library."""
    assert "version" not in Metrics().page().decode().lower()


def test_events_are_counted_by_their_code(capsys: pytest.CaptureFixture[str]) -> None:
    """What the loops tell is counted, and an event that nobody listed becomes `other`."""
    metrics = Metrics()
    watchman = Watchman(metrics)
    watchman.count("row_overtaken", 3)
    watchman.note("telegram_away")
    watchman.note("Karim is here", chat="5830000001")
    assert figures(metrics, "events_total") == {
        'event="row_overtaken"': 3.0,
        'event="telegram_away"': 1.0,
        'event="other"': 1.0,
    }
