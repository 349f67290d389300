"""Sends messages to many: a few at a time, so that conversations go first and a stop is quick."""
