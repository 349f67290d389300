"""The list of sheets and cases: who is followed by whom, where it stands, what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from bot.console.cases.dues import SOON
from bot.console.cases.labels import DONE, Milestone, track
from bot.console.languages import tongues
from bot.console.people import People, people
from bot.console.visit import Visit, number_of
from flows import case_fields, case_words
from flows.case_model import Stage
from flows.text import Text, _, ngettext
from storage.access import Reach, count_contacts, find_contacts, readable_among, to_assign
from storage.cases.due import Entry, Waiting, find_agenda, find_waiting
from storage.cases.finding import OPEN_STAGES, Sieve
from storage.cases.model import Contact
from storage.cases.moving import give_to
from storage.database import Connection
from storage.desks import Desk, all_desks
from storage.operators import Operator, find_operator

PAGE_ROWS = 30
ALL = "all"
MINE = "mine"
NOBODY = "nobody"
TOLD = ("given", "deleted")
LONGEST_WORDS = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; whatever was written in the address, something that is."""

    words: str = ""
    stage: str = ""
    owner: str = ""
    territory: str = ""
    language: str = ""
    need: str = ""

    @classmethod
    def of(cls, visit: Visit) -> Asked:
        """Read the address of a visit."""
        query = visit.request.query
        stages = {ALL, *(one.value for one in Stage)}
        stage, need = query.get("stage", ""), query.get("need", "")
        return cls(
            words=" ".join(query.get("words", "")[:LONGEST_WORDS].split()),
            stage=stage if stage in stages else "",
            owner=query.get("owner", "")[:20],
            territory=query.get("territory", "")[:60],
            language=query.get("language", "")[:12],
            need=need if need in case_fields.NEEDS else "",
        )

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked for but what is open."""
        return self == Asked()

    def sieve(self, me: int) -> Sieve:
        """The same for the storage. Who is sought by name is found at any stage."""
        stages: tuple[Stage, ...] = OPEN_STAGES
        if self.stage == ALL or (self.words and not self.stage):
            stages = ()
        elif self.stage:
            stages = (Stage(self.stage),)
        owner = {MINE: me, NOBODY: 0}.get(self.owner)
        if owner is None:
            owner = number_of(self.owner)
        return Sieve(
            stages=stages,
            owner=owner,
            territory=self.territory or None,
            language=self.language or None,
            need=self.need or None,
            words=self.words,
        )

    def address(self, page: int) -> str:
        """The list as it is asked for, from a page on."""
        fields = {name: getattr(self, name) for name in self.__slots__ if getattr(self, name)}
        if page > 1:
            fields["page"] = str(page)
        return f"/cases?{urlencode(fields)}" if fields else "/cases"


@dataclass(frozen=True, slots=True)
class Row:
    """A contact as it stands in the list. Of what one may not read there is no way to open it."""

    contact: Contact
    can_open: bool
    track: list[Milestone]
    facts: list[str]
    need: Text | None
    owner: Text
    waiting: Waiting
    to: list[Operator]


async def show(visit: Visit) -> web.StreamResponse:
    """Show the list: without a word of what is in the sheets."""
    told = visit.request.query.get("done", "")
    asked, who, today = Asked.of(visit), visit.operator, visit.room.now.date()
    sieve = asked.sieve(who.id)
    count = await visit.room.read(lambda c: count_contacts(c, who, sieve))
    pages = max(1, -(-count // PAGE_ROWS))
    page = visit.page_number(pages)

    def look(connection: Connection) -> tuple[list[Contact], set[int], dict[int, Waiting]]:
        found = find_contacts(connection, who, sieve, PAGE_ROWS, (page - 1) * PAGE_ROWS)
        waiting = find_waiting(connection, [one.id for one in found], today)
        return found, readable_among(connection, who, found), waiting

    def look_around(connection: Connection) -> tuple[list[Entry], list[Desk]]:
        return find_agenda(connection, who, today + SOON), all_desks(connection)

    found, readable, waiting = await visit.room.read(look)
    agenda, desks = await visit.room.read(look_around)
    staff = await people(visit)
    known = tongues(visit)
    rows = [_row(one, one.id in readable, waiting[one.id], who, staff, known.name) for one in found]
    return visit.page(
        "cases/list.html",
        rows=rows,
        agenda=agenda if asked.is_open and page == 1 else [],
        asked=asked,
        count=ngettext("{count} sheet", "{count} sheets", count),
        stages=case_words.STAGES,
        needs=case_fields.NEEDS,
        languages=known.names,
        territories=sorted({one.territory for one in desks if one.territory}),
        colleagues=staff.of_office(who.office),
        today=today,
        page=page,
        pages=pages,
        before=asked.address(page - 1),
        after=asked.address(page + 1),
        done=DONE[told] if told in TOLD else None,
        flag_names=case_words.FLAGS,
    )


def _row(
    one: Contact,
    can_open: bool,
    waiting: Waiting,
    who: Operator,
    staff: People,
    language: Callable[[str], str],
) -> Row:
    reach = Reach(who)
    facts = [one.number]
    if one.office != who.office:
        facts.append(staff.offices.get(one.office, ""))
    if one.language:
        facts.append(language(one.language))
    return Row(
        one,
        can_open,
        track(one.stage, case_words.STAGES[one.stage]),
        facts,
        case_fields.NEEDS.get(one.need),
        _owner(one, who, staff),
        waiting,
        staff.of_office(one.office) if not reach.reads(one) and _oversees(reach, one) else [],
    )


def _oversees(reach: Reach, one: Contact) -> bool:
    return reach.oversees(one.office, one.territory)


def _owner(one: Contact, who: Operator, staff: People) -> Text:
    if one.owner is None:
        return _("with nobody")
    if one.owner == who.id:
        return _("with me")
    return _("with {name}", name=staff.name(one.owner))


async def give(visit: Visit) -> web.StreamResponse:
    """Give a case to the operator who follows it from now on: colleagues do, and coordinators."""
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    id_, written, number = visit.id("contact"), visit.value("owner"), visit.number("owner")

    def change(connection: Connection) -> bool:
        hand = to_assign(connection, vault, who, id_, now)
        if hand is None:
            raise web.HTTPNotFound
        to = None if number is None else find_operator(connection, number)
        if written and (to is None or not to.active or to.office != hand.contact.office):
            raise web.HTTPNotFound
        give_to(hand, None if to is None else to.id)
        return Reach(who).reads(hand.contact)

    reads = await visit.room.write(change)
    return visit.go(f"/cases/{id_}?done=given#moving" if reads else "/cases?done=given")
