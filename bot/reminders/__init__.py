"""Reminders and offers: put into words for each person, and sent when they are due."""

from bot.reminders.reminders import Reminders

__all__ = ["Reminders"]
