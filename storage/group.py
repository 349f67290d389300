"""The operators' group in Telegram: which one it is, the word that binds it, what was said there.

All of it are settings: there is one group, and what is remembered of it is small. Its chat id is
sealed; the word is kept as a hash.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from storage.unit import Unit
from storage.vault import Vault
from storage.washing import to_hour

GROUP = "group"
WORD = "group word"
GUESTS = "group guests"
SAID = "group said"

WORD_MINUTES = 15
WORD_DIGITS = 8
MOST_TRIES = 5
MOST_SAID = 1_000
SUPER = -1_000_000_000_000
"""A supergroup's id is this or lower, an ordinary group's is higher."""

_SEAL = 0  # the number a group's chat id is sealed beside: no person has it


@dataclass(frozen=True, slots=True)
class Group:
    """The bound group. `status` and `may_delete` are what Telegram last said of the bot in it.

    `checked` is false as long as Telegram has to be asked; `gone` since when nothing can be said
    there; `territory` is for the day when there is more than one.
    """

    chat: int = field(repr=False)
    since: datetime
    status: str = ""
    may_delete: bool = False
    checked: bool = False
    gone: datetime | None = None
    territory: str = ""

    @property
    def is_super(self) -> bool:
        """Whether it is a supergroup: an ordinary group becomes one some day, with a new id."""
        return self.chat <= SUPER


@dataclass(frozen=True, slots=True)
class Said:
    """A message of Antenna in the group, and when it goes from there."""

    message_id: int
    wash_at: datetime


def find_group(unit: Unit, vault: Vault) -> Group | None:
    """The bound group, if there is one."""
    return read_group(unit.setting(GROUP), vault)


def read_group(value: str | None, vault: Vault) -> Group | None:
    """The group from its setting."""
    if not value:
        return None
    kept = json.loads(value)
    return Group(
        chat=vault.open_chat(base64.b64decode(kept["chat"]), _SEAL),
        since=datetime.fromisoformat(kept["since"]),
        status=kept["status"],
        may_delete=kept["may_delete"],
        checked=kept["checked"],
        gone=datetime.fromisoformat(kept["gone"]) if kept["gone"] else None,
        territory=kept["territory"],
    )


def keep_group(unit: Unit, vault: Vault, group: Group) -> None:
    """Keep what is known of the group now."""
    kept: dict[str, Any] = asdict(group)
    kept["chat"] = base64.b64encode(vault.seal_chat(group.chat, _SEAL)).decode()
    kept["since"] = group.since.isoformat()
    kept["gone"] = group.gone.isoformat() if group.gone else None
    unit.set_setting(GROUP, json.dumps(kept))


def forget_group(unit: Unit) -> None:
    """There is no group any more."""
    for key in (GROUP, SAID):
        unit.set_setting(key, "")


def lose_group(unit: Unit, vault: Vault, now: datetime) -> None:
    """Nothing can be said in the group for now."""
    group = find_group(unit, vault)
    if group is not None and group.gone is None:
        keep_group(unit, vault, replace(group, gone=now))


def move_group(unit: Unit, vault: Vault, old: int, new: int) -> bool:
    """The group has another id now; whether it was ours."""
    group = find_group(unit, vault)
    if group is None or group.chat != old:
        return False
    # What was said stays in the old one, where no bot can reach it any more.
    unit.set_setting(SAID, "")
    keep_group(unit, vault, replace(group, chat=new, checked=False, gone=None))
    return True


# -- the word that binds


def make_word(unit: Unit, now: datetime) -> str:
    """A word that binds a group once, within fifteen minutes: `4821-7730`. An older one is void."""
    digits = f"{secrets.randbelow(10**WORD_DIGITS):0{WORD_DIGITS}}"
    until = now + timedelta(minutes=WORD_MINUTES)
    kept = {"hash": _hashed(digits), "until": until.isoformat(), "tries": 0}
    unit.set_setting(WORD, json.dumps(kept))
    return f"{digits[:4]}-{digits[4:]}"


def is_word_out(unit: Unit, now: datetime) -> bool:
    """Whether somebody may still write a word in a group."""
    return _word(unit, now) is not None


def take_word(unit: Unit, said: str, now: datetime) -> bool:
    """Whether this is the word; then it is spent. After five wrong ones it is void."""
    kept = _word(unit, now)
    if kept is None:
        return False
    digits = "".join(sign for sign in said if sign in "0123456789")
    right = hmac.compare_digest(_hashed(digits), kept["hash"])
    tries = kept["tries"] + 1
    over = right or tries >= MOST_TRIES
    unit.set_setting(WORD, "" if over else json.dumps({**kept, "tries": tries}))
    return right


def _word(unit: Unit, now: datetime) -> dict[str, Any] | None:
    value = unit.setting(WORD)
    if not value:
        return None
    kept: dict[str, Any] = json.loads(value)
    return kept if now < datetime.fromisoformat(kept["until"]) else None


def _hashed(digits: str) -> str:
    return hashlib.sha256(f"antenna group {digits}".encode()).hexdigest()


# -- groups the bot is in for a few minutes


def add_guest(unit: Unit, vault: Vault, chat: int, until: datetime) -> None:
    """Antenna stays in a group that is not bound, until then."""
    others = {known: when for known, when in guests(unit, vault).items() if known != chat}
    _keep_guests(unit, vault, {**others, chat: until})


def drop_guest(unit: Unit, vault: Vault, chat: int) -> None:
    """A group is no guest any more."""
    every = guests(unit, vault)
    if every.pop(chat, None) is not None:
        _keep_guests(unit, vault, every)


def guests(unit: Unit, vault: Vault) -> dict[int, datetime]:
    """The groups where Antenna is without being bound, and until when."""
    value = unit.setting(GUESTS)
    return {
        vault.open_chat(base64.b64decode(sealed), _SEAL): datetime.fromisoformat(until)
        for sealed, until in (json.loads(value) if value else ())
    }


def take_guests(unit: Unit, vault: Vault, now: datetime) -> list[int]:
    """The groups whose time is over: they are no guests any more, and are to be left."""
    every = guests(unit, vault)
    over = [chat for chat, until in every.items() if until <= now]
    if over:
        _keep_guests(unit, vault, {chat: every[chat] for chat in every if chat not in over})
    return over


def _keep_guests(unit: Unit, vault: Vault, every: dict[int, datetime]) -> None:
    sealed = [
        (base64.b64encode(vault.seal_chat(chat, _SEAL)).decode(), until.isoformat())
        for chat, until in every.items()
    ]
    unit.set_setting(GUESTS, json.dumps(sealed) if sealed else "")


# -- what was said there


def remember_said(unit: Unit, said: Sequence[Said]) -> None:
    """Remember messages of Antenna in the group, so that they go in time; the newest thousand."""
    every = [*_said(unit), *said][-MOST_SAID:]
    _keep_said(unit, every)


def take_said(unit: Unit, now: datetime, most: int = 100) -> list[int]:
    """The messages whose time has come; they are forgotten here."""
    every = _said(unit)
    due = [one for one in every if one.wash_at <= now][:most]
    if due:
        _keep_said(unit, [one for one in every if one not in due])
    return [one.message_id for one in due]


def hasten_said(unit: Unit, wash_at: datetime) -> None:
    """Let every message go in that hour at the latest."""
    wash_at = to_hour(wash_at)
    _keep_said(unit, [replace(one, wash_at=min(one.wash_at, wash_at)) for one in _said(unit)])


def _said(unit: Unit) -> list[Said]:
    value = unit.setting(SAID)
    return [
        Said(number, datetime.fromisoformat(at))
        for number, at in (json.loads(value) if value else ())
    ]


def _keep_said(unit: Unit, every: Sequence[Said]) -> None:
    unit.set_setting(SAID, json.dumps([(one.message_id, one.wash_at.isoformat()) for one in every]))
