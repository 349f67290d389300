"""Courses and events: their lessons, who has a seat in them, who waits, who came."""
