"""Everything that speaks the Bot API."""
