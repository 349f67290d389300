"""A card in all languages side by side, and in one of them next to its source."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.console.visit import Visit
from bot.console.words import labels
from bot.console.words.listing import title_of
from bot.console.words.preview import Phone, phone
from bot.console.words.rack import ITALIAN, Names, Rack, language_of, names_of
from bot.console.words.voice import takes
from bot.readability import Score, score
from bot.roster import SOURCE, Language
from bot.wording.book import CONTENT, Entry
from bot.wording.states import Desk, Look, Share
from flows.text import Text
from storage.wording.marks import mark
from storage.wording.model import Version


@dataclass(frozen=True, slots=True)
class Side:
    """A card in one language, as the phone shows it."""

    phone: Phone
    name: str
    share: Share
    worst: Look
    score: Score | None


@dataclass(frozen=True, slots=True)
class Line:
    """One message: what it is made from, what it says, how it stands, what waits."""

    entry: Entry
    part: Text | None
    source: str
    italian: str
    said: str
    before: str
    look: Look
    waiting: Version | None
    others: tuple[str, ...]


def read_mark(desk: Desk, subject: str, language: Language) -> str:
    """What somebody has before them who says that they have read it."""
    entries = desk.book.of(subject)
    said = (form for one in entries for form in ("|", *desk.forms(one, language.code)))
    return mark([language.code, *said])


def scored(desk: Desk, subject: str, code: str) -> Score | None:
    """How easy a card is to read in a language: its sentences, not its buttons."""
    entries = [one for one in desk.book.of(subject) if not one.is_button]
    return score(code, (form for one in entries for form in desk.forms(one, code)[-1:]))


def subject_of(desk: Desk, visit: Visit) -> str:
    """The card the address asks for.

    Raises:
        web.HTTPNotFound: there is none.
    """
    found = visit.request.query.get("of", "")
    if not desk.book.of(found):
        raise web.HTTPNotFound
    return found


async def show(rack: Rack, visit: Visit) -> web.StreamResponse:
    """A card in every language; in one, with its messages, where the address names it."""
    desk, names = await rack.desk(visit), await names_of(visit)
    subject = subject_of(desk, visit)
    asked = visit.request.query.get("language", "")
    if asked:
        return await _in_one(visit, desk, names, subject, language_of(desk, asked))
    sides = [_side(desk, subject, one, names) for one in desk.spoken()]
    return visit.page(
        "words/subject.html",
        subject=subject,
        title=_title(visit, desk, subject),
        sides=sides,
        labels=labels.SHORT,
        chips=labels.CHIPS,
        is_card=desk.book.of(subject)[0].domain == CONTENT,
        done=labels.DONE.get(visit.request.query.get("done", "")),
    )


def _title(visit: Visit, desk: Desk, subject: str) -> str:
    return title_of(desk, subject, ITALIAN if visit.words.code == ITALIAN else SOURCE)


def _side(desk: Desk, subject: str, language: Language, names: Names) -> Side:
    entries = desk.book.of(subject)
    share = desk.share(language, entries)
    order = list(Look)
    worst = min((desk.look(one, language) for one in entries), key=order.index)
    shown = phone(desk.languages.words(language.code), subject, entries)
    return Side(
        shown, names.language(language.code), share, worst, scored(desk, subject, language.code)
    )


async def _in_one(
    visit: Visit, desk: Desk, names: Names, subject: str, language: Language
) -> web.StreamResponse:
    entries = desk.book.of(subject)
    lines = [_line(desk, subject, one, language) for one in entries]
    return visit.page(
        "words/side.html",
        subject=subject,
        title=_title(visit, desk, subject),
        language=language,
        names=names,
        side=_side(desk, subject, language, names),
        lines=lines,
        labels=labels.SHORT,
        chips=labels.CHIPS,
        states=labels.STATES,
        seen=read_mark(desk, subject, language),
        takes=await takes(visit, subject, language.code, names),
        unread=sum(1 for one in lines if one.look is Look.UNREAD),
        done=labels.DONE.get(visit.request.query.get("done", "")),
        wrong=labels.OTHER_NOW if visit.request.query.get("done") == "other" else None,
    )


def _line(desk: Desk, subject: str, entry: Entry, language: Language) -> Line:
    code = language.code
    said, before = desk.forms(entry, code), desk.before(entry, code)
    return Line(
        entry,
        labels.part_words(entry.part(subject)),
        "\n".join(desk.current(entry)),
        "\n".join(desk.forms(entry, ITALIAN)),
        "\n".join(said),
        "" if said else "\n".join(before),
        desk.look(entry, language),
        desk.waiting(entry, code),
        tuple(one for one in entry.subjects if one != subject),
    )
