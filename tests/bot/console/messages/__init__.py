"""Tests of messages to many in the console."""
