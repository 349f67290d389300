"""A service as it is written, seen again, and taken out of the directory."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.console.courses.fields import Typed
from bot.console.languages import tongues
from bot.console.services.form import FIELD_OF, LANGUAGE, NEW, read_form, typed_of
from bot.console.services.labels import CHANGED, CHOICES, CLASH, DONE, LABELS, TICKS
from bot.console.services.listing import state_of, today_of, told
from bot.console.visit import Access, Visit
from flows.text import Text, _
from storage.audit import Action
from storage.audit import write as write_audit
from storage.database import Connection
from storage.services.editing import LONGEST, Saved, delete_service, save_service, see_again
from storage.services.finding import find_service
from storage.services.model import Service, ServiceForm

TITLES = (_("New service"), _("Change the service"))
LIST = "/services"


async def begin(visit: Visit) -> web.StreamResponse:
    """An empty form."""
    return await _page(visit, Typed(NEW))


async def edit(visit: Visit) -> web.StreamResponse:
    """The form of a service that is there."""
    service = await _found(visit)
    return await _page(visit, typed_of(service), service=service)


async def _found(visit: Visit) -> Service:
    """The service of the address.

    Raises:
        web.HTTPNotFound: it is not there.
    """
    id_ = visit.id("service")
    service = await visit.room.read(lambda connection: find_service(connection, id_))
    if service is None:
        raise web.HTTPNotFound
    return service


async def _page(
    visit: Visit,
    typed: Typed,
    *,
    service: Service | None = None,
    wrong: Mapping[str, Text] | None = None,
) -> web.Response:
    names, today = tongues(visit).names, today_of(visit)
    return visit.page(
        "services/form.html",
        status=422 if wrong else 200,
        service=service,
        title=TITLES[service is not None],
        action=f"{LIST}/new" if service is None else f"{LIST}/{service.id}",
        typed=typed,
        wrong=wrong or {},
        labels=LABELS,
        longest=LONGEST,
        choices={name: list(known.items()) for name, known in CHOICES.items()},
        ticks=TICKS,
        languages=names,
        spoken=sum(bool(typed[f"{LANGUAGE}{code}"]) for code in names),
        state="" if service is None else state_of(service, today),
        told=None if service is None else told(service, today),
        may_delete=Access.of(visit.operator) >= Access.COORDINATOR,
        done=DONE.get(visit.request.query.get("done", "")),
    )


async def add(visit: Visit) -> web.StreamResponse:
    """Keep a new service."""
    typed = Typed(visit.form)
    form, wrong = _read(visit, typed, None)
    if wrong:
        return await _page(visit, typed, wrong=wrong)
    saved = await _save(visit, form, None, None)
    if saved.service is None:
        return await _page(visit, typed, wrong=_why(saved))
    return visit.go(f"{LIST}/{saved.service.id}?done=added")


async def change(visit: Visit) -> web.StreamResponse:
    """Keep a service that was changed; what two wrote at the same time is never lost unseen."""
    service, typed = await _found(visit), Typed(visit.form)
    form, wrong = _read(visit, typed, service)
    if wrong:
        return await _page(visit, typed, service=service, wrong=wrong)
    saved = await _save(visit, form, service.id, _version(visit))
    if saved.service is None:
        service = await _found(visit)
        typed["version"] = str(service.version)
        return await _page(visit, typed, service=service, wrong=_why(saved))
    return visit.go(f"{LIST}/{service.id}?done=changed")


def _version(visit: Visit) -> int:
    """Which version whoever sends a form had before them."""
    written = visit.value("version")
    return int(written) if written.isdecimal() and len(written) < 10 else -1


def _read(
    visit: Visit, typed: Typed, before: Service | None
) -> tuple[ServiceForm, dict[str, Text]]:
    names, today = tongues(visit).names, today_of(visit)
    return read_form(typed, languages=names, today=today, before=before)


def _why(saved: Saved) -> dict[str, Text]:
    """Why the storage did not take a form, at the fields it is about."""
    if saved.wrong:
        return {FIELD_OF.get(field, field): why for field, why in saved.wrong}
    return {"": CLASH}


async def _save(
    visit: Visit, form: ServiceForm, service_id: int | None, version: int | None
) -> Saved:
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def save(connection: Connection) -> Saved:
        saved = save_service(
            connection,
            form,
            operator_id=who.id,
            now=now,
            service_id=service_id,
            version=version,
        )
        if saved.service is not None:
            write_audit(connection, vault, now, who.id, Action.SERVICE_CHANGED, saved.service.name)
        return saved

    return await visit.room.write(save)


async def see(visit: Visit) -> web.StreamResponse:
    """Note that somebody saw today that everything is as it stood before them; where it is another
    thing by now, they look at that first."""
    service, version = await _found(visit), _version(visit)
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def deed(connection: Connection) -> bool:
        seen = see_again(connection, service.id, version, who.id, now)
        if seen:
            write_audit(connection, vault, now, who.id, Action.SERVICE_SEEN, service.name)
        return seen

    if not await visit.room.write(deed):
        service = await _found(visit)
        return await _page(visit, typed_of(service), service=service, wrong={"": CHANGED})
    to_list = visit.value("from") == "list"
    return visit.go(f"{LIST}?done=seen" if to_list else f"{LIST}/{service.id}?done=seen")


async def delete(visit: Visit) -> web.StreamResponse:
    """Take a service out for good."""
    service = await _found(visit)
    who, vault, now = visit.operator, visit.room.database.vault, visit.room.now

    def deed(connection: Connection) -> None:
        if delete_service(connection, service.id):
            write_audit(connection, vault, now, who.id, Action.SERVICE_DELETED, service.name)

    await visit.room.write(deed)
    return visit.go(f"{LIST}?done=deleted")
