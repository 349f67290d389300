"""Made-up services around the demo's two desks, to try the directory with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, update

from flows.service_model import Answer, Bring, Cost, Kind, Papers, Visit, Whom
from storage.audit import TERMINAL
from storage.desks import Desk
from storage.sample_calendar import MADE_UP
from storage.service_schema import service as table
from storage.services.editing import save_service
from storage.services.model import ServiceForm


@dataclass(frozen=True, slots=True)
class Sample:
    """One made-up service: where it is from the desk, in degrees, and what is said of it."""

    north: float
    east: float
    form: ServiceForm


SAMPLES = (
    Sample(
        0.004,
        -0.003,
        ServiceForm(
            kind=Kind.JOB_CENTRE,
            name="Esempio: centro per l’impiego",
            hours="mon-fri 09:00-12:30; tue 14:00-16:00",
            visit=Visit.WALK_IN,
            first="Prendi un numero e aspetta.",
            papers=Papers.NEEDED,
            bring=(Bring.PERMIT, Bring.TAX_CODE, Bring.CV),
            languages=("it", "en"),
            step_free=Answer.YES,
        ),
    ),
    Sample(
        -0.006,
        0.004,
        ServiceForm(
            kind=Kind.PATRONATO,
            name="Esempio: patronato",
            hours="mon-thu 09:00-12:00 14:30-17:30",
            visit=Visit.NEEDED,
            first="Chiama per avere un appuntamento.",
            papers=Papers.NOT_NEEDED,
            bring=(Bring.PASSPORT, Bring.RECEIPT),
            languages=("it", "fr", "ar"),
            mediators="Arabo il martedì",
        ),
    ),
    Sample(
        0.011,
        0.008,
        ServiceForm(
            kind=Kind.STP,
            name="Esempio: ambulatorio STP",
            hours="mon-fri 08:30-13:00",
            visit=Visit.WALK_IN,
            first="Un’infermiera ti chiede come stai.",
            papers=Papers.NOT_ASKED,
            languages=("it", "en", "fr"),
            women_staff=Answer.YES,
            children=Answer.YES,
        ),
    ),
    Sample(
        -0.002,
        -0.009,
        ServiceForm(
            kind=Kind.WOMEN,
            name="Esempio: spazio donne",
            hours="tue 09:30-12:30; thu 14:00-18:00",
            visit=Visit.PHONE,
            first="Parli con una donna, da sola.",
            papers=Papers.NOT_ASKED,
            languages=("it", "en", "es", "ar"),
            whom=(Whom.WOMEN,),
            women_staff=Answer.YES,
            anonymous=Answer.YES,
            children=Answer.YES,
        ),
    ),
    Sample(
        0.007,
        -0.011,
        ServiceForm(
            kind=Kind.CHARITY,
            name="Esempio: centro d’ascolto",
            hours="mon-sat 09:00-11:30",
            visit=Visit.WALK_IN,
            first="Un volontario ti ascolta.",
            papers=Papers.NOT_ASKED,
            languages=("it", "en"),
        ),
    ),
    Sample(
        0.003,
        0.006,
        ServiceForm(
            kind=Kind.UNION,
            name="Esempio: sindacato",
            hours="mon-fri 09:00-12:30 14:30-18:00; sat 09:00-12:00",
            visit=Visit.WALK_IN,
            first="Racconti che cosa succede. Guardano la tua busta paga.",
            papers=Papers.NOT_ASKED,
            bring=(Bring.CONTRACT, Bring.PAYSLIPS),
            languages=("it", "en", "fr", "ar", "ur"),
            mediators="Arabo e urdu il sabato",
            anonymous=Answer.YES,
        ),
    ),
    Sample(
        -0.005,
        0.010,
        ServiceForm(
            kind=Kind.SCHOOL,
            name="Esempio: scuola di italiano",
            hours="mon-fri 09:00-12:00; mon 18:30-20:30; wed 18:30-20:30",
            visit=Visit.WALK_IN,
            first="Una breve prova per trovare la classe giusta.",
            papers=Papers.NOT_NEEDED,
            bring=(Bring.PASSPORT,),
            languages=("it", "en", "es", "zh-Hans"),
            children=Answer.YES,
        ),
    ),
)


def add_services(connection: Connection, desk: Desk, now: datetime) -> None:
    """Put them around a desk of the demo, checked today."""
    for number, sample in enumerate(SAMPLES):
        form = replace(
            sample.form,
            ref=f"sample-{desk.key}-{number}",
            town=desk.territory,
            place=f"{MADE_UP} ({desk.territory})",
            latitude=None if desk.latitude is None else desk.latitude + sample.north,
            longitude=None if desk.longitude is None else desk.longitude + sample.east,
            cost=Cost.FREE,
            checked=now.date(),
        )
        saved = save_service(connection, form, operator_id=TERMINAL, now=now)
        assert saved.service is not None
        made = update(table).where(table.c.id == saved.service.id).values(sample=True)
        connection.execute(made)
