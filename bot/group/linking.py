"""Binds an operator's account in the group to who they are in the console, by a word they write."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from bot.group import answers
from bot.group.scene import Scene
from bot.telegram.incoming import Command
from storage import audit
from storage.accounts import bind_telegram, void_links
from storage.audit import Action
from storage.vault import Vault

TRIES = "link tries"
MOST_TRIES = 5
WINDOW = timedelta(minutes=15)


def link(scene: Scene, vault: Vault) -> None:
    """Take the word somebody wrote; it leaves the group, right or wrong."""
    update, connection = scene.update, scene.unit.direct()
    assert update.from_id is not None
    word = update.content.payload if isinstance(update.content, Command) else ""
    found = bind_telegram(connection, vault, word, update.from_id, scene.now)
    if update.message_id is not None:
        scene.delete(update.message_id)
    if found is None:
        if _guessed(scene):
            void_links(connection)
        scene.post(scene.html(answers.WRONG_WORD))
        return
    audit.write(connection, vault, scene.now, found.id, Action.LINKED)
    scene.post(scene.html(answers.linked(found.name)))


def _guessed(scene: Scene) -> bool:
    """Whether words were guessed too often of late; counted over all groups together."""
    since, tries = json.loads(scene.unit.setting(TRIES) or "[null, 0]")
    if since is None or scene.now - datetime.fromisoformat(since) >= WINDOW:
        since, tries = scene.now.isoformat(), 0
    tries += 1
    over: bool = tries >= MOST_TRIES
    scene.unit.set_setting(TRIES, json.dumps([None, 0] if over else [since, tries]))
    return over
