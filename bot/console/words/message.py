"""One message in one language: what it says, other words for it, and every version there was."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.catalogs import plural_rule
from bot.console.visit import Visit
from bot.console.words import labels
from bot.console.words.listing import title_of
from bot.console.words.preview import Phone, phone
from bot.console.words.rack import EDITED, ITALIAN, Names, Rack, entry_of, language_of, names_of
from bot.readability import Score, score
from bot.roster import SOURCE, Language
from bot.wording.book import Entry
from bot.wording.slips import LONGEST, Slip, find_slips
from bot.wording.states import Desk
from bot.wording.taking import placed
from flows.text import Text
from storage import audit
from storage.audit import Action
from storage.database import Connection
from storage.wording.deciding import propose
from storage.wording.finding import find_history, meaning_of
from storage.wording.model import OPEN, Deed, Proposal, State, Version, Who

LONGEST_WHY = 300
MOST_SHOWN = 20
"""A card is shown whole; of a screen with hundreds of words only the one that is changed."""
TYPED = (*(f"form-{at}" for at in range(6)), "why")


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed: the forms, whether the meaning is another one, and why."""

    forms: tuple[str, ...]
    changes: bool
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """A version with what became of it."""

    version: Version
    writer: str
    deeds: tuple[tuple[Deed, str], ...]
    may_decide: bool
    may_approve: bool
    is_mine: bool


async def show(rack: Rack, visit: Visit) -> web.StreamResponse:
    """The message of the address, in the language it names."""
    desk = await rack.desk(visit)
    entry, language = entry_of(desk, visit), _language(desk, visit)
    said = desk.forms(entry, language.code) or desk.before(entry, language.code)
    changes = may_change(entry, language)
    return await _page(
        visit, desk, entry, language, Typed(_filled(entry, language, said), changes, "")
    )


def _language(desk: Desk, visit: Visit) -> Language:
    return language_of(desk, visit.request.query.get("language", SOURCE))


def may_change(entry: Entry, language: Language) -> bool:
    """Whether its meaning is changed in this language: editors write two, and what people may
    write means the same for ever."""
    return language.code in EDITED and not entry.is_listened


def _filled(entry: Entry, language: Language, said: tuple[str, ...]) -> tuple[str, ...]:
    wanted = plural_rule(language.locale).forms if entry.is_plural else 1
    return (*said[:wanted], *[""] * (wanted - len(said)))


def _typed(visit: Visit, entry: Entry, language: Language) -> Typed:
    many = plural_rule(language.locale).forms if entry.is_plural else 1
    forms = tuple(
        visit.value(f"form-{at}", longest=LONGEST + 1).replace("\r\n", "\n") for at in range(many)
    )
    changes = may_change(entry, language) and visit.value("meaning") == "changes"
    why = " ".join(visit.value("why", longest=LONGEST_WHY).split())
    return Typed(forms, changes, why)


def slips_of(desk: Desk, entry: Entry, language: Language, typed: Typed) -> list[Slip]:
    """What is wrong with typed words."""
    return find_slips(
        entry,
        typed.forms,
        plural_rule(language.locale),
        against=desk.current(entry),
        italian="" if language.code == ITALIAN else " ".join(desk.forms(entry, ITALIAN)),
        free=typed.changes,
    )


async def write(rack: Rack, visit: Visit) -> web.StreamResponse:
    """Look at what was typed; keep it as a proposal where that was asked for and all is well."""
    desk = await rack.desk(visit)
    entry, language = entry_of(desk, visit), _language(desk, visit)
    typed = _typed(visit, entry, language)
    slips = slips_of(desk, entry, language, typed)
    if slips or visit.value("do") != "propose":
        return await _page(visit, desk, entry, language, typed, slips=slips, looked=True)
    if typed.forms == desk.forms(entry, language.code):
        return await _page(visit, desk, entry, language, typed, wrong=labels.NOTHING_NEW)
    if not typed.why:
        return await _page(visit, desk, entry, language, typed, wrong=labels.NO_REASON)
    if not await _keep(visit, entry, language, typed):
        return await _page(visit, desk, entry, language, typed, wrong=labels.OTHER_NOW)
    return visit.go(f"/words/{entry.id}?language={language.code}&done=proposed")


async def _keep(visit: Visit, entry: Entry, language: Language, typed: Typed) -> bool:
    """Keep the proposal; not where the meaning was changed since the form was opened: it was made
    from words that hold no more."""
    meant = visit.value("meant", longest=40)
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now
    proposal = Proposal(
        entry.domain, entry.key, language.code, typed.forms, typed.why, changes=typed.changes
    )

    def keep(connection: Connection) -> bool:
        if meaning_of(connection, entry.key).mark != meant:
            return False
        propose(connection, proposal, Who(who.id), now)
        about = f"{entry.id} {language.code}"
        audit.write(connection, vault, now, who.id, Action.WORDS_PROPOSED, about)
        return True

    return await visit.room.write(keep)


async def _page(
    visit: Visit,
    desk: Desk,
    entry: Entry,
    language: Language,
    typed: Typed,
    *,
    slips: list[Slip] | None = None,
    looked: bool = False,
    wrong: Text | None = None,
) -> web.Response:
    names, code = await names_of(visit), language.code
    found = await visit.room.read(lambda connection: find_history(connection, entry.key, code))
    subject = entry.subjects[0] if entry.subjects else ""
    is_whole = all(form.strip() for form in typed.forms)
    return visit.page(
        "words/message.html",
        status=422 if slips or wrong else 200,
        entry=entry,
        language=language,
        name=names.language(code),
        typed=typed,
        meant=desk.meaning(entry),
        slips=[(slip.form, placed(slip)) for slip in slips or ()],
        looked=looked,
        wrong=wrong,
        subject=subject,
        title=title_of(desk, subject, ITALIAN if visit.words.code == ITALIAN else SOURCE),
        part=labels.part_words(entry.part(subject)),
        source=desk.current(entry),
        italian=desk.forms(entry, ITALIAN),
        look=desk.look(entry, language),
        labels=labels.SHORT,
        chips=labels.CHIPS,
        states=labels.STATES,
        may_change=may_change(entry, language),
        phone=_preview(desk, entry, language, typed, subject) if is_whole else None,
        score=_scored(desk, entry, code, typed, subject),
        history=[_told(visit, one, deeds, names) for one, deeds in found],
        done=labels.DONE.get(visit.request.query.get("done", "")),
        refused=refused_of(visit),
        most=LONGEST,
        most_why=LONGEST_WHY,
    )


def refused_of(visit: Visit) -> Text | None:
    """Why something was not done, where the address says so."""
    said = visit.request.query.get("refused", "")
    more = {"reason": labels.NO_REASON, "coordinator": labels.NO_COORDINATOR}
    known = {verdict.value: words for verdict, words in labels.REFUSED.items()}
    return (known | more).get(said)


def _preview(desk: Desk, entry: Entry, language: Language, typed: Typed, subject: str) -> Phone:
    words = desk.languages.trial(language.code, entry.key, typed.forms)
    entries = desk.book.of(subject)
    return phone(words, subject, entries if len(entries) <= MOST_SHOWN else [entry])


def _scored(desk: Desk, entry: Entry, code: str, typed: Typed, subject: str) -> Score | None:
    """How easy the whole card would be to read."""
    texts: list[str] = []
    for one in desk.book.of(subject):
        if one == entry:
            texts += typed.forms[-1:]
        elif not one.is_button:
            texts += desk.forms(one, code)[-1:]
    return score(code, texts)


def _told(visit: Visit, version: Version, deeds: list[Deed], names: Names) -> Told:
    is_open, is_mine = version.state in OPEN, version.who == Who(visit.operator.id)
    return Told(
        version,
        names.writer(version),
        tuple((deed, names.who(deed.who)) for deed in deeds if deed.state is not State.DRAFT),
        is_open and not is_mine,
        names.may_approve(visit.operator, version),
        is_open and is_mine,
    )
