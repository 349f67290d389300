"""What every figure means, in words: a number without its definition is read in two ways."""

from __future__ import annotations

from dataclasses import dataclass

VERSION = "1"
"""Of the definitions: whoever compares two years looks whether it is the same."""


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure of content D7: its code, its name, what is counted, and of what it is a share."""

    code: str
    name: str
    counts: str = ""
    share: str = ""
    absent: str = "no data yet"
    """Why there is no count, where there is none."""


_ALL = (
    Definition(
        "R1",
        "Contacts (contatti)",
        "chats that began in the period, as long as they are kept, and people met at the desk "
        "without a chat; not distinct persons",
    ),
    Definition(
        "R2",
        "Contact and identification sheets (schede di contatto e identificazione)",
        "sheets opened in the period",
    ),
    Definition(
        "R3",
        "Irregular-work situations intercepted (situazioni di lavoro irregolare intercettate)",
        "sheets opened in the period with at least one code K01-K24 confirmed by an operator",
        "of the sheets opened in the period",
    ),
    Definition(
        "R4",
        "Into training (inseriti in percorsi di formazione)",
        "persons of R3 with the outcome O02 by the end of the period",
        "of R3",
    ),
    Definition(
        "R5",
        "Regular contract (inseriti con contratto regolare)",
        "persons with the outcome O09 by the end of the period, among those of the denominator",
        "of the persons with a placement path (S11 or S12, accepted or delivered) that was "
        "planned in the period",
    ),
    Definition(
        "R6",
        "Taken in charge (prese in carico)",
        "cases taken in charge in the period; those opened by mistake are not counted",
        "of the sheets opened in the period",
    ),
    Definition(
        "R7",
        "Projects concluded (progetti conclusi)",
        "cases concluded in the period with the goal reached or partly reached; who ends "
        "for another reason is not counted",
        "of the cases taken in charge in the period",
    ),
    Definition(
        "R8",
        "Services delivered (servizi erogati)",
        "steps of plans delivered in the period, and their hours",
    ),
    Definition(
        "R9",
        "Time to first human answer (tempo alla prima risposta)",
        "conversations asked for in the period that an operator has answered; of one that was "
        "opened again the last time",
    ),
    Definition(
        "R10",
        "Referral health (invii fra organizzazioni)",
        absent="there are no referrals between organisations in Antenna yet",
    ),
    Definition(
        "R11",
        "Reports by sector, kind, province, week (segnalazioni)",
        absent="their sector and province are sealed to the operators, and the host cannot count "
        "them",
    ),
    Definition(
        "R12",
        "Languages (lingue)",
        "languages of the chats that began and of the sheets opened in the period",
    ),
    Definition(
        "R13",
        "Safety (sicurezza)",
        "conversations of level 2 or 3 asked for in the period",
        "of these, answered by an operator",
    ),
    Definition("R14", "Reminders (promemoria)", absent="there are no reminders in Antenna yet"),
    Definition(
        "R15",
        "Network (rete)",
        "organisations with an operator today, in all territories; operators trained and "
        "events are not counted yet",
    ),
)
DEFINITIONS = {one.code: one for one in _ALL}
