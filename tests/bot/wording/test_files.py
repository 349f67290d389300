"""A language goes out in a file and comes back whole, or each mistake is named."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.exchange.mistakes import FileError
from bot.languages import Languages
from bot.roster import Language
from bot.wording.po import read_po, write_po
from bot.wording.sheet import decode, read_sheet, write_sheet
from bot.wording.states import Desk
from bot.wording.taking import Taken, look_at
from storage.wording.model import (
    Meaning,
    Standing,
    State,
    Version,
    Who,
    changed_meaning,
    first_meaning,
    id_of,
)
from tests.bot.wording.rooms import COME, DAYS, PAY, a_desk, a_folder, entry
from tests.locales.factory import LOCALES
from tests.storage.factories import NOON

ENGLISH = Languages.load(LOCALES).words("en")
Changed = Callable[[list[dict[str, str]]], None]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The words as they are shipped."""
    return a_desk(a_folder(tmp_path / "locales"))


def arabic(desk: Desk) -> Language:
    """Arabic counts in six ways."""
    return next(one for one in desk.languages.all if one.code == "ar")


def sheet(desk: Desk, change: Changed = lambda _rows: None) -> Taken:
    """A table that went out, was changed by somebody, and comes back."""
    text = write_sheet(desk, arabic(desk), desk.book.entries.values(), 6)
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    change(rows)
    written = io.StringIO()
    writer = csv.DictWriter(written, [*rows[0]], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    return look_at(read_sheet(written.getvalue(), desk), desk, arabic(desk))


def said(taken: Taken) -> dict[str, list[str]]:
    """The sources of what a file brings."""
    return {
        name: [one.entry.sources[0] for one in getattr(taken, name)]
        for name in ("new", "changed", "same", "unread")
    }


def mistakes(error: FileError) -> list[tuple[int, str, str]]:
    """Each mistake: line, column, why."""
    return [(one.line, one.field, ENGLISH.plain(one.why)) for one in error.mistakes]


def changed_english(desk: Desk) -> Standing:
    """The price went up, in English; Arabic still says the old one."""
    meaning = changed_meaning(first_meaning(PAY), ["You pay 20 euro (Poste)."])
    version = Version(
        *(1, id_of(PAY), "content", *PAY, "en", ("You pay 20 euro (Poste).",), State.APPROVED),
        *(meaning, True, False, NOON, Who(1), "why"),
    )
    return Standing((version,), {id_of(PAY): Meaning(meaning, "en")})


def test_what_went_out_comes_back_the_same(desk: Desk, tmp_path: Path) -> None:
    """As a table and as a .po file: nothing is new, nothing is changed, what is empty is left."""
    same = {"new": [], "changed": [], "same": [PAY[1]], "unread": [PAY[1]]}
    file = tmp_path / "ar.po"
    file.write_bytes(write_po(desk, arabic(desk), desk.book.entries.values()))
    assert said(sheet(desk)) == same
    assert said(look_at(read_po(file, desk, arabic(desk)), desk, arabic(desk))) == same
    assert "X-State: draft, needs a native reviewer" in file.read_text(encoding="utf-8")


def test_words_from_a_table_are_found_by_their_id(desk: Desk) -> None:
    """Rows may be moved and thrown away; a new word is new, another one is changed."""

    def change(rows: list[dict[str, str]]) -> None:
        rows.reverse()
        for row in rows:
            if row["english"] == PAY[1]:
                row["words"] = "سعره 16 يورو (Poste)."
            if row["english"].startswith("👋"):
                row["words"] = "👋 {name}: {day}."
        del rows[-1]

    taken = sheet(desk, change)
    assert said(taken) == {"new": [COME[1]], "changed": [PAY[1]], "same": [], "unread": []}


def test_every_mistake_has_its_line_and_column(desk: Desk) -> None:
    """All of them at once, and nothing is taken."""

    def change(rows: list[dict[str, str]]) -> None:
        by_english = {row["english"]: row for row in rows}
        by_english[PAY[1]]["words"] = "تدفعون 60 يورو (Poste)."
        by_english[COME[1]]["words"] = "👋 {name}: {dya}."
        by_english["{count} day / {count} days"] |= {"words": "لا أيام", "words 2": "يوم"}

    with pytest.raises(FileError) as caught:
        sheet(desk, change)
    assert mistakes(caught.value) == [
        (3, "words", "The number 16 is missing."),
        (3, "words", "At sign 8: The original has no number 60."),
        (6, "words", "{day} is missing: it is filled in when somebody reads."),
        (6, "words", "At sign 11: {dya} means nothing here; there is {day}, {name}."),
        (7, "words", "This needs 6 forms."),
    ]


def test_a_table_that_is_none_is_refused(desk: Desk) -> None:
    """Missing columns, columns twice, ids that nobody knows, the same id twice."""

    def wrong(text: str) -> list[tuple[int, str, str]]:
        with pytest.raises(FileError) as caught:
            read_sheet(text, desk)
        return mistakes(caught.value)

    pay = entry(desk.book, PAY)
    row = f'{pay.id};"{PAY[1]}";x'
    assert wrong("id;english\n") == [(1, "words", "This column is missing.")]
    assert wrong("id;english;words;words\n") == [(1, "words", "This column is there twice.")]
    assert wrong(f"id;english;words\nm123;a;b\n{row}\n{row}\n") == [
        (2, "id", "No message has this id."),
        (4, "id", "The same id stands in line 3."),
    ]
    assert wrong(f"id;english;words\n{pay.id};You pay 15 euro.;x\n") == [
        (2, "english", ENGLISH.plain(_changed())),
    ]


def _changed() -> object:
    from bot.wording.sheet import ENGLISH_CHANGED

    return ENGLISH_CHANGED


def test_nobody_guesses_how_letters_were_written() -> None:
    """What an old program saved in its own way is refused: wrong letters would be read by many."""
    assert decode("id;اسم".encode("utf-16")) == "id;اسم"
    assert decode(b"\xef\xbb\xbfid") == "id"
    for content in ("perché".encode("cp1252"), b"a\x00b"):
        with pytest.raises(FileError):
            decode(content)


def test_no_cell_is_taken_for_a_formula(desk: Desk) -> None:
    """A spreadsheet that opens the file does nothing, and the words come back as they were."""

    def change(rows: list[dict[str, str]]) -> None:
        for row in rows:
            if row["english"] == "Money and pensions.":
                row["words"] = "'=a+b"

    assert [one.forms for one in sheet(desk, change).new] == [("=a+b",)]


def test_a_translation_that_holds_no_more_goes_out_marked(tmp_path: Path) -> None:
    """Fuzzy in a .po file, `stale` in a table, with the English that holds now."""
    folder = a_folder(tmp_path / "locales")
    desk = a_desk(folder, changed_english(a_desk(folder)))
    entries = [entry(desk.book, PAY)]
    po = write_po(desk, arabic(desk), entries).decode()
    table = write_sheet(desk, arabic(desk), entries, 6)
    assert "#, fuzzy" in po
    assert "#. Says now: You pay 20 euro (Poste)." in po
    assert "You pay 20 euro (Poste).;Paghi" not in table
    assert ";stale;تدفعون 16" in table
    file = tmp_path / "ar.po"
    file.write_text(po.replace("#, fuzzy\n", "").replace("16 يورو", "20 يورو"), encoding="utf-8")
    taken = look_at(read_po(file, desk, arabic(desk)), desk, arabic(desk))
    assert [one.forms for one in taken.new] == [("تدفعون 20 يورو في مكتب البريد (Poste).",)]
    file.write_text(po.replace("#, fuzzy\n", "").replace("Says now", "Said"), encoding="utf-8")
    with pytest.raises(FileError):
        read_po(file, desk, arabic(desk))


def test_a_po_file_of_something_else_is_refused(desk: Desk, tmp_path: Path) -> None:
    """Broken lines, another plural rule, messages that nobody says."""

    def wrong(body: str, plural: str = "") -> list[tuple[int, str, str]]:
        file = tmp_path / "x.po"
        head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n{plural}\n'
        file.write_text(head + body, encoding="utf-8")
        with pytest.raises(FileError) as caught:
            read_po(file, desk, arabic(desk))
        return mistakes(caught.value)

    assert wrong('msgid "x\n') == [(5, "", "This is no .po file from here on.")]
    assert wrong('msgid "x"\nmsgstr "y"\n') == [
        (5, "msgid", "Antenna says nothing like this now: export again.")
    ]
    counted = f'msgid "{DAYS[1]}"\nmsgid_plural "{{count}} days"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    two = '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n'
    assert [(line, field) for line, field, _why in wrong(counted, two)] == [(1, "Plural-Forms")]


def test_a_row_that_ends_before_the_english_is_named(desk: Desk) -> None:
    """Columns in another order, and a spreadsheet that leaves out what is empty at the end."""
    with pytest.raises(FileError) as raised:
        read_sheet(f"id;words;english\n{entry(desk.book, PAY).id};Ciao\n", desk)
    assert [one[:2] for one in mistakes(raised.value)] == [(2, "english")]
