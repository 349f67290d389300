"""What a job sees and leaves behind, one transaction after the other."""

from __future__ import annotations

from storage.writer import Writer
from tests.storage.factories import TODAY


def test_a_person_is_found_again_by_their_chat(writer: Writer) -> None:
    """Whoever was kept in one transaction is found by chat id in the next."""
    made = writer.submit(lambda unit: unit.create_person(-100777, "it", TODAY)).result()
    assert writer.submit(lambda unit: unit.person(-100777)).result() == made
