"""Procedures and papers as files: a right one is read whole, and each mistake is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content_due import Check, Due, due_guides
from bot.content_extract import messages
from bot.frontmatter import Problems
from bot.guides import read_papers, read_procedures
from flows.certainty import Status
from flows.guides import Spot, Step
from flows.library import Library

HEAD = """\
---
id: {id}
order: 1
icon: 📮
title: Ask for it
italian: Chiedere
cards: work.pay
source: L. 1/2000
status: verified
checked: 2026-03-10
review: 2027-03-10
recheck: 12 months
"""
PROCEDURE = (
    HEAD.format(id="ask")
    + """\
date: permit
counter: renew
sensitive: yes
---
It is easy.

# Ask
Go and ask.
place: Town hall
cost: Free
wait: 10 days
bring: Passport
bring: Photo
source: L. 2/2000
> Say why.

# Take it
Go again.
"""
)
PAPER = (
    HEAD.format(id="sheet")
    + """\
---
Every month you get it.

# Name
italian: Nome
card: work.pay
It must be you.
> Is it right?

# Day
italian: Data
It is a day.
> Is it today?

# Money
italian: Netto
It is yours.
> Did you get it?
"""
)
CARDS = ("work.pay",)


def written(folder: Path, name: str, words: str, *, picture: bool = True) -> Path:
    """The content folder with one page in it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(words, encoding="utf-8")
    if picture:
        path.with_suffix(".png").write_bytes(b"")
    return folder


def said(folder: Path) -> list[str]:
    """What is wrong in the folder, without the place of the folder."""
    problems = Problems()
    read_procedures(folder, CARDS, problems)
    read_papers(folder, CARDS, problems)
    return [one.replace(f"{folder}/", "") for one in problems.found]


def test_pages_stand_in_the_order_they_ask_for(tmp_path: Path) -> None:
    """What is needed most comes first, whatever its file is called."""
    later = PROCEDURE.replace("id: ask", "id: also").replace("order: 1", "order: 2")
    written(tmp_path, "procedures/ask.md", PROCEDURE)
    written(tmp_path, "procedures/also.md", later)
    assert list(read_procedures(tmp_path, CARDS, Problems())) == ["ask", "also"]


def test_procedures_and_papers_are_due_like_cards(tmp_path: Path) -> None:
    """What was checked must be looked at again on its day, and stands on the same list."""
    written(tmp_path, "procedures/ask.md", PROCEDURE)
    written(tmp_path, "papers/sheet.md", PAPER.replace("2027-03-10", "2026-12-01"))
    problems = Problems()
    library = Library(
        (),
        {},
        read_procedures(tmp_path, CARDS, problems),
        read_papers(tmp_path, CARDS, problems),
    )
    due = due_guides(library, date(2026, 11, 22))
    assert due == Due((), (Check("papers/sheet.md", "Ask for it", date(2026, 12, 1)),), ())


def test_a_procedure_is_read_with_all_that_is_known_of_its_steps(tmp_path: Path) -> None:
    """Where, cost, time and papers belong to their step; what is not written is empty."""
    problems = Problems()
    found = read_procedures(written(tmp_path, "procedures/ask.md", PROCEDURE), CARDS, problems)
    one = found["ask"]
    assert problems.found == []
    assert one.steps == (
        Step(
            *("Ask", ("Go and ask.",), "Town hall", "Free", "10 days"),
            bring=("Passport", "Photo"),
            action="Say why.",
            source="L. 2/2000",
        ),
        Step("Take it", ("Go again.",)),
    )
    assert (one.about, one.cards, one.date, one.counter) == (
        ("It is easy.",),
        CARDS,
        "permit",
        "renew",
    )
    assert (one.status, one.sensitive, one.bring) == (
        Status.VERIFIED,
        True,
        ("Passport", "Photo"),
    )


def test_a_paper_is_read_with_its_numbers(tmp_path: Path) -> None:
    """Each heading is a number: what is printed there, what it means, what to check."""
    problems = Problems()
    found = read_papers(written(tmp_path, "papers/sheet.md", PAPER), CARDS, problems)
    assert problems.found == []
    assert found["sheet"].spots == (
        Spot("Name", "Nome", ("It must be you.",), "Is it right?", "work.pay"),
        Spot("Day", "Data", ("It is a day.",), "Is it today?"),
        Spot("Money", "Netto", ("It is yours.",), "Did you get it?"),
    )


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("id: ask", "id: other", "ask.md:2: `id: other` is not the name of the file, `ask`"),
        ("cards: work.pay", "cards: no.card", "ask.md:7: no card `no.card`, named in `cards`"),
        (
            "date: permit",
            "date: birthday",
            "ask.md:13: `date: birthday` is unknown; expected permit or health_card or "
            "contract or job_lost or permit_state",
        ),
        ("# Take it\nGo again.\n", "", "ask.md:2: 1 parts with a `# heading`; expected 2 to 6"),
        (
            "It is easy.\n",
            "",
            "ask.md:2: above the first heading: 1 to 3 sentences and nothing else",
        ),
        ("Go again.", "# More\nGo.", "ask.md:29: 0 sentences; expected 1 to 4"),
        (
            "cost: Free",
            "price: Free",
            "ask.md:22: unknown line `price:`; expected one of: place, cost, wait, source, bring",
        ),
        ("bring: Photo", "cost: Dear", "ask.md:25: `cost:` is here twice; expected it once"),
        ("bring: Photo", "bring: Passport", "ask.md:25: “Passport” is here twice"),
        ("cost: Free", "cost: Free [memory]", "ask.md:22: “[memory” is not for people to read"),
        (
            "cost: Free",
            f"cost: {'Free ' * 25}now",
            "ask.md:22: 128 characters; expected 120 at most",
        ),
        ("# Ask", f"# {'Ask ' * 10}", "ask.md:19: 39 characters; a button holds 36"),
        ("# Ask", "# Ask {you}", "ask.md:19: “{” is not for people to read"),
        ("Go again.", "Go again.\n> Do.\n> Be.", "one line with `>` in every part, and none above"),
        ("Go again.", "Go again", "ask.md:30: a sentence ends with . or ? or !"),
    ],
)
def test_a_mistake_in_a_procedure_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, wrong: str
) -> None:
    """Whoever edits a page is told where, what is wrong, and what is expected."""
    assert old in PROCEDURE
    folder = written(tmp_path, "procedures/ask.md", PROCEDURE.replace(old, new, 1))
    found = said(folder)
    assert len(found) == 1
    assert wrong in found[0]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("> Is it today?\n", "", "papers/sheet.md:22: nothing to check; expected a line with `>`"),
        (
            "italian: Data\n",
            "",
            "papers/sheet.md:22: expected a line `italian:` with what is printed",
        ),
        ("card: work.pay", "card: no.card", "papers/sheet.md:16: no card `no.card`"),
    ],
)
def test_a_mistake_in_a_paper_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, wrong: str
) -> None:
    """A number with nothing to check, or of which nobody knows what is printed, is refused."""
    assert old in PAPER
    folder = written(tmp_path, "papers/sheet.md", PAPER.replace(old, new, 1))
    assert [one[: len(wrong)] for one in said(folder)] == [wrong]


def test_a_paper_without_its_picture_is_refused(tmp_path: Path) -> None:
    """Nobody is sent to numbers of a picture that does not exist."""
    folder = written(tmp_path, "papers/sheet.md", PAPER, picture=False)
    assert said(folder) == ["papers/sheet.md:1: no picture sheet.png beside it"]


def test_translators_get_every_word_that_is_shown_and_no_other(tmp_path: Path) -> None:
    """Headings, sentences, places, costs and papers are translated; sources and cards are not."""
    written(tmp_path, "procedures/ask.md", PROCEDURE)
    written(tmp_path, "papers/sheet.md", PAPER)
    found = [(one.words, one.notes[-1]) for one in messages(tmp_path)]
    assert [words for words, _note in found] == [
        *("Ask for it", "Every month you get it.", "Name", "It must be you.", "Is it right?"),
        *("Day", "It is a day.", "Is it today?", "Money", "It is yours.", "Did you get it?"),
        *("Ask for it", "It is easy.", "Ask", "Go and ask.", "Town hall", "Free", "10 days"),
        *("Passport", "Photo", "Say why.", "Take it", "Go again."),
    ]
    assert found[2][1] == "Paper sheet: a step or a number, 36 characters at most"
    assert found[15][1] == "Procedure ask, Ask: where"
