"""A page of the content: read as it is written, refused with file and line when it is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.content import ContentError, Recheck, file_of, load_library, load_numbers
from bot.content_due import Check, Due, due_cards, due_numbers
from flows.library import Card, Offer, Status
from tests.bot.content_pages import change, write_content


def test_a_card_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Every value of a page arrives in the card, and the folder gives its area."""
    cards = load_library(write_content(tmp_path)).cards
    assert cards["work.pay"] == Card(
        id="work.pay",
        area="work",
        icon="📄",
        title="A title",
        italian="Un titolo",
        sentences=("The boss must pay you.", "Keep every paper."),
        action="Ask a union.",
        source="L. 1/2000, art. 1",
        status=Status.VERIFIED,
        checked=date(2026, 3, 10),
        review=date(2027, 3, 10),
        offers=(Offer.TALK, Offer.REPORT),
        related=("work.hours", "home.rent"),
    )
    assert file_of(cards["work.pay"]) == "work/pay.md"


def test_a_line_may_have_another_for_where_reports_are_read(tmp_path: Path) -> None:
    """A `~` line takes the place of the one above it, and only there."""
    write_content(tmp_path)
    page = tmp_path / "work" / "pay.md"
    words = page.read_text(encoding="utf-8")
    words = words.replace("paper.", "paper.\n~ Send every paper.").replace(
        "a union.", "a union.\n~ Ask us. Or ask a union."
    )
    page.write_text(words, encoding="utf-8")
    card = load_library(tmp_path).cards["work.pay"]
    assert card.told(reports=False) == (
        "The boss must pay you.",
        "Keep every paper.",
        "Ask a union.",
    )
    assert card.told(reports=True) == (
        "The boss must pay you.",
        "Send every paper.",
        "Ask us. Or ask a union.",
    )


def test_a_page_from_another_editor_is_read_too(tmp_path: Path) -> None:
    """A byte-order mark, Windows line ends and blank lines change nothing."""
    write_content(tmp_path)
    before = load_library(tmp_path)
    page = tmp_path / "work" / "pay.md"
    words = page.read_text(encoding="utf-8").replace("Keep", "\nKeep").replace("next:", "\nnext:")
    page.write_bytes(b"\xef\xbb\xbf" + words.replace("\n", "\r\n").encode())
    assert load_library(tmp_path) == before


PAY = "work/pay.md"
KEYS = (
    "id, icon, title, italian, source, status, review, recheck, next, related, "
    "checked, sensitive, note"
)
BROKEN = [
    (PAY, "The boss must pay you.", "~ The boss must pay.\nThe boss must pay you.", [
        (14, "a line with `~` stands below the one it replaces"),
    ]),
    (PAY, "icon: 📄", "ikon: 📄", [
        (3, f"unknown key `ikon`; expected one of: {KEYS}"),
        (1, "the key `icon` is missing; expected a line `icon: …`"),
    ]),
    (PAY, "icon: 📄", "icon", [
        (3, "“icon” is not a `key: value` line"),
        (1, "the key `icon` is missing; expected a line `icon: …`"),
    ]),
    (PAY, "icon: 📄", "icon:", [(3, "`icon` is empty; write a value or remove the line")]),
    (PAY, "title: A title", "title: One\ntitle: Two", [
        (5, "the key `title` is here twice (first in line 4)"),
    ]),
    (PAY, "id: work.pay", "id: work.rest", [
        (2, "`id: work.rest` does not fit the file; expected `work.pay`"),
        ("work/rest.md", 2, "`id: work.rest` is already that of {folder}/work/pay.md"),
        ("work/area.md", 7, "no card `work.pay`, named in `cards`"),
        ("home/area.md", 8, "no card `work.pay`, named in `also`"),
        ("home/rent.md", 12, "no card `work.pay`, named in `related`"),
        ("work/hours.md", 12, "no card `work.pay`, named in `related`"),
        ("work/rest.md", 12, "no card `work.pay`, named in `related`"),
    ]),
    (PAY, "checked: 2026-03-10", "checked: 10/3/2026", [
        (8, "`checked: 10/3/2026` is not a date; expected year-month-day like 2026-03-31"),
    ]),
    (PAY, "checked: 2026-03-10", "checked: 2026-02-30", [
        (8, "`checked: 2026-02-30` is not a date; expected year-month-day like 2026-03-31"),
    ]),
    (PAY, "checked: 2026-03-10\n", "", [
        (7, "`status: verified` needs a line `checked: 2026-03-31`"),
    ]),
    (PAY, "status: verified", "status: unverified", [
        (8, "nothing unverified has a `checked` date; remove it or the status"),
    ]),
    (PAY, "status: verified", "status: sure", [
        (7, "`status: sure` is unknown; expected verified or partly or unverified"),
    ]),
    (PAY, "review: 2027-03-10", "review: 2026-01-31", [
        (9, "`review: 2026-01-31` is before `checked: 2026-03-10`"),
    ]),
    (PAY, "review: 2027-03-10", "review: 2028-03-10", [
        (9, "`review: 2028-03-10` is too late for `recheck: 12 months`; "
            "expected 2027-03-10 or before"),
    ]),
    (PAY, "recheck: 12 months", "recheck: sometimes", [
        (10, "`recheck: sometimes` is unknown; "
             "expected 3 months or 6 months or 12 months or January or September"),
    ]),
    (PAY, "next: talk, report", "next: talk, phone", [
        (11, "`next: phone` is unknown; expected one or more of: talk, report, none"),
    ]),
    (PAY, "next: talk, report", "next: talk, talk", [(11, "`talk` is twice in `next`")]),
    (PAY, "work.hours, home.rent", "work.hours, home.sale", [
        (12, "no card `home.sale`, named in `related`"),
    ]),
    (PAY, "work.hours, home.rent", "work.hours, work.pay", [
        (12, "a card is not related to itself"),
    ]),
    (PAY, "work.hours, home.rent", "work.hours", [(12, "`related` names 2 or 3 cards")]),
    (PAY, "next: talk, report", "next: talk\nsensitive: very", [
        (12, "`sensitive: very` is neither yes nor no"),
    ]),
    (PAY, "> Ask a union.\n", "", [
        (15, "no thing to do now; expected a last line like `> Ask …`"),
    ]),
    (PAY, "> Ask a union.", ">", [
        (16, "nothing after `>`; expected the one thing to do now"),
        (16, "no thing to do now; expected a last line like `> Ask …`"),
    ]),
    (PAY, "> Ask a union.", "> Ask a union.\n> Ask us.", [
        (17, "a second line with `>`; expected one thing to do now"),
    ]),
    (PAY, "> Ask a union.", "> Ask a union.\nBe brave.", [
        (17, "the line with `>` must be the last one"),
    ]),
    (PAY, "The boss must pay you.\nKeep every paper.\n", "", [
        (14, "the card says nothing; expected sentences, one a line"),
    ]),
    (PAY, "Keep every paper.", "Keep every paper", [(15, "a sentence ends with . or ? or !")]),
    (PAY, "Keep every paper.", "Keep it. Keep all.", [
        (15, "two sentences in a line; expected one a line"),
    ]),
    (PAY, "Keep every paper.", "Keep it.\n" * 7, [(23, "8 sentences; expected 7 at most")]),
    (PAY, "Keep every paper.", "a" * 220 + ".", [
        (15, "221 characters; expected 220 at most, cut it in two"),
    ]),
    (PAY, "Keep every paper.", "- Keep every paper.", [
        (15, "no headings and no lists here; expected plain sentences"),
    ]),
    (PAY, "Keep every paper.", "Keep {every} paper.", [(15, "“{” is not for people to read")]),
    (PAY, "art. 1", "art. 1 [memory, verify]", [(6, "“[memory” is not for people to read")]),
    (PAY, "---\nThe boss", "The boss", [
        (1, "the `key: value` lines have no end; expected a second ---"),
        ("work/area.md", 7, "no card `work.pay`, named in `cards`"),
        ("home/area.md", 8, "no card `work.pay`, named in `also`"),
        ("home/rent.md", 12, "no card `work.pay`, named in `related`"),
        ("work/hours.md", 12, "no card `work.pay`, named in `related`"),
        ("work/rest.md", 12, "no card `work.pay`, named in `related`"),
    ]),
    ("work/area.md", "area: work", "area: labour", [
        (2, "`area: labour` is not the name of the folder, `work`"),
    ]),
    ("work/area.md", "order: 1", "order: first", [
        (3, "`order: first` is not a whole number from 1 on"),
    ]),
    ("home/area.md", "order: 2", "order: 1", [
        ("work/area.md", 3, "`order: 1` is that of home too; give each its own"),
    ]),
    ("home/area.md", "also: work.pay", "also: home.rent", [
        (8, "`home.rent` is in the wrong list; `cards` are its own, `also` the others"),
    ]),
    ("work/area.md", "work.pay, work.hours, work.rest", "work.pay, work.hours", [
        ("work/rest.md", 2, "no area shows this card; add it to `cards` in work/area.md"),
    ]),
    ("home/area.md", "also: work.pay\n---\n", "also: work.pay\n---\nWelcome.\n", [
        (10, "an area has no text below the second ---"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "expected"), BROKEN)
def test_a_mistake_is_told_with_its_file_and_line(
    tmp_path: Path, name: str, old: str, new: str, expected: list[tuple[str | int, ...]]
) -> None:
    """The one who edits learns where to look and what is expected, for every mistake at once."""
    change(write_content(tmp_path) / name, old, new)
    with pytest.raises(ContentError) as caught:
        load_library(tmp_path)
    assert sorted(str(caught.value).splitlines()[1:]) == told(tmp_path, name, expected)


BROKEN_NUMBERS = [
    ("id: emergency", "id: danger", [
        (2, "`id: danger` is not the name of the file, `emergency`"),
    ]),
    ("phone: 112", "phone: 112 (free)", [
        (7, "`phone` has only digits and spaces, +39 before a mobile number"),
    ]),
    ("phone: 112", "phone: 112\nsecond_phone: 113", [
        (8, "`second_phone` and `second_way` go together"),
    ]),
    ("danger: yes\n---\n", "danger: yes\n---\nCall.\n", [
        (16, "a number has no text below the second ---"),
    ]),
    ("danger: yes", "danger: no", [
        ("numbers", 1, "no number for danger; expected one page with `danger: yes`"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN_NUMBERS)
def test_a_mistake_in_a_number_is_told_too(
    tmp_path: Path, old: str, new: str, expected: list[tuple[str | int, ...]]
) -> None:
    """A wrong telephone number is refused with its file and line, like a card."""
    name = "numbers/emergency.md"
    change(write_content(tmp_path) / name, old, new)
    with pytest.raises(ContentError) as caught:
        load_numbers(tmp_path)
    assert sorted(str(caught.value).splitlines()[1:]) == told(tmp_path, name, expected)


def told(folder: Path, name: str, expected: list[tuple[str | int, ...]]) -> list[str]:
    """The problems as they are printed; one without a file is in the file that was changed."""
    full = [one if len(one) == 3 else (name, *one) for one in expected]
    return sorted(
        f"{folder / str(file)}:{line}: " + str(words).replace("{folder}", str(folder))
        for file, line, words in full
    )


def test_two_numbers_do_not_share_a_place(tmp_path: Path) -> None:
    """The order of the numbers is never left to chance."""
    folder = write_content(tmp_path) / "numbers"
    words = (folder / "emergency.md").read_text(encoding="utf-8")
    (folder / "fire.md").write_text(words.replace("id: emergency", "id: fire"), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        load_numbers(tmp_path)
    assert str(caught.value) == (
        "The content has 1 problem:\n"
        f"{folder}/fire.md:3: `order: 1` is taken; give each number its own"
    )


def test_files_that_are_no_pages_are_told(tmp_path: Path) -> None:
    """A page in another encoding, without its first line or out of place is named."""
    write_content(tmp_path)
    (tmp_path / "lost").mkdir()
    (tmp_path / "lost" / "card.md").write_text("Hello.\n", encoding="utf-8")
    (tmp_path / "home" / "latin.md").write_bytes(b"---\ntitle: Citt\xe0\n---\n")
    with pytest.raises(ContentError) as caught:
        load_library(tmp_path)
    assert str(caught.value).splitlines() == [
        "The content has 3 problems:",
        f"{tmp_path}/home/latin.md:1: the file is not UTF-8 text; save it as UTF-8",
        f"{tmp_path}/lost/card.md:1: its folder is no area; expected a file area.md beside it",
        f"{tmp_path}/lost/card.md:1: the first line must be ---, then `key: value` lines",
    ]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    """A wrong path never starts a bot that knows nothing."""
    with pytest.raises(ContentError, match="no area here"):
        load_library(tmp_path)


@pytest.mark.parametrize(
    ("recheck", "checked", "latest"),
    [
        (Recheck.QUARTER, date(2026, 11, 30), date(2027, 2, 28)),
        (Recheck.HALF_YEAR, date(2026, 3, 10), date(2026, 9, 10)),
        (Recheck.YEAR, date(2026, 12, 1), date(2027, 12, 1)),
        (Recheck.JANUARY, date(2026, 1, 5), date(2027, 1, 31)),
        (Recheck.SEPTEMBER, date(2026, 3, 10), date(2026, 9, 30)),
        (Recheck.SEPTEMBER, date(2026, 9, 10), date(2027, 9, 30)),
    ],
)
def test_a_check_ages_as_agreed(recheck: Recheck, checked: date, latest: date) -> None:
    """Each rhythm has a last day, also over the end of a year and of February."""
    assert recheck.latest(checked) == latest


def test_what_is_due_is_listed_once(tmp_path: Path) -> None:
    """Overdue, due within thirty days and unverified cards stand apart, the oldest first."""
    write_content(tmp_path)
    change(tmp_path / "work/hours.md", "review: 2027-03-10", "review: 2026-11-21")
    change(tmp_path / "work/rest.md", "review: 2027-03-10", "review: 2026-12-22")
    change(tmp_path / "home/rent.md", "verified\nchecked: 2026-03-10", "unverified")
    due = due_cards(load_library(tmp_path), date(2026, 11, 22))
    assert due == Due(
        overdue=(Check("work/hours.md", "A title", date(2026, 11, 21)),),
        soon=(Check("work/rest.md", "A title", date(2026, 12, 22)),),
        unverified=(Check("home/rent.md", "A title", date(2027, 3, 10)),),
    )
    assert due.lines() == (
        "Overdue: 1",
        "  2026-11-21  work/hours.md  A title",
        "Due within 30 days: 1",
        "  2026-12-22  work/rest.md  A title",
        "Never checked against a source: 1",
        "  2027-03-10  home/rent.md  A title",
    )


def test_numbers_are_due_too(tmp_path: Path) -> None:
    """A telephone number that waits for a check is listed with its file."""
    due = due_numbers(load_numbers(write_content(tmp_path)), date(2026, 11, 22))
    expected = Check("numbers/emergency.md", "Emergency", date(2027, 1, 31))
    assert due == Due((), (), (expected,))
