"""The pictures of the sample papers: made from their sources, small, and with every number."""

from __future__ import annotations

import re
import struct
from pathlib import Path

import pytest

from bot.content import load_library
from flows.guides import Paper
from tests.drawing import FOLDER, SIZE, digest, made_of

LARGEST_BYTES = 150_000
LIBRARY = load_library(Path(__file__).parents[2] / "locales" / "content")
PAPERS = [pytest.param(paper, id=paper.id) for paper in LIBRARY.papers.values()]


@pytest.mark.parametrize("paper", PAPERS)
def test_a_picture_was_made_of_its_source_as_it_is_now(paper: Paper) -> None:
    """Whoever changes a drawing draws it again: `python -m tests.drawing`."""
    assert made_of(FOLDER / f"{paper.id}.png") == digest(FOLDER / f"{paper.id}.html")


@pytest.mark.parametrize("paper", PAPERS)
def test_a_picture_is_small_and_as_large_as_it_should_be(paper: Paper) -> None:
    """It comes over a slow network, and is read on a phone held upright."""
    content = (FOLDER / f"{paper.id}.png").read_bytes()
    assert struct.unpack(">II", content[16:24]) == SIZE
    assert len(content) <= LARGEST_BYTES


@pytest.mark.parametrize("paper", PAPERS)
def test_every_number_that_is_explained_is_drawn_once(paper: Paper) -> None:
    """No button leads to a number that nobody finds on the picture, and none is left over."""
    source = (FOLDER / f"{paper.id}.html").read_text(encoding="utf-8")
    drawn = [int(number) for number in re.findall(r'data-spot="(\d+)"', source)]
    assert sorted(drawn) == list(range(1, len(paper.spots) + 1))


@pytest.mark.parametrize("paper", PAPERS)
def test_what_is_printed_at_a_number_is_said_of_it(paper: Paper) -> None:
    """The Italian words under a number are those that stand on the picture."""
    source = (FOLDER / f"{paper.id}.html").read_text(encoding="utf-8").lower()
    words = {word for spot in paper.spots for word in re.findall(r"\w{4,}", spot.italian.lower())}
    lost = sorted(word for word in words if word not in source)
    assert lost == []


@pytest.mark.parametrize("paper", PAPERS)
def test_nobody_can_take_a_sample_for_a_real_paper(paper: Paper) -> None:
    """It says that it is an example, and names nobody who exists."""
    source = (FOLDER / f"{paper.id}.html").read_text(encoding="utf-8")
    assert source.count("ESEMPIO · FAC-SIMILE") == 2
    assert "DATI INVENTATI" in source
    assert re.findall(r"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b", source) in (
        [],
        ["XXXXXX00X00X000X"],
    )
