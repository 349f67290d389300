"""The composition root: everything is built here, once, and handed to what needs it."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from aiohttp import web
from telegram import Bot

from bot.clock import Clock
from bot.content import load_content
from bot.delivery import Delivery, Flow, StorageLedger
from bot.flood import Brake
from bot.health import Health, health_application, listen
from bot.keeping import DatabaseHeartbeat, Keeping
from bot.languages import Languages
from bot.metrics import Metrics
from bot.pace import Limits, Pace
from bot.scheduler import Scheduler
from bot.settings import Settings
from bot.telegram.client import BotRequest, TelegramClient, Wire
from bot.telegram.contact import Contact
from bot.telegram.intake import Intake
from bot.telegram.profile import introduce
from bot.telegram.turnstile import Turnstile
from bot.telegram.webhook import Webhook, register
from bot.turn import Turns
from bot.watchman import Watchman
from bot.world import Furniture
from flows.model import House, Tongue
from flows.registry import FLOWS
from storage.database import Database
from storage.locks import InstanceLock
from storage.writer import Writer

LOCALES = Path(__file__).resolve().parent.parent / "locales"
WEBHOOK_PATH = "/telegram"
BEATS = {"intake": timedelta(seconds=90), "tick": timedelta(seconds=90)}

At = Callable[[str], None]
