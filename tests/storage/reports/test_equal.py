"""A wrong code and a right one take the same work, counted, so that neither tells the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import event

from flows.report_model import Words
from storage.reports import Reports, returning, sealing
from storage.reports import store as storing
from storage.vault import codes
from tests.storage.reports.makers import ANNA, NOON, a_code, sent

WRONG = 1000


class Work:
    """Counts what is done between two looks."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()

    def counting(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, counted."""

        def counted(*given: Any, **named: Any) -> Any:
            self.done[name] += 1
            return real(*given, **named)

        return counted

    def take(self) -> Counter[str]:
        """What was done since the last look."""
        done, self.done = self.done, Counter()
        return done


@pytest.fixture
def work(reports: Reports, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    """Derivations, openings, sealings and statements are counted."""
    found = Work()
    for module, name in (
        (codes, "derive"),
        (codes, "open_sealed"),
        (codes, "seal"),
        (sealing, "open_with"),
        (sealing, "open_padded"),
        (sealing, "open_text"),
        (sealing, "seal_padded"),
        (sealing, "seal_text"),
        (sealing, "seal_to"),
    ):
        monkeypatch.setattr(module, name, found.counting(name, getattr(module, name)))

    def spoken(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        found.done[statement.split(" WHERE")[0]] += 1

    event.listen(reports.database.engine, "before_cursor_execute", spoken)
    yield found
    event.remove(reports.database.engine, "before_cursor_execute", spoken)


def test_every_wrong_code_costs_what_a_right_one_does(reports: Reports, work: Work) -> None:
    """T-A2: a thousand wrong codes and the right one do the same, statement by statement."""
    made = sent(reports)
    code = a_code(reports, made)
    reports.reply(ANNA, made.box.id, Words(True, "Come"), NOON)
    work.take()
    assert reports.open_by_code(code, NOON) is not None
    right = work.take()
    different = 0
    for n in range(WRONG):
        assert reports.open_by_code(str(n).zfill(16), NOON) is None
        different += work.take() != right
    print(f"T-A2 wrong codes: {WRONG}, with other work than the right one: {different}")
    assert right["derive"] == 1
    assert right.total() > 10
    assert different == 0


def test_nothing_is_written_when_a_code_is_tried(reports: Reports, work: Work) -> None:
    """A commit would take longer than looking: there is none in either case."""
    made = sent(reports)
    code = a_code(reports, made)
    work.take()
    for one in (code, "0000000000000000"):
        reports.open_by_code(one, NOON)
        spoken = [name for name in work.take() if name.startswith(("INSERT", "UPDATE", "DELETE"))]
        assert spoken == []


def test_what_is_counted_is_what_is_used() -> None:
    """The counted functions are those that the modules call by these names."""
    assert returning.CodeKey is codes.CodeKey
    assert storing.Opening is sealing.Opening
