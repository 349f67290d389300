"""Shows what a person sent: fetched from Telegram into memory, made harmless, kept nowhere."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.console.talks.desk import Talks
from bot.console.visit import Visit
from bot.evidence.serve import headers_for, name_of
from bot.evidence.verdict import Refusal
from bot.relay.cargo import FILES
from flows.handoff_model import LineKind
from storage.audit import Action
from storage.handoffs import Handoff, Line
from storage.handoffs.lines import find_lines_where
from storage.handoffs.lines import table as lines_table

AT_A_TIME = 3
SHOWN = frozenset({LineKind.PHOTO, LineKind.VOICE})
"""What a clean copy can be made of, to be shown in the page."""


class Files:
    """Hands out the files of a conversation."""

    def __init__(self, talks: Talks) -> None:
        self._talks = talks
        self._places = asyncio.Semaphore(AT_A_TIME)
