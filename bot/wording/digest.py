"""What coordinators are told once a month: what must be checked, read or mended, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.content_due import SOON
from bot.wording.states import Desk, Look, Share
from flows.facts import Number
from flows.guides import Procedure
from flows.library import Card, Library, Status
from flows.text import Text, _, ngettext
from storage.wording.model import Care


@dataclass(frozen=True, slots=True)
class Item:
    """A card, a number or a procedure: its day, how far it was checked, and who looks after it."""

    subject: str
    title: Text
    source: str
    status: Status
    checked: date | None
    review: date
    owner: int | None

    def is_overdue(self, today: date) -> bool:
        """Whether somebody should have looked at it again."""
        return self.review < today

    def is_soon(self, today: date) -> bool:
        """Whether somebody has to within a month."""
        return today <= self.review <= today + SOON


@dataclass(frozen=True, slots=True)
class Digest:
    """All of it on one day. `quiet`: there is nothing to do."""

    today: date
    items: tuple[Item, ...]
    shares: tuple[Share, ...]
    waiting: int

    @property
    def overdue(self) -> tuple[Item, ...]:
        """What should have been looked at, the oldest first."""
        return tuple(one for one in self.items if one.is_overdue(self.today))

    @property
    def soon(self) -> tuple[Item, ...]:
        """What has to be looked at within a month."""
        return tuple(one for one in self.items if one.is_soon(self.today))

    @property
    def unverified(self) -> tuple[Item, ...]:
        """What nobody has ever checked against a source, and is not due anyway."""
        due = {one.subject for one in (*self.overdue, *self.soon)}
        found = (one for one in self.items if one.status is Status.UNVERIFIED)
        return tuple(one for one in found if one.subject not in due)

    @property
    def stale(self) -> int:
        """How many translations say what is true no more."""
        return sum(share.looks[Look.STALE] for share in self.shares)

    @property
    def unread(self) -> tuple[str, ...]:
        """The languages in which something waits for a native reader."""
        return tuple(share.language.code for share in self.shares if share.looks[Look.UNREAD])

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.overdue or self.soon or self.stale or self.waiting or self.unread)


def make_digest(
    desk: Desk,
    library: Library,
    numbers: Iterable[Number],
    care: Mapping[str, Care],
    today: date,
) -> Digest:
    """The digest of a day."""
    found = sorted(_items(library, numbers, care), key=lambda one: (one.review, one.subject))
    shares = tuple(desk.share(language) for language in desk.spoken())
    return Digest(today, tuple(found), shares, len(desk.open))


def _items(library: Library, numbers: Iterable[Number], care: Mapping[str, Care]) -> Iterator[Item]:
    subjects: list[tuple[str, str, Card | Procedure | Number]] = [
        *((one.id, one.title, one) for one in library.cards.values()),
        *((f"procedures.{one.id}", one.title, one) for one in library.procedures.values()),
        *((f"numbers.{one.id}", one.name, one) for one in numbers),
    ]
    for subject, title, one in subjects:
        kept = care.get(subject)
        owner = None if kept is None else kept.owner
        yield Item(subject, Text(title), one.source, one.status, one.checked, one.review, owner)


def lines(digest: Digest, console: str) -> list[Text]:
    """The digest as a group reads it: figures only, and where the rest is."""
    told = [_("📚 The words of Antenna this month:")]
    overdue, soon, stale = len(digest.overdue), len(digest.soon), digest.stale
    if overdue:
        told.append(
            ngettext(
                "• {count} card should have been checked again",
                "• {count} cards should have been checked again",
                overdue,
            )
        )
    if soon:
        told.append(
            ngettext(
                "• {count} card has to be checked within 30 days",
                "• {count} cards have to be checked within 30 days",
                soon,
            )
        )
    if stale:
        told.append(
            ngettext(
                "• {count} translation is out of date",
                "• {count} translations are out of date",
                stale,
            )
        )
    if digest.waiting:
        told.append(
            ngettext(
                "• {count} text waits for a second person",
                "• {count} texts wait for a second person",
                digest.waiting,
            )
        )
    if digest.unread:
        codes = ", ".join(digest.unread)
        told.append(_("• languages that need a native reader: {codes}", codes=codes))
    if console:
        told.append(_("All of it: {address}", address=f"{console.rstrip('/')}/words/digest"))
    return told


def next_review(today: date, wished: int) -> date:
    """The day by which a card is looked at again, so many months from today."""
    month = today.month - 1 + wished
    year, month = today.year + month // 12, month % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(today.day, last))
