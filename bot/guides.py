"""Reads the procedures and the sample papers, and notes what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Protocol, TypeVar

from bot.content_rules import read_check, shown
from bot.frontmatter import Page, Problems, Reader, read_page
from bot.sections import Section, read_sections
from flows.calendar_model import DateKind
from flows.counter_words import NEEDS
from flows.guides import Paper, Procedure, Spot, Step

PROCEDURES_FOLDER = "procedures"
PAPERS_FOLDER = "papers"
PICTURE = ".png"

STEP_ONCE = ("place", "cost", "wait", "source")
STEP_OFTEN = ("bring",)
SPOT_ONCE = ("italian", "card")
STEPS = (2, 6)
SPOTS = (3, 10)
MOST_ABOUT = 3
MOST_SENTENCES = 4

_KEYS = (
    *("id", "order", "icon", "title", "italian"),
    *("source", "status", "review", "recheck", "cards"),
)
_PROCEDURE_MAY = ("checked", "date", "counter", "sensitive", "note")
_PAPER_MAY = ("checked", "note")


class _Guide(Protocol):
    @property
    def id(self) -> str: ...


G = TypeVar("G", bound=_Guide)


def read_procedures(
    folder: Path, cards: Collection[str], problems: Problems
) -> dict[str, Procedure]:
    """Every procedure below the content folder, by their `order`."""

    def read(page: Page) -> Procedure:
        return _read_procedure(page, cards, problems)

    return _read_all(folder / PROCEDURES_FOLDER, _PROCEDURE_MAY, read, problems)


def read_papers(folder: Path, cards: Collection[str], problems: Problems) -> dict[str, Paper]:
    """Every sample of a paper below the content folder, by their `order`."""

    def read(page: Page) -> Paper:
        return _read_paper(page, cards, problems)

    return _read_all(folder / PAPERS_FOLDER, _PAPER_MAY, read, problems)


def _read_all(
    folder: Path, may: tuple[str, ...], read: Callable[[Page], G], problems: Problems
) -> dict[str, G]:
    pages = (
        read_page(path, problems, required=_KEYS, optional=may)
        for path in sorted(folder.glob("*.md"))
    )
    found = [(Reader(page, problems).number("order"), read(page)) for page in pages if page]
    return {one.id: one for _order, one in sorted(found, key=lambda pair: pair[0])}


def _read_procedure(page: Page, cards: Collection[str], problems: Problems) -> Procedure:
    get = _head(page, cards, problems)
    above, parts = read_sections(page, problems, once=STEP_ONCE, often=STEP_OFTEN)
    _check_parts(page, above, parts, STEPS, problems)
    for key, known in (("date", tuple(DateKind)), ("counter", tuple(NEEDS))):
        if get.text(key) and get.text(key) not in known:
            get.wrong(key, f"`{key}: {get.text(key)}` is unknown; expected {' or '.join(known)}")
    status, checked, review = read_check(get)
    return Procedure(
        id=get.text("id"),
        icon=get.text("icon"),
        title=shown(get, "title"),
        italian=get.text("italian"),
        about=tuple(above.sentences),
        steps=tuple(map(_step, parts)),
        source=shown(get, "source"),
        status=status,
        checked=checked,
        review=review,
        cards=get.words("cards"),
        date=get.text("date"),
        counter=get.text("counter"),
        sensitive=get.yes("sensitive"),
    )


def _step(part: Section) -> Step:
    return Step(
        title=part.title,
        sentences=tuple(part.sentences),
        place=part.value("place"),
        cost=part.value("cost"),
        wait=part.value("wait"),
        bring=part.list("bring"),
        action=part.action,
        source=part.value("source"),
    )


def _read_paper(page: Page, cards: Collection[str], problems: Problems) -> Paper:
    get = _head(page, cards, problems)
    above, parts = read_sections(page, problems, once=SPOT_ONCE)
    _check_parts(page, above, parts, SPOTS, problems)
    for part in parts:
        if not part.action:
            problems.add(page.path, part.line, "nothing to check; expected a line with `>`")
        if not part.value("italian"):
            problems.add(page.path, part.line, "expected a line `italian:` with what is printed")
        if part.value("card") and part.value("card") not in cards:
            problems.add(page.path, part.line, f"no card `{part.value('card')}`")
    if not page.path.with_suffix(PICTURE).is_file():
        problems.add(page.path, 1, f"no picture {page.path.stem}{PICTURE} beside it")
    status, checked, review = read_check(get)
    return Paper(
        id=get.text("id"),
        icon=get.text("icon"),
        title=shown(get, "title"),
        italian=get.text("italian"),
        about=tuple(above.sentences),
        spots=tuple(map(_spot, parts)),
        source=shown(get, "source"),
        status=status,
        checked=checked,
        review=review,
        cards=get.words("cards"),
    )


def _spot(part: Section) -> Spot:
    return Spot(
        title=part.title,
        italian=part.value("italian"),
        sentences=tuple(part.sentences),
        check=part.action,
        card=part.value("card"),
    )


def _head(page: Page, cards: Collection[str], problems: Problems) -> Reader:
    """The reader of a page, after what every guide must have in its first lines."""
    get = Reader(page, problems)
    if get.text("id") and get.text("id") != page.path.stem:
        get.wrong("id", f"`id: {get.text('id')}` is not the name of the file, `{page.path.stem}`")
    for one in get.words("cards"):
        if one not in cards:
            get.wrong("cards", f"no card `{one}`, named in `cards`")
    return get


def _check_parts(
    page: Page, above: Section, parts: list[Section], range_: tuple[int, int], problems: Problems
) -> None:
    few, many = range_
    if not few <= len(parts) <= many:
        wrong = f"{len(parts)} parts with a `# heading`; expected {few} to {many}"
        problems.add(page.path, page.line_of("id"), wrong)
    if above.values or not 1 <= len(above.sentences) <= MOST_ABOUT:
        wrong = f"above the first heading: 1 to {MOST_ABOUT} sentences and nothing else"
        problems.add(page.path, page.line_of("id"), wrong)
    for part in parts:
        if not 1 <= len(part.sentences) <= MOST_SENTENCES:
            wrong = f"{len(part.sentences)} sentences; expected 1 to {MOST_SENTENCES}"
            problems.add(page.path, part.line, wrong)
