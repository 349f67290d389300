"""Reads the cards and the telephone numbers that people see, and refuses them if one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from bot.frontmatter import Page, Problems, Reader, read_page
from flows.facts import Number
from flows.library import Area, Card, Library, Offer, Status

AREA_FILE = "area.md"
NUMBERS_FOLDER = "numbers"
MOST_SENTENCES = 7
LONGEST_SENTENCE = 220
RELATED_CARDS = (2, 3)
NOTHING = "none"
INSTEAD = "~"

_AREA_KEYS = ("area", "order", "icon", "title", "italian", "cards")
_CARD_KEYS = (
    *("id", "icon", "title", "italian", "source"),
    *("status", "review", "recheck", "next", "related"),
)
_NUMBER_KEYS = (
    *("id", "order", "icon", "name", "italian", "phone"),
    *("purpose", "free", "source", "status", "review", "recheck"),
)
_NUMBER_MAY = (
    *("checked", "hours", "languages", "first", "second"),
    *("second_phone", "second_way", "danger", "note"),
)
_MARK = re.compile(r"\[(?:S\d|memory|verify)|\b(?:TODO|FIXME)\b|[{}<>]")
_END = re.compile(r"[.?!]”?$")
_TWO = re.compile(r"[.?!]”?\s+[“A-ZÀ-Ý]")


class ContentError(Exception):
    """The content has problems and must not be shown; the message lists them all."""


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


def load_library(folder: Path) -> Library:
    """Read every area and card below the folder.

    Raises:
        ContentError: something is wrong; nothing was loaded.
    """
    problems = Problems()
    library = _read_library(folder, problems)
    _refuse(problems)
    return library


def load_numbers(folder: Path) -> tuple[Number, ...]:
    """Read every telephone number below the folder, in the order of their `order`.

    Raises:
        ContentError: something is wrong; nothing was loaded.
    """
    problems = Problems()
    numbers = _read_numbers(folder / NUMBERS_FOLDER, problems)
    _refuse(problems)
    return numbers


def file_of(card: Card) -> str:
    """Where a card is written, below the content folder."""
    return card.id.replace(".", "/") + ".md"


def _refuse(problems: Problems) -> None:
    if problems.found:
        count = len(problems.found)
        head = "1 problem" if count == 1 else f"{count} problems"
        raise ContentError("\n".join([f"The content has {head}:", *problems.found]))


def _read_library(folder: Path, problems: Problems) -> Library:
    places = sorted(folder.glob(f"*/{AREA_FILE}"))
    if not places:
        problems.add(folder, 1, f"no area here; expected folders with a file {AREA_FILE}")
    shelves = [shelf for path in places if (shelf := _read_area(path, problems))]
    shelves.sort(key=lambda shelf: shelf.order)
    for before, after in pairwise(shelves):
        if before.order == after.order:
            wrong = f"`order: {after.order}` is that of {before.area.key} too; give each its own"
            problems.add(after.page.path, after.page.line_of("order"), wrong)
    leaves = list(_read_cards(folder, problems))
    cards = _by_id(leaves, problems)
    _check_shelves(shelves, cards, problems)
    _check_related(leaves, cards, problems)
    order = [one for shelf in shelves for one in shelf.area.cards if one in cards]
    return Library(tuple(shelf.area for shelf in shelves), {one: cards[one].card for one in order})


@dataclass(frozen=True, slots=True)
class _Shelf:
    page: Page
    order: int
    area: Area


@dataclass(frozen=True, slots=True)
class _Leaf:
    page: Page
    card: Card


def _read_area(path: Path, problems: Problems) -> _Shelf | None:
    page = read_page(path, problems, required=_AREA_KEYS, optional=("also", "note"))
    if page is None:
        return None
    get = Reader(page, problems)
    key = get.text("area")
    if key and key != path.parent.name:
        get.wrong("area", f"`area: {key}` is not the name of the folder, `{path.parent.name}`")
    if page.body:
        problems.add(path, page.body[0][0], "an area has no text below the second ---")
    area = Area(
        key=path.parent.name,
        icon=get.text("icon"),
        title=_shown(get, "title"),
        italian=get.text("italian"),
        cards=get.words("cards"),
        aliases=get.words("also"),
    )
    return _Shelf(page, get.number("order"), area)


def _read_cards(folder: Path, problems: Problems) -> Iterator[_Leaf]:
    for path in sorted(folder.glob("*/*.md")):
        if path.name == AREA_FILE or path.parent.name == NUMBERS_FOLDER:
            continue
        if not (path.parent / AREA_FILE).exists():
            problems.add(path, 1, f"its folder is no area; expected a file {AREA_FILE} beside it")
        page = read_page(
            path, problems, required=_CARD_KEYS, optional=("checked", "sensitive", "note")
        )
        if page is not None:
            yield _Leaf(page, _read_card(page, problems))


def _read_card(page: Page, problems: Problems) -> Card:
    get = Reader(page, problems)
    card_id, area = get.text("id"), page.path.parent.name
    expected = f"{area}.{page.path.stem}"
    if card_id and card_id != expected:
        get.wrong("id", f"`id: {card_id}` does not fit the file; expected `{expected}`")
    sentences, action, instead = _read_body(page, problems)
    status, checked, review = _read_check(get)
    return Card(
        id=card_id,
        area=area,
        icon=get.text("icon"),
        title=_shown(get, "title"),
        italian=get.text("italian"),
        sentences=sentences,
        action=action,
        source=_shown(get, "source"),
        status=status,
        checked=checked,
        review=review,
        offers=_read_offers(get),
        related=get.words("related"),
        sensitive=get.yes("sensitive"),
        instead=instead,
    )


def _read_body(
    page: Page, problems: Problems
) -> tuple[tuple[str, ...], str, tuple[tuple[str, str], ...]]:
    """The sentences, the one thing to do now, and what takes their place with reports."""
    sentences: list[str] = []
    instead: list[tuple[str, str]] = []
    action, last = "", page.line_of("related")
    for at, line in page.body:
        last = at
        words = line.removeprefix(">").removeprefix(INSTEAD).strip()
        if line.startswith(INSTEAD):
            if action or sentences:
                instead.append((action or sentences[-1], words))
            else:
                problems.add(page.path, at, "a line with `~` stands below the one it replaces")
        elif line.startswith(">") and action:
            problems.add(page.path, at, "a second line with `>`; expected one thing to do now")
        elif action:
            problems.add(page.path, at, "the line with `>` must be the last one")
        elif line.startswith(">"):
            action = words
        else:
            sentences.append(words)
        several = line.startswith(">") or bool(action)
        _check_sentence(page.path, at, words, problems, several=several)
    if not sentences:
        problems.add(page.path, last, "the card says nothing; expected sentences, one a line")
    if len(sentences) > MOST_SENTENCES:
        wrong = f"{len(sentences)} sentences; expected {MOST_SENTENCES} at most"
        problems.add(page.path, last, wrong)
    if not action:
        problems.add(page.path, last, "no thing to do now; expected a last line like `> Ask …`")
    return tuple(sentences), action, tuple(instead)


def _check_sentence(path: Path, at: int, words: str, problems: Problems, *, several: bool) -> None:
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
    if mark := _MARK.search(words):
        problems.add(path, at, f"“{mark[0]}” is not for people to read")


def _shown(get: Reader, key: str) -> str:
    """A value people read: without marks of the editors."""
    value = get.text(key)
    if mark := _MARK.search(value):
        get.wrong(key, f"“{mark[0]}” is not for people to read")
    return value


def _read_check(get: Reader) -> tuple[Status, date | None, date]:
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


def _read_offers(get: Reader) -> tuple[Offer, ...]:
    words = get.words("next")
    if words == (NOTHING,):
        return ()
    known = {one.value: one for one in Offer}
    for word in words:
        if word not in known:
            allowed = ", ".join([*known, NOTHING])
            get.wrong("next", f"`next: {word}` is unknown; expected one or more of: {allowed}")
    return tuple(known[word] for word in words if word in known)


def _by_id(leaves: list[_Leaf], problems: Problems) -> dict[str, _Leaf]:
    found: dict[str, _Leaf] = {}
    for leaf in leaves:
        twin = found.setdefault(leaf.card.id, leaf)
        if leaf.card.id and twin is not leaf:
            wrong = f"`id: {leaf.card.id}` is already that of {twin.page.path}"
            problems.add(leaf.page.path, leaf.page.line_of("id"), wrong)
    return found


def _check_shelves(shelves: list[_Shelf], cards: dict[str, _Leaf], problems: Problems) -> None:
    placed: set[str] = set()
    for shelf in shelves:
        page, area = shelf.page, shelf.area
        for key, ids in (("cards", area.cards), ("also", area.aliases)):
            for one in ids:
                own = one.startswith(f"{area.key}.")
                if one not in cards:
                    problems.add(page.path, page.line_of(key), f"no card `{one}`, named in `{key}`")
                elif own != (key == "cards"):
                    wrong = f"`{one}` is in the wrong list; `cards` are its own, `also` the others"
                    problems.add(page.path, page.line_of(key), wrong)
        placed.update(area.cards)
    for leaf in cards.values():
        if leaf.card.id and leaf.card.id not in placed:
            wrong = f"no area shows this card; add it to `cards` in {leaf.card.area}/{AREA_FILE}"
            problems.add(leaf.page.path, leaf.page.line_of("id"), wrong)


def _check_related(leaves: list[_Leaf], cards: dict[str, _Leaf], problems: Problems) -> None:
    few, many = RELATED_CARDS
    for leaf in leaves:
        at, related = leaf.page.line_of("related"), leaf.card.related
        if related and not few <= len(related) <= many:
            problems.add(leaf.page.path, at, f"`related` names {few} or {many} cards")
        for one in related:
            if one == leaf.card.id:
                problems.add(leaf.page.path, at, "a card is not related to itself")
            elif one not in cards:
                problems.add(leaf.page.path, at, f"no card `{one}`, named in `related`")


def _read_numbers(folder: Path, problems: Problems) -> tuple[Number, ...]:
    pages = (
        read_page(path, problems, required=_NUMBER_KEYS, optional=_NUMBER_MAY)
        for path in sorted(folder.glob("*.md"))
    )
    found = [(page, _read_number(page, problems)) for page in pages if page]
    orders: set[int] = set()
    for page, number in found:
        if number.order in orders:
            wrong = f"`order: {number.order}` is taken; give each number its own"
            problems.add(page.path, page.line_of("order"), wrong)
        orders.add(number.order)
    if not any(number.danger for _, number in found):
        problems.add(folder, 1, "no number for danger; expected one page with `danger: yes`")
    return tuple(sorted((number for _, number in found), key=lambda number: number.order))


def _read_number(page: Page, problems: Problems) -> Number:
    get = Reader(page, problems)
    if get.text("id") and get.text("id") != page.path.stem:
        get.wrong("id", f"`id: {get.text('id')}` is not the name of the file, `{page.path.stem}`")
    for key in ("phone", "second_phone"):
        if not re.fullmatch(r"(\+39 )?\d+( \d+)*|", get.text(key)):
            get.wrong(key, f"`{key}` has only digits and spaces, +39 before a mobile number")
    if bool(get.text("second_phone")) != bool(get.text("second_way")):
        get.wrong("second_phone", "`second_phone` and `second_way` go together")
    if page.body:
        problems.add(page.path, page.body[0][0], "a number has no text below the second ---")
    status, checked, review = _read_check(get)
    return Number(
        id=get.text("id"),
        order=get.number("order"),
        icon=get.text("icon"),
        name=_shown(get, "name"),
        italian=get.text("italian"),
        phone=get.text("phone"),
        purpose=_shown(get, "purpose"),
        free=get.yes("free"),
        hours=_shown(get, "hours"),
        languages=get.words("languages"),
        source=_shown(get, "source"),
        status=status,
        checked=checked,
        review=review,
        danger=get.yes("danger"),
        first=get.words("first"),
        second=get.words("second"),
        second_phone=get.text("second_phone"),
        second_way=_shown(get, "second_way"),
    )
