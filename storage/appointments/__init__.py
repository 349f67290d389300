"""Appointments: when a desk gives them, who has one, and what came of it."""
