"""Knows which addresses are ours to send a browser on to: no other is ever followed."""

from __future__ import annotations

import re
from collections.abc import Iterable

HOME = "/"
LONGEST = 200
_PLACE = re.compile(r"\{[a-z_]+\}")
_QUERY = re.compile(r"[A-Za-z0-9=&_.-]*")


class Ways:
    """The pages that can be looked at, as patterns of their addresses."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._known = [
            re.compile("[A-Za-z0-9_-]{1,80}".join(map(re.escape, _PLACE.split(path))))
            for path in paths
        ]

    def safe(self, wanted: str | None) -> str:
        """The address somebody asked to come back to, if it is one of ours; home otherwise."""
        if not wanted or len(wanted) > LONGEST:
            return HOME
        path, mark, query = wanted.partition("?")
        if not any(known.fullmatch(path) for known in self._known):
            return HOME
        return wanted if not mark or _QUERY.fullmatch(query) else path
