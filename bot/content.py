"""Reads the cards and the telephone numbers that people see, and refuses them if one is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from bot.content_rules import Recheck as Recheck
from bot.content_rules import check_sentence, read_check, shown
from bot.frontmatter import Page, Problems, Reader, read_page
from bot.guides import PAPERS_FOLDER, PROCEDURES_FOLDER, read_papers, read_procedures
from flows.facts import Number
from flows.library import Area, Card, Library, Offer

AREA_FILE = "area.md"
NUMBERS_FOLDER = "numbers"
NO_AREAS = (NUMBERS_FOLDER, PROCEDURES_FOLDER, PAPERS_FOLDER)
MOST_SENTENCES = 7
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


class ContentError(Exception):
    """The content has problems and must not be shown; the message lists them all."""


def load_library(folder: Path) -> Library:
    """Read every area and card below the folder, and the procedures and papers.

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
    return Library(
        tuple(shelf.area for shelf in shelves),
        {one: cards[one].card for one in order},
        read_procedures(folder, cards, problems),
        read_papers(folder, cards, problems),
    )


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
        title=shown(get, "title"),
        italian=get.text("italian"),
        cards=get.words("cards"),
        aliases=get.words("also"),
    )
    return _Shelf(page, get.number("order"), area)


def _read_cards(folder: Path, problems: Problems) -> Iterator[_Leaf]:
    for path in sorted(folder.glob("*/*.md")):
        if path.name == AREA_FILE or path.parent.name in NO_AREAS:
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
    status, checked, review = read_check(get)
    return Card(
        id=card_id,
        area=area,
        icon=get.text("icon"),
        title=shown(get, "title"),
        italian=get.text("italian"),
        sentences=sentences,
        action=action,
        source=shown(get, "source"),
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
        check_sentence(page.path, at, words, problems, several=several)
    if not sentences:
        problems.add(page.path, last, "the card says nothing; expected sentences, one a line")
    if len(sentences) > MOST_SENTENCES:
        wrong = f"{len(sentences)} sentences; expected {MOST_SENTENCES} at most"
        problems.add(page.path, last, wrong)
    if not action:
        problems.add(page.path, last, "no thing to do now; expected a last line like `> Ask …`")
    return tuple(sentences), action, tuple(instead)


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
    status, checked, review = read_check(get)
    return Number(
        id=get.text("id"),
        order=get.number("order"),
        icon=get.text("icon"),
        name=shown(get, "name"),
        italian=get.text("italian"),
        phone=get.text("phone"),
        purpose=shown(get, "purpose"),
        free=get.yes("free"),
        hours=shown(get, "hours"),
        languages=get.words("languages"),
        source=shown(get, "source"),
        status=status,
        checked=checked,
        review=review,
        danger=get.yes("danger"),
        first=get.words("first"),
        second=get.words("second"),
        second_phone=get.text("second_phone"),
        second_way=shown(get, "second_way"),
    )
