"""The operators' group: what Antenna does and says there, and nothing of anybody's words."""
