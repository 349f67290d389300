"""What holds for everything people read in the content: its sentences, and how sure it is."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from pathlib import Path

from bot.frontmatter import Problems, Reader
from flows.library import Status

LONGEST_SENTENCE = 220

_MARK = re.compile(r"\[(?:S\d|memory|verify)|\b(?:TODO|FIXME)\b|[{}<>]")
_END = re.compile(r"[.?!]”?$")
_TWO = re.compile(r"[.?!]”?\s+[“A-ZÀ-Ý]")


class Recheck(StrEnum):
    """How long a checked card may stand before somebody looks again."""

    QUARTER = "3 months"
    HALF_YEAR = "6 months"
    YEAR = "12 months"
    JANUARY = "January"
    SEPTEMBER = "September"

    def latest(self, checked: date) -> date:
        """The last day a card checked on that day may wait for."""
        if self is Recheck.JANUARY:
            return date(checked.year + 1, 1, 31)
        if self is Recheck.SEPTEMBER:
            return date(checked.year + (checked.month > 8), 9, 30)
        years, month = divmod(checked.month - 1 + int(self.value.split()[0]), 12)
        return date(checked.year + years, month + 1, min(checked.day, 28))


def check_sentence(path: Path, at: int, words: str, problems: Problems, *, several: bool) -> None:
    """Note what is wrong with a sentence; `several` may stand in one line."""
    if not words:
        problems.add(path, at, "nothing after `>`; expected the one thing to do now")
    elif not _END.search(words):
        problems.add(path, at, "a sentence ends with . or ? or !")
    if len(words) > LONGEST_SENTENCE:
        wrong = f"{len(words)} characters; expected {LONGEST_SENTENCE} at most, cut it in two"
        problems.add(path, at, wrong)
    if not several and _TWO.search(words):
        problems.add(path, at, "two sentences in a line; expected one a line")
    if words.startswith(("#", "- ", "* ")):
        problems.add(path, at, "no headings and no lists here; expected plain sentences")
    if mark := mark_in(words):
        problems.add(path, at, f"“{mark}” is not for people to read")


def mark_in(words: str) -> str:
    """A mark of the editors in words that people read, or nothing."""
    found = _MARK.search(words)
    return found[0] if found else ""


def shown(get: Reader, key: str) -> str:
    """A value people read: without marks of the editors."""
    value = get.text(key)
    if mark := mark_in(value):
        get.wrong(key, f"“{mark}” is not for people to read")
    return value


def read_check(get: Reader) -> tuple[Status, date | None, date]:
    """How far it was checked, when, and when somebody must look again."""
    status = get.choice("status", Status)
    checked, review = get.day("checked"), get.day("review")
    if status is Status.UNVERIFIED and checked:
        get.wrong("checked", "nothing unverified has a `checked` date; remove it or the status")
    if status in (Status.VERIFIED, Status.PARTLY) and "checked" not in get.page.values:
        get.wrong("status", f"`status: {status}` needs a line `checked: 2026-03-31`")
    if checked and review and review < checked:
        get.wrong("review", f"`review: {review}` is before `checked: {checked}`")
    _check_recheck(get, checked, review)
    return status or Status.UNVERIFIED, checked, review or date.min


def _check_recheck(get: Reader, checked: date | None, review: date | None) -> None:
    recheck = get.choice("recheck", Recheck)
    if recheck and checked and review and review > (latest := recheck.latest(checked)):
        wrong = (
            f"`review: {review}` is too late for `recheck: {recheck}`; expected {latest} or before"
        )
        get.wrong("review", wrong)
