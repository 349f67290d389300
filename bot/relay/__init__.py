"""Words go between people and operators: what each side may do, and what the other sees of it."""
