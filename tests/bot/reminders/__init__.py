"""Reminders as people get them."""
