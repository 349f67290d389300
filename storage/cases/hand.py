"""The hand that may change one case: only `storage.access` gives it to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from flows.case_model import Bed, Purpose, Stage
from flows.case_rules import Facts
from storage import audit
from storage.audit import Action
from storage.case_schema import case_choice, case_outcome, case_step, plan_action
from storage.case_schema import contact as table
from storage.cases.finding import COLUMNS, read
from storage.cases.model import Contact, packed
from storage.vault import Vault, random_id

PERSON = 0
"""Instead of an operator's id: the person themself, in the chat."""


@dataclass(slots=True)
class Hand:
    """Somebody's hand in one case, in one transaction; the row is held until the commit.

    `contact` is how it stands now, also after what this hand has changed.
    """

    connection: Connection
    vault: Vault
    contact: Contact
    operator_id: int
    now: datetime
    audited: bool = True
    """False only for the sample, which nobody did."""

    def change(self, **values: Any) -> None:
        """Change columns of the contact."""
        values.setdefault("touched", self.now)
        changed = update(table).where(table.c.id == self.contact.id).values(**values)
        row = self.connection.execute(changed.returning(*COLUMNS)).one()
        self.contact = read(row)

    def seal(self, kind: str, row_id: int, **words: Any) -> bytes:
        """Seal words for a row of a table."""
        return self.vault.seal_case(packed(**words), kind, row_id)

    def note(self, action: Action, why: str = "") -> None:
        """Write into the audit what is done; of the person's own deeds there is none."""
        if self.audited and self.operator_id != PERSON:
            about = f"{self.contact.number} {why}".strip()
            audit.write(self.connection, self.vault, self.now, self.operator_id, action, about)

    def step(self, after: Stage, why: str, bed: Bed | None = None) -> None:
        """Keep a change of stage, or of the bed: who, when and why."""
        id_ = random_id()
        words = {"why": why} if bed is None else {"why": why, "bed": bed.value or "none"}
        self.connection.execute(
            insert(case_step).values(
                id=id_,
                contact_id=self.contact.id,
                before=self.contact.stage.value,
                after=after.value,
                at=self.now,
                operator_id=self.operator_id,
                why=self.seal("step", id_, **words),
            )
        )

    def facts(self) -> Facts:
        """What the rules look at, as it is now."""
        given = self.given()
        return Facts(
            kept=(Purpose.KEEP.value) in given,
            shared=(Purpose.SHARE.value) in given,
            planned=self._any(plan_action),
            outcome=self._any(case_outcome),
            housing_tied=self.contact.housing_tied,
            bed=self.contact.bed,
            employer_agreed=(Purpose.EMPLOYER.value) in given,
        )

    def given(self) -> set[str]:
        """The purposes the person agrees to today."""
        query = select(case_choice.c.purpose).where(
            case_choice.c.contact_id == self.contact.id,
            case_choice.c.given,
            case_choice.c.revoked.is_(None),
        )
        return set(self.connection.execute(query).scalars())

    def _any(self, of: Any) -> bool:
        query = select(of.c.id).where(of.c.contact_id == self.contact.id).limit(1)
        return self.connection.execute(query).first() is not None
