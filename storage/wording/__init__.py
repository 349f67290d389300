"""Words that were changed or read here: their versions, and who looks after a card."""
