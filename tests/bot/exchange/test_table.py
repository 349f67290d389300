"""Tables of courses: what is good is read as it is, what is wrong is named with its place."""

from __future__ import annotations

import csv
import io
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exchange.cells import decoded
from bot.exchange.columns import COLUMNS
from bot.exchange.mistakes import FileError
from bot.exchange.table import read_table, write_table
from flows.calendar_model import CourseKind

HEADER = "codice;titolo;tipo;livello;prima data;ora;durata;posti;costo;solo donne;ripetizione\n"
GOOD = "a1;Italiano A1;italiano;a1;1/12/2026;18:30;2:00;20;gratis;sì;weekly tue until 2027-03-01\n"


def wrong(text: str) -> list[tuple[int, str, str]]:
    """The mistakes of a table, by line, column and words."""
    with pytest.raises(FileError) as raised:
        read_table(text)
    return [(one.line, one.field, one.why.source) for one in raised.value.mistakes]


def test_a_table_of_a_spreadsheet_is_read() -> None:
    """Italian names, a semicolon, a day with slashes, a price in words."""
    [draft] = read_table(HEADER + GOOD)
    assert draft.line == 2
    assert draft.fields == {
        "ref": "a1",
        "title": "Italiano A1",
        "kind": CourseKind.ITALIAN,
        "level": "A1",
        "first": date(2026, 12, 1),
        "starts": time(18, 30),
        "minutes": 120,
        "seats": 20,
        "cost_cents": 0,
        "women_only": True,
        "rule": "weekly tue until 2027-03-01",
    }


def test_every_mistake_is_named_at_once() -> None:
    """Each has its line and its column, and nothing of the file is taken."""
    bad = "a2;;italiano;C9;31/2/2026;25:00;x;-3;molto;forse;\na1;B;tango;;1/12/2026;9:00;60;5;;;\n"
    assert wrong(HEADER + GOOD + bad) == [
        (3, "title", "Something has to stand here."),
        (3, "level", "There is no such level. There are: {levels}."),
        (3, "first day", "This is no day. A day looks like 2026-12-01 or 1/12/2026."),
        (3, "time", "This is no time. A time looks like 18:30."),
        (3, "minutes", "This is no whole number."),
        (3, "seats", "This is no whole number."),
        (3, "cost", "This is no price. A price looks like 12,50; free is 0."),
        (3, "women only", "This is neither yes nor no."),
        (4, "kind", "There is no such kind. There are: {kinds}."),
        (4, "id", "The same id stands in line {line}."),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This column is missing."),
        (HEADER, "There is no course in this file."),
        (HEADER.replace("posti", "tavoli") + GOOD, "There is no column of this name."),
        (HEADER.replace("posti", "ora") + GOOD, "This column is there twice."),
        (HEADER + GOOD.rstrip() + ";more\n", "This line has more cells than the first one."),
        (HEADER + '"a1;Italiano', "From here on it is no table: a quotation mark too many, "),
    ],
)
def test_what_is_no_table_is_said(text: str, said: str) -> None:
    """A wrong header, a cell too many, a torn file: one sentence each."""
    assert said in " ".join(words for _line, _field, words in wrong(text))


def test_lines_are_those_of_the_file() -> None:
    """Words over several lines, and empty lines, do not shift what is said of later ones."""
    long = GOOD.replace("Italiano A1", '"Italiano\nA1"')
    told = wrong(HEADER + long + "\n" + GOOD.replace("a1;", "a2;").replace(";20;", ";many;"))
    assert [(line, field) for line, field, _why in told] == [(5, "seats")]


def test_older_programs_write_otherwise() -> None:
    """The signs of Windows are understood, and what is no text is refused."""
    assert decoded("città".encode("cp1252")) == "città"
    assert decoded("città".encode("utf-8-sig")) == "città"
    with pytest.raises(FileError):
        decoded(b"\x00\x01")


@pytest.mark.parametrize(
    "words", ["=1+1", "'=1+1", "＝1+1", "\u200f=1+1", "'' @x", "+39 02 1", "-", "it's"]
)
def test_no_cell_is_a_formula(words: str) -> None:
    """What a spreadsheet would carry out is written as words, and read again as it was."""
    [draft] = read_table(HEADER + GOOD)
    everything = {column.field: None for column in COLUMNS} | {"cost_cents": 0} | draft.fields
    written = write_table([everything | {"title": words}])
    assert f";{words};" not in written or words == "it's"
    read = read_table(written)[0].fields["title"]
    assert read == words.replace("\u200f", "")


CELLS = st.text(st.characters(codec="utf-8", blacklist_categories=("Cs",)), max_size=20)


@given(st.lists(st.lists(CELLS, max_size=8), max_size=6), st.sampled_from(";,\t"))
def test_whatever_is_written_is_taken_or_said(rows: list[list[str]], delimiter: str) -> None:
    """No table leads to anything but courses or mistakes with a place in it."""
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows(rows)
    told = wrong(written.getvalue())
    lines = written.getvalue().count("\n") + 2
    assert [line for line, _field, _why in told if not 1 <= line <= lines] == []


@given(st.text(max_size=300))
def test_no_words_break_the_reading(text: str) -> None:
    """Whatever text it is, there is an answer."""
    assert wrong(text) != []


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading(content: bytes) -> None:
    """Bytes are words or a mistake."""
    try:
        words = decoded(content)
    except FileError:
        words = ""
    assert wrong(words) != []
