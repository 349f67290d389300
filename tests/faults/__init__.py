"""Crashes, refusals and outages: what must hold whatever happens, held against what people see."""
