"""Takes what a person sends as evidence: fetched into memory, made harmless, sealed."""
