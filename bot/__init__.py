"""Antenna's shell: Telegram, HTTP, the scheduler, the settings."""
