"""Recordings of what Antenna says, the files Telegram has of voices, and what was listened to."""
