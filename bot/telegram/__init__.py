"""Everything that speaks the Bot API: the client, what comes in, what it looks like going out."""
