"""The directory of services as a test plays it: what its effects give."""

from __future__ import annotations

from typing import Any, cast

from flows.effects import Json

NOW = "2026-12-03T10:30:00"  # a Thursday


def a_service_line(service_id: str = "s1", **changes: Any) -> Json:
    """A job centre in a list; what matters is given by name."""
    given: dict[str, Any] = {
        "id": service_id,
        "kind": "job_centre",
        "name": "AFOL Seregno",
        "town": "Seregno",
        "opens": "open",
        "until": "12:30",
        "speaks": False,
        "line": "",
    }
    return {**given, **changes}


DESIO, SEREGNO = 0, 1


def a_place(service_id: str = "s1", town: int = SEREGNO, point: Json = (45.65, 9.2)) -> Json:
    """Where it is."""
    return [service_id, town, None if point is None else list(cast(tuple[float, ...], point))]


def around(*places: Json, towns: Json = None) -> Json:
    """Where services are, and the towns around."""
    given = [["Desio", [45.62, 9.21]], ["Seregno", None]] if towns is None else towns
    return {"towns": given, "places": list(places)}


def a_service(service_id: str = "s1", **changes: Any) -> Json:
    """The same service on its page, with all that may be known; `changes` take away or add."""
    given: dict[str, Any] = {
        "id": service_id,
        "kind": "job_centre",
        "name": "AFOL Seregno",
        "organisation": "AFOL Monza Brianza",
        "town": "Seregno",
        "place": "Via Verdi 1, Seregno",
        "how": "Bus 1, stop Station.",
        "point": [45.65, 9.2],
        "step_free": "yes",
        "phone": "0362 123 456",
        "call_free": "",
        "whatsapp": "",
        "email": "",
        "website": "",
        "hours": "mon-fri 09:00-12:30",
        "closed": "",
        "always": False,
        "visit": "walk_in",
        "first": "Prendi un numero.",
        "cost": "free",
        "papers": "not_asked",
        "bring": ["tax_code", "cv"],
        "bring_words": "",
        "languages": ["it", "en"],
        "mediators": "",
        "whom": [],
        "women_staff": "",
        "anonymous": "",
        "duty": "",
        "children": "",
        "line": "",
        "source": "",
        "checked": "2026-11-20",
        "local": NOW,
    }
    return {**given, **changes}


FOUND: dict[str, Json] = {
    "FindServices": [a_service_line()],
    "FindSurroundings": around(a_place()),
    "FindService": a_service(),
}
