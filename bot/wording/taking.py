"""Takes a file of words: each mistake with its place, or all of it as versions with who and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.catalogs import plural_rule
from bot.exchange.mistakes import FileError, Mistake
from bot.roster import Language
from bot.wording.sheet import Given
from bot.wording.slips import Slip, find_slips
from bot.wording.states import Desk, Look
from flows.text import Text, _
from storage.database import Connection
from storage.wording.deciding import keep_approved, propose
from storage.wording.model import Proposal, Who

RELEASE = Who(0, "release")
"""Who wrote the words that a release ships."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brings: words that are new, words that are others, words that stay; of these,
    the ones that nobody has read yet."""

    new: tuple[Given, ...]
    changed: tuple[Given, ...]
    same: tuple[Given, ...]
    unread: tuple[Given, ...]


def look_at(given: Iterable[Given], desk: Desk, language: Language) -> Taken:
    """Sort what a file says.

    Raises:
        FileError: with every mistake there is, by line and column; nothing is to be taken.
    """
    new: list[Given] = []
    changed: list[Given] = []
    same: list[Given] = []
    mistakes: list[Mistake] = []
    rule = plural_rule(language.locale)
    for one in given:
        now = desk.forms(one.entry, language.code)
        if one.forms == now:
            same.append(one)
            continue
        slips = find_slips(
            one.entry,
            one.forms,
            rule,
            against=desk.current(one.entry),
            italian=" ".join(desk.forms(one.entry, "it")),
        )
        mistakes += [Mistake(one.line, one.column(slip.form), placed(slip)) for slip in slips]
        (changed if now else new).append(one)
    if mistakes:
        raise FileError(tuple(mistakes))
    unread = [one for one in same if desk.look(one.entry, language) is Look.UNREAD]
    return Taken(tuple(new), tuple(changed), tuple(same), tuple(unread))


def placed(slip: Slip) -> Text:
    """What is wrong, and at which sign."""
    if not slip.at:
        return slip.why
    return _("At sign {at}: {why}", at=slip.at, why=slip.why)


def take(
    connection: Connection,
    taken: Taken,
    language: Language,
    *,
    writer: Who,
    reader: Who | None,
    is_read: bool,
    why: str,
    now: datetime,
) -> int:
    """Keep what a file brings; how many versions were made.

    With a `reader` they are let out, else they wait for somebody in the console. `is_read`: whoever
    wrote the file has read all of it, also what stays; the release wrote that, and they are the
    second person.
    """
    found = proposals((*taken.new, *taken.changed), language, why)
    if reader is None:
        for one in found:
            propose(connection, one, writer, now)
    else:
        keep_approved(connection, found, writer, reader, now)
    read = proposals(taken.unread, language, why, shipped=True) if is_read else []
    keep_approved(connection, read, RELEASE, writer, now)
    return len(found) + len(read)


def proposals(
    given: Sequence[Given], language: Language, why: str, *, shipped: bool = False
) -> list[Proposal]:
    """What a file says, as versions of one language. They change how a thing is said, not what."""
    return [
        Proposal(
            one.entry.domain,
            one.entry.key,
            language.code,
            one.forms,
            why,
            shipped=shipped,
        )
        for one in given
    ]
