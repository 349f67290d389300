"""A reply is looked through before it is sent: row 47 of the catalogue of bad input."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.console.caution import Caution, find_cautions

CODE, PHONE, LINK, NAME = Caution.CODE, Caution.PHONE, Caution.LINK, Caution.NAME


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Il suo codice è 1234 5678 9012 3456.", (CODE,)),
        ("1234567890123456", (CODE,)),
        ("1234-5678-9012-3456", (CODE,)),
        ("١٢٣٤ ٥٦٧٨ ٩٠١٢ ٣٤٥٦", (CODE,)),
        ("1234\u200b5678\u200b9012\u200b3456", (CODE,)),
        ("Scrivi al 333 123 4567", (PHONE,)),
        ("Chiama +39 039 1234567 domani", (PHONE,)),
        ("Leggi https://example.org/x", (LINK,)),
        ("Scrivi a anna@example.org", (LINK,)),
        ("Cerca @mario_rossi", (LINK,)),
        ("Abbiamo parlato con Mario Rossi.", (NAME,)),
        ("Mario Rossi ci ha scritto.", (NAME,)),
        ("Ciao Ahmed, come va?", (NAME,)),
        ("ciao Ahmed", (NAME,)),
        ("Il sig. Bianchi è qui", (NAME,)),
        ("La signora Verdi", (NAME,)),
    ],
)
def test_what_may_name_somebody_is_found(words: str, found: tuple[Caution, ...]) -> None:
    """Codes in any writing, telephones, addresses and names are pointed out."""
    assert find_cautions(words) == found


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Abbiamo letto la segnalazione. Grazie.",
        "In pericolo chiama il 112. Per il lavoro: 800 290 290, anche di notte.",
        "Chiama il 1522 oppure il 114.",
        "La Caritas ha un letto. Il Comune no.",
        "Lunedì alle 9:30, per 45 minuti. Costa 0 euro.",
        "Nel 2026 la paga è 1.250,00 euro.",
        "نقرأ رسالتك غداً.",
        "CGIL e INAIL possono aiutare.",
    ],
)
def test_a_plain_reply_raises_nothing(words: str) -> None:
    """Public numbers, times, sums and the names of offices are no reason to stop."""
    assert find_cautions(words) == ()


def test_several_things_are_all_said() -> None:
    """One caution does not hide another."""
    words = "Ciao Ahmed, codice 1234 5678 9012 3456, tel. 333 1234567, www.example.org"
    assert find_cautions(words) == (CODE, PHONE, LINK, NAME)


@given(st.text(max_size=200))
def test_any_words_can_be_looked_through(words: str) -> None:
    """Looking never fails, whatever was typed."""
    assert set(find_cautions(words)) <= set(Caution)
