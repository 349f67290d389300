"""Every address of the directory, and who may open it."""

from __future__ import annotations

from bot.console.services import files, listing, writing
from bot.console.services.form import WRITTEN
from bot.console.visit import Access, Page, get, post

_WHO, _MORE, _ONE = Access.OPERATOR, Access.COORDINATOR, "/services/{service}"

PAGES: tuple[Page, ...] = (
    get("/services", _WHO, listing.show),
    get("/services/new", _WHO, writing.begin),
    post("/services/new", _WHO, writing.add, typed=WRITTEN),
    get("/services/import", _MORE, files.show),
    post("/services/import", _MORE, files.look, typed="file"),
    get("/services/services.csv", _WHO, files.export),
    get(_ONE, _WHO, writing.edit),
    post(_ONE, _WHO, writing.change, typed=WRITTEN),
    post(f"{_ONE}/seen", _WHO, writing.see),
    post(f"{_ONE}/delete", _MORE, writing.delete),
)
