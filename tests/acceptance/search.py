"""Searches everything Antenna writes or shows for words that must be nowhere in it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import aiohttp

from tests.acceptance.town import Town

PAGES = ("healthz", "readyz", "metrics", "nothing-here")
_KEY = "antenna.key"


def forms(needle: str | int) -> set[bytes]:
    """How a word or a number may stand in bytes: as text, as JSON, as an integer of a database."""
    if isinstance(needle, int):
        sizes = [size for size in range(4, 9) if needle < 1 << (8 * size - 1)]
        numbers = {
            needle.to_bytes(sizes[0], "big"),
            *(needle.to_bytes(8, o) for o in ("big", "little")),
        }
        return {str(needle).encode(), *numbers}
    return {
        needle.encode("utf-8", "replace"),
        needle.encode("utf-16-le", "replace"),
        json.dumps(needle)[1:-1].encode(),
        repr(needle)[1:-1].encode("utf-8", "replace"),
    }


def count(haystack: bytes, needles: list[str | int]) -> int:
    """How many of the needles are found, in any form."""
    return sum(any(form in haystack for form in forms(needle)) for needle in needles)


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder but the key, which is chance."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != _KEY:
            yield path


def places_of(town: Town, needles: list[str] | list[str | int]) -> dict[str, int]:
    """Where needles are found, and how many: in the files of the data folder and in the log."""
    wanted: list[str | int] = [needle for needle in needles if needle != ""]
    found = {
        str(path.relative_to(town.data)): count(path.read_bytes(), wanted)
        for path in files(town.data)
    }
    found["log"] = count(town.ears.written().encode("utf-8", "replace"), wanted)
    return {place: number for place, number in found.items() if number}


async def pages(town: Town) -> dict[str, bytes]:
    """What a watchman is told over HTTP, headers included."""
    shown = {}
    async with aiohttp.ClientSession() as session:
        for page in PAGES:
            async with session.get(f"http://{town.antenna.address}/{page}") as response:
                shown[f"/{page}"] = repr(response.headers).encode() + await response.read()
    return shown
