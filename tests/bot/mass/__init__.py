"""Tests of messages to many, as they are sent."""
