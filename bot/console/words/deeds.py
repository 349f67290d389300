"""What a second person does with words: finds them right, lets them out, refuses, reads them."""

from __future__ import annotations

from aiohttp import web

from bot.console.visit import Visit
from bot.console.words.rack import Rack, language_of, names_of
from bot.console.words.subject import read_mark
from bot.wording.states import Desk, Look
from bot.wording.taking import RELEASE
from storage import audit
from storage.audit import Action
from storage.database import Connection
from storage.wording.deciding import DECISIONS, Verdict, decide, keep_approved
from storage.wording.finding import find_version
from storage.wording.model import Proposal, State, Version, Who

LONGEST_WHY = 300


async def judge(rack: Rack, visit: Visit) -> web.StreamResponse:
    """Decide about a version that waits."""
    version = await _version(visit)
    state = _state(visit)
    back = _back(visit, version)
    names = await names_of(visit)
    is_own = version.who == Who(visit.operator.id)
    if state is State.APPROVED and not is_own and not names.may_approve(visit.operator, version):
        return visit.go(f"{back}refused=coordinator")
    why = " ".join(visit.value("why", longest=LONGEST_WHY).split())
    if state is State.REFUSED and not why:
        return visit.go(f"{back}refused=reason")
    verdict = await _decide(visit, version, state, why)
    if verdict is not Verdict.DONE:
        return visit.go(f"{back}refused={verdict.value}")
    if state is State.APPROVED:
        await rack.changed()
    return visit.go(f"{back}done={state.value}")


async def _version(visit: Visit) -> Version:
    number = visit.number("version")
    found = None
    if number is not None:
        wanted = number
        found = await visit.room.read(lambda connection: find_version(connection, wanted))
    if found is None:
        raise web.HTTPNotFound
    return found


def _state(visit: Visit) -> State:
    """What was decided.

    Raises:
        web.HTTPBadRequest: nothing that can be decided.
    """
    written = visit.value("state")
    for state in DECISIONS:
        if state.value == written:
            return state
    raise web.HTTPBadRequest


def _back(visit: Visit, version: Version) -> str:
    if visit.value("from") == "waiting":
        return "/words/waiting?"
    return f"/words/m{version.key}?language={version.language}&"


async def _decide(visit: Visit, version: Version, state: State, why: str) -> Verdict:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def change(connection: Connection) -> Verdict:
        verdict = decide(connection, version.id, state, Who(who.id), now, why)
        if verdict is Verdict.DONE:
            about = f"m{version.key} {version.language} {state.value}"
            audit.write(connection, vault, now, who.id, Action.WORDS_DECIDED, about)
        return verdict

    return await visit.room.write(change)


async def read(rack: Rack, visit: Visit) -> web.StreamResponse:
    """Say that a whole card was read in a language and is right: the release wrote it, and whoever
    says so is the second person."""
    desk = await rack.desk(visit)
    subject, language = visit.value("of"), language_of(desk, visit.value("language"))
    if not desk.book.of(subject):
        raise web.HTTPNotFound
    back = f"/words/card?of={subject}&language={language.code}&done="
    if visit.value("seen") != read_mark(desk, subject, language):
        return visit.go(f"{back}other")
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    proposals = _unread(desk, subject, language.code)

    def keep(connection: Connection) -> None:
        keep_approved(connection, proposals, RELEASE, Who(who.id), now)
        about = f"{subject} {language.code}"
        audit.write(connection, vault, now, who.id, Action.WORDS_DECIDED, about)

    await visit.room.write(keep)
    await rack.changed()
    return visit.go(f"{back}read")


def _unread(desk: Desk, subject: str, code: str) -> list[Proposal]:
    language = language_of(desk, code)
    return [
        Proposal(one.domain, one.key, code, desk.forms(one, code), "read", shipped=True)
        for one in desk.book.of(subject)
        if desk.look(one, language) is Look.UNREAD
    ]
