"""What the tests of the flows share: how branches are counted, and where they are not."""

from __future__ import annotations

import sys
from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Do not trace the tests of a law: it would take them twice their time."""
    tracer = sys.gettrace()
    if item.get_closest_marker("law") is not None:
        sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)
