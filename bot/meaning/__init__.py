"""Between two languages: what a machine makes of words, and how far it is to be believed."""
