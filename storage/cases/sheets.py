"""The words of a contact sheet: kept field by field, so that two who write lose nothing."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, select

from flows.case_fields import BY_KEY, LONGEST, FieldKind
from flows.case_model import Result
from flows.report_choices import ReportKind
from storage.audit import Action
from storage.case_schema import contact as table
from storage.cases.hand import Hand
from storage.cases.model import Clash, Sheet
from storage.errors import StorageError
from storage.vault import Vault

MOST_FORMER = 20
"""So many former values of a field are kept, with who wrote them."""

# As it is sealed: {field: {"h": [[version, operator, value], …], "c": [[operator, value], …]}},
# the former values up to the one that stands, and what was written at the same time.
Kept = dict[str, dict[str, list[list[Any]]]]


class FieldError(StorageError):
    """A field that is not of the sheet, or a value it does not take; nothing was changed."""


def begun(values: Mapping[str, Any], operator_id: int) -> Kept:
    """A new sheet with what is known already."""
    kept: Kept = {}
    for key, value in values.items():
        clean = _clean(key, value)
        if clean:
            kept[key] = {"h": [[0, operator_id, clean]]}
    return kept


def written(kept: Kept) -> bytes:
    """A sheet as the bytes that are sealed."""
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode()


def load(connection: Connection, vault: Vault, contact_id: int) -> Kept:
    """The sheet of a contact, with what it was before."""
    query = select(table.c.sheet).where(table.c.id == contact_id)
    sealed = connection.execute(query).scalar_one()
    kept: Kept = json.loads(vault.open_case(bytes(sealed), "sheet", contact_id))
    return kept


def shown(kept: Kept, only: frozenset[str] | None = None) -> Sheet:
    """A sheet as it stands now; with `only` these fields alone."""
    wanted = {key: one for key, one in kept.items() if only is None or key in only}
    return Sheet(
        {key: value for key, one in wanted.items() if (value := _now(one))},
        {
            key: tuple(Clash(value, operator_id) for operator_id, value in one["c"])
            for key, one in wanted.items()
            if one.get("c")
        },
    )


def save_sheet(
    hand: Hand, changes: Mapping[str, Any], version: int, decided: Collection[str] = ()
) -> Sheet:
    """Keep what somebody wrote who had seen this version; the sheet as it stands afterwards.

    What they left as they saw it is no change, so a page may send every field. What a colleague
    changed meanwhile stays, and what was written here stands beside it as a clash until one of the
    two saves that field again. `decided` are the fields of which they saw all that was written and
    say that this is right, also where it is what stood there; it counts for the newest version
    only, for what came since they have not seen.

    Raises:
        FieldError: see there.
    """
    kept = load(hand.connection, hand.vault, hand.contact.id)
    next_version, changed = hand.contact.version + 1, False
    for key, value in changes.items():
        one = kept.setdefault(key, {"h": []})
        if key in decided and version == hand.contact.version:
            changed |= one.pop("c", None) is not None
        changed |= _write(one, _clean(key, value), version, next_version, hand.operator_id)
    if changed:
        sealed = hand.vault.seal_case(written(kept), "sheet", hand.contact.id)
        hand.change(sheet=sealed, version=next_version, **columns(kept))
        hand.note(Action.CASE_CHANGED)
    return shown(kept)


def _write(one: dict[str, Any], value: Any, seen: int, version: int, operator_id: int) -> bool:
    """Write a value into a field; whether anything is different now."""
    now, then = _now(one), _now(one, seen)
    if value == now:
        decided = bool(one.get("c")) and value != then
        if decided:
            del one["c"]
        return decided
    clashes = one.setdefault("c", [])
    if value == then and not clashes:
        return False
    if one["h"] and one["h"][-1][0] > seen:
        if value == then or [operator_id, value] in clashes:
            return False
        clashes.append([operator_id, value])
        return True
    del one["c"]
    one["h"] = [*one["h"][-MOST_FORMER:], [version, operator_id, value]]
    return True


def _now(one: Mapping[str, Any], version: int | None = None) -> Any:
    """The value of a field, or the one it had in a version; None where it was empty."""
    for since, _who, value in reversed(one["h"]):
        if version is None or since <= version:
            return value
    return None


def columns(kept: Kept) -> dict[str, Any]:
    """What of a sheet is counted, and so stands beside it."""
    values = {key: _now(one) for key, one in kept.items()}
    level = values.get("level")
    found: dict[str, Any] = {
        "irregular": any(kind != ReportKind.ELSE for kind in values.get("kinds") or ()),
        "housing_tied": values.get("housing_tied") == "yes",
        "level": None if level is None else int(level),
        "result": values.get("result") or Result.UNSAID.value,
    }
    for name in ("language", "sector", "gender", "age"):
        found[name] = values.get(name) or ""
    needs = values.get("needs")
    if needs:
        found["need"] = needs[0]
    return found


def _clean(key: str, value: Any) -> Any:
    field = BY_KEY.get(key)
    if field is None:
        raise FieldError("The sheet has no such field. Nothing was changed. Load the page again.")
    if field.kind is FieldKind.MANY:
        chosen = [str(one) for one in value or ()]
        if not set(chosen) <= set(field.choices):
            raise _not_taken()
        return [one for one in field.choices if one in chosen] or None
    words = str(value or "").replace("\r\n", "\n").strip()
    if not words:
        return None
    if field.kind is FieldKind.ONE and words not in field.choices:
        raise _not_taken()
    if len(words) > LONGEST.get(field.kind, LONGEST[FieldKind.LINE]):
        raise _not_taken()
    return words


def _not_taken() -> FieldError:
    return FieldError("A field does not take this value. Nothing was changed.")


def shared_fields() -> frozenset[str]:
    """The fields that another organisation sees where the person agreed."""
    return frozenset(key for key, field in BY_KEY.items() if field.shared)
